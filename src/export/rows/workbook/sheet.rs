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
/// How high a line is, in points.
const LINE: f64 = 15.0;
/// How high a row can be, in points.
const HIGHEST: f64 = 409.0;
/// Sheets with no more columns than these are printed on pages as wide as they are.
const PRINTED: u16 = 8;

/// A sheet being written: columns, headings, then rows.
pub(super) struct Sheet {
    worksheet: Worksheet,
    /// The row that comes next.
    next: u32,
    /// How wide each column is, in characters.
    widths: Vec<f64>,
    /// How many lines the row at hand needs: programs don't all find that out when they open a workbook.
    lines: f64,
}

impl Sheet {
    pub fn new(worksheet: Worksheet) -> Self {
        Self {
            worksheet,
            next: 1,
            widths: Vec::new(),
            lines: 1.0,
        }
    }

    /// Makes a column so wide, in characters.
    pub fn column(&mut self, at: usize, width: f64) -> Result<(), Stop> {
        self.widths.resize(self.widths.len().max(at + 1), 0.0);
        self.widths[at] = width;
        self.worksheet
            .set_column_width(at as u16, width)
            .map_err(stop)?;
        Ok(())
    }

    /// Writes a heading.
    pub fn head(&mut self, book: &mut Book, at: usize, heading: &str) -> Result<(), Stop> {
        let heading = fitting(heading, &mut book.cut);
        let width = self.widths.get(at).copied().unwrap_or_default();
        // The button of the filter takes room.
        self.lines = self.lines.max(lines(&heading, width - 4.0));
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
        self.end_head()?;
        for (at, cell) in cells.iter().enumerate() {
            self.cell(book, at, cell)?;
        }
        self.end_row()
    }

    /// Makes the row of headings as high as they need.
    fn end_head(&mut self) -> Result<(), Stop> {
        match self.next {
            1 => self.rise(0),
            _ => Ok(()),
        }
    }

    /// Makes a row as high as its lines need.
    fn rise(&mut self, row: u32) -> Result<(), Stop> {
        if self.lines > 1.0 {
            let height = (self.lines * LINE).min(HIGHEST);
            self.worksheet.set_row_height(row, height).map_err(stop)?;
        }
        self.lines = 1.0;
        Ok(())
    }

    fn cell(&mut self, book: &mut Book, at: usize, cell: &Cell) -> Result<(), Stop> {
        let (row, column) = (self.next, at as u16);
        let Book { looks, cut, .. } = book;
        let width = self.widths.get(at).copied().unwrap_or_default();
        let mut text = &looks.text;
        if let Cell::Text(words) = cell
            && width >= WRAPPED
        {
            self.lines = self.lines.max(lines(words, width));
            text = &looks.wrapped;
        }
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
        self.end_head()?;
        let words = fitting(words, &mut book.cut);
        self.worksheet
            .write_string_with_format(self.next, at as u16, words, &book.looks.strong)
            .map_err(stop)?;
        Ok(())
    }

    /// Ends the row.
    pub fn end_row(&mut self) -> Result<(), Stop> {
        self.rise(self.next)?;
        self.next += 1;
        Ok(())
    }

    /// The sheet with its first row and its first `fixed` columns standing still and a filter over each column.
    pub fn finish(mut self, fixed: u16) -> Result<Worksheet, Stop> {
        self.end_head()?;
        let columns = self.widths.len() as u16;
        let sheet = &mut self.worksheet;
        sheet.set_freeze_panes(1, fixed).map_err(stop)?;
        if let Some(last) = columns.checked_sub(1) {
            let bottom = self.next - 1;
            sheet.autofilter(0, 0, bottom, last).map_err(stop)?;
            sheet
                .ignore_error_range(0, 0, bottom, last, IgnoreError::NumberStoredAsText)
                .map_err(stop)?;
        }
        sheet.set_landscape();
        if columns <= PRINTED {
            sheet.set_print_fit_to_pages(1, 0);
        }
        sheet.set_repeat_rows(0, 0).map_err(stop)?;
        Ok(self.worksheet)
    }
}

/// About how many lines a text takes in a column of a width in characters, where Chinese characters take two.
fn lines(text: &str, width: f64) -> f64 {
    let width = width.max(1.0);
    let of_line = |line: &str| {
        let wide = line.chars().filter(|c| *c >= '\u{1100}').count();
        let needed = (line.chars().count() + wide) as f64;
        (needed * 1.05 / width).ceil().max(1.0)
    };
    text.split('\n').map(of_line).sum()
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
