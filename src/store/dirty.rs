//! Which files an edit makes stale.

use std::collections::BTreeSet;

use super::register::File;
use crate::{
    edit::Edit,
    model::{CoderId, LabelId, PacketId, Project, ReadingId},
};

/// The files that must be rewritten before they hold what the project holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dirty {
    /// `project.ron`.
    pub project: bool,
    /// Files of labels.
    pub labels: BTreeSet<LabelId>,
    /// `reading.ron`s.
    pub readings: BTreeSet<ReadingId>,
    /// Folders of readings that may lie in the wrong place.
    pub places: BTreeSet<ReadingId>,
    /// Files of highlights.
    pub highlights: BTreeSet<(CoderId, ReadingId)>,
    /// Notebooks.
    pub notebooks: BTreeSet<CoderId>,
    /// Packets.
    pub packets: BTreeSet<PacketId>,
}

impl Dirty {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.project |= other.project;
        self.labels.extend(other.labels);
        self.readings.extend(other.readings);
        self.places.extend(other.places);
        self.highlights.extend(other.highlights);
        self.notebooks.extend(other.notebooks);
        self.packets.extend(other.packets);
    }

    /// Notes one file.
    pub(super) fn note_file(&mut self, file: &File) {
        match file {
            File::Project => self.project = true,
            File::Label(id) => {
                self.labels.insert(id.clone());
            }
            File::Reading(id) => {
                self.readings.insert(id.clone());
            }
            File::Highlights(coder, reading) => {
                self.highlights.insert((coder.clone(), reading.clone()));
            }
            File::Notebook(coder) => {
                self.notebooks.insert(coder.clone());
            }
            File::Packet(id) => {
                self.packets.insert(id.clone());
            }
        }
    }

    /// Notes what `edit` will change. To be asked before it is applied, since a removed highlight does not say whose it was.
    pub(super) fn note(&mut self, project: &Project, edit: &Edit) {
        match edit {
            Edit::RenameProject(_) => self.project = true,
            Edit::AddLabel(label) | Edit::ChangeLabel(label) => {
                self.labels.insert(label.id.clone());
            }
            Edit::RemoveLabel(id) => {
                self.labels.insert(id.clone());
            }
            Edit::AddReading(reading) => {
                self.places.insert(reading.id.clone());
            }
            Edit::ChangeReading(id, _) => {
                self.readings.insert(id.clone());
            }
            Edit::RemoveReading(id) | Edit::RestoreReading(id) => {
                self.places.insert(id.clone());
            }
            Edit::AddHighlight(h) | Edit::ChangeHighlight(h) => {
                self.highlights.insert((h.coder.clone(), h.reading.clone()));
                self.old(project, &h.reading, h.id);
            }
            Edit::RemoveHighlight(reading, id) => self.old(project, reading, *id),
            Edit::Jot(coder, ..) => {
                self.notebooks.insert(coder.clone());
            }
            Edit::PutPacket(id, _) | Edit::PutSection(id, ..) => {
                self.packets.insert(id.clone());
            }
            Edit::Batch(edits) => {
                for edit in edits {
                    self.note(project, edit);
                }
            }
        }
    }

    fn old(&mut self, project: &Project, reading: &ReadingId, id: crate::model::HighlightId) {
        if let Some(old) = project.highlight(reading, id) {
            self.highlights.insert((old.coder.clone(), reading.clone()));
        }
    }
}
