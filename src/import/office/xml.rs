//! XML as a stream of tokens whose names have one spelling, whatever prefixes a file uses.
//!
//! Entities that a document type declares are never expanded, so a file can't swell here. Nothing recurses.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesEnd, BytesStart, Event},
};

use crate::import::Refusal;

/// The deepest nesting that is read. Word processors stay below a hundred.
const DEPTH: usize = 100_000;
/// The most namespaces that are in force at one place.
const SPACES: usize = 256;

/// The prefix by which readers know the namespaces: the usual one.
const KNOWN: &[(&str, &str)] = &[
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w",
    ),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "m",
    ),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    (
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "mc",
    ),
    (
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "rel",
    ),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    (
        "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        "manifest",
    ),
    (
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "svg",
    ),
    ("http://www.w3.org/1998/Math/MathML", "math"),
    // OpenOffice.org 1.0, whose elements ODT kept.
    ("http://openoffice.org/2000/office", "office"),
    ("http://openoffice.org/2000/text", "text"),
    ("http://openoffice.org/2000/style", "style"),
    ("http://openoffice.org/2000/table", "table"),
    ("http://openoffice.org/2000/drawing", "draw"),
];

/// An element's name: its namespace's usual prefix, empty for one that no reader knows, and its local name.
pub type Name<'t> = (&'static str, &'t str);

/// A piece of a document.
pub enum Token<'a> {
    /// An element starts.
    Open(Element<'a>),
    /// An element ends.
    Close(Closed<'a>),
    /// Characters.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub struct Element<'a> {
    space: &'static str,
    tag: BytesStart<'a>,
}

/// The end of an element.
pub struct Closed<'a> {
    space: &'static str,
    tag: BytesEnd<'a>,
}

impl Element<'_> {
    /// Its name.
    pub fn name(&self) -> Name<'_> {
        (self.space, local(self.tag.name().into_inner()))
    }

    /// The value of the attribute with this local name.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.tag.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|a| local(a.key.into_inner()) == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok()
    }

    /// The attribute with this local name, as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether the switch that this element is, is on: `<w:b/>`, `<w:b w:val="1"/>`.
    pub fn is_on(&self) -> bool {
        !matches!(
            self.get("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

impl Closed<'_> {
    /// Its name.
    pub fn name(&self) -> Name<'_> {
        (self.space, local(self.tag.name().into_inner()))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}

/// A namespace in force: the depth of the element that declares it, its prefix in the file, the usual one.
type Space = (usize, String, &'static str);

/// A document or a part of one.
pub struct Xml<'a> {
    source: &'a str,
    /// Where in the source the reader started.
    from: usize,
    reader: Reader<&'a [u8]>,
    spaces: Vec<Space>,
    depth: usize,
}

/// A stretch of a document that is read later: the inside of an element.
#[derive(Clone)]
pub struct Part<'a> {
    source: &'a str,
    from: usize,
    to: usize,
    spaces: Vec<Space>,
}

impl<'a> Xml<'a> {
    /// Reads a whole document.
    pub fn new(source: &'a str) -> Self {
        Self::within(source, 0, source, Vec::new())
    }

    /// Reads a stretch of one.
    pub fn of(part: &Part<'a>) -> Self {
        let inside = part.source.get(part.from..part.to).unwrap_or_default();
        Self::within(part.source, part.from, inside, part.spaces.clone())
    }

    fn within(source: &'a str, from: usize, inside: &'a str, spaces: Vec<Space>) -> Self {
        let mut reader = Reader::from_str(inside);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            source,
            from,
            reader,
            spaces,
            depth: 0,
        }
    }

    /// The next token; none at the end.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when it is no XML or breaks off, [`Refusal::Swollen`] when it is nested deeper than any text.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, Refusal> {
        loop {
            let event = self.reader.read_event().map_err(|_| Refusal::Damaged)?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(Refusal::Swollen);
                    }
                    self.declare(&tag);
                    let space = self.space(prefix(tag.name().into_inner()));
                    Token::Open(Element { space, tag })
                }
                Event::End(tag) => {
                    let space = self.space(prefix(tag.name().into_inner()));
                    self.depth = self.depth.saturating_sub(1);
                    while self.spaces.last().is_some_and(|s| s.0 > self.depth) {
                        self.spaces.pop();
                    }
                    Token::Close(Closed { space, tag })
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                    Ok(Some(c)) => Token::Text(c.to_string().into()),
                    Ok(None) => match predefined(&entity.into_inner()) {
                        Some(c) => Token::Text(c.into()),
                        None => continue,
                    },
                    Err(_) => continue,
                },
                Event::Eof if self.depth > 0 => return Err(Refusal::Damaged),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    fn declare(&mut self, tag: &BytesStart<'_>) {
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        let mut attributes = tag.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let declared = match key.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if key == "xmlns" => "",
                _ => continue,
            };
            if self.spaces.len() >= SPACES {
                return;
            }
            let known = KNOWN.iter().find(|(uri, _)| *uri == attribute.value);
            let known = known.map_or("", |(_, usual)| usual);
            self.spaces.push((self.depth, declared.to_owned(), known));
        }
    }

    fn space(&self, prefix: &str) -> &'static str {
        let found = self.spaces.iter().rev().find(|s| s.1 == prefix);
        found.map_or("", |s| s.2)
    }

    /// Passes over the rest of the element that was opened last, and gives it for later.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn skip(&mut self) -> Result<Part<'a>, Refusal> {
        let from = self.position();
        let mut open = 1usize;
        loop {
            let to = self.position();
            match self.reader.read_event().map_err(|_| Refusal::Damaged)? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Eof => return Err(Refusal::Damaged),
                _ => {}
            }
            if open > DEPTH {
                return Err(Refusal::Swollen);
            }
            if open == 0 {
                let part = Part {
                    source: self.source,
                    from,
                    to,
                    spaces: self.spaces.iter().map(|s| (0, s.1.clone(), s.2)).collect(),
                };
                self.depth = self.depth.saturating_sub(1);
                while self.spaces.last().is_some_and(|s| s.0 > self.depth) {
                    self.spaces.pop();
                }
                return Ok(part);
            }
        }
    }

    /// The characters inside the element that was opened last, with all that is in it.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn inner_text(&mut self) -> Result<String, Refusal> {
        let mut text = String::new();
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next()? {
                Some(Token::Text(t)) => text.push_str(&t),
                Some(_) => {}
                None => break,
            }
        }
        Ok(text)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    fn position(&self) -> usize {
        self.from + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

fn predefined(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return None,
    })
}

/// The characters of an XML file: by its byte order mark, its first character, or what it declares; else UTF-8.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(bytes).unwrap_or(UTF_8),
    };
    encoding.decode(bytes).0
}

/// The encoding that the declaration at the head of ASCII bytes names. It can't be UTF-16: the name was read byte by byte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..200).unwrap_or(bytes);
    let end = head.windows(2).position(|w| w == b"?>")?;
    let head = str::from_utf8(&head[..end]).ok()?;
    let (_, rest) = head.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = rest.get(1..)?.split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_16LE && *e != UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(source: &str) -> Result<String, Refusal> {
        let mut xml = Xml::new(source);
        let mut out = String::new();
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(e) => out += &format!("<{}:{}>", e.name().0, e.name().1),
                Token::Close(e) => out += &format!("</{}:{}>", e.name().0, e.name().1),
                Token::Text(t) => out += &t,
            }
        }
        Ok(out)
    }

    #[test]
    fn names_have_one_spelling() {
        let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        assert_eq!(
            tokens(&format!("<x:p xmlns:x='{w}'><t xmlns='{w}'/><t/></x:p>")).unwrap(),
            "<w:p><w:t></w:t><:t></:t></w:p>"
        );
    }

    #[test]
    fn entities_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbb'><!ENTITY c '&b;&b;'>]><a>x&c;&lt;&#65;&y & z</a>";
        let text = tokens(bomb).unwrap();
        assert!(text.starts_with("<:a>x<A"), "{text}");
        assert!(!text.contains("bb"));
    }

    #[test]
    fn broken_or_too_deep_is_refused() {
        assert_eq!(tokens("<a><b></b>"), Err(Refusal::Damaged));
        assert_eq!(tokens("<a></b>"), Err(Refusal::Damaged));
        assert_eq!(tokens(&"<a>".repeat(DEPTH + 1)), Err(Refusal::Swollen));
        let deep = "<a>".repeat(10_000) + &"</a>".repeat(10_000);
        assert!(tokens(&deep).is_ok());
    }

    #[test]
    fn parts_are_read_later() {
        let mut xml =
            Xml::new("<a xmlns:t='http://www.w3.org/1998/Math/MathML'><t:b>x<t:c/>y</t:b>z</a>");
        let _ = xml.next();
        let _ = xml.next();
        let part = xml.skip().unwrap();
        assert!(matches!(xml.next(), Ok(Some(Token::Text(t))) if t == "z"));
        let mut xml = Xml::of(&part);
        assert!(matches!(xml.next(), Ok(Some(Token::Text(t))) if t == "x"));
        assert!(matches!(xml.next(), Ok(Some(Token::Open(e))) if e.name() == ("math", "c")));
        let _ = (xml.next(), xml.next());
        assert!(matches!(xml.next(), Ok(None)));
    }

    #[test]
    fn encodings_are_told() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        assert!(decode(latin).contains('é'));
        let wide: Vec<u8> = "<a>勢</a>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decode(&wide), "<a>勢</a>");
        assert_eq!(decode("\u{FEFF}<a>é</a>".as_bytes()), "<a>é</a>");
    }
}
