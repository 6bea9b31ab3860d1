//! Heat maps: rows by columns, each cell a tile that is the darker the more it holds, with its number.

use super::{
    Anchor, Area, Face, Fonts, Look, Picture, PictureError,
    canvas::{Canvas, LEADING, MARGIN, SMALL, Set, TEXT},
};
use crate::model::Color;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// Its value as a share (0 to 1) of the highest.
    pub share: f32,
    /// Its number; empty for a cell without anything.
    pub text: String,
    /// Its number in few characters, for narrow cells: `1.2k`.
    pub short: String,
    /// What it is tinted in, if not in its row's colour.
    pub color: Option<Color>,
    /// It is not part of the comparison but says what it is compared with: a line round it and no fill.
    pub frame: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// How far it is set in: how many labels stand above it.
    pub depth: usize,
    /// Its colour.
    pub color: Color,
    /// Its cells.
    pub cells: Vec<Tile>,
}

/// A heat map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`; those of a triangle by one longer each.
    pub rows: Vec<HeatRow>,
    /// Only the cells up to the diagonal are there, and the headings stand below.
    pub triangle: bool,
    /// The lowest and the highest value and what they are, for the legend: `1`, `12`, `highlights`.
    pub scale: Option<(String, String, String)>,
    /// The colour of the legend, where cells have one colour.
    pub ramp: Option<Color>,
    /// What is to be said below.
    pub caption: String,
}

/// Cells are not narrower than this.
const NARROWEST: f32 = 7.0;
/// Names are not cut shorter than this.
const SHORTEST: f32 = 64.0;
/// The rows together are not higher than this if it can be had.
const HIGHEST: f32 = 640.0;
/// Numbers are not smaller than this.
const SMALLEST: f32 = 5.0;
/// Headings that are turned are cut short at this length.
const LONGEST: f32 = 120.0;
/// With more rows than this, names are smaller and in one line.
const MANY: usize = 24;
/// The widest cells.
const WIDEST: f32 = 110.0;

/// Where everything goes.
struct Grid {
    /// Where the cells begin.
    left: f32,
    top: f32,
    /// From one cell to the next.
    across: f32,
    down: f32,
    gap: f32,
    names: f32,
    headings: Headings,
}

/// How headings are set.
enum Headings {
    /// In lines over each column.
    Level(Vec<Vec<String>>),
    /// Turned, so high together; slanted at 45°, else upright.
    Turned {
        texts: Vec<String>,
        height: f32,
        slanted: bool,
    },
}

/// Draws a heat map.
///
/// # Errors
/// [`PictureError::TooNarrow`] when cells would be too narrow for their numbers, [`PictureError::Empty`] without rows or columns.
pub fn heat(heat: &Heat, look: &Look, fonts: &Fonts) -> Result<Picture, PictureError> {
    if heat.rows.is_empty() || heat.columns.is_empty() {
        return Err(PictureError::Empty("there is nothing to be shown"));
    }
    let mut canvas = Canvas::new(look, fonts);
    let grid = Grid::new(heat, &canvas)?;
    let below = grid.top + heat.rows.len() as f32 * grid.down - grid.gap;
    draw_headings(&mut canvas, heat, &grid, below);
    draw_names(&mut canvas, heat, &grid);
    draw_cells(&mut canvas, heat, &grid);
    canvas.y = match heat.triangle {
        true => below + grid.headings.height() + 6.0,
        false => below,
    };
    if look.legend {
        draw_scale(&mut canvas, heat);
    }
    canvas.finish(&heat.caption)
}

impl Headings {
    fn height(&self) -> f32 {
        match self {
            Self::Level(lines) => {
                let most = lines.iter().map(Vec::len).max().unwrap_or_default();
                most as f32 * SMALL * LEADING + 4.0
            }
            Self::Turned { height, .. } => *height,
        }
    }
}

impl Grid {
    fn new(heat: &Heat, canvas: &Canvas<'_>) -> Result<Self, PictureError> {
        let fonts = canvas.fonts;
        let room = canvas.room();
        let (size, most) = names_set(heat);
        let wanted = heat
            .rows
            .iter()
            .map(|row| indent(row) + fonts.width(&row.name, Face::Sans, size))
            .fold(0.0, f32::max);
        let count = heat.columns.len() as f32;
        let narrowest = narrowest(heat, fonts);
        let least = names_width(wanted + 8.0, room, narrowest, count).ok_or_else(|| {
            PictureError::TooNarrow {
                what: "columns",
                needed: narrowest * count + SHORTEST.min(wanted + 8.0) + 2.0 * MARGIN + 0.5,
            }
        });
        let names = least?;
        let cells = room - names;
        let level = (cells / count).min(WIDEST);
        let (headings, across) = match level_headings(heat, fonts, level) {
            Some(lines) => (Headings::Level(lines), level),
            None => turned_headings(heat, fonts, cells, names, narrowest),
        };
        let gap = match across {
            a if a > 40.0 => 4.0,
            a if a > 15.0 => 2.0,
            _ => 1.0,
        };
        let lines = (heat.rows.iter()).map(|row| name_lines(row, fonts, names, (size, most)).len());
        let lines = lines.max().unwrap_or(1) as f32;
        let text = lines * size * LEADING;
        let usual = (HIGHEST / heat.rows.len() as f32).clamp(14.5, 32.0);
        let down = (across * 0.5).clamp(12.5, usual).max(text + gap);
        let top = match heat.triangle {
            true => canvas.y,
            false => canvas.y + headings.height(),
        };
        Ok(Self {
            left: MARGIN + names,
            top,
            across,
            down,
            gap,
            names,
            headings,
        })
    }

    fn cell(&self, row: usize, column: usize) -> Area {
        Area {
            x: self.left + column as f32 * self.across,
            y: self.top + row as f32 * self.down,
            width: self.across - self.gap,
            height: self.down - self.gap,
        }
    }

    /// The middle of a column.
    fn middle(&self, column: usize) -> f32 {
        self.left + column as f32 * self.across + (self.across - self.gap) / 2.0
    }
}

/// How wide the names may be: a third, more where cells stay wide, less where cells need the room. `None` when both don't fit.
fn names_width(wanted: f32, room: f32, narrowest: f32, count: f32) -> Option<f32> {
    let usual = (room * 0.34).max(room * 0.45_f32.min(1.0 - 48.0 * count / room));
    let usual = usual.max(SHORTEST);
    let names = wanted.min(usual).min(room - narrowest * count);
    (names >= SHORTEST.min(wanted)).then_some(names)
}

/// How far a row's name stands in.
fn indent(row: &HeatRow) -> f32 {
    13.0 + 8.0 * row.depth as f32
}

/// The size of the names, and in how many lines they may be set: many rows stand closer.
fn names_set(heat: &Heat) -> (f32, usize) {
    match heat.rows.len() > MANY {
        true => (SMALL, 1),
        false => (TEXT, 2),
    }
}

fn name_lines(row: &HeatRow, fonts: &Fonts, names: f32, (size, most): (f32, usize)) -> Vec<String> {
    let room = (names - indent(row) - 6.0).max(12.0);
    fonts.wrapped(&row.name, Face::Sans, size, room, most)
}

/// The narrowest cells that hold their numbers.
fn narrowest(heat: &Heat, fonts: &Fonts) -> f32 {
    let tiles = heat.rows.iter().flat_map(|row| &row.cells);
    let widest = tiles
        .map(|tile| fonts.width(&tile.short, Face::Sans, SMALLEST))
        .fold(0.0, f32::max);
    (widest + 1.5).max(NARROWEST)
}

/// The headings in lines, if they fit over the columns whole.
fn level_headings(heat: &Heat, fonts: &Fonts, across: f32) -> Option<Vec<Vec<String>>> {
    let room = across - 5.0;
    let fits = |text: &String| {
        fonts.widest_word(text, Face::Sans, SMALL) <= room
            && fonts
                .wrapped(text, Face::Sans, SMALL, room, usize::MAX)
                .len()
                <= 4
    };
    let all = heat.columns.iter();
    all.clone().all(fits).then(|| {
        all.map(|text| fonts.wrapped(text, Face::Sans, SMALL, room, 4))
            .collect()
    })
}

/// Headings that are turned, and how wide columns are with them. At 45° the last ones reach out to the right, or the first ones of a
/// triangle to the left below the names.
fn turned_headings(
    heat: &Heat,
    fonts: &Fonts,
    cells: f32,
    names: f32,
    narrowest: f32,
) -> (Headings, f32) {
    let count = heat.columns.len() as f32;
    let slanted = 45_f32.to_radians().cos();
    let fitted = |room: &dyn Fn(usize) -> f32| -> Vec<String> {
        let all = heat.columns.iter().enumerate();
        all.map(|(at, text)| fonts.fitted(text, Face::Sans, SMALL, room(at).min(LONGEST)))
            .collect()
    };
    let length = |text: &String| fonts.width(text, Face::Sans, SMALL);
    let mut across = (cells / count).min(WIDEST);
    let texts = match heat.triangle {
        true => fitted(&|at| (names + (at as f32 + 0.4) * across) / slanted - 8.0),
        false => fitted(&|_| LONGEST),
    };
    if !heat.triangle {
        let widest = |(at, text): (usize, &String)| {
            (cells - length(text) * slanted - SMALL) / (at as f32 + 0.5) - 0.01
        };
        across = texts.iter().enumerate().map(widest).fold(across, f32::min);
    }
    let longest = texts.iter().map(length).fold(0.0, f32::max);
    match across >= narrowest.max(13.5) {
        true => {
            let headings = Headings::Turned {
                texts,
                height: longest * slanted + SMALL,
                slanted: true,
            };
            (headings, across)
        }
        false => {
            let texts = fitted(&|_| LONGEST);
            let longest = texts.iter().map(length).fold(0.0, f32::max);
            let across = (cells / count).min(WIDEST);
            let headings = Headings::Turned {
                texts,
                height: longest + 6.0,
                slanted: false,
            };
            (headings, across)
        }
    }
}

fn draw_headings(canvas: &mut Canvas<'_>, heat: &Heat, grid: &Grid, below: f32) {
    let small = Set {
        color: canvas.tint.dim,
        ..canvas.small()
    };
    match &grid.headings {
        Headings::Level(columns) => {
            let leading = SMALL * LEADING;
            for (column, lines) in columns.iter().enumerate() {
                let x = grid.middle(column);
                let set = Set {
                    anchor: Anchor::Middle,
                    ..small
                };
                let first = match heat.triangle {
                    true => below + SMALL + 3.0,
                    false => grid.top - 4.0 - (lines.len() as f32 - 1.0) * leading - 2.0,
                };
                for (i, line) in lines.iter().enumerate() {
                    canvas.words((x, first + i as f32 * leading), line, set);
                }
            }
        }
        Headings::Turned { texts, slanted, .. } => {
            let turn = if *slanted { -45.0 } else { -90.0 };
            for (column, text) in texts.iter().enumerate() {
                let x = grid.middle(column) + SMALL * 0.33;
                let (y, anchor) = match heat.triangle {
                    true => (below + 5.0, Anchor::End),
                    false => (grid.top - 4.0, Anchor::Start),
                };
                let y = if heat.triangle && *slanted {
                    y + 2.0
                } else {
                    y
                };
                let set = Set {
                    turn,
                    anchor,
                    ..small
                };
                canvas.words((x, y), text, set);
            }
        }
    }
}

fn draw_names(canvas: &mut Canvas<'_>, heat: &Heat, grid: &Grid) {
    let side = (grid.down - grid.gap).min(7.0);
    for (at, row) in heat.rows.iter().enumerate() {
        let middle = grid.cell(at, 0).y + (grid.down - grid.gap) / 2.0;
        let x = MARGIN + indent(row) - 13.0;
        let swatch = Area {
            x,
            y: middle - side / 2.0,
            width: side,
            height: side,
        };
        let fill = canvas.tint.mark(row.color);
        canvas.tile(swatch, 2.0, Some(fill), None);
        let (size, most) = names_set(heat);
        let lines = name_lines(row, canvas.fonts, grid.names, (size, most));
        let set = canvas.set(size, Face::Sans);
        canvas.block(x + 11.0, middle, &lines, set);
    }
}

fn draw_cells(canvas: &mut Canvas<'_>, heat: &Heat, grid: &Grid) {
    let radius = match grid.across {
        a if a > 40.0 => 5.0,
        a if a > 15.0 => 3.0,
        _ => 1.5_f32,
    };
    let radius = radius.min((grid.down - grid.gap) * 0.3);
    let (size, short) = number_size(heat, grid, canvas.fonts);
    for (r, row) in heat.rows.iter().enumerate() {
        for (c, tile) in row.cells.iter().enumerate() {
            let area = grid.cell(r, c);
            let centre = (area.x + area.width / 2.0, area.y + area.height / 2.0);
            if tile.text.is_empty() {
                let line = (grid.across > 15.0).then_some(canvas.tint.line);
                canvas.tile(area, radius, None, line);
                let fill = canvas.tint.dim;
                canvas.add(super::Shape::Dot {
                    at: centre,
                    radius: 0.7,
                    fill,
                });
                continue;
            }
            let color = tile.color.unwrap_or(row.color);
            let text = match tile.frame {
                true => {
                    let line = canvas.tint.mark(color);
                    canvas.tile(area, radius, None, Some(line));
                    canvas.tint.ink
                }
                false => {
                    let fill = canvas.tint.filled(color, tile.share);
                    canvas.tile(area, radius, Some(fill), None);
                    canvas.tint.on(fill)
                }
            };
            let set = Set {
                anchor: Anchor::Middle,
                color: text,
                ..canvas.set(size, Face::Sans)
            };
            let shown = if short { &tile.short } else { &tile.text };
            canvas.centred(centre.0, centre.1, shown, set);
        }
    }
}

/// How large the numbers are, the same in all cells, and whether their short forms are used.
fn number_size(heat: &Heat, grid: &Grid, fonts: &Fonts) -> (f32, bool) {
    let room = grid.across - grid.gap - if grid.gap > 1.0 { 2.0 } else { 0.4 };
    let most = 10.0_f32.min((grid.down - grid.gap) * 0.72);
    let widest = |text: &dyn Fn(&Tile) -> &str| {
        let tiles = heat.rows.iter().flat_map(|row| &row.cells);
        let widths = tiles.map(|tile| fonts.width(text(tile), Face::Sans, 1.0));
        widths.fold(0.01, f32::max)
    };
    let whole = room / widest(&|tile| &tile.text);
    match whole >= 6.0 {
        true => (whole.min(most), false),
        false => {
            let short = room / widest(&|tile| &tile.short);
            (short.min(most), true)
        }
    }
}

fn draw_scale(canvas: &mut Canvas<'_>, heat: &Heat) {
    let Some((low, high, what)) = &heat.scale else {
        return;
    };
    canvas.y += 10.0;
    let (side, middle) = (10.0, canvas.y + 5.0);
    let small = canvas.small();
    let mut x = MARGIN;
    canvas.centred(x, middle, low, small);
    x += canvas.fonts.width(low, Face::Sans, SMALL) + 5.0;
    let grey = heat.ramp.unwrap_or(canvas.tint.dim);
    for step in 0..5 {
        let fill = canvas.tint.filled(grey, step as f32 / 4.0);
        let area = Area {
            x,
            y: canvas.y,
            width: side,
            height: side,
        };
        canvas.tile(area, 2.0, Some(fill), None);
        x += side + 1.5;
    }
    x += 3.5;
    let text = format!("{high} {what}");
    canvas.centred(x, middle, &text, small);
    x += canvas.fonts.width(&text, Face::Sans, SMALL) + 14.0;
    canvas.y += side;
    let (mut x, mut middle) = (x, middle);
    if x + 30.0 > MARGIN + canvas.room() {
        (x, middle) = (MARGIN + 2.0, canvas.y + 8.0);
        canvas.y += SMALL * LEADING + 3.0;
    }
    let fill = canvas.tint.dim;
    canvas.add(super::Shape::Dot {
        at: (x, middle),
        radius: 0.9,
        fill,
    });
    canvas.centred(x + 5.0, middle, "none", small);
}
