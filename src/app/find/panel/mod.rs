//! The panel of hits in all readings: keyword in context, grouped by reading.

mod list;
mod rows;

use egui::{Align, Button, Context, Id, Key, Layout, Rect, RichText, Ui, vec2};

use self::list::{ROW, list, top_of};
use super::{
    Request, State, What,
    asked::Asked,
    field::{self, Press},
    roll::Roll,
    unit::{self, Unit},
};
use crate::{
    app::{App, Command, Screen, access, keys, theme, words},
    model::ReadingId,
    text::Span,
};

/// The panel's state.
#[derive(Default)]
pub struct Panel {
    /// What is looked for.
    pub asked: Asked,
    unit: Unit,
    roll: Roll,
    wants: Wants,
    has_keyboard: bool,
    list_has_keyboard: bool,
    /// Where the hit that one is at shows.
    anchor: Option<Rect>,
    version: u64,
}

/// What is to take the keyboard.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Wants {
    #[default]
    Nothing,
    Field,
    List,
}

fn field_id() -> Id {
    Id::unique("find in all readings")
}

fn list_id() -> Id {
    Id::unique("hits in all readings")
}

impl Panel {
    /// Has the field take the keyboard.
    pub fn take_keyboard(&mut self) {
        self.wants = Wants::Field;
    }

    /// Has what had the keyboard last take it again.
    pub fn keep_keyboard(&mut self) {
        self.wants = match self.list_has_keyboard || self.asked.at.is_some() {
            true => Wants::List,
            false => Wants::Field,
        };
    }

    /// Whether the field or the list has the keyboard.
    pub fn has_keyboard(&self) -> bool {
        self.has_keyboard
    }

    /// Where the hit that one is at shows, for the picker.
    pub fn anchor(&self) -> Option<Rect> {
        self.anchor
    }

    /// Goes to another hit; which that is.
    pub fn step(&mut self, forward: bool) -> Option<(ReadingId, Span)> {
        self.asked.step(forward);
        self.reveal();
        let (id, span) = self.asked.hit()?;
        Some((id.clone(), span))
    }

    fn reveal(&mut self) {
        if let Some(top) = self.asked.at.and_then(|at| top_of(self.asked.found()?, at)) {
            self.roll.reveal(top..top + f64::from(ROW));
        }
    }

    /// Goes `by` hits further, not around the ends; which that is. From the first one up leads back into the field.
    fn walk(&mut self, by: isize) -> Option<(ReadingId, Span)> {
        let total = self.asked.found().map_or(0, |s| s.total);
        let last = total.checked_sub(1)?;
        self.asked.at = Some(match self.asked.at {
            None => 0,
            Some(at) => at.saturating_add_signed(by).min(last),
        });
        self.reveal();
        let (id, span) = self.asked.hit()?;
        Some((id.clone(), span))
    }
}

/// Shows the panel.
pub fn show(app: &mut App, ui: &mut Ui) {
    let App {
        screen: Screen::Open(session),
        commands,
        held,
        workers,
        picker,
        dialog,
        ..
    } = app
    else {
        return;
    };
    let mut state = std::mem::take(&mut session.find);
    let corpus = session.corpus();
    let free = picker.is_none() && dialog.is_none();
    if free {
        take_keys(&mut state, commands, held, ui.ctx());
    }
    let places: Vec<usize> = (0..corpus.sources().len()).collect();
    state.panel.asked.search(workers, &corpus, &places);
    if state.panel.version != state.panel.asked.version {
        state.panel.version = state.panel.asked.version;
        state.panel.roll = Roll::default();
    }
    head(&mut state, commands, ui);
    let foot = 38.0;
    let room = (ui.available_height() - foot).max(60.0);
    match state.panel.asked.found().is_some_and(|s| s.total > 0) {
        true => list(&mut state, session, commands, ui, (room, free)),
        false => nothing(&mut state, ui, room),
    }
    tag_row(&mut state.panel, commands, ui);
    let focused = ui.memory(|m| m.focused());
    let panel = &mut state.panel;
    panel.list_has_keyboard = focused == Some(list_id());
    panel.has_keyboard = panel.list_has_keyboard || focused == Some(field_id());
    session.find = state;
}

fn take_keys(
    state: &mut State,
    commands: &mut Vec<Command>,
    held: &mut Vec<egui::Event>,
    ctx: &Context,
) {
    let (panel, id) = (&mut state.panel, field_id());
    match std::mem::take(&mut panel.wants) {
        Wants::Field => field::take_keyboard(ctx, id, &panel.asked.pattern.text),
        Wants::List => ctx.memory_mut(|m| m.request_focus(list_id())),
        Wants::Nothing => {}
    }
    let (in_field, in_list) = ctx.memory(|m| (m.has_focus(id), m.has_focus(list_id())));
    if in_field || in_list {
        field::toggle_keys(ctx, &mut panel.asked);
    }
    if !in_field {
        return;
    }
    keys::hold(held, ctx, |e| {
        matches!(
            e,
            egui::Event::Key {
                key: Key::Enter | Key::Escape | Key::ArrowDown,
                pressed: true,
                ..
            }
        )
    });
    let show = |hit: Option<(ReadingId, Span)>| {
        hit.map(|(id, span)| Command::Find(Request::Show(id, span, false)))
    };
    for press in field::presses(ctx, id) {
        match press {
            Press::Down | Press::Enter => {
                if panel.asked.found().is_some_and(|s| s.total > 0) {
                    panel.wants = Wants::List;
                    if panel.asked.at.is_none() {
                        commands.extend(show(panel.walk(0)));
                    }
                }
            }
            Press::ShiftEnter => commands.extend(show(panel.step(false))),
            Press::CtrlEnter => {
                let (what, unit) = (What::Ticked, panel.unit);
                commands.push(Command::Find(Request::Tag(what, unit)));
            }
            Press::Escape => commands.push(Command::Find(Request::ClosePanel)),
            Press::Up => panel.asked.recall(&state.remembered, true),
        }
    }
}

fn head(state: &mut State, commands: &mut Vec<Command>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let panel = &mut state.panel;
    title(ui, "Find in all readings", commands);
    let field = ui.horizontal(|ui| {
        let width = ui.available_width() - 10.0;
        field::field(
            ui,
            &mut panel.asked,
            field_id(),
            "Find in all readings",
            width,
        )
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        field::toggles(ui, &mut panel.asked);
    });
    field::error(ui, &panel.asked, &field.inner);
    ui.horizontal(|ui| {
        let told = RichText::new(told(&panel.asked)).size(12.5);
        ui.label(told.color(palette.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let running = panel.asked.is_running();
            let Some(found) = panel.asked.found_mut().filter(|s| s.total > 0) else {
                return;
            };
            let all = found.ticked == found.total;
            let name = if all { "Untick all" } else { "Tick all" };
            if ui.link(RichText::new(name).size(12.5)).clicked() {
                found.tick_all(!all);
            }
            if running {
                ui.add(egui::Spinner::new().size(12.0));
            }
        });
    });
    ui.add_space(2.0);
}

/// The panel's name and the button that closes it.
pub fn title(ui: &mut Ui, name: &str, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        let caps = RichText::new(name.to_uppercase()).font(theme::sans_bold(11.0));
        ui.label(caps.color(palette.dim).extra_letter_spacing(0.8));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let cross = Button::new(RichText::new("×").size(16.0)).frame_when_inactive(false);
            let cross = ui.add(cross.small()).on_hover_text("Close (Esc)");
            access::name(&cross, &format!("Close {}", name.to_lowercase()));
            if cross.clicked() {
                commands.push(Command::Find(Request::ClosePanel));
            }
        });
    });
}

/// “1,234 hits in 12 of 200 readings”.
fn told(asked: &Asked) -> String {
    let Some(found) = asked.found().filter(|s| s.total > 0 || !asked.is_running()) else {
        return String::new();
    };
    let readings = words::counted(found.readings(), "reading");
    if found.total == 0 {
        return format!("No hits in {readings}");
    }
    let more = if found.is_cut { "More than " } else { "" };
    let hits = words::counted(found.total, "hit");
    format!("{more}{hits} in {} of {readings}", found.groups.len())
}

/// What can be done here, while there is nothing to list.
fn nothing(state: &mut State, ui: &mut Ui, room: f32) {
    let palette = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), room);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        let asked = &mut state.panel.asked;
        if !asked.pattern.text.is_empty() {
            return;
        }
        let dim = |text: &str| RichText::new(text).size(12.5).color(palette.dim);
        ui.label(dim(
            "Type what to look for. A word with a star, such as entrap*, stands for any ending.",
        ));
        ui.label(dim(
            "Down goes into the list: there the arrows show hit after hit in the text, Space ticks, and a label’s name or digit tags.",
        ));
        if state.remembered.is_empty() {
            return;
        }
        ui.add_space(6.0);
        ui.label(dim("Looked for before:"));
        let mut recalled = None;
        for pattern in state.remembered.iter().rev() {
            if ui.link(RichText::new(&pattern.text).size(13.0)).clicked() {
                recalled = Some(pattern.clone());
            }
        }
        if let Some(pattern) = recalled {
            asked.pattern = pattern;
            state.panel.wants = Wants::Field;
        }
    });
}

/// The button that tags, and what of the text.
fn tag_row(panel: &mut Panel, commands: &mut Vec<Command>, ui: &mut Ui) {
    let (ticked, some) = match panel.asked.found() {
        Some(found) => (found.ticked, found.ticked > 0 || panel.asked.at.is_some()),
        None => (0, false),
    };
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let name = match ticked {
            0 => "Tag this hit…".to_owned(),
            n => format!("Tag {}…", words::counted(n, "hit")),
        };
        let button = ui.add_enabled(some, Button::new(RichText::new(name).size(13.0)));
        let button = button
            .on_hover_text("Pick a label for them (Ctrl+Enter).")
            .on_disabled_hover_text("Tick hits, or go to one in the list.");
        if button.clicked() {
            commands.push(Command::Find(Request::Tag(What::Ticked, panel.unit)));
        }
        ui.label(RichText::new("as").size(12.5));
        let chosen = RichText::new(unit::name(panel.unit)).size(13.0);
        let choice = egui::ComboBox::from_id_salt("tag as")
            .width(110.0)
            .selected_text(chosen)
            .show_ui(ui, |ui| {
                for unit in Unit::ALL {
                    ui.selectable_value(&mut panel.unit, unit, unit::name(unit));
                }
            });
        access::name(&choice.response, "Tag as");
    });
}
