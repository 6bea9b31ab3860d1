//! What comes out of a project, held against files that were looked at: `GLOSSATOR_BLESS=1 cargo test --test export` writes them
//! anew. And that what comes out as RON can come in again.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{fs, path::Path};

use common::{minute, seminar};
use glossator::{
    export::{
        Filter,
        markdown::{self, ExcerptOptions, Group},
        ron::{self, RonOptions},
    },
    model::{CoderId, LabelId, ReadingId},
};

/// Holds that `actual` is what the file `tests/golden/<name>` says.
fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} came out otherwise; look at it with GLOSSATOR_BLESS=1 and git diff:\n{actual}"
    );
}

fn only_price() -> Filter {
    Filter {
        labels: vec![LabelId::new("price").unwrap()],
        coders: vec![CoderId::new("MK").unwrap()],
        ..Filter::default()
    }
}

#[test]
fn ron() {
    let all = ron::write(
        &seminar(),
        &Filter::default(),
        &RonOptions::default(),
        minute(99),
    );
    golden("seminar.ron", &all);
    let some = ron::write(
        &seminar(),
        &only_price(),
        &RonOptions { text: false },
        minute(99),
    );
    golden("seminar-price-without-text.ron", &some);
}

#[test]
fn excerpts_by_label() {
    let options = ExcerptOptions {
        group: Group::Label,
        definitions: true,
    };
    golden(
        "excerpts-by-label.md",
        &markdown::excerpts(&seminar(), &Filter::default(), &options),
    );
    golden(
        "excerpts-price.md",
        &markdown::excerpts(&seminar(), &only_price(), &ExcerptOptions::default()),
    );
}

#[test]
fn excerpts_by_reading() {
    let options = ExcerptOptions {
        group: Group::Reading,
        definitions: true,
    };
    golden(
        "excerpts-by-reading.md",
        &markdown::excerpts(&seminar(), &Filter::default(), &options),
    );
}

#[test]
fn annotated_readings() {
    for id in ["who-gains-from-a-pact", "qushi"] {
        let id = ReadingId::new(id).unwrap();
        golden(
            &format!("annotated-{id}.md"),
            &markdown::annotated(&seminar(), &id, &Filter::default()),
        );
    }
}
