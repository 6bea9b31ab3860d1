//! Tiles.

use egui::{Align2, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::{Answer, Cursor, Grid, Source, Tile};
use crate::{app::theme, model::Color};

impl Grid {
    pub(super) fn tile(
        &mut self,
        ui: &mut Ui,
        source: &impl Source,
        at: (usize, usize),
        rect: Rect,
    ) {
        let is_cursor = self.cursor.unwrap_or((0, Some(0))) == (at.0, Some(at.1));
        let (id, sense) = match is_cursor {
            true => (self.cursor_id(), Sense::click()),
            false => (self.id.with(at), Sense::CLICK),
        };
        let response = ui.interact(rect, id, sense);
        let here = (at.0, Some(at.1));
        self.pressed(ui, &response, here);
        let tile = source.tile(at.0, at.1);
        let chosen = self.cursor == Some(here);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &tile.name));
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), &response, rect, &tile, chosen);
        }
        if response.hovered() {
            response.on_hover_text(tile.name);
        }
    }

    pub(super) fn pressed(&mut self, ui: &Ui, response: &Response, here: Cursor) {
        if response.double_clicked() {
            self.answers.push(Answer::Open(here));
        } else if response.clicked() {
            self.answers.push(Answer::Choose(here));
            let id = self.cursor_id();
            ui.memory_mut(|m| m.request_focus(id));
        }
    }

    fn paint(&self, painter: &Painter, response: &Response, rect: Rect, tile: &Tile, chosen: bool) {
        let palette = &self.palette;
        let rounding = if rect.height() < 32.0 { 4.0 } else { 6.0 };
        let size = if rect.height() < 32.0 { 12.5 } else { 14.0 };
        if tile.text.is_empty() {
            // Many small frames around nothing would be louder than the tiles that say something.
            if rect.height() >= 32.0 {
                let line = Stroke::new(1.0, palette.line);
                painter.rect_stroke(rect, rounding, line, StrokeKind::Inside);
            }
            let font = theme::sans(size);
            painter.text(rect.center(), Align2::CENTER_CENTER, "·", font, palette.dim);
        } else if tile.quiet {
            let font = theme::sans(12.0);
            let middle = rect.center();
            painter.text(middle, Align2::CENTER_CENTER, &tile.text, font, palette.dim);
        } else {
            let color = tile.color.unwrap_or(Color([0x77, 0x77, 0x77]));
            let (fill, ink) = palette.heat(color, tile.share);
            painter.rect_filled(rect, rounding, fill);
            let font = theme::sans(size);
            painter.text(rect.center(), Align2::CENTER_CENTER, &tile.text, font, ink);
        }
        let ring = |width, color, by: f32| {
            let outside = rect.expand(by);
            let line = Stroke::new(width, color);
            painter.rect_stroke(outside, rounding + by, line, StrokeKind::Middle);
        };
        if response.has_focus() {
            ring(2.0, palette.accent, 1.0);
        } else if chosen {
            ring(1.5, palette.ink, 1.0);
        } else if response.hovered() {
            ring(1.0, palette.dim, 0.0);
        }
    }
}
