//! A map of a theory: a row for each reading.

use super::{
    Section, Sheet,
    claims::{of, said},
    excerpts::stances_in_words,
};
use crate::{
    export::{
        cite::single_quotes,
        document::{Block, Inline, Inlines, Part, Quote, Run, Table, bold, plain, text},
    },
    model::Reading,
    text::fold_space,
};

/// The columns: heading and share of the width.
const COLUMNS: [(&str, f32); 4] = [
    ("Reading", 0.16),
    ("Stance", 0.14),
    ("Claim", 0.28),
    ("In its words", 0.42),
];

/// The table of readings: name, stances, claims, first excerpt. Columns that say nothing are left out; the excerpts take their room.
pub(super) fn put<'a>(sheet: &mut Sheet<'a, '_>, out: &mut Section<'_, 'a>) {
    let readings = out.of.readings();
    let rows: Vec<Vec<Inlines>> = readings
        .into_iter()
        .map(|reading| row(sheet, out, reading))
        .collect();
    if rows.is_empty() {
        return;
    }
    let said = |column: usize| rows.iter().any(|row| !plain(&row[column]).is_empty());
    let shown: Vec<usize> = (0..COLUMNS.len())
        .filter(|c| *c != 1 && *c != 2 || said(*c))
        .collect();
    let mut widths: Vec<f32> = shown.iter().map(|c| COLUMNS[*c].1).collect();
    let rest = 1.0 - widths.iter().sum::<f32>();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    let head = shown.iter().map(|c| vec![text(COLUMNS[*c].0)]).collect();
    let of_shown = |row: Vec<Inlines>| {
        let cells = row.into_iter().enumerate();
        cells
            .filter(|(c, _)| shown.contains(c))
            .map(|(_, cell)| cell)
            .collect()
    };
    let rows = rows.into_iter().map(of_shown).collect();
    out.put(Part::Caption, Block::Table(Table { head, widths, rows }));
}

fn row<'a>(sheet: &mut Sheet<'a, '_>, out: &Section<'_, 'a>, reading: &'a Reading) -> Vec<Inlines> {
    let section = out.of;
    let stances = section.stances(sheet.project, reading);
    let mut claims = Inlines::new();
    for claim in of(section, reading) {
        if !claims.is_empty() {
            claims.push(Inline::Break);
        }
        claims.extend(said(sheet, claim, true));
    }
    let mut excerpts = section.excerpts.iter();
    let first = excerpts.find(|e| e.reading.id == reading.id);
    let words = match first {
        Some(excerpt) => in_a_cell(&sheet.quote(excerpt, section)),
        None => Inlines::new(),
    };
    vec![
        vec![bold(sheet.citer.names().short(reading))],
        vec![text(stances_in_words(&stances))],
        claims,
        words,
    ]
}

/// An excerpt in quotation marks, those within it single, with its citation, and the note under it.
fn in_a_cell(quote: &Quote) -> Inlines {
    let mut cell = vec![text("“")];
    for (i, paragraph) in quote.paragraphs.iter().enumerate() {
        if i > 0 {
            cell.push(text(" "));
        }
        cell.extend(paragraph.iter().map(single));
    }
    cell.push(text("” "));
    cell.extend(quote.cite.iter().cloned());
    for line in &quote.note {
        cell.push(Inline::Break);
        cell.push(text(fold_space(&plain(line))));
    }
    cell
}

fn single(inline: &Inline) -> Inline {
    match inline {
        Inline::Run(run) => Inline::Run(Run {
            text: single_quotes(&run.text),
            ..run.clone()
        }),
        other => other.clone(),
    }
}
