//! Pages as pixels.

use tiny_skia::{Color as Paint, Paint as Brush, PathBuilder, Pixmap, Stroke, Transform};

use super::{Glyphs, Line, Page, PageFonts, Rect, Thing, masks::Mask};
use crate::model::Color;

/// The side of the largest picture, in pixels.
const LARGEST: f32 = 16_000.0;

/// A picture of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its pixels row by row, each as red, green, blue and 255.
    pub rgba: Vec<u8>,
}

impl Page {
    /// The page as pixels, `scale` of them a point (at most 16,000 a side); white where nothing lies.
    pub fn raster(&self, fonts: &PageFonts, scale: f32) -> Pixels {
        let (width, height) = self.size;
        let largest = LARGEST / width.max(height).max(1.0);
        let scale = scale.clamp(0.01, largest);
        let side = |points: f32| (points * scale).round().max(1.0) as u32;
        let (width, height) = (side(width), side(height));
        let Some(pixmap) = Pixmap::new(width, height) else {
            unreachable!("the sides are between 1 and {LARGEST}")
        };
        let mut canvas = Canvas { pixmap, scale };
        canvas.pixmap.fill(Paint::WHITE);
        for thing in &self.things {
            match thing {
                Thing::Glyphs(glyphs) => canvas.glyphs(glyphs, fonts),
                Thing::Fill(rect, color) => canvas.rect(rect, *color),
                Thing::Line(line) => canvas.line(line),
                Thing::Link(_) => {}
            }
        }
        Pixels {
            width,
            height,
            rgba: canvas.pixmap.take(),
        }
    }
}

struct Canvas {
    pixmap: Pixmap,
    scale: f32,
}

fn brush(color: Color) -> Brush<'static> {
    let [r, g, b] = color.0;
    let mut brush = Brush::default();
    brush.set_color_rgba8(r, g, b, 255);
    brush
}

impl Canvas {
    fn to_pixels(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    fn rect(&mut self, rect: &Rect, color: Color) {
        let found = tiny_skia::Rect::from_xywh(rect.x, rect.y, rect.width, rect.height);
        if let Some(rect) = found {
            let pixels = self.to_pixels();
            self.pixmap.fill_rect(rect, &brush(color), pixels, None);
        }
    }

    fn line(&mut self, line: &Line) {
        let mut path = PathBuilder::new();
        path.move_to(line.from.0, line.from.1);
        path.line_to(line.to.0, line.to.1);
        let Some(path) = path.finish() else { return };
        let stroke = Stroke {
            width: line.width,
            ..Stroke::default()
        };
        let pixels = self.to_pixels();
        self.pixmap
            .stroke_path(&path, &brush(line.color), &stroke, pixels, None);
    }

    /// Baselines lie on whole pixels, as the text of windows does; glyphs on quarters of them.
    fn glyphs(&mut self, run: &Glyphs, fonts: &PageFonts) {
        let mut masks = fonts.masks();
        let mut x = run.x * self.scale;
        let y = (run.y * self.scale).round();
        for glyph in &run.glyphs {
            let at = x + glyph.dx * self.scale;
            let down = y - (glyph.dy * self.scale).round();
            let (whole, mask) = masks.glyph(fonts, run.font, glyph.id, run.size * self.scale, at);
            self.blend(mask, whole, down as i32, run.color);
            x += glyph.advance * self.scale;
        }
    }

    fn blend(&mut self, mask: &Mask, x: i32, y: i32, color: Color) {
        let (width, height) = (self.pixmap.width() as i32, self.pixmap.height() as i32);
        let data = self.pixmap.data_mut();
        let (left, top) = (x + mask.left, y + mask.top);
        for (down, row) in mask.shares.chunks_exact(mask.width.max(1)).enumerate() {
            let line = top + down as i32;
            if line < 0 || line >= height {
                continue;
            }
            for (across, share) in row.iter().enumerate() {
                let column = left + across as i32;
                if *share == 0 || column < 0 || column >= width {
                    continue;
                }
                let at = ((line * width + column) * 4) as usize;
                for (part, ink) in data[at..at + 3].iter_mut().zip(color.0) {
                    let mixed = u32::from(*part) * u32::from(255 - share)
                        + u32::from(ink) * u32::from(*share);
                    *part = ((mixed + 127) / 255) as u8;
                }
            }
        }
    }
}
