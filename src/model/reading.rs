//! Readings: the documents that are read and coded.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;

use super::{Name, ReadingId, Structure, Value};
use crate::text::{Span, Text};

/// What is said about a reading and may be corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingMeta {
    /// Its title; never empty once imported.
    pub title: String,
    /// Its authors as `Surname, Given`, in order; editors with ` (ed.)`. [`Name`] takes them apart.
    pub authors: Vec<String>,
    /// The year it came out.
    pub year: Option<i32>,
    /// What kind of text it is, freely: article, thesis, op-ed…
    pub kind: String,
    /// Who published it.
    pub publisher: String,
    /// Where it can be found.
    pub url: String,
    /// Where in the literature it stands.
    pub imprint: Imprint,
    /// What is added to the position of a page in the file, from 1, to get its printed number: 114 when file page 3 is
    /// page 117. Without one, pages are called as the file calls them.
    pub page_shift: Option<i32>,
    /// What the team compares readings by, under names of its own: country, genre… Names are as typed, trimmed, never empty.
    pub attributes: BTreeMap<String, Value>,
}

/// Where a reading stands in the literature: what a bibliography says besides author, year, title and publisher. Empty for
/// what is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imprint {
    /// The journal, book or site it is part of.
    pub container: String,
    /// The volume of the journal or of a work in several.
    pub volume: String,
    /// The issue of the journal.
    pub issue: String,
    /// Its pages in the whole: `3–43`.
    pub pages: String,
    /// The city of the publisher.
    pub place: String,
    /// Its digital object identifier, without `https://doi.org/`.
    pub doi: String,
    /// When it was looked at, `2026-11-22`.
    pub accessed: String,
    /// What a bibliography calls it: `walt1987`.
    pub key: String,
}

impl ReadingMeta {
    /// How it is cited in brackets: `Walt 1987`, `Lo and Hill 2013`, `Lo et al. 2008`; without authors the title stands in.
    pub fn citation(&self) -> String {
        let who = match self.who() {
            who if who.is_empty() => format!("“{}”", self.title),
            who => who,
        };
        match self.year {
            Some(year) => format!("{who} {year}"),
            None if self.authors.is_empty() => who,
            None => format!("{who} n.d."),
        }
    }

    /// Its authors as a citation names them: `Walt`, `Lo and Hill`, `Lo et al.`; empty without any.
    pub fn who(&self) -> String {
        let short = |name: &String| Name::parse(name).short();
        match self.authors.as_slice() {
            [] => String::new(),
            [one] => short(one),
            [one, two] => format!("{} and {}", short(one), short(two)),
            [one, ..] => format!("{} et al.", short(one)),
        }
    }

    /// The authors as a reader would list them: `Given Surname, Given Surname (ed.)`.
    pub fn author_line(&self) -> String {
        let spoken = |name: &String| {
            let name = Name::parse(name);
            let role = if name.editor { " (ed.)" } else { "" };
            name.natural() + role
        };
        let spoken: Vec<String> = self.authors.iter().map(spoken).collect();
        spoken.join(", ")
    }
}

/// A document as imported: its text never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its folder name.
    pub id: ReadingId,
    /// Title, authors and the like.
    pub meta: ReadingMeta,
    /// The text.
    pub text: Text,
    /// SHA-256 of the text, in hexadecimal.
    pub sha256: String,
    /// How many words it has, by [`crate::text::word_count`].
    pub words: u32,
    /// Headings, kinds of paragraphs, emphasis, footnotes, pages.
    pub structure: Structure,
    /// The name of the file it came from, without folders.
    pub source_name: String,
    /// The encoding that file was read in, as its WHATWG name (`UTF-8`, `windows-1251`).
    pub encoding: String,
    /// SHA-256 of that file, in hexadecimal; empty when it is not known.
    pub source_sha256: String,
    /// The reading that this one is a revised version of; it is among the removed ones then.
    pub revises: Option<ReadingId>,
    /// What the import had to say: bytes that could not be read, lines joined, and so on.
    pub remarks: Vec<String>,
    /// When it was imported.
    pub imported: Timestamp,
}

/// The pages of a passage, by their printed numbers where these are known. Shown as `21` or `21–22`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The page on which it starts.
    pub first: String,
    /// The page on which it ends.
    pub last: String,
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first)?;
        if self.last != self.first {
            write!(f, "–{}", self.last)?;
        }
        Ok(())
    }
}

impl Reading {
    /// What the page with this index (from 0) is called: its printed number where it was said, else what the file calls it.
    pub fn page_label(&self, index: usize) -> Option<String> {
        let page = self.structure.pages.get(index)?;
        Some(match self.meta.page_shift {
            Some(shift) => (index as i64 + 1 + i64::from(shift)).to_string(),
            None => page.label.clone(),
        })
    }

    /// The pages of a passage; none where the file has no pages, or the passage stands before the first. A passage in a footnote
    /// is on the page of the footnote's mark: the notes are gathered at the text's end. O(log pages + notes).
    pub fn pages(&self, span: Span) -> Option<Pages> {
        let notes = &self.structure.notes;
        let note = notes.iter().find(|n| n.body.contains(span));
        let span = note.map_or(span, |n| n.mark);
        let last = span.end.saturating_sub(1).max(span.start);
        let (first, last) = (
            self.structure.page_at(span.start),
            self.structure.page_at(last)?,
        );
        let last = self.page_label(last)?;
        let first = first.and_then(|page| self.page_label(page));
        Some(Pages {
            first: first.unwrap_or_else(|| last.clone()),
            last,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cite(authors: &[&str], year: Option<i32>) -> String {
        ReadingMeta {
            title: "A title".into(),
            authors: authors.iter().map(|&a| a.to_owned()).collect(),
            year,
            ..ReadingMeta::default()
        }
        .citation()
    }

    #[test]
    fn citations_are_author_and_year() {
        assert_eq!(cite(&["Walt, Stephen M."], Some(1987)), "Walt 1987");
        assert_eq!(
            cite(&["Lo, Bobo", "Hill, F."], Some(2013)),
            "Lo and Hill 2013"
        );
        assert_eq!(cite(&["A", "B", "C"], None), "A et al. n.d.");
        assert_eq!(cite(&[], Some(2014)), "“A title” 2014");
        assert_eq!(cite(&[], None), "“A title”");
    }
}
