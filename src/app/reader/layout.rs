//! Where things stand in the reader: columns, font sizes, line heights, gaps.

use egui::{
    Color32, FontId, Rect,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2,
};

use super::blocks::Block;
use crate::app::theme;

/// The type of a reading: sizes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The body's font size.
    pub size: f32,
    /// The width of the text column.
    pub width: f32,
}

impl Measure {
    /// The font of a block of that heading level.
    pub fn font(&self, level: u8) -> FontId {
        match level {
            0 => theme::serif(self.size),
            level => theme::serif_bold((self.size * heading_scale(level)).round()),
        }
    }

    /// The distance from line to line, in whole points so that lines fall on pixels.
    pub fn line_height(&self, level: u8) -> f32 {
        match level {
            0 => (self.size * 1.58).round(),
            level => (self.size * heading_scale(level) * 1.3).round(),
        }
    }

    /// The room above a block's text.
    pub fn above(&self, block: &Block) -> f32 {
        if block.level > 0 && block.first {
            (self.size * 0.7).round()
        } else {
            0.0
        }
    }

    /// The room below it: more after a paragraph than after a cut inside one.
    pub fn below(&self, block: &Block) -> f32 {
        let share = match (block.last, block.level) {
            (true, 0) => 0.72,
            (true, _) => 0.35,
            (false, _) => 0.45,
        };
        (self.size * share).round()
    }

    /// The height of a block whose text is `text` points high.
    pub fn height(&self, block: &Block, text: f32) -> f32 {
        self.above(block) + text + self.below(block)
    }

    /// How a block's text is laid out.
    pub fn job(&self, block: &Block, text: &str, color: Color32) -> LayoutJob {
        let format = TextFormat {
            line_height: Some(self.line_height(block.level)),
            ..TextFormat::simple(self.font(block.level), color)
        };
        LayoutJob {
            wrap: TextWrapping {
                max_width: self.width,
                ..TextWrapping::default()
            },
            break_on_newline: false,
            ..LayoutJob::single_section(text.to_owned(), format)
        }
    }
}

fn heading_scale(level: u8) -> f32 {
    match level {
        1 => 1.34,
        2 => 1.17,
        _ => 1.0,
    }
}

/// The columns of the reader, from left to right: paragraph numbers, text, bars, glosses, scroll bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// The text column.
    pub text: Rect,
    /// The right end of the paragraph numbers.
    pub numbers: f32,
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
    /// up to 230 points; in a narrow window the text gives way first, then the glosses' words go and only bars stay.
    pub fn fit(full: Rect, size: f32) -> Self {
        let ideal = (size * 33.0).round();
        let (numbers, bars, scroll) = (58.0, 26.0 + LANE * LANES as f32, 14.0);
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
                let c = Columns::fit(full, size);
                assert!(c.numbers > full.left());
                assert!(c.text.right() < c.bars);
                assert!(c.bars < c.gloss.left());
                if width > 260 {
                    assert!(c.gloss.right() <= c.scroll.left() + 0.5, "{width} {size}");
                }
            }
        }
    }
}
