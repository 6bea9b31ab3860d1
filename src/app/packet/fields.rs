//! Fields of the panel at the right.

use egui::{Button, Response, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::{Desk, inplace};
use crate::{
    app::{
        Command, access,
        session::drafts::{Slot, Text},
        theme,
    },
    model::PacketId,
};

/// A small heading.
pub fn caption(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui.ctx());
    let caps = RichText::new(text.to_uppercase())
        .font(theme::sans_bold(11.0))
        .color(palette.dim);
    ui.label(caps.extra_letter_spacing(0.8));
}

/// A line of small text.
pub fn dim(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui.ctx());
    ui.label(RichText::new(text).size(12.5).color(palette.dim));
}

/// A field for a text of a packet, saved as one types.
pub(super) fn text(
    packet: &PacketId,
    slot: Slot,
    hint: &str,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) -> Response {
    let now = desk.session.packet_text(packet, &slot).unwrap_or_default();
    let mut text = now.to_owned();
    let edit = match slot {
        Slot::Of(_, Text::Introduction) => TextEdit::multiline(&mut text).desired_rows(4),
        Slot::Of(_, Text::Question(_)) => TextEdit::multiline(&mut text).desired_rows(1),
        _ => TextEdit::singleline(&mut text),
    };
    let edit = edit.hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(edit.id_salt(("packet field", packet, &slot)));
    access::name(&response, &inplace::name(&slot));
    if response.changed()
        && let Err(error) = desk.session.write_packet(packet, slot, text, desk.time)
    {
        desk.commands.push(Command::Fail(error));
    }
    if response.lost_focus()
        && let Err(error) = desk.session.commit_draft()
    {
        desk.commands.push(Command::Fail(error));
    }
    response
}

/// A few choices side by side, the one that holds raised. Returns what was chosen.
pub fn segments<T: Copy + PartialEq>(ui: &mut Ui, now: T, all: &[(T, &str, &str)]) -> Option<T> {
    let palette = theme::palette(ui.ctx());
    let frame = egui::Frame::new()
        .fill(palette.line)
        .corner_radius(7)
        .inner_margin(2);
    let mut chosen = None;
    frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            ui.spacing_mut().button_padding = egui::vec2(9.0, 3.0);
            for (value, name, help) in all {
                let holds = *value == now;
                let (fill, color) = match holds {
                    true => (palette.card, palette.ink),
                    false => (egui::Color32::TRANSPARENT, palette.dim),
                };
                let font = match holds {
                    true => theme::sans_bold(12.5),
                    false => theme::sans(12.5),
                };
                let text = RichText::new(*name).font(font).color(color);
                let button = Button::new(text)
                    .fill(fill)
                    .stroke(egui::Stroke::NONE)
                    .corner_radius(6);
                let response = ui.add(button);
                response
                    .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, holds, *name));
                if response.clicked() && !holds {
                    chosen = Some(*value);
                }
                if !help.is_empty() {
                    response.on_hover_text(*help);
                }
            }
        });
    });
    chosen
}

/// A number that is made larger or smaller by one. Returns the new one.
pub fn stepper(ui: &mut Ui, name: &str, now: u8, most: u8) -> Option<u8> {
    let mut new = None;
    ui.horizontal(|ui| {
        ui.label(name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let more = ui.add_enabled(now < most, Button::new("+").small());
            let width = ui.spacing().interact_size.x.min(26.0);
            let number = egui::Label::new(RichText::new(now.to_string()).size(13.0));
            ui.add_sized([width, 18.0], number);
            let less = ui.add_enabled(now > 0, Button::new("−").small());
            for (button, what, to) in [
                (more, "More", now.saturating_add(1)),
                (less, "Fewer", now.saturating_sub(1)),
            ] {
                let told = format!("{what}: {name}");
                button.widget_info(|| WidgetInfo::labeled(Role::Button, button.enabled(), &told));
                if button.clicked() {
                    new = Some(to);
                }
            }
        });
    });
    new
}

/// A menu that shows what holds. Returns what was chosen.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    now: T,
    all: &[(T, String)],
) -> Option<T> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.label(name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let told = all.iter().find(|(value, _)| *value == now);
            let told = told.map_or("", |(_, told)| told);
            let (response, _) =
                egui::containers::menu::MenuButton::new(format!("{told}  ▼")).ui(ui, |ui| {
                    for (value, told) in all {
                        if ui.selectable_label(*value == now, told).clicked() {
                            chosen = Some(*value);
                        }
                    }
                });
            let spoken = format!("{name}: {told}");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        });
    });
    chosen
}

/// A button that does something, named for what it is about. Whether it was pressed.
pub fn small(ui: &mut Ui, text: &str, name: &str) -> bool {
    let button = Button::new(RichText::new(text).size(12.5)).small();
    let response = ui
        .add(button.frame_when_inactive(false))
        .on_hover_text(name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}
