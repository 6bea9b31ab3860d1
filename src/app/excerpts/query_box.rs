//! The box for the whole query in one line of text, with what is wrong shown where it is.

use egui::{
    EventFilter, Galley, Id, Key, Modifiers, Pos2, RichText, Shape, Stroke, TextEdit, Ui, pos2,
    text::CCursor, vec2,
};

use super::state::State;
use crate::{
    analysis::query::QueryError,
    app::{access, theme::Palette},
};

/// The field.
fn id() -> Id {
    Id::unique("query box")
}

/// Has the box take the keyboard.
pub(super) fn take_keyboard(ui: &Ui) {
    ui.memory_mut(|m| m.request_focus(id()));
}

/// Shows it when it is open, or when it holds what can't be understood.
pub(super) fn show(state: &mut State, ui: &mut Ui, palette: &Palette) {
    if !state.filter.open {
        return;
    }
    if std::mem::take(&mut state.box_wants_keyboard) {
        take_keyboard(ui);
    }
    ui.add_space(2.0);
    let done = ui.memory(|m| m.has_focus(id()))
        && ui.input_mut(|i| {
            i.consume_key(Modifiers::NONE, Key::Escape)
                || i.consume_key(Modifiers::NONE, Key::Enter)
                || i.consume_key(Modifiers::NONE, Key::ArrowDown)
        });
    let output = TextEdit::singleline(&mut state.filter.typed)
        .id(id())
        .hint_text("label:Entrapment near(paragraph) label:Multipolarity not coder:AL")
        .desired_width(f32::INFINITY)
        .show(ui);
    let response = output.response.response;
    access::name(&response, "Query");
    lock(ui);
    if response.changed() {
        let before = state.filter.query().clone();
        state.filter.read();
        if before != *state.filter.query() {
            state.asked_otherwise();
        }
    }
    if done {
        response.surrender_focus();
        state.take_keyboard();
    }
    let error = state.filter.error().cloned().or_else(|| state.not_there());
    if let Some(error) = error {
        let text = state.filter.typed.as_str();
        mark(ui, &output.galley, output.galley_pos, text, &error, palette);
        ui.label(
            RichText::new(&error.message)
                .size(12.5)
                .color(palette.error),
        );
        if let Some(hint) = &error.hint {
            ui.label(RichText::new(hint).size(12.5).color(palette.dim));
        }
    }
}

/// Arrows and Esc are the field's own.
fn lock(ui: &Ui) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: false,
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(id(), filter));
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

/// Whether what was typed opens the box.
pub(super) fn is_asked_for(typed: &str) -> bool {
    typed.starts_with('/')
}
