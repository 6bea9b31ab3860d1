//! Tables as CSV and TSV.

use super::{Codings, codebook, no_table};
use crate::{
    export::{
        document::Stop,
        order::{Format, Order, Out, Progress, What},
        table::{Cell, guarded, one_line},
    },
    model::Project,
};

/// Writes excerpts or the codebook as CSV, or as TSV when that is the format of `order`: a line of headings, then a line a row.
///
/// CSV is that of RFC 4180 but that lines end in LF: cells with commas, quotation marks or line breaks stand in quotation marks. TSV
/// is the same with tabs, only that tabs and line breaks within cells become spaces, so that each row is a line. Both are in
/// UTF-8; times are in UTC; words that a spreadsheet would take for a formula are made safe ([`guarded`]).
///
/// # Errors
/// When it can't be written or is cancelled; [`Stop::Bad`] when what is ordered can't be a table.
pub fn separated(
    project: &Project,
    order: &Order,
    progress: &Progress,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let mut sheet = Separated::begin(order, out)?;
    match order.what {
        What::Excerpts => {
            let codings = Codings::new(project, &order.filter, &order.options);
            progress.expect(codings.count());
            sheet.line(codings.columns().iter().map(|c| c.heading.as_str()))?;
            sheet.rows(codings.rows(), progress)?;
        }
        What::Codebook => {
            let table = codebook(project, &order.filter.select(project));
            progress.expect(table.rows.len());
            sheet.line(table.columns.iter().map(String::as_str))?;
            sheet.rows(table.rows.into_iter(), progress)?;
        }
        What::Annotated(_) | What::Packet(_) => return Err(no_table()),
    }
    Ok(sheet.writer.flush()?)
}

struct Separated<'a> {
    writer: csv::Writer<&'a mut dyn Out>,
    /// Whether a row has to be a line.
    flat: bool,
}

impl<'a> Separated<'a> {
    fn begin(order: &Order, out: &'a mut dyn Out) -> Result<Self, Stop> {
        let flat = order.format == Format::Tsv;
        if order.options.mark && !flat {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let writer = csv::WriterBuilder::new()
            .delimiter(if flat { b'\t' } else { b',' })
            .buffer_capacity(1 << 16)
            .from_writer(out);
        Ok(Self { writer, flat })
    }

    fn line<'t>(&mut self, words: impl Iterator<Item = &'t str>) -> Result<(), Stop> {
        for word in words {
            self.word(word)?;
        }
        self.end()
    }

    fn rows(
        &mut self,
        rows: impl Iterator<Item = Vec<Cell>>,
        progress: &Progress,
    ) -> Result<(), Stop> {
        for row in rows {
            progress.tick()?;
            for cell in &row {
                match cell {
                    Cell::Text(text) => self.word(text)?,
                    other => self.writer.write_field(other.plain()).map_err(stop)?,
                }
            }
            self.end()?;
        }
        Ok(())
    }

    fn word(&mut self, text: &str) -> Result<(), Stop> {
        let field = match self.flat {
            true => self.writer.write_field(&*guarded(&one_line(text))),
            false => self.writer.write_field(&*guarded(text)),
        };
        field.map_err(stop)
    }

    fn end(&mut self) -> Result<(), Stop> {
        self.writer.write_record(None::<&[u8]>).map_err(stop)
    }
}

fn stop(error: csv::Error) -> Stop {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Stop::Io(error),
        other => Stop::Io(std::io::Error::other(format!("{other:?}"))),
    }
}
