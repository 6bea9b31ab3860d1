//! The bar for what is selected: labels, stance, note, copy, export, remove, for all of it at once.

use egui::{
    Button, Panel, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui,
    containers::menu::{MenuButton, MenuConfig},
};

use super::{Change, Request, Whose, fields, selected::Tally, state::State};
use crate::app::{
    Command, Session, access,
    action::Action,
    theme::{self, Palette},
    words,
};

/// Shows it at the bottom of the view when something is selected.
pub(super) fn show(
    state: &mut State,
    session: &Session,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
) {
    let Some(listing) = state.listing.clone().filter(|_| !state.selected.is_empty()) else {
        return;
    };
    let tally = state.selected.tally(&listing).clone();
    let frame = egui::Frame::new()
        .fill(palette.card)
        .inner_margin(egui::Margin::symmetric(14, 7));
    Panel::bottom("selected excerpts")
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(5.0, 5.0);
                told(session, &tally, ui, palette);
                if ui.small_button("Add label…").clicked() {
                    commands.push(Command::Pick(String::new()));
                }
                take_off(session, &tally, commands, ui);
                stance(commands, ui);
                note(state, commands, ui);
                requests(commands, ui);
                if ui
                    .small_button("Clear")
                    .on_hover_text("Select nothing: Esc")
                    .clicked()
                {
                    state.selected.clear();
                }
            });
        });
}

/// How many are selected, and of whom those are that can't be changed.
fn told(session: &Session, tally: &Tally, ui: &mut Ui, palette: &Palette) {
    let text = format!("{} selected", words::grouped(tally.count));
    ui.label(RichText::new(text).font(theme::sans_bold(12.5)));
    let (names, count) = tally.others(session.coder());
    if count > 0 {
        let names: Vec<&str> = names.into_iter().map(|n| n.as_str()).collect();
        let text = format!("{} of {}", words::grouped(count), names.join(", "));
        let text = RichText::new(text).size(12.5).color(palette.dim);
        ui.label(text)
            .on_hover_text("These stay as they are: only their coder can change them.");
    }
    ui.add_space(4.0);
}

fn edit(change: Change) -> Command {
    Command::Excerpts(Request::Edit(change, Whose::Selected))
}

fn menu<'a>(name: &'a str) -> MenuButton<'a> {
    MenuButton::from_button(Button::new(name).small())
}

/// The labels that some of them carry, to be taken off.
fn take_off(session: &Session, tally: &Tally, commands: &mut Vec<Command>, ui: &mut Ui) {
    menu("Take label off").ui(ui, |ui| {
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (_, label) in session.project().codebook() {
                let Some(count) = tally.labels.get(&label.id) else {
                    continue;
                };
                let name = format!("{}  ({})", label.name, words::grouped(*count));
                if ui.button(name).clicked() {
                    commands.push(edit(Change::TakeOff(label.id.clone())));
                    ui.close();
                }
            }
        });
    });
}

fn stance(commands: &mut Vec<Command>, ui: &mut Ui) {
    menu("Stance").ui(ui, |ui| {
        if let Some(stance) = fields::stances(ui, None) {
            commands.push(edit(Change::Stance(stance)));
        }
    });
}

/// A note for all of them, added to what is there or in its place.
fn note(state: &mut State, commands: &mut Vec<Command>, ui: &mut Ui) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    menu("Note…").config(config).ui(ui, |ui| {
        ui.set_width(300.0);
        let text = &mut state.note_for_all;
        let response = ui.add(
            TextEdit::multiline(text)
                .hint_text("A note for all of them")
                .desired_rows(3)
                .desired_width(f32::INFINITY),
        );
        access::name(&response, "Note for all selected");
        if !response.has_focus() && ui.memory(|m| m.focused().is_none()) {
            response.request_focus();
        }
        ui.horizontal(|ui| {
            let written = !text.trim().is_empty();
            let add = ui.add_enabled(written, Button::new("Add to their notes"));
            let replace = ui.button("Write in place of their notes");
            let change = match (add.clicked(), replace.clicked()) {
                (true, _) => Change::Append(text.trim().to_owned()),
                (_, true) => Change::Note(text.trim().to_owned()),
                _ => return,
            };
            commands.push(edit(change));
            text.clear();
            ui.close();
        });
    });
}

fn requests(commands: &mut Vec<Command>, ui: &mut Ui) {
    let all = [
        (
            "Copy",
            "Copy them as quotes with citations: Ctrl+C",
            Request::Copy,
        ),
        ("Export…", "Take them away in any format", Request::Export),
        (
            "Remove",
            "Remove them: Delete",
            Request::Edit(Change::Remove, Whose::Selected),
        ),
    ];
    if ui
        .small_button("Add to packet…")
        .on_hover_text(Action::AddToPacket.info().help)
        .clicked()
    {
        commands.push(Command::Do(Action::AddToPacket));
    }
    for (name, hint, request) in all {
        if ui.small_button(name).on_hover_text(hint).clicked() {
            commands.push(Command::Excerpts(request));
        }
    }
}
