//! Where everything lies in a project folder.

use std::path::{Path, PathBuf};

use crate::model::{CoderId, LabelId, PacketId, ReadingId};

/// The folder of a project, by which its files are found.
#[derive(Clone, Debug)]
pub(super) struct Paths(pub PathBuf);

impl Paths {
    pub(super) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    pub(super) fn project(&self) -> PathBuf {
        self.0.join("project.ron")
    }

    pub(super) fn codebook(&self) -> PathBuf {
        self.0.join("codebook")
    }

    pub(super) fn label(&self, id: &LabelId) -> PathBuf {
        self.codebook().join(format!("{id}.ron"))
    }

    pub(super) fn readings(&self) -> PathBuf {
        self.0.join("readings")
    }

    pub(super) fn removed(&self) -> PathBuf {
        self.0.join("removed")
    }

    pub(super) fn reading(&self, id: &ReadingId) -> PathBuf {
        self.readings().join(id.as_str())
    }

    pub(super) fn removed_reading(&self, id: &ReadingId) -> PathBuf {
        self.removed().join(id.as_str())
    }

    pub(super) fn highlights(&self) -> PathBuf {
        self.0.join("highlights")
    }

    pub(super) fn highlights_of(&self, coder: &CoderId, reading: &ReadingId) -> PathBuf {
        self.highlights()
            .join(coder.as_str())
            .join(format!("{reading}.ron"))
    }

    pub(super) fn notebooks(&self) -> PathBuf {
        self.0.join("notebooks")
    }

    pub(super) fn notebook(&self, coder: &CoderId) -> PathBuf {
        self.notebooks().join(format!("{coder}.ron"))
    }

    pub(super) fn packets(&self) -> PathBuf {
        self.0.join("packets")
    }

    pub(super) fn packet(&self, id: &PacketId) -> PathBuf {
        self.packets().join(format!("{id}.ron"))
    }

    pub(super) fn histories(&self) -> PathBuf {
        self.0.join("history")
    }

    pub(super) fn history(&self, coder: &CoderId) -> PathBuf {
        self.histories().join(format!("{coder}.ron"))
    }

    /// What belongs to this machine only.
    pub(super) fn own(&self) -> PathBuf {
        self.0.join(".glossator")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.own().join("lock")
    }
}
