//! The text of a reading and its paragraphs.

use std::sync::Arc;

use super::{Locator, Paragraphs, Span, segment};

/// A reading's text, which never changes, with the places of its paragraphs. Cloning shares the text.
///
/// A paragraph is a line with something on it; empty lines part paragraphs and are not counted.
#[derive(Clone, Debug)]
pub struct Text {
    content: Arc<str>,
    paragraphs: Arc<[Span]>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Text {
    /// Takes text with LF line ends and finds its paragraphs. Texts over 4 GiB are cut off by the importer, not here.
    pub fn new(content: impl Into<Arc<str>>) -> Self {
        let content: Arc<str> = content.into();
        let mut paragraphs = Vec::new();
        let mut start = 0usize;
        for line in content.split('\n') {
            let end = start + line.len();
            if !line.trim().is_empty() {
                paragraphs.push(Span::new(start as u32, end as u32));
            }
            start = end + 1;
        }
        Self {
            content,
            paragraphs: paragraphs.into(),
        }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The whole text, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.content)
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.content.len() as u32
    }

    /// Whether the text holds no byte at all.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The paragraphs in order, without their line ends.
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// The text of a span; empty when it does not fit.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.content)
    }

    /// The index (from 0) of the paragraph that holds the byte `offset`, or the nearest one before it. `None` for a text
    /// without paragraphs.
    pub fn paragraph_at(&self, offset: u32) -> Option<usize> {
        if self.paragraphs.is_empty() {
            return None;
        }
        Some(
            self.paragraphs
                .partition_point(|p| p.start <= offset)
                .saturating_sub(1),
        )
    }

    /// The sentences of paragraph `index` (from 0), as spans of the whole text.
    pub fn sentences(&self, index: usize) -> Vec<Span> {
        self.paragraphs
            .get(index)
            .map_or_else(Vec::new, |&p| self.shifted_sentences(p))
    }

    /// The paragraph around byte `offset`, or the few thousand bytes of it around `offset` when it is very long, so that
    /// what is looked up near a place costs no more in a text of a single line.
    pub fn near(&self, offset: u32) -> Option<Span> {
        const REACH: u32 = 6_000;
        let paragraph = *self.paragraphs.get(self.paragraph_at(offset)?)?;
        if paragraph.len() <= 4 * REACH {
            return Some(paragraph);
        }
        let start = self.floor(offset.saturating_sub(REACH));
        let end = self.floor(offset.saturating_add(REACH));
        Some(Span::new(start, end).intersect(paragraph))
    }

    /// The sentences [`near`](Self::near) a place, without those that its window cuts.
    fn sentences_near(&self, offset: u32) -> Vec<Span> {
        let Some((index, window)) = self.paragraph_at(offset).zip(self.near(offset)) else {
            return Vec::new();
        };
        let paragraph = self.paragraphs[index];
        let mut all = self.shifted_sentences(window);
        if window.start > paragraph.start && all.len() > 2 {
            all.remove(0);
        }
        if window.end < paragraph.end && all.len() > 2 {
            all.pop();
        }
        all
    }

    fn shifted_sentences(&self, window: Span) -> Vec<Span> {
        segment::sentences(self.slice(window))
            .into_iter()
            .map(|s| Span::new(s.start + window.start, s.end + window.start))
            .collect()
    }

    /// The sentence that holds the byte `offset`; the nearest before it when it falls between two.
    pub fn sentence_at(&self, offset: u32) -> Option<Span> {
        let sentences = self.sentences_near(offset);
        let i = sentences.partition_point(|s| s.start <= offset);
        sentences.get(i.saturating_sub(1)).copied()
    }

    /// The first sentence that starts after `offset`, in this paragraph or the next.
    pub fn sentence_after(&self, offset: u32) -> Option<Span> {
        let here = self
            .sentences_near(offset)
            .into_iter()
            .find(|s| s.start > offset);
        here.or_else(|| {
            let next = self.paragraphs.get(self.paragraph_at(offset)? + 1)?;
            self.sentences_near(next.start).first().copied()
        })
    }

    /// The last sentence that starts before `offset`, in this paragraph or the one before.
    pub fn sentence_before(&self, offset: u32) -> Option<Span> {
        let here = self
            .sentences_near(offset)
            .into_iter()
            .rfind(|s| s.start < offset);
        here.or_else(|| {
            let before = self
                .paragraphs
                .get(self.paragraph_at(offset)?.checked_sub(1)?)?;
            self.sentences_near(before.end.saturating_sub(1))
                .last()
                .copied()
        })
    }

    /// Where `span` stands: paragraphs and the sentence its start lies in. Costs one paragraph's segmentation.
    pub fn locate(&self, span: Span) -> Locator {
        let Paragraphs { first, last } = Paragraphs::of(self, span);
        let sentence = self
            .sentences(first as usize - 1)
            .partition_point(|s| s.start <= span.start)
            .max(1);
        Locator {
            paragraph: first,
            last_paragraph: last,
            sentence: sentence as u32,
        }
    }

    /// `span` without the white space at its ends; `None` when nothing is left.
    pub fn trim(&self, span: Span) -> Option<Span> {
        let text = self.slice(span);
        let start = span.start + (text.len() - text.trim_start().len()) as u32;
        let trimmed = Span::new(start, start + text.trim().len() as u32);
        (!trimmed.is_empty()).then_some(trimmed)
    }

    /// The nearest character boundary at or before `offset`.
    pub fn floor(&self, offset: u32) -> u32 {
        let mut at = (offset as usize).min(self.content.len());
        while !self.content.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_the_lines_with_something_on_them() {
        let text = Text::new("One.\n\n  \nTwo. Three.\nFour.");
        let all: Vec<_> = text.paragraphs().iter().map(|&p| text.slice(p)).collect();
        assert_eq!(all, ["One.", "Two. Three.", "Four."]);
        assert_eq!(Text::new("").paragraphs(), []);
        assert_eq!(Text::new("").paragraph_at(0), None);
    }

    #[test]
    fn a_place_between_paragraphs_belongs_to_the_one_before() {
        let text = Text::new("One.\n\nTwo.");
        assert_eq!(text.paragraph_at(0), Some(0));
        assert_eq!(text.paragraph_at(5), Some(0));
        assert_eq!(text.paragraph_at(6), Some(1));
        assert_eq!(text.paragraph_at(99), Some(1));
    }

    #[test]
    fn sentences_can_be_walked_across_paragraphs() {
        let text = Text::new("One here. Two here.\n\nThree here.");
        let slice = |s: Option<Span>| s.map(|s| text.slice(s).to_owned());
        assert_eq!(slice(text.sentence_at(3)).as_deref(), Some("One here."));
        assert_eq!(slice(text.sentence_after(0)).as_deref(), Some("Two here."));
        assert_eq!(
            slice(text.sentence_after(12)).as_deref(),
            Some("Three here.")
        );
        assert_eq!(
            slice(text.sentence_before(21)).as_deref(),
            Some("Two here.")
        );
        assert_eq!(slice(text.sentence_before(0)), None);
    }

    #[test]
    fn a_very_long_paragraph_is_walked_like_any_other() {
        let text = Text::new("A sentence of some length here. ".repeat(4000));
        let middle = text.sentence_at(64_010).unwrap();
        assert_eq!(text.slice(middle), "A sentence of some length here.");
        assert_eq!(
            text.sentence_after(middle.start).map(|s| s.start),
            Some(middle.start + 32)
        );
        assert_eq!(
            text.sentence_before(middle.start).map(|s| s.start),
            Some(middle.start - 32)
        );
    }

    #[test]
    fn a_locator_names_paragraphs_and_sentence() {
        let text = Text::new("One here. Two here.\n\nThree here.");
        let two = Span::new(10, 19);
        assert_eq!(text.locate(two).to_string(), "¶1");
        assert_eq!(text.locate(two).sentence, 2);
        assert_eq!(text.locate(Span::new(10, 26)).to_string(), "¶1–2");
    }

    #[test]
    fn trimming_keeps_characters_whole() {
        let text = Text::new("a  勢 \n");
        let all = Span::new(1, text.len());
        assert_eq!(text.trim(all).map(|s| text.slice(s)), Some("勢"));
        assert_eq!(text.trim(Span::new(1, 3)), None);
        assert_eq!(text.floor(4), 3);
    }
}
