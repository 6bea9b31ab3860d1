//! Where things stand in the reader: columns, font sizes, line heights, gaps.

use egui::{Rect, pos2};

use super::blocks::{Block, Kind};

/// The type of a reading: sizes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The body's font size.
    pub size: f32,
    /// The width of the text column.
    pub width: f32,
}

impl Measure {
    /// The font size of a kind of block.
    pub fn font_size(&self, kind: Kind) -> f32 {
        match kind {
            Kind::Body | Kind::Item(_) | Kind::Quote => self.size,
            Kind::Heading(level) => (self.size * heading_scale(level)).round(),
            Kind::Row => (self.size * 0.88).round(),
            Kind::Note | Kind::Code => (self.size * 0.84).round(),
        }
    }

    /// The distance from line to line, in whole points so that lines fall on pixels.
    pub fn line_height(&self, kind: Kind) -> f32 {
        let (size, lead) = match kind {
            Kind::Body | Kind::Item(_) | Kind::Quote => (self.size, 1.58),
            Kind::Heading(level) => (self.size * heading_scale(level), 1.3),
            Kind::Row | Kind::Code => (self.font_size(kind), 1.4),
            Kind::Note => (self.font_size(kind), 1.48),
        };
        (size * lead).round()
    }

    /// How far a block's text stands in from the left of the column.
    pub fn indent(&self, kind: Kind) -> f32 {
        let indent = match kind {
            Kind::Item(depth) => self.size * 1.6 * f32::from(depth),
            Kind::Quote => self.size * 1.6,
            Kind::Code => self.size * 0.8,
            Kind::Body | Kind::Heading(_) | Kind::Row | Kind::Note => 0.0,
        };
        indent.min(self.width * 0.4).round()
    }

    /// The width that a block's text has.
    pub fn text_width(&self, kind: Kind) -> f32 {
        let right = match kind {
            Kind::Quote => self.size.round(),
            _ => 0.0,
        };
        self.width - self.indent(kind) - right
    }

    /// The room above a block's text.
    pub fn above(&self, block: &Block) -> f32 {
        let share = match block.kind {
            Kind::Heading(_) if block.first => 0.7,
            // For the rule over the notes.
            Kind::Note if block.opens => 1.0,
            Kind::Row if block.opens => 0.3,
            _ => 0.0,
        };
        (self.size * share).round()
    }

    /// The room below it: more after a paragraph than after a cut inside one, little inside lists and tables.
    pub fn below(&self, block: &Block) -> f32 {
        let share = match (block.last, block.closes, block.kind) {
            (false, _, _) => 0.45,
            (true, _, Kind::Heading(_)) => 0.35,
            (true, _, Kind::Body) => 0.72,
            (true, true, Kind::Row) => 1.0,
            (true, true, _) => 0.72,
            (true, false, Kind::Item(_) | Kind::Note | Kind::Row) => 0.3,
            (true, false, Kind::Quote) => 0.5,
            (true, false, Kind::Code) => 0.0,
        };
        (self.size * share).round()
    }

    /// The height of a block whose text is `text` points high.
    pub fn height(&self, block: &Block, text: f32) -> f32 {
        self.above(block) + text + self.below(block)
    }
}

fn heading_scale(level: u8) -> f32 {
    match level {
        1 => 1.34,
        2 => 1.17,
        _ => 1.0,
    }
}

/// The columns of the reader, from left to right: page numbers, paragraph numbers, text, bars, glosses, scroll bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// The text column.
    pub text: Rect,
    /// The right end of the paragraph numbers.
    pub numbers: f32,
    /// The right end of the page numbers, left of those.
    pub pages: f32,
    /// The left end of the first bar.
    pub bars: f32,
    /// How many bars fit side by side.
    pub lanes: usize,
    /// The glosses' column; of no width when there is no room.
    pub gloss: Rect,
    /// The scroll bar.
    pub scroll: Rect,
}

/// The distance from bar to bar.
pub const LANE: f32 = 8.0;
/// How many bars stand side by side at the most; deeper overlaps are counted, not drawn.
const LANES: usize = 5;

impl Columns {
    /// Fits the columns into `full`: the text gets 33 times its font size where it can (about 66 characters), the glosses
    /// up to 230 points; in a narrow window the text gives way first, then the glosses' words go and only bars stay. There
    /// is a column of page numbers for a reading `with_pages`.
    pub fn fit(full: Rect, size: f32, with_pages: bool) -> Self {
        let ideal = (size * 33.0).round();
        let paragraphs = 58.0;
        let numbers = paragraphs + if with_pages { 30.0 } else { 0.0 };
        let (bars, scroll) = (26.0 + LANE * LANES as f32, 14.0);
        let fixed = numbers + bars + scroll;
        let room = full.width() - fixed;
        let least_text = ideal.min(size * 21.0);
        let gloss = (room - ideal).clamp(0.0, 230.0);
        let gloss = if gloss < 120.0 && room - 120.0 >= least_text {
            120.0
        } else if gloss < 120.0 {
            0.0
        } else {
            gloss
        };
        let width = ideal.min(room - gloss).max(80.0).floor();
        let spare = (room - gloss - width).max(0.0);
        let left = full.left() + (spare / 2.0).floor();
        let text_left = left + numbers;
        let bars_left = text_left + width + 20.0;
        let gloss_left = bars_left + LANE * LANES as f32 + 6.0;
        let column = |from: f32, width: f32| {
            Rect::from_min_max(pos2(from, full.top()), pos2(from + width, full.bottom()))
        };
        Self {
            text: column(text_left, width),
            numbers: text_left - 14.0,
            pages: text_left - paragraphs,
            bars: bars_left,
            lanes: LANES,
            gloss: column(gloss_left, gloss),
            scroll: column(full.right() - scroll, scroll),
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn columns_never_overlap_and_stay_inside() {
        for width in (200..2400).step_by(37) {
            for size in [12.0, 18.0, 32.0] {
                let full = Rect::from_min_size(pos2(10.0, 0.0), vec2(width as f32, 600.0));
                let c = Columns::fit(full, size, width % 2 == 0);
                assert!(c.pages > full.left() - 0.5 && c.pages < c.numbers);
                assert!(c.text.right() < c.bars);
                assert!(c.bars < c.gloss.left());
                if width > 300 {
                    assert!(c.gloss.right() <= c.scroll.left() + 0.5, "{width} {size}");
                }
            }
        }
    }
}
