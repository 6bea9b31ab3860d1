//! Taking what the threads have sent: a project as it is opened, an import, a path from the system's dialog.

use super::{
    App, Screen, Session,
    dialogs::{Dialog, Report},
    exporting::{Exported, Exporting},
    jobs::{Import, OpenMessage, Opening},
};

impl App {
    /// Tells that something was exported; what can be opened is offered for a while.
    fn tell_exported(&mut self, exported: Exported) {
        self.tell(exported.text);
        if let Some(notice) = self.notice.as_mut().filter(|_| exported.path.is_some()) {
            notice.path = exported.path;
            notice.until += 15.0;
        }
    }

    /// Takes what the threads have sent.
    pub(super) fn receive(&mut self) {
        self.receive_opening();
        self.receive_import();
        self.receive_revision();
        self.receive_lost();
        if self.dialog.is_none() && self.picker.is_none() {
            self.dialog = self.waiting.take();
        }
        if let Some(result) = self.exporting.as_ref().and_then(Exporting::receive) {
            self.exporting = None;
            match result {
                Ok(told) => self.tell_exported(told),
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
        let Some(mut taken) = self.importing.as_ref().and_then(Import::receive) else {
            return;
        };
        let Some(import) = self.importing.take() else {
            return;
        };
        let reading_on = self.dialog.is_some() || self.picker.is_some();
        let Screen::Open(session) = &mut self.screen else {
            return;
        };
        if let Some(edit) = taken.take_edit()
            && let Err(error) = session.perform_as(taken.what(), edit)
        {
            // Removing many folders takes a while.
            std::thread::spawn(move || taken.discard());
            return self.fail(format!("Nothing was imported. {error}"));
        }
        if let Some(first) = taken.readings().first()
            && !reading_on
            && session.passage().is_none()
        {
            session.open_reading(first);
        }
        let report = Report::new(taken.lines).after(import.before);
        self.show_in_turn(Dialog::Report(Box::new(report)));
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
