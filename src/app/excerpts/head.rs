//! Above the list: how many excerpts there are, how they are grouped and sorted.

use egui::{RichText, Ui};

use super::state::State;
use crate::app::{Command, theme, words};

/// Shows it.
pub(super) fn show(state: &mut State, commands: &mut Vec<Command>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let _ = commands;
    ui.horizontal(|ui| {
        ui.add_space(34.0);
        if let Some((shown, _)) = state.counts() {
            let text = words::counted(shown, "excerpt");
            ui.label(RichText::new(text).size(12.5).color(palette.dim));
        }
    });
}
