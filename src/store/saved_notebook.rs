//! The saved form of notebooks and of their entries in histories.

use serde::{Deserialize, Serialize};

use crate::{
    model::{About, ClaimPlace, LabelId, ReadingId, Stance, Suggested},
    text::Span,
};

/// What an entry of a notebook is about; see [`About`].
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum SavedAbout {
    /// By its name.
    Query(String),
    /// The cell it stands in.
    Claim {
        /// Id of the label.
        label: String,
        /// Id of the reading.
        reading: String,
        /// Its word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stance: Option<String>,
    },
    /// The sentence that was suggested.
    Rejected {
        /// Id of the label.
        label: String,
        /// Id of the reading.
        reading: String,
        /// First byte of the sentence and one past its last.
        sentence: (u32, u32),
    },
}

impl From<&About> for SavedAbout {
    fn from(about: &About) -> Self {
        match about {
            About::Query(name) => Self::Query(name.clone()),
            About::Claim(place) => Self::Claim {
                label: place.label.to_string(),
                reading: place.reading.to_string(),
                stance: place.stance.map(|stance| stance.word().to_owned()),
            },
            About::Rejected(suggested) => Self::Rejected {
                label: suggested.label.to_string(),
                reading: suggested.reading.to_string(),
                sentence: (suggested.sentence.start, suggested.sentence.end),
            },
        }
    }
}

impl TryFrom<SavedAbout> for About {
    type Error = String;

    fn try_from(saved: SavedAbout) -> Result<Self, String> {
        let label = |id: &str| LabelId::new(id).map_err(|e| e.to_string());
        let reading = |id: &str| ReadingId::new(id).map_err(|e| e.to_string());
        Ok(match saved {
            SavedAbout::Query(name) => Self::Query(name),
            SavedAbout::Claim {
                label: l,
                reading: r,
                stance,
            } => Self::Claim(ClaimPlace {
                label: label(&l)?,
                reading: reading(&r)?,
                stance: stance
                    .map(|word| {
                        word.parse::<Stance>()
                            .map_err(|_| format!("“{word}” is no stance"))
                    })
                    .transpose()?,
            }),
            SavedAbout::Rejected {
                label: l,
                reading: r,
                sentence: (start, end),
            } => {
                if start > end {
                    return Err(format!("bytes {start} to {end} are no sentence"));
                }
                Self::Rejected(Suggested {
                    label: label(&l)?,
                    reading: reading(&r)?,
                    sentence: Span::new(start, end),
                })
            }
        })
    }
}
