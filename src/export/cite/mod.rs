//! Citing passages, and the lists of what was cited: alike in every export, on the clipboard and on the status line.
//!
//! ```text
//! “An ally can be dragged in.” (Walt 1987, 21, ¶12)
//! ```
//!
//! Three styles are written: author–year, notes, numbers. All come from a small formatter of our own. The library that knows all
//! styles (hayagriva) was measured: 143 s of build for 80 of them, it loses the school of a thesis, title-cases Cyrillic, and a
//! single bad entry fails the whole file. Three styles that are always right about what is known earn more; whoever needs a
//! journal's own takes the readings out as BibTeX or CSL-JSON ([`crate::export::bibliography`]).
//!
//! A part that is not known is left out with the punctuation around it.

mod entry;
mod names;
mod place;
mod rich;
#[cfg(test)]
mod tests;
pub(super) mod work;

use std::collections::HashMap;

pub(super) use self::rich::single_quotes;
pub use self::{
    names::Names,
    place::Place,
    rich::{Piece, Rich},
};
pub use crate::model::CiteStyle as Style;
use crate::{
    model::{Project, Reading, ReadingId},
    text::{Span, fold_space},
};

/// Where a passage stands: `21, ¶12`, or `¶12` where the file has no pages.
pub fn locator(reading: &Reading, span: Span) -> String {
    Place::of(reading, span).to_string()
}

/// A passage in quotation marks. Double ones within it become single, its paragraphs are joined by spaces, and the marks of
/// footnotes are left out.
pub fn quoted(reading: &Reading, span: Span) -> String {
    format!("“{}”", quoted_text(reading, span))
}

fn quoted_text(reading: &Reading, span: Span) -> String {
    let pieces = without_marks(reading, span).into_iter();
    let text: String = pieces.map(|piece| reading.text.slice(piece)).collect();
    single_quotes(&fold_space(&text))
}

/// The stretches of a passage between the marks of its footnotes.
pub(super) fn without_marks(reading: &Reading, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut from = span.start;
    let marks = &reading.structure.notes;
    let first = marks.partition_point(|n| n.mark.end <= span.start);
    for note in marks.iter().skip(first) {
        if note.mark.start >= span.end {
            break;
        }
        if note.mark.start > from {
            pieces.push(Span::new(from, note.mark.start));
        }
        from = from.max(note.mark.end);
    }
    if from < span.end {
        pieces.push(Span::new(from, span.end));
    }
    pieces
}

/// The entry of a reading in the reference list of a style, without a number.
pub fn reference(names: &Names, reading: &Reading, style: Style) -> Rich {
    let meta = &reading.meta;
    match style {
        Style::AuthorYear => entry::author_year(meta, names.year(reading)),
        Style::Note => entry::bibliography(meta),
        Style::Numeric => entry::note(meta, None).ended(),
    }
}

/// Cites passages one after another as a document does, and gives the list of what was cited.
#[derive(Debug)]
pub struct Citer<'a> {
    style: Style,
    names: Names,
    cited: Vec<&'a Reading>,
    numbers: HashMap<&'a ReadingId, usize>,
}

impl<'a> Citer<'a> {
    /// Begins a document.
    pub fn new(project: &Project, style: Style) -> Self {
        Self {
            style,
            names: Names::of(project),
            cited: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// Its style.
    pub fn style(&self) -> Style {
        self.style
    }

    /// What the project's readings are called.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Cites a passage. In [`Style::Note`] it is the text of the footnote, a whole sentence.
    pub fn cite(&mut self, reading: &'a Reading, place: &Place) -> Rich {
        let again = self.numbers.contains_key(&reading.id);
        if again && self.style == Style::Note {
            return entry::short_note(&reading.meta, place).ended();
        }
        self.cite_alone(reading, place)
    }

    /// Cites a passage where what was cited before may not be read, as in a row of a table: in [`Style::Note`] always in full.
    pub fn cite_alone(&mut self, reading: &'a Reading, place: &Place) -> Rich {
        let number = self.add(reading);
        match self.style {
            Style::AuthorYear => Rich::plain(self.names.passage(reading, place)),
            Style::Numeric => Rich::plain(format!("[{number}, {}]", place.lettered())),
            Style::Note => entry::note(&reading.meta, Some(place)).ended(),
        }
    }

    /// Puts a reading on the list; its number there in [`Style::Numeric`].
    pub fn add(&mut self, reading: &'a Reading) -> usize {
        if let Some(number) = self.numbers.get(&reading.id) {
            return *number;
        }
        self.cited.push(reading);
        self.numbers.insert(&reading.id, self.cited.len());
        self.cited.len()
    }

    /// The list of what was cited: by author, year and title, or by number.
    pub fn references(mut self) -> Vec<Rich> {
        if self.style != Style::Numeric {
            self.names.sort(&mut self.cited);
        }
        let entry = |(i, reading): (usize, &&Reading)| {
            let entry = reference(&self.names, reading, self.style);
            match self.style {
                Style::Numeric => Rich::plain(format!("[{}]", i + 1)).then(" ", entry),
                _ => entry,
            }
        };
        self.cited.iter().enumerate().map(entry).collect()
    }
}
