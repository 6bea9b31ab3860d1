//! Tables, and columns side by side as a table without lines. Every cell ends with a paragraph, and a small one follows every table:
//! Word joins tables that touch.

use super::{
    Docx,
    story::{Paragraph, fill},
};
use crate::{
    export::document::{Column, Inlines, Stop, Table},
    model::Color,
};

/// The space between columns, in twentieths of a point.
const GUTTER: u32 = 284;
/// The ground of a table's head.
const HEAD: Color = Color([0xF1, 0xEF, 0xEA]);

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    /// Repeated on every page.
    Head,
    /// Not to be parted by a page's end.
    Whole,
    /// As long as it is.
    Long,
}

impl Docx<'_> {
    /// Columns side by side.
    pub(super) fn columns(&mut self, columns: &[Column]) -> Result<(), Stop> {
        if columns.is_empty() {
            return Ok(());
        }
        let full = self.width;
        let widths = shares(&[], columns.len(), full);
        self.open_table(&widths, false);
        if columns.iter().any(|c| !c.heading.is_empty()) {
            self.open_row(Row::Head);
            for (i, column) in columns.iter().enumerate() {
                self.open_cell(widths[i], gutter(i, columns.len()), None);
                self.styled("Caption", &column.heading)?;
                self.body.xml.close();
            }
            self.body.xml.close();
        }
        self.open_row(Row::Long);
        for (i, column) in columns.iter().enumerate() {
            let gutter = gutter(i, columns.len());
            self.open_cell(widths[i], gutter, None);
            self.width = widths[i].saturating_sub(gutter.unwrap_or(0));
            self.bar = None;
            let before = self.paragraphs;
            for item in &column.items {
                self.block(&item.block)?;
                self.breaks = false;
            }
            self.width = full;
            if self.paragraphs == before {
                self.styled("Normal", &[])?;
            }
            self.body.xml.close();
        }
        self.body.xml.close();
        self.close_table();
        Ok(())
    }

    /// A table with lines.
    pub(super) fn table(&mut self, table: &Table) -> Result<(), Stop> {
        let rows = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let count = table.head.len().max(rows);
        if count == 0 {
            return Ok(());
        }
        let widths = shares(&table.widths, count, self.width);
        self.open_table(&widths, true);
        if !table.head.is_empty() {
            self.row(&widths, &table.head, Row::Head)?;
        }
        for cells in &table.rows {
            self.row(&widths, cells, Row::Whole)?;
        }
        self.close_table();
        Ok(())
    }

    fn row(&mut self, widths: &[u32], cells: &[Inlines], row: Row) -> Result<(), Stop> {
        let (style, ground) = match row {
            Row::Head => ("TableHeading", Some(HEAD)),
            Row::Whole | Row::Long => ("TableText", None),
        };
        self.open_row(row);
        for (i, width) in widths.iter().enumerate() {
            self.open_cell(*width, None, ground);
            let cell = cells.get(i).map(Vec::as_slice).unwrap_or_default();
            self.styled(style, cell)?;
            self.body.xml.close();
        }
        self.body.xml.close();
        if self.body.xml.len() >= super::CHUNK {
            super::package::drain(&mut self.zip, &mut self.body.xml)?;
        }
        Ok(())
    }

    /// A table that begins a page needs a paragraph that does.
    fn open_table(&mut self, widths: &[u32], has_lines: bool) {
        if self.breaks {
            self.spacer();
        }
        let xml = &mut self.body.xml;
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        xml.val(
            "w:tblStyle",
            if has_lines {
                "TableGrid"
            } else {
                "TableNormal"
            },
        );
        let width = widths.iter().sum::<u32>().to_string();
        xml.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        if !has_lines {
            xml.open("w:tblCellMar", &[]);
            for side in ["w:left", "w:right"] {
                xml.empty(side, &[("w:w", "0"), ("w:type", "dxa")]);
            }
            xml.close();
        }
        xml.close();
        xml.open("w:tblGrid", &[]);
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
        xml.close();
    }

    fn close_table(&mut self) {
        self.body.xml.close();
        self.spacer();
    }

    /// A low paragraph without text.
    pub(super) fn spacer(&mut self) {
        self.open_paragraph(Paragraph::new("Spacer"));
        self.body.close_paragraph();
    }

    fn open_row(&mut self, row: Row) {
        let xml = &mut self.body.xml;
        xml.open("w:tr", &[]);
        if row == Row::Long {
            return;
        }
        xml.open("w:trPr", &[]);
        xml.on("w:cantSplit");
        if row == Row::Head {
            xml.on("w:tblHeader");
        }
        xml.close();
    }

    fn open_cell(&mut self, width: u32, gutter: Option<u32>, ground: Option<Color>) {
        let xml = &mut self.body.xml;
        xml.open("w:tc", &[]);
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        if let Some(ground) = ground {
            fill(xml, ground);
        }
        if let Some(gutter) = gutter {
            xml.open("w:tcMar", &[]);
            xml.empty(
                "w:right",
                &[("w:w", &gutter.to_string()), ("w:type", "dxa")],
            );
            xml.close();
        }
        xml.close();
    }
}

/// The space after a column; none after the last.
fn gutter(column: usize, count: usize) -> Option<u32> {
    (column + 1 < count).then_some(GUTTER)
}

/// Widths of `count` columns that add up to `full`: by their shares, or alike where those make no sense.
fn shares(shares: &[f32], count: usize, full: u32) -> Vec<u32> {
    let sum: f32 = shares.iter().sum();
    let is_fit = shares.len() == count && shares.iter().all(|s| *s > 0.0) && sum.is_finite();
    let share = |i: usize| match is_fit {
        true => shares[i] / sum,
        false => 1.0 / count as f32,
    };
    let mut widths: Vec<u32> = (0..count)
        .map(|i| (share(i) * full as f32) as u32)
        .collect();
    let rest = full.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn widths_fill_the_line() {
        for given in [
            &[][..],
            &[0.5, 0.25, 0.25],
            &[0.0; 3],
            &[f32::NAN; 3],
            &[2.0],
        ] {
            let widths = shares(given, 3, 9026);
            assert_eq!(widths.iter().sum::<u32>(), 9026, "{given:?}");
            assert!(widths.iter().all(|w| *w > 2000), "{given:?}");
        }
    }
}
