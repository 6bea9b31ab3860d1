//! What became of a passage, of all the places where it may stand.

use std::ops::Range;

use super::{
    Anchored, Candidate, Versions,
    alignment::NONE,
    fold::same_words,
    place::{Matches, Place},
};
use crate::text::Span;

/// What a passage must weigh (see [`Vocabulary::weight`](super::tokens::Vocabulary::weight)) to be recognised by its words
/// alone: four rare words, or ten common ones.
const TELLING: i32 = 60;
/// What a passage of whole sentences must weigh for it, when it occurs but once in either text.
const WHOLE: i32 = 20;
/// What a passage must weigh to be found again where only like words stand, without any match by the diff.
const HEAVY: i32 = 120;
/// How like the passage a place must be that the diff found.
const ALIKE: f32 = 0.5;
/// How like it that place must be where what surrounds it is the same on both sides.
const FRAMED: f32 = 0.33;
/// A passage that weighs less is a word or two: where it was edited, what surrounds it must be the same on both sides, or the
/// words be [`NEARLY_SAME`].
const SLIGHT: i32 = 40;
/// How like such words must be: only case, or a mark in between, differs.
const NEARLY_SAME: f32 = 0.9;
/// How like it a place is that nothing elsewhere is preferred to, unless it holds the passage's very words.
const MUCH_ALIKE: f32 = 0.75;
/// How much more like the passage the best place must be than the next, where only like words were searched.
const MARGIN: f32 = 0.15;
/// How like the passage a candidate must be to be shown.
const WORTH_A_LOOK: f32 = 0.2;
/// How many candidates a lost passage has at most.
const CANDIDATES: usize = 5;

/// A passage of the old text.
pub(super) struct Passage {
    /// Its bytes, without white space at the ends.
    pub(super) span: Span,
    /// The tokens it touches.
    pub(super) tokens: Range<usize>,
    weight: i32,
}

impl Versions<'_> {
    /// What became of the passage at `span` of the old text.
    pub(super) fn decide(&self, span: Span) -> Anchored {
        let Some(passage) = self.passage(span) else {
            return Anchored::Lost(Vec::new());
        };
        let is_free = &|j| self.alignment.is_free_new(j);
        let [in_order, moved] = [&self.alignment.to_new, &self.alignment.moved].map(|to_new| {
            let place = self.place(&passage, Matches { to_new, is_free })?;
            let certain =
                passage.weight >= TELLING || self.has_context(&passage.tokens, &place, to_new);
            certain.then_some(place)
        });
        if let Some(place) = in_order.as_ref().filter(|p| self.is_same(&passage, p.span)) {
            return Anchored::Kept(place.span);
        }
        if let Some(place) = moved.as_ref().filter(|p| self.is_same(&passage, p.span)) {
            return Anchored::Moved(place.span);
        }
        let exact = self.exact(&passage.tokens, &self.new_tokens, &self.index);
        if let Some(span) = in_order
            .as_ref()
            .and_then(|place| self.exact_within(&passage, &exact, place))
        {
            return Anchored::Kept(span);
        }
        if let Some(span) = self.only_exact(&passage, &exact, in_order.as_ref()) {
            return Anchored::Moved(span);
        }
        let best = [&in_order, &moved]
            .into_iter()
            .flatten()
            .filter(|p| {
                let framed = self.is_framed(&passage.tokens, &p.tokens);
                match passage.weight < SLIGHT {
                    true => framed && p.likeness >= ALIKE || p.likeness >= NEARLY_SAME,
                    false => framed && p.likeness >= FRAMED || p.likeness >= ALIKE,
                }
            })
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness))
            .cloned()
            .or_else(|| self.only_alike(&passage));
        match best {
            Some(place) => Anchored::Changed {
                span: place.span,
                likeness: place.likeness.min(1.0),
            },
            None => {
                Anchored::Lost(self.candidates(&passage, in_order.into_iter().chain(moved), &exact))
            }
        }
    }

    fn passage(&self, span: Span) -> Option<Passage> {
        let span = span
            .fits(self.old.as_str())
            .then(|| self.old.trim(span))??;
        let start = self.old_tokens.partition_point(|t| t.end <= span.start);
        let end = self.old_tokens.partition_point(|t| t.start < span.end);
        (start < end).then(|| Passage {
            span,
            tokens: start..end,
            weight: self.weight(&self.old_tokens[start..end]),
        })
    }

    /// Whether a fourth of what stands around the old tokens, by weight, is matched with what stands around `place`.
    fn has_context(&self, tokens: &Range<usize>, place: &Place, to_new: &[u32]) -> bool {
        const AROUND: usize = 12;
        let from = tokens.start.saturating_sub(AROUND);
        let to = (tokens.end + AROUND).min(self.old_tokens.len());
        let near = place.tokens.start.saturating_sub(3 * AROUND)..place.tokens.end + 3 * AROUND;
        let (mut all, mut matched) = (0, 0);
        for i in (from..tokens.start).chain(tokens.end..to) {
            let weight = self.vocabulary.weight(&self.old_tokens[i]);
            all += weight;
            if to_new[i] != NONE && near.contains(&(to_new[i] as usize)) {
                matched += weight;
            }
        }
        4 * matched >= all
    }

    fn is_same(&self, passage: &Passage, span: Span) -> bool {
        same_words(self.old.slice(passage.span), self.new.slice(span))
    }

    /// The one of the `exact` places that overlaps `place`: the diff took another of several like words for the passage's
    /// first or last.
    fn exact_within(&self, passage: &Passage, exact: &[usize], place: &Place) -> Option<Span> {
        let mut spans = exact
            .iter()
            .map(|&at| self.span_of(&(at..at + passage.tokens.len())))
            .filter(|&span| span.overlaps(place.span) && self.is_same(passage, span));
        let first = spans.next()?;
        spans.next().is_none().then_some(first)
    }

    /// Where the passage's very words stand though the diff does not say so: the only place in the new text, of the only one
    /// in the old; or else the only one whose words come from nowhere else, unless the place that corresponds is much alike.
    fn only_exact(
        &self,
        passage: &Passage,
        exact: &[usize],
        in_order: Option<&Place>,
    ) -> Option<Span> {
        let length = passage.tokens.len();
        let same: Vec<Range<usize>> = exact
            .iter()
            .map(|&at| at..at + length)
            .filter(|tokens| self.is_same(passage, self.span_of(tokens)))
            .collect();
        let once = same.len() == 1
            && self
                .exact(&passage.tokens, &self.old_tokens, &self.old_index)
                .len()
                == 1;
        if once && passage.weight >= TELLING {
            return same.first().map(|tokens| self.span_of(tokens));
        }
        if in_order.is_some_and(|place| place.likeness >= MUCH_ALIKE) {
            return None;
        }
        if once && passage.weight >= WHOLE && self.is_whole(&passage.tokens) {
            return same.first().map(|tokens| self.span_of(tokens));
        }
        let mut free = same.iter().filter(|&tokens| {
            let taken = tokens.clone().filter(|&j| self.alignment.to_old[j] != NONE);
            let weight: i32 = taken
                .map(|j| self.vocabulary.weight(&self.new_tokens[j]))
                .sum();
            3 * weight <= passage.weight
        });
        match (free.next(), free.next()) {
            (Some(only), None) if passage.weight >= TELLING => Some(self.span_of(only)),
            _ => None,
        }
    }

    /// The place much more like the passage than any other, of the words that come from nowhere else.
    fn only_alike(&self, passage: &Passage) -> Option<Place> {
        if passage.weight < HEAVY {
            return None;
        }
        let found = self.alike(&passage.tokens, |j| self.alignment.is_free_new(j));
        let first = found.first().filter(|first| first.likeness >= MUCH_ALIKE)?;
        let next = found.get(1).map_or(0.0, |next| next.likeness);
        (next + MARGIN < first.likeness).then(|| first.clone())
    }

    /// The best places for a person to choose from, best first, none overlapping another.
    fn candidates(
        &self,
        passage: &Passage,
        places: impl Iterator<Item = Place>,
        exact: &[usize],
    ) -> Vec<Candidate> {
        let exact = exact.iter().take(CANDIDATES).map(|&at| Candidate {
            span: self.span_of(&(at..at + passage.tokens.len())),
            likeness: 1.0,
        });
        let alike = places.chain(self.alike(&passage.tokens, |_| true));
        let mut all: Vec<Candidate> = exact
            .chain(alike.map(|place| Candidate {
                span: place.span,
                likeness: place.likeness.min(1.0),
            }))
            .filter(|candidate| candidate.likeness >= WORTH_A_LOOK)
            .collect();
        all.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in all {
            if kept.len() < CANDIDATES && kept.iter().all(|k| !k.span.overlaps(candidate.span)) {
                kept.push(candidate);
            }
        }
        kept
    }
}
