//! Where a passage stands in its reading.

use std::fmt;

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
        write!(f, "¶{}", self.paragraph)?;
        if self.last_paragraph != self.paragraph {
            write!(f, "–{}", self.last_paragraph)?;
        }
        Ok(())
    }
}
