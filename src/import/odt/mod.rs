//! OpenDocument texts, `.odt` (OASIS OpenDocument 1.3).
//!
//! Kept: paragraphs, headings with the numbers that the outline gives them, lists, block quotes, tables as rows, footnotes and
//! endnotes, text frames (after the paragraph they hang on), formulas as lines, bold, italics, raised and lowered letters, and pages
//! where the program noted them or breaks were set. Left out: comments, deletions that were tracked, headers and footers, hidden
//! text, pictures, and tables of contents (the headings say as much).

mod body;
mod lists;
mod styles;

use std::collections::HashMap;

use self::{body::Body, styles::Styles};
use super::{
    Options, Parsed, Refusal,
    office::{
        math::Math,
        meta::{self, Properties},
        xml::{self, Token, Xml},
    },
    package::Package,
};

/// Reads an OpenDocument text.
///
/// # Errors
/// Archives that are damaged, encrypted or lack the text itself, and XML that breaks off.
pub fn parse(name: &str, bytes: &[u8], _options: &Options) -> Result<Parsed, Refusal> {
    let mut package = Package::open(bytes)?;
    let manifest = package.read("META-INF/manifest.xml").unwrap_or_default();
    // Each part that is encrypted says so (part 2, 4.8).
    if xml::decode(&manifest).contains("encryption-data") {
        return Err(Refusal::Locked);
    }
    let content = package.read("content.xml")?;
    let content = xml::decode(&content);
    let mut text_of = |part: &str| {
        let bytes = package.read(part).unwrap_or_default();
        xml::decode(&bytes).into_owned()
    };
    let (common, about) = (text_of("styles.xml"), text_of("meta.xml"));
    let mut styles = Styles::default();
    // A fault in what only helps costs that help, not the text.
    let _ = styles.read(&common);
    styles.read(&content)?;
    styles.resolve();
    let mut body = Body::new(&styles, formulas(&mut package));
    body.read(&content)?;
    let (written, mut remarks) = body.finish();
    let properties = properties(&about).unwrap_or_default();
    let (meta, guesses) = meta::meta(name, &properties, &written);
    remarks.extend(guesses);
    Ok(written.parsed(meta, "", remarks))
}

/// What the formulas say that are parts of their own, by their folders.
fn formulas(package: &mut Package) -> HashMap<String, String> {
    let parts: Vec<String> = package
        .names()
        .filter_map(|name| Some(name.strip_suffix("/content.xml")?.to_owned()))
        .collect();
    parts
        .into_iter()
        .filter_map(|folder| {
            let part = package.read(&format!("{folder}/content.xml")).ok()?;
            let source = xml::decode(&part);
            let mut xml = Xml::new(&source);
            while let Some(token) = xml.next().ok()? {
                if let Token::Open(e) = token {
                    return match e.name() {
                        ("math", "math") => Some((folder, formula(&mut xml).ok()?)),
                        _ => None,
                    };
                }
            }
            None
        })
        .collect()
}

/// The formula that was opened last, as a line of text.
fn formula(xml: &mut Xml<'_>) -> Result<String, Refusal> {
    let mut math = Math::default();
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            // The formula again, in the program's own language.
            Some(Token::Open(e)) if e.name() == ("math", "annotation") => drop(xml.skip()?),
            Some(Token::Open(e)) => math.open(e.name().1),
            Some(Token::Text(text)) => math.text(text.trim()),
            Some(Token::Close(_)) if xml.depth() > outside => math.close(),
            Some(Token::Close(_)) => {}
            None => break,
        }
    }
    Ok(math.finish())
}

fn properties(source: &str) -> Result<Properties, Refusal> {
    let mut found = Properties::default();
    let mut xml = Xml::new(source);
    let mut last = String::new();
    while let Some(token) = xml.next()? {
        let Token::Open(e) = token else {
            continue;
        };
        let slot = match e.name() {
            ("dc", "title") => &mut found.title,
            ("meta", "initial-creator") => &mut found.creator,
            ("dc", "creator") => &mut last,
            ("meta", "creation-date") => &mut found.created,
            _ => continue,
        };
        *slot = xml.inner_text()?;
    }
    if found.creator.trim().is_empty() {
        found.creator = last;
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
