//! Counting words and phrases in one text and in another.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::{
    Source, UnitRange,
    keyness::{Keyness, Spec, Word, log_likelihood, log_ratio},
    lexicon::Groups,
    tokens::{Forms, NOTHING, is_pair},
};

/// The longest phrases, in words.
const LONGEST: usize = 4;

/// The words and phrases of the target, by how many words they have. A phrase can only be frequent when those that it is made of
/// are, so each level is made of what is left of the one below.
pub(super) struct Levels<'a> {
    groups: &'a Groups,
    least: u32,
    levels: Vec<Level>,
    /// The target word by word.
    target: Words,
    /// How many words the rest has.
    rest_size: u64,
}

/// Words one after the other, with [`NOTHING`] where phrases don't go on.
#[derive(Default)]
struct Words {
    /// The number of each in the lexicon; only where that is asked for.
    forms: Vec<u32>,
    /// Its group, or [`OTHER`].
    groups: Vec<u32>,
    /// How many there are.
    size: u64,
}

/// In the place of the group of a word that can't be part of any phrase that counts.
const OTHER: u32 = NOTHING - 1;

/// Phrases of one length.
#[derive(Default)]
struct Level {
    /// The phrase of two that are one word shorter and overlap.
    of: HashMap<(u32, u32), u32, BuildHasherDefault<Mix>>,
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
    /// Adds the words of some ranges of a text. Phrases go on within a range and, where that is asked for, within a sentence.
    /// `groups` has the group of each word of the text, `forms` its number in the lexicon.
    fn add(
        &mut self,
        source: &Source,
        groups: &[u32],
        forms: Option<&[u32]>,
        ranges: &[UnitRange],
        in_sentences: bool,
    ) {
        let tokens = source.units().tokens();
        let firsts = match in_sentences {
            true => source.units().sentence_words(),
            false => &[],
        };
        for (start, end) in ranges.iter().copied() {
            // A pair whose second character lies outside is left out.
            let cut = tokens.is_pair(end as usize - 1);
            let last = end - u32::from(cut);
            let mut from = start;
            while from < last {
                let next = firsts.partition_point(|first| *first <= from);
                let to = firsts.get(next).map_or(last, |first| last.min(*first));
                self.run(&tokens.words[from as usize..to as usize], groups, forms);
                from = to;
            }
        }
    }

    /// Adds words in which phrases go on.
    fn run(&mut self, words: &[u32], groups: &[u32], forms: Option<&[u32]>) {
        for word in words {
            let is_word = *word != NOTHING;
            self.size += u64::from(is_word);
            let of = |numbers: &[u32]| match is_word {
                true => numbers[*word as usize],
                false => NOTHING,
            };
            self.groups.push(of(groups));
            self.forms.extend(forms.map(of));
        }
        self.groups.push(NOTHING);
        self.forms.extend(forms.map(|_| NOTHING));
    }
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
            rest_size: 0,
        }
    }

    /// Adds some words of a reading to the target. `numbers` has the number of each of its words in the lexicon.
    pub fn target(&mut self, source: &Source, numbers: &[u32], ranges: &[UnitRange]) {
        if !ranges.is_empty() {
            let groups = self.groups_of(source, numbers);
            let deep = self.is_deep();
            (self.target).add(source, &groups, Some(numbers), ranges, deep);
        }
    }

    /// Whether phrases are counted besides words.
    pub fn is_deep(&self) -> bool {
        self.levels.len() > 1
    }

    /// The group of each word of a reading.
    fn groups_of(&self, source: &Source, numbers: &[u32]) -> Vec<u32> {
        let groups = self.groups.of(source.units().tokens().language);
        let group = |number: &u32| groups[*number as usize];
        numbers.iter().map(group).collect()
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
        let mut groups = self.groups_of(source, numbers);
        for group in &mut groups {
            if self.levels[0].here[*group as usize] < self.least {
                *group = OTHER;
            }
        }
        let mut words = Words::default();
        words.add(source, &groups, None, ranges, self.is_deep());
        self.rest_size += words.size;
        let mut at = words.groups;
        for group in at.iter_mut().filter(|g| **g != NOTHING) {
            match *group {
                OTHER => *group = NOTHING,
                group => self.levels[0].there[group as usize] += 1,
            }
        }
        for level in &mut self.levels[1..] {
            level.meet(&mut at);
        }
    }

    /// Takes all words of all readings for the rest, but for those of the target. Single words only.
    pub fn rest_is_all_else(&mut self) {
        let first = &mut self.levels[0];
        for (group, there) in first.there.iter_mut().enumerate() {
            *there += self.groups.totals[group] - u64::from(first.here[group]);
        }
        self.rest_size += self.groups.totals.iter().sum::<u64>() - self.target.size;
    }

    /// Takes the pairs that lie partly in these ranges of a reading, and so in neither text, out of the rest.
    pub fn without_cut(&mut self, source: &Source, numbers: &[u32], ranges: &[UnitRange]) {
        let tokens = source.units().tokens();
        let groups = self.groups.of(tokens.language);
        let edges = ranges.iter().flat_map(|(start, end)| [*start, *end]);
        let before = edges.filter_map(|edge| (edge as usize).checked_sub(1));
        for at in before.filter(|at| tokens.is_pair(*at)) {
            let form = numbers[tokens.words[at] as usize];
            self.levels[0].there[groups[form as usize] as usize] -= 1;
            self.rest_size -= 1;
        }
    }

    /// The words and phrases with their keyness.
    pub fn table(self, forms: &Forms, spec: &Spec) -> Keyness {
        let (here, there) = (self.target.size, self.rest_size);
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

/// A quick hash of small numbers, which nobody chooses to make it slow. (The multiplier is that of Fibonacci hashing, Knuth 1973.)
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u32(&mut self, n: u32) {
        let mixed = (self.0.rotate_left(23) ^ u64::from(n)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
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
