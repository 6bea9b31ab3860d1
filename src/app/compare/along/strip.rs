//! One strip: its marks, and what pointing and walking find there.

use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::{MANY, Shown, State};
use crate::{
    analysis::{
        LabelIx,
        along::{Mark, Strip},
    },
    app::{Command, compare::Desk, theme, words},
    model::Reading,
};

/// How strips lie.
pub(super) struct Lay {
    pub side_by_side: bool,
    /// The lanes, each the labels' numbers it is for; none for one lane of all.
    lanes: Option<Vec<LabelIx>>,
    /// How thick a strip is, in points.
    pub thick: f32,
}

const LANE: f32 = 7.0;

impl Lay {
    pub fn new(state: &State, shown: &Shown) -> Self {
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

/// One strip: hovering tells of a mark, a click opens it; with the keyboard, arrows go from mark to mark.
pub(super) fn show_strip(
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
