//! What can go wrong with a project folder as a whole.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// Why a project could not be made, opened or saved.
#[derive(Debug)]
#[allow(missing_docs, reason = "each is named after what it says")]
pub enum StoreError {
    /// The folder holds no `project.ron`.
    NotAProject(PathBuf),
    /// A new project can't go where something is already.
    NotEmpty(PathBuf),
    /// The whole project was written by a newer version.
    Newer { path: PathBuf, version: u32 },
    /// Another program has the project open.
    Locked { folder: PathBuf, holder: String },
    /// The folder can't be written to.
    ReadOnly { folder: PathBuf, why: String },
    /// The operating system refused.
    Io {
        doing: &'static str,
        path: PathBuf,
        error: io::Error,
    },
    /// The history could not be written; the edits are kept in memory.
    Unsaved { why: String },
    /// Opening was given up by whoever asked for it.
    Cancelled,
    /// An entry of the history can't be read back.
    Unreadable { path: PathBuf, why: String },
}

impl StoreError {
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { doing, path, error }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAProject(path) => write!(
                f,
                "{} is not a Glossator project: it holds no project.ron. Choose the folder that does, or make a new project",
                path.display()
            ),
            Self::NotEmpty(path) => write!(
                f,
                "{} is there already and not empty. Choose another name for the new project",
                path.display()
            ),
            Self::Newer { path, version } => write!(
                f,
                "{} was written by a newer Glossator (format {version}). Update Glossator to open it",
                path.display()
            ),
            Self::Locked { folder, holder } => write!(
                f,
                "{} is open already: {holder}. Close it there first",
                folder.display()
            ),
            Self::ReadOnly { folder, why } => write!(
                f,
                "{} can't be written to ({why}), so edits stay in memory only. Copy the project to a folder of yours",
                folder.display()
            ),
            Self::Io { doing, path, error } => {
                write!(f, "could not {doing} {}: {error}", path.display())?;
                match error.kind() {
                    io::ErrorKind::StorageFull => f.write_str(". Make room on the disk"),
                    io::ErrorKind::PermissionDenied => {
                        f.write_str(". Check who may write to the folder")
                    }
                    _ => Ok(()),
                }
            }
            Self::Unsaved { why } => write!(
                f,
                "the last edits are not saved yet: {why}. They are kept in memory and tried again"
            ),
            Self::Cancelled => f.write_str("opening the project was given up"),
            Self::Unreadable { path, why } => {
                write!(f, "an entry of {} can't be read: {why}", path.display())
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Why something could not be undone, redone or gone back to. The project is as it was.
#[derive(Debug)]
pub enum UndoError {
    /// The project has changed in ways that the edit does not fit any more.
    Refused {
        /// What was to be undone, in words.
        what: String,
        /// What does not fit.
        why: String,
        /// The history takes it as undone (redone), so that the next undo (redo) reaches what comes before it (after it).
        stepped_over: bool,
    },
    /// The entry can't be read back from the history.
    Unreadable(StoreError),
    /// The history has no entry with this number.
    NoSuchEntry(u64),
}

impl fmt::Display for UndoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused {
                what,
                why,
                stepped_over,
            } => {
                let next = match stepped_over {
                    true => "; it is passed over, and the next step goes on behind it",
                    false => "",
                };
                write!(
                    f,
                    "“{what}” is not possible any more: {why}. Nothing was changed{next}"
                )
            }
            Self::Unreadable(error) => write!(f, "{error}. Nothing was changed"),
            Self::NoSuchEntry(n) => write!(f, "the history has no entry number {n}"),
        }
    }
}

impl std::error::Error for UndoError {}

impl From<StoreError> for UndoError {
    fn from(error: StoreError) -> Self {
        Self::Unreadable(error)
    }
}
