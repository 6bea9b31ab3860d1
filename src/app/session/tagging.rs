//! What is done to highlights: tagging, changing, removing, notes. A highlight is its coder's own.

use jiff::Timestamp;

use super::Session;
use crate::{
    edit::{Edit, compose},
    model::{Highlight, HighlightId, Label, LabelId},
    store::new_highlight_id,
    text::Span,
};

impl Session {
    /// Tags the selection, or the highlight in focus, with a label; a label that is there already is taken off.
    pub fn toggle_label(&mut self, label: &LabelId) -> Result<(), String> {
        if self.reader.selected().is_none()
            && let Some(h) = self.focused().filter(|h| self.is_own(h))
            && h.labels.contains(label)
        {
            return self.untag(label);
        }
        self.add_label(label)
    }

    /// Tags the selection, or the passage of the highlight in focus, with a label.
    pub fn add_label(&mut self, label: &LabelId) -> Result<(), String> {
        self.commit_note()?;
        let (edit, id) = self.tagging(label)?;
        if let Some(edit) = edit {
            self.perform(edit)?;
        }
        self.tagged(label, id);
        Ok(())
    }

    /// Takes a label off the highlight in focus.
    pub fn untag(&mut self, label: &LabelId) -> Result<(), String> {
        self.commit_note()?;
        match self.own_focused()? {
            Some(h) => self.perform(compose::untag(&h, label, Timestamp::now())),
            None => Ok(()),
        }
    }

    /// Gives a highlight another range.
    pub fn set_range(&mut self, id: HighlightId, span: Span) -> Result<(), String> {
        let found = self.shelf().and_then(|s| s.highlights.get(id)).cloned();
        let Some(h) = found else { return Ok(()) };
        self.check_own(&h)?;
        self.perform(compose::change(&h, Timestamp::now(), |h| h.span = span))
    }

    /// Takes the highlight in focus away; whether there was one.
    pub fn remove_focused(&mut self) -> Result<bool, String> {
        let Some(h) = self.own_focused()? else {
            return Ok(false);
        };
        self.perform(Edit::RemoveHighlight(h.reading, h.id))?;
        Ok(true)
    }

    /// Whether a highlight is the coder's own. A colleague's is not changed from here: it is kept in a file of theirs, and
    /// what two people coded apart would not be theirs any more.
    pub fn is_own(&self, h: &Highlight) -> bool {
        h.coder == self.coder
    }

    pub(in crate::app) fn check_own(&self, h: &Highlight) -> Result<(), String> {
        if self.is_own(h) {
            return Ok(());
        }
        Err(format!(
            "That is {}’s highlight. Tag the passage to make your own, or change the coder.",
            h.coder
        ))
    }

    /// The highlight in focus, when the coder may change it.
    fn own_focused(&self) -> Result<Option<Highlight>, String> {
        let Some(h) = self.focused() else {
            return Ok(None);
        };
        self.check_own(h)?;
        Ok(Some(h.clone()))
    }

    /// Makes a label and tags with it, as one edit.
    pub fn tag_new(&mut self, label: Label) -> Result<(), String> {
        self.commit_note()?;
        let (edit, highlight) = self.tagging(&label.id)?;
        let id = label.id.clone();
        let what = format!("Tag with the new label “{}”", label.name);
        let both = std::iter::once(Edit::AddLabel(label)).chain(edit);
        self.perform_as(what, Edit::Batch(both.collect()))?;
        self.tagged(&id, highlight);
        Ok(())
    }

    /// The edit that tags the selection or the passage of the highlight in focus, and the highlight it concerns.
    fn tagging(&self, label: &LabelId) -> Result<(Option<Edit>, HighlightId), String> {
        let (Some(span), Some(reading)) = (self.passage(), &self.reading) else {
            return Err(
                "Select a passage first, then press the digit or type the label's name.".to_owned(),
            );
        };
        let tagging = compose::Tagging {
            reading: reading.clone(),
            span,
            label: label.clone(),
            coder: self.coder.clone(),
            at: Timestamp::now(),
            new_id: new_highlight_id(),
        };
        compose::tag(self.project(), tagging)
            .ok_or_else(|| "There is nothing to tag in that selection.".to_owned())
    }

    /// Shows what was tagged.
    fn tagged(&mut self, label: &LabelId, id: HighlightId) {
        self.hidden.remove(label);
        self.reader.clear_selection();
        self.reader.set_focus(Some(id));
    }

    /// Changes the highlight in focus.
    pub fn change_focused(&mut self, f: impl FnOnce(&mut Highlight)) -> Result<(), String> {
        match self.own_focused()? {
            Some(h) => self.perform(compose::change(&h, Timestamp::now(), f)),
            None => Ok(()),
        }
    }

    /// Writes the note draft into its highlight when it differs, the claim draft into the notebook, and the draft of a packet's text into that.
    pub fn commit_note(&mut self) -> Result<(), String> {
        self.commit_claim()?;
        self.commit_draft()?;
        let Some(draft) = &mut self.note else {
            return Ok(());
        };
        if draft.touched.take().is_none() {
            return Ok(());
        }
        let text = draft.text.trim_end().to_owned();
        let (reading, id) = (draft.reading.clone(), draft.highlight);
        let found = self.project().highlight(&reading, id).cloned();
        match found {
            Some(h) if h.note != text => {
                self.perform(compose::change(&h, Timestamp::now(), |h| h.note = text))
            }
            _ => Ok(()),
        }
    }
}
