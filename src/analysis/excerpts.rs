//! The list of excerpts: what a query lets through, in groups and in order.

use std::{cmp::Reverse, collections::BTreeMap};

use jiff::Timestamp;

use super::{
    Coding, Corpus, LabelIx, Source,
    query::{Place, Query, QueryError},
};
use crate::{
    model::{CoderId, LabelId, ReadingId, Stance},
    text::fold,
};

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
    /// By the length of the passage in characters.
    Length,
    /// By year and author of the reading; readings without a year come last, whichever way the order is turned.
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

/// What `query` lets through of `corpus`, arranged. Grouped by label, when the query asks for labels, excerpts stand under those
/// only; an excerpt that has none of them, as it passed for another reason, stands under all of its own. O(n log n).
///
/// # Errors
/// As [`Query::select`].
pub fn list(corpus: &Corpus, query: &Query, arrangement: Arrangement) -> Result<List, QueryError> {
    let mut places = query.select(corpus)?;
    let highlights = places.len();
    sort(corpus, &mut places, arrangement);
    let groups = match arrangement.grouping {
        Grouping::None => BTreeMap::from([(0, (GroupKey::All, places))]),
        Grouping::Label => by_label(corpus, &query.labels(corpus)?, &places),
        Grouping::Reading => grouped(corpus, &places, |place, source, _| {
            (place.source, GroupKey::Reading(source.reading.id.clone()))
        }),
        Grouping::Stance => grouped(corpus, &places, |_, _, coding| {
            let stance = coding.highlight.stance;
            (stance_rank(stance), GroupKey::Stance(stance))
        }),
        Grouping::Coder => {
            let coders: Vec<CoderId> = corpus.coders().into_iter().collect();
            grouped(corpus, &places, |_, _, coding| {
                let coder = &coding.highlight.coder;
                let rank = coders.partition_point(|c| c < coder);
                (rank as u32, GroupKey::Coder(coder.clone()))
            })
        }
    };
    let mut list = List {
        highlights,
        ..List::default()
    };
    for (key, places) in groups
        .into_values()
        .filter(|(_, places)| !places.is_empty())
    {
        let start = list.items.len();
        list.items.extend(places);
        list.groups.push(Group {
            key,
            start,
            end: list.items.len(),
        });
    }
    Ok(list)
}

/// Groups by their rank.
type Groups = BTreeMap<u32, (GroupKey, Vec<Place>)>;

fn grouped(
    corpus: &Corpus,
    places: &[Place],
    group: impl Fn(Place, &Source, &Coding) -> (u32, GroupKey),
) -> Groups {
    let mut groups = Groups::new();
    for place in places {
        if let Some((source, coding)) = corpus.coding(*place) {
            let (rank, key) = group(*place, source, coding);
            let group = groups.entry(rank).or_insert_with(|| (key, Vec::new()));
            group.1.push(*place);
        }
    }
    groups
}

fn stance_rank(stance: Option<Stance>) -> u32 {
    let of = |stance| Stance::ALL.iter().position(|s| *s == stance);
    stance.and_then(of).unwrap_or(Stance::ALL.len()) as u32
}

fn by_label(corpus: &Corpus, asked: &[LabelIx], places: &[Place]) -> Groups {
    let labels = corpus.codebook().labels();
    let mut is_asked = vec![asked.is_empty(); labels.len()];
    asked.iter().for_each(|l| is_asked[*l as usize] = true);
    let mut buckets: Vec<Vec<Place>> = vec![Vec::new(); labels.len()];
    // Labels that the codebook lacks come last.
    let mut strange: BTreeMap<&LabelId, Vec<Place>> = BTreeMap::new();
    for place in places {
        let Some((_, coding)) = corpus.coding(*place) else {
            continue;
        };
        let all = !coding.labels.iter().any(|l| is_asked[*l as usize]);
        for label in &coding.labels {
            if all || is_asked[*label as usize] {
                buckets[*label as usize].push(*place);
            }
        }
        if coding.labels.is_empty() {
            for id in &coding.highlight.labels {
                strange.entry(id).or_default().push(*place);
            }
        }
    }
    let known = labels.iter().map(|l| &l.id).zip(buckets);
    let ranked = (0..).zip(known.chain(strange));
    ranked
        .map(|(rank, (id, places))| (rank, (GroupKey::Label(id.clone()), places)))
        .collect()
}

/// Sorts places that stand in the order of readings and of the text. What is equal stays in that order.
fn sort(corpus: &Corpus, places: &mut Vec<Place>, arrangement: Arrangement) {
    let by = |places: &mut Vec<Place>, key: &dyn Fn(&Place) -> i128| {
        let mut keyed: Vec<(i128, Place)> = places.iter().map(|p| (key(p), *p)).collect();
        match arrangement.descending {
            true => keyed.sort_by_key(|(key, _)| Reverse(*key)),
            false => keyed.sort_by_key(|(key, _)| *key),
        }
        *places = keyed.into_iter().map(|(_, place)| place).collect();
    };
    let highlight = |place: &Place| corpus.coding(*place).map(|(_, coding)| &coding.highlight);
    let time = |time: Option<Timestamp>| time.map_or(0, Timestamp::as_nanosecond);
    match arrangement.sorting {
        Sorting::Place if arrangement.descending => places.reverse(),
        Sorting::Place => {}
        Sorting::Created => by(places, &|p| time(highlight(p).map(|h| h.created))),
        Sorting::Changed => by(places, &|p| time(highlight(p).map(|h| h.changed))),
        Sorting::Length => by(places, &|p| {
            let coding = corpus.coding(*p);
            let passage = coding.map(|(source, c)| c.highlight.span.of(source.text()));
            passage.map_or(0, |text| text.chars().count() as i128)
        }),
        Sorting::Year => {
            let ranks = year_ranks(corpus, arrangement.descending);
            by(places, &|p| {
                ranks.get(p.source as usize).copied().unwrap_or_default()
            });
        }
    }
}

/// The rank of each reading by year and author, those without a year last either way.
fn year_ranks(corpus: &Corpus, descending: bool) -> Vec<i128> {
    let key = |number: usize| {
        let meta = &corpus.sources()[number].reading.meta;
        let dated = meta.year.is_some() != descending;
        (!dated, meta.year, fold(&meta.who()))
    };
    let mut order: Vec<usize> = (0..corpus.sources().len()).collect();
    order.sort_by_cached_key(|number| key(*number));
    let mut ranks = vec![0; order.len()];
    for (rank, number) in order.into_iter().enumerate() {
        ranks[number] = rank as i128;
    }
    ranks
}

#[cfg(test)]
#[path = "excerpts_tests.rs"]
mod tests;
