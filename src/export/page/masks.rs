//! Glyphs as pixels, kept.

use std::collections::HashMap;

use skrifa::{
    GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};
use tiny_skia::{FillRule, PathBuilder, Transform};

use super::{Font, PageFonts};

/// So many glyphs are kept, some 10 MB; then it begins anew.
const MOST: usize = 40_000;
/// A glyph is drawn at so many places within a pixel.
const STEPS: f32 = 4.0;

/// The share of each pixel that a glyph covers.
#[derive(Clone, Debug, Default)]
pub(super) struct Mask {
    /// How far to the right of the glyph's place it begins.
    pub left: i32,
    /// How far below the baseline it begins.
    pub top: i32,
    /// Its width.
    pub width: usize,
    /// The shares row by row, up to 255.
    pub shares: Vec<u8>,
}

/// Masks of glyphs.
#[derive(Default)]
pub(super) struct Masks {
    /// By font, glyph, size (in 1/64 pixel) and step within a pixel.
    known: HashMap<(Font, u16, u32, u8), Mask>,
}

impl Masks {
    /// The mask of a glyph of so many pixels at `x`, and the whole pixel that it is placed at.
    pub fn glyph(
        &mut self,
        fonts: &PageFonts,
        font: Font,
        id: u16,
        size: f32,
        x: f32,
    ) -> (i32, &Mask) {
        let steps = (x * STEPS).round();
        let whole = (steps / STEPS).floor();
        let step = (steps - whole * STEPS) as u8;
        let key = (font, id, (size * 64.0).round() as u32, step);
        if self.known.len() >= MOST && !self.known.contains_key(&key) {
            self.known.clear();
        }
        let mask = self
            .known
            .entry(key)
            .or_insert_with(|| draw(fonts, font, id, size, f32::from(step) / STEPS));
        (whole as i32, mask)
    }
}

fn draw(fonts: &PageFonts, font: Font, id: u16, size: f32, shift: f32) -> Mask {
    let outlines = fonts.face(font).outlines.outline_glyphs();
    let mut pen = Pen(PathBuilder::new());
    let drawn = outlines.get(GlyphId::new(u32::from(id))).map(|glyph| {
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
        glyph.draw(settings, &mut pen)
    });
    let path = match drawn {
        Some(Ok(_)) => pen.0.finish(),
        _ => None,
    };
    let Some(path) = path else {
        return Mask::default();
    };
    let bounds = path.bounds();
    let (left, top) = ((bounds.left() + shift).floor(), bounds.top().floor());
    let width = (bounds.right() + shift).ceil() - left + 1.0;
    let height = bounds.bottom().ceil() - top + 1.0;
    let Some(mut mask) = tiny_skia::Mask::new(width as u32, height as u32) else {
        return Mask::default();
    };
    let place = Transform::from_translate(shift - left, -top);
    mask.fill_path(&path, FillRule::Winding, true, place);
    Mask {
        left: left as i32,
        top: top as i32,
        width: mask.width() as usize,
        shares: mask.take(),
    }
}

/// Draws outlines, whose heights grow upwards.
struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, -cy, x, -y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, -ay, bx, -by, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
