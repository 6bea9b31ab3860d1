//! What the view keeps.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    filter::{Filter, Name},
    head::{GROUPINGS, SORTINGS},
    listing::{Key, Listing, Spot},
    measure::Measure,
    rows::Row,
    scroll::Scroll,
    selected::Selected,
};
use crate::{
    analysis::{
        Corpus,
        excerpts::{Arrangement, GroupKey},
        query::{Query, QueryError},
    },
    app::{
        query_field::Offers,
        words,
        worker::{Worked, Workers},
    },
    model::{Highlight, HighlightId, Label, LabelId, Reading, ReadingId},
};

/// Highlights that were chosen elsewhere and that no query expresses: a cell's, or the pairs of two labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// What they are, for the chip: “Entrapment with Multipolarity: 5 pairs”.
    pub title: String,
    /// Which they are.
    pub places: Vec<(ReadingId, HighlightId)>,
}

/// What is remembered of the list from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The query in the box.
    query: String,
    /// Whether the box showed.
    open: bool,
    /// What excerpts were grouped by, in a word.
    grouping: String,
    /// What they were sorted by, in a word.
    sorting: String,
    /// Whether the order was turned round.
    descending: bool,
}

/// What this view keeps.
#[derive(Default)]
pub struct State {
    pub(super) filter: Filter,
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
    pub(super) selected: Selected,
    /// Those whose quote shows in full.
    pub(super) unfolded: HashSet<HighlightId>,
    pub(super) focus_rect: Option<egui::Rect>,
    /// How high the fields are that stood last in the row in focus, and whose they were.
    pub(super) fields: Option<(HighlightId, f32)>,
    /// The note that is being written for all that are selected.
    pub(super) note_for_all: String,
    /// Whose note is being written.
    pub(super) writing: Option<HighlightId>,
    wants_keyboard: bool,
    pub(super) box_wants_keyboard: bool,
    /// What can be put into the box.
    pub(super) offers: Offers,
    /// What was typed to find a name in a menu.
    pub(super) typed_name: String,
    /// The words to look for, as they are typed into the menu.
    pub(super) typed_text: String,
    /// The name to save the query under.
    pub(super) typed_title: String,
}

impl State {
    /// As it was when the project was open last. Words that are not known are passed over.
    pub fn restore(&mut self, view: &Kept) {
        let grouping = GROUPINGS.iter().find(|(_, word)| *word == view.grouping);
        let sorting = SORTINGS.iter().find(|(_, word, _)| *word == view.sorting);
        self.arrangement = Arrangement {
            grouping: grouping.map_or(self.arrangement.grouping, |(g, _)| *g),
            sorting: sorting.map_or(self.arrangement.sorting, |(s, ..)| *s),
            descending: view.descending,
        };
        self.filter.open = view.open;
        self.filter.typed.clone_from(&view.query);
        self.filter.read();
    }

    /// What to remember for the next time.
    pub fn remembered(&self) -> Kept {
        let Arrangement {
            grouping,
            sorting,
            descending,
        } = self.arrangement;
        let grouped = GROUPINGS.iter().find(|(g, _)| *g == grouping);
        let sorted = SORTINGS.iter().find(|(s, ..)| *s == sorting);
        Kept {
            query: self.filter.typed.clone(),
            open: self.filter.open,
            grouping: grouped.map_or("", |(_, word)| *word).to_owned(),
            sorting: sorted.map_or("", |(_, word, _)| *word).to_owned(),
            descending,
        }
    }

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

    /// Whether any is selected.
    pub fn any_selected(&self) -> bool {
        !self.selected.is_empty()
    }

    /// Where the excerpt in focus shows on the screen, if it does.
    pub fn focus_rect(&self) -> Option<egui::Rect> {
        self.focus_rect
    }

    /// How many highlights show, and how many there are.
    pub fn counts(&self) -> Option<(usize, usize)> {
        let listing = self.listing.as_ref()?;
        Some((listing.list.highlights, listing.total))
    }

    /// For the status line: “13 of 102 excerpts”.
    pub fn told(&self) -> String {
        match self.counts() {
            Some((shown, total)) if shown < total => format!(
                "{} of {}",
                words::grouped(shown),
                words::counted(total, "excerpt")
            ),
            Some((_, total)) => words::counted(total, "excerpt"),
            None => String::new(),
        }
    }

    /// What is asked for: a query, among highlights that were chosen elsewhere perhaps.
    pub fn asked(&self) -> (&Query, Option<&Arc<Chosen>>) {
        (self.filter.query(), self.filter.chosen.as_ref())
    }

    /// Takes back one thing, the nearest first; whether there was one. Filters stay.
    pub fn back_out(&mut self) -> bool {
        if !self.selected.is_empty() {
            self.selected.clear();
            self.anchor = None;
            return true;
        }
        self.focus.take().is_some()
    }

    /// Filters by a query, and to some that were chosen elsewhere.
    pub(super) fn filter_by(&mut self, query: Query, chosen: Option<Arc<Chosen>>) {
        self.filter.set(query);
        self.filter.chosen = chosen;
        self.asked_otherwise();
    }

    /// Asks for what a text says; when it can't be understood the box shows it and why.
    pub(super) fn type_in(&mut self, text: String) {
        self.filter.chosen = None;
        self.filter.typed = text;
        self.filter.read();
        if self.filter.error().is_some() {
            self.open_box(true);
        }
        self.asked_otherwise();
    }

    /// What is asked for changed: what was selected may not be there any more.
    pub(super) fn asked_otherwise(&mut self) {
        self.selected.clear();
        self.anchor = None;
    }

    /// Shows the box for the query, which takes the keyboard, or hides it.
    pub(super) fn open_box(&mut self, open: bool) {
        self.filter.open = open;
        self.box_wants_keyboard = open;
    }

    /// What the query names that is not there, when the list is of that query.
    pub(super) fn not_there(&self) -> Option<QueryError> {
        let listing = self.listing.as_ref()?;
        let error = listing.error.as_ref()?;
        (listing.key.query == *self.filter.query()).then(|| error.clone())
    }

    /// Whether anything is asked for.
    pub fn is_filtered(&self) -> bool {
        !self.filter.query().is_all() || self.filter.chosen.is_some()
    }

    /// Whether a label is asked for.
    pub fn filters_label(&self, label: &Label) -> bool {
        self.filter.has(&Name::Label(label.id.clone()))
    }

    /// Whether a reading is asked for.
    pub fn filters_reading(&self, reading: &Reading) -> bool {
        self.filter.has(&Name::Reading(reading.id.clone()))
    }

    /// Has the list worked out again when something changed, and takes over what has come.
    pub(super) fn refresh(&mut self, workers: &Workers, revision: u64, corpus: Arc<Corpus>) {
        self.filter.take_apart(revision, &corpus);
        let key = Key {
            revision,
            query: self.filter.query().clone(),
            chosen: self.filter.chosen.clone(),
            arrangement: self.arrangement,
        };
        let work = {
            let key = key.clone();
            let measure = self.shape.map(|(measure, _)| measure);
            move || Arc::new(Listing::new(key, corpus, measure))
        };
        let Some(new) = self.worked.get(workers, key, work) else {
            return;
        };
        if !(self.listing.as_ref()).is_some_and(|old| Arc::ptr_eq(old, new)) {
            let new = Arc::clone(new);
            if let Some(old) = self.take_over(new) {
                // To free what held a hundred thousand excerpts takes some milliseconds.
                drop(workers.start(move || drop(old)));
            }
        }
    }

    /// Shows another list: finds place and focus again in it. Returns the one that showed.
    fn take_over(&mut self, new: Arc<Listing>) -> Option<Arc<Listing>> {
        let old = self.listing.replace(Arc::clone(&new));
        let Some(old) = old else {
            self.rescale();
            return None;
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
        } else {
            self.reveal_focus();
        }
        Some(old)
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

    /// Goes back to estimated heights, those of the thread that made the list where they fit.
    fn rescale(&mut self) {
        let (Some(listing), Some((measure, _))) = (&self.listing, self.shape) else {
            return;
        };
        self.scroll = Scroll::new(listing.heights(&measure));
    }

    /// Shows the whole of a quote, or folds it again.
    pub(super) fn fold(&mut self, highlight: HighlightId) {
        if !self.unfolded.remove(&highlight) {
            self.unfolded.insert(highlight);
        }
    }

    /// Brings the excerpt in focus into view at the next frame.
    pub(super) fn reveal_focus(&mut self) {
        if let (Some(listing), Some(focus)) = (&self.listing, self.focus) {
            self.scroll.reveal(listing.rows.of_item(focus));
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
