//! The keys that are commands: shortcuts anywhere, digits and letters in the reader.

use egui::{Context, Event, InputState, Key, KeyboardShortcut, Modifiers, Response, Ui};

use super::{App, Command, Screen, Session, View, action::Action, clipboard, find};
use crate::export::clip;

/// What a widget in focus keeps for itself that is gone through by arrows and left by Esc: egui moves the focus by neither.
pub const ARROWS_AND_ESCAPE: egui::EventFilter = egui::EventFilter {
    horizontal_arrows: true,
    vertical_arrows: true,
    escape: true,
    tab: false,
};

/// Takes the shortcuts of the table. Those without a modifier are taken only where nothing is being typed.
pub fn shortcuts(app: &mut App, ctx: &Context) {
    let typing = ctx.text_edit_focused() || app.picker.is_some();
    let blocked = app.dialog.is_some() || app.picker.is_some();
    for action in Action::ALL {
        for key in action.info().keys {
            let plain =
                key.modifiers == Modifiers::NONE && !matches!(key.logical_key, Key::F1 | Key::F3);
            if plain
                || for_the_text(app, action)
                || (typing && undoes_typing(action))
                || (blocked && !harmless(action))
            {
                continue;
            }
            // Taken also when it can't be done now: else Ctrl+Shift+Z with nothing to redo would go on as Ctrl+Z.
            if ctx.input_mut(|i| take(i, *key)) && (action.info().enabled)(app) {
                app.commands.push(Command::Do(action));
            }
        }
    }
    let elsewhere = typing || blocked || egui::Popup::is_any_open(ctx);
    if !elsewhere && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        back_out(app);
    }
}

/// Takes a shortcut out of the input, when it was pressed with just its modifiers: egui's own way lets Shift and Alt pass.
/// Plus and equals are where each keyboard has them, with Shift or without.
fn take(input: &mut InputState, shortcut: KeyboardShortcut) -> bool {
    let shifty = matches!(shortcut.logical_key, Key::Plus | Key::Equals | Key::Minus);
    let mut taken = false;
    input.events.retain(|event| {
        let Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            return true;
        };
        let fits = if shifty {
            modifiers.matches_logically(shortcut.modifiers)
        } else {
            modifiers.matches_exact(shortcut.modifiers)
        };
        let hit = *key == shortcut.logical_key && fits;
        taken |= hit;
        !hit
    });
    taken
}

/// The modifiers of the click that ends in this frame: on a slow machine they may be let go of in the same frame.
pub fn of_click(ui: &Ui) -> Modifiers {
    let release = |e: &Event| match e {
        Event::PointerButton {
            pressed: false,
            modifiers,
            ..
        } => Some(*modifiers),
        _ => None,
    };
    ui.input(|i| {
        i.events
            .iter()
            .rev()
            .find_map(release)
            .unwrap_or(i.modifiers)
    })
}

/// A text field has its own undo while it is typed in, and in some systems Alt+Backspace takes a word away.
fn undoes_typing(action: Action) -> bool {
    matches!(action, Action::Undo | Action::Redo | Action::BackToView)
}

/// Keys that move in a reading mean something else where another view shows.
fn for_the_text(app: &App, action: Action) -> bool {
    let moves = matches!(
        action,
        Action::NextHighlight
            | Action::PreviousHighlight
            | Action::NextReading
            | Action::PreviousReading
    );
    moves && app.session().is_some_and(|s| s.view != View::Read)
}

fn harmless(action: Action) -> bool {
    matches!(
        action,
        Action::LargerText | Action::SmallerText | Action::UsualText | Action::Theme
    )
}

/// Esc: takes back one thing, the nearest first.
fn back_out(app: &mut App) {
    let Screen::Open(session) = &mut app.screen else {
        return;
    };
    let backed = match session.view {
        View::Read => back_out_of_reading(session),
        View::Excerpts => session.excerpts.back_out(),
        View::Compare => session.compare.back_out(),
        View::Packet => session.packet.back_out(),
    };
    session.take_keyboard();
    if !backed {
        app.notice = None;
    }
}

/// Takes back one thing in the reader; the last is to have come from another view. Whether there was one.
fn back_out_of_reading(session: &mut Session) -> bool {
    if find::back_out(session, false) {
        return true;
    }
    if session.reader.selected().is_some() {
        session.reader.clear_selection();
    } else if session.reader.focus().is_some() {
        session.reader.set_focus(None);
    } else if find::back_out(session, true) {
        return true;
    } else if session.review.is_some() {
        session.review = None;
    } else if let Some(view) = session.came_from {
        session.show_view(view);
    } else {
        return session.only.take().is_some();
    }
    true
}

/// Keeps keys for the next frame when one of this frame turns where keys go: on a slow machine several fall into one, and a
/// letter after Enter is meant for what Enter opened. Those after the first key for which `turns` holds are kept; that key
/// itself too when letters came before it, which the field it acts on has to take first.
pub fn hold(held: &mut Vec<Event>, ctx: &Context, turns: impl Fn(&Event) -> bool) {
    let is_key = |e: &Event| matches!(e, Event::Key { .. } | Event::Text(_) | Event::Paste(_));
    let later = ctx.input_mut(|i| {
        let Some(turn) = i.events.iter().position(turns) else {
            return Vec::new();
        };
        let typed = |e: &Event| matches!(e, Event::Text(_) | Event::Paste(_));
        let typed_before = i.events.iter().take(turn).any(typed);
        let from = if typed_before { turn } else { turn + 1 };
        let (keys, rest): (Vec<_>, Vec<_>) = i.events.split_off(from).into_iter().partition(is_key);
        i.events.extend(rest);
        keys
    });
    if !later.is_empty() {
        held.extend(later);
        ctx.request_repaint();
    }
}

/// Gives back what was kept, before what came since.
pub fn give_back(held: &mut Vec<Event>, ctx: &Context) {
    if !held.is_empty() {
        ctx.input_mut(|i| i.events.splice(0..0, held.drain(..)).for_each(drop));
    }
}

/// Takes what is typed while the reader has the keyboard: digits tag, letters open the picker.
pub fn reader(app: &mut App, ui: &Ui, response: &Response) {
    let elsewhere =
        app.picker.is_some() || app.dialog.is_some() || egui::Popup::is_any_open(ui.ctx());
    if !response.has_focus() || elsewhere {
        return;
    }
    let opens = |e: &Event| match e {
        Event::Text(text) => text.chars().next().is_some_and(char::is_alphabetic),
        Event::Key {
            key: Key::Enter,
            pressed: true,
            ..
        } => true,
        _ => false,
    };
    hold(&mut app.held, ui.ctx(), opens);
    for (key, action) in [
        (Key::Enter, Action::Tag),
        (Key::Delete, Action::RemoveHighlight),
        (Key::Backspace, Action::RemoveHighlight),
    ] {
        if (action.info().enabled)(app) && ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
            app.commands.push(Command::Do(action));
        }
    }
    if ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy)))
        && let Screen::Open(session) = &app.screen
        && let Some((shelf, span)) = session.shelf().zip(session.passage())
    {
        clipboard::copy(ui.ctx(), clip::passage(&shelf.reading, span));
    }
    let typed: Vec<String> = ui.input(|i| {
        let text = |e: &Event| match e {
            Event::Text(text) => Some(text.clone()),
            _ => None,
        };
        i.events.iter().filter_map(text).collect()
    });
    let typed = typed.concat();
    let Screen::Open(session) = &mut app.screen else {
        return;
    };
    let Some(first) = typed.chars().next() else {
        return;
    };
    if first == ' ' {
        session
            .reader
            .scroll_by(f64::from(response.rect.height()) - 60.0);
        return;
    }
    let has_passage = session.reader.selected().is_some() || session.reader.focus().is_some();
    if let Some(digit) = first.to_digit(10).filter(|&d| d > 0) {
        let label = session
            .project()
            .labels()
            .find(|l| l.digit.map(u32::from) == Some(digit));
        let command = match label {
            Some(label) => Command::Toggle(label.id.clone()),
            None => Command::Fail(format!(
                "No label has the digit {digit}. Give it to one through its menu in the codebook."
            )),
        };
        app.commands.push(command);
    } else if first.is_alphabetic() {
        let command = if has_passage {
            Command::Pick(typed)
        } else {
            Command::Tell(
                "Select a passage first: drag over it, or press ↓ for a sentence.".to_owned(),
            )
        };
        app.commands.push(command);
    }
}
