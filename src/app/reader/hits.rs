//! Where finding found something: boxes around what shows of it, and ticks beside the scroll bar.

use egui::{Color32, Rect, Ui, pos2, vec2};

use super::{blocks, layout::Columns, marks, page::Reader};
use crate::{app::theme::Palette, text::Span};

/// What was found in the reading.
#[derive(Clone, Copy, Default)]
pub struct Hits<'a> {
    /// The hits, in text order.
    pub spans: &'a [Span],
    /// The one that one is at.
    pub current: Option<Span>,
    /// Some of them, a few hundred at most, to tick off beside the scroll bar.
    pub ticks: &'a [u32],
}

impl<'a> Hits<'a> {
    /// Those that overlap a span. O(log n).
    fn within(&self, span: Span) -> &'a [Span] {
        let from = self.spans.partition_point(|s| s.end <= span.start);
        let rest = &self.spans[from..];
        &rest[..rest.partition_point(|s| s.start < span.end)]
    }
}

impl Reader {
    /// Marks the hits that show. Costs what shows of them.
    pub(super) fn paint_hits(
        &self,
        painter: &egui::Painter,
        hits: &Hits<'_>,
        palette: &Palette,
        left: f32,
    ) {
        let mut mesh = egui::Mesh::default();
        for v in &self.visible_blocks {
            let Some(block) = self.block(v.slot) else {
                continue;
            };
            let here = hits.within(block.span);
            for (rect, span) in marks::rects_of_all(&self.text, block, &v.galley, here) {
                let rect = rect.translate(vec2(left, v.top)).shrink2(vec2(0.0, 2.0));
                let current = hits.current == Some(span);
                let (fill, line) = palette.hit(current);
                mesh.add_colored_rect(rect, fill);
                frame(&mut mesh, rect, if current { 2.0 } else { 1.0 }, line);
            }
        }
        painter.add(mesh);
    }

    /// Ticks beside the scroll bar.
    pub(super) fn paint_ticks(
        &self,
        ui: &Ui,
        hits: &Hits<'_>,
        columns: &Columns,
        palette: &Palette,
    ) {
        let (bar, (total, _)) = (columns.scroll, self.extent());
        if total <= f64::from(bar.height()) {
            return;
        }
        let y = |offset: u32| {
            let slot = blocks::block_at(&self.blocks, offset) + 1;
            let share = self.heights.top(slot) / total;
            (bar.top() + share as f32 * bar.height()).round()
        };
        let tick = |offset: u32, width: f32, height: f32| {
            Rect::from_min_size(
                pos2(bar.right() - width - 1.0, y(offset)),
                vec2(width, height),
            )
        };
        let mut mesh = egui::Mesh::default();
        let (_, line) = palette.hit(false);
        for offset in hits.ticks {
            mesh.add_colored_rect(tick(*offset, 4.0, 1.0), line);
        }
        if let Some(current) = hits.current {
            mesh.add_colored_rect(tick(current.start, bar.width() - 2.0, 3.0), palette.accent);
        }
        ui.painter().add(mesh);
    }
}

/// A frame just within a rectangle.
fn frame(mesh: &mut egui::Mesh, rect: Rect, width: f32, color: Color32) {
    let (min, max) = (rect.min, rect.max);
    let mut side = |a, b| mesh.add_colored_rect(Rect::from_min_max(a, b), color);
    side(min, pos2(max.x, min.y + width));
    side(pos2(min.x, max.y - width), max);
    side(
        pos2(min.x, min.y + width),
        pos2(min.x + width, max.y - width),
    );
    side(
        pos2(max.x - width, min.y + width),
        pos2(max.x, max.y - width),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_is_found_by_halving() {
        let spans: Vec<Span> = (0..100).map(|i| Span::new(10 * i, 10 * i + 5)).collect();
        let hits = Hits {
            spans: &spans,
            ..Hits::default()
        };
        assert_eq!(hits.within(Span::new(4, 21)), &spans[..3]);
        assert_eq!(hits.within(Span::new(5, 10)), &[]);
        assert_eq!(hits.within(Span::new(990, 2000)), &spans[99..]);
    }
}
