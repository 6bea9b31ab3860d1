//! Excel workbooks.
//!
//! | sheet | a row |
//! |---|---|
//! | Excerpts | a coding, with the fields that were chosen; goes on in “Excerpts 2” where a sheet is full (1,048,576 rows) |
//! | Labels | a label: definition, use, colour, how often it was used |
//! | Readings | a reading: bibliography, words, attributes |
//! | Matrix | a label; a column a reading, with the number of codings |
//! | About | what was exported, how columns are to be read, and what a cell could not hold |
//!
//! Cells are typed: numbers, dates and yes or no are such. Text is always written as text, so that nothing in it becomes a formula
//! or a link. Times are in UTC, which Excel's dates can't say: the headings do.
//!
//! Rows are written as they come, by rust_xlsxwriter's “low memory” way: it keeps each sheet in a nameless temporary file of its
//! own, and only texts that differ in memory. The way that keeps those on disk too writes them into the cells, which not every program
//! reads. Where no temporary file can be made, sheets are kept in memory. All else about this module is pure.

mod about;
mod book;
mod matrix;
mod sheet;

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;

use self::{book::Book, matrix::Matrix, sheet::Sheet};
use super::{Codings, Field, codebook, no_table, readings};
use crate::{
    export::{
        document::Stop,
        order::{Order, Out, Progress, What},
        table::Table,
    },
    model::{Color, Project},
};

/// Writes excerpts with all that belongs to them, or the codebook, as a workbook. `now` is said to be the time of the export.
///
/// # Errors
/// When it can't be written or is cancelled; [`Stop::Bad`] when what is ordered can't be a table.
pub fn workbook(
    project: &Project,
    order: &Order,
    now: Timestamp,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    // The library panics when a temporary file of its own can't be written to.
    let write = || match order.what {
        What::Excerpts => excerpts(project, order, now, progress, out),
        What::Codebook => labels(project, order, now, progress, out),
        What::Annotated(_) | What::Packet(_) => Err(no_table()),
    };
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| {
        Err(Stop::Bad(
            "The workbook could not be written. Is there room on the disk for temporary files?"
                .to_owned(),
        ))
    })
}

fn excerpts(
    project: &Project,
    order: &Order,
    now: Timestamp,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let codings = Codings::new(project, &order.filter, &order.options);
    progress.expect(codings.count());
    let mut book = Book::new(project.name(), now)?;
    write_rows(&mut book, &codings, progress)?;
    write_labels(
        &mut book,
        &codebook(project, codings.selection()),
        codings
            .selection()
            .codebook(project)
            .iter()
            .map(|(_, l)| l.color),
        progress,
    )?;
    let table = readings(project, codings.selection(), order.options.cite);
    write_table(&mut book, "Readings", &table, &READINGS, progress)?;
    Matrix::of(&codings).write(&mut book, project, &codings, progress)?;
    about::excerpts(&mut book, project, order, &codings, now)?;
    book.save(progress, out)
}

fn labels(
    project: &Project,
    order: &Order,
    now: Timestamp,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let selection = order.filter.select(project);
    let table = codebook(project, &selection);
    let mut book = Book::new(project.name(), now)?;
    let colors = selection.codebook(project);
    write_labels(
        &mut book,
        &table,
        colors.iter().map(|(_, l)| l.color),
        progress,
    )?;
    about::codebook(&mut book, project, order, now)?;
    book.save(progress, out)
}

/// The codings, in as many sheets as they need.
fn write_rows(book: &mut Book, codings: &Codings<'_>, progress: &Progress) -> Result<(), Stop> {
    let columns = codings.columns();
    let begin = |book: &mut Book, nth: usize| -> Result<Sheet, Stop> {
        let name = match nth {
            1 => "Excerpts".to_owned(),
            nth => format!("Excerpts {nth}"),
        };
        let mut sheet = book.sheet(&name)?;
        for (at, column) in columns.iter().enumerate() {
            sheet.column(at, width(column.field))?;
            let is_moment = matches!(column.field, Field::Created | Field::Changed);
            let zone = if is_moment { " (UTC)" } else { "" };
            sheet.head(book, at, &format!("{}{zone}", column.heading))?;
        }
        Ok(sheet)
    };
    let mut nth = 1;
    let mut sheet = begin(book, nth)?;
    for row in codings.rows() {
        progress.tick()?;
        if sheet.is_full(book) {
            book.add(sheet.finish(1)?);
            nth += 1;
            sheet = begin(book, nth)?;
        }
        sheet.row(book, &row)?;
    }
    book.add(sheet.finish(1)?);
    Ok(())
}

/// The codebook, with the cells of colours filled with them.
fn write_labels(
    book: &mut Book,
    table: &Table,
    colors: impl Iterator<Item = Color>,
    progress: &Progress,
) -> Result<(), Stop> {
    progress.expect(table.rows.len());
    let at = table.columns.iter().position(|c| c == "colour");
    let mut sheet = begin_table(book, "Labels", table, &LABELS)?;
    for (row, color) in table.rows.iter().zip(colors) {
        progress.tick()?;
        sheet.row(book, row)?;
        if let Some(at) = at {
            sheet.fill(book, at, color)?;
        }
    }
    book.add(sheet.finish(1)?);
    Ok(())
}

fn write_table(
    book: &mut Book,
    name: &str,
    table: &Table,
    widths: &[f64],
    progress: &Progress,
) -> Result<(), Stop> {
    progress.expect(table.rows.len());
    let mut sheet = begin_table(book, name, table, widths)?;
    for row in &table.rows {
        progress.tick()?;
        sheet.row(book, row)?;
    }
    book.add(sheet.finish(1)?);
    Ok(())
}

/// A sheet with the headings of a table. Columns without a width of their own get the last one of `widths`.
fn begin_table(book: &mut Book, name: &str, table: &Table, widths: &[f64]) -> Result<Sheet, Stop> {
    let mut sheet = book.sheet(name)?;
    for (at, heading) in table.columns.iter().enumerate() {
        let width = widths.get(at).or(widths.last()).copied();
        sheet.column(at, width.unwrap_or(12.0))?;
        let zone = if heading == "imported" { " (UTC)" } else { "" };
        sheet.head(book, at, &format!("{heading}{zone}"))?;
    }
    Ok(sheet)
}

/// The widths of the columns of labels, in characters.
const LABELS: [f64; 14] = [
    26.0, 7.0, 24.0, 50.0, 36.0, 36.0, 24.0, 20.0, 30.0, 10.0, 6.0, 11.0, 10.0, 22.0,
];
/// The widths of the columns of readings, in characters.
const READINGS: [f64; 22] = [
    40.0, 28.0, 8.0, 14.0, 26.0, 9.0, 8.0, 10.0, 24.0, 16.0, 20.0, 22.0, 12.0, 14.0, 20.0, 50.0,
    9.0, 11.0, 17.0, 22.0, 22.0, 14.0,
];

/// The width of a field's column, in characters.
const fn width(field: Field) -> f64 {
    match field {
        Field::Quote => 70.0,
        Field::Note => 40.0,
        Field::Title | Field::LabelPath | Field::Labels => 30.0,
        Field::Citation | Field::Before | Field::After => 28.0,
        Field::Label | Field::Authors => 24.0,
        Field::LabelId | Field::Reading => 22.0,
        Field::Highlight => 19.0,
        Field::Created | Field::Changed => 17.0,
        Field::Place | Field::Attributes | Field::Key => 14.0,
        Field::StartByte | Field::EndByte | Field::StartCharacter | Field::EndCharacter => 15.0,
        Field::Stance | Field::Coder | Field::Colour | Field::Characters => 11.0,
        Field::Year | Field::Page | Field::Paragraph | Field::Sentence | Field::Words => 10.0,
    }
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
