//! Going from reading to reading and from highlight to highlight.

use std::collections::BTreeSet;

use super::Session;
use crate::{
    model::{Highlight, LabelId, ReadingId},
    store::ProblemKind,
};

impl Session {
    /// Shows a reading where it was left.
    pub fn open_reading(&mut self, id: &ReadingId) {
        if self.reading.as_ref() == Some(id) {
            return;
        }
        if let Some(old) = self.reading.take() {
            self.positions.insert(old, self.reader.position());
        }
        self.reader
            .open_at(self.positions.get(id).copied().unwrap_or_default());
        self.reading = Some(id.clone());
    }

    /// Shows the reading `by` places further down the list.
    pub fn step_reading(&mut self, by: isize) {
        let ids: Vec<ReadingId> = self
            .project()
            .shelves()
            .iter()
            .map(|s| s.reading.id.clone())
            .collect();
        let at = ids.iter().position(|id| Some(id) == self.reading.as_ref());
        let next = at
            .and_then(|i| i.checked_add_signed(by))
            .and_then(|i| ids.get(i));
        if let Some(id) = next.cloned() {
            self.open_reading(&id);
        }
    }

    /// Puts the next or previous highlight that shows in focus.
    pub fn step_highlight(&mut self, forward: bool) {
        let Some(shelf) = self.shelf() else { return };
        let only = self.only_set();
        let set = &shelf.highlights;
        let step = |h: &Highlight| if forward { set.after(h) } else { set.before(h) };
        let mut next = match self.focused() {
            Some(h) => step(h),
            None => {
                let visible = self.reader.visible();
                let from = self.reader.selected().map(|s| s.start);
                match forward {
                    true => match from.unwrap_or(visible.start).checked_sub(1) {
                        Some(before) => set.next_after(before),
                        None => set.iter().next(),
                    },
                    false => set.last_before(from.unwrap_or(visible.end)),
                }
            }
        };
        while let Some(h) = next.filter(|h| !self.shows(h, only.as_ref())) {
            next = step(h);
        }
        let found = next.map(|h| (h.id, h.span));
        if let Some((id, span)) = found {
            self.reader.clear_selection();
            self.reader.set_focus(Some(id));
            self.reader.reveal(span);
        }
    }

    fn shows(&self, h: &Highlight, only: Option<&BTreeSet<LabelId>>) -> bool {
        h.labels
            .iter()
            .any(|l| !self.hidden.contains(l) && only.is_none_or(|only| only.contains(l)))
    }

    /// Takes note that a label of which a merge left two versions is settled.
    pub fn settled(&mut self, label: &LabelId) {
        self.problems.retain(
            |p| !matches!(&p.kind, ProblemKind::Conflict { ours, .. } if ours.id == *label),
        );
    }

    /// Hides a label's highlights, or shows them again.
    pub fn toggle_hidden(&mut self, label: LabelId) {
        if !self.hidden.remove(&label) {
            self.hidden.insert(label);
        }
    }

    /// The labels of the filter: the chosen one and those under it.
    pub fn only_set(&self) -> Option<BTreeSet<LabelId>> {
        self.only
            .as_ref()
            .map(|id| self.project().with_descendants(id))
    }
}
