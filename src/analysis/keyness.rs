//! Words: which words and phrases are frequent in some excerpts and not in the rest.

use super::{
    Corpus,
    query::{Query, QueryError},
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
    /// Whether words with one stem are one (English and Russian; Snowball), shown by their most frequent form.
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
    let _ = (corpus, spec);
    todo!("helper F")
}
