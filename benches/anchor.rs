//! Passages of a text found again in a new version of it: 77 KB, 770 KB and 7.7 MB, 100 to 10,000 passages; one sentence in
//! ten is edited, one paragraph in fifteen is deleted, one in twenty new, one in forty moved.
//!
//! Wanted: 10,000 passages of 7.7 MB in a few seconds, and no text that takes much longer: neither one that repeats itself all
//! the time nor a version without a word in common.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::time::Duration;

use common::dice;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use glossator::text::{Span, Text, reanchor};

const SIZES: [usize; 3] = [77_000, 770_000, 7_700_000];
const PASSAGES: [usize; 3] = [100, 1_000, 10_000];

/// A made-up word; those with low numbers come often.
fn word(seed: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "den", "ri", "so", "ku", "lam", "te", "vor", "ni", "ha", "gel", "mi", "stra", "po",
        "un", "ze",
    ];
    let mut rank =
        dice(seed) % 8000 * (dice(seed + 77) % 1000) / 1000 * (dice(seed + 99) % 1000) / 1000;
    let mut out = String::new();
    loop {
        out.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
        if rank == 0 {
            return out;
        }
    }
}

fn sentence(seed: usize) -> Vec<String> {
    (0..6 + dice(seed) % 20)
        .map(|i| word(seed * 41 + i))
        .collect()
}

/// Paragraphs of sentences.
fn paragraphs(bytes: usize, seed: usize) -> Vec<Vec<Vec<String>>> {
    let mut all = Vec::new();
    let mut written = 0;
    while written < bytes {
        let n = seed + all.len() * 16;
        let paragraph: Vec<_> = (0..1 + dice(n) % 9).map(|i| sentence(n + i)).collect();
        written += paragraph
            .iter()
            .flatten()
            .map(|word| word.len() + 1)
            .sum::<usize>();
        all.push(paragraph);
    }
    all
}

fn written(paragraphs: &[Vec<Vec<String>>]) -> Text {
    let sentence = |words: &Vec<String>| format!("So {}.", words.join(" "));
    let paragraph = |all: &Vec<Vec<String>>| all.iter().map(sentence).collect::<Vec<_>>().join(" ");
    Text::new(
        paragraphs
            .iter()
            .map(paragraph)
            .collect::<Vec<_>>()
            .join("\n\n"),
    )
}

/// A new version.
fn revised(old: &[Vec<Vec<String>>]) -> Vec<Vec<Vec<String>>> {
    let mut new = Vec::new();
    let mut moved = Vec::new();
    for (n, paragraph) in old.iter().enumerate() {
        let mut paragraph = paragraph.clone();
        for (s, words) in paragraph.iter_mut().enumerate() {
            if dice(n * 16 + s).is_multiple_of(10) {
                let at = dice(n + s) % words.len();
                words[at] = word(n + 5);
                words.insert(at, word(n + 6));
            }
        }
        match dice(n + 3) % 120 {
            0..8 => {}
            8..11 => moved.push(paragraph),
            11..17 => new.extend([paragraph, vec![sentence(n + 900_000_000)]]),
            _ => new.push(paragraph),
        }
        if n % 500 == 499 {
            new.append(&mut moved);
        }
    }
    new
}

fn passages(text: &Text, count: usize) -> Vec<Span> {
    (0..count)
        .map(|i| {
            let start = text.floor(dice(i) as u32 % (text.len() - 400));
            Span::new(start, text.floor(start + 10 + (dice(i + 1) % 390) as u32))
        })
        .collect()
}

fn anchor(c: &mut Criterion) {
    let mut group = c.benchmark_group("reanchor");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    for bytes in SIZES {
        let paragraphs = paragraphs(bytes, 0);
        let (old, new) = (written(&paragraphs), written(&revised(&paragraphs)));
        for count in PASSAGES {
            let passages = passages(&old, count);
            let id = BenchmarkId::new(format!("{} KB", bytes / 1000), count);
            group.bench_function(id, |b| b.iter(|| reanchor(&old, &new, &passages)));
        }
    }
    let repeats = common::text(7_700_000, false);
    let shorter = Text::new(repeats.as_str().replacen("\n\nIt did not last.", "", 200));
    let count = 1_000;
    let found = passages(&repeats, count);
    group.bench_function("7700 KB of ten sentences", |b| {
        b.iter(|| reanchor(&repeats, &shorter, &found));
    });
    let (old, other) = (
        written(&paragraphs(7_700_000, 0)),
        written(&paragraphs(7_700_000, 500_000_000)),
    );
    let found = passages(&old, count);
    group.bench_function("7700 KB written anew", |b| {
        b.iter(|| reanchor(&old, &other, &found));
    });
    group.finish();
}

criterion_group!(benches, anchor);
criterion_main!(benches);
