//! The keys of the table.

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::{Desk, Request, Table, command, cursor_id, sheet::Put};
use crate::{
    app::{Command, keys::hold},
    text::counted,
};

/// How many rows Page Up and Page Down go.
const PAGE: isize = 15;

/// Takes what was pressed, in a cell or on one.
pub fn take(table: &mut Table, desk: &mut Desk<'_>, ui: &Ui, held: &mut Vec<Event>) {
    if table.editing.is_some() {
        in_cell(table, desk, ui, held);
    } else if table.naming.is_none() && ui.memory(|m| m.has_focus(cursor_id())) {
        on_cell(table, desk, ui, held);
    }
}

fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.input_mut(|i| i.consume_key(modifiers, key))
}

/// While a cell is typed into.
fn in_cell(table: &mut Table, desk: &mut Desk<'_>, ui: &Ui, held: &mut Vec<Event>) {
    hold(held, ui.ctx(), |event| {
        matches!(
            event,
            Event::Key {
                key: Key::Enter | Key::Tab | Key::Escape,
                pressed: true,
                ..
            }
        )
    });
    // Letters of this frame are the field's, which has yet to take them.
    if ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Text(_)))) {
        return;
    }
    let back = |ui: &Ui| ui.memory_mut(|m| m.request_focus(cursor_id()));
    if pressed(ui, Modifiers::NONE, Key::Escape) {
        table.editing = None;
        back(ui);
        return;
    }
    let shift_tab = pressed(ui, Modifiers::SHIFT, Key::Tab);
    let moves = [
        (shift_tab, (0, -1)),
        (pressed(ui, Modifiers::NONE, Key::Tab), (0, 1)),
        (pressed(ui, Modifiers::SHIFT, Key::Enter), (-1, 0)),
        (pressed(ui, Modifiers::NONE, Key::Enter), (1, 0)),
    ];
    if let Some((_, by)) = moves.into_iter().find(|(pressed, _)| *pressed)
        && put_down(table, desk)
    {
        back(ui);
        let to = moved(table, by);
        table.go(to, false);
    }
}

/// Puts down what was typed; whether that could be done.
pub fn put_down(table: &mut Table, desk: &mut Desk<'_>) -> bool {
    let Some(editing) = table.editing.take() else {
        return true;
    };
    let project = desk.session.project();
    let put: Put = (
        editing.reading.clone(),
        editing.column.clone(),
        editing.text.clone(),
    );
    match super::sheet::put(project, std::slice::from_ref(&put)) {
        Ok(Some(_)) => desk.commands.push(command(Request::Put(vec![put]))),
        Ok(None) => {}
        Err(why) => {
            desk.commands.push(Command::Fail(why));
            table.editing = Some(editing);
            return false;
        }
    }
    true
}

/// Where the cursor goes by so many rows and columns; across the ends of rows too.
fn moved(table: &Table, (down, across): (isize, isize)) -> (usize, usize) {
    let (rows, columns) = table.sheet.size();
    let (row, column) = table.cursor;
    let last = rows.saturating_sub(1);
    match across {
        1 if column + 1 >= columns && row < last => (row + 1, 0),
        -1 if column == 0 && row > 0 => (row - 1, columns.saturating_sub(1)),
        _ => (
            row.saturating_add_signed(down).min(last),
            column
                .saturating_add_signed(across)
                .min(columns.saturating_sub(1)),
        ),
    }
}

/// While a cell has the cursor.
fn on_cell(table: &mut Table, desk: &mut Desk<'_>, ui: &Ui, held: &mut Vec<Event>) {
    let (rows, columns) = table.sheet.size();
    let is_last = table.cursor == (rows.saturating_sub(1), columns.saturating_sub(1));
    let is_first = table.cursor == (0, 0);
    let shift = ui.input(|i| i.modifiers.shift);
    ui.memory_mut(|m| {
        let filter = EventFilter {
            // At the ends Tab leaves the table.
            tab: if shift { !is_first } else { !is_last },
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: false,
        };
        m.set_focus_lock_filter(cursor_id(), filter);
    });
    hold(held, ui.ctx(), |event| match event {
        Event::Text(text) => !text.is_empty(),
        Event::Key {
            key: Key::Enter | Key::F2,
            pressed: true,
            ..
        } => true,
        _ => false,
    });
    steps(table, ui, is_first, is_last);
    clipboard(table, desk, ui);
    if pressed(ui, Modifiers::NONE, Key::Delete) || pressed(ui, Modifiers::NONE, Key::Backspace) {
        let puts = over_area(table, "");
        desk.commands.push(command(Request::Put(puts)));
    }
    if pressed(ui, Modifiers::NONE, Key::Enter) || pressed(ui, Modifiers::NONE, Key::F2) {
        table.edit(None);
        return;
    }
    let typed = ui.input_mut(|i| {
        let at = i.events.iter().position(|e| matches!(e, Event::Text(_)))?;
        match i.events.remove(at) {
            Event::Text(text) => Some(text),
            _ => None,
        }
    });
    if typed.is_some() {
        table.edit(typed);
    }
}

fn steps(table: &mut Table, ui: &Ui, is_first: bool, is_last: bool) {
    let (rows, columns) = table.sheet.size();
    for (key, by) in [
        (Key::ArrowUp, (-1, 0)),
        (Key::ArrowDown, (1, 0)),
        (Key::PageUp, (-PAGE, 0)),
        (Key::PageDown, (PAGE, 0)),
    ] {
        for (modifiers, extend) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
            if pressed(ui, modifiers, key) {
                let to = moved(table, by);
                table.go(to, extend);
            }
        }
    }
    // Sideways they stop at the ends of a row.
    for (key, by) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1)] {
        for (modifiers, extend) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
            if pressed(ui, modifiers, key) {
                let (row, column) = table.cursor;
                let column = column.saturating_add_signed(by);
                table.go((row, column.min(columns.saturating_sub(1))), extend);
            }
        }
    }
    for (modifiers, key, to) in [
        (Modifiers::COMMAND, Key::Home, (0, 0)),
        (
            Modifiers::COMMAND,
            Key::End,
            (rows.saturating_sub(1), columns.saturating_sub(1)),
        ),
        (Modifiers::NONE, Key::Home, (table.cursor.0, 0)),
        (
            Modifiers::NONE,
            Key::End,
            (table.cursor.0, columns.saturating_sub(1)),
        ),
    ] {
        if pressed(ui, modifiers, key) {
            table.go(to, false);
        }
    }
    if !is_first && pressed(ui, Modifiers::SHIFT, Key::Tab) {
        let to = moved(table, (0, -1));
        table.go(to, false);
    }
    if !is_last && pressed(ui, Modifiers::NONE, Key::Tab) {
        let to = moved(table, (0, 1));
        table.go(to, false);
    }
}

/// The area with one text in every cell; titles are left out when it is empty, since a reading has one.
fn over_area(table: &Table, text: &str) -> Vec<Put> {
    let area = table.area();
    let mut puts = Vec::new();
    for row in table
        .sheet
        .rows
        .iter()
        .take(area.to.0 + 1)
        .skip(area.from.0)
    {
        let columns = &table.sheet.columns;
        for column in columns.iter().take(area.to.1 + 1).skip(area.from.1) {
            if *column != crate::import::attributes::Column::Title {
                puts.push((row.reading.clone(), column.clone(), text.to_owned()));
            }
        }
    }
    puts
}

fn clipboard(table: &mut Table, desk: &mut Desk<'_>, ui: &Ui) {
    let (mut copy, mut cut, mut pasted) = (false, false, None);
    ui.input_mut(|i| {
        i.events.retain(|event| match event {
            Event::Copy => {
                copy = true;
                false
            }
            Event::Cut => {
                cut = true;
                false
            }
            Event::Paste(text) => {
                pasted = Some(text.clone());
                false
            }
            _ => true,
        });
    });
    if copy || cut {
        ui.ctx().copy_text(table.sheet.tsv(table.area()));
    }
    if cut {
        desk.commands
            .push(command(Request::Put(over_area(table, ""))));
    }
    if let Some(text) = pasted {
        let (puts, left) = table.sheet.paste(&text, table.area());
        desk.commands.push(command(Request::Put(puts)));
        if left > 0 {
            let told = format!(
                "{} found no place in the table and were left out.",
                counted(left, "cell")
            );
            desk.commands.push(Command::Tell(told));
        }
    }
}
