//! What kind of file it is: by its first bytes, then by its name.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Refusal, encoding, package::Package};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum Format {
    /// Plain text, `.txt`.
    Text,
    /// Markdown, `.md`.
    Markdown,
    /// A web page, `.html`, `.htm`, `.xhtml`, or one saved as a single file, `.mht`, `.mhtml`.
    Html,
    /// PDF.
    Pdf,
    /// Word, `.docx`.
    Docx,
    /// OpenDocument text, `.odt`.
    Odt,
    /// An e-book, `.epub`.
    Epub,
    /// Rich Text, `.rtf`.
    Rtf,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "plain text",
            Self::Markdown => "Markdown",
            Self::Html => "web page",
            Self::Pdf => "PDF",
            Self::Docx => "Word document",
            Self::Odt => "OpenDocument text",
            Self::Epub => "EPUB",
            Self::Rtf => "Rich Text",
        })
    }
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Pdf,
        Self::Docx,
        Self::Odt,
        Self::Epub,
        Self::Rtf,
    ];

    /// The endings of its file names, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm", "xhtml", "xht", "mht", "mhtml"],
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx", "docm", "dotx"],
            Self::Odt => &["odt", "ott"],
            Self::Epub => &["epub"],
            Self::Rtf => &["rtf"],
        }
    }

    /// The format that a file name promises.
    pub fn of_name(name: &str) -> Option<Self> {
        let extension = super::extension(name);
        Self::ALL
            .into_iter()
            .find(|format| format.extensions().contains(&extension.as_str()))
    }

    /// Whether a file of this name that begins like this is read by nothing that could hang or break on it: as plain text or
    /// Markdown, or not at all. `head` is its first [`Self::HEAD`] bytes, or all it has.
    pub fn is_plain(name: &str, head: &[u8]) -> bool {
        let named = Self::of_name(name);
        let is_text = |format| matches!(format, Self::Text | Self::Markdown);
        // A ZIP archive says what it is only to those who open it.
        let is_zip = head.starts_with(b"PK");
        match if is_zip { Ok(None) } else { by_bytes(head) } {
            Ok(Some(_)) => false,
            Err(_) => true,
            Ok(None) => !is_zip && named.map_or(!looks_like_html(head), is_text),
        }
    }

    /// How many bytes of a file its format is told by.
    pub const HEAD: usize = 4096;

    /// The format of a file: what its bytes say, else what its name says, else plain text.
    ///
    /// # Errors
    /// When the bytes are of a format that is not read, or not of the one that the name promises.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        let named = Self::of_name(name);
        if let Some(format) = by_bytes(bytes)? {
            return Ok(format);
        }
        match named {
            Some(format @ (Self::Text | Self::Markdown | Self::Html)) => Ok(format),
            // Saved from the web under the name of what was asked for: often a page that says why it was not given.
            Some(_) if looks_like_html(bytes) => Ok(Self::Html),
            Some(_) if bytes.iter().all(u8::is_ascii_whitespace) => Err(Refusal::Empty),
            Some(format) => Err(Refusal::NotWhatItSays(format)),
            None => match super::extension(name).as_str() {
                "tex" => Err(Refusal::Kind("a TeX source".into())),
                "webarchive" => Err(Refusal::Kind("a Safari web archive".into())),
                "xml" => Err(Refusal::Kind("an XML file".into())),
                _ if looks_like_html(bytes) => Ok(Self::Html),
                _ => Ok(Self::Text),
            },
        }
    }
}

fn by_bytes(bytes: &[u8]) -> Result<Option<Format>, Refusal> {
    // The standard lets other bytes stand before a PDF's head (ISO 32000-1, implementation note 13).
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return in_zip(bytes).map(Some);
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Some(Format::Rtf));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") && is_locked_office(bytes) {
        return Err(Refusal::Locked);
    }
    encoding::known_format(bytes).map_or(Ok(None), |kind| Err(Refusal::Kind(kind.into())))
}

fn in_zip(bytes: &[u8]) -> Result<Format, Refusal> {
    let mut package = Package::open(bytes)?;
    let kind = package.read("mimetype").unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind);
    match kind.trim() {
        "application/epub+zip" => return Ok(Format::Epub),
        k if k.starts_with("application/vnd.oasis.opendocument.text") => return Ok(Format::Odt),
        k if k.starts_with("application/vnd.oasis.opendocument") => {
            return Err(Refusal::Kind(
                "an OpenDocument spreadsheet or presentation".into(),
            ));
        }
        _ => {}
    }
    let has = |start: &str| {
        let is_in = |n: &str| {
            let head = n.as_bytes().get(..start.len()).unwrap_or_default();
            let same = |(a, b): (&u8, u8)| a.eq_ignore_ascii_case(&b) || (*a == b'\\' && b == b'/');
            head.len() == start.len() && head.iter().zip(start.bytes()).all(same)
        };
        package.names().any(|n| is_in(&n))
    };
    if has("word/") {
        Ok(Format::Docx)
    } else if has("META-INF/container.xml") {
        Ok(Format::Epub)
    } else if has("xl/") {
        Err(Refusal::Kind("an Excel workbook".into()))
    } else if has("ppt/") {
        Err(Refusal::Kind("a PowerPoint presentation".into()))
    } else if has("Index/Document.iwa") {
        Err(Refusal::Kind("a Pages document".into()))
    } else {
        Err(Refusal::Kind("a ZIP archive".into()))
    }
}

/// Whether an OLE file is the envelope of an encrypted one (MS-OFFCRYPTO, 2.3.4): its directory names the stream.
fn is_locked_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|w| w == name)
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let head = String::from_utf8_lossy(head).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<html ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_plain() {
        for (name, head) in [
            ("a.txt", "Words"),
            ("a", "Words"),
            ("a.md", "<html>"),
            ("a.doc", "\u{7F}ELF"),
        ] {
            assert!(Format::is_plain(name, head.as_bytes()), "{name}");
        }
        for (name, head) in [
            ("a.pdf", "Words"),
            ("a.txt", "%PDF-1.7"),
            ("a.md", "PK\u{3}\u{4}"),
            ("a.htm", "x"),
            ("a", "<!doctype html>"),
            ("a.txt", " {\\rtf1"),
        ] {
            assert!(!Format::is_plain(name, head.as_bytes()), "{name}");
        }
    }

    #[test]
    fn names_and_formats_belong_together() {
        for format in Format::ALL {
            for extension in format.extensions() {
                assert_eq!(Format::of_name(&format!("A.{extension}")), Some(format));
            }
        }
        assert_eq!(Format::of_name("A.PDF"), Some(Format::Pdf));
        assert_eq!(Format::of_name("pdf"), None);
    }

    #[test]
    fn bytes_say_more_than_names() {
        assert_eq!(Format::of("a.docx", b"%PDF-1.4\n"), Ok(Format::Pdf));
        assert_eq!(Format::of("a.txt", b"{\\rtf1 a}"), Ok(Format::Rtf));
        assert_eq!(
            Format::of("a.pdf", b"<!DOCTYPE html><p>No access"),
            Ok(Format::Html)
        );
        assert_eq!(Format::of("a.txt", b"<html> is a tag"), Ok(Format::Text));
        assert_eq!(Format::of("a", b"Words."), Ok(Format::Text));
        assert_eq!(
            Format::of("a.pdf", b"Words."),
            Err(Refusal::NotWhatItSays(Format::Pdf))
        );
        assert_eq!(Format::of("a.pdf", b""), Err(Refusal::Empty));
        let mut locked = b"\xD0\xCF\x11\xE0 x".to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(Format::of("a.docx", &locked), Err(Refusal::Locked));
        assert!(matches!(
            Format::of("a.doc", b"\xD0\xCF\x11\xE0 x"),
            Err(Refusal::Kind(_))
        ));
    }
}
