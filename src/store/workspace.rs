//! An open project.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use jiff::Timestamp;

use super::{
    Problem, ProblemKind, StoreError,
    codebook::heal,
    dirty::Dirty,
    disk::{Faults, names},
    journal::{Journal, cut_torn},
    load::{go_on, load},
    lock::{Lock, Locking, take},
    paths::Paths,
    reading_writer::INCOMING,
    recover::{Histories, recover},
    register::{Base, File, Register, Stamp},
    saving::{Flushing, Timing},
};
use crate::{
    edit::{Edit, EditError, Entry, Head, History, Kind, apply, describe},
    model::{CoderId, Label, LabelId, Project},
};

/// How many durable entries are kept in memory, so that undoing what was just done reads no file.
const RECENT: usize = 32;

/// A project that was opened, and what is wrong with its files.
pub struct Opened {
    /// The open project.
    pub workspace: Workspace,
    /// What was found, worst things included: it opens all the same.
    pub problems: Vec<Problem>,
}

/// An open project: what it holds, each coder's history, and the threads that save them.
pub struct Workspace {
    pub(super) paths: Paths,
    pub(super) project: Project,
    pub(super) coder: CoderId,
    pub(super) books: BTreeMap<CoderId, History>,
    pub(super) recent: VecDeque<Arc<Entry>>,
    pub(super) journal: Journal,
    pub(super) newer: BTreeMap<CoderId, u32>,
    pub(super) marked: BTreeMap<CoderId, u64>,
    pub(super) hold: bool,
    pub(super) dirty: Dirty,
    /// What can't be written, since its files must be left as they are.
    pub(super) held: Dirty,
    pub(super) blocked: BTreeSet<PathBuf>,
    pub(super) conflicts: BTreeSet<LabelId>,
    /// Versions of labels that came up on disk while they were edited here.
    pub(super) theirs: BTreeMap<LabelId, Label>,
    pub(super) register: Register,
    pub(super) problems: Vec<Problem>,
    pub(super) faults: Faults,
    pub(super) timing: Timing,
    pub(super) flushing: Option<Flushing>,
    empty: History,
    _lock: Option<Lock>,
}

/// Opens a project as [`Workspace::open`] does, and calls `on_text` with the project without highlights as soon as the
/// codebook and the texts are read, so that a window can show them. What the histories hold beyond the files is not in it.
///
/// # Errors
/// As [`Workspace::open`].
pub fn open_in_stages(
    folder: &Path,
    coder: CoderId,
    on_text: impl FnOnce(Project),
) -> Result<Opened, StoreError> {
    open_unless(&AtomicBool::new(false), folder, coder, on_text)
}

/// Opens a project as [`open_in_stages`] does, unless `cancel` is set meanwhile: then it is given up, with the lock let go of
/// and nothing in the folder changed.
///
/// # Errors
/// As [`Workspace::open`]; [`StoreError::Cancelled`] when it was given up.
pub fn open_unless(
    cancel: &AtomicBool,
    folder: &Path,
    coder: CoderId,
    on_text: impl FnOnce(Project),
) -> Result<Opened, StoreError> {
    go_on(cancel)?;
    let paths = Paths::new(folder);
    if !paths.project().exists() {
        return Err(StoreError::NotAProject(paths.0));
    }
    let (lock, unwritable) = match take(&paths, &coder)? {
        Locking::Held(lock) => (Some(lock), None),
        Locking::ReadOnly(why) => (None, Some(why)),
    };
    if lock.is_some() {
        sweep(&paths);
    }
    let mut loaded = load(&paths, cancel, on_text)?;
    go_on(cancel)?;
    let histories = recover(&paths, &mut loaded)?;
    go_on(cancel)?;
    if let Some(&version) = histories.newer.get(&coder) {
        let path = paths.history(&coder);
        return Err(StoreError::Newer { path, version });
    }
    if unwritable.is_none() {
        cut_all(&histories, &paths)?;
    }
    loaded.problems.extend(heal(&mut loaded.project, &paths));
    let conflicts = conflicts(&loaded.problems);
    let faults = Faults::default();
    let Histories {
        books,
        places,
        marked,
        hold,
        newer,
        ..
    } = histories;
    let workspace = Workspace {
        journal: Journal::start(&paths, places, unwritable, faults.clone()),
        paths,
        project: loaded.project,
        coder,
        books,
        recent: VecDeque::new(),
        newer,
        marked,
        hold,
        dirty: loaded.dirty,
        held: Dirty::default(),
        blocked: loaded.blocked,
        conflicts,
        theirs: BTreeMap::new(),
        register: loaded.register,
        problems: Vec::new(),
        faults,
        timing: Timing::default(),
        flushing: None,
        empty: History::default(),
        _lock: lock,
    };
    Ok(Opened {
        workspace,
        problems: loaded.problems,
    })
}

/// Removes what an import left that was killed before its readings had a place.
fn sweep(paths: &Paths) {
    let folder = paths.own();
    for name in names(&folder).unwrap_or_default() {
        if name.starts_with(INCOMING) {
            // It is only in the way, and looked at again when the project is next opened.
            let _ = fs::remove_dir_all(folder.join(name));
        }
    }
}

fn cut_all(histories: &Histories, paths: &Paths) -> Result<(), StoreError> {
    for (coder, place) in &histories.torn {
        let path = paths.history(coder);
        cut_torn(paths, coder, &path, *place).map_err(StoreError::io("mend", &path))?;
    }
    Ok(())
}

fn conflicts(problems: &[Problem]) -> BTreeSet<LabelId> {
    let label = |problem: &Problem| match &problem.kind {
        ProblemKind::Conflict { ours, .. } => Some(ours.id.clone()),
        _ => None,
    };
    problems.iter().filter_map(label).collect()
}

impl Workspace {
    /// Opens the project in `folder` for a coder, who may be new to it.
    ///
    /// # Errors
    /// When it is none, is open elsewhere, or was written by a newer version. Damaged files are no errors but problems.
    pub fn open(folder: &Path, coder: CoderId) -> Result<Opened, StoreError> {
        open_in_stages(folder, coder, drop)
    }

    /// What the project holds.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.paths.0
    }

    /// Who edits.
    pub fn coder(&self) -> &CoderId {
        &self.coder
    }

    /// This coder's history.
    pub fn history(&self) -> &History {
        self.books.get(&self.coder).unwrap_or(&self.empty)
    }

    /// Every coder's edits, by time.
    pub fn all_heads(&self) -> Vec<Head> {
        let mut heads: Vec<Head> = (self.books.values())
            .flat_map(|book| book.heads().iter().cloned())
            .collect();
        heads.sort_by_key(|head| head.at);
        heads
    }

    /// Lets someone else edit from now on. What the last coder did is written first, as far as that works.
    ///
    /// # Errors
    /// When that coder's history was written by a newer version.
    pub fn set_coder(&mut self, coder: CoderId) -> Result<(), StoreError> {
        if let Some(&version) = self.newer.get(&coder) {
            let path = self.paths.history(&coder);
            return Err(StoreError::Newer { path, version });
        }
        if coder != self.coder {
            // What keeps it from being written is in the status, and is no reason not to change coders.
            let _ = self.flush();
            self.coder = coder;
        }
        Ok(())
    }

    /// Carries out an edit, described by [`describe`].
    ///
    /// # Errors
    /// When it does not fit; nothing was changed then.
    pub fn perform(&mut self, edit: Edit, now: Timestamp) -> Result<(), EditError> {
        let what = describe(&self.project, &edit);
        self.perform_as(what, edit, now)
    }

    /// Carries out an edit that the history describes in these words.
    ///
    /// # Errors
    /// When it does not fit; nothing was changed then.
    pub fn perform_as(
        &mut self,
        what: impl Into<String>,
        edit: Edit,
        now: Timestamp,
    ) -> Result<(), EditError> {
        self.commit(Kind::Do, what.into(), edit, now)
    }

    /// Applies an edit and records it.
    fn commit(
        &mut self,
        kind: Kind,
        what: String,
        edit: Edit,
        now: Timestamp,
    ) -> Result<(), EditError> {
        let edit = flat(edit);
        let mut dirty = Dirty::default();
        dirty.note(&self.project, &edit);
        let inverse = apply(&mut self.project, edit.clone())?;
        self.record((kind, what), edit, inverse, dirty, now);
        Ok(())
    }

    /// Hands an edit that was applied to the writer thread.
    pub(super) fn record(
        &mut self,
        (kind, what): (Kind, String),
        edit: Edit,
        inverse: Edit,
        dirty: Dirty,
        now: Timestamp,
    ) {
        self.settle(&edit);
        self.register_added(&edit);
        self.dirty.add(dirty);
        self.timing.first.get_or_insert(now);
        self.timing.last = Some(now);
        let book = self.books.entry(self.coder.clone()).or_default();
        let head = Head {
            n: book.next_number(),
            at: now,
            by: self.coder.clone(),
            kind,
            what,
        };
        book.push(head.clone());
        let entry = Arc::new(Entry {
            head,
            edit,
            inverse,
        });
        self.recent.push_back(Arc::clone(&entry));
        self.journal.append(entry);
        let unsaved = self.journal.status().unsaved;
        while self.recent.len() > RECENT.max(unsaved) {
            self.recent.pop_front();
        }
    }

    /// A label that stood in conflict is settled once it is changed.
    fn settle(&mut self, edit: &Edit) {
        match edit {
            _ if self.conflicts.is_empty() => {}
            Edit::ChangeLabel(Label { id, .. }) | Edit::RemoveLabel(id)
                if self.conflicts.remove(id) =>
            {
                self.theirs.remove(id);
                self.held.labels.remove(id);
                self.blocked.remove(&self.paths.label(id));
            }
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.settle(edit)),
            _ => {}
        }
    }

    /// Notes what was written of new readings.
    fn register_added(&self, edit: &Edit) {
        match edit {
            Edit::AddReading(reading) => {
                let path = self.paths.reading(&reading.id).join("reading.ron");
                let stamp = Stamp::at(&path).unwrap_or_default();
                let base = Base::Reading(Arc::clone(reading));
                let file = File::Reading(reading.id.clone());
                self.register.set(file, stamp, Some(base));
            }
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.register_added(edit)),
            _ => {}
        }
    }

    /// What turned out to be wrong since the project was opened, or was last asked; and what others changed in its files
    /// meanwhile. The project itself may have changed by that, so whoever shows it should look at it anew.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// Closes the project, saying what could not be saved. Dropping it does the same without saying.
    ///
    /// # Errors
    /// As [`Self::flush`].
    pub fn close(mut self) -> Result<(), StoreError> {
        self.flush()
    }

    /// The switch for testing what failing writes do.
    #[doc(hidden)]
    pub fn faults(&self) -> Faults {
        self.faults.clone()
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // Nobody is left to tell; what is durable is replayed when the project is opened next.
        let _ = self.flush();
        self.journal.stop();
    }
}

/// One batch without batches in it, since RON can't read deep nesting.
pub(super) fn flat(edit: Edit) -> Edit {
    fn spread(edit: Edit, out: &mut Vec<Edit>) {
        match edit {
            Edit::Batch(edits) => edits.into_iter().for_each(|edit| spread(edit, out)),
            other => out.push(other),
        }
    }
    match edit {
        Edit::Batch(edits) if edits.iter().any(|e| matches!(e, Edit::Batch(_))) => {
            let mut out = Vec::new();
            spread(Edit::Batch(edits), &mut out);
            Edit::Batch(out)
        }
        other => other,
    }
}

#[cfg(test)]
#[path = "workspace_tests.rs"]
mod tests;
