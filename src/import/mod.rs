//! Files read in: bytes become the text of a reading, with what can be told of its title, authors, year and headings.
//!
//! [`Format`] tells what the bytes are, whatever the name says; the format's own module reads them. Plain text goes through
//! [`encoding`] (bytes to characters) and `clean` (line ends, control characters); all others write a `draft`: paragraphs of kinds,
//! styled words, pages, footnotes. `docx`, `odt` and `rtf` share `office`; `epub` shares the walker of `web`; archives are
//! opened by `package`, within limits. `guess` proposes a title where the file says none. What an import gives: LF line ends, no control characters but tabs, no white space at line ends, paragraphs parted by
//! at most one empty line, a line end at the end. Importing such a text again gives the same text.
//!
//! Everything an import took away, joined or guessed stands in [`Imported::remarks`], so that people can judge it.

pub mod annotated;
pub mod attributes;
pub mod bibliography;
mod clean;
pub mod codebook;
mod docx;
mod draft;
pub mod encoding;
mod epub;
pub mod files;
mod format;
mod front_matter;
mod guess;
mod html;
mod markdown;
mod odt;
mod office;
mod package;
mod pdf;
mod rtf;
mod text;
mod web;
mod wrapped;

use std::{borrow::Cow, fmt, panic};

pub use format::Format;
use serde::{Deserialize, Serialize};

use crate::{
    model::{ReadingMeta, Structure},
    text::{Span, sha256},
};

/// The largest file that is read, in bytes. Ranges are 32 bits wide, and decoding makes at most three bytes of one.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// A file as imported, before it is a reading of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Title, authors, year, address, as far as the file tells; the title is never empty.
    pub meta: ReadingMeta,
    /// The text, normalised.
    pub text: String,
    /// Headings, kinds of paragraphs, emphasis, footnotes, pages.
    pub structure: Structure,
    /// The file's name, without folders.
    pub source_name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub source_sha256: String,
    /// The encoding it was read in, as its WHATWG name (`UTF-8`, `windows-1251`); empty for formats that are not text.
    pub encoding: String,
    /// What people should know: bytes that could not be read, what was removed, joined or guessed. Whole sentences.
    pub remarks: Vec<String>,
}

/// Why a file could not be imported. Its `Display` names the file and says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The file's name, as it was given.
    pub name: String,
    /// What is wrong with it.
    pub why: Refusal,
}

/// What is wrong with a file that could not be imported.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Refusal {
    /// It holds nothing, or only white space.
    Empty,
    /// It is larger than [`MAX_BYTES`]; its size in bytes.
    TooLarge(u64),
    /// It is a file of this kind, which is not read.
    Kind(Cow<'static, str>),
    /// It was to be a bibliography and is none of a kind that is read.
    NoBibliography,
    /// Its name promises this format, its bytes are of none that is known.
    NotWhatItSays(Format),
    /// It is not text at all.
    Binary,
    /// It is broken off or garbled.
    Damaged,
    /// A part that such a file must have is missing.
    Missing(String),
    /// Unpacked it would be larger than any text, or nested deeper: made to do harm.
    Swollen,
    /// It is encrypted: no password was given, or a wrong one.
    Password {
        /// Whether one was given.
        wrong: bool,
    },
    /// It is locked with a password, by a scheme that is not read.
    Locked,
    /// It has pages but no text on them: pictures of pages, as a scanner makes them. How many pages.
    Scanned(usize),
    /// It took longer than any text should; seconds.
    Slow(u64),
    /// It needed more memory than any text should.
    Hungry,
    /// Reading it went wrong in a way that no file should cause.
    Failed,
}

impl ImportError {
    fn new(name: &str, why: Refusal) -> Self {
        Self {
            name: name.to_owned(),
            why,
        }
    }

    /// What is wrong, naming the file, without a full stop.
    pub fn what(&self) -> String {
        let name = &self.name;
        match &self.why {
            Refusal::Empty => format!("“{name}” holds no text"),
            Refusal::TooLarge(size) => {
                format!("“{name}” is too large: {} MB", size.div_ceil(1024 * 1024))
            }
            Refusal::Kind(kind) => format!("“{name}” is {kind}, which can't be read here"),
            Refusal::NoBibliography => {
                format!("“{name}” holds no bibliography that can be read")
            }
            Refusal::NotWhatItSays(format) => {
                let format = format.to_string();
                let an = if format.starts_with(['E', 'O']) {
                    "an"
                } else {
                    "a"
                };
                format!("“{name}” is called {an} {format} but is none")
            }
            Refusal::Binary => format!("“{name}” is not a text file"),
            Refusal::Damaged => format!("“{name}” is damaged: it breaks off or is garbled"),
            Refusal::Missing(part) => format!("“{name}” is damaged: it has no “{part}”"),
            Refusal::Swollen => format!("“{name}” unpacks to more than any text would"),
            Refusal::Password { wrong: false } => format!("“{name}” asks for a password"),
            Refusal::Password { wrong: true } => {
                format!("“{name}” does not open with that password")
            }
            Refusal::Locked => {
                format!("“{name}” is locked with a password, which can't be read here")
            }
            Refusal::Scanned(pages) => {
                let pages = counted(*pages, "page", "pages");
                format!("“{name}” has {pages} and no text: it is a scan")
            }
            Refusal::Slow(seconds) => {
                format!("“{name}” was given up after {seconds} seconds")
            }
            Refusal::Hungry => format!("“{name}” needs more memory than a text should"),
            Refusal::Failed => {
                format!("“{name}” could not be read because of a fault in Glossator")
            }
        }
    }

    /// What to do about it, without a full stop.
    pub fn hint(&self) -> &'static str {
        match &self.why {
            Refusal::Empty => "check that the file was saved and copied whole",
            Refusal::TooLarge(_) => "split it into parts of at most 512 MB and import those",
            Refusal::NoBibliography => "export the library as BibTeX, CSL-JSON or RIS",
            Refusal::Kind(_) => "save or export it as PDF, .docx or plain text and import that",
            Refusal::NotWhatItSays(_) => {
                "open it in the program it comes from and save it anew, or give it its right ending"
            }
            Refusal::Binary => {
                "if it is a document, save it as plain text (.txt, UTF-8) in the program it comes from"
            }
            Refusal::Damaged | Refusal::Missing(_) => {
                "fetch or copy it again; if it opens elsewhere, save it anew there and import that"
            }
            Refusal::Swollen => "it may be made to do harm; if you trust it, save its text anew",
            Refusal::Password { .. } => "give its password, or save a copy without one",
            Refusal::Locked => {
                "open it in the program it comes from and save a copy without a password"
            }
            Refusal::Scanned(_) => {
                "have its text recognised (OCR), save that as a PDF and import it"
            }
            Refusal::Slow(_) | Refusal::Hungry => {
                "save it anew in the program it comes from, or in parts, and import that"
            }
            Refusal::Failed => "please report it, with the file if you may share it",
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what(), self.hint())
    }
}

impl std::error::Error for ImportError {}

/// Whether a file of this name is of a format that is read, by its extension.
pub fn is_text_name(name: &str) -> bool {
    Format::of_name(name).is_some()
}

/// What is said beside a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The password of an encrypted file.
    pub password: Option<String>,
}

/// Refuses a size that is not read, so that a file need not be loaded for it.
///
/// # Errors
/// Files over [`MAX_BYTES`].
pub fn check_size(name: &str, bytes: u64) -> Result<(), ImportError> {
    if bytes > MAX_BYTES {
        return Err(ImportError::new(name, Refusal::TooLarge(bytes)));
    }
    Ok(())
}

/// Reads a file's bytes. What they are is told by themselves and, for text, by the extension of `name` (folders are ignored).
///
/// # Errors
/// Empty, too large, damaged and binary files, and formats that are not read.
pub fn import_file(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    import_with(name, bytes, &Options::default())
}

/// As [`import_file`], with what people said beside the file.
///
/// # Errors
/// As there; [`Refusal::Password`] when the password is missing or wrong.
pub fn import_with(name: &str, bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    check_size(name, bytes.len() as u64)?;
    // A parser's fault on a strange file must cost that file only, not the window.
    panic::catch_unwind(|| read(name, bytes, options))
        .unwrap_or(Err(Refusal::Failed))
        .map_err(|why| ImportError::new(name, why))
}

/// The format that a file is read as, if it is one that can be.
pub fn format_of(name: &str, bytes: &[u8]) -> Option<Format> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    Format::of(name, bytes).ok()
}

/// What a format's module found.
#[derive(Debug, Default)]
struct Parsed {
    meta: ReadingMeta,
    text: String,
    structure: Structure,
    /// The encoding that the bytes were in, where they were text.
    encoding: &'static str,
    remarks: Vec<String>,
}

fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Imported, Refusal> {
    let format = Format::of(name, bytes)?;
    let mut parsed = match format {
        Format::Text | Format::Markdown => plain(name, bytes, format)?,
        Format::Html => web::parse(name, bytes, options)?,
        Format::Pdf => pdf::parse(name, bytes, options)?,
        Format::Docx => docx::parse(name, bytes, options)?,
        Format::Odt => odt::parse(name, bytes, options)?,
        Format::Epub => epub::parse(name, bytes, options)?,
        Format::Rtf => rtf::parse(name, bytes, options)?,
    };
    if parsed.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if Format::of_name(name).is_some_and(|named| named != format) {
        let remark = format!("Its name says otherwise, but it is read as what it is: {format}.");
        parsed.remarks.insert(0, remark);
    }
    if parsed.meta.title.trim().is_empty() {
        parsed.meta.title = guess::from_file_name(name).title;
    }
    Ok(Imported {
        meta: parsed.meta,
        text: parsed.text,
        structure: parsed.structure,
        source_name: name.to_owned(),
        source_sha256: sha256(bytes),
        encoding: parsed.encoding.to_owned(),
        remarks: parsed.remarks,
    })
}

/// Plain text and Markdown.
fn plain(name: &str, bytes: &[u8], format: Format) -> Result<Parsed, Refusal> {
    let decoded = encoding::decode(bytes).ok_or(Refusal::Binary)?;
    let characters = clean::characters(&decoded.text);
    let mut parsed = match format {
        Format::Markdown => markdown::parse(name, &characters.text),
        _ => text::parse(name, &clean::lines(&characters.text)),
    };
    let mut remarks = decoded.remarks;
    remarks.extend(characters.remarks());
    remarks.append(&mut parsed.remarks);
    Ok(Parsed {
        encoding: decoded.encoding,
        remarks,
        ..parsed
    })
}

/// The extension of a file name in lower case; empty for none.
fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ext)| ext.to_lowercase())
}

/// The span of bytes `start..end` of an imported text.
fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

/// `n` with `one` or, for other numbers, `many`: `3 lines`.
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refusal(name: &str, bytes: &[u8]) -> Refusal {
        import_file(name, bytes).unwrap_err().why
    }

    #[test]
    fn files_that_are_not_text_are_refused_with_a_reason() {
        assert_eq!(refusal("a.txt", b""), Refusal::Empty);
        assert_eq!(refusal("a.md", b" \n\t\r\n"), Refusal::Empty);
        assert_eq!(refusal("a.txt", b"\xEF\xBB\xBF"), Refusal::Empty);
        assert_eq!(refusal("a.txt", b"ab\0\0\0cd\0"), Refusal::Binary);
        assert!(matches!(refusal("a.png", b"\x89PNG\r\n"), Refusal::Kind(_)));
        assert_eq!(refusal("a.txt", b"PK\x03\x04ab"), Refusal::Damaged);
        assert!(check_size("a.txt", MAX_BYTES).is_ok());
        assert!(check_size("a.txt", MAX_BYTES + 1).is_err());
    }

    #[test]
    fn a_refusal_names_the_file_and_says_what_to_do() {
        let error = import_file("some/folder/paper.doc", b"\xD0\xCF\x11\xE0").unwrap_err();
        assert_eq!(
            error.to_string(),
            "“paper.doc” is an old Word or Office document, which can't be read here: save or export it as PDF, .docx or plain text and import that"
        );
    }

    #[test]
    fn folders_are_no_part_of_the_source_name() {
        let imported = import_file("C:\\x\\y.txt", b"Words.").unwrap();
        assert_eq!(imported.source_name, "y.txt");
    }

    /// What every importer promises of its text.
    fn is_normalised(imported: &Imported) -> Result<(), TestCaseError> {
        let text = &imported.text;
        prop_assert!(
            !text
                .chars()
                .any(|c| c.is_control() && c != '\n' && c != '\t')
        );
        let marks = ['\u{2028}', '\u{2029}', '\u{FEFF}'];
        prop_assert!(!text.contains(marks));
        prop_assert!(!text.contains("\n\n\n") && text.ends_with('\n') && !text.starts_with('\n'));
        prop_assert!(text.lines().all(|l| l.trim_end() == l));
        prop_assert!(!imported.meta.title.trim().is_empty());
        let structure = &imported.structure;
        let paragraphs = crate::text::Text::new(text.as_str());
        prop_assert_eq!(&structure.clone().fitted(&paragraphs), structure);
        let blocks = structure.blocks.iter().map(|b| b.span);
        for block in structure.headings.iter().map(|h| h.span).chain(blocks) {
            prop_assert!(paragraphs.paragraphs().contains(&block));
        }
        Ok(())
    }

    fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
        for name in ["x.txt", "x.md", "x.html"] {
            match import_file(name, bytes) {
                Ok(imported) => {
                    is_normalised(&imported)?;
                    if name == "x.txt" {
                        let again = import_file(name, imported.text.as_bytes());
                        prop_assert_eq!(again.map(|a| a.text), Ok(imported.text));
                    }
                }
                Err(error) => prop_assert!(error.why != Refusal::Failed, "{name}: a panic"),
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            check(&bytes)?;
        }

        #[test]
        fn any_text_is_normalised_once(text in "(\\PC|[\r\n\t \u{85}\u{2028}\u{2029}\u{C}\u{B}\u{AD}\u{FEFF}]){0,120}") {
            check(text.as_bytes())?;
        }

        #[test]
        fn wrapped_lines_are_normalised_once(
            words in prop::collection::vec(prop_oneof![
                60 => "[A-Z]?[a-z]{1,12}[-.,]?",
                1 => "勢|\n|\n- |\n1\\. |[a-z]{90,120}",
                2 => "\n\n",
            ], 0..400),
            width in 50usize..90,
        ) {
            check(wrap(&words, width).as_bytes())?;
        }

        #[test]
        fn markup_never_harms(pieces in prop::collection::vec(
            "[a-z ]{0,6}|[*_`#>|\\[\\]()!<&~:-]{1,3}|\n|\n\n|    |1\\. |\\[\\^1\\]|\\[\\^1\\]: |---|\\| a \\| b \\||<b>|&#13;", 0..60,
        )) {
            check(pieces.concat().as_bytes())?;
        }
    }

    fn wrap(words: &[String], width: usize) -> String {
        let mut out = String::new();
        let mut column = 0;
        for word in words {
            let length = word.chars().count();
            if word.starts_with('\n') {
                column = 0;
            } else if column + 1 + length > width {
                out.push('\n');
                column = 0;
            } else {
                out.push(' ');
            }
            out.push_str(word);
            column += 1 + length;
        }
        out
    }
}
