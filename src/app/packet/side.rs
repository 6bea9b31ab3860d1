//! The panel at the right: what can be added, how the section is made, how the packet is.

use egui::{RichText, ScrollArea, Ui};

use super::{Desk, Request, State, add, fields, finish, section, state::Face};
use crate::app::theme;

/// Shows the panel.
pub(super) fn show(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    ui.set_min_width(ui.available_width());
    let Some(packet) = state.shown(desk.project()).map(|p| p.id.clone()) else {
        fields::caption(ui, "Packet");
        fields::dim(
            ui,
            "What can be added to a packet, and how its sections are made, shows here.",
        );
        return;
    };
    let faces = [
        (
            Face::Add,
            "Add excerpts",
            "What is coded and not in the section yet",
        ),
        (
            Face::Section,
            "Section",
            "What the section holds, and how it is laid out",
        ),
        (Face::Packet, "Packet", "Title, citations and paper"),
    ];
    if let Some(face) = fields::segments(ui, state.kept.face, &faces) {
        state.kept.face = face;
    }
    ui.add_space(6.0);
    left_out(state, desk, ui);
    match state.kept.face {
        Face::Add => add::show(state, desk, ui),
        Face::Section => scrolled(ui, "section", |ui| section::show(state, desk, ui)),
        Face::Packet => scrolled(ui, "packet", |ui| finish::show(&packet, desk, ui)),
    }
}

fn scrolled(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(("packet side", name))
        .auto_shrink(false)
        .show(ui, |ui| {
            // The scroll bar has its own room.
            ui.set_max_width(ui.available_width() - 8.0);
            add(ui);
        });
}

/// Says what the packet names and is gone.
fn left_out(state: &State, desk: &mut Desk<'_>, ui: &mut Ui) {
    let Some(sheets) = state.sheets.clone() else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    if let Some(why) = &sheets.failed {
        ui.label(RichText::new(why).color(palette.error));
    }
    if sheets.left_out.is_empty() {
        return;
    }
    crate::app::passage::card_frame(&palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        fields::caption(ui, "Left out");
        const SHOWN: usize = 4;
        for gone in sheets.left_out.iter().take(SHOWN) {
            let link = ui.link(RichText::new(&gone.why).size(12.5));
            if link.on_hover_text("Show the section").clicked() {
                desk.ask(Request::Show(gone.section.clone()));
            }
        }
        if let Some(more) = sheets.left_out.len().checked_sub(SHOWN + 1) {
            fields::dim(ui, &format!("And {} more.", more + 1));
        }
        let can_go = { sheets.left_out.iter() }.any(|gone| {
            use crate::export::document::Part;
            matches!(gone.part, Part::Excerpt(..) | Part::Question(_))
        });
        let button = egui::Button::new("Take out what is gone").small();
        let hint = "What was deleted comes back by itself when that is undone.";
        if can_go && ui.add(button).on_hover_text(hint).clicked() {
            desk.ask(Request::Forget);
        }
    });
    ui.add_space(6.0);
}
