//! Editing, undoing, and what the view takes note of when the project has changed.

use jiff::Timestamp;

use super::{Session, Work};
use crate::{edit::Edit, model::ReadingId, store::Workspace};

impl Session {
    /// Carries an edit out. The text of an error is for people.
    pub fn perform(&mut self, edit: Edit) -> Result<(), String> {
        let Work::Ready(workspace) = &mut self.work else {
            return Err("The highlights are still being read; try again in a moment.".to_owned());
        };
        workspace
            .perform(edit, Timestamp::now())
            .map_err(|e| format!("That can't be done: {e}."))?;
        self.touch();
        Ok(())
    }

    /// As [`Self::perform`], under a description of its own.
    pub fn perform_as(&mut self, what: String, edit: Edit) -> Result<(), String> {
        let Work::Ready(workspace) = &mut self.work else {
            return Err("The highlights are still being read; try again in a moment.".to_owned());
        };
        workspace
            .perform_as(what, edit, Timestamp::now())
            .map_err(|e| format!("That can't be done: {e}."))?;
        self.touch();
        Ok(())
    }

    /// Takes back the coder's last edit. Returns what to tell.
    pub fn undo(&mut self) -> Result<String, String> {
        self.travel(
            |w| w.undo(Timestamp::now()).map_err(|e| e.to_string()),
            "Undone",
            "Nothing to undo",
        )
    }

    /// Does again what was undone.
    pub fn redo(&mut self) -> Result<String, String> {
        self.travel(
            |w| w.redo(Timestamp::now()).map_err(|e| e.to_string()),
            "Done again",
            "Nothing to redo",
        )
    }

    fn travel(
        &mut self,
        step: impl FnOnce(&mut Workspace) -> Result<Option<String>, String>,
        done: &str,
        nothing: &str,
    ) -> Result<String, String> {
        self.commit_note()?;
        let Work::Ready(workspace) = &mut self.work else {
            return Err("The highlights are still being read; try again in a moment.".to_owned());
        };
        // A refusal too may have left an entry, that it was passed over.
        let what = step(workspace);
        self.touch();
        self.note = None;
        self.claim = None;
        self.draft = None;
        let what = what?;
        Ok(what.map_or_else(|| format!("{nothing}."), |what| format!("{done}: {what}")))
    }

    /// Goes back to the state just after entry `n` of the coder's history. Returns what could not be brought back.
    pub fn go_back_to(&mut self, n: u64) -> Result<Option<String>, String> {
        self.commit_note()?;
        let Work::Ready(workspace) = &mut self.work else {
            return Ok(None);
        };
        let rest = workspace
            .go_back_to(n, Timestamp::now())
            .map_err(|e| e.to_string());
        self.touch();
        self.note = None;
        self.claim = None;
        self.draft = None;
        rest
    }

    /// Lets the workspace do what it does between edits. Returns whether something new is wrong with the files; what others
    /// changed there may have come in then.
    pub fn idle(&mut self) -> bool {
        let Work::Ready(workspace) = &mut self.work else {
            return false;
        };
        workspace.on_idle(Timestamp::now());
        let mut new = workspace.take_problems();
        if new.is_empty() {
            return false;
        }
        self.problems.append(&mut new);
        self.touch();
        true
    }

    /// Takes note that the project changed: what is gone is not in focus any more, what was removed does not show.
    pub fn touch(&mut self) {
        self.revision += 1;
        let project = self.project();
        let reading_gone = self
            .reading
            .as_ref()
            .is_some_and(|r| project.shelf(r).is_none());
        let label_gone = self
            .only
            .as_ref()
            .is_some_and(|l| project.label(l).is_none());
        let review_gone =
            (self.review.as_ref()).is_some_and(|r| self.project().shelf(r.reading()).is_none());
        if review_gone {
            self.review = None;
        }
        if reading_gone {
            let gone = self.reading.take();
            // Of a reading that was replaced, or whose replacement was taken back, the other version shows.
            if let Some(other) = gone.and_then(|gone| self.other_version(&gone)) {
                self.open_reading(&other);
            }
        }
        if label_gone {
            self.only = None;
        }
        if self.reading.is_none() {
            self.open_first();
        }
        if self.focused().is_none() {
            self.reader.set_focus(None);
        }
    }

    /// The version that stands in the place of one that does not show.
    fn other_version(&self, gone: &ReadingId) -> Option<ReadingId> {
        let project = self.project();
        let older = project.removed_shelf(gone)?.reading.revises.clone();
        let older = older.filter(|id| project.shelf(id).is_some());
        older.or_else(|| project.current(gone).map(|r| r.id.clone()))
    }
}
