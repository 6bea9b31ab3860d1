//! Queries: which highlights one wants, in one line of text.

mod ast;
mod eval;
mod lex;
mod names;
mod near;
mod parse;
mod print;
mod resolve;
mod values;

use std::fmt;

pub use ast::Relation;
use ast::{At, Node};

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
mod tests;
