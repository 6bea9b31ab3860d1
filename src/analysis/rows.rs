//! What tables of labels have in common: their rows, and the highlights that are counted.

use std::collections::BTreeSet;

use super::{
    Codebook, Coding, Corpus, LabelIx,
    query::{Place, Query, QueryError},
};
use crate::model::LabelId;

/// The labels that have a row of their own: all but those below a folded one, which are counted with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// The label of each row, in codebook order.
    pub labels: Vec<LabelIx>,
    /// Whether the labels below it are counted with it.
    pub folded: Vec<bool>,
    /// The row of each label.
    row_of: Vec<u32>,
}

impl Rows {
    /// The rows of a codebook with some labels folded. Of two folded labels, one below the other, the upper counts.
    pub fn new(codebook: &Codebook, folded: &BTreeSet<LabelId>) -> Self {
        let mut rows = Self::default();
        let mut folded_until = 0;
        for (label, it) in (0..).zip(codebook.labels()) {
            if label >= folded_until {
                let folds = folded.contains(&it.id);
                if folds {
                    folded_until = codebook.family(label).end;
                }
                rows.labels.push(label);
                rows.folded.push(folds);
            }
            rows.row_of.push(rows.labels.len() as u32 - 1);
        }
        rows
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The row in which a label is counted.
    pub fn row(&self, label: LabelIx) -> Option<usize> {
        self.row_of.get(label as usize).map(|row| *row as usize)
    }

    /// The rows in which a highlight is counted, each once, ascending.
    pub fn of<'a>(&'a self, coding: &'a Coding) -> impl Iterator<Item = usize> + 'a {
        // Labels ascend, so rows do, and equal ones are neighbours.
        let mut last = None;
        let rows = coding.labels.iter().filter_map(|label| self.row(*label));
        rows.filter(move |row| last.replace(*row) != Some(*row))
    }
}

/// The highlights that a query lets through.
#[derive(Clone, Debug)]
pub(super) struct Scope(Option<Vec<Place>>);

impl Scope {
    /// Those of `query`. At once for the query that lets all through.
    pub fn new(corpus: &Corpus, query: &Query) -> Result<Self, QueryError> {
        Ok(Self(match query.is_all() {
            true => None,
            false => Some(query.select(corpus)?),
        }))
    }

    /// Those of one reading, by its place in [`Corpus::sources`], with their places among its codings, in text order.
    pub fn of<'a>(
        &'a self,
        corpus: &'a Corpus,
        source: usize,
    ) -> impl Iterator<Item = (usize, &'a Coding)> {
        let codings = corpus
            .sources()
            .get(source)
            .map_or(&[][..], |s| s.codings());
        let (all, some) = match &self.0 {
            None => (codings, &[][..]),
            Some(places) => {
                let first = places.partition_point(|p| (p.source as usize) < source);
                let last = places.partition_point(|p| p.source as usize <= source);
                (&[][..], &places[first..last])
            }
        };
        let some = some.iter().map(|place| place.coding as usize);
        let some = some.filter_map(|at| Some((at, codings.get(at)?)));
        all.iter().enumerate().chain(some)
    }
}
