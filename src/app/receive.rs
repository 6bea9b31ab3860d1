//! Taking what the threads have sent: a project as it is opened, an import, a path from the system's dialog.

use super::{
    App, Screen, Session,
    dialogs::Dialog,
    jobs::{self, Import, ImportMessage, OpenMessage, Opening},
};
use crate::edit::Edit;

impl App {
    /// Takes what the threads have sent.
    pub(super) fn receive(&mut self) {
        self.receive_opening();
        self.receive_import();
        for paths in self.paths.take() {
            if let Some(dialog) = &mut self.dialog {
                dialog.picked(paths);
            }
        }
    }

    fn receive_opening(&mut self) {
        while let Some(message) = self.opening.as_ref().and_then(Opening::receive) {
            match message {
                OpenMessage::Texts(project) => {
                    let Screen::Opening(folder) = &self.screen else {
                        continue;
                    };
                    let session =
                        Session::loading(*project, folder.clone(), self.settings.coder_id());
                    self.screen = Screen::Open(Box::new(session));
                }
                OpenMessage::Done(opened) => {
                    self.opening = None;
                    let ctx = self.paths.ctx();
                    opened.workspace.set_waker(move || ctx.request_repaint());
                    self.settings.opened(opened.workspace.folder());
                    self.settings.was_open = true;
                    self.save_settings();
                    let problems = opened.problems.len();
                    if let Screen::Open(session) = &mut self.screen {
                        session.finish(opened.workspace, opened.problems);
                    }
                    if problems > 0 {
                        self.dialog = Some(Dialog::Problems);
                    }
                }
                OpenMessage::Failed(error) => {
                    self.opening = None;
                    self.screen = Screen::Welcome;
                    self.fail(error);
                }
            }
        }
    }

    fn receive_import(&mut self) {
        while let Some(message) = self.importing.as_mut().and_then(Import::receive) {
            let ImportMessage {
                edits,
                report,
                annotated,
            } = message;
            self.importing = None;
            let count = edits
                .iter()
                .filter(|e| matches!(e, Edit::AddReading(_)))
                .count();
            let first = edits.iter().find_map(|e| match e {
                Edit::AddReading(reading) => Some(reading.id.clone()),
                _ => None,
            });
            let Screen::Open(session) = &mut self.screen else {
                return;
            };
            let edit = match edits.len() {
                0 => None,
                1 => edits.into_iter().next(),
                _ => Some(Edit::Batch(edits)),
            };
            let what = jobs::import_words(count, annotated);
            if let Some(edit) = edit
                && let Err(error) = session.perform_as(what, edit)
            {
                self.fail(error);
                return;
            }
            if let Some(first) = first {
                session.open_reading(&first);
            }
            self.dialog = Some(Dialog::Report(report));
        }
    }
}
