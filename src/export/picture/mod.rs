//! Pictures of results for a paper or a slide: drawn once as shapes, written as SVG or PNG.
//!
//! All lengths are in points (1/72 inch). A picture has the width that is asked for, and its height follows from what it shows.
//! Widths of text come from the fonts themselves, so nothing collides. Colours are never the only sign: values are written as
//! numbers, labels by name, and the tints of a label differ in brightness, so that pictures can be read in grey and by colour-blind
//! readers.
//!
//! The text of an SVG is text, so that it can be searched and edited; it names the shipped fonts first and common ones after, which
//! are no wider. [`Picture::outlined`] writes it as shapes instead, which look the same in any program.

mod bars;
mod canvas;
mod fonts;
mod graph;
mod heat;
mod quotes;
mod raster;
mod strips;
mod svg;
mod tint;

pub(in crate::export) use self::tint::Tint;
pub use self::{
    bars::{Bar, Bars, bars},
    fonts::{Face, Files, Fonts},
    graph::{Graph, Link, Node, graph},
    heat::{Heat, HeatRow, Tile, heat},
    quotes::{Block, Quotes, QuotesRow, quotes},
    raster::{PictureError, Raster},
    strips::{Lane, Stretch, Strips, StripsRow, strips},
};
use crate::model::Color;

/// How a picture is to look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Its width in points (1/72 inch); the height follows from what it shows.
    pub width: f32,
    /// Dark colours for a dark slide; else black on white for print.
    pub dark: bool,
    /// A title over it; empty for none.
    pub title: String,
    /// Whether a legend explains the colours.
    pub legend: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 480.0,
            dark: false,
            title: String::new(),
            legend: true,
        }
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left side.
    pub x: f32,
    /// Its top.
    pub y: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where it stands: x of its anchor, y of its baseline.
    pub at: (f32, f32),
    /// The text.
    pub text: String,
    /// The size of the font.
    pub size: f32,
    /// The face.
    pub face: Face,
    /// The colour.
    pub color: Color,
    /// Which end stands at its place.
    pub anchor: Anchor,
    /// How far it is turned about its place, clockwise in degrees.
    pub turn: f32,
}

/// What a picture is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Tile {
        /// Where.
        area: Area,
        /// The radius of its corners.
        radius: f32,
        /// What it is filled with.
        fill: Option<Color>,
        /// The line round it: colour and width.
        line: Option<(Color, f32)>,
    },
    /// A straight line.
    Line {
        /// Its beginning.
        from: (f32, f32),
        /// Its end.
        to: (f32, f32),
        /// Its colour.
        color: Color,
        /// Its width.
        width: f32,
    },
    /// Half an ellipse from a point down to another below it, bowed to the right.
    Bow {
        /// Its upper end.
        from: (f32, f32),
        /// Its lower end.
        to: (f32, f32),
        /// How far it reaches to the right.
        reach: f32,
        /// Its colour.
        color: Color,
        /// Its width.
        width: f32,
    },
    /// A disc.
    Dot {
        /// Its centre.
        at: (f32, f32),
        /// Its radius.
        radius: f32,
        /// What it is filled with.
        fill: Color,
    },
    /// Text.
    Words(Words),
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it shows, for those who can't see it.
    pub title: String,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What it is drawn on.
    pub ground: Color,
    /// What it is made of, in the order in which it is drawn.
    pub shapes: Vec<Shape>,
}

impl Picture {
    /// As SVG, with text as text.
    pub fn svg(&self) -> String {
        svg::write(self)
    }

    /// As SVG, with text as shapes.
    ///
    /// # Errors
    /// [`PictureError::Failed`].
    pub fn outlined(&self, fonts: &Fonts) -> Result<String, PictureError> {
        raster::outlined(self, fonts)
    }

    /// How many pixels it has at so many dots an inch: width and height.
    pub fn pixels(&self, dpi: f32) -> (u32, u32) {
        raster::pixels(self, dpi)
    }

    /// As pixels.
    ///
    /// # Errors
    /// [`PictureError::TooLarge`] above 100 million of them.
    pub fn raster(&self, fonts: &Fonts, dpi: f32) -> Result<Raster, PictureError> {
        raster::draw(self, fonts, dpi)
    }

    /// As PNG that says its resolution.
    ///
    /// # Errors
    /// As [`Self::raster`].
    pub fn png(&self, fonts: &Fonts, dpi: f32) -> Result<Vec<u8>, PictureError> {
        raster::png(&self.raster(fonts, dpi)?, dpi)
    }
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
