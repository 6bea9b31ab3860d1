//! Findings as tables.

use std::collections::HashSet;

use super::{Finding, What};
use crate::{
    analysis::{
        along::Along,
        contrast::{self, Claim, Contrast, Quote, STANCES},
        cooccur::Cooccurrence,
        keyness::Keyness,
        matrix::{Matrix, Measure},
        query::Place,
    },
    export::{
        cite,
        table::{Cell, Table},
    },
    model::Stance,
};

pub(super) fn table(finding: &Finding) -> Table {
    let mut table = match &finding.what {
        What::Matrix { spec, found } => finding.matrix(spec.measure, found),
        What::Cooccurrence { found, jaccard, .. } => finding.cooccurrence(found, *jaccard),
        What::Along { found, .. } => finding.along(found),
        What::Contrast {
            spec,
            found,
            quotes,
        } => finding.contrast(spec, found, *quotes),
        What::Keyness { found, .. } => keyness(found),
        What::Table(table) => return table.clone(),
    };
    table.title = finding.heading();
    table
}

impl Finding {
    /// A row a label, a column each of the matrix.
    fn matrix(&self, measure: Measure, found: &Matrix) -> Table {
        let mut table = Table::new("", &["label"]);
        table
            .columns
            .extend(found.columns.iter().map(|c| self.column(c)));
        for (row, cells) in found.rows.iter().zip(&found.cells) {
            let cell = |value: &f64| match measure {
                Measure::Count | Measure::Words => Cell::Count(*value as u64),
                Measure::Share => Cell::Number(*value, 4),
            };
            let name = Cell::text(self.label_name(row.label));
            table.rows.push(
                std::iter::once(name)
                    .chain(cells.iter().map(cell))
                    .collect(),
            );
        }
        table
    }

    /// A row a label with the number of its highlights, and a column a label.
    fn cooccurrence(&self, found: &Cooccurrence, jaccard: bool) -> Table {
        let mut table = Table::new("", &["label", "highlights"]);
        let names = found.labels.iter().map(|label| self.label_name(*label));
        table.columns.extend(names);
        for (at, label) in found.labels.iter().enumerate() {
            let mut row = vec![
                Cell::text(self.label_name(*label)),
                Cell::from(found.totals[at]),
            ];
            row.extend((0..found.labels.len()).map(|other| match jaccard {
                _ if other == at => Cell::Empty,
                true => Cell::Number(found.jaccard[at][other], 3),
                false => Cell::from(found.pairs[at][other]),
            }));
            table.rows.push(row);
        }
        table
    }

    /// A row a mark.
    fn along(&self, found: &Along) -> Table {
        let columns = ["reading", "label", "from", "to", "place", "coder"];
        let mut table = Table::new("", &columns);
        for strip in &found.strips {
            let length = f64::from(strip.length.max(1));
            for mark in &strip.marks {
                let Some((source, coding)) = self.corpus.coding(mark.place) else {
                    continue;
                };
                let place = cite::Place::of(&source.reading, mark.span);
                table.rows.push(vec![
                    Cell::text(self.names.short(&source.reading)),
                    Cell::text(self.label_name(mark.label)),
                    Cell::Number(f64::from(mark.span.start) / length, 4),
                    Cell::Number(f64::from(mark.span.end) / length, 4),
                    Cell::text(place.to_string()),
                    Cell::text(coding.highlight.coder.as_str()),
                ]);
            }
        }
        table
    }

    /// A row a reading and theory, a column a stance.
    fn contrast(&self, spec: &contrast::Spec, found: &Contrast, quotes: usize) -> Table {
        let mut table = Table::new("", &["reading", "label"]);
        let words = STANCES.iter().map(|stance| stance_word(*stance).to_owned());
        table.columns.extend(words);
        table.columns.push("claims about the reading".to_owned());
        for row in &found.rows {
            for (theory, cells) in row.cells.iter().enumerate() {
                let label = spec.theories.get(theory).map(|id| self.label_called(id));
                let mut line = vec![
                    Cell::text(self.cited(&row.reading)),
                    Cell::text(label.unwrap_or_default()),
                ];
                line.extend(cells.iter().map(|cell| {
                    let all = self.different(&cell.quotes);
                    let more = all.len().saturating_sub(quotes);
                    let first = all.into_iter().take(quotes);
                    let mut parts: Vec<String> = first
                        .map(|(text, cited)| format!("{text} {cited}"))
                        .collect();
                    if more > 0 {
                        parts.push(format!("({more} more)"));
                    }
                    parts.extend(cell.claims.iter().map(claimed));
                    Cell::text(parts.join("\n"))
                }));
                let claims = row.claims.get(theory).into_iter().flatten().map(claimed);
                line.push(Cell::text(claims.collect::<Vec<_>>().join("\n")));
                table.rows.push(line);
            }
        }
        table
    }

    /// Quotes with their citations, each once however many coders have it.
    pub(super) fn different(&self, quotes: &[Quote]) -> Vec<(String, String)> {
        let mut seen = HashSet::new();
        let all = quotes.iter().filter_map(|quote| self.quoted(quote.place));
        all.filter(|quoted| seen.insert(quoted.clone())).collect()
    }

    /// A highlight as a quote, and its citation.
    fn quoted(&self, place: Place) -> Option<(String, String)> {
        let (source, coding) = self.corpus.coding(place)?;
        let (reading, span) = (&source.reading, coding.highlight.span);
        let cited = self.names.passage(reading, &cite::Place::of(reading, span));
        Some((cite::quoted(reading, span), cited))
    }
}

fn claimed(claim: &Claim) -> String {
    format!("{}: {}", claim.coder, claim.text.trim())
}

/// The word for a stance or for none.
pub(super) fn stance_word(stance: Option<Stance>) -> &'static str {
    stance.map_or("no stance", Stance::word)
}

fn keyness(found: &Keyness) -> Table {
    let columns = [
        "word",
        "here",
        "there",
        "per 1000 here",
        "per 1000 there",
        "keyness",
        "log ratio",
    ];
    let mut table = Table::new("", &columns);
    let rate = |n: u32, of: u64| Cell::Number(f64::from(n) * 1000.0 / of.max(1) as f64, 2);
    table.rows = (found.words.iter())
        .map(|word| {
            vec![
                Cell::text(word.word.as_str()),
                Cell::from(word.here),
                Cell::from(word.there),
                rate(word.here, found.here),
                rate(word.there, found.there),
                Cell::Number(word.keyness, 2),
                Cell::Number(word.log_ratio, 2),
            ]
        })
        .collect();
    table
}
