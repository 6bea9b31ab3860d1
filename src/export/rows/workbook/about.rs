//! The sheet that says what the others are.

use jiff::Timestamp;

use super::{Codings, book::Book};
use crate::{
    export::{Filter, document::Stop, order::Order, table::Cell},
    model::Project,
    text::counted,
};

/// About a workbook of excerpts.
pub(super) fn excerpts(
    book: &mut Book,
    project: &Project,
    order: &Order,
    codings: &Codings<'_>,
    now: Timestamp,
) -> Result<(), Stop> {
    let selection = codings.selection();
    let mut rows = head(project, now);
    let highlights = counted(selection.len(), "highlight");
    let readings = counted(selection.readings.len(), "reading");
    let all = counted(codings.count(), "row");
    rows.push(said(
        "excerpts",
        &format!("{highlights} of {readings} in {all}"),
    ));
    rows.extend(only(project, &order.filter));
    rows.push(said(
        "rows",
        "Each row is a highlight with one of its labels. Rows of one highlight have the same number in the column “highlight”.",
    ));
    let mut fields: Vec<_> = codings.columns().iter().map(|c| c.field).collect();
    fields.dedup();
    rows.extend(
        fields
            .into_iter()
            .map(|field| said(field.name(), field.help())),
    );
    finish(book, rows)
}

/// About a workbook of labels.
pub(super) fn codebook(
    book: &mut Book,
    project: &Project,
    order: &Order,
    now: Timestamp,
) -> Result<(), Stop> {
    let mut rows = head(project, now);
    rows.extend(only(project, &order.filter));
    finish(book, rows)
}

fn said(what: &str, words: &str) -> Vec<Cell> {
    vec![Cell::text(what), Cell::text(words)]
}

fn head(project: &Project, now: Timestamp) -> Vec<Vec<Cell>> {
    let program = format!("Glossator {}", env!("CARGO_PKG_VERSION"));
    vec![
        said("project", project.name()),
        vec![Cell::from("exported (UTC)"), Cell::Moment(now)],
        said("program", &program),
    ]
}

/// What the filter asked for.
fn only(project: &Project, filter: &Filter) -> Vec<Vec<Cell>> {
    let title = |id| project.reading(id).map(|r| r.meta.title.clone());
    let readings: Vec<String> = filter.readings.iter().filter_map(title).collect();
    let label = |id| project.label_name(id).to_owned();
    let labels: Vec<String> = filter.labels.iter().map(label).collect();
    let coders: Vec<String> = filter.coders.iter().map(ToString::to_string).collect();
    let query = filter.chosen.as_ref().map(|chosen| chosen.query.clone());
    [
        ("only these readings", readings.join("; ")),
        ("only these labels", labels.join("; ")),
        ("only these coders", coders.join("; ")),
        ("only what this lets through", query.unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, asked)| !asked.is_empty())
    .map(|(what, asked)| said(what, &asked))
    .collect()
}

fn finish(book: &mut Book, rows: Vec<Vec<Cell>>) -> Result<(), Stop> {
    let mut sheet = book.sheet("About")?;
    sheet.column(0, 26.0)?;
    sheet.column(1, 90.0)?;
    sheet.head(book, 0, "about")?;
    sheet.head(book, 1, "this workbook")?;
    for row in rows {
        sheet.row(book, &row)?;
    }
    if book.cut > 0 {
        let cells = counted(book.cut as usize, "cell");
        let cut = format!(
            "{cells} held more than the 32,767 characters that Excel allows and end with “…”."
        );
        sheet.row(book, &said("cut", &cut))?;
    }
    book.add(sheet.finish(0)?);
    Ok(())
}
