//! The measures of the list: its columns, and how high a row will be.

use egui::{Rect, pos2};

use super::listing::Size;

/// Above and below what stands in a row.
pub(super) const PAD: f32 = 13.0;
/// Between a quote and its citation.
pub(super) const GAP: f32 = 4.0;
/// The height of a line of small text.
pub(super) const LINE: f32 = 18.0;
/// The height of a group's heading.
pub(super) const HEAD: f32 = 38.0;
/// How many lines of a quote show while it is folded.
pub(super) const FOLD: usize = 4;
/// How many bytes of a note show while its excerpt is not in focus.
pub(super) const NOTE: usize = 260;
/// From the colour bar to the quote.
const INDENT: f32 = 21.0;
/// As wide as lists get.
const WIDEST: f32 = 1040.0;

/// How wide and in which size a list is set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Measure {
    /// The quotes' font size in points.
    pub size: f32,
    /// The width of a row.
    pub width: f32,
}

impl Measure {
    /// The height of a line of a quote.
    pub fn line(&self) -> f32 {
        (self.size * 1.42).round()
    }

    /// Whether labels and notes stand below the citation for want of room at the right.
    pub fn stacked(&self) -> bool {
        self.width < 460.0
    }

    /// The width of labels and notes.
    pub fn side(&self) -> f32 {
        match self.stacked() {
            true => self.width - INDENT,
            false => (self.width * 0.29).clamp(150.0, 270.0),
        }
    }

    /// The width of quotes and citations.
    pub fn quote(&self) -> f32 {
        match self.stacked() {
            true => self.width - INDENT,
            false => self.width - INDENT - self.side() - 16.0,
        }
    }

    /// Where labels and notes begin, from the left of the row.
    pub fn side_left(&self) -> f32 {
        match self.stacked() {
            true => INDENT,
            false => self.width - self.side(),
        }
    }

    /// Where quotes begin, from the left of the row.
    pub fn quote_left(&self) -> f32 {
        INDENT
    }

    /// The height of a row with columns of these heights.
    pub fn height(&self, quote: f32, side: f32) -> f32 {
        let left = quote + GAP + LINE;
        let inner = match self.stacked() {
            true if side > 0.0 => left + GAP + side,
            true => left,
            false => left.max(side),
        };
        (2.0 * PAD + inner).round()
    }

    /// How high a row will be, about.
    pub fn estimate(&self, size: &Size) -> f32 {
        let lines = |bytes: u32, font: f32, width: f32| {
            (bytes as f32 * font * 0.46 / width.max(1.0))
                .ceil()
                .max(1.0)
        };
        let quote = lines(size.quote, self.size, self.quote()).min(FOLD as f32);
        let labels = lines(u32::from(size.labels) * 16, 13.0, self.side());
        let note = match size.note {
            0 => 0.0,
            bytes => lines(bytes.min(NOTE as u32), 13.0, self.side()),
        };
        let stance = if size.stance { 1.0 } else { 0.0 };
        self.height(quote * self.line(), (labels + stance + note) * LINE)
    }
}

/// Where the list stands in the room that the view has.
pub(super) fn column(full: Rect) -> Rect {
    let margin = if full.width() < 700.0 { 18.0 } else { 34.0 };
    let width = (full.width() - 2.0 * margin).min(WIDEST);
    let left = full.center().x - width / 2.0;
    Rect::from_min_max(pos2(left, full.top()), pos2(left + width, full.bottom()))
}
