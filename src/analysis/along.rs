//! Along the text: where each label falls in each reading.

use std::collections::BTreeSet;

use super::{
    Corpus, LabelIx,
    query::{Place, Query, QueryError},
};
use crate::model::LabelId;

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Labels whose descendants count as they.
    pub folded: BTreeSet<LabelId>,
    /// Only these labels; all for none.
    pub labels: Vec<LabelId>,
    /// How many equal parts (by bytes of text) each reading is cut into for [`Strip::density`]; 100 for 0.
    pub parts: usize,
}

/// A stretch of a reading with a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The label.
    pub label: LabelIx,
    /// Where it starts, from 0 at the beginning of the text to 1 at its end.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// The highlight.
    pub place: Place,
}

/// One reading's strip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    /// Its place in [`Corpus::sources`].
    pub source: usize,
    /// The marks, by label and place.
    pub marks: Vec<Mark>,
    /// For each label of [`Along::labels`], how many highlights with it touch each part.
    pub density: Vec<Vec<u32>>,
}

/// All strips.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Along {
    /// The labels that fall anywhere, in codebook order.
    pub labels: Vec<LabelIx>,
    /// One strip a reading.
    pub strips: Vec<Strip>,
}

/// Works the strips out.
///
/// # Errors
/// As [`Query::select`].
pub fn along(corpus: &Corpus, spec: &Spec) -> Result<Along, QueryError> {
    let _ = (corpus, spec);
    todo!("helper F")
}
