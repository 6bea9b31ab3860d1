//! Rich Text, `.rtf` (Microsoft's specification 1.9.1), as Word, LibreOffice, pandoc, TextEdit, WordPad and Scrivener write it.
//!
//! Kept: paragraphs, headings (by outline level or style), the bullets and numbers of lists as the file has them, block quotes,
//! tables as rows, footnotes and endnotes, text boxes (after the paragraph they hang on), what fields show, formulas as lines, bold,
//! italics, raised and lowered letters, and pages where breaks were set. Left out: comments, deletions that were tracked, headers and
//! footers, hidden text, pictures, and tables of contents (the headings say as much).

mod charset;
mod lexer;
mod paragraphs;
mod reader;
mod state;
mod tables;
mod words;

use self::reader::Reader;
use super::{Options, Parsed, Refusal, office::meta};

/// Reads a Rich Text file.
///
/// # Errors
/// Groups nested deeper than in any text.
pub fn parse(name: &str, bytes: &[u8], _options: &Options) -> Result<Parsed, Refusal> {
    let mut reader = Reader::default();
    reader.read(bytes)?;
    let encoding = reader.encoding().name();
    let (written, properties, mut remarks) = reader.finish();
    let (meta, guesses) = meta::meta(name, &properties, &written);
    remarks.extend(guesses);
    Ok(written.parsed(meta, encoding, remarks))
}

#[cfg(test)]
mod tests;
