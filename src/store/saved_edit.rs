//! The saved form of edits and of the history's lines.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    saved::{SavedLabel, SavedMeta},
    saved_highlight::SavedHighlight,
    saved_notebook::SavedAbout,
    saved_packet::{SavedPacketHead, SavedSection},
};
use crate::{
    edit::{Edit, Entry, Head, Kind},
    model::{
        CoderId, Highlight, HighlightId, Label, LabelId, PacketId, Project, ReadingId, SectionId,
    },
};

/// An edit in a history. Texts are never in it: an added reading is named by its folder and hash.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum SavedEdit {
    /// See [`Edit`].
    RenameProject(String),
    /// See [`Edit`].
    AddLabel(SavedLabel),
    /// See [`Edit`].
    ChangeLabel(SavedLabel),
    /// See [`Edit`].
    RemoveLabel(String),
    /// The reading lies in its folder already.
    AddReading {
        /// Its folder.
        id: String,
        /// SHA-256 of its text.
        sha256: String,
    },
    /// See [`Edit`].
    ChangeReading {
        /// Its folder.
        id: String,
        /// What is said about it.
        meta: SavedMeta,
    },
    /// See [`Edit`].
    RemoveReading(String),
    /// See [`Edit`].
    RestoreReading(String),
    /// See [`Edit`].
    AddHighlight(SavedHighlight),
    /// See [`Edit`].
    ChangeHighlight(SavedHighlight),
    /// See [`Edit`].
    RemoveHighlight {
        /// The reading it lies in.
        reading: String,
        /// Its number.
        id: String,
    },
    /// See [`Edit`]; without text the entry is taken out.
    Jot {
        /// Whose notebook.
        coder: String,
        /// What the entry is about.
        about: SavedAbout,
        /// What it says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// See [`Edit`]; without a head the packet is taken out.
    PutPacket {
        /// Its file name.
        id: String,
        /// What is said of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        head: Option<SavedPacketHead>,
    },
    /// See [`Edit`]; without a section it is taken out.
    PutSection {
        /// The packet's file name.
        packet: String,
        /// The section's name in it.
        id: String,
        /// What it holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        section: Option<Box<SavedSection>>,
    },
    /// See [`Edit`].
    Batch(Vec<SavedEdit>),
}

impl From<&Edit> for SavedEdit {
    fn from(edit: &Edit) -> Self {
        let label = |label: &Label| SavedLabel {
            id: label.id.to_string(),
            ..SavedLabel::from(label)
        };
        match edit {
            Edit::RenameProject(name) => Self::RenameProject(name.clone()),
            Edit::AddLabel(l) => Self::AddLabel(label(l)),
            Edit::ChangeLabel(l) => Self::ChangeLabel(label(l)),
            Edit::RemoveLabel(id) => Self::RemoveLabel(id.to_string()),
            Edit::AddReading(r) => Self::AddReading {
                id: r.id.to_string(),
                sha256: r.sha256.clone(),
            },
            Edit::ChangeReading(id, meta) => Self::ChangeReading {
                id: id.to_string(),
                meta: meta.into(),
            },
            Edit::RemoveReading(id) => Self::RemoveReading(id.to_string()),
            Edit::RestoreReading(id) => Self::RestoreReading(id.to_string()),
            Edit::AddHighlight(h) => Self::AddHighlight(h.as_ref().into()),
            Edit::ChangeHighlight(h) => Self::ChangeHighlight(h.as_ref().into()),
            Edit::RemoveHighlight(reading, id) => Self::RemoveHighlight {
                reading: reading.to_string(),
                id: id.to_string(),
            },
            Edit::Jot(coder, about, text) => Self::Jot {
                coder: coder.to_string(),
                about: about.into(),
                text: text.clone(),
            },
            Edit::PutPacket(id, head) => Self::PutPacket {
                id: id.to_string(),
                head: head.as_ref().map(Into::into),
            },
            Edit::PutSection(packet, id, section) => Self::PutSection {
                packet: packet.to_string(),
                id: id.to_string(),
                section: section.as_ref().map(|section| Box::new(section.into())),
            },
            Edit::Batch(edits) => Self::Batch(edits.iter().map(Self::from).collect()),
        }
    }
}

impl SavedEdit {
    /// The edit; added readings are looked up in `project`, where the folder has been read already.
    ///
    /// # Errors
    /// Says which id, time or reading is none.
    pub fn edit(self, project: &Project) -> Result<Edit, String> {
        let reading = |id: &str| ReadingId::new(id).map_err(|e| e.to_string());
        let label_id = |id: &str| LabelId::new(id).map_err(|e| e.to_string());
        let label = |saved: SavedLabel| {
            let id = label_id(&saved.id)?;
            saved.label(id).map_err(|e| e.to_string())
        };
        let highlight = |saved: SavedHighlight| Highlight::try_from(saved).map(Arc::new);
        Ok(match self {
            Self::RenameProject(name) => Edit::RenameProject(name),
            Self::AddLabel(l) => Edit::AddLabel(label(l)?),
            Self::ChangeLabel(l) => Edit::ChangeLabel(label(l)?),
            Self::RemoveLabel(id) => Edit::RemoveLabel(label_id(&id)?),
            Self::AddReading { id, .. } => {
                let id = reading(&id)?;
                let shelf = project.shelf(&id).or_else(|| project.removed_shelf(&id));
                let shelf = shelf.ok_or_else(|| format!("the folder of “{id}” is missing"))?;
                Edit::AddReading(Arc::clone(&shelf.reading))
            }
            Self::ChangeReading { id, meta } => Edit::ChangeReading(reading(&id)?, meta.into()),
            Self::RemoveReading(id) => Edit::RemoveReading(reading(&id)?),
            Self::RestoreReading(id) => Edit::RestoreReading(reading(&id)?),
            Self::AddHighlight(h) => Edit::AddHighlight(highlight(h)?),
            Self::ChangeHighlight(h) => Edit::ChangeHighlight(highlight(h)?),
            Self::RemoveHighlight { reading: r, id } => Edit::RemoveHighlight(
                reading(&r)?,
                id.parse::<HighlightId>().map_err(|e| e.to_string())?,
            ),
            Self::Jot { coder, about, text } => {
                let coder = CoderId::new(&coder).map_err(|e| e.to_string())?;
                Edit::Jot(coder, about.try_into()?, text)
            }
            Self::PutPacket { id, head } => {
                let id = PacketId::new(&id).map_err(|e| e.to_string())?;
                Edit::PutPacket(id, head.map(Into::into))
            }
            Self::PutSection {
                packet,
                id,
                section,
            } => {
                let packet = PacketId::new(&packet).map_err(|e| e.to_string())?;
                let id = SectionId::new(&id).map_err(|e| e.to_string())?;
                Edit::PutSection(packet, id, section.map(|section| (*section).into()))
            }
            Self::Batch(edits) => {
                let edits: Result<Vec<_>, _> = edits.into_iter().map(|e| e.edit(project)).collect();
                Edit::Batch(edits?)
            }
        })
    }
}

/// How an entry came about, as saved.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[allow(missing_docs, reason = "as in `edit::Kind`")]
pub enum SavedKind {
    Do,
    Undo(u64),
    Redo(u64),
    GoBack(u64),
}

impl From<Kind> for SavedKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Do => Self::Do,
            Kind::Undo(n) => Self::Undo(n),
            Kind::Redo(n) => Self::Redo(n),
            Kind::GoBack(n) => Self::GoBack(n),
        }
    }
}

impl From<SavedKind> for Kind {
    fn from(kind: SavedKind) -> Self {
        match kind {
            SavedKind::Do => Self::Do,
            SavedKind::Undo(n) => Self::Undo(n),
            SavedKind::Redo(n) => Self::Redo(n),
            SavedKind::GoBack(n) => Self::GoBack(n),
        }
    }
}

/// The front of a history's line.
#[derive(Clone, Debug, Deserialize)]
pub struct SavedHead {
    /// Number in this history, from 1.
    pub n: u64,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// How it came about.
    pub kind: SavedKind,
    /// In words.
    pub what: String,
}

impl TryFrom<SavedHead> for Head {
    type Error = String;

    fn try_from(saved: SavedHead) -> Result<Self, String> {
        Ok(Self {
            n: saved.n,
            at: saved.at.parse::<Timestamp>().map_err(|e| e.to_string())?,
            by: CoderId::new(&saved.by).map_err(|e| e.to_string())?,
            kind: saved.kind.into(),
            what: saved.what,
        })
    }
}

/// A whole line of a history. The bodies come last, so that heads are read without them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SavedEntry {
    /// As in [`SavedHead`].
    pub n: u64,
    /// As in [`SavedHead`].
    pub at: String,
    /// As in [`SavedHead`].
    pub by: String,
    /// As in [`SavedHead`].
    pub kind: SavedKind,
    /// As in [`SavedHead`].
    pub what: String,
    /// What was applied.
    pub edit: SavedEdit,
    /// What takes it back.
    pub inverse: SavedEdit,
}

impl From<&Entry> for SavedEntry {
    fn from(entry: &Entry) -> Self {
        Self {
            n: entry.head.n,
            at: entry.head.at.to_string(),
            by: entry.head.by.to_string(),
            kind: entry.head.kind.into(),
            what: entry.head.what.clone(),
            edit: (&entry.edit).into(),
            inverse: (&entry.inverse).into(),
        }
    }
}

impl SavedEntry {
    /// The entry; see [`SavedEdit::edit`].
    ///
    /// # Errors
    /// Says what in it is none.
    pub fn entry(self, project: &Project) -> Result<Entry, String> {
        Ok(Entry {
            head: SavedHead {
                n: self.n,
                at: self.at,
                by: self.by,
                kind: self.kind,
                what: self.what,
            }
            .try_into()?,
            edit: self.edit.edit(project)?,
            inverse: self.inverse.edit(project)?,
        })
    }
}
