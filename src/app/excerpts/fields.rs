//! The labels, the stance and the note of the excerpt in focus, to be changed in place.

use egui::{Align, Button, Layout, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};

use super::{Change, Request, Whose, state::State};
use crate::{
    app::{
        Command, Session, passage,
        theme::{self, Palette},
    },
    model::{Highlight, Stance},
};

/// How high they are taken to be until they have been shown.
pub(super) const FIRST: f32 = 44.0;

/// Shows them and takes note of how high they are.
pub(super) fn show(
    state: &mut State,
    session: &mut Session,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    h: &Highlight,
    rect: Rect,
) {
    let palette = theme::palette(ui.ctx());
    let mut inner = ui.new_child(
        UiBuilder::new()
            .id_salt(("fields", h.id.0))
            .max_rect(rect)
            .layout(Layout::top_down(Align::Min)),
    );
    let ui = &mut inner;
    ui.set_width(rect.width());
    ui.spacing_mut().item_spacing = egui::vec2(4.0, 3.0);
    let writes = session.note_wants_keyboard || state.writing == Some(h.id);
    let mut asks = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        labels(session, commands, ui, h, &palette);
        stance(commands, ui, h, &palette);
        if h.note.is_empty() && !writes {
            let button = small(ui, "note", "Write a note: Ctrl+M", &palette);
            asks = button.clicked();
        }
    });
    if writes {
        state.writing = Some(h.id);
        let wanted = session.note_wants_keyboard;
        let has_it = passage::note(session, h, commands, ui, ui.input(|i| i.time));
        // A field that was left is a note again.
        if !has_it && !wanted && !session.note_wants_keyboard {
            state.writing = None;
        }
    } else if !h.note.is_empty() {
        let text = RichText::new(&h.note).size(13.0).color(palette.dim);
        let label = egui::Label::new(text).wrap().sense(Sense::click());
        let response = ui
            .add(label)
            .on_hover_text("Press to change the note: Ctrl+M");
        asks = response.clicked();
    }
    session.note_wants_keyboard |= asks;
    let height = ui.min_rect().height() + 4.0;
    let now = Some((h.id, height));
    if state.fields != now {
        state.fields = now;
        ui.ctx().request_repaint();
    }
}

fn whose(h: &Highlight) -> Whose {
    Whose::One(h.reading.clone(), h.id)
}

/// A button as quiet as text.
fn small(ui: &mut Ui, text: &str, hint: &str, palette: &Palette) -> egui::Response {
    let text = RichText::new(text).size(12.0).color(palette.dim);
    ui.add(Button::new(text).small()).on_hover_text(hint)
}

fn labels(
    session: &Session,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    h: &Highlight,
    palette: &Palette,
) {
    for id in &h.labels {
        let Some(label) = session.project().label(id) else {
            continue;
        };
        let text = RichText::new(format!("{} ×", label.name))
            .font(theme::sans_bold(12.0))
            .color(palette.label_text(label.color));
        let button = Button::new(text)
            .small()
            .fill(palette.label_tint(label.color, false))
            .stroke(Stroke::NONE);
        let response = ui.add(button).on_hover_text("Take this label off");
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Take off {}", label.name))
        });
        if response.clicked() {
            let request = Request::Edit(Change::TakeOff(id.clone()), whose(h));
            commands.push(Command::Excerpts(request));
        }
    }
    let hint = "Add a label: its digit, or type its name";
    if small(ui, "+ label", hint, palette).clicked() {
        commands.push(Command::Pick(String::new()));
    }
}

fn stance(commands: &mut Vec<Command>, ui: &mut Ui, h: &Highlight, palette: &Palette) {
    let (text, color) = match h.stance {
        Some(stance) => (stance.word(), palette.ink),
        None => ("stance", palette.dim),
    };
    let button = Button::new(RichText::new(text).size(12.0).color(color)).small();
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        if let Some(stance) = stances(ui, h.stance) {
            let request = Request::Edit(Change::Stance(stance), whose(h));
            commands.push(Command::Excerpts(request));
        }
    });
    let name = format!("Stance: {}", h.stance.map_or("none", |s| s.word()));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text("What the passage does with the theory");
}

/// A menu of stances, and of none; what was chosen.
pub(super) fn stances(ui: &mut Ui, now: Option<Stance>) -> Option<Option<Stance>> {
    let mut chosen = None;
    for stance in Stance::ALL {
        if ui
            .selectable_label(now == Some(stance), stance.word())
            .clicked()
        {
            chosen = Some(Some(stance));
        }
    }
    ui.separator();
    if ui.button("No stance").clicked() {
        chosen = Some(None);
    }
    if chosen.is_some() {
        ui.close();
    }
    chosen
}
