//! Suggestions: sentences in which a label's cues stand and that are not coded with it yet.

use super::{Corpus, LabelIx};
use crate::{
    model::{CoderId, ReadingId},
    text::Span,
};

/// A sentence that may belong to a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The reading.
    pub reading: ReadingId,
    /// The sentence.
    pub sentence: Span,
    /// Where the cues stand in it, in text order.
    pub cues: Vec<Span>,
}

/// The sentences in which a cue of `label` stands, reading by reading in text order, but for those that overlap a highlight of
/// `coder` with the label or one under it, and those that `coder` rejected. Headings and the list of works cited are left out.
pub fn suggestions(corpus: &Corpus, label: LabelIx, coder: &CoderId) -> Vec<Suggestion> {
    let _ = (corpus, label, coder);
    todo!("helper D")
}
