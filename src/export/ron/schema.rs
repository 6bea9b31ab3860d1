//! The annotated project as other programs see it: plain types, every field said.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use ::ron::{Options, extensions::Extensions};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of the schema that this program writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// An annotated project, or a part of one: what [`super::write`] writes and [`crate::import::annotated`] takes in.
///
/// It is RON with `implicit_some`: a field that may be absent is written without `Some(…)`, and left out when there is
/// nothing to say. Fields that are not known are ignored, so that files of later programs with the same version can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotated {
    /// The version of this schema: 1.
    pub version: u32,
    /// The program that wrote it, such as `glossator 0.1.0`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub generator: String,
    /// The name of the project.
    #[serde(default)]
    pub project: String,
    /// When it was exported, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time")]
    pub exported: Option<Timestamp>,
    /// What was asked for, when not everything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<FilterRecord>,
    /// The codebook, parents before their children, siblings in their order.
    #[serde(default)]
    pub labels: Vec<LabelRecord>,
    /// The readings, in the order in which they were imported.
    #[serde(default)]
    pub readings: Vec<ReadingRecord>,
    /// The highlights, reading by reading in text order.
    #[serde(default)]
    pub highlights: Vec<HighlightRecord>,
}

/// What an export was restricted to. An empty list means no restriction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterRecord {
    /// Ids of readings.
    pub readings: Vec<String>,
    /// Ids of labels; the labels under them count too.
    pub labels: Vec<String>,
    /// Coders.
    pub coders: Vec<String>,
    /// A query that highlights had to pass, in the language of [`crate::analysis::query`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
}

/// A label of the codebook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelRecord {
    /// What highlights and other labels call it: 1 to 80 letters, digits, `-` or `_`. May be absent in a file written by
    /// hand: it is made from the name then.
    #[serde(default)]
    pub id: String,
    /// Its name as shown.
    #[serde(default)]
    pub name: String,
    /// The id of the label it belongs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its colour in sRGB, `#RRGGBB`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub definition: String,
    /// When to use it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// When not to, and what to use instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when_not: String,
    /// Who the idea comes from: author, year, work.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Words, stems (`entrap*`) and phrases that hint at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cues: Vec<String>,
    /// The id of the label it is set against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contrast: Option<String>,
    /// The digit key that tags with it, 1 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digit: Option<u8>,
    /// Its place among its siblings: lower comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<f64>,
}

/// A reading. The file it was imported from is not part of an export, its text is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadingRecord {
    /// What highlights call it: 1 to 80 letters, digits, `-` or `_`.
    #[serde(default)]
    pub id: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its authors as `Surname, Given`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The year it came out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// What kind of text it is, freely: article, thesis, op-ed…
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Where it can be found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The journal, book or site it is part of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub container: String,
    /// The volume of the journal or of a work in several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub volume: String,
    /// The issue of the journal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issue: String,
    /// Its pages in the whole: `3–43`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page_range: String,
    /// The city of the publisher.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Its digital object identifier.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doi: String,
    /// When it was looked at, `2026-11-22`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub accessed: String,
    /// What a bibliography calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// What is added to a page's position in the file, from 1, to get its printed number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_shift: Option<i32>,
    /// What the team compares readings by: name and value, as typed (`yes`, `2.5`, `2026-11-22`, text).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// How it is cited by author and year: `Walt 1987a`; for information.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub citation: String,
    /// SHA-256 of the text in UTF-8, in hexadecimal. The same hash is the same reading, whatever its id and title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// How many words it has; for information.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<u32>,
    /// Its headings, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<HeadingRecord>,
    /// The paragraphs that are neither headings nor body text, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<BlockRecord>,
    /// Words set off from the body type, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emphasis: Vec<EmphasisRecord>,
    /// Its footnotes and endnotes, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteRecord>,
    /// Where its pages start, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageRecord>,
    /// The name of the file it came from, without folders.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_name: String,
    /// SHA-256 of that file, in hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_sha256: String,
    /// The encoding that file was read in, as its WHATWG name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encoding: String,
    /// What the import had to say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// When it was imported, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time")]
    pub imported: Option<Timestamp>,
    /// The text, with LF line ends; a line with something on it is a paragraph. Absent when the export left texts out: then
    /// only a project that has the reading already can take its highlights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A heading of a reading's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingRecord {
    /// Its first byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// 1 for the highest.
    pub level: u8,
}

/// A paragraph of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRecord {
    /// Its first byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// `item` (of a list; `item 2` when nested), `quote`, `row` (of a table), `note`, `code`.
    pub kind: String,
}

/// Words set off from the body type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmphasisRecord {
    /// Their first byte in the text.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// `b` bold, `i` italics, `^` raised, `_` lowered, or several: `bi`.
    pub style: String,
}

/// A footnote or an endnote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRecord {
    /// The first byte of its mark in the text.
    pub start: u32,
    /// One past the mark's last byte.
    pub end: u32,
    /// The first byte of what it says.
    pub body_start: u32,
    /// One past the last byte of what it says.
    pub body_end: u32,
}

/// The start of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRecord {
    /// The byte of the text at which it starts.
    pub start: u32,
    /// What the file calls it: `21`, `xiv`.
    pub label: String,
}

/// A highlight: a passage that a coder has tagged.
///
/// Where it stands is said three times over, and the import takes the first that holds: bytes, characters, quote. The quote is
/// always checked against the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HighlightRecord {
    /// Its number, 16 hexadecimal digits. Absent in a file written by hand: one is made from what it holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The id of its reading.
    #[serde(default)]
    pub reading: String,
    /// Its first byte in the reading's text in UTF-8, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// One past its last byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// Its first character (Unicode scalar value, as Python counts) in the reading's text, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_char: Option<u32>,
    /// One past its last character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_char: Option<u32>,
    /// The passage as it stands in the text.
    #[serde(default)]
    pub quote: String,
    /// Up to 40 characters before it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// Up to 40 characters after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The paragraph in which it starts, counted from 1; for information, like the two that follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// The paragraph in which it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_paragraph: Option<u32>,
    /// The sentence of `paragraph` in which it starts, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<u32>,
    /// The page on which it starts, by its printed number where that is known; for information.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The page on which it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_page: Option<String>,
    /// How it is cited by author and year: `(Walt 1987a, 21, ¶12)`; for information.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub citation: String,
    /// The ids of its labels, in the order in which they were given. The import takes names, too.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What the passage does with the theory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<StanceRecord>,
    /// The coder's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who tagged it, mostly initials.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub coder: String,
    /// When it was made, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time")]
    pub created: Option<Timestamp>,
    /// When it was last changed, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time")]
    pub changed: Option<Timestamp>,
}

/// [`crate::model::Stance`] as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StanceRecord {
    /// It speaks for the theory.
    #[serde(alias = "supports")]
    Supports,
    /// It speaks against it.
    #[serde(alias = "contests")]
    Contests,
    /// It limits where it holds.
    #[serde(alias = "qualifies")]
    Qualifies,
    /// It says what its terms mean.
    #[serde(alias = "defines")]
    Defines,
    /// It explains a case with it.
    #[serde(alias = "applies")]
    Applies,
}

/// Why a file could not be taken for an annotated project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportedError {
    /// It is not RON, or not of this schema.
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// The character of that line, counted from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// It was written by a newer program.
    TooNew(u32),
}

impl fmt::Display for ExportedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, what } => {
                write!(f, "line {line}, column {column}: {what}")
            }
            Self::TooNew(version) => write!(
                f,
                "it has version {version} and this program reads up to {VERSION}; open it with a newer Glossator"
            ),
        }
    }
}

impl std::error::Error for ExportedError {}

impl Annotated {
    /// Reads an annotated project from RON. Kind to people who edit by hand: a byte-order mark and CRLF are taken, `Some(…)`
    /// may be written or left out, and whatever is not needed may be missing.
    ///
    /// # Errors
    /// Says line and column of what could not be read, or that the file is of a later version.
    pub fn parse(ron: &str) -> Result<Self, ExportedError> {
        let ron = ron.strip_prefix('\u{FEFF}').unwrap_or(ron);
        let ron = match ron.contains("\r\n") {
            true => Cow::Owned(ron.replace("\r\n", "\n")),
            false => Cow::Borrowed(ron),
        };
        let parsed: Result<Self, _> = options().from_str(&ron);
        match parsed {
            Ok(annotated) if annotated.version > VERSION => {
                Err(ExportedError::TooNew(annotated.version))
            }
            Ok(annotated) => Ok(annotated),
            Err(error) => Err(explain(&ron, &error)),
        }
    }
}

/// How the schema is read and written: RON whose `Some(…)` may be left out.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A file of a later version may well not fit the schema: then the version is what to talk about.
fn explain(ron: &str, error: &::ron::error::SpannedError) -> ExportedError {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    match options().from_str::<Versioned>(ron) {
        Ok(v) if v.version > VERSION => ExportedError::TooNew(v.version),
        _ => ExportedError::Syntax {
            line: error.span.start.line,
            column: error.span.start.col,
            what: error.code.to_string(),
        },
    }
}

/// Times as RFC 3339 strings.
mod time {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &Option<Timestamp>, s: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => s.serialize_some(&time.to_string()),
            None => s.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Timestamp>, D::Error> {
        let written: Option<String> = Option::deserialize(d)?;
        written
            .map(|s| {
                s.parse().map_err(|_| {
                    D::Error::custom(format!("“{s}” is no time like 2026-11-21T14:02:11Z"))
                })
            })
            .transpose()
    }
}
