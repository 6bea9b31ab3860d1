//! The scroll bar of a long list.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::scroll::Scroll;
use crate::app::theme::Palette;

/// The room for it.
pub(in crate::app) const WIDTH: f32 = 14.0;

/// Shows it at the right of `full`: drag it, or click where to go.
pub(in crate::app) fn show(scroll: &mut Scroll, ui: &Ui, full: Rect, palette: &Palette) {
    let bar = Rect::from_min_max(pos2(full.right() - WIDTH, full.top()), full.max);
    let (total, top) = scroll.extent();
    let view = f64::from(bar.height());
    if total <= view {
        return;
    }
    let id = ui.scope_id().with("scroll bar");
    // The keyboard scrolls in the list; the bar need not be stopped at.
    let response = ui.interact(bar, id, Sense::CLICK | Sense::DRAG);
    let thumb = ((view / total) as f32 * bar.height()).max(28.0);
    let room = bar.height() - thumb;
    if let Some(pos) = response.interact_pointer_pos() {
        let at = ((pos.y - bar.top() - thumb / 2.0) / room.max(1.0)).clamp(0.0, 1.0);
        scroll.to(f64::from(at) * (total - view));
        ui.request_repaint();
    }
    let at = (top / (total - view)).clamp(0.0, 1.0) as f32 * room;
    let wide = response.hovered() || response.dragged();
    let rect = Rect::from_min_size(
        pos2(bar.left() + 4.0, bar.top() + at),
        vec2(if wide { 8.0 } else { 6.0 }, thumb),
    );
    let color = palette.dim.gamma_multiply(if wide { 0.7 } else { 0.4 });
    ui.painter().rect_filled(rect, 4.0, color);
}
