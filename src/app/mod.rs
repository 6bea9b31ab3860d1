//! The window: state, commands, and the views that show the one and send the other.
//!
//! [`App`] owns everything. Each frame the views get what they show by reference and push [`Command`]s; these are carried
//! out in one place, in `command`, after the views have been drawn. Long work runs on threads (`jobs`) that send messages
//! and ask for a repaint; the window never waits.

mod access;
pub mod action;
mod back;
mod clipboard;
mod codebook;
mod command;
mod compare;
mod dialogs;
mod excerpts;
mod exporting;
mod find;
mod fuzzy;
mod heights;
mod jobs;
mod keys;
mod packet;
mod passage;
mod picker;
mod projects;
mod query_field;
pub mod reader;
mod readings;
mod receive;
mod review;
mod revising;
mod run;
mod saving;
mod session;
pub mod settings;
mod status;
pub mod theme;
mod top;
mod welcome;
mod words;
mod worker;

use std::{path::PathBuf, thread::JoinHandle, time::Duration};

use egui::{Context, Panel, Ui};

pub use command::Command;
use dialogs::Dialog;
use jobs::{Import, Opening};
use picker::Picker;
pub use run::run;
pub use session::{Session, View};
use settings::{Settings, ThemeChoice};

use crate::{intake::Reader, store::Workspace};

/// What fills the window.
enum Screen {
    /// No project.
    Welcome,
    /// A project is being opened and nothing of it is there yet.
    Opening(PathBuf),
    /// A project.
    Open(Box<Session>),
}

/// What follows when a project has been closed.
#[derive(Clone, Debug)]
pub enum Next {
    /// The welcome page.
    Welcome,
    /// Another project.
    Open(PathBuf),
    /// The sample, as it came when it is to be reset.
    Sample {
        /// What was done to it is put aside then.
        reset: bool,
    },
    /// A new project.
    Create {
        /// The folder to make.
        folder: PathBuf,
        /// What it is called.
        name: String,
        /// Whether it begins with the starter codebook.
        starter: bool,
    },
    /// The window closes.
    Quit,
}

/// A line that tells what happened, for a few seconds.
struct Notice {
    text: String,
    error: bool,
    until: f64,
    /// The file or folder that it is about and that can be opened.
    path: Option<PathBuf>,
}

/// Where the app keeps what belongs to no project.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The settings file; `None` keeps nothing.
    pub settings: Option<PathBuf>,
    /// The folder the sample seminar is copied into.
    pub data: Option<PathBuf>,
    /// What reads files in processes of their own.
    pub reader: Reader,
}

impl Places {
    /// The system's.
    pub fn of_system() -> Self {
        let dirs = Settings::folders();
        Self {
            settings: dirs.as_ref().map(|d| d.config_dir().join("settings.ron")),
            data: dirs.as_ref().map(|d| d.data_dir().to_owned()),
            reader: Reader::default(),
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
    revising: Option<revising::Revising>,
    finding: Option<revising::Finding>,
    exporting: Option<exporting::Exporting>,
    dialog: Option<Dialog>,
    /// A dialog that waits until the one that is open is done with.
    waiting: Option<Dialog>,
    picker: Option<Picker>,
    notice: Option<Notice>,
    commands: Vec<Command>,
    workers: worker::Workers,
    /// A file that was dropped, until it is known where, and how long that is waited for.
    dropped: Option<(PathBuf, f64)>,
    /// Keys that came in one frame with a key that changes where keys go; they are for the next frame.
    held: Vec<egui::Event>,
    paths: jobs::Paths,
    time: f64,
    view_saved: f64,
    closing: bool,
    /// Projects that are being let go of.
    leaving: Vec<JoinHandle<()>>,
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
            revising: None,
            finding: None,
            exporting: None,
            waiting: None,
            dialog: None,
            picker: None,
            notice: None,
            commands: Vec::new(),
            workers: worker::Workers::new(ctx.clone()),
            dropped: None,
            held: Vec::new(),
            paths: jobs::Paths::new(ctx.clone()),
            time: 0.0,
            view_saved: 0.0,
            closing: false,
            leaving: Vec::new(),
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
                self.close_then(Next::Sample { reset: false });
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
        self.opening.is_some()
            || self.importing.is_some()
            || self.revising.is_some()
            || self.finding.is_some()
            || self.dropped.is_some()
            || self.exporting.is_some()
            || self.paths.asking()
            || self.workers.busy()
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
            path: None,
        });
    }

    fn fail(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            error: true,
            until: self.time + 15.0,
            path: None,
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
        self.save_settings();
        Ok(Some(format!("Edits are now made as {coder}.")))
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
        if let Some(session) = self.session_mut() {
            session.rows.clear();
        }
        // In a narrow window the text needs the room more; Alt+Right and Alt+Left still change the reading.
        let width = ui.available_width();
        if self.session().is_some_and(|s| s.find.side().is_some()) {
            let most = (width - 560.0).clamp(300.0, 720.0);
            Panel::left("find")
                .default_size(if wide { 420.0 } else { 330.0 })
                .size_range(280.0..=most)
                .frame(panel(egui::Margin::symmetric(10, 8)))
                .show(ui, |ui| find::show(self, ui));
        } else if self.session().is_some_and(|s| s.review.is_some()) {
            let most = (width - 560.0).clamp(260.0, 640.0);
            Panel::left("review")
                .default_size(if wide { 460.0 } else { 320.0 })
                .size_range(240.0..=most)
                .frame(panel(egui::Margin::symmetric(10, 8)))
                .show(ui, |ui| review::show(self, ui));
        } else if width >= 860.0
            && !self
                .session()
                .is_some_and(|s| s.view == View::Compare && s.compare.alone())
        {
            Panel::left("readings")
                .default_size(if wide { 236.0 } else { 190.0 })
                .size_range(150.0..=420.0)
                .frame(panel(egui::Margin::symmetric(10, 8)))
                .show(ui, |ui| match self.session().map(|s| s.view) {
                    Some(View::Packet) => packet::sections(self, ui),
                    _ => readings::show(self, ui),
                });
        }
        if !self
            .session()
            .is_some_and(|s| s.view == View::Compare && s.compare.alone())
        {
            self.right_panel(ui, if wide { 300.0 } else { 240.0 }, width);
        }
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(palette.paper))
            .show(ui, |ui| match self.session().map(|s| s.view) {
                Some(View::Excerpts) => excerpts::show(self, ui),
                Some(View::Compare) => compare::show(self, ui),
                Some(View::Packet) => packet::show(self, ui),
                _ => {
                    back::show(self, ui);
                    find::bar(self, ui);
                    self.page(ui);
                }
            });
    }

    /// What belongs to the view at the right.
    fn right_panel(&mut self, ui: &mut Ui, usual: f32, width: f32) {
        let palette = theme::palette(ui.ctx());
        Panel::right("codebook")
            .default_size(usual)
            .size_range(170.0..=(width * 0.34).max(190.0))
            .frame(
                egui::Frame::new()
                    .fill(palette.panel)
                    .inner_margin(egui::Margin::symmetric(10, 8)),
            )
            .show(ui, |ui| match self.session().map(|s| s.view) {
                Some(View::Compare) => compare::panel(self, ui),
                Some(View::Packet) => packet::side(self, ui),
                _ => codebook::show(self, ui),
            });
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
            hits: session.find.hits(&shelf.reading.id),
        };
        let (response, ranged) = reader.show(ui, &source, size);
        session.reader = reader;
        if let Some((id, span)) = ranged {
            self.commands.push(Command::SetRange(id, span));
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
        find::receive(self);
        keys::give_back(&mut self.held, &ctx);
        self.hold_window(&ctx);
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
        // What could not be saved was asked about before the window closed.
        let _ = self.save_all();
        self.abandon_then(Next::Welcome);
        if let Some(exporting) = self.exporting.take() {
            exporting.abandon();
        }
        self.leaving.drain(..).for_each(wait_for);
        self.save_settings();
    }
}

impl App {
    /// Keeps the window open while there is something that could not be saved, until the person has decided.
    fn hold_window(&mut self, ctx: &Context) {
        if !ctx.input(|i| i.viewport().close_requested()) || self.closing {
            return;
        }
        match self.save_all() {
            Ok(()) => self.closing = true,
            Err(error) => {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.dialog = Some(Dialog::Unsaved(error, Next::Quit));
            }
        }
    }

    fn lists_readings(&self) -> bool {
        self.dialog.is_none() && self.session().is_some_and(|s| !s.rows.is_empty())
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
        let touched = session.note.as_ref().and_then(|n| n.touched);
        let claimed = session.claim.as_ref().and_then(|c| c.touched);
        let drafted = session.draft.as_ref().and_then(|d| d.touched);
        let mut failed = None;
        if [touched, claimed, drafted]
            .into_iter()
            .flatten()
            .any(|t| time - t > 1.5)
        {
            failed = session.commit_note().err();
        } else if touched.or(claimed).or(drafted).is_some() {
            ctx.request_repaint_after(Duration::from_millis(1600));
        }
        // Now and then, so that a killed window opens where it was.
        if time - self.view_saved > 10.0 {
            self.view_saved = time;
            session.save_view();
        }
        let trouble = session.idle();
        let works = |w: &Workspace| w.status().unsaved > 0 || w.is_stale();
        if session.workspace().is_some_and(works) {
            ctx.request_repaint_after(Duration::from_millis(500));
        }
        if trouble {
            self.show_in_turn(Dialog::Problems);
        }
        if let Some(error) = failed {
            self.fail(error);
        }
    }
}

/// Waits for a thread; one that panicked has told so on standard error.
fn wait_for(thread: JoinHandle<()>) {
    let _ = thread.join();
}
