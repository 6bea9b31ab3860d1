//! Blocks that stand elsewhere in the new text.

use std::ops::Range;

use super::{
    alignment::{Alignment, NONE},
    anchors::unique_pairs,
    dp,
    tokens::{Token, Vocabulary},
};

/// Tokens in a row that must be equal for a block to be taken as moved, longest first.
const RUNS: [usize; 2] = [8, 5];
/// What such a run must weigh with its extension.
const ENOUGH: i32 = 60;
/// How far beyond the ends of a moved block its edited rest is looked for, in tokens.
const REACH: usize = 60;

impl Alignment {
    /// Matches tokens that have no match in order but stand, several in a row, elsewhere in the new text. O(n).
    pub(super) fn find_moved(&mut self, old: &[Token], new: &[Token], vocabulary: &Vocabulary) {
        for k in RUNS {
            let free_old = free(&self.to_new, &self.moved);
            let free_new = free(&self.to_old, &self.moved_from);
            let words = |tokens: &[Token], free: &[usize]| -> Vec<u64> {
                free.iter().map(|&i| u64::from(tokens[i].word)).collect()
            };
            let (a, b) = (words(old, &free_old), words(new, &free_new));
            for (i, j) in unique_pairs(&a, &b, k) {
                let (i, j) = (free_old[i], free_new[j]);
                self.take_block(old, new, vocabulary, (i, j));
            }
        }
    }

    fn is_free(&self, i: usize, j: usize) -> bool {
        let open = |match_: &[u32], moved: &[u32], at: usize| {
            match_.get(at) == Some(&NONE) && moved.get(at) == Some(&NONE)
        };
        open(&self.to_new, &self.moved, i) && open(&self.to_old, &self.moved_from, j)
    }

    /// Matches the equal tokens around `(i, j)` when they weigh enough, and what is alike right before and after them.
    fn take_block(
        &mut self,
        old: &[Token],
        new: &[Token],
        vocabulary: &Vocabulary,
        (i, j): (usize, usize),
    ) {
        let same = |at: &Self, i: usize, j: usize| at.is_free(i, j) && old[i].word == new[j].word;
        if !same(self, i, j) {
            return;
        }
        let mut back = 0;
        while back < i.min(j) && same(self, i - back - 1, j - back - 1) {
            back += 1;
        }
        let mut on = 1;
        while same(self, i + on, j + on) {
            on += 1;
        }
        let (block_i, block_j) = (i - back..i + on, j - back..j + on);
        let weight: i32 = old[block_i.clone()]
            .iter()
            .map(|t| vocabulary.weight(t))
            .sum();
        if weight < ENOUGH {
            return;
        }
        for (i, j) in block_i.clone().zip(block_j.clone()) {
            self.moved[i] = j as u32;
            self.moved_from[j] = i as u32;
        }
        let reach = |free: &dyn Fn(usize) -> bool, from: usize, step: isize| -> usize {
            (1..=REACH)
                .take_while(|&n| from.checked_add_signed(step * n as isize).is_some_and(free))
                .count()
        };
        let free_old = |i: usize| self.to_new.get(i) == Some(&NONE) && self.moved[i] == NONE;
        let free_new = |j: usize| self.to_old.get(j) == Some(&NONE) && self.moved_from[j] == NONE;
        let before = (
            block_i.start - reach(&free_old, block_i.start, -1)..block_i.start,
            block_j.start - reach(&free_new, block_j.start, -1)..block_j.start,
        );
        let after = (
            block_i.end..block_i.end + reach(&free_old, block_i.end - 1, 1),
            block_j.end..block_j.end + reach(&free_new, block_j.end - 1, 1),
        );
        for (i, j) in [before, after] {
            self.take_alike(old, new, vocabulary, i, j);
        }
    }

    fn take_alike(
        &mut self,
        old: &[Token],
        new: &[Token],
        vocabulary: &Vocabulary,
        i: Range<usize>,
        j: Range<usize>,
    ) {
        for (at_i, at_j) in dp::align(&old[i.clone()], &new[j.clone()], vocabulary) {
            self.moved[i.start + at_i] = (j.start + at_j) as u32;
            self.moved_from[j.start + at_j] = (i.start + at_i) as u32;
        }
    }
}

/// The places without a match.
fn free(matched: &[u32], moved: &[u32]) -> Vec<usize> {
    (0..matched.len())
        .filter(|&at| matched[at] == NONE && moved[at] == NONE)
        .collect()
}
