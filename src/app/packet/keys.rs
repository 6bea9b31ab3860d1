//! The keys of the pages.

use egui::{Key, Modifiers, Response, Ui, vec2};

use super::{
    Desk, Request, State,
    sheets::Sheets,
    spot,
    state::{Face, Part},
};
use crate::{
    export::document::Origin,
    model::{Packet, Side},
};

/// Goes from one part of the view to the next: F6, and Shift+F6 back.
pub(super) fn between_parts(state: &mut State, pages_have_it: bool, ui: &Ui) {
    let (forward, back) = ui.input_mut(|i| {
        let back = i.consume_key(Modifiers::SHIFT, Key::F6);
        (i.consume_key(Modifiers::NONE, Key::F6), back)
    });
    state.wants_keyboard = match (forward, back, pages_have_it) {
        (true, _, true) => Some(Part::Add),
        (_, true, true) => Some(Part::Sections),
        (true, ..) | (_, true, _) => Some(Part::Pages),
        _ => return,
    };
    if state.wants_keyboard == Some(Part::Add) {
        state.kept.face = Face::Add;
    }
}

/// What keys do while the pages have the keyboard.
pub(super) fn on_pages(
    state: &mut State,
    packet: &Packet,
    sheets: &Sheets,
    response: &Response,
    desk: &mut Desk<'_>,
    ui: &Ui,
) {
    between_parts(state, response.has_focus(), ui);
    if !response.has_focus() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(response.id, crate::app::keys::ARROWS_AND_ESCAPE);
    });
    if let Some(origin) = state.selected.clone() {
        with_selected(packet, &origin, desk, ui);
    }
    let pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
    for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
        for _ in 0..pressed(key) {
            step(state, sheets, by);
        }
    }
    for (key, side) in [
        (Key::ArrowLeft, Side::First),
        (Key::ArrowRight, Side::Second),
    ] {
        if pressed(key) > 0 {
            across(state, packet, sheets, side);
        }
    }
    if pressed(Key::Home) > 0 {
        state.selected = None;
        step(state, sheets, 1);
    }
    if pressed(Key::End) > 0
        && let Some(last) = sheets.items.last()
    {
        state.select(last.clone());
    }
    let view = 0.9 * response.rect.height();
    for (key, by) in [
        (Key::PageDown, -view),
        (Key::PageUp, view),
        (Key::Space, -view),
    ] {
        for _ in 0..pressed(key) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
}

/// What keys do with what is chosen.
fn with_selected(packet: &Packet, origin: &Origin, desk: &mut Desk<'_>, ui: &Ui) {
    let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
        if pressed(Modifiers::ALT, key) {
            desk.ask(Request::Step(origin.clone(), down));
        }
    }
    let sides = [
        (Key::ArrowLeft, Side::First),
        (Key::ArrowRight, Side::Second),
    ];
    for (key, side) in sides {
        if pressed(Modifiers::ALT, key) && spot::pick(packet, origin).is_some() {
            desk.ask(Request::ToSide(origin.clone(), side));
        }
    }
    for key in [Key::Delete, Key::Backspace] {
        if pressed(Modifiers::NONE, key) {
            desk.ask(Request::TakeOut(origin.clone()));
        }
    }
    for key in [Key::Enter, Key::F2] {
        if pressed(Modifiers::NONE, key) {
            desk.ask(Request::Enter(origin.clone()));
        }
    }
}

/// Chooses what comes next or before; from nothing the first thing of the page that shows.
fn step(state: &mut State, sheets: &Sheets, by: isize) {
    let chosen = state.selected.as_ref();
    let at = chosen.and_then(|o| sheets.items.iter().position(|other| other == o));
    let next = match at {
        Some(at) => sheets.items.get(at.saturating_add_signed(by)),
        None => {
            let page = sheets.pages.get(state.page);
            let mut here = page.into_iter().flat_map(|p| &p.places);
            let first = here.find(|p| sheets.items.contains(&p.origin));
            first.map(|p| &p.origin)
        }
    };
    if let Some(next) = next.cloned() {
        state.select(next);
    }
}

/// Chooses the excerpt beside, on the other side of a debate.
fn across(state: &mut State, packet: &Packet, sheets: &Sheets, side: Side) {
    let found = state.selected.as_ref().and_then(|origin| {
        let pick = spot::pick(packet, origin)?;
        let section = packet.sections.get(origin.section.as_ref()?)?;
        if !spot::has_sides(section) || pick.side == side {
            return None;
        }
        let (page, here) = sheets.place(origin)?;
        let others = { sheets.items.iter() }.filter(|other| {
            other.section == origin.section
                && spot::pick(packet, other).is_some_and(|other| other.side == side)
        });
        let far = |other: &&Origin| {
            let (at, rect) = sheets.place(other).unwrap_or_default();
            let pages = at.abs_diff(page) as f32;
            (10_000.0 * pages + (rect.y - here.y).abs()) as u64
        };
        others.min_by_key(far).cloned()
    });
    if let Some(found) = found {
        state.select(found);
    }
}
