//! Which excerpts are selected, and what they are together.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use super::listing::Listing;
use crate::model::{CoderId, HighlightId, LabelId};

/// The excerpts that are selected. One that stands in several groups is selected in all of them.
#[derive(Default)]
pub(super) struct Selected {
    ids: HashSet<HighlightId>,
    /// Goes up with each change.
    changes: u64,
    tally: Option<(u64, Arc<Listing>, Tally)>,
}

/// What the selected excerpts of a list are together.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// How many there are.
    pub count: usize,
    /// How many of them each coder made.
    pub coders: BTreeMap<CoderId, usize>,
    /// How many of them carry each label.
    pub labels: BTreeMap<LabelId, usize>,
}

impl Selected {
    /// Which.
    pub fn ids(&self) -> &HashSet<HighlightId> {
        &self.ids
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether one is.
    pub fn has(&self, id: HighlightId) -> bool {
        self.ids.contains(&id)
    }

    /// Selects none.
    pub fn clear(&mut self) {
        self.set(HashSet::new());
    }

    /// Selects these.
    pub fn set(&mut self, ids: HashSet<HighlightId>) {
        self.ids = ids;
        self.changes += 1;
    }

    /// Selects these too.
    pub fn add(&mut self, ids: impl IntoIterator<Item = HighlightId>) {
        self.ids.extend(ids);
        self.changes += 1;
    }

    /// Selects one, or does not any more.
    pub fn toggle(&mut self, id: HighlightId) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
        self.changes += 1;
    }

    /// What they are together, of those that the list has. O(list) after a change of either, else nothing.
    pub fn tally(&mut self, listing: &Arc<Listing>) -> &Tally {
        let fits = |(changes, of, _): &(u64, Arc<Listing>, Tally)| {
            *changes == self.changes && Arc::ptr_eq(of, listing)
        };
        let known = self.tally.take().filter(fits);
        let (_, _, tally) = self.tally.insert(known.unwrap_or_else(|| {
            (
                self.changes,
                Arc::clone(listing),
                Tally::of(listing, &self.ids),
            )
        }));
        tally
    }
}

impl Tally {
    fn of(listing: &Listing, ids: &HashSet<HighlightId>) -> Self {
        let mut tally = Self::default();
        for h in listing.among(ids) {
            tally.count += 1;
            add(&mut tally.coders, &h.coder);
            for label in &h.labels {
                add(&mut tally.labels, label);
            }
        }
        tally
    }

    /// Those who made those that `coder` did not, and how many these are.
    pub fn others(&self, coder: &CoderId) -> (BTreeSet<&CoderId>, usize) {
        let others = self.coders.iter().filter(|(c, _)| *c != coder);
        others.fold((BTreeSet::new(), 0), |(mut names, n), (name, more)| {
            names.insert(name);
            (names, n + more)
        })
    }
}

fn add<K: Ord + Clone>(counts: &mut BTreeMap<K, usize>, key: &K) {
    match counts.get_mut(key) {
        Some(n) => *n += 1,
        None => {
            counts.insert(key.clone(), 1);
        }
    }
}
