//! Hits as passages: themselves, or the sentences or paragraphs that they stand in.

pub use crate::analysis::find::Extent as Unit;
use crate::text::{Span, Text};

/// The name of what is tagged for a hit.
pub fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::Hit => "the hit",
        Unit::Sentence => "the sentence",
        Unit::Paragraph => "the paragraph",
    }
}

/// The passages for hits in a text, which come in text order; each passage once. Each paragraph with a hit is looked through
/// once, at some MB a second for sentences.
pub fn passages(text: &Text, hits: &[Span], unit: Unit) -> Vec<Span> {
    let mut sentences: (usize, Vec<Span>) = (usize::MAX, Vec::new());
    let mut around = |offset: u32| {
        let index = text.paragraph_at(offset)?;
        let paragraph = *text.paragraphs().get(index)?;
        if unit == Unit::Paragraph {
            return Some(paragraph);
        }
        if sentences.0 != index {
            sentences = (index, text.sentences(index));
        }
        let all = &sentences.1;
        let at = all.partition_point(|s| s.start <= offset);
        all.get(at.saturating_sub(1)).copied()
    };
    let mut out: Vec<Span> = Vec::with_capacity(hits.len());
    for hit in hits {
        let whole = match unit {
            Unit::Hit => Some(*hit),
            _ => {
                let first = around(hit.start);
                let last = around(hit.end.saturating_sub(1).max(hit.start));
                let both = first.zip(last);
                both.map(|(a, b)| Span::new(a.start, b.end.max(a.end)))
            }
        };
        let trimmed = whole.and_then(|span| text.trim(span));
        out.extend(trimmed.filter(|span| out.last() != Some(span)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "One war here. No peace there; war again, and war.\n\nA third. War\nis over.";

    fn of(unit: Unit) -> Vec<String> {
        let text = Text::new(TEXT);
        let lower = TEXT.to_lowercase();
        let starts = lower.match_indices("war").map(|(at, _)| at as u32);
        let hits: Vec<Span> = starts.map(|at| Span::new(at, at + 3)).collect();
        let spans = passages(&text, &hits, unit);
        spans
            .into_iter()
            .map(|s| text.slice(s).to_owned())
            .collect()
    }

    #[test]
    fn hits_in_one_sentence_are_one_passage() {
        assert_eq!(of(Unit::Hit), ["war", "war", "war", "War"]);
        assert_eq!(
            of(Unit::Sentence),
            [
                "One war here.",
                "No peace there; war again, and war.",
                "War"
            ]
        );
        assert_eq!(
            of(Unit::Paragraph),
            [
                "One war here. No peace there; war again, and war.",
                "A third. War"
            ]
        );
    }

    #[test]
    fn a_hit_across_two_sentences_takes_both() {
        let text = Text::new("One here. Two here. Three.");
        let all = |unit| passages(&text, &[Span::new(4, 13)], unit);
        assert_eq!(all(Unit::Sentence), [Span::new(0, 19)]);
        assert_eq!(all(Unit::Hit), [Span::new(4, 13)]);
        assert_eq!(passages(&text, &[], Unit::Sentence), []);
    }
}
