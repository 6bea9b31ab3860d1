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

use std::collections::HashMap;

use self::{cues::Cues, zones::Zones};
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

/// The suggestions for `label` and `coder`, reading by reading in text order.
pub fn suggestions(corpus: &Corpus, label: LabelIx, coder: &CoderId) -> Vec<Suggestion> {
    let cues = Cues::new(corpus.codebook(), [label]);
    let mut all = Vec::new();
    let mut having: HashMap<u32, usize> = HashMap::new();
    for source in corpus.sources() {
        for candidate in candidates(corpus, source, &cues, coder) {
            for kind in &candidate.kinds {
                *having.entry(*kind).or_default() += 1;
            }
            all.push((&source.reading.id, candidate));
        }
    }
    let n = all.len() as f64;
    let weight = |kind: &u32| {
        let m = having.get(kind).copied().unwrap_or(1);
        (1.0 + n / m as f64).ln()
    };
    let suggestion = |(reading, candidate): (&ReadingId, Candidate)| Suggestion {
        reading: reading.clone(),
        sentence: candidate.sentence,
        score: candidate.kinds.iter().map(weight).sum(),
        cues: candidate.cues,
    };
    all.into_iter().map(suggestion).collect()
}

/// How many suggestions for `coder` each label has, by its number.
pub fn counts(corpus: &Corpus, coder: &CoderId) -> Vec<usize> {
    let labels = corpus.codebook().len();
    let cues = Cues::new(corpus.codebook(), 0..labels as LabelIx);
    let mut counts = vec![0; labels];
    for source in corpus.sources() {
        for candidate in candidates(corpus, source, &cues, coder) {
            if let Some(count) = counts.get_mut(candidate.label as usize) {
                *count += 1;
            }
        }
    }
    counts
}

/// The sentences of a reading that the cues suggest, in text order, each once for a label.
fn candidates(corpus: &Corpus, source: &Source, cues: &Cues, coder: &CoderId) -> Vec<Candidate> {
    let text = source.text();
    let zones = Zones::new(&source.reading);
    let coded = Coded::new(corpus, source, coder);
    let notebook = corpus.notebooks().get(coder);
    let mut sentence = None;
    let mut out: Vec<Candidate> = Vec::new();
    let mut open: HashMap<LabelIx, usize> = HashMap::new();
    cues.find(text, |hit, label, kind| {
        let here = match sentence {
            Some(Some(span)) if Span::has(span, hit.start) => Some(span),
            _ => {
                let new = zones.sentence(source, hit.start);
                sentence = Some(new);
                open.clear();
                new
            }
        };
        let Some(span) = here else {
            return;
        };
        if let Some(candidate) = open.get(&label).and_then(|at| out.get_mut(*at)) {
            candidate.add(hit, kind);
            return;
        }
        let Some(id) = corpus.codebook().get(label).map(|l| &l.id) else {
            return;
        };
        let rejected = notebook.is_some_and(|n| n.rejects(&suggested(id, source, span)));
        if !rejected && !coded.with(corpus.codebook().family(label), span) {
            open.insert(label, out.len());
            out.push(Candidate {
                label,
                sentence: span,
                cues: vec![hit],
                kinds: vec![kind],
            });
        }
    });
    out
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
    fn new(corpus: &Corpus, source: &Source, coder: &CoderId) -> Self {
        let _ = corpus;
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
    fn with(&self, labels: std::ops::Range<LabelIx>, sentence: Span) -> bool {
        labels.into_iter().any(|label| {
            let list = self.passages.get(&label).map_or(&[][..], Vec::as_slice);
            let before = list.partition_point(|(span, _)| span.start < sentence.end);
            let last = before.checked_sub(1).and_then(|at| list.get(at));
            last.is_some_and(|(_, furthest)| *furthest > sentence.start)
        })
    }
}
