//! The labels at the right, to be shown along the text or not.

use egui::{Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::{
    compare::{Desk, State as View, caption, grid},
    theme,
};

/// The labels at the right: which have marks, and which of them show.
pub fn legend(view: &mut View, desk: &Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let labels: Vec<_> = desk
        .session
        .project()
        .codebook()
        .into_iter()
        .filter(|(_, label)| desk.session.project().label_count(&label.id) > 0)
        .collect();
    ui.horizontal(|ui| {
        caption(ui, "Labels");
        if ui.link("all").clicked() {
            view.along.hidden.clear();
        }
        if ui.link("none").clicked() {
            let all = desk.session.project().labels();
            view.along.hidden = all.map(|l| l.id.clone()).collect();
        }
    });
    let height =
        (ui.available_height() * if view.side.ask.is_some() { 0.5 } else { 0.96 }).max(120.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("legend")
        .max_height(height)
        .auto_shrink([false, true])
        .show_rows(ui, 26.0, labels.len(), |ui, rows| {
            for (depth, label) in &labels[rows] {
                let size = vec2(ui.available_width(), 26.0);
                let (rect, response) = ui.allocate_exact_size(size, Sense::click());
                let shows = !view.along.hidden.contains(&label.id);
                response.widget_info(|| {
                    let name = format!("Show {}", label.name);
                    WidgetInfo::selected(Role::CheckBox, true, shows, name)
                });
                if response.hovered() {
                    ui.painter()
                        .rect_filled(rect, 6.0, palette.line.gamma_multiply(0.55));
                }
                if response.has_focus() {
                    let line = Stroke::new(1.5, palette.accent);
                    ui.painter()
                        .rect_stroke(rect, 6.0, line, StrokeKind::Inside);
                    if response.gained_focus() {
                        response.scroll_to_me(None);
                    }
                }
                let left = rect.left() + 8.0 + 14.0 * *depth as f32;
                let square =
                    Rect::from_center_size(pos2(left + 5.5, rect.center().y), vec2(11.0, 11.0));
                let color = palette.label_mark(label.color);
                match shows {
                    true => ui.painter().rect_filled(square, 3.0, color),
                    false => ui.painter().rect_stroke(
                        square,
                        3.0,
                        Stroke::new(1.5, color),
                        StrokeKind::Inside,
                    ),
                };
                let ink = if shows { palette.ink } else { palette.dim };
                let width = rect.right() - left - 24.0;
                let name = grid::wrapped(ui, &label.name, theme::sans(13.0), ink, width, 1);
                let at = pos2(left + 19.0, rect.center().y - name.size().y / 2.0);
                ui.painter().galley(at, name, ink);
                if response.clicked() && !view.along.hidden.remove(&label.id) {
                    view.along.hidden.insert(label.id.clone());
                }
            }
        });
    ui.spacing_mut().item_spacing.y = 6.0;
}
