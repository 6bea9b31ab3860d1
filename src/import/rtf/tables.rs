//! The tables at a file's head: fonts and styles.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::charset;
use crate::import::office::names::{self, Role};

/// Fonts and styles, and the entry of either that is being read.
#[derive(Debug, Default)]
pub struct Tables {
    fonts: HashMap<i32, Font>,
    styles: HashMap<i32, Style>,
    entry: Entry,
}

#[derive(Debug, Default)]
struct Font {
    name: String,
    encoding: Option<&'static Encoding>,
}

/// A paragraph style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<i32>,
    outline: Option<u8>,
    italic: bool,
}

#[derive(Debug, Default)]
struct Entry {
    number: i32,
    name: String,
    /// Whether it is a style of characters, sections or tables.
    is_other: bool,
    font: Font,
    style: Style,
}

impl Tables {
    /// A control word in an entry of the fonts.
    pub fn font_word(&mut self, word: &str, number: Option<i32>) {
        let n = number.unwrap_or(0);
        match word {
            "f" => self.entry.number = n,
            "fcharset" => {
                self.entry.font.encoding = charset::of_font(n).or(self.entry.font.encoding)
            }
            "cpg" => self.entry.font.encoding = charset::code_page(n).or(self.entry.font.encoding),
            _ => {}
        }
    }

    /// A control word in an entry of the styles.
    pub fn style_word(&mut self, word: &str, number: Option<i32>) {
        let n = number.unwrap_or(0);
        match word {
            "s" => self.entry.number = n,
            "cs" | "ds" | "ts" => self.entry.is_other = true,
            "sbasedon" => self.entry.style.based_on = Some(n),
            "outlinelevel" => self.entry.style.outline = u8::try_from(n).ok(),
            "i" => self.entry.style.italic = number != Some(0),
            _ => {}
        }
    }

    /// More of the name of an entry.
    pub fn name(&mut self, text: &str) {
        self.entry.name.push_str(text);
    }

    /// An entry of the fonts ends. Some files part them by semicolons only.
    pub fn end_font(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        let name = entry.name.trim().trim_end_matches(';').to_owned();
        if name.is_empty() && entry.font.encoding.is_none() {
            return;
        }
        self.fonts.insert(entry.number, Font { name, ..entry.font });
    }

    /// An entry of the styles ends.
    pub fn end_style(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        let name = entry.name.trim().trim_end_matches(';').to_owned();
        if !entry.is_other && !name.is_empty() {
            self.styles.insert(
                entry.number,
                Style {
                    name,
                    ..entry.style
                },
            );
        }
    }

    /// The encoding of a font, where it is not the document's.
    pub fn encoding(&self, font: Option<i32>) -> Option<&'static Encoding> {
        self.fonts.get(&font?)?.encoding
    }

    /// The name of a font.
    pub fn font_name(&self, font: Option<i32>) -> Option<&str> {
        Some(self.fonts.get(&font?)?.name.as_str())
    }

    /// What paragraphs of a style are, and whether they are in italics.
    pub fn role(&self, number: i32) -> (Option<Role>, bool) {
        let first = self.styles.get(&number);
        let is_italic = first.is_some_and(|s| s.italic);
        let (mut next, mut left) = (first, 20);
        while let Some(style) = next {
            let outline = style
                .outline
                .filter(|o| *o < 9)
                .map(|o| Role::Heading(o + 1));
            if let Some(role) = names::role(&style.name).or(outline) {
                return (Some(role), is_italic);
            }
            left -= 1;
            next = style
                .based_on
                .filter(|_| left > 0)
                .and_then(|n| self.styles.get(&n));
        }
        (None, is_italic)
    }
}
