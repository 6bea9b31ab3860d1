//! Undo, redo and going back: entries of the history like all others, so that nothing that was ever done gets lost.

use std::{fs::File, sync::Arc};

use jiff::Timestamp;

use super::{
    StoreError, UndoError, Workspace,
    history_file::{parse_entry, read_line},
    ron_text::Unread,
};
use crate::edit::{Edit, Entry, Kind};

impl Workspace {
    /// Takes back this coder's last edit that stands; says what it was, or none when there is nothing to undo.
    ///
    /// # Errors
    /// When a colleague's work has made that impossible, or the history can't be read.
    pub fn undo(&mut self, now: Timestamp) -> Result<Option<String>, UndoError> {
        let Some(head) = self.history().to_undo() else {
            return Ok(None);
        };
        let (n, what) = (head.n, head.what.clone());
        // When it was redone, taking back the redoing is the inverse that fits.
        let done = self.last_of_kind(n, Kind::Redo(n)).unwrap_or(n);
        let entry = self.entry(done)?;
        self.carry_out(
            Kind::Undo(n),
            format!("Undo: {what}"),
            entry.inverse.clone(),
            now,
        )?;
        Ok(Some(what))
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
        let entry = self.entry(undone)?;
        self.carry_out(
            Kind::Redo(n),
            format!("Redo: {what}"),
            entry.inverse.clone(),
            now,
        )?;
        Ok(Some(what))
    }

    /// Goes back to the state just after entry `n` of this coder's history (0: before all), as one entry. What colleagues
    /// did meanwhile stays.
    ///
    /// # Errors
    /// As [`Self::undo`]; and when there is no such entry.
    pub fn go_back_to(&mut self, n: u64, now: Timestamp) -> Result<(), UndoError> {
        let heads = self.history().heads();
        if n != 0 && self.history().head(n).is_none() {
            return Err(UndoError::NoSuchEntry(n));
        }
        let later: Vec<u64> = heads.iter().map(|h| h.n).filter(|m| *m > n).collect();
        if later.is_empty() {
            return Ok(());
        }
        let what = match self.history().head(n) {
            Some(head) => format!("Go back to “{}”", head.what),
            None => "Go back to the beginning".to_owned(),
        };
        let mut inverses = Vec::with_capacity(later.len());
        for m in later.into_iter().rev() {
            inverses.push(self.entry(m)?.inverse.clone());
        }
        self.carry_out(Kind::GoBack(n), what, Edit::Batch(inverses), now)
    }

    fn carry_out(
        &mut self,
        kind: Kind,
        what: String,
        edit: Edit,
        now: Timestamp,
    ) -> Result<(), UndoError> {
        self.commit(kind, what.clone(), edit, now)
            .map_err(|error| UndoError::Refused { what, error })
    }

    /// The last entry of a kind, among those after entry `n`.
    fn last_of_kind(&self, n: u64, kind: Kind) -> Option<u64> {
        let later = self.history().heads().iter().rev();
        let mut later = later.take_while(|h| h.n > n);
        later.find(|h| h.kind == kind).map(|h| h.n)
    }

    /// An entry of this coder's history: from memory when it is recent, else from the file.
    fn entry(&self, n: u64) -> Result<Arc<Entry>, StoreError> {
        let wanted = |entry: &&Arc<Entry>| entry.head.n == n && entry.head.by == self.coder;
        if let Some(entry) = self.recent.iter().rev().find(wanted) {
            return Ok(Arc::clone(entry));
        }
        let path = self.paths.history(&self.coder);
        let unreadable = |why: String| StoreError::Unreadable {
            path: path.clone(),
            why,
        };
        let place = self.journal.place(&self.coder, n);
        let place = place.ok_or_else(|| unreadable(format!("entry {n} is missing")))?;
        let line = File::open(&path)
            .and_then(|mut file| read_line(&mut file, place))
            .map_err(StoreError::io("read", &path))?;
        let saved = parse_entry(&line).map_err(|unread| match unread {
            Unread::Bad { what, .. } => unreadable(what),
            Unread::Newer(version) => unreadable(format!("it is of format {version}")),
        })?;
        let entry = saved.entry(&self.project).map_err(unreadable)?;
        match entry.head.n == n {
            true => Ok(Arc::new(entry)),
            false => Err(unreadable("the file was changed meanwhile".to_owned())),
        }
    }
}
