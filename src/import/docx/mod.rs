//! Word documents, `.docx` (ISO/IEC 29500, both strict and transitional).
//!
//! Kept: paragraphs, headings (by outline level or style), lists with the numbers that Word would show, block quotes, tables as
//! rows, footnotes and endnotes, text boxes (after the paragraph they hang on), what fields show, formulas as lines, bold, italics,
//! raised and lowered letters, and pages where Word noted them or breaks were set. Tracked insertions are text, deletions are not.
//! Left out: comments, headers and footers, hidden text, pictures, and tables of contents (the headings say as much).

mod body;
mod fields;
mod math;
mod numbering;
mod paragraphs;
mod properties;
mod sections;
mod styles;
mod tables;

use std::collections::HashMap;

use self::{body::Body, numbering::Numbering, styles::Styles};
use super::{
    Options, Parsed, Refusal,
    office::{
        meta::{self, Properties},
        xml::{self, Part, Token, Xml},
    },
    package::Package,
};

/// Reads a Word document.
///
/// # Errors
/// Archives that are damaged or lack the document itself, and XML that breaks off.
pub fn parse(name: &str, bytes: &[u8], _options: &Options) -> Result<Parsed, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package);
    let document = package.read(&main)?;
    let document = xml::decode(&document);
    let related = related(&mut package, &main);
    let mut read = |kind: &str| {
        let part = package.spelt(&related(kind))?;
        package.read(&part).ok()
    };
    let [styles, numbering, footnotes, endnotes] =
        ["styles", "numbering", "footnotes", "endnotes"].map(&mut read);
    let core = package
        .spelt("docProps/core.xml")
        .and_then(|part| package.read(&part).ok());
    let as_text =
        |bytes: &Option<Vec<u8>>| xml::decode(bytes.as_deref().unwrap_or_default()).into_owned();
    let (footnotes, endnotes) = (as_text(&footnotes), as_text(&endnotes));
    // A fault in what only helps costs that help, not the text.
    let styles = Styles::read(&as_text(&styles)).unwrap_or_default();
    let numbering = Numbering::read(&as_text(&numbering), &styles).unwrap_or_default();
    let notes = [
        notes(&footnotes, "footnote").unwrap_or_default(),
        notes(&endnotes, "endnote").unwrap_or_default(),
    ];
    let sections = sections::read(&document).unwrap_or_default();
    let mut body = Body::new(&styles, numbering, sections, notes);
    body.read(&document)?;
    let (written, mut remarks) = body.finish();
    let properties = properties(&as_text(&core)).unwrap_or_default();
    let (meta, guesses) = meta::meta(name, &properties, &written);
    remarks.extend(guesses);
    Ok(written.parsed(meta, "", remarks))
}

/// The name of the part that holds the document: what the package's relations say, else the usual one.
fn main_part(package: &mut Package) -> String {
    let said = package
        .spelt("_rels/.rels")
        .and_then(|part| package.read(&part).ok())
        .and_then(|rels| relations(&xml::decode(&rels)).ok())
        .and_then(|mut rels| rels.remove("officeDocument"))
        .and_then(|target| package.spelt(&target));
    said.or_else(|| package.spelt("word/document.xml"))
        .unwrap_or_else(|| "word/document.xml".to_owned())
}

/// Where the parts that belong to the document are, by kind.
fn related(package: &mut Package, main: &str) -> impl Fn(&str) -> String + use<> {
    let main = main.replace('\\', "/");
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let rels = package
        .spelt(&format!("{folder}_rels/{file}.rels"))
        .and_then(|part| package.read(&part).ok())
        .and_then(|rels| relations(&xml::decode(&rels)).ok())
        .unwrap_or_default();
    move |kind| match rels.get(kind) {
        Some(target) if target.starts_with('/') => target.clone(),
        Some(target) => format!("{folder}{target}"),
        None => format!("{folder}{kind}.xml"),
    }
}

/// The targets of a part's relations, by the last word of their type.
fn relations(source: &str) -> Result<HashMap<String, String>, Refusal> {
    let mut found = HashMap::new();
    let mut xml = Xml::new(source);
    while let Some(token) = xml.next()? {
        if let Token::Open(e) = token
            && e.name().1 == "Relationship"
            && let (Some(kind), Some(target)) = (e.get("Type"), e.get("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.entry(kind).or_insert_with(|| target.into_owned());
        }
    }
    Ok(found)
}

/// What the notes say, by their ids.
fn notes<'a>(source: &'a str, element: &str) -> Result<HashMap<String, Part<'a>>, Refusal> {
    let mut found = HashMap::new();
    let mut xml = Xml::new(source);
    while let Some(token) = xml.next()? {
        if let Token::Open(e) = token
            && e.name() == ("w", element)
            && let Some(id) = e.get("id").map(|id| id.into_owned())
        {
            found.insert(id, xml.skip()?);
        }
    }
    Ok(found)
}

/// Title, creator and date of the package (ISO/IEC 29500-2, 11).
fn properties(source: &str) -> Result<Properties, Refusal> {
    let mut found = Properties::default();
    let mut xml = Xml::new(source);
    while let Some(token) = xml.next()? {
        let Token::Open(e) = token else {
            continue;
        };
        let slot = match e.name().1 {
            "title" => &mut found.title,
            "creator" => &mut found.creator,
            "created" => &mut found.created,
            _ => continue,
        };
        *slot = xml.inner_text()?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
