//! What went wrong, for people: what happened, and what to do.

use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
};

use super::{FAILED, NO_PROJECT, USAGE};
use crate::store::StoreError;

/// Why a command stopped.
#[derive(Debug, PartialEq)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    what: String,
    hint: String,
}

impl Failure {
    /// Something could not be done.
    pub fn new(what: impl Display) -> Self {
        Self {
            code: FAILED,
            what: what.to_string(),
            hint: String::new(),
        }
    }

    /// An argument is not what it should be.
    pub fn usage(what: impl Display) -> Self {
        Self {
            code: USAGE,
            ..Self::new(what)
        }
    }

    /// There is no project to be opened.
    pub fn no_project(what: impl Display) -> Self {
        Self {
            code: NO_PROJECT,
            ..Self::new(what)
        }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = hint.to_string();
        self
    }

    /// A message whose last sentence says what to do.
    pub fn of_sentences(message: impl Display) -> Self {
        let message = message.to_string();
        match message.rsplit_once(". ") {
            Some((what, hint)) => Self::new(what).hint(lower_first(hint)),
            None => Self::new(message),
        }
    }

    /// The operating system refused.
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let failure = Self::new(format!("could not {doing} {}: {error}", path.display()));
        match error.kind() {
            io::ErrorKind::NotFound => failure.hint("check how the path is spelled"),
            io::ErrorKind::PermissionDenied => failure.hint("check who may read and write there"),
            io::ErrorKind::StorageFull => failure.hint("make room on the disk and try again"),
            _ => failure,
        }
    }

    /// Writes `error: …` and `hint: …` to standard error.
    pub fn print(&self) {
        let mut err = io::stderr().lock();
        // Nobody can be told that standard error is gone.
        let _ = writeln!(err, "error: {}", self.what);
        if !self.hint.is_empty() {
            let _ = writeln!(err, "hint: {}", self.hint);
        }
    }

    /// What happened.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::NotAProject(_) | StoreError::Newer { .. } | StoreError::Locked { .. } => {
                NO_PROJECT
            }
            _ => FAILED,
        };
        Self {
            code,
            ..Self::of_sentences(error)
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sentence_is_the_hint() {
        let failure = Failure::of_sentences("a. b is wrong. Choose another");
        assert_eq!(
            (failure.what(), failure.hint.as_str()),
            ("a. b is wrong", "choose another")
        );
        assert_eq!(Failure::of_sentences("only this").hint, "");
    }
}
