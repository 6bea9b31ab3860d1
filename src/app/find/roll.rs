//! A long list of which only what shows is made: where the view stands in it, the wheel, the scroll bar.

use std::ops::Range;

use egui::{Rect, Sense, Ui, pos2, vec2};

use crate::app::theme::Palette;

/// How wide the scroll bar is, with the room beside it.
pub const BAR: f32 = 12.0;

/// Where the view stands in a list, in points; f64, since a million rows are more points than f32 can tell apart.
#[derive(Default)]
pub struct Roll {
    top: f64,
    wanted: Option<Range<f64>>,
}

impl Roll {
    /// Has a part brought into view at the next frame; nothing moves when it is there.
    pub fn reveal(&mut self, part: Range<f64>) {
        self.wanted = Some(part);
    }

    /// Takes the wheel and the scroll bar in `view`, of a list that is `total` high and whose first `covered` points of what
    /// shows are covered by a heading. Returns the top of what shows.
    pub fn settle(&mut self, ui: &Ui, view: Rect, total: f64, covered: f64, p: &Palette) -> f64 {
        let height = f64::from(view.height());
        if ui.rect_contains_pointer(view) && !egui::Popup::is_any_open(ui.ctx()) {
            self.top -= f64::from(ui.input(|i| i.smooth_scroll_delta().y));
        }
        let most = self.place(height, total, covered);
        if most > 0.0 {
            self.bar(ui, view, total, most, p);
        }
        self.top
    }

    /// Brings place and wish into agreement; returns how far down the view can stand.
    fn place(&mut self, height: f64, total: f64, covered: f64) -> f64 {
        if let Some(part) = self.wanted.take() {
            self.top = (self.top).max(part.end - height).min(part.start - covered);
        }
        let most = (total - height).max(0.0);
        self.top = self.top.clamp(0.0, most);
        most
    }

    fn bar(&mut self, ui: &Ui, view: Rect, total: f64, most: f64, palette: &Palette) {
        let rail = Rect::from_min_max(pos2(view.right() - BAR, view.top()), view.max);
        // The keyboard scrolls in the list; the bar need not be stopped at.
        let response = ui.interact(
            rail,
            ui.scope_id().with("list scroll bar"),
            Sense::CLICK | Sense::DRAG,
        );
        let share = f64::from(rail.height()) / total;
        let thumb = ((share * f64::from(rail.height())) as f32).max(28.0);
        let room = (rail.height() - thumb).max(1.0);
        if let Some(pos) = response.interact_pointer_pos() {
            let at = ((pos.y - rail.top() - thumb / 2.0) / room).clamp(0.0, 1.0);
            self.top = f64::from(at) * most;
            ui.request_repaint();
        }
        let at = (self.top / most) as f32 * room;
        let rect = Rect::from_min_size(pos2(rail.left() + 4.0, rail.top() + at), vec2(6.0, thumb));
        let strength = if response.hovered() || response.dragged() {
            0.7
        } else {
            0.4
        };
        ui.painter()
            .rect_filled(rect, 3.0, palette.dim.gamma_multiply(strength));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(roll: &mut Roll, total: f64) -> f64 {
        roll.place(200.0, total, 30.0);
        roll.top
    }

    #[test]
    fn what_is_wanted_comes_into_view_and_no_further() {
        let mut roll = Roll::default();
        roll.reveal(500.0..524.0);
        assert_eq!(settled(&mut roll, 1000.0), 324.0);
        roll.reveal(400.0..424.0);
        assert_eq!(settled(&mut roll, 1000.0), 324.0);
        roll.reveal(340.0..364.0);
        assert_eq!(settled(&mut roll, 1000.0), 310.0);
        roll.reveal(0.0..24.0);
        assert_eq!(settled(&mut roll, 1000.0), 0.0);
    }

    #[test]
    fn a_list_that_got_shorter_shows_its_end() {
        let mut roll = Roll::default();
        roll.reveal(24_000_000.0..24_000_024.0);
        assert_eq!(settled(&mut roll, 24_000_024.0), 23_999_824.0);
        assert_eq!(settled(&mut roll, 300.0), 100.0);
        assert_eq!(settled(&mut roll, 50.0), 0.0);
    }
}
