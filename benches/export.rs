//! How long a project takes to be written out: 1,000, 10,000 and 100,000 highlights in ten readings.
//!
//! Wanted (issue 5, release): 100,000 excerpts under 2 s to every text format, under 10 s to XLSX and DOCX. (Issue 2, release): 100,000 excerpts to Markdown under 0.5 s, to RON in the ron crate's own time, about 1.5 s.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{fmt::Write as _, io, sync::Arc, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use glossator::{
    edit::{Edit, apply},
    export::{
        Filter,
        cite::Style,
        markdown::{ExcerptOptions, Group, annotated, excerpts},
        order::{self, Kind, Order, Progress, Surroundings},
        ron::{Annotated, RonOptions, write},
    },
    import::annotated::plan,
    model::{
        CoderId, Highlight, HighlightId, Label, LabelId, PALETTE, Project, Reading, ReadingId,
        ReadingMeta, Stance, Structure,
    },
    seeds,
    text::{Span, Text},
};
use jiff::Timestamp;

const READINGS: usize = 10;
const LABELS: usize = 60;
const WORDS: [&str; 12] = [
    "ally",
    "promise",
    "the",
    "of",
    "price",
    "格局",
    "pays",
    "a_b",
    "never",
    "“when”",
    "and",
    "trend",
];

/// A few bits that look random and are the same every time.
fn dice(n: usize) -> usize {
    (n as u64 + 1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29) as usize
        >> 8
}

/// Paragraphs of six sentences of some twelve words each.
fn text(paragraphs: usize, seed: usize) -> String {
    let mut out = String::new();
    for p in 0..paragraphs {
        for s in 0..6 {
            out.push_str("Then ");
            for w in 0..11 {
                let _ = write!(
                    out,
                    "{} ",
                    WORDS[dice(seed + p * 97 + s * 13 + w) % WORDS.len()]
                );
            }
            out.push_str("came. ");
        }
        out.push_str("\n\n");
    }
    out
}

/// A project with `n` highlights of 20 to 200 characters, each overlapping its neighbours a little.
fn project(n: usize) -> Project {
    let mut project = Project::new("Bench");
    let id = |i: usize| LabelId::new(&format!("label-{i}")).unwrap();
    for i in 0..LABELS {
        let parent = (i % 5 > 0).then(|| id(i - i % 5));
        let label = Label {
            parent,
            ..Label::new(id(i), format!("Label {i}"), PALETTE[i % 10])
        };
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    let per = n / READINGS;
    for r in 0..READINGS {
        let text = Text::new(text(per / 4 + 1, r * 7919));
        let reading = ReadingId::new(&format!("reading-{r}")).unwrap();
        let step = text.len() / per as u32;
        let highlights = (0..per).map(|i| {
            let start = text.floor(i as u32 * step);
            let end = text.floor(start + 20 + (dice(i) % 180) as u32);
            Edit::AddHighlight(Arc::new(Highlight {
                id: HighlightId((r * per + i) as u64),
                reading: reading.clone(),
                span: Span::new(start, end.max(start + 1)),
                labels: (0..=dice(i) % 2)
                    .map(|k| id((dice(i) + k) % LABELS))
                    .collect(),
                stance: Stance::ALL.get(dice(i) % 9).copied(),
                note: if i % 3 == 0 {
                    "He says *so*, and again elsewhere.".into()
                } else {
                    String::new()
                },
                coder: CoderId::new(["MK", "JB"][i % 2]).unwrap(),
                created: Timestamp::UNIX_EPOCH,
                changed: Timestamp::UNIX_EPOCH,
            }))
        });
        let highlights: Vec<Edit> = highlights.collect();
        let new = Reading {
            id: reading.clone(),
            meta: ReadingMeta {
                title: format!("Reading {r}"),
                authors: vec!["Arnold, Ida".into()],
                year: Some(1999),
                ..ReadingMeta::default()
            },
            sha256: format!("{r:064x}"),
            words: 0,
            structure: Structure::default(),
            source_name: String::new(),
            encoding: "UTF-8".into(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: Timestamp::UNIX_EPOCH,
            text,
        };
        apply(&mut project, Edit::AddReading(Arc::new(new))).unwrap();
        apply(&mut project, Edit::Batch(highlights)).unwrap();
    }
    project
}

fn benches(c: &mut Criterion) {
    let all = Filter::default();
    let mut group = c.benchmark_group("export");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_millis(500));
    for n in [1_000, 10_000, 100_000] {
        let project = project(n);
        group.throughput(Throughput::Elements(n as u64));
        for (name, by) in [("by label", Group::Label), ("by reading", Group::Reading)] {
            let options = ExcerptOptions {
                group: by,
                definitions: true,
                ..ExcerptOptions::default()
            };
            let bench = BenchmarkId::new(format!("excerpts {name}"), n);
            group.bench_function(bench, |b| b.iter(|| excerpts(&project, &all, &options)));
        }
        let reading = ReadingId::new("reading-0").unwrap();
        group.bench_function(BenchmarkId::new("annotated reading, a tenth", n), |b| {
            b.iter(|| annotated(&project, &reading, &all, Style::default()));
        });
        let ron = || {
            write(
                &project,
                &all,
                &RonOptions::default(),
                Timestamp::UNIX_EPOCH,
            )
        };
        group.bench_function(BenchmarkId::new("ron", n), |b| b.iter(ron));
        let written = ron();
        group.bench_function(BenchmarkId::new("ron parsed", n), |b| {
            b.iter(|| Annotated::parse(&written).unwrap())
        });
        let parsed = Annotated::parse(&written).unwrap();
        let empty = Project::new("Empty");
        group.bench_function(BenchmarkId::new("ron planned", n), |b| {
            b.iter(|| plan(&empty, &parsed, Timestamp::UNIX_EPOCH))
        });
        println!("{n} highlights: RON {} KB", written.len() / 1000);
    }
    group.finish();
}

/// All highlights in one reading of 10 MB, as paragraphs and as a single line, with overlaps 20 KB long.
fn long_readings(c: &mut Criterion) {
    let all = Filter::default();
    let mut group = c.benchmark_group("export of one long reading");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_millis(1));
    for (name, one_line) in [("paragraphs", false), ("one line", true)] {
        let reading = Arc::new(common::reading(10_000_000, one_line));
        let project = common::project(&reading, 100_000);
        let options = ExcerptOptions {
            group: Group::Label,
            definitions: true,
            ..ExcerptOptions::default()
        };
        group.bench_function(BenchmarkId::new("excerpts by label", name), |b| {
            b.iter(|| excerpts(&project, &all, &options));
        });
        group.bench_function(BenchmarkId::new("annotated reading", name), |b| {
            b.iter(|| annotated(&project, &reading.id, &all, Style::default()));
        });
        group.bench_function(BenchmarkId::new("ron", name), |b| {
            b.iter(|| {
                write(
                    &project,
                    &all,
                    &RonOptions::default(),
                    Timestamp::UNIX_EPOCH,
                )
            });
        });
    }
    group.finish();
}

/// Every format through the one door, to nowhere: what a file costs beside is the disk's.
fn formats(c: &mut Criterion) {
    let mut group = c.benchmark_group("export in every format");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_millis(1));
    for n in [1_000, 10_000, 100_000] {
        let project = project(n);
        group.throughput(Throughput::Elements(n as u64));
        for &format in Kind::Excerpts.formats() {
            let order = Order {
                format,
                ..Order::default()
            };
            let bench = BenchmarkId::new(format.word(), n);
            group.bench_function(bench, |b| b.iter(|| ordered(&project, &order)));
            println!(
                "{n} excerpts as {}: {} KB",
                format.name(),
                ordered(&project, &order) / 1000
            );
        }
    }
    group.finish();
}

/// Writes an order to nowhere and says how long it was, in bytes.
fn ordered(project: &Project, order: &Order) -> u64 {
    let progress = Progress::default();
    let around = Surroundings {
        now: Timestamp::UNIX_EPOCH,
        fonts: seeds::page_fonts(),
        progress: &progress,
    };
    let mut nowhere = Nowhere::default();
    order::write(project, order, around, &mut nowhere).unwrap();
    nowhere.length
}

/// Keeps nothing but how much there was.
#[derive(Default)]
struct Nowhere {
    at: u64,
    length: u64,
}

impl io::Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.at += bytes.len() as u64;
        self.length = self.length.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl io::Seek for Nowhere {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.at = match to {
            io::SeekFrom::Start(at) => at,
            io::SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
            io::SeekFrom::End(by) => self.length.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

criterion_group!(all, benches, long_readings, formats);
criterion_main!(all);
