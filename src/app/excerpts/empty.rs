//! What stands in the place of a list that is empty: what to do about it.

use egui::{Rect, RichText, Ui, UiBuilder};

use super::{Request, filter, listing::Listing, measure, state::State};
use crate::app::{
    Command, View,
    theme::{self, Palette},
    words,
};

/// Shows it in all the room there is.
pub(super) fn show(
    state: &State,
    listing: &Listing,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    full: Rect,
    palette: &Palette,
) {
    let column = measure::column(full);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(column));
    let ui = &mut inner;
    ui.add_space(26.0);
    ui.spacing_mut().item_spacing.y = 9.0;
    if listing.total == 0 {
        nothing_coded(commands, ui, palette);
    } else if let Some(error) = &listing.error {
        title(ui, "The query asks for something that is not there.");
        line(ui, palette, &error.message);
        if let Some(hint) = &error.hint {
            line(ui, palette, hint);
        }
    } else {
        nothing_passes(state, listing, commands, ui, palette);
    }
}

fn title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::serif(20.0)));
}

fn line(ui: &mut Ui, palette: &Palette, text: &str) {
    ui.label(RichText::new(text).size(13.5).color(palette.dim));
}

fn nothing_coded(commands: &mut Vec<Command>, ui: &mut Ui, palette: &Palette) {
    title(ui, "Nothing is coded yet.");
    line(
        ui,
        palette,
        "Open a reading, select a passage and press the digit of a label, or type the label’s name. \
         Everything that was coded, by you and by others, is gathered here.",
    );
    if ui
        .button("Go to the reading")
        .on_hover_text("Ctrl+1")
        .clicked()
    {
        commands.push(Command::View(View::Read));
    }
}

fn nothing_passes(
    state: &State,
    listing: &Listing,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
) {
    let total = words::counted(listing.total, "excerpt");
    title(ui, "No excerpt passes these filters.");
    match listing.without.as_slice() {
        [] | [_] => line(ui, palette, &format!("There are {total} in all.")),
        all => {
            line(ui, palette, "What to loosen:");
            for (condition, count) in all {
                let name = filter::name(condition, &listing.corpus);
                let text = format!("Without {name}: {}", words::counted(*count, "excerpt"));
                if ui.link(RichText::new(text).size(13.5)).clicked() {
                    let query = state.filter.without(condition);
                    commands.push(Command::Excerpts(Request::Query(query)));
                }
            }
        }
    }
    if ui.button("Clear the filters").clicked() {
        commands.push(Command::Excerpts(Request::Clear));
    }
}
