//! Reading files in. (A stand-in until the import branch is merged: the agreed type only.)

use crate::model::{Heading, ReadingMeta};

/// What a file gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Title, authors and the like.
    pub meta: ReadingMeta,
    /// The text, normalised.
    pub text: String,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// The name of the file.
    pub source_name: String,
    /// The encoding it was read in.
    pub encoding: String,
    /// What there is to say about it.
    pub remarks: Vec<String>,
}
