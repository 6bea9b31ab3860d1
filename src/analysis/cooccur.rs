//! Labels × labels: which stand together.
//!
//! # What is counted
//!
//! Two highlights of one reading **stand together** when they share a byte, touch a common sentence or paragraph, or have at most
//! n words between them ([`Nearness`]); a highlight stands together with itself. Words lie between two highlights when they start
//! behind the end of the one and before the start of the other.
//!
//! For two labels, a **pair** is two highlights that stand together, of which one has the one label and the other the other; or
//! one highlight that has both. Whatever labels the two have besides, they are one pair: two highlights that both have both labels
//! are one pair with each other, and each is one with itself.
//!
//! **Jaccard's index** of two labels is the number of highlights that have either and stand together with one that has the other
//! (or have both), divided by the number of highlights that have either. (Jaccard 1901, “Étude comparative de la distribution
//! florale”, with passages for places and labels for plants.)
//!
//! A highlight has a folded label when it has it or one below it. The scope, and the same coder where that is asked for, decide
//! which highlights there are at all, on both sides of a pair.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    Coding, Corpus, LabelIx, Source,
    query::{Place, Query, QueryError},
    rows::{Rows, Scope},
    sweep::{Counts, Passages},
};
use crate::model::{CoderId, LabelId};

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
    /// one pair, and so are two highlights that both have both. Symmetric; the diagonal is 0.
    pub pairs: Vec<Vec<u32>>,
    /// Jaccard's index: highlights with either label that stand together with the other, by highlights with either. From 0 to
    /// 1, symmetric. (Jaccard 1901.)
    pub jaccard: Vec<Vec<f64>>,
}

/// Counts which labels stand together. With n highlights of one reading, each of at most k labels, l labels in all:
/// O(n · (log n + k · l)) at worst, where every highlight stands together with every other; mostly far less, as only labels that
/// do stand together cost anything.
///
/// # Errors
/// As [`Query::select`].
pub fn cooccurrence(corpus: &Corpus, spec: &Spec) -> Result<Cooccurrence, QueryError> {
    let scope = Scope::new(corpus, &spec.scope)?;
    let rows = Rows::new(corpus.codebook(), &spec.folded);
    let mut counts = Counts::new(rows.len());
    for (at, source) in corpus.sources().iter().enumerate() {
        let reach = Reach {
            source,
            nearness: spec.nearness,
        };
        let add = |passages: &mut Passages, (place, coding): (usize, &Coding)| {
            passages.push(reach.of(place), rows.of(coding).map(|row| row as u32));
        };
        if spec.same_coder {
            let mut by_coder: BTreeMap<&CoderId, Passages> = BTreeMap::new();
            for (place, coding) in scope.of(corpus, at) {
                let own = by_coder.entry(&coding.highlight.coder).or_default();
                add(own, (place, coding));
            }
            by_coder.values().for_each(|own| counts.add(own));
        } else {
            let mut all = Passages::default();
            scope.of(corpus, at).for_each(|one| add(&mut all, one));
            counts.add(&all);
        }
    }
    Ok(Cooccurrence {
        totals: counts.totals(),
        pairs: counts.pairs(),
        jaccard: counts.jaccard(),
        labels: rows.labels,
    })
}

/// From where to where each passage of a reading reaches: two stand together when they share a number.
struct Reach<'a> {
    source: &'a Source,
    nearness: Nearness,
}

impl Reach<'_> {
    /// The first and the last number of a passage, by its place among the codings. Firsts ascend in text order.
    fn of(&self, coding: usize) -> (u32, u32) {
        let range = match self.nearness {
            Nearness::Overlap => {
                let span = self.source.codings()[coding].highlight.span;
                (span.start, span.end)
            }
            Nearness::Sentence => self.source.sentence_ranges()[coding],
            Nearness::Paragraph => self.source.paragraph_ranges()[coding],
            // What starts n words after the last word of this one begins with word `end + n`.
            Nearness::Words(n) => {
                let (start, end) = self.source.word_ranges()[coding];
                (start, end.saturating_add(n).saturating_add(1))
            }
        };
        (range.0, range.1.saturating_sub(1).max(range.0))
    }
}

impl Cooccurrence {
    /// The pairs of a cell, in text order; a highlight with both labels is paired with itself. The first of each pair has the
    /// row's label, the second the column's. O(highlights + pairs).
    pub fn pairs_of(
        &self,
        corpus: &Corpus,
        spec: &Spec,
        a: usize,
        b: usize,
    ) -> Vec<(Place, Place)> {
        // The scope gave this table, so it can be evaluated.
        let Ok(scope) = Scope::new(corpus, &spec.scope) else {
            return Vec::new();
        };
        if a == b || a.max(b) >= self.labels.len() {
            return Vec::new();
        }
        let rows = Rows::new(corpus.codebook(), &spec.folded);
        let mut found = Vec::new();
        for (at, source) in corpus.sources().iter().enumerate() {
            let reach = Reach {
                source,
                nearness: spec.nearness,
            };
            // Those that reach as far as the passage at hand, or may yet.
            let mut open: Vec<Candidate> = Vec::new();
            for (place, coding) in scope.of(corpus, at) {
                let has = |wanted| rows.of(coding).any(|row| row == wanted);
                let new = Candidate {
                    place: Place {
                        source: at as u32,
                        coding: place as u32,
                    },
                    coder: &coding.highlight.coder,
                    last: 0,
                    has: (has(a), has(b)),
                };
                if new.has == (false, false) {
                    continue;
                }
                let (first, last) = reach.of(place);
                open.retain(|old| old.last >= first);
                let near = open
                    .iter()
                    .filter(|old| !spec.same_coder || old.coder == new.coder);
                found.extend(near.filter_map(|old| old.pair(&new)));
                found.extend(new.pair(&new));
                open.push(Candidate { last, ..new });
            }
        }
        found.sort_unstable_by_key(|(x, y)| (*x.min(y), *x.max(y)));
        found
    }

    /// The labels that stand together most often: row, column, pairs; the most frequent first, then in codebook order.
    pub fn top(&self, most: usize) -> Vec<(usize, usize, u32)> {
        let mut all = Vec::new();
        for (row, pairs) in self.pairs.iter().enumerate() {
            let above = pairs.iter().enumerate().skip(row + 1);
            all.extend(above.map(|(column, n)| (row, column, *n)));
        }
        all.retain(|(_, _, n)| *n > 0);
        all.sort_by_key(|(_, _, n)| Reverse(*n));
        all.truncate(most);
        all
    }
}

/// A highlight that has one of two labels.
struct Candidate<'a> {
    place: Place,
    coder: &'a CoderId,
    /// The last number that it reaches.
    last: u32,
    /// Whether it has the one and the other label.
    has: (bool, bool),
}

impl Candidate<'_> {
    /// This highlight and one that stands together with it, the one with the first label first, if they have both.
    fn pair(&self, other: &Self) -> Option<(Place, Place)> {
        if self.has.0 && other.has.1 {
            Some((self.place, other.place))
        } else if self.has.1 && other.has.0 {
            Some((other.place, self.place))
        } else {
            None
        }
    }
}
