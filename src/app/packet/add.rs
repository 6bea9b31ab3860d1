//! What can be added to the section: a list to choose from, by keys or the mouse.

use std::{collections::HashSet, sync::Arc};

use egui::{
    Color32, EventFilter, Galley, Id, Key as Press, Modifiers, Rect, Response, RichText, Role,
    Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{
    Desk, Request, State as View,
    drag::Carried,
    fields,
    offered::{Found, Key},
    pages, spot,
    state::Face,
    state::Part,
};
use crate::{
    app::{
        excerpts::{
            scroll::{Scroll, Shown},
            scroll_bar,
        },
        heights::Heights,
        keys::of_click,
        query_field::{Offers, QueryField},
        theme::{self, Palette},
        words,
        worker::Worked,
    },
    export::document::Part as Shows,
    model::{Highlight, HighlightId, Packet, Pick, Reading, ReadingId, SectionId, Side, Subject},
};

/// How many lines of a quote show.
const LINES: usize = 4;
const PAD: f32 = 10.0;
const GAP: f32 = 8.0;
/// The height of a card that was not laid out yet.
const USUAL: f32 = 104.0;
/// How far Page Up and Page Down go.
const PAGE: usize = 5;

/// What the list keeps.
#[derive(Default)]
pub struct State {
    /// What is asked for besides the theory.
    typed: String,
    offers: Offers,
    /// Whether excerpts of other theories are listed too.
    all: bool,
    worked: Worked<Key, Arc<Found>>,
    found: Option<Arc<Found>>,
    scroll: Scroll,
    focus: Option<usize>,
    /// Where a stretch began that is selected with Shift.
    anchor: Option<usize>,
    selected: HashSet<HighlightId>,
    /// Whether what is chosen is to be added at the next frame.
    adds: bool,
}

/// A card laid out.
struct Card {
    quote: Arc<Galley>,
    cite: Arc<Galley>,
}

/// Shows it.
pub(super) fn show(view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    let packet = view.shown(desk.project()).cloned();
    let Some((packet, id)) = packet.and_then(|p| Some((view.section(&p)?, p)).map(|(i, p)| (p, i)))
    else {
        fields::dim(
            ui,
            "Add a section first, with “+” at the left. Excerpts go into sections.",
        );
        return;
    };
    let Some(section) = packet.sections.get(&id) else {
        return;
    };
    if spot::picks(section).is_none() {
        fields::dim(ui, spot::BY_RULE);
        if ui.button("Show the rule").clicked() {
            view.kept.face = Face::Section;
        }
        return;
    }
    let theory = match &section.subject {
        Subject::Theory(label) => Some(label.clone()),
        _ => None,
    };
    if let Some(theory) = &theory {
        let name = desk.project().label_name(theory).to_owned();
        let scopes = [
            (
                false,
                name.as_str(),
                "What is coded with it, or with labels under it",
            ),
            (true, "Everything", "All that is coded"),
        ];
        if let Some(all) = fields::segments(ui, view.add.all, &scopes) {
            view.add.all = all;
            view.add.asked_otherwise();
        }
    }
    query(&mut view.add, desk, ui);
    let key = Key {
        revision: desk.session.revision,
        section: (packet.id.clone(), id.clone()),
        theory: theory.filter(|_| !view.add.all),
        query: view.add.typed.clone(),
    };
    refresh(view, key, &id, desk);
    heading(view, ui);
    list(view, &packet, &id, desk, ui);
}

impl State {
    fn asked_otherwise(&mut self) {
        self.selected.clear();
        self.focus = None;
        self.anchor = None;
    }

    /// Which are to be added: those that are selected, or the one in focus.
    fn chosen(&self) -> Vec<(ReadingId, HighlightId)> {
        let Some(found) = &self.found else {
            return Vec::new();
        };
        let known =
            |(source, coding): (&Arc<crate::analysis::Source>, &crate::analysis::Coding)| {
                (source.reading.id.clone(), coding.highlight.id)
            };
        let codings = found.items.iter().filter_map(|p| found.corpus.coding(*p));
        match self.selected.is_empty() {
            false => { codings.map(known) }
                .filter(|(_, id)| self.selected.contains(id))
                .collect(),
            true => {
                let place = self.focus.and_then(|f| found.items.get(f));
                { place.into_iter() }
                    .filter_map(|p| found.corpus.coding(*p).map(known))
                    .collect()
            }
        }
    }
}

/// The box for a query.
fn query(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    let corpus = desk.session.corpus();
    let field = QueryField {
        id: Id::unique("packet add query"),
        name: "Which excerpts to add",
        hint: "Which? text:pressure stance:supports",
    };
    let typed = field.show(&mut state.typed, &mut state.offers, &corpus, ui);
    if typed.changed {
        state.asked_otherwise();
    }
    if typed.done {
        desk.commands
            .push(crate::app::Command::Packet(Request::ToAdd));
    }
    let error = state.found.as_ref().and_then(|found| found.error.clone());
    if let Some(error) = error {
        let palette = theme::palette(ui.ctx());
        typed.told(&state.typed, &error, ui, &palette);
    }
}

/// Has it looked up what there is, when something changed.
fn refresh(view: &mut View, key: Key, section: &SectionId, desk: &mut Desk<'_>) {
    let State { worked, found, .. } = &mut view.add;
    if !worked.is_current(&key) {
        let there = view.sheets.iter().flat_map(|sheets| &sheets.items);
        let there = there.filter(|o| o.section.as_ref() == Some(section));
        let mut there: HashSet<HighlightId> = { there }
            .filter_map(|o| match o.part {
                Shows::Excerpt(_, id) => Some(id),
                _ => None,
            })
            .collect();
        let packet = desk.project().packets().get(&key.section.0);
        let picks = packet.and_then(|p| spot::picks(p.sections.get(section)?));
        there.extend(picks.into_iter().flatten().map(|pick| pick.highlight));
        let (of, corpus) = (key.clone(), desk.session.corpus());
        let work = move || Arc::new(Found::new(&of, corpus, &there));
        worked.get(desk.workers, key, work);
    }
    let Some(new) = worked.latest().cloned() else {
        return;
    };
    if !found.as_ref().is_some_and(|old| Arc::ptr_eq(old, &new)) {
        let (row, offset) = view.add.scroll.top();
        let count = new.items.len();
        view.add.scroll = Scroll::new(Heights::new(vec![USUAL; count]));
        view.add
            .scroll
            .go_to((row.min(count.saturating_sub(1)), offset));
        // What follows one that was added has the focus then.
        let last = count.checked_sub(1);
        view.add.focus = view.add.focus.and_then(|f| Some(f.min(last?)));
        view.add.anchor = None;
        view.add.found = Some(new);
    }
}

/// How many there are.
fn heading(view: &View, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let count = view.add.found.as_ref().map_or(0, |found| found.items.len());
    ui.horizontal(|ui| {
        fields::caption(ui, "Can be added");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let number = RichText::new(words::grouped(count)).size(12.0);
            ui.label(number.color(palette.dim));
        });
    });
}
/// The list, in all the room there is but for a line below.
fn list(view: &mut View, packet: &Packet, section: &SectionId, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let Some(found) = view.add.found.clone() else {
        return;
    };
    if found.items.is_empty() {
        let told = match (found.error.is_some(), view.add.typed.is_empty()) {
            (true, _) => "",
            (_, false) => "Nothing fits. Ask for less, or choose “Everything”.",
            (_, true) => "All there is stands in the section already, or nothing is coded yet.",
        };
        fields::dim(ui, told);
    }
    let mut full = ui.available_rect_before_wrap();
    full.max.y -= 26.0;
    let id = ui.make_persistent_id("packet add list");
    let response = ui.interact(full, id, Sense::click());
    if view.gets_keyboard(Part::Add) {
        response.request_focus();
        view.add.focus = view.add.focus.or((!found.items.is_empty()).then_some(0));
    }
    let name = format!("Excerpts to add: {}", words::grouped(found.items.len()));
    (response.ctx).accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::List);
        node.set_label(name);
        node.set_clips_children();
    });
    keys(view, packet, section, &found, &response, desk, ui);
    if ui.rect_contains_pointer(full) {
        let by = ui.input(|i| i.smooth_scroll_delta().y);
        if by != 0.0 {
            view.add.scroll.by(-f64::from(by));
        }
    }
    let width = full.width() - scroll_bar::WIDTH;
    let mut lay = |row: usize| {
        let card = card(&found, row, width, desk, ui, &palette);
        let height = card.as_ref().map_or(0.0, Card::height);
        (height + GAP, card)
    };
    let shown: Vec<Shown<Option<Card>>> =
        view.add
            .scroll
            .settle(f64::from(full.height()), 0.0, &mut lay);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(full).accessibility_parent(id));
    inner.set_clip_rect(full.intersect(ui.clip_rect()));
    for one in shown {
        let Some(card) = one.laid else { continue };
        let top = full.top() + one.y as f32;
        let rect = Rect::from_min_size(
            pos2(full.left(), top.round()),
            vec2(width, one.height - GAP),
        );
        item(view, &found, one.row, &card, rect, &response, &mut inner);
    }
    scroll_bar::show(&mut view.add.scroll, ui, full, &palette);
    ui.advance_cursor_after_rect(full);
    let several = view.add.selected.len();
    let told = match several {
        0 | 1 => "Drag onto the page, or Enter.".to_owned(),
        n => format!("{} selected. Drag them, or Enter.", words::grouped(n)),
    };
    fields::dim(ui, &told);
}

impl Card {
    fn height(&self) -> f32 {
        2.0 * PAD + self.quote.size().y + 4.0 + self.cite.size().y
    }
}

fn card(
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

fn item(
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
        press(state, found, row, of_click(ui));
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

/// A click on a card: it gets the focus; with Shift all up to it are selected, with Ctrl it is selected too.
fn press(state: &mut State, found: &Found, row: usize, modifiers: Modifiers) {
    if modifiers.shift {
        extend(state, found, row);
        return;
    }
    if modifiers.command {
        // As in other lists, the one in focus counts as the first.
        if let Some(id) = state
            .focus
            .filter(|_| state.selected.is_empty())
            .and_then(|f| found.id(f))
        {
            state.selected.insert(id);
        }
        toggle(state, found, row);
    } else {
        state.selected.clear();
        state.anchor = None;
    }
    state.focus = Some(row);
}

fn toggle(state: &mut State, found: &Found, row: usize) {
    if let Some(id) = found.id(row)
        && !state.selected.remove(&id)
    {
        state.selected.insert(id);
    }
    state.anchor = Some(row);
}

/// Selects from where the stretch began to a card.
fn extend(state: &mut State, found: &Found, to: usize) {
    let from = state.anchor.or(state.focus).unwrap_or(to);
    let between = from.min(to)..=from.max(to);
    state.selected = between.filter_map(|row| found.id(row)).collect();
    state.anchor = Some(from);
    state.focus = Some(to);
}

/// Moves the focus, selects, adds.
fn keys(
    view: &mut View,
    packet: &Packet,
    section: &SectionId,
    found: &Found,
    response: &Response,
    desk: &mut Desk<'_>,
    ui: &Ui,
) {
    let state = &mut view.add;
    let mut adds = std::mem::take(&mut state.adds);
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            tab: false,
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
        move_about(state, found, ui);
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        if pressed(Modifiers::COMMAND, Press::A) {
            let all = 0..found.items.len();
            state.selected = all.filter_map(|row| found.id(row)).collect();
        }
        if pressed(Modifiers::COMMAND, Press::Space) || pressed(Modifiers::NONE, Press::Space) {
            let focus = state.focus;
            focus.into_iter().for_each(|row| toggle(state, found, row));
        }
        adds |= pressed(Modifiers::NONE, Press::Enter);
        if pressed(Modifiers::NONE, Press::Escape) {
            match state.selected.is_empty() {
                true => view.wants_keyboard = Some(Part::Pages),
                false => state.selected.clear(),
            }
        }
    }
    let state = &mut view.add;
    if adds {
        let chosen = state.chosen();
        if !chosen.is_empty() {
            state.selected.clear();
            let request = Request::Append(chosen, packet.id.clone(), section.clone());
            desk.ask(request);
            view.wants_keyboard = Some(Part::Add);
        }
    }
}

fn move_about(state: &mut State, found: &Found, ui: &Ui) {
    let count = found.items.len();
    // With Shift first: a key without modifiers is also taken for one with Shift.
    for (modifiers, extends) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        for (key, by) in [
            (Press::ArrowDown, 1),
            (Press::ArrowUp, -1),
            (Press::PageDown, PAGE as isize),
            (Press::PageUp, -(PAGE as isize)),
            (Press::Home, -(count as isize)),
            (Press::End, count as isize),
        ] {
            for _ in 0..ui.input_mut(|i| i.count_and_consume_key(modifiers, key)) {
                let Some(last) = count.checked_sub(1) else {
                    return;
                };
                let to = state
                    .focus
                    .map_or(0, |f| f.saturating_add_signed(by).min(last));
                if extends {
                    extend(state, found, to);
                } else {
                    state.selected.clear();
                    state.anchor = None;
                    state.focus = Some(to);
                }
                state.scroll.reveal(to);
            }
        }
    }
}
