//! Along the text: one strip a reading, with a mark where each label falls; stacked, or side by side as columns of text.

mod legend;
mod strip;

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use egui::{Id, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

pub use self::legend::legend;
use self::strip::{Lay, show_strip};
use super::{Desk, State as View, grid};
use crate::{
    analysis::{
        Corpus,
        along::{self, Along, Spec, Strip},
        query::QueryError,
    },
    app::{theme, worker::Worked},
    model::{LabelId, Reading, ReadingId},
};

/// More labels than this share one lane.
const MANY: usize = 14;
/// The room for readings at the left and at the top.
const HEAD: f32 = 176.0;
const TOP: f32 = 46.0;

/// What this tab keeps.
#[derive(Default)]
pub struct State {
    side_by_side: bool,
    /// Whether all labels share one lane; where nobody chose, many do.
    one_lane: Option<bool>,
    hidden: BTreeSet<LabelId>,
    /// The mark that the keyboard is on, by its place in text order.
    at: Option<(ReadingId, usize)>,
    worked: Worked<(u64, Spec), Result<Arc<Shown>, QueryError>>,
}

/// The strips with what they were worked out from.
pub struct Shown {
    /// The project then.
    pub corpus: Arc<Corpus>,
    /// What was asked.
    pub spec: Spec,
    /// The answer.
    pub along: Along,
    /// For each strip that was asked for, its marks in text order.
    orders: Vec<OnceLock<Vec<usize>>>,
}

impl Shown {
    fn new(corpus: Arc<Corpus>, spec: Spec) -> Result<Self, QueryError> {
        let along = along::along(&corpus, &spec)?;
        Ok(Self {
            orders: vec![OnceLock::new(); along.strips.len()],
            along,
            corpus,
            spec,
        })
    }

    /// The places of a strip's marks in text order.
    fn in_text_order(&self, strip: &Strip) -> &[usize] {
        let Some(order) = self.orders.get(strip.source) else {
            return &[];
        };
        order.get_or_init(|| {
            let marks = &strip.marks;
            let mut order: Vec<usize> = (0..marks.len()).collect();
            order.sort_by_key(|at| (marks[*at].span.start, marks[*at].span.end, marks[*at].label));
            order
        })
    }
}

impl State {
    /// What shows.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.worked.latest()?.as_ref().ok()
    }
}

/// Shows the tab.
pub fn show(view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    controls(view, desk, ui);
    let project = desk.session.project();
    let labels: Vec<LabelId> = match view.along.hidden.is_empty() {
        true => Vec::new(),
        false => {
            let all = project.codebook().into_iter().map(|(_, label)| &label.id);
            all.filter(|id| !view.along.hidden.contains(*id))
                .cloned()
                .collect()
        }
    };
    if !view.along.hidden.is_empty() && labels.is_empty() {
        return super::teach(ui, "No label is chosen. Choose some at the right.", desk);
    }
    let spec = Spec {
        scope: view.scope.query().clone(),
        folded: view.folded(),
        labels,
    };
    let corpus = desk.session.corpus();
    let asked = spec.clone();
    let work = move || Shown::new(corpus, asked).map(Arc::new);
    let key = (desk.session.revision, spec);
    let result = view.along.worked.get(desk.workers, key, work);
    let error = result.and_then(|r| r.as_ref().err()).cloned();
    view.scope.told(ui, error.as_ref());
    let Some(shown) = view.along.shown().cloned() else {
        return;
    };
    if shown.along.labels.is_empty() {
        let told = "Nothing falls anywhere yet. What you tag in a reading shows here as a mark along its text.";
        return super::teach(ui, told, desk);
    }
    let lay = Lay::new(&view.along, &shown);
    match lay.side_by_side {
        true => columns(&shown, &lay, &mut view.along, desk, ui),
        false => stacked(&shown, &lay, &mut view.along, desk, ui),
    }
}

fn controls(view: &mut View, desk: &Desk<'_>, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        let state = &mut view.along;
        for (side_by_side, name) in [(false, "Stacked"), (true, "Side by side")] {
            if ui
                .selectable_label(state.side_by_side == side_by_side, name)
                .clicked()
            {
                state.side_by_side = side_by_side;
            }
        }
        ui.separator();
        let many = |shown: &Arc<Shown>| shown.along.labels.len() > MANY;
        let now = (state.one_lane)
            .or_else(|| state.shown().map(many))
            .unwrap_or_default();
        for (one_lane, name) in [(false, "A lane a label"), (true, "One lane")] {
            if ui.selectable_label(now == one_lane, name).clicked() {
                state.one_lane = Some(one_lane);
            }
        }
        let folded = !view.kept.folded.is_empty();
        if ui
            .button(if folded { "Unfold all" } else { "Fold all" })
            .clicked()
        {
            view.fold_all(desk.session.project(), !folded);
        }
        view.scope.show(ui);
    });
}

/// A strip below another, each with its reading at the left.
fn stacked(shown: &Shown, lay: &Lay, state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    let pitch = (lay.thick + 16.0).max(42.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let strips = &shown.along.strips;
    ScrollArea::vertical()
        .id_salt("strips")
        .auto_shrink(false)
        .show_rows(ui, pitch, strips.len(), |ui, rows| {
            for strip in &strips[rows] {
                let size = vec2(ui.available_width(), pitch);
                let (_, rect) = ui.allocate_space(size);
                let Some(source) = shown.corpus.sources().get(strip.source) else {
                    continue;
                };
                let head =
                    Rect::from_min_max(rect.min, pos2(rect.left() + HEAD - 12.0, rect.bottom()));
                heading(ui, &source.reading, head, 2);
                let area = Rect::from_min_max(
                    pos2(rect.left() + HEAD, rect.center().y - lay.thick / 2.0),
                    pos2(rect.right() - 14.0, rect.center().y + lay.thick / 2.0),
                );
                show_strip(shown, strip, lay, area, state, desk, ui);
            }
        });
}

/// A strip beside another, from the beginning at the top to the end at the bottom.
fn columns(shown: &Shown, lay: &Lay, state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    let pitch = (lay.thick + 18.0).max(92.0);
    let strips = &shown.along.strips;
    let height = ui.available_height() - 14.0;
    ScrollArea::horizontal()
        .id_salt("columns of text")
        .content_margin(0.0)
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(pitch * strips.len() as f32, height));
            let origin = ui.max_rect().min;
            let first = (viewport.min.x / pitch).max(0.0) as usize;
            let last = (viewport.max.x / pitch).ceil().max(0.0) as usize;
            let (first, last) = (first.min(strips.len()), last.min(strips.len()));
            for (at, strip) in (first..).zip(&strips[first..last.max(first)]) {
                let Some(source) = shown.corpus.sources().get(strip.source) else {
                    continue;
                };
                let left = origin.x + at as f32 * pitch;
                let head = Rect::from_min_size(pos2(left, origin.y), vec2(pitch - 10.0, TOP - 8.0));
                heading(ui, &source.reading, head, 2);
                let area = Rect::from_min_max(
                    pos2(left, origin.y + TOP),
                    pos2(left + lay.thick.min(pitch - 14.0), origin.y + height - 6.0),
                );
                show_strip(shown, strip, lay, area, state, desk, ui);
            }
        });
}

fn heading(ui: &mut Ui, reading: &Reading, rect: Rect, rows: usize) {
    let palette = theme::palette(ui.ctx());
    let cited = reading.meta.citation();
    let galley = grid::wrapped(
        ui,
        &cited,
        theme::sans(13.0),
        palette.ink,
        rect.width(),
        rows,
    );
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.ink);
    let response = ui.interact(rect, Id::unique(("strip of", &reading.id)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &cited));
    if response.hovered() {
        response.on_hover_text(&reading.meta.title);
    }
}
