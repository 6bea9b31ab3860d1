//! What the readers of word processors' files (DOCX, ODT, RTF) share: XML, numbers of lists and pages, style names, symbols,
//! formulas, metadata, and a [`Writer`] that makes paragraphs, rows and pages of what they find.

pub(super) mod math;
pub(super) mod meta;
pub(super) mod names;
pub(super) mod numerals;
pub(super) mod pages;
pub(super) mod symbols;
pub(super) mod tally;
#[cfg(test)]
pub(super) mod told;
pub(super) mod writer;
pub(super) mod xml;

pub(super) use writer::Writer;
