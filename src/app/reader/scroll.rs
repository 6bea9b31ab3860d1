//! Where the view stands in the reading, and laying out what shows of it.

use std::sync::Arc;

use egui::{Galley, Rect, Ui, vec2};

use super::{
    blocks::{self, Block, Kind},
    layout::Measure,
    page::{Pending, Reader, Visible},
    tables::{self, Column},
    typeset::Setting,
};
use crate::{
    app::theme::{self, Palette},
    text::Span,
};

/// Scrolling further than this at once, in points, is a leap.
const LEAP: f64 = 4000.0;

impl Reader {
    /// Lays a slot out and takes note of its height. Returns the galley, the room above it, and the whole height.
    pub(super) fn lay(
        &mut self,
        ui: &Ui,
        slot: usize,
        palette: &Palette,
    ) -> (Arc<Galley>, f32, f64) {
        let Some(measure) = self.shape.as_ref().map(|s| s.measure) else {
            return (
                ui.fonts_mut(|f| f.layout_job(egui::text::LayoutJob::default())),
                0.0,
                0.0,
            );
        };
        let (galley, above, below) = match self.block(slot).copied() {
            Some(block) => {
                let columns = self.columns_of(&block, measure);
                let setting = Setting {
                    text: &self.text,
                    structure: &self.structure,
                    notes: &self.notes,
                    measure,
                    palette,
                };
                let galley = setting.set(ui, &block, columns.as_deref());
                (galley, measure.above(&block), measure.below(&block))
            }
            None => {
                let job = self.title_job(measure, palette);
                let galley = ui.fonts_mut(|f| f.layout_job(job));
                (galley, 26.0, (measure.size * 0.9).round())
            }
        };
        let height = above + galley.size().y + below;
        self.heights.set_exact(slot, height);
        (galley, above, f64::from(height))
    }

    /// The columns of the table that a block is a row of.
    fn columns_of(&mut self, block: &Block, measure: Measure) -> Option<Arc<[Column]>> {
        if block.kind != Kind::Row {
            return None;
        }
        let advances = self.advances.as_ref()?;
        let (text, blocks) = (&self.text, &self.blocks);
        let known = self.columns_of.entry(block.run);
        known
            .or_insert_with(|| tables::columns(text, blocks, block.run as usize, advances, measure))
            .clone()
    }

    pub(super) fn title_job(&self, measure: Measure, palette: &Palette) -> egui::text::LayoutJob {
        let size = (measure.size * 1.62).round();
        let mut job = egui::text::LayoutJob {
            wrap: egui::text::TextWrapping {
                max_width: measure.width,
                ..Default::default()
            },
            ..Default::default()
        };
        let format = |font, line: f32, color| egui::text::TextFormat {
            line_height: Some(line.round()),
            ..egui::text::TextFormat::simple(font, color)
        };
        job.append(
            &self.title.0,
            0.0,
            format(theme::serif_bold(size), size * 1.25, palette.ink),
        );
        job.append("\n", 0.0, format(theme::sans(6.0), 8.0, palette.dim));
        job.append(
            &self.title.1,
            0.0,
            format(theme::sans(12.5), 19.0, palette.dim),
        );
        job
    }

    /// Where the highlight in focus shows on the screen, if it does.
    pub fn focus_rect(&self) -> Option<Rect> {
        let rects = self.rects_of(self.focus_span?, self.columns?.text.left());
        rects.into_iter().reduce(Rect::union)
    }

    /// Scrolls down by `points` (up when negative). Nearby, blocks are laid out on the way, so that not a point is lost;
    /// a leap goes by the heights as they are estimated.
    pub fn scroll_by(&mut self, points: f64) {
        self.top.1 += points;
        if self.top.1.abs() > LEAP {
            let (_, top) = self.extent();
            self.scroll_to(top);
        }
    }

    /// Scrolls so that the point `y` of the whole reading is at the top.
    pub(super) fn scroll_to(&mut self, y: f64) {
        self.top = self.heights.find(y);
    }

    /// The whole height and where in it the view stands, in points.
    pub(super) fn extent(&self) -> (f64, f64) {
        (
            self.heights.total(),
            self.heights.top(self.top.0) + self.top.1,
        )
    }

    pub(super) fn scroll_home(&mut self) {
        self.top = (0, 0.0);
    }

    pub(super) fn scroll_end(&mut self) {
        self.top = (self.blocks.len(), 0.0);
    }

    /// Brings scroll position, pending jumps and visible blocks into agreement.
    pub(super) fn settle(&mut self, ui: &Ui, palette: &Palette, full: Rect) {
        let view = f64::from(full.height());
        match self.pending.take() {
            Some(Pending::Top(offset)) => {
                let (slot, y) = self.place_of(ui, palette, offset);
                self.top = (slot, y);
            }
            Some(Pending::Into(span)) if !self.shows(span, full) => {
                let (slot, y) = self.place_of(ui, palette, span.start);
                self.top = (slot, y - view * 0.3);
            }
            _ => {}
        }
        self.climb(ui, palette);
        for may_pull_back in [true, false] {
            let end = self.lay_view(ui, palette, full);
            let at_start = self.top == (0, 0.0);
            let Some(end) = end.filter(|&end| end < view && may_pull_back && !at_start) else {
                break;
            };
            self.top.1 -= view - end;
            self.climb(ui, palette);
        }
        let spans = self
            .visible_blocks
            .iter()
            .filter_map(|v| self.block(v.slot));
        let ends = spans.fold(None::<Span>, |all, b| {
            Some(all.map_or(b.span, |a| Span::new(a.start, b.span.end)))
        });
        self.visible = ends.unwrap_or(Span::new(0, 0));
    }

    /// The slot that byte `offset` is in, and how far below the slot's top its row starts.
    fn place_of(&mut self, ui: &Ui, palette: &Palette, offset: u32) -> (usize, f64) {
        let slot = blocks::block_at(&self.blocks, offset) + 1;
        let (galley, above, _) = self.lay(ui, slot, palette);
        let at = Visible {
            slot,
            top: 0.0,
            galley,
        };
        let row = self.cursor_rect(&at, offset).map_or(0.0, |r| r.top());
        let above = if row > 0.0 { above } else { 0.0 };
        (slot, f64::from(above + row))
    }

    /// Lays blocks out upwards until the offset into the top one is not negative.
    pub(super) fn climb(&mut self, ui: &Ui, palette: &Palette) {
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            self.top.1 += self.lay(ui, self.top.0, palette).2;
        }
        self.top.1 = self.top.1.max(0.0);
    }

    /// Lays out what shows from the top on. Returns where the text ends when its last block was reached, from the top of
    /// the view.
    pub(super) fn lay_view(&mut self, ui: &Ui, palette: &Palette, full: Rect) -> Option<f64> {
        let slots = self.blocks.len() + 1;
        self.visible_blocks.clear();
        let mut y = -self.top.1;
        let mut slot = self.top.0.min(slots - 1);
        loop {
            let (galley, above, height) = self.lay(ui, slot, palette);
            if self.visible_blocks.is_empty() && y + height <= 0.0 && slot + 1 < slots {
                self.top = (slot + 1, -(y + height));
                y += height;
                slot += 1;
                continue;
            }
            let top = (full.top() + y as f32 + above).round();
            self.visible_blocks.push(Visible { slot, top, galley });
            y += height;
            slot += 1;
            if slot >= slots {
                return Some(y);
            }
            if y >= f64::from(full.height()) {
                return None;
            }
        }
    }

    /// Whether the start and end of a passage show with some room around them, as laid out last.
    pub(super) fn shows(&self, span: Span, full: Rect) -> bool {
        let inner = full.shrink2(vec2(0.0, (full.height() * 0.08).min(60.0)));
        let inside = |offset: u32| {
            self.screen_position(offset)
                .is_some_and(|p| inner.y_range().contains(p.y))
        };
        inside(span.start) && (inside(span.end) || span.len() > self.visible.len() / 2)
    }
}
