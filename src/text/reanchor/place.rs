//! From the matches of a passage's tokens to a range of the new text.

use std::ops::Range;

use super::{
    Versions, alignment::NONE, decide::Passage, edges::opens, fold::same_words, tokens::Token,
};
use crate::text::Span;

/// What weighs less, at an end of a passage, and is parted from the rest by new sentences, is no part of it: the “The” of
/// another sentence.
const PUT_IN: i32 = 16;

/// Where the matches of a passage put it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// In the new text.
    pub(super) span: Span,
    /// The tokens it covers.
    pub(super) tokens: Range<usize>,
    /// What both have in common, by weight, 0 to 1: twice the matched weight over the sum of both weights.
    pub(super) likeness: f32,
}

/// One of the two ways that tokens are matched: in order, or as moved blocks.
#[derive(Clone, Copy)]
pub(super) struct Matches<'a> {
    /// The new token of each old one, or [`NONE`].
    pub(super) to_new: &'a [u32],
    /// New tokens that are free to be taken for replaced ones.
    pub(super) is_free: &'a dyn Fn(usize) -> bool,
}

impl Versions<'_> {
    /// Where `matches` put a passage.
    pub(super) fn place(&self, passage: &Passage, matches: Matches) -> Option<Place> {
        let (passage, range) = (passage.span, &passage.tokens);
        let pairs = self.heaviest_cluster(range, matches.to_new);
        let (&(i0, j0), &(i1, j1)) = (pairs.first()?, pairs.last()?);
        let in_place = |tokens: &Range<usize>| {
            let mut span = self.span_of(tokens);
            if tokens.start == j0 && i0 == range.start {
                span.start = self.within(&self.old_tokens[i0], passage.start, &self.new_tokens[j0]);
            }
            if tokens.end == j1 + 1 && i1 + 1 == range.end {
                span.end = self.within(&self.old_tokens[i1], passage.end, &self.new_tokens[j1]);
            }
            span
        };
        let same = |span: Span| same_words(self.old.slice(passage), self.new.slice(span));
        let mut tokens = j0..j1 + 1;
        let mut span = in_place(&tokens);
        if !same(span) || i0 > range.start || i1 + 1 < range.end {
            tokens =
                self.left_edge(range, (i0, j0), matches)..self.right_edge(range, (i1, j1), matches);
            span = in_place(&tokens);
        }
        if !same(span) {
            tokens = self.with_affixes(range, tokens, matches);
            span = in_place(&tokens);
        }
        if span.is_empty() {
            return None;
        }
        let common: i32 = pairs
            .iter()
            .map(|&(i, j)| {
                self.vocabulary
                    .score(&self.old_tokens[i], &self.new_tokens[j])
            })
            .sum();
        Some(Place {
            span,
            likeness: self.likeness(common, range, &tokens),
            tokens,
        })
    }

    pub(super) fn likeness(&self, common: i32, old: &Range<usize>, new: &Range<usize>) -> f32 {
        let both =
            self.weight(&self.old_tokens[old.clone()]) + self.weight(&self.new_tokens[new.clone()]);
        2.0 * common as f32 / both.max(1) as f32
    }

    /// The matched pairs of `range` that lie together in the new text: the stretch of them that weighs most, when
    /// sentences put in between two of them count against it.
    fn heaviest_cluster(&self, range: &Range<usize>, to_new: &[u32]) -> Vec<(usize, usize)> {
        let pairs: Vec<(usize, usize)> = range
            .clone()
            .filter(|&i| to_new[i] != NONE)
            .map(|i| (i, to_new[i] as usize))
            .collect();
        let far = 60 + 2 * range.len();
        let mut best = (0, 0..0);
        let (mut weight, mut start) = (0, 0);
        for (n, &(i, j)) in pairs.iter().enumerate() {
            if let Some(&(last_i, last_j)) = n.checked_sub(1).and_then(|n| pairs.get(n)) {
                let apart = j <= last_j || j > last_j + far;
                if !apart && self.sentences_put_in((last_i, i), (last_j, j)) {
                    weight -= PUT_IN;
                }
                if apart || weight <= 0 {
                    (weight, start) = (0, n);
                }
            }
            weight += self
                .vocabulary
                .score(&self.old_tokens[i], &self.new_tokens[j]);
            // The rest of a sentence that the passage cuts vouches for the part within.
            if n == 0 {
                let before = (0..range.start).rev();
                let rest = before.take_while(|&i| !opens(&self.old_tokens, i + 1));
                weight += self.vouched(rest, to_new);
            }
            if n + 1 == pairs.len() {
                let after = range.end..self.old_tokens.len();
                let rest = after.take_while(|&i| !opens(&self.old_tokens, i));
                weight += self.vouched(rest, to_new);
            }
            if weight > best.0 {
                best = (weight, start..n + 1);
            }
        }
        pairs[best.1].to_vec()
    }

    /// What the first few of some old tokens weigh that have a match.
    fn vouched(&self, tokens: impl Iterator<Item = usize>, to_new: &[u32]) -> i32 {
        const FEW: usize = 20;
        tokens
            .take(FEW)
            .filter(|&i| to_new[i] != NONE)
            .map(|i| self.vocabulary.weight(&self.old_tokens[i]))
            .sum()
    }

    /// Whether more sentences begin after one match, up to the next, in the new text than in the old.
    fn sentences_put_in(&self, old: (usize, usize), new: (usize, usize)) -> bool {
        let count = |tokens: &[Token], (from, to): (usize, usize)| {
            (from + 1..=to).filter(|&at| opens(tokens, at)).count()
        };
        count(&self.new_tokens, new) > count(&self.old_tokens, old)
    }

    /// Whether what stands right before and after the passage is matched with what stands right before and after `place`.
    pub(super) fn is_framed(&self, range: &Range<usize>, place: &Range<usize>) -> bool {
        let to_new = &self.alignment.to_new;
        let before = match range.start.checked_sub(1) {
            Some(i) => to_new[i] != NONE && to_new[i] as usize + 1 == place.start,
            None => place.start == 0,
        };
        let after = match to_new.get(range.end) {
            Some(&j) => j as usize == place.end,
            None => place.end == self.new_tokens.len(),
        };
        before && after
    }

    /// Whether the tokens are one or more whole sentences.
    pub(super) fn is_whole(&self, range: &Range<usize>) -> bool {
        opens(&self.old_tokens, range.start) && opens(&self.old_tokens, range.end)
    }

    /// The place within the new token that corresponds to `offset` within the old one.
    fn within(&self, old: &Token, offset: u32, new: &Token) -> u32 {
        if offset <= old.start {
            return new.start;
        }
        if offset >= old.end {
            return new.end;
        }
        let before = Span::new(old.start, offset)
            .of(self.old.as_str())
            .chars()
            .count();
        Span::new(new.start, new.end)
            .of(self.new.as_str())
            .char_indices()
            .nth(before)
            .map_or(new.end, |(at, _)| new.start + at as u32)
    }
}
