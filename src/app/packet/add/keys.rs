//! The keys of the list, and what a click chooses.

use egui::{Key as Press, Modifiers, Response, Ui};

use super::{State, offered::Found};
use crate::{
    app::packet::{Desk, Request, State as View, state::Part},
    model::{Packet, SectionId},
};

/// How far Page Up and Page Down go.
const PAGE: usize = 5;

/// A click on a card: it gets the focus; with Shift all up to it are selected, with Ctrl it is selected too.
pub fn press(state: &mut State, found: &Found, row: usize, modifiers: Modifiers) {
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
pub(super) fn pressed(
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
        let filter = crate::app::keys::ARROWS_AND_ESCAPE;
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
        move_about(state, found, ui);
        let struck = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        if struck(Modifiers::COMMAND, Press::A) {
            let all = 0..found.items.len();
            state.selected = all.filter_map(|row| found.id(row)).collect();
        }
        if struck(Modifiers::COMMAND, Press::Space) || struck(Modifiers::NONE, Press::Space) {
            let focus = state.focus;
            focus.into_iter().for_each(|row| toggle(state, found, row));
        }
        adds |= struck(Modifiers::NONE, Press::Enter);
        if struck(Modifiers::NONE, Press::Escape) {
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
