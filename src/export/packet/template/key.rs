//! Key excerpts: which of an author's many stand for the others.

use std::collections::BTreeSet;

use super::Maker;
use crate::{
    analysis::{
        excerpts::{Arrangement, Grouping, Sorting, list},
        query::Query,
    },
    model::{Excerpts, Highlight, LabelId, Pick, Reading, ReadingId, Side},
    text::word_count,
};

/// Lengths that can be read aloud, in words.
const FIT: std::ops::RangeInclusive<usize> = 12..=90;

impl<'a> Maker<'a> {
    /// The key excerpts that `fits` lets through: of each reading at most `each`, the readings by year, their excerpts in text order.
    pub(super) fn key(
        &self,
        each: usize,
        side: Side,
        fits: impl Fn(&Highlight) -> bool,
    ) -> Vec<Pick> {
        let by_year = Arrangement {
            grouping: Grouping::None,
            sorting: Sorting::Year,
            descending: false,
        };
        // The query for everything names nothing that could be missing.
        let all = list(&self.corpus, &Query::default(), by_year).unwrap_or_default();
        let codings = all
            .items
            .iter()
            .filter_map(|place| self.corpus.coding(*place));
        let mut picks = Vec::new();
        let mut here: Vec<(&Reading, &Highlight)> = Vec::new();
        for (source, coding) in codings {
            let (reading, highlight) = (&*source.reading, &*coding.highlight);
            if !self.has_reading(&reading.id) || !fits(highlight) {
                continue;
            }
            if here.first().is_some_and(|(r, _)| r.id != reading.id) {
                self.best(&mut picks, std::mem::take(&mut here), each, side);
            }
            here.push((reading, highlight));
        }
        self.best(&mut picks, here, each, side);
        picks
    }

    /// Adds the best of a reading's excerpts, in text order: those that no other section has before those that one has. Passages
    /// that others tagged too are taken once.
    fn best(
        &self,
        picks: &mut Vec<Pick>,
        here: Vec<(&Reading, &Highlight)>,
        each: usize,
        side: Side,
    ) {
        let mut ranked: Vec<(usize, usize)> = (here.iter().enumerate())
            .map(|(at, (reading, highlight))| {
                let new = !self.has(&reading.id, highlight);
                (worth(reading, highlight) + 2 * usize::from(new), at)
            })
            .collect();
        ranked.sort_by_key(|(worth, at)| (std::cmp::Reverse(*worth), *at));
        let mut chosen: Vec<usize> = Vec::new();
        for (_, at) in ranked {
            let (_, new) = here[at];
            let overlaps = |other: &usize| {
                let (_, other) = here[*other];
                other.span.start < new.span.end && new.span.start < other.span.end
            };
            if chosen.len() < each && !chosen.iter().any(overlaps) {
                chosen.push(at);
            }
        }
        chosen.sort_unstable();
        picks.extend(chosen.into_iter().map(|at| {
            let (reading, highlight) = here[at];
            pick(&reading.id, highlight, side)
        }));
    }

    /// Whether a section has an excerpt already.
    fn has(&self, reading: &ReadingId, highlight: &Highlight) -> bool {
        let mut sections = self.packet.sections.values();
        sections.any(|section| match &section.excerpts {
            Excerpts::Chosen(picks) => {
                let mut picks = picks.iter();
                picks.any(|pick| pick.highlight == highlight.id && pick.reading == *reading)
            }
            Excerpts::Ruled(_) => false,
        })
    }

    /// The labels of a theory.
    pub(super) fn family(&self, theory: &LabelId) -> BTreeSet<LabelId> {
        self.project.with_descendants(theory)
    }
}

fn pick(reading: &ReadingId, highlight: &Highlight, side: Side) -> Pick {
    Pick {
        reading: reading.clone(),
        highlight: highlight.id,
        side,
    }
}

/// What speaks for an excerpt: somebody said what it does with the theory or wrote a note on it, and it is neither a word nor a page.
fn worth(reading: &Reading, highlight: &Highlight) -> usize {
    let words = word_count(reading.text.slice(highlight.span));
    let length = match words {
        n if FIT.contains(&n) => 4,
        n if n > *FIT.end() && n < 3 * FIT.end() => 2,
        n if n >= 5 => 1,
        _ => 0,
    };
    let noted = !highlight.note.trim().is_empty();
    length + usize::from(highlight.stance.is_some()) + usize::from(noted)
}
