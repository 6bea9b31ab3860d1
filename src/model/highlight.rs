//! Highlights: passages that a coder has tagged.

use std::{fmt, str::FromStr};

use jiff::Timestamp;

use super::{BadId, CoderId, HighlightId, LabelId, ReadingId};
use crate::text::Span;

/// What a passage does with the theory it is tagged with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// It speaks for the theory.
    Supports,
    /// It speaks against it.
    Contests,
    /// It limits where it holds.
    Qualifies,
    /// It says what its terms mean.
    Defines,
    /// It explains a case with it.
    Applies,
}

impl Stance {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Supports,
        Self::Contests,
        Self::Qualifies,
        Self::Defines,
        Self::Applies,
    ];

    /// The lower-case word shown for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contests => "contests",
            Self::Qualifies => "qualifies",
            Self::Defines => "defines",
            Self::Applies => "applies",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Stance {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        Self::ALL
            .into_iter()
            .find(|stance| stance.word().eq_ignore_ascii_case(s))
            .ok_or_else(|| BadId(s.to_owned()))
    }
}

/// A passage that a coder has tagged with at least one label.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlight {
    /// Its number.
    pub id: HighlightId,
    /// The reading it lies in.
    pub reading: ReadingId,
    /// The passage, in bytes of the reading's text.
    pub span: Span,
    /// Its labels, in the order in which they were given, each once; never none.
    pub labels: Vec<LabelId>,
    /// What the passage does with the theory, if said.
    pub stance: Option<Stance>,
    /// The coder's note; empty for none.
    pub note: String,
    /// Who tagged it.
    pub coder: CoderId,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
}
