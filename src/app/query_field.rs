//! A field for a query in one line of text, with what could stand at the cursor, and what is wrong shown where it is.

use egui::{
    Area, Button, Frame, Galley, Id, Key, Modifiers, Order, Pos2, Response, RichText, Shape,
    Stroke, TextEdit, Ui, pos2,
    text::{CCursor, CCursorRange},
    text_edit::{TextEditOutput, TextEditState},
    vec2,
};

use super::{access, theme::Palette};
use crate::analysis::{
    Corpus,
    query::{Completion, QueryError, complete},
};

/// What can be put in at the cursor.
#[derive(Default)]
pub struct Offers {
    /// The text and the cursor that they are for.
    of: Option<(String, usize)>,
    /// The cursor in characters.
    cursor: usize,
    all: Vec<Completion>,
    chosen: Option<usize>,
    /// Whether the pointer is over them: a press there takes the keyboard from the field before the click is done.
    over: bool,
}

/// The field.
pub struct QueryField<'a> {
    /// What it is known by.
    pub id: Id,
    /// Its accessible name.
    pub name: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
}

/// What happened in the field.
pub struct Typed {
    /// Whether the text changed.
    pub changed: bool,
    /// Whether it is done with: Enter or Esc was pressed and nothing was to be put in.
    pub done: bool,
    output: TextEditOutput,
}

impl QueryField<'_> {
    /// Shows the field with what it offers.
    pub fn show(
        &self,
        text: &mut String,
        offers: &mut Offers,
        corpus: &Corpus,
        ui: &mut Ui,
    ) -> Typed {
        let has_it = ui.memory(|m| m.has_focus(self.id));
        let left = has_it && keys(offers, ui);
        let output = TextEdit::singleline(text)
            .id(self.id)
            .hint_text(self.hint)
            .desired_width(f32::INFINITY)
            .show(ui);
        let response = &output.response.response;
        access::name(response, self.name);
        lock(ui, self.id);
        let cursor = output.cursor_range.map(|range| range.primary.index.0);
        let cursor = match (has_it, offers.over) {
            (true, _) => cursor,
            (false, true) => Some(offers.cursor),
            (false, false) => None,
        };
        let mut changed = response.changed();
        if let Some(cursor) = cursor {
            changed |= complete_at(text, offers, corpus, cursor, response, left);
        } else {
            *offers = Offers::default();
        }
        let done = left && offers.chosen.is_none();
        if done {
            response.surrender_focus();
        }
        Typed {
            changed,
            done,
            output,
        }
    }
}

impl Typed {
    /// Shows what is wrong with the text, under where it is.
    pub fn told(&self, text: &str, error: &QueryError, ui: &mut Ui, palette: &Palette) {
        let at = self.output.galley_pos;
        mark(ui, &self.output.galley, at, text, error, palette);
        let message = RichText::new(&error.message).size(12.5);
        ui.label(message.color(palette.error));
        if let Some(hint) = &error.hint {
            ui.label(RichText::new(hint).size(12.5).color(palette.dim));
        }
    }
}

/// Takes the keys that leave the field or choose what to put in. Whether Enter or Esc was pressed.
fn keys(offers: &mut Offers, ui: &Ui) -> bool {
    let last = offers.all.len().checked_sub(1);
    let (down, up, tab, enter, escape) = ui.input_mut(|i| {
        (
            i.consume_key(Modifiers::NONE, Key::ArrowDown),
            i.consume_key(Modifiers::NONE, Key::ArrowUp),
            last.is_some() && i.consume_key(Modifiers::NONE, Key::Tab),
            i.consume_key(Modifiers::NONE, Key::Enter),
            i.consume_key(Modifiers::NONE, Key::Escape),
        )
    });
    if escape {
        offers.chosen = None;
    }
    if let Some(last) = last {
        match offers.chosen {
            None if down || tab => offers.chosen = Some(0),
            Some(at) if down => offers.chosen = Some((at + 1).min(last)),
            Some(at) if up => offers.chosen = at.checked_sub(1),
            _ => {}
        }
    }
    enter || escape || tab
}

/// Offers what could stand at the cursor, given in characters; puts in what was chosen. Whether the text changed.
fn complete_at(
    text: &mut String,
    offers: &mut Offers,
    corpus: &Corpus,
    cursor: usize,
    response: &Response,
    take: bool,
) -> bool {
    let byte = (text.char_indices().nth(cursor)).map_or(text.len(), |(at, _)| at);
    let of = Some((text.clone(), byte));
    if offers.of != of {
        *offers = Offers {
            all: complete(text, byte, corpus),
            of,
            cursor,
            ..Offers::default()
        };
    }
    let clicked = popup(offers, response);
    let picked = offers.chosen.filter(|_| take).or(clicked);
    let Some(one) = picked.and_then(|at| offers.all.get(at)) else {
        return false;
    };
    let (from, to) = one.range;
    text.replace_range(from..to, &one.text);
    let end = text[..from + one.text.len()].chars().count();
    let mut field = TextEditState::load(&response.ctx, response.id).unwrap_or_default();
    let caret = CCursorRange::one(CCursor::new(end));
    field.cursor.set_char_range(Some(caret));
    field.store(&response.ctx, response.id);
    response.request_focus();
    true
}

/// The list under the field. Returns which one was clicked.
fn popup(offers: &mut Offers, response: &Response) -> Option<usize> {
    let mut clicked = None;
    if offers.all.is_empty() {
        offers.over = false;
        return clicked;
    }
    let at = response.rect.left_bottom() + vec2(0.0, 4.0);
    let area = Area::new(response.id.with("offers"))
        .order(Order::Foreground)
        .fixed_pos(at)
        .show(&response.ctx, |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(300.0);
                ui.spacing_mut().item_spacing.y = 1.0;
                for (i, one) in offers.all.iter().enumerate() {
                    let chosen = offers.chosen == Some(i);
                    let entry = ui.add(Button::selectable(chosen, &one.label));
                    if entry.clicked() {
                        clicked = Some(i);
                    }
                }
            });
        });
    offers.over = area.response.contains_pointer();
    clicked
}

/// Arrows and Esc are the field's own.
fn lock(ui: &Ui, id: Id) {
    let filter = crate::app::keys::ARROWS_AND_ESCAPE;
    ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
}

/// A wavy line under what is wrong, or a wedge where something is missing.
fn mark(ui: &Ui, galley: &Galley, at: Pos2, text: &str, error: &QueryError, palette: &Palette) {
    let place = |byte: usize| {
        let before = text.get(..byte).unwrap_or(text);
        let cursor = CCursor::new(before.chars().count());
        galley.pos_from_cursor(cursor).translate(at.to_vec2())
    };
    let (from, to) = (place(error.at.0), place(error.at.1));
    let (left, right, y) = (from.left(), to.left(), from.bottom() + 1.0);
    let painter = ui.painter();
    if right - left < 2.0 {
        let tip = pos2(left, y - 2.0);
        let points = vec![tip, tip + vec2(4.0, 5.0), tip + vec2(-4.0, 5.0)];
        painter.add(Shape::convex_polygon(points, palette.error, Stroke::NONE));
        return;
    }
    let step = |i: usize| {
        let x = left + 2.0 * i as f32;
        pos2(
            x.min(right),
            y + if i.is_multiple_of(2) { 0.0 } else { 2.0 },
        )
    };
    let count = ((right - left) / 2.0) as usize + 1;
    let points = (0..=count).map(step).collect();
    painter.add(Shape::line(points, Stroke::new(1.3, palette.error)));
}
