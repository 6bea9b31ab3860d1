//! Tables of excerpts and of the codebook, and what other programs read, as they are written: held against files that were looked at
//! (`GLOSSATOR_BLESS=1 cargo test --test tables` writes them anew), and read back.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../common/mod.rs"]
mod common;
mod interchange;
mod made;
mod rows;
mod spans;
mod workbook;

use std::{fs, io::Cursor, path::Path};

use common::minute;
use glossator::{
    export::{
        Filter,
        document::Stop,
        interchange as other,
        order::{Format, Options, Order, Progress, What},
        rows::{Field, separated, workbook},
    },
    model::Project,
};

/// Holds that `actual` is what the file `tests/golden/tables/<name>` says.
fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/tables")
        .join(name);
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} came out otherwise; look at it with GLOSSATOR_BLESS=1 and git diff:\n{actual}"
    );
}

/// An order of everything with every field.
fn order(what: What, format: Format) -> Order {
    Order {
        what,
        format,
        filter: Filter::default(),
        options: Options {
            fields: Field::ALL.to_vec(),
            ..Options::default()
        },
    }
}

fn written_with(project: &Project, order: &Order, progress: &Progress) -> Result<Vec<u8>, Stop> {
    let mut out = Cursor::new(Vec::new());
    let now = minute(99);
    match order.format {
        Format::Xlsx => workbook(project, order, now, progress, &mut out),
        Format::JsonLd => other::annotations(project, order, now, progress, &mut out),
        Format::Jsonl => other::lines(project, order, progress, &mut out),
        Format::Brat => other::brat(project, order, progress, &mut out),
        Format::Qdc => other::qdc(project, order, progress, &mut out),
        _ => separated(project, order, progress, &mut out),
    }?;
    Ok(out.into_inner())
}

fn written(project: &Project, order: &Order) -> Vec<u8> {
    written_with(project, order, &Progress::default()).unwrap()
}

fn text(project: &Project, order: &Order) -> String {
    String::from_utf8(written(project, order)).unwrap()
}

/// Everything that is written here.
const EVERYTHING: [(What, Format); 10] = [
    (What::Excerpts, Format::Csv),
    (What::Excerpts, Format::Tsv),
    (What::Excerpts, Format::Xlsx),
    (What::Excerpts, Format::JsonLd),
    (What::Excerpts, Format::Jsonl),
    (What::Excerpts, Format::Brat),
    (What::Codebook, Format::Csv),
    (What::Codebook, Format::Tsv),
    (What::Codebook, Format::Xlsx),
    (What::Codebook, Format::Qdc),
];

#[test]
fn what_is_expected_is_done() {
    let project = common::seminar();
    for (what, format) in EVERYTHING {
        let progress = Progress::default();
        written_with(&project, &order(what.clone(), format), &progress).unwrap();
        let (done, total) = (progress.done.into_inner(), progress.total.into_inner());
        assert!(done > 0);
        assert_eq!(done, total, "{what:?} {format:?}");
    }
}

#[test]
fn everything_can_be_cancelled() {
    let project = common::seminar();
    for (what, format) in EVERYTHING {
        let progress = Progress::default();
        progress.cancel();
        let stopped = written_with(&project, &order(what.clone(), format), &progress);
        assert!(
            matches!(stopped, Err(Stop::Cancelled)),
            "{what:?} {format:?}"
        );
    }
}

#[test]
fn a_disk_that_is_full_is_said() {
    let project = common::seminar();
    for (what, format) in EVERYTHING {
        let mut full = [0u8; 64];
        let mut out = Cursor::new(&mut full[..]);
        let order = order(what.clone(), format);
        let (now, progress) = (minute(99), Progress::default());
        let stopped = match format {
            Format::Xlsx => workbook(&project, &order, now, &progress, &mut out),
            Format::JsonLd => other::annotations(&project, &order, now, &progress, &mut out),
            Format::Jsonl => other::lines(&project, &order, &progress, &mut out),
            Format::Brat => other::brat(&project, &order, &progress, &mut out),
            Format::Qdc => other::qdc(&project, &order, &progress, &mut out),
            _ => separated(&project, &order, &progress, &mut out),
        };
        assert!(matches!(stopped, Err(Stop::Io(_))), "{what:?} {format:?}");
    }
}
