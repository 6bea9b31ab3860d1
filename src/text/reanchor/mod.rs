//! Finding where passages of a text stand in a new version of it.

mod alignment;
mod anchors;
mod dp;
mod fold;
mod moves;
mod place;
mod search;
mod tokens;

use std::ops::Range;

use self::{
    alignment::{Alignment, NONE},
    fold::same_words,
    place::{Matches, Place},
    search::Index,
    tokens::{Token, Vocabulary, tokens},
};
use super::{Span, Text};

/// What became of a passage.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchored {
    /// The same words, at the place that corresponds.
    Kept(Span),
    /// The same words, elsewhere: what stood around them stays behind, or moved along out of order.
    Moved(Span),
    /// The place that corresponds holds other words: the passage was edited.
    Changed {
        /// That place in the new text.
        span: Span,
        /// How much of the words is common to both, 0 to 1.
        likeness: f32,
    },
    /// Nowhere for sure.
    Lost(Vec<Candidate>),
}

/// A place where a lost passage may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// In the new text.
    pub span: Span,
    /// How much of the words is common to both, 0 to 1.
    pub likeness: f32,
}

/// What a passage must weigh to be recognised away from its context.
const TELLING: i32 = 60;
/// What a passage must weigh to need no look at what surrounds it.
const SURE: i32 = 60;
/// What a passage of whole sentences must weigh for it, when it occurs but once in either text.
const WHOLE: i32 = 20;
/// How like the passage the place that corresponds must be.
const ALIKE: f32 = 0.5;
/// How like it that place must be where what surrounds it is the same on both sides.
const FRAMED: f32 = 0.33;
/// How many candidates a lost passage has.
const CANDIDATES: usize = 5;

/// Both texts, taken apart and matched.
struct Versions<'a> {
    old: &'a Text,
    new: &'a Text,
    old_tokens: Vec<Token>,
    new_tokens: Vec<Token>,
    vocabulary: Vocabulary,
    alignment: Alignment,
    index: Index,
    old_index: Index,
}

/// What became of each of `passages` of `old` in `new`, in the same order.
pub fn reanchor(old: &Text, new: &Text, passages: &[Span]) -> Vec<Anchored> {
    if passages.is_empty() {
        return Vec::new();
    }
    let versions = Versions::new(old, new);
    passages.iter().map(|&p| versions.reanchor(p)).collect()
}

impl<'a> Versions<'a> {
    fn new(old: &'a Text, new: &'a Text) -> Self {
        let mut vocabulary = Vocabulary::default();
        let old_tokens = tokens(old, &mut vocabulary);
        let new_tokens = tokens(new, &mut vocabulary);
        vocabulary.weigh();
        Self {
            old,
            new,
            alignment: Alignment::new(&old_tokens, &new_tokens, &vocabulary),
            index: Index::new(&new_tokens, vocabulary.len()),
            old_index: Index::new(&old_tokens, vocabulary.len()),
            old_tokens,
            new_tokens,
            vocabulary,
        }
    }

    fn weight(&self, tokens: &[Token]) -> i32 {
        tokens.iter().map(|t| self.vocabulary.weight(t)).sum()
    }

    fn reanchor(&self, passage: Span) -> Anchored {
        let Some(passage) = passage
            .fits(self.old.as_str())
            .then(|| self.old.trim(passage))
            .flatten()
        else {
            return Anchored::Lost(Vec::new());
        };
        let start = self.old_tokens.partition_point(|t| t.end <= passage.start);
        let end = self.old_tokens.partition_point(|t| t.start < passage.end);
        if start >= end {
            return Anchored::Lost(Vec::new());
        }
        let range = start..end;
        let same = |place: &Place| same_words(self.old.slice(passage), self.new.slice(place.span));
        let weight = self.weight(&self.old_tokens[range.clone()]);

        let in_order = self.place(
            passage,
            &range,
            Matches {
                to_new: &self.alignment.to_new,
                is_free: &|j| self.alignment.is_free_new(j),
            },
        );
        let supported = |place: &Place| weight >= SURE || self.has_context(&range, &place.tokens);
        if let Some(place) = in_order.as_ref().filter(|p| same(p) && supported(p)) {
            return Anchored::Kept(place.span);
        }
        let moved = self.place(
            passage,
            &range,
            Matches {
                to_new: &self.alignment.moved,
                is_free: &|j| self.alignment.is_free_new(j),
            },
        );
        if let Some(place) = moved.as_ref().filter(|p| same(p)) {
            return Anchored::Moved(place.span);
        }
        let exact = self.exact(&range, &self.new_tokens, &self.index);
        let sole = self.sole_exact(passage, &range, &exact);
        if let Some((span, true)) = sole
            && weight >= TELLING
        {
            return match &in_order {
                Some(place) if place.span.overlaps(span) => Anchored::Kept(span),
                _ => Anchored::Moved(span),
            };
        }
        let sure = in_order
            .as_ref()
            .filter(|p| p.likeness >= 0.75 && supported(p));
        if let Some(place) = sure {
            return changed(place);
        }
        if let Some((span, unique)) = sole
            && (weight >= TELLING || unique && weight >= WHOLE && self.is_whole(&range))
        {
            return Anchored::Moved(span);
        }
        let best = [&in_order, &moved]
            .into_iter()
            .flatten()
            .filter(|p| {
                p.likeness >= ALIKE && supported(p)
                    || p.likeness >= FRAMED && self.is_framed(&range, &p.tokens)
            })
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness));
        if let Some(place) = best {
            return changed(place);
        }
        let free = |j: usize| self.alignment.is_free_new(j);
        let alike = self.alike(&range, free);
        if let Some(first) = alike.first()
            && weight >= 2 * TELLING
            && first.likeness >= 0.75
            && alike
                .get(1)
                .is_none_or(|second| second.likeness + 0.15 < first.likeness)
        {
            return changed(first);
        }
        self.lost(&range, in_order.into_iter().chain(moved), &exact)
    }

    /// Whether the tokens around `range` are matched with some around `place`.
    fn has_context(&self, range: &Range<usize>, place: &Range<usize>) -> bool {
        const AROUND: usize = 12;
        let from = range.start.saturating_sub(AROUND);
        let to = (range.end + AROUND).min(self.old_tokens.len());
        let near = place.start.saturating_sub(3 * AROUND)..place.end + 3 * AROUND;
        let (mut all, mut matched) = (0, 0);
        for i in (from..range.start).chain(range.end..to) {
            let weight = self.vocabulary.weight(&self.old_tokens[i]);
            all += weight;
            let j = self.alignment.to_new[i];
            if j != NONE && near.contains(&(j as usize)) {
                matched += weight;
            }
        }
        4 * matched >= all
    }

    /// Whether tokens of the new text hold the passage's words.
    fn is_same(&self, passage: Span, tokens: &Range<usize>) -> bool {
        same_words(
            self.old.slice(passage),
            self.new.slice(self.span_of(tokens)),
        )
    }

    /// The one place among `exact` whose words come from nowhere else in the old text, and whether the words occur but once
    /// in either text.
    fn sole_exact(
        &self,
        passage: Span,
        range: &Range<usize>,
        exact: &[usize],
    ) -> Option<(Span, bool)> {
        let exact: Vec<Range<usize>> = exact
            .iter()
            .map(|&at| at..at + range.len())
            .filter(|tokens| self.is_same(passage, tokens))
            .collect();
        let unique =
            exact.len() == 1 && self.exact(range, &self.old_tokens, &self.old_index).len() == 1;
        let weight = self.weight(&self.old_tokens[range.clone()]);
        let mut free = exact.iter().filter(|tokens| {
            let taken: i32 = (*tokens)
                .clone()
                .filter(|&j| self.alignment.to_old[j] != NONE)
                .map(|j| self.vocabulary.weight(&self.new_tokens[j]))
                .sum();
            unique || taken * 3 <= weight
        });
        let (first, None) = (free.next()?, free.next()) else {
            return None;
        };
        Some((self.span_of(first), unique))
    }

    fn lost(
        &self,
        range: &Range<usize>,
        places: impl Iterator<Item = Place>,
        exact: &[usize],
    ) -> Anchored {
        let exact = exact.iter().take(CANDIDATES).map(|&at| Candidate {
            span: self.span_of(&(at..at + range.len())),
            likeness: 1.0,
        });
        let places = places.chain(self.alike(range, |_| true));
        let mut all: Vec<Candidate> = exact
            .chain(places.map(|place| Candidate {
                span: place.span,
                likeness: place.likeness,
            }))
            .filter(|candidate| candidate.likeness > 0.2)
            .collect();
        all.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in all {
            if kept.len() < CANDIDATES && kept.iter().all(|k| !k.span.overlaps(candidate.span)) {
                kept.push(candidate);
            }
        }
        Anchored::Lost(kept)
    }
}

fn changed(place: &Place) -> Anchored {
    Anchored::Changed {
        span: place.span,
        likeness: place.likeness.min(1.0),
    }
}
