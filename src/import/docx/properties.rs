//! The properties of paragraphs (`w:pPr`) and runs (`w:rPr`), as they stand in a document or a style.

use crate::{
    import::{
        Refusal,
        office::xml::{Element, Token, Xml},
    },
    model::Script,
};

/// The properties of a paragraph, as far as they matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParagraphProperties {
    /// The id of its style.
    pub style: Option<String>,
    /// Its outline level from 0; 9 is body text.
    pub outline: Option<u8>,
    /// The id of the list it is in; 0 for none.
    pub list: Option<u32>,
    /// Its level in it, from 0.
    pub level: Option<u8>,
    /// How far it is set in on the left and the right, in twentieths of a point.
    pub indents: (Option<i32>, Option<i32>),
    /// Whether it starts a page.
    pub page_break: Option<bool>,
    /// Whether its end was deleted while changes were tracked, or stands between a large initial and its word.
    pub runs_on: bool,
    /// Whether a section ends with it.
    pub ends_section: bool,
}

/// The properties of a run, as far as they matter. What is not said comes from the styles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunProperties {
    /// The id of its character style.
    pub style: Option<String>,
    /// In bold.
    pub bold: Option<bool>,
    /// In italics.
    pub italic: Option<bool>,
    /// Hidden.
    pub hidden: Option<bool>,
    /// Raised or lowered.
    pub script: Option<Script>,
    /// Its font.
    pub font: Option<String>,
}

impl ParagraphProperties {
    /// Reads the element that was opened last.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, Refusal> {
        let mut found = Self::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            let Some(token) = xml.next()? else { break };
            let Token::Open(e) = token else { continue };
            match e.name() {
                // What it was before a change.
                ("w", "pPrChange") => drop(xml.skip()?),
                ("w", "sectPr") => {
                    found.ends_section = true;
                    xml.skip()?;
                }
                // Of the mark at the paragraph's end.
                ("w", "rPr") => found.runs_on |= is_deleted(xml)?,
                _ => found.take(&e),
            }
        }
        Ok(found)
    }

    fn take(&mut self, e: &Element<'_>) {
        match e.name() {
            ("w", "pStyle") => self.style = e.get("val").map(|v| v.into_owned()),
            ("w", "outlineLvl") => self.outline = e.number("val"),
            ("w", "numId") => self.list = e.number("val"),
            ("w", "ilvl") => self.level = e.number("val"),
            ("w", "pageBreakBefore") => self.page_break = Some(e.is_on()),
            ("w", "framePr") => self.runs_on |= e.get("dropCap").is_some_and(|v| v != "none"),
            ("w", "ind") => {
                let left = e.number("left").or_else(|| e.number("start"));
                let right = e.number("right").or_else(|| e.number("end"));
                self.indents = (left, right);
            }
            _ => {}
        }
    }
}

fn is_deleted(xml: &mut Xml<'_>) -> Result<bool, Refusal> {
    let mut deleted = false;
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Token::Open(e)) => match e.name() {
                ("w", "del" | "moveFrom") => deleted = true,
                ("w", "rPrChange") => drop(xml.skip()?),
                _ => {}
            },
            Some(_) => {}
            None => break,
        }
    }
    Ok(deleted)
}

impl RunProperties {
    /// Reads the element that was opened last.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, Refusal> {
        let mut found = Self::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            let Some(token) = xml.next()? else { break };
            let Token::Open(e) = token else { continue };
            match e.name() {
                ("w", "rPrChange") => drop(xml.skip()?),
                ("w", "rStyle") => found.style = e.get("val").map(|v| v.into_owned()),
                ("w", "b") => found.bold = Some(e.is_on()),
                ("w", "i") => found.italic = Some(e.is_on()),
                ("w", "vanish") => found.hidden = Some(e.is_on()),
                ("w", "rFonts") => {
                    let font = e.get("ascii").or_else(|| e.get("hAnsi"));
                    found.font = font.map(|f| f.into_owned());
                }
                ("w", "vertAlign") => {
                    found.script = Some(match e.get("val").as_deref() {
                        Some("superscript") => Script::Raised,
                        Some("subscript") => Script::Lowered,
                        _ => Script::Base,
                    });
                }
                _ => {}
            }
        }
        Ok(found)
    }
}
