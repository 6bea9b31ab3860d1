//! Files and folders into a project: found, read apart where that is wise, compared with what is there, written, and reported.
//!
//! [`take_in`] does it for the window and the command line. Plain text is read in this process; formats that need a parser are read
//! in a child process of the same program ([`Reader`], [`serve`]), so that no file can take the window down, hold it up, or
//! take all memory. As many files are read at once as there are cores. Their folders are written beside the project while that
//! goes on and get their names at the end, in the order of the files; so what comes of a batch does not depend on which
//! file was faster, and an import that is killed leaves nothing behind. What it brings is one edit.

mod apart;
mod batch;
mod child;
mod find;
mod known;
mod progress;
mod read;
mod revision;
mod wire;

use std::{fmt, io, path::PathBuf, sync::Arc};

pub use apart::{Limits, NotRead, ReadApart, Reader};
pub use batch::{Order, Taken, take_in};
pub use child::serve;
pub use progress::Progress;
pub use revision::{Changed, Lost, Placed, Replacement, Revision, lost, revise};

use crate::{
    import::{Format, ImportError, Refusal, annotated::Counts},
    model::Reading,
    store::StoreError,
    text::counted,
};

/// What became of one file.
#[derive(Clone, Debug)]
pub struct Line {
    /// The file or folder.
    pub path: PathBuf,
    /// What came in, or why not.
    pub outcome: Outcome,
    /// What people should know besides. Whole sentences.
    pub remarks: Vec<String>,
}

impl Line {
    /// Whether it did not come in.
    pub fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
    }

    /// Whether it did not come in since it asks for a password.
    pub fn asks_for_password(&self) -> bool {
        matches!(&self.outcome, Outcome::Failed(t) if t.kind == TroubleKind::Password)
    }
}

/// What came of a file.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is a reading of the project now.
    Imported {
        /// The reading.
        reading: Arc<Reading>,
        /// The encoding of a text, else the name of the format.
        read_as: String,
    },
    /// The project has, or had, this reading from the same text or file; the remarks say more.
    Known(Arc<Reading>),
    /// An annotated project was brought together with this one.
    Annotated {
        /// What was new in it.
        counts: Counts,
        /// How many readings, labels and highlights it holds.
        holds: [usize; 3],
        /// Whether the project had all of it.
        known: bool,
    },
    /// A bibliography was attached to the readings that it is about.
    Bibliography {
        /// How many works it describes.
        entries: usize,
        /// How many readings of the project are among them.
        found: usize,
        /// Of how many of those it says more than was known.
        changed: usize,
    },
    /// It did not come in.
    Failed(Trouble),
}

/// Why a file did not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, naming the file, without a full stop.
    pub what: String,
    /// What to do about it, without a full stop.
    pub hint: String,
    /// What kind of trouble it is.
    pub kind: TroubleKind,
}

/// Trouble that is dealt with otherwise than by reading of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// The file asks for a password.
    Password,
    /// The import was cancelled.
    Cancelled,
    /// Anything else.
    Other,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if !self.hint.is_empty() {
            write!(f, ": {}", self.hint)?;
        }
        Ok(())
    }
}

impl From<ImportError> for Trouble {
    fn from(error: ImportError) -> Self {
        let kind = match error.why {
            Refusal::Password { .. } => TroubleKind::Password,
            _ => TroubleKind::Other,
        };
        Self {
            kind,
            ..Self::new(error.what(), error.hint())
        }
    }
}

impl Trouble {
    fn new(what: String, hint: &str) -> Self {
        Self {
            what,
            hint: hint.to_owned(),
            kind: TroubleKind::Other,
        }
    }

    fn unread(name: &str, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check how the path is spelled",
            io::ErrorKind::PermissionDenied => "check who may read it",
            _ => "check the disk and who may read it",
        };
        Self::new(format!("“{name}” can't be read: {error}"), hint)
    }

    fn no_file(name: &str) -> Self {
        let what = format!("“{name}” is no ordinary file but a pipe or a device");
        Self::new(what, "save what it gives to a file and import that")
    }

    fn changing(name: &str) -> Self {
        let what = format!("“{name}” was changed while it was being read");
        Self::new(what, "wait until it is saved whole, and import it again")
    }

    fn fault(name: &str) -> Self {
        let (name, why) = (name.to_owned(), Refusal::Failed);
        ImportError { name, why }.into()
    }

    fn cancelled(name: &str) -> Self {
        let what = format!("“{name}” was not imported: the import was cancelled");
        Self {
            kind: TroubleKind::Cancelled,
            ..Self::new(what, "import it again if you want it")
        }
    }

    fn same(name: &str, old: &Reading) -> Self {
        let title = &old.meta.title;
        Self::new(
            format!("“{name}” has the same text as “{title}”, which it should replace"),
            "nothing needs to be done; if you meant another file, name that",
        )
    }

    fn other(name: &str, known: &Reading) -> Self {
        let title = &known.meta.title;
        Self::new(
            format!("“{name}” is in the project already, as “{title}”"),
            "remove that reading first if the file is the revised version of another",
        )
    }

    fn of_disk(name: &str, error: &StoreError) -> Self {
        let what = format!("“{name}” was not imported: {error}");
        Self::new(what, "make room on the disk or see who may write there")
    }

    fn no_export(name: &str, why: &str) -> Self {
        Self::new(
            format!("“{name}” is no annotated project: {why}"),
            "the export of Glossator writes such files",
        )
    }

    fn no_child(name: &str, why: &str) -> Self {
        let what = format!(
            "“{name}” was not read: the part of Glossator that reads such files did not start ({why})"
        );
        Self::new(
            what,
            "close Glossator and open it again; it may have been updated meanwhile",
        )
    }
}

/// What is in a reading: `12,345 words, 210 paragraphs, 9 headings, 30 pages, 41 footnotes`. Pages and footnotes are named where
/// there are any.
pub fn contents(reading: &Reading) -> String {
    let structure = &reading.structure;
    let mut parts = vec![
        counted(reading.words as usize, "word"),
        counted(reading.text.paragraphs().len(), "paragraph"),
        counted(structure.headings.len(), "heading"),
    ];
    let some = [
        (structure.pages.len(), "page"),
        (structure.notes.len(), "footnote"),
    ];
    let some = some.into_iter().filter(|(n, _)| *n > 0);
    parts.extend(some.map(|(n, what)| counted(n, what)));
    parts.join(", ")
}

/// What a file was read as: the encoding of a text, else the name of the format.
fn read_as(encoding: &str, format: Format) -> String {
    match encoding {
        "" => format.to_string(),
        encoding => encoding.to_owned(),
    }
}
