//! Texts as they are compared, and the way back to the bytes that stand in them.

mod runs;
mod table;

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

use self::table::Table;
use crate::text::{Span, latin};

/// How texts are folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Letter case tells apart.
    pub case: bool,
    /// Accents tell apart.
    pub accents: bool,
    /// Kinds of quotation marks, dashes and spaces tell apart.
    pub signs: bool,
    /// A run of white space becomes one space, or a line feed where it holds an empty line. Otherwise it stays.
    pub space: bool,
}

/// A stretch of a text, folded.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    anchors: Vec<Anchor>,
    /// Where the stretch ends in the original (bytes).
    end: usize,
}

/// From here on folded and original bytes run alike, up to the next anchor.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Byte of the folded text.
    at: u32,
    /// Byte of the original.
    from: u32,
    /// Whether what stands here belongs to one place of the original, however long it is.
    whole: bool,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The way back to the original, `text`.
    pub fn places<'a>(&'a self, text: &'a str) -> Places<'a> {
        Places {
            folded: self,
            text,
            near: 0,
        }
    }

    fn anchor(&mut self, from: usize, whole: bool) {
        let (at, from) = (self.text.len() as u32, from as u32);
        self.anchors.push(Anchor { at, from, whole });
    }
}

/// Finds where folded ranges came from. Quick for ranges in order.
#[derive(Debug)]
pub struct Places<'a> {
    folded: &'a Folded,
    text: &'a str,
    /// The anchor that was last needed.
    near: usize,
}

impl Places<'_> {
    /// The passage of the original that a folded range came from: whole characters with their marks.
    pub fn span(&mut self, start: usize, end: usize) -> Span {
        let (start, end) = (self.start(start), self.end(end));
        let rest = self.text.get(end..).unwrap_or_default();
        let marks = rest.find(|c| !is_mark(c) && !is_ignored(c));
        let end = end + marks.unwrap_or(rest.len());
        let passage = self.text.get(start..end).unwrap_or_default();
        let passage = passage.trim_end_matches(is_ignored);
        Span::new(start as u32, (start + passage.len()) as u32)
    }

    /// The byte of the original at which the character starts that the folded byte `at` came from.
    fn start(&mut self, at: usize) -> usize {
        let anchor = self.anchor(at);
        match anchor.whole {
            true => anchor.from as usize,
            false => anchor.from as usize + at - anchor.at as usize,
        }
    }

    /// The byte of the original at which what was folded up to `at` ends; dropped characters that follow belong to it.
    fn end(&mut self, at: usize) -> usize {
        let anchor = self.anchor(at);
        if anchor.whole && at > anchor.at as usize {
            let next = self.folded.anchors.get(self.near + 1);
            return next.map_or(self.folded.end, |a| a.from as usize);
        }
        if at == self.folded.text.len() {
            return self.folded.end;
        }
        anchor.from as usize + at - anchor.at as usize
    }

    /// The last anchor at or before the folded byte `at`.
    fn anchor(&mut self, at: usize) -> Anchor {
        let anchors = &self.folded.anchors;
        let is_before = |a: &Anchor| a.at as usize <= at;
        if !anchors.get(self.near).is_some_and(is_before) {
            self.near = 0;
        }
        let ahead = anchors.get(self.near + 1..).unwrap_or_default();
        const FEW: usize = 8;
        self.near += match ahead.iter().take(FEW).take_while(|a| is_before(a)).count() {
            FEW => ahead.partition_point(is_before),
            few => few,
        };
        let start = Anchor {
            at: 0,
            from: 0,
            whole: false,
        };
        anchors.get(self.near).copied().unwrap_or(start)
    }
}

impl Folding {
    /// Folds the bytes `from..to` of `text` into `out`, whose memory is used again. About 1.5 GB a second for English.
    pub fn fold(self, text: &str, from: usize, to: usize, out: &mut Folded) {
        out.text.clear();
        out.anchors.clear();
        out.end = to;
        out.anchor(from, false);
        let text = text.get(..to).unwrap_or_default();
        let mut writer = Writer {
            folding: self,
            table: self.table(),
            out,
            loose: false,
        };
        let mut at = from;
        while at < text.len() {
            let run = at + runs::same(&text.as_bytes()[at..], self.space);
            writer.keep(&text[at..run], at);
            at = writer.fold(text, run);
        }
        if !self.case {
            out.text.make_ascii_lowercase();
        }
    }

    fn table(self) -> &'static Table {
        static TABLES: [OnceLock<Table>; 8] = [const { OnceLock::new() }; 8];
        let number =
            usize::from(self.case) * 4 + usize::from(self.accents) * 2 + usize::from(self.signs);
        TABLES[number].get_or_init(|| Table::new(self))
    }

    /// What a character is compared as.
    pub(super) fn char(self, c: char) -> String {
        let mut out = String::new();
        let mut put = |c: char| {
            if is_accent(c) && !self.accents {
                return;
            }
            if self.case {
                return self.even_out(c, &mut out);
            }
            for c in c.to_lowercase() {
                self.even_out(if c == 'ς' { 'σ' } else { c }, &mut out);
            }
        };
        match c {
            _ if is_ignored(c) => {}
            _ if self.signs && (is_dash(c) || straight(c).is_some() || c.is_whitespace()) => put(c),
            _ if c.is_whitespace() => put(if c.is_ascii() { c } else { ' ' }),
            _ if is_dash(c) => put('-'),
            _ if straight(c).is_some() => straight(c).into_iter().for_each(put),
            // Kana and Hangul syllables stay whole: their marks are no accents.
            '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' => put(c),
            _ => {
                let mut parts = Vec::new();
                decompose_compatible(c, |part| parts.push(part));
                // An accent that stands by itself is no space with an accent.
                match parts.first() {
                    Some(' ') if parts.len() > 1 => put(c),
                    _ => parts.into_iter().for_each(put),
                }
            }
        }
        out
    }

    /// Puts a letter, as plain Latin letters where it has such.
    fn even_out(self, c: char, out: &mut String) {
        let small = c.to_lowercase().next().unwrap_or(c);
        match latin(small) {
            "ss" if !self.case => out.push_str("ss"),
            "" => out.push(c),
            _ if self.accents => out.push(c),
            plain if small == c => out.push_str(plain),
            plain => out.push_str(&plain.to_uppercase()),
        }
    }
}

/// Puts folded text at the end of a [`Folded`].
struct Writer<'a> {
    folding: Folding,
    table: &'static Table,
    out: &'a mut Folded,
    /// Whether what comes next needs an anchor, since what stands before it was not folded byte by byte.
    loose: bool,
}

impl Writer<'_> {
    /// Puts what stays as it is.
    fn keep(&mut self, run: &str, at: usize) {
        if run.is_empty() {
            return;
        }
        if std::mem::take(&mut self.loose) {
            self.out.anchor(at, false);
        }
        self.out.text.push_str(run);
    }

    /// Folds the character at `at`, or the white space; returns where it ends.
    fn fold(&mut self, text: &str, at: usize) -> usize {
        let Some(c) = text[at..].chars().next() else {
            return text.len();
        };
        let next = at + c.len_utf8();
        if self.folding.space {
            let after_space = text.as_bytes()[..at].ends_with(b" ") && self.out.text.ends_with(' ');
            let after_space = after_space && !self.loose;
            if after_space && (c.is_whitespace() || is_ignored(c)) {
                self.out.text.pop();
                return self.space(text, at - 1);
            }
            if c.is_whitespace() {
                return self.space(text, at);
            }
        }
        if joins(c) && self.join(c) {
            return next;
        }
        let folded = self.table.get(c);
        self.put(&folded, c, at);
        next
    }

    /// Puts white space as one character; returns where it ends.
    fn space(&mut self, text: &str, at: usize) -> usize {
        let (end, broken) = white_space(text, at);
        self.out.anchor(at, true);
        self.out.text.push(if broken { '\n' } else { ' ' });
        self.loose = true;
        end
    }

    fn put(&mut self, folded: &str, c: char, at: usize) {
        if folded.is_empty() {
            self.loose = true;
            return;
        }
        let alike = folded.len() == c.len_utf8() && folded.chars().nth(1).is_none();
        if self.loose || !alike {
            self.out.anchor(at, !alike);
        }
        self.loose = !alike;
        self.out.text.push_str(folded);
    }

    /// Joins the sound mark of a kana, or a part of a Hangul syllable, with the character before; returns whether it does.
    fn join(&mut self, c: char) -> bool {
        let last = self.out.text.chars().next_back();
        let Some((last, joined)) = last.and_then(|last| Some((last, compose(last, c)?))) else {
            return false;
        };
        let at = self.out.text.len() - last.len_utf8();
        let from = self.out.places("").start(at) as u32;
        let at = at as u32;
        while self.out.anchors.last().is_some_and(|a| a.at >= at) {
            self.out.anchors.pop();
        }
        self.out.anchors.push(Anchor {
            at,
            from,
            whole: true,
        });
        self.out.text.pop();
        self.out.text.push(joined);
        self.loose = true;
        true
    }
}

/// Whether a character may become one with the character before it.
fn joins(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}')
}

/// Whether a character is one of several dashes that are typed as a hyphen.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// The straight quotation mark or apostrophe that is typed for a character.
fn straight(c: char) -> Option<char> {
    Some(match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' | '´' => '\'',
        _ => return None,
    })
}

/// The end of the white space at `at`, and whether an empty line is in it.
fn white_space(text: &str, at: usize) -> (usize, bool) {
    let mut lines = 0;
    for (i, c) in text[at..].char_indices() {
        if !c.is_whitespace() && !is_ignored(c) {
            return (at + i, lines > 1);
        }
        lines += usize::from(c == '\n');
    }
    (text.len(), lines > 1)
}

/// Whether a character is an accent: a mark on Latin, Greek and Cyrillic letters, or on any.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Whether a character only steers line breaks, joins and shapes.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Whether a character is a mark on the one before it.
pub(super) fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && (canonical_combining_class(c) != 0 || unicode_normalization::char::is_combining_mark(c))
}
