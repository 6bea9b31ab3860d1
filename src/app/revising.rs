//! A revised version in the place of a reading: read and compared on a thread, brought in as one edit, and what became of the
//! highlights laid out to look through.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{self, Receiver},
    },
};

use egui::Context;
use jiff::Timestamp;

use super::{App, dialogs::Dialog, review::Review};
use crate::{
    edit::revise,
    import::Options,
    intake::{self, Lost, Progress, Reader, Replacement, Revision, Trouble, TroubleKind},
    model::{Highlight, HighlightId, Project, ReadingId},
    text::Span,
};

/// A revised version that is being read.
pub struct Revising {
    old: ReadingId,
    path: PathBuf,
    result: Receiver<Result<Revision, Trouble>>,
    /// How far it is.
    pub progress: Arc<Progress>,
}

impl Revising {
    fn start(
        folder: PathBuf,
        project: Project,
        old: ReadingId,
        path: PathBuf,
        options: Options,
        reader: Reader,
        ctx: Context,
    ) -> Self {
        let (send, result) = mpsc::channel();
        let wake = ctx.clone();
        let progress = Arc::new(Progress::new(move || wake.request_repaint()));
        let shared = Arc::clone(&progress);
        let (told, of) = (path.clone(), old.clone());
        std::thread::spawn(move || {
            let order = Replacement {
                folder: &folder,
                project: &project,
                old: &old,
                path: &path,
                options,
                reader: &reader,
            };
            // Nobody waits any more when the project was closed: then nothing of it stays behind.
            if let Err(unheard) = send.send(intake::revise(order, &shared))
                && let Ok(revision) = unheard.0
            {
                revision.discard();
            }
            ctx.request_repaint();
        });
        Self {
            old: of,
            path: told,
            result,
            progress,
        }
    }

    /// Stops it, and nothing of it comes in.
    pub fn abandon(self) {
        self.progress.abandon();
    }
}

/// Lost highlights whose places are being looked for.
pub struct Finding {
    reading: ReadingId,
    result: Receiver<Vec<Lost>>,
}

impl App {
    /// Replaces a reading by the revised version in a file.
    pub(super) fn replace(
        &mut self,
        old: ReadingId,
        path: PathBuf,
        password: Option<String>,
    ) -> Result<(), String> {
        let ctx = self.paths.ctx();
        let Some(session) = self.session().filter(|s| s.workspace().is_some()) else {
            return Err("The project is still being read; try again in a moment.".to_owned());
        };
        if self.importing.is_some() || self.revising.is_some() {
            return Err("An import is running; wait for it or cancel it.".to_owned());
        }
        let (folder, project) = (session.folder().to_owned(), session.project().clone());
        let reader = self.places.reader.clone();
        let options = Options { password };
        let revising = Revising::start(folder, project, old, path, options, reader, ctx);
        self.revising = Some(revising);
        Ok(())
    }

    /// Takes what the thread brought.
    pub(super) fn receive_revision(&mut self) {
        let Some(result) = self
            .revising
            .as_ref()
            .and_then(|r| r.result.try_recv().ok())
        else {
            return;
        };
        let Some(Revising { old, path, .. }) = self.revising.take() else {
            return;
        };
        let revision = match result {
            Ok(revision) => revision,
            Err(trouble) => {
                let reading = self.session().and_then(|s| s.project().reading(&old));
                let locked = trouble.kind == TroubleKind::Password;
                if let Some(reading) = reading.filter(|_| locked) {
                    let dialog = Dialog::replace_locked(reading, &path);
                    self.show_in_turn(dialog);
                }
                return self.fail(format!("{trouble}."));
            }
        };
        let Some(session) = self.session_mut() else {
            return revision.discard();
        };
        let edit = revision.edit(session.project(), Timestamp::now());
        if let Err(error) = session.perform_as(revision.what(), edit) {
            revision.discard();
            return self.fail(format!("Nothing was replaced. {error}"));
        }
        session.open_reading(&revision.new.id);
        let review = Review::of(&revision);
        let told = format!(
            "“{}” replaced: {}. Ctrl+Z takes it back.",
            revision.old.meta.title,
            review.counts(session.project())
        );
        session.review = Some(review);
        session.reader.leave_keyboard();
        self.tell(told);
    }

    /// Looks for places for the lost highlights of a reading, on a thread.
    pub(super) fn find_lost(&mut self, id: ReadingId) {
        let ctx = self.paths.ctx();
        let Some(session) = self.session() else {
            return;
        };
        let Some(reading) = session.project().reading(&id).cloned() else {
            return;
        };
        let project = session.project().clone();
        let (send, result) = mpsc::channel();
        std::thread::spawn(move || {
            // Nobody waits any more when the project was closed.
            let _ = send.send(intake::lost(&project, &reading));
            ctx.request_repaint();
        });
        self.finding = Some(Finding {
            reading: id,
            result,
        });
    }

    /// Takes what was found.
    pub(super) fn receive_lost(&mut self) {
        let Some(finding) = &self.finding else { return };
        let Ok(lost) = finding.result.try_recv() else {
            return;
        };
        let id = finding.reading.clone();
        self.finding = None;
        let Some(session) = self.session_mut() else {
            return;
        };
        let Some(reading) = session.project().reading(&id).cloned() else {
            return;
        };
        session.open_reading(&id);
        session.review = Some(Review::of_lost(session.project(), &reading, lost));
        session.reader.leave_keyboard();
    }

    /// Gives a lost highlight the selected passage for its place.
    pub(super) fn place_here(&mut self, highlight: &Highlight) -> Result<(), String> {
        let Some(session) = self.session_mut() else {
            return Ok(());
        };
        let (Some(span), Some(reading)) = (session.reader.selected(), session.reading.clone())
        else {
            return Err("Select the passage that it belongs to, then place it there.".to_owned());
        };
        session.commit_note()?;
        let trimmed = session.shelf().and_then(|s| s.reading.text.trim(span));
        let Some(span) = trimmed else {
            return Err("There is nothing but white space in that selection.".to_owned());
        };
        let now = Timestamp::now();
        let edit = revise::place(session.project(), highlight, &reading, span, now);
        session.perform_as("Place a lost highlight".to_owned(), edit)?;
        session.reader.clear_selection();
        session.reader.set_focus(Some(highlight.id));
        Ok(())
    }

    /// Takes a highlight off the passage that it was given in the new version: it is lost then.
    pub(super) fn not_there(&mut self, old: &Highlight) -> Result<(), String> {
        let Some(session) = self.session_mut() else {
            return Ok(());
        };
        session.commit_note()?;
        let Some(review) = &session.review else {
            return Ok(());
        };
        let found = session.project().highlight(review.reading(), old.id);
        let Some(placed) = found.cloned() else {
            return Ok(());
        };
        let now = Timestamp::now();
        let edit = revise::place(session.project(), &placed, &old.reading, old.span, now);
        session.perform_as(
            "Take a highlight off a passage that changed".to_owned(),
            edit,
        )
    }

    /// Shows a place of the reading that is looked through.
    pub(super) fn show_place(&mut self, span: Span, highlight: Option<HighlightId>) {
        let Some(session) = self.session_mut() else {
            return;
        };
        let Some(reading) = session.review.as_ref().map(|r| r.reading().clone()) else {
            return;
        };
        session.open_reading(&reading);
        session.reader.clear_selection();
        session.reader.set_focus(highlight);
        match highlight {
            Some(_) => session.reader.reveal(span),
            None => session.reader.select(span),
        }
    }
}
