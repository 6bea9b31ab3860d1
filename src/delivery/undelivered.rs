//! Why a file was not written, and what to do.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::export::document::Stop;

/// An export that came to nothing.
#[derive(Debug)]
pub struct Undelivered {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub why: Stop,
}

impl Undelivered {
    /// Nothing came to `path`.
    pub fn new(path: &Path, why: Stop) -> Self {
        Self {
            path: path.to_owned(),
            why,
        }
    }

    /// Whether someone wanted it so.
    pub const fn is_cancelled(&self) -> bool {
        matches!(self.why, Stop::Cancelled)
    }

    /// What happened, without a full stop.
    pub fn what(&self) -> String {
        let path = self.path.display();
        match &self.why {
            Stop::Cancelled => format!("the export was cancelled; {path} is as it was"),
            Stop::Bad(why) => why.trim_end_matches('.').to_owned(),
            Stop::Io(error) => format!("could not write {path}: {}", self.reason(error)),
        }
    }

    /// What to do about it, as a clause; none when there is no telling.
    pub fn advice(&self) -> Option<&'static str> {
        use io::ErrorKind as Kind;
        let Stop::Io(error) = &self.why else {
            return None;
        };
        if self.is_open_elsewhere(error) {
            return Some("close it there and try again, or choose a name that is still free");
        }
        match error.kind() {
            Kind::NotFound | Kind::NotADirectory => {
                Some("check how the path is spelled, or choose another folder")
            }
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
                Some("choose another folder, or a name that is still free")
            }
            Kind::IsADirectory => Some("add a name for the file"),
            Kind::StorageFull | Kind::QuotaExceeded => {
                Some("make room there and try again, or choose another disk")
            }
            Kind::FileTooLarge => Some("choose another disk, or export less at once"),
            Kind::InvalidFilename | Kind::InvalidInput => Some("choose a shorter, plainer name"),
            _ => None,
        }
    }

    /// Why the system refuses.
    fn reason(&self, error: &io::Error) -> String {
        match error.kind() {
            _ if self.is_open_elsewhere(error) => {
                "another program such as Excel has it open".to_owned()
            }
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "that disk can only be read".to_owned(),
            _ => error.to_string(),
        }
    }

    /// Whether Windows refuses because another program has the file open: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, and
    /// ERROR_ACCESS_DENIED, which it says when an open file is to be replaced.
    fn is_open_elsewhere(&self, error: &io::Error) -> bool {
        cfg!(windows)
            && match error.raw_os_error() {
                Some(32 | 33) => true,
                Some(5) => self.path.is_file(),
                _ => false,
            }
    }
}

impl std::error::Error for Undelivered {}

/// As sentences, for the window.
impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", capital(&self.what()))?;
        match self.advice() {
            Some(advice) => write!(f, " {}.", capital(advice)),
            None => Ok(()),
        }
    }
}

fn capital(clause: &str) -> String {
    let mut chars = clause.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: impl Into<Stop>) -> String {
        Undelivered::new(Path::new("/x/a.md"), error.into()).to_string()
    }

    #[test]
    fn it_is_said_what_happened_and_what_to_do() {
        assert_eq!(
            told(io::Error::from(io::ErrorKind::StorageFull)),
            "Could not write /x/a.md: the disk is full. Make room there and try again, or choose another disk."
        );
        assert_eq!(
            told(io::Error::from(io::ErrorKind::IsADirectory)),
            "Could not write /x/a.md: it is a folder. Add a name for the file."
        );
        assert_eq!(
            told(Stop::Cancelled),
            "The export was cancelled; /x/a.md is as it was."
        );
        assert_eq!(told(Stop::Bad("No.".into())), "No.");
    }
}
