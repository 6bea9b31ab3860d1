//! What a book's package says: where its parts lie and in which order they are read.

use std::collections::{HashMap, HashSet};

use super::{
    super::{Refusal, package::Package},
    xml::{self, Element},
};

/// The most parts that a book's reading order may name.
const PARTS: usize = 20_000;

/// An open book.
pub struct Book<'a> {
    package: Package<'a>,
    /// The names of parts by how they are written in lower case.
    names: HashMap<String, String>,
    /// The elements of the package file.
    pub opf: Vec<Element>,
    /// The parts in reading order, those that the book itself leaves out of it last.
    pub spine: Vec<Item>,
    /// The navigation of EPUB 3.
    pub nav: Option<String>,
    /// The contents of EPUB 2.
    pub ncx: Option<String>,
}

/// A part of a book.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name in the archive.
    pub path: String,
    /// Its media type.
    kind: String,
}

impl Item {
    /// Whether the book's list of parts has it.
    pub fn is_known(&self) -> bool {
        !self.kind.is_empty()
    }

    /// Whether it holds text, by its type or by its name.
    pub fn is_text(&self) -> bool {
        let kinds = [
            "application/xhtml+xml",
            "text/html",
            "application/x-dtbook+xml",
            "text/x-oeb1-document",
        ];
        let endings = [".xhtml", ".html", ".htm", ".xml"];
        kinds.contains(&self.kind.as_str())
            || !self.kind.starts_with("image/")
                && endings
                    .iter()
                    .any(|e| self.path.to_lowercase().ends_with(e))
    }
}

impl<'a> Book<'a> {
    /// Opens a book.
    ///
    /// # Errors
    /// Without package; with parts encrypted.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut package = Package::open(bytes)?;
        let names: HashMap<String, String> = package
            .names()
            .map(|n| (n.to_lowercase(), n.into_owned()))
            .collect();
        let container = package.read("META-INF/container.xml").unwrap_or_default();
        let container = xml::elements(&container);
        let said = container
            .iter()
            .find(|e| e.name == "rootfile")
            .map(|e| resolve("", e.attr("full-path")).0);
        let known = |path: &String| names.contains_key(&path.to_lowercase());
        // A container that is missing or wrong: there is but one package.
        let any = || {
            names
                .values()
                .filter(|n| n.to_lowercase().ends_with(".opf"))
                .min()
                .cloned()
        };
        let path = said
            .filter(known)
            .or_else(any)
            .ok_or_else(|| Refusal::Missing("package document (.opf)".into()))?;
        let mut book = Self {
            package,
            names,
            opf: Vec::new(),
            spine: Vec::new(),
            nav: None,
            ncx: None,
        };
        book.opf = xml::elements(&book.read(&path)?);
        book.order(&path)?;
        book.refuse_locked()?;
        Ok(book)
    }

    fn order(&mut self, opf: &str) -> Result<(), Refusal> {
        let mut items: HashMap<&str, Item> = HashMap::new();
        for element in self.opf.iter().filter(|e| e.name == "item") {
            let path = resolve(opf, element.attr("href")).0;
            let kind = element.attr("media-type").to_lowercase();
            if element.has_word("properties", "nav") {
                self.nav = Some(path.clone());
            }
            if kind == "application/x-dtbncx+xml" {
                self.ncx = Some(path.clone());
            }
            items
                .entry(element.attr("id"))
                .or_insert(Item { path, kind });
        }
        let refs = self.opf.iter().filter(|e| e.name == "itemref").take(PARTS);
        let (linear, aside): (Vec<_>, Vec<_>) = refs.partition(|e| e.attr("linear") != "no");
        let mut seen = HashSet::new();
        self.spine = linear
            .into_iter()
            .chain(aside)
            .filter(|e| seen.insert(e.attr("idref")))
            .map(|e| {
                let missing = || Item {
                    path: e.attr("idref").to_owned(),
                    kind: String::new(),
                };
                items.get(e.attr("idref")).cloned().unwrap_or_else(missing)
            })
            .collect();
        if self.spine.is_empty() {
            return Err(Refusal::Missing("spine".into()));
        }
        Ok(())
    }

    /// A part's bytes; the case of its name does not count.
    ///
    /// # Errors
    /// As [`Package::read`].
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, Refusal> {
        let name = self
            .names
            .get(&path.to_lowercase())
            .map_or(path, String::as_str);
        self.package.read(name)
    }

    /// Refuses a book whose text is encrypted. Fonts may be: that is how they are kept from being copied out.
    fn refuse_locked(&mut self) -> Result<(), Refusal> {
        const FONTS: &[&str] = &[
            "http://www.idpf.org/2008/embedding",
            "http://ns.adobe.com/pdf/enc#RC",
        ];
        let Ok(bytes) = self.read("META-INF/encryption.xml") else {
            return Ok(());
        };
        let elements = xml::elements(&bytes);
        let texts: HashSet<_> = self.spine.iter().map(|i| i.path.to_lowercase()).collect();
        let mut method = String::new();
        for element in &elements {
            match element.name.as_str() {
                "EncryptedData" => method.clear(),
                "EncryptionMethod" if method.is_empty() => {
                    element.attr("Algorithm").clone_into(&mut method)
                }
                "CipherReference" if !FONTS.contains(&method.as_str()) => {
                    let path = resolve("", element.attr("URI")).0;
                    if texts.contains(&path.to_lowercase()) {
                        return Err(Refusal::Kind("an e-book locked by its seller (DRM)".into()));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The name and the id (or nothing) that a link in the part `from` leads to. A link never leads out of the archive.
pub fn resolve(from: &str, href: &str) -> (String, String) {
    let (path, id) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or_default();
    let path = percent_decoded(path).replace('\\', "/");
    if path.is_empty() {
        return (from.to_owned(), percent_decoded(id));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (parts.join("/"), percent_decoded(id))
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_within_the_archive() {
        let cases = [
            (
                "OEBPS/a/b.xhtml",
                "../c%20d.xhtml#n%31",
                "OEBPS/c d.xhtml",
                "n1",
            ),
            ("OEBPS/b.xhtml", "#n", "OEBPS/b.xhtml", "n"),
            ("OEBPS/b.xhtml", "/c.xhtml?x=1", "c.xhtml", ""),
            ("b.xhtml", "../../../etc/passwd", "etc/passwd", ""),
            ("b.xhtml", "./c%ZZ%", "c%ZZ%", ""),
            ("x/b", "%E5%8B%A2.html", "x/勢.html", ""),
        ];
        for (from, href, path, id) in cases {
            assert_eq!(resolve(from, href), (path.to_owned(), id.to_owned()));
        }
    }
}
