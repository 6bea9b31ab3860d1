//! The bar over the reading: finds in it as one types.

use egui::{Align, Button, Id, Layout, Panel, RichText, Role, Ui, WidgetInfo};

use super::{
    Request, State, What,
    asked::Asked,
    field::{self, Press},
    unit::Unit,
};
use crate::{
    analysis::find::Kind,
    app::{App, Command, Screen, Session, access, action::Action, keys, theme, words},
    model::ReadingId,
    text::Span,
};

/// Selections longer than this many bytes are passages, not something to look for.
const LONGEST: u32 = 120;

/// The bar's state.
#[derive(Default)]
pub struct Bar {
    /// Whether it shows.
    pub open: bool,
    /// What is looked for.
    pub asked: Asked,
    /// The reading that is looked through.
    reading: Option<ReadingId>,
    /// From where one reads: the first hit from there on is the first that shows.
    origin: u32,
    /// Whether the view goes to the first hit when it is found.
    follows: bool,
    wants_keyboard: bool,
}

fn field_id() -> Id {
    Id::unique("find in the reading")
}

impl Bar {
    /// Opens it, with what is selected as the pattern when that is short.
    pub fn open(&mut self, session: &Session) {
        let selected = session.reader.selected();
        self.read_from(session);
        let short = selected.filter(|s| s.len() <= LONGEST);
        let text = short.zip(session.shelf());
        if let Some(text) = text.map(|(span, shelf)| shelf.reading.text.slice(span).trim())
            && !text.is_empty()
            && !text.contains('\n')
        {
            self.asked.pattern.text = match self.asked.pattern.kind {
                Kind::Regex => regex::escape(text),
                Kind::Plain | Kind::Words => text.to_owned(),
            };
        }
        self.open = true;
        self.wants_keyboard = true;
        self.asked.at = None;
        self.follows = true;
    }

    /// Takes the keyboard at the next frame.
    pub fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Takes note of where one reads.
    fn read_from(&mut self, session: &Session) {
        let passage = session.passage().map(|s| s.start);
        self.origin = passage.unwrap_or(session.reader.visible().start);
        self.reading = session.reading.clone();
    }

    /// Steps to another hit and shows it.
    pub fn step(&mut self, session: &mut Session, forward: bool) {
        self.asked.step(forward);
        self.show_hit(session);
    }

    fn show_hit(&mut self, session: &mut Session) {
        if let Some((_, span)) = self.asked.hit() {
            self.origin = span.start;
            session.reader.reveal(span);
        }
    }

    /// Looks for what stands in the field, and goes to the first hit from where one reads.
    fn search(&mut self, session: &mut Session, app: &crate::app::worker::Workers) {
        let corpus = session.corpus();
        if self.reading != session.reading {
            self.read_from(session);
            self.follows = false;
        }
        let place = (session.reading.as_ref()).and_then(|id| corpus.position(id));
        let places: Vec<usize> = place.into_iter().collect();
        self.asked.search(app, &corpus, &places);
        if self.asked.at.is_none() {
            self.asked.at = self.first();
            if std::mem::take(&mut self.follows) && self.asked.at.is_some() {
                self.show_hit(session);
            }
        }
    }

    /// The first hit from where one reads, or of all when there is none and none can come.
    fn first(&self) -> Option<usize> {
        let found = self.asked.found()?;
        let spans = &found.groups.first()?.spans;
        let at = spans.partition_point(|s| s.start < self.origin);
        match at < spans.len() {
            true => Some(at),
            false => (!found.is_running()).then_some(0),
        }
    }

    /// “3 of 17”.
    fn told(&self) -> String {
        let asked = &self.asked;
        let Some(found) = asked.found().filter(|_| asked.error.is_none()) else {
            return String::new();
        };
        let more = if asked.is_running() { "…" } else { "" };
        let all = words::grouped(found.total);
        match (found.total, asked.at) {
            (0, _) => "No hits".to_owned(),
            _ if found.is_cut => format!("More than {all}"),
            (_, Some(at)) => format!("{} of {all}{more}", words::grouped(at + 1)),
            (_, None) => format!("{all}{more}"),
        }
    }
}

/// Closes the bar; the hit that one is at becomes the selection.
pub fn close(session: &mut Session) {
    let find = &mut session.find;
    find.bar.open = false;
    find.bar.asked.remember(&mut find.remembered);
    let hit = find.bar.asked.hit().map(|(id, span)| (id.clone(), span));
    if let Some((_, span)) = hit.filter(|(id, _)| session.reading.as_ref() == Some(id)) {
        session.reader.set_focus(None);
        session.reader.select(span);
    }
    session.take_keyboard();
}

/// Shows the bar, when it is open, over what is left for the page.
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
    if !session.find.bar.open || session.reading.is_none() {
        return;
    }
    let mut state = std::mem::take(&mut session.find);
    let busy = picker.is_some() || dialog.is_some();
    if !busy {
        take_keys(&mut state, session, commands, held, ui);
    }
    state.bar.search(session, workers);
    let palette = theme::palette(ui.ctx());
    let frame = egui::Frame::new()
        .fill(palette.panel)
        .inner_margin(egui::Margin::symmetric(12, 6));
    Panel::top("find bar")
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| row(&mut state, commands, ui));
    session.find = state;
}

fn take_keys(
    state: &mut State,
    session: &mut Session,
    commands: &mut Vec<Command>,
    held: &mut Vec<egui::Event>,
    ui: &Ui,
) {
    let (ctx, id) = (ui.ctx().clone(), field_id());
    let bar = &mut state.bar;
    if std::mem::take(&mut bar.wants_keyboard) {
        field::take_keyboard(&ctx, id, &bar.asked.pattern.text);
        session.reader.leave_keyboard();
    }
    if !ctx.memory(|m| m.has_focus(id)) {
        return;
    }
    keys::hold(held, &ctx, |e| {
        matches!(
            e,
            egui::Event::Key {
                key: egui::Key::Enter | egui::Key::Escape,
                pressed: true,
                ..
            }
        )
    });
    let before = bar.asked.pattern.clone();
    field::toggle_keys(&ctx, &mut bar.asked);
    for press in field::presses(&ctx, id) {
        match press {
            Press::Enter => commands.push(Command::Do(Action::FindNext)),
            Press::ShiftEnter => commands.push(Command::Do(Action::FindPrevious)),
            Press::CtrlEnter => {
                commands.push(Command::Find(Request::Tag(What::Hit, Unit::Hit)));
            }
            Press::Escape => commands.push(Command::Find(Request::CloseBar)),
            Press::Up => bar.asked.recall(&state.remembered, true),
            Press::Down => bar.asked.recall(&state.remembered, false),
        }
    }
    bar.follows |= before != bar.asked.pattern;
}

fn row(state: &mut State, commands: &mut Vec<Command>, ui: &mut Ui) {
    let bar = &mut state.bar;
    let before = bar.asked.pattern.clone();
    let wide = ui.available_width() >= 660.0;
    let width = (ui.available_width() - if wide { 500.0 } else { 290.0 }).clamp(110.0, 300.0);
    ui.spacing_mut().item_spacing.x = 5.0;
    let field = ui.horizontal(|ui| {
        let field = field::field(
            ui,
            &mut bar.asked,
            field_id(),
            "Find in this reading",
            width,
        );
        let some = bar.asked.found().is_some_and(|s| s.total > 0);
        steps(ui, some, commands);
        let told = RichText::new(bar.told()).size(12.5);
        ui.add_sized([86.0, 20.0], egui::Label::new(told));
        if wide {
            field::toggles(ui, &mut bar.asked);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let cross = Button::new(RichText::new("×").size(16.0)).frame_when_inactive(false);
            let cross = ui.add(cross.small()).on_hover_text("Close (Esc)");
            access::name(&cross, "Close finding");
            if cross.clicked() {
                commands.push(Command::Find(Request::CloseBar));
            }
            let total = bar.asked.found().map_or(0, |s| s.total);
            tag_menu(ui, total, commands);
        });
        field
    });
    if !wide {
        ui.horizontal(|ui| field::toggles(ui, &mut bar.asked));
    }
    field::error(ui, &bar.asked, &field.inner);
    bar.follows |= before != bar.asked.pattern;
}

fn steps(ui: &mut Ui, enabled: bool, commands: &mut Vec<Command>) {
    let steps = [
        (Action::FindPrevious, "↑", "Previous hit"),
        (Action::FindNext, "↓", "Next hit"),
    ];
    for (action, sign, name) in steps {
        let key = action.info().keys.first();
        let key = key.map(|k| ui.ctx().format_shortcut(k)).unwrap_or_default();
        let button = Button::new(RichText::new(sign).size(12.0)).small();
        let response = ui.add_enabled(enabled, button);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        if response.on_hover_text(format!("{name} ({key})")).clicked() {
            commands.push(Command::Do(action));
        }
    }
}

/// What can be tagged from the bar.
fn tag_menu(ui: &mut Ui, total: usize, commands: &mut Vec<Command>) {
    ui.add_enabled_ui(total > 0, |ui| {
        ui.menu_button(RichText::new("Tag…").size(13.0), |ui| {
            ui.set_min_width(210.0);
            let one = ["This hit", "Its sentence", "Its paragraph"];
            let all = words::counted(total, "hit");
            let every = [
                format!("All {all}"),
                "The sentences of all hits".to_owned(),
                "The paragraphs of all hits".to_owned(),
            ];
            let mut offer = |ui: &mut Ui, name: &str, what: What, unit: Unit| {
                let mut button = Button::new(name);
                if (what, unit) == (What::Hit, Unit::Hit) {
                    let key =
                        egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, egui::Key::Enter);
                    button = button.shortcut_text(ui.ctx().format_shortcut(&key));
                }
                if ui.add(button).clicked() {
                    commands.push(Command::Find(Request::Tag(what, unit)));
                    ui.close();
                }
            };
            for (name, unit) in one.iter().zip(Unit::ALL) {
                offer(ui, name, What::Hit, unit);
            }
            ui.separator();
            for (name, unit) in every.iter().zip(Unit::ALL) {
                offer(ui, name, What::All, unit);
            }
        });
    });
}

/// The hit that one is at, when it is in this reading.
pub fn current(asked: &Asked, reading: &ReadingId) -> Option<Span> {
    asked.hit().filter(|(id, _)| *id == reading).map(|(_, s)| s)
}
