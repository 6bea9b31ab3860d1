//! The saved form of packets and their sections, in files and in histories. What a name or word can't be is told while it is read, so
//! that its line and column are known.

mod convert;

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        Error, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

use crate::model::{
    BadId, CiteStyle, Excerpts, HighlightId, LabelId, Layout, PacketHead, Paper, Pick, Question,
    ReadingId, Rule, RuleOrder, Section, SectionId, Side, Subject,
};

/// An id, which is looked at while it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub T);

trait FromName: Sized {
    fn from_name(name: &str) -> Result<Self, BadId>;
}

impl FromName for LabelId {
    fn from_name(name: &str) -> Result<Self, BadId> {
        Self::new(name)
    }
}

impl FromName for ReadingId {
    fn from_name(name: &str) -> Result<Self, BadId> {
        Self::new(name)
    }
}

impl FromName for SectionId {
    fn from_name(name: &str) -> Result<Self, BadId> {
        Self::new(name)
    }
}

impl FromName for HighlightId {
    fn from_name(name: &str) -> Result<Self, BadId> {
        name.parse()
    }
}

impl<'de, T: FromName> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        T::from_name(&name).map(Self).map_err(D::Error::custom)
    }
}

impl<T: fmt::Display> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

/// A style of citations by its name in the model.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedCite {
    #[default]
    AuthorYear,
    Note,
    Numeric,
}

/// Paper by its name in the model.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedPaper {
    #[default]
    A4,
    Letter,
}

/// What is said of a packet, in a history.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SavedPacketHead {
    /// See [`PacketHead`].
    pub title: String,
    /// See [`PacketHead`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// See [`PacketHead`].
    #[serde(default)]
    pub cite: SavedCite,
    /// See [`PacketHead`].
    #[serde(default)]
    pub paper: SavedPaper,
    /// Names of sections.
    #[serde(default)]
    pub order: Vec<Named<SectionId>>,
}

/// A section.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSection {
    /// Its name; only in a packet's file, and when it is left out there made of the title.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "bare"
    )]
    pub id: Option<Named<SectionId>>,
    /// See [`Section`].
    #[serde(default)]
    pub title: String,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub subject: SavedSubject,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub introduction: Lines,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub definitions: bool,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub excerpts: SavedExcerpts,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub layout: SavedLayout,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: bool,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub claims: bool,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<SavedQuestion>,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub lines: u8,
    /// See [`Section`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub readings: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Without `Some`, which is read either way.
pub(super) fn bare<T: Serialize, S: Serializer>(
    value: &Option<T>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(to),
        None => to.serialize_none(),
    }
}

/// What a section is about.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedSubject {
    #[default]
    Free,
    Theory(Named<LabelId>),
    Question,
}

/// How excerpts are laid out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedLayout {
    #[default]
    List,
    Sides(String, String),
    Authors,
    Map,
}

/// Text of several lines as a list of them, so that each stands on a line of the file. One string is as good.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Lines(Vec<String>);

impl From<&str> for Lines {
    fn from(text: &str) -> Self {
        match text {
            "" => Self::default(),
            text => Self(text.split('\n').map(str::to_owned).collect()),
        }
    }
}

impl Lines {
    fn text(&self) -> String {
        self.0.join("\n")
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Lines;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or a list of its lines")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Lines, E> {
                Ok(text.into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Lines, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Lines)
            }
        }
        from.deserialize_any(Either)
    }
}

/// Excerpts: a list of those that were chosen, or a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum SavedExcerpts {
    /// Chosen by hand.
    Chosen(Vec<SavedPick>),
    /// By a rule.
    Ruled(SavedRule),
}

impl Default for SavedExcerpts {
    fn default() -> Self {
        Self::Chosen(Vec::new())
    }
}

impl<'de> Deserialize<'de> for SavedExcerpts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = SavedExcerpts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of excerpts, or a rule")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<SavedExcerpts, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(SavedExcerpts::Chosen)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SavedExcerpts, A::Error> {
                SavedRule::deserialize(MapAccessDeserializer::new(map)).map(SavedExcerpts::Ruled)
            }
        }
        from.deserialize_any(Either)
    }
}

/// An excerpt that was chosen.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SavedPick {
    /// Id of the reading.
    pub reading: Named<ReadingId>,
    /// 16 hexadecimal digits.
    pub highlight: Named<HighlightId>,
    /// See [`Pick`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub side: SavedSide,
    /// How the passage begins, for people; it is not read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
}

/// A side by its name in the model.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedSide {
    #[default]
    First,
    Second,
}

/// A rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SavedRule {
    /// See [`Rule`].
    #[serde(default)]
    pub query: String,
    /// See [`Rule`].
    #[serde(default)]
    pub order: SavedOrder,
    /// See [`Rule`].
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "bare"
    )]
    pub most: Option<u32>,
}

/// An order by its name in the model.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in the model")]
pub enum SavedOrder {
    #[default]
    Place,
    Year,
    Stance,
    Length,
}

/// A question: its text, or the note that asks it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum SavedQuestion {
    /// As written.
    Written(String),
    /// The note of a highlight.
    Note(SavedNote),
}

/// The note that asks a question.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SavedNote {
    /// Id of the reading.
    pub reading: Named<ReadingId>,
    /// 16 hexadecimal digits.
    pub highlight: Named<HighlightId>,
    /// What it asks, for people; it is not read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
}

impl<'de> Deserialize<'de> for SavedQuestion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = SavedQuestion;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a question, or the reading and the highlight whose note asks it")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<SavedQuestion, E> {
                Ok(SavedQuestion::Written(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SavedQuestion, A::Error> {
                SavedNote::deserialize(MapAccessDeserializer::new(map)).map(SavedQuestion::Note)
            }
        }
        from.deserialize_any(Either)
    }
}
