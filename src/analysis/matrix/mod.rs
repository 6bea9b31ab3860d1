//! Labels × readings, or × anything that readings or highlights can be put together by.
//!
//! # What is counted
//!
//! A **highlight** is counted in the row of each of its labels, and once in a row, however many labels below a folded one it has.
//! Its column is decided by its reading (the reading itself, its year, its value of an attribute), by its coder, or by its
//! stance. So it has one column, and a column's highlights are all of the scope that belong there.
//!
//! A **word** is one of UAX #29 ([`crate::text::words`]; each Han character is one), and lies in a highlight when its first letter
//! does. In a cell each word counts once, however many highlights lie on it.
//!
//! A **share** is these words by all words of the column's readings: of the reading, of the readings of that year or with that
//! value, of the readings in which the coder has highlights, and for stances of all readings. The scope chooses highlights, not
//! texts: whatever it is, shares are of whole readings.
//!
//! Columns are there for all readings, years, coders and values of the corpus, whatever the scope, so that one sees what is
//! missing. Values of an attribute that differ in letter case, accents and punctuation only are one column, under the first
//! spelling; so are they for queries.

mod columns;

use std::collections::BTreeSet;

use columns::{Columns, quoted};

use super::{
    Corpus, LabelIx, UnitRange,
    query::{Place, Query, QueryError},
    rows::{Rows, Scope},
};
use crate::model::{CoderId, LabelId, ReadingId, Stance, Value};

/// What the columns of a matrix are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Across {
    /// One column a reading.
    #[default]
    Readings,
    /// One a year of publication.
    Years,
    /// One a coder.
    Coders,
    /// One a stance, and one for none.
    Stances,
    /// One a value of an attribute of readings, and one for readings without it.
    Attribute(String),
}

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// How many highlights.
    #[default]
    Count,
    /// How many words their passages have together, each word once however many highlights lie on it.
    Words,
    /// Which share of the column's text these words are, from 0 to 1.
    Share,
}

/// What a matrix is to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// The columns.
    pub across: Across,
    /// The cells.
    pub measure: Measure,
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Labels whose descendants are counted with them and have no row of their own.
    pub folded: BTreeSet<LabelId>,
}

/// What a column stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnKey {
    /// A reading.
    Reading(ReadingId),
    /// A year, or none.
    Year(Option<i32>),
    /// A coder.
    Coder(CoderId),
    /// A stance, or none.
    Stance(Option<Stance>),
    /// A value of the attribute, or none.
    Value(Option<Value>),
}

/// A row's label.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number.
    pub label: LabelIx,
    /// Whether its descendants are counted with it.
    pub folded: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it stands for.
    pub key: ColumnKey,
    /// Its heading.
    pub title: String,
    /// How many readings it is made of.
    pub readings: usize,
    /// How many words these have; 0 where only highlights are counted.
    pub words: u64,
}

/// A matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The rows, in codebook order: all labels that are not below a folded one.
    pub rows: Vec<Row>,
    /// The columns, in the order of readings, years, names, values.
    pub columns: Vec<Column>,
    /// Row by row, the cells as [`Measure`] says.
    pub cells: Vec<Vec<f64>>,
    /// Row by row, how many highlights each cell has, whatever the measure.
    pub counts: Vec<Vec<u32>>,
    /// How many different highlights were counted at all.
    pub highlights: usize,
}

/// Works a matrix out. O(highlights · labels on them + rows · columns); where words are asked for, finding those of all readings
/// comes first, once.
///
/// # Errors
/// As [`Query::select`].
pub fn matrix(corpus: &Corpus, spec: &Spec) -> Result<Matrix, QueryError> {
    let scope = Scope::new(corpus, &spec.scope)?;
    let rows = Rows::new(corpus.codebook(), &spec.folded);
    let needs_words = spec.measure != Measure::Count;
    let columns = Columns::new(corpus, &spec.across, needs_words);
    let width = columns.all.len();
    let mut counts = vec![vec![0u32; width]; rows.len()];
    let mut words = Words::new(rows.len() * width);
    let mut highlights = 0;
    for (at, source) in corpus.sources().iter().enumerate() {
        let ranges = match needs_words {
            true => source.word_ranges(),
            false => &[],
        };
        for (place, coding) in scope.of(corpus, at) {
            let Some(column) = columns.of(at, coding) else {
                continue;
            };
            highlights += 1;
            for row in rows.of(coding) {
                counts[row][column] += 1;
                if let Some(range) = ranges.get(place) {
                    words.add(row * width + column, *range);
                }
            }
        }
        if needs_words {
            words.before += source.units().words().len() as u64;
        }
    }
    let cells = cells(spec.measure, &counts, &words.counts, &columns.all);
    Ok(Matrix {
        rows: (rows.labels.iter().zip(&rows.folded))
            .map(|(&label, &folded)| Row { label, folded })
            .collect(),
        columns: columns.all,
        cells,
        counts,
        highlights,
    })
}

/// How many words each cell's passages have together.
struct Words {
    counts: Vec<u64>,
    /// Up to which word each cell is counted; words are numbered through all readings.
    counted: Vec<u64>,
    /// How many words the readings before this one have.
    before: u64,
}

impl Words {
    fn new(cells: usize) -> Self {
        Self {
            counts: vec![0; cells],
            counted: vec![0; cells],
            before: 0,
        }
    }

    /// Adds a passage to a cell. Passages come in text order.
    fn add(&mut self, cell: usize, (start, end): UnitRange) {
        let counted = &mut self.counted[cell];
        let start = (self.before + u64::from(start)).max(*counted);
        let end = self.before + u64::from(end);
        if end > start {
            self.counts[cell] += end - start;
            *counted = end;
        }
    }
}

fn cells(
    measure: Measure,
    counts: &[Vec<u32>],
    words: &[u64],
    columns: &[Column],
) -> Vec<Vec<f64>> {
    let cell = |row: usize, column: usize| match measure {
        Measure::Count => f64::from(counts[row][column]),
        Measure::Words => words[row * columns.len() + column] as f64,
        Measure::Share => {
            let all = columns[column].words.max(1);
            words[row * columns.len() + column] as f64 / all as f64
        }
    };
    let row = |row| (0..columns.len()).map(|column| cell(row, column)).collect();
    (0..counts.len()).map(row).collect()
}

impl Matrix {
    /// The highlights of a cell, in the order of readings and of the text.
    pub fn excerpts(&self, corpus: &Corpus, spec: &Spec, row: usize, column: usize) -> Vec<Place> {
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else {
            return Vec::new();
        };
        // The scope gave this matrix, so it can be evaluated.
        let Ok(scope) = Scope::new(corpus, &spec.scope) else {
            return Vec::new();
        };
        let labels = match row.folded {
            true => corpus.codebook().family(row.label),
            false => row.label..row.label + 1,
        };
        let mut found = Vec::new();
        for (at, source) in corpus.sources().iter().enumerate() {
            if !column.key.may_hold(source, &spec.across) {
                continue;
            }
            for (place, coding) in scope.of(corpus, at) {
                if coding.labels.iter().any(|l| labels.contains(l)) && column.key.holds(coding) {
                    found.push(Place {
                        source: at as u32,
                        coding: place as u32,
                    });
                }
            }
        }
        found
    }

    /// The query for the highlights of a cell, to open them in the list of excerpts.
    pub fn query(&self, corpus: &Corpus, spec: &Spec, row: usize, column: usize) -> Query {
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else {
            return spec.scope.clone();
        };
        let name = corpus.codebook().get(row.label).map_or("", |l| &l.name);
        let exactly = if row.folded { ':' } else { '=' };
        let text = format!(
            "label{exactly}{} {}",
            quoted(name),
            column.key.term(corpus, &spec.across)
        );
        // What is written here is the language of queries, so it reads.
        let cell = Query::parse(&text).unwrap_or_default();
        Query::all_of([spec.scope.clone(), cell])
    }
}
