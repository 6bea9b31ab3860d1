//! Blocks that stand elsewhere in the new text.

use std::{cmp::Reverse, collections::HashMap, ops::Range};

use super::{
    alignment::{Alignment, NONE},
    anchors::unique_pairs,
    dp,
    tokens::{Token, Vocabulary},
};

/// Tokens in a row that must be equal for a block to be taken as moved, longest first.
const RUNS: [usize; 3] = [24, 8, 5];
/// What such a run must weigh with all that is equal around it.
const ENOUGH: i32 = 60;
/// How far beyond the ends of a moved block its edited rest is looked for, in tokens.
const REACH: usize = 60;

/// Both texts and what is matched of them.
struct Moves<'a> {
    old: &'a [Token],
    new: &'a [Token],
    vocabulary: &'a Vocabulary,
    alignment: &'a mut Alignment,
}

/// A place of the old text and the place of the new that it was moved to.
type Pair = (usize, usize);

impl Alignment {
    /// Matches tokens that have no match in order but stand, several in a row, elsewhere in the new text; the heaviest
    /// blocks first, then what is alike around them. O(n log n).
    pub(super) fn find_moved(&mut self, old: &[Token], new: &[Token], vocabulary: &Vocabulary) {
        let mut moves = Moves {
            old,
            new,
            vocabulary,
            alignment: self,
        };
        for k in RUNS {
            let blocks: Vec<_> = moves
                .seeds(k)
                .into_iter()
                .filter_map(|seed| moves.take(seed))
                .collect();
            for (i, j) in blocks {
                moves.take_around(&i, &j);
            }
        }
    }

    /// Whether neither token is matched.
    fn is_free(&self, (i, j): Pair) -> bool {
        self.is_free_old(i) && self.is_free_new(j)
    }

    /// Whether the token of the old text exists and has no match.
    fn is_free_old(&self, i: usize) -> bool {
        self.to_new.get(i) == Some(&NONE) && self.moved[i] == NONE
    }

    /// Whether the token of the new text exists and has no match.
    pub(super) fn is_free_new(&self, j: usize) -> bool {
        self.to_old.get(j) == Some(&NONE) && self.moved_from[j] == NONE
    }
}

impl Moves<'_> {
    /// One place in each block of free tokens that has a run of `k` occurring but once in either text's free tokens; the
    /// heaviest block's first.
    fn seeds(&self, k: usize) -> Vec<Pair> {
        let old: Vec<usize> = (0..self.old.len())
            .filter(|&i| self.alignment.is_free_old(i))
            .collect();
        let new: Vec<usize> = (0..self.new.len())
            .filter(|&j| self.alignment.is_free_new(j))
            .collect();
        let words = |tokens: &[Token], free: &[usize]| -> Vec<u64> {
            free.iter().map(|&i| u64::from(tokens[i].word)).collect()
        };
        let pairs = unique_pairs(&words(self.old, &old), &words(self.new, &new), k);
        // How far each diagonal is covered by the blocks found.
        let mut covered: HashMap<isize, usize> = HashMap::new();
        let mut seeds: Vec<(i32, Pair)> = Vec::new();
        for (i, j) in pairs {
            let seed = (old[i], new[j]);
            let diagonal = covered
                .entry(seed.0 as isize - seed.1 as isize)
                .or_default();
            if seed.0 < *diagonal || !self.is_same(seed) {
                continue;
            }
            let (block, _) = self.block(seed);
            *diagonal = block.end;
            seeds.push((self.weight(&block), seed));
        }
        seeds.sort_by_key(|&(weight, seed)| (Reverse(weight), seed));
        seeds.into_iter().map(|(_, seed)| seed).collect()
    }

    fn is_same(&self, (i, j): Pair) -> bool {
        self.alignment.is_free((i, j)) && self.old[i].word == self.new[j].word
    }

    fn weight(&self, block: &Range<usize>) -> i32 {
        let tokens = &self.old[block.clone()];
        tokens.iter().map(|t| self.vocabulary.weight(t)).sum()
    }

    /// The equal free tokens around a seed.
    fn block(&self, (i, j): Pair) -> (Range<usize>, Range<usize>) {
        let mut back = 0;
        while back < i.min(j) && self.is_same((i - back - 1, j - back - 1)) {
            back += 1;
        }
        let mut on = 1;
        while self.is_same((i + on, j + on)) {
            on += 1;
        }
        (i - back..i + on, j - back..j + on)
    }

    /// Matches the block around a seed when it still weighs enough.
    fn take(&mut self, seed: Pair) -> Option<(Range<usize>, Range<usize>)> {
        if !self.is_same(seed) {
            return None;
        }
        let (old, new) = self.block(seed);
        if self.weight(&old) < ENOUGH {
            return None;
        }
        for pair in old.clone().zip(new.clone()) {
            self.set(pair);
        }
        Some((old, new))
    }

    fn set(&mut self, (i, j): Pair) {
        self.alignment.moved[i] = j as u32;
        self.alignment.moved_from[j] = i as u32;
    }

    /// Matches what is alike right before and after a moved block.
    fn take_around(&mut self, old: &Range<usize>, new: &Range<usize>) {
        let before = |end: usize, free: &dyn Fn(usize) -> bool| {
            let reached = (0..end).rev().take(REACH).take_while(|&at| free(at));
            end - reached.count()..end
        };
        let after = |start: usize, free: &dyn Fn(usize) -> bool| {
            let reached = (start..start + REACH).take_while(|&at| free(at));
            start..start + reached.count()
        };
        let free_old = |i: usize| self.alignment.is_free_old(i);
        let free_new = |j: usize| self.alignment.is_free_new(j);
        let regions = [
            (before(old.start, &free_old), before(new.start, &free_new)),
            (after(old.end, &free_old), after(new.end, &free_new)),
        ];
        for (i, j) in regions {
            let found = dp::align(&self.old[i.clone()], &self.new[j.clone()], self.vocabulary);
            for (at_i, at_j) in found {
                self.set((i.start + at_i, j.start + at_j));
            }
        }
    }
}
