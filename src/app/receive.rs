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
        if self.dialog.is_none() && self.picker.is_none() {
            self.dialog = self.waiting.take();
        }
        if let Some(result) = self.exporting.as_ref().and_then(|e| e.try_recv().ok()) {
            self.exporting = None;
            match result {
                Ok(told) => self.tell(told),
                Err(error) => self.fail(error),
            }
        }
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
                    let mut finished = Ok(());
                    if let Screen::Open(session) = &mut self.screen {
                        finished = session.finish(opened.workspace, opened.problems);
                    }
                    if let Err(error) = finished {
                        self.fail(error);
                    }
                    if problems > 0 {
                        self.show_in_turn(Dialog::Problems);
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
        let Some(message) = self.importing.as_mut().and_then(Import::receive) else {
            return;
        };
        let ImportMessage {
            edits,
            report,
            annotated,
        } = message;
        let Some(import) = self.importing.take() else {
            return;
        };
        let added = |e: &Edit| match e {
            Edit::AddReading(reading) => Some(reading.id.clone()),
            _ => None,
        };
        let ids: Vec<_> = edits.iter().filter_map(added).collect();
        let reading_on = self.dialog.is_some() || self.picker.is_some();
        let Screen::Open(session) = &mut self.screen else {
            return;
        };
        let edit = match edits.len() {
            0 => None,
            1 => edits.into_iter().next(),
            _ => Some(Edit::Batch(edits)),
        };
        let what = jobs::import_words(ids.len(), annotated);
        let mut refused = None;
        if let Some(edit) = edit
            && let Err(error) = session.perform_as(what, edit)
        {
            import.discard(&ids);
            refused = Some(error);
        } else if let Some(first) = ids.first()
            && !reading_on
            && session.passage().is_none()
        {
            session.open_reading(first);
        }
        if let Some(error) = refused {
            self.fail(format!("Nothing was imported. {error}"));
        } else {
            self.show_in_turn(Dialog::Report(report));
        }
    }

    /// Shows a dialog, after the one that is open.
    pub(super) fn show_in_turn(&mut self, dialog: Dialog) {
        if self.dialog.is_none() && self.picker.is_none() {
            self.dialog = Some(dialog);
        } else {
            self.waiting = Some(dialog);
        }
    }
}
