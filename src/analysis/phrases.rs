//! Counting words and phrases in one text and in another.

use std::collections::HashMap;

use super::{
    Source, UnitRange,
    keyness::{Keyness, Spec, Word, log_likelihood, log_ratio},
    lexicon::Groups,
    tokens::{Forms, NOTHING, Tokens, is_pair},
};

/// The longest phrases, in words.
const LONGEST: usize = 4;

/// The words and phrases of the target, by how many words they have. A phrase can only be frequent when those that it is made of
/// are, so each level is made of what is left of the one below.
pub(super) struct Levels<'a> {
    groups: &'a Groups,
    least: u32,
    levels: Vec<Level>,
    /// The target word by word, with [`NOTHING`] where a phrase can't go on: at the end of a sentence or a passage.
    target: Words,
    /// How many words the target and the rest have.
    sizes: (u64, u64),
}

/// Words one after the other.
#[derive(Default)]
struct Words {
    /// The number of each in the lexicon.
    forms: Vec<u32>,
    /// Its group.
    groups: Vec<u32>,
}

/// Phrases of one length.
#[derive(Default)]
struct Level {
    /// The phrase of two that are one word shorter and overlap.
    of: HashMap<(u32, u32), u32>,
    /// How often each occurs in the target.
    here: Vec<u32>,
    /// How often each occurs in the rest.
    there: Vec<u64>,
    /// The groups of its first and its last word.
    ends: Vec<(u32, u32)>,
    /// The phrase that begins at each word of the target, or [`NOTHING`].
    at: Vec<u32>,
}

impl Words {
    /// Adds the words of some ranges of a text. Phrases go on within a range and a sentence.
    fn add(
        &mut self,
        source: &Source,
        numbers: &[u32],
        groups: &[u32],
        ranges: &[UnitRange],
        in_sentences: bool,
    ) -> u64 {
        let tokens = source.units().tokens();
        let firsts = match in_sentences {
            true => source.units().sentence_words(),
            false => &[],
        };
        let mut counted = 0;
        for (start, end) in ranges {
            let mut next = firsts.partition_point(|first| first <= start);
            for at in *start..*end {
                if firsts.get(next) == Some(&at) {
                    self.stop();
                    next += 1;
                }
                match word(tokens, at as usize, *end as usize) {
                    Some(word) => {
                        let form = numbers[word as usize];
                        self.forms.push(form);
                        self.groups.push(groups[form as usize]);
                        counted += 1;
                    }
                    None => self.stop(),
                }
            }
            self.stop();
        }
        counted
    }

    /// Phrases don't go on here.
    fn stop(&mut self) {
        self.forms.push(NOTHING);
        self.groups.push(NOTHING);
    }
}

/// The word at a place in a range of words that ends at `end`; none for what is no word by itself, and for a pair that is cut off.
fn word(tokens: &Tokens, at: usize, end: usize) -> Option<u32> {
    let word = tokens.words[at];
    let whole = word != NOTHING && (at + 1 < end || !tokens.is_pair(at));
    whole.then_some(word)
}

impl<'a> Levels<'a> {
    /// Nothing counted yet.
    pub fn new(groups: &'a Groups, spec: &Spec) -> Self {
        let longest = spec.longest.clamp(1, LONGEST);
        Self {
            groups,
            least: spec.least.max(1),
            levels: (0..longest).map(|_| Level::default()).collect(),
            target: Words::default(),
            sizes: (0, 0),
        }
    }

    /// Adds some words of a reading to the target.
    pub fn target(&mut self, source: &Source, numbers: &[u32], ranges: &[UnitRange]) {
        let groups = self.groups.of(source.units().tokens().language);
        let deep = self.levels.len() > 1;
        self.sizes.0 += self.target.add(source, numbers, groups, ranges, deep);
    }

    /// Counts words and phrases of the target, once all of it is there.
    pub fn count_target(&mut self) {
        let size = self.groups.len();
        let first = &mut self.levels[0];
        first.here = vec![0; size];
        first.there = vec![0; size];
        first.ends = (0..size as u32).map(|group| (group, group)).collect();
        for group in self.target.groups.iter().filter(|g| **g != NOTHING) {
            first.here[*group as usize] += 1;
        }
        first.at.clone_from(&self.target.groups);
        let least = self.least;
        first.keep(least);
        for length in 1..self.levels.len() {
            let (below, level) = self.levels.split_at_mut(length);
            level[0].count(&below[length - 1]);
            level[0].keep(least);
        }
    }

    /// Counts the words and phrases of the target in some words of a reading.
    pub fn rest(&mut self, source: &Source, numbers: &[u32], ranges: &[UnitRange]) {
        let groups = self.groups.of(source.units().tokens().language);
        let mut words = Words::default();
        let deep = self.levels.len() > 1;
        self.sizes.1 += words.add(source, numbers, groups, ranges, deep);
        let mut at = words.groups;
        for group in at.iter_mut().filter(|g| **g != NOTHING) {
            let first = &mut self.levels[0];
            first.there[*group as usize] += 1;
            if first.here[*group as usize] < self.least {
                *group = NOTHING;
            }
        }
        for level in &mut self.levels[1..] {
            level.meet(&mut at);
        }
    }

    /// The words and phrases with their keyness.
    pub fn table(self, forms: &Forms, spec: &Spec) -> Keyness {
        let (here, there) = self.sizes;
        let mut rows: Vec<(usize, u32, f64)> = Vec::new();
        for (length, level) in self.levels.iter().enumerate() {
            for (phrase, n) in level
                .here
                .iter()
                .enumerate()
                .filter(|(_, n)| **n >= self.least)
            {
                let (first, last) = level.ends[phrase];
                let stops = [first, last].iter().any(|g| self.groups.stop[*g as usize]);
                if !(spec.stop_words && stops) {
                    let keyness = log_likelihood(u64::from(*n), level.there[phrase], here, there);
                    rows.push((length, phrase as u32, keyness));
                }
            }
        }
        let count =
            |(length, phrase, _): &(usize, u32, f64)| self.levels[*length].here[*phrase as usize];
        rows.sort_by(|a, b| b.2.total_cmp(&a.2).then(count(b).cmp(&count(a))));
        rows.truncate(spec.most);
        let shown = self.shown(&rows, forms);
        let word = |((length, phrase, keyness), word): (&(usize, u32, f64), String)| {
            let level = &self.levels[*length];
            let (a, b) = (level.here[*phrase as usize], level.there[*phrase as usize]);
            Word {
                word,
                here: a,
                there: u32::try_from(b).unwrap_or(u32::MAX),
                keyness: *keyness,
                log_ratio: log_ratio(u64::from(a), b, here, there),
            }
        };
        Keyness {
            words: rows.iter().zip(shown).map(word).collect(),
            here,
            there,
        }
    }

    /// The most frequent form of each row in the target; of two as frequent the first by letter.
    fn shown(&self, rows: &[(usize, u32, f64)], forms: &Forms) -> Vec<String> {
        let mut wanted: HashMap<(usize, u32), usize> = HashMap::new();
        for (row, (length, phrase, _)) in rows.iter().enumerate() {
            wanted.insert((*length, *phrase), row);
        }
        let mut counts: Vec<HashMap<&[u32], usize>> = vec![HashMap::new(); rows.len()];
        for (length, level) in self.levels.iter().enumerate() {
            for (at, phrase) in level.at.iter().enumerate() {
                if let Some(row) = wanted.get(&(length, *phrase)) {
                    let words = &self.target.forms[at..=at + length];
                    *counts[*row].entry(words).or_default() += 1;
                }
            }
        }
        let best = |counts: HashMap<&[u32], usize>| {
            let spelt = counts
                .into_iter()
                .map(|(words, n)| (n, spelt(words, forms)));
            let best = spelt.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
            best.map_or_else(String::new, |(_, word)| word)
        };
        counts.into_iter().map(best).collect()
    }
}

impl Level {
    /// Counts the phrases that are made of two of the level below.
    fn count(&mut self, below: &Self) {
        self.at = vec![NOTHING; below.at.len()];
        for (at, two) in below.at.windows(2).enumerate() {
            let [a, b] = *two else { continue };
            if a == NOTHING || b == NOTHING {
                continue;
            }
            let next = self.here.len() as u32;
            let phrase = *self.of.entry((a, b)).or_insert(next);
            if phrase == next {
                self.here.push(0);
                let ends = (below.ends[a as usize].0, below.ends[b as usize].1);
                self.ends.push(ends);
            }
            self.here[phrase as usize] += 1;
            self.at[at] = phrase;
        }
        self.there = vec![0; self.here.len()];
    }

    /// Leaves out what is too rare to be shown or to be part of a longer phrase.
    fn keep(&mut self, least: u32) {
        for phrase in self.at.iter_mut().filter(|p| **p != NOTHING) {
            if self.here[*phrase as usize] < least {
                *phrase = NOTHING;
            }
        }
        let here = &self.here;
        self.of.retain(|_, phrase| here[*phrase as usize] >= least);
    }

    /// Counts the phrases of this level in another text. `at` holds what begins at each word of the level below, and then of this.
    fn meet(&mut self, at: &mut [u32]) {
        for place in 0..at.len() {
            let next = at.get(place + 1).copied().unwrap_or(NOTHING);
            let phrase = match at[place] != NOTHING && next != NOTHING {
                true => self.of.get(&(at[place], next)).copied(),
                false => None,
            };
            if let Some(phrase) = phrase {
                self.there[phrase as usize] += 1;
            }
            at[place] = phrase.unwrap_or(NOTHING);
        }
    }
}

/// Words as a phrase: with spaces between, and pairs of Han characters laid over one another.
fn spelt(words: &[u32], forms: &Forms) -> String {
    let mut out = String::new();
    let mut in_pair = false;
    for form in words.iter().map(|word| forms.get(*word)) {
        match form.chars().next_back() {
            Some(last) if in_pair => out.push(last),
            _ if out.is_empty() => out.push_str(form),
            _ => {
                out.push(' ');
                out.push_str(form);
            }
        }
        in_pair = is_pair(form);
    }
    out
}
