//! Where an edited passage begins and ends.

use std::ops::Range;

use super::{
    Versions,
    alignment::NONE,
    fold::stands_alone,
    place::Matches,
    tokens::{Opens, Token},
};
use crate::text::Span;

/// How far a hole in the matches is followed, in tokens.
const REACH: usize = 2000;
/// Marks that come in pairs, before and after what they enclose.
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
/// How many tokens a sentence has at most whose end is looked for.
const LONG_SENTENCE: usize = 200;
/// How many tokens may be put right before or after a passage, without white space, and be taken for a part of it. A long
/// address has 30.
const AFFIX: usize = 60;

impl Versions<'_> {
    /// The new token that a passage starts with whose first matched token is the old `i0` and the new `j0`.
    pub(super) fn left_edge(
        &self,
        range: &Range<usize>,
        (i0, j0): (usize, usize),
        matches: Matches,
    ) -> usize {
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
    pub(super) fn right_edge(
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
            if let Some(end) = self.rest_of_sentence(range, j1 + 1, matches) {
                return end;
            }
        }
        if replaced == 0 || new_hole == 0 {
            return j1 + 1;
        }
        let split = j1 + 1 + new_hole - share(new_hole, old_hole, replaced);
        let within = (i1 + 1..b).filter(|&i| opens(&self.old_tokens, i)).count();
        ends.get(within).map_or(split, |&end| end.min(split))
    }

    /// Where the sentence ends that goes on at `start` of the new text, when the passage is whole sentences and the rest is
    /// for the most part new: some of its words may be matched with a sentence that was deleted.
    fn rest_of_sentence(
        &self,
        range: &Range<usize>,
        start: usize,
        matches: Matches,
    ) -> Option<usize> {
        let rest = (start..self.new_tokens.len()).take_while(|&j| !opens(&self.new_tokens, j));
        let (mut end, mut balance) = (start, 0);
        for j in rest.take(LONG_SENTENCE) {
            let weight = self.vocabulary.weight(&self.new_tokens[j]);
            balance += if (matches.is_free)(j) {
                weight
            } else {
                -weight
            };
            end = j + 1;
        }
        (self.is_whole(range) && balance > 0 && opens(&self.new_tokens, end)).then_some(end)
    }

    /// `tokens` of the new text with the new marks and affixes that were put right before and after them, such as those of
    /// emphasis or a link: as far as the passage in the old text, `range`, was set off by white space or a mark there. A stop
    /// or comma after it is left out.
    pub(super) fn with_affixes(
        &self,
        range: &Range<usize>,
        tokens: Range<usize>,
        matches: Matches,
    ) -> Range<usize> {
        let (mut start, mut end) = (tokens.start, tokens.end);
        let (a, b) = (range.start, range.end);
        if !is_glued(&self.old_tokens, a) || self.vocabulary.is_mark(&self.old_tokens[a - 1]) {
            let affix = (0..start)
                .rev()
                .take_while(|&j| is_glued(&self.new_tokens, j + 1) && self.is_affix(j, matches));
            start -= affix.take(AFFIX).count();
        }
        if !is_glued(&self.old_tokens, b) || self.vocabulary.is_mark(&self.old_tokens[b]) {
            let affix = (end..self.new_tokens.len())
                .take_while(|&j| is_glued(&self.new_tokens, j) && self.is_affix(j, matches));
            end += affix.take(AFFIX).count();
            while end > tokens.end && self.is_stop(end - 1) {
                end -= 1;
            }
        }
        let glued = |at| is_glued(&self.new_tokens, at);
        while glued(start) && self.is_pair_torn(&(start..end), start - 1, matches) {
            start -= 1;
        }
        while glued(end) && self.is_pair_torn(&(start..end), end, matches) {
            end += 1;
        }
        // A stop that ends what stands before is no part of it, nor is a bracket that encloses more.
        while start < tokens.start && (self.is_stop(start) || self.is_lone(&(start..end), start)) {
            start += 1;
        }
        while end > tokens.end && self.is_lone(&(start..end), end - 1) {
            end -= 1;
        }
        start..end
    }

    /// Whether the token is new, and neither a word nor a part of one in a script without spaces.
    fn is_affix(&self, at: usize, matches: Matches) -> bool {
        let first = self.new_slice(at).chars().next();
        (matches.is_free)(at) && !first.is_some_and(stands_alone)
    }

    fn new_slice(&self, at: usize) -> &str {
        let token = &self.new_tokens[at];
        Span::new(token.start, token.end).of(self.new.as_str())
    }

    /// Whether `at`, right before or after `tokens`, is a new mark whose counterpart is among them.
    fn is_pair_torn(&self, tokens: &Range<usize>, at: usize, matches: Matches) -> bool {
        if !(matches.is_free)(at) {
            return false;
        }
        let mark = self.new_slice(at);
        if matches!(mark, "`" | "*" | "**" | "_" | "\"") {
            return self.count(tokens, mark) % 2 == 1;
        }
        let is_before = at < tokens.start;
        PAIRS.iter().any(|&(open, close)| match is_before {
            true => mark == open && self.count(tokens, close) > self.count(tokens, open),
            false => mark == close && self.count(tokens, open) > self.count(tokens, close),
        })
    }

    /// Whether the mark at `at`, one of `tokens`, is one of a pair of which the other is not among them.
    fn is_lone(&self, tokens: &Range<usize>, at: usize) -> bool {
        let mark = self.new_slice(at);
        PAIRS.iter().any(|&(open, close)| {
            mark == open && self.count(tokens, close) < self.count(tokens, open)
                || mark == close && self.count(tokens, open) < self.count(tokens, close)
        })
    }

    /// How often a mark stands among tokens of the new text.
    fn count(&self, tokens: &Range<usize>, mark: &str) -> usize {
        tokens
            .clone()
            .filter(|&j| self.new_slice(j) == mark)
            .count()
    }

    fn is_stop(&self, at: usize) -> bool {
        self.new_slice(at).ends_with(['.', ',', ';', ':', '!', '?'])
    }
}

/// Whether no white space stands before token `at`.
fn is_glued(tokens: &[Token], at: usize) -> bool {
    at > 0 && at < tokens.len() && tokens[at - 1].end == tokens[at].start
}

/// Whether a sentence begins at token `at`, or the text ends there.
pub(super) fn opens(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_none_or(|token| token.opens != Opens::Nothing)
}

/// How much of a hole of `new` tokens belongs to the `outside` of `outside + inside` old ones that it replaces.
fn share(new: usize, outside: usize, inside: usize) -> usize {
    (new * outside + (outside + inside) / 2) / (outside + inside)
}
