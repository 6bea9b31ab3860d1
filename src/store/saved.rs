//! The saved form of labels and readings: plain structs, apart from the model, so that the model can change
//! while files stay. Field order is the order in the files.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use super::ron_text::VERSION;
use crate::{
    model::{
        BadId, Block, Color, Emphasis, Heading, Imprint, Label, LabelId, Note, Page, Reading,
        ReadingId, ReadingMeta, Structure, Value,
    },
    text::{Span, Text},
};

/// A piece of a file, borrowed where it holds no escapes.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Str<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl Str<'_> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for Str<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Str<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

/// `project.ron`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SavedProject {
    /// Format version.
    pub version: u32,
    /// The project's name.
    pub name: String,
}

/// `codebook/<label>.ron`; in a history the id is said too.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SavedLabel {
    /// Format version.
    pub version: u32,
    /// Only in a history: elsewhere the file name says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// See [`Label`].
    pub name: String,
    /// Id of the parent.
    #[serde(default)]
    pub parent: Option<String>,
    /// `#RRGGBB`.
    pub color: String,
    /// See [`Label`].
    #[serde(default)]
    pub definition: String,
    /// See [`Label`].
    #[serde(default)]
    pub when: String,
    /// See [`Label`].
    #[serde(default)]
    pub when_not: String,
    /// See [`Label`].
    #[serde(default)]
    pub source: String,
    /// See [`Label`].
    #[serde(default)]
    pub cues: Vec<String>,
    /// Id of the contrast.
    #[serde(default)]
    pub contrast: Option<String>,
    /// 1 to 9.
    #[serde(default)]
    pub digit: Option<u8>,
    /// See [`Label`].
    #[serde(default)]
    pub position: f64,
}

impl From<&Label> for SavedLabel {
    fn from(label: &Label) -> Self {
        Self {
            version: VERSION,
            id: String::new(),
            name: label.name.clone(),
            parent: label.parent.as_ref().map(LabelId::to_string),
            color: label.color.to_string(),
            definition: label.definition.clone(),
            when: label.when.clone(),
            when_not: label.when_not.clone(),
            source: label.source.clone(),
            cues: label.cues.clone(),
            contrast: label.contrast.as_ref().map(LabelId::to_string),
            digit: label.digit,
            position: label.position,
        }
    }
}

impl SavedLabel {
    /// The label, under the id that the file name says.
    ///
    /// # Errors
    /// When the colour or an id is none.
    pub fn label(self, id: LabelId) -> Result<Label, BadId> {
        let link = |name: Option<String>| name.map(|name| LabelId::new(&name)).transpose();
        Ok(Label {
            id,
            name: self.name,
            parent: link(self.parent)?,
            color: self.color.parse::<Color>()?,
            definition: self.definition,
            when: self.when,
            when_not: self.when_not,
            source: self.source,
            cues: self.cues,
            contrast: link(self.contrast)?,
            digit: self.digit,
            position: self.position,
        })
    }
}

/// Title, authors and the like in `reading.ron` and in histories.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct SavedMeta {
    /// See [`ReadingMeta`].
    pub title: String,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub authors: Vec<String>,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub year: Option<i32>,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub kind: String,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub publisher: String,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub url: String,
    /// See [`Imprint`].
    #[serde(default, skip_serializing_if = "SavedImprint::is_empty")]
    pub imprint: SavedImprint,
    /// See [`ReadingMeta`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_shift: Option<i32>,
    /// See [`ReadingMeta`]: name and value as [`Value::typed`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}

/// Where a reading stands in the literature.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
#[allow(missing_docs, reason = "as in the model")]
pub struct SavedImprint {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub container: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub volume: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub issue: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pages: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub doi: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accessed: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
}

impl SavedImprint {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&Imprint> for SavedImprint {
    fn from(imprint: &Imprint) -> Self {
        Self {
            container: imprint.container.clone(),
            volume: imprint.volume.clone(),
            issue: imprint.issue.clone(),
            pages: imprint.pages.clone(),
            place: imprint.place.clone(),
            doi: imprint.doi.clone(),
            accessed: imprint.accessed.clone(),
            key: imprint.key.clone(),
        }
    }
}

impl From<SavedImprint> for Imprint {
    fn from(saved: SavedImprint) -> Self {
        Self {
            container: saved.container,
            volume: saved.volume,
            issue: saved.issue,
            pages: saved.pages,
            place: saved.place,
            doi: saved.doi,
            accessed: saved.accessed,
            key: saved.key,
        }
    }
}

impl From<&ReadingMeta> for SavedMeta {
    fn from(meta: &ReadingMeta) -> Self {
        Self {
            title: meta.title.clone(),
            authors: meta.authors.clone(),
            year: meta.year,
            kind: meta.kind.clone(),
            publisher: meta.publisher.clone(),
            url: meta.url.clone(),
            imprint: (&meta.imprint).into(),
            page_shift: meta.page_shift,
            attributes: (meta.attributes.iter())
                .map(|(name, value)| (name.clone(), value.typed()))
                .collect(),
        }
    }
}

/// The attributes as a file has them; a name or value that is empty is left out.
fn attributes(saved: BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let entry = |(name, value): (String, String)| {
        let name = name.trim().to_owned();
        (!name.is_empty()).then_some((name, Value::parse(&value)?))
    };
    saved.into_iter().filter_map(entry).collect()
}

impl From<SavedMeta> for ReadingMeta {
    fn from(meta: SavedMeta) -> Self {
        Self {
            title: meta.title,
            authors: meta.authors,
            year: meta.year,
            kind: meta.kind,
            publisher: meta.publisher,
            url: meta.url,
            imprint: meta.imprint.into(),
            page_shift: meta.page_shift,
            attributes: attributes(meta.attributes),
        }
    }
}

/// `readings/<reading>/reading.ron`. The text lies beside it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SavedReading {
    /// Format version.
    pub version: u32,
    /// See [`ReadingMeta`].
    pub title: String,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub authors: Vec<String>,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub year: Option<i32>,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub kind: String,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub publisher: String,
    /// See [`ReadingMeta`].
    #[serde(default)]
    pub url: String,
    /// See [`Imprint`].
    #[serde(default, skip_serializing_if = "SavedImprint::is_empty")]
    pub imprint: SavedImprint,
    /// See [`ReadingMeta`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_shift: Option<i32>,
    /// See [`ReadingMeta`]: name and value as [`Value::typed`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// SHA-256 of `text.txt`, hexadecimal.
    pub sha256: String,
    /// How many words the text has.
    #[serde(default)]
    pub words: u32,
    /// The file it came from.
    #[serde(default)]
    pub source_name: String,
    /// SHA-256 of that file, hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_sha256: String,
    /// The reading this one is a revised version of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<String>,
    /// WHATWG name.
    #[serde(default)]
    pub encoding: String,
    /// When it was imported.
    pub imported: String,
    /// What the import had to say.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// Start and end (bytes of the text) and level.
    #[serde(default)]
    pub headings: Vec<(u32, u32, u8)>,
    /// Start and end (bytes of the text) and kind: `item`, `item 2`, `quote`, `row`, `note`, `code`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<(u32, u32, String)>,
    /// Start and end (bytes of the text) and style: `b` bold, `i` italics, `^` raised, `_` lowered, or several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emphasis: Vec<(u32, u32, String)>,
    /// Start and end of the mark, start and end of what the note says (bytes of the text).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<(u32, u32, u32, u32)>,
    /// Where the page starts (byte of the text) and what it is called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<(u32, String)>,
}

impl From<&Reading> for SavedReading {
    fn from(reading: &Reading) -> Self {
        let meta = SavedMeta::from(&reading.meta);
        let structure = &reading.structure;
        Self {
            version: VERSION,
            title: meta.title,
            authors: meta.authors,
            year: meta.year,
            kind: meta.kind,
            publisher: meta.publisher,
            url: meta.url,
            imprint: meta.imprint,
            page_shift: meta.page_shift,
            attributes: meta.attributes,
            sha256: reading.sha256.clone(),
            words: reading.words,
            source_name: reading.source_name.clone(),
            source_sha256: reading.source_sha256.clone(),
            revises: reading.revises.as_ref().map(ReadingId::to_string),
            encoding: reading.encoding.clone(),
            imported: reading.imported.to_string(),
            remarks: reading.remarks.clone(),
            headings: (structure.headings.iter())
                .map(|h| (h.span.start, h.span.end, h.level))
                .collect(),
            blocks: (structure.blocks.iter())
                .map(|b| (b.span.start, b.span.end, b.kind.to_string()))
                .collect(),
            emphasis: (structure.emphasis.iter())
                .map(|e| (e.span.start, e.span.end, e.style.to_string()))
                .collect(),
            notes: (structure.notes.iter())
                .map(|n| (n.mark.start, n.mark.end, n.body.start, n.body.end))
                .collect(),
            pages: (structure.pages.iter())
                .map(|p| (p.start, p.label.clone()))
                .collect(),
        }
    }
}

impl SavedReading {
    /// The reading with this id and text. Headings, pages and the like that don't fit the text are left out.
    ///
    /// # Errors
    /// When the time of import is none.
    pub fn reading(self, id: ReadingId, text: Text) -> Result<Reading, jiff::Error> {
        let structure = self.structure().fitted(&text);
        Ok(Reading {
            id,
            structure,
            meta: ReadingMeta {
                title: self.title,
                authors: self.authors,
                year: self.year,
                kind: self.kind,
                publisher: self.publisher,
                url: self.url,
                imprint: self.imprint.into(),
                page_shift: self.page_shift,
                attributes: attributes(self.attributes),
            },
            text,
            sha256: self.sha256,
            words: self.words,
            source_name: self.source_name,
            encoding: self.encoding,
            source_sha256: self.source_sha256,
            revises: self.revises.and_then(|id| ReadingId::new(&id).ok()),
            remarks: self.remarks,
            imported: self.imported.parse()?,
        })
    }

    fn structure(&self) -> Structure {
        let span = |start: u32, end: u32| Span::new(start, end);
        let heading = |&(start, end, level): &(u32, u32, u8)| Heading {
            span: span(start, end),
            level,
        };
        let block = |(start, end, kind): &(u32, u32, String)| {
            let span = span(*start, *end);
            kind.parse().ok().map(|kind| Block { span, kind })
        };
        let emphasis = |(start, end, style): &(u32, u32, String)| {
            let span = span(*start, *end);
            style.parse().ok().map(|style| Emphasis { span, style })
        };
        let note = |&(a, b, c, d): &(u32, u32, u32, u32)| Note {
            mark: span(a, b),
            body: span(c, d),
        };
        let page = |(start, label): &(u32, String)| Page {
            start: *start,
            label: label.clone(),
        };
        Structure {
            headings: self.headings.iter().map(heading).collect(),
            blocks: self.blocks.iter().filter_map(block).collect(),
            emphasis: self.emphasis.iter().filter_map(emphasis).collect(),
            notes: self.notes.iter().map(note).collect(),
            pages: self.pages.iter().map(page).collect(),
        }
    }
}
