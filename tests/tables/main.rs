//! Tables of excerpts and of the codebook, as they are written.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../common/mod.rs"]
mod common;

use std::io::Cursor;

use common::{minute, seminar};
use glossator::{
    export::{
        Filter,
        order::{Format, Options, Order, Progress, What},
        rows::{self, Field},
    },
    model::Project,
};

fn order(what: What, format: Format) -> Order {
    Order {
        what,
        format,
        filter: Filter::default(),
        options: Options {
            cite: Default::default(),
            group: Default::default(),
            definitions: false,
            texts: false,
            fields: Field::ALL.to_vec(),
            mark: false,
            glosses: Default::default(),
            paper: Default::default(),
        },
    }
}

fn written(project: &Project, order: &Order) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let progress = Progress::default();
    match order.format {
        Format::Xlsx => rows::workbook(project, order, minute(99), &progress, &mut out),
        _ => rows::separated(project, order, &progress, &mut out),
    }
    .unwrap();
    out.into_inner()
}

#[test]
fn try_it() {
    for (what, name) in [(What::Excerpts, "excerpts"), (What::Codebook, "codebook")] {
        for (format, ending) in [
            (Format::Csv, "csv"),
            (Format::Tsv, "tsv"),
            (Format::Xlsx, "xlsx"),
        ] {
            let bytes = written(&seminar(), &order(what.clone(), format));
            std::fs::write(format!("/tmp/f-{name}.{ending}"), bytes).unwrap();
        }
    }
}
