//! A row of a list: a passage on one line with what was found in the middle.

use egui::{Align2, Color32, FontId, Painter, Rect, Ui, pos2, text::LayoutJob, vec2};

use crate::{
    analysis::find::{self, Line},
    app::{
        session::Session,
        theme::{self, Palette},
    },
    model::{Reading, ReadingId},
    text::Span,
};

/// How many characters either side of a hit are laid out, at the most.
const WIDTH: usize = 90;

/// Keyword in context for a hit, as it is shown and spoken.
pub fn line(reading: &Reading, hit: Span) -> Line {
    find::line(reading.text.as_str(), hit, WIDTH)
}

/// Paints a line within `rect`, the start of the hit at `key` points from its left.
pub fn paint(ui: &Ui, painter: &Painter, line: &Line, rect: Rect, key: f32, palette: &Palette) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let galley = |text: &str, font: FontId, color: Color32| {
        let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
        job.break_on_newline = false;
        ui.fonts_mut(|f| f.layout_job(job))
    };
    let (plain, bold) = (theme::sans(13.0), theme::sans_bold(13.0));
    let before = galley(&line.before, plain.clone(), palette.ink);
    let hit = galley(&line.hit, bold, palette.accent);
    let after = galley(&line.after, plain, palette.ink);
    // What begins a paragraph begins at the left when all of what stands before has room there.
    let key = rect.left() + key.min(before.size().x + 2.0);
    let top = |height: f32| rect.center().y - height / 2.0;
    let end = key + hit.size().x;
    painter.galley(
        pos2(key - before.size().x, top(before.size().y)),
        before,
        palette.ink,
    );
    painter.galley(pos2(key, top(hit.size().y)), hit, palette.accent);
    painter.galley(pos2(end, top(after.size().y)), after, palette.ink);
}

/// Dots in the colours of the labels that overlap a hit, up to three, ending at `right`. Returns where they begin.
pub fn dots(
    painter: &Painter,
    session: &Session,
    reading: &ReadingId,
    hit: Span,
    right: egui::Pos2,
    palette: &Palette,
) -> f32 {
    let mut x = right.x;
    for color in colors(session, reading, hit) {
        let color = palette.label_mark(color);
        painter.circle_filled(pos2(x - 3.5, right.y), 3.5, color);
        x -= 9.0;
    }
    x
}

/// How many highlights over a hit are looked at for their labels.
const LOOKED_AT: usize = 50;

fn colors(session: &Session, reading: &ReadingId, hit: Span) -> Vec<crate::model::Color> {
    let mut colors = Vec::new();
    let project = session.project();
    let Some(shelf) = project.shelf(reading) else {
        return colors;
    };
    let over = shelf.highlights.overlapping(hit).take(LOOKED_AT);
    for label in over.flat_map(|h| &h.labels) {
        let color = project.label(label).map(|l| l.color);
        if let Some(color) = color.filter(|c| !colors.contains(c)) {
            colors.push(color);
        }
        if colors.len() == 3 {
            break;
        }
    }
    colors
}

/// The names of the labels that overlap a hit, for screen readers.
pub fn labels(session: &Session, reading: &ReadingId, hit: Span) -> String {
    let project = session.project();
    let mut names: Vec<&str> = Vec::new();
    let shelf = project.shelf(reading);
    let over = shelf
        .into_iter()
        .flat_map(|s| s.highlights.overlapping(hit));
    for label in over.take(LOOKED_AT).flat_map(|h| &h.labels) {
        let name = project.label_name(label);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// A box to tick.
pub fn tick_box(painter: &Painter, center: egui::Pos2, ticked: bool, palette: &Palette) {
    let rect = Rect::from_center_size(center, vec2(14.0, 14.0));
    if ticked {
        painter.rect_filled(rect, 3.0, palette.accent);
        let stroke = egui::Stroke::new(1.8, palette.on_accent);
        let at = |x: f32, y: f32| rect.min + vec2(x, y);
        painter.line_segment([at(3.2, 7.2), at(6.0, 10.2)], stroke);
        painter.line_segment([at(6.0, 10.2), at(11.0, 4.2)], stroke);
    } else {
        let stroke = egui::Stroke::new(1.2, palette.dim);
        painter.rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
}

/// A text cut to a width.
pub fn short(ui: &Ui, painter: &Painter, text: &str, font: FontId, rect: Rect, color: Color32) {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect);
    painter.galley(at.min, galley, color);
}
