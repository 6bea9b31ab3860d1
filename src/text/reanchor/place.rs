//! From the matches of a passage's tokens to a range of the new text.

use std::ops::Range;

use super::{
    Versions,
    alignment::NONE,
    decide::Passage,
    fold::same_words,
    tokens::{Opens, Token},
};
use crate::text::Span;

/// How far a hole in the matches is followed, in tokens.
const REACH: usize = 2000;

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

    /// The matched pairs of `range` that lie together in the new text; those that weigh most when there are several clusters.
    fn heaviest_cluster(&self, range: &Range<usize>, to_new: &[u32]) -> Vec<(usize, usize)> {
        let far = 60 + 2 * range.len();
        let mut best: (i32, Vec<(usize, usize)>) = (0, Vec::new());
        let mut cluster: (i32, Vec<(usize, usize)>) = (0, Vec::new());
        for i in range.clone() {
            if to_new[i] == NONE {
                continue;
            }
            let j = to_new[i] as usize;
            if cluster
                .1
                .last()
                .is_some_and(|&(_, last)| j <= last || j > last + far)
            {
                if cluster.0 > best.0 {
                    best = std::mem::take(&mut cluster);
                }
                cluster = (0, Vec::new());
            }
            cluster.0 += self
                .vocabulary
                .score(&self.old_tokens[i], &self.new_tokens[j]);
            cluster.1.push((i, j));
        }
        if cluster.0 > best.0 {
            cluster.1
        } else {
            best.1
        }
    }

    /// The new token that a passage starts with whose first matched token is the old `i0` and the new `j0`.
    fn left_edge(&self, range: &Range<usize>, (i0, j0): (usize, usize), matches: Matches) -> usize {
        let a = range.start;
        let old_hole = (0..a)
            .rev()
            .take(REACH)
            .take_while(|&i| matches.to_new[i] == NONE)
            .count();
        let new_hole = (0..j0)
            .rev()
            .take(REACH)
            .take_while(|&j| (matches.is_free)(j))
            .count();
        let first = j0 - new_hole;
        if new_hole == 0 {
            return j0;
        }
        let starts: Vec<usize> = (first..=j0)
            .rev()
            .filter(|&j| opens(&self.new_tokens, j))
            .collect();
        let replaced = i0 - a;
        if opens(&self.old_tokens, a) {
            if replaced == 0 && !self.is_whole(range) {
                return j0;
            }
            let wanted = (a..=i0).filter(|&i| opens(&self.old_tokens, i)).count();
            if let Some(&start) = starts.get(wanted - 1).or(starts.last()) {
                return start;
            }
        }
        if replaced == 0 {
            return j0;
        }
        let split = first + share(new_hole, old_hole, replaced);
        // A passage from within a sentence stays in it.
        let within = (a + 1..=i0).filter(|&i| opens(&self.old_tokens, i)).count();
        starts.get(within).map_or(split, |&start| start.max(split))
    }

    /// One past the new token that a passage ends with whose last matched token is the old `i1` and the new `j1`.
    fn right_edge(
        &self,
        range: &Range<usize>,
        (i1, j1): (usize, usize),
        matches: Matches,
    ) -> usize {
        let b = range.end;
        let (old_len, new_len) = (self.old_tokens.len(), self.new_tokens.len());
        let old_hole = (b..old_len)
            .take(REACH)
            .take_while(|&i| matches.to_new[i] == NONE)
            .count();
        let new_hole = (j1 + 1..new_len)
            .take(REACH)
            .take_while(|&j| (matches.is_free)(j))
            .count();
        let last = j1 + 1 + new_hole;
        if new_hole == 0 {
            return j1 + 1;
        }
        let ends: Vec<usize> = (j1 + 1..=last)
            .filter(|&j| opens(&self.new_tokens, j))
            .collect();
        let replaced = b - 1 - i1;
        if opens(&self.old_tokens, b) {
            if replaced == 0 && !self.is_whole(range) {
                return j1 + 1;
            }
            let wanted = (i1 + 1..=b).filter(|&i| opens(&self.old_tokens, i)).count();
            if let Some(&end) = ends.get(wanted - 1).or(ends.last()) {
                return end;
            }
        }
        if replaced == 0 {
            return j1 + 1;
        }
        let split = last - share(new_hole, old_hole, replaced);
        let within = (i1 + 1..b).filter(|&i| opens(&self.old_tokens, i)).count();
        ends.get(within).map_or(split, |&end| end.min(split))
    }

    /// `tokens` of the new text with the new marks and affixes that were put right before and after them, such as those of
    /// emphasis or a link: as far as the passage in the old text, `range`, was set off by white space there. A stop or comma
    /// after it is left out.
    pub(super) fn with_affixes(
        &self,
        range: &Range<usize>,
        tokens: Range<usize>,
        matches: Matches,
    ) -> Range<usize> {
        let (mut start, mut end) = (tokens.start, tokens.end);
        let glued = |tokens: &[Token], at: usize| {
            at > 0 && at < tokens.len() && tokens[at - 1].end == tokens[at].start
        };
        if !glued(&self.old_tokens, range.start) {
            while glued(&self.new_tokens, start) && (matches.is_free)(start - 1) {
                start -= 1;
            }
        }
        if !glued(&self.old_tokens, range.end) {
            while glued(&self.new_tokens, end) && (matches.is_free)(end) {
                end += 1;
            }
            while end > tokens.end && self.is_stop(end - 1) {
                end -= 1;
            }
        }
        while self.is_pair_torn(&(start..end), start.wrapping_sub(1), matches) {
            start -= 1;
        }
        while self.is_pair_torn(&(start..end), end, matches) {
            end += 1;
        }
        start..end
    }

    /// Whether `at`, right before or after `tokens`, is a new mark whose counterpart is among them.
    fn is_pair_torn(&self, tokens: &Range<usize>, at: usize, matches: Matches) -> bool {
        const PAIRS: &[(&str, &str)] = &[
            ("(", ")"),
            ("[", "]"),
            ("“", "”"),
            ("„", "“"),
            ("«", "»"),
            ("「", "」"),
            ("（", "）"),
            ("《", "》"),
        ];
        let Some(token) = self.new_tokens.get(at).filter(|_| (matches.is_free)(at)) else {
            return false;
        };
        let mark = Span::new(token.start, token.end).of(self.new.as_str());
        let count = |mark: &str| {
            let inside = &self.new_tokens[tokens.clone()];
            inside
                .iter()
                .filter(|t| Span::new(t.start, t.end).of(self.new.as_str()) == mark)
                .count()
        };
        if matches!(mark, "`" | "*" | "**" | "_" | "\"") {
            return count(mark) % 2 == 1;
        }
        let is_before = at < tokens.start;
        PAIRS.iter().any(|&(open, close)| match is_before {
            true => mark == open && count(close) > count(open),
            false => mark == close && count(open) > count(close),
        })
    }

    fn is_stop(&self, at: usize) -> bool {
        let mark = Span::new(self.new_tokens[at].start, self.new_tokens[at].end);
        mark.of(self.new.as_str())
            .ends_with(['.', ',', ';', ':', '!', '?'])
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

/// Whether a sentence begins at token `at`, or the text ends there.
fn opens(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_none_or(|token| token.opens != Opens::Nothing)
}

/// How much of a hole of `new` tokens belongs to the `outside` of `outside + inside` old ones that it replaces.
fn share(new: usize, outside: usize, inside: usize) -> usize {
    (new * outside + (outside + inside) / 2) / (outside + inside)
}
