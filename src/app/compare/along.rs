//! Along the text: one strip a reading, with a mark where each label falls; stacked, or side by side as columns of text.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{Desk, State as View, grid};
use crate::{
    analysis::{
        Corpus, LabelIx,
        along::{self, Along, Mark, Spec, Strip},
        query::QueryError,
    },
    app::{Command, theme, words, worker::Worked},
    model::{LabelId, Reading, ReadingId},
};

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

/// How strips lie.
struct Lay {
    side_by_side: bool,
    /// The lanes, each the labels' numbers it is for; none for one lane of all.
    lanes: Option<Vec<LabelIx>>,
    /// How thick a strip is, in points.
    thick: f32,
}

const LANE: f32 = 7.0;
/// More labels than this share one lane.
const MANY: usize = 14;
const HEAD: f32 = 176.0;
const TOP: f32 = 46.0;

impl Lay {
    fn new(state: &State, shown: &Shown) -> Self {
        let one_lane = state.one_lane.unwrap_or(shown.along.labels.len() > MANY);
        let lanes = (!one_lane).then(|| shown.along.labels.clone());
        let count = lanes.as_ref().map_or(1, Vec::len).max(1);
        let thick = match one_lane {
            true => 18.0,
            false => (count as f32 * LANE).clamp(18.0, 400.0),
        };
        Self {
            side_by_side: state.side_by_side,
            lanes,
            thick,
        }
    }

    fn lane(&self, label: LabelIx) -> Option<(usize, usize)> {
        match &self.lanes {
            None => Some((0, 1)),
            Some(lanes) => Some((lanes.binary_search(&label).ok()?, lanes.len())),
        }
    }

    /// Where a mark lies in a strip; at least two points long.
    fn mark(&self, strip: &Strip, mark: &Mark, rect: Rect) -> Option<Rect> {
        let (from, to) = strip.place_of(mark);
        let (lane, lanes) = self.lane(mark.label)?;
        let (start, end) = (lane as f32 / lanes as f32, (lane + 1) as f32 / lanes as f32);
        let place = |along: f32, across: f32| match self.side_by_side {
            true => pos2(
                rect.left() + across * rect.width(),
                rect.top() + along * rect.height(),
            ),
            false => pos2(
                rect.left() + along * rect.width(),
                rect.top() + across * rect.height(),
            ),
        };
        let mut area = Rect::from_min_max(place(from, start), place(to, end));
        let length = if self.side_by_side {
            area.height()
        } else {
            area.width()
        };
        if length < 2.0 {
            let grow = vec2(0.0, 2.0 - length);
            area.max += if self.side_by_side { grow } else { grow.yx() };
        }
        let gap = if lanes > 1 {
            vec2(0.0, 0.5)
        } else {
            vec2(0.0, 0.0)
        };
        Some(area.shrink2(if self.side_by_side { gap.yx() } else { gap }))
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
            for at in first.min(strips.len())..last.min(strips.len()) {
                let strip = &strips[at];
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

/// One strip: hovering tells of a mark, a click opens it; with the keyboard, arrows go from mark to mark.
fn show_strip(
    shown: &Shown,
    strip: &Strip,
    lay: &Lay,
    rect: Rect,
    state: &mut State,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let Some(source) = shown.corpus.sources().get(strip.source) else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let reading = &source.reading;
    let id = Id::unique(("along", &reading.id));
    let response = ui.interact(rect, id, Sense::click());
    ui.painter().rect_filled(rect, 4.0, palette.panel);
    paint(shown, strip, lay, rect, ui);
    let walked = response
        .has_focus()
        .then(|| walk(shown, strip, reading, id, state, ui))
        .flatten();
    let pointed = ui
        .input(|i| i.pointer.hover_pos())
        .filter(|_| response.hovered());
    let hit = pointed.and_then(|p| hit(strip, lay, rect, p));
    response.widget_info(|| {
        let marks = words::counted(strip.marks.len(), "mark");
        let now = walked.map(|mark| format!(", {}", told(shown, mark)));
        let name = format!(
            "Strip of {}: {marks}{}",
            reading.meta.citation(),
            now.unwrap_or_default()
        );
        WidgetInfo::labeled(Role::Button, true, name)
    });
    if response.has_focus() {
        let line = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(rect.expand(3.0), 5.0, line, StrokeKind::Outside);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }
    for mark in walked.into_iter().chain(hit) {
        if let Some(area) = lay.mark(strip, mark, rect) {
            let line = Stroke::new(1.5, palette.ink);
            ui.painter()
                .rect_stroke(area.expand(1.5), 2.0, line, StrokeKind::Outside);
        }
    }
    if let Some(mark) = walked.filter(|_| hit.is_none()) {
        let at = rect.left_bottom() + vec2(0.0, 2.0);
        ui.painter().text(
            at,
            Align2::LEFT_TOP,
            told(shown, mark),
            theme::sans(11.5),
            palette.dim,
        );
    }
    let opened = match response.clicked() {
        true => hit.or(walked),
        false => None,
    };
    if let Some(mark) = opened
        && let Some((source, coding)) = shown.corpus.coding(mark.place)
    {
        let h = &coding.highlight;
        let open = Command::OpenPassage(source.reading.id.clone(), h.span, Some(h.id));
        desk.commands.push(open);
    }
    if let Some(mark) = hit {
        tooltip(shown, mark, response);
    }
}

/// Paints the marks of each label; what would fall on the same pixels as the last is left out.
fn paint(shown: &Shown, strip: &Strip, lay: &Lay, rect: Rect, ui: &Ui) {
    let palette = theme::palette(ui.ctx());
    let painter = ui.painter_at(rect.expand(1.0));
    for label in &shown.along.labels {
        let Some(color) = shown
            .corpus
            .codebook()
            .get(*label)
            .map(|l| palette.label_mark(l.color))
        else {
            continue;
        };
        let color = if lay.lanes.is_none() {
            color.gamma_multiply(0.8)
        } else {
            color
        };
        let mut reached = f32::NEG_INFINITY;
        for mark in strip.marks_of(*label) {
            let Some(area) = lay.mark(strip, mark, rect) else {
                continue;
            };
            let end = if lay.side_by_side {
                area.bottom()
            } else {
                area.right()
            };
            if end > reached + 0.5 {
                painter.rect_filled(area, 1.0, color);
                reached = end;
            }
        }
    }
}

/// The mark under the pointer, the shortest where there are several.
fn hit<'a>(strip: &'a Strip, lay: &Lay, rect: Rect, pointer: Pos2) -> Option<&'a Mark> {
    let near = strip.marks.iter().filter(|mark| {
        let area = lay.mark(strip, mark, rect);
        area.is_some_and(|area| area.expand2(vec2(1.5, 1.5)).contains(pointer))
    });
    near.min_by_key(|mark| mark.span.len())
}

/// Takes the keys of a strip and gives the mark that the keyboard is on.
fn walk<'a>(
    shown: &Shown,
    strip: &'a Strip,
    reading: &Reading,
    id: Id,
    state: &mut State,
    ui: &Ui,
) -> Option<&'a Mark> {
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(
            id,
            EventFilter {
                horizontal_arrows: true,
                ..EventFilter::default()
            },
        );
    });
    let order = shown.in_text_order(strip);
    let last = order.len().checked_sub(1)?;
    let now = state
        .at
        .as_ref()
        .filter(|(of, _)| *of == reading.id)
        .map(|(_, at)| *at);
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let mut at = now;
    if pressed(Key::ArrowRight) {
        at = Some(now.map_or(0, |at| at + 1));
    }
    if pressed(Key::ArrowLeft) {
        at = Some(now.map_or(last, |at| at.saturating_sub(1)));
    }
    let at = at?.min(last);
    state.at = Some((reading.id.clone(), at));
    strip.marks.get(order[at])
}

/// What a mark is, in a line.
fn told(shown: &Shown, mark: &Mark) -> String {
    let label = shown
        .corpus
        .codebook()
        .get(mark.label)
        .map_or("", |l| &l.name);
    let Some((source, coding)) = shown.corpus.coding(mark.place) else {
        return label.to_owned();
    };
    let (reading, span) = (&source.reading, coding.highlight.span);
    let quote = words::beginning(&reading.text, span, 80);
    format!("{label}, {}: “{quote}”", words::locator(reading, span))
}

fn tooltip(shown: &Shown, mark: &Mark, response: Response) {
    let Some((source, coding)) = shown.corpus.coding(mark.place) else {
        return;
    };
    let (reading, h) = (&source.reading, &coding.highlight);
    response.on_hover_ui_at_pointer(|ui| {
        let palette = theme::palette(ui.ctx());
        ui.set_max_width(320.0);
        ui.horizontal(|ui| {
            if let Some(label) = shown.corpus.codebook().get(mark.label) {
                let name = egui::RichText::new(&label.name).font(theme::sans_bold(13.0));
                ui.label(name.color(palette.label_text(label.color)));
            }
            let place = format!("{} · {}", words::locator(reading, h.span), h.coder);
            ui.label(egui::RichText::new(place).size(12.0).color(palette.dim));
        });
        let quote = words::beginning(&reading.text, h.span, 220);
        ui.label(egui::RichText::new(format!("“{quote}”")).font(theme::serif(15.0)));
    });
}

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
        super::caption(ui, "Labels");
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
