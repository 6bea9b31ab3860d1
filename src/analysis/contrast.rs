//! Theory against theory: what each reading does with a theory, or with two that contrast.

use super::{
    Corpus,
    query::{Place, Query, QueryError},
};
use crate::model::{ClaimPlace, CoderId, LabelId, ReadingId, Stance};

/// What is set side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// The theories: one, or two that contrast. Each stands for the labels under it too.
    pub theories: Vec<LabelId>,
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Readings that have nothing on the theories are rows too.
    pub empty_rows: bool,
}

/// A quote of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The highlight.
    pub place: Place,
    /// What speaks for showing it first, higher is better: see [`contrast`].
    pub merit: f64,
}

/// A claim in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose it is.
    pub coder: CoderId,
    /// Where it stands in the notebook; its reading may be an older version of the row's.
    pub place: ClaimPlace,
    /// What it says.
    pub text: String,
}

/// What one reading does with one theory under one stance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The quotes, the best first.
    pub quotes: Vec<Quote>,
    /// The claims, by coder.
    pub claims: Vec<Claim>,
}

/// One reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The reading.
    pub reading: ReadingId,
    /// For each theory of the spec, a cell for each of [`STANCES`].
    pub cells: Vec<Vec<Cell>>,
    /// For each theory, the claims about the reading as a whole.
    pub claims: Vec<Vec<Claim>>,
}

/// The columns: every stance, and highlights whose stance was not said.
pub const STANCES: [Option<Stance>; 6] = [
    Some(Stance::Supports),
    Some(Stance::Contests),
    Some(Stance::Qualifies),
    Some(Stance::Defines),
    Some(Stance::Applies),
    None,
];

/// A table of readings × stances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contrast {
    /// The rows, in the order of readings.
    pub rows: Vec<Row>,
}

/// Sets readings side by side under a theory or two.
///
/// The best quotes come first: those with a note before those without, then those that one can quote whole (one or two
/// sentences, 60 to 400 characters) before fragments and long stretches, then in text order.
///
/// # Errors
/// As [`Query::select`].
pub fn contrast(corpus: &Corpus, spec: &Spec) -> Result<Contrast, QueryError> {
    let _ = (corpus, spec);
    todo!("helper F")
}
