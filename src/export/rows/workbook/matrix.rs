//! Labels × readings.

use std::collections::HashMap;

use super::{
    Codings,
    book::{Book, COLUMNS},
};
use crate::{
    export::{cite::Names, document::Stop, order::Progress},
    model::{LabelId, Project},
};

/// How many codings each label has in each reading: the rows of the sheet of excerpts, counted. With no filter these are the counts
/// of [`crate::analysis::matrix`] without folding.
pub(super) struct Matrix<'a> {
    counts: Vec<HashMap<&'a LabelId, u64>>,
}

impl<'a> Matrix<'a> {
    /// Counts. O(highlights).
    pub fn of(codings: &'a Codings<'_>) -> Self {
        let count = |highlights: &'a [&crate::model::Highlight]| {
            let mut counts: HashMap<&LabelId, u64> = HashMap::new();
            for label in highlights
                .iter()
                .flat_map(|h| codings.selection().labels_of(h))
            {
                *counts.entry(label).or_default() += 1;
            }
            counts
        };
        let readings = codings.selection().readings.iter();
        Self {
            counts: readings.map(|r| count(&r.highlights)).collect(),
        }
    }

    /// How many codings a label has in the reading with this number.
    pub fn get(&self, label: &LabelId, reading: usize) -> u64 {
        let here = self.counts.get(reading).and_then(|here| here.get(label));
        here.copied().unwrap_or_default()
    }

    /// Writes the sheet: a row a label of the codebook that goes with the selection, a column a reading, and the sum of the row.
    /// Readings for which there is no column any more are left out, but for the sums.
    pub fn write(
        &self,
        book: &mut Book,
        project: &Project,
        codings: &Codings<'_>,
        progress: &Progress,
    ) -> Result<(), Stop> {
        let selection = codings.selection();
        let names = Names::of(project);
        let mut sheet = book.sheet("Matrix")?;
        sheet.column(0, 34.0)?;
        sheet.head(book, 0, "label")?;
        let readings = &selection.readings[..selection.readings.len().min(COLUMNS - 2)];
        for (at, selected) in readings.iter().enumerate() {
            sheet.column(at + 1, 14.0)?;
            sheet.head(book, at + 1, &names.short(&selected.shelf.reading))?;
        }
        sheet.column(readings.len() + 1, 10.0)?;
        sheet.head(book, readings.len() + 1, "all")?;
        let labels = selection.codebook(project);
        progress.expect(labels.len());
        for (depth, label) in labels {
            progress.tick()?;
            sheet.strong(book, 0, &format!("{}{}", "    ".repeat(depth), label.name))?;
            for reading in 0..readings.len() {
                sheet.count(book, reading + 1, self.get(&label.id, reading))?;
            }
            let all = (0..self.counts.len()).map(|reading| self.get(&label.id, reading));
            sheet.count(book, readings.len() + 1, all.sum())?;
            sheet.end_row()?;
        }
        book.add(sheet.finish(1)?);
        Ok(())
    }
}
