//! What kind of file it is: by its first bytes, then by its name.

use std::fmt;

use super::{Refusal, encoding, package::Package};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// The format that a file name promises.
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match super::extension(name).as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" | "xht" | "mht" | "mhtml" => Self::Html,
            "pdf" => Self::Pdf,
            "docx" | "docm" | "dotx" => Self::Docx,
            "odt" | "ott" => Self::Odt,
            "epub" => Self::Epub,
            "rtf" => Self::Rtf,
            _ => return None,
        })
    }

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
                "tex" => Err(Refusal::Kind("a TeX source")),
                "webarchive" => Err(Refusal::Kind("a Safari web archive")),
                "xml" => Err(Refusal::Kind("an XML file")),
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
    encoding::known_format(bytes).map_or(Ok(None), |kind| Err(Refusal::Kind(kind)))
}

fn in_zip(bytes: &[u8]) -> Result<Format, Refusal> {
    let mut package = Package::open(bytes)?;
    let kind = package.read("mimetype").unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind);
    match kind.trim() {
        "application/epub+zip" => return Ok(Format::Epub),
        k if k.starts_with("application/vnd.oasis.opendocument.text") => return Ok(Format::Odt),
        k if k.starts_with("application/vnd.oasis.opendocument") => {
            return Err(Refusal::Kind("an OpenDocument spreadsheet or presentation"));
        }
        _ => {}
    }
    let has = |start: &str| package.names().any(|n| n.starts_with(start));
    if has("word/") {
        Ok(Format::Docx)
    } else if has("META-INF/container.xml") {
        Ok(Format::Epub)
    } else if has("xl/") {
        Err(Refusal::Kind("an Excel workbook"))
    } else if has("ppt/") {
        Err(Refusal::Kind("a PowerPoint presentation"))
    } else if has("Index/Document.iwa") {
        Err(Refusal::Kind("a Pages document"))
    } else {
        Err(Refusal::Kind("a ZIP archive"))
    }
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
        assert!(matches!(
            Format::of("a.doc", b"\xD0\xCF\x11\xE0 x"),
            Err(Refusal::Kind(_))
        ));
    }
}
