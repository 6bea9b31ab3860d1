//! Painting: tints under the text, underlines over it, selection, the highlight in focus, paragraph numbers.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Color32, Rect, Response, Ui, pos2, vec2};

use super::{
    gloss,
    layout::Columns,
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
        for v in &self.visible_blocks {
            self.paint_block(&painter, v, palette, columns);
        }
        painter.add(lines);
        if response.has_focus() {
            let edge = Rect::from_min_size(full.min, vec2(2.0, full.height()));
            painter.rect_filled(edge, 0.0, palette.accent.gamma_multiply(0.5));
        }
        gloss::show(self, ui, source, palette, columns, full);
        self.scroll_bar(ui, columns, palette);
    }

    pub(super) fn paint_block(
        &self,
        painter: &egui::Painter,
        v: &Visible,
        palette: &Palette,
        columns: &Columns,
    ) {
        painter.galley(
            pos2(columns.text.left(), v.top),
            Arc::clone(&v.galley),
            palette.ink,
        );
        let Some(block) = self.block(v.slot) else {
            return;
        };
        let Some(measure) = self.shape.as_ref().map(|s| s.measure) else {
            return;
        };
        if !block.first {
            return;
        }
        let label = format!("¶{}", block.paragraph + 1);
        let y = v.top + measure.line_height(block.level) / 2.0;
        painter.text(
            pos2(columns.numbers, y),
            egui::Align2::RIGHT_CENTER,
            label,
            theme::sans(11.5),
            palette.dim,
        );
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
