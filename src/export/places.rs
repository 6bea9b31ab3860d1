//! Places of highlights, found in text order without doing anything twice.

use std::fmt;

use crate::text::{Locator, Span, Text};

/// Locators and character offsets for spans that come in text order. The sentences of the paragraph at hand are kept, and
/// characters are counted on from the last place, so that a reading is segmented and counted once, however many highlights
/// it has. Spans in any other order get the same answers, only slower.
pub(super) struct Places<'a> {
    text: &'a Text,
    paragraph: Option<usize>,
    sentences: Vec<Span>,
    byte: u32,
    char: u32,
}

impl<'a> Places<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a Text) -> Self {
        Self {
            text,
            paragraph: None,
            sentences: Vec::new(),
            byte: 0,
            char: 0,
        }
    }

    /// What [`Text::locate`] says.
    pub fn locate(&mut self, span: Span) -> Locator {
        let (first, last) = paragraphs(self.text, span);
        if self.paragraph != Some(first) {
            self.paragraph = Some(first);
            self.sentences = self.text.sentences(first);
        }
        let sentence = self.sentences.partition_point(|s| s.start <= span.start);
        Locator {
            paragraph: first as u32 + 1,
            last_paragraph: last as u32 + 1,
            sentence: sentence.max(1) as u32,
        }
    }

    /// How many characters (Unicode scalar values) stand before the byte `offset`.
    pub fn chars_before(&mut self, offset: u32) -> u32 {
        if offset < self.byte {
            (self.byte, self.char) = (0, 0);
        }
        let between = self.text.slice(Span::new(self.byte, offset));
        self.char += between.chars().count() as u32;
        self.byte = offset;
        self.char
    }
}

/// The paragraphs in which a passage stands, shown like a [`Locator`], without the search for its sentence, which would cost
/// more than all the rest of writing an excerpt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraphs(Locator);

impl Paragraphs {
    /// Those of `span`.
    pub fn of(text: &Text, span: Span) -> Self {
        let (first, last) = paragraphs(text, span);
        Self(Locator {
            paragraph: first as u32 + 1,
            last_paragraph: last as u32 + 1,
            sentence: 1,
        })
    }
}

impl fmt::Display for Paragraphs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The indexes of the paragraphs in which `span` begins and ends.
fn paragraphs(text: &Text, span: Span) -> (usize, usize) {
    let first = text.paragraph_at(span.start).unwrap_or_default();
    let end = span.end.saturating_sub(1).max(span.start);
    (first, text.paragraph_at(end).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_what_a_look_from_scratch_finds(
            text in "[a勢. \n]{1,80}",
            ends in prop::collection::vec((0u32..200, 0u32..200), 1..12),
        ) {
            let text = Text::new(text);
            let mut places = Places::new(&text);
            for (a, b) in ends {
                let span = Span::between(text.floor(a), text.floor(b));
                prop_assert_eq!(places.locate(span), text.locate(span));
                let shown = Paragraphs::of(&text, span).to_string();
                prop_assert_eq!(shown, text.locate(span).to_string());
                let chars = text.slice(Span::new(0, span.start)).chars().count();
                prop_assert_eq!(places.chars_before(span.start), chars as u32);
            }
        }
    }
}
