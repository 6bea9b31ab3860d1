//! What the box finds in a project: labels, readings, notes and saved queries.
//!
//! Names are matched as in the label picker ([`fuzzy`]); readings by title, authors and year, and notes, by whether all words
//! that were typed begin words in them, accents and letter case aside. The best of each kind are kept, and kinds come by their
//! best. Built once a change of the project and searched once a letter, on a thread.

use std::{cmp::Reverse, sync::Arc};

use crate::{
    analysis::Corpus,
    app::fuzzy::fuzzy,
    model::{HighlightId, LabelId, ReadingId},
    text::{Span, fold, fold_space},
};

/// How many of a kind are kept.
const KEPT: usize = 8;
/// What scores no more than this has gaps between the letters that were typed; see [`fuzzy`].
pub const GAPS: i32 = 1000;
/// How many characters of a note show.
const SHOWN: usize = 120;

/// What is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A label.
    Label(LabelId),
    /// A reading.
    Reading(ReadingId),
    /// The passage of a note.
    Note(ReadingId, Span, HighlightId),
    /// A saved query: its text.
    Query(String),
}

/// Something that fits what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Higher fits better.
    pub score: i32,
    /// What it is.
    pub target: Target,
    /// How it is called.
    pub name: String,
    /// What is told beside the name: the parent of a label, the citation of a reading, whose note.
    pub more: String,
}

/// Everything that can be found, folded once.
pub struct Index {
    /// The revision of the project.
    pub revision: u64,
    corpus: Arc<Corpus>,
    readings: Vec<String>,
    /// Notes: reading, highlight in it, folded text.
    notes: Vec<(u32, u32, String)>,
}

impl Index {
    /// Folds what a project says. O(readings + notes).
    pub fn new(corpus: Arc<Corpus>, revision: u64) -> Self {
        let sources = corpus.sources();
        let readings = (sources.iter())
            .map(|s| {
                let meta = &s.reading.meta;
                let year = meta.year.map(|y| y.to_string()).unwrap_or_default();
                fold(&format!("{} {} {year}", meta.title, meta.authors.join(" ")))
            })
            .collect();
        let mut notes = Vec::new();
        for (i, source) in sources.iter().enumerate() {
            for (j, coding) in source.codings().iter().enumerate() {
                if !coding.highlight.note.is_empty() {
                    notes.push((i as u32, j as u32, fold(&coding.highlight.note)));
                }
            }
        }
        Self {
            revision,
            corpus,
            readings,
            notes,
        }
    }

    /// What fits, kind by kind. Nothing when nothing was typed.
    pub fn find(&self, typed: &str) -> Vec<Hit> {
        let words = fold(typed);
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut kinds = [
            best(self.labels(typed)),
            best(self.readings(&words)),
            best(self.queries(typed)),
            self.notes(&words),
        ];
        kinds.sort_by_key(|kind| Reverse(kind.first().map(|hit| hit.score)));
        kinds.concat()
    }

    fn labels(&self, typed: &str) -> Vec<Hit> {
        let codebook = self.corpus.codebook();
        let labels = codebook.labels().iter();
        let hit = |label: &crate::model::Label| {
            let found = fuzzy(typed, &label.name)?;
            let parent = label.parent.as_ref();
            let parent = parent.and_then(|id| codebook.get(codebook.number(id)?));
            Some(Hit {
                score: found.score,
                target: Target::Label(label.id.clone()),
                name: label.name.clone(),
                more: parent.map(|p| p.name.clone()).unwrap_or_default(),
            })
        };
        labels.filter_map(hit).collect()
    }

    fn readings(&self, words: &[&str]) -> Vec<Hit> {
        let sources = self.corpus.sources().iter();
        let hit = |(source, folded): (&Arc<crate::analysis::Source>, &String)| {
            let reading = &source.reading;
            Some(Hit {
                score: score(folded, words)?,
                target: Target::Reading(reading.id.clone()),
                name: reading.meta.title.clone(),
                more: match reading.meta.authors.is_empty() {
                    true => reading.meta.year.map(|y| y.to_string()).unwrap_or_default(),
                    false => reading.meta.citation(),
                },
            })
        };
        sources.zip(&self.readings).filter_map(hit).collect()
    }

    fn queries(&self, typed: &str) -> Vec<Hit> {
        let all = self.corpus.notebooks().iter();
        let all = all.flat_map(|(coder, notebook)| {
            let query = move |(name, query)| (coder, name, query);
            notebook.queries().map(query)
        });
        let hit = |(coder, name, query): (&crate::model::CoderId, &str, &str)| {
            Some(Hit {
                score: fuzzy(typed, name)?.score,
                target: Target::Query(query.to_owned()),
                name: name.to_owned(),
                more: coder.to_string(),
            })
        };
        all.filter_map(hit).collect()
    }

    /// Of many notes only those that are kept are looked up and cut.
    fn notes(&self, words: &[&str]) -> Vec<Hit> {
        let scored = self.notes.iter().filter_map(|(source, coding, folded)| {
            // A note says less by its length than a name does.
            Some((score(folded, words)? - 200, *source, *coding))
        });
        let mut scored: Vec<(i32, u32, u32)> = scored.collect();
        let order = |&(score, source, coding): &(i32, u32, u32)| (Reverse(score), source, coding);
        if scored.len() > KEPT {
            scored.select_nth_unstable_by_key(KEPT, order);
            scored.truncate(KEPT);
        }
        scored.sort_unstable_by_key(order);
        let hit = |(score, source, coding): (i32, u32, u32)| {
            let source = self.corpus.sources().get(source as usize)?;
            let highlight = &source.codings().get(coding as usize)?.highlight;
            let target = Target::Note(highlight.reading.clone(), highlight.span, highlight.id);
            Some(Hit {
                score,
                target,
                name: excerpt(&highlight.note, words),
                more: source.reading.meta.citation(),
            })
        };
        scored.into_iter().filter_map(hit).collect()
    }
}

/// The best of a kind, best first. Letters with gaps between them count only where nothing else fits.
fn best(mut hits: Vec<Hit>) -> Vec<Hit> {
    if hits.iter().any(|hit| hit.score > GAPS) {
        hits.retain(|hit| hit.score > GAPS);
    }
    hits.sort_by(|a, b| (Reverse(a.score), &a.name).cmp(&(Reverse(b.score), &b.name)));
    hits.truncate(KEPT);
    hits
}

/// How well folded words fit a folded text: all of them must begin a word in it. On the scale of [`fuzzy`]: best when they stand
/// one after another at its beginning, then anywhere so, then apart; short texts win ties.
fn score(text: &str, words: &[&str]) -> Option<i32> {
    let begins = |at: usize| at == 0 || text.as_bytes().get(at - 1) == Some(&b' ');
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        let mut all = text.match_indices(word).map(|(at, _)| at);
        places.push(all.find(|at| begins(*at) || !is_spaced(word))?);
    }
    let length = text.len().min(900) as i32;
    let phrase = words.join(" ");
    let whole = text.match_indices(&phrase).map(|(at, _)| at);
    let base = match whole.into_iter().find(|at| begins(*at)) {
        Some(0) => 4000,
        Some(_) => 3000,
        None => 2000,
    };
    Some(base - length)
}

/// Whether the writing of a word parts words by spaces: Chinese and Japanese do not.
fn is_spaced(word: &str) -> bool {
    !word.chars().any(|c| matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'))
}

/// A note on one line, from a little before the first word that was typed.
fn excerpt(note: &str, words: &[&str]) -> String {
    let note = fold_space(note);
    if note.chars().count() <= SHOWN {
        return note;
    }
    let parts: Vec<&str> = note.split(' ').collect();
    let hit = parts.iter().position(|part| {
        let part = fold(part);
        words.iter().any(|word| part.contains(word))
    });
    let from = hit.unwrap_or_default().saturating_sub(4);
    let rest = parts.get(from..).unwrap_or_default().join(" ");
    let cut: String = rest.chars().take(SHOWN).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if cut.len() < rest.len() { "…" } else { "" };
    format!("{before}{}{after}", cut.trim_end())
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
