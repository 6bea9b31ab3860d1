//! What shows where there is no packet yet, or a new one is begun: what a packet is, and the templates.

use egui::{Key, Modifiers, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{Desk, Request, State, templates};
use crate::app::{Command, View, passage::card_frame, theme};

/// Shows it in all the room there is.
pub(super) fn show(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let full = ui.available_rect_before_wrap();
    let there = state.shown(desk.project()).is_some();
    let nothing_coded = desk.project().highlight_count() == 0;
    let width = (full.width() - 60.0).min(620.0);
    let left = full.center().x - width / 2.0;
    let column = Rect::from_min_max(
        egui::pos2(left, full.top()),
        egui::pos2(left + width, full.bottom()),
    );
    let builder = egui::UiBuilder::new().max_rect(column);
    ui.scope_builder(builder, |ui| {
        egui::ScrollArea::vertical()
            .id_salt("packet templates")
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 9.0;
                ui.add_space((full.height() * 0.08).min(70.0));
                let title = match there {
                    true => "A new packet",
                    false => "Put a seminar together",
                };
                ui.label(RichText::new(title).font(theme::serif_bold(26.0)));
                let told = "A packet is what you hand out: sections with an introduction, excerpts with their citations, claims from the \
                            comparison, questions, room for notes, and the readings. Excerpts stay live: what is corrected in a reading is \
                            corrected here.";
                let told = RichText::new(told).font(theme::serif(16.0));
                ui.label(told.color(palette.dim));
                if nothing_coded {
                    let hint = "Nothing is coded yet. A packet can be begun all the same; its sections fill as you tag passages.";
                    ui.label(RichText::new(hint).color(palette.dim));
                    if ui.button("Go to the reading").clicked() {
                        desk.commands.push(Command::View(View::Read));
                    }
                }
                ui.add_space(6.0);
                let first = std::mem::take(&mut state.wants_keyboard).is_some() || desk.idle;
                for (number, (name, help)) in templates::all().enumerate() {
                    card(number, name, help, first && number == 0, desk, ui);
                }
                if there {
                    let key = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
                    if ui.button("Cancel").clicked() || key {
                        desk.ask(Request::DontChoose);
                    }
                }
                ui.add_space(20.0);
            });
    });
}

/// A template: its name, and what it makes.
fn card(number: usize, name: &str, help: &str, first: bool, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let inner = card_frame(&palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(name).font(theme::sans_bold(14.0)));
        ui.label(RichText::new(help).color(palette.dim));
    });
    let id = ui.make_persistent_id(("packet template", number));
    let response = ui.interact(inner.response.rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("New packet: {name}")));
    if first {
        response.request_focus();
    }
    if response.hovered() || response.has_focus() {
        let width = if response.has_focus() { 2.0 } else { 1.0 };
        let line = Stroke::new(width, palette.accent);
        ui.painter()
            .rect_stroke(response.rect, 8.0, line, StrokeKind::Inside);
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    if response.has_focus() {
        let next = ui.input_mut(|i| {
            let down = i.consume_key(Modifiers::NONE, Key::ArrowDown);
            (down, i.consume_key(Modifiers::NONE, Key::ArrowUp))
        });
        ui.memory_mut(|m| match next {
            (true, _) => m.move_focus(egui::FocusDirection::Next),
            (_, true) => m.move_focus(egui::FocusDirection::Previous),
            _ => {}
        });
    }
    if response.clicked() {
        desk.ask(Request::New(number));
    }
    ui.add_space(vec2(0.0, 2.0).y);
}
