//! Labels × readings, or × anything that readings or highlights can be put together by.

use std::collections::BTreeSet;

use super::{
    Corpus, LabelIx,
    query::{Place, Query, QueryError},
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
    /// How many words these have, for shares.
    pub words: u64,
}

/// A matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The rows, in codebook order.
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

/// Works a matrix out. O(highlights · labels on them + words where words are asked for).
///
/// # Errors
/// As [`Query::select`].
pub fn matrix(corpus: &Corpus, spec: &Spec) -> Result<Matrix, QueryError> {
    let _ = (corpus, spec);
    todo!("helper F")
}

impl Matrix {
    /// The highlights of a cell, in the order of readings and of the text.
    pub fn excerpts(&self, corpus: &Corpus, spec: &Spec, row: usize, column: usize) -> Vec<Place> {
        let _ = (corpus, spec, row, column);
        todo!("helper F")
    }

    /// The query for the highlights of a cell, to open them in the list of excerpts.
    pub fn query(&self, corpus: &Corpus, spec: &Spec, row: usize, column: usize) -> Query {
        let _ = (corpus, spec, row, column);
        todo!("helper F")
    }
}
