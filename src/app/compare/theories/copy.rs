//! The table of theories for elsewhere: as a table of cells, and as Markdown for a text.

use std::fmt::Write as _;

use super::{Shown, stance_title};
use crate::{
    analysis::contrast::{Cell as Quotes, Claim, STANCES},
    export::{
        cite::{Names, Place, quoted},
        table::{Cell, Table},
    },
};

/// How many quotes of a cell are taken along; how many there are is said.
const MOST: usize = 12;

/// The columns that have anything.
fn columns(shown: &Shown) -> Vec<usize> {
    (0..STANCES.len()).filter(|at| shown.filled[*at]).collect()
}

/// The quotes of a cell with their citations, then the claims, a line each.
fn lines(shown: &Shown, names: &Names, cell: &Quotes) -> Vec<String> {
    let quotes = cell.quotes.iter().take(MOST).filter_map(|quote| {
        let (source, coding) = shown.corpus.coding(quote.place)?;
        let (reading, span) = (&source.reading, coding.highlight.span);
        let cited = names.passage(reading, &Place::of(reading, span));
        Some(format!("{} {cited}", quoted(reading, span)))
    });
    let mut lines: Vec<String> = quotes.collect();
    if cell.quotes.len() > MOST {
        lines.push(format!("and {} more", cell.quotes.len() - MOST));
    }
    lines.extend(cell.claims.iter().map(claimed));
    lines
}

fn claimed(claim: &Claim) -> String {
    format!("{}: {}", claim.coder, claim.text.trim())
}

/// A row for each reading and theory, with what is claimed of the whole.
fn rows(shown: &Shown, names: &Names) -> Vec<Vec<String>> {
    let columns = columns(shown);
    let mut rows = Vec::new();
    for row in &shown.contrast.rows {
        let Some(source) = shown.corpus.source(&row.reading) else {
            continue;
        };
        for (theory, cells) in row.cells.iter().enumerate() {
            let mut out = vec![names.short(&source.reading)];
            if shown.spec.theories.len() > 1 {
                out.push(
                    shown
                        .theory(theory)
                        .map_or_else(String::new, |l| l.name.clone()),
                );
            }
            let cell = |at: &usize| lines(shown, names, &cells[*at]).join("\n");
            out.extend(columns.iter().map(cell));
            let whole: Vec<String> = row.claims[theory].iter().map(claimed).collect();
            out.push(whole.join("\n"));
            rows.push(out);
        }
    }
    rows
}

fn headings(shown: &Shown) -> Vec<String> {
    let mut headings = vec!["Reading".to_owned()];
    if shown.spec.theories.len() > 1 {
        headings.push("Theory".to_owned());
    }
    headings.extend(
        columns(shown)
            .iter()
            .map(|at| stance_title(STANCES[*at]).to_owned()),
    );
    headings.push("As a whole".to_owned());
    headings
}

fn title(shown: &Shown) -> String {
    let theories = (0..shown.spec.theories.len()).filter_map(|at| shown.theory(at));
    let names: Vec<&str> = theories.map(|l| l.name.as_str()).collect();
    names.join(" against ")
}

/// As a table of cells.
pub fn table(shown: &Shown, names: &Names) -> Table {
    Table {
        title: title(shown),
        columns: headings(shown),
        rows: (rows(shown, names).into_iter())
            .map(|row| row.into_iter().map(Cell::from).collect())
            .collect(),
    }
}

/// As a table in Markdown, with line breaks within cells as `<br>`.
pub fn markdown(shown: &Shown, names: &Names) -> String {
    let cell = |text: &String| {
        let text = text
            .replace('\\', "\\\\")
            .replace('|', "\\|")
            .replace('<', "&lt;");
        text.replace("\r\n", "\n").replace(['\n', '\r'], "<br>")
    };
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(cell).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let headings = headings(shown);
    let mut out = line(&headings);
    let _ = writeln!(out, "|{}", " --- |".repeat(headings.len()));
    for row in rows(shown, names) {
        out.push_str(&line(&row));
    }
    out
}
