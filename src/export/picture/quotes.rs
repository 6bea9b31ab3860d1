//! A typeset table of quotes: a row a reading, a column a stance; on a narrow page the stances below each other.

use super::{
    Area, Face, Fonts, Look, Picture, PictureError,
    canvas::{Canvas, LEADING, MARGIN, SMALL, Set, TEXT},
};
use crate::model::Color;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A quote with its citation.
    Quote {
        /// The quote, in quotation marks.
        text: String,
        /// Where it stands.
        cited: String,
    },
    /// What a coder claims.
    Claim(String),
    /// How much more there is.
    More(String),
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotesRow {
    /// Its name.
    pub name: String,
    /// What stands under the name: the theory, with its colour.
    pub theory: Option<(String, Color)>,
    /// What is claimed of it as a whole.
    pub claims: Vec<String>,
    /// Its cells.
    pub cells: Vec<Vec<Block>>,
    /// Whether it belongs to the row above: no line between them, and the name is not said again.
    pub goes_on: bool,
}

/// A table of quotes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotes {
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<QuotesRow>,
    /// What is to be said below.
    pub caption: String,
}

/// Columns that would be narrower than this are set below each other.
const NARROWEST: f32 = 88.0;
/// The width of their headings then.
const HEADING: f32 = 58.0;
/// The most lines of a quote.
const LINES: usize = 14;
/// The space within a cell.
const PAD: f32 = 5.0;

/// Lines of one kind.
type Lines = Vec<(Vec<String>, Kind)>;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Name,
    Theory(Color),
    Quote,
    Cited,
    Claim,
    More,
}

/// Draws a table of quotes.
///
/// # Errors
/// [`PictureError::TooNarrow`] when columns would be too narrow to read, [`PictureError::Empty`] without rows or columns.
pub fn quotes(quotes: &Quotes, look: &Look, fonts: &Fonts) -> Result<Picture, PictureError> {
    if quotes.rows.is_empty() || quotes.columns.is_empty() {
        return Err(PictureError::Empty("there is nothing to be shown"));
    }
    let mut canvas = Canvas::new(look, fonts);
    let names = (canvas.room() * 0.2).clamp(60.0, 110.0);
    let across = (canvas.room() - names) / quotes.columns.len() as f32;
    let rest = canvas.room() - names - HEADING;
    if across < NARROWEST && rest < NARROWEST {
        return Err(PictureError::TooNarrow {
            what: "words",
            needed: look.width + NARROWEST - rest,
        });
    }
    let head = Set {
        color: canvas.tint.dim,
        ..canvas.set(SMALL, Face::Bold)
    };
    if across < NARROWEST {
        for row in &quotes.rows {
            draw_stacked(&mut canvas, quotes, row, names, head);
        }
    } else {
        for (at, column) in quotes.columns.iter().enumerate() {
            let x = MARGIN + names + at as f32 * across + PAD;
            let text = fonts.fitted(column, head.face, head.size, across - 2.0 * PAD);
            canvas.words((x, canvas.y + SMALL), text, head);
        }
        canvas.y += SMALL * LEADING + 4.0;
        for row in &quotes.rows {
            draw_row(&mut canvas, row, names, across);
        }
    }
    rule(&mut canvas);
    canvas.finish(&quotes.caption)
}

/// A row with its cells below each other, each beside its heading.
fn draw_stacked(canvas: &mut Canvas<'_>, quotes: &Quotes, row: &QuotesRow, names: f32, head: Set) {
    if !row.goes_on {
        rule(canvas);
    }
    let top = canvas.y + PAD;
    let first = heading(canvas.fonts, row, names - PAD);
    let lowest = draw_blocks(canvas, MARGIN, top, &first);
    let left = MARGIN + names + PAD;
    let room = canvas.room() - names - PAD - HEADING;
    let mut y = top;
    let cells = row.cells.iter().zip(&quotes.columns);
    for (cell, column) in cells.filter(|(cell, _)| !cell.is_empty()) {
        canvas.words((left, y + SMALL), column, head);
        let blocks = set_cell(canvas.fonts, cell, room);
        y = draw_blocks(canvas, left + HEADING, y, &blocks) + PAD;
    }
    canvas.y = lowest.max(y - PAD) + PAD;
}

fn rule(canvas: &mut Canvas<'_>) {
    let (left, right, color) = (MARGIN, MARGIN + canvas.room(), canvas.tint.line);
    let y = canvas.y;
    canvas.line((left, y), (right, y), color, 0.75);
}

fn draw_row(canvas: &mut Canvas<'_>, row: &QuotesRow, names: f32, across: f32) {
    if !row.goes_on {
        rule(canvas);
    }
    let top = canvas.y + PAD;
    let first = heading(canvas.fonts, row, names - PAD);
    let mut columns = vec![(MARGIN, first)];
    for (at, cell) in row.cells.iter().enumerate() {
        let x = MARGIN + names + at as f32 * across + PAD;
        columns.push((x, set_cell(canvas.fonts, cell, across - 2.0 * PAD)));
    }
    let mut lowest = top;
    for (x, blocks) in columns {
        let bottom = draw_blocks(canvas, x, top, &blocks);
        lowest = lowest.max(bottom);
    }
    canvas.y = lowest + PAD;
}

fn heading(fonts: &Fonts, row: &QuotesRow, room: f32) -> Lines {
    let mut blocks = Lines::new();
    if !row.goes_on {
        let lines = fonts.wrapped(&row.name, Face::Bold, TEXT, room, 5);
        blocks.push((lines, Kind::Name));
    }
    if let Some((theory, color)) = &row.theory {
        let lines = fonts.wrapped(theory, Face::Sans, SMALL, room - 10.0, 3);
        blocks.push((lines, Kind::Theory(*color)));
    }
    for claim in &row.claims {
        let lines = fonts.wrapped(claim, Face::Sans, SMALL, room - 7.0, LINES);
        blocks.push((lines, Kind::Claim));
    }
    blocks
}

fn set_cell(fonts: &Fonts, cell: &[Block], room: f32) -> Lines {
    let mut blocks = Lines::new();
    for block in cell {
        match block {
            Block::Quote { text, cited } => {
                let mut lines = fonts.wrapped(text, Face::Serif, TEXT, room - 4.0, LINES);
                if let Some(last) = lines.last_mut().filter(|line| line.ends_with('…')) {
                    last.push('”');
                }
                blocks.push((lines, Kind::Quote));
                let lines = fonts.wrapped(cited, Face::Sans, 7.5, room, 3);
                blocks.push((lines, Kind::Cited));
            }
            Block::Claim(text) => {
                let lines = fonts.wrapped(text, Face::Sans, SMALL, room - 7.0, LINES);
                blocks.push((lines, Kind::Claim));
            }
            Block::More(text) => {
                let lines = fonts.wrapped(text, Face::Sans, 7.5, room, 2);
                blocks.push((lines, Kind::More));
            }
        }
    }
    blocks
}

/// Draws what stands in a cell from `top` down; returns where it ends.
fn draw_blocks(canvas: &mut Canvas<'_>, x: f32, top: f32, blocks: &Lines) -> f32 {
    let mut y = top;
    for (at, (lines, kind)) in blocks.iter().enumerate() {
        if at > 0 && *kind != Kind::Cited {
            y += 5.0;
        }
        let (set, shift) = kind.set(canvas);
        let height = lines.len() as f32 * set.size * LEADING;
        match kind {
            Kind::Claim => {
                let color = canvas.tint.accent;
                canvas.line((x + 1.0, y + 1.0), (x + 1.0, y + height), color, 1.5);
            }
            Kind::Theory(color) => {
                let area = Area {
                    x,
                    y: y + 1.5,
                    width: 6.0,
                    height: 6.0,
                };
                let fill = canvas.tint.mark(*color);
                canvas.tile(area, 2.0, Some(fill), None);
            }
            _ => {}
        }
        for line in lines {
            canvas.words((x + shift, y + set.size * 0.95), line, set);
            y += set.size * LEADING;
        }
    }
    y
}

impl Kind {
    /// How it is set, and how far in.
    fn set(self, canvas: &Canvas<'_>) -> (Set, f32) {
        let small = canvas.small();
        match self {
            Self::Name => (canvas.set(TEXT, Face::Bold), 0.0),
            Self::Theory(color) => {
                let color = canvas.tint.text(color);
                (Set { color, ..small }, 10.0)
            }
            Self::Quote => (canvas.set(TEXT, Face::Serif), 0.0),
            Self::Claim => (canvas.set(SMALL, Face::Sans), 7.0),
            Self::Cited | Self::More => (Set { size: 7.5, ..small }, 0.0),
        }
    }
}
