//! Reading a project folder: names and texts first, then, on all cores, hashes and highlights, then what the histories
//! hold beyond the files.

mod highlights;
mod readings;
mod shared;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use super::{
    Problem, ProblemKind, StoreError,
    codebook::{Codebook, read_codebook},
    dirty::Dirty,
    disk::read_text,
    paths::Paths,
    register::{Base, File, Register, Stamp},
    ron_text::{Unread, read},
    saved::SavedProject,
};
use crate::model::{Highlight, Project, ReadingId};
use highlights::read_highlights;
use readings::{check_hashes, read_readings};
use shared::{read_notebooks, read_packets};

/// What a folder's files hold, histories aside.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub project: Project,
    pub problems: Vec<Problem>,
    /// Files that hold what could not be read: not to be overwritten.
    pub blocked: BTreeSet<PathBuf>,
    /// Files to be rewritten although nobody edited anything.
    pub dirty: Dirty,
    /// Highlights whose number another coder's has.
    pub doubles: Vec<Arc<Highlight>>,
    /// What the files were.
    pub register: Register,
}

impl Loaded {
    fn block(&mut self, path: &Path, problem: Problem) {
        self.problems.push(problem);
        self.blocked.insert(path.to_owned());
    }

    /// Two versions of what is said about a reading became one, which is written at the next flush.
    fn merged_reading(&mut self, folder: &Path, id: &ReadingId, differing: &str) {
        let hint = match differing {
            "" => "the earlier time of import was taken".to_owned(),
            _ => format!("the first version was taken; the other says {differing}"),
        };
        let path = folder.join("reading.ron");
        let what = "held two versions, from a merge";
        let problem = Problem::new(ProblemKind::Merged, &path, what, hint);
        self.problems.push(problem);
        self.dirty.readings.insert(id.clone());
    }

    pub(super) fn unread(&mut self, path: &Path, unread: Unread) {
        let problem = match unread {
            Unread::Newer(version) => Problem::newer(path, version),
            Unread::Bad { what, at } => Problem::damaged(path, what).at(at),
        };
        self.block(path, problem);
    }
}

/// Reads the files. `on_text` gets the project once names, codebook and texts are there.
///
/// # Errors
/// [`StoreError::Cancelled`] soon after `cancel` is set.
pub(super) fn load(
    paths: &Paths,
    cancel: &AtomicBool,
    on_text: impl FnOnce(Project),
) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    read_name(paths, &mut loaded)?;
    let Codebook {
        labels,
        problems,
        blocked,
        stamps,
    } = read_codebook(paths)?;
    for (id, stamp) in stamps {
        let base = labels.get(&id).cloned().map(Base::Label);
        loaded.register.set(File::Label(id), stamp, base);
    }
    loaded.project.labels = labels;
    loaded.problems.extend(problems);
    loaded.blocked.extend(blocked);
    read_readings(paths, cancel, &mut loaded)?;
    go_on(cancel)?;
    on_text(loaded.project.clone());
    go_on(cancel)?;
    check_hashes(paths, cancel, &mut loaded);
    go_on(cancel)?;
    read_highlights(paths, cancel, &mut loaded)?;
    read_notebooks(paths, &mut loaded)?;
    read_packets(paths, &mut loaded)?;
    Ok(loaded)
}

/// Refuses to go on once `cancel` is set.
pub(super) fn go_on(cancel: &AtomicBool) -> Result<(), StoreError> {
    match cancel.load(Ordering::Relaxed) {
        true => Err(StoreError::Cancelled),
        false => Ok(()),
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, |n| n.get().min(8))
}

/// Does `work` for each of `items` on all cores; the results are in the order of the items.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        while let Some((i, item)) = {
            let i = next.fetch_add(1, Ordering::Relaxed);
            items.get(i).map(|item| (i, item))
        } {
            let result = work(item);
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            results.push((i, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads().min(items.len()) {
            scope.spawn(run);
        }
        run();
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, result)| result).collect()
}

fn read_name(paths: &Paths, loaded: &mut Loaded) -> Result<(), StoreError> {
    let path = paths.project();
    let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
    let text = match read_text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::NotAProject(paths.0.clone()));
        }
        Err(error) => return Err(StoreError::io("read", &path)(error)),
    };
    let saved = text.map_err(not_text).and_then(|text| read(&text));
    loaded.project.name = match saved {
        Ok(SavedProject { name, .. }) if !name.trim().is_empty() => name,
        Ok(_) => folder_name(paths),
        Err(Unread::Newer(version)) => return Err(StoreError::Newer { path, version }),
        Err(unread) => {
            loaded.unread(&path, unread);
            folder_name(paths)
        }
    };
    let base = Base::Name(loaded.project.name.clone());
    loaded.register.set(File::Project, stamp, Some(base));
    Ok(())
}

fn folder_name(paths: &Paths) -> String {
    let folder = paths.0.file_name().unwrap_or_default();
    folder.to_string_lossy().into_owned()
}

/// What is said of a file that is not UTF-8.
pub(super) fn not_text(at: (usize, usize)) -> Unread {
    Unread::Bad {
        what: "is not UTF-8 text".to_owned(),
        at: Some(at),
    }
}

pub(super) fn bad(what: impl ToString) -> Unread {
    Unread::Bad {
        what: what.to_string(),
        at: None,
    }
}

pub(super) fn missing(error: io::Error) -> Unread {
    match error.kind() {
        io::ErrorKind::NotFound => bad("is missing"),
        _ => bad(format!("can't be read: {error}")),
    }
}
