//! Where pages start, and what they are called.
//!
//! A break can be marked twice at one place: by the program that laid the pages out (soft) and by hand (hard). A stretch without
//! text counts as many breaks as it has of the kind it has more of.

use super::numerals::Numeral;
use crate::import::draft::Draft;

/// The most characters that a page holds, with small type in two columns. Where a file says only some of its breaks, stretches
/// are longer, and its pages can't be told.
const FULL: usize = 9_000;

/// What a file says of the numbers of the pages that follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// The next page has this number.
    pub start: Option<u32>,
    /// Numbers are written so.
    pub numeral: Option<Numeral>,
    /// The next page has an odd (`Some(true)`) or even number.
    pub odd: Option<bool>,
}

/// The pages of a text being written.
#[derive(Debug, Default)]
pub struct Pages {
    /// For each page after the first, and the first one, what is said of its number.
    pages: Vec<Numbering>,
    /// Breaks since the last text: soft, hard, and those that count.
    soft: usize,
    hard: usize,
    counted: usize,
    /// Whether the file says where all its pages end.
    laid_out: bool,
    /// Characters on this page, and on the fullest.
    characters: usize,
    fullest: usize,
}

impl Pages {
    /// Starts the first page.
    pub fn first(&mut self, draft: &mut Draft) {
        if self.pages.is_empty() {
            self.pages.push(Numbering::default());
            draft.page("");
        }
    }

    /// Says more of the page that is open.
    pub fn number(&mut self, numbering: Numbering) {
        if let Some(last) = self.pages.last_mut() {
            last.start = numbering.start.or(last.start);
            last.numeral = numbering.numeral.or(last.numeral);
            last.odd = numbering.odd.or(last.odd);
        }
    }

    /// A break that the program which laid the pages out found.
    pub fn soft(&mut self, draft: &mut Draft) {
        self.laid_out = true;
        self.soft += 1;
        self.count(draft);
    }

    /// A break that somebody set.
    pub fn hard(&mut self, draft: &mut Draft) {
        self.hard += 1;
        self.count(draft);
    }

    fn count(&mut self, draft: &mut Draft) {
        if self.soft.max(self.hard) > self.counted {
            self.counted += 1;
            self.pages.push(Numbering::default());
            draft.page("");
            self.characters = 0;
        }
    }

    /// Text was written: so many characters.
    pub fn text(&mut self, characters: usize) {
        (self.soft, self.hard, self.counted) = (0, 0, 0);
        self.characters += characters;
        self.fullest = self.fullest.max(self.characters);
    }

    /// What the pages are called, in order; empty when the file does not say where its pages start, with a sentence if it says
    /// some.
    pub fn labels(&self) -> (Vec<String>, Option<&'static str>) {
        if self.pages.len() < 2 {
            return (Vec::new(), None);
        }
        if !self.laid_out && self.fullest > FULL {
            let remark = "The file marks some page breaks but not where all its pages end: it came in without pages.";
            return (Vec::new(), Some(remark));
        }
        let (mut next, mut numeral) = (1u32, Numeral::Decimal);
        let labels = self.pages.iter().map(|page| {
            next = page.start.unwrap_or(next);
            numeral = page.numeral.unwrap_or(numeral);
            if page.odd.is_some_and(|odd| (next % 2 == 1) != odd) {
                next = next.saturating_add(1);
            }
            let label = numeral.write(next);
            next = next.saturating_add(1);
            label
        });
        let remark = "Its pages are those that breaks set by hand part: compare their numbers with a printed copy.";
        (labels.collect(), (!self.laid_out).then_some(remark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_marked_twice_is_one() {
        let (mut draft, mut pages) = (Draft::default(), Pages::default());
        pages.first(&mut draft);
        pages.text(5);
        pages.hard(&mut draft);
        pages.soft(&mut draft);
        pages.text(5);
        pages.soft(&mut draft);
        pages.hard(&mut draft);
        pages.hard(&mut draft);
        pages.text(20_000);
        assert_eq!(pages.labels().0, ["1", "2", "3", "4"]);
    }

    #[test]
    fn pages_have_the_numbers_that_the_file_gives() {
        let (mut draft, mut pages) = (Draft::default(), Pages::default());
        pages.first(&mut draft);
        pages.number(Numbering {
            numeral: Some(Numeral::LowerRoman),
            ..Numbering::default()
        });
        let restart = Numbering {
            start: Some(1),
            numeral: Some(Numeral::Decimal),
            odd: None,
        };
        let odd = Numbering {
            odd: Some(true),
            ..Numbering::default()
        };
        for numbering in [
            Numbering::default(),
            restart,
            Numbering::default(),
            odd,
            odd,
        ] {
            pages.text(1);
            pages.soft(&mut draft);
            pages.number(numbering);
        }
        assert_eq!(pages.labels().0, ["i", "ii", "1", "2", "3", "5"]);
    }

    #[test]
    fn breaks_between_chapters_are_no_pages() {
        let (mut draft, mut pages) = (Draft::default(), Pages::default());
        pages.first(&mut draft);
        assert_eq!(pages.labels(), (Vec::new(), None));
        pages.hard(&mut draft);
        pages.text(20_000);
        assert!(pages.labels().0.is_empty());
        assert!(pages.labels().1.is_some());
    }
}
