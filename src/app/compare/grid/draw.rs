//! What is drawn here and elsewhere in the comparison.

use egui::{FontId, Painter, Stroke, Ui, text::LayoutJob, vec2};

/// Text in a width, in so many lines at most.
pub fn wrapped(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: egui::Color32,
    width: f32,
    rows: usize,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::simple(text.to_owned(), font, color, width.max(10.0));
    job.wrap.max_rows = rows;
    // In a single line, half a word says more than none.
    job.wrap.break_anywhere = rows == 1;
    job.break_on_newline = false;
    ui.fonts_mut(|f| f.layout_job(job))
}

/// The mark of a parent: pointing right when folded, down when not.
pub fn triangle(painter: &Painter, at: egui::Pos2, folded: bool, color: egui::Color32) {
    let points = match folded {
        true => [vec2(-2.5, -4.0), vec2(3.5, 0.0), vec2(-2.5, 4.0)],
        false => [vec2(-4.0, -2.5), vec2(4.0, -2.5), vec2(0.0, 3.5)],
    };
    let points = points.map(|p| at + p).to_vec();
    painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
}
