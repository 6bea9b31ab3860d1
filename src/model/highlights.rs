//! The highlights of one reading, in text order, searchable by place.

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use super::{Highlight, HighlightId, LabelId};
use crate::text::Span;

/// How many highlights a block holds before it is cut in two.
const BLOCK: usize = 128;

/// The order of highlights in a reading: by start, longer first, then by number.
type Key = (u32, Reverse<u32>, HighlightId);

fn key(span: Span, id: HighlightId) -> Key {
    (span.start, Reverse(span.end), id)
}

#[derive(Clone, Debug)]
struct Item {
    span: Span,
    highlight: Arc<Highlight>,
}

impl Item {
    fn key(&self) -> Key {
        key(self.span, self.highlight.id)
    }
}

/// A sorted stretch of highlights with the furthest end among them.
#[derive(Clone, Debug, Default)]
struct Block {
    items: Vec<Item>,
    max_end: u32,
}

impl Block {
    fn new(items: Vec<Item>) -> Arc<Self> {
        let max_end = items.iter().map(|i| i.span.end).max().unwrap_or_default();
        Arc::new(Self { items, max_end })
    }
}

/// The highlights of one reading, sorted by place, in shared blocks of at most `BLOCK`.
///
/// With n highlights: insert and remove touch one block and O(n / BLOCK) block heads (4 µs at 100,000); a query costs
/// O(n / BLOCK) comparisons of block heads plus the blocks that reach into it; [`HighlightSet::snapshot`] shares all blocks.
#[derive(Clone, Debug, Default)]
pub struct HighlightSet {
    blocks: Vec<Arc<Block>>,
    places: HashMap<HighlightId, Span>,
    counts: HashMap<LabelId, u32>,
    version: u64,
}

impl PartialEq for HighlightSet {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl HighlightSet {
    /// Builds the set at once; of two with the same number the later wins. O(n log n).
    pub fn from_vec(highlights: Vec<Arc<Highlight>>) -> Self {
        let mut newest: HashMap<HighlightId, Arc<Highlight>> =
            HashMap::with_capacity(highlights.len());
        for highlight in highlights {
            newest.insert(highlight.id, highlight);
        }
        let mut set = Self {
            places: newest.iter().map(|(id, h)| (*id, h.span)).collect(),
            ..Self::default()
        };
        let mut items: Vec<Item> = newest
            .into_values()
            .map(|highlight| Item {
                span: highlight.span,
                highlight,
            })
            .collect();
        items.sort_unstable_by_key(Item::key);
        for item in &items {
            set.count(&item.highlight.labels, 1);
        }
        set.blocks = items
            .chunks(BLOCK / 2)
            .map(|chunk| Block::new(chunk.to_vec()))
            .collect();
        set
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Goes up with every change, so that what is worked out from the set can be kept until then.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How many of them carry each label; labels on none are absent or 0.
    pub fn counts(&self) -> &HashMap<LabelId, u32> {
        &self.counts
    }

    /// The highlight with this number.
    pub fn get(&self, id: HighlightId) -> Option<&Arc<Highlight>> {
        let span = *self.places.get(&id)?;
        let (block, item) = self.find(key(span, id)).ok()?;
        Some(&self.blocks[block].items[item].highlight)
    }

    /// All, in text order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Highlight>> {
        self.blocks
            .iter()
            .flat_map(|b| b.items.iter().map(|i| &i.highlight))
    }

    /// Those that overlap `window`, in text order.
    pub fn overlapping(&self, window: Span) -> impl Iterator<Item = &Arc<Highlight>> {
        self.blocks
            .iter()
            .take_while(move |b| b.items.first().is_some_and(|i| i.span.start < window.end))
            .filter(move |b| b.max_end > window.start)
            .flat_map(|b| &b.items)
            .filter(move |i| i.span.overlaps(window))
            .map(|i| &i.highlight)
    }

    /// The next in text order, which is by start, longer ones first, then by number. `highlight` need not be in the set any
    /// more.
    pub fn after(&self, highlight: &Highlight) -> Option<&Arc<Highlight>> {
        let key = key(highlight.span, highlight.id);
        let block = self
            .blocks
            .partition_point(|b| b.items.last().is_some_and(|i| i.key() <= key));
        let items = &self.blocks.get(block)?.items;
        let item = items.partition_point(|i| i.key() <= key);
        items.get(item).map(|i| &i.highlight)
    }

    /// The one before `highlight` in text order, as [`Self::after`].
    pub fn before(&self, highlight: &Highlight) -> Option<&Arc<Highlight>> {
        let key = key(highlight.span, highlight.id);
        let block = self
            .blocks
            .partition_point(|b| b.items.first().is_some_and(|i| i.key() < key))
            .checked_sub(1)?;
        let items = &self.blocks[block].items;
        let item = items.partition_point(|i| i.key() < key).checked_sub(1)?;
        items.get(item).map(|i| &i.highlight)
    }

    /// The first that starts after `offset`. To step from one highlight to the next use [`Self::after`]: several may start at
    /// one place.
    pub fn next_after(&self, offset: u32) -> Option<&Arc<Highlight>> {
        let block = self
            .blocks
            .partition_point(|b| b.items.last().is_some_and(|i| i.span.start <= offset));
        let items = &self.blocks.get(block)?.items;
        let item = items.partition_point(|i| i.span.start <= offset);
        items.get(item).map(|i| &i.highlight)
    }

    /// The last that starts before `offset`. See [`Self::before`].
    pub fn last_before(&self, offset: u32) -> Option<&Arc<Highlight>> {
        let block = self
            .blocks
            .partition_point(|b| b.items.first().is_some_and(|i| i.span.start < offset))
            .checked_sub(1)?;
        let items = &self.blocks[block].items;
        let item = items
            .partition_point(|i| i.span.start < offset)
            .checked_sub(1)?;
        items.get(item).map(|i| &i.highlight)
    }

    /// A copy that shares everything, for writing to disk while this one goes on changing. Costs one pointer a block.
    pub fn snapshot(&self) -> HighlightSnapshot {
        HighlightSnapshot {
            blocks: self.blocks.clone(),
        }
    }

    /// Adds a highlight, or puts it in the place of the one with its number, which is returned.
    pub(crate) fn insert(&mut self, highlight: Arc<Highlight>) -> Option<Arc<Highlight>> {
        let old = self.remove(highlight.id);
        self.version += 1;
        let item = Item {
            span: highlight.span,
            highlight,
        };
        self.places.insert(item.highlight.id, item.span);
        self.count(&item.highlight.labels, 1);
        let (block, place) = match self.find(item.key()) {
            Ok(found) | Err(found) => found,
        };
        if self.blocks.is_empty() {
            self.blocks.push(Block::new(vec![item]));
            return old;
        }
        let target = Arc::make_mut(&mut self.blocks[block]);
        target.max_end = target.max_end.max(item.span.end);
        target.items.insert(place, item);
        if target.items.len() > BLOCK {
            let upper = target.items.split_off(BLOCK / 2);
            let lower = std::mem::take(&mut target.items);
            self.blocks[block] = Block::new(lower);
            self.blocks.insert(block + 1, Block::new(upper));
        }
        old
    }

    /// Takes the highlight with this number out.
    pub(crate) fn remove(&mut self, id: HighlightId) -> Option<Arc<Highlight>> {
        let span = self.places.remove(&id)?;
        self.version += 1;
        let (block, place) = self.find(key(span, id)).ok()?;
        let target = Arc::make_mut(&mut self.blocks[block]);
        let item = target.items.remove(place);
        target.max_end = target
            .items
            .iter()
            .map(|i| i.span.end)
            .max()
            .unwrap_or_default();
        if target.items.is_empty() {
            self.blocks.remove(block);
        }
        self.count(&item.highlight.labels, -1);
        Some(item.highlight)
    }

    fn count(&mut self, labels: &[LabelId], by: i64) {
        for label in labels {
            let n = self.counts.entry(label.clone()).or_default();
            *n = n.saturating_add_signed(by as i32);
        }
    }

    /// Where `key` is (`Ok`) or belongs (`Err`): block and place in it. The block is valid unless there is none.
    fn find(&self, key: Key) -> Result<(usize, usize), (usize, usize)> {
        let block = self
            .blocks
            .partition_point(|b| b.items.first().is_some_and(|i| i.key() <= key))
            .saturating_sub(1);
        let Some(target) = self.blocks.get(block) else {
            return Err((0, 0));
        };
        match target.items.binary_search_by_key(&key, Item::key) {
            Ok(place) => Ok((block, place)),
            Err(place) => Err((block, place)),
        }
    }
}

/// The highlights of a reading as they were at one moment.
#[derive(Clone, Debug)]
pub struct HighlightSnapshot {
    blocks: Vec<Arc<Block>>,
}

impl HighlightSnapshot {
    /// All, in text order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Highlight>> {
        self.blocks
            .iter()
            .flat_map(|b| b.items.iter().map(|i| &i.highlight))
    }

    /// Whether it is of the same moment as another, or of one between which nothing changed. One comparison a block.
    pub fn is_same(&self, other: &Self) -> bool {
        let (own, others) = (&self.blocks, &other.blocks);
        own.len() == others.len() && own.iter().zip(others).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::model::{CoderId, ReadingId};

    fn highlight(id: u64, a: u32, b: u32) -> Arc<Highlight> {
        let label = ["x", "y", "z"][(id % 3) as usize];
        Arc::new(Highlight {
            id: HighlightId(id),
            reading: ReadingId::new("r").unwrap(),
            span: Span::between(a, b.max(a + 1)),
            labels: vec![LabelId::new(label).unwrap()],
            stance: None,
            note: String::new(),
            coder: CoderId::new("MK").unwrap(),
            created: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        })
    }

    fn sorted(naive: &[Arc<Highlight>]) -> Vec<Arc<Highlight>> {
        let mut all = naive.to_vec();
        all.sort_by_key(|h| key(h.span, h.id));
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_holds_what_a_plain_list_would(
            edits in prop::collection::vec((any::<bool>(), 0u64..400, 0u32..1000, 0u32..1000), 1..900),
            a in 0u32..1000, b in 0u32..1000,
        ) {
            let mut set = HighlightSet::default();
            let mut naive: Vec<Arc<Highlight>> = Vec::new();
            for (add, id, start, end) in edits {
                naive.retain(|h| h.id.0 != id);
                if add {
                    let h = highlight(id, start, end);
                    naive.push(Arc::clone(&h));
                    set.insert(h);
                } else {
                    set.remove(HighlightId(id));
                }
            }
            let naive = sorted(&naive);
            prop_assert_eq!(set.len(), naive.len());
            prop_assert_eq!(set.iter().cloned().collect::<Vec<_>>(), naive.clone());
            prop_assert_eq!(&HighlightSet::from_vec(naive.clone()), &set);
            let window = Span::between(a, b);
            let over: Vec<_> = set.overlapping(window).cloned().collect();
            let expected: Vec<_> = naive.iter().filter(|h| h.span.overlaps(window)).cloned().collect();
            prop_assert_eq!(over, expected);
            prop_assert_eq!(set.next_after(a), naive.iter().find(|h| h.span.start > a));
            prop_assert_eq!(set.last_before(a), naive.iter().rfind(|h| h.span.start < a));
            let absent = highlight(999, a, b);
            let absent_key = key(absent.span, absent.id);
            prop_assert_eq!(set.after(&absent), naive.iter().find(|h| key(h.span, h.id) > absent_key));
            prop_assert_eq!(set.before(&absent), naive.iter().rfind(|h| key(h.span, h.id) < absent_key));
            for (i, h) in naive.iter().enumerate() {
                prop_assert_eq!(set.after(h), naive.get(i + 1));
                prop_assert_eq!(set.before(h), i.checked_sub(1).and_then(|i| naive.get(i)));
            }
            for h in &naive {
                prop_assert_eq!(set.get(h.id), Some(h));
            }
            for label in ["x", "y", "z"] {
                let label = LabelId::new(label).unwrap();
                let n = naive.iter().filter(|h| h.labels.contains(&label)).count();
                prop_assert_eq!(set.counts().get(&label).copied().unwrap_or(0) as usize, n);
            }
        }
    }

    #[test]
    fn a_snapshot_stays_as_it_was() {
        let mut set = HighlightSet::from_vec((0..500).map(|i| highlight(i, i as u32, 9)).collect());
        let before = set.snapshot();
        for i in 0..500 {
            set.remove(HighlightId(i));
        }
        assert!(set.is_empty());
        assert_eq!(before.iter().count(), 500);
    }
}
