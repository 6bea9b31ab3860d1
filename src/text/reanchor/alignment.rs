//! Which token of the old text is which of the new.

use std::ops::Range;

use super::{
    anchors::{anchors, joint},
    dp,
    tokens::{Opens, Token, Vocabulary},
};

/// Not matched with any.
pub(super) const NONE: u32 = u32::MAX;

/// The most cells (old tokens times new tokens) of a region that is aligned as a whole, while fewer than [`PLENTY`] cells were
/// looked at in all. A cell takes some 4 ns, and a byte meanwhile.
const CELLS: usize = 1 << 20;
/// After so many cells most of a long text has changed, and regions must be smaller: [`FEWER_CELLS`].
const PLENTY: usize = 1 << 28;
/// The most cells of a region then.
const FEWER_CELLS: usize = 1 << 17;

/// How many sentences in a row, or tokens in a row, are looked for as anchors.
const SENTENCE_RUNS: [usize; 6] = [1, 2, 4, 8, 16, 32];
const TOKEN_RUNS: [usize; 5] = [24, 12, 8, 6, 4];

/// A match of the two texts' tokens.
pub(super) struct Alignment {
    /// For each token of the old text the one of the new, or [`NONE`]. Grows.
    pub(super) to_new: Vec<u32>,
    /// For each token of the new text the one of the old, or [`NONE`]. Grows.
    pub(super) to_old: Vec<u32>,
    /// For tokens of the old text that have no match in order: the one of the new text that it was moved to.
    pub(super) moved: Vec<u32>,
    /// The other way round.
    pub(super) moved_from: Vec<u32>,
}

/// A sentence as a range of tokens, with a number for its words.
struct Unit {
    tokens: Range<usize>,
    words: u64,
}

fn units(tokens: &[Token]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at == tokens.len() || tokens[at].opens != Opens::Nothing {
            let words = tokens[start..at]
                .iter()
                .fold(0, |hash, token| joint(&[hash, u64::from(token.word)]));
            out.push(Unit {
                tokens: start..at,
                words,
            });
            start = at;
        }
    }
    out
}

struct Aligner<'a> {
    old: &'a [Token],
    new: &'a [Token],
    vocabulary: &'a Vocabulary,
    to_new: Vec<u32>,
    /// How many cells were looked at.
    spent: usize,
}

impl Alignment {
    /// Aligns two texts: whole sentences that occur once in both are fixed first, then runs of tokens in what lies between
    /// where that is long, then tokens. O(n log n), and [`PLENTY`] cells or some hundred for each
    /// token, whichever is more.
    pub(super) fn new(old: &[Token], new: &[Token], vocabulary: &Vocabulary) -> Self {
        let mut aligner = Aligner {
            old,
            new,
            vocabulary,
            to_new: vec![NONE; old.len()],
            spent: 0,
        };
        aligner.sentences();
        let to_new = aligner.to_new;
        let mut to_old = vec![NONE; new.len()];
        for (i, &j) in to_new.iter().enumerate() {
            if j != NONE {
                to_old[j as usize] = i as u32;
            }
        }
        let mut alignment = Self {
            moved: vec![NONE; to_new.len()],
            moved_from: vec![NONE; to_old.len()],
            to_new,
            to_old,
        };
        alignment.find_moved(old, new, vocabulary);
        alignment
    }
}

impl Aligner<'_> {
    fn sentences(&mut self) {
        let (old, new) = (units(self.old), units(self.new));
        let a: Vec<u64> = old.iter().map(|u| u.words).collect();
        let b: Vec<u64> = new.iter().map(|u| u.words).collect();
        let mut todo = vec![(0..a.len(), 0..b.len(), 0)];
        while let Some((mut i, mut j, level)) = todo.pop() {
            while !i.is_empty() && !j.is_empty() && a[i.start] == b[j.start] {
                self.pair(&old[i.start].tokens, &new[j.start].tokens);
                i.start += 1;
                j.start += 1;
            }
            while !i.is_empty() && !j.is_empty() && a[i.end - 1] == b[j.end - 1] {
                i.end -= 1;
                j.end -= 1;
                self.pair(&old[i.end].tokens, &new[j.end].tokens);
            }
            if i.is_empty() || j.is_empty() {
                continue;
            }
            let cells = tokens_of(&old, &i).len() * tokens_of(&new, &j).len();
            let weight = |at: usize| old[i.start + at].tokens.len() as u64;
            let found = (level..SENTENCE_RUNS.len())
                .take_while(|&level| level == 0 || cells > self.most_cells())
                .map(|level| {
                    let k = SENTENCE_RUNS[level];
                    let mut found = anchors(&a[i.clone()], &b[j.clone()], k, weight);
                    found.retain(|&(at, _)| k > 1 || self.is_telling(&old[i.start + at].tokens));
                    (level, found)
                })
                .find(|(_, found)| !found.is_empty());
            let Some((level, found)) = found else {
                self.tokens(tokens_of(&old, &i), tokens_of(&new, &j), 0);
                continue;
            };
            let (mut from_i, mut from_j) = (i.start, j.start);
            for (at_i, at_j) in found {
                let (at_i, at_j) = (i.start + at_i, j.start + at_j);
                if at_i < from_i || at_j < from_j {
                    continue;
                }
                self.pair(&old[at_i].tokens, &new[at_j].tokens);
                todo.push((from_i..at_i, from_j..at_j, level));
                (from_i, from_j) = (at_i + 1, at_j + 1);
            }
            todo.push((from_i..i.end, from_j..j.end, level));
        }
    }

    fn most_cells(&self) -> usize {
        match self.spent < PLENTY {
            true => CELLS,
            false => FEWER_CELLS,
        }
    }

    /// Whether a sentence says enough to be an anchor by itself.
    fn is_telling(&self, tokens: &Range<usize>) -> bool {
        let tokens = &self.old[tokens.clone()];
        tokens
            .iter()
            .map(|t| self.vocabulary.weight(t))
            .sum::<i32>()
            >= 20
    }

    /// Matches tokens one by one.
    fn pair(&mut self, old: &Range<usize>, new: &Range<usize>) {
        for (i, j) in old.clone().zip(new.clone()) {
            self.to_new[i] = j as u32;
        }
    }

    /// Aligns a region without whole sentences in common; cuts it at runs of tokens that occur once in both, or failing
    /// that in proportion, until it is small.
    fn tokens(&mut self, old: Range<usize>, new: Range<usize>, level: usize) {
        let mut todo = vec![(old, new, level)];
        while let Some((i, j, mut level)) = todo.pop() {
            if i.is_empty() || j.is_empty() {
                continue;
            }
            let cells = i.len() * j.len();
            if cells <= self.most_cells() {
                self.spent += cells;
                for (at_i, at_j) in
                    dp::align(&self.old[i.clone()], &self.new[j.clone()], self.vocabulary)
                {
                    self.to_new[i.start + at_i] = (j.start + at_j) as u32;
                }
                continue;
            }
            let words = |tokens: &[Token]| -> Vec<u64> {
                tokens.iter().map(|t| u64::from(t.word)).collect()
            };
            let (a, b) = (words(&self.old[i.clone()]), words(&self.new[j.clone()]));
            let mut found = Vec::new();
            while level < TOKEN_RUNS.len() && found.is_empty() {
                found = anchors(&a, &b, TOKEN_RUNS[level], |_| 1);
                level += usize::from(found.is_empty());
            }
            let (mut from_i, mut from_j) = (i.start, j.start);
            if let Some(&k) = TOKEN_RUNS.get(level) {
                for (at_i, at_j) in found {
                    let (at_i, at_j) = (i.start + at_i, j.start + at_j);
                    if at_i < from_i || at_j < from_j {
                        continue;
                    }
                    self.pair(&(at_i..at_i + k), &(at_j..at_j + k));
                    todo.push((from_i..at_i, from_j..at_j, level + 1));
                    (from_i, from_j) = (at_i + k, at_j + k);
                }
                todo.push((from_i..i.end, from_j..j.end, level + 1));
            } else {
                let (middle_i, middle_j) = (i.start + i.len() / 2, j.start + j.len() / 2);
                todo.push((i.start..middle_i, j.start..middle_j, level));
                todo.push((middle_i..i.end, middle_j..j.end, level));
            }
        }
    }
}

fn tokens_of(units: &[Unit], range: &Range<usize>) -> Range<usize> {
    units[range.start].tokens.start..units[range.end - 1].tokens.end
}
