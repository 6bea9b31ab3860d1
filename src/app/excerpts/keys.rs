//! The keys of the list, and what a click on a row chooses.

use egui::{Event, Key, Modifiers, Response, Ui};

use super::{
    Change, Request, Whose, edits::NONE_CHOSEN, listing::Listing, query_box, state::State,
};
use crate::app::{App, Command, Screen};

/// How far Page Up and Page Down go.
const PAGE: usize = 6;

/// Moves the focus, extends the selection, folds quotes, opens the excerpt in focus.
pub(super) fn move_about(
    state: &mut State,
    listing: &Listing,
    ui: &Ui,
    response: &Response,
    commands: &mut Vec<Command>,
) {
    if !response.has_focus() {
        return;
    }
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(response.id, crate::app::keys::ARROWS_AND_ESCAPE);
    });
    let items = listing.rows.items();
    // With Shift first: a key without modifiers is also taken for one with Shift.
    for (modifiers, extends) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        for (key, by) in [
            (Key::ArrowDown, 1),
            (Key::ArrowUp, -1),
            (Key::PageDown, PAGE as isize),
            (Key::PageUp, -(PAGE as isize)),
            (Key::Home, -(items as isize)),
            (Key::End, items as isize),
        ] {
            for _ in 0..ui.input_mut(|i| i.count_and_consume_key(modifiers, key)) {
                step(state, listing, by, extends);
            }
        }
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::A)) {
        state.selected.set(listing.ids(0..items).collect());
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Space))
        && let Some(focus) = state.focus
    {
        toggle(state, listing, focus);
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) && state.focus.is_some() {
        commands.push(Command::Excerpts(Request::Open));
    }
}

/// Moves the focus; with Shift what lies between is selected.
fn step(state: &mut State, listing: &Listing, by: isize, extends: bool) {
    let Some(last) = listing.rows.items().checked_sub(1) else {
        return;
    };
    let to = match state.focus {
        Some(focus) => focus.saturating_add_signed(by).min(last),
        // From nothing the walk begins where the view does.
        None => state.first_shown().min(last),
    };
    if extends {
        extend(state, listing, to);
    } else {
        state.selected.clear();
        state.anchor = None;
        state.focus = Some(to);
    }
    state.scroll.reveal(listing.rows.of_item(to));
}

/// Selects from where the stretch began to an excerpt.
fn extend(state: &mut State, listing: &Listing, to: usize) {
    let from = state.anchor.or(state.focus).unwrap_or(to);
    let between = listing.ids(from.min(to)..from.max(to) + 1);
    state.selected.set(between.collect());
    state.anchor = Some(from);
    state.focus = Some(to);
}

/// Adds an excerpt to the selection, or takes it out.
fn toggle(state: &mut State, listing: &Listing, item: usize) {
    for id in listing.ids(item..item + 1) {
        state.selected.toggle(id);
    }
    state.anchor = Some(item);
}

/// A click on a row: it gets the focus; with Shift all up to it are selected, with Ctrl it is selected too.
pub(super) fn press(state: &mut State, listing: &Listing, item: usize, modifiers: Modifiers) {
    if modifiers.shift {
        extend(state, listing, item);
        return;
    }
    if modifiers.command {
        // As in other lists, the one in focus counts as the first.
        if let Some(focus) = state.focus.filter(|_| state.selected.is_empty()) {
            state.selected.add(listing.ids(focus..focus + 1));
        }
        toggle(state, listing, item);
    } else {
        state.selected.clear();
        state.anchor = None;
    }
    state.focus = Some(item);
}

/// Takes what is typed while the list has the keyboard: digits tag, letters open the picker, Delete removes.
pub(super) fn typed(app: &mut App, ui: &Ui, response: &Response) {
    let elsewhere =
        app.picker.is_some() || app.dialog.is_some() || egui::Popup::is_any_open(ui.ctx());
    if !response.has_focus() || elsewhere {
        return;
    }
    let Screen::Open(session) = &mut app.screen else {
        return;
    };
    for key in [Key::Delete, Key::Backspace] {
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
            let request = Request::Edit(Change::Remove, Whose::Selected);
            app.commands.push(Command::Excerpts(request));
        }
    }
    if ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy))) {
        app.commands.push(Command::Excerpts(Request::Copy));
    }
    let typed: String = ui.input(|i| {
        let text = |e: &Event| match e {
            Event::Text(text) => Some(text.clone()),
            _ => None,
        };
        i.events.iter().filter_map(text).collect()
    });
    let Some(first) = typed.chars().next() else {
        return;
    };
    if query_box::is_asked_for(&typed) {
        session.excerpts.open_box(true);
    } else if first == ' ' {
        if let Some((_, h)) = session.excerpts.focused() {
            session.excerpts.fold(h.id);
        }
    } else if let Some(digit) = first.to_digit(10).filter(|d| *d > 0) {
        let mut labels = session.project().labels();
        let label = labels.find(|l| l.digit.map(u32::from) == Some(digit));
        let command = match label {
            Some(label) => Command::Toggle(label.id.clone()),
            None => Command::Fail(format!(
                "No label has the digit {digit}. Give it to one through its menu in the codebook."
            )),
        };
        app.commands.push(command);
    } else if first.is_alphabetic() {
        let command = match session.excerpts.focus {
            Some(_) => Command::Pick(typed),
            None => Command::Tell(NONE_CHOSEN.to_owned()),
        };
        app.commands.push(command);
    }
}
