//! The pages as they will print, and what one does on them with pointer and keys.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, CursorIcon, Id, Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, scroll_area::ScrollSource, vec2,
};

use super::{
    Desk, Request, State,
    drag::{self, Carried},
    inplace, keys,
    sheets::Sheets,
    spot,
    state::Part as Where,
};
use crate::{
    app::theme::{self, LIGHT},
    export::{
        document::{Origin, Part},
        page::{self, Page},
    },
    model::Packet,
};

/// The room around pages.
const MARGIN: f32 = 26.0;
/// The room between pages.
const GAP: f32 = 22.0;
/// Points of the screen for a point of paper, at the size of print.
pub const PRINT: f32 = 96.0 / 72.0;
/// How many characters of an item's text its accessible name holds.
const NAMED: usize = 1200;
/// How near to an edge what is carried has the pages scroll, and how fast, in points of the screen.
const EDGE: f32 = 46.0;
const SPEED: f32 = 11.0;

/// Where the pages lie.
pub(super) struct Setting {
    /// The upper left corner of the first page on the screen.
    origin: Pos2,
    /// The size of a page in points of the screen.
    size: Vec2,
    /// Points of the screen for a point of paper.
    pub scale: f32,
}

impl Setting {
    /// Where a page lies.
    fn page(&self, at: usize, ui: &Ui) -> Rect {
        let top = self.origin.y + at as f32 * (self.size.y + GAP);
        let pixels = ui.ctx().pixels_per_point();
        let round = |v: f32| (v * pixels).round() / pixels;
        let corner = pos2(round(self.origin.x), round(top));
        Rect::from_min_size(corner, self.size)
    }

    /// Where on the screen something of a page lies.
    pub fn on_screen(&self, page: Rect, rect: &page::Rect) -> Rect {
        let min = page.min + vec2(rect.x, rect.y) * self.scale;
        Rect::from_min_size(min, vec2(rect.width, rect.height) * self.scale)
    }
}

/// Shows the pages in all the room there is.
pub(super) fn show(state: &mut State, packet: &Arc<Packet>, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let full = ui.available_rect_before_wrap();
    ui.painter().rect_filled(full, 0.0, palette.desk);
    let id = ui.make_persistent_id("packet pages");
    let response = ui.interact(full, id, Sense::click());
    if state.gets_keyboard(Where::Pages) || (desk.idle && state.wants_keyboard.is_none()) {
        response.request_focus();
    }
    let Some(sheets) = state.sheets.clone().filter(|s| !s.pages.is_empty()) else {
        return;
    };
    describe(&response, packet, &sheets, state);
    zoom_by_pinch(full, desk, ui);
    keys::on_pages(state, packet, &sheets, &response, desk, ui);
    state.pictures.begin(ui.ctx());
    scrolled(state, packet, &sheets, &response, desk, ui, full);
    // Enter and Space are clicks, too, for what has the keyboard.
    if response.clicked_by(egui::PointerButton::Primary) {
        state.selected = None;
    }
    zoom_buttons(state, desk, ui, full);
    drag::ghost(ui.ctx());
}

/// Says what shows.
fn describe(response: &Response, packet: &Packet, sheets: &Sheets, state: &State) {
    let name = format!(
        "Pages of {}: {}",
        packet.head.title,
        sheets.summary(state.page)
    );
    (response.ctx).accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::List);
        node.set_label(name);
        node.set_clips_children();
    });
}

/// How large a point of paper shows: as wide as fits, at most as large as print, or what was asked for.
fn scale(state: &State, page: &Page, room: f32) -> f32 {
    match state.kept.zoom {
        Some(zoom) => zoom * PRINT,
        None => ((room - 2.0 * MARGIN) / page.size.0).clamp(0.3, PRINT),
    }
}

fn scrolled(
    state: &mut State,
    packet: &Arc<Packet>,
    sheets: &Arc<Sheets>,
    response: &Response,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
    full: Rect,
) {
    let first = &sheets.pages[0];
    let scale = scale(state, first, full.width());
    let size = vec2(first.size.0, first.size.1) * scale;
    let count = sheets.pages.len() as f32;
    let height = 2.0 * MARGIN + count * size.y + (count - 1.0) * GAP;
    let width = (size.x + 2.0 * MARGIN).max(full.width());
    // Pages end where the view does; the list of excerpts does not fade either.
    ui.spacing_mut().scroll.fade.strength = 0.0;
    let mut area = ScrollArea::both()
        .id_salt(("packet pages", &packet.id))
        .content_margin(0.0)
        .scroll_source(ScrollSource::SCROLL_BAR | ScrollSource::MOUSE_WHEEL)
        .auto_shrink(false);
    // At another size the same place of the paper stays where it was.
    let grown = std::mem::replace(&mut state.scale, scale);
    if grown > 0.0 && (grown - scale).abs() > 1e-4 {
        area = area.vertical_scroll_offset((state.offset * scale / grown).max(0.0));
    }
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(vec2(width, height));
        let corner = ui.max_rect().min;
        let setting = Setting {
            origin: corner + vec2((width - size.x) / 2.0, MARGIN),
            size,
            scale,
        };
        let middle = (viewport.center().y - MARGIN).max(0.0) / (size.y + GAP);
        state.page = (middle as usize).min(sheets.pages.len() - 1);
        reveal(state, sheets, &setting, ui);
        let child = UiBuilder::new()
            .max_rect(ui.max_rect())
            .accessibility_parent(response.id);
        ui.scope_builder(child, |ui| {
            let mut view = View {
                state,
                packet,
                sheets,
                desk,
                setting: &setting,
                id: response.id,
            };
            view.pages(ui);
            view.drop(ui, full);
        });
    });
    state.offset = shown.state.clamped_offset().y;
}

/// Brings what was chosen into view.
fn reveal(state: &mut State, sheets: &Sheets, setting: &Setting, ui: &mut Ui) {
    let Some((at, rect)) = state
        .reveal
        .as_ref()
        .and_then(|origin| sheets.place(origin))
    else {
        return;
    };
    state.reveal = None;
    let rect = setting.on_screen(setting.page(at, ui), &rect);
    ui.scroll_to_rect(rect.expand2(vec2(0.0, 40.0)), None);
}

/// What pages are shown with.
struct View<'a, 'b> {
    state: &'a mut State,
    packet: &'a Arc<Packet>,
    sheets: &'a Arc<Sheets>,
    desk: &'a mut Desk<'b>,
    setting: &'a Setting,
    id: Id,
}

impl View<'_, '_> {
    fn pages(&mut self, ui: &mut Ui) {
        let clip = ui.clip_rect();
        let mut shown = false;
        for (at, page) in self.sheets.pages.iter().enumerate() {
            let rect = self.setting.page(at, ui);
            if rect.top() > clip.bottom() {
                break;
            }
            if rect.bottom() >= clip.top() {
                self.paper(ui, page, at, rect);
                shown |= self.items(ui, page, at, rect);
            }
        }
        // What was emptied has no place any more; it is written in where it stood.
        if !shown && let Some((at, place)) = self.state.editing.as_ref().and_then(|e| e.at) {
            let at = at.min(self.sheets.pages.len() - 1);
            self.write_in(ui, at, &place);
        }
    }

    /// The field over the text that is written in.
    fn write_in(&mut self, ui: &mut Ui, at: usize, place: &page::Rect) {
        let paper = self.setting.page(at, ui);
        let rects = (paper, self.setting.on_screen(paper, place));
        let page = &self.sheets.pages[at];
        inplace::show(
            self.state,
            self.packet,
            page,
            rects,
            self.setting,
            self.desk,
            ui,
        );
    }

    /// A page as it will print: white whatever the theme.
    fn paper(&mut self, ui: &Ui, page: &Arc<Page>, at: usize, rect: Rect) {
        let painter = ui.painter();
        let shadow = egui::epaint::Shadow {
            offset: [0, 2],
            blur: 14,
            spread: 0,
            color: Color32::from_black_alpha(26),
        };
        painter.add(shadow.as_shape(rect, CornerRadius::ZERO));
        painter.rect_filled(rect, 0.0, Color32::WHITE);
        let width = (rect.width() * ui.ctx().pixels_per_point()).round() as u32;
        let workers = self.desk.workers;
        if let Some(texture) = self.state.pictures.get(workers, page, at, width) {
            let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture.id(), rect, all, Color32::WHITE);
        }
    }

    /// What can be chosen on a page. Whether one of it is written in.
    fn items(&mut self, ui: &mut Ui, page: &Arc<Page>, at: usize, paper: Rect) -> bool {
        let mut written = false;
        for (n, place) in page.places.iter().enumerate() {
            let origin = &place.origin;
            let rect = self.setting.on_screen(paper, &place.rect);
            let around = rect.expand2(vec2(7.0, 3.0));
            if !ui.is_rect_visible(around) {
                continue;
            }
            if let Some(editing) = &mut self.state.editing
                && editing.origin == *origin
            {
                editing.at = Some((at, place.rect));
                // One that goes on in the next column stands at two places.
                if !std::mem::replace(&mut written, true) {
                    self.write_in(ui, at, &place.rect);
                }
                continue;
            }
            let response = ui.interact(
                around.intersect(ui.clip_rect()),
                self.id.with((at, n)),
                Sense::CLICK | Sense::DRAG,
            );
            self.name(&response, origin, at);
            self.frame(ui, &response, origin, around);
            self.act(&response, origin);
        }
        written
    }

    fn name(&self, response: &Response, origin: &Origin, at: usize) {
        let chosen = self.state.selected.as_ref() == Some(origin);
        response.widget_info(|| {
            let text: String = self.sheets.text(origin).chars().take(NAMED).collect();
            let name = format!("{}, page {}: {text}", kind(origin), at + 1);
            WidgetInfo::selected(Role::ListItem, true, chosen, name)
        });
        if chosen {
            let (child, list) = (response.id, self.id);
            (response.ctx).accesskit_node_builder(list, |node| {
                node.set_active_descendant(child.accesskit_id());
            });
        }
    }

    /// Shows that it can be grasped, or that it is chosen. The paper is white, so colours are those of the light theme.
    fn frame(&self, ui: &Ui, response: &Response, origin: &Origin, around: Rect) {
        if self.state.selected.as_ref() == Some(origin) {
            let focused = ui.memory(|m| m.has_focus(self.id));
            let width = if focused { 2.0 } else { 1.2 };
            let line = Stroke::new(width, LIGHT.accent);
            ui.painter()
                .rect_stroke(around, 4.0, line, StrokeKind::Inside);
        } else if response.hovered() && origin.part != Part::Caption {
            let line = Stroke::new(1.0, LIGHT.accent.gamma_multiply(0.45));
            ui.painter()
                .rect_stroke(around, 4.0, line, StrokeKind::Inside);
        }
        if response.hovered() {
            let icon = match origin.part {
                Part::Excerpt(..) => CursorIcon::Grab,
                Part::Title | Part::Introduction | Part::Question(_) | Part::Claim(_) => {
                    CursorIcon::Text
                }
                _ => CursorIcon::Default,
            };
            ui.ctx().set_cursor_icon(icon);
        }
    }

    /// Chooses by a click; a second one goes into it; dragging takes an excerpt along.
    fn act(&mut self, response: &Response, origin: &Origin) {
        let chosen = self.state.selected.as_ref() == Some(origin);
        if response.double_clicked() || (response.clicked() && chosen && is_text(origin)) {
            self.desk.ask(Request::Enter(origin.clone()));
        } else if response.clicked() {
            self.state.select(origin.clone());
            self.state.reveal = None;
            self.state.take_keyboard();
        }
        let Some(pick) = spot::pick(self.packet, origin) else {
            return;
        };
        Carried::take_up(response, || Carried {
            picks: vec![pick.clone()],
            from: origin.section.clone(),
            words: beginning(self.sheets.text(origin)),
        });
    }

    /// Shows where what is carried would go, and puts it there when it is let go of.
    fn drop(&mut self, ui: &mut Ui, full: Rect) {
        let Some(carried) = Carried::now(ui.ctx()) else {
            return;
        };
        let Some(pointer) = ui.ctx().pointer_latest_pos().filter(|p| full.contains(*p)) else {
            return;
        };
        self.scroll_at_edges(ui, full, pointer);
        let hit = { self.sheets.pages.iter().enumerate() }.find_map(|(at, page)| {
            let rect = self.setting.page(at, ui);
            (rect.contains(pointer)).then_some((rect, page))
        });
        let Some((rect, page)) = hit else { return };
        let scale = self.setting.scale;
        let on_paper = ((pointer - rect.min) / scale).to_pos2();
        let found = spot::under(self.packet, page, on_paper);
        match found {
            Some(Ok((spot, line))) => {
                let line = line.map(|p| rect.min + p.to_vec2() * scale);
                let stroke = Stroke::new(2.5, LIGHT.accent);
                ui.painter().line_segment(line, stroke);
                ui.painter().circle_filled(line[0], 4.0, LIGHT.accent);
                if Carried::dropped(ui.ctx()).is_some() {
                    let picks = carried.picks.clone();
                    let request = Request::PutExcerpts(picks, carried.from.clone(), spot);
                    self.desk.ask(request);
                }
            }
            Some(Err(why)) => {
                ui.ctx().set_cursor_icon(CursorIcon::NotAllowed);
                if Carried::dropped(ui.ctx()).is_some() {
                    self.desk
                        .commands
                        .push(crate::app::Command::Fail(why.to_owned()));
                }
            }
            None => {}
        }
    }

    fn scroll_at_edges(&self, ui: &mut Ui, full: Rect, pointer: Pos2) {
        let by = match pointer.y {
            y if y < full.top() + EDGE => SPEED,
            y if y > full.bottom() - EDGE => -SPEED,
            _ => return,
        };
        ui.scroll_with_delta(vec2(0.0, by));
        ui.ctx().request_repaint();
    }
}

/// The first words of a text.
pub(super) fn beginning(text: &str) -> String {
    let mut short: String = text.chars().take(90).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whether it is a text of the packet, which can be written in where it stands.
pub(super) fn is_text(origin: &Origin) -> bool {
    matches!(
        origin.part,
        Part::Title | Part::Introduction | Part::Question(_) | Part::Claim(_)
    )
}

/// What an item is called.
fn kind(origin: &Origin) -> String {
    match &origin.part {
        Part::Title if origin.section.is_none() => "Title of the packet".to_owned(),
        Part::Title => "Section".to_owned(),
        Part::Introduction => "Introduction".to_owned(),
        Part::Definition => "Definition".to_owned(),
        Part::Excerpt(..) => "Excerpt".to_owned(),
        Part::Claim(_) => "Claim".to_owned(),
        Part::Question(n) => format!("Question {}", n + 1),
        Part::Lines => "Lines for notes".to_owned(),
        Part::Readings => "Readings".to_owned(),
        Part::Caption => "Heading".to_owned(),
    }
}

fn zoom_by_pinch(full: Rect, desk: &mut Desk<'_>, ui: &Ui) {
    if !ui.rect_contains_pointer(full) {
        return;
    }
    let by = ui.input(egui::InputState::zoom_delta);
    if by > 1.02 {
        desk.ask(Request::Zoom(1));
    } else if by < 0.98 {
        desk.ask(Request::Zoom(-1));
    }
}

/// The size of the pages, in a corner.
fn zoom_buttons(state: &State, desk: &mut Desk<'_>, ui: &mut Ui, full: Rect) {
    let palette = theme::palette(ui.ctx());
    let size = vec2(158.0, 28.0);
    let rect = Rect::from_min_size(full.right_bottom() - size - vec2(20.0, 14.0), size);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(egui::Layout::right_to_left(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.painter().rect(
            rect,
            7.0,
            palette.panel,
            Stroke::new(1.0, palette.line),
            StrokeKind::Inside,
        );
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.add_space(4.0);
        let percent = format!("{:.0} %", 100.0 * state.scale / PRINT);
        let told = match state.kept.zoom {
            None => format!("Fit · {percent}"),
            Some(_) => percent,
        };
        let buttons = [
            ("+", "Larger pages", 1),
            (told.as_str(), "Pages as wide as fits", 0),
            ("−", "Smaller pages", -1),
        ];
        for (text, name, step) in buttons {
            let text = egui::RichText::new(text).size(12.5).color(palette.dim);
            let button = egui::Button::new(text).small().frame_when_inactive(false);
            let response = ui.add(button).on_hover_text(name);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            if response.clicked() {
                desk.ask(Request::Zoom(step));
            }
        }
    });
}
