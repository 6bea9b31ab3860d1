//! The panel of suggestions: the one to decide with its context, and the list of all.

use egui::{
    Align, Id, Key, Layout, Modifiers, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::{Fate, Item, Order, Sitting, card, rows_in};
use crate::{
    app::{
        App, Command, Screen, Session,
        find::{Request, panel, roll::BAR, row, unit::Unit},
        theme::{self, Palette},
        words,
    },
    model::Label,
};

/// The height of a row of the list.
pub const ROW: f32 = 44.0;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// To tag it.
    Accept(Unit),
    /// To reject it.
    Reject,
    /// To have it suggested again.
    OfferAgain,
    /// To go on to the next that is not decided.
    Skip,
    /// To go so many further.
    Walk(isize),
    /// To go to one.
    GoTo(usize),
}

fn list_id() -> Id {
    Id::unique("suggestions")
}

/// Shows the panel.
pub fn show(app: &mut App, ui: &mut Ui) {
    let App {
        screen: Screen::Open(session),
        commands,
        workers,
        picker,
        dialog,
        ..
    } = app
    else {
        return;
    };
    let Some(mut sitting) = session.find.sitting.take() else {
        return;
    };
    let Some(label) = session.project().label(&sitting.label).cloned() else {
        commands.push(Command::Find(Request::ClosePanel));
        return;
    };
    let moved = sitting.refresh(session, workers);
    let free = picker.is_none() && dialog.is_none();
    if free && std::mem::take(&mut sitting.wants_keyboard) {
        ui.memory_mut(|m| m.request_focus(list_id()));
    }
    let mut pressed = free.then(|| keys(&sitting, ui)).flatten();
    let before = sitting.current().map(Item::key);
    head(&mut sitting, session, &label, commands, ui);
    match sitting.current().is_some() {
        true => {
            let chosen = card::show(&sitting, session, &label, ui);
            let picked = list(&mut sitting, session, &label, ui);
            pressed = pressed.or(chosen).or(picked);
        }
        false => nothing(&sitting, &label, commands, ui),
    }
    if let Some(pressed) = pressed {
        decide(&mut sitting, pressed, commands);
        sitting.wants_keyboard = true;
    }
    let now = sitting.current().map(Item::key);
    if moved || now != before || sitting.marked.is_none() {
        sitting.marked = now.clone().map(|(id, span)| (id, vec![span]));
        let show = now.map(|(id, span)| Request::Show(id, span, false));
        commands.extend(show.map(Command::Find));
    }
    sitting.has_keyboard = ui.memory(|m| m.has_focus(list_id()));
    session.find.sitting = Some(sitting);
}

fn decide(sitting: &mut Sitting, pressed: Pressed, commands: &mut Vec<Command>) {
    let current = sitting.current();
    let suggested = current.map(|i| i.suggested(&sitting.label));
    let fate = current.map(|i| i.fate);
    let request = match (pressed, suggested) {
        (Pressed::Walk(by), _) => {
            sitting.go_to(sitting.at.saturating_add_signed(by));
            None
        }
        (Pressed::GoTo(at), _) => {
            sitting.go_to(at);
            None
        }
        (Pressed::Skip, _) => {
            sitting.pass_on();
            None
        }
        (Pressed::Accept(unit), Some(s)) if fate == Some(Fate::Open) => {
            Some(Request::Accept(s, unit))
        }
        (Pressed::Reject, Some(s)) if fate == Some(Fate::Open) => Some(Request::Reject(s, true)),
        (Pressed::OfferAgain, Some(s)) if fate == Some(Fate::Rejected) => {
            Some(Request::Reject(s, false))
        }
        _ => None,
    };
    if let Some(request) = request {
        commands.push(Command::Find(request));
        if !sitting.shows_rejected && pressed != Pressed::OfferAgain {
            sitting.pass_on();
        }
    }
}

fn keys(sitting: &Sitting, ui: &Ui) -> Option<Pressed> {
    if !ui.memory(|m| m.has_focus(list_id())) || egui::Popup::is_any_open(ui.ctx()) {
        return None;
    }
    let filter = crate::app::keys::ARROWS_AND_ESCAPE;
    ui.memory_mut(|m| m.set_focus_lock_filter(list_id(), filter));
    let enter = match sitting.shows_rejected {
        true => Pressed::OfferAgain,
        false => Pressed::Accept(Unit::Sentence),
    };
    let table = [
        (
            Modifiers::SHIFT,
            Key::Enter,
            Pressed::Accept(Unit::Paragraph),
        ),
        (Modifiers::NONE, Key::Enter, enter),
        (Modifiers::NONE, Key::Delete, Pressed::Reject),
        (Modifiers::NONE, Key::Backspace, Pressed::Reject),
        (Modifiers::NONE, Key::Space, Pressed::Skip),
        (Modifiers::NONE, Key::ArrowRight, Pressed::Walk(1)),
        (Modifiers::NONE, Key::ArrowDown, Pressed::Walk(1)),
        (Modifiers::NONE, Key::ArrowLeft, Pressed::Walk(-1)),
        (Modifiers::NONE, Key::ArrowUp, Pressed::Walk(-1)),
        (Modifiers::NONE, Key::PageDown, Pressed::Walk(8)),
        (Modifiers::NONE, Key::PageUp, Pressed::Walk(-8)),
        (Modifiers::NONE, Key::Home, Pressed::GoTo(0)),
        (Modifiers::NONE, Key::End, Pressed::GoTo(usize::MAX)),
    ];
    let mut taken = table
        .into_iter()
        .filter(|(modifiers, key, _)| ui.input_mut(|i| i.consume_key(*modifiers, *key)));
    taken.next().map(|(_, _, pressed)| pressed)
}

fn head(
    sitting: &mut Sitting,
    session: &Session,
    label: &Label,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
) {
    let palette = theme::palette(ui.ctx());
    let dim = |text: String| RichText::new(text).size(12.5).color(palette.dim);
    panel::title(ui, "Suggestions", commands);
    ui.horizontal(|ui| {
        let (square, _) = ui.allocate_exact_size(vec2(11.0, 11.0), Sense::hover());
        let color = palette.label_mark(label.color);
        ui.painter().rect_filled(square, 3.0, color);
        ui.label(RichText::new(&label.name).font(theme::sans_bold(14.0)));
        if !label.cues.is_empty() {
            let link = ui.link(RichText::new("cues…").size(12.5));
            let link = link.on_hover_text(format!("Cues: {}", label.cues.join(", ")));
            if link.clicked() {
                commands.push(Command::EditLabel(Some(label.id.clone()), None));
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.label(dim(progress(sitting)));
        if !sitting.is_complete() && session.workspace().is_some() {
            ui.add(egui::Spinner::new().size(12.0));
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if !sitting.shows_rejected {
            for (order, name) in [(Order::Best, "Best first"), (Order::Text, "Text order")] {
                let chosen = sitting.order == order;
                let text = RichText::new(name).size(12.5);
                if ui
                    .add(egui::Button::selectable(chosen, text).small())
                    .clicked()
                {
                    sitting.set_order(order);
                    sitting.wants_keyboard = true;
                }
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let count = sitting.rejected.len();
            let name = match (sitting.shows_rejected, count) {
                (true, _) => "Back to the suggestions".to_owned(),
                (false, 0) => return,
                (false, n) => format!("Show rejected ({})", words::grouped(n)),
            };
            if ui.link(RichText::new(name).size(12.5)).clicked() {
                sitting.show_rejected(!sitting.shows_rejected);
                sitting.wants_keyboard = true;
            }
        });
    });
    ui.add_space(4.0);
}

/// “4 of 31 · 2 tagged · 1 rejected”.
fn progress(sitting: &Sitting) -> String {
    let len = sitting.shown().len();
    if len == 0 {
        return String::new();
    }
    let place = format!(
        "{} of {}",
        words::grouped(sitting.at + 1),
        words::grouped(len)
    );
    if sitting.shows_rejected {
        return format!("{place} that you rejected");
    }
    let mut told = place;
    for (fate, name) in [(Fate::Tagged, "tagged"), (Fate::Rejected, "rejected")] {
        let count = sitting.count(fate);
        if count > 0 {
            told += &format!(" · {} {name}", words::grouped(count));
        }
    }
    told
}

/// Says why there is nothing, and what to do.
fn nothing(sitting: &Sitting, label: &Label, commands: &mut Vec<Command>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let dim = |text: String| RichText::new(text).size(13.0).color(palette.dim);
    let name = &label.name;
    if sitting.shows_rejected {
        ui.label(dim(format!("No suggestion for “{name}” is rejected.")));
    } else if label.cues.is_empty() {
        ui.label(dim(format!(
            "“{name}” has no cues yet. Cues are words that hint at a label, such as entrap* or “dragged into”. Every sentence in which one stands is suggested here; nothing is tagged by itself."
        )));
        if ui.button("Add cues…").clicked() {
            commands.push(Command::EditLabel(Some(label.id.clone()), None));
        }
    } else if sitting.is_complete() {
        ui.label(dim(format!(
            "No sentence is left in which a cue of “{name}” stands and that you have neither tagged nor rejected."
        )));
        if ui.button("Edit the cues…").clicked() {
            commands.push(Command::EditLabel(Some(label.id.clone()), None));
        }
    }
}

/// The list of all.
fn list(sitting: &mut Sitting, session: &Session, label: &Label, ui: &mut Ui) -> Option<Pressed> {
    let palette = theme::palette(ui.ctx());
    let (view, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let response = ui.interact(view, list_id(), Sense::click());
    let len = sitting.shown().len();
    let total = len as f64 * f64::from(ROW);
    let top = sitting.roll.settle(ui, view, total, 0.0, &palette);
    let name = words::counted(len, "suggestion");
    (response.ctx).accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::List);
        node.set_label(name);
        node.set_clips_children();
    });
    let mut inner = ui.new_child(
        UiBuilder::new()
            .max_rect(view)
            .accessibility_parent(list_id()),
    );
    inner.set_clip_rect(view.intersect(ui.clip_rect()));
    let mut pressed = None;
    for at in rows_in(view, top, ROW, len) {
        let y = view.top() + (at as f64 * f64::from(ROW) - top) as f32;
        let rect = Rect::from_min_max(
            pos2(view.left(), y.round()),
            pos2(view.right() - BAR, (y + ROW).round()),
        );
        let id = list_id().with(at);
        // The list has the keyboard: its rows need not be stopped at.
        let row = inner.interact(rect.intersect(view), id, Sense::CLICK);
        let item = &sitting.shown()[at];
        if at == sitting.at {
            inner.painter().rect_filled(rect, 6.0, palette.chosen);
            (response.ctx).accesskit_node_builder(response.id, |node| {
                node.set_active_descendant(id.accesskit_id());
            });
        } else if row.hovered() {
            let hovered = palette.line.gamma_multiply(0.5);
            inner.painter().rect_filled(rect, 6.0, hovered);
        }
        let spoken = paint(&inner, item, session, label, rect, &palette);
        row.widget_info(|| WidgetInfo::selected(Role::ListItem, true, at == sitting.at, &spoken));
        if row.clicked() {
            pressed = Some(Pressed::GoTo(at));
        }
    }
    if response.has_focus() {
        let edge = egui::Stroke::new(1.0, palette.accent.gamma_multiply(0.6));
        let inside = egui::StrokeKind::Inside;
        inner.painter().rect_stroke(view, 6.0, edge, inside);
    }
    pressed
}

/// Paints a row; says what screen readers call it.
fn paint(
    ui: &Ui,
    item: &Item,
    session: &Session,
    label: &Label,
    rect: Rect,
    palette: &Palette,
) -> String {
    let suggestion = &item.suggestion;
    let Some(shelf) = session.project().shelf(&suggestion.reading) else {
        return String::new();
    };
    let reading = &shelf.reading;
    let first = suggestion.cues.first().copied();
    let line = row::line(reading, first.unwrap_or(suggestion.sentence));
    let inner = rect.shrink2(vec2(8.0, 4.0));
    let upper = Rect::from_min_size(inner.min, vec2(inner.width(), 18.0));
    row::paint(ui, ui.painter(), &line, upper, upper.width() * 0.4, palette);
    let fate = match item.fate {
        Fate::Open => "",
        Fate::Tagged => "tagged",
        Fate::Rejected => "rejected",
    };
    let below = inner.max.y - 8.0;
    let color = match item.fate {
        Fate::Tagged => palette.label_text(label.color),
        _ => palette.dim,
    };
    let right = pos2(inner.right(), below);
    let told = ui.painter().text(
        right,
        egui::Align2::RIGHT_CENTER,
        fate,
        theme::sans_bold(11.5),
        color,
    );
    let place = format!(
        "{} · {}",
        words::locator(reading, suggestion.sentence),
        reading.meta.title
    );
    let lower = Rect::from_min_max(
        pos2(inner.left(), below - 8.0),
        pos2(told.left() - 6.0, below + 8.0),
    );
    let font = theme::sans(12.0);
    row::short(ui, ui.painter(), &place, font, lower, palette.dim);
    let sentence = words::beginning(&reading.text, suggestion.sentence, 120);
    let fate = if fate.is_empty() { "open" } else { fate };
    format!("{fate}, {place}: {sentence}")
}
