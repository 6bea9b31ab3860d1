//! What views ask for, and the one place where it is carried out.

use std::{path::PathBuf, sync::Arc};

use egui::Context;
use jiff::Timestamp;

use super::{
    App, Next, Screen, View,
    action::Action,
    clipboard, compare,
    dialogs::Dialog,
    excerpts, find, packet, review,
    settings::{CitationChoice, ThemeChoice},
    words,
};
use crate::{
    edit::{Edit, compose, revise},
    export::{clip, order},
    intake::Line,
    model::{
        Highlight, HighlightId, Label, LabelId, PALETTE, Project, ReadingId, ReadingMeta, Stance,
        unique_slug,
    },
    text::Span,
};

/// A request from a view.
#[derive(Clone, Debug)]
pub enum Command {
    /// An action of the table.
    Do(Action),
    /// Opens a project folder.
    Open(PathBuf),
    /// Makes a project: folder, name, whether with the starter codebook.
    Create(PathBuf, String, bool),
    /// Imports files and folders.
    Import(Vec<PathBuf>),
    /// Imports files again that ask for a password; the lines are the report that they stand in.
    Unlock(String, Vec<Line>),
    /// Shows a reading.
    Show(ReadingId),
    /// Shows another view.
    View(View),
    /// Shows a passage in the reader, selected or with its highlight in focus; the view from which it was asked can be gone back to.
    OpenPassage(ReadingId, Span, Option<HighlightId>),
    /// What the view of excerpts asks for.
    Excerpts(excerpts::Request),
    /// What finding asks for.
    Find(find::Request),
    /// What the comparison asks for.
    Compare(compare::Request),
    /// What the view of packets asks for.
    Packet(packet::Request),
    /// Opens the dialog to export that.
    Export(order::What),
    /// Shows a place of the reading.
    GoTo(Span),
    /// Tags the selection or the highlight in focus, or takes the label off.
    Toggle(LabelId),
    /// Tags the selection or the passage of the highlight in focus, then starts a note.
    TagAndNote(LabelId),
    /// Tags with the label of that name, which is made when there is none.
    TagNew(String),
    /// Takes a label off the highlight in focus.
    Untag(LabelId),
    /// Sets the stance of the highlight in focus.
    SetStance(Option<Stance>),
    /// Gives a highlight another range.
    SetRange(HighlightId, Span),
    /// Makes or changes a label.
    SaveLabel(Label),
    /// Takes a label of which a merge left two versions to be this one.
    Settle(Label),
    /// Moves a label before a sibling or under a parent.
    MoveLabel(LabelId, Option<LabelId>, Option<LabelId>),
    /// Merges the first label into the second.
    MergeLabels(LabelId, LabelId),
    /// Deletes a label.
    DeleteLabel(LabelId),
    /// Gives a label a digit key.
    SetDigit(LabelId, Option<u8>),
    /// Shows only a label's highlights, or all.
    Filter(Option<LabelId>),
    /// Hides a label's highlights, or shows them again.
    Hide(LabelId),
    /// Saves what is said about a reading.
    SaveReading(ReadingId, ReadingMeta),
    /// Replaces a reading by the revised version in a file, which may ask for a password.
    Replace(ReadingId, PathBuf, Option<String>),
    /// Asks what to do with a file that was dropped on a reading.
    DroppedOn(ReadingId, PathBuf),
    /// Lists the lost highlights of a reading.
    FindLost(ReadingId),
    /// Closes the list of what became of highlights.
    CloseReview,
    /// Shows a passage from that list, selected or with its highlight in focus.
    ShowPlace(Span, Option<HighlightId>),
    /// Puts a lost highlight on the selected passage.
    PlaceHere(Arc<Highlight>),
    /// Takes a highlight, here as it was before, off the passage that it was given.
    NotThere(Arc<Highlight>),
    /// Removes a lost highlight.
    LetGo(Arc<Highlight>),
    /// Goes back in the history.
    GoBack(u64),
    /// Has someone else edit from now on.
    SetCoder(String),
    /// Opens the dialog to edit a label (`None`: a new one, under a parent perhaps).
    EditLabel(Option<LabelId>, Option<LabelId>),
    /// Opens the label picker with some letters typed.
    Pick(String),
    /// Closes the project though it could not be saved, and goes on.
    Abandon(Next),
    /// Tells something.
    Tell(String),
    /// Tells an error.
    Fail(String),
}

/// Carries out one command.
pub fn carry_out(app: &mut App, ctx: &Context, command: Command) {
    let command = match app.session().map(|s| s.view) {
        Some(View::Excerpts) => excerpts::meant(command),
        Some(View::Packet) => packet::meant(command),
        _ => command,
    };
    let result = match command {
        Command::Do(action) => act(app, ctx, action),
        Command::Excerpts(request) => excerpts::carry_out(app, ctx, request),
        Command::Find(request) => find::carry_out(app, ctx, request),
        Command::Compare(request) => compare::carry_out(app, ctx, request),
        Command::Packet(request) => packet::carry_out(app, request),
        other => in_project(app, other),
    };
    match result {
        Ok(Some(told)) => app.tell(told),
        Ok(None) => {}
        Err(error) => app.fail(error),
    }
}

/// What came of a command: something to tell, or why it could not be done.
pub type Outcome = Result<Option<String>, String>;

fn in_project(app: &mut App, command: Command) -> Outcome {
    match command {
        Command::Open(folder) => {
            app.open(folder);
            return Ok(None);
        }
        Command::Create(folder, name, starter) => {
            app.close_then(Next::Create {
                folder,
                name,
                starter,
            });
            return Ok(None);
        }
        Command::Abandon(next) => {
            app.closing = matches!(next, Next::Quit);
            if !app.closing {
                app.abandon_then(next);
            }
            return Ok(None);
        }
        Command::SetCoder(name) => return app.set_coder(&name),
        Command::Tell(told) => return Ok(Some(told)),
        Command::Fail(error) => return Err(error),
        Command::Import(paths) => return app.import(paths).map(|()| None),
        Command::Replace(id, path, password) => {
            return app.replace(id, path, password).map(|()| None);
        }
        Command::DroppedOn(id, path) => {
            let dialog = app.session().and_then(|s| Dialog::dropped(s, id, path));
            app.dialog = dialog;
            return Ok(None);
        }
        Command::FindLost(id) => {
            app.find_lost(id);
            return Ok(None);
        }
        Command::Export(what) => {
            let settings = &app.settings;
            app.dialog = app
                .session()
                .map(|s| Dialog::export_what(s, settings, what));
            return Ok(None);
        }
        Command::PlaceHere(highlight) => return app.place_here(&highlight).map(|()| None),
        Command::NotThere(old) => return app.not_there(&old).map(|()| None),
        Command::ShowPlace(span, highlight) => {
            app.show_place(span, highlight);
            return Ok(None);
        }
        Command::Unlock(password, lines) => return app.unlock(password, lines).map(|()| None),
        _ => {}
    }
    let Some(session) = app.session_mut() else {
        return Ok(None);
    };
    let now = Timestamp::now();
    match command {
        Command::Show(id) => {
            session.commit_note()?;
            session.open_reading(&id);
            session.show_view(View::Read);
        }
        Command::View(view) => {
            session.commit_note()?;
            session.show_view(view);
        }
        Command::OpenPassage(id, span, highlight) => {
            session.commit_note()?;
            session.open_passage(&id, span, highlight);
        }
        Command::GoTo(place) => session.reader.go_to(place),
        Command::CloseReview => session.review = None,
        Command::LetGo(old) if review::is_lost(session.project(), &old) => {
            session.perform_as("Let a lost highlight go".to_owned(), revise::let_go(&old))?;
            return Ok(Some("Highlight removed. Ctrl+Z brings it back.".to_owned()));
        }
        Command::Toggle(label) => session.toggle_label(&label)?,
        Command::TagAndNote(label) => {
            session.add_label(&label)?;
            session.note_wants_keyboard = true;
        }
        Command::TagNew(name) => {
            let there = session.project().label_named(&name).map(|l| l.id.clone());
            match there {
                Some(label) => session.add_label(&label)?,
                None => session.tag_new(new_label(session, &name, None))?,
            }
        }
        Command::Untag(label) => session.untag(&label)?,
        Command::SetStance(stance) => session.change_focused(|h| h.stance = stance)?,
        Command::SetRange(id, span) => session.set_range(id, span)?,
        Command::SaveLabel(mut label) => {
            // A new label's file is named after what it was called in the end: two people who make the same label apart
            // make the same file then, and those who make different ones different files.
            if session.project().label(&label.id).is_none() {
                label.id = free_id(session.project(), &label.name);
            }
            let edit = compose::save_label(session.project(), label);
            session.perform(edit)?;
        }
        Command::Settle(label) => {
            let id = label.id.clone();
            session.perform(compose::save_label(session.project(), label))?;
            session.settled(&id);
        }
        Command::MoveLabel(id, parent, before) => {
            let edit =
                compose::move_label(session.project(), &id, parent.as_ref(), before.as_ref());
            edit.map_or(Ok(()), |edit| session.perform(edit))?;
        }
        Command::MergeLabels(from, into) => {
            let told = format!(
                "“{}” merged into “{}”. Ctrl+Z takes it back.",
                session.project().label_name(&from),
                session.project().label_name(&into)
            );
            let what = format!(
                "Merge “{}” into “{}”",
                session.project().label_name(&from),
                session.project().label_name(&into)
            );
            let edit = compose::merge_labels(session.project(), &from, &into, now);
            session.perform_as(what, edit)?;
            return Ok(Some(told));
        }
        Command::DeleteLabel(id) => {
            let told = format!(
                "“{}” deleted. Ctrl+Z brings it back.",
                session.project().label_name(&id)
            );
            let what = format!("Delete label “{}”", session.project().label_name(&id));
            let edit = compose::delete_label(session.project(), &id, now);
            session.perform_as(what, edit)?;
            return Ok(Some(told));
        }
        Command::SetDigit(id, digit) => {
            if let Some(label) = session.project().label(&id) {
                let label = Label {
                    digit,
                    ..label.clone()
                };
                session.perform(compose::save_label(session.project(), label))?;
            }
        }
        Command::Filter(label) => session.only = label,
        Command::Hide(label) => session.toggle_hidden(label),
        Command::SaveReading(id, meta) => session.perform(Edit::ChangeReading(id, meta))?,
        Command::GoBack(n) => {
            let rest = session.go_back_to(n)?;
            return Ok(rest
                .map(|why| format!("Gone back, but not all of it could be brought back: {why}")));
        }
        Command::EditLabel(id, parent) => {
            let label = match id.and_then(|id| session.project().label(&id).cloned()) {
                Some(label) => label,
                None => new_label(session, "", parent),
            };
            app.dialog = Some(Dialog::label(label));
        }
        Command::Pick(typed) => app.picker = Some(super::picker::Picker::new(typed)),
        _ => {}
    }
    Ok(None)
}

/// The id for a new label of that name.
fn free_id(project: &Project, name: &str) -> LabelId {
    let taken = |slug: &str| LabelId::new(slug).is_ok_and(|id| project.label(&id).is_some());
    let slug = unique_slug(name, taken);
    LabelId::new(&slug).unwrap_or_else(|_| unreachable!("slugs are valid ids"))
}

/// A label with a free id and the next colour and place.
pub(super) fn new_label(
    session: &super::session::Session,
    name: &str,
    parent: Option<LabelId>,
) -> Label {
    let project = session.project();
    let id = free_id(project, if name.is_empty() { "label" } else { name });
    let used = project.labels().count();
    let color = match parent.as_ref().and_then(|p| project.label(p)) {
        Some(parent) => parent.color,
        None => PALETTE[used % PALETTE.len()],
    };
    let last = project
        .labels()
        .filter(|l| l.parent == parent)
        .map(|l| l.position);
    Label {
        parent: parent.clone(),
        position: last.fold(0.0, f64::max) + 1.0,
        ..Label::new(id, name.trim(), color)
    }
}

fn act(app: &mut App, ctx: &Context, action: Action) -> Outcome {
    if !(action.info().enabled)(app) {
        return Ok(None);
    }
    match action {
        Action::NewProject => app.dialog = Some(Dialog::new_project()),
        Action::OpenProject => app.dialog = Some(Dialog::open_project()),
        Action::OpenSample => app.close_then(Next::Sample { reset: false }),
        Action::ResetSample => app.close_then(Next::Sample { reset: true }),
        Action::CloseProject => app.close_then(Next::Welcome),
        Action::Import => app.dialog = Some(Dialog::import()),
        Action::Bibliography => app.dialog = Some(Dialog::bibliography()),
        Action::Export => {
            let settings = &app.settings;
            app.dialog = app.session().map(|s| Dialog::export(s, settings));
        }
        Action::History => app.dialog = Some(Dialog::history()),
        Action::Palette => app.dialog = Some(Dialog::palette()),
        Action::Problems => app.dialog = Some(Dialog::Problems),
        Action::Shortcuts => app.dialog = Some(Dialog::Shortcuts),
        Action::Coder => app.dialog = Some(Dialog::coder(app.settings.coder.clone())),
        Action::LargerText => app.resize_text(1.0),
        Action::SmallerText => app.resize_text(-1.0),
        Action::UsualText => app.settings.text_size = 18.0,
        Action::Theme => {
            app.settings.theme = match app.settings.theme {
                ThemeChoice::System => ThemeChoice::Light,
                ThemeChoice::Light => ThemeChoice::Dark,
                ThemeChoice::Dark => ThemeChoice::System,
            };
            app.apply_theme(ctx);
            let name = match app.settings.theme {
                ThemeChoice::System => "Colours as the system's.",
                ThemeChoice::Light => "Light colours.",
                ThemeChoice::Dark => "Dark colours.",
            };
            return Ok(Some(name.to_owned()));
        }
        Action::CitationStyle => {
            let all = CitationChoice::ALL;
            let now = all.iter().position(|(c, _)| *c == app.settings.citation);
            let (next, name) = all[now.map_or(0, |i| (i + 1) % all.len())];
            app.settings.citation = next;
            app.save_settings();
            return Ok(Some(format!("Citations: {}.", name.to_lowercase())));
        }
        Action::Suggest => app
            .commands
            .push(Command::Find(find::Request::PickForSuggestions)),
        Action::Tag => app.picker = Some(super::picker::Picker::new(String::new())),
        Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        other => return in_session(app, ctx, other),
    }
    Ok(None)
}

fn in_session(app: &mut App, ctx: &Context, action: Action) -> Outcome {
    let style = app.settings.citation.style();
    let Screen::Open(session) = &mut app.screen else {
        return Ok(None);
    };
    match action {
        Action::ViewRead => app.commands.push(Command::View(View::Read)),
        Action::ViewExcerpts => app.commands.push(Command::View(View::Excerpts)),
        Action::ViewCompare => app.commands.push(Command::View(View::Compare)),
        Action::ViewPacket => app.commands.push(Command::View(View::Packet)),
        Action::NewPacket => app.commands.push(Command::Packet(packet::Request::Choose)),
        Action::NewSection => app
            .commands
            .push(Command::Packet(packet::Request::NewSection)),
        Action::AddToPacket => app
            .commands
            .push(Command::Packet(packet::Request::AskWhere)),
        Action::Find => app.commands.push(Command::Find(find::Request::OpenBar)),
        Action::FindNext => app.commands.push(Command::Find(find::Request::Step(true))),
        Action::FindPrevious => app.commands.push(Command::Find(find::Request::Step(false))),
        Action::FindAll => app.commands.push(Command::Find(find::Request::OpenPanel)),
        Action::Undo => return session.undo().map(Some),
        Action::Redo => return session.redo().map(Some),
        Action::NewLabel => app.commands.push(Command::EditLabel(None, None)),
        Action::EditNote => session.note_wants_keyboard = true,
        Action::RemoveHighlight => {
            let told = "Highlight removed. Ctrl+Z brings it back.";
            return Ok(session.remove_focused()?.then(|| told.to_owned()));
        }
        Action::CopyQuote => {
            if let Some((shelf, span)) = session.shelf().zip(session.passage()) {
                let reading = &shelf.reading;
                let at = words::locator(reading, span);
                let quote = [(&**reading, span)];
                clipboard::copy(ctx, clip::quotes(session.project(), quote, style));
                return Ok(Some(format!(
                    "Copied with its citation: {}, {at}.",
                    reading.meta.citation()
                )));
            }
        }
        Action::GoTo => {
            let dialog = session.shelf().map(|s| Dialog::go_to(&s.reading));
            app.dialog = dialog;
        }
        Action::FollowNote => {
            let passage = session.passage();
            if !session.reader.follow_note(passage) {
                return Err("No footnote from here to the end of what shows.".to_owned());
            }
        }
        Action::Back => session.reader.go_back(),
        Action::BackToView => {
            session.commit_note()?;
            if let Some(view) = session.came_from {
                session.show_view(view);
            }
        }
        Action::NextHighlight => session.step_highlight(true),
        Action::PreviousHighlight => session.step_highlight(false),
        Action::NextReading | Action::PreviousReading => {
            session.commit_note()?;
            session.step_reading(if action == Action::NextReading { 1 } else { -1 });
        }
        Action::ReadingDetails => {
            let details = session.shelf().map(|s| Dialog::reading(&s.reading));
            app.dialog = details;
        }
        Action::ReplaceReading => {
            let dialog = session.shelf().map(|s| Dialog::replace(&s.reading));
            app.dialog = dialog;
        }
        Action::Lost => {
            let id = session.reading.clone();
            app.commands.extend(id.map(Command::FindLost));
        }
        Action::RemoveReading => {
            if let Some(id) = session.reading.clone() {
                session.perform(Edit::RemoveReading(id))?;
                return Ok(Some("Reading removed. Ctrl+Z brings it back.".to_owned()));
            }
        }
        Action::RestoreReadings => {
            let removed: Vec<_> = session
                .project()
                .restorable()
                .map(|s| s.reading.id.clone())
                .collect();
            let edits = removed.into_iter().map(Edit::RestoreReading).collect();
            session.perform(Edit::Batch(edits))?;
        }
        Action::ShowAll => {
            session.only = None;
            session.hidden.clear();
        }
        _ => {}
    }
    Ok(None)
}
