//! An open project.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    path::{Path, PathBuf},
    sync::Arc,
    thread::JoinHandle,
};

use jiff::{SignedDuration, Timestamp};

use super::{
    Problem, ProblemKind, SaveStatus, StoreError,
    codebook::heal,
    dirty::Dirty,
    disk::{Changes, Faults, names},
    flush::Plan,
    history_file::{header_line, saved_line},
    journal::{Journal, cut_torn},
    load::load,
    lock::{Lock, Locking, take},
    paths::Paths,
    recover::{Histories, recover},
    ron_text::{VERSION, pretty},
    saved::{SavedLabel, SavedProject},
};
use crate::{
    edit::{Edit, EditError, Entry, Head, History, Kind, apply, describe},
    model::{CoderId, Label, LabelId, Project},
};

/// Files are rewritten when nobody has edited for this long…
const REST: SignedDuration = SignedDuration::from_secs(3);
/// …or when the first edit they lack is this old…
const OLDEST: SignedDuration = SignedDuration::from_secs(60);
/// …and this long after it failed.
const RETRY: SignedDuration = SignedDuration::from_secs(15);

/// How many durable entries are kept in memory, so that undoing what was just done reads no file.
const RECENT: usize = 32;

/// What git should know about a project folder.
const GITIGNORE: &str = ".glossator/\n.*.tmp\n";
const GITATTRIBUTES: &str = "*.ron text eol=lf\n*.md text eol=lf\n*.txt text eol=lf\n\
    readings/*/source.* -text\nremoved/*/source.* -text\nhistory/*.ron merge=union\n";

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
    newer: BTreeMap<CoderId, u32>,
    marked: BTreeMap<CoderId, u64>,
    hold: bool,
    dirty: Dirty,
    blocked: BTreeSet<PathBuf>,
    conflicts: BTreeSet<LabelId>,
    faults: Faults,
    timing: Timing,
    flushing: Option<Flushing>,
    empty: History,
    _lock: Option<Lock>,
}

/// When files were last edited, for deciding when to rewrite them.
#[derive(Debug, Default)]
struct Timing {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    not_before: Option<Timestamp>,
}

/// A flush on its own thread.
struct Flushing {
    plan: Arc<Plan>,
    thread: JoinHandle<Result<(), StoreError>>,
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
    let paths = Paths::new(folder);
    if !paths.project().exists() {
        return Err(StoreError::NotAProject(paths.0));
    }
    let (lock, unwritable) = match take(&paths, &coder)? {
        Locking::Held(lock) => (Some(lock), None),
        Locking::ReadOnly(why) => (None, Some(why)),
    };
    let mut loaded = load(&paths, on_text)?;
    let histories = recover(&paths, &mut loaded)?;
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
        blocked: loaded.blocked,
        conflicts,
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
    /// Makes a new project in `folder`, which may exist when it is empty (dotfiles aside), with these labels, and opens it.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] when something is there already; otherwise whatever the disk says.
    pub fn create(
        folder: &Path,
        name: &str,
        labels: Vec<Label>,
        coder: CoderId,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let paths = Paths::new(folder);
        let there = names(folder).map_err(StoreError::io("make a project in", folder))?;
        if !there.is_empty() {
            return Err(StoreError::NotEmpty(paths.0));
        }
        let io = |error| StoreError::io("make a project in", folder)(error);
        write_new(&paths, name, &labels, &coder, now).map_err(io)?;
        Ok(Self::open(folder, coder)?.workspace)
    }

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

    /// Applies an edit and hands it to the writer thread.
    pub(super) fn commit(
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
        self.settle(&edit);
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
        Ok(())
    }

    /// A label that stood in conflict is settled once it is changed.
    fn settle(&mut self, edit: &Edit) {
        match edit {
            _ if self.conflicts.is_empty() => {}
            Edit::ChangeLabel(Label { id, .. }) | Edit::RemoveLabel(id) => {
                if self.conflicts.remove(id) {
                    self.blocked.remove(&self.paths.label(id));
                }
            }
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.settle(edit)),
            _ => {}
        }
    }

    /// How things stand with saving. Cheap enough for each frame.
    pub fn status(&self) -> SaveStatus {
        self.journal.status()
    }

    /// Has `waker` called, from another thread, whenever the status changed.
    pub fn set_waker(&self, waker: impl Fn() + Send + 'static) {
        self.journal.set_waker(Box::new(waker));
    }

    /// Waits until every edit so far is durable in the history.
    ///
    /// # Errors
    /// When it can't be written; the edits stay in memory and are tried again.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.journal.shared.sync()
    }

    /// Starts rewriting changed files on another thread when edits rest. Cheap; to be called each frame.
    pub fn on_idle(&mut self, now: Timestamp) {
        if self
            .flushing
            .as_ref()
            .is_some_and(|f| f.thread.is_finished())
            && self.absorb().is_err()
        {
            self.timing.not_before = Some(now + RETRY);
        }
        if !self.is_stale() || self.flushing.is_some() {
            return;
        }
        let first = *self.timing.first.get_or_insert(now);
        let last = *self.timing.last.get_or_insert(now);
        let rests = now.duration_since(last) >= REST || now.duration_since(first) >= OLDEST;
        if rests && self.timing.not_before.is_none_or(|at| now >= at) {
            let plan = Arc::new(self.plan());
            let (job, journal) = (Arc::clone(&plan), Arc::clone(&self.journal.shared));
            let thread = std::thread::spawn(move || {
                let done = job.run(&journal);
                journal.flushed(done.as_ref().err().map(ToString::to_string));
                done
            });
            self.flushing = Some(Flushing { plan, thread });
        }
    }

    /// Whether there is something to rewrite that could be rewritten.
    fn is_stale(&self) -> bool {
        self.timing.first.is_some() || !self.dirty.is_empty() || self.has_unmarked()
    }

    fn has_unmarked(&self) -> bool {
        !self.hold && !self.unmarked().is_empty()
    }

    /// Histories with entries that are not marked as being in the files.
    fn unmarked(&self) -> Vec<(CoderId, u64)> {
        let last = |book: &History| book.heads().last().map_or(0, |head| head.n);
        (self.books.iter())
            .map(|(coder, book)| (coder.clone(), last(book)))
            .filter(|(coder, n)| *n > self.marked.get(coder).copied().unwrap_or_default())
            .collect()
    }

    fn plan(&mut self) -> Plan {
        let dirty = std::mem::take(&mut self.dirty);
        let (mut plan, held) = Plan::new(
            &self.project,
            &self.paths,
            dirty,
            &self.blocked,
            self.faults.clone(),
        );
        if !self.hold && held.is_empty() {
            plan.marks = self.unmarked();
        }
        self.dirty = held;
        self.timing = Timing::default();
        plan
    }

    /// Waits for the flush that runs, if any, and takes note of what came of it.
    fn absorb(&mut self) -> Result<(), StoreError> {
        let Some(Flushing { plan, thread }) = self.flushing.take() else {
            return Ok(());
        };
        let done = thread.join().unwrap_or_else(|_| {
            Err(StoreError::Unsaved {
                why: "writing the files failed inside the program".to_owned(),
            })
        });
        self.conclude(&plan, done)
    }

    fn conclude(&mut self, plan: &Plan, done: Result<(), StoreError>) -> Result<(), StoreError> {
        match &done {
            Ok(()) => self.marked.extend(plan.marks.iter().cloned()),
            Err(_) => self.dirty.add(plan.dirty.clone()),
        }
        done
    }

    /// Rewrites changed files now and marks that in the history. Files that are damaged are left as they are.
    ///
    /// # Errors
    /// When something can't be written; the edits are in memory and, as far as [`Self::sync`] says so, in the history.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        // If the one that runs fails, what it should have written is tried again here.
        let _ = self.absorb();
        self.sync()?;
        if !self.is_stale() {
            return Ok(());
        }
        let plan = self.plan();
        let done = plan.run(&self.journal.shared);
        self.journal
            .shared
            .flushed(done.as_ref().err().map(ToString::to_string));
        self.conclude(&plan, done)?;
        self.sync()
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

fn write_new(
    paths: &Paths,
    name: &str,
    labels: &[Label],
    coder: &CoderId,
    now: Timestamp,
) -> std::io::Result<()> {
    let mut changes = Changes::new(Faults::default());
    let mut write =
        |path: &Path, text: &str| changes.write(path, |out| out.write_all(text.as_bytes()));
    for label in labels {
        let ron = pretty(&SavedLabel::from(label)).map_err(std::io::Error::other)?;
        write(&paths.label(&label.id), &ron)?;
    }
    write(&paths.0.join(".gitignore"), GITIGNORE)?;
    write(&paths.0.join(".gitattributes"), GITATTRIBUTES)?;
    let history = header_line(coder) + &saved_line(0, now);
    write(&paths.history(coder), &history)?;
    let project = SavedProject {
        version: VERSION,
        name: name.to_owned(),
    };
    // Last, since it is what makes the folder a project.
    let ron = pretty(&project).map_err(std::io::Error::other)?;
    write(&paths.project(), &ron)?;
    for folder in [paths.codebook(), paths.readings()] {
        changes.make_folder(&folder)?;
    }
    changes.finish()
}

#[cfg(test)]
#[path = "workspace_tests.rs"]
mod tests;
