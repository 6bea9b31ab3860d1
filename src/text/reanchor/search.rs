//! Looking for a passage all over the new text.

use std::ops::Range;

use super::{Versions, dp, place::Place, tokens::Token};
use crate::text::Span;

/// How many places of one word are looked at; a word with more is no help.
const PLACES: usize = 300;
/// How many of a passage's words are looked up, the rarest first.
const WORDS: usize = 12;
/// How many windows of the new text are compared token by token.
const WINDOWS: usize = 8;
/// How much of a passage is looked for, in tokens.
const LONGEST: usize = 400;

/// Where each word stands in the new text.
pub(super) struct Index {
    /// For each word where its places begin in `places`; one more at the end.
    heads: Vec<u32>,
    places: Vec<u32>,
}

impl Index {
    pub(super) fn new(tokens: &[Token], words: usize) -> Self {
        let mut heads = vec![0u32; words + 1];
        for token in tokens {
            heads[token.word as usize + 1] += 1;
        }
        for word in 0..words {
            heads[word + 1] += heads[word];
        }
        let mut next = heads.clone();
        let mut places = vec![0; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            let place = &mut next[token.word as usize];
            places[*place as usize] = at as u32;
            *place += 1;
        }
        Self { heads, places }
    }

    /// The places of a word, in order.
    pub(super) fn of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.places[self.heads[word] as usize..self.heads[word + 1] as usize]
    }
}

impl Versions<'_> {
    /// Where the tokens `range` of the old text stand word by word among `tokens`, of which `index` is the index; at most
    /// [`PLACES`].
    pub(super) fn exact(
        &self,
        range: &Range<usize>,
        tokens: &[Token],
        index: &Index,
    ) -> Vec<usize> {
        let passage = &self.old_tokens[range.clone()];
        let rarest = (0..passage.len()).min_by_key(|&at| index.of(passage[at].word).len());
        let Some(rarest) = rarest else {
            return Vec::new();
        };
        index
            .of(passage[rarest].word)
            .iter()
            .take(PLACES)
            .filter_map(|&at| (at as usize).checked_sub(rarest))
            .filter(|&start| {
                tokens
                    .get(start..start + passage.len())
                    .is_some_and(|there| {
                        std::iter::zip(passage, there).all(|(a, b)| a.word == b.word)
                    })
            })
            .collect()
    }

    /// The places of the new text most like the tokens `range` of the old, best first, at most `WINDOWS`. Words count only
    /// where `counts` says so.
    pub(super) fn alike(&self, range: &Range<usize>, counts: impl Fn(usize) -> bool) -> Vec<Place> {
        let range = range.start..range.end.min(range.start + LONGEST);
        let passage = &self.old_tokens[range.clone()];
        let mut rare: Vec<usize> = (0..passage.len())
            .filter(|&at| !self.vocabulary.is_mark(&passage[at]))
            .filter(|&at| (1..=PLACES).contains(&self.index.of(passage[at].word).len()))
            .collect();
        rare.sort_by_key(|&at| (self.index.of(passage[at].word).len(), at));
        rare.truncate(WORDS);
        let mut votes: Vec<(usize, i32)> = Vec::new();
        for at in rare {
            for &place in self.index.of(passage[at].word) {
                if counts(place as usize) {
                    let begins = (place as usize).saturating_sub(at);
                    votes.push((begins, self.vocabulary.weight(&passage[at])));
                }
            }
        }
        votes.sort_unstable();
        let slack = passage.len() / 3 + 4;
        let mut found: Vec<Place> = Vec::new();
        for begins in best_windows(&votes, slack) {
            let window = begins.saturating_sub(slack)
                ..(begins + passage.len() + 2 * slack).min(self.new_tokens.len());
            let pairs = dp::align(passage, &self.new_tokens[window.clone()], &self.vocabulary);
            let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else {
                continue;
            };
            let tokens = window.start + first.1..window.start + last.1 + 1;
            let common = pairs
                .iter()
                .filter(|&&(_, j)| counts(window.start + j))
                .map(|&(i, j)| {
                    self.vocabulary
                        .score(&passage[i], &self.new_tokens[window.start + j])
                })
                .sum();
            let span = self.span_of(&tokens);
            if found.iter().all(|place| !place.span.overlaps(span)) {
                found.push(Place {
                    span,
                    likeness: self.likeness(common, &range, &tokens),
                    tokens,
                });
            }
        }
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.span.cmp(&b.span)));
        found
    }

    /// The bytes that some tokens of the new text cover.
    pub(super) fn span_of(&self, tokens: &Range<usize>) -> Span {
        Span::new(
            self.new_tokens[tokens.start].start,
            self.new_tokens[tokens.end - 1].end,
        )
    }
}

/// Where the votes lie densest, of votes sorted by place: places at least `slack` apart, best first.
fn best_windows(votes: &[(usize, i32)], slack: usize) -> Vec<usize> {
    let mut sums: Vec<(i32, usize)> = Vec::with_capacity(votes.len());
    let (mut end, mut sum) = (0, 0);
    for (n, &(begins, weight)) in votes.iter().enumerate() {
        while end < votes.len() && votes[end].0 <= begins + slack {
            sum += votes[end].1;
            end += 1;
        }
        sums.push((sum, n));
        sum -= weight;
    }
    sums.sort_unstable_by_key(|&(sum, n)| (std::cmp::Reverse(sum), n));
    let mut best: Vec<usize> = Vec::new();
    for (_, n) in sums {
        let begins = votes[n].0;
        if best.iter().all(|&taken| taken.abs_diff(begins) > slack) {
            best.push(begins);
            if best.len() == WINDOWS {
                break;
            }
        }
    }
    best
}
