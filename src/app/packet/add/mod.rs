//! What can be added to the section: a list to choose from, by keys or the mouse.

mod card;
mod keys;
mod offered;

use std::{collections::HashSet, sync::Arc};

use egui::{Id, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use self::{
    card::Card,
    offered::{Found, Key},
};
use super::{
    Desk, Request, State as View, fields, spot,
    state::{Face, Part},
};
use crate::{
    analysis::{Coding, Source},
    app::{
        Command,
        excerpts::{
            scroll::{Scroll, Shown},
            scroll_bar,
        },
        heights::Heights,
        query_field::{Offers, QueryField},
        theme, words,
        worker::Worked,
    },
    export::document::Part as Shows,
    model::{HighlightId, Packet, ReadingId, SectionId, Subject},
};

const GAP: f32 = 8.0;
/// The height of a card that was not laid out yet.
const USUAL: f32 = 104.0;

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
        let known = |(source, coding): (&Arc<Source>, &Coding)| {
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
        desk.commands.push(Command::Packet(Request::ToAdd));
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
    keys::pressed(view, packet, section, &found, &response, desk, ui);
    if ui.rect_contains_pointer(full) {
        let by = ui.input(|i| i.smooth_scroll_delta().y);
        if by != 0.0 {
            view.add.scroll.by(-f64::from(by));
        }
    }
    let width = full.width() - scroll_bar::WIDTH;
    let mut lay = |row: usize| {
        let card = card::card(&found, row, width, desk, ui, &palette);
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
        card::item(view, &found, one.row, &card, rect, &response, &mut inner);
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
