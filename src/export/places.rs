//! Places of highlights, found in text order without doing anything twice.

use crate::text::{Locator, Paragraphs, Span, Text};

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
        let paragraphs = Paragraphs::of(self.text, span);
        let first = paragraphs.first as usize - 1;
        if self.paragraph != Some(first) {
            self.paragraph = Some(first);
            self.sentences = self.text.sentences(first);
        }
        let sentence = self.sentences.partition_point(|s| s.start <= span.start);
        Locator {
            paragraph: paragraphs.first,
            last_paragraph: paragraphs.last,
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
