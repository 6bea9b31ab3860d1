//! What all drawings share: margins, the title above, the legend and the caption below.

use super::{Anchor, Area, Face, Fonts, Look, Picture, PictureError, Shape, Words, tint::Tint};
use crate::model::Color;

/// The space round a picture.
pub(super) const MARGIN: f32 = 10.0;
/// No picture is narrower than this (56 mm).
const NARROWEST: f32 = 160.0;
/// The size of names.
pub(super) const TEXT: f32 = 9.0;
/// The size of captions.
pub(super) const SMALL: f32 = 8.0;
/// The distance of lines, by the size of the font.
pub(super) const LEADING: f32 = 1.25;
/// The height of a capital letter, by the size of the font: what is centred stands half of it below the middle.
pub(super) const CAPITAL: f32 = 0.727;

/// A picture that is being drawn, from its top down.
pub(super) struct Canvas<'a> {
    pub fonts: &'a Fonts,
    pub tint: Tint,
    pub look: &'a Look,
    /// Where what comes next begins.
    pub y: f32,
    shapes: Vec<Shape>,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Set {
    pub size: f32,
    pub face: Face,
    pub color: Color,
    pub anchor: Anchor,
    pub turn: f32,
}

impl<'a> Canvas<'a> {
    /// Begins a picture with its title.
    pub fn new(look: &'a Look, fonts: &'a Fonts) -> Self {
        let mut canvas = Self {
            fonts,
            tint: Tint::of(look.dark),
            look,
            y: MARGIN,
            shapes: Vec::new(),
        };
        let ink = canvas.set(12.0, Face::Bold);
        let title = fonts.wrapped(look.title.trim(), ink.face, ink.size, canvas.room(), 3);
        if !title.is_empty() {
            canvas.paragraph(MARGIN, &title, ink);
            canvas.y += 8.0;
        }
        canvas
    }

    /// How wide what stands between the margins may be.
    pub fn room(&self) -> f32 {
        (self.look.width - 2.0 * MARGIN).max(0.0)
    }

    /// Text in ink from its beginning.
    pub fn set(&self, size: f32, face: Face) -> Set {
        Set {
            size,
            face,
            color: self.tint.ink,
            anchor: Anchor::Start,
            turn: 0.0,
        }
    }

    /// Small text in a weaker colour.
    pub fn small(&self) -> Set {
        Set {
            color: self.tint.dim,
            ..self.set(SMALL, Face::Sans)
        }
    }

    pub fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    pub fn tile(&mut self, area: Area, radius: f32, fill: Option<Color>, line: Option<Color>) {
        let radius = radius.min(area.width / 2.0).min(area.height / 2.0);
        self.shapes.push(Shape::Tile {
            area,
            radius,
            fill,
            line: line.map(|color| (color, 0.75)),
        });
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), color: Color, width: f32) {
        self.shapes.push(Shape::Line {
            from,
            to,
            color,
            width,
        });
    }

    /// A line of text with its baseline at `at`.
    pub fn words(&mut self, at: (f32, f32), text: impl Into<String>, set: Set) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        self.shapes.push(Shape::Words(Words {
            at,
            text,
            size: set.size,
            face: set.face,
            color: set.color,
            anchor: set.anchor,
            turn: set.turn,
        }));
    }

    /// A line of text whose capitals are centred on the height `y`.
    pub fn centred(&mut self, x: f32, y: f32, text: impl Into<String>, set: Set) {
        self.words((x, y + set.size * CAPITAL / 2.0), text, set);
    }

    /// Lines of text centred together on the height `y`.
    pub fn block(&mut self, x: f32, y: f32, lines: &[String], set: Set) {
        let leading = set.size * LEADING;
        let first = y - (lines.len() as f32 - 1.0) * leading / 2.0;
        for (i, line) in lines.iter().enumerate() {
            self.centred(x, first + i as f32 * leading, line, set);
        }
    }

    /// Lines of text from where the picture has come to, which moves on below them.
    pub fn paragraph(&mut self, x: f32, lines: &[String], set: Set) {
        for line in lines {
            self.words((x, self.y + set.size * 0.95), line, set);
            self.y += set.size * LEADING;
        }
    }

    /// Ends a picture with what is to be said of it.
    ///
    /// # Errors
    /// [`PictureError::TooNarrow`] when it is narrower than a picture can be.
    pub fn finish(mut self, caption: &str) -> Result<Picture, PictureError> {
        let needed = NARROWEST;
        // So that a width that is no number fails as well.
        if !(self.look.width >= needed && self.look.width.is_finite()) {
            return Err(PictureError::TooNarrow {
                what: "letters",
                needed,
            });
        }
        let small = self.small();
        let caption = self
            .fonts
            .wrapped(caption, small.face, small.size, self.room(), 6);
        if !caption.is_empty() && self.look.legend {
            self.y += 6.0;
            self.paragraph(MARGIN, &caption, small);
        }
        Ok(Picture {
            title: self.look.title.clone(),
            width: self.look.width,
            height: (self.y + MARGIN).ceil(),
            ground: self.tint.ground,
            shapes: self.shapes,
        })
    }
}
