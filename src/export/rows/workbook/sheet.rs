//! A sheet being written, row by row.

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use rust_xlsxwriter::{ExcelDateTime, IgnoreError, Worksheet};

use super::book::{Book, stop};
use crate::{
    export::{
        document::Stop,
        table::{Cell, clean},
    },
    model::Color,
};

/// How much text a cell can hold, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Columns as wide as this, in characters, break their text into lines.
const WRAPPED: f64 = 24.0;

/// A sheet being written: columns, headings, then rows.
pub(super) struct Sheet {
    worksheet: Worksheet,
    /// The row that comes next.
    next: u32,
    /// Whether each column breaks its text into lines.
    wrapped: Vec<bool>,
}

impl Sheet {
    pub fn new(worksheet: Worksheet) -> Self {
        Self {
            worksheet,
            next: 1,
            wrapped: Vec::new(),
        }
    }

    /// Makes a column so wide, in characters.
    pub fn column(&mut self, at: usize, width: f64) -> Result<(), Stop> {
        self.wrapped.resize(self.wrapped.len().max(at + 1), false);
        self.wrapped[at] = width >= WRAPPED;
        self.worksheet
            .set_column_width(at as u16, width)
            .map_err(stop)?;
        Ok(())
    }

    /// Writes a heading.
    pub fn head(&mut self, book: &mut Book, at: usize, heading: &str) -> Result<(), Stop> {
        let heading = fitting(heading, &mut book.cut);
        self.worksheet
            .write_string_with_format(0, at as u16, heading, &book.looks.head)
            .map_err(stop)?;
        Ok(())
    }

    /// Whether no row is left.
    pub fn is_full(&self, book: &Book) -> bool {
        self.next >= book.rows
    }

    /// Writes the next row.
    pub fn row(&mut self, book: &mut Book, cells: &[Cell]) -> Result<(), Stop> {
        for (at, cell) in cells.iter().enumerate() {
            self.cell(book, at, cell)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, book: &mut Book, at: usize, cell: &Cell) -> Result<(), Stop> {
        let (row, column) = (self.next, at as u16);
        let Book { looks, cut, .. } = book;
        let wrapped = self.wrapped.get(at).copied().unwrap_or_default();
        let text = if wrapped { &looks.wrapped } else { &looks.text };
        let sheet = &mut self.worksheet;
        let written = match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(words) => {
                sheet.write_string_with_format(row, column, fitting(words, cut), text)
            }
            Cell::Count(n) => sheet.write_number_with_format(row, column, *n as f64, &looks.number),
            Cell::Number(n, _) => sheet.write_number_with_format(row, column, *n, &looks.number),
            Cell::YesNo(is) => sheet.write_boolean_with_format(row, column, *is, &looks.text),
            Cell::Day(date) => match day(*date) {
                Some(day) => sheet.write_datetime_with_format(row, column, &day, &looks.day),
                None => sheet.write_string_with_format(row, column, cell.plain(), text),
            },
            Cell::Moment(time) => match moment(*time) {
                Some(time) => sheet.write_datetime_with_format(row, column, &time, &looks.moment),
                None => sheet.write_string_with_format(row, column, cell.plain(), text),
            },
        };
        written.map_err(stop)?;
        Ok(())
    }

    /// Fills a cell of the last row with a colour that it names.
    pub fn fill(&mut self, book: &mut Book, at: usize, color: Color) -> Result<(), Stop> {
        let look = book.filled(color);
        self.worksheet
            .write_string_with_format(self.next - 1, at as u16, color.to_string(), look)
            .map_err(stop)?;
        Ok(())
    }

    /// Writes a count, of which nought is a dot, in the next row; [`Self::end_row`] ends it.
    pub fn count(&mut self, book: &Book, at: usize, n: u64) -> Result<(), Stop> {
        self.worksheet
            .write_number_with_format(self.next, at as u16, n as f64, &book.looks.count)
            .map_err(stop)?;
        Ok(())
    }

    /// Writes words in bold in the next row.
    pub fn strong(&mut self, book: &mut Book, at: usize, words: &str) -> Result<(), Stop> {
        let words = fitting(words, &mut book.cut);
        self.worksheet
            .write_string_with_format(self.next, at as u16, words, &book.looks.strong)
            .map_err(stop)?;
        Ok(())
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.next += 1;
    }

    /// The sheet with its first row and its first `fixed` columns standing still and a filter over each column.
    pub fn finish(mut self, fixed: u16) -> Result<Worksheet, Stop> {
        let columns = self.wrapped.len() as u16;
        let sheet = &mut self.worksheet;
        sheet.set_freeze_panes(1, fixed).map_err(stop)?;
        if let Some(last) = columns.checked_sub(1) {
            let bottom = self.next - 1;
            sheet.autofilter(0, 0, bottom, last).map_err(stop)?;
            sheet
                .ignore_error_range(0, 0, bottom, last, IgnoreError::NumberStoredAsText)
                .map_err(stop)?;
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0).map_err(stop)?;
        Ok(self.worksheet)
    }
}

/// Text as a cell can hold it; what is cut is counted.
fn fitting<'t>(text: &'t str, cut: &mut u64) -> Cow<'t, str> {
    let text = clean(text);
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text;
    }
    *cut += 1;
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST - 1
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}…", &text[..end]))
}

/// A day as Excel counts them; none before 1900.
fn day(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let year = u16::try_from(year).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, month as u8, day as u8).ok()
}

/// A moment in UTC as Excel counts it, to the second; none before 1900.
pub(super) fn moment(time: Timestamp) -> Option<ExcelDateTime> {
    ExcelDateTime::from_timestamp(time.as_second()).ok()
}
