//! What is wrong with a project's files, in words for people.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::model::Label;

/// What sort of trouble a file is in.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "problems are few")]
pub enum ProblemKind {
    /// The last line of a history was not written to its end; it was cut off and kept in `.glossator/`.
    Torn,
    /// The file can't be read as what it should be. It is left as it is.
    Damaged,
    /// A file that should be there is not.
    Missing,
    /// The file was written by a newer Glossator. It is left as it is.
    Newer,
    /// Two versions of a label, from a merge. `ours` is in use; perform a `ChangeLabel` to settle it.
    Conflict {
        /// The version on this side of the merge.
        ours: Label,
        /// The version that was merged in.
        theirs: Label,
    },
    /// Two versions of a file whose lines were taken from both.
    Merged,
    /// A text is not the one that was imported.
    Changed,
    /// A highlight's quote does not stand at its range.
    Quote,
    /// Something names a label or a reading that is not there, or names itself.
    Reference,
    /// An edit of the history could not be carried out again.
    Replay,
}

/// Something wrong with a file of the project.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// The line, from 1, where known.
    pub line: Option<usize>,
    /// The column in characters, from 1, where known.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: String,
    /// What sort of trouble it is.
    pub kind: ProblemKind,
}

impl Problem {
    pub(super) fn new(
        kind: ProblemKind,
        path: &Path,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            column: None,
            what: what.into(),
            hint: hint.into(),
            kind,
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::new(
            ProblemKind::Damaged,
            path,
            what,
            "put it right in a text editor and open the project again; until then it is left as it is",
        )
    }

    pub(super) fn newer(path: &Path, version: u32) -> Self {
        Self::new(
            ProblemKind::Newer,
            path,
            format!("was written by a newer Glossator (format {version})"),
            "update Glossator; until then the file is left as it is",
        )
    }

    pub(super) fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    pub(super) fn at(mut self, position: Option<(usize, usize)>) -> Self {
        self.line = position.map(|p| p.0);
        self.column = position.map(|p| p.1);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        for place in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{place}")?;
        }
        write!(f, ": {} ({})", self.what, self.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_place() {
        let mut problem = Problem::damaged(Path::new("a.ron"), "is garbage");
        assert!(problem.to_string().starts_with("a.ron: is garbage (put it"));
        problem = problem.at(Some((3, 7)));
        assert!(problem.to_string().starts_with("a.ron:3:7: is garbage ("));
    }
}
