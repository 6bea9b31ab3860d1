//! Holding highlights to their quotes: a range whose text is not the quote is looked for anew.

use std::path::Path;

use super::{Problem, ProblemKind};
use crate::{
    model::HighlightId,
    text::{Span, Text, find_quote},
};

/// How many bytes of text all searches of one file may go through, so that a text changed at its start does not keep a
/// project from opening: about half a second.
const BUDGET: usize = 1 << 29;

/// Finds the places of a reading's quotes.
pub(super) struct Anchors<'a> {
    text: &'a Text,
    budget: usize,
    /// How far the last quote had moved: its neighbours mostly moved with it.
    moved: i64,
}

/// What became of a quote that was not at its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// It stands elsewhere, once.
    Moved(Span, Span),
    /// It stands nowhere or in several places; the range was kept.
    Kept(Span),
    /// Nor does the range fit; the highlight was left out.
    Lost(Span),
}

impl Remark {
    pub(super) fn problem(self, path: &Path, id: HighlightId) -> Problem {
        let (what, hint) = match self {
            Self::Moved(from, to) => (
                format!(
                    "the quote of highlight {id} is not at bytes {} to {} but at {} to {}",
                    from.start, from.end, to.start, to.end
                ),
                "it is shown where its quote stands; check it",
            ),
            Self::Kept(span) => (
                format!(
                    "the quote of highlight {id} is not at bytes {} to {}",
                    span.start, span.end
                ),
                "its range was kept; check the passage, or bring back the text that was imported",
            ),
            Self::Lost(span) => (
                format!(
                    "highlight {id} is at bytes {} to {}, which is no passage, and its quote is not found",
                    span.start, span.end
                ),
                "it is not shown and the file is left as it is; bring back the text that was imported",
            ),
        };
        Problem::new(ProblemKind::Quote, path, what, hint)
    }
}

impl<'a> Anchors<'a> {
    pub(super) fn new(text: &'a Text) -> Self {
        Self {
            text,
            budget: BUDGET,
            moved: 0,
        }
    }

    /// Where the quote stands: `claimed` in all ordinary cases.
    pub(super) fn place(&mut self, claimed: Span, quote: &str) -> (Option<Span>, Option<Remark>) {
        let text = self.text.as_str();
        let fits = claimed.fits(text);
        if fits && claimed.of(text) == quote {
            return (Some(claimed), None);
        }
        if let Some(span) = self.beside(claimed, quote).or_else(|| self.search(quote)) {
            self.moved = i64::from(span.start) - i64::from(claimed.start);
            return (Some(span), Some(Remark::Moved(claimed, span)));
        }
        match fits {
            true => (Some(claimed), Some(Remark::Kept(claimed))),
            false => (None, Some(Remark::Lost(claimed))),
        }
    }

    /// The place to which the last quote's move would bring this one, if it stands there.
    fn beside(&self, claimed: Span, quote: &str) -> Option<Span> {
        let start = u32::try_from(i64::from(claimed.start) + self.moved).ok()?;
        let span = Span::new(start, start.checked_add(u32::try_from(quote.len()).ok()?)?);
        (self.moved != 0 && !quote.is_empty() && span.of(self.text.as_str()) == quote)
            .then_some(span)
    }

    fn search(&mut self, quote: &str) -> Option<Span> {
        let text = self.text.as_str();
        self.budget = self.budget.checked_sub(text.len())?;
        match find_quote(text, quote).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, start: u32, end: u32, quote: &str) -> (Option<Span>, Option<Remark>) {
        Anchors::new(&Text::new(text)).place(Span::new(start, end), quote)
    }

    #[test]
    fn a_quote_at_its_range_stays() {
        let span = Span::new(3, 6);
        assert_eq!(place("an ally", 3, 6, "all"), (Some(span), None));
    }

    #[test]
    fn a_quote_that_moved_is_found() {
        let (from, to) = (Span::new(0, 4), Span::new(3, 7));
        let found = place("an ally", 0, 4, "ally");
        assert_eq!(found, (Some(to), Some(Remark::Moved(from, to))));
    }

    #[test]
    fn a_quote_in_two_places_keeps_its_range() {
        let span = Span::new(1, 3);
        let found = place("an an an", 1, 3, "an");
        assert_eq!(found, (Some(span), Some(Remark::Kept(span))));
    }

    #[test]
    fn a_range_that_cuts_a_character_is_lost() {
        let span = Span::new(1, 3);
        assert_eq!(
            place("勢 x", 1, 3, "gone"),
            (None, Some(Remark::Lost(span)))
        );
        assert_eq!(place("x", 0, 9, "").0, None);
    }

    #[test]
    fn neighbours_move_together() {
        let text = Text::new("more. one one. two");
        let mut anchors = Anchors::new(&text);
        anchors.place(Span::new(9, 12), "two");
        assert_eq!(
            anchors.place(Span::new(0, 3), "one").0,
            Some(Span::new(6, 9))
        );
    }
}
