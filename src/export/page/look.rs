//! What pages look like: measures in points, sizes, colours. The one place they come from.

use super::{Font, para::Look};
use crate::model::{Color, Paper};

/// Text.
pub(super) const INK: Color = Color([0x1F, 0x1D, 0x1A]);
/// Less important text.
pub(super) const DIM: Color = Color([0x62, 0x5E, 0x57]);
/// Thin lines between and under things.
pub(super) const LINE: Color = Color([0xD6, 0xD1, 0xC7]);
/// Links.
pub(super) const ACCENT: Color = Color([0x1F, 0x5F, 0xA8]);
/// The bar beside what belongs to no label.
pub(super) const NEUTRAL: Color = Color([0xB8, 0xB2, 0xA6]);
const PAPER: Color = Color([0xFF, 0xFF, 0xFF]);

/// A label's colour as text, at least 4.5:1 on paper (WCAG 2.1).
pub(super) fn as_text(color: Color) -> Color {
    (0..=10)
        .map(|step| color.towards(INK, step as f32 / 10.0))
        .find(|c| c.contrast(PAPER) >= 4.5)
        .unwrap_or(INK)
}

/// A label's colour behind text.
pub(super) fn tint(color: Color) -> Color {
    PAPER.towards(color, 0.19)
}

/// Where things stand on paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The paper.
    pub size: (f32, f32),
    /// Where text begins.
    pub left: f32,
    /// How wide it is.
    pub width: f32,
    /// Where it begins.
    pub top: f32,
    /// Where it ends at the latest.
    pub bottom: f32,
}

impl Frame {
    pub fn of(paper: Paper) -> Self {
        let size = paper.size();
        let (left, right) = (72.0, 72.0);
        Self {
            size,
            left,
            width: size.0 - left - right,
            top: 82.0,
            bottom: size.1 - 70.0,
        }
    }
}

/// The baseline of the running head.
pub(super) const HEAD: f32 = 56.0;
/// How far above the lower side of the paper the page number stands.
pub(super) const FOOT: f32 = 38.0;
/// Between columns.
pub(super) const GUTTER: f32 = 24.0;
/// How wide the bar beside a quote is, and how far its text stands from the bar's left side.
pub(super) const BAR: (f32, f32) = (2.4, 13.0);
/// How far lists are indented.
pub(super) const LIST: f32 = 18.0;
/// How far entries of a reference list hang.
pub(super) const HANG: f32 = 20.0;
/// Between ruled lines.
pub(super) const RULED: f32 = 25.0;

/// A kind of text: its font, size and leading, the space before it, and whether it is dim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub font: Font,
    pub size: f32,
    pub leading: f32,
    pub before: f32,
    pub color: Color,
    pub tracking: f32,
}

impl Kind {
    const fn new(font: Font, size: f32, leading: f32, before: f32) -> Self {
        Self {
            font,
            size,
            leading,
            before,
            color: INK,
            tracking: 0.0,
        }
    }

    const fn dim(self) -> Self {
        Self { color: DIM, ..self }
    }

    /// The look of its plain text.
    pub fn look(self, tag: u32) -> Look {
        Look {
            tracking: self.tracking,
            ..Look::new(self.font, self.size, self.color, tag)
        }
    }

    /// The same after another space.
    pub const fn after(self, before: f32) -> Self {
        Self { before, ..self }
    }
}

/// Headings by level.
pub(super) const fn heading(level: u8) -> Kind {
    match level {
        0 | 1 => Kind::new(Font::SerifBold, 22.0, 27.0, 26.0),
        2 => Kind::new(Font::SerifBold, 16.5, 21.0, 26.0),
        3 => Kind::new(Font::SerifBold, 13.0, 17.5, 18.0),
        4 => Kind::new(Font::SerifBold, 11.5, 16.0, 15.0),
        5 => Kind::new(Font::SerifBoldItalic, 11.0, 16.0, 13.0),
        _ => Kind::new(Font::SerifItalic, 11.0, 16.0, 13.0),
    }
}

pub(super) const BODY: Kind = Kind::new(Font::Serif, 11.0, 16.5, 8.0);
pub(super) const LEAD: Kind = Kind::new(Font::SerifItalic, 11.5, 17.0, 7.0);
pub(super) const ASIDE: Kind = Kind::new(Font::Sans, 8.2, 12.0, 4.0).dim();
pub(super) const LEGEND: Kind = Kind::new(Font::Sans, 8.2, 13.0, 9.0);
pub(super) const NOTE: Kind = Kind::new(Font::Sans, 8.8, 13.2, 5.0);
pub(super) const CLAIM: Kind = Kind::new(Font::Serif, 11.0, 16.5, 7.0);
pub(super) const CAPTION: Kind = Kind {
    tracking: 0.6,
    ..Kind::new(Font::SansBold, 7.6, 12.0, 17.0).dim()
};
pub(super) const QUOTE: Kind = Kind::new(Font::Serif, 11.0, 16.5, 10.0);
pub(super) const ITEM: Kind = Kind::new(Font::Serif, 11.0, 16.5, 4.0);
pub(super) const REFERENCE: Kind = Kind::new(Font::Serif, 10.2, 15.0, 5.0);
pub(super) const FOOTNOTE: Kind = Kind::new(Font::Serif, 8.8, 12.4, 2.0);
pub(super) const CELL: Kind = Kind::new(Font::Serif, 9.6, 13.6, 0.0);
pub(super) const CELL_HEAD: Kind = Kind::new(Font::SansBold, 8.0, 12.0, 0.0).dim();
pub(super) const RUNNING: Kind = Kind::new(Font::Sans, 8.2, 12.0, 0.0).dim();
pub(super) const PASSAGE: Kind = Kind::new(Font::Serif, 10.5, 16.2, 7.0);
pub(super) const PASSAGE_NOTE: Kind = Kind::new(Font::Serif, 9.2, 13.6, 5.0);
pub(super) const GLOSS: Kind = Kind::new(Font::Sans, 7.6, 10.4, 0.0);
pub(super) const NUMBER: Kind = Kind::new(Font::Sans, 7.0, 9.6, 0.0).dim();
