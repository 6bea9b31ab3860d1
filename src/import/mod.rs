//! Files in: bytes to readings, and annotated RON to an edit.

pub mod annotated;

use crate::model::{Heading, ReadingMeta};

/// A document as read from a file, before it has a place in a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// What the file says about it.
    pub meta: ReadingMeta,
    /// The text, with LF line ends.
    pub text: String,
    /// Its headings, in text order.
    pub headings: Vec<Heading>,
    /// The name of the file it came from, without folders.
    pub source_name: String,
    /// The encoding it was read in, as its WHATWG name.
    pub encoding: String,
    /// What the import had to say.
    pub remarks: Vec<String>,
}
