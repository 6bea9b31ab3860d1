//! The readings as a table.

use super::headings;
use crate::{
    export::{
        Selection,
        cite::{Citer, Style, reference},
        table::{Cell, Table},
    },
    model::{Project, ReadingMeta},
};

/// One row a reading, in the order of import: what a bibliography says of it, its entry in the reference list of `style`, how many
/// words it has, how many of the selected highlights lie in it, and its attributes. Numbers of [`Style::Numeric`] are those that
/// [`super::Codings`] cite by.
pub fn readings(project: &Project, selection: &Selection<'_>, style: Style) -> Table {
    let names = project.attribute_names();
    let mut table = Table::new("Readings", &HEADINGS);
    let own = HEADINGS.into_iter().map(str::to_owned);
    table.columns.extend(headings(own.collect(), &names));
    let mut citer = Citer::new(project, style);
    for selected in &selection.readings {
        let reading = &*selected.shelf.reading;
        let meta = &reading.meta;
        let entry = reference(citer.names(), reading, style).text();
        let entry = match style {
            Style::Numeric if selected.highlights.is_empty() => entry,
            Style::Numeric => format!("[{}] {entry}", citer.add(reading)),
            _ => entry,
        };
        let mut row = details(meta);
        row.extend([
            Cell::text(citer.names().short(reading)),
            Cell::text(entry),
            Cell::from(reading.words),
            Cell::from(selected.highlights.len()),
            Cell::Moment(reading.imported),
            Cell::text(reading.source_name.as_str()),
            Cell::text(reading.id.as_str()),
        ]);
        let value = |name: &String| meta.attributes.get(name).map_or(Cell::Empty, Cell::from);
        row.extend(names.iter().map(value));
        table.rows.push(row);
    }
    table
}

const HEADINGS: [&str; 21] = [
    "title",
    "authors",
    "year",
    "kind",
    "container",
    "volume",
    "issue",
    "pages",
    "publisher",
    "place",
    "doi",
    "url",
    "accessed",
    "key",
    "cited as",
    "reference",
    "words",
    "highlights",
    "imported",
    "file",
    "reading",
];

fn details(meta: &ReadingMeta) -> Vec<Cell> {
    let imprint = &meta.imprint;
    let text = |text: &String| Cell::text(text.as_str());
    vec![
        text(&meta.title),
        Cell::text(meta.authors.join("; ")),
        meta.year.map_or(Cell::Empty, |y| Cell::Number(y.into(), 0)),
        text(&meta.kind),
        text(&imprint.container),
        text(&imprint.volume),
        text(&imprint.issue),
        text(&imprint.pages),
        text(&meta.publisher),
        text(&imprint.place),
        text(&imprint.doi),
        text(&meta.url),
        text(&imprint.accessed),
        text(&imprint.key),
    ]
}
