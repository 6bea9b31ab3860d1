//! Going from a footnote's mark to the note and back, to a page or paragraph, and back to where one was.

use egui::{Pos2, Rect, RichText, Ui, vec2};

use super::{
    notes::Lead,
    page::{Pending, Reader},
    selection::Selection,
};
use crate::{
    app::{theme, words},
    model::Note,
    text::Span,
};

/// How many places are kept to go back to.
const KEPT: usize = 50;
/// How much of a note is shown beside its mark, in characters.
const SHOWN: usize = 700;

impl Reader {
    /// What the character under the pointer leads to, if it is a mark or number of a note.
    pub(super) fn lead_under(&self, pos: Pos2) -> Option<Lead> {
        if self.structure.notes.is_empty() {
            return None;
        }
        let left = self.columns?.text.left();
        let offset = self.offset_at(pos)?;
        // The nearest place is between two characters: the pointer may be on either.
        let before = self.text.floor(offset.saturating_sub(1));
        [offset, before].into_iter().find_map(|at| {
            let lead = self.notes.lead_at(&self.text, &self.structure, at)?;
            let span = match lead {
                Lead::ToNote(note) => note.mark,
                Lead::ToMark(note) => {
                    self.notes
                        .number_at(&self.text, &self.structure, note.body.start)?
                }
            };
            // Marks are small.
            let hit = |rect: &Rect| rect.expand2(vec2(2.0, 0.0)).contains(pos);
            self.rects_of(span, left).iter().any(hit).then_some(lead)
        })
    }

    /// Shows what a note says beside the pointer.
    pub(super) fn show_note(&self, ui: &Ui, note: Note, pos: Pos2) {
        let said = words::beginning(&self.text, note.body, SHOWN);
        let at = Rect::from_center_size(pos, vec2(4.0, 18.0));
        let id = ui.scope_id().with("note");
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, at)
            .gap(6.0)
            .width(420.0)
            .show(|ui| ui.label(RichText::new(said).font(theme::serif(14.5))));
    }

    /// Goes where a note leads.
    pub(super) fn follow(&mut self, lead: Lead) {
        let place = match lead {
            Lead::ToNote(note) => note.body,
            Lead::ToMark(note) => note.mark,
        };
        self.go_to(Span::new(place.start, place.start));
    }

    /// Goes from the passage, or from what shows, to the next note; from a note to its mark. Whether there is one.
    pub fn follow_note(&mut self, passage: Option<Span>) -> bool {
        let caret = self.selection.map(|s| s.span());
        let from = passage.or(caret).filter(|s| {
            let shown = Span::new(self.visible.start, self.visible.end + 1);
            s.start < shown.end && s.end >= shown.start
        });
        let from = from.unwrap_or(Span::new(self.visible.start, self.visible.start));
        let end = self.visible.end;
        let lead = self.notes.lead_from(&self.structure, from, end);
        if let Some(lead) = lead {
            self.follow(lead);
        }
        lead.is_some()
    }

    /// Goes to a place of the text, and keeps the one it leaves.
    pub fn go_to(&mut self, place: Span) {
        self.left.push(self.position());
        if self.left.len() > KEPT {
            self.left.remove(0);
        }
        self.focus = None;
        self.selection = Some(Selection::of(place));
        self.pending = Some(Pending::Into(place));
    }

    /// Whether there is a place to go back to.
    pub fn can_go_back(&self) -> bool {
        !self.left.is_empty()
    }

    /// Goes back to where the last [`Self::go_to`] started.
    pub fn go_back(&mut self) {
        if let Some(place) = self.left.pop() {
            self.selection = None;
            match place {
                0 => self.scroll_home(),
                place => self.pending = Some(Pending::Top(place)),
            }
        }
    }
}
