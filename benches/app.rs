//! What a frame of the whole app costs on the CPU, on a project with a reading of 10 MB, 100,000 highlights, 300 labels,
//! 500 more readings and a history of 20,000 edits; and how much memory it takes to open and show it (in a process of its own).

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{
    hint::black_box,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group};
use eframe::App as _;
use egui::{
    Context, Event, Key, Modifiers, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2,
};
use glossator::{
    app::{App, Command, Places, View, action::Action},
    edit::Edit,
    export::order::What,
    import::Imported,
    model::{CoderId, Highlight, ReadingMeta, Structure},
    store::{ReadingWriter, Workspace},
    text::Span,
};
use jiff::Timestamp;

const BYTES: usize = 10_000_000;
const HIGHLIGHTS: usize = 100_000;
const EDITS: usize = 20_000;
const READINGS: usize = 500;

struct Window {
    ctx: Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let ctx = Context::default();
        let app = App::new(&ctx, Places::default(), Some(folder.to_owned()));
        Self {
            ctx,
            app,
            frame: eframe::Frame::_new_kittest(),
            time: 0.0,
        }
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let output = self.ctx.run_ui(input, |ui| app.ui(ui, frame));
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }

    /// Opens to the end, showing frames meanwhile. Returns when the text and when all was there, and the longest frame.
    fn wait(&mut self) -> [Duration; 3] {
        let begun = Instant::now();
        let (mut text, mut longest) = (Duration::ZERO, Duration::ZERO);
        loop {
            longest = longest.max(common::cpu_of(|| self.frame(Vec::new())));
            if text.is_zero() && self.app.session().is_some() {
                text = begun.elapsed();
            }
            if self.app.session().is_some_and(|s| s.workspace().is_some()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let all = begun.elapsed();
        for _ in 0..30 {
            std::thread::sleep(Duration::from_millis(10));
            let moved = vec![Event::PointerMoved(pos2(600.0, 450.0))];
            longest = longest.max(common::cpu_of(|| self.frame(moved)));
        }
        [text, all, longest]
    }

    /// Until no thread is at work any more.
    fn worked(&mut self) {
        self.frame(Vec::new());
        self.frame(Vec::new());
        while self.app.busy() {
            std::thread::sleep(Duration::from_millis(1));
            self.frame(Vec::new());
        }
    }

    /// Until nothing is told any more in the line at the bottom.
    fn rest(&mut self) {
        for _ in 0..400 {
            self.frame(Vec::new());
        }
    }

    fn spread(&mut self, what: &str, mut events: impl FnMut(&mut App, usize) -> Vec<Event>) {
        let times = (0..200).map(|i| {
            common::cpu_of(|| {
                let events = events(&mut self.app, i);
                self.frame(events);
            })
        });
        println!("{what:>34}: {}", common::spread(times.collect()));
    }
}

fn wheel(i: usize) -> Vec<Event> {
    vec![Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, if i % 120 < 60 { -120.0 } else { 120.0 }),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    }]
}

/// More readings, and many edits one by one for a long history.
fn work_much(folder: &Path) {
    let coder = CoderId::new("MK").unwrap();
    let mut w = Workspace::open(folder, coder).unwrap().workspace;
    let text = w.project().shelves()[0].reading.text.clone();
    let writer = ReadingWriter::new(folder);
    for i in 0..READINGS {
        let more = Imported {
            meta: ReadingMeta {
                title: format!("Reading {i}"),
                authors: vec!["Arnold, Ida".into()],
                ..ReadingMeta::default()
            },
            text: common::text(2_000, false).as_str().to_owned(),
            structure: Structure::default(),
            source_name: format!("{i}.txt"),
            source_sha256: String::new(),
            encoding: "UTF-8".into(),
            remarks: Vec::new(),
        };
        let reading = writer.write(&more, b"", Timestamp::now()).unwrap();
        let edit = Edit::AddReading(Arc::new(reading));
        w.perform(edit, Timestamp::UNIX_EPOCH).unwrap();
    }
    for turn in 0..EDITS {
        let i = common::dice(turn) % HIGHLIGHTS;
        let changed = Highlight {
            note: format!("Note {turn}"),
            ..common::highlight(i, HIGHLIGHTS, &text)
        };
        let edit = Edit::ChangeHighlight(Arc::new(changed));
        w.perform(edit, Timestamp::UNIX_EPOCH).unwrap();
    }
    w.close().unwrap();
}

/// Puts the next highlight of the coder who edits in focus.
fn own(app: &mut App) {
    let session = app.session_mut().unwrap();
    loop {
        session.step_highlight(true);
        if session.focused().is_some_and(|h| session.is_own(h)) {
            return;
        }
    }
}

/// Each tab of the comparison: how long until it is there, and what its frames cost.
fn compare(w: &mut Window) {
    w.app.send(Command::View(View::Compare));
    for (what, x) in [
        ("labels by readings", 340.0),
        ("labels by labels", 445.0),
        ("along the text", 550.0),
        ("theories", 680.0),
    ] {
        let tab = |pressed| Event::PointerButton {
            pos: pos2(x, 76.0),
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        w.frame(Vec::new());
        w.frame(vec![Event::PointerMoved(pos2(x, 76.0))]);
        w.frame(vec![tab(true), tab(false)]);
        let begun = Instant::now();
        w.frame(Vec::new());
        let mut longest = Duration::ZERO;
        while w.app.busy() {
            longest = longest.max(common::cpu_of(|| w.frame(Vec::new())));
            std::thread::sleep(Duration::from_millis(1));
        }
        longest = longest.max(common::cpu_of(|| w.frame(Vec::new())));
        let took = begun.elapsed();
        println!("compare, {what}: there in {took:.1?}, longest frame {longest:.2?}");
        w.frame(vec![Event::PointerMoved(pos2(700.0, 500.0))]);
        w.spread(&format!("idle, {what}"), |_, _| Vec::new());
        w.spread(&format!("wheel, {what}"), |_, i| wheel(i));
        w.spread(&format!("edit, {what}"), |app, i| {
            let session = app.session_mut().unwrap();
            let done = session.change_focused(|h| h.note = format!("Note {what} {i}."));
            done.unwrap();
            Vec::new()
        });
    }
    w.app.send(Command::View(View::Read));
    w.rest();
}

/// Finding in all readings what stands there more than 100,000 times: when the first hits show and when all are there, and
/// what frames cost while they are listed and marked in the reading.
fn find(w: &mut Window) {
    w.app.send(Command::Do(Action::FindAll));
    w.frame(Vec::new());
    w.frame(Vec::new());
    let begun = Instant::now();
    w.frame(vec![Event::Text("the".to_owned())]);
    let (mut first, mut longest) = (Duration::ZERO, Duration::ZERO);
    while first.is_zero() || w.app.busy() {
        longest = longest.max(common::cpu_of(|| w.frame(Vec::new())));
        if first.is_zero() && w.app.session().unwrap().hits() > 0 {
            first = begun.elapsed();
        }
    }
    let (all, hits) = (begun.elapsed(), w.app.session().unwrap().hits());
    println!("find: first {first:.2?}, all {hits} {all:.2?}, longest frame {longest:.2?}");
    w.frame(vec![Event::PointerMoved(pos2(200.0, 500.0))]);
    w.spread("idle, hits listed", |_, _| Vec::new());
    w.spread("wheel, hits listed", |_, i| wheel(i));
    let key = |key, pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let strike = |k| vec![key(k, true), key(k, false)];
    w.spread("step from hit to hit", |_, _| strike(egui::Key::ArrowDown));
    w.spread("edit, hits listed", |app, i| {
        let session = app.session_mut().unwrap();
        own_note(session, i);
        Vec::new()
    });
    w.frame(strike(egui::Key::Escape));
    w.rest();
}

fn own_note(session: &mut glossator::app::Session, i: usize) {
    session.step_highlight(true);
    if session.focused().is_some_and(|h| session.is_own(h)) {
        let done = session.change_focused(|h| h.note = format!("Note with hits {i}."));
        done.unwrap();
    }
}

fn benches(c: &mut Criterion) {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let folder = tempfile::tempdir_in(&target).unwrap();
    let folder = folder.path().join("project");
    common::on_disk(&folder, BYTES, HIGHLIGHTS);
    let this = std::env::current_exe().unwrap();
    for _ in 0..3 {
        let child = std::process::Command::new(&this)
            .env(MEMORY, &folder)
            .status();
        assert!(child.unwrap().success());
    }
    work_much(&folder);
    let mut w = Window::open(&folder);
    let [text, all, longest] = w.wait();
    println!("opened: text {text:.2?}, all {all:.2?}, longest frame {longest:.2?}");
    w.spread("idle", |_, _| Vec::new());
    w.spread("wheel", |_, i| wheel(i));
    w.spread("jump", |app, i| {
        let reader = &mut app.session_mut().unwrap().reader;
        let at = common::dice(i) as u32 % BYTES as u32;
        reader.reveal(Span::new(at, at + 1));
        Vec::new()
    });
    w.spread("next highlight", |app, _| {
        app.session_mut().unwrap().step_highlight(true);
        Vec::new()
    });
    w.app.send(Command::SetCoder("JB".to_owned()));
    w.frame(Vec::new());
    own(&mut w.app);
    w.spread("edit", |app, i| {
        let session = app.session_mut().unwrap();
        let done = session.change_focused(|h| h.note = format!("Note {i}."));
        done.unwrap();
        Vec::new()
    });
    w.spread("undo", |app, _| {
        app.send(Command::Do(Action::Undo));
        Vec::new()
    });
    w.rest();
    let long = common::highlight(0, HIGHLIGHTS, &common::text(20_000, false));
    let session = w.app.session_mut().unwrap();
    session.reader.set_focus(Some(long.id));
    session.reader.reveal(long.span);
    w.spread("idle, 20 KB highlight in focus", |_, _| Vec::new());
    let session = w.app.session_mut().unwrap();
    session.reader.set_focus(None);
    session.reader.select(Span::new(0, BYTES as u32 - 100));
    w.spread("idle, everything selected", |_, _| Vec::new());
    let begun = Instant::now();
    w.app.send(Command::Pick("l".to_owned()));
    w.frame(Vec::new());
    println!("picker: opened in {:.2?}", begun.elapsed());
    w.spread("idle, picker", |_, _| Vec::new());
    let outside = |pressed| Event::PointerButton {
        pos: pos2(600.0, 10.0),
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    w.frame(vec![outside(true), outside(false)]);
    w.frame(vec![Event::PointerMoved(pos2(600.0, 450.0))]);
    w.rest();
    w.app.session_mut().unwrap().reader.clear_selection();
    let label = common::label_id(1);
    w.app.send(Command::Filter(Some(label)));
    w.spread("wheel, one label only", |_, i| wheel(i));
    w.app.send(Command::Filter(None));
    w.spread("hide and show", |app, _| {
        app.send(Command::Hide(common::label_id(7)));
        Vec::new()
    });
    for (what, action) in [
        ("idle, history", Action::History),
        ("idle, commands", Action::Palette),
        ("idle, export", Action::Export),
    ] {
        w.app.send(Command::Do(action));
        let begun = Instant::now();
        w.frame(Vec::new());
        w.frame(Vec::new());
        println!("{what}: opened in {:.2?}", begun.elapsed());
        std::thread::sleep(Duration::from_millis(800));
        w.spread(what, |_, _| Vec::new());
        let press = |pressed| Event::Key {
            key: egui::Key::Escape,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        w.frame(vec![press(true), press(false)]);
        w.frame(Vec::new());
    }
    export(&mut w);
    find(&mut w);
    compare(&mut w);
    let mut group = c.benchmark_group("app");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    group.bench_function("idle", |b| {
        b.iter_custom(|times| common::cpu_of(|| (0..times).for_each(|_| w.frame(Vec::new()))))
    });
    let mut turn = 0;
    group.bench_function("wheel", |b| {
        b.iter_custom(|times| {
            common::cpu_of(|| {
                for _ in 0..times {
                    turn += 1;
                    w.frame(wheel(turn));
                }
            })
        });
    });
    own(&mut w.app);
    group.bench_function("edit", |b| {
        b.iter_custom(|times| {
            common::cpu_of(|| {
                for _ in 0..times {
                    turn += 1;
                    let session = w.app.session_mut().unwrap();
                    let done = session.change_focused(|h| h.note = format!("Note {turn}."));
                    done.unwrap();
                    w.frame(Vec::new());
                }
            })
        });
    });
    group.finish();
    excerpts(&mut w);
    packet(&mut w);
    w.app.send(Command::View(View::Read));
    w.rest();
    w.ctx.enable_accesskit();
    w.spread("idle, for a screen reader", |_, _| Vec::new());
    w.spread("wheel, for a screen reader", |_, i| wheel(i));
}

/// The dialog of an export while a thread writes all 100,000 excerpts, for the preview to say how long they are; and after.
fn export(w: &mut Window) {
    let begun = Instant::now();
    w.app.send(Command::Export(What::Excerpts));
    w.frame(Vec::new());
    w.frame(Vec::new());
    println!("export: opened in {:.2?}", begun.elapsed());
    w.spread("export, while a thread writes", |_, _| Vec::new());
    w.worked();
    println!("export: all known in {:.2?}", begun.elapsed());
    w.spread("export, idle", |_, _| Vec::new());
    w.frame(vec![press(Key::Escape)]);
    w.frame(Vec::new());
}

/// The list of all excerpts: by label, so that there are some 200,000 rows.
fn excerpts(w: &mut Window) {
    let begun = Instant::now();
    w.app.send(Command::View(View::Excerpts));
    w.worked();
    println!("excerpts: all there in {:.2?}", begun.elapsed());
    w.frame(vec![Event::PointerMoved(pos2(600.0, 450.0))]);
    w.rest();
    w.spread("excerpts, idle", |_, _| Vec::new());
    w.spread("excerpts, wheel", |_, i| wheel(i));
    w.spread("excerpts, jump", |_, i| {
        vec![press(if i.is_multiple_of(2) {
            Key::End
        } else {
            Key::Home
        })]
    });
    w.spread("excerpts, next", |_, _| vec![press(Key::ArrowDown)]);
    w.spread("excerpts, edit", |app, i| {
        let session = app.session_mut().unwrap();
        let done = session.change_focused(|h| h.note = format!("Again {i}."));
        done.unwrap();
        Vec::new()
    });
    let session = w.app.session_mut().unwrap();
    session.change_focused(|h| h.note.clear()).unwrap();
    let begun = Instant::now();
    w.worked();
    println!(
        "excerpts: listed again after an edit in {:.2?}",
        begun.elapsed()
    );
}

fn packet(w: &mut Window) {
    let session = w.app.session_mut().unwrap();
    let edit = common::packet::of(session.project(), 1000);
    session.perform(edit).unwrap();
    let begun = Instant::now();
    w.app.send(Command::View(View::Packet));
    w.worked();
    println!("packet: all there in {:.2?}", begun.elapsed());
    w.frame(vec![Event::PointerMoved(pos2(700.0, 450.0))]);
    w.rest();
    w.spread("packet, idle", |_, _| Vec::new());
    w.spread("packet, wheel", |_, i| wheel(i));
    w.spread("packet, next", |_, _| vec![press(Key::ArrowDown)]);
    w.spread("packet, edit", |app, i| {
        let session = app.session_mut().unwrap();
        let edit = common::packet::change(session.project(), i);
        session.perform(edit).unwrap();
        Vec::new()
    });
    w.worked();
}

fn press(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// Set to a project's folder, this has the program open and show that, say how much memory that took, and end.
const MEMORY: &str = "GLOSSATOR_BENCH_MEMORY";

fn memory(folder: &Path) {
    let before = common::memory("VmHWM");
    let mut w = Window::open(folder);
    w.frame(Vec::new());
    let small = common::memory("VmHWM");
    let [text, all, longest] = w.wait();
    for i in 0..120 {
        w.frame(wheel(i));
    }
    println!(
        "memory: {before:.0} MB at start, {small:.0} with the window, at most {:.0} for the project, {:.0} in the end; \
         text {text:.2?}, all {all:.2?}, longest frame {longest:.2?}",
        common::memory("VmHWM"),
        common::memory("VmRSS"),
    );
}

criterion_group!(all, benches);

fn main() {
    match std::env::var_os(MEMORY) {
        Some(folder) => memory(Path::new(&folder)),
        None => {
            all();
            Criterion::default().configure_from_args().final_summary();
        }
    }
}
