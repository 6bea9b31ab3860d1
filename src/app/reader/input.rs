//! Mouse, wheel and keys of the reader.

use egui::{
    CursorIcon, Event, Key, Modifiers, PointerButton, Pos2, Rect, Response, Sense, Ui, pos2, vec2,
};

use super::{
    layout::Columns,
    notes::Lead,
    page::{Reader, Source},
    selection::{Selection, Unit, nudge},
};
use crate::{
    app::theme::Palette,
    model::{Highlight, HighlightId},
    text::Span,
};

/// Counts clicks in the same place, up to four.
#[derive(Default)]
pub(super) struct Clicks {
    last: Option<(f64, Pos2)>,
    count: u32,
}

impl Clicks {
    fn press(&mut self, time: f64, pos: Pos2) -> u32 {
        let again = self
            .last
            .is_some_and(|(t, p)| time - t < 0.45 && p.distance(pos) < 6.0);
        self.count = if again { self.count % 4 + 1 } else { 1 };
        self.last = Some((time, pos));
        self.count
    }
}

impl Reader {
    /// The wheel, and the keys that scroll.
    pub(super) fn scroll_input(&mut self, ui: &Ui, response: &Response, columns: &Columns) {
        if ui.rect_contains_pointer(response.rect) {
            let by = ui.input(|i| i.smooth_scroll_delta().y);
            if by != 0.0 {
                self.scroll_by(-f64::from(by));
            }
        }
        if !response.has_focus() {
            return;
        }
        let page = f64::from(columns.text.height()) - 60.0;
        let (pages, home, end) = ui.input_mut(|i| {
            let down = i.count_and_consume_key(Modifiers::NONE, Key::PageDown);
            let up = i.count_and_consume_key(Modifiers::NONE, Key::PageUp);
            let home = i.consume_key(Modifiers::NONE, Key::Home)
                | i.consume_key(Modifiers::COMMAND, Key::Home);
            let end = i.consume_key(Modifiers::NONE, Key::End)
                | i.consume_key(Modifiers::COMMAND, Key::End);
            (down as f64 - up as f64, home, end)
        });
        self.scroll_by(pages * page);
        if home {
            self.scroll_home();
        }
        if end {
            self.scroll_end();
        }
    }

    /// The keys that select: arrows by sentence, brackets by word.
    pub(super) fn keys(&mut self, ui: &Ui, response: &Response) {
        if !response.has_focus() {
            return;
        }
        ui.memory_mut(|m| {
            m.set_focus_lock_filter(response.id, crate::app::keys::ARROWS_AND_ESCAPE);
        });
        let steps = [
            (Key::ArrowDown, true),
            (Key::ArrowRight, true),
            (Key::ArrowUp, false),
            (Key::ArrowLeft, false),
        ];
        // With Shift first: a key without modifiers is also taken for one with Shift.
        for (key, forward) in steps {
            for (modifiers, extends) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
                let times = ui.input_mut(|i| i.count_and_consume_key(modifiers, key));
                for _ in 0..times {
                    self.step(forward, extends);
                }
            }
        }
        for (key, at_start) in [(Key::OpenBracket, true), (Key::CloseBracket, false)] {
            for (modifiers, outward) in [(Modifiers::SHIFT, false), (Modifiers::NONE, true)] {
                let times = ui.input_mut(|i| i.count_and_consume_key(modifiers, key));
                for _ in 0..times {
                    self.nudge(at_start, outward);
                }
            }
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::OpenCurlyBracket)) {
            self.nudge(true, false);
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::CloseCurlyBracket)) {
            self.nudge(false, false);
        }
    }

    fn step(&mut self, forward: bool, extends: bool) {
        // From the highlight in focus the walk goes on; from nothing it starts where the view does.
        if self.selected().is_none()
            && let Some(span) = self.focus_span
        {
            self.selection = Some(Selection::of(span));
        }
        match &mut self.selection {
            // A click left a caret: that sentence is the first.
            Some(caret) if caret.span().is_empty() => {
                *caret = Selection::start(&self.text, caret.head.start, Unit::Sentence);
            }
            Some(selection) => selection.step_sentence(&self.text, forward, extends),
            None => {
                let top = self
                    .columns
                    .and_then(|c| self.offset_at(c.text.min + vec2(1.0, 3.0)));
                let from = top.unwrap_or(self.visible.start);
                self.selection = Some(Selection::start(&self.text, from, Unit::Sentence));
            }
        }
        self.focus = None;
        if let Some(selection) = self.selection {
            self.reveal(selection.head);
        }
    }

    /// Moves an end of the selection, or else of the highlight in focus.
    fn nudge(&mut self, at_start: bool, outward: bool) {
        if let Some(span) = self.selected() {
            let span = nudge(&self.text, span, at_start, outward);
            self.selection = Some(Selection::of(span));
        } else if let (Some(id), Some(span), true) =
            (self.focus, self.focus_span, self.focus_is_own)
        {
            let new = nudge(&self.text, span, at_start, outward);
            if new != span {
                self.focus_span = Some(new);
                self.ranged = Some((id, new));
            }
        }
    }

    /// Presses, drags and clicks on the text.
    pub(super) fn pointer(
        &mut self,
        ui: &Ui,
        response: &Response,
        source: &Source<'_>,
        columns: &Columns,
    ) {
        let over_text = |p: Pos2| p.x > columns.numbers && p.x < columns.bars;
        if let Some(pos) = response.hover_pos().filter(|&p| over_text(p)) {
            let lead = self.lead_under(pos);
            ui.set_cursor_icon(if self.handle_at(pos, columns).is_some() {
                CursorIcon::ResizeHorizontal
            } else if lead.is_some() {
                CursorIcon::PointingHand
            } else {
                CursorIcon::Text
            });
            if let Some(Lead::ToNote(note)) = lead.filter(|_| !self.dragging) {
                self.show_note(ui, note, pos);
            }
        }
        // Each event by itself: on a slow machine a whole double click can fall into one frame.
        let over = response.contains_pointer();
        let (events_in, time) = ui.input(|i| (i.events.clone(), i.time));
        for event in events_in {
            match event {
                Event::PointerButton {
                    pos,
                    button: PointerButton::Primary,
                    pressed: true,
                    modifiers,
                } if over && over_text(pos) && response.rect.contains(pos) => {
                    response.request_focus();
                    self.press(pos, time, modifiers.shift, columns);
                }
                Event::PointerButton {
                    pos,
                    button: PointerButton::Primary,
                    pressed: false,
                    ..
                } if self.dragging => {
                    self.dragging = false;
                    self.release(source, pos);
                }
                // The menu is about what is under the pointer, unless that is what was selected.
                Event::PointerButton {
                    pos,
                    button: PointerButton::Secondary,
                    pressed: true,
                    ..
                } if over && over_text(pos) && response.rect.contains(pos) => {
                    self.point_menu_at(source, pos);
                }
                Event::PointerMoved(pos) if self.dragging => self.drag(pos),
                _ => {}
            }
        }
        if let Some(pos) = ui
            .input(|i| i.pointer.interact_pos())
            .filter(|_| self.dragging)
        {
            self.scroll_while_dragging(ui, pos, response.rect);
        }
    }

    /// Goes on scrolling while a drag is held above or below the view.
    fn scroll_while_dragging(&mut self, ui: &Ui, pos: Pos2, full: Rect) {
        let beyond = (pos.y - full.bottom()).max(0.0) + (pos.y - full.top()).min(0.0);
        if beyond != 0.0 {
            self.scroll_by(f64::from(beyond) * 0.3);
            self.drag(pos);
            ui.request_repaint();
        }
    }

    fn press(&mut self, pos: Pos2, time: f64, shift: bool, columns: &Columns) {
        let Some(offset) = self.offset_at(pos) else {
            return;
        };
        self.dragging = true;
        if let Some((id, at_start, span)) = self.handle_at(pos, columns) {
            self.dragged_range = Some((id, at_start, span));
            return;
        }
        let clicks = self.clicks.press(time, pos);
        match &mut self.selection {
            Some(selection) if shift => selection.extend_to(&self.text, offset),
            selection => {
                *selection = Some(Selection::start(
                    &self.text,
                    offset,
                    Unit::of_clicks(clicks),
                ))
            }
        }
    }

    fn drag(&mut self, pos: Pos2) {
        let Some(offset) = self.offset_at(pos) else {
            return;
        };
        match (&mut self.dragged_range, &mut self.selection) {
            (Some((_, at_start, span)), _) => {
                let new = if *at_start {
                    Span::new(offset, span.end)
                } else {
                    Span::new(span.start, offset)
                };
                if !new.is_empty() {
                    *span = new;
                }
            }
            (None, Some(selection)) => selection.extend_to(&self.text, offset),
            (None, None) => {}
        }
    }

    fn release(&mut self, source: &Source<'_>, pos: Pos2) {
        if let Some((id, _, span)) = self.dragged_range.take() {
            let changed = source.highlights.get(id).is_some_and(|h| h.span != span);
            if let Some(span) = self.text.trim(span).filter(|_| changed) {
                self.ranged = Some((id, span));
            }
            return;
        }
        if self.selected().is_some() {
            self.focus = None;
        } else if let Some(lead) = self.lead_under(pos) {
            self.follow(lead);
        } else if let Some(offset) = self.offset_at(pos) {
            let next = self.next_highlight_at(source, offset);
            self.focus = next;
        }
    }

    fn point_menu_at(&mut self, source: &Source<'_>, pos: Pos2) {
        let Some(offset) = self.offset_at(pos) else {
            return;
        };
        let here = |span: Span| span.has(offset);
        if self.selected().is_some_and(here) || self.focus_span.is_some_and(here) {
            return;
        }
        self.selection = None;
        let next = self.next_highlight_at(source, offset);
        self.focus = next;
    }

    /// The shortest highlight at `offset`, or the next longer one when one of them is in focus already.
    fn next_highlight_at(&self, source: &Source<'_>, offset: u32) -> Option<HighlightId> {
        let mut here: Vec<&Highlight> = source
            .highlights
            .overlapping(Span::new(offset, offset + 1))
            .filter(|h| source.leading_label(h).is_some())
            .map(|h| &**h)
            .take(200)
            .collect();
        here.sort_by_key(|h| (h.span.len(), h.id));
        let at = self
            .focus
            .and_then(|id| here.iter().position(|h| h.id == id));
        let next = at.map_or(0, |i| (i + 1) % here.len());
        here.get(next).map(|h| h.id)
    }

    /// The handle of the highlight in focus near `pos`: which highlight, whether its start, and its span.
    fn handle_at(&self, pos: Pos2, columns: &Columns) -> Option<(HighlightId, bool, Span)> {
        let (id, span) = (self.focus?, self.focus_span.filter(|_| self.focus_is_own)?);
        let rects = self.rects_of(span, columns.text.left());
        let near = |rect: Rect| rect.expand2(vec2(6.0, 4.0)).contains(pos);
        let edge =
            |x: f32, rect: &Rect| Rect::from_min_max(pos2(x, rect.top()), pos2(x, rect.bottom()));
        if let Some(first) = rects.first().filter(|_| self.visible.has(span.start))
            && near(edge(first.left(), first))
        {
            return Some((id, true, span));
        }
        let last = rects
            .last()
            .filter(|_| self.visible.has(span.end.saturating_sub(1)))?;
        near(edge(last.right(), last)).then_some((id, false, span))
    }

    /// The scroll bar: drag it, or click where to go.
    pub(super) fn scroll_bar(&mut self, ui: &Ui, columns: &Columns, palette: &Palette) {
        let bar = columns.scroll;
        let (total, top) = self.extent();
        let view = f64::from(bar.height());
        if total <= view {
            return;
        }
        let response = ui.interact(
            bar,
            ui.scope_id().with("reader scroll bar"),
            // The keyboard scrolls in the text; the bar need not be stopped at.
            Sense::CLICK | Sense::DRAG,
        );
        let share = (view / total) as f32;
        let thumb = (share * bar.height()).max(28.0);
        let room = bar.height() - thumb;
        if let Some(pos) = response.interact_pointer_pos() {
            let at = ((pos.y - bar.top() - thumb / 2.0) / room.max(1.0)).clamp(0.0, 1.0);
            self.scroll_to(f64::from(at) * (total - view));
            ui.request_repaint();
        }
        let at = (top / (total - view)).clamp(0.0, 1.0) as f32 * room;
        let rect = Rect::from_min_size(
            pos2(bar.left() + 4.0, bar.top() + at),
            vec2(
                if response.hovered() || response.dragged() {
                    8.0
                } else {
                    6.0
                },
                thumb,
            ),
        );
        let color = palette
            .dim
            .gamma_multiply(if response.hovered() { 0.7 } else { 0.4 });
        ui.painter().rect_filled(rect, 4.0, color);
    }
}
