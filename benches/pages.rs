//! How long it takes to lay out pages, to write them as a PDF, and to draw one.
//!
//! Wanted (issue 5, release): a page drawn at 1.5 pixels a point well under 16 ms.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{hint::black_box, io::Cursor, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use glossator::{
    export::{
        document::{Block, Head, Item, Quote, Sink as _, text},
        order::Writer as _,
        page::{Pages, Pdf},
    },
    model::PALETTE,
    seeds,
};

const WORDS: [&str; 16] = [
    "ally",
    "promise",
    "the",
    "of",
    "price",
    "格局",
    "pays",
    "never",
    "“when”",
    "and",
    "trend",
    "office",
    "balance",
    "threat",
    "power",
    "states",
];

/// An excerpt of 34 words with its citation; every fourth has a note.
fn excerpt(n: usize) -> Item {
    let words = |count: usize, salt: usize| {
        let word = |at: usize| {
            let seed = ((n * 131 + at + salt) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            WORDS[(seed >> 40) as usize % WORDS.len()]
        };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    };
    let note = n.is_multiple_of(4).then(|| vec![text(words(12, 7))]);
    Block::Quote(Quote {
        paragraphs: vec![vec![text(words(34, 0))]],
        cite: vec![text(format!(
            "(Author {}, {}, ¶{})",
            1990 + n % 30,
            n % 40,
            n % 90
        ))],
        aside: vec![text("supports · MK")],
        note: note.into_iter().collect(),
        color: Some(PALETTE[n % PALETTE.len()]),
    })
    .into()
}

fn pages(c: &mut Criterion) {
    let fonts = seeds::page_fonts();
    let head = Head::default();
    let mut group = c.benchmark_group("pages");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(5));
    for count in [100, 1_000] {
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::new("laid out", count), |b| {
            b.iter(|| Pages::of(&head, (0..count).map(excerpt), fonts));
        });
    }
    for count in [100, 1_000, 10_000] {
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::new("pdf", count), |b| {
            b.iter(|| {
                let mut out = Cursor::new(Vec::new());
                let mut pdf = Box::new(Pdf::new(&head, fonts, None, &mut out));
                (0..count).for_each(|n| pdf.put(excerpt(n)).unwrap());
                pdf.finish().unwrap();
                black_box(out.into_inner().len())
            });
        });
    }
    group.finish();
    let all = Pages::of(&head, (0..20).map(excerpt), fonts);
    let mut group = c.benchmark_group("page drawn");
    for scale in [1.0, 1.5, 3.0] {
        group.bench_function(BenchmarkId::from_parameter(scale), |b| {
            b.iter(|| black_box(all.pages[0].raster(fonts, scale)));
        });
    }
    group.finish();
}

criterion_group!(benches, pages);
criterion_main!(benches);
