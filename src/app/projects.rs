//! Projects and files come and go: opening, making, saving, closing, importing.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::Context;
use jiff::Timestamp;

use super::{
    App, Command, Next, Screen,
    dialogs::{Dialog, Report},
    jobs::{Import, Opening},
    wait_for,
};
use crate::{import::Options, intake::Line, model::Label, seeds, store::Workspace};

impl App {
    /// Files dropped on the window: a project folder is opened, one file dropped on a reading may be its new version, and
    /// anything else is imported. The system tells where the pointer is only after a drop: that is waited for.
    pub(super) fn take_drops(&mut self, ctx: &Context) {
        const PATIENCE: f64 = 0.4;
        let dropped: Vec<PathBuf> = ctx.input(|i| {
            let files = i.raw.dropped_files.iter();
            files.map(|f| f.path().to_owned()).collect()
        });
        match dropped.as_slice() {
            [] => {}
            [one] if one.join("project.ron").is_file() => {
                self.commands.push(Command::Open(one.clone()))
            }
            [one] if one.is_file() && self.lists_readings() => {
                self.dropped = Some((one.clone(), self.time + PATIENCE));
            }
            _ => self.commands.push(Command::Import(dropped)),
        }
        let Some((file, until)) = &self.dropped else {
            return;
        };
        let at = ctx.input(|i| i.pointer.latest_pos());
        if at.is_none() && self.time < *until {
            return ctx.request_repaint_after(Duration::from_millis(50));
        }
        let file = file.clone();
        self.dropped = None;
        let rows = self.session().map(|s| s.rows.as_slice());
        let mut rows = rows.unwrap_or_default().iter();
        let row = rows.find(|(_, rect)| at.is_some_and(|at| rect.contains(at)));
        self.commands.push(match row {
            Some((id, _)) => Command::DroppedOn(id.clone(), file),
            None => Command::Import(vec![file]),
        });
    }

    /// Opens a project folder on a thread, after closing the one that is open.
    pub(super) fn open(&mut self, folder: PathBuf) {
        self.close_then(Next::Open(folder));
    }

    /// As [`Self::open`], after `prepare` has been done on that thread.
    pub(super) fn start_opening(
        &mut self,
        folder: PathBuf,
        prepare: impl FnOnce() -> Result<(), String> + Send + 'static,
    ) {
        let (ctx, coder) = (self.paths.ctx(), self.settings.coder_id());
        // It may be the one that is just being let go of.
        let leaving = std::mem::take(&mut self.leaving);
        let prepare = move || {
            leaving.into_iter().for_each(wait_for);
            prepare()
        };
        self.opening = Some(Opening::start(folder.clone(), coder, ctx, prepare));
        self.screen = Screen::Opening(folder);
    }

    /// Makes a project and opens it.
    pub(super) fn start_project(
        &mut self,
        folder: &Path,
        name: &str,
        starter: bool,
    ) -> Result<(), String> {
        let labels: Vec<Label> = if starter {
            seeds::starter_codebook()?
        } else {
            Vec::new()
        };
        let coder = self.settings.coder_id();
        let workspace = Workspace::create(folder, name, labels, coder, Timestamp::now())
            .map_err(|e| e.to_string())?;
        workspace.close().map_err(|e| e.to_string())?;
        self.start_opening(folder.to_owned(), || Ok(()));
        Ok(())
    }

    /// Opens the sample seminar, copying it into the data folder when it is not there or is to be `reset`.
    pub(super) fn start_sample(&mut self, reset: bool) -> Result<(), String> {
        let data = self.places.data.clone().ok_or(
            "This system names no folder for data; make a project with New project instead.",
        )?;
        let folder = data.join("Sample seminar");
        self.start_opening(folder.clone(), move || {
            prepare_sample(&data, &folder, reset)
        });
        Ok(())
    }

    /// Saves all there is to save of the open project.
    pub(super) fn save_all(&mut self) -> Result<(), String> {
        let Screen::Open(session) = &mut self.screen else {
            return Ok(());
        };
        session.commit_note()?;
        session.save_view();
        match session.workspace_mut() {
            Some(workspace) if workspace.status().unsaved > 0 => {
                workspace.sync().map_err(|e| e.to_string())
            }
            _ => Ok(()),
        }
    }

    /// Saves, then closes the project. When it can't be saved it stays open, and what is to be done about that is asked:
    /// what is in memory only is the one thing that can't be had back.
    pub(super) fn close_then(&mut self, next: Next) {
        if let Err(error) = self.save_all() {
            self.dialog = Some(Dialog::Unsaved(error, next));
            return;
        }
        self.abandon_then(next);
    }

    /// Closes the project whether it could be saved or not, and goes on.
    pub(super) fn abandon_then(&mut self, next: Next) {
        self.put_away();
        self.picker = None;
        self.dialog = None;
        self.waiting = None;
        if let Some(import) = self.importing.take() {
            import.abandon();
        }
        if let Some(revising) = self.revising.take() {
            revising.abandon();
        }
        self.finding = None;
        let started = match next {
            Next::Welcome | Next::Quit => Ok(()),
            Next::Open(folder) => {
                self.start_opening(folder, || Ok(()));
                Ok(())
            }
            Next::Sample { reset } => self.start_sample(reset),
            Next::Create {
                folder,
                name,
                starter,
            } => self.start_project(&folder, &name, starter),
        };
        if let Err(error) = started {
            self.fail(error);
        }
    }

    /// Lets go of the open project, or of the one that is being opened, on a thread: its files may be large.
    pub(super) fn put_away(&mut self) {
        self.leaving
            .extend(self.opening.take().map(Opening::abandon));
        let old = std::mem::replace(&mut self.screen, Screen::Welcome);
        if let Screen::Open(session) = old
            && let Some(workspace) = session.into_workspace()
        {
            // What could not be saved was asked about before.
            self.leaving
                .push(std::thread::spawn(move || drop(workspace.close())));
        }
    }

    /// Imports files on a thread.
    pub(super) fn import(&mut self, paths: Vec<PathBuf>) -> Result<(), String> {
        self.import_with(paths, Options::default())
    }

    /// Imports the files of a report again that ask for a password. If that can't be done now, the report stays.
    pub(super) fn unlock(&mut self, password: String, lines: Vec<Line>) -> Result<(), String> {
        let paths = lines.iter().filter(|l| l.asks_for_password());
        let paths = paths.map(|l| l.path.clone()).collect();
        let password = Some(password);
        let started = self.import_with(paths, Options { password });
        match (&started, &mut self.importing) {
            (Ok(()), Some(import)) => import.before = lines,
            _ => self.show_in_turn(Dialog::Report(Box::new(Report::new(lines)))),
        }
        started
    }

    pub(super) fn import_with(
        &mut self,
        paths: Vec<PathBuf>,
        options: Options,
    ) -> Result<(), String> {
        let ctx = self.paths.ctx();
        let Some(session) = self.session() else {
            return Err("Open a project first; then drop the files again.".to_owned());
        };
        if session.workspace().is_none() {
            return Err("The project is still being read; try again in a moment.".to_owned());
        }
        if self.importing.is_some() || self.revising.is_some() {
            return Err("An import is running; wait for it or cancel it.".to_owned());
        }
        let project = session.project().clone();
        let (folder, reader) = (session.folder(), self.places.reader.clone());
        self.importing = Some(Import::start(folder, project, paths, options, reader, ctx));
        Ok(())
    }
}

/// Has the sample seminar in `folder`, as it came when it is to be `reset`; what was done to it is put aside in `data` then.
fn prepare_sample(data: &Path, folder: &Path, reset: bool) -> Result<(), String> {
    if reset && folder.exists() {
        let stamp = Timestamp::now().strftime("%Y-%m-%d %H%M%S").to_string();
        let kept = data.join(format!("Sample seminar used until {stamp}"));
        std::fs::rename(folder, kept)
            .map_err(|e| format!("{} could not be put aside: {e}.", folder.display()))?;
    }
    if folder.exists() {
        return Ok(());
    }
    seeds::install_sample(folder).map_err(|e| {
        let folder = folder.display();
        format!("The sample could not be copied to {folder}: {e}.")
    })
}
