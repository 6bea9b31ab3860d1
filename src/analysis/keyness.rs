//! Words: which words and phrases are frequent in some excerpts and not in the rest.

use super::{
    Corpus, Source, UnitRange,
    lexicon::Grouping,
    phrases::Levels,
    query::{Query, QueryError},
    rows::Scope,
};

/// What the words are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Against {
    /// The other excerpts.
    Excerpts,
    /// All the rest of the readings' text.
    #[default]
    Texts,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// The excerpts whose words are looked at: `label:"Entrapment"`.
    pub target: Query,
    /// What they are compared with.
    pub against: Against,
    /// Phrases of up to so many words: 1 for single words, at most 4.
    pub longest: usize,
    /// Whether words with one stem are one (Snowball, in the language of the reading), shown by their most frequent form.
    pub stems: bool,
    /// Whether stop words are left out; phrases may hold them but not begin or end with them.
    pub stop_words: bool,
    /// Words that occur less often in the target are left out.
    pub least: u32,
    /// How many rows at most.
    pub most: usize,
}

impl Default for Spec {
    fn default() -> Self {
        Self {
            target: Query::default(),
            against: Against::default(),
            longest: 1,
            stems: true,
            stop_words: true,
            least: 2,
            most: 200,
        }
    }
}

/// A word or phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its most frequent form.
    pub word: String,
    /// How often it occurs in the target.
    pub here: u32,
    /// How often it occurs in what that is compared with.
    pub there: u32,
    /// Log-likelihood G² (Dunning 1993; Rayson and Garside 2000), negative where the word is rarer in the target.
    pub keyness: f64,
    /// Log ratio, the binary logarithm of how many times more frequent it is (Hardie 2014); 0.5 stands in for a frequency of 0.
    pub log_ratio: f64,
}

/// Words with their keyness.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keyness {
    /// The words, the highest keyness first.
    pub words: Vec<Word>,
    /// How many words the target has.
    pub here: u64,
    /// How many what it is compared with has.
    pub there: u64,
}

/// Compares words.
///
/// # Errors
/// As [`Query::select`].
pub fn keyness(corpus: &Corpus, spec: &Spec) -> Result<Keyness, QueryError> {
    let scope = Scope::new(corpus, &spec.target)?;
    let lexicon = corpus.lexicon();
    let groups = lexicon.groups(Grouping {
        stems: spec.stems,
        stop_words: spec.stop_words,
    });
    let mut levels = Levels::new(groups, spec);
    let mut targets = Vec::with_capacity(corpus.sources().len());
    for (at, source) in corpus.sources().iter().enumerate() {
        let target = union(source, scope.of(corpus, at).map(|(coding, _)| coding));
        levels.target(source, &lexicon.numbers[at], &target);
        targets.push(target);
    }
    levels.count_target();
    // All else is what is left of all; only phrases have to be looked for.
    let by_difference = spec.against == Against::Texts && !levels.is_deep();
    if by_difference {
        levels.rest_is_all_else();
    }
    for (at, source) in corpus.sources().iter().enumerate() {
        let (numbers, target) = (&lexicon.numbers[at], &targets[at]);
        if by_difference {
            levels.without_cut(source, numbers, target);
            continue;
        }
        let all = match spec.against {
            Against::Texts => vec![(0, source.units().words().len() as u32)],
            Against::Excerpts => union(source, 0..source.codings().len()),
        };
        levels.rest(source, numbers, &without(&all, target));
    }
    Ok(levels.table(&lexicon.forms, spec))
}

/// The words of some codings together, as ranges that neither overlap nor touch.
fn union(source: &Source, codings: impl Iterator<Item = usize>) -> Vec<UnitRange> {
    let mut codings = codings.peekable();
    if codings.peek().is_none() {
        return Vec::new();
    }
    let ranges = source.word_ranges();
    let mut union: Vec<UnitRange> = Vec::new();
    for (start, end) in codings
        .map(|at| ranges[at])
        .filter(|(start, end)| start < end)
    {
        match union.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => union.push((start, end)),
        }
    }
    union
}

/// What is left of some ranges without others; both ascend and none overlap.
fn without(ranges: &[UnitRange], others: &[UnitRange]) -> Vec<UnitRange> {
    let mut left = Vec::new();
    for (mut start, end) in ranges.iter().copied() {
        let first = others.partition_point(|other| other.1 <= start);
        for other in others[first..].iter().take_while(|other| other.0 < end) {
            if start < other.0 {
                left.push((start, other.0));
            }
            start = other.1;
        }
        if start < end {
            left.push((start, end));
        }
    }
    left
}

/// Log-likelihood G² of a word that occurs `a` times in a text of `c` words and `b` times in one of `d`, negative where it is rarer
/// in the first: 2 · (a · ln(a / E₁) + b · ln(b / E₂)), where E₁ = c · (a + b) / (c + d) and E₂ = d · (a + b) / (c + d).
/// 0 where one of the texts is empty. Dunning 1993, “Accurate methods for the statistics of surprise and coincidence”,
/// Computational Linguistics 19 (1); in the form of Rayson and Garside 2000, “Comparing corpora using frequency profiling”,
/// whose calculator (ucrel.lancs.ac.uk/llwizard.html) gives the same numbers. Above 3.84 it is significant at p < 0.05, above
/// 6.63 at 0.01, above 10.83 at 0.001, above 15.13 at 0.0001.
pub fn log_likelihood(a: u64, b: u64, c: u64, d: u64) -> f64 {
    let [a, b, c, d] = [a, b, c, d].map(|n| n as f64);
    if c == 0.0 || d == 0.0 || a + b == 0.0 {
        return 0.0;
    }
    let term = |observed: f64, words: f64| match observed {
        0.0 => 0.0,
        _ => observed * (observed / (words * (a + b) / (c + d))).ln(),
    };
    let value = (2.0 * (term(a, c) + term(b, d))).max(0.0);
    if a * d < b * c { -value } else { value }
}

/// Log ratio: the binary logarithm of how many times more frequent a word is that occurs `a` times in a text of `c` words and
/// `b` times in one of `d`; 0.5 stands in for a frequency of 0. 0 where one of the texts is empty. Hardie 2014, “Log Ratio: an
/// informal introduction” (cass.lancs.ac.uk/log-ratio-an-informal-introduction).
pub fn log_ratio(a: u64, b: u64, c: u64, d: u64) -> f64 {
    if c == 0 || d == 0 {
        return 0.0;
    }
    let share = |n: u64, words: u64| if n == 0 { 0.5 } else { n as f64 } / words as f64;
    (share(a, c) / share(b, d)).log2()
}

#[cfg(test)]
#[path = "keyness_tests.rs"]
mod tests;
