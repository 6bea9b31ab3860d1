//! Pages: a document in lines on paper, before it is a PDF or a preview.
//!
//! A document's items become [`Page`]s: things at their places in points, and where each item of a packet stands. [`Pages`] keeps them,
//! for a preview; [`Pdf`] writes each as soon as it is full. [`Page::raster`] draws one as pixels.

mod blocks;
mod breaks;
mod desk;
mod flow;
mod fonts;
mod layout;
mod look;
mod masks;
mod para;
mod passage;
mod pdf;
mod placed;
mod raster;
mod row;
mod shape;
mod tags;

pub use fonts::{FontFiles, PageFonts};
pub use pdf::Pdf;
pub use placed::{Bookmark, Font, Glyph, Glyphs, Line, Link, Page, Pages, Place, Rect, Thing};
pub use raster::Pixels;

#[cfg(test)]
mod tests;
