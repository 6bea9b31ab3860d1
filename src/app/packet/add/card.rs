//! A card of the list: a quote and where it stands.

use std::sync::Arc;

use egui::{
    Color32, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::{keys, offered::Found};
use crate::{
    app::{
        keys::of_click,
        packet::{Desk, State as View, drag::Carried, pages},
        theme::{self, Palette},
        words,
    },
    model::{Highlight, Pick, Reading, Side},
};

/// How many lines of a quote show.
const LINES: usize = 4;
const PAD: f32 = 10.0;

/// A card laid out.
pub struct Card {
    quote: Arc<Galley>,
    cite: Arc<Galley>,
}

impl Card {
    pub fn height(&self) -> f32 {
        2.0 * PAD + self.quote.size().y + 4.0 + self.cite.size().y
    }
}

/// Lays a card out.
pub(super) fn card(
    found: &Found,
    row: usize,
    width: f32,
    desk: &Desk<'_>,
    ui: &Ui,
    palette: &Palette,
) -> Option<Card> {
    let (source, coding) = found.corpus.coding(*found.items.get(row)?)?;
    let (reading, h) = (&source.reading, &coding.highlight);
    let quote = format!("“{}”", words::beginning(&reading.text, h.span, 240));
    let laid = |text: String, font, color: Color32, rows: usize| {
        let mut job = egui::text::LayoutJob::simple(text, font, color, width - 2.0 * PAD);
        job.wrap.max_rows = rows;
        ui.fonts_mut(|f| f.layout_job(job))
    };
    Some(Card {
        quote: laid(quote, theme::serif(14.5), palette.ink, LINES),
        cite: laid(cited(reading, h, desk), theme::sans(12.0), palette.dim, 1),
    })
}

/// `Walt 1987, ¶12 · supports`.
fn cited(reading: &Reading, h: &Highlight, desk: &Desk<'_>) -> String {
    let mut told = format!(
        "{}, {}",
        reading.meta.citation(),
        words::locator(reading, h.span)
    );
    if let Some(stance) = h.stance {
        told = format!("{told} · {}", stance.word());
    }
    if h.coder != *desk.session.coder() {
        told = format!("{told} · {}", h.coder);
    }
    told
}

/// Shows a card; a click chooses it, dragging takes what is chosen along.
pub(super) fn item(
    view: &mut View,
    found: &Found,
    row: usize,
    card: &Card,
    rect: Rect,
    list: &Response,
    ui: &mut Ui,
) {
    let Some((source, coding)) = found.items.get(row).and_then(|p| found.corpus.coding(*p)) else {
        return;
    };
    let h = &coding.highlight;
    let palette = theme::palette(ui.ctx());
    let shown = rect.intersect(ui.clip_rect());
    // The list has the keyboard: its cards need not be stopped at.
    let response = ui.interact(
        shown,
        list.id.with(("card", row)),
        Sense::CLICK | Sense::DRAG,
    );
    let state = &mut view.add;
    let (focused, selected) = (state.focus == Some(row), state.selected.contains(&h.id));
    response.widget_info(|| {
        let quote = words::beginning(&source.reading.text, h.span, 120);
        let name = format!("Add “{quote}” {}", card.cite.text());
        WidgetInfo::selected(Role::ListItem, true, selected, name)
    });
    let fill = if selected {
        palette.chosen
    } else {
        palette.card
    };
    let line = match (focused, list.has_focus()) {
        (true, true) => Stroke::new(2.0, palette.accent),
        (true, false) => Stroke::new(1.5, palette.dim),
        _ if response.hovered() => Stroke::new(1.0, palette.dim),
        _ => Stroke::new(1.0, palette.line),
    };
    let painter = ui.painter();
    painter.rect(rect, 8.0, fill, line, StrokeKind::Inside);
    let at = rect.min + vec2(PAD, PAD);
    painter.galley(at, Arc::clone(&card.quote), palette.ink);
    let below = vec2(0.0, card.quote.size().y + 4.0);
    painter.galley(at + below, Arc::clone(&card.cite), palette.dim);
    if focused {
        let child = response.id;
        (list.ctx).accesskit_node_builder(list.id, |node| {
            node.set_active_descendant(child.accesskit_id());
        });
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
    }
    if response.double_clicked() {
        state.adds = true;
        ui.ctx().request_repaint();
    } else if response.clicked() {
        list.request_focus();
        keys::press(state, found, row, of_click(ui));
    }
    Carried::take_up(&response, || {
        if !state.selected.contains(&h.id) {
            state.selected.clear();
        }
        state.focus = Some(row);
        let all = state.chosen();
        let count = all.len();
        let pick = |(reading, highlight)| Pick {
            reading,
            highlight,
            side: Side::First,
        };
        Carried {
            picks: all.into_iter().map(pick).collect(),
            from: None,
            words: match count {
                0 | 1 => pages::beginning(card.quote.text()),
                n => words::counted(n, "excerpt"),
            },
        }
    });
}
