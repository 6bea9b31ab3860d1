//! The list of excerpts: everything that was coded, filtered, grouped, edited in place.
//!
//! A thread works the [`listing::Listing`] out from a snapshot of the project; the frames show what of it fits, as the reader
//! does: the scroll position is a row and an offset into it, and nothing done each frame grows with the number of excerpts.
//! The list that shows stays until the next one is there; then place, focus and selection are found again in it.

mod add;
mod bar;
mod chips;
mod edits;
mod empty;
mod fields;
mod filter;
mod head;
mod keys;
mod list;
mod listing;
mod measure;
mod query_box;
mod row;
mod rows;
mod saved;
pub(super) mod scroll;
pub(super) mod scroll_bar;
mod selected;
mod state;

use std::sync::Arc;

use egui::{Context, Ui};

pub use state::{Chosen, Kept, State};

use filter::{Kind, Name};

use super::{
    App, Command, Screen, Session, View,
    action::Action,
    command::{Outcome, new_label},
    dialogs::Dialog,
    theme,
};
use crate::{
    analysis::{excerpts::Arrangement, query::Query},
    model::{Highlight, HighlightId, LabelId, ReadingId, Stance},
};

/// What this view asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Shows what a query lets through.
    Show(Query),
    /// Shows these highlights, under a title.
    ShowPlaces(String, Vec<(ReadingId, HighlightId)>),
    /// Asks for something else, of those that were chosen elsewhere too.
    Query(Query),
    /// Asks for everything.
    Clear,
    /// Asks for what a text says, which may be wrong.
    Type(String),
    /// Asks for a label too, or not any more; without one, for no label. `true`: beside those that are asked for.
    Label(Option<LabelId>, bool),
    /// Asks for a reading too, or not any more. `true`: beside those that are asked for.
    Reading(ReadingId, bool),
    /// Saves the query under a name.
    Save(String),
    /// Deletes the coder's query of that name.
    Forget(String),
    /// Groups and sorts otherwise.
    Arrange(Arrangement),
    /// Opens the excerpt in focus in the reader.
    Open,
    /// Does something to excerpts of the coder's own.
    Edit(Change, Whose),
    /// Tags what is selected and starts a note on what is in focus.
    TagAndNote(LabelId),
    /// Tags what is selected with the label of that name, which is made when there is none.
    TagNew(String),
    /// Writes a note on the excerpt in focus.
    EditNote,
    /// Copies excerpts with their citations.
    Copy,
    /// Asks how to export excerpts.
    Export,
}

/// What is done to excerpts.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Adds a label, or takes it off where all have it.
    Toggle(LabelId),
    /// Adds a label.
    Add(LabelId),
    /// Takes a label off.
    TakeOff(LabelId),
    /// Sets or clears the stance.
    Stance(Option<Stance>),
    /// Writes a note in the place of theirs.
    Note(String),
    /// Adds to the notes.
    Append(String),
    /// Removes them.
    Remove,
}

/// Which excerpts something is done to.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// One.
    One(ReadingId, HighlightId),
    /// Those that are selected, or else the one in focus.
    Selected,
}

/// Shows it.
pub fn show(app: &mut App, ui: &mut Ui) {
    // Also after a click on a panel, keys go to the list.
    let nobody_types = app.dialog.is_none()
        && app.picker.is_none()
        && !egui::Popup::is_any_open(ui.ctx())
        && ui.memory(|m| m.focused().is_none());
    let size = (app.settings.text_size * 0.94).round();
    let palette = theme::palette(ui.ctx());
    let Screen::Open(session) = &mut app.screen else {
        return;
    };
    let mut state = std::mem::take(&mut session.excerpts);
    if nobody_types && !session.note_wants_keyboard {
        state.take_keyboard();
    }
    let (revision, corpus) = (session.revision, session.corpus());
    state.refresh(&app.workers, revision, Arc::clone(&corpus));
    let commands = &mut app.commands;
    head::show(&mut state, session, &corpus, commands, ui, &palette);
    bar::show(&mut state, session, commands, ui, &palette);
    let response = list::show(&mut state, session, commands, ui, &palette, size);
    session.excerpts = state;
    keys::typed(app, ui, &response);
}

/// The excerpts that are selected, or else the one in focus, as they are now.
pub fn chosen(session: &Session) -> Vec<Arc<Highlight>> {
    edits::those(session, &Whose::Selected)
}

/// Asks for a name too, or not any more.
fn choose(session: &mut Session, name: &Name, more: bool) {
    let corpus = session.corpus();
    let filter = &session.excerpts.filter;
    let query = filter.choose(name, more, &corpus);
    let chosen = filter.chosen.clone();
    session.excerpts.filter_by(query, chosen);
}

/// Asks for no label in particular.
fn any_label(session: &mut Session) {
    let filter = &session.excerpts.filter;
    if let Some(part) = filter.choice(Kind::Labels) {
        let (query, chosen) = (filter.without(&part.query), filter.chosen.clone());
        session.excerpts.filter_by(query, chosen);
    }
}

/// What a command that is about what is in focus means while this view shows.
pub fn meant(command: Command) -> Command {
    let edit = |change| Request::Edit(change, Whose::Selected);
    let request = match command {
        Command::Toggle(label) => edit(Change::Toggle(label)),
        Command::TagAndNote(label) => Request::TagAndNote(label),
        Command::TagNew(name) => Request::TagNew(name),
        Command::Filter(label) => Request::Label(label, false),
        Command::Do(Action::ShowAll) => Request::Clear,
        Command::Do(Action::RemoveHighlight) => edit(Change::Remove),
        Command::Do(Action::CopyQuote) => Request::Copy,
        Command::Do(Action::EditNote) => Request::EditNote,
        other => return other,
    };
    Command::Excerpts(request)
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, ctx: &Context, request: Request) -> Outcome {
    let citation = app.settings.citation;
    let Screen::Open(session) = &mut app.screen else {
        return Ok(None);
    };
    match request {
        Request::Show(query) => {
            session.commit_note()?;
            session.excerpts.filter_by(query, None);
            session.show_view(View::Excerpts);
        }
        Request::ShowPlaces(title, places) => {
            session.commit_note()?;
            let chosen = Arc::new(Chosen { title, places });
            (session.excerpts).filter_by(Query::default(), Some(chosen));
            session.show_view(View::Excerpts);
        }
        Request::Query(query) => {
            let chosen = session.excerpts.filter.chosen.clone();
            session.excerpts.filter_by(query, chosen);
        }
        Request::Clear => session.excerpts.filter_by(Query::default(), None),
        Request::Type(text) => session.excerpts.type_in(text),
        Request::Label(Some(label), more) => choose(session, &Name::Label(label), more),
        Request::Label(None, _) => any_label(session),
        Request::Reading(id, more) => choose(session, &Name::Reading(id), more),
        Request::Save(name) => return saved::keep(session, name),
        Request::Forget(name) => return saved::forget(session, name),
        Request::Arrange(arrangement) => session.excerpts.arrangement = arrangement,
        Request::Open => {
            session.commit_note()?;
            if let Some((reading, h)) = session.excerpts.focused() {
                session.open_passage(&reading, h.span, Some(h.id));
            }
        }
        Request::Edit(change, whose) => return edits::carry_out(session, &change, &whose),
        Request::TagAndNote(label) => {
            let told = edits::carry_out(session, &Change::Add(label), &Whose::Selected)?;
            edits::start_note(session)?;
            return Ok(told);
        }
        Request::TagNew(name) => {
            let there = session.project().label_named(&name).map(|l| l.id.clone());
            return match there {
                Some(label) => edits::carry_out(session, &Change::Add(label), &Whose::Selected),
                None => edits::tag_new(session, new_label(session, &name, None)),
            };
        }
        Request::EditNote => edits::start_note(session)?,
        Request::Export => {
            session.commit_note()?;
            let chosen = edits::to_export(session);
            app.dialog = Some(Dialog::export_only(session, &app.settings, chosen));
        }
        Request::Copy => return Ok(edits::copy(session, ctx, citation.style())),
    }
    Ok(None)
}
