//! What a list of excerpts is worked out from, and what comes of it: done on a thread.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use super::{
    Chosen,
    measure::{HEAD, Measure},
    rows::{Row, Rows},
};
use crate::{
    analysis::{
        Coding, Corpus, Source,
        excerpts::{self, Arrangement, Group, GroupKey, Grouping, List},
        query::{Place, Query, QueryError},
    },
    app::heights::Heights,
    model::{Highlight, HighlightId, ReadingId},
};

/// What a list depends on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub revision: u64,
    pub query: Query,
    pub chosen: Option<Arc<Chosen>>,
    pub arrangement: Arrangement,
}

/// An excerpt by what stays the same while the project changes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub reading: ReadingId,
    pub highlight: Arc<Highlight>,
    /// The group that it stands in, for one that stands in several.
    pub group: GroupKey,
}

/// How much there is to lay out of an excerpt, for estimates of its height.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub quote: u32,
    pub note: u32,
    pub labels: u16,
    pub stance: bool,
}

/// A list of excerpts as it was at one moment, with what finding one's way in it needs.
pub(super) struct Listing {
    pub key: Key,
    pub corpus: Arc<Corpus>,
    pub list: List,
    pub rows: Rows,
    /// As long as the list's items.
    sizes: Vec<Size>,
    /// The rows' heights as they are estimated for one way of setting them.
    heights: Option<(Measure, Heights)>,
    /// The numbers of the items by their places.
    by_place: Vec<u32>,
    /// How many highlights the project has.
    pub total: usize,
    /// Why the query lets nothing through: it asks for what is not there.
    pub error: Option<QueryError>,
    /// When nothing passes: how many would without each of the query's conditions.
    pub without: Vec<(Query, usize)>,
}

impl Listing {
    /// Works it out, and how high its rows will be when they are set in that way. O(n log n) with n excerpts, beside what the query
    /// costs.
    pub fn new(key: Key, corpus: Arc<Corpus>, measure: Option<Measure>) -> Self {
        let (list, error) = match made(&key, &corpus) {
            Ok(list) => (list, None),
            Err(error) => (List::default(), Some(error)),
        };
        let size = |place: &Place| corpus.coding(*place).map(size).unwrap_or_default();
        let sizes = list.items.iter().map(size).collect();
        let mut by_place: Vec<u32> = (0..list.items.len() as u32).collect();
        by_place.sort_by_key(|i| list.items[*i as usize]);
        let total = corpus.sources().iter().map(|s| s.codings().len()).sum();
        let without = match list.items.is_empty() && error.is_none() && total > 0 {
            true => without_each(&key, &corpus),
            false => Vec::new(),
        };
        let heads = key.arrangement.grouping != Grouping::None;
        let mut listing = Self {
            rows: Rows::new(&list.groups, heads),
            key,
            corpus,
            list,
            sizes,
            heights: None,
            by_place,
            total,
            error,
            without,
        };
        listing.heights = measure.map(|measure| (measure, listing.estimate(&measure)));
        listing
    }

    /// How high its rows will be, about. When that was not worked out already, O(n).
    pub fn heights(&self, measure: &Measure) -> Heights {
        match &self.heights {
            Some((known, heights)) if known == measure => heights.clone(),
            _ => self.estimate(measure),
        }
    }

    fn estimate(&self, measure: &Measure) -> Heights {
        let height = |row: usize| match self.rows.get(row) {
            Some(Row::Item(item)) => measure.estimate(&self.sizes[item]),
            _ => HEAD,
        };
        Heights::new((0..self.rows.len()).map(height).collect())
    }

    /// The excerpt with a number.
    pub fn item(&self, item: usize) -> Option<(&Arc<Source>, &Coding)> {
        self.corpus.coding(*self.list.items.get(item)?)
    }

    /// The group that an excerpt stands in.
    pub fn group_of(&self, item: usize) -> Option<&Group> {
        let at = self.list.groups.partition_point(|g| g.end <= item);
        self.list.groups.get(at)
    }

    /// What to find an excerpt again by.
    pub fn spot(&self, item: usize) -> Option<Spot> {
        let (source, coding) = self.item(item)?;
        Some(Spot {
            reading: source.reading.id.clone(),
            highlight: Arc::clone(&coding.highlight),
            group: self.group_of(item)?.key.clone(),
        })
    }

    /// The number of an excerpt, where it stands in the group it stood in if it can. O(log n).
    pub fn locate(&self, spot: &Spot) -> Option<usize> {
        let source = self.corpus.position(&spot.reading)?;
        let key = |h: &Highlight| (h.span.start, Reverse(h.span.end), h.id);
        let codings = self.corpus.sources()[source].codings();
        let wanted = key(&spot.highlight);
        let coding = codings.binary_search_by_key(&wanted, |c| key(&c.highlight));
        let place = Place {
            source: source as u32,
            coding: coding.ok()? as u32,
        };
        let all = self.items_at(place);
        let same = |item: &usize| self.group_of(*item).is_some_and(|g| g.key == spot.group);
        all.clone().find(same).or_else(|| all.clone().next())
    }

    /// The numbers under which a place stands in the list, ascending.
    fn items_at(&self, place: Place) -> impl Iterator<Item = usize> + Clone + '_ {
        let at = |i: &u32| self.list.items[*i as usize];
        let from = self.by_place.partition_point(|i| at(i) < place);
        let rest = self.by_place[from..].iter();
        rest.take_while(move |i| at(i) == place)
            .map(|i| *i as usize)
    }

    /// The highlights among `wanted`, each once, in the order of the list.
    pub fn among<'a>(
        &'a self,
        wanted: &'a HashSet<HighlightId>,
    ) -> impl Iterator<Item = &'a Arc<Highlight>> + 'a {
        let mut seen = HashSet::new();
        let all = (0..self.list.items.len()).filter_map(|i| Some(&self.item(i)?.1.highlight));
        all.filter(move |h| wanted.contains(&h.id) && seen.insert(h.id))
    }

    /// The ids of a stretch of the list.
    pub fn ids(&self, items: Range<usize>) -> impl Iterator<Item = HighlightId> + '_ {
        items.filter_map(|i| Some(self.item(i)?.1.highlight.id))
    }
}

fn size((source, coding): (&Arc<Source>, &Coding)) -> Size {
    let h = &coding.highlight;
    // What is not Latin has more bytes a character, and wider ones; together that comes out about right.
    let _ = source;
    Size {
        quote: h.span.len(),
        note: h.note.len() as u32,
        labels: h.labels.len() as u16,
        stance: h.stance.is_some(),
    }
}

/// The list of what was chosen elsewhere, of those that pass the query; or of all that pass it.
fn made(key: &Key, corpus: &Corpus) -> Result<List, QueryError> {
    let list = excerpts::list(corpus, &key.query, key.arrangement)?;
    Ok(match &key.chosen {
        Some(chosen) => only(list, corpus, chosen),
        None => list,
    })
}

/// The part of a list that was chosen.
fn only(list: List, corpus: &Corpus, chosen: &Chosen) -> List {
    let mut wanted: HashMap<usize, HashSet<HighlightId>> = HashMap::new();
    for (reading, id) in &chosen.places {
        if let Some(source) = corpus.position(reading) {
            wanted.entry(source).or_default().insert(*id);
        }
    }
    let is_wanted = |place: &Place| {
        let ids = wanted.get(&(place.source as usize));
        ids.zip(corpus.coding(*place))
            .is_some_and(|(ids, (_, c))| ids.contains(&c.highlight.id))
    };
    let mut out = List::default();
    let mut seen = HashSet::new();
    for group in list.groups {
        let start = out.items.len();
        let items = &list.items[group.start..group.end];
        out.items.extend(items.iter().copied().filter(&is_wanted));
        let end = out.items.len();
        if end > start {
            seen.extend(out.items[start..].iter().copied());
            out.groups.push(Group {
                start,
                end,
                ..group
            });
        }
    }
    out.highlights = seen.len();
    out
}

/// How many would pass without each of the conditions.
fn without_each(key: &Key, corpus: &Corpus) -> Vec<(Query, usize)> {
    let all = key.query.conjuncts();
    let rest = |out: usize| {
        let others = all.iter().enumerate().filter(|(i, _)| *i != out);
        Query::all_of(others.map(|(_, q)| q.clone()))
    };
    let count = |query: Query| {
        let key = Key {
            query,
            ..key.clone()
        };
        made(&key, corpus).map_or(0, |list| list.highlights)
    };
    (0..all.len())
        .map(|i| (all[i].clone(), count(rest(i))))
        .collect()
}
