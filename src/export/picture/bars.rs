//! Bars: a row each with its name, its bar and its numbers.

use super::{
    Anchor, Area, Face, Fonts, Look, Picture, PictureError,
    canvas::{Canvas, LEADING, MARGIN, SMALL, Set, TEXT},
};

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length as a share of the longest, negative for what is the other way round: that is drawn as an outline.
    pub share: f32,
    /// Its numbers, one for each heading.
    pub numbers: Vec<String>,
}

/// Bars with numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// What stands over the names.
    pub what: String,
    /// What stands over the bars.
    pub measure: String,
    /// What stands over the numbers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Bar>,
    /// What a filled bar and what an outlined one says, for the legend.
    pub kinds: Option<(String, String)>,
    /// What is to be said below.
    pub caption: String,
}

/// From one row to the next.
const DOWN: f32 = 15.0;
/// The height of a bar.
const THICK: f32 = 9.0;
/// The shortest room for bars.
const SHORTEST: f32 = 40.0;

/// Draws bars.
///
/// # Errors
/// [`PictureError::TooNarrow`] when no room is left for the bars, [`PictureError::Empty`] without rows.
pub fn bars(bars: &Bars, look: &Look, fonts: &Fonts) -> Result<Picture, PictureError> {
    if bars.rows.is_empty() {
        return Err(PictureError::Empty("there is nothing to be shown"));
    }
    let mut canvas = Canvas::new(look, fonts);
    let numbers: Vec<f32> = (0..bars.columns.len())
        .map(|at| number_width(bars, at, fonts))
        .collect();
    let wanted = bars
        .rows
        .iter()
        .map(|bar| fonts.width(&bar.name, Face::Sans, TEXT));
    let heading = fonts.width(&bars.what, Face::Sans, SMALL);
    let names = (wanted.fold(heading, f32::max) + 10.0).min(canvas.room() * 0.4);
    let room = canvas.room() - names - numbers.iter().sum::<f32>() - 4.0;
    if room < SHORTEST {
        return Err(PictureError::TooNarrow {
            what: "columns of numbers",
            needed: look.width + SHORTEST - room,
        });
    }
    draw_head(&mut canvas, bars, names, &numbers);
    let ink = canvas.set(TEXT, Face::Sans);
    let right = Set {
        anchor: Anchor::End,
        ..ink
    };
    for bar in &bars.rows {
        let middle = canvas.y + DOWN / 2.0;
        let name = fonts.fitted(&bar.name, Face::Sans, TEXT, names - 6.0);
        canvas.centred(MARGIN, middle, name, ink);
        draw_bar(&mut canvas, bar, MARGIN + names, room, middle);
        let mut x = MARGIN + names + room + 4.0;
        for (number, width) in bar.numbers.iter().zip(&numbers) {
            x += width;
            canvas.centred(x, middle, number, right);
        }
        canvas.y += DOWN;
    }
    if look.legend {
        draw_kinds(&mut canvas, bars);
    }
    canvas.finish(&bars.caption)
}

fn number_width(bars: &Bars, at: usize, fonts: &Fonts) -> f32 {
    let cells = bars.rows.iter().filter_map(|bar| bar.numbers.get(at));
    let widest = cells
        .map(|number| fonts.width(number, Face::Sans, TEXT))
        .fold(0.0, f32::max);
    let heading = bars.columns.get(at).map_or(0.0, |heading| {
        fonts.width(heading, Face::Sans, SMALL).min(90.0)
    });
    widest.max(heading) + 10.0
}

fn draw_head(canvas: &mut Canvas<'_>, bars: &Bars, names: f32, numbers: &[f32]) {
    let small = canvas.small();
    let y = canvas.y + SMALL;
    canvas.words((MARGIN, y), &bars.what, small);
    canvas.words((MARGIN + names, y), &bars.measure, small);
    let mut x = MARGIN + canvas.room();
    for (heading, width) in bars.columns.iter().zip(numbers).rev() {
        let set = Set {
            anchor: Anchor::End,
            ..small
        };
        let text = canvas.fonts.fitted(heading, Face::Sans, SMALL, width - 6.0);
        canvas.words((x, y), text, set);
        x -= width;
    }
    canvas.y += SMALL * LEADING + 3.0;
    let (from, to) = ((MARGIN, canvas.y), (MARGIN + canvas.room(), canvas.y));
    let color = canvas.tint.line;
    canvas.line(from, to, color, 0.75);
    canvas.y += 3.0;
}

fn draw_bar(canvas: &mut Canvas<'_>, bar: &Bar, x: f32, room: f32, middle: f32) {
    let area = Area {
        x,
        y: middle - THICK / 2.0,
        width: (bar.share.abs().min(1.0) * room).max(1.0),
        height: THICK,
    };
    match bar.share < 0.0 {
        false => {
            let fill = canvas.tint.accent;
            canvas.tile(area, 2.0, Some(fill), None);
        }
        true => {
            let line = canvas.tint.other;
            canvas.tile(area, 2.0, None, Some(line));
        }
    }
}

fn draw_kinds(canvas: &mut Canvas<'_>, bars: &Bars) {
    let Some((filled, outlined)) = &bars.kinds else {
        return;
    };
    canvas.y += 8.0;
    let (small, middle) = (canvas.small(), canvas.y + 4.0);
    let mut x = MARGIN;
    for (share, text) in [(1.0, filled), (-1.0, outlined)] {
        let bar = Bar {
            share,
            ..Bar::default()
        };
        draw_bar(canvas, &bar, x, 14.0, middle);
        canvas.centred(x + 19.0, middle, text, small);
        x += 19.0 + canvas.fonts.width(text, Face::Sans, SMALL) + 16.0;
    }
    canvas.y += SMALL * LEADING;
}
