//! Labels: the codes of a theory.

use std::{fmt, str::FromStr};

use super::{BadId, LabelId};

/// An opaque sRGB colour, written `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color(pub [u8; 3]);

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}

impl Color {
    /// The colour a share (0 to 1) of the way to another, channel by channel.
    pub fn towards(self, other: Self, share: f32) -> Self {
        let mix = |at: usize| {
            let (a, b) = (f32::from(self.0[at]), f32::from(other.0[at]));
            (a + (b - a) * share.clamp(0.0, 1.0)).round() as u8
        };
        Self([mix(0), mix(1), mix(2)])
    }

    /// How bright it is, from 0 for black to 1 for white: relative luminance (WCAG 2.1).
    pub fn luminance(self) -> f32 {
        let part = |v: u8| {
            let v = f32::from(v) / 255.0;
            match v <= 0.04045 {
                true => v / 12.92,
                false => ((v + 0.055) / 1.055).powf(2.4),
            }
        };
        let [r, g, b] = self.0.map(part);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio to another colour, 1 to 21 (WCAG 2.1).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl FromStr for Color {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        let bad = || BadId(s.to_owned());
        let hex = s
            .strip_prefix('#')
            .filter(|h| h.len() == 6)
            .ok_or_else(bad)?;
        let n = u32::from_str_radix(hex, 16).map_err(|_| bad())?;
        let [_, r, g, b] = n.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

/// The colours offered for new labels: after Okabe and Ito's set for colour-blind readers (2008, “Color Universal Design”),
/// darkened so that each can be read as text on white.
pub const PALETTE: [Color; 10] = [
    Color([0xC1, 0x44, 0x38]),
    Color([0x2F, 0x6D, 0xB5]),
    Color([0x1C, 0x82, 0x78]),
    Color([0x7A, 0x4F, 0xB5]),
    Color([0x86, 0x75, 0x1A]),
    Color([0xA8, 0x50, 0x8C]),
    Color([0x3F, 0x7E, 0x32]),
    Color([0xB0, 0x60, 0x10]),
    Color([0x4A, 0x6A, 0x7C]),
    Color([0x8A, 0x4B, 0x2F]),
];

/// A code of the theory: what a passage is tagged with.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Its file name; never changes.
    pub id: LabelId,
    /// Its name as shown.
    pub name: String,
    /// The label it belongs under, if any.
    pub parent: Option<LabelId>,
    /// Its colour.
    pub color: Color,
    /// What it means.
    pub definition: String,
    /// When to use it.
    pub when: String,
    /// When not to, and which label to use instead.
    pub when_not: String,
    /// Who the idea comes from: author, year, work.
    pub source: String,
    /// Words, stems (`entrap*`) and phrases that hint at it.
    pub cues: Vec<String>,
    /// The label it is set against, if any.
    pub contrast: Option<LabelId>,
    /// The digit key (1 to 9) that tags with it, if any.
    pub digit: Option<u8>,
    /// Its place among its siblings: lower comes first.
    pub position: f64,
}

impl Label {
    /// A label with a name and a colour and nothing else said of it yet.
    pub fn new(id: LabelId, name: impl Into<String>, color: Color) -> Self {
        Self {
            id,
            name: name.into(),
            parent: None,
            color,
            definition: String::new(),
            when: String::new(),
            when_not: String::new(),
            source: String::new(),
            cues: Vec::new(),
            contrast: None,
            digit: None,
            position: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_read_back() {
        for color in PALETTE {
            assert_eq!(color.to_string().parse(), Ok(color));
        }
        for bad in ["", "#12", "123456", "#GGGGGG", "#1234567", "#12345é"] {
            assert!(bad.parse::<Color>().is_err(), "{bad}");
        }
    }
}
