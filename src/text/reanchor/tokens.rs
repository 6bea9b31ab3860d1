//! A text as the tokens that two versions of it are compared by.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold_char, is_hyphen, stands_alone};
use crate::text::{Text, ends_sentence};

/// No word shares a stem with this one.
const NO_STEM: u32 = u32::MAX;

/// A word, a number, a character of a script without spaces, or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The first byte.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// Which word it is, without regard to case.
    pub(super) word: u32,
    /// Which words are much like it: those that begin as it does.
    stem: u32,
    /// What begins with it.
    pub(super) opens: Opens,
}

/// What begins with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opens {
    /// Nothing: it is within a sentence.
    Nothing,
    /// A sentence, or a line that is not just the line before it wrapped.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// What a word is, for what it weighs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mark,
    Number,
    Word,
}

/// The words of both versions, with how often they occur.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: HashMap<Box<str>, u32>,
    stems: HashMap<Box<str>, u32>,
    counts: Vec<u32>,
    weights: Vec<i32>,
    kinds: Vec<Kind>,
}

impl Vocabulary {
    fn word(&mut self, folded: &str, mark: bool) -> u32 {
        if let Some(&id) = self.words.get(folded) {
            self.counts[id as usize] += 1;
            return id;
        }
        let id = self.counts.len() as u32;
        self.words.insert(folded.into(), id);
        self.counts.push(1);
        self.kinds.push(match mark {
            true => Kind::Mark,
            false if folded.starts_with(char::is_numeric) => Kind::Number,
            false => Kind::Word,
        });
        id
    }

    fn stem(&mut self, folded: &str) -> u32 {
        let length = folded.chars().count();
        if length < 4 || !folded.chars().all(char::is_alphabetic) {
            return NO_STEM;
        }
        let kept = if length < 7 { 4 } else { 5 };
        let end = folded
            .char_indices()
            .nth(kept)
            .map_or(folded.len(), |(i, _)| i);
        if let Some(&id) = self.stems.get(&folded[..end]) {
            return id;
        }
        let id = self.stems.len() as u32;
        self.stems.insert(folded[..end].into(), id);
        id
    }

    /// Settles what each word weighs, once both texts are read: the rarer the more, as in inverse document frequency. Marks
    /// weigh little, numbers half of what a word would: they change where the sentence stays.
    pub(super) fn weigh(&mut self) {
        let total: u32 = self.counts.iter().sum();
        let total = f64::from(total.max(2000));
        let rarity = |count: u32| (1.5 * (total / f64::from(count)).log2()).round() as i32;
        self.weights = std::iter::zip(&self.counts, &self.kinds)
            .map(|(&count, kind)| match kind {
                Kind::Mark => 2,
                Kind::Number => rarity(count).clamp(3, 18) / 2,
                Kind::Word => rarity(count).clamp(3, 18),
            })
            .collect();
    }

    /// What the token's word weighs, 2 to 18.
    pub(super) fn weight(&self, token: &Token) -> i32 {
        self.weights[token.word as usize]
    }

    /// Whether the token is a mark rather than a word.
    pub(super) fn is_mark(&self, token: &Token) -> bool {
        self.kinds[token.word as usize] == Kind::Mark
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// What it is worth to match `a` with `b`; 0 when they are different words.
    pub(super) fn score(&self, a: &Token, b: &Token) -> i32 {
        if a.word == b.word {
            self.weight(a)
        } else if a.stem == b.stem && a.stem != NO_STEM {
            (self.weight(a).min(self.weight(b)) / 2).max(1)
        } else {
            0
        }
    }
}

/// The tokens of `text` in order. O(text).
pub(super) fn tokens(text: &Text, vocabulary: &mut Vocabulary) -> Vec<Token> {
    let content = text.as_str();
    let mut out: Vec<Token> = Vec::with_capacity(content.len() / 5);
    let mut folded = String::new();
    let mut opens = Opens::Paragraph;
    let (mut line_start, mut in_sentence) = (0, 0);
    let mut at = 0;
    while let Some(c) = content[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        if c == '\n' {
            let line = &content[line_start..start];
            opens = opens.max(opened_by_break(line, &content[at..], in_sentence));
            line_start = at;
            continue;
        }
        if c.is_whitespace() {
            continue;
        }
        folded.clear();
        fold_lower(c, &mut folded);
        if folded.is_empty() {
            // What only steers line breaks belongs to what stands before it.
            if let Some(last) = out.last_mut().filter(|t| t.end as usize == start) {
                last.end = at as u32;
            }
            continue;
        }
        let is_word = is_word_char(c) || stands_alone(c);
        if is_word {
            if !stands_alone(c) {
                at = word_end(content, at, c, &mut folded);
            }
        } else if matches!(c, '-' | '–' | '—' | '.' | '…' | '*' | '=' | '_' | '#') {
            while content[at..].starts_with(c) {
                at += c.len_utf8();
            }
            if c == '.' && at - start > 1 {
                folded.push_str("..");
            }
        }
        if let Some(last) = out.last()
            && opens == Opens::Nothing
            && begins_sentence(content, last.end as usize, start)
        {
            opens = Opens::Sentence;
        }
        in_sentence = match opens {
            Opens::Nothing => in_sentence + 1,
            _ => 1,
        };
        out.push(Token {
            start: start as u32,
            end: at as u32,
            word: vocabulary.word(&folded, !is_word),
            stem: vocabulary.stem(&folded),
            opens: std::mem::replace(&mut opens, Opens::Nothing),
        });
    }
    out
}

fn fold_lower(c: char, out: &mut String) {
    fold_char(c, |f| out.extend(f.to_lowercase()));
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Where the word ends whose first character `last` ends at `at`; the rest of it is added to `folded`. A hyphen between
/// letters is left out, whether or not a line is broken there; apostrophes, underscores and the marks within numbers are kept.
fn word_end(content: &str, mut at: usize, mut last: char, folded: &mut String) -> usize {
    let mut chars = content[at..].chars();
    while let Some(c) = chars.next() {
        let next = chars.clone().next().unwrap_or(' ');
        if is_word_char(c) {
            if stands_alone(c) {
                break;
            }
            fold_lower(c, folded);
        } else if c == '_' && is_word_char(next)
            || matches!(c, '.' | ',') && last.is_numeric() && next.is_numeric()
            || matches!(c, '\'' | '’') && last.is_alphabetic() && next.is_alphabetic()
        {
            fold_lower(c, folded);
        } else if is_hyphen(c) && last.is_alphabetic() {
            if next == '\n' {
                let rest = chars.as_str()[1..].trim_start_matches([' ', '\t']);
                if !rest.starts_with(char::is_lowercase) {
                    break;
                }
                chars = rest.chars();
            } else if !next.is_alphabetic() {
                break;
            }
        } else {
            let length = folded.len();
            fold_lower(c, folded);
            if folded.len() > length || c.is_whitespace() {
                folded.truncate(length);
                break;
            }
        }
        last = c;
        at = content.len() - chars.as_str().len();
    }
    at
}

/// What the end of `line` opens, of which `rest` follows: a line may only have been wrapped.
fn opened_by_break(line: &str, rest: &str, in_sentence: usize) -> Opens {
    let next = rest.trim_start_matches([' ', '\t', '\r']);
    if next.is_empty() || next.starts_with('\n') {
        return Opens::Paragraph;
    }
    let item = next.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = next.starts_with(['#', '>', '|', '=', '•'])
        || ["- ", "* ", "+ ", "```", ".. "]
            .iter()
            .any(|mark| next.starts_with(mark))
        || item.len() < next.len() && item.starts_with(". ");
    let width = line.trim().chars().take(121).count();
    match marked || !(40..=120).contains(&width) || in_sentence > 80 {
        true => Opens::Sentence,
        false => Opens::Nothing,
    }
}

/// Whether a sentence ends at `end` and another starts with the token at `start`.
fn begins_sentence(content: &str, end: usize, start: usize) -> bool {
    let closers = ['"', '\'', '”', '’', '»', ')', ']', '*', '_'];
    let mut last = content[..end].char_indices().rev().take(8);
    let Some((at, stop)) = last.find(|(_, c)| !closers.contains(c)) else {
        return false;
    };
    match stop {
        '。' | '！' | '？' | '｡' => {
            end < start || !content[start..].starts_with(['”', '’', '」', '』', '）', '》'])
        }
        '.' | '!' | '?' | '…' if end < start => {
            let next = content[start..]
                .chars()
                .take(8)
                .find(|c| c.is_alphanumeric());
            !next.is_some_and(char::is_lowercase)
                && ends_sentence(&content[..at + stop.len_utf8()], &content[start..])
        }
        _ => false,
    }
}
