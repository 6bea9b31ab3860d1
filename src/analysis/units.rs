//! Where the sentences and words of a text start, for relations counted in them.

use std::sync::OnceLock;

use super::tokens::Tokens;
use crate::text::{Span, Text, words};

/// First bytes, worked out when asked for.
type Starts = OnceLock<Box<[u32]>>;

/// The sentences and words of a text. Each list is worked out when first asked for (a few MB a second to tens of MB a second)
/// and kept: a text never changes.
#[derive(Debug)]
pub struct Units {
    text: Text,
    /// The first byte of each sentence of each paragraph.
    by_paragraph: OnceLock<Box<[Starts]>>,
    sentences: OnceLock<Vec<u32>>,
    words: OnceLock<Vec<u32>>,
    tokens: OnceLock<Tokens>,
    sentence_words: OnceLock<Vec<u32>>,
}

impl Units {
    pub(super) fn new(text: Text) -> Self {
        Self {
            text,
            by_paragraph: OnceLock::new(),
            sentences: OnceLock::new(),
            words: OnceLock::new(),
            tokens: OnceLock::new(),
            sentence_words: OnceLock::new(),
        }
    }

    /// The first byte of each sentence, ascending.
    pub fn sentences(&self) -> &[u32] {
        self.sentences.get_or_init(|| {
            let paragraphs = 0..self.text.paragraphs().len();
            let starts = paragraphs.flat_map(|i| self.sentences_in(i));
            starts.copied().collect()
        })
    }

    /// The first byte of each sentence of a paragraph, worked out for it alone.
    fn sentences_in(&self, paragraph: usize) -> &[u32] {
        let empty = || (self.text.paragraphs().iter().map(|_| OnceLock::new())).collect();
        let all = self.by_paragraph.get_or_init(empty);
        all.get(paragraph).map_or(&[], |starts| {
            starts.get_or_init(|| {
                let sentences = self.text.sentences(paragraph);
                sentences.iter().map(|sentence| sentence.start).collect()
            })
        })
    }

    /// The first bytes of the first and of the last sentence that a passage touches: what [`Self::sentences_of`] numbers. Works out
    /// the sentences of their paragraphs only.
    pub fn sentence_starts_of(&self, span: Span) -> (u32, u32) {
        (
            self.sentence_start(span.start),
            self.sentence_start(last(span)),
        )
    }

    /// The first byte of the last sentence that starts at or before `offset`, else of the first of all.
    fn sentence_start(&self, offset: u32) -> u32 {
        let paragraph = self.text.paragraph_at(offset).unwrap_or_default();
        let before = (0..=paragraph).rev().find_map(|paragraph| {
            let starts = self.sentences_in(paragraph);
            let after = starts.partition_point(|start| *start <= offset);
            Some(starts[after.checked_sub(1)?])
        });
        let first = || {
            let mut all = 0..self.text.paragraphs().len();
            all.find_map(|paragraph| self.sentences_in(paragraph).first().copied())
        };
        before.or_else(first).unwrap_or_default()
    }

    /// The first byte of each word, ascending: words by [`crate::text::words`] (UAX #29).
    pub fn words(&self) -> &[u32] {
        self.words
            .get_or_init(|| words(self.text.as_str()).map(|word| word.start).collect())
    }

    /// The words as numbers, one for each of [`Self::words`].
    pub(super) fn tokens(&self) -> &Tokens {
        self.tokens.get_or_init(|| {
            let (tokens, starts) = Tokens::new(self.text.as_str());
            // They may have been found before, the same ones.
            let _ = self.words.set(starts);
            tokens
        })
    }

    /// The number of the first word of each sentence that has words, ascending.
    pub(super) fn sentence_words(&self) -> &[u32] {
        self.sentence_words.get_or_init(|| {
            let words = self.words();
            let before = |start: &u32| words.partition_point(|word| word < start) as u32;
            let mut firsts: Vec<u32> = self.sentences().iter().map(before).collect();
            firsts.dedup();
            firsts
        })
    }

    /// The numbers (from 0) of the paragraphs that a passage touches, first and last.
    pub fn paragraphs_of(&self, span: Span) -> (usize, usize) {
        let at = |offset| self.text.paragraph_at(offset).unwrap_or_default();
        (at(span.start), at(last(span)))
    }

    /// The numbers (from 0) of the sentences that a passage touches, first and last.
    pub fn sentences_of(&self, span: Span) -> (usize, usize) {
        let starts = self.sentences();
        let at = |offset: u32| starts.partition_point(|s| *s <= offset).saturating_sub(1);
        (at(span.start), at(last(span)))
    }

    /// How many words start within a passage.
    pub fn words_in(&self, span: Span) -> usize {
        let starts = self.words();
        let before = |offset: u32| starts.partition_point(|s| *s < offset);
        before(span.end) - before(span.start)
    }

    /// How many words lie between two passages; 0 when they overlap or touch.
    pub fn words_between(&self, a: Span, b: Span) -> usize {
        let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
        match first.end < second.start {
            true => self.words_in(Span::new(first.end, second.start)),
            false => 0,
        }
    }
}

/// The last byte of a passage.
fn last(span: Span) -> u32 {
    span.end.saturating_sub(1).max(span.start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sentences_have_the_same_start_when_they_have_the_same_number(
            text in "([ A-C.!?势。\n]{0,40})", a in 0u32..50, b in 0u32..50,
        ) {
            let text = Text::new(text);
            let at = |offset: u32| text.floor(offset.min(text.len()));
            let span = Span::between(at(a), at(b));
            let lone = Units::new(text.clone());
            let (first, last) = lone.sentence_starts_of(span);
            let all = Units::new(text.clone());
            let (i, j) = all.sentences_of(span);
            let start = |i: usize| all.sentences().get(i).copied().unwrap_or_default();
            prop_assert_eq!((first, last), (start(i), start(j)));
            prop_assert_eq!(lone.sentences(), all.sentences());
        }
    }
}
