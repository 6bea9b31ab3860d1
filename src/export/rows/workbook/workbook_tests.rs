use std::io::Cursor;

use super::*;
use crate::export::{
    Filter,
    order::{Format, Options},
};

#[path = "../../../../tests/common/mod.rs"]
#[allow(dead_code)]
mod common;

#[test]
fn try_it() {
    let order = Order {
        what: What::Excerpts,
        format: Format::Xlsx,
        filter: Filter::default(),
        options: Options {
            fields: Field::ALL.to_vec(),
            ..Options::default()
        },
    };
    let mut out = Cursor::new(Vec::new());
    workbook(
        &common::seminar(),
        &order,
        common::minute(99),
        &Progress::default(),
        &mut out,
    )
    .unwrap();
    std::fs::write("/tmp/f.xlsx", out.into_inner()).unwrap();
    let mut out = Cursor::new(Vec::new());
    super::super::separated(&common::seminar(), &order, &Progress::default(), &mut out).unwrap();
    std::fs::write("/tmp/f.csv", out.into_inner()).unwrap();
}
