//! Queries: which highlights one wants, in one line of text.

use std::fmt;

use super::Corpus;

/// A query, understood. Its text is its saved form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    text: String,
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
        })
    }

    /// The highlights that it lets through, in the order of readings and of the text.
    ///
    /// # Errors
    /// Points at a name of a label, reading or attribute that the corpus does not have.
    pub fn select(&self, corpus: &Corpus) -> Result<Vec<Place>, QueryError> {
        let all = corpus.sources().iter().enumerate();
        Ok(all
            .flat_map(|(source, s)| {
                (0..s.codings().len()).map(move |coding| Place {
                    source: source as u32,
                    coding: coding as u32,
                })
            })
            .collect())
    }

    /// The conditions that all have to hold: what stands between its outermost `and`s, each as a query of its own.
    pub fn conjuncts(&self) -> Vec<Self> {
        match self.is_all() {
            true => Vec::new(),
            false => vec![self.clone()],
        }
    }

    /// A query for what passes all of `queries`.
    pub fn all_of(queries: impl IntoIterator<Item = Self>) -> Self {
        let texts: Vec<String> = queries.into_iter().map(|q| q.text).collect();
        Self {
            text: texts.join(" "),
        }
    }

    /// Whether it lets everything through.
    pub fn is_all(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Corpus {
    /// The coding at a place.
    pub fn coding(&self, place: Place) -> Option<(&std::sync::Arc<super::Source>, &super::Coding)> {
        let source = self.sources().get(place.source as usize)?;
        Some((source, source.codings().get(place.coding as usize)?))
    }
}
