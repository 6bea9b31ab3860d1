//! Queries: which highlights one wants, in one line of text.
//!
//! ```text
//! label:"Entrapment" near(paragraph) label:"Multipolarity" not coder:AL
//! ```
//!
//! are the highlights with the label Entrapment, or one under it, that touch a paragraph which a highlight with Multipolarity
//! touches, and that somebody else than AL tagged.
//!
//! # The language
//!
//! ```text
//! query      = [ any ]                              nothing lets everything through
//! any        = all { "or" all }
//! all        = related { [ "and" ] related }
//! related    = negated { relation negated }
//! negated    = "not" negated | single
//! single     = "(" any ")" | condition
//! relation   = "overlaps" | "within" | "contains" | "near" "(" nearness ")"
//! nearness   = "sentence" | "paragraph" | number [ "word" | "words" ]
//! condition  = field sign value { "," value } | "@" name sign value { "," value } | words | "/" regex "/"
//! sign       = ":" | "=" | "<" | "<=" | ">" | ">="
//! value      = words | "none" | "/" regex "/" | "@" name      the last after has: only
//! words      = bare | quoted
//! ```
//!
//! So `not` binds closest, then relations, then `and` (which may be left out), then `or`: `not a near(sentence) b c or d` is
//! `(((not a) near(sentence) b) and c) or d`. Parentheses and `not`s stand in one another at most 64 deep.
//!
//! *Words.* Between words and signs may stand any white space. A bare word goes up to white space or one of `( ) , : = < >` or a
//! double quotation mark. In quotation marks anything can stand; `\"` and `\\` are the mark and the backslash. A straight mark
//! ends at the next straight one, a typographic one at any that closes. The signs of East Asian keyboards （：，） are taken as the
//! plain ones. `and or not overlaps within contains near none` are keywords in whatever letter case, unless in quotation marks,
//! and so are the fields below before a sign. In a regular expression `\/` is a slash.
//!
//! *Names* of labels, readings, coders and attributes are looked for as they are written but for letter case; where nothing is
//! called so, accents and punctuation do not count either ([`crate::text::fold`]). A name that the project does not have is an error that
//! points at it, with the nearest name as advice. Several values with commas between them are alternatives.
//!
//! | condition | passes highlights |
//! |---|---|
//! | `label:X` | with the label X or one under it |
//! | `label=X` | with the label X itself |
//! | `label:none` | with no label that the codebook has |
//! | `stance:contests` `stance:none` | with that stance: `supports`, `contests`, `qualifies`, `defines`, `applies`, or without any |
//! | `coder:AL` | tagged by AL |
//! | `reading:X` | of the reading of that folder, citation key, title or citation (`"Lo 2014"`); the folder of an older version stands for the present one |
//! | `author:X` | of readings with X as whole words in the name of an author or editor; `Sny*` fits any ending; `author:none` |
//! | `title:X` | of readings with X in their title |
//! | `kind:X` `kind:none` | of readings of that kind |
//! | `year:2014` `year:2010..2014` `year>=2014` `year:none` | of readings of these years; `2010..` and `..2014` are open |
//! | `@name:X` `@name>3` `@name:none` | of readings whose attribute is X, is more than 3, is missing. Numbers are compared with numbers and days with days, by their order; otherwise what looks alike is alike, and nothing is more or less |
//! | `text:X` `text=X` `text:/r/` | with X in the passage: as it stands or within words, as whole words, as a regular expression; case and accents do not count, `entrap*` fits any ending ([`super::find`]) |
//! | `note:X` `note=X` `note:/r/` `note:none` | the same in the note; without a note |
//! | `X` `"X Y"` `/r/` | with it in the passage or the note |
//! | `has:note` `has:stance` `has:year` `has:author` `has:@name` | with a note, with a stance; of readings with a year, an author, an attribute |
//! | `created:2026-03` `changed>=2026-03-15` | made, or last changed, on these days, months or years, by UTC: `<` is before the first day of it, `>` after the last; `2026-03-01..2026-03-15` |
//! | `words>=20` `words:5..20` | whose passage has so many words ([`crate::text::words`]; a word counts where it starts) |
//!
//! # Relations
//!
//! `A overlaps B` passes the highlights that meet A and stand so to some *other* highlight of the same reading that meets B,
//! whoever tagged either:
//!
//! - `overlaps`: they share at least one byte;
//! - `within`: its passage lies in the other's; `contains`: the other's lies in its; equal passages do both;
//! - `near(sentence)`, `near(paragraph)`: they touch a common one;
//! - `near(n words)`: at most n words start between the end of the one and the start of the other; none do when they overlap.
//!
//! A passage that was tagged once with two labels stands together with itself, as it would if it had been tagged twice: a
//! highlight is its own partner when it meets both sides *by different labels*. It meets A and B then, and of two different labels
//! of its own A names one and B the other. A condition names the labels of its `label` conditions outside any `not` and on the
//! left of relations (with those under them for `label:`). So `label:X overlaps label:X` asks for two highlights, and `label:X overlaps coder:AL` for another that AL tagged.
//!
//! Relations in a row are all of the first: `A near(sentence) B overlaps C` are the highlights that meet A, are near one that
//! meets B and overlap one that meets C. `A near(sentence) (B overlaps C)` says the other thing.

mod ast;
mod complete;
mod condition;
mod eval;
mod lex;
mod names;
mod near;
mod parse;
mod print;
mod resolve;
mod values;
mod wording;

use std::fmt;

pub use ast::Relation;
use ast::{At, Node};
pub use complete::{Completion, complete};
pub use condition::Condition;

use super::{Coding, Corpus, LabelIx, Source};

/// A query, understood. Its text is its saved form.
#[derive(Clone, Debug, Default)]
pub struct Query {
    text: String,
    node: Option<Node>,
}

/// Queries are the same when they ask for the same in the same order, however they are written.
impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Where it goes wrong, in bytes of the query's text: start and end, the same for “something is missing here”.
    pub at: (usize, usize),
    /// What is wrong there, as a whole sentence.
    pub message: String,
    /// What to write instead, where that can be said.
    pub hint: Option<String>,
}

impl QueryError {
    fn new(at: At, message: impl Into<String>) -> Self {
        Self {
            at: (at.start, at.end),
            message: message.into(),
            hint: None,
        }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

/// A highlight of a corpus: the place of its reading in [`Corpus::sources`] and its place in [`super::Source::codings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The reading.
    pub source: u32,
    /// The highlight.
    pub coding: u32,
}

impl Query {
    /// Reads a query; the empty one lets every highlight through.
    ///
    /// # Errors
    /// Points at what can't be understood.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Ok(Self {
            text: text.to_owned(),
            node: parse::parse(text)?,
        })
    }

    /// The query of a condition, with the text that it reads as.
    fn of(node: Option<Node>) -> Self {
        let text = node.as_ref().map(Node::to_string).unwrap_or_default();
        // Read again, its words know where they stand in the text.
        Self::parse(&text).unwrap_or(Self { text, node })
    }

    /// The highlights that it lets through, in the order of readings and of the text. With n highlights: O(n) for each condition,
    /// O(n log n) for each relation, and for words what looking through the passages takes. The first relation that counts
    /// sentences or words waits until these are known ([`super::Units`]).
    ///
    /// # Errors
    /// Points at a name of a label, reading, coder, author or attribute that the corpus does not have.
    pub fn select(&self, corpus: &Corpus) -> Result<Vec<Place>, QueryError> {
        let plan = match &self.node {
            Some(node) => Some(resolve::plan(node, corpus)?),
            None => None,
        };
        let mut places = Vec::new();
        for (number, source) in corpus.sources().iter().enumerate() {
            let all: Vec<u32> = (0..source.codings().len() as u32).collect();
            let passing = match &plan {
                Some(plan) => plan.passing(number, source, &all),
                None => all,
            };
            places.extend(passing.into_iter().map(|coding| Place {
                source: number as u32,
                coding,
            }));
        }
        Ok(places)
    }

    /// Whether the corpus has all that it names.
    ///
    /// # Errors
    /// As [`Self::select`].
    pub fn check(&self, corpus: &Corpus) -> Result<(), QueryError> {
        match &self.node {
            Some(node) => resolve::plan(node, corpus).map(drop),
            None => Ok(()),
        }
    }

    /// The labels that it asks for, outside any `not` and not as what others stand in relation to: numbers, ascending. Empty
    /// when it asks for none.
    ///
    /// # Errors
    /// Points at the name of a label that the corpus does not have.
    pub fn labels(&self, corpus: &Corpus) -> Result<Vec<LabelIx>, QueryError> {
        let Some(node) = &self.node else {
            return Ok(Vec::new());
        };
        let set = resolve::labels_of(node, corpus)?;
        let named = (0..).zip(set).filter(|(_, is_named)| *is_named);
        Ok(named.map(|(label, _)| label).collect())
    }

    /// The conditions that all have to hold: what stands between its outermost `and`s, each as a query of its own.
    pub fn conjuncts(&self) -> Vec<Self> {
        match &self.node {
            None => Vec::new(),
            Some(Node::All(nodes)) => nodes.iter().map(|n| Self::of(Some(n.clone()))).collect(),
            Some(_) => vec![self.clone()],
        }
    }

    /// A query for what passes all of `queries`.
    pub fn all_of(queries: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Node::all(nodes(queries)))
    }

    /// A query for what passes at least one of `queries`; for everything when there are none, or one of them is for everything.
    pub fn any_of(queries: impl IntoIterator<Item = Self>) -> Self {
        let queries: Vec<Self> = queries.into_iter().collect();
        match queries.iter().any(Self::is_all) {
            true => Self::default(),
            false => Self::of(Node::any(nodes(queries))),
        }
    }

    /// Whether it lets everything through.
    pub fn is_all(&self) -> bool {
        self.node.is_none()
    }
}

fn nodes(queries: impl IntoIterator<Item = Query>) -> Vec<Node> {
    queries.into_iter().filter_map(|q| q.node).collect()
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Corpus {
    /// The coding at a place.
    pub fn coding(&self, place: Place) -> Option<(&std::sync::Arc<Source>, &Coding)> {
        let source = self.sources().get(place.source as usize)?;
        Some((source, source.codings().get(place.coding as usize)?))
    }
}

#[cfg(test)]
mod face_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
pub(super) mod tests;
