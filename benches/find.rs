//! Finding in texts of 1, 10 and 100 MB, and suggestions of 300 labels in 40 MB.
//!
//! Wanted: plain search in 100 MB within three times of what `ripgrep -i` takes on the same bytes and cores. On two cores, wall
//! time over 100 MB in readings of equal size: a frequent word 24 ms, a phrase 21 ms, whole words 25 ms, any ending 13 ms, an
//! expression 22 ms, one letter 95 ms, Chinese 50 ms; the first hits after 2.6 ms.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{
    hint::black_box,
    ops::ControlFlow,
    sync::{Arc, atomic::AtomicBool},
};

use common::dice;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use glossator::{
    analysis::{
        Corpus,
        find::{Finder, Kind, Pattern},
        suggest,
    },
    edit::{Edit, apply},
    gather::gather,
    model::{CoderId, Color, Label, LabelId, Project, Reading, ReadingId, ReadingMeta, Structure},
    text::Text,
};
use jiff::Timestamp;

const SIZES: [usize; 3] = [1_000_000, 10_000_000, 100_000_000];

/// Prose of made-up words, some with accents, with curly quotation marks; a few words known.
fn prose(bytes: usize, seed: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "den", "ri", "so", "ku", "lam", "te", "vor", "ni", "ha", "gel", "mi", "stra", "po",
        "un", "ze",
    ];
    let mut out = String::with_capacity(bytes + 100);
    let mut n = seed;
    while out.len() < bytes {
        n += 1;
        match dice(n) % 400 {
            0 => out.push_str("entrapment "),
            1 => out.push_str("balance of power "),
            2 => out.push_str("“négociés” "),
            3..6 => out.push_str("the state’s "),
            6..9 => out.push_str("end.\n\n"),
            9..30 => out.push_str("alliance, "),
            _ => {
                for i in 0..1 + dice(n + 7) % 4 {
                    out.push_str(SYLLABLES[dice(n * 5 + i) % 16]);
                }
                out.push_str(if dice(n + 3).is_multiple_of(12) {
                    ". "
                } else {
                    " "
                });
            }
        }
    }
    out
}

fn chinese(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 100);
    let mut n = 0;
    while out.len() < bytes {
        n += 1;
        match dice(n) % 300 {
            0 => out.push_str("格局"),
            1 => out.push_str("。\n\n"),
            2..20 => out.push('，'),
            other => out.extend(char::from_u32(
                0x4E00 + (other * 37 + dice(n + 1) % 37) as u32,
            )),
        }
    }
    out
}

fn label(n: usize) -> Label {
    let id = LabelId::new(&format!("label-{n}")).unwrap();
    let word = |i: usize| {
        let word: String = prose(40, n * 1000 + i * 50);
        let word: String = word.chars().filter(|c| c.is_alphabetic()).take(9).collect();
        word + if i.is_multiple_of(3) { "*" } else { "" }
    };
    Label {
        cues: (0..8)
            .map(word)
            .chain(["balance of power".into()])
            .collect(),
        ..Label::new(id, format!("Label {n}"), Color([1; 3]))
    }
}

/// So many bytes in readings of at most a megabyte.
fn corpus(bytes: usize, labels: usize, text: impl Fn(usize, usize) -> String) -> Corpus {
    let mut project = Project::new("Bench");
    let mut edits: Vec<Edit> = (0..labels).map(|n| Edit::AddLabel(label(n))).collect();
    for n in 0..bytes.div_ceil(1_000_000) {
        let reading = Reading {
            id: ReadingId::new(&format!("r{n:04}")).unwrap(),
            meta: ReadingMeta {
                title: format!("Reading {n}"),
                ..ReadingMeta::default()
            },
            text: Text::new(text(bytes.min(1_000_000), n * 1_000_003)),
            sha256: n.to_string(),
            words: 0,
            structure: Structure::default(),
            source_name: String::new(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: Timestamp::UNIX_EPOCH,
        };
        edits.push(Edit::AddReading(Arc::new(reading)));
    }
    for edit in edits {
        apply(&mut project, edit).unwrap();
    }
    Corpus::new(&project)
}

fn finder(text: &str, kind: Kind) -> Finder {
    let text = text.into();
    Finder::new(&Pattern {
        text,
        kind,
        ..Pattern::default()
    })
    .unwrap()
}

fn count(corpus: &Corpus, finder: &Finder) -> usize {
    let mut count = 0;
    gather(
        corpus,
        finder,
        0..corpus.sources().len(),
        &AtomicBool::new(false),
        |found| {
            count += found.hits.len();
            ControlFlow::Continue(())
        },
    );
    count
}

/// In all readings, on all cores.
fn find(c: &mut Criterion) {
    let ways = [
        ("plain", finder("alliance", Kind::Plain)),
        ("rare", finder("entrapment", Kind::Plain)),
        ("phrase", finder("balance of power", Kind::Plain)),
        ("accents", finder("negocies", Kind::Plain)),
        ("letter", finder("e", Kind::Plain)),
        ("words", finder("alliance", Kind::Words)),
        ("any ending", finder("entrap*", Kind::Plain)),
        (
            "regex",
            finder(r"entrap(ment|ped)|balanc\w+ of", Kind::Regex),
        ),
    ];
    let mut group = c.benchmark_group("find");
    group.sample_size(10);
    for bytes in SIZES {
        let corpus = corpus(bytes, 0, prose);
        group.throughput(Throughput::Bytes(bytes as u64));
        for (name, finder) in &ways {
            group.bench_function(BenchmarkId::new(*name, bytes), |b| {
                b.iter(|| count(&corpus, finder))
            });
        }
        let corpus = self::corpus(bytes, 0, |bytes, _| chinese(bytes));
        let finder = finder("格局", Kind::Plain);
        group.bench_function(BenchmarkId::new("Chinese", bytes), |b| {
            b.iter(|| count(&corpus, &finder))
        });
    }
    group.finish();
}

/// In one reading of 50 MB, on one core, as the bar over the reading does; and until the first hits of 100 MB are there.
fn first(c: &mut Criterion) {
    let mut group = c.benchmark_group("first");
    group.sample_size(10);
    let text = prose(50_000_000, 1);
    let wanted = finder("alliance", Kind::Plain);
    group.bench_function("all in one reading of 50 MB", |b| {
        b.iter(|| black_box(wanted.hits(&text).count()))
    });
    group.bench_function("the next from the middle", |b| {
        b.iter(|| black_box(wanted.next(&text, 25_000_000)))
    });
    let corpus = corpus(100_000_000, 0, prose);
    group.bench_function("the first in 100 MB", |b| {
        b.iter(|| {
            let places = 0..corpus.sources().len();
            gather(
                &corpus,
                &wanted,
                places,
                &AtomicBool::new(false),
                |found| match found.hits.is_empty() {
                    true => ControlFlow::Continue(()),
                    false => ControlFlow::Break(()),
                },
            )
        })
    });
    group.finish();
}

fn suggestions(c: &mut Criterion) {
    let corpus = corpus(40_000_000, 300, prose);
    let coder = CoderId::new("MK").unwrap();
    let mut group = c.benchmark_group("suggest");
    group.sample_size(10);
    // Where sentences start is worked out at the first call and kept.
    suggest::counts(&corpus, &coder);
    group.bench_function("one of 300 labels in 40 MB", |b| {
        b.iter(|| black_box(suggest::suggestions(&corpus, 7, &coder).len()))
    });
    group.bench_function("how many of 300 labels in 40 MB", |b| {
        b.iter(|| black_box(suggest::counts(&corpus, &coder).len()))
    });
    group.finish();
}

criterion_group!(benches, find, first, suggestions);
criterion_main!(benches);
