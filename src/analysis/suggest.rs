//! Suggestions: sentences in which a label's cues stand and that are not coded with it yet.
//!
//! **A cue** is a word, a phrase, or a stem (`entrap*`) in a label's list. It is found as [`Kind::Words`](super::find::Kind) finds
//! it: whole words, letter case and accents folded.
//!
//! **A suggestion** for a label and a coder is a sentence ([`crate::text::sentences`]; what follows a footnote's mark behind a full
//! stop is a sentence of its own, and the mark belongs to none) in which a cue of the label starts, but for
//! - sentences that overlap a highlight of the coder with the label or one under it,
//! - sentences that the coder rejected for this label,
//! - headings, and the list of works cited: what follows a heading such as “References” up to the next heading. Footnotes are kept
//!   wherever they stand.
//!
//! The cues of the labels under a label are theirs alone.

mod cues;
mod zones;

#[cfg(test)]
mod tests;

use std::{collections::HashMap, ops::Range};

use self::{cues::Cues, zones::Sentences};
use super::{Corpus, LabelIx, Source};
use crate::{
    model::{CoderId, LabelId, ReadingId, Suggested},
    text::Span,
};

/// A sentence that may belong to a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The reading.
    pub reading: ReadingId,
    /// The sentence.
    pub sentence: Span,
    /// Where the cues stand in it, in text order. None overlap.
    pub cues: Vec<Span>,
    /// How much speaks for it: the sum, over the different cues in it, of ln(1 + n / m), where n is the number of suggestions for
    /// the label and m that of those which have the cue. So several cues count more than one, and rare ones more than common ones.
    pub score: f64,
}

/// A sentence with cues of a label, in one reading.
struct Candidate {
    label: LabelIx,
    sentence: Span,
    cues: Vec<Span>,
    /// The different cues, by their number.
    kinds: Vec<u32>,
}

/// The cues of some labels, ready to be looked for in one reading after the other, by several threads at once.
pub struct Cued {
    cues: Cues,
    /// Whether there are so many that most sentences are looked at.
    many: bool,
}

/// What was found in a reading, until all is known that a score depends on.
pub struct Found {
    reading: ReadingId,
    candidates: Vec<Candidate>,
}

/// The suggestions for `label` and `coder`, reading by reading in text order. [`crate::gather::suggestions`] is the same on all
/// cores.
pub fn suggestions(corpus: &Corpus, label: LabelIx, coder: &CoderId) -> Vec<Suggestion> {
    let cued = Cued::of(corpus, label);
    let sources = corpus.sources().iter();
    scored(sources.map(|source| cued.find(corpus, source, coder)))
}

/// How many suggestions for `coder` each label has, by its number. [`crate::gather::suggestion_counts`] is the same on all cores.
pub fn counts(corpus: &Corpus, coder: &CoderId) -> Vec<usize> {
    let cued = Cued::of_all(corpus);
    let sources = corpus.sources().iter();
    counted(
        corpus,
        sources.map(|source| cued.find(corpus, source, coder)),
    )
}

/// The suggestions found for one label, with their scores.
pub fn scored(found: impl IntoIterator<Item = Found>) -> Vec<Suggestion> {
    let mut having: HashMap<u32, usize> = HashMap::new();
    let mut all = Vec::new();
    for Found {
        reading,
        candidates,
    } in found
    {
        for kind in candidates.iter().flat_map(|c| &c.kinds) {
            *having.entry(*kind).or_default() += 1;
        }
        all.extend(candidates.into_iter().map(|c| (reading.clone(), c)));
    }
    let n = all.len() as f64;
    let weight = |kind: &u32| {
        let m = having.get(kind).copied().unwrap_or(1);
        (1.0 + n / m as f64).ln()
    };
    let suggestion = |(reading, candidate): (ReadingId, Candidate)| Suggestion {
        reading,
        sentence: candidate.sentence,
        score: candidate.kinds.iter().map(weight).sum(),
        cues: candidate.cues,
    };
    all.into_iter().map(suggestion).collect()
}

/// How many suggestions were found for each label, by its number.
pub fn counted(corpus: &Corpus, found: impl IntoIterator<Item = Found>) -> Vec<usize> {
    let mut counts = vec![0; corpus.codebook().len()];
    for candidate in found.into_iter().flat_map(|f| f.candidates) {
        if let Some(count) = counts.get_mut(candidate.label as usize) {
            *count += 1;
        }
    }
    counts
}

impl Cued {
    /// The cues of one label.
    pub fn of(corpus: &Corpus, label: LabelIx) -> Self {
        Self {
            cues: Cues::new(corpus.codebook(), [label]),
            many: false,
        }
    }

    /// The cues of all labels.
    pub fn of_all(corpus: &Corpus) -> Self {
        let labels = 0..corpus.codebook().len() as LabelIx;
        Self {
            cues: Cues::new(corpus.codebook(), labels),
            many: true,
        }
    }

    /// What a reading of the corpus has for `coder`.
    pub fn find(&self, corpus: &Corpus, source: &Source, coder: &CoderId) -> Found {
        let mut search = Search {
            corpus,
            source,
            coder,
            coded: Coded::new(source, coder),
            sentences: Sentences::new(source, self.many),
            sentence: None,
            open: HashMap::new(),
            candidates: Vec::new(),
        };
        self.cues.find(source.text(), |hit, label, kind| {
            search.add(hit, label, kind)
        });
        Found {
            reading: source.reading.id.clone(),
            candidates: search.candidates,
        }
    }
}

/// A reading being looked through.
struct Search<'a> {
    corpus: &'a Corpus,
    source: &'a Source,
    coder: &'a CoderId,
    coded: Coded,
    sentences: Sentences<'a>,
    /// The sentence of the last cue.
    sentence: Option<Span>,
    /// The candidates of that sentence, by label; none where the sentence is not to be suggested for it.
    open: HashMap<LabelIx, Option<usize>>,
    candidates: Vec<Candidate>,
}

impl Search<'_> {
    /// Takes a cue; they come in text order.
    fn add(&mut self, hit: Span, label: LabelIx, kind: u32) {
        if !self.sentence.is_some_and(|s| s.has(hit.start)) {
            self.open.clear();
            self.sentence = self.sentences.at(hit.start);
        }
        let Some(sentence) = self.sentence else {
            return;
        };
        let place = match self.open.get(&label) {
            Some(place) => *place,
            None => {
                let place = self.is_wanted(label, sentence);
                let place = place.then_some(self.candidates.len());
                self.open.insert(label, place);
                place
            }
        };
        let Some(place) = place else {
            return;
        };
        match self.candidates.get_mut(place) {
            Some(candidate) => candidate.add(hit, kind),
            None => self.candidates.push(Candidate {
                label,
                sentence,
                cues: vec![hit],
                kinds: vec![kind],
            }),
        }
    }

    /// Whether a sentence is neither coded nor rejected.
    fn is_wanted(&self, label: LabelIx, sentence: Span) -> bool {
        let codebook = self.corpus.codebook();
        let Some(id) = codebook.get(label).map(|l| &l.id) else {
            return false;
        };
        let notebook = self.corpus.notebooks().get(self.coder);
        let rejected = notebook.is_some_and(|n| n.rejects(&suggested(id, self.source, sentence)));
        !rejected && !self.coded.with(codebook.family(label), sentence)
    }
}

fn suggested(label: &LabelId, source: &Source, sentence: Span) -> Suggested {
    Suggested {
        label: label.clone(),
        reading: source.reading.id.clone(),
        sentence,
    }
}

impl Candidate {
    fn add(&mut self, hit: Span, kind: u32) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
        match self.cues.last_mut() {
            Some(last) if hit.start < last.end => last.end = last.end.max(hit.end),
            _ => self.cues.push(hit),
        }
    }
}

/// What a coder has coded in a reading.
struct Coded {
    /// Each label's passages by start, and the furthest end so far.
    passages: HashMap<LabelIx, Vec<(Span, u32)>>,
}

impl Coded {
    fn new(source: &Source, coder: &CoderId) -> Self {
        let mut passages: HashMap<LabelIx, Vec<(Span, u32)>> = HashMap::new();
        let own = source.codings().iter();
        for coding in own.filter(|c| c.highlight.coder == *coder) {
            for label in &coding.labels {
                let list = passages.entry(*label).or_default();
                let span = coding.highlight.span;
                let furthest = list.last().map_or(0, |(_, end)| *end).max(span.end);
                list.push((span, furthest));
            }
        }
        Self { passages }
    }

    /// Whether a highlight with one of these labels overlaps a sentence. O(labels × log highlights).
    fn with(&self, labels: Range<LabelIx>, sentence: Span) -> bool {
        labels.into_iter().any(|label| {
            let list = self.passages.get(&label).map_or(&[][..], Vec::as_slice);
            let before = list.partition_point(|(span, _)| span.start < sentence.end);
            let last = before.checked_sub(1).and_then(|at| list.get(at));
            last.is_some_and(|(_, furthest)| *furthest > sentence.start)
        })
    }
}
