//! Readings: the documents that are read and coded.

use jiff::Timestamp;

use super::ReadingId;
use crate::text::{Span, Text};

/// What is said about a reading and may be corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingMeta {
    /// Its title; never empty once imported.
    pub title: String,
    /// Its authors as `Surname, Given`, in order.
    pub authors: Vec<String>,
    /// The year it came out.
    pub year: Option<i32>,
    /// What kind of text it is, freely: article, thesis, op-ed…
    pub kind: String,
    /// Where it was published.
    pub publisher: String,
    /// Where it can be found.
    pub url: String,
}

impl ReadingMeta {
    /// How it is cited in brackets: `Walt 1987`, `Lo and Hill 2013`, `Lo et al. 2008`; without authors the title stands in.
    pub fn citation(&self) -> String {
        let surname = |name: &String| name.split(',').next().unwrap_or_default().trim().to_owned();
        let who = match self.authors.as_slice() {
            [] => format!("“{}”", self.title),
            [one] => surname(one),
            [one, two] => format!("{} and {}", surname(one), surname(two)),
            [one, ..] => format!("{} et al.", surname(one)),
        };
        match self.year {
            Some(year) => format!("{who} {year}"),
            None if self.authors.is_empty() => who,
            None => format!("{who} n.d."),
        }
    }

    /// The authors as a reader would list them: `Given Surname, Given Surname`.
    pub fn author_line(&self) -> String {
        let turned = |name: &String| match name.split_once(',') {
            Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
            None => name.trim().to_owned(),
        };
        self.authors
            .iter()
            .map(turned)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// A heading of a reading's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The paragraph it is, in bytes.
    pub span: Span,
    /// 1 for the highest.
    pub level: u8,
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
    /// Its headings, in text order.
    pub headings: Vec<Heading>,
    /// The name of the file it came from, without folders.
    pub source_name: String,
    /// The encoding that file was read in, as its WHATWG name (`UTF-8`, `windows-1251`).
    pub encoding: String,
    /// What the import had to say: bytes that could not be read, lines joined, and so on.
    pub remarks: Vec<String>,
    /// When it was imported.
    pub imported: Timestamp,
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
