//! The packet's sections, at the left: rename, add, delete, move; and which packet.

use egui::{
    Align2, Button, DragAndDrop, Id, Key, Modifiers, Rect, Response, RichText, Role, ScrollArea,
    Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    Desk, Request, State,
    drag::{Carried, CarriedSection},
    fields, inplace, spot,
    spot::Spot,
    state::Part,
};
use crate::{
    app::{
        Command, access,
        session::drafts::{Slot, Text},
        theme,
    },
    model::{Packet, Section, SectionId, Side, Subject},
};

const ROW: f32 = 34.0;

/// Shows them.
pub(super) fn show(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    ui.set_min_width(ui.available_width());
    let packet = state.shown(desk.project()).cloned();
    let Some(packet) = packet else {
        fields::caption(ui, "Packet");
        fields::dim(ui, "There is none yet.");
        return;
    };
    which(&packet, state, desk, ui);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        fields::caption(ui, "Sections");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            add(desk, ui);
        });
    });
    ScrollArea::vertical()
        .id_salt("packet sections")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let order = packet.in_order();
            let shown = state.section(&packet);
            for (at, (id, section)) in order.iter().enumerate() {
                let row = Row {
                    packet: &packet,
                    id,
                    section,
                    at,
                    count: order.len(),
                    chosen: shown.as_ref() == Some(*id),
                };
                row.show(state, desk, ui);
            }
            if order.is_empty() {
                let none = "No sections yet. “+” adds one: a theory, a question, or anything.";
                fields::dim(ui, none);
            }
        });
}

/// Which packet shows, and what can be done with it.
fn which(packet: &Packet, state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    fields::caption(ui, "Packet");
    if state.renaming == Some(Slot::Title) {
        rename(packet, Slot::Title, state, desk, ui, None);
        return;
    }
    let palette = theme::palette(ui.ctx());
    let name = RichText::new(format!("{}  ▼", packet.head.title))
        .font(theme::sans_bold(13.5))
        .color(palette.ink);
    let button = Button::new(name).wrap().frame_when_inactive(false);
    let menu = egui::containers::menu::MenuButton::from_button(button);
    let mut renames = false;
    let (response, _) = menu.ui(ui, |ui| {
        ui.set_min_width(210.0);
        let all: Vec<_> = { desk.project().packets().values() }
            .map(|p| (p.id.clone(), p.head.title.clone()))
            .collect();
        for (id, title) in all {
            if ui.selectable_label(id == packet.id, title).clicked() {
                desk.ask(Request::Open(id));
            }
        }
        ui.separator();
        renames = ui.button("Rename").clicked();
        let others = [
            ("Export packet…", Request::Export),
            ("Duplicate", Request::Duplicate),
            ("New packet…", Request::Choose),
            ("Delete", Request::Delete),
        ];
        for (name, request) in others {
            if ui.button(name).clicked() {
                desk.ask(request);
            }
        }
    });
    let told = format!("Packet: {}", packet.head.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if renames {
        state.renaming = Some(Slot::Title);
    }
}

/// “+”: what the new section is about.
fn add(desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let plus = RichText::new("+").size(17.0).color(palette.dim);
    let button = Button::new(plus).frame_when_inactive(false).small();
    let menu = egui::containers::menu::MenuButton::from_button(button);
    let (response, _) = menu.ui(ui, |ui| {
        ui.set_min_width(190.0);
        ui.menu_button("A theory", |ui| {
            let mut chosen = None;
            ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for (depth, label) in desk.project().codebook() {
                    let name = format!("{}{}", "    ".repeat(depth), label.name);
                    if ui.button(name).clicked() {
                        chosen = Some(Section {
                            title: label.name.clone(),
                            subject: Subject::Theory(label.id.clone()),
                            definitions: true,
                            ..Section::default()
                        });
                        ui.close();
                    }
                }
            });
            if let Some(section) = chosen {
                desk.ask(Request::Add(Box::new(section)));
            }
        });
        if ui.button("A question").clicked() {
            desk.ask(Request::Add(Box::new(Section {
                title: "Which question?".to_owned(),
                subject: Subject::Question,
                lines: 4,
                ..Section::default()
            })));
        }
        if ui.button("Anything").clicked() {
            desk.ask(Request::NewSection);
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "New section"));
}

/// A field in the place of a name. `next` is what takes the keyboard when that is done.
fn rename(
    packet: &Packet,
    slot: Slot,
    state: &mut State,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
    next: Option<Part>,
) {
    let id = Id::unique(("packet rename", &packet.id, &slot));
    let text = desk.session.packet_text(&packet.id, &slot);
    let mut text = text.unwrap_or_default().to_owned();
    let begins = !ui.memory(|m| m.has_focus(id)) && ui.data(|d| d.get_temp(id) != Some(true));
    let done = ui.memory(|m| m.has_focus(id))
        && ui.input_mut(|i| {
            i.consume_key(Modifiers::NONE, Key::Escape)
                || i.consume_key(Modifiers::NONE, Key::Enter)
        });
    let output = TextEdit::singleline(&mut text)
        .id(id)
        .desired_width(f32::INFINITY)
        .show(ui);
    let response = &output.response.response;
    access::name(response, &inplace::name(&slot));
    lock(ui, id);
    if begins {
        // All of it is selected, to be written over.
        response.request_focus();
        ui.data_mut(|d| d.insert_temp(id, true));
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::new(0),
            egui::text::CCursor::new(text.chars().count()),
        );
        let mut field = output.state.clone();
        field.cursor.set_char_range(Some(all));
        field.store(ui.ctx(), id);
    }
    let mut failed = None;
    if response.changed() {
        failed = desk
            .session
            .write_packet(&packet.id, slot, text, desk.time)
            .err();
    }
    if done || (response.lost_focus() && !begins) {
        response.surrender_focus();
        failed = failed.or(desk.session.commit_draft().err());
        state.renaming = None;
        ui.data_mut(|d| d.remove::<bool>(id));
        if done {
            state.wants_keyboard = next.or(Some(Part::Pages));
        }
    }
    desk.commands.extend(failed.map(Command::Fail));
}

/// Arrows and Esc are the thing's own.
pub(super) fn lock(ui: &Ui, id: Id) {
    let filter = crate::app::keys::ARROWS_AND_ESCAPE;
    ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
}

/// A section in the list.
struct Row<'a> {
    packet: &'a Packet,
    id: &'a SectionId,
    section: &'a Section,
    /// Its place, from 0.
    at: usize,
    count: usize,
    chosen: bool,
}

impl Row<'_> {
    fn title(&self) -> Slot {
        Slot::Of(self.id.clone(), Text::Title)
    }

    /// A click shows it, a double click renames it; it can be dragged, and excerpts can be dropped on it.
    fn show(&self, state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
        if state.renaming.as_ref() == Some(&self.title()) {
            let next = Some(Part::Sections);
            rename(self.packet, self.title(), state, desk, ui, next);
            return;
        }
        let size = vec2(ui.available_width(), ROW);
        let (_, rect) = ui.allocate_space(size);
        // Its own wherever it is moved, so that it keeps the keyboard.
        let id = Id::unique(("packet section", &self.packet.id, self.id));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let name = desk.session.packet_text(&self.packet.id, &self.title());
        let name = name.unwrap_or_default().to_owned();
        response.widget_info(|| {
            let told = format!("Section {}: {name}", self.at + 1);
            WidgetInfo::selected(Role::ListItem, true, self.chosen, told)
        });
        self.paint(&response, rect, &name, ui);
        if self.chosen && state.gets_keyboard(Part::Sections) {
            response.request_focus();
        }
        // Enter is a click, too, for whatever has the keyboard.
        let by_key = response.has_focus() && self.keys(state, desk, ui, response.id);
        if by_key {
            return;
        }
        if response.double_clicked() {
            state.renaming = Some(self.title());
        } else if response.clicked() {
            response.request_focus();
            desk.ask(Request::Show(self.id.clone()));
        }
        if response.drag_started() {
            DragAndDrop::set_payload(ui.ctx(), CarriedSection(self.id.clone()));
        }
        self.dropped(rect, desk, ui);
        response.context_menu(|ui| self.menu(state, desk, ui));
    }

    fn paint(&self, response: &Response, rect: Rect, name: &str, ui: &Ui) {
        if !ui.is_rect_visible(rect) {
            return;
        }
        let palette = theme::palette(ui.ctx());
        let painter = ui.painter_at(rect);
        if self.chosen {
            painter.rect_filled(rect, 6.0, palette.chosen);
        } else if response.hovered() {
            painter.rect_filled(rect, 6.0, palette.line.gamma_multiply(0.55));
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, palette.accent);
            painter.rect_stroke(rect, 6.0, line, StrokeKind::Inside);
        }
        let mid = rect.center().y;
        let count = spot::picks(self.section).map_or(0, <[_]>::len);
        let count = match count {
            0 => String::new(),
            n => n.to_string(),
        };
        let right = pos2(rect.right() - 9.0, mid);
        let font = theme::sans(12.0);
        let number = painter.text(right, Align2::RIGHT_CENTER, count, font, palette.dim);
        let font = match self.chosen {
            true => theme::sans_bold(13.0),
            false => theme::sans(13.0),
        };
        let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, palette.ink);
        let room = number.left() - rect.left() - 16.0;
        job.wrap = egui::text::TextWrapping::truncate_at_width(room);
        let name = painter.layout_job(job);
        let at = pos2(rect.left() + 9.0, mid - name.size().y / 2.0);
        painter.galley(at, name, palette.ink);
    }

    fn move_to(&self, to: usize, desk: &mut Desk<'_>) {
        desk.ask(Request::MoveSection(self.id.clone(), to));
    }

    /// Arrows go from section to section, with Alt the section goes along. Whether Enter was pressed.
    fn keys(&self, state: &mut State, desk: &mut Desk<'_>, ui: &Ui, id: Id) -> bool {
        lock(ui, id);
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        let last = self.at + 1 == self.count;
        if pressed(Modifiers::ALT, Key::ArrowUp) && self.at > 0 {
            self.move_to(self.at - 1, desk);
        }
        if pressed(Modifiers::ALT, Key::ArrowDown) && !last {
            self.move_to(self.at + 1, desk);
        }
        let order = self.packet.in_order();
        let up = self.at.checked_sub(1).and_then(|at| order.get(at));
        for (key, next) in [(Key::ArrowUp, up), (Key::ArrowDown, order.get(self.at + 1))] {
            if pressed(Modifiers::NONE, key)
                && let Some((next, _)) = next
            {
                desk.ask(Request::Show((*next).clone()));
                state.wants_keyboard = Some(Part::Sections);
            }
        }
        if pressed(Modifiers::NONE, Key::F2) {
            state.renaming = Some(self.title());
        }
        let enter = pressed(Modifiers::NONE, Key::Enter);
        if enter || pressed(Modifiers::NONE, Key::ArrowRight) {
            desk.ask(Request::Show(self.id.clone()));
            state.wants_keyboard = Some(Part::Pages);
        }
        if pressed(Modifiers::NONE, Key::Delete) || pressed(Modifiers::NONE, Key::Backspace) {
            desk.ask(Request::DeleteSection(self.id.clone()));
            state.wants_keyboard = Some(Part::Sections);
        }
        if pressed(Modifiers::NONE, Key::Escape) {
            state.wants_keyboard = Some(Part::Pages);
        }
        enter
    }

    /// Shows where what is carried would go, and puts it there when it is let go of.
    fn dropped(&self, rect: Rect, desk: &mut Desk<'_>, ui: &Ui) {
        let pointer = ui.ctx().pointer_latest_pos();
        let Some(pointer) = pointer.filter(|p| rect.expand2(vec2(0.0, 1.0)).contains(*p)) else {
            return;
        };
        let palette = theme::palette(ui.ctx());
        let released = ui.input(|i| i.pointer.any_released());
        if let Some(carried) = DragAndDrop::payload::<CarriedSection>(ui.ctx()) {
            let below = pointer.y > rect.center().y;
            let y = if below { rect.bottom() } else { rect.top() };
            let line = Stroke::new(2.0, palette.accent);
            ui.painter().hline(rect.x_range(), y, line);
            if released {
                DragAndDrop::clear_payload(ui.ctx());
                let order = self.packet.in_order();
                let from = order.iter().position(|(id, _)| **id == carried.0);
                let to = self.at + usize::from(below);
                // The place is counted without the section itself.
                let to = to - usize::from(from.is_some_and(|from| from < to));
                desk.ask(Request::MoveSection(carried.0.clone(), to));
            }
        } else if let Some(carried) = Carried::now(ui.ctx()) {
            let line = Stroke::new(2.0, palette.accent);
            ui.painter()
                .rect_stroke(rect, 6.0, line, StrokeKind::Inside);
            if released {
                DragAndDrop::clear_payload(ui.ctx());
                self.take(&carried, desk);
            }
        }
    }

    /// Puts excerpts at the end of the section.
    fn take(&self, carried: &Carried, desk: &mut Desk<'_>) {
        if spot::picks(self.section).is_none() {
            desk.commands.push(Command::Fail(spot::BY_RULE.to_owned()));
            return;
        }
        let spot = Spot {
            section: self.id.clone(),
            side: Side::First,
            before: None,
        };
        let picks = carried.picks.clone();
        desk.ask(Request::PutExcerpts(picks, carried.from.clone(), spot));
    }

    fn menu(&self, state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
        ui.set_min_width(160.0);
        if ui.button("Rename").clicked() {
            state.renaming = Some(self.title());
        }
        let up = ui.add_enabled(self.at > 0, Button::new("Move up"));
        if up.clicked() {
            self.move_to(self.at - 1, desk);
        }
        let down = ui.add_enabled(self.at + 1 < self.count, Button::new("Move down"));
        if down.clicked() {
            self.move_to(self.at + 1, desk);
        }
        if ui.button("Duplicate").clicked() {
            desk.ask(Request::DuplicateSection(self.id.clone()));
        }
        if ui.button("Delete").clicked() {
            desk.ask(Request::DeleteSection(self.id.clone()));
        }
    }
}
