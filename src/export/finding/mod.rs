//! Findings: what an analysis found, with what is needed to put it down on paper.
//!
//! A [`Finding`] is written as a [`Table`] for spreadsheets, as a record with typed fields for programs, and drawn as a
//! [`Picture`]. The window and the command line make the same of it.

mod arrange;
mod listing;
mod pictures;
mod records;
mod tables;
mod wording;

use std::sync::Arc;

pub use self::arrange::{arranged, arranged_labels, used, used_labels};
use super::{
    cite::Names,
    picture::{Fonts, Look, Picture, PictureError},
    table::Table,
};
use crate::analysis::{Corpus, along, contrast, cooccur, keyness, matrix};

/// What was found.
#[derive(Clone, Debug)]
pub enum What {
    /// Labels × readings, years, coders, stances or values.
    Matrix {
        /// What was asked.
        spec: matrix::Spec,
        /// The answer, in the order in which it is to be shown.
        found: matrix::Matrix,
    },
    /// Labels × labels.
    Cooccurrence {
        /// What was asked.
        spec: cooccur::Spec,
        /// The answer, in the order in which it is to be shown.
        found: cooccur::Cooccurrence,
        /// Whether Jaccard's index is shown; else pairs are.
        jaccard: bool,
        /// Whether the picture is of bows; else it is of tiles.
        bows: bool,
    },
    /// Where labels fall.
    Along {
        /// What was asked.
        spec: along::Spec,
        /// The answer.
        found: along::Along,
        /// Into how many parts the picture cuts each reading, to show how dense marks lie there; without, it shows each mark.
        parts: Option<usize>,
    },
    /// Theory against theory.
    Contrast {
        /// What was asked.
        spec: contrast::Spec,
        /// The answer.
        found: contrast::Contrast,
        /// How many quotes of a cell the picture and the table show; records hold all.
        quotes: usize,
    },
    /// Words that stand out.
    Keyness {
        /// What was asked.
        spec: keyness::Spec,
        /// The answer.
        found: keyness::Keyness,
        /// How many words the picture shows; tables and records hold all.
        shown: usize,
    },
    /// A table of anything else, which is not drawn.
    Table(Table),
}

/// What was found in a project at a moment.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The project as it was.
    pub corpus: Arc<Corpus>,
    /// What its readings are called.
    pub names: Arc<Names>,
    /// What was found.
    pub what: What,
}

impl Finding {
    /// What it is, in a few words: `Labels by readings`.
    pub fn title(&self) -> String {
        self.heading()
    }

    /// As a table. Its headings are those of the picture.
    pub fn table(&self) -> Table {
        tables::table(self)
    }

    /// To be read in a terminal: its table, or a list where cells hold whole quotes.
    pub fn text(&self) -> String {
        match &self.what {
            What::Contrast {
                spec,
                found,
                quotes,
            } => listing::contrast(self, spec, found, *quotes),
            _ => self.table().text(),
        }
    }

    /// As JSON, a record with typed fields.
    pub fn json(&self) -> String {
        records::json(self)
    }

    /// As RON, a record with typed fields: those of [`Self::json`].
    pub fn ron(&self) -> String {
        records::ron(self)
    }

    /// Whether it can be drawn.
    pub fn is_drawable(&self) -> bool {
        !matches!(self.what, What::Table(_))
    }

    /// As a picture.
    ///
    /// # Errors
    /// When there is nothing to be drawn or it is too narrow for what there is: see [`PictureError`].
    pub fn picture(&self, look: &Look, fonts: &Fonts) -> Result<Picture, PictureError> {
        pictures::picture(self, look, fonts)
    }
}

#[cfg(test)]
#[path = "finding_tests.rs"]
mod tests;
