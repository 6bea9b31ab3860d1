//! The app at a desk: a window without a screen, with hands that press keys, move the mouse and find things by their names.

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{
    Event, Key, Modifiers, PointerButton, Pos2, Rect, Theme, Vec2,
    accesskit::{Role, Toggled},
};
use egui_kittest::{Harness, kittest::NodeT};
use glossator::{
    app::{App, Command, Places, Session, action::Action},
    intake::Reader,
    model::{CoderId, Highlight, Label, Project},
    seeds,
    store::Workspace,
    text::Span,
};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::picture::{Canvas, Picture, Renderer};

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

// --- time -----------------------------------------------------------------------------------------------------------

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
        self.wait_for("the app to be idle", |desk| !desk.app().busy());
        self.rest();
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

// --- hands ----------------------------------------------------------------------------------------------------------

impl Desk {
    fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.frame();
    }

    fn strike(key: Key, modifiers: Modifiers) -> [Event; 2] {
        [true, false].map(|pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        })
    }

    /// Presses a key.
    #[track_caller]
    pub fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    #[track_caller]
    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        let [down, up] = Self::strike(key, modifiers);
        self.send([Event::ModifiersChanged(modifiers), down, up]);
        self.send([Event::ModifiersChanged(Modifiers::NONE)]);
        self.rest();
    }

    /// Types letter by letter, one a frame.
    #[track_caller]
    pub fn type_keys(&mut self, text: &str) {
        for c in text.chars() {
            let key = Key::from_name(&c.to_uppercase().to_string());
            let [down, up] = key
                .map(|key| Self::strike(key, Modifiers::NONE).map(Some))
                .unwrap_or([None, None]);
            let typed = Some(Event::Text(c.to_string()));
            self.send([down, typed, up].into_iter().flatten());
        }
        self.rest();
    }

    /// Writes into the field of that name, in place of what it holds.
    #[track_caller]
    pub fn fill(&mut self, field: &str, text: &str) {
        let fields = self.things(|t| {
            let role = t.role;
            (role == Role::TextInput
                || role == Role::MultilineTextInput
                || role == Role::PasswordInput)
                && t.name == field
        });
        let field_now = only(&fields, field);
        let hidden = field_now.role == Role::PasswordInput;
        self.click(field_now.rect.center());
        self.key_with(CTRL, Key::A);
        self.send([Event::Text(text.to_owned())]);
        self.rest();
        let length = text.chars().count();
        let took = |value: &str| match hidden {
            true => value.chars().count() == length,
            false => value == text,
        };
        let now = self.things(|t| t.name == field && took(&t.value));
        assert!(!now.is_empty(), "{field} did not take {text:?}");
    }

    pub fn button(pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) -> Event {
        Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers,
        }
    }

    fn click_by(&mut self, pos: Pos2, button: PointerButton, modifiers: Modifiers) {
        self.send([Event::PointerMoved(pos)]);
        self.send([
            Event::ModifiersChanged(modifiers),
            Self::button(pos, button, true, modifiers),
        ]);
        self.send([
            Self::button(pos, button, false, modifiers),
            Event::ModifiersChanged(Modifiers::NONE),
        ]);
    }

    /// Points at a place.
    #[track_caller]
    pub fn hover(&mut self, pos: Pos2) {
        self.send([Event::PointerMoved(pos)]);
        self.rest();
    }

    /// Takes the pointer out of the window.
    #[track_caller]
    pub fn leave(&mut self) {
        self.send([Event::PointerGone]);
        self.rest();
    }

    /// Gives the keyboard to the thing whose name begins so, as a screen reader does.
    #[track_caller]
    pub fn focus(&mut self, name: &str) {
        self.beginning(name);
        let all = self.harness.root().children_recursive();
        for node in all {
            let label = node.accesskit_node().label().unwrap_or_default();
            if label.starts_with(name) {
                node.focus();
                break;
            }
        }
        self.rest();
    }

    /// Clicks at a place, well after any click before.
    #[track_caller]
    pub fn click(&mut self, pos: Pos2) {
        self.pass(1.0);
        self.click_by(pos, PointerButton::Primary, Modifiers::NONE);
        self.rest();
    }

    #[track_caller]
    pub fn shift_click(&mut self, pos: Pos2) {
        self.pass(1.0);
        self.click_by(pos, PointerButton::Primary, SHIFT);
        self.rest();
    }

    #[track_caller]
    pub fn ctrl_click(&mut self, pos: Pos2) {
        self.pass(1.0);
        self.click_by(pos, PointerButton::Primary, CTRL);
        self.rest();
    }

    #[track_caller]
    pub fn right_click(&mut self, pos: Pos2) {
        self.click_by(pos, PointerButton::Secondary, Modifiers::NONE);
        self.rest();
    }

    /// Clicks `n` times in quick succession.
    #[track_caller]
    pub fn clicks(&mut self, pos: Pos2, n: u32) {
        self.pass(1.0);
        for _ in 0..n {
            self.click_by(pos, PointerButton::Primary, Modifiers::NONE);
        }
        self.rest();
    }

    /// As [`Self::clicks`] on a machine so slow that they come in one frame.
    #[track_caller]
    pub fn clicks_at_once(&mut self, pos: Pos2, n: u32) {
        self.pass(1.0);
        self.send([Event::PointerMoved(pos)]);
        let click = [true, false]
            .map(|down| Self::button(pos, PointerButton::Primary, down, Modifiers::NONE));
        self.send((0..n).flat_map(|_| click.clone()));
        self.rest();
    }

    #[track_caller]
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.drag_and_hold(from, to, 0);
    }

    /// Drags and holds still for some frames before letting go.
    #[track_caller]
    pub fn drag_and_hold(&mut self, from: Pos2, to: Pos2, frames: usize) {
        self.pass(1.0);
        let button = |pos, down| Self::button(pos, PointerButton::Primary, down, Modifiers::NONE);
        self.send([Event::PointerMoved(from)]);
        self.send([button(from, true)]);
        for part in [0.3, 0.7, 1.0] {
            self.send([Event::PointerMoved(from.lerp(to, part))]);
        }
        for _ in 0..frames {
            self.frame();
        }
        self.send([button(to, false)]);
        self.rest();
    }

    /// Turns the wheel by points (down when negative) with the pointer at a place.
    #[track_caller]
    pub fn wheel(&mut self, pos: Pos2, points: f32) {
        self.send([Event::PointerMoved(pos)]);
        self.send([Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, points),
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
        }]);
        self.rest();
    }

    /// Drops files on the window, and waits for what comes of it.
    #[track_caller]
    pub fn drop_files(&mut self, paths: &[PathBuf]) {
        self.let_go(paths);
        self.settle();
    }

    /// Drops files on the window.
    #[track_caller]
    pub fn let_go(&mut self, paths: &[PathBuf]) {
        let files = paths.iter().map(|p| Arc::new(Dropped(p.clone())) as _);
        self.harness.input_mut().dropped_files.extend(files);
        self.frame();
    }

    /// What the app put into the clipboard in the last frame.
    pub fn copied(&self) -> Option<String> {
        let commands = &self.harness.output().platform_output.commands;
        commands.iter().find_map(|c| match c {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Pastes a text, as the system's clipboard does.
    #[track_caller]
    pub fn paste(&mut self, text: &str) {
        self.send([Event::Paste(text.to_owned())]);
        self.rest();
    }

    /// Copies what is chosen.
    pub fn copy(&mut self) -> Option<String> {
        self.send([Event::Copy]);
        self.copied()
    }

    /// Presses a key for one frame only, to see what that frame put out.
    pub fn strike_once(&mut self, modifiers: Modifiers, key: Key) {
        self.send(Self::strike(key, modifiers));
    }

    /// Clicks, and says what that puts into the clipboard.
    #[track_caller]
    pub fn click_and_copy(&mut self, pos: Pos2) -> String {
        self.click_by(pos, PointerButton::Primary, Modifiers::NONE);
        let mut copied = self.copied();
        self.wait_for("something in the clipboard", |desk| {
            copied = copied.take().or_else(|| desk.copied());
            copied.is_some()
        });
        copied.unwrap()
    }

    /// Types letters and a key on a machine so slow that all of it comes in one frame.
    #[track_caller]
    pub fn type_at_once(&mut self, text: &str, then: Key) {
        let mut events: Vec<Event> = text.chars().map(|c| Event::Text(c.to_string())).collect();
        events.extend(Self::strike(then, Modifiers::NONE));
        self.send(events);
        self.rest();
    }

    /// Has a command of the table carried out, as its menu entry does.
    #[track_caller]
    pub fn run(&mut self, action: Action) {
        self.harness.state_mut().send(Command::Do(action));
        self.frame();
        self.settle();
    }

    /// Makes the window another size.
    #[track_caller]
    pub fn resize(&mut self, size: Vec2) {
        self.harness.set_size(size);
        self.rest();
    }

    /// Closes the window.
    pub fn close(mut self) {
        eframe::App::on_exit(self.harness.state_mut(), None);
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|e| e.to_string())
    }
}

// --- eyes -----------------------------------------------------------------------------------------------------------

impl Desk {
    /// Everything in the window that fits, in the order of the tree: what opened last comes last.
    pub fn things(&self, fits: impl Fn(&Thing) -> bool) -> Vec<Thing> {
        let all = self.harness.root().children_recursive();
        all.filter_map(|node| {
            let n = node.accesskit_node();
            let value = n.value().unwrap_or_default();
            let name = match n.role() {
                Role::Label => value.clone(),
                _ => n.label().unwrap_or_default(),
            };
            n.bounding_box()?;
            Some(Thing {
                role: n.role(),
                name,
                value,
                rect: node.rect(),
                enabled: !n.is_disabled(),
                chosen: n.toggled() == Some(Toggled::True) || n.is_selected() == Some(true),
                focused: n.is_focused(),
            })
        })
        .filter(fits)
        .collect()
    }

    /// Whether the window says this somewhere.
    pub fn says(&self, text: &str) -> bool {
        !self
            .things(|t| t.name.contains(text) || t.value.contains(text))
            .is_empty()
    }

    #[track_caller]
    pub fn must_say(&self, text: &str) {
        assert!(
            self.says(text),
            "the window does not say “{text}” but:\n{}",
            self.everything()
        );
    }

    /// What the window says, line by line, for messages.
    pub fn everything(&self) -> String {
        let things = self.things(|t| !t.name.is_empty() && t.role != Role::TextRun);
        let lines = things.iter().map(|t| format!("{:?} {}", t.role, t.name));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What can be pressed and has a name of which `fits` is true; the last one when there are several.
    pub fn pressable(&self, fits: impl Fn(&str) -> bool) -> Option<Thing> {
        let quiet = |r: Role| {
            matches!(
                r,
                Role::Label
                    | Role::TextRun
                    | Role::Paragraph
                    | Role::Heading
                    | Role::TextInput
                    | Role::MultilineTextInput
            )
        };
        self.things(|t| !quiet(t.role) && fits(&t.name)).pop()
    }

    #[track_caller]
    pub fn must_find(&self, name: &str) -> Thing {
        self.pressable(|n| n == name)
            .unwrap_or_else(|| panic!("nothing is called “{name}” among:\n{}", self.everything()))
    }

    /// Clicks the button (entry, box, link…) of that name.
    #[track_caller]
    pub fn press(&mut self, name: &str) {
        self.pass(1.0);
        let thing = self.must_find(name);
        assert!(thing.enabled, "“{name}” is disabled");
        self.click_by(thing.rect.center(), PointerButton::Primary, Modifiers::NONE);
        self.rest();
    }

    /// As [`Self::press`], while something in the window does not come to rest.
    #[track_caller]
    pub fn press_meanwhile(&mut self, name: &str) {
        let thing = self.must_find(name);
        assert!(thing.enabled, "“{name}” is disabled");
        self.click_by(thing.rect.center(), PointerButton::Primary, Modifiers::NONE);
        self.frame();
    }

    /// As [`Self::press`], of buttons only.
    #[track_caller]
    pub fn press_button(&mut self, name: &str) {
        let at = (self
            .things(|t| t.role == Role::Button && t.name == name)
            .pop())
        .unwrap_or_else(|| panic!("no button is called “{name}”"));
        self.click(at.rect.center());
    }

    /// The thing whose name begins so.
    #[track_caller]
    pub fn beginning(&self, name: &str) -> Thing {
        self.pressable(|n| n.starts_with(name))
            .unwrap_or_else(|| panic!("nothing begins “{name}” among:\n{}", self.everything()))
    }

    /// The row of a label in the codebook; the list is scrolled until it shows.
    #[track_caller]
    pub fn label_row(&mut self, label: &str) -> Thing {
        let name = format!("Label {label}, ");
        let mut last = String::new();
        for turn in 0..60 {
            let rows = self.things(|t| t.name.starts_with("Label ") && t.role == Role::Button);
            // A row of which a part is cut off by the list's edge can't be pressed in the middle for sure.
            let heading = self.things(|t| t.name == "CODEBOOK")[0].rect.bottom();
            let ends = format!("{rows:?}") == last;
            let whole = |i: usize| {
                ends || (i + 1 < rows.len() && (i > 0 || rows[0].rect.top() > heading - 2.0))
            };
            let found = (rows.iter().enumerate())
                .find(|(i, t)| whole(*i) && t.name.starts_with(&name))
                .map(|(_, t)| t);
            if let Some(row) = found {
                return row.clone();
            }
            let at = rows[rows.len() / 2].rect.center();
            let up = turn < 30;
            last = format!("{rows:?}");
            self.wheel(at, if up { -150.0 } else { 150.0 });
        }
        panic!("no row is called {name} among:\n{}", self.everything());
    }

    /// The selection in the text, as screen readers are told.
    pub fn told_selection(&self) -> Option<String> {
        let mut all = self.harness.root().children_recursive();
        let document = all.find(|n| n.accesskit_node().role() == Role::Document)?;
        let told = document.accesskit_node().text_selection()?.text();
        Some(told).filter(|t| !t.is_empty())
    }

    /// The texts of the things of a role, as screen readers put them together.
    pub fn told_texts(&self, role: Role) -> Vec<String> {
        let all = self.harness.root().children_recursive();
        let those = all.filter(|n| n.accesskit_node().role() == role);
        let text = |n: egui_kittest::Node<'_>| {
            let runs = n.children_recursive();
            runs.filter_map(|r| r.accesskit_node().value()).collect()
        };
        those.map(text).collect()
    }

    pub fn theme(&self) -> Theme {
        self.harness.ctx.theme()
    }

    /// The window as it looks.
    pub fn picture(&mut self) -> Picture {
        let output = self.harness.output();
        let ctx = &self.harness.ctx;
        let meshes = ctx.tessellate(output.shapes.clone(), ctx.pixels_per_point());
        let size = ctx.content_rect().size() * ctx.pixels_per_point();
        self.canvas
            .borrow()
            .paint(&meshes, size, ctx.pixels_per_point())
    }
}

#[track_caller]
fn only<'a>(things: &'a [Thing], name: &str) -> &'a Thing {
    assert_eq!(things.len(), 1, "things called {name}: {things:?}");
    &things[0]
}

// --- what the app holds ---------------------------------------------------------------------------------------------

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
