//! What a frame of the reader costs on the CPU: the widget in a window of 1440 by 900 beside both panels, with tessellation,
//! in CPU time of the thread.
//!
//! Wanted (issue 2, release), at every size and number of highlights: idle at most 1 ms, a turn of the wheel 2 ms, a jump 4 ms.
//! Before each group the spread of single frames is printed, since a mean hides the one that is felt.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use egui::{Context, Event, Modifiers, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2};
use glossator::{
    app::{
        reader::{Reader, Source},
        theme,
    },
    model::{
        Block, BlockKind, CoderId, Emphasis, LabelId, Note, Page, Project, Reading, ReadingId,
        Structure, Style,
    },
    text::Span,
};

/// A window that shows the reader between panels of the usual widths.
struct Window {
    ctx: Context,
    reader: Reader,
    time: f64,
    size: egui::Vec2,
    turned: usize,
    coder: CoderId,
    revision: u64,
    hidden: BTreeSet<LabelId>,
}

impl Window {
    fn new() -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        Self {
            ctx,
            reader: Reader::default(),
            time: 0.0,
            size: vec2(1440.0, 900.0),
            turned: 0,
            coder: CoderId::new("MK").unwrap(),
            revision: 0,
            hidden: BTreeSet::new(),
        }
    }

    /// One frame; returns how many triangles it came to.
    fn frame(&mut self, project: &Project, reading: &Reading, events: Vec<Event>) -> usize {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), self.size)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let source = Source {
            project,
            reading,
            highlights: &project.shelf(&reading.id).unwrap().highlights,
            revision: self.revision,
            coder: &self.coder,
            hidden: &self.hidden,
            only: None,
            hits: Default::default(),
        };
        let reader = &mut self.reader;
        let output = self.ctx.run_ui(input, |ui| {
            egui::Panel::top("top").exact_size(44.0).show(ui, |_| {});
            egui::Panel::bottom("status")
                .exact_size(27.0)
                .show(ui, |_| {});
            egui::Panel::left("readings")
                .exact_size(236.0)
                .show(ui, |_| {});
            egui::Panel::right("codebook")
                .exact_size(300.0)
                .show(ui, |_| {});
            egui::CentralPanel::default().show(ui, |ui| {
                reader.show(ui, &source, 18.0);
            });
        });
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        meshes
            .iter()
            .map(|m| match &m.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum()
    }

    fn idle(&mut self, project: &Project, reading: &Reading) -> usize {
        self.frame(project, reading, Vec::new())
    }

    /// A notch of the wheel; up and down again, so that short readings scroll too.
    fn wheel(&mut self, project: &Project, reading: &Reading) -> usize {
        self.turned += 1;
        let down = self.turned % 120 < 60;
        let event = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, if down { -120.0 } else { 120.0 }),
            modifiers: Modifiers::NONE,
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        };
        self.frame(project, reading, vec![event])
    }

    fn jump(&mut self, project: &Project, reading: &Reading) -> usize {
        self.turned += 1;
        let at = common::dice(self.turned) as u32 % reading.text.len();
        let at = reading.text.floor(at);
        self.reader.reveal(Span::new(at, at));
        self.frame(project, reading, Vec::new())
    }

    /// Until heights are estimated and all is at rest, with the pointer over the text.
    fn settle(&mut self, project: &Project, reading: &Reading) {
        self.frame(
            project,
            reading,
            vec![Event::PointerMoved(pos2(600.0, 450.0))],
        );
        for _ in 0..40 {
            std::thread::sleep(Duration::from_millis(10));
            self.idle(project, reading);
        }
    }
}

/// As much structure as a text can have: words in bold or italics in each sentence, a footnote in each fifth paragraph, every
/// kind of paragraph, and a page each 2,500 bytes.
fn everything(reading: &Reading) -> Structure {
    let text = &reading.text;
    let mut structure = reading.structure.clone();
    let all = text.paragraphs();
    for (i, &span) in all.iter().enumerate() {
        let kind = match i % 10 {
            3 => BlockKind::Item(1),
            4 => BlockKind::Item(2),
            5 => BlockKind::Quote,
            6 => BlockKind::Row,
            7 => BlockKind::Code,
            8 => BlockKind::Note,
            _ => continue,
        };
        structure.blocks.push(Block { span, kind });
        if kind == BlockKind::Note {
            let at = all[i - 1].start;
            let mark = Span::new(at, text.floor(at + 1).max(at + 1));
            structure.notes.push(Note { mark, body: span });
        }
    }
    for (i, &span) in all.iter().enumerate() {
        let words = text.slice(span).split_inclusive(' ');
        let mut start = span.start;
        for (n, word) in words.enumerate() {
            let end = start + word.len() as u32;
            if n % 12 == 5 {
                let style = if i % 2 == 0 {
                    Style::BOLD
                } else {
                    Style::ITALIC
                };
                let span = Span::new(start, end);
                structure.emphasis.push(Emphasis { span, style });
            }
            start = end;
        }
    }
    let pages = (0..text.len()).step_by(2_500).enumerate();
    structure.pages = pages
        .map(|(i, start)| Page {
            start: text.floor(start),
            label: (i + 1).to_string(),
        })
        .collect();
    structure.fitted(text)
}

fn benches(c: &mut Criterion) {
    let sizes = [
        ("10 KB", 10_000, false),
        ("1 MB", 1_000_000, false),
        ("10 MB", 10_000_000, false),
        ("50 MB", 50_000_000, false),
        ("10 MB in one line", 10_000_000, true),
        ("10 MB with everything", 10_000_000, false),
    ];
    let mut other = common::reading(2_000, false);
    other.id = ReadingId::new("other").unwrap();
    let other = Arc::new(other);
    let other = (Arc::clone(&other), common::project(&other, 0));
    for (name, bytes, one_line) in sizes {
        let mut reading = common::reading(bytes, one_line);
        if name.ends_with("everything") {
            reading.structure = everything(&reading);
        }
        let reading = Arc::new(reading);
        for n in [0, 1_000, 10_000, 100_000] {
            let project = common::project(&reading, n);
            let mut window = Window::new();
            window.idle(&other.1, &other.0);
            let first = common::cpu_of(|| window.idle(&project, &reading));
            window.settle(&project, &reading);
            let id = |what: &str| BenchmarkId::new(format!("{what}, {name}"), n);
            type Frame = fn(&mut Window, &Project, &Reading) -> usize;
            let kinds: [(&str, Frame); 3] = [
                ("idle", Window::idle),
                ("wheel", Window::wheel),
                ("jump", Window::jump),
            ];
            println!("\n# {name}, {n} highlights: opened in {first:.2?}");
            for (what, frame) in kinds {
                let times =
                    (0..300).map(|_| common::cpu_of(|| frame(&mut window, &project, &reading)));
                println!("{what:>6}: {}", common::spread(times.collect()));
            }
            let edited = (0..100).map(|_| {
                window.revision += 1;
                common::cpu_of(|| window.idle(&project, &reading))
            });
            println!("edited: {}", common::spread(edited.collect()));
            window.hidden = (0..common::LABELS).map(common::label_id).collect();
            let hidden = (0..100).map(|_| {
                window.revision += 1;
                common::cpu_of(|| window.idle(&project, &reading))
            });
            println!(
                "edited, all labels hidden: {}",
                common::spread(hidden.collect())
            );
            window.hidden.clear();
            let resized = (0..60).map(|i| {
                window.size.x = 1440.0 - (i % 20) as f32 * 9.0;
                common::cpu_of(|| window.idle(&project, &reading))
            });
            println!("resize: {}", common::spread(resized.collect()));
            window.size.x = 1440.0;
            window.settle(&project, &reading);
            let mut group = c.benchmark_group("frame");
            group
                .sample_size(10)
                .warm_up_time(Duration::from_millis(100))
                .measurement_time(Duration::from_millis(500));
            for (what, frame) in kinds {
                group.bench_function(id(what), |b| {
                    b.iter_custom(|times| {
                        common::cpu_of(|| {
                            (0..times)
                                .map(|_| frame(&mut window, &project, &reading))
                                .sum::<usize>()
                        })
                    });
                });
            }
            group.finish();
        }
    }
}

criterion_group!(all, benches);
criterion_main!(all);
