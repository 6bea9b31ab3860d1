//! Edits: the only way a project changes.
//!
//! An [`Edit`] is a value; [`apply`] carries it out and returns its inverse, or refuses it and changes nothing. Everything
//! people do is one edit or a [`Edit::Batch`] of them (built in [`compose`], [`packets`] and [`revise`]), so everything can be undone, is in the
//! history, and is saved the same way. [`replay`] carries out an edit from a journal onto files that may hold it already.

mod apply;
pub mod compose;
#[cfg(test)]
mod compose_tests;
mod describe;
mod history;
mod net;
pub mod packets;
mod replay;
pub mod revise;
#[cfg(test)]
mod revise_tests;

use std::{fmt, sync::Arc};

pub use apply::apply;
pub use describe::describe;
pub use history::{Entry, Head, History, Kind};
pub(crate) use net::fields;
pub use net::{Net, TakenBack, parts};
pub use replay::replay;

use crate::model::{
    About, CoderId, Highlight, HighlightId, Label, LabelId, PacketHead, PacketId, Reading,
    ReadingId, ReadingMeta, Section, SectionId,
};

/// One change of a project. Changes carry the whole new value of what they change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Gives the project another name.
    RenameProject(String),
    /// Adds a label.
    AddLabel(Label),
    /// Puts a label in the place of the one with its id.
    ChangeLabel(Label),
    /// Takes a label out that no highlight carries, no label lies under or is contrasted with.
    RemoveLabel(LabelId),
    /// Adds a reading.
    AddReading(Arc<Reading>),
    /// Corrects what is said about a reading.
    ChangeReading(ReadingId, ReadingMeta),
    /// Takes a reading away with its highlights; it can be restored.
    RemoveReading(ReadingId),
    /// Brings a removed reading back with its highlights.
    RestoreReading(ReadingId),
    /// Adds a highlight.
    AddHighlight(Arc<Highlight>),
    /// Puts a highlight in the place of the one with its number.
    ChangeHighlight(Arc<Highlight>),
    /// Takes a highlight away.
    RemoveHighlight(ReadingId, HighlightId),
    /// Writes an entry in a coder's notebook, or takes it out.
    Jot(CoderId, About, Option<String>),
    /// Makes a packet or changes what is said of it as a whole; `None` takes one out that has no sections.
    PutPacket(PacketId, Option<PacketHead>),
    /// Adds a section to a packet, puts it in the place of the one with its name, or takes it out.
    PutSection(PacketId, SectionId, Option<Section>),
    /// Several edits as one: all or none.
    Batch(Vec<Edit>),
}

/// Why an edit was refused. The project is as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it says")]
pub enum EditError {
    NoSuchLabel(LabelId),
    LabelExists(LabelId),
    NameTaken(String),
    EmptyName,
    LabelInUse(String),
    LabelUnderItself(String),
    NoSuchReading(ReadingId),
    ReadingExists(ReadingId),
    NoSuchHighlight(HighlightId),
    HighlightExists(HighlightId),
    NoLabels,
    BadRange(ReadingId, u32, u32),
    NoSuchPacket(PacketId),
    NoSuchSection(PacketId, SectionId),
    PacketNotEmpty(PacketId),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchLabel(id) => write!(f, "there is no label “{id}”"),
            Self::LabelExists(id) => write!(f, "there is a label “{id}” already"),
            Self::NameTaken(name) => write!(f, "another label is called “{name}”"),
            Self::EmptyName => f.write_str("a name can't be empty"),
            Self::LabelInUse(name) => write!(
                f,
                "“{name}” is still used by highlights or other labels, perhaps a colleague's"
            ),
            Self::LabelUnderItself(name) => write!(f, "“{name}” can't lie under itself"),
            Self::NoSuchReading(id) => write!(f, "there is no reading “{id}”"),
            Self::ReadingExists(id) => write!(f, "there is a reading “{id}” already"),
            Self::NoSuchHighlight(id) => write!(f, "highlight {id} is not there any more"),
            Self::HighlightExists(id) => write!(f, "highlight {id} is there already"),
            Self::NoLabels => f.write_str("a highlight needs at least one label"),
            Self::BadRange(reading, a, b) => {
                write!(f, "bytes {a} to {b} are not a passage of “{reading}”")
            }
            Self::NoSuchPacket(id) => write!(f, "there is no packet “{id}”"),
            Self::NoSuchSection(packet, id) => {
                write!(f, "there is no section “{id}” in the packet “{packet}”")
            }
            Self::PacketNotEmpty(id) => write!(f, "the packet “{id}” still has sections"),
        }
    }
}

impl std::error::Error for EditError {}

#[cfg(test)]
pub(crate) mod tests;
