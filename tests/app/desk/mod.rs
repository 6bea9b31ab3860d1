//! The app at a desk: a window without a screen, with hands that press keys and move the mouse ([`hands`]), and eyes that find
//! things by their names ([`eyes`]).

mod eyes;
mod hands;

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    time::{Duration, Instant},
};

use egui::{Modifiers, Pos2, Rect, Theme, Vec2, accesskit::Role};
use egui_kittest::Harness;
use glossator::{
    app::{App, Places, Session},
    intake::Reader,
    model::{CoderId, Highlight, Label, Project},
    seeds,
    store::Workspace,
    text::Span,
};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::picture::{Canvas, Renderer};

/// Ctrl, as a keyboard sends it.
pub const CTRL: Modifiers = Modifiers {
    alt: false,
    ctrl: true,
    shift: false,
    mac_cmd: false,
    command: true,
};
pub const SHIFT: Modifiers = Modifiers::SHIFT;
pub const ALT: Modifiers = Modifiers::ALT;
pub const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..CTRL
};

/// The size of a usual window.
pub const USUAL: Vec2 = Vec2::new(1280.0, 800.0);

/// How long a thread may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A person's folders: settings, data and projects.
pub struct Home(TempDir);

impl Home {
    /// An empty one, of the coder SN.
    pub fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::write(home.path("settings.ron"), r#"(coder: "SN")"#).unwrap();
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn places(&self) -> Places {
        Places {
            settings: Some(self.path("settings.ron")),
            data: Some(self.path("data")),
            reader: self.reader(),
        }
    }

    /// The program that reads files apart: `reader.sh` where a test has put one here.
    fn reader(&self) -> Reader {
        let script = self.path("reader.sh");
        match script.exists() {
            true => Reader::new(script),
            false => Reader::new(env!("CARGO_BIN_EXE_glossator")),
        }
    }

    /// Writes a file and says where.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// A new project with the starter codebook.
    pub fn project(&self, name: &str) -> PathBuf {
        self.project_with(name, seeds::starter_codebook().unwrap())
    }

    pub fn project_with(&self, name: &str, labels: Vec<Label>) -> PathBuf {
        let folder = self.path(name);
        let coder = CoderId::new("SN").unwrap();
        let made = Workspace::create(&folder, name, labels, coder, Timestamp::now()).unwrap();
        made.close().unwrap();
        folder
    }

    /// The sample's folder once it was opened.
    pub fn sample_folder(&self) -> PathBuf {
        self.path("data").join("Sample seminar")
    }

    /// Starts the app as someone does for the first time: on the sample.
    pub fn sample(&self) -> Desk {
        self.start(None, USUAL)
    }

    /// Starts the app on a project or, without one, on what it opens by itself, and waits until all of it is there.
    pub fn start(&self, project: Option<&Path>, size: Vec2) -> Desk {
        let mut desk = self.start_unread(project, size);
        desk.settle();
        desk
    }

    /// Starts the app and does not wait.
    pub fn start_unread(&self, project: Option<&Path>, size: Vec2) -> Desk {
        let (places, project) = (self.places(), project.map(Path::to_owned));
        let canvas = Rc::new(RefCell::new(Canvas::default()));
        let harness = Harness::<App>::builder()
            .with_size(size)
            .with_theme(Theme::Light)
            .with_step_dt(1.0 / 30.0)
            .with_max_steps(200)
            .renderer(Renderer(Rc::clone(&canvas)))
            .build_eframe(|cc| App::new(&cc.egui_ctx, places, project));
        Desk { harness, canvas }
    }
}
/// Something in the window that has a name, as a screen reader gets it.
#[derive(Clone, Debug)]
pub struct Thing {
    pub role: Role,
    pub name: String,
    pub value: String,
    pub rect: Rect,
    pub enabled: bool,
    pub chosen: bool,
    pub focused: bool,
}

/// The running app.
pub struct Desk {
    harness: Harness<'static, App>,
    canvas: Rc<RefCell<Canvas>>,
}

/// Time.
impl Desk {
    /// One frame.
    pub fn frame(&mut self) {
        self.harness.step();
    }

    /// Frames until nothing moves any more. Also checks that every input has a name.
    #[track_caller]
    pub fn rest(&mut self) {
        self.harness.run();
    }

    /// Frames until `done`, which waits for a thread.
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, mut done: impl FnMut(&Self) -> bool) {
        let start = Instant::now();
        loop {
            self.frame();
            if done(self) {
                break;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for: {what}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for opening and importing to be through.
    #[track_caller]
    pub fn settle(&mut self) {
        // The frames in which all comes to rest may set a thread to work.
        loop {
            self.wait_for("the app to be idle", |desk| !desk.app().busy());
            self.rest();
            if !self.app().busy() {
                break;
            }
        }
    }

    /// Waits until every edit is on the disk.
    #[track_caller]
    pub fn until_saved(&mut self) {
        self.wait_for("the edits to be saved", |desk| {
            desk.session().workspace().unwrap().status().unsaved == 0
        });
    }

    /// Lets seconds pass on the window's clock.
    #[track_caller]
    pub fn pass(&mut self, seconds: f64) {
        let now = self.harness.ctx.input(|i| i.time);
        self.harness.input_mut().time = Some(now + seconds);
        self.frame();
        self.harness.input_mut().time = None;
        self.rest();
    }
}

/// What the app holds.
impl Desk {
    pub fn app(&self) -> &App {
        self.harness.state()
    }

    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    #[track_caller]
    pub fn session(&self) -> &Session {
        self.app().session().expect("a project is open")
    }

    pub fn project(&self) -> &Project {
        self.session().project()
    }

    /// What the status line told last.
    pub fn notice(&self) -> &str {
        self.app().notice().unwrap_or_default()
    }

    /// The text of the reading that shows.
    pub fn text(&self) -> &str {
        self.session().shelf().unwrap().reading.text.as_str()
    }

    /// The selected passage.
    pub fn selected(&self) -> Option<&str> {
        let span = self.session().reader.selected()?;
        Some(self.slice(span))
    }

    pub fn slice(&self, span: Span) -> &str {
        &self.text()[span.start as usize..span.end as usize]
    }

    /// Where a quote stands in the reading that shows.
    #[track_caller]
    pub fn find(&self, quote: &str) -> Span {
        let at = self
            .text()
            .find(quote)
            .expect("the quote is in the reading");
        Span::new(at as u32, (at + quote.len()) as u32)
    }

    /// The place on the screen of the start of a quote, a little right of it, so that it is in its first letter.
    #[track_caller]
    pub fn place(&self, quote: &str) -> Pos2 {
        let span = self.find(quote);
        let at = self.session().reader.screen_position(span.start);
        at.expect("the quote shows") + Vec2::new(2.0, 0.0)
    }

    /// The place on the screen just behind a quote.
    #[track_caller]
    pub fn end_place(&self, quote: &str) -> Pos2 {
        let span = self.find(quote);
        let at = self.session().reader.screen_position(span.end);
        at.expect("the quote shows")
    }

    #[track_caller]
    pub fn focused(&self) -> &Highlight {
        self.session().focused().expect("a highlight is in focus")
    }

    /// The passage, label names of the highlight in focus.
    #[track_caller]
    pub fn focused_passage(&self) -> (&str, Vec<&str>) {
        let h = self.focused();
        let names = h.labels.iter().map(|l| self.project().label_name(l));
        (self.slice(h.span), names.collect())
    }

    /// How many highlights the reading that shows has.
    pub fn count(&self) -> usize {
        self.session().shelf().unwrap().highlights.len()
    }

    /// Opens the reading whose title begins so, by a click on its row.
    #[track_caller]
    pub fn open_reading(&mut self, title: &str) {
        let row = self.beginning(title).rect.center();
        self.click(row);
        let now = &self.session().shelf().unwrap().reading.meta.title;
        assert!(now.starts_with(title), "{now} shows, not {title}");
    }
}
