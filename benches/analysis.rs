//! What the views of a large project cost: 100,000 highlights of 300 labels in 500 readings of 80 KB (40 MB of text), and a tenth
//! of that. Each time is that of working the whole view out after an edit of one highlight: the corpus is renewed, and what
//! belongs to unchanged readings is kept. What is worked out once for a text is measured apart, under `first`.
//!
//! `cargo bench --bench analysis`
#![allow(missing_docs, clippy::unwrap_used)]

mod common;
#[path = "common/crowd.rs"]
mod crowd;

use std::{hint::black_box, time::Duration};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use glossator::{
    analysis::{
        Corpus, along,
        contrast::{self, contrast},
        cooccur::{self, Nearness, cooccurrence},
        keyness::{self, Against, keyness},
        matrix::{self, Across, Measure, matrix},
        order::by_similarity,
        query::Query,
    },
    model::Project,
};

/// A project and the snapshot of it.
struct Desk {
    project: Project,
    corpus: Corpus,
    edits: usize,
}

impl Desk {
    fn new(readings: usize, highlights: usize) -> Self {
        let project = crowd::project(readings, highlights);
        let corpus = Corpus::new(&project);
        Self {
            project,
            corpus,
            edits: 0,
        }
    }

    /// The CPU time of a view after an edit, the renewal of the snapshot with it.
    fn after_edit<T>(&mut self, view: impl Fn(&Corpus) -> T) -> Duration {
        self.edits += 1;
        crowd::edit(&mut self.project, self.edits);
        let begun = common::cpu();
        let corpus = self.corpus.renewed(&self.project);
        black_box(view(&corpus));
        let took = common::cpu() - begun;
        self.corpus = corpus;
        took
    }
}

type View = Box<dyn Fn(&Corpus)>;

fn views() -> Vec<(&'static str, View)> {
    let mut views: Vec<(&str, View)> = Vec::new();
    for (name, measure) in [
        ("matrix/count", Measure::Count),
        ("matrix/words", Measure::Words),
        ("matrix/share", Measure::Share),
    ] {
        let spec = matrix::Spec {
            measure,
            ..matrix::Spec::default()
        };
        views.push((name, Box::new(move |c| drop(black_box(matrix(c, &spec))))));
    }
    for (name, across) in [
        ("matrix/coders", Across::Coders),
        ("matrix/genre", Across::Attribute("genre".to_owned())),
    ] {
        let spec = matrix::Spec {
            across,
            ..matrix::Spec::default()
        };
        views.push((name, Box::new(move |c| drop(black_box(matrix(c, &spec))))));
    }
    for (name, nearness) in [
        ("cooccur/overlap", Nearness::Overlap),
        ("cooccur/sentence", Nearness::Sentence),
        ("cooccur/paragraph", Nearness::Paragraph),
        ("cooccur/10 words", Nearness::Words(10)),
    ] {
        let spec = cooccur::Spec {
            nearness,
            ..cooccur::Spec::default()
        };
        views.push((
            name,
            Box::new(move |c| drop(black_box(cooccurrence(c, &spec)))),
        ));
    }
    let spec = cooccur::Spec {
        same_coder: true,
        ..cooccur::Spec::default()
    };
    views.push((
        "cooccur/same coder",
        Box::new(move |c| drop(black_box(cooccurrence(c, &spec)))),
    ));
    let spec = along::Spec::default();
    views.push((
        "along",
        Box::new(move |c| drop(black_box(along::along(c, &spec)))),
    ));
    let spec = contrast::Spec {
        theories: vec![common::label_id(0), common::label_id(5)],
        ..contrast::Spec::default()
    };
    views.push((
        "contrast",
        Box::new(move |c| drop(black_box(contrast(c, &spec)))),
    ));
    for (name, against, longest) in [
        ("words/texts", Against::Texts, 1),
        ("words/excerpts", Against::Excerpts, 1),
        ("phrases/texts", Against::Texts, 4),
        ("phrases/excerpts", Against::Excerpts, 4),
    ] {
        let target = Query::parse("label:\"Label 0 of some length\"").unwrap();
        let spec = keyness::Spec {
            target,
            against,
            longest,
            ..keyness::Spec::default()
        };
        views.push((name, Box::new(move |c| drop(black_box(keyness(c, &spec))))));
    }
    views
}

fn after_an_edit(c: &mut Criterion) {
    let mut group = c.benchmark_group("after an edit");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300));
    for (readings, highlights) in [(50, 10_000), (500, 100_000)] {
        let mut desk = Desk::new(readings, highlights);
        for (name, view) in views() {
            let first = common::cpu_of(|| view(&desk.corpus));
            eprintln!(
                "first {name}, {highlights} highlights: {:.0} ms",
                first.as_secs_f64() * 1000.0
            );
            group.bench_function(BenchmarkId::new(name, highlights), |b| {
                b.iter_custom(|n| (0..n).map(|_| desk.after_edit(&view)).sum());
            });
        }
        group.bench_function(BenchmarkId::new("corpus", highlights), |b| {
            b.iter_custom(|n| (0..n).map(|_| desk.after_edit(|_| ())).sum());
        });
    }
}

/// 100,000 highlights in a single paragraph, all of which stand together: the worst there is for co-occurrence.
fn worst(c: &mut Criterion) {
    let reading = std::sync::Arc::new(common::reading(8_000_000, true));
    let corpus = Corpus::new(&common::project(&reading, 100_000));
    let spec = cooccur::Spec {
        nearness: Nearness::Paragraph,
        ..cooccur::Spec::default()
    };
    let mut group = c.benchmark_group("worst");
    group.sample_size(10);
    group.bench_function("cooccur/one paragraph", |b| {
        b.iter_custom(|n| {
            (0..n)
                .map(|_| common::cpu_of(|| cooccurrence(&corpus, &spec)))
                .sum()
        });
    });
}

fn order(c: &mut Criterion) {
    let mut group = c.benchmark_group("order");
    for n in [30, 300] {
        let rows: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                (0..500)
                    .map(|j| (common::dice(i * 1000 + j) % 40) as f64 - 30.0)
                    .map(|x| x.max(0.0))
                    .collect()
            })
            .collect();
        group.bench_function(BenchmarkId::from_parameter(n), |b| {
            b.iter(|| by_similarity(&rows))
        });
    }
}

criterion_group!(benches, after_an_edit, worst, order);
criterion_main!(benches);
