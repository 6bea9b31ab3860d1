//! Byte ranges of a reading's text.

/// A half-open range of a text, in UTF-8 bytes. Both ends lie on character boundaries of the text it belongs to; whoever
/// builds one from outside checks that with [`Span::fits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end` (bytes).
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span between two byte offsets, whichever comes first.
    pub fn between(a: u32, b: u32) -> Self {
        Self::new(a.min(b), a.max(b))
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether nothing lies in it.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this one (equal spans do).
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies in it.
    pub const fn has(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// What the two share; empty when they do not overlap.
    pub fn intersect(self, other: Self) -> Self {
        let start = self.start.max(other.start);
        Self::new(start, self.end.min(other.end).max(start))
    }

    /// Whether it is not empty, lies in `text`, and cuts no character.
    pub fn fits(self, text: &str) -> bool {
        self.start < self.end && text.get(self.start as usize..self.end as usize).is_some()
    }

    /// The bytes it covers of `text`, or the empty string when it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}
