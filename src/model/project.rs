//! A project: readings with their highlights, and the codebook they are coded by.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    CoderId, Highlight, HighlightId, HighlightSet, Label, LabelId, Notebook, Packet, PacketId,
    Reading, ReadingId,
};

/// A reading with its highlights, as it stands on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// The reading.
    pub reading: Arc<Reading>,
    /// Its highlights, of all coders.
    pub highlights: HighlightSet,
}

/// Everything that is coded together. Only [`crate::edit::apply`] and the loader change one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    pub(crate) name: String,
    pub(crate) labels: BTreeMap<LabelId, Label>,
    pub(crate) readings: BTreeMap<ReadingId, Shelf>,
    pub(crate) removed: BTreeMap<ReadingId, Shelf>,
    pub(crate) notebooks: BTreeMap<CoderId, Notebook>,
    pub(crate) packets: BTreeMap<PacketId, Packet>,
}

impl Project {
    /// An empty project.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The label with this id.
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.get(id)
    }

    /// The name of a label, or its id when it is not in the codebook.
    pub fn label_name<'a>(&'a self, id: &'a LabelId) -> &'a str {
        self.label(id).map_or(id.as_str(), |l| &l.name)
    }

    /// The label with this name, letter case aside.
    pub fn label_named(&self, name: &str) -> Option<&Label> {
        let name = name.trim().to_lowercase();
        self.labels.values().find(|l| l.name.to_lowercase() == name)
    }

    /// All labels by id.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.labels.values()
    }

    /// The codebook in reading order: each label with its depth, children after their parent, siblings by position.
    pub fn codebook(&self) -> Vec<(usize, &Label)> {
        let mut children: HashMap<Option<&LabelId>, Vec<&Label>> = HashMap::new();
        for label in self.labels.values() {
            children
                .entry(label.parent.as_ref())
                .or_default()
                .push(label);
        }
        for siblings in children.values_mut() {
            siblings.sort_by(|a, b| b.position.total_cmp(&a.position).then(b.id.cmp(&a.id)));
        }
        let mut out = Vec::with_capacity(self.labels.len());
        let roots = children.remove(&None).unwrap_or_default();
        let mut stack: Vec<(usize, &Label)> = roots.into_iter().map(|l| (0, l)).collect();
        while let Some((depth, label)) = stack.pop() {
            out.push((depth, label));
            let below = children.remove(&Some(&label.id)).unwrap_or_default();
            stack.extend(below.into_iter().map(|l| (depth + 1, l)));
        }
        out
    }

    /// `id` and every label under it.
    pub fn with_descendants(&self, id: &LabelId) -> BTreeSet<LabelId> {
        let mut all = BTreeSet::from([id.clone()]);
        let mut todo = vec![id.clone()];
        while let Some(parent) = todo.pop() {
            for label in self.labels.values() {
                if label.parent.as_ref() == Some(&parent) && all.insert(label.id.clone()) {
                    todo.push(label.id.clone());
                }
            }
        }
        all
    }

    /// How many highlights carry this label, without its children's, in the readings that are not removed. O(readings).
    pub fn label_count(&self, id: &LabelId) -> u32 {
        count(self.readings.values(), id)
    }

    /// Whether any highlight carries this label, those of removed readings too.
    pub fn label_in_use(&self, id: &LabelId) -> bool {
        count(self.readings.values().chain(self.removed.values()), id) > 0
    }

    /// The readings with their highlights, in the order in which they, or their first versions, were imported.
    pub fn shelves(&self) -> Vec<&Shelf> {
        let mut all: Vec<&Shelf> = self.readings.values().collect();
        all.sort_by_cached_key(|s| (self.first_imported(&s.reading), s.reading.id.clone()));
        all
    }

    /// A reading with its highlights.
    pub fn shelf(&self, id: &ReadingId) -> Option<&Shelf> {
        self.readings.get(id)
    }

    /// A reading.
    pub fn reading(&self, id: &ReadingId) -> Option<&Arc<Reading>> {
        self.readings.get(id).map(|s| &s.reading)
    }

    /// Readings that were removed and can be brought back.
    pub fn removed(&self) -> impl Iterator<Item = &Shelf> {
        self.removed.values()
    }

    /// A removed reading with its highlights.
    pub fn removed_shelf(&self, id: &ReadingId) -> Option<&Shelf> {
        self.removed.get(id)
    }

    /// A highlight of a reading, removed readings too.
    pub fn highlight(&self, reading: &ReadingId, id: HighlightId) -> Option<&Arc<Highlight>> {
        self.readings
            .get(reading)
            .or_else(|| self.removed.get(reading))?
            .highlights
            .get(id)
    }

    /// The words of a highlight's passage, of removed readings too.
    pub fn passage(&self, highlight: &Highlight) -> Option<&str> {
        let shelf = self
            .shelf(&highlight.reading)
            .or_else(|| self.removed_shelf(&highlight.reading))?;
        let text = shelf.reading.text.as_str();
        let fits = highlight.span.fits(text);
        fits.then(|| highlight.span.of(text))
    }

    /// The names of all attributes that readings have, in alphabetical order. O(readings).
    pub fn attribute_names(&self) -> BTreeSet<String> {
        let shelves = self.readings.values();
        shelves
            .flat_map(|s| s.reading.meta.attributes.keys().cloned())
            .collect()
    }

    /// The packets, by their ids.
    pub fn packets(&self) -> &BTreeMap<PacketId, Packet> {
        &self.packets
    }

    /// Each coder's notebook; those of coders who wrote nothing in theirs are not there.
    pub fn notebooks(&self) -> &BTreeMap<CoderId, Notebook> {
        &self.notebooks
    }

    /// All highlights of the readings that are not removed, reading by reading.
    pub fn highlights(&self) -> impl Iterator<Item = &Arc<Highlight>> {
        self.readings.values().flat_map(|s| s.highlights.iter())
    }

    /// How many highlights the readings have that are not removed.
    pub fn highlight_count(&self) -> usize {
        self.readings.values().map(|s| s.highlights.len()).sum()
    }

    /// Everyone who has highlights. O(highlights).
    pub fn coders(&self) -> BTreeSet<CoderId> {
        let mut all = BTreeSet::new();
        for h in self.highlights() {
            if !all.contains(&h.coder) {
                all.insert(h.coder.clone());
            }
        }
        all
    }

    /// Highlights of any reading, removed ones too.
    pub(crate) fn all_highlights(&self) -> impl Iterator<Item = &Arc<Highlight>> {
        self.readings
            .values()
            .chain(self.removed.values())
            .flat_map(|s| s.highlights.iter())
    }

    pub(crate) fn any_shelf_mut(&mut self, id: &ReadingId) -> Option<&mut Shelf> {
        self.readings
            .get_mut(id)
            .or_else(|| self.removed.get_mut(id))
    }
}

fn count<'a>(shelves: impl Iterator<Item = &'a Shelf>, id: &LabelId) -> u32 {
    shelves.filter_map(|s| s.highlights.counts().get(id)).sum()
}
