//! When and how an open project is saved: durable in the history at once, in its files when edits rest.

use std::{sync::Arc, thread::JoinHandle};

use jiff::{SignedDuration, Timestamp};

use super::{SaveStatus, StoreError, Workspace, flush::Plan, foreign::Foreign};
use crate::{edit::History, model::CoderId};

/// Files are rewritten when nobody has edited for this long…
const REST: SignedDuration = SignedDuration::from_secs(3);
/// …or when the first edit they lack is this old…
const OLDEST: SignedDuration = SignedDuration::from_secs(60);
/// …and this long after it failed.
const RETRY: SignedDuration = SignedDuration::from_secs(15);

/// How often files are written anew at most when they change on disk meanwhile.
const TRIES: usize = 4;

/// When files were last edited, for deciding when to rewrite them.
#[derive(Debug, Default)]
pub(super) struct Timing {
    pub(super) first: Option<Timestamp>,
    pub(super) last: Option<Timestamp>,
    pub(super) not_before: Option<Timestamp>,
}

/// A flush on its own thread.
pub(super) struct Flushing {
    pub(super) plan: Arc<Plan>,
    pub(super) thread: JoinHandle<Result<Vec<Foreign>, StoreError>>,
}

impl Workspace {
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

    /// Whether there is something to rewrite that can be rewritten: what is held back, since its file must not be
    /// overwritten, does not count.
    pub fn is_stale(&self) -> bool {
        self.timing.first.is_some() || !self.dirty.is_empty() || self.has_unmarked()
    }

    fn has_unmarked(&self) -> bool {
        self.may_mark() && !self.unmarked().is_empty()
    }

    /// Whether histories may be marked as being in the files: nothing is held back.
    fn may_mark(&self) -> bool {
        !self.hold && self.held.is_empty()
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
            &self.theirs,
            (self.register.clone(), self.faults.clone()),
        );
        self.held.add(held);
        if self.may_mark() {
            plan.marks = self.unmarked();
        }
        self.timing = Timing::default();
        plan
    }

    /// Waits for the flush that runs, if any, and takes note of what came of it.
    pub(super) fn absorb(&mut self) -> Result<(), StoreError> {
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

    fn conclude(
        &mut self,
        plan: &Plan,
        done: Result<Vec<Foreign>, StoreError>,
    ) -> Result<(), StoreError> {
        match done {
            Ok(foreign) if foreign.is_empty() => self.marked.extend(plan.marks.iter().cloned()),
            Ok(foreign) => self.take_in(foreign),
            Err(error) => {
                self.dirty.add(plan.dirty.clone());
                return Err(error);
            }
        }
        Ok(())
    }

    /// Rewrites changed files now and marks that in the history. Files that are damaged are left as they are.
    ///
    /// # Errors
    /// When something can't be written; the edits are in memory and, as far as [`Self::sync`] says so, in the history.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        // If the one that runs fails, what it should have written is tried again here.
        let _ = self.absorb();
        self.sync()?;
        // Again when files had changed on disk; somebody who goes on changing them is not waited for.
        for _ in 0..TRIES {
            if !self.is_stale() {
                break;
            }
            let plan = self.plan();
            let done = plan.run(&self.journal.shared);
            self.journal
                .shared
                .flushed(done.as_ref().err().map(ToString::to_string));
            self.conclude(&plan, done)?;
        }
        self.sync()
    }
}
