//! A map of a theory: a row for each reading.

use super::{
    Section, Sheet,
    claims::{of, said},
    excerpts::stances_in_words,
};
use crate::{
    export::document::{Block, Inline, Inlines, Part, Table, bold, text},
    text::fold_space,
};

/// The shares of the columns.
const WIDTHS: [f32; 4] = [0.16, 0.14, 0.28, 0.42];

/// The table of readings: name, stances, claims, first excerpt. Without claims that are printed their column is left out.
pub(super) fn put<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    let section = out.of;
    let with_claims = !section.printed_claims().is_empty();
    let mut rows = Vec::new();
    for reading in section.readings() {
        let stances = section.stances(sheet.project, reading);
        let mut row = vec![
            vec![bold(sheet.citer.names().short(reading))],
            vec![text(stances_in_words(&stances))],
        ];
        if with_claims {
            let mut cell = Inlines::new();
            for claim in of(section, reading) {
                if !cell.is_empty() {
                    cell.push(Inline::Break);
                }
                cell.extend(said(sheet, claim, true));
            }
            row.push(cell);
        }
        let mut excerpts = section.excerpts.iter();
        let first = excerpts.find(|e| e.reading.id == reading.id);
        row.push(match first {
            Some(excerpt) => {
                let quote = sheet.quote(excerpt, section.section);
                in_a_cell(&quote)
            }
            None => Inlines::new(),
        });
        rows.push(row);
    }
    if rows.is_empty() {
        return;
    }
    let mut head = vec!["Reading", "Stance", "Claim", "In its words"];
    let mut widths = WIDTHS.to_vec();
    if !with_claims {
        head.remove(2);
        let claim = widths.remove(2);
        widths[2] += claim;
    }
    let head = head.into_iter().map(|word| vec![text(word)]).collect();
    out.put(Part::Caption, Block::Table(Table { head, widths, rows }));
}

/// An excerpt in quotation marks with its citation, and the note under it.
fn in_a_cell(quote: &crate::export::document::Quote) -> Inlines {
    let mut cell = vec![text("“")];
    for (i, paragraph) in quote.paragraphs.iter().enumerate() {
        if i > 0 {
            cell.push(text(" "));
        }
        cell.extend(paragraph.iter().cloned());
    }
    cell.push(text("” "));
    cell.extend(quote.cite.iter().cloned());
    for line in &quote.note {
        cell.push(Inline::Break);
        cell.push(text(fold_space(&crate::export::document::plain(line))));
    }
    cell
}
