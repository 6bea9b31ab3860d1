//! Where a passage stands, as a citation says it.

use std::fmt;

use crate::{
    model::{Pages, Reading},
    text::{Paragraphs, Span},
};

/// Pages and paragraphs of a passage. Shown as `21, ¶12`, `21–22, ¶12–13` or, without pages, `¶12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its pages, by their printed numbers where these are known; none where the file has no pages.
    pub pages: Option<Pages>,
    /// Its paragraphs, counted from 1.
    pub paragraphs: Paragraphs,
    /// The sentence of its first paragraph in which it starts, from 1, when it is to be said: `¶12, s. 3`.
    pub sentence: Option<u32>,
}

impl Place {
    /// The place of `span`, without the sentence, whose search costs what its paragraph is long.
    pub fn of(reading: &Reading, span: Span) -> Self {
        Self {
            pages: reading.pages(span),
            paragraphs: Paragraphs::of(&reading.text, span),
            sentence: None,
        }
    }

    /// The place of `span` with its sentence.
    pub fn with_sentence(reading: &Reading, span: Span) -> Self {
        Self {
            sentence: Some(reading.text.locate(span).sentence),
            ..Self::of(reading, span)
        }
    }

    /// The same with `p.` or `pp.` before the pages: `p. 21, ¶12`.
    pub fn lettered(&self) -> String {
        match &self.pages {
            Some(pages) if pages.first == pages.last => format!("p. {self}"),
            Some(_) => format!("pp. {self}"),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(pages) = &self.pages {
            write!(f, "{pages}, ")?;
        }
        write!(f, "{}", self.paragraphs)?;
        match self.sentence {
            Some(sentence) => write!(f, ", s. {sentence}"),
            None => Ok(()),
        }
    }
}
