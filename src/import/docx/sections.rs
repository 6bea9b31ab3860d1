//! How the sections of a document number their pages. A section says so at its end, so this is read beforehand.

use crate::import::{
    Refusal,
    office::{
        numerals::Numeral,
        pages::Numbering,
        xml::{Element, Token, Xml},
    },
};

/// A section.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Section {
    /// Whether it goes on, on the page where the one before ended.
    pub is_continuous: bool,
    /// How its pages are numbered.
    pub numbering: Numbering,
}

/// The sections of a document, in order.
///
/// # Errors
/// When it is damaged.
pub fn read(source: &str) -> Result<Vec<Section>, Refusal> {
    let mut sections = Vec::new();
    // Most documents have one section and say nothing of it; then this is the whole work.
    if !source.contains("sectPr") {
        return Ok(sections);
    }
    let mut xml = Xml::new(source);
    while let Some(token) = xml.next()? {
        if let Token::Open(e) = token {
            match e.name() {
                ("w", "sectPr") => sections.push(section(&mut xml)?),
                // What it was before a change.
                ("w", "sectPrChange" | "pPrChange") => drop(xml.skip()?),
                _ => {}
            }
        }
    }
    Ok(sections)
}

fn section(xml: &mut Xml<'_>) -> Result<Section, Refusal> {
    let mut section = Section::default();
    // Without a format a section counts in decimals, whatever the one before did.
    section.numbering.numeral = Some(Numeral::Decimal);
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Token::Open(e)) => match e.name() {
                ("w", "sectPrChange") => drop(xml.skip()?),
                ("w", "type") => match e.get("val").as_deref() {
                    Some("continuous" | "nextColumn") => section.is_continuous = true,
                    Some("oddPage") => section.numbering.odd = Some(true),
                    Some("evenPage") => section.numbering.odd = Some(false),
                    _ => {}
                },
                ("w", "pgNumType") => numbering(&e, &mut section.numbering),
                _ => {}
            },
            Some(_) => {}
            None => break,
        }
    }
    Ok(section)
}

fn numbering(e: &Element<'_>, numbering: &mut Numbering) {
    numbering.start = e.number("start");
    let numeral = Numeral::of_word(e.get("fmt").as_deref().unwrap_or("decimal"));
    numbering.numeral = Some(match numeral {
        Numeral::None | Numeral::Bullet => Numeral::Decimal,
        numeral => numeral,
    });
}
