//! The table: headings that stay, rows as high as what stands in them, and only those laid out that show.

use std::{collections::HashMap, sync::Arc};

use egui::{
    DragAndDrop, Label, Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2,
};

use super::{
    SHOWN, Shown,
    cell::{self, Dragged},
    stance_title,
};
use crate::{
    analysis::contrast::STANCES,
    app::{
        compare::{Desk, State as View},
        theme, words,
    },
    model::{ClaimPlace, ReadingId},
};

/// The heights of the rows that were laid out, for each theory.
#[derive(Default)]
pub struct Heights(HashMap<ReadingId, [f32; 2]>);

const USUAL: f32 = 150.0;
const LEAST: f32 = 64.0;
/// The least width of a column, and the gap between two.
const COLUMN: f32 = 196.0;
const GAP: f32 = 18.0;
const TOP: f32 = 32.0;
/// Above and below what stands in a row.
const PAD: f32 = 12.0;

/// Where things stand.
struct Sizes {
    /// Width of the readings' column.
    head: f32,
    /// Width of a stance's column, without the gap.
    column: f32,
    /// The stances that show, as places in [`STANCES`].
    columns: Vec<usize>,
    /// How many theories there are.
    bands: usize,
}

impl Sizes {
    fn new(shown: &Shown, hide_empty: bool, width: f32) -> Self {
        let keeps = |at: &usize| match STANCES[*at] {
            None => shown.filled[*at],
            Some(_) => !hide_empty || shown.filled[*at],
        };
        let columns: Vec<usize> = SHOWN.into_iter().filter(keeps).collect();
        let head = (width * 0.2).clamp(140.0, 220.0);
        let room = (width - head - 14.0) / columns.len().max(1) as f32 - GAP;
        Self {
            head,
            column: room.clamp(COLUMN, 460.0).floor(),
            columns,
            bands: shown.spec.theories.len().clamp(1, 2),
        }
    }

    /// The left edge of a column that shows, from the left edge of the table.
    fn left(&self, at: usize) -> f32 {
        self.head + GAP + at as f32 * (self.column + GAP)
    }
}

/// Shows the table.
pub fn show(shown: &Arc<Shown>, view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    let sizes = Sizes::new(shown, view.theories.hide_empty, ui.available_width());
    let heights = |view: &View, row: usize| {
        let known = view
            .theories
            .heights
            .0
            .get(&shown.contrast.rows[row].reading);
        known.copied().unwrap_or([USUAL; 2])
    };
    let rows = shown.contrast.rows.len();
    let total = |heights: [f32; 2]| heights[..sizes.bands].iter().sum::<f32>();
    let height: f32 = (0..rows).map(|row| total(heights(view, row))).sum();
    let all = vec2(sizes.left(sizes.columns.len()), TOP + height + 40.0);
    let room = ui.available_size();
    ScrollArea::both()
        .id_salt("theories")
        .content_margin(0.0)
        .max_height(room.y)
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(all);
            let origin = ui.max_rect().min;
            let seen = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
            let body = Rect::from_min_max(seen.min + vec2(0.0, TOP), seen.max);
            let mut top = TOP;
            for row in 0..rows {
                let known = heights(view, row);
                let bottom = top + total(known);
                if bottom >= viewport.min.y && top <= viewport.max.y {
                    let place = pos2(origin.x, origin.y + top);
                    let laid = show_row(shown, row, &sizes, place, known, body, view, desk, ui);
                    let changed = (0..sizes.bands).any(|i| (laid[i] - known[i]).abs() > 0.5);
                    if changed {
                        let reading = shown.contrast.rows[row].reading.clone();
                        view.theories.heights.0.insert(reading, laid);
                        ui.ctx().request_repaint();
                    }
                }
                top = bottom;
                if top > viewport.max.y {
                    break;
                }
            }
            headings(shown, &sizes, origin, seen, ui);
        });
}

/// The stances over the columns.
fn headings(shown: &Shown, sizes: &Sizes, origin: egui::Pos2, seen: Rect, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let top = Rect::from_min_size(seen.min, vec2(seen.width(), TOP));
    ui.painter().rect_filled(top, 0.0, palette.paper);
    let painter = ui
        .painter()
        .with_clip_rect(top.with_min_x(seen.left() + sizes.head + GAP / 2.0));
    for (at, stance) in sizes.columns.iter().enumerate() {
        let left = origin.x + sizes.left(at);
        let place = pos2(left, top.center().y - 2.0);
        let title = stance_title(STANCES[*stance]);
        let drawn = painter.text(
            place,
            egui::Align2::LEFT_CENTER,
            title,
            theme::sans_bold(14.0),
            palette.ink,
        );
        let number = words::grouped(shown.counts[*stance]);
        let place = pos2(drawn.right() + 7.0, place.y);
        painter.text(
            place,
            egui::Align2::LEFT_CENTER,
            number,
            theme::sans(12.5),
            palette.dim,
        );
    }
    let line = Stroke::new(1.0, palette.line);
    ui.painter().hline(top.x_range(), top.bottom() - 1.0, line);
}

/// A part of the table that is clipped to `clip`.
fn part(ui: &mut Ui, rect: Rect, clip: Rect, salt: impl std::hash::Hash + std::fmt::Debug) -> Ui {
    let clip = clip.intersect(ui.clip_rect());
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt(egui::Id::unique(salt))
            .max_rect(rect),
    );
    child.set_clip_rect(clip);
    child.spacing_mut().item_spacing.y = 7.0;
    child
}

/// A row: for each theory a band of cells, the reading at the left. Returns the heights of the bands.
#[allow(clippy::too_many_arguments, reason = "it is what a row is made of")]
fn show_row(
    shown: &Arc<Shown>,
    row: usize,
    sizes: &Sizes,
    place: egui::Pos2,
    known: [f32; 2],
    body: Rect,
    view: &mut View,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) -> [f32; 2] {
    let palette = theme::palette(ui.ctx());
    let reading = shown.contrast.rows[row].reading.clone();
    let clip = body.with_min_x(body.left() + sizes.head + GAP / 2.0);
    let mut laid = [LEAST; 2];
    let mut top = place.y;
    for theory in 0..sizes.bands {
        let height = known[theory];
        for (at, stance) in sizes.columns.iter().enumerate() {
            let min = pos2(place.x + sizes.left(at), top + PAD);
            let rect = Rect::from_min_size(min, vec2(sizes.column, height - 2.0 * PAD));
            let target = rect.expand2(vec2(GAP / 2.0, PAD));
            drop_target(ui, target, clip, *stance, theory, at == 0, desk, shown);
            let salt = (&reading, theory, *stance);
            let mut child = part(ui, rect, clip, salt);
            cell::show(shown, row, theory, *stance, view, desk, &mut child);
            laid[theory] = laid[theory].max(child.min_rect().height() + 2.0 * PAD);
        }
        top += height;
    }
    let side = Rect::from_min_max(
        pos2(body.left(), place.y + PAD),
        pos2(body.left() + sizes.head, top - PAD),
    );
    let clip = body.with_max_x(body.left() + sizes.head + 1.0);
    let mut child = part(ui, side, clip, (&reading, "whole"));
    let painted = child.clip_rect().intersect(side.expand(PAD));
    child.painter().rect_filled(painted, 0.0, palette.paper);
    heading(shown, row, sizes, known, view, desk, &mut child);
    let needed = child.min_rect().height() + 2.0 * PAD;
    let lacking = needed - laid[..sizes.bands].iter().sum::<f32>();
    laid[sizes.bands - 1] += lacking.max(0.0);
    let line = Stroke::new(1.0, palette.line);
    ui.painter()
        .with_clip_rect(body)
        .hline(body.x_range(), top - 0.5, line);
    laid
}

/// The reading at the left of its row, and what is claimed of it as a whole.
fn heading(
    shown: &Arc<Shown>,
    row: usize,
    sizes: &Sizes,
    known: [f32; 2],
    view: &mut View,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let palette = theme::palette(ui.ctx());
    let id = &shown.contrast.rows[row].reading;
    let Some(source) = shown.corpus.source(id) else {
        return;
    };
    ui.set_width(sizes.head - 6.0);
    let names = view
        .theories
        .names
        .as_ref()
        .map(|(_, names)| names.short(&source.reading));
    let called = RichText::new(names.unwrap_or_default()).font(theme::sans_bold(14.0));
    ui.add(Label::new(called).wrap());
    let title = RichText::new(&source.reading.meta.title)
        .size(12.5)
        .color(palette.dim);
    ui.add(Label::new(title).wrap());
    let start = ui.min_rect().top();
    for theory in 0..sizes.bands {
        let Some(label) = shown.theory(theory) else {
            continue;
        };
        if sizes.bands == 2 {
            // The second theory's name stands where its band begins, if there is room.
            let begins = start + if theory == 1 { known[0] } else { 0.0 };
            let gap = begins - ui.cursor().top();
            if gap > 0.0 {
                ui.add_space(gap);
            }
            ui.add_space(2.0);
            let name = RichText::new(&label.name).font(theme::sans_bold(12.0));
            ui.add(Label::new(name.color(palette.label_text(label.color))).wrap());
        }
        let place = ClaimPlace {
            label: label.id.clone(),
            reading: id.clone(),
            stance: None,
        };
        let claims = &shown.contrast.rows[row].claims[theory];
        let teach = row == 0 && theory == 0 && !desk.has_claims;
        cell::claims(shown, claims, place, label, teach, desk, ui);
    }
}

/// Where a quote can be let go to give it a stance.
#[allow(clippy::too_many_arguments, reason = "it is what a place is made of")]
fn drop_target(
    ui: &mut Ui,
    rect: Rect,
    clip: Rect,
    stance: usize,
    theory: usize,
    first: bool,
    desk: &mut Desk<'_>,
    shown: &Shown,
) {
    let palette = theme::palette(ui.ctx());
    let shows = rect.intersect(clip);
    if shown.spec.theories.len() == 2 && first && shows.is_positive() {
        let color = shown.theory(theory).map(|l| palette.label_mark(l.color));
        let bar = Rect::from_min_size(
            rect.min + vec2(1.0, PAD),
            Vec2::new(2.5, rect.height() - 2.0 * PAD),
        );
        let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
        painter.rect_filled(bar, 1.0, color.unwrap_or(palette.line));
    }
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ui.ctx()) else {
        return;
    };
    if dragged.stance == STANCES[stance] || !shows.is_positive() {
        return;
    }
    let response = ui.interact(
        shows,
        egui::Id::unique(("column", stance, rect.top() as i64)),
        Sense::hover(),
    );
    let over = ui
        .input(|i| i.pointer.interact_pos())
        .is_some_and(|p| shows.contains(p));
    if over {
        let line = Stroke::new(1.5, palette.accent);
        ui.painter().rect(
            shows.shrink(2.0),
            6.0,
            palette.chosen,
            line,
            egui::StrokeKind::Inside,
        );
    }
    if response.dnd_release_payload::<Dragged>().is_some() {
        cell::set_stance(&dragged.reading, dragged.highlight, STANCES[stance], desk);
    }
}
