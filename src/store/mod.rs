//! The project folder: opening, saving, undo across restarts, and what is done when files are damaged.
//!
//! A [`Workspace`] is an open project. Every edit goes through [`Workspace::perform`] (or undo, redo, go back): it is applied
//! in memory, and a thread appends it to `history/<coder>.ron` and fsyncs that, which is when [`SaveStatus`] calls it saved.
//! The other files are rewritten when edits rest, each by temporary file, fsync, rename and fsync of the folder; then the
//! history gets a mark. Opening reads the files and replays what the histories hold beyond the last mark.
//!
//! Git, a synced folder or an editor may change files while the project is open. A flush notices that before it replaces a
//! file, and what both sides did is brought together; [`Workspace::take_problems`] says what came of it.
//!
//! What goes wrong with single files never keeps a project from opening: it is reported as a [`Problem`], and the file is
//! left as it is until people have put it right; edits to what it holds stay in the history meanwhile.

mod anchor;
mod check;
mod codebook;
mod create;
mod dirty;
mod disk;
mod doubles;
mod draft;
mod error;
mod flush;
#[cfg(test)]
#[path = "../../tests/common/folder.rs"]
mod folder;
mod foreign;
mod highlights_file;
mod history_file;
mod ids;
mod journal;
mod load;
mod lock;
mod lost;
mod notebook_file;
mod own;
mod packet_file;
mod packet_merge;
mod paths;
mod problem;
mod reading_file;
mod reading_writer;
mod recover;
mod register;
mod ron_text;
pub mod saved;
pub mod saved_edit;
pub mod saved_highlight;
mod saved_notebook;
mod saved_packet;
mod saving;
mod snapshot;
mod undo;
mod workspace;

use jiff::Timestamp;

pub use check::check;
#[doc(hidden)]
pub use disk::{Fault, Faults, write_file};
pub use draft::Draft;
pub use error::{StoreError, UndoError};
pub use ids::new_highlight_id;
pub use own::is_own_file;
pub use problem::{Problem, ProblemKind};
pub use reading_writer::{Prepared, ReadingWriter};
pub use snapshot::{Snapshot, read};
pub use workspace::{Opened, Workspace, open_in_stages, open_unless};

/// How things stand with saving, for the status line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveStatus {
    /// How many edits are in memory only.
    pub unsaved: usize,
    /// When an edit was last made durable, since the project was opened.
    pub saved_at: Option<Timestamp>,
    /// Why saving does not work, if it doesn't, in words for people.
    pub error: Option<String>,
}
