//! The card of the highlight in focus: quote, labels, stance, note; and the reader's context menu.

use egui::{
    Button, Frame, Key, Modifiers, RichText, TextEdit, Ui,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use super::{Command, Session, access, action::Action, session::NoteDraft, theme, words};
use crate::model::{Highlight, Stance};

/// The frame of a card on a panel.
pub fn card_frame(palette: &theme::Palette) -> Frame {
    Frame::new()
        .fill(palette.card)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(8)
        .inner_margin(egui::Margin::same(11))
}

/// Shows the card of the highlight in focus, if one is.
pub fn card(session: &mut Session, commands: &mut Vec<Command>, ui: &mut Ui, time: f64) {
    let palette = theme::palette(ui.ctx());
    let Some((h, shelf)) = session.focused().zip(session.shelf()) else {
        session.note_wants_keyboard = false;
        return;
    };
    let h = h.clone();
    let reading = &shelf.reading;
    let quote = words::beginning(&reading.text, h.span, 220);
    let locator = words::locator(reading, h.span);
    let length = words::length(reading, h.span);
    ui.add_space(2.0);
    card_frame(&palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let caps = RichText::new("THIS PASSAGE")
                .font(theme::sans_bold(11.0))
                .color(palette.dim);
            ui.label(caps.extra_letter_spacing(0.8));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(
                    RichText::new(locator)
                        .font(theme::sans_bold(12.0))
                        .color(palette.dim),
                );
            });
        });
        ui.label(RichText::new(format!("“{quote}”")).font(theme::serif(15.0)));
        let own = session.is_own(&h);
        labels(session, &h, own, commands, ui);
        ui.add_enabled_ui(own, |ui| stances(&h, commands, ui));
        if own {
            note(session, &h, commands, ui, time);
        } else {
            session.note_wants_keyboard = false;
            if !h.note.is_empty() {
                ui.label(&h.note);
            }
        }
        let last = format!("{} · {} · {length}", h.coder, words::day(h.created));
        ui.horizontal(|ui| {
            ui.label(RichText::new(last).size(12.0).color(palette.dim));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = Button::new("Remove").small();
                if ui
                    .add_enabled(own, button)
                    .on_hover_text(Action::RemoveHighlight.info().help)
                    .clicked()
                {
                    commands.push(Command::Do(Action::RemoveHighlight));
                }
            });
        });
    });
}

fn labels(session: &Session, h: &Highlight, own: bool, commands: &mut Vec<Command>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(5.0, 4.0);
        for id in &h.labels {
            let Some(label) = session.project().label(id) else {
                continue;
            };
            let cross = if own { " ×" } else { "" };
            let text = RichText::new(format!("{}{cross}", label.name))
                .size(12.0)
                .color(palette.label_text(label.color));
            let button = Button::new(text)
                .small()
                .fill(palette.label_tint(label.color, false))
                .stroke(egui::Stroke::NONE);
            if !own {
                ui.add(button.sense(egui::Sense::hover()));
                continue;
            }
            let response = ui.add(button).on_hover_text("Take this label off");
            response.widget_info(|| {
                egui::WidgetInfo::labeled(
                    egui::Role::Button,
                    true,
                    format!("Take off {}", label.name),
                )
            });
            if response.clicked() {
                commands.push(Command::Untag(id.clone()));
            }
        }
        if ui
            .small_button("+ label")
            .on_hover_text("Add a label: Enter, or type its name")
            .clicked()
        {
            commands.push(Command::Pick(String::new()));
        }
    });
}

fn stances(h: &Highlight, commands: &mut Vec<Command>, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(3.0, 3.0);
        for stance in Stance::ALL {
            let chosen = h.stance == Some(stance);
            let button =
                Button::selectable(chosen, RichText::new(stance.word()).size(12.0)).small();
            let help = format!("The passage {stance} the theory; press again to clear");
            if ui.add(button).on_hover_text(help).clicked() {
                commands.push(Command::SetStance((!chosen).then_some(stance)));
            }
        }
    });
}

/// The field of a highlight's note. What is written in it is saved when one stops, and when the field is left. Whether the field
/// has the keyboard.
pub fn note(
    session: &mut Session,
    h: &Highlight,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    time: f64,
) -> bool {
    if session.note.as_ref().is_none_or(|n| n.highlight != h.id) {
        if let Err(error) = session.commit_note() {
            commands.push(Command::Fail(error));
        }
        session.note = Some(NoteDraft {
            reading: h.reading.clone(),
            highlight: h.id,
            text: h.note.clone(),
            touched: None,
        });
    }
    // In the frame after a dialog nothing below it can have the keyboard yet.
    let allowed = ui.memory(|m| m.allows_interaction(ui.layer_id()));
    let wants = allowed && std::mem::take(&mut session.note_wants_keyboard);
    let Some(draft) = &mut session.note else {
        return false;
    };
    if draft.touched.is_none() && draft.text.trim_end() != h.note {
        draft.text.clone_from(&h.note);
    }
    // A field of its own for each highlight: else the caret would stand where it stood in another note.
    let id = egui::Id::unique(("note of the highlight", h.id.0));
    let done = ui.memory(|m| m.has_focus(id))
        && ui.input_mut(|i| {
            i.consume_key(Modifiers::NONE, Key::Escape)
                || i.consume_key(Modifiers::COMMAND, Key::Enter)
        });
    // Before the field is shown, so that not a letter typed meanwhile goes elsewhere.
    if wants {
        ui.memory_mut(|m| m.request_focus(id));
        let end = CCursor::new(draft.text.chars().count());
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(end)));
        state.store(ui.ctx(), id);
    }
    let response = ui.add(
        TextEdit::multiline(&mut draft.text)
            .id(id)
            .hint_text("Note")
            .desired_rows(2)
            .desired_width(f32::INFINITY),
    );
    access::name(&response, "Note");
    // Else egui takes the keyboard from the field before it is asked, and Esc backs out of the highlight as well.
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(id, crate::app::keys::ARROWS_AND_ESCAPE);
    });
    if response.changed() {
        draft.touched = Some(time);
    }
    if done {
        response.surrender_focus();
        session.take_keyboard();
    }
    if (done || response.lost_focus())
        && let Err(error) = session.commit_note()
    {
        commands.push(Command::Fail(error));
    }
    response.has_focus() && !done
}

/// The menu of the reader.
pub fn menu(session: &Session, response: &egui::Response, commands: &mut Vec<Command>) {
    let selected = session.reader.selected().is_some();
    let focused = session.reader.focus().is_some();
    response.context_menu(|ui| {
        ui.set_min_width(180.0);
        let mut offer = |ui: &mut Ui, action: Action, enabled: bool| {
            let info = action.info();
            let mut button = Button::new(info.name);
            if let Some(key) = info.keys.first() {
                button = button.shortcut_text(ui.ctx().format_shortcut(key));
            }
            if ui.add_enabled(enabled, button).clicked() {
                commands.push(Command::Do(action));
                ui.close();
            }
        };
        offer(ui, Action::Tag, selected || focused);
        offer(ui, Action::CopyQuote, selected || focused);
        ui.separator();
        offer(ui, Action::EditNote, focused);
        offer(ui, Action::RemoveHighlight, focused);
    });
}
