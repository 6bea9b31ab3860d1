//! The saved form of highlights.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    model::{BadId, CoderId, Highlight, HighlightId, LabelId, ReadingId, Stance},
    text::Span,
};

/// A stance by its name in the model.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedStance {
    Supports,
    Contests,
    Qualifies,
    Defines,
    Applies,
}

impl From<Stance> for SavedStance {
    fn from(stance: Stance) -> Self {
        match stance {
            Stance::Supports => Self::Supports,
            Stance::Contests => Self::Contests,
            Stance::Qualifies => Self::Qualifies,
            Stance::Defines => Self::Defines,
            Stance::Applies => Self::Applies,
        }
    }
}

impl From<SavedStance> for Stance {
    fn from(stance: SavedStance) -> Self {
        match stance {
            SavedStance::Supports => Self::Supports,
            SavedStance::Contests => Self::Contests,
            SavedStance::Qualifies => Self::Qualifies,
            SavedStance::Defines => Self::Defines,
            SavedStance::Applies => Self::Applies,
        }
    }
}

/// A highlight in a history: like a line of a highlights file, with reading and coder and without the quote, since the
/// history holds no text.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SavedHighlight {
    /// 16 hexadecimal digits.
    pub id: String,
    /// Id of the reading.
    pub reading: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Ids of the labels.
    pub labels: Vec<String>,
    /// What the passage does with the theory.
    #[serde(default)]
    pub stance: Option<SavedStance>,
    /// Empty for none.
    #[serde(default)]
    pub note: String,
    /// Id of the coder.
    pub coder: String,
    /// When it was made.
    pub created: String,
    /// When it was last changed.
    pub changed: String,
}

impl From<&Highlight> for SavedHighlight {
    fn from(h: &Highlight) -> Self {
        Self {
            id: h.id.to_string(),
            reading: h.reading.to_string(),
            start: h.span.start,
            end: h.span.end,
            labels: h.labels.iter().map(LabelId::to_string).collect(),
            stance: h.stance.map(SavedStance::from),
            note: h.note.clone(),
            coder: h.coder.to_string(),
            created: h.created.to_string(),
            changed: h.changed.to_string(),
        }
    }
}

impl TryFrom<SavedHighlight> for Highlight {
    type Error = String;

    fn try_from(saved: SavedHighlight) -> Result<Self, String> {
        let text = |error: BadId| error.to_string();
        let time = |at: &str| at.parse::<Timestamp>().map_err(|e| e.to_string());
        let labels: Result<Vec<_>, _> = saved.labels.iter().map(|l| LabelId::new(l)).collect();
        Ok(Self {
            id: saved.id.parse::<HighlightId>().map_err(text)?,
            reading: ReadingId::new(&saved.reading).map_err(text)?,
            span: Span::new(saved.start, saved.end),
            labels: labels.map_err(text)?,
            stance: saved.stance.map(Stance::from),
            note: saved.note,
            coder: CoderId::new(&saved.coder).map_err(text)?,
            created: time(&saved.created)?,
            changed: time(&saved.changed)?,
        })
    }
}
