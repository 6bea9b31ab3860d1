//! Where a passage stands in its reading.

use std::fmt;

use super::{Span, Text};

/// Paragraph and sentence of a passage, counted from 1 as people count. Shown as `¶12` or `¶12–13`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locator {
    /// The paragraph in which it starts.
    pub paragraph: u32,
    /// The paragraph in which it ends.
    pub last_paragraph: u32,
    /// The sentence of [`Self::paragraph`] in which it starts.
    pub sentence: u32,
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.paragraph, self.last_paragraph);
        Paragraphs { first, last }.fmt(f)
    }
}

/// The paragraphs of a passage, shown like a [`Locator`] but without the search for its sentence, which costs what its
/// paragraph is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraphs {
    /// The one in which it starts, from 1.
    pub first: u32,
    /// The one in which it ends.
    pub last: u32,
}

impl Paragraphs {
    /// Those of `span`.
    pub fn of(text: &Text, span: Span) -> Self {
        let first = text.paragraph_at(span.start).unwrap_or_default();
        let end = span.end.saturating_sub(1).max(span.start);
        let last = text.paragraph_at(end).unwrap_or(first);
        Self {
            first: first as u32 + 1,
            last: last as u32 + 1,
        }
    }
}

impl fmt::Display for Paragraphs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¶{}", self.first)?;
        if self.last != self.first {
            write!(f, "–{}", self.last)?;
        }
        Ok(())
    }
}
