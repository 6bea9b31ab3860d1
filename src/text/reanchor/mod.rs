//! Finding where passages of a text stand in a new version of it, when both versions are at hand.
//!
//! A quote alone can't say which of its occurrences is meant, nor that it was deleted; a diff can. So both texts are taken
//! apart into tokens (words, marks, characters of scripts without spaces) that do not differ by what a new export of the same
//! document may change: white space, kinds of quotation marks and dashes, ligatures, hyphenation, composed accents, and case
//! (which counts again when a passage is called [kept](Anchored::Kept)). Then
//!
//! 1. the texts are aligned: sentences that occur once in both are fixed (patience diff), then within what lies between
//!    them, tokens, by a global alignment whose matches are worth the words' rarity and whose gaps cost by where they begin
//!    and end, not by their length (Gotoh 1982). So an unrelated sentence is not picked to pieces for its “the” and “of”;
//! 2. what is left over on both sides is searched for blocks that were moved, the heaviest first;
//! 3. a passage goes where its first and last tokens went, or what replaced them: a passage of whole sentences gets whole
//!    sentences, and one within a sentence the words in the place of its words, with marks put around them (as of a link).
//!    What is too little alike there is not the passage any more;
//! 4. only then is the passage searched: its words, where they stand once in either text or come from nowhere else; or a place
//!    much like it and much more so than the next. Few or common words prove nothing by themselves and stay
//!    [lost](Anchored::Lost), with candidates.
//!
//! The measure of likeness is Dice's: twice the weight of the words in common over the weight of both.
//!
//! # Costs
//!
//! O(n log n) in the length of both texts, and what the changed regions cost, which are compared token by token: 2²⁸ steps of
//! 4 ns at most, or some hundred for each token when that is more. Then O(its length) for each passage that is found; one that is
//! lost is searched for its candidates in some 0.2 ms. On one core at 3 GHz 10,000 passages of 7.7 MB take about 2 s, in a text
//! without a word in common some 5 s. `benches/anchor.rs` measures it.

mod alignment;
mod anchors;
mod decide;
mod dp;
mod edges;
mod fold;
mod moves;
mod place;
mod search;
#[cfg(test)]
mod tests;
mod tokens;

use self::{
    alignment::Alignment,
    search::Index,
    tokens::{Token, Vocabulary, tokens},
};
use super::{Span, Text};

/// What became of a passage.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchored {
    /// The same words, at the place that corresponds.
    Kept(Span),
    /// The same words, elsewhere: out of the order in which the rest stands.
    Moved(Span),
    /// The place that corresponds holds other words: the passage was edited.
    Changed {
        /// That place, in bytes of the new text.
        span: Span,
        /// How much of the words both have in common, from 0 to 1 (1: only case, marks or the order of few words differ).
        likeness: f32,
    },
    /// Nowhere for sure. The places most like it, best first, at most five.
    Lost(Vec<Candidate>),
}

/// A place where a lost passage may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// In bytes of the new text.
    pub span: Span,
    /// How much of the words both have in common, from 0 to 1.
    pub likeness: f32,
}

/// What became of each of `passages` of `old` in `new`, in the same order. A passage that does not fit `old` or holds nothing
/// but white space is lost. White space at its ends is not counted.
pub fn reanchor(old: &Text, new: &Text, passages: &[Span]) -> Vec<Anchored> {
    if passages.is_empty() {
        return Vec::new();
    }
    let versions = Versions::new(old, new);
    passages.iter().map(|&span| versions.decide(span)).collect()
}

/// Both texts, taken apart and matched.
struct Versions<'a> {
    old: &'a Text,
    new: &'a Text,
    old_tokens: Vec<Token>,
    new_tokens: Vec<Token>,
    vocabulary: Vocabulary,
    alignment: Alignment,
    index: Index,
    old_index: Index,
}

impl<'a> Versions<'a> {
    fn new(old: &'a Text, new: &'a Text) -> Self {
        let mut vocabulary = Vocabulary::default();
        let old_tokens = tokens(old, &mut vocabulary);
        let new_tokens = tokens(new, &mut vocabulary);
        vocabulary.weigh();
        Self {
            old,
            new,
            alignment: Alignment::new(&old_tokens, &new_tokens, &vocabulary),
            index: Index::new(&new_tokens, vocabulary.len()),
            old_index: Index::new(&old_tokens, vocabulary.len()),
            old_tokens,
            new_tokens,
            vocabulary,
        }
    }

    /// What tokens weigh together.
    fn weight(&self, tokens: &[Token]) -> i32 {
        tokens.iter().map(|t| self.vocabulary.weight(t)).sum()
    }
}
