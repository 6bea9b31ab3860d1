//! Painting: tints under the text, underlines over it, selection, the highlight in focus, paragraph numbers.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Color32, Rect, Response, Ui, pos2, vec2};

use super::{
    blocks::{Block, Kind},
    gloss,
    layout::{Columns, Measure},
    marks::{self, Marks},
    page::{Reader, Source, Visible},
};
use crate::{
    app::theme::{self, Palette},
    model::Highlight,
    text::Span,
};

impl Reader {
    /// The marks of a visible block, from the cache.
    pub(super) fn marks_of(&mut self, index: usize, source: &Source<'_>, palette: &Palette) {
        let visible = &self.visible_blocks[index];
        let slot = visible.slot;
        if self.marks.contains_key(&slot) {
            return;
        }
        let Some(block) = self.block(slot) else {
            return;
        };
        let style = |h: &Highlight| source.leading_label(h).map(|l| source.color(l));
        let new = marks::marks(
            &self.text,
            block,
            &visible.galley,
            source.highlights,
            palette,
            style,
        );
        self.marks.insert(slot, new);
    }

    pub(super) fn paint(
        &mut self,
        ui: &mut Ui,
        source: &Source<'_>,
        palette: &Palette,
        columns: &Columns,
        response: &Response,
    ) {
        let key = (source.revision, palette.dark, source.filter_hash());
        if self.marks_key != key {
            self.marks.clear();
            self.marks_key = key;
        }
        for index in 0..self.visible_blocks.len() {
            self.marks_of(index, source, palette);
        }
        if self.marks.len() > 4 * self.visible_blocks.len() + 64 {
            let shown: BTreeSet<usize> = self.visible_blocks.iter().map(|v| v.slot).collect();
            self.marks.retain(|slot, _| shown.contains(slot));
        }
        let full = response.rect;
        let painter = ui.painter_at(full);
        painter.rect_filled(full, 0.0, palette.paper);
        let left = columns.text.left();
        let mut tints = egui::Mesh::default();
        let mut lines = egui::Mesh::default();
        for v in &self.visible_blocks {
            let Some(marks) = self.marks.get(&v.slot) else {
                continue;
            };
            let by = vec2(left, v.top);
            for &(rect, color) in &marks.tints {
                tints.add_colored_rect(rect.translate(by), color);
            }
            for &(rect, color) in &marks.lines {
                lines.add_colored_rect(rect.translate(by), color);
            }
        }
        painter.add(tints);
        self.paint_focus(&painter, source, palette, left);
        self.paint_selection(&painter, palette, left);
        self.paint_hits(&painter, &source.hits, palette, left);
        for v in &self.visible_blocks {
            self.paint_block(&painter, v, source, palette, columns);
        }
        painter.add(lines);
        if response.has_focus() {
            let edge = Rect::from_min_size(full.min, vec2(2.0, full.height()));
            painter.rect_filled(edge, 0.0, palette.accent.gamma_multiply(0.5));
        }
        gloss::show(self, ui, source, palette, columns, full);
        self.scroll_bar(ui, columns, palette);
        self.paint_ticks(ui, &source.hits, columns, palette);
    }

    pub(super) fn paint_block(
        &self,
        painter: &egui::Painter,
        v: &Visible,
        source: &Source<'_>,
        palette: &Palette,
        columns: &Columns,
    ) {
        let Some(block) = self.block(v.slot) else {
            let at = pos2(columns.text.left(), v.top);
            painter.galley(at, Arc::clone(&v.galley), palette.ink);
            return;
        };
        let Some(measure) = self.shape.as_ref().map(|s| s.measure) else {
            return;
        };
        self.paint_rules(painter, v, block, measure, palette, columns);
        let at = pos2(columns.text.left(), v.top);
        painter.galley(at, Arc::clone(&v.galley), palette.ink);
        if block.first {
            let y = v.top + measure.line_height(block.kind) / 2.0;
            painter.text(
                pos2(columns.numbers, y),
                egui::Align2::RIGHT_CENTER,
                format!("¶{}", block.paragraph + 1),
                theme::sans(11.5),
                palette.dim,
            );
        }
        self.paint_pages(painter, v, block, source, palette, columns);
    }

    /// The rule over the notes and the lines of tables.
    fn paint_rules(
        &self,
        painter: &egui::Painter,
        v: &Visible,
        block: &Block,
        measure: Measure,
        palette: &Palette,
        columns: &Columns,
    ) {
        let rule = |y: f32, width: f32, color: Color32| {
            let rule = Rect::from_min_size(pos2(columns.text.left(), y.round()), vec2(width, 1.0));
            painter.rect_filled(rule, 0.0, color);
        };
        let bottom = v.top + v.galley.size().y;
        match block.kind {
            Kind::Note if block.opens => {
                let y = v.top - measure.above(block) * 0.5;
                rule(y, measure.width * 0.3, palette.dim.gamma_multiply(0.6));
            }
            Kind::Row => {
                if block.opens {
                    rule(v.top - 3.0, measure.width, palette.dim.gamma_multiply(0.6));
                }
                if block.closes && block.last {
                    rule(bottom + 3.0, measure.width, palette.dim.gamma_multiply(0.6));
                } else if block.last {
                    let y = bottom + measure.below(block) / 2.0;
                    rule(y, measure.width, palette.line);
                }
            }
            _ => {}
        }
    }

    /// The numbers of the pages that start in a block, each beside the line where it does, with a tick at the place.
    fn paint_pages(
        &self,
        painter: &egui::Painter,
        v: &Visible,
        block: &Block,
        source: &Source<'_>,
        palette: &Palette,
        columns: &Columns,
    ) {
        let before = self.block(v.slot.saturating_sub(1));
        let from = before.map_or(0, |b| b.span.end);
        let (first, pages) = self.structure.pages_in(Span::new(from, block.span.end));
        // Of several in one line the last is said: those before it have no text.
        let mut rows: Vec<(Rect, usize, u32)> = Vec::new();
        for (i, page) in pages.iter().enumerate() {
            let start = page.start.max(block.span.start);
            let Some(place) = self.cursor_rect(v, start) else {
                continue;
            };
            match rows.last_mut() {
                Some(last) if last.0.top() == place.top() => *last = (place, first + i, start),
                _ => rows.push((place, first + i, start)),
            }
        }
        for (place, index, start) in rows {
            let Some(label) = source.reading.page_label(index) else {
                continue;
            };
            let place = place.translate(vec2(columns.text.left(), v.top));
            painter.text(
                pos2(columns.pages, place.center().y),
                egui::Align2::RIGHT_CENTER,
                label,
                theme::sans_bold(11.5),
                palette.dim,
            );
            if start > block.span.start {
                let tick = pos2(place.left() - 2.0, place.top() + 2.0);
                let tick = Rect::from_min_size(tick, vec2(1.0, place.height() - 4.0));
                painter.rect_filled(tick, 0.0, palette.dim.gamma_multiply(0.7));
            }
        }
    }

    pub(super) fn paint_selection(
        &mut self,
        painter: &egui::Painter,
        palette: &Palette,
        left: f32,
    ) {
        self.selection_rect = None;
        let Some(span) = self.selected() else { return };
        let mut bounds = Rect::NOTHING;
        for rect in self.rects_of(span, left) {
            bounds = bounds.union(rect);
            painter.rect_filled(rect, 0.0, palette.selection);
        }
        self.selection_rect = bounds.is_positive().then_some(bounds);
    }

    /// The highlight in focus is tinted more strongly and has handles at its ends.
    pub(super) fn paint_focus(
        &mut self,
        painter: &egui::Painter,
        source: &Source<'_>,
        palette: &Palette,
        left: f32,
    ) {
        let Some(highlight) = self.focus.and_then(|id| source.highlights.get(id)) else {
            return;
        };
        let Some(color) = source.leading_label(highlight).map(|l| source.color(l)) else {
            return;
        };
        let span = match self.dragged_range {
            Some((id, _, span)) if id == highlight.id => span,
            _ => highlight.span,
        };
        let rects = self.rects_of(span, left);
        for rect in &rects {
            painter.rect_filled(*rect, 2.0, palette.label_tint(color, true));
        }
        if !self.focus_is_own {
            return;
        }
        let mark = palette.label_mark(color);
        if self.visible.has(span.start)
            && let Some(first) = rects.first()
        {
            handle(painter, first.left_top(), first.height(), mark, -1.0);
        }
        if self.visible.has(span.end.saturating_sub(1))
            && let Some(last) = rects.last()
        {
            handle(painter, last.right_top(), last.height(), mark, 1.0);
        }
    }

    /// The rectangles of a passage on the screen, one a row.
    pub(super) fn rects_of(&self, span: Span, left: f32) -> Vec<Rect> {
        self.visible_blocks
            .iter()
            .filter_map(|v| Some((v, self.block(v.slot)?)))
            .flat_map(|(v, block)| {
                marks::span_rects(&self.text, block, &v.galley, span)
                    .into_iter()
                    .map(move |r| r.translate(vec2(left, v.top)).shrink2(vec2(0.0, 1.0)))
            })
            .collect()
    }

    /// The marks of the visible blocks with the tops of their texts.
    pub(super) fn visible_marks(&self) -> impl Iterator<Item = (f32, &Marks)> {
        self.visible_blocks
            .iter()
            .filter_map(|v| Some((v.top, self.marks.get(&v.slot)?)))
    }
}

/// A handle at one end of the highlight in focus: a bar with a knob.
fn handle(painter: &egui::Painter, top: egui::Pos2, height: f32, color: Color32, side: f32) {
    let bar = Rect::from_min_size(pos2(top.x - 1.0, top.y), vec2(2.0, height));
    painter.rect_filled(bar, 0.0, color);
    let knob = if side < 0.0 {
        pos2(top.x, top.y)
    } else {
        pos2(top.x, top.y + height)
    };
    painter.circle_filled(knob, 4.0, color);
}
