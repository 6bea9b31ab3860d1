//! What the view keeps.

use std::{collections::HashSet, sync::Arc};

use super::{
    listing::{Key, Listing, Spot},
    measure::{HEAD, Measure},
    rows::Row,
    scroll::Scroll,
};
use crate::{
    analysis::{
        Corpus,
        excerpts::{Arrangement, GroupKey},
        query::Query,
    },
    app::worker::{Worked, Workers},
    model::{Highlight, HighlightId, LabelId, ReadingId},
};

/// Highlights that were chosen elsewhere and that no query expresses: a cell's, or the pairs of two labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// What they are, for the chip: “Entrapment ∩ Multipolarity: 5 pairs”.
    pub title: String,
    /// Which they are.
    pub places: Vec<(ReadingId, HighlightId)>,
}

/// What this view keeps.
#[derive(Default)]
pub struct State {
    pub(super) query: Query,
    pub(super) chosen: Option<Arc<Chosen>>,
    pub(super) arrangement: Arrangement,
    worked: Worked<Key, Arc<Listing>>,
    /// What shows.
    pub(super) listing: Option<Arc<Listing>>,
    pub(super) scroll: Scroll,
    /// What the heights were made for.
    pub(super) shape: Option<(Measure, f32)>,
    /// The excerpt in focus, by number.
    pub(super) focus: Option<usize>,
    /// Where a stretch began that is selected with Shift.
    pub(super) anchor: Option<usize>,
    pub(super) selected: HashSet<HighlightId>,
    /// How many of the selected are in the list, and how many of these are not the coder's own.
    pub(super) unfolded: HashSet<HighlightId>,
    pub(super) focus_rect: Option<egui::Rect>,
    /// How high the fields are that stood last in the row in focus, and whose they were.
    pub(super) fields: Option<(HighlightId, f32)>,
    wants_keyboard: bool,
}

impl State {
    /// Takes the keyboard at the next frame.
    pub fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Leaves the keyboard to another.
    pub fn leave_keyboard(&mut self) {
        self.wants_keyboard = false;
    }

    pub(super) fn wants_keyboard(&mut self) -> bool {
        std::mem::take(&mut self.wants_keyboard)
    }

    /// The excerpt in focus: its reading and highlight, as they show.
    pub fn focused(&self) -> Option<(ReadingId, Arc<Highlight>)> {
        let (source, coding) = self.listing.as_ref()?.item(self.focus?)?;
        Some((source.reading.id.clone(), Arc::clone(&coding.highlight)))
    }

    /// Where the excerpt in focus shows on the screen, if it does.
    pub fn focus_rect(&self) -> Option<egui::Rect> {
        self.focus_rect
    }

    /// Whether what shows is what was asked for, and how many of how many highlights that are.
    pub fn counts(&self) -> Option<(usize, usize)> {
        let listing = self.listing.as_ref()?;
        Some((listing.list.highlights, listing.total))
    }

    /// Filters by a query, and to some that were chosen elsewhere.
    pub(super) fn filter_by(&mut self, query: Query, chosen: Option<Chosen>) {
        self.query = query;
        self.chosen = chosen.map(Arc::new);
        self.selected.clear();
        self.anchor = None;
    }

    /// Has the list worked out again when something changed, and takes over what has come.
    pub(super) fn refresh(&mut self, workers: &Workers, revision: u64, corpus: Arc<Corpus>) {
        let key = Key {
            revision,
            query: self.query.clone(),
            chosen: self.chosen.clone(),
            arrangement: self.arrangement,
        };
        let work = {
            let key = key.clone();
            move || Arc::new(Listing::new(key, corpus))
        };
        let Some(new) = self.worked.get(workers, key, work) else {
            return;
        };
        if !(self.listing.as_ref()).is_some_and(|old| Arc::ptr_eq(old, new)) {
            let new = Arc::clone(new);
            self.take_over(new);
        }
    }

    /// Shows another list: finds place and focus again in it.
    fn take_over(&mut self, new: Arc<Listing>) {
        let old = self.listing.replace(Arc::clone(&new));
        let Some(old) = old else {
            self.rescale();
            return;
        };
        let find = |item: usize| -> Option<usize> { new.locate(&old.spot(item)?) };
        let items = new.rows.items();
        let (row, offset) = self.scroll.top();
        let top = match old.rows.get(row) {
            Some(Row::Item(item)) => find(item).map(|item| new.rows.of_item(item)),
            Some(Row::Head(group)) => head_of(&new, &old.list.groups[group].key),
            None => None,
        };
        // Of one that is gone the next has the focus, as it stands where that stood.
        let last = items.checked_sub(1);
        self.focus = self.focus.and_then(|f| find(f).or(last.map(|l| f.min(l))));
        self.anchor = self.anchor.and_then(find);
        self.rescale();
        let asked = |key: &Key| (key.query.clone(), key.chosen.clone(), key.arrangement);
        if asked(&old.key) == asked(&new.key) {
            self.scroll.go_to((top.unwrap_or(row), offset));
        } else if let Some(focus) = self.focus {
            self.scroll.reveal(new.rows.of_item(focus));
        }
    }

    /// Takes note of how rows are set; those that are not laid out have estimated heights.
    pub(super) fn set_in(&mut self, measure: Measure, scale: f32) {
        if self.shape != Some((measure, scale)) {
            self.shape = Some((measure, scale));
            let top = self.scroll.top();
            self.rescale();
            self.scroll.go_to((top.0, 0.0));
        }
    }

    /// Estimates all heights. O(n), some 2 ns each.
    fn rescale(&mut self) {
        let (Some(listing), Some((measure, _))) = (&self.listing, self.shape) else {
            return;
        };
        let height = |row: usize| match listing.rows.get(row) {
            Some(Row::Item(item)) => measure.estimate(&listing.sizes[item]),
            _ => HEAD,
        };
        self.scroll = Scroll::new((0..listing.rows.len()).map(height).collect());
    }

    /// Shows the whole of a quote, or folds it again.
    pub(super) fn fold(&mut self, highlight: HighlightId) {
        if !self.unfolded.remove(&highlight) {
            self.unfolded.insert(highlight);
        }
    }

    /// The first excerpt that shows from its start.
    pub(super) fn first_shown(&self) -> usize {
        let (row, offset) = self.scroll.top();
        let from = row + usize::from(offset > 0.0);
        let item = |row: usize| match self.listing.as_ref()?.rows.get(row)? {
            Row::Item(item) => Some(item),
            Row::Head(_) => None,
        };
        item(from).or_else(|| item(from + 1)).unwrap_or_default()
    }

    /// The label of the excerpt in focus whose meaning is shown: that of its group, or its first.
    pub fn focused_label(&self) -> Option<LabelId> {
        let listing = self.listing.as_ref()?;
        let Spot {
            highlight, group, ..
        } = listing.spot(self.focus?)?;
        match group {
            GroupKey::Label(label) => Some(label),
            _ => highlight.labels.first().cloned(),
        }
    }
}

/// The row of the heading of a group.
fn head_of(listing: &Listing, key: &GroupKey) -> Option<usize> {
    let at = listing.list.groups.iter().position(|g| g.key == *key)?;
    Some(listing.rows.head(at))
}
