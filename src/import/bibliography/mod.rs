//! Bibliographies read in: BibTeX and BibLaTeX, CSL-JSON, RIS, as Zotero, JabRef, Mendeley and EndNote export them. What they say
//! of a reading is attached to it: [`attach`].
//!
//! One entry that can't be read costs no other: it is named in the remarks with its line. The readers are our own, a few hundred
//! lines in all, since a crate for BibTeX gives up on a file at its first mistake, and most files of this kind have some.

mod attach;
mod bibtex;
mod bibtex_fields;
mod bibtex_names;
mod csl;
mod file_names;
mod latex;
mod matching;
mod ris;
#[cfg(test)]
mod tests;
mod text_of;

pub use attach::{Attached, Found, attach};
pub use matching::How;

use super::{ImportError, Refusal, encoding};
use crate::model::ReadingMeta;

/// A bibliography as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bibliography {
    /// Its entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// What could not be read, with the line; whole sentences.
    pub remarks: Vec<String>,
}

/// What a bibliography says of one work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// All that it says; the key is in [`crate::model::Imprint::key`]. The title may be empty.
    pub meta: ReadingMeta,
    /// The files that belong to it, as it names them: with folders, of any system.
    pub files: Vec<String>,
    /// The line on which it starts, from 1; 0 in CSL-JSON, whose entries have none.
    pub line: u32,
}

impl Entry {
    /// What it is called in reports: its key, else its title.
    pub fn name(&self) -> &str {
        match self.meta.imprint.key.as_str() {
            "" => &self.meta.title,
            key => key,
        }
    }
}

/// The formats of bibliographies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bibtex,
    CslJson,
    Ris,
}

impl Kind {
    /// By the file's ending and its beginning.
    fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "bib" | "bibtex" | "biblatex" => Some(Self::Bibtex),
            "ris" => ris::looks_like(&head(bytes)).then_some(Self::Ris),
            "json" => csl::looks_like(bytes).then_some(Self::CslJson),
            _ => None,
        }
    }
}

/// The beginning of a text, for a look at it.
fn head(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(4096)];
    let decoded = encoding::decode(head).map(|d| d.text);
    decoded.unwrap_or_else(|| String::from_utf8_lossy(head).into_owned())
}

/// Whether a file is a bibliography, by its ending and what it holds: a `.json` only when its items are those of CSL.
pub fn is_bibliography(name: &str, bytes: &[u8]) -> bool {
    Kind::of(name, bytes).is_some()
}

/// Whether a file of this name may be a bibliography; [`is_bibliography`] looks at what it holds.
pub fn is_bibliography_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let extension = extension.unwrap_or_default();
    ["bib", "bibtex", "biblatex", "ris", "json"].contains(&extension.as_str())
}

/// Reads a bibliography.
///
/// # Errors
/// Files that are no bibliography, hold no text, or are JSON that breaks off. Single entries that can't be read are remarks.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Bibliography, ImportError> {
    let refuse = |why| ImportError::new(name, why);
    super::check_size(name, bytes.len() as u64)?;
    let Some(kind) = Kind::of(name, bytes) else {
        return Err(refuse(Refusal::NoBibliography));
    };
    let decoded = encoding::decode(bytes).ok_or_else(|| refuse(Refusal::Binary))?;
    if decoded.text.trim().is_empty() {
        return Err(refuse(Refusal::Empty));
    }
    Ok(match kind {
        Kind::Bibtex => bibtex_fields::read(&decoded.text),
        Kind::Ris => ris::read(&decoded.text),
        Kind::CslJson => csl::read(&decoded.text).ok_or_else(|| refuse(Refusal::Damaged))?,
    })
}
