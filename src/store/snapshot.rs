//! Reading a project without opening it.

use std::{path::Path, sync::atomic::AtomicBool};

use super::{Problem, StoreError, codebook::heal, load::load, paths::Paths, recover::recover};
use crate::{edit::Head, model::Project};

/// A project as its files said at one moment.
#[derive(Debug)]
pub struct Snapshot {
    /// What it holds.
    pub project: Project,
    /// Every coder's edits, by time.
    pub heads: Vec<Head>,
    /// What was wrong with its files.
    pub problems: Vec<Problem>,
}

/// Reads a project, changes nothing and needs no lock: it may be open in another program meanwhile, and is seen as far as that
/// program's edits are durable.
///
/// # Errors
/// When it is no project or its folders can't be read. Damaged files are no errors but problems.
pub fn read(folder: &Path) -> Result<Snapshot, StoreError> {
    let paths = Paths::new(folder);
    if !paths.project().exists() {
        return Err(StoreError::NotAProject(paths.0));
    }
    let mut loaded = load(&paths, &AtomicBool::new(false), drop)?;
    let histories = recover(&paths, &mut loaded)?;
    let healed = heal(&mut loaded.project, &paths);
    loaded.problems.extend(healed);
    let books = histories.books.values();
    let mut heads: Vec<Head> = books.flat_map(|b| b.heads().iter().cloned()).collect();
    heads.sort_by_key(|head| head.at);
    Ok(Snapshot {
        project: loaded.project,
        heads,
        problems: loaded.problems,
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{edit::Edit, model::CoderId, store::Workspace};

    #[test]
    fn a_project_that_is_open_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let coder = CoderId::new("MK").unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let mut open = Workspace::create(folder.path(), "Old", Vec::new(), coder, now).unwrap();
        open.perform(Edit::RenameProject("New".into()), now)
            .unwrap();
        open.sync().unwrap();
        let seen = read(folder.path()).unwrap();
        assert_eq!(seen.project.name(), "New");
        assert_eq!(seen.heads, open.all_heads());
        assert!(seen.problems.is_empty(), "{:?}", seen.problems);
    }
}
