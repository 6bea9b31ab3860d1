//! Undo, redo and going back: entries of the history like all others, so that nothing that was ever done gets lost.
//!
//! What an entry did is taken back as far as it still stands and fits, see [`Net`]. What does not fit is said; an entry of
//! which nothing fits is stepped over, so that it does not keep those before it from being undone.

use std::{fs::File, sync::Arc};

use jiff::Timestamp;

use super::{
    StoreError, UndoError, Workspace,
    dirty::Dirty,
    history_file::{parse_entry, read_line},
    recover,
    ron_text::Unread,
    saved_edit::SavedEntry,
};
use crate::{
    edit::{Edit, Entry, Kind, Net, TakenBack, parts},
    model::Project,
};

/// An entry taken apart.
#[derive(Default)]
struct Parts {
    /// What it did; none for what can't be told any more.
    made: Vec<Option<Edit>>,
    inverse: Vec<Edit>,
    /// Why parts of the inverse can't be read.
    lost: Vec<String>,
}

impl Parts {
    fn add_to(&self, net: &mut Net) {
        let made: Vec<Option<&Edit>> = self.made.iter().map(Option::as_ref).collect();
        net.add(&made, &self.inverse.iter().collect::<Vec<_>>());
    }
}

impl From<&Entry> for Parts {
    fn from(entry: &Entry) -> Self {
        Self {
            made: parts(&entry.edit).into_iter().cloned().map(Some).collect(),
            inverse: parts(&entry.inverse).into_iter().cloned().collect(),
            lost: Vec::new(),
        }
    }
}

impl Parts {
    /// What it says of readings whose folders are gone is left out.
    fn of_saved(entry: SavedEntry, project: &Project) -> Self {
        let mut all = Self::default();
        let made = recover::parts(entry.edit).into_iter();
        all.made = made.map(|edit| edit.edit(project).ok()).collect();
        for edit in recover::parts(entry.inverse) {
            match edit.edit(project) {
                Ok(edit) => all.inverse.push(edit),
                Err(why) => all.lost.push(why),
            }
        }
        all
    }
}

impl Workspace {
    /// Takes back this coder's last edit that stands, as far as that fits; what others changed since stays. Says what it was,
    /// and what of it could not be taken back; none when there is nothing to undo.
    ///
    /// # Errors
    /// When nothing of it could be taken back, since it was built upon or superseded: then it is stepped over, and the next
    /// undo takes back what came before it. When the history can't be read.
    pub fn undo(&mut self, now: Timestamp) -> Result<Option<String>, UndoError> {
        let Some(head) = self.history().to_undo() else {
            return Ok(None);
        };
        let (n, what) = (head.n, head.what.clone());
        // When it was redone, taking back the redoing is the inverse that fits, unless only a part of it was redone.
        let parts = match self.last_of_kind(n, Kind::Redo(n)) {
            None => self.parts_of(n),
            Some(redone) => match (self.parts_of(redone), self.parts_of(n)) {
                (Ok(redone), Ok(first)) if redone.inverse.len() < first.inverse.len() => Ok(first),
                (redone, _) => redone,
            },
        };
        self.step(Kind::Undo(n), ("Undo", what), parts, now)
            .map(Some)
    }

    /// Does again what was last undone; says what it was, or none when there is nothing to redo.
    ///
    /// # Errors
    /// As [`Self::undo`].
    pub fn redo(&mut self, now: Timestamp) -> Result<Option<String>, UndoError> {
        let Some(head) = self.history().to_redo() else {
            return Ok(None);
        };
        let (n, what) = (head.n, head.what.clone());
        let undone = self.last_of_kind(n, Kind::Undo(n)).unwrap_or(n);
        let parts = self.parts_of(undone);
        self.step(Kind::Redo(n), ("Redo", what), parts, now)
            .map(Some)
    }

    /// Goes back to the state just after entry `n` of this coder's history (0: before all), as one entry that holds only what
    /// differs. What colleagues did meanwhile stays. Says what could not be brought back, if anything.
    ///
    /// # Errors
    /// When nothing could be brought back; when the history can't be read, or there is no such entry.
    pub fn go_back_to(&mut self, n: u64, now: Timestamp) -> Result<Option<String>, UndoError> {
        let heads = self.history().heads();
        if n != 0 && self.history().head(n).is_none() {
            return Err(UndoError::NoSuchEntry(n));
        }
        let later: Vec<u64> = heads.iter().map(|h| h.n).filter(|m| *m > n).collect();
        let what = match self.history().head(n) {
            Some(head) => format!("Go back to “{}”", head.what),
            None => "Go back to the beginning".to_owned(),
        };
        let mut net = Net::default();
        let mut lost = Vec::new();
        let mut file = None;
        for m in later {
            let mut parts = self.parts_from(m, &mut file)?;
            lost.append(&mut parts.lost);
            parts.add_to(&mut net);
        }
        let (taken, dirty) = self.take_back(net, lost);
        let refused = (!taken.refused.is_empty()).then(|| taken.refused.join("; "));
        match refused {
            why if taken.edit != Edit::Batch(Vec::new()) => {
                self.record(
                    (Kind::GoBack(n), what),
                    taken.edit,
                    taken.inverse,
                    dirty,
                    now,
                );
                Ok(why)
            }
            Some(why) => Err(UndoError::Refused {
                what,
                why,
                stepped_over: false,
            }),
            None => Ok(None),
        }
    }

    /// Undoes or redoes one entry.
    fn step(
        &mut self,
        kind: Kind,
        (verb, what): (&str, String),
        parts: Result<Parts, StoreError>,
        now: Timestamp,
    ) -> Result<String, UndoError> {
        let mut net = Net::default();
        let lost = match parts {
            Ok(parts) => {
                parts.add_to(&mut net);
                parts.lost
            }
            // It never will be read, while a disk may come back.
            Err(StoreError::Unreadable { why, .. }) => vec![why],
            Err(error) => return Err(error.into()),
        };
        let (taken, dirty) = self.take_back(net, lost);
        let nothing = taken.edit == Edit::Batch(Vec::new());
        let why = taken.refused.join("; ");
        let (said, result) = match (why.is_empty(), nothing) {
            (true, _) => (format!("{verb}: {what}"), Ok(what)),
            (false, false) => (
                format!("{verb} in part: {what}"),
                Ok(format!("{what}, but not all of it: {why}")),
            ),
            (false, true) => (
                format!("{verb}: {what} (passed over)"),
                Err(UndoError::Refused {
                    what: format!("{verb}: {what}"),
                    why,
                    stepped_over: true,
                }),
            ),
        };
        self.record((kind, said), taken.edit, taken.inverse, dirty, now);
        result
    }

    fn take_back(&mut self, net: Net, lost: Vec<String>) -> (TakenBack, Dirty) {
        let mut dirty = Dirty::default();
        let mut taken = net.take_back(&mut self.project, &mut |project, edit| {
            dirty.note(project, edit);
        });
        taken.refused.extend(lost);
        (taken, dirty)
    }

    /// The last entry of a kind, among those after entry `n`.
    fn last_of_kind(&self, n: u64, kind: Kind) -> Option<u64> {
        let later = self.history().heads().iter().rev();
        let mut later = later.take_while(|h| h.n > n);
        later.find(|h| h.kind == kind).map(|h| h.n)
    }

    fn parts_of(&self, n: u64) -> Result<Parts, StoreError> {
        self.parts_from(n, &mut None)
    }

    /// An entry of this coder's history: from memory when it is recent, else from the file, which is opened once.
    fn parts_from(&self, n: u64, file: &mut Option<File>) -> Result<Parts, StoreError> {
        let wanted = |entry: &&Arc<Entry>| entry.head.n == n && entry.head.by == self.coder;
        if let Some(entry) = self.recent.iter().rev().find(wanted) {
            return Ok(entry.as_ref().into());
        }
        let path = self.paths.history(&self.coder);
        let unreadable = |why: String| StoreError::Unreadable {
            path: path.clone(),
            why,
        };
        let place = self.journal.place(&self.coder, n);
        let place = place.ok_or_else(|| unreadable(format!("entry {n} is missing")))?;
        let mut read = || {
            let file = match file {
                Some(file) => file,
                None => file.insert(File::open(&path)?),
            };
            read_line(file, place)
        };
        let line = read().map_err(StoreError::io("read", &path))?;
        let saved = parse_entry(&line).map_err(|unread| match unread {
            Unread::Bad { what, .. } => unreadable(what),
            Unread::Newer(version) => unreadable(format!("it is of format {version}")),
        })?;
        match saved.n == n {
            true => Ok(Parts::of_saved(saved, &self.project)),
            false => Err(unreadable("the file was changed meanwhile".to_owned())),
        }
    }
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
