//! Files out: a project, or the part of one that a [`Filter`] lets through, in any of the formats of [`order`]. Pure: from `&Project`
//! to an [`order::Out`].

pub mod attributes;
pub mod bibliography;
pub mod cite;
pub mod clip;
pub mod document;
pub mod docx;
pub mod finding;
pub mod html;
pub mod interchange;
pub mod markdown;
pub mod order;
pub mod packet;
pub mod page;
pub mod picture;
mod places;
pub mod ron;
pub mod rows;
pub mod table;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::{
    analysis::{
        Corpus,
        query::{Place, Query, QueryError},
    },
    model::{CoderId, Highlight, HighlightId, Label, LabelId, Project, ReadingId, Shelf},
};

/// What to take out of a project. An empty list lets everything through; the three lists all have to let a highlight pass, and
/// so does what was chosen one by one.
///
/// A label stands for itself and every label under it. A highlight passes when one of its labels does, and keeps *all* its
/// labels then: what else a coder saw in a passage belongs to the excerpt. Ids that the project does not have let nothing
/// through; who asks people for names checks them first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The readings.
    pub readings: Vec<ReadingId>,
    /// The labels, each with its descendants.
    pub labels: Vec<LabelId>,
    /// The coders.
    pub coders: Vec<CoderId>,
    /// What a query let through; `None` for everything.
    pub chosen: Option<Chosen>,
}

/// Highlights that were chosen one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The query that they were chosen by, as an export names it.
    pub query: String,
    /// The highlights by their readings.
    pub highlights: BTreeMap<ReadingId, BTreeSet<HighlightId>>,
}

impl Chosen {
    /// What `query` lets through of `corpus`.
    ///
    /// # Errors
    /// As [`Query::select`].
    pub fn by(query: &Query, corpus: &Corpus) -> Result<Self, QueryError> {
        let mut chosen = Self {
            query: query.to_string(),
            ..Self::default()
        };
        for place in query.select(corpus)? {
            if let Some((source, coding)) = corpus.coding(place) {
                let reading = source.reading.id.clone();
                let here = chosen.highlights.entry(reading).or_default();
                here.insert(coding.highlight.id);
            }
        }
        Ok(chosen)
    }

    /// Keeps only those that `other` has, too; the query of both is asked.
    fn and(mut self, other: &Self) -> Self {
        self.highlights.retain(|reading, ids| {
            let there = other.highlights.get(reading);
            ids.retain(|id| there.is_some_and(|there| there.contains(id)));
            !ids.is_empty()
        });
        let queries = [&self.query, &other.query];
        let queries = queries.into_iter().filter(|q| !q.is_empty());
        self.query = queries.map(String::as_str).collect::<Vec<_>>().join(" ");
        self
    }

    fn has(&self, highlight: &Highlight) -> bool {
        let here = self.highlights.get(&highlight.reading);
        here.is_some_and(|ids| ids.contains(&highlight.id))
    }
}

/// A filter carried out: what passes, in the order in which it is written.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// The readings that pass, in the order in which they were imported; those without a highlight that passes too.
    pub readings: Vec<Selected<'a>>,
    /// The labels the filter asked for, with their descendants; `None` when it asked for none in particular.
    pub labels: Option<BTreeSet<LabelId>>,
}

/// A reading that passes, with its highlights that do.
#[derive(Clone, Debug)]
pub struct Selected<'a> {
    /// The reading, with all its highlights.
    pub shelf: &'a Shelf,
    /// Those that pass, in text order: by start, longer first.
    pub highlights: Vec<&'a Highlight>,
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
            && self.labels.is_empty()
            && self.coders.is_empty()
            && self.chosen.is_none()
    }

    /// Lets through only what `query` does, too. When it asks for labels, no other label was asked for, and all that passes has one
    /// of them, they are asked for from now on: excerpts stand under these.
    ///
    /// # Errors
    /// As [`Query::select`].
    pub fn narrow(&mut self, query: &Query, corpus: &Corpus) -> Result<(), QueryError> {
        if query.is_all() {
            return Ok(());
        }
        let asked = query.labels(corpus)?;
        let found = query.select(corpus)?;
        let has_one = |place: &Place| {
            let labels = corpus.coding(*place).map(|(_, coding)| &coding.labels);
            labels.is_some_and(|labels| labels.iter().any(|l| asked.contains(l)))
        };
        if self.labels.is_empty() && found.iter().all(has_one) {
            let ids = asked.iter().filter_map(|l| corpus.codebook().get(*l));
            self.labels = ids.map(|label| label.id.clone()).collect();
        }
        let chosen = Chosen::by(query, corpus)?;
        self.keep(chosen);
        Ok(())
    }

    /// Lets through only these, too.
    pub fn keep(&mut self, chosen: Chosen) {
        self.chosen = Some(match self.chosen.take() {
            Some(before) => chosen.and(&before),
            None => chosen,
        });
    }

    /// Goes through the project once and keeps what passes. O(readings + highlights).
    pub fn select<'a>(&self, project: &'a Project) -> Selection<'a> {
        let labels = (!self.labels.is_empty()).then(|| {
            self.labels
                .iter()
                .flat_map(|id| project.with_descendants(id))
                .collect::<BTreeSet<_>>()
        });
        let readings = project
            .shelves()
            .into_iter()
            .filter(|s| self.readings.is_empty() || self.readings.contains(&s.reading.id))
            .map(|shelf| self.select_in(shelf, labels.as_ref()))
            .collect();
        Selection { readings, labels }
    }

    fn select_in<'a>(&self, shelf: &'a Shelf, labels: Option<&BTreeSet<LabelId>>) -> Selected<'a> {
        let coder_passes = |h: &Highlight| self.coders.is_empty() || self.coders.contains(&h.coder);
        let label_passes =
            |h: &Highlight| labels.is_none_or(|set| h.labels.iter().any(|l| set.contains(l)));
        let is_chosen = |h: &Highlight| self.chosen.as_ref().is_none_or(|chosen| chosen.has(h));
        let highlights = shelf
            .highlights
            .iter()
            .map(|h| &**h)
            .filter(|h| coder_passes(h) && label_passes(h) && is_chosen(h))
            .collect();
        Selected { shelf, highlights }
    }
}

impl<'a> Selection<'a> {
    /// How many highlights pass.
    pub fn len(&self) -> usize {
        self.readings.iter().map(|r| r.highlights.len()).sum()
    }

    /// Whether no highlight passes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The labels of a highlight that were asked for: all of them, unless the filter asked for labels.
    pub fn labels_of<'h>(&'h self, highlight: &'h Highlight) -> impl Iterator<Item = &'h LabelId> {
        let asked = self.labels.as_ref();
        let labels = highlight.labels.iter();
        labels.filter(move |label| asked.is_none_or(|asked| asked.contains(*label)))
    }

    /// The part of the codebook that goes with it, in codebook order with depths: all of it, unless the filter asked for
    /// labels; then those asked for and those on highlights that pass, with everything above them.
    pub fn codebook(&self, project: &'a Project) -> Vec<(usize, &'a Label)> {
        let all = project.codebook();
        let Some(asked) = &self.labels else {
            return all;
        };
        let mut wanted: HashSet<&LabelId> = asked.iter().collect();
        wanted.extend(
            self.readings
                .iter()
                .flat_map(|r| &r.highlights)
                .flat_map(|h| &h.labels),
        );
        let above: Vec<&LabelId> = wanted
            .iter()
            .flat_map(|id| ancestors(project, id))
            .collect();
        wanted.extend(above);
        all.into_iter()
            .filter(|(_, l)| wanted.contains(&l.id))
            .collect()
    }
}

/// The labels above `id`, nearest first.
fn ancestors<'a>(
    project: &'a Project,
    id: &LabelId,
) -> impl Iterator<Item = &'a LabelId> + use<'a> {
    let parent = |id: &LabelId| project.label(id).and_then(|l| l.parent.as_ref());
    std::iter::successors(parent(id), move |id| parent(id))
}
