//! The box for the whole query in one line of text.

use egui::{Id, Ui};

use super::state::State;
use crate::{
    analysis::Corpus,
    app::{query_field::QueryField, theme::Palette},
};

/// Shows it when it is open.
pub(super) fn show(state: &mut State, corpus: &Corpus, ui: &mut Ui, palette: &Palette) {
    if !state.filter.open {
        return;
    }
    let field = QueryField {
        id: Id::unique("query box"),
        name: "Query",
        hint: "label:Entrapment near(paragraph) label:Multipolarity not coder:AL",
    };
    if std::mem::take(&mut state.box_wants_keyboard) {
        ui.memory_mut(|m| m.request_focus(field.id));
    }
    ui.add_space(4.0);
    let typed = field.show(&mut state.filter.typed, &mut state.offers, corpus, ui);
    if typed.changed {
        let before = state.filter.query().clone();
        state.filter.read();
        if before != *state.filter.query() {
            state.asked_otherwise();
        }
    }
    if typed.done {
        state.take_keyboard();
    }
    let error = state.filter.error().cloned().or_else(|| state.not_there());
    if let Some(error) = error {
        typed.told(&state.filter.typed, &error, ui, palette);
    }
}

/// Whether what was typed opens the box.
pub(super) fn is_asked_for(typed: &str) -> bool {
    typed.starts_with('/')
}
