//! A grid of tiles with headings that stay while it scrolls both ways. Only what shows is laid out and has a name, so that
//! 300 × 500 tiles cost no more than one screen of them.
//!
//! One tile, or the heading of a row, has the cursor; it alone takes the keyboard, under one id wherever it stands. Arrow keys
//! move it, Enter opens it, Alt with an arrow moves its row or column; on the heading of a parent, left folds and right unfolds.

use egui::{
    Align2, EventFilter, FontId, Id, Key, Modifiers, Painter, Rect, Response, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, text::LayoutJob, vec2,
};

use crate::{
    app::theme::{self, Palette},
    model::Color,
};

/// Where the cursor stands: a row, and a column or the row's heading.
pub type Cursor = (usize, Option<usize>);

/// What a grid asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// The cursor goes there.
    Choose(Cursor),
    /// What is there is to be opened.
    Open(Cursor),
    /// The row's parent is folded or unfolded.
    Fold(usize, bool),
    /// The first row goes to the place of the second.
    MoveRow(usize, usize),
    /// The first column goes to the place of the second.
    MoveColumn(usize, usize),
}

/// A heading.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What it says.
    pub text: String,
    /// The colour of its label, if it has one.
    pub color: Option<Color>,
    /// How many labels lie above it.
    pub depth: usize,
    /// For a parent, whether it is folded.
    pub folded: Option<bool>,
    /// What is told on hovering; nothing when empty.
    pub more: String,
}

/// A tile.
#[derive(Clone, Debug, Default)]
pub struct Tile {
    /// What it says; empty for nothing, shown as a dot.
    pub text: String,
    /// How deep its colour is, from 0 to 1.
    pub share: f32,
    /// Its colour.
    pub color: Option<Color>,
    /// Whether it only stands by, as on a diagonal.
    pub quiet: bool,
    /// What a screen reader says.
    pub name: String,
}

/// What a grid shows. Rows and columns are counted as they stand.
pub trait Source {
    /// How many rows and columns there are.
    fn size(&self) -> (usize, usize);
    /// The heading of a row.
    fn row(&self, row: usize) -> Head;
    /// The heading of a column.
    fn column(&self, column: usize) -> Head;
    /// A tile.
    fn tile(&self, row: usize, column: usize) -> Tile;
    /// The sums at the end of a row and at the foot of a column, if they show.
    fn sums(&self) -> Option<(&[String], &[String])>;
    /// Whether rows and columns can be moved.
    fn moves(&self) -> bool;
}

/// Sizes in points.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// A tile with the gap after it.
    pub pitch: Vec2,
    /// Width of row headings, height of column headings.
    pub head: Vec2,
}

const GAP: f32 = 5.0;
/// Room for sums.
const SUM: Vec2 = vec2(64.0, 26.0);

impl Measure {
    /// Sizes with which a grid of so many rows and columns fits into `room` as far as it can: large tiles for few, small for many.
    pub fn fitting(size: (usize, usize), room: Vec2, labels: bool) -> Self {
        let head = vec2(
            (room.x * 0.24).clamp(130.0, 190.0),
            if labels { 58.0 } else { 44.0 },
        );
        let per = |room: f32, n: usize, least: f32, most: f32| {
            (room / n.max(1) as f32).clamp(least, most).floor()
        };
        Self {
            pitch: vec2(
                per(room.x - head.x, size.1, 64.0, 117.0),
                per(room.y - head.y, size.0, 30.0, 51.0),
            ),
            head,
        }
    }

    /// How much room a grid takes in full.
    pub fn total(&self, size: (usize, usize), sums: bool) -> Vec2 {
        let tiles = vec2(self.pitch.x * size.1 as f32, self.pitch.y * size.0 as f32);
        self.head + tiles + if sums { SUM } else { Vec2::ZERO }
    }
}

/// Shows a grid in `room` and returns what was asked for.
pub fn show(
    ui: &mut Ui,
    salt: &str,
    source: &impl Source,
    cursor: Option<Cursor>,
    measure: &Measure,
    room: Vec2,
) -> Vec<Answer> {
    let mut grid = Grid {
        id: Id::unique(salt),
        size: source.size(),
        measure: *measure,
        palette: theme::palette(ui.ctx()),
        cursor,
        answers: Vec::new(),
    };
    if grid.size.0 == 0 || grid.size.1 == 0 {
        return grid.answers;
    }
    let moved = grid.keys(ui, source);
    let total = measure.total(grid.size, source.sums().is_some());
    ScrollArea::both()
        .id_salt(salt)
        .content_margin(0.0)
        .max_width(room.x)
        .max_height(room.y)
        .auto_shrink([false, true])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(total);
            grid.content(ui, source, viewport, moved);
        });
    grid.answers
}

struct Grid {
    id: Id,
    size: (usize, usize),
    measure: Measure,
    palette: Palette,
    cursor: Option<Cursor>,
    answers: Vec<Answer>,
}

impl Grid {
    fn cursor_id(&self) -> Id {
        self.id.with("cursor")
    }

    /// Takes the keys of the cursor. Returns where it went, to bring that into view.
    fn keys(&mut self, ui: &Ui, source: &impl Source) -> Option<Cursor> {
        let id = self.cursor_id();
        if !ui.memory(|m| m.has_focus(id)) {
            return None;
        }
        ui.memory_mut(|m| {
            m.set_focus_lock_filter(
                id,
                EventFilter {
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    tab: false,
                    escape: false,
                },
            );
        });
        let at = self.cursor.unwrap_or((0, Some(0)));
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        let mut to = at;
        if source.moves() {
            for (key, down, across) in [
                (Key::ArrowUp, -1, 0),
                (Key::ArrowDown, 1, 0),
                (Key::ArrowLeft, 0, -1),
                (Key::ArrowRight, 0, 1),
            ] {
                if !pressed(Modifiers::ALT, key) {
                    continue;
                }
                let row = step(at.0, down, self.size.0);
                let column = at.1.map(|c| step(c, across, self.size.1));
                if row != at.0 {
                    self.answers.push(Answer::MoveRow(at.0, row));
                    return Some((row, at.1));
                }
                if let (Some(from), Some(column)) = (at.1, column)
                    && from != column
                {
                    self.answers.push(Answer::MoveColumn(from, column));
                    return Some((at.0, Some(column)));
                }
                return None;
            }
        }
        let page = 10;
        for (key, by) in [
            (Key::ArrowUp, -1),
            (Key::ArrowDown, 1),
            (Key::PageUp, -page),
            (Key::PageDown, page),
        ] {
            if pressed(Modifiers::NONE, key) {
                to.0 = step(to.0, by, self.size.0);
            }
        }
        let folded = source.row(to.0).folded;
        if pressed(Modifiers::NONE, Key::ArrowLeft) {
            match (to.1, folded) {
                (Some(column), _) => to.1 = column.checked_sub(1),
                (None, Some(false)) => self.answers.push(Answer::Fold(to.0, true)),
                (None, _) => {}
            }
        }
        if pressed(Modifiers::NONE, Key::ArrowRight) {
            match (to.1, folded) {
                (Some(column), _) => to.1 = Some(step(column, 1, self.size.1)),
                (None, Some(true)) => self.answers.push(Answer::Fold(to.0, false)),
                (None, _) => to.1 = Some(0),
            }
        }
        if pressed(Modifiers::NONE, Key::Home) {
            to.1 = to.1.map(|_| 0);
        }
        if pressed(Modifiers::NONE, Key::End) {
            to.1 = to.1.map(|_| self.size.1 - 1);
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            self.answers.push(Answer::Open(to));
        }
        if pressed(Modifiers::NONE, Key::Space) {
            self.answers.push(Answer::Choose(to));
        }
        if to == at {
            return None;
        }
        self.cursor = Some(to);
        self.answers.push(Answer::Choose(to));
        Some(to)
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        source: &impl Source,
        viewport: Rect,
        moved: Option<Cursor>,
    ) {
        let origin = ui.max_rect().min;
        let seen = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
        let Measure { pitch, head } = self.measure;
        let tiles = origin + head;
        let tile = |row: usize, column: usize| {
            let min = tiles + vec2(column as f32 * pitch.x, row as f32 * pitch.y);
            Rect::from_min_size(min, pitch - Vec2::splat(GAP))
        };
        if let Some((row, column)) = moved {
            let mut rect = tile(row, column.unwrap_or_default());
            rect.min -= head;
            ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
        }
        let first = |from: f32, to: f32, n: usize, pitch: f32| {
            let first = ((from / pitch).floor().max(0.0) as usize).min(n);
            first..((to / pitch).ceil().max(0.0) as usize).clamp(first, n)
        };
        let down = viewport.size() - head;
        let rows = first(
            viewport.min.y,
            viewport.min.y + down.y,
            self.size.0,
            pitch.y,
        );
        let columns = first(
            viewport.min.x,
            viewport.min.x + down.x,
            self.size.1,
            pitch.x,
        );
        let body = Rect::from_min_max(seen.min + head, seen.max);
        let mut inner = part(ui, body);
        let cursor = self.cursor.unwrap_or((0, Some(0)));
        for row in rows.clone() {
            for column in columns.clone() {
                if cursor != (row, Some(column)) {
                    self.tile(&mut inner, source, (row, column), tile(row, column));
                }
            }
        }
        // Also out of sight, else the keyboard would be lost.
        if let (row, Some(column)) = cursor
            && row < self.size.0
            && column < self.size.1
        {
            self.tile(&mut inner, source, (row, column), tile(row, column));
        }
        self.sums(&inner, source, &rows, &columns, tile);
        let left = Rect::from_min_max(pos2(seen.min.x, body.min.y), pos2(body.min.x, seen.max.y));
        let mut side = part(ui, left);
        for row in rows.clone() {
            if cursor != (row, None) {
                self.row_head(&mut side, source, row, tile(row, 0).y_range(), left);
            }
        }
        if cursor.1.is_none() && cursor.0 < self.size.0 {
            let across = tile(cursor.0, 0).y_range();
            self.row_head(&mut side, source, cursor.0, across, left);
        }
        let top = Rect::from_min_max(pos2(body.min.x, seen.min.y), pos2(seen.max.x, body.min.y));
        let mut heads = part(ui, top);
        for column in columns {
            let across = tile(0, column).x_range();
            self.column_head(&mut heads, source, column, across, top);
        }
    }

    fn tile(&mut self, ui: &mut Ui, source: &impl Source, at: (usize, usize), rect: Rect) {
        let is_cursor = self.cursor.unwrap_or((0, Some(0))) == (at.0, Some(at.1));
        let (id, sense) = match is_cursor {
            true => (self.cursor_id(), Sense::click()),
            false => (self.id.with(at), Sense::CLICK),
        };
        let response = ui.interact(rect, id, sense);
        let here = (at.0, Some(at.1));
        self.pressed(ui, &response, here);
        let tile = source.tile(at.0, at.1);
        let chosen = self.cursor == Some(here);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &tile.name));
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), &response, rect, &tile, chosen);
        }
        if response.hovered() {
            response.on_hover_text(tile.name);
        }
    }

    fn pressed(&mut self, ui: &Ui, response: &Response, here: Cursor) {
        if response.double_clicked() {
            self.answers.push(Answer::Open(here));
        } else if response.clicked() {
            self.answers.push(Answer::Choose(here));
            let id = self.cursor_id();
            ui.memory_mut(|m| m.request_focus(id));
        }
    }

    fn paint(&self, painter: &Painter, response: &Response, rect: Rect, tile: &Tile, chosen: bool) {
        let palette = &self.palette;
        let rounding = if rect.height() < 32.0 { 4.0 } else { 6.0 };
        let size = if rect.height() < 32.0 { 12.5 } else { 14.0 };
        if tile.text.is_empty() {
            let line = Stroke::new(1.0, palette.line);
            painter.rect_stroke(rect, rounding, line, StrokeKind::Inside);
            let font = theme::sans(size);
            painter.text(rect.center(), Align2::CENTER_CENTER, "·", font, palette.dim);
        } else if tile.quiet {
            let font = theme::sans(12.0);
            let middle = rect.center();
            painter.text(middle, Align2::CENTER_CENTER, &tile.text, font, palette.dim);
        } else {
            let color = tile.color.unwrap_or(Color([0x77, 0x77, 0x77]));
            let (fill, ink) = palette.heat(color, tile.share);
            painter.rect_filled(rect, rounding, fill);
            let font = theme::sans(size);
            painter.text(rect.center(), Align2::CENTER_CENTER, &tile.text, font, ink);
        }
        let ring = |width, color, by: f32| {
            let outside = rect.expand(by);
            let line = Stroke::new(width, color);
            painter.rect_stroke(outside, rounding + by, line, StrokeKind::Middle);
        };
        if response.has_focus() {
            ring(2.0, palette.accent, 1.0);
        } else if chosen {
            ring(1.5, palette.ink, 1.0);
        } else if response.hovered() {
            ring(1.0, palette.dim, 0.0);
        }
    }

    fn row_head(
        &mut self,
        ui: &mut Ui,
        source: &impl Source,
        row: usize,
        across: egui::Rangef,
        side: Rect,
    ) {
        let rect = Rect::from_x_y_ranges(side.x_range(), across);
        let is_cursor = self.cursor == Some((row, None));
        let id = match is_cursor {
            true => self.cursor_id(),
            false => self.id.with(("row", row)),
        };
        let sense = match is_cursor {
            true => Sense::click_and_drag(),
            false => Sense::CLICK | Sense::DRAG,
        };
        let response = ui.interact(rect, id, sense);
        let head = source.row(row);
        response.widget_info(|| {
            let state = match head.folded {
                Some(true) => ", folded",
                Some(false) => ", unfolded",
                None => "",
            };
            let name = format!("Row {}{state}", head.text);
            WidgetInfo::selected(Role::Button, true, is_cursor, name)
        });
        let left = rect.left() + 4.0 + 14.0 * head.depth as f32;
        let toggle = Rect::from_min_max(rect.min, pos2(left + 16.0, rect.max.y));
        let on_toggle = |p: egui::Pos2| head.folded.is_some() && toggle.contains(p);
        match response.interact_pointer_pos().filter(|p| on_toggle(*p)) {
            Some(_) if response.clicked() => {
                let folded = head.folded.unwrap_or_default();
                self.answers.push(Answer::Fold(row, !folded));
            }
            _ => self.pressed(ui, &response, (row, None)),
        }
        if source.moves() {
            self.drag_row(ui, &response, row);
        }
        if ui.is_rect_visible(rect) {
            self.paint_row_head(ui, &response, &head, rect, left, is_cursor);
        }
        if !head.more.is_empty() && response.hovered() {
            response.on_hover_text(head.more);
        }
    }

    fn paint_row_head(
        &self,
        ui: &Ui,
        response: &Response,
        head: &Head,
        rect: Rect,
        left: f32,
        chosen: bool,
    ) {
        let (painter, palette) = (ui.painter(), &self.palette);
        let back = rect.with_max_x(rect.right() - 6.0).shrink2(vec2(0.0, 1.0));
        if chosen {
            painter.rect_filled(back, 5.0, palette.chosen);
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, palette.accent);
            painter.rect_stroke(back, 5.0, line, StrokeKind::Inside);
        }
        let mid = rect.center().y;
        if let Some(folded) = head.folded {
            triangle(painter, pos2(left + 4.0, mid), folded, palette.dim);
        }
        let mut text = left + 13.0;
        if let Some(color) = head.color {
            let square = Rect::from_center_size(pos2(text + 5.5, mid), vec2(11.0, 11.0));
            painter.rect_filled(square, 3.0, palette.label_mark(color));
            text += 19.0;
        }
        let width = rect.right() - 8.0 - text;
        let rows = if rect.height() > 40.0 { 2 } else { 1 };
        let galley = wrapped(ui, &head.text, theme::sans(13.5), palette.ink, width, rows);
        let at = pos2(text, mid - galley.size().y / 2.0);
        painter.galley(at, galley, palette.ink);
    }

    fn column_head(
        &mut self,
        ui: &mut Ui,
        source: &impl Source,
        column: usize,
        across: egui::Rangef,
        top: Rect,
    ) {
        let rect = Rect::from_x_y_ranges(across, top.y_range());
        let sense = Sense::CLICK | Sense::DRAG;
        let response = ui.interact(rect, self.id.with(("column", column)), sense);
        let head = source.column(column);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Column {}", head.text))
        });
        if response.clicked() {
            let row = self.cursor.map_or(0, |(row, _)| row);
            self.pressed(ui, &response, (row, Some(column)));
        }
        if source.moves() {
            self.drag_column(ui, &response, column);
        }
        if !ui.is_rect_visible(rect) {
            return;
        }
        let palette = &self.palette;
        let color = head.color.map_or(palette.dim, |c| palette.label_text(c));
        let rows = if top.height() > 50.0 { 3 } else { 2 };
        let galley = wrapped(ui, &head.text, theme::sans(12.5), color, rect.width(), rows);
        let at = pos2(rect.left(), rect.bottom() - 6.0 - galley.size().y);
        ui.painter().galley(at, galley, color);
        if response.hovered() {
            let more = if head.more.is_empty() {
                head.text
            } else {
                head.more
            };
            response.on_hover_text(more);
        }
    }

    /// A row that is dragged goes where it is let go; a line shows where that is.
    fn drag_row(&mut self, ui: &Ui, response: &Response, row: usize) {
        let Some(pointer) = response.interact_pointer_pos() else {
            return;
        };
        let pitch = self.measure.pitch.y;
        let by = (pointer.y - response.rect.center().y) / pitch;
        let to = (row as f32 + by)
            .round()
            .clamp(0.0, (self.size.0 - 1) as f32) as usize;
        if response.drag_stopped() && to != row {
            self.answers.push(Answer::MoveRow(row, to));
        } else if response.dragged() && to != row {
            let shift = (to as f32 - row as f32) * pitch;
            let edge = if to > row {
                response.rect.bottom()
            } else {
                response.rect.top() - GAP
            };
            let line = Stroke::new(2.0, self.palette.accent);
            let painter = ui.ctx().layer_painter(ui.layer_id());
            let x = ui.clip_rect().left()..=ui.clip_rect().left() + 400.0;
            painter.hline(x, edge + shift + GAP / 2.0, line);
        }
    }

    fn drag_column(&mut self, ui: &Ui, response: &Response, column: usize) {
        let Some(pointer) = response.interact_pointer_pos() else {
            return;
        };
        let pitch = self.measure.pitch.x;
        let by = (pointer.x - response.rect.center().x) / pitch;
        let last = (self.size.1 - 1) as f32;
        let to = (column as f32 + by).round().clamp(0.0, last) as usize;
        if response.drag_stopped() && to != column {
            self.answers.push(Answer::MoveColumn(column, to));
        } else if response.dragged() && to != column {
            let shift = (to as f32 - column as f32) * pitch;
            let right = to > column;
            let edge = if right {
                response.rect.right()
            } else {
                response.rect.left() - GAP
            };
            let line = Stroke::new(2.0, self.palette.accent);
            let painter = ui.ctx().layer_painter(ui.layer_id());
            let top = ui.clip_rect().top();
            painter.vline(edge + shift + GAP / 2.0, top..=top + 400.0, line);
        }
    }

    fn sums(
        &self,
        ui: &Ui,
        source: &impl Source,
        rows: &std::ops::Range<usize>,
        columns: &std::ops::Range<usize>,
        tile: impl Fn(usize, usize) -> Rect,
    ) {
        let Some((of_rows, of_columns)) = source.sums() else {
            return;
        };
        let (painter, color) = (ui.painter(), self.palette.dim);
        let font = || theme::sans_bold(12.5);
        let right = tile(0, self.size.1).left() + 8.0;
        for row in rows.clone() {
            let at = pos2(right, tile(row, 0).center().y);
            if let Some(sum) = of_rows.get(row) {
                painter.text(at, Align2::LEFT_CENTER, sum, font(), color);
            }
        }
        let foot = tile(self.size.0, 0).top() + 10.0;
        for column in columns.clone() {
            let at = pos2(tile(0, column).center().x, foot);
            if let Some(sum) = of_columns.get(column) {
                painter.text(at, Align2::CENTER_CENTER, sum, font(), color);
            }
        }
    }
}

/// A part of the grid that is clipped to `rect`.
fn part(ui: &mut Ui, rect: Rect) -> Ui {
    let clip = rect.intersect(ui.clip_rect());
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    child.set_clip_rect(clip);
    child
}

fn step(at: usize, by: isize, n: usize) -> usize {
    at.saturating_add_signed(by).min(n.saturating_sub(1))
}

/// Text in a width, in so many lines at most.
pub fn wrapped(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: egui::Color32,
    width: f32,
    rows: usize,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::simple(text.to_owned(), font, color, width.max(10.0));
    job.wrap.max_rows = rows;
    job.break_on_newline = false;
    ui.fonts_mut(|f| f.layout_job(job))
}

/// The mark of a parent: pointing right when folded, down when not.
pub fn triangle(painter: &Painter, at: egui::Pos2, folded: bool, color: egui::Color32) {
    let points = match folded {
        true => [vec2(-2.5, -4.0), vec2(3.5, 0.0), vec2(-2.5, 4.0)],
        false => [vec2(-4.0, -2.5), vec2(4.0, -2.5), vec2(0.0, 3.5)],
    };
    let points = points.map(|p| at + p).to_vec();
    painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
}
