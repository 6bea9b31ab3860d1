//! The words of a text as numbers, for counting them.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation as _;

use super::language::{Language, language_of};

/// In the place of a word that is not counted by itself: the last Han character of a run, which is part of the pair before it.
pub(super) const NOTHING: u32 = u32::MAX;

/// Words as people write them, each once, numbered from 0.
#[derive(Debug, Default)]
pub(super) struct Forms {
    text: String,
    ends: Vec<u32>,
}

impl Forms {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word with a number; empty for none.
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let end = self.ends.get(at).copied().unwrap_or(start);
        &self.text[start as usize..end as usize]
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|number| self.get(number))
    }
}

/// Gives words their numbers.
#[derive(Default)]
pub(super) struct Numbering {
    forms: Forms,
    numbers: HashMap<Box<str>, u32>,
}

impl Numbering {
    /// The number of a word, a new one when it was not seen before.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.into(), number);
        self.forms.text.push_str(word);
        self.forms.ends.push(self.forms.text.len() as u32);
        number
    }

    /// The words that have numbers.
    pub fn forms(self) -> Forms {
        self.forms
    }
}

/// The words of a text (UAX #29) in small letters and with plain apostrophes, as numbers.
///
/// Chinese is written without spaces, and to cut it into words takes a dictionary. In its stead each pair of neighbouring Han
/// characters counts as a word: 国际格局 has 国际, 际格 and 格局. So words of two characters, which most are, are found. A character
/// alone among others counts as it is, as does each character of Japanese hiragana.
#[derive(Debug)]
pub(super) struct Tokens {
    /// The form of each word of [`super::Units::words`], or [`NOTHING`].
    pub words: Vec<u32>,
    /// The forms.
    pub forms: Forms,
    /// Which forms are pairs of Han characters, which take in the word after them.
    pub pairs: Vec<bool>,
    /// The language that the text is in, as far as its stop words tell.
    pub language: Option<Language>,
}

impl Tokens {
    /// Takes a text apart; gives the first byte of each word as well.
    pub fn new(text: &str) -> (Self, Vec<u32>) {
        let mut starts = Vec::new();
        let mut words = Vec::new();
        let mut numbering = Numbering::default();
        let mut counts: Vec<usize> = Vec::new();
        let mut small = String::new();
        let mut all = text.unicode_word_indices().peekable();
        let mut paired = false;
        while let Some((at, word)) = all.next() {
            starts.push(at as u32);
            let next = all.peek().filter(|(next, _)| *next == at + word.len());
            let next = next.filter(|(_, next)| is_han(word) && is_han(next));
            let was_paired = std::mem::replace(&mut paired, next.is_some());
            let number = match next {
                Some((end, next)) => numbering.number(&text[at..end + next.len()]),
                None if was_paired => NOTHING,
                None => {
                    lower(word, &mut small);
                    numbering.number(&small)
                }
            };
            words.push(number);
            if number != NOTHING {
                counts.resize(counts.len().max(number as usize + 1), 0);
                counts[number as usize] += 1;
            }
        }
        let forms = numbering.forms();
        let language = language_of(forms.iter().zip(counts));
        let pairs = forms.iter().map(is_pair);
        let tokens = Self {
            pairs: pairs.collect(),
            words,
            forms,
            language,
        };
        (tokens.unelided(), starts)
    }

    /// The same with articles taken off that are written together with a word.
    fn unelided(mut self) -> Self {
        let Some(language) = self.language else {
            return self;
        };
        let mut numbering = Numbering::default();
        let number = |form| numbering.number(language.unelided(form));
        let numbers: Vec<u32> = self.forms.iter().map(number).collect();
        if numbers.iter().zip(0..).any(|(new, old)| *new != old) {
            let mut pairs = vec![false; self.pairs.len()];
            for (old, new) in numbers.iter().enumerate() {
                pairs[*new as usize] = self.pairs[old];
            }
            for word in self.words.iter_mut().filter(|word| **word != NOTHING) {
                *word = numbers[*word as usize];
            }
            self.forms = numbering.forms();
            pairs.truncate(self.forms.len());
            self.pairs = pairs;
        }
        self
    }

    /// Whether the word at a place takes in the one after it.
    pub fn is_pair(&self, at: usize) -> bool {
        let word = self.words.get(at).filter(|word| **word != NOTHING);
        word.is_some_and(|word| self.pairs[*word as usize])
    }
}

/// `word` in small letters, with plain apostrophes, put into `out`.
fn lower(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    // By the whole word: a final sigma is told by where it stands.
    out.push_str(&word.to_lowercase());
    if out.contains('’') {
        *out = out.replace('’', "'");
    }
}

/// Whether a word is a pair of Han characters.
pub(super) fn is_pair(word: &str) -> bool {
    word.len() >= 6 && word.chars().count() == 2 && word.chars().all(han)
}

/// Whether a word is a single Han character.
fn is_han(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(han) && chars.next().is_none()
}

fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let (tokens, starts) = Tokens::new(text);
        assert_eq!(starts.len(), tokens.words.len());
        let word = |n: &u32| match *n {
            NOTHING => "·".to_owned(),
            n => tokens.forms.get(n).to_owned(),
        };
        tokens.words.iter().map(word).collect()
    }

    #[test]
    fn words_are_small_and_chinese_goes_by_pairs() {
        assert_eq!(shown("China’s ALLY, 5,000"), ["china's", "ally", "5,000"]);
        assert_eq!(
            shown("国际格局 is geju"),
            ["国际", "际格", "格局", "·", "is", "geju"]
        );
        assert_eq!(shown("弃 or 国际"), ["弃", "or", "国际", "·"]);
        assert_eq!(shown("国际。国"), ["国际", "·", "国"]);
    }

    #[test]
    fn elided_articles_are_left_out_of_french() {
        let text = "L’équilibre n’est pas la loi ; c’est une habitude que l’on prend à l’école.";
        let words = shown(text);
        assert_eq!(words[..3], ["équilibre", "est", "pas"]);
        assert!(words.contains(&"école".to_owned()) && words.contains(&"on".to_owned()));
    }
}
