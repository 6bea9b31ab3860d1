//! Finding words in texts: plain, whole words, any ending, regular expressions; case and accents folded unless asked otherwise.
//!
//! **A hit** is a passage of the text that equals the pattern when both are folded; hits are taken from the left and do not
//! overlap. It is whole characters with the marks on them: where one character is folded to several (`ß` to `ss`) it is a hit of
//! each of them.
//!
//! **Folding.** Texts and patterns are decomposed by compatibility (NFKD: composed accents, ligatures, full width; kana and Hangul
//! stay whole). Unless accents tell apart, accents are dropped, and `æ`, `œ`, `ø`, `ł`, `đ`, `þ`, `ı` are plain letters, as
//! [`crate::text::fold`] has them. Unless case tells apart, letters are small, and `ß` is `ss`. Quotation marks are straight, dashes
//! are hyphens, soft hyphens and other characters without width are dropped. White space is one space, when the pattern has any:
//! it may hold one line end, but no empty line.
//!
//! **A word** starts and ends where a letter, digit or mark stands beside something else, but not at an apostrophe before an English
//! ending (`’s`, `’t`, `’re`…) or between the digits of a number; digits behind letters are taken for a footnote's mark. Between
//! characters of scripts without spaces it starts and ends anywhere. **Any ending** goes on to the end of the word; a stem stands at
//! the start of one.
//!
//! **An expression** fits within a paragraph. It meets white space, quotation marks and dashes as they stand; where accents do not
//! tell apart, those of the text, of letters in the expression and of sets of up to 500 characters are dropped.
//!
//! **Cost.** A stretch of text is folded and then searched: both O(n), whatever the pattern is; with k stems O(k n).

mod extent;
mod fold;
mod line;
mod plain;
mod regex;
mod words;

use std::ops::Range;

use self::regex::Expression;
pub use self::{
    extent::Extent,
    line::{Line, line},
};
pub(super) use self::{
    fold::{Folded, Folding},
    plain::Plain,
};
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
    Plain(Box<Plain>),
    Regex(Expression),
}

/// How many bytes are folded at a time: few enough to stay in the processor's cache.
pub(super) const CHUNK: usize = 1 << 16;

impl Finder {
    /// Gets a pattern ready.
    ///
    /// # Errors
    /// When the pattern is empty or no regular expression.
    pub fn new(pattern: &Pattern) -> Result<Self, PatternError> {
        let Pattern { text, kind, .. } = pattern;
        let plain = |words| Plain::new(text, pattern.case, pattern.accents, words);
        let way = match kind {
            Kind::Plain => Way::Plain(Box::new(plain(false)?)),
            Kind::Words => Way::Plain(Box::new(plain(true)?)),
            Kind::Regex => Way::Regex(Expression::new(pattern)?),
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

    /// The hits in one of the [`pieces`](Self::pieces) of a text, in order.
    pub fn hits_in(&self, text: &str, piece: Range<usize>) -> Vec<Span> {
        let mut hits: Vec<Span> = Vec::new();
        let mut folded = Folded::default();
        let mut add = |span: Span| {
            // Two may lie in one character: the s of ß.
            if !span.is_empty() && hits.last().is_none_or(|last| last.end <= span.start) {
                hits.push(span);
            }
        };
        let within = text.get(..piece.end).unwrap_or_default();
        for chunk in cuts_from(within, piece.start, CHUNK, self.spans_lines()) {
            match &self.way {
                Way::Plain(plain) => plain.find_in(text, chunk, &mut folded, &mut add),
                Way::Regex(regex) => regex.find_in(text, chunk, &mut folded, &mut add),
            }
        }
        hits
    }

    /// Whether a hit may lie across a line end.
    fn spans_lines(&self) -> bool {
        matches!(&self.way, Way::Plain(plain) if plain.folding.space)
    }

    /// A text cut into pieces of at least `size` bytes, so that no hit lies across a cut.
    pub fn pieces<'a>(
        &self,
        text: &'a str,
        size: usize,
    ) -> impl Iterator<Item = Range<usize>> + use<'a> {
        cuts(text, size, self.spans_lines())
    }

    /// The first hit that starts at or after `offset` (bytes). Costs what lies between, not what stands before.
    pub fn next(&self, text: &str, offset: u32) -> Option<Span> {
        let pieces = self.pieces(text, CHUNK);
        pieces
            .filter(|piece| piece.end > offset as usize)
            .flat_map(|piece| self.hits_in(text, piece))
            .find(|hit| hit.start >= offset)
    }
}

/// A text cut into pieces of at least `size` bytes: behind line ends, or behind empty lines only when hits may lie across `lines`.
pub(super) fn cuts(text: &str, size: usize, lines: bool) -> impl Iterator<Item = Range<usize>> {
    cuts_from(text, 0, size, lines)
}

fn cuts_from(
    text: &str,
    from: usize,
    size: usize,
    lines: bool,
) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        let start = at;
        let least = start.saturating_add(size).min(bytes.len());
        let rest = &bytes[least..];
        let found = match lines {
            true => memchr::memmem::find(rest, b"\n\n").map(|i| i + 2),
            false => memchr::memchr(b'\n', rest).map(|i| i + 1),
        };
        at = found.map_or(bytes.len(), |i| least + i);
        (start < bytes.len()).then_some(start..at)
    })
}

#[cfg(test)]
mod tests;
