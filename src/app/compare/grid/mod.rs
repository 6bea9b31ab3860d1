//! A grid of tiles with headings that stay while it scrolls both ways. Only what shows is laid out and has a name, so that
//! 300 × 500 tiles cost no more than one screen of them.
//!
//! One tile, or the heading of a row, has the cursor; it alone takes the keyboard, under one id wherever it stands. Arrow keys
//! move it, Enter opens it, Alt with an arrow moves its row or column; on the heading of a parent, left folds and right unfolds.

mod draw;
mod heads;
mod keys;
mod tile;

use egui::{Align2, Id, Rect, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::{
    app::theme::{self, Palette},
    model::Color,
};

pub use draw::wrapped;

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
            (room.x * 0.27).clamp(164.0, 216.0),
            if labels { 54.0 } else { 44.0 },
        );
        let per = |room: f32, n: usize, least: f32, most: f32| {
            (room / n.max(1) as f32).clamp(least, most).floor()
        };
        Self {
            pitch: vec2(
                per(
                    room.x - head.x,
                    size.1,
                    if labels { 86.0 } else { 72.0 },
                    117.0,
                ),
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
