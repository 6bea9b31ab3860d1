//! What highlights look like in one block: tints, underlines, and where their bars run.

use egui::{Color32, Galley, Rect, pos2};

use super::blocks::Block;
use crate::{
    app::theme::Palette,
    model::{Color, Highlight, HighlightId, HighlightSet},
    text::{Span, Text, runs_up_to},
};

/// How many highlights are painted in one block. Beyond that tints can't be told apart; the margin says that there are more.
pub const MOST_IN_BLOCK: usize = 60;
/// How many are looked at for those, since most may be hidden.
const MOST_LOOKED_AT: usize = 20 * MOST_IN_BLOCK;
/// How many of the labels that lie over each other show: a tint and two underlines.
const DEPTH: usize = 3;

/// A highlight's stretch of a block, in points from the block's text.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Which.
    pub id: HighlightId,
    /// The highlight's span in the text.
    pub span: Span,
    /// Its colour.
    pub color: Color,
    /// The top of its first row.
    pub top: f32,
    /// The bottom of its last row.
    pub bottom: f32,
}

/// The marks of one block, worked out once and painted at any place.
#[derive(Default)]
pub struct Marks {
    /// Tints, under the text.
    pub tints: Vec<(Rect, Color32)>,
    /// Underlines, over the tints.
    pub lines: Vec<(Rect, Color32)>,
    /// One for each highlight, in text order.
    pub extents: Vec<Extent>,
    /// Whether there are more highlights than are painted.
    pub more: bool,
}

/// Works out the marks of `block`, laid out as `galley`. Costs what overlaps the block, at most [`MOST_IN_BLOCK`].
/// `style` gives a highlight's colour, or `None` when it is hidden.
pub fn marks(
    text: &Text,
    block: &Block,
    galley: &Galley,
    highlights: &HighlightSet,
    palette: &Palette,
    style: impl Fn(&Highlight) -> Option<Color>,
) -> Marks {
    let mut shown: Vec<(HighlightId, Span, Color)> = Vec::new();
    let mut marks = Marks::default();
    for (looked, h) in highlights.overlapping(block.span).enumerate() {
        let color = style(h);
        let full = shown.len() == MOST_IN_BLOCK;
        if looked == MOST_LOOKED_AT || (full && color.is_some()) {
            marks.more = true;
            break;
        }
        shown.extend(color.map(|color| (h.id, h.span, color)));
    }
    if shown.is_empty() {
        return marks;
    }
    let body = text.slice(block.span);
    let spans: Vec<Span> = shown.iter().map(|s| s.1).collect();
    let mut chars = CharCounter::new(body);
    for run in runs_up_to(&spans, block.span, DEPTH) {
        let from = chars.count_to(run.span.start - block.span.start);
        let to = chars.count_to(run.span.end - block.span.start);
        for row in row_rects(galley, from, to) {
            for (depth, &cover) in run.covers.iter().enumerate() {
                let color = shown[cover].2;
                if depth == 0 {
                    marks.tints.push((
                        row.shrink2(egui::vec2(0.0, 2.0)),
                        palette.label_tint(color, false),
                    ));
                } else {
                    let bottom = row.bottom() - 1.0 - 3.0 * (DEPTH - 1 - depth) as f32;
                    let line = Rect::from_min_max(
                        pos2(row.left(), bottom - 2.0),
                        pos2(row.right(), bottom),
                    );
                    marks.lines.push((line, palette.label_mark(color)));
                }
            }
        }
    }
    for (id, span, color) in shown {
        let cut = span.intersect(block.span);
        let count = |offset: u32| {
            body.get(..(offset - block.span.start) as usize)
                .map_or(0, |s| s.chars().count())
        };
        let (from, to) = (count(cut.start), count(cut.end));
        if let Some((top, bottom)) = rows_between(galley, from, to) {
            marks.extents.push(Extent {
                id,
                span,
                color,
                top,
                bottom,
            });
        }
    }
    marks
}

/// The rectangles of a span within a block, one a row, relative to the block's text.
pub fn span_rects(text: &Text, block: &Block, galley: &Galley, span: Span) -> Vec<Rect> {
    let cut = span.intersect(block.span);
    if cut.is_empty() {
        return Vec::new();
    }
    let mut chars = CharCounter::new(text.slice(block.span));
    let from = chars.count_to(cut.start - block.span.start);
    let to = chars.count_to(cut.end - block.span.start);
    row_rects(galley, from, to)
}

/// The rectangles of several spans within a block, one a row, each with its span; the spans come in text order.
pub fn rects_of_all(
    text: &Text,
    block: &Block,
    galley: &Galley,
    spans: &[Span],
) -> Vec<(Rect, Span)> {
    let mut chars = CharCounter::new(text.slice(block.span));
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        let cut = span.intersect(block.span);
        let from = chars.count_to(cut.start - block.span.start);
        let to = chars.count_to(cut.end - block.span.start);
        out.extend(row_rects(galley, from, to).into_iter().map(|r| (r, *span)));
    }
    out
}

fn rows_between(galley: &Galley, from: usize, to: usize) -> Option<(f32, f32)> {
    // In a table the last cell may end higher than one before it.
    let rects = row_rects(galley, from, to.max(from + 1)).into_iter();
    let all = rects.reduce(Rect::union)?;
    Some((all.top(), all.bottom()))
}

fn row_rects(galley: &Galley, from: usize, to: usize) -> Vec<Rect> {
    let mut out = Vec::new();
    let mut at = 0;
    for row in &galley.rows {
        let len = row.char_count_excluding_newline().0;
        let (a, b) = (from.max(at), to.min(at + len));
        if a < b {
            let x = |column: usize| row.pos.x + row.x_offset(column.into());
            out.push(Rect::from_min_max(
                pos2(x(a - at), row.min_y()),
                pos2(x(b - at), row.max_y()),
            ));
        }
        at += row.char_count_including_newline().0;
        if at >= to {
            break;
        }
    }
    out
}

/// Counts characters up to byte offsets that mostly go up, without starting over each time.
struct CharCounter<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
}

impl<'a> CharCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            chars: 0,
        }
    }

    fn count_to(&mut self, offset: u32) -> usize {
        let offset = offset as usize;
        if offset < self.byte {
            (self.byte, self.chars) = (0, 0);
        }
        self.chars += self
            .text
            .get(self.byte..offset)
            .map_or(0, |s| s.chars().count());
        self.byte = offset;
        self.chars
    }
}
