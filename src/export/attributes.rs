//! What readings are compared by, as a table: one row a reading, its attributes in columns.

use super::table::{Cell, Table};
use crate::model::{Project, ReadingMeta, Value};

/// The columns before those of the attributes. [`crate::import::attributes`] knows them by these names.
pub const COLUMNS: [&str; 5] = ["id", "title", "authors", "year", "kind"];

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// So that they can be read back as they are: a text that looks like a number stands in quotation marks.
    Typed,
    /// As people read them, and numbers as numbers.
    Plain,
}

/// The table of all readings in the order of their titles. Authors are parted by `; `.
pub fn table(project: &Project, values: Values) -> Table {
    let names = project.attribute_names();
    let mut table = Table::new("Attributes of the readings", &COLUMNS);
    table.columns.extend(names.iter().cloned());
    for shelf in project.shelves() {
        let reading = &shelf.reading;
        let meta = &reading.meta;
        let mut row = vec![Cell::text(reading.id.to_string())];
        row.extend(details(meta));
        row.extend(names.iter().map(|name| match meta.attributes.get(name) {
            Some(value) => cell(value, values),
            None => Cell::Empty,
        }));
        table.rows.push(row);
    }
    table
}

fn details(meta: &ReadingMeta) -> [Cell; 4] {
    [
        Cell::text(meta.title.clone()),
        Cell::text(meta.authors.join("; ")),
        meta.year
            .map_or(Cell::Empty, |year| Cell::Number(year.into(), 0)),
        Cell::text(meta.kind.clone()),
    ]
}

fn cell(value: &Value, values: Values) -> Cell {
    match (value, values) {
        (Value::Number(_), _) => Cell::from(value),
        (value, Values::Typed) => Cell::text(value.typed()),
        (value, Values::Plain) => Cell::text(value.to_string()),
    }
}
