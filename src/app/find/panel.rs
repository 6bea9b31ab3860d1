//! The panel of hits in all readings: keyword in context, grouped by reading.

use std::sync::Arc;

use egui::{
    Align, Button, Context, EventFilter, Id, Key, Layout, Modifiers, Rect, Response, RichText,
    Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{
    Request, State, What,
    asked::Asked,
    field::{self, Press},
    roll::{BAR, Roll},
    row,
    search::Search,
    unit::{self, Unit},
};
use crate::{
    app::{
        App, Command, Screen, Session, access, keys,
        theme::{self, Palette},
        words,
    },
    model::ReadingId,
    text::Span,
};

/// The height of a reading's heading.
const HEAD: f32 = 32.0;
/// The height of a hit.
const ROW: f32 = 25.0;

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

/// The top of the n-th hit in the list.
fn top_of(found: &Search, number: usize) -> Option<f64> {
    let (group, _) = found.place(number)?;
    Some((group + 1) as f64 * f64::from(HEAD) + number as f64 * f64::from(ROW))
}

/// The top of a reading's heading.
fn head_top(found: &Search, group: usize) -> f64 {
    group as f64 * f64::from(HEAD) + found.groups[group].before as f64 * f64::from(ROW)
}

fn total_height(found: &Search) -> f64 {
    found.groups.len() as f64 * f64::from(HEAD) + found.total as f64 * f64::from(ROW)
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

/// The list, in so much room; it takes keys when nothing lies over it.
fn list(
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
enum Pressed {
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
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: false,
    };
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

/// What shows of the list.
struct Rows<'a> {
    session: &'a Session,
    view: Rect,
    top: f64,
    palette: &'a Palette,
    pressed: Option<Pressed>,
    anchor: Option<Rect>,
}

impl Rows<'_> {
    fn rect(&self, y: f64, height: f32) -> Rect {
        let top = self.view.top() + (y - self.top) as f32;
        let right = self.view.right() - BAR;
        Rect::from_min_max(
            pos2(self.view.left(), top.round()),
            pos2(right, (top + height).round()),
        )
    }

    fn group(&mut self, ui: &mut Ui, asked: &Asked, group: usize, list: &Response) {
        let Some(found) = asked.found() else { return };
        let hits = &found.groups[group];
        let Some(shelf) = self.session.project().shelf(&hits.reading) else {
            return;
        };
        let reading = Arc::clone(&shelf.reading);
        let first = head_top(found, group) + f64::from(HEAD);
        let from = ((self.top - first) / f64::from(ROW)).floor().max(0.0) as usize;
        let fit = (f64::from(self.view.height() / ROW)).ceil() as usize + 1;
        let to = (from + fit).min(hits.spans.len());
        for index in from..to {
            let rect = self.rect(first + index as f64 * f64::from(ROW), ROW);
            if rect.top() > self.view.bottom() {
                break;
            }
            let number = hits.before + index;
            let at = asked.at == Some(number);
            self.hit(
                ui,
                &reading,
                hits.spans[index],
                number,
                at,
                hits.ticked[index],
                rect,
                list,
            );
        }
        // The heading stays at the top while hits of its reading show.
        let end = first + hits.spans.len() as f64 * f64::from(ROW) - f64::from(HEAD);
        let y = head_top(found, group).max(self.top.min(end));
        self.head(ui, &reading.meta.title, found, group, self.rect(y, HEAD));
    }

    fn head(&mut self, ui: &Ui, title: &str, found: &Search, group: usize, rect: Rect) {
        let hits = &found.groups[group];
        let all = hits.all_ticked();
        let rect = rect.intersect(self.view);
        let id = list_id().with(("reading", hits.before));
        let response = ui.interact(rect, id, Sense::CLICK);
        response.widget_info(|| {
            let count = words::counted(hits.spans.len(), "hit");
            let name = format!("Tick all of {title}: {count}");
            WidgetInfo::selected(Role::CheckBox, true, all, name)
        });
        let painter = ui
            .painter()
            .with_clip_rect(self.view.intersect(ui.clip_rect()));
        painter.rect_filled(rect, 0.0, self.palette.panel);
        let mid = rect.center().y + 3.0;
        row::tick_box(&painter, pos2(rect.left() + 11.0, mid), all, self.palette);
        let count = painter.text(
            pos2(rect.right() - 6.0, mid),
            egui::Align2::RIGHT_CENTER,
            words::grouped(hits.spans.len()),
            theme::sans(12.0),
            self.palette.dim,
        );
        let room = Rect::from_min_max(
            pos2(rect.left() + 26.0, mid - 10.0),
            pos2(count.left() - 8.0, mid + 10.0),
        );
        row::short(
            ui,
            &painter,
            title,
            theme::sans_bold(13.0),
            room,
            self.palette.ink,
        );
        let line = [rect.left_bottom(), rect.right_bottom()];
        painter.line_segment(line, egui::Stroke::new(1.0, self.palette.line));
        if response.clicked() {
            self.pressed = Some(Pressed::TickGroup(group, !all));
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a row is what it is")]
    fn hit(
        &mut self,
        ui: &Ui,
        reading: &crate::model::Reading,
        span: Span,
        number: usize,
        at: bool,
        ticked: bool,
        rect: Rect,
        list: &Response,
    ) {
        let shown = rect.intersect(self.view);
        let id = list_id().with(("hit", number));
        // The list has the keyboard: its rows need not be stopped at.
        let response = ui.interact(shown, id, Sense::CLICK);
        let line = row::line(reading, span);
        response.widget_info(|| {
            let labels = row::labels(self.session, &reading.id, span);
            let coded = match labels.is_empty() {
                true => String::new(),
                false => format!(", coded {labels}"),
            };
            let text = format!("{}{}{}", line.before, line.hit, line.after);
            let place = words::locator(reading, span);
            let name = format!("{place}: {}{coded}", text.trim());
            WidgetInfo::selected(Role::ListItem, true, ticked, name)
        });
        let painter = ui
            .painter()
            .with_clip_rect(self.view.intersect(ui.clip_rect()));
        if at {
            painter.rect_filled(rect, 4.0, self.palette.chosen);
            self.anchor = Some(shown);
            (list.ctx).accesskit_node_builder(list.id, |node| {
                node.set_active_descendant(id.accesskit_id());
            });
        } else if response.hovered() {
            painter.rect_filled(rect, 4.0, self.palette.line.gamma_multiply(0.5));
        }
        let mid = rect.center().y;
        let tick = pos2(rect.left() + 11.0, mid);
        row::tick_box(&painter, tick, ticked, self.palette);
        let right = row::dots(
            &painter,
            self.session,
            &reading.id,
            span,
            pos2(rect.right() - 4.0, mid),
            self.palette,
        );
        let text = Rect::from_min_max(
            pos2(rect.left() + 26.0, rect.top()),
            pos2(right - 4.0, rect.bottom()),
        );
        row::paint(
            ui,
            &painter,
            &line,
            text,
            (rect.width() - 26.0) * 0.4,
            self.palette,
        );
        if response.double_clicked() {
            self.pressed = Some(Pressed::Open(number));
        } else if response.clicked() {
            let on_box = response
                .interact_pointer_pos()
                .is_some_and(|p| p.x < rect.left() + 24.0);
            self.pressed = Some(match on_box {
                true => Pressed::Tick(number),
                false => Pressed::Hit(number),
            });
        }
    }
}
