//! Pictures as PNG, and SVG whose text is shapes: both through usvg and resvg, with the fonts that are given.

use std::fmt;

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, WriteOptions},
};

use super::{Fonts, Picture};

/// Points an inch.
const POINTS: f32 = 72.0;
/// The largest PNG that is drawn, in pixels: 400 MB of memory while it is.
const MOST_PIXELS: u64 = 100_000_000;

/// Why a picture can't be made.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureError {
    /// It needs so many points of width at least.
    TooNarrow {
        /// What there are too many of: `columns`.
        what: &'static str,
        /// How many points it needs.
        needed: f32,
    },
    /// It would have so many pixels.
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// There is nothing to be drawn, and why.
    Empty(&'static str),
    /// It could not be drawn; this does not happen with what is drawn here.
    Failed(String),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooNarrow { what, needed } => write!(
                f,
                "there are too many {what} for a picture of that width: it needs {:.0} points ({:.0} mm)",
                needed.ceil(),
                (needed / POINTS * 25.4).ceil()
            ),
            Self::TooLarge { width, height } => write!(
                f,
                "the picture would have {width} × {height} pixels, which is more than most programs open"
            ),
            Self::Empty(why) => f.write_str(why),
            Self::Failed(why) => write!(f, "the picture could not be drawn: {why}"),
        }
    }
}

impl std::error::Error for PictureError {}

/// A picture as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its pixels row by row, each as red, green and blue.
    pub rgb: Vec<u8>,
}

fn tree(picture: &Picture, fonts: &Fonts) -> Result<Tree, PictureError> {
    let options = Options {
        fontdb: fonts.database(),
        ..Options::default()
    };
    Tree::from_str(&picture.svg(), &options).map_err(|e| PictureError::Failed(e.to_string()))
}

/// The picture as SVG with its text as shapes.
pub(super) fn outlined(picture: &Picture, fonts: &Fonts) -> Result<String, PictureError> {
    let options = WriteOptions {
        coordinates_precision: 3,
        transforms_precision: 5,
        ..WriteOptions::default()
    };
    Ok(tree(picture, fonts)?.to_string(&options))
}

/// How many pixels a picture has at so many dots an inch.
pub(super) fn pixels(picture: &Picture, dpi: f32) -> (u32, u32) {
    let side = |points: f32| (points * dpi / POINTS).round().max(1.0) as u32;
    (side(picture.width), side(picture.height))
}

/// Draws a picture at so many dots an inch.
pub(super) fn draw(picture: &Picture, fonts: &Fonts, dpi: f32) -> Result<Raster, PictureError> {
    let (width, height) = pixels(picture, dpi);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    let tree = tree(picture, fonts)?;
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    let mut pixmap = Pixmap::new(width, height).ok_or(PictureError::TooLarge { width, height })?;
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    // The ground is opaque, so that every pixel is.
    let rgb = pixmap
        .data()
        .chunks_exact(4)
        .flat_map(|p| [p[0], p[1], p[2]]);
    Ok(Raster {
        width,
        height,
        rgb: rgb.collect(),
    })
}

/// A raster as PNG that says how many dots an inch it has.
pub(super) fn png(raster: &Raster, dpi: f32) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(
            &raster.rgb,
            raster.width,
            raster.height,
            ExtendedColorType::Rgb8,
        )
        .map_err(|e| PictureError::Failed(e.to_string()))?;
    // The `image` crate has no way to say it: a chunk pHYs, in pixels a metre, goes after the first chunk (PNG, third edition, 11.3.4.3).
    let a_metre = (dpi / 0.0254).round() as u32;
    let mut chunk = Vec::from(*b"pHYs");
    chunk.extend(a_metre.to_be_bytes());
    chunk.extend(a_metre.to_be_bytes());
    chunk.push(1);
    let sum = crc32fast::hash(&chunk);
    let whole = 9_u32.to_be_bytes().into_iter();
    let whole = whole.chain(chunk).chain(sum.to_be_bytes());
    let first = FIRST_CHUNKS.min(bytes.len());
    bytes.splice(first..first, whole);
    Ok(bytes)
}

/// The signature and the chunk IHDR of a PNG, in bytes.
const FIRST_CHUNKS: usize = 8 + 25;
