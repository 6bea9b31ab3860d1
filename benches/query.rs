//! How long queries and lists of excerpts take: 10,000 and 100,000 highlights in 500 readings under 300 labels.
//!
//! Wanted (issue 4): any view of 100,000 highlights in under 50 ms after an edit. Words and sentences are found once a reading is
//! open; what that takes is measured apart.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{hint::black_box, time::Duration};

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use glossator::{
    analysis::{
        Corpus,
        excerpts::{Arrangement, Grouping, Sorting, list},
        query::Query,
    },
    model::Project,
};

/// How many bytes a reading has, more or less.
const READING: usize = 60_000;

const SIZES: [usize; 2] = [10_000, 100_000];

const QUERIES: [(&str, &str); 14] = [
    ("all", ""),
    ("label", "label:\"Label 5 of some length\""),
    ("coder", "not coder:AL"),
    ("stance and year", "stance:contests year>=2010"),
    ("attribute", "@country:China @score>3"),
    ("days", "created>=2023-12"),
    (
        "overlaps",
        "label:\"Label 5 of some length\" overlaps label:\"Label 10 of some length\"",
    ),
    ("overlaps, most with most", "coder:MK overlaps not coder:MK"),
    ("within, most with most", "coder:MK within not coder:MK"),
    (
        "the example",
        "label:\"Label 5 of some length\" near(paragraph) label:\"Label 10 of some length\" not coder:AL",
    ),
    (
        "paragraph, most with most",
        "coder:MK near(paragraph) not coder:MK",
    ),
    (
        "words, most with most",
        "coder:MK near(20 words) not coder:MK",
    ),
    (
        "sentence, most with most",
        "coder:MK near(sentence) not coder:MK",
    ),
    ("text", "text:promise"),
];

fn corpus(project: &Project) -> Corpus {
    let corpus = Corpus::new(project);
    corpus.sources().iter().for_each(|s| {
        black_box(s.codings());
    });
    corpus
}

fn queries(c: &mut Criterion) {
    let mut group = c.benchmark_group("query");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_millis(300));
    for n in SIZES {
        let project = common::many::project(n, READING);
        let corpus = corpus(&project);
        for (name, text) in QUERIES {
            let query = Query::parse(text).unwrap();
            println!("{name}: {} of {n}", query.select(&corpus).unwrap().len());
            group.bench_function(BenchmarkId::new(name, n), |b| {
                b.iter(|| query.select(&corpus).unwrap());
            });
        }
    }
    group.finish();
}

/// Relations counted in sentences and words, when these are not known yet.
fn first(c: &mut Criterion) {
    let mut group = c.benchmark_group("first query");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_millis(1));
    let project = common::many::project(SIZES[1], READING);
    for (name, text) in [
        ("label", "label:\"Label 5 of some length\""),
        (
            "words",
            "label:\"Label 5 of some length\" near(20 words) label:\"Label 10 of some length\"",
        ),
        (
            "sentence",
            "label:\"Label 5 of some length\" near(sentence) label:\"Label 10 of some length\"",
        ),
        (
            "sentence, most with most",
            "coder:MK near(sentence) not coder:MK",
        ),
    ] {
        let query = Query::parse(text).unwrap();
        group.bench_function(name, |b| {
            b.iter_batched(
                || Corpus::new(&project),
                |corpus| query.select(&corpus).unwrap(),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

fn lists(c: &mut Criterion) {
    let mut group = c.benchmark_group("excerpts");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_millis(300));
    for n in SIZES {
        let project = common::many::project(n, READING);
        let corpus = corpus(&project);
        for (name, grouping, sorting) in [
            ("by label", Grouping::Label, Sorting::Place),
            ("by reading", Grouping::Reading, Sorting::Place),
            ("by coder, by year", Grouping::Coder, Sorting::Year),
            ("by stance, by length", Grouping::Stance, Sorting::Length),
            ("by creation", Grouping::None, Sorting::Created),
        ] {
            let arrangement = Arrangement {
                grouping,
                sorting,
                descending: false,
            };
            group.bench_function(BenchmarkId::new(name, n), |b| {
                b.iter(|| list(&corpus, &Query::default(), arrangement).unwrap());
            });
        }
    }
    group.finish();
}

criterion_group!(all, queries, first, lists);
criterion_main!(all);
