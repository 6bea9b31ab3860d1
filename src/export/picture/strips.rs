//! Strips: one a reading, side by side, with marks where something falls in it.

use super::{
    Anchor, Area, Face, Fonts, Look, Picture, PictureError,
    canvas::{Canvas, LEADING, MARGIN, SMALL, Set, TEXT},
};
use crate::model::Color;

/// What is marked in a lane of its own of every strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: Color,
}

/// A mark.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stretch {
    /// The lane it lies in.
    pub lane: usize,
    /// Where it starts, from 0 to 1.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// How strong it is, from 0 to 1.
    pub share: f32,
}

/// A strip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StripsRow {
    /// Its name.
    pub name: String,
    /// The marks.
    pub marks: Vec<Stretch>,
}

/// Strips side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strips {
    /// The lanes, from the top down.
    pub lanes: Vec<Lane>,
    /// The strips.
    pub rows: Vec<StripsRow>,
    /// What is to be said below.
    pub caption: String,
}

/// The strips together are not higher than this if it can be had.
const HIGHEST: f32 = 640.0;
/// The size of the numbers of lanes.
const SIGN: f32 = 5.0;
/// The width of such a number.
const SIGN_WIDTH: f32 = 7.5;
/// The shortest mark.
const SHORTEST: f32 = 1.2;

/// Draws strips.
///
/// # Errors
/// [`PictureError::TooNarrow`] when strips would be too short to tell places apart, [`PictureError::Empty`] without lanes or strips.
pub fn strips(strips: &Strips, look: &Look, fonts: &Fonts) -> Result<Picture, PictureError> {
    if strips.rows.is_empty() || strips.lanes.is_empty() {
        return Err(PictureError::Empty("there is nothing to be shown"));
    }
    let mut canvas = Canvas::new(look, fonts);
    let wanted = (strips.rows.iter()).map(|row| fonts.width(&row.name, Face::Sans, TEXT));
    let names = (wanted.fold(0.0, f32::max) + 12.0).min(canvas.room() * 0.3);
    let lane = (HIGHEST / (strips.rows.len() * strips.lanes.len()) as f32).clamp(2.0, 6.5);
    let gutter = 5.0 + signs_beside(lane) as f32 * SIGN_WIDTH;
    let left = MARGIN + names + gutter;
    let length = MARGIN + canvas.room() - left;
    if length < 80.0 {
        return Err(PictureError::TooNarrow {
            what: "letters in the names",
            needed: look.width + 80.0 - length,
        });
    }
    for row in &strips.rows {
        draw_strip(&mut canvas, strips, row, (names, left, length, lane));
    }
    draw_axis(&mut canvas, left, length);
    if look.legend {
        draw_legend(&mut canvas, &strips.lanes);
    }
    canvas.finish(&strips.caption)
}

fn draw_strip(
    canvas: &mut Canvas<'_>,
    strips: &Strips,
    row: &StripsRow,
    (names, left, length, lane): (f32, f32, f32, f32),
) {
    let height = strips.lanes.len() as f32 * lane + 3.0;
    let most = ((height + 8.0) / (TEXT * LEADING)).floor().clamp(1.0, 3.0);
    let lines = (canvas.fonts).wrapped(&row.name, Face::Sans, TEXT, names - 8.0, most as usize);
    let taken = height.max(lines.len() as f32 * TEXT * LEADING);
    let middle = canvas.y + taken / 2.0;
    let ink = canvas.set(TEXT, Face::Sans);
    canvas.block(MARGIN, middle, &lines, ink);
    let top = middle - height / 2.0;
    let ground = Area {
        x: left,
        y: top,
        width: length,
        height,
    };
    let faint = canvas.tint.faint;
    canvas.tile(ground, 2.5, Some(faint), None);
    let mut seen: Vec<usize> = row.marks.iter().map(|mark| mark.lane).collect();
    seen.sort_unstable();
    seen.dedup();
    let beside = signs_beside(lane);
    let sign = Set {
        anchor: Anchor::End,
        size: SIGN,
        ..canvas.small()
    };
    for at in seen {
        let y = top + 1.5 + (at as f32 + 0.5) * lane;
        let x = left - 3.0 - (at % beside) as f32 * SIGN_WIDTH;
        canvas.centred(x, y, (at + 1).to_string(), sign);
    }
    for mark in &row.marks {
        let Some(of) = strips.lanes.get(mark.lane) else {
            continue;
        };
        let width = ((mark.to - mark.from) * length).max(SHORTEST);
        let x = (left + mark.from * length).min(left + length - width);
        let area = Area {
            x,
            y: top + 1.5 + mark.lane as f32 * lane + lane * 0.06,
            width,
            height: lane * 0.88,
        };
        let full = canvas.tint.mark(of.color);
        let fill = canvas.tint.faint.towards(full, 0.25 + 0.75 * mark.share);
        canvas.tile(area, 1.0, Some(fill), None);
    }
    canvas.y += taken + 6.0;
}

/// In how many columns the numbers of lanes stand, so that those of neighbours don't collide.
fn signs_beside(lane: f32) -> usize {
    (SIGN * 0.95 / lane).ceil().max(1.0) as usize
}

fn draw_axis(canvas: &mut Canvas<'_>, left: f32, length: f32) {
    let small = canvas.small();
    let y = canvas.y - 2.0;
    let color = canvas.tint.line;
    canvas.line((left, y), (left + length, y), color, 0.75);
    for (at, text, anchor) in [
        (0.0, "beginning", Anchor::Start),
        (0.25, "", Anchor::Middle),
        (0.5, "half", Anchor::Middle),
        (0.75, "", Anchor::Middle),
        (1.0, "end", Anchor::End),
    ] {
        let x = left + at * length;
        canvas.line((x, y), (x, y + 3.0), color, 0.75);
        let set = Set { anchor, ..small };
        canvas.words((x, y + 3.0 + SMALL), text, set);
    }
    canvas.y += SMALL * LEADING + 3.0;
}

/// The lanes with their numbers, colours and names, in as many columns as fit.
fn draw_legend(canvas: &mut Canvas<'_>, lanes: &[Lane]) {
    canvas.y += 6.0;
    let room = canvas.room();
    let small = Set {
        color: canvas.tint.ink,
        ..canvas.small()
    };
    let number = Set {
        anchor: Anchor::End,
        ..canvas.small()
    };
    let widest = (lanes.iter()).map(|lane| canvas.fonts.width(&lane.name, Face::Sans, SMALL));
    let across = (widest.fold(0.0, f32::max) + 40.0).min(room);
    let columns = ((room / across).floor() as usize).clamp(1, lanes.len());
    let rows = lanes.len().div_ceil(columns);
    let down = SMALL * LEADING + 3.0;
    for (at, lane) in lanes.iter().enumerate() {
        let x = MARGIN + (at / rows) as f32 * (room / columns as f32);
        let middle = canvas.y + (at % rows) as f32 * down + down / 2.0;
        canvas.centred(x + 10.0, middle, (at + 1).to_string(), number);
        let area = Area {
            x: x + 14.0,
            y: middle - 3.5,
            width: 7.0,
            height: 7.0,
        };
        let fill = canvas.tint.mark(lane.color);
        canvas.tile(area, 2.0, Some(fill), None);
        let name = (canvas.fonts).fitted(&lane.name, Face::Sans, SMALL, across - 32.0);
        canvas.centred(x + 25.0, middle, name, small);
    }
    canvas.y += rows as f32 * down;
}
