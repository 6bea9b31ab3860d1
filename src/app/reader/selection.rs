//! What is selected, and how the keyboard moves it.

use crate::text::{Span, Text, word_at, words};

/// The unit in which a selection grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// By characters (single click and drag).
    Character,
    /// By words (double click).
    Word,
    /// By sentences (triple click, arrow keys).
    Sentence,
    /// By paragraphs (quadruple click).
    Paragraph,
}

impl Unit {
    /// The unit of the n-th click of a series.
    pub fn of_clicks(n: u32) -> Self {
        match n {
            0 | 1 => Self::Character,
            2 => Self::Word,
            3 => Self::Sentence,
            _ => Self::Paragraph,
        }
    }

    /// The span of this unit around byte `offset`; empty for characters.
    pub fn around(self, text: &Text, offset: u32) -> Span {
        let offset = text.floor(offset);
        let empty = Span::new(offset, offset);
        let paragraph = text
            .paragraph_at(offset)
            .and_then(|i| text.paragraphs().get(i).copied());
        match self {
            Self::Character => empty,
            Self::Word => text
                .near(offset)
                .and_then(|near| {
                    let word = word_at(text.slice(near), offset.checked_sub(near.start)?)?;
                    Some(Span::new(word.start + near.start, word.end + near.start))
                })
                .unwrap_or(empty),
            Self::Sentence => text.sentence_at(offset).unwrap_or(empty),
            Self::Paragraph => paragraph.unwrap_or(empty),
        }
    }
}

/// A selection: from the unit where it began to the unit where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: Span,
    /// Where it is.
    pub head: Span,
    /// The unit in which it grows.
    pub unit: Unit,
}

impl Selection {
    /// Starts one at byte `offset`.
    pub fn start(text: &Text, offset: u32, unit: Unit) -> Self {
        let at = unit.around(text, offset);
        Self {
            anchor: at,
            head: at,
            unit,
        }
    }

    /// Selects exactly `span`.
    pub fn of(span: Span) -> Self {
        Self {
            anchor: span,
            head: span,
            unit: Unit::Sentence,
        }
    }

    /// Takes the selection to byte `offset`.
    pub fn extend_to(&mut self, text: &Text, offset: u32) {
        self.head = self.unit.around(text, offset);
    }

    /// The selected span, empty when nothing is.
    pub fn span(&self) -> Span {
        Span::new(
            self.anchor.start.min(self.head.start),
            self.anchor.end.max(self.head.end),
        )
    }

    /// Moves to the next or previous sentence, or takes the selection there when it `extends`.
    pub fn step_sentence(&mut self, text: &Text, forward: bool, extends: bool) {
        let from = if extends || forward {
            self.head
        } else {
            self.span()
        };
        let next = if forward {
            text.sentence_after(from.start)
        } else {
            text.sentence_before(from.start)
        };
        let Some(next) = next else { return };
        self.unit = Unit::Sentence;
        self.head = next;
        if extends {
            if let Some(whole) = text.sentence_at(self.anchor.start) {
                self.anchor = Span::new(
                    self.anchor.start.min(whole.start),
                    self.anchor.end.max(whole.end),
                );
            }
        } else {
            self.anchor = next;
        }
    }
}

/// `span` with one end moved by a word: its start (`at_start`) or its end, `outward` or inward. It never becomes empty.
pub fn nudge(text: &Text, span: Span, at_start: bool, outward: bool) -> Span {
    let from = if at_start { span.start } else { span.end };
    let forward = at_start != outward;
    let moved = nearest_edge(text, from, at_start, forward).map(|edge| {
        if at_start {
            Span::new(edge, span.end)
        } else {
            Span::new(span.start, edge)
        }
    });
    moved.filter(|s| !s.is_empty()).unwrap_or(span)
}

/// The next or previous place where a word starts (or ends), in this paragraph or its neighbour.
fn nearest_edge(text: &Text, from: u32, starts: bool, forward: bool) -> Option<u32> {
    let edges = |at: u32| -> Vec<u32> {
        let Some(near) = text.near(at) else {
            return Vec::new();
        };
        words(text.slice(near))
            .map(|w| near.start + if starts { w.start } else { w.end })
            .collect()
    };
    let index = text.paragraph_at(from)?;
    if forward {
        let next = text.paragraphs().get(index + 1).map(|p| p.start);
        std::iter::once(from)
            .chain(next)
            .find_map(|at| edges(at).into_iter().find(|&e| e > from))
    } else {
        let before = index.checked_sub(1).map(|i| text.paragraphs()[i].end - 1);
        std::iter::once(from)
            .chain(before)
            .find_map(|at| edges(at).into_iter().rfind(|&e| e < from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text::new("One sentence here. Another “one” there.\n\nThird 勢 one.")
    }

    fn selected(s: &Selection) -> String {
        text().slice(s.span()).to_owned()
    }

    #[test]
    fn clicks_take_words_sentences_paragraphs() {
        let text = text();
        let at = |n| text.slice(Unit::of_clicks(n).around(&text, 6)).to_owned();
        assert_eq!(at(1), "");
        assert_eq!(at(2), "sentence");
        assert_eq!(at(3), "One sentence here.");
        assert_eq!(at(4), "One sentence here. Another “one” there.");
    }

    #[test]
    fn a_drag_by_words_keeps_the_first_word() {
        let text = text();
        let mut s = Selection::start(&text, 20, Unit::Word);
        s.extend_to(&text, 5);
        assert_eq!(selected(&s), "sentence here. Another");
    }

    #[test]
    fn arrows_walk_and_extend_by_sentence() {
        let text = text();
        let mut s = Selection::start(&text, 0, Unit::Sentence);
        s.step_sentence(&text, true, false);
        assert_eq!(selected(&s), "Another “one” there.");
        s.step_sentence(&text, true, true);
        assert_eq!(selected(&s), "Another “one” there.\n\nThird 勢 one.");
        s.step_sentence(&text, true, true);
        s.step_sentence(&text, false, true);
        assert_eq!(selected(&s), "Another “one” there.");
        s.step_sentence(&text, false, true);
        assert_eq!(selected(&s), "One sentence here. Another “one” there.");
    }

    #[test]
    fn either_end_is_nudged_by_a_word() {
        let text = text();
        let span = Span::new(4, 12);
        let nudged =
            |at_start, outward| text.slice(nudge(&text, span, at_start, outward)).to_owned();
        assert_eq!(nudged(true, true), "One sentence");
        assert_eq!(nudged(false, true), "sentence here");
        assert_eq!(nudged(true, false), "sentence");
        assert_eq!(nudged(false, false), "sentence");
        let two = Span::new(0, 12);
        assert_eq!(text.slice(nudge(&text, two, true, false)), "sentence");
        assert_eq!(text.slice(nudge(&text, two, false, false)), "One");
    }
}
