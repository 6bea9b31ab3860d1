//! The margin: a bar beside each highlight and its gloss, the labels' names and the note, as in a medieval manuscript.

use std::{collections::HashMap, sync::Arc};

use egui::{
    Color32, Galley, Rect, Role, Sense, Ui, WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};

use super::{
    layout::{Columns, LANE},
    page::{Reader, Source},
};
use crate::{
    app::{
        theme::{self, Palette},
        words,
    },
    model::{Highlight, HighlightId, LabelId},
    text::{Span, fold_space},
};

/// How far below its bar a gloss may be pushed before it is folded away, in points.
const FARTHEST: f32 = 96.0;

/// Which lane each bar stood in, so that bars keep their lanes while they show.
#[derive(Default)]
pub(super) struct Glosses {
    lanes: HashMap<HighlightId, usize>,
}

/// A highlight's bar, in screen points.
struct Bar {
    id: HighlightId,
    span: Span,
    color: Color32,
    top: f32,
    bottom: f32,
    lane: Option<usize>,
}

/// Paints bars and glosses and takes clicks on them.
pub(super) fn show(
    reader: &mut Reader,
    ui: &Ui,
    source: &Source<'_>,
    palette: &Palette,
    columns: &Columns,
    full: Rect,
) {
    let mut bars = gather(reader, palette, full);
    assign_lanes(&mut bars, &mut reader.glosses.lanes, columns.lanes);
    let painter = ui.painter_at(full);
    for bar in &bars {
        let Some(lane) = bar.lane else { continue };
        let rect = Rect::from_min_max(
            pos2(columns.bars + LANE * lane as f32, bar.top + 2.0),
            pos2(columns.bars + LANE * lane as f32 + 3.5, bar.bottom - 2.0),
        );
        painter.rect_filled(rect, 1.5, bar.color);
    }
    let mut place = Place {
        below: full.top() + 4.0,
        folded: Vec::new(),
    };
    for bar in &bars {
        let Some(highlight) = source.highlights.get(bar.id) else {
            continue;
        };
        if columns.gloss.width() < 1.0 {
            if bar.lane.is_some() {
                bar_only(ui, reader, source, bar, highlight, columns);
            }
            continue;
        }
        let want = bar.top.max(full.top() + 4.0) + 3.0;
        let low = place.below.max(want) > full.bottom() - 36.0;
        if place.below - want > FARTHEST || (low && place.below > want) {
            place.folded.push(bar.id);
            continue;
        }
        place.unfold(ui, source, palette, columns, &painter);
        let gloss = Gloss::new(ui, source, palette, highlight, columns.gloss.width());
        let at = pos2(columns.gloss.left(), want.max(place.below));
        let rect = Rect::from_min_size(at, vec2(columns.gloss.width(), gloss.height()));
        place.below = rect.bottom() + 5.0;
        let focused = reader.focus == Some(bar.id);
        if clickable(ui, source, bar, highlight, rect.intersect(full), focused) {
            reader.clear_selection();
            reader.set_focus(Some(bar.id));
            reader.reveal(bar.span);
        }
        if focused {
            painter.rect_filled(rect.expand2(vec2(5.0, 2.0)), 5.0, palette.card);
        }
        gloss.paint(&painter, at, palette);
    }
    let more = reader.visible_marks().any(|(_, marks)| marks.more);
    place.unfold(ui, source, palette, columns, &painter);
    if more && columns.gloss.width() >= 1.0 {
        painter.text(
            pos2(columns.gloss.right() - 4.0, full.bottom() - 8.0),
            egui::Align2::RIGHT_BOTTOM,
            "More overlap here than can be told apart",
            theme::sans(11.0),
            palette.dim,
        );
    }
}

/// Where the next gloss may stand, and which were folded since the last one that was placed.
struct Place {
    below: f32,
    folded: Vec<HighlightId>,
}

impl Place {
    /// Writes "+3" for the glosses that were folded, when there are any.
    fn unfold(
        &mut self,
        ui: &Ui,
        source: &Source<'_>,
        palette: &Palette,
        columns: &Columns,
        painter: &egui::Painter,
    ) {
        let folded = std::mem::take(&mut self.folded);
        if folded.is_empty() {
            return;
        }
        let label = format!("+{}", folded.len());
        let bottom = painter.clip_rect().bottom() - 18.0;
        let at = pos2(columns.gloss.left(), self.below.min(bottom));
        let galley = painter.layout_no_wrap(label, theme::sans_bold(11.5), palette.dim);
        let rect = Rect::from_min_size(at, galley.size());
        if self.below > bottom {
            let ground = Rect::from_min_max(at, columns.gloss.max).expand(3.0);
            painter.rect_filled(ground, 0.0, palette.paper);
        }
        painter.galley(at, galley, palette.dim);
        self.below = rect.bottom() + 4.0;
        let id = ui.scope_id().with(("folded", folded[0].0));
        let response = ui.interact(rect.expand(3.0), id, Sense::hover());
        response.on_hover_ui(|ui| {
            for id in folded.iter().take(20) {
                if let Some(h) = source.highlights.get(*id) {
                    ui.label(spoken(source, h));
                }
            }
        });
    }
}

fn bar_only(
    ui: &Ui,
    reader: &mut Reader,
    source: &Source<'_>,
    bar: &Bar,
    highlight: &Highlight,
    columns: &Columns,
) {
    let left = columns.bars + LANE * bar.lane.unwrap_or_default() as f32;
    let rect = Rect::from_min_max(
        pos2(left - 2.0, bar.top),
        pos2(left + LANE - 2.0, bar.bottom),
    );
    if clickable(
        ui,
        source,
        bar,
        highlight,
        rect,
        reader.focus == Some(bar.id),
    ) {
        reader.clear_selection();
        reader.set_focus(Some(bar.id));
    }
}

/// Makes a highlight something to point at and to press, and tells screen readers what it is.
fn clickable(
    ui: &Ui,
    source: &Source<'_>,
    bar: &Bar,
    highlight: &Highlight,
    rect: Rect,
    focused: bool,
) -> bool {
    let response = ui.interact(
        rect,
        ui.scope_id().with(("highlight", bar.id.0)),
        Sense::click(),
    );
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, focused, spoken(source, highlight))
    });
    let clicked = response.clicked();
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(320.0);
            ui.label(spoken(source, highlight));
        });
    clicked
}

/// A highlight in one line: `Entrapment, contests: “An ally can…” Note: … (MK)`.
pub(super) fn spoken(source: &Source<'_>, h: &Highlight) -> String {
    let names: Vec<_> = h
        .labels
        .iter()
        .map(|l| source.project.label_name(l))
        .collect();
    let quote = words::beginning(&source.reading.text, h.span, 60);
    let stance = h.stance.map_or_else(String::new, |s| format!(", {s}"));
    let note = if h.note.is_empty() {
        String::new()
    } else {
        format!(" Note: {}", h.note)
    };
    format!(
        "{}{stance}: “{quote}”{note} ({})",
        names.join(", "),
        h.coder
    )
}

/// The bars of what shows, in text order.
fn gather(reader: &Reader, palette: &Palette, full: Rect) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    let mut index: HashMap<HighlightId, usize> = HashMap::new();
    for (text_top, marks) in reader.visible_marks() {
        for extent in &marks.extents {
            let (top, bottom) = (text_top + extent.top, text_top + extent.bottom);
            if bottom <= full.top() || top >= full.bottom() {
                continue;
            }
            let at = *index.entry(extent.id).or_insert(bars.len());
            match bars.get_mut(at) {
                Some(bar) => bar.bottom = bar.bottom.max(bottom),
                None => bars.push(Bar {
                    id: extent.id,
                    span: extent.span,
                    color: palette.label_mark(extent.color),
                    top,
                    bottom,
                    lane: None,
                }),
            }
        }
    }
    bars.sort_by(|a, b| {
        a.top
            .total_cmp(&b.top)
            .then(a.span.start.cmp(&b.span.start))
    });
    bars
}

/// Gives each bar a lane in which it touches no other: the one it had, else the first that is free.
fn assign_lanes(bars: &mut [Bar], lanes: &mut HashMap<HighlightId, usize>, count: usize) {
    let mut ends = vec![f32::NEG_INFINITY; count];
    let old = std::mem::take(lanes);
    for bar in bars {
        let free = |&lane: &usize| ends.get(lane).is_some_and(|&end| end <= bar.top);
        bar.lane = old
            .get(&bar.id)
            .copied()
            .filter(free)
            .or_else(|| (0..count).find(free));
        if let Some(lane) = bar.lane {
            ends[lane] = bar.bottom;
            lanes.insert(bar.id, lane);
        }
    }
}

/// The words beside a bar.
struct Gloss {
    names: Arc<Galley>,
    note: Option<Arc<Galley>>,
}

impl Gloss {
    fn new(
        ui: &Ui,
        source: &Source<'_>,
        palette: &Palette,
        highlight: &Highlight,
        width: f32,
    ) -> Self {
        let wrap = |max_rows| TextWrapping {
            max_width: width,
            max_rows,
            ..TextWrapping::default()
        };
        let mut job = LayoutJob {
            wrap: wrap(4),
            ..LayoutJob::default()
        };
        for (i, label) in highlight.labels.iter().enumerate() {
            append_name(&mut job, source, palette, label, i > 0);
        }
        if *source.coder != highlight.coder {
            let format = TextFormat::simple(theme::sans(10.5), palette.dim);
            job.append(&format!("  {}", highlight.coder), 0.0, format);
        }
        let stance = highlight.stance.map(|s| s.to_string());
        let note = (!highlight.note.is_empty()).then(|| fold_space(&highlight.note));
        let words = [stance, note]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ");
        let names = ui.fonts_mut(|f| f.layout_job(job));
        let note = (!words.is_empty()).then(|| {
            let mut job = LayoutJob {
                wrap: wrap(3),
                ..LayoutJob::default()
            };
            job.append(
                &words,
                0.0,
                TextFormat::simple(theme::sans(12.0), palette.dim),
            );
            ui.fonts_mut(|f| f.layout_job(job))
        });
        Self { names, note }
    }

    fn height(&self) -> f32 {
        self.names.size().y + self.note.as_ref().map_or(0.0, |n| n.size().y + 1.0)
    }

    fn paint(self, painter: &egui::Painter, at: egui::Pos2, palette: &Palette) {
        let below = at + vec2(0.0, self.names.size().y + 1.0);
        painter.galley(at, self.names, palette.ink);
        if let Some(note) = self.note {
            painter.galley(below, note, palette.dim);
        }
    }
}

/// `Balance of threat › Offensive intentions`, the parent in the label's colour; further labels on lines of their own.
fn append_name(
    job: &mut LayoutJob,
    source: &Source<'_>,
    palette: &Palette,
    label: &LabelId,
    further: bool,
) {
    let color = palette.label_text(source.color(label));
    let bold = TextFormat::simple(theme::sans_bold(12.0), color);
    if further {
        job.append("\n+ ", 0.0, bold.clone());
    }
    let found = source.project.label(label);
    let parent = found.and_then(|l| source.project.label(l.parent.as_ref()?));
    let name = source.project.label_name(label);
    match parent.filter(|_| !further) {
        Some(parent) => {
            job.append(&parent.name, 0.0, bold);
            let plain = TextFormat::simple(theme::sans(12.0), palette.ink);
            job.append(&format!(" › {name}"), 0.0, plain);
        }
        None => job.append(name, 0.0, bold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(id: u64, top: f32, bottom: f32) -> Bar {
        let span = Span::new(0, 1);
        Bar {
            id: HighlightId(id),
            span,
            color: Color32::RED,
            top,
            bottom,
            lane: None,
        }
    }

    #[test]
    fn bars_never_touch_and_keep_their_lanes() {
        let mut lanes = HashMap::new();
        let mut bars = vec![
            bar(1, 0.0, 50.0),
            bar(2, 10.0, 20.0),
            bar(3, 30.0, 60.0),
            bar(4, 40.0, 45.0),
        ];
        assign_lanes(&mut bars, &mut lanes, 3);
        let got: Vec<_> = bars.iter().map(|b| b.lane).collect();
        assert_eq!(got, [Some(0), Some(1), Some(1), Some(2)]);
        let mut scrolled = vec![bar(3, 0.0, 30.0), bar(4, 10.0, 15.0)];
        assign_lanes(&mut scrolled, &mut lanes, 3);
        assert_eq!(scrolled[0].lane, Some(1));
        assert_eq!(scrolled[1].lane, Some(2));
        let mut deep = (0..5).map(|i| bar(i, 0.0, 9.0)).collect::<Vec<_>>();
        assign_lanes(&mut deep, &mut HashMap::new(), 3);
        assert_eq!(deep.iter().filter(|b| b.lane.is_none()).count(), 2);
    }
}
