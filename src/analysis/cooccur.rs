//! Labels × labels: which stand together.

use std::{collections::BTreeSet, fmt};

use super::{
    Corpus, LabelIx,
    query::{Place, Query, QueryError},
};
use crate::model::LabelId;

/// When two passages stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nearness {
    /// They share at least one byte, or are one highlight.
    #[default]
    Overlap,
    /// They touch a common sentence.
    Sentence,
    /// They touch a common paragraph.
    Paragraph,
    /// At most so many words lie between them.
    Words(u32),
}

impl fmt::Display for Nearness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap => f.write_str("overlap"),
            Self::Sentence => f.write_str("sentence"),
            Self::Paragraph => f.write_str("paragraph"),
            Self::Words(n) => write!(f, "{n} words"),
        }
    }
}

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// When two passages stand together.
    pub nearness: Nearness,
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Labels whose descendants are counted as they.
    pub folded: BTreeSet<LabelId>,
    /// Only passages of the same coder stand together.
    pub same_coder: bool,
}

/// How often labels stand together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cooccurrence {
    /// The labels, in codebook order: both rows and columns.
    pub labels: Vec<LabelIx>,
    /// How many highlights each has.
    pub totals: Vec<u32>,
    /// How many pairs of a highlight with the one label and a highlight with the other stand together. A highlight with both is
    /// one pair. Symmetric; the diagonal is 0.
    pub pairs: Vec<Vec<u32>>,
    /// Jaccard's index: highlights with either label that stand together with the other, by highlights with either. From 0 to
    /// 1, symmetric. (Jaccard 1901.)
    pub jaccard: Vec<Vec<f64>>,
}

/// Counts which labels stand together.
///
/// # Errors
/// As [`Query::select`].
pub fn cooccurrence(corpus: &Corpus, spec: &Spec) -> Result<Cooccurrence, QueryError> {
    let _ = (corpus, spec);
    todo!("helper F")
}

impl Cooccurrence {
    /// The pairs of a cell, in text order; a highlight with both labels is paired with itself.
    pub fn pairs_of(
        &self,
        corpus: &Corpus,
        spec: &Spec,
        a: usize,
        b: usize,
    ) -> Vec<(Place, Place)> {
        let _ = (corpus, spec, a, b);
        todo!("helper F")
    }

    /// The labels that stand together most often: row, column, pairs; the most frequent first.
    pub fn top(&self, most: usize) -> Vec<(usize, usize, u32)> {
        let _ = most;
        todo!("helper F")
    }
}
