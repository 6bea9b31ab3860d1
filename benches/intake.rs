//! Many files into a project at once.
//!
//! Wanted (issue 3, release): two hundred articles of 30 pages use all cores and never block a frame for more than 16 ms. What the
//! window does itself is one edit for all of them (`perform`); what reading apart costs is a process for each file (`child`).

#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use criterion::{Criterion, criterion_group, criterion_main};
use glossator::{
    import::Options,
    intake::{Order, Progress, Reader, Taken, take_in},
    model::{CoderId, Project},
    store::Workspace,
};
use jiff::Timestamp;

const ARTICLES: usize = 200;

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_glossator"))
}

/// Web pages of about 30 pages each (12,000 words, 90 KB), so that each is read by a child.
fn articles(folder: &Path) -> Vec<PathBuf> {
    let paragraph =
        "<p>Some words of a paragraph that goes on for a while, with <em>one</em> stressed.</p>\n";
    let write = |n: usize| {
        let path = folder.join(format!("{n}.html"));
        let body = paragraph.repeat(850);
        let page = format!(
            "<html><head><title>Article {n}</title></head><body><article><h1>Article {n}</h1>{body}</article></body></html>"
        );
        fs::write(&path, page).unwrap();
        path
    };
    (0..ARTICLES).map(write).collect()
}

fn take(folder: &Path, paths: &[PathBuf]) -> Taken {
    let order = Order {
        folder,
        project: Project::new("P"),
        paths,
        options: Options::default(),
        reader: &reader(),
    };
    take_in(order, &Progress::default())
}

fn intake(c: &mut Criterion) {
    let place = tempfile::tempdir().unwrap();
    let small = place.path().join("small.html");
    fs::write(&small, "<html><body><p>Words.</p></body></html>").unwrap();
    c.bench_function("child: a small file", |b| {
        b.iter(|| {
            let read = reader().read(&small, 40, &Options::default(), &|| false);
            read.unwrap()
        });
    });

    let paths = articles(place.path());
    let begun = Instant::now();
    let taken = take(&place.path().join("once"), &paths);
    assert_eq!(taken.readings().len(), ARTICLES);
    println!("batch: {ARTICLES} articles in {:?}", begun.elapsed());

    let mut longest = std::time::Duration::ZERO;
    for turn in 0..5 {
        let folder = place.path().join(format!("p{turn}"));
        let coder = CoderId::new("MK").unwrap();
        let made = Workspace::create(&folder, "P", Vec::new(), coder, Timestamp::now());
        let mut workspace = made.unwrap();
        let mut taken = take(&folder, &paths);
        let edit = taken.take_edit().unwrap();
        let begun = Instant::now();
        let performed = workspace.perform_as(taken.what(), edit, Timestamp::now());
        longest = longest.max(begun.elapsed());
        performed.unwrap();
    }
    println!("perform: {ARTICLES} readings as one edit, at most {longest:?}");
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = intake
}
criterion_main!(benches);
