//! How much of the text around a hit is meant.

use crate::text::{Span, Text};

/// What is tagged of a hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The hit and no more.
    Hit,
    /// The sentence it stands in; several when it lies in several.
    #[default]
    Sentence,
    /// The paragraph it stands in; several when it lies in several.
    Paragraph,
}

impl Extent {
    /// All, from the smallest to the largest.
    pub const ALL: [Self; 3] = [Self::Hit, Self::Sentence, Self::Paragraph];

    /// The passage of `text` that is meant by `hit`: always all of it. Costs what its paragraph is long, at most some thousand
    /// bytes.
    pub fn of(self, text: &Text, hit: Span) -> Span {
        let last = text.floor(hit.end.saturating_sub(1).max(hit.start));
        let around = |at: u32| match self {
            Self::Hit => None,
            Self::Sentence => text.sentence_at(at),
            Self::Paragraph => text.paragraphs().get(text.paragraph_at(at)?).copied(),
        };
        let ends = [around(hit.start), around(last)];
        ends.into_iter().flatten().fold(hit, |whole, part| {
            Span::new(whole.start.min(part.start), whole.end.max(part.end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_grows_to_the_sentences_and_paragraphs_it_touches() {
        let text = Text::new("One here. Two there.\nThree here. Four.");
        let of = |extent: Extent, hit: &str| {
            let at = text.as_str().find(hit).unwrap() as u32;
            text.slice(extent.of(&text, Span::new(at, at + hit.len() as u32)))
                .to_owned()
        };
        assert_eq!(of(Extent::Hit, "there"), "there");
        assert_eq!(of(Extent::Sentence, "there"), "Two there.");
        assert_eq!(
            of(Extent::Sentence, "there.\nThree"),
            "Two there.\nThree here."
        );
        assert_eq!(of(Extent::Paragraph, "Four"), "Three here. Four.");
    }
}
