//! A project as analyses see it: a snapshot with labels numbered in codebook order.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{Units, lexicon::Lexicon};
use crate::model::{
    CoderId, Highlight, HighlightSnapshot, Label, LabelId, Notebook, Project, Reading, ReadingId,
};
use crate::text::Span;

/// The number of a label: its place in the codebook as people see it, from 0. A label's descendants are the numbers after it.
pub type LabelIx = u32;

/// The labels in codebook order: children after their parent, siblings by position.
#[derive(Debug, Default)]
pub struct Codebook {
    labels: Vec<Label>,
    depths: Vec<usize>,
    /// One past the last descendant of each.
    ends: Vec<LabelIx>,
    numbers: HashMap<LabelId, LabelIx>,
}

impl Codebook {
    fn new(project: &Project) -> Self {
        let rows = project.codebook();
        let depths: Vec<usize> = rows.iter().map(|(depth, _)| *depth).collect();
        let end = |at: usize| {
            let below = depths[at + 1..].iter().take_while(|d| **d > depths[at]);
            (at + 1 + below.count()) as LabelIx
        };
        Self {
            ends: (0..rows.len()).map(end).collect(),
            numbers: (rows.iter().enumerate())
                .map(|(at, (_, label))| (label.id.clone(), at as LabelIx))
                .collect(),
            labels: rows.iter().map(|(_, label)| (*label).clone()).collect(),
            depths,
        }
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// All, in order.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The label with a number.
    pub fn get(&self, label: LabelIx) -> Option<&Label> {
        self.labels.get(label as usize)
    }

    /// The number of a label.
    pub fn number(&self, id: &LabelId) -> Option<LabelIx> {
        self.numbers.get(id).copied()
    }

    /// The label of that name, letter case aside.
    pub fn named(&self, name: &str) -> Option<LabelIx> {
        let name = name.trim().to_lowercase();
        let at = self
            .labels
            .iter()
            .position(|l| l.name.to_lowercase() == name)?;
        Some(at as LabelIx)
    }

    /// How many labels lie above a label.
    pub fn depth(&self, label: LabelIx) -> usize {
        self.depths.get(label as usize).copied().unwrap_or_default()
    }

    /// A label and every label under it.
    pub fn family(&self, label: LabelIx) -> Range<LabelIx> {
        label..self.ends.get(label as usize).copied().unwrap_or(label)
    }
}

/// A highlight with its labels as numbers.
#[derive(Clone, Debug)]
pub struct Coding {
    /// The highlight.
    pub highlight: Arc<Highlight>,
    /// Its labels, ascending; those that the codebook lacks are not among them.
    pub labels: Box<[LabelIx]>,
}

/// What a passage touches, numbered through its reading: the first, and one past the last.
pub type UnitRange = (u32, u32);

/// A reading with its highlights.
#[derive(Debug)]
pub struct Source {
    /// The reading.
    pub reading: Arc<Reading>,
    snapshot: HighlightSnapshot,
    codebook: Arc<Codebook>,
    codings: OnceLock<Vec<Coding>>,
    coders: OnceLock<BTreeSet<CoderId>>,
    words: OnceLock<Vec<UnitRange>>,
    sentences: OnceLock<Vec<UnitRange>>,
    paragraphs: OnceLock<Vec<UnitRange>>,
    units: Arc<Units>,
}

impl Source {
    /// Its highlights in text order, of all coders. Worked out at the first call.
    pub fn codings(&self) -> &[Coding] {
        self.codings.get_or_init(|| {
            let coding = |highlight: &Arc<Highlight>| {
                let numbers = highlight.labels.iter();
                let mut labels: Vec<LabelIx> =
                    numbers.filter_map(|id| self.codebook.number(id)).collect();
                labels.sort_unstable();
                Coding {
                    highlight: Arc::clone(highlight),
                    labels: labels.into(),
                }
            };
            self.snapshot.iter().map(coding).collect()
        })
    }

    /// Who has highlights in it. Worked out at the first call.
    pub fn coders(&self) -> &BTreeSet<CoderId> {
        self.coders.get_or_init(|| {
            let mut coders = BTreeSet::new();
            for highlight in self.snapshot.iter() {
                if !coders.contains(&highlight.coder) {
                    coders.insert(highlight.coder.clone());
                }
            }
            coders
        })
    }

    /// The words that start in each of [`Self::codings`], as numbers of [`Units::words`]. Worked out at the first call.
    pub fn word_ranges(&self) -> &[UnitRange] {
        self.words.get_or_init(|| {
            let starts = self.units.words();
            let before = |offset: u32| starts.partition_point(|s| *s < offset) as u32;
            self.ranges(|span| (before(span.start), before(span.end)))
        })
    }

    /// The sentences that each of [`Self::codings`] touches. Worked out at the first call.
    pub fn sentence_ranges(&self) -> &[UnitRange] {
        self.sentences.get_or_init(|| {
            self.ranges(|span| {
                let (first, last) = self.units.sentences_of(span);
                (first as u32, last as u32 + 1)
            })
        })
    }

    /// The same if it was worked out before.
    pub(super) fn known_sentence_ranges(&self) -> Option<&[UnitRange]> {
        self.sentences.get().map(Vec::as_slice)
    }

    /// The paragraphs that each of [`Self::codings`] touches. Worked out at the first call.
    pub fn paragraph_ranges(&self) -> &[UnitRange] {
        self.paragraphs.get_or_init(|| {
            self.ranges(|span| {
                let (first, last) = self.units.paragraphs_of(span);
                (first as u32, last as u32 + 1)
            })
        })
    }

    fn ranges(&self, range: impl Fn(Span) -> UnitRange) -> Vec<UnitRange> {
        let spans = self.codings().iter().map(|c| c.highlight.span);
        spans.map(range).collect()
    }

    /// Where its sentences and words start. Worked out when asked, and kept for as long as the reading is open.
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.reading.text.as_str()
    }
}

/// A project at one moment. Cheap to make from the last one, and shared with threads by `Arc`.
#[derive(Debug, Default)]
pub struct Corpus {
    name: String,
    codebook: Arc<Codebook>,
    sources: Vec<Arc<Source>>,
    numbers: HashMap<ReadingId, usize>,
    /// For each older version of a reading, the place of the reading that stands for it now.
    older: HashMap<ReadingId, usize>,
    notebooks: BTreeMap<CoderId, Notebook>,
    /// Shared with every corpus of the same texts.
    lexicon: Arc<OnceLock<Lexicon>>,
}

impl Corpus {
    /// The project as it is now. O(readings + labels + highlights / 128).
    pub fn new(project: &Project) -> Self {
        Self::default().renewed(project)
    }

    /// The project as it is now, sharing with this one what did not change. Cost as [`Self::new`].
    pub fn renewed(&self, project: &Project) -> Self {
        let same = project
            .codebook()
            .into_iter()
            .map(|(_, l)| l)
            .eq(self.codebook.labels());
        let codebook = match same {
            true => Arc::clone(&self.codebook),
            false => Arc::new(Codebook::new(project)),
        };
        let source = |shelf: &&crate::model::Shelf| {
            let snapshot = shelf.highlights.snapshot();
            let old = self.source(&shelf.reading.id);
            match old {
                Some(old)
                    if same
                        && Arc::ptr_eq(&old.reading, &shelf.reading)
                        && old.snapshot.is_same(&snapshot) =>
                {
                    Arc::clone(old)
                }
                _ => Arc::new(Source {
                    units: match old.filter(|old| old.reading.sha256 == shelf.reading.sha256) {
                        Some(old) => Arc::clone(&old.units),
                        None => Arc::new(Units::new(shelf.reading.text.clone())),
                    },
                    reading: Arc::clone(&shelf.reading),
                    snapshot,
                    codebook: Arc::clone(&codebook),
                    codings: OnceLock::new(),
                    coders: OnceLock::new(),
                    words: OnceLock::new(),
                    sentences: OnceLock::new(),
                    paragraphs: OnceLock::new(),
                }),
            }
        };
        let sources: Vec<Arc<Source>> = project.shelves().iter().map(source).collect();
        let texts = |sources: &[Arc<Source>]| {
            sources
                .iter()
                .map(|s| Arc::as_ptr(&s.units))
                .collect::<Vec<_>>()
        };
        let same_texts = texts(&sources) == texts(&self.sources);
        Self {
            lexicon: match same_texts {
                true => Arc::clone(&self.lexicon),
                false => Arc::default(),
            },
            name: project.name().to_owned(),
            numbers: (sources.iter().enumerate())
                .map(|(at, source)| (source.reading.id.clone(), at))
                .collect(),
            older: older(project, &sources),
            sources,
            codebook,
            notebooks: project.notebooks().clone(),
        }
    }

    /// The project's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The labels.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The readings that are not removed, in the order in which they are listed.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// The place of a reading among [`Self::sources`].
    pub fn position(&self, id: &ReadingId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The place of the reading that stands for this one now: itself, or what replaced it.
    pub fn current(&self, id: &ReadingId) -> Option<usize> {
        self.position(id).or_else(|| self.older.get(id).copied())
    }

    /// A reading with its highlights.
    pub fn source(&self, id: &ReadingId) -> Option<&Arc<Source>> {
        self.sources.get(self.position(id)?)
    }

    /// The words of all readings. Worked out when asked, and kept for as long as the texts stay.
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let texts: Vec<Arc<Units>> = (self.sources.iter())
                .map(|s| Arc::clone(&s.units))
                .collect();
            Lexicon::new(&texts)
        })
    }

    /// Who has highlights in it.
    pub fn coders(&self) -> BTreeSet<CoderId> {
        let coders = self.sources.iter().flat_map(|source| source.coders());
        coders.cloned().collect()
    }

    /// Each coder's notebook.
    pub fn notebooks(&self) -> &BTreeMap<CoderId, Notebook> {
        &self.notebooks
    }
}

/// The older versions of all readings. Where two readings revise one, the one imported last stands for it, as in
/// [`Project::current`].
fn older(project: &Project, sources: &[Arc<Source>]) -> HashMap<ReadingId, usize> {
    let mut newest: Vec<(usize, &Reading)> = (sources.iter().map(|s| &*s.reading).enumerate())
        .filter(|(_, reading)| reading.revises.is_some())
        .collect();
    newest.sort_by_key(|(_, reading)| (reading.imported, &reading.id));
    let mut older = HashMap::new();
    for (at, reading) in newest {
        for version in project.older_versions(reading) {
            older.insert(version.reading.id.clone(), at);
        }
    }
    older
}
