//! Saved queries: one's own to load, save and delete; colleagues' to load.

use egui::{Button, RichText, TextEdit, Ui};

use super::{Request, chips::menu, state::State};
use crate::{
    app::{Command, Session, access, theme},
    edit::Edit,
    model::About,
};

/// Shows the menu.
pub(super) fn show(state: &mut State, session: &Session, commands: &mut Vec<Command>, ui: &mut Ui) {
    let button = Button::new(RichText::new("Saved").size(12.5)).frame_when_inactive(false);
    let asked = menu(button, ui, |ui| {
        ui.set_min_width(250.0);
        let asked = all(session, ui).or_else(|| save(state, ui));
        if asked.is_some() {
            ui.close();
        }
        asked
    });
    commands.extend(asked.map(Command::Excerpts));
}

/// All that are saved: one's own, then colleagues'.
fn all(session: &Session, ui: &mut Ui) -> Option<Request> {
    let palette = theme::palette(ui.ctx());
    let own = session.coder();
    let notebooks = session.project().notebooks();
    let mut asked = None;
    let (mine, others): (Vec<_>, Vec<_>) = notebooks
        .iter()
        .flat_map(|(coder, notebook)| notebook.queries().map(move |q| (coder, q)))
        .partition(|(coder, _)| *coder == own);
    if mine.is_empty() && others.is_empty() {
        let text = "No query is saved yet. Put filters together and save them under a name here.";
        ui.label(RichText::new(text).size(12.5).color(palette.dim));
    }
    for (_, (name, query)) in mine {
        ui.horizontal(|ui| {
            if ui.button(name).on_hover_text(query).clicked() {
                asked = Some(Request::Type(query.to_owned()));
            }
            let cross = Button::new("×").small().frame_when_inactive(false);
            let response = ui.add(cross).on_hover_text("Delete this saved query");
            access::name(&response, &format!("Delete the saved query {name}"));
            if response.clicked() {
                asked = Some(Request::Forget(name.to_owned()));
            }
        });
    }
    for (coder, (name, query)) in others {
        let text = format!("{name}  ·  {coder}");
        if ui.button(text).on_hover_text(query).clicked() {
            asked = Some(Request::Type(query.to_owned()));
        }
    }
    asked
}

/// The field to save what is asked for now.
fn save(state: &mut State, ui: &mut Ui) -> Option<Request> {
    ui.separator();
    let palette = theme::palette(ui.ctx());
    if state.filter.query().is_all() {
        let text = "Nothing is asked for now that could be saved.";
        ui.label(RichText::new(text).size(12.5).color(palette.dim));
        return None;
    }
    let mut asked = None;
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut state.typed_title)
            .hint_text("Name of this query")
            .desired_width(170.0);
        let response = ui.add(field);
        access::name(&response, "Name of this query");
        let enter = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let name = state.typed_title.trim().to_owned();
        let pressed = ui.add_enabled(!name.is_empty(), Button::new("Save"));
        if !name.is_empty() && (pressed.clicked() || enter) {
            asked = Some(Request::Save(name));
        }
    });
    if asked.is_some() {
        state.typed_title.clear();
    }
    asked
}

/// Saves what is asked for under a name, in the coder's notebook; one of that name is replaced.
pub(super) fn keep(session: &mut Session, name: String) -> Result<Option<String>, String> {
    let told = format!("Saved as “{name}”.");
    let query = session.excerpts.filter.query().to_string();
    jot(session, name, Some(query)).map(|()| Some(told))
}

/// Deletes the coder's query of that name.
pub(super) fn forget(session: &mut Session, name: String) -> Result<Option<String>, String> {
    let told = format!("“{name}” deleted. Ctrl+Z brings it back.");
    jot(session, name, None).map(|()| Some(told))
}

fn jot(session: &mut Session, name: String, query: Option<String>) -> Result<(), String> {
    let coder = session.coder().clone();
    session.perform(Edit::Jot(coder, About::Query(name), query))
}
