//! Finding words in texts: plain, whole words, any ending, regular expressions; case and accents folded unless asked otherwise.

mod fold;
mod line;
mod plain;
mod regex;
mod words;

use std::ops::Range;

use ::regex::Regex;

pub use self::line::{Line, line};
use self::{fold::Folded, plain::Plain};
use crate::text::Span;

/// How a pattern is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The letters as they stand, also within words. Runs of white space fit any white space. A `*` at the end of a word fits any
    /// ending.
    #[default]
    Plain,
    /// As plain, but only whole words.
    Words,
    /// A regular expression, in the syntax of the regex crate.
    Regex,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// What was typed.
    pub text: String,
    /// How it is meant.
    pub kind: Kind,
    /// Whether letter case tells apart.
    pub case: bool,
    /// Whether accents tell apart.
    pub accents: bool,
}

/// Why a pattern can't be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Where it goes wrong, in bytes of the pattern: start and end.
    pub at: (usize, usize),
    /// What is wrong, as a whole sentence.
    pub message: String,
}

/// A pattern ready to be looked for, by several threads at once.
#[derive(Debug)]
pub struct Finder {
    way: Way,
}

#[derive(Debug)]
enum Way {
    Plain(Plain),
    Regex(Regex),
}

/// How many bytes are folded at a time: few enough to stay in the processor's cache.
const CHUNK: usize = 1 << 16;

impl Finder {
    /// Gets a pattern ready.
    ///
    /// # Errors
    /// When the pattern is empty or no regular expression.
    pub fn new(pattern: &Pattern) -> Result<Self, PatternError> {
        let Pattern { text, kind, .. } = pattern;
        let plain = |words| Plain::new(text, pattern.case, pattern.accents, words);
        let way = match kind {
            Kind::Plain => Way::Plain(plain(false)?),
            Kind::Words => Way::Plain(plain(true)?),
            Kind::Regex => Way::Regex(regex::ready(pattern)?),
        };
        Ok(Self { way })
    }

    /// The hits in a text, in order; they do not overlap and none is empty.
    pub fn hits<'a>(&'a self, text: &'a str) -> Box<dyn Iterator<Item = Span> + 'a> {
        Box::new(
            self.pieces(text, CHUNK)
                .flat_map(|piece| self.hits_in(text, piece)),
        )
    }

    /// The hits in a piece of a text, in order.
    pub fn hits_in(&self, text: &str, piece: Range<usize>) -> Vec<Span> {
        let mut hits = Vec::new();
        let mut folded = Folded::default();
        match &self.way {
            Way::Plain(plain) => {
                for chunk in self.pieces_within(text, piece, CHUNK) {
                    plain
                        .folding
                        .fold(text, chunk.start, chunk.end, &mut folded);
                    plain.find(&folded, |start, end| {
                        let span = Span::new(folded.start(start) as u32, folded.end(end) as u32);
                        if hits.last().is_none_or(|last: &Span| last.end <= span.start) {
                            hits.push(span);
                        }
                    });
                }
            }
            Way::Regex(regex) => {
                let found = text.get(piece.clone()).unwrap_or_default();
                let found = regex.find_iter(found).filter(|m| !m.is_empty());
                let at = |i: usize| (piece.start + i) as u32;
                hits.extend(found.map(|m| Span::new(at(m.start()), at(m.end()))));
            }
        }
        hits
    }

    /// A text cut into pieces of about `size` bytes, so that no hit lies across a cut.
    pub fn pieces<'a>(
        &'a self,
        text: &'a str,
        size: usize,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        self.pieces_within(text, 0..text.len(), size)
    }

    fn pieces_within<'a>(
        &'a self,
        text: &'a str,
        within: Range<usize>,
        size: usize,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = within.start;
        std::iter::from_fn(move || {
            let start = at;
            if start >= within.end {
                return None;
            }
            let least = start.saturating_add(size).min(within.end);
            at = self.cut(&text.as_bytes()[..within.end], least);
            Some(start..at)
        })
    }

    /// The first place at or after `from` at which a text can be cut: behind a line end, or behind an empty line when hits may
    /// lie across one line end.
    fn cut(&self, bytes: &[u8], from: usize) -> usize {
        let lines = match &self.way {
            Way::Plain(plain) => plain.folding.space,
            Way::Regex(_) => false,
        };
        let mut ends = memchr::memchr_iter(b'\n', &bytes[from..]);
        let found = match lines {
            true => memchr::memmem::find(&bytes[from..], b"\n\n").map(|i| i + 1),
            false => ends.next(),
        };
        found.map_or(bytes.len(), |i| from + i + 1)
    }

    /// The first hit that starts at or after `offset` (bytes).
    pub fn next(&self, text: &str, offset: u32) -> Option<Span> {
        self.hits(text).find(|hit| hit.start >= offset)
    }
}

#[cfg(test)]
mod tests;
