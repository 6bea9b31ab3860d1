//! Along the text: where each label falls in each reading.

use std::collections::BTreeSet;

use super::{
    Corpus, LabelIx,
    query::{Place, Query, QueryError},
    rows::{Rows, Scope},
};
use crate::{model::LabelId, text::Span};

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Labels whose descendants count as they.
    pub folded: BTreeSet<LabelId>,
    /// Only these labels; all for none. One below a folded label stands for that.
    pub labels: Vec<LabelId>,
}

/// A stretch of a reading with a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The label.
    pub label: LabelIx,
    /// The stretch, in bytes of the reading's text.
    pub span: Span,
    /// The highlight.
    pub place: Place,
}

/// One reading's strip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    /// Its place in [`Corpus::sources`].
    pub source: usize,
    /// The length of the reading's text in bytes.
    pub length: u32,
    /// The marks, by label and place: one for each highlight and label.
    pub marks: Vec<Mark>,
}

/// All strips.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Along {
    /// The labels that fall anywhere, in codebook order.
    pub labels: Vec<LabelIx>,
    /// One strip a reading, in the order of readings.
    pub strips: Vec<Strip>,
}

/// Works the strips out. O(h log h) for the marks of each reading.
///
/// # Errors
/// As [`Query::select`].
pub fn along(corpus: &Corpus, spec: &Spec) -> Result<Along, QueryError> {
    let scope = Scope::new(corpus, &spec.scope)?;
    let rows = Rows::new(corpus.codebook(), &spec.folded);
    let wanted = wanted(corpus, spec, &rows);
    let mut falls = vec![false; rows.len()];
    let mut strips = Vec::with_capacity(corpus.sources().len());
    for (at, source) in corpus.sources().iter().enumerate() {
        let mut marks = Vec::new();
        for (coding, it) in scope.of(corpus, at) {
            for row in rows.of(it).filter(|row| wanted[*row]) {
                falls[row] = true;
                marks.push(Mark {
                    label: rows.labels[row],
                    span: it.highlight.span,
                    place: Place {
                        source: at as u32,
                        coding: coding as u32,
                    },
                });
            }
        }
        marks.sort_unstable_by_key(|mark| (mark.label, mark.place.coding));
        strips.push(Strip {
            source: at,
            length: source.reading.text.len(),
            marks,
        });
    }
    let labels =
        (rows.labels.iter().zip(falls)).filter_map(|(label, falls)| falls.then_some(*label));
    Ok(Along {
        labels: labels.collect(),
        strips,
    })
}

/// Which rows are asked for.
fn wanted(corpus: &Corpus, spec: &Spec, rows: &Rows) -> Vec<bool> {
    let mut wanted = vec![spec.labels.is_empty(); rows.len()];
    let numbers = spec
        .labels
        .iter()
        .filter_map(|id| corpus.codebook().number(id));
    for row in numbers.filter_map(|label| rows.row(label)) {
        wanted[row] = true;
    }
    wanted
}

impl Strip {
    /// Where a mark starts and ends, from 0 at the beginning of the text to 1 at its end.
    pub fn place_of(&self, mark: &Mark) -> (f32, f32) {
        let share = |offset: u32| (f64::from(offset) / f64::from(self.length.max(1))) as f32;
        (share(mark.span.start), share(mark.span.end))
    }

    /// The marks of one label, in text order. O(log marks).
    pub fn marks_of(&self, label: LabelIx) -> &[Mark] {
        let first = self.marks.partition_point(|mark| mark.label < label);
        let last = self.marks.partition_point(|mark| mark.label <= label);
        &self.marks[first..last]
    }

    /// For each of `parts` equal parts of the text (by bytes), how many highlights with the label touch it: all parts from that of
    /// the highlight's first byte to that of its last. A byte belongs to the part with the number byte · parts / length, rounded
    /// down. O(parts + marks of the label).
    pub fn density(&self, label: LabelIx, parts: usize) -> Vec<u32> {
        let part =
            |byte: u32| (u64::from(byte) * parts as u64 / u64::from(self.length.max(1))) as usize;
        // One more where a mark begins, one less behind its end; the sums of that are the counts.
        let mut steps = vec![0i32; parts + 1];
        let marks = self
            .marks_of(label)
            .iter()
            .filter(|mark| !mark.span.is_empty());
        for mark in marks.filter(|mark| mark.span.end <= self.length && parts > 0) {
            steps[part(mark.span.start)] += 1;
            steps[part(mark.span.end - 1) + 1] -= 1;
        }
        let mut touching = 0;
        steps.truncate(parts);
        let counts = steps.into_iter().map(|step| {
            touching += step;
            touching.unsigned_abs()
        });
        counts.collect()
    }
}
