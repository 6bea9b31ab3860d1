//! The headings of rows and columns: chosen by a click, folded by their triangle, moved by dragging.

use egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    Answer, GAP, Grid, Head, Source,
    draw::{triangle, wrapped},
};
use crate::app::theme;

impl Grid {
    pub(super) fn row_head(
        &mut self,
        ui: &mut Ui,
        source: &impl Source,
        row: usize,
        across: egui::Rangef,
        side: Rect,
    ) {
        let rect = Rect::from_x_y_ranges(side.x_range(), across);
        let is_cursor = self.cursor == Some((row, None));
        let id = match is_cursor {
            true => self.cursor_id(),
            false => self.id.with(("row", row)),
        };
        let sense = match is_cursor {
            true => Sense::click_and_drag(),
            false => Sense::CLICK | Sense::DRAG,
        };
        let response = ui.interact(rect, id, sense);
        let head = source.row(row);
        response.widget_info(|| {
            let state = match head.folded {
                Some(true) => ", folded",
                Some(false) => ", unfolded",
                None => "",
            };
            let name = format!("Row {}{state}", head.text);
            WidgetInfo::selected(Role::Button, true, is_cursor, name)
        });
        let left = rect.left() + 4.0 + 14.0 * head.depth as f32;
        let toggle = Rect::from_min_max(rect.min, pos2(left + 16.0, rect.max.y));
        let on_toggle = |p: egui::Pos2| head.folded.is_some() && toggle.contains(p);
        match response.interact_pointer_pos().filter(|p| on_toggle(*p)) {
            Some(_) if response.clicked() => {
                let folded = head.folded.unwrap_or_default();
                self.answers.push(Answer::Fold(row, !folded));
            }
            _ => self.pressed(ui, &response, (row, None)),
        }
        if source.moves() {
            self.drag_row(ui, &response, row);
        }
        if ui.is_rect_visible(rect) {
            self.paint_row_head(ui, &response, &head, rect, left, is_cursor);
        }
        if !head.more.is_empty() && response.hovered() {
            response.on_hover_text(head.more);
        }
    }

    fn paint_row_head(
        &self,
        ui: &Ui,
        response: &Response,
        head: &Head,
        rect: Rect,
        left: f32,
        chosen: bool,
    ) {
        let (painter, palette) = (ui.painter(), &self.palette);
        let back = rect.with_max_x(rect.right() - 6.0).shrink2(vec2(0.0, 1.0));
        if chosen {
            painter.rect_filled(back, 5.0, palette.chosen);
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, palette.accent);
            painter.rect_stroke(back, 5.0, line, StrokeKind::Inside);
        }
        let mid = rect.center().y;
        if let Some(folded) = head.folded {
            triangle(painter, pos2(left + 4.0, mid), folded, palette.dim);
        }
        let mut text = left + 13.0;
        if let Some(color) = head.color {
            let square = Rect::from_center_size(pos2(text + 5.5, mid), vec2(11.0, 11.0));
            painter.rect_filled(square, 3.0, palette.label_mark(color));
            text += 19.0;
        }
        let width = rect.right() - 8.0 - text;
        let rows = if rect.height() > 40.0 { 2 } else { 1 };
        let galley = wrapped(ui, &head.text, theme::sans(13.5), palette.ink, width, rows);
        let at = pos2(text, mid - galley.size().y / 2.0);
        painter.galley(at, galley, palette.ink);
    }

    pub(super) fn column_head(
        &mut self,
        ui: &mut Ui,
        source: &impl Source,
        column: usize,
        across: egui::Rangef,
        top: Rect,
    ) {
        let rect = Rect::from_x_y_ranges(across, top.y_range());
        let sense = Sense::CLICK | Sense::DRAG;
        let response = ui.interact(rect, self.id.with(("column", column)), sense);
        let head = source.column(column);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Column {}", head.text))
        });
        if response.clicked() {
            let row = self.cursor.map_or(0, |(row, _)| row);
            self.pressed(ui, &response, (row, Some(column)));
        }
        if source.moves() {
            self.drag_column(ui, &response, column);
        }
        if !ui.is_rect_visible(rect) {
            return;
        }
        let palette = &self.palette;
        let color = head.color.map_or(palette.dim, |c| palette.label_text(c));
        let rows = if top.height() > 50.0 { 3 } else { 2 };
        let size = if rows == 3 { 11.5 } else { 12.5 };
        let galley = wrapped(ui, &head.text, theme::sans(size), color, rect.width(), rows);
        let at = pos2(rect.left(), rect.bottom() - 6.0 - galley.size().y);
        ui.painter().galley(at, galley, color);
        if response.hovered() {
            let more = if head.more.is_empty() {
                head.text
            } else {
                head.more
            };
            response.on_hover_text(more);
        }
    }

    /// A row that is dragged goes where it is let go; a line shows where that is.
    fn drag_row(&mut self, ui: &Ui, response: &Response, row: usize) {
        let Some(pointer) = response.interact_pointer_pos() else {
            return;
        };
        let pitch = self.measure.pitch.y;
        let by = (pointer.y - response.rect.center().y) / pitch;
        let to = (row as f32 + by)
            .round()
            .clamp(0.0, (self.size.0 - 1) as f32) as usize;
        if response.drag_stopped() && to != row {
            self.answers.push(Answer::MoveRow(row, to));
        } else if response.dragged() && to != row {
            let shift = (to as f32 - row as f32) * pitch;
            let edge = if to > row {
                response.rect.bottom()
            } else {
                response.rect.top() - GAP
            };
            let line = Stroke::new(2.0, self.palette.accent);
            let painter = ui.ctx().layer_painter(ui.layer_id());
            let x = ui.clip_rect().left()..=ui.clip_rect().left() + 400.0;
            painter.hline(x, edge + shift + GAP / 2.0, line);
        }
    }

    fn drag_column(&mut self, ui: &Ui, response: &Response, column: usize) {
        let Some(pointer) = response.interact_pointer_pos() else {
            return;
        };
        let pitch = self.measure.pitch.x;
        let by = (pointer.x - response.rect.center().x) / pitch;
        let last = (self.size.1 - 1) as f32;
        let to = (column as f32 + by).round().clamp(0.0, last) as usize;
        if response.drag_stopped() && to != column {
            self.answers.push(Answer::MoveColumn(column, to));
        } else if response.dragged() && to != column {
            let shift = (to as f32 - column as f32) * pitch;
            let right = to > column;
            let edge = if right {
                response.rect.right()
            } else {
                response.rect.left() - GAP
            };
            let line = Stroke::new(2.0, self.palette.accent);
            let painter = ui.ctx().layer_painter(ui.layer_id());
            let top = ui.clip_rect().top();
            painter.vline(edge + shift + GAP / 2.0, top..=top + 400.0, line);
        }
    }
}
