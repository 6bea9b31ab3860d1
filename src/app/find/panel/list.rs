//! The list of hits: where its rows stand, its keys, and what pressing does.

use egui::{Key, Modifiers, Response, Sense, Ui, UiBuilder, vec2};

use super::{Panel, State, Wants, list_id, rows::Rows};
use crate::app::{
    Command, Session,
    find::{Request, What, asked::Asked, search::Search},
    theme, words,
};

/// The height of a reading's heading.
pub(super) const HEAD: f32 = 32.0;
/// The height of a hit.
pub(super) const ROW: f32 = 25.0;

/// The top of the n-th hit in the list.
pub(super) fn top_of(found: &Search, number: usize) -> Option<f64> {
    let (group, _) = found.place(number)?;
    Some((group + 1) as f64 * f64::from(HEAD) + number as f64 * f64::from(ROW))
}

/// The top of a reading's heading.
pub(super) fn head_top(found: &Search, group: usize) -> f64 {
    group as f64 * f64::from(HEAD) + found.groups[group].before as f64 * f64::from(ROW)
}

fn total_height(found: &Search) -> f64 {
    found.groups.len() as f64 * f64::from(HEAD) + found.total as f64 * f64::from(ROW)
}

/// The list, in so much room; it takes keys when nothing lies over it.
pub(super) fn list(
    state: &mut State,
    session: &Session,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    (room, free): (f32, bool),
) {
    let size = vec2(ui.available_width(), room);
    let (view, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = ui.interact(view, list_id(), Sense::click());
    let palette = theme::palette(ui.ctx());
    if free && response.has_focus() && !egui::Popup::is_any_open(ui.ctx()) {
        list_keys(&mut state.panel, commands, ui);
    }
    let Panel { asked, roll, .. } = &mut state.panel;
    let Some(found) = asked.found() else { return };
    let (total, covered) = (total_height(found), f64::from(HEAD));
    let top = roll.settle(ui, view, total, covered, &palette);
    describe(&response, found);
    let first = (found.groups.len()).min(group_at(found, top));
    let mut inner = ui.new_child(
        UiBuilder::new()
            .max_rect(view)
            .accessibility_parent(list_id()),
    );
    inner.set_clip_rect(view.intersect(ui.clip_rect()));
    let mut rows = Rows {
        session,
        view,
        top,
        palette: &palette,
        pressed: None,
        anchor: None,
    };
    for group in first..found.groups.len() {
        if head_top(found, group) > top + f64::from(view.height()) {
            break;
        }
        rows.group(&mut inner, asked, group, &response);
    }
    let (pressed, anchor) = (rows.pressed, rows.anchor);
    if response.has_focus() {
        let edge = egui::Stroke::new(1.0, palette.accent.gamma_multiply(0.6));
        inner
            .painter()
            .rect_stroke(view, 4.0, edge, egui::StrokeKind::Inside);
    }
    state.panel.anchor = anchor;
    if let Some(pressed) = pressed {
        take(&mut state.panel, pressed, commands);
        response.request_focus();
    }
}

/// The group that stands at a height.
fn group_at(found: &Search, y: f64) -> usize {
    let (mut low, mut high) = (0, found.groups.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match head_top(found, middle) <= y {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low.saturating_sub(1)
}

/// What was pressed in the list.
pub(super) enum Pressed {
    Hit(usize),
    Open(usize),
    Tick(usize),
    TickGroup(usize, bool),
}

fn take(panel: &mut Panel, pressed: Pressed, commands: &mut Vec<Command>) {
    let show = |asked: &Asked, open| {
        let (id, span) = asked.hit()?;
        Some(Command::Find(Request::Show(id.clone(), span, open)))
    };
    match pressed {
        Pressed::Hit(number) => {
            panel.asked.at = Some(number);
            commands.extend(show(&panel.asked, false));
        }
        Pressed::Open(number) => {
            panel.asked.at = Some(number);
            commands.extend(show(&panel.asked, true));
        }
        Pressed::Tick(number) => {
            panel.asked.at = Some(number);
            if let Some(found) = panel.asked.found_mut() {
                let on = !found.is_ticked(number);
                found.tick(number, on);
            }
        }
        Pressed::TickGroup(group, on) => {
            if let Some(found) = panel.asked.found_mut() {
                found.tick_group(group, on);
            }
        }
    }
}

fn list_keys(panel: &mut Panel, commands: &mut Vec<Command>, ui: &Ui) {
    let filter = crate::app::keys::ARROWS_AND_ESCAPE;
    ui.memory_mut(|m| m.set_focus_lock_filter(list_id(), filter));
    let pressed = |modifiers, key| ui.input_mut(|i| i.count_and_consume_key(modifiers, key));
    let page = 12;
    let moves = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::End, isize::MAX),
        (Key::Home, isize::MIN),
    ];
    let mut shown = None;
    for (key, by) in moves {
        for _ in 0..pressed(Modifiers::NONE, key) {
            if key == Key::ArrowUp && matches!(panel.asked.at, None | Some(0)) {
                panel.wants = Wants::Field;
                return;
            }
            shown = panel.walk(by).or(shown);
        }
    }
    if let Some((id, span)) = shown {
        commands.push(Command::Find(Request::Show(id, span, false)));
    }
    let tag = Request::Tag(What::Ticked, panel.unit);
    if pressed(Modifiers::COMMAND, Key::Enter) > 0 {
        commands.push(Command::Find(tag));
    } else if pressed(Modifiers::NONE, Key::Enter) > 0
        && let Some(at) = panel.asked.at
    {
        take(panel, Pressed::Open(at), commands);
    }
    if pressed(Modifiers::COMMAND, Key::A) > 0
        && let Some(found) = panel.asked.found_mut()
    {
        found.tick_all(found.ticked < found.total);
    }
    if pressed(Modifiers::SHIFT, Key::Space) > 0 {
        tick_reading(panel);
    }
    if pressed(Modifiers::NONE, Key::Space) > 0
        && let Some(at) = panel.asked.at
    {
        take(panel, Pressed::Tick(at), commands);
    }
    typed(panel, commands, ui);
}

/// Ticks all hits of the reading that one is at, or unticks them.
fn tick_reading(panel: &mut Panel) {
    let at = panel.asked.at;
    let Some(found) = panel.asked.found_mut() else {
        return;
    };
    if let Some((group, _)) = at.and_then(|at| found.place(at)) {
        let on = !found.groups[group].all_ticked();
        found.tick_group(group, on);
    }
}

/// A digit tags with its label, a letter opens the picker, as in the reader.
fn typed(panel: &Panel, commands: &mut Vec<Command>, ui: &Ui) {
    let typed: String = ui.input(|i| {
        let text = |e: &egui::Event| match e {
            egui::Event::Text(text) => Some(text.clone()),
            _ => None,
        };
        i.events.iter().filter_map(text).collect()
    });
    let typed = typed.trim().to_owned();
    let Some(first) = typed.chars().next() else {
        return;
    };
    let (what, unit) = (What::Ticked, panel.unit);
    if let Some(digit) = first.to_digit(10).filter(|d| *d > 0) {
        let request = Request::TagDigit(what, unit, digit as u8);
        commands.push(Command::Find(request));
    } else if first.is_alphabetic() {
        let request = Request::TagTyped(what, unit, typed);
        commands.push(Command::Find(request));
    }
}

/// Says how long the list is.
fn describe(response: &Response, found: &Search) {
    let name = format!("Hits: {}", words::grouped(found.total));
    (response.ctx).accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::List);
        node.set_label(name);
        node.set_clips_children();
    });
}
