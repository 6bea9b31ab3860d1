//! One row per coding: CSV, TSV and Excel workbooks for whoever counts, filters or joins what was coded.
//!
//! A **coding** is a highlight with one of its labels. A highlight with three labels makes three rows, which share what stands in the
//! column `highlight`; so labels can be filtered and counted by any program, and highlights can be put together again by that column.
//! When labels were asked for ([`Filter::labels`](super::Filter)), only codings with those and the labels under them are rows; which
//! other labels a highlight has stands in the column `labels`.
//!
//! Rows come reading by reading in the order of import, in text order within one, and a highlight's labels in the order in which
//! they were given. They are made one at a time ([`Codings::rows`]), so memory does not grow with their number. Quotes are as the
//! text has them: with their line breaks, and as long as their offsets say.

mod codebook;
mod codings;
mod field;
mod readings;
mod separated;
mod workbook;

use std::collections::{BTreeSet, HashSet};

pub use codebook::codebook;
pub use codings::{Codings, Column, Rows};
pub use field::Field;
pub use readings::readings;
pub use separated::separated;
pub use workbook::workbook;

use super::{
    document::Stop,
    order::{Order, What},
    table::Table,
};
use crate::model::Project;

/// The first rows (at most `most`) of what [`separated`] and the first sheet of [`workbook`] hold, to look at.
///
/// # Errors
/// [`Stop::Bad`] when what is ordered can't be a table.
pub fn preview(project: &Project, order: &Order, most: usize) -> Result<Table, Stop> {
    match order.what {
        What::Excerpts => {
            let codings = Codings::new(project, &order.filter, &order.options);
            let columns = codings.columns().iter();
            Ok(Table {
                title: project.name().to_owned(),
                columns: columns.map(|c| c.heading.clone()).collect(),
                rows: codings.rows().take(most).collect(),
            })
        }
        What::Codebook => {
            let mut table = codebook(project, &order.filter.select(project));
            table.rows.truncate(most);
            Ok(table)
        }
        What::Annotated(_) | What::Packet(_) => Err(no_table()),
    }
}

/// Headings for columns of attributes beside those that are `taken`: the attributes' names, and what they are where another column
/// is called so, letter case aside.
fn headings(mut taken: HashSet<String>, attributes: &BTreeSet<String>) -> Vec<String> {
    let heading = |name: &String| {
        let mut heading = name.clone();
        while !taken.insert(heading.to_lowercase()) {
            heading.push_str(" (attribute)");
        }
        heading
    };
    attributes.iter().map(heading).collect()
}

/// Why readings and packets are not written as tables.
fn no_table() -> Stop {
    Stop::Bad("Only excerpts and the codebook can be written as tables.".to_owned())
}
