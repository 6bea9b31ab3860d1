//! “Found together”: the labels that stand together most often, as chips that open the pairs.

use egui::{Button, Ui, text::LayoutJob};

use super::{Desk, State as View, side::Ask};
use crate::{
    analysis::cooccur::{Spec, cooccurrence},
    app::{theme, words, worker::Worked},
    model::{Color, LabelId},
};

/// How many there are at most.
const MOST: usize = 8;

/// The labels of a chip, and how often they stand together.
pub type Chip = ([(LabelId, String, Color); 2], u32);

/// What the chips keep.
#[derive(Default)]
pub struct State {
    worked: Worked<(u64, Spec), Vec<Chip>>,
}

/// How many rows of them there is room for.
fn rows(room: f32) -> usize {
    match room {
        room if room < 260.0 => 0,
        room if room < 520.0 => 1,
        _ => 2,
    }
}

/// The room that they take under the grid in so much room, in points.
pub fn height(view: &View, room: f32) -> f32 {
    match view.chips.worked.latest() {
        Some(chips) if !chips.is_empty() && rows(room) > 0 => 36.0 + 32.0 * rows(room) as f32,
        _ => 0.0,
    }
}

/// Shows them under a grid; `room` is what both have.
pub fn show(view: &mut View, room: f32, desk: &mut Desk<'_>, ui: &mut Ui) {
    let rows = rows(room);
    let spec = Spec {
        scope: view.scope.query().clone(),
        folded: view.folded(),
        ..Spec::default()
    };
    let corpus = desk.session.corpus();
    let key = (desk.session.revision, spec.clone());
    let asked = spec.clone();
    let work = move || {
        // What is wrong with the query is told by the matrix.
        let found = cooccurrence(&corpus, &asked).unwrap_or_default();
        let label = |at: usize| {
            let label = corpus.codebook().get(*found.labels.get(at)?)?;
            Some((label.id.clone(), label.name.clone(), label.color))
        };
        let chip = |(a, b, n)| Some(([label(a)?, label(b)?], n));
        found.top(MOST).into_iter().filter_map(chip).collect()
    };
    let Some(chips) = view.chips.worked.get(desk.workers, key, work) else {
        return;
    };
    if chips.is_empty() || rows == 0 {
        return;
    }
    let mut pressed = None;
    super::caption(ui, "Found together");
    let width_of_all = ui.available_width();
    let (mut row, mut used) = (0, 0.0);
    ui.horizontal_wrapped(|ui| {
        for (labels, times) in chips {
            let job = job(ui, labels, *times);
            let width = ui.fonts_mut(|f| f.layout_job(job.clone())).size().x;
            let width = width + 2.0 * ui.spacing().button_padding.x;
            if used > 0.0 && used + width > width_of_all {
                (row, used) = (row + 1, 0.0);
            }
            used += width + ui.spacing().item_spacing.x;
            if row < rows && chip(ui, job, labels, *times) {
                let [a, b] = labels.clone().map(|(id, ..)| id);
                pressed = Some(Ask::Pairs(spec.clone(), a, b));
            }
        }
    });
    if let Some(ask) = pressed {
        view.side.ask = Some(ask);
    }
}

fn job(ui: &Ui, labels: &[(LabelId, String, Color); 2], times: u32) -> LayoutJob {
    let palette = theme::palette(ui.ctx());
    let mut job = LayoutJob::default();
    let mut add = |text: &str, bold: bool, color| {
        let font = match bold {
            true => theme::sans_bold(13.0),
            false => theme::sans(13.0),
        };
        job.append(text, 0.0, egui::TextFormat::simple(font, color));
    };
    let [(_, a, a_color), (_, b, b_color)] = labels;
    add(a, true, palette.label_text(*a_color));
    add(" ∩ ", false, palette.dim);
    add(b, true, palette.label_text(*b_color));
    let times = format!("  {}×", words::grouped(times as usize));
    add(&times, false, palette.ink);
    job
}

fn chip(ui: &mut Ui, job: LayoutJob, labels: &[(LabelId, String, Color); 2], times: u32) -> bool {
    let palette = theme::palette(ui.ctx());
    let button = Button::new(job).fill(palette.card).corner_radius(7);
    let response = ui.add(button);
    response.widget_info(|| {
        let [(_, a, _), (_, b, _)] = labels;
        let name = format!("{a} with {b}: {}", words::counted(times as usize, "pair"));
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    response.clicked()
}
