//! What each file was when this program last read or wrote it, so that nothing is written over what others changed
//! meanwhile, be it git, a synced folder or an editor.

use std::{
    collections::BTreeMap,
    fs::Metadata,
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use crate::model::{
    CoderId, HighlightSnapshot, Label, LabelId, Notebook, Packet, PacketId, Reading, ReadingId,
};

/// A file of the project by what it holds, wherever its reading's folder lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum File {
    Project,
    Label(LabelId),
    Reading(ReadingId),
    Highlights(CoderId, ReadingId),
    Notebook(CoderId),
    Packet(PacketId),
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Git and synced folders put a new file in the place of the old one.
    number: u64,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Self {
        Self {
            length: meta.len(),
            modified: meta.modified().ok(),
            number: number(meta),
        }
    }

    /// The stamp of the file at `path`; none when it is not there.
    pub(super) fn at(path: &Path) -> io::Result<Option<Self>> {
        match std::fs::metadata(path) {
            Ok(meta) => Ok(Some(Self::of(&meta))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(unix)]
fn number(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn number(_meta: &Metadata) -> u64 {
    0
}

/// What a file held when it was last read or written.
#[derive(Clone, Debug)]
pub(super) enum Base {
    Name(String),
    Label(Label),
    Reading(Arc<Reading>),
    /// Of all coders; the file holds one coder's.
    Highlights(HighlightSnapshot),
    Notebook(Notebook),
    Packet(Packet),
}

#[derive(Clone, Debug)]
struct Known {
    stamp: Option<Stamp>,
    base: Option<Base>,
}

/// All files, for the thread that writes and the workspace.
#[derive(Clone, Debug, Default)]
pub(super) struct Register(Arc<Mutex<BTreeMap<File, Known>>>);

impl Register {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<File, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a file that was read or written; without a stamp it is not there.
    pub(super) fn set(&self, file: File, stamp: Option<Stamp>, base: Option<Base>) {
        self.lock().insert(file, Known { stamp, base });
    }

    /// The stamp that the file should have; none for one that should not be there.
    pub(super) fn stamp(&self, file: &File) -> Option<Stamp> {
        self.lock().get(file).and_then(|known| known.stamp)
    }

    /// What the file held.
    pub(super) fn base(&self, file: &File) -> Option<Base> {
        self.lock().get(file).and_then(|known| known.base.clone())
    }
}
