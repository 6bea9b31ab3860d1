//! The window: state, commands, and the views that show the one and send the other.
//!
//! [`App`] owns everything. Each frame the views get what they show by reference and push [`Command`]s; these are carried
//! out in one place, in `command`, after the views have been drawn. Long work runs on threads (`jobs`) that send messages
//! and ask for a repaint; the window never waits.

mod access;
pub mod action;
mod codebook;
mod command;
mod dialogs;
mod fuzzy;
mod jobs;
mod keys;
mod passage;
mod picker;
pub mod reader;
mod readings;
mod session;
pub mod settings;
mod status;
pub mod theme;
mod top;
mod welcome;
mod words;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::{Context, Panel, Ui};
use jiff::Timestamp;

pub use command::Command;
use dialogs::Dialog;
use jobs::{Import, ImportMessage, OpenMessage, Opening};
use picker::Picker;
pub use session::Session;
use settings::{Settings, ThemeChoice};

use crate::{edit::Edit, model::Label, seeds, store::Workspace};

/// What fills the window.
enum Screen {
    /// No project.
    Welcome,
    /// A project is being opened and nothing of it is there yet.
    Opening(PathBuf),
    /// A project.
    Open(Box<Session>),
}

/// A line that tells what happened, for a few seconds.
struct Notice {
    text: String,
    error: bool,
    until: f64,
}

/// Where the app keeps what belongs to no project.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The settings file; `None` keeps nothing.
    pub settings: Option<PathBuf>,
    /// The folder the sample seminar is copied into.
    pub data: Option<PathBuf>,
}

impl Places {
    /// The system's.
    pub fn of_system() -> Self {
        let dirs = Settings::folders();
        Self {
            settings: dirs.as_ref().map(|d| d.config_dir().join("settings.ron")),
            data: dirs.as_ref().map(|d| d.data_dir().to_owned()),
        }
    }
}

/// The app.
pub struct App {
    settings: Settings,
    places: Places,
    screen: Screen,
    opening: Option<Opening>,
    importing: Option<Import>,
    dialog: Option<Dialog>,
    picker: Option<Picker>,
    notice: Option<Notice>,
    commands: Vec<Command>,
    paths: jobs::Paths,
    time: f64,
    view_saved: f64,
    applied: Option<ThemeChoice>,
}

impl App {
    /// The app on a project, or on what was open last, or at the very first start on the sample seminar.
    pub fn new(ctx: &Context, places: Places, project: Option<PathBuf>) -> Self {
        theme::install(ctx);
        let settings = places
            .settings
            .as_deref()
            .map(Settings::load)
            .unwrap_or_default();
        let mut app = Self {
            settings,
            places,
            screen: Screen::Welcome,
            opening: None,
            importing: None,
            dialog: None,
            picker: None,
            notice: None,
            commands: Vec::new(),
            paths: jobs::Paths::new(ctx.clone()),
            time: 0.0,
            view_saved: 0.0,
            applied: None,
        };
        app.apply_theme(ctx);
        match project {
            Some(folder) => app.open(folder),
            None => app.open_as_usual(),
        }
        app
    }

    fn open_as_usual(&mut self) {
        match self.settings.recent.first().cloned() {
            Some(last) if self.settings.was_open && last.is_dir() => self.open(last),
            None => {
                if let Err(error) = self.open_sample(false) {
                    self.fail(error);
                }
            }
            Some(_) => {}
        }
    }

    /// The open project, if any.
    pub fn session(&self) -> Option<&Session> {
        match &self.screen {
            Screen::Open(session) => Some(session),
            _ => None,
        }
    }

    /// The open project, to change it.
    pub fn session_mut(&mut self) -> Option<&mut Session> {
        match &mut self.screen {
            Screen::Open(session) => Some(session),
            _ => None,
        }
    }

    /// Whether a thread is at work that will change what shows.
    pub fn busy(&self) -> bool {
        self.opening.is_some() || self.importing.is_some() || self.paths.asking()
    }

    /// What the app told last, if it still shows.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_ref().map(|n| n.text.as_str())
    }

    /// Has a command carried out at the next frame.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    fn can_undo(&self) -> bool {
        self.session()
            .and_then(Session::workspace)
            .is_some_and(|w| w.history().to_undo().is_some())
    }

    fn can_redo(&self) -> bool {
        self.session()
            .and_then(Session::workspace)
            .is_some_and(|w| w.history().to_redo().is_some())
    }

    fn tell(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            error: false,
            until: self.time + 5.0,
        });
    }

    fn fail(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            error: true,
            until: self.time + 15.0,
        });
    }

    fn resize_text(&mut self, by: f32) {
        self.settings.text_size = (self.settings.text_size + by).clamp(11.0, 40.0);
    }

    fn apply_theme(&mut self, ctx: &Context) {
        if self.applied != Some(self.settings.theme) {
            self.applied = Some(self.settings.theme);
            ctx.set_theme(match self.settings.theme {
                ThemeChoice::System => egui::ThemePreference::System,
                ThemeChoice::Light => egui::ThemePreference::Light,
                ThemeChoice::Dark => egui::ThemePreference::Dark,
            });
        }
    }

    fn set_coder(&mut self, name: &str) -> Result<Option<String>, String> {
        let coder = settings::coder_from(name);
        if let Some(session) = self.session_mut() {
            session.commit_note()?;
            session.set_coder(coder.clone())?;
        }
        self.settings.coder = coder.to_string();
        Ok(Some(format!("Edits are now made as {coder}.")))
    }

    /// Opens a project folder on a thread.
    fn open(&mut self, folder: PathBuf) {
        self.close_project();
        let ctx = self.paths.ctx();
        self.opening = Some(Opening::start(
            folder.clone(),
            self.settings.coder_id(),
            ctx,
        ));
        self.screen = Screen::Opening(folder);
    }

    /// Makes a project and opens it.
    fn create(&mut self, folder: &Path, name: &str, starter: bool) -> Result<(), String> {
        self.close_project();
        let labels: Vec<Label> = if starter {
            seeds::starter_codebook()?
        } else {
            Vec::new()
        };
        let coder = self.settings.coder_id();
        let workspace = Workspace::create(folder, name, labels, coder, Timestamp::now())
            .map_err(|e| e.to_string())?;
        drop(workspace);
        self.dialog = None;
        self.open(folder.to_owned());
        Ok(())
    }

    /// Opens the sample seminar, copying it into the data folder when it is not there or is to be `reset`.
    fn open_sample(&mut self, reset: bool) -> Result<(), String> {
        let data = self.places.data.clone().ok_or(
            "This system names no folder for data; make a project with New project instead.",
        )?;
        let folder = data.join("Sample seminar");
        self.close_project();
        if reset && folder.exists() {
            let stamp = Timestamp::now().strftime("%Y-%m-%d %H%M%S").to_string();
            let kept = data.join(format!("Sample seminar used until {stamp}"));
            std::fs::rename(&folder, &kept)
                .map_err(|e| format!("{} could not be put aside: {e}.", folder.display()))?;
        }
        if !folder.exists() {
            seeds::install_sample(&folder).map_err(|e| {
                format!(
                    "The sample could not be copied to {}: {e}.",
                    folder.display()
                )
            })?;
        }
        self.open(folder);
        Ok(())
    }

    /// Closes the project, saving all there is to save.
    fn close_project(&mut self) {
        self.opening = None;
        self.picker = None;
        if let Screen::Open(session) = &mut self.screen {
            if let Err(error) = session.commit_note() {
                self.notice = Some(Notice {
                    text: error,
                    error: true,
                    until: self.time + 15.0,
                });
            }
            session.save_view();
        }
        self.screen = Screen::Welcome;
    }

    /// Imports files on a thread.
    fn import(&mut self, paths: Vec<PathBuf>) -> Result<(), String> {
        let ctx = self.paths.ctx();
        let Some(session) = self.session() else {
            return Err("Open a project first; then drop the files again.".to_owned());
        };
        if session.workspace().is_none() {
            return Err("The project is still being read; try again in a moment.".to_owned());
        }
        if self.importing.is_some() {
            return Err("An import is running; wait for it or cancel it.".to_owned());
        }
        let project = session.project().clone();
        self.importing = Some(Import::start(session.folder(), project, paths, ctx));
        Ok(())
    }

    /// Takes what the threads have sent.
    fn receive(&mut self) {
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

    fn save_settings(&mut self) {
        if let Some(file) = &self.places.settings
            && let Err(error) = self.settings.save(file)
        {
            let told = format!(
                "Settings could not be saved to {}: {error}.",
                file.display()
            );
            self.fail(told);
        }
    }

    fn chrome(&mut self, ui: &mut Ui) {
        let palette = theme::palette(ui.ctx());
        let wide = ui.available_width() > 1150.0;
        let panel =
            |margin: egui::Margin| egui::Frame::new().fill(palette.panel).inner_margin(margin);
        Panel::top("top")
            .exact_size(44.0)
            .resizable(false)
            .frame(panel(egui::Margin::symmetric(12, 0)))
            .show(ui, |ui| top::show(self, ui));
        Panel::bottom("status")
            .exact_size(27.0)
            .resizable(false)
            .frame(panel(egui::Margin::symmetric(12, 0)))
            .show(ui, |ui| status::show(self, ui));
        let Screen::Open(_) = self.screen else {
            egui::CentralPanel::default()
                .frame(egui::Frame::new().fill(palette.paper))
                .show(ui, |ui| welcome::show(self, ui));
            return;
        };
        Panel::left("readings")
            .default_size(if wide { 236.0 } else { 190.0 })
            .size_range(150.0..=420.0)
            .frame(panel(egui::Margin::symmetric(10, 8)))
            .show(ui, |ui| readings::show(self, ui));
        Panel::right("codebook")
            .default_size(if wide { 300.0 } else { 240.0 })
            .size_range(190.0..=480.0)
            .frame(panel(egui::Margin::symmetric(10, 8)))
            .show(ui, |ui| {
                codebook::show(self, ui);
            });
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(palette.paper))
            .show(ui, |ui| self.page(ui));
    }

    fn page(&mut self, ui: &mut Ui) {
        let size = self.settings.text_size;
        // Also after a click on a panel, digits and letters go to the passage.
        let nobody_types = self.dialog.is_none()
            && self.picker.is_none()
            && !egui::Popup::is_any_open(ui.ctx())
            && ui.memory(|m| m.focused().is_none());
        let Screen::Open(session) = &mut self.screen else {
            return;
        };
        if nobody_types && !session.note_wants_keyboard {
            session.reader.take_keyboard();
        }
        let only = session.only_set();
        let mut reader = std::mem::take(&mut session.reader);
        let Some(shelf) = session.shelf() else {
            session.reader = reader;
            welcome::empty_project(&mut self.commands, ui);
            return;
        };
        let source = reader::Source {
            project: session.project(),
            reading: &shelf.reading,
            highlights: &shelf.highlights,
            revision: session.revision,
            coder: session.coder(),
            hidden: &session.hidden,
            only: only.as_ref(),
        };
        let (response, events) = reader.show(ui, &source, size);
        session.reader = reader;
        for event in events {
            match event {
                reader::ReaderEvent::Focused(_) => {}
                reader::ReaderEvent::Ranged(id, span) => {
                    self.commands.push(Command::SetRange(id, span))
                }
            }
        }
        passage::menu(session, &response, &mut self.commands);
        keys::reader(self, ui, &response);
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.time = ctx.input(|i| i.time);
        self.receive();
        keys::shortcuts(self, &ctx);
        self.chrome(ui);
        picker::show(self, ui);
        dialogs::show(self, &ctx);
        self.take_drops(&ctx);
        for command in std::mem::take(&mut self.commands) {
            command::carry_out(self, &ctx, command);
        }
        self.rest(&ctx);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.settings.was_open = matches!(self.screen, Screen::Open(_));
        self.close_project();
        self.save_settings();
    }
}

impl App {
    /// Files dropped on the window: a project folder is opened, anything else imported.
    fn take_drops(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> = ctx.input(|i| {
            i.raw
                .dropped_files
                .iter()
                .map(|f| f.path().to_owned())
                .collect()
        });
        match dropped.as_slice() {
            [] => {}
            [one] if one.join("project.ron").is_file() => {
                self.commands.push(Command::Open(one.clone()))
            }
            _ => self.commands.push(Command::Import(dropped)),
        }
    }

    /// What is done between edits: notes and files are saved, old notices go.
    fn rest(&mut self, ctx: &Context) {
        let time = self.time;
        if let Some(size) = ctx.input(|i| i.viewport().inner_rect).map(|r| r.size()) {
            self.settings.window = Some((size.x, size.y));
        }
        if self.notice.as_ref().is_some_and(|n| n.until < time) {
            self.notice = None;
        }
        if self.notice.is_some() {
            ctx.request_repaint_after(Duration::from_secs(1));
        }
        let Screen::Open(session) = &mut self.screen else {
            return;
        };
        let due = |n: &session::NoteDraft| n.touched.is_some_and(|t| time - t > 1.5);
        let mut failed = None;
        if session.note.as_ref().is_some_and(due) {
            failed = session.commit_note().err();
        } else if session.note.as_ref().is_some_and(|n| n.touched.is_some()) {
            ctx.request_repaint_after(Duration::from_millis(1600));
        }
        // Now and then, so that a killed window opens where it was.
        if time - self.view_saved > 10.0 {
            self.view_saved = time;
            session.save_view();
        }
        if let Some(workspace) = session.workspace_mut() {
            workspace.on_idle(Timestamp::now());
            if workspace.status().unsaved > 0 || workspace.is_stale() {
                ctx.request_repaint_after(Duration::from_millis(500));
            }
        }
        if let Some(error) = failed {
            self.fail(error);
        }
    }
}

/// Opens the window.
///
/// # Errors
/// When no window can be had, with what to do instead.
pub fn run(project: Option<PathBuf>) -> Result<(), String> {
    let places = Places::of_system();
    let size = places
        .settings
        .as_deref()
        .and_then(|file| Settings::load(file).window)
        .unwrap_or((1440.0, 900.0));
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Glossator")
            .with_app_id("glossator")
            .with_icon(icon())
            .with_inner_size([size.0.max(640.0), size.1.max(400.0)])
            .with_min_inner_size([640.0, 400.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Glossator",
        options,
        Box::new(move |cc| Ok(Box::new(App::new(&cc.egui_ctx, places, project)))),
    )
    .map_err(|e| e.to_string())
}

fn icon() -> egui::IconData {
    let bytes = include_bytes!("../../assets/icon.png");
    match image::load_from_memory(bytes) {
        Ok(image) => {
            let image = image.to_rgba8();
            let (width, height) = image.dimensions();
            egui::IconData {
                rgba: image.into_raw(),
                width,
                height,
            }
        }
        Err(_) => egui::IconData::default(),
    }
}
