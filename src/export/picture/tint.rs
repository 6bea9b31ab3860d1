//! The colours of pictures.

use crate::model::Color;

const WHITE: Color = Color([0xFF, 0xFF, 0xFF]);
const BLACK: Color = Color([0, 0, 0]);

/// The colours that a picture is drawn in: the app's, but on white for print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::export) struct Tint {
    /// What it is drawn on.
    pub ground: Color,
    /// Text.
    pub ink: Color,
    /// Less important text, at least 4.5:1 on the ground.
    pub dim: Color,
    /// Thin lines.
    pub line: Color,
    /// The empty part of strips and bars.
    pub faint: Color,
    /// Bars that belong to no label.
    pub accent: Color,
    /// Bars of what is the other way round.
    pub other: Color,
    dark: bool,
}

impl Tint {
    pub fn of(dark: bool) -> Self {
        match dark {
            false => Self {
                ground: WHITE,
                ink: Color([0x1F, 0x1D, 0x1A]),
                dim: Color([0x62, 0x5E, 0x57]),
                line: Color([0xDD, 0xD9, 0xD0]),
                faint: Color([0xF1, 0xEF, 0xEA]),
                accent: Color([0x2F, 0x6D, 0xB5]),
                other: Color([0xB0, 0x60, 0x10]),
                dark,
            },
            true => Self {
                ground: Color([0x1B, 0x1C, 0x1F]),
                ink: Color([0xE7, 0xE4, 0xDE]),
                dim: Color([0xA6, 0xA2, 0x99]),
                line: Color([0x3C, 0x3E, 0x44]),
                faint: Color([0x2A, 0x2B, 0x30]),
                accent: Color([0x6C, 0xA3, 0xE3]),
                other: Color([0xDB, 0x94, 0x4B]),
                dark,
            },
        }
    }

    /// The same on another ground.
    pub fn on_ground(self, ground: Color) -> Self {
        Self { ground, ..self }
    }

    /// A colour as the fill of a cell whose value is a share (0 to 1) of the highest.
    pub fn filled(&self, color: Color, share: f32) -> Color {
        self.ground
            .towards(self.mark(color), 0.20 + 0.68 * share.clamp(0.0, 1.0))
    }

    /// A colour for bars and marks.
    pub fn mark(&self, color: Color) -> Color {
        match self.dark {
            true => color.towards(WHITE, 0.2),
            false => color,
        }
    }

    /// Text on a fill: what stands out best, at least 4.5:1.
    pub fn on(&self, fill: Color) -> Color {
        [self.ink, self.ground, WHITE, BLACK]
            .into_iter()
            .find(|c| c.contrast(fill) >= 4.5)
            .unwrap_or(BLACK)
    }

    /// A colour as text on the ground, at least 4.5:1.
    pub fn text(&self, color: Color) -> Color {
        (0..=10)
            .map(|step| color.towards(self.ink, step as f32 / 10.0))
            .find(|c| c.contrast(self.ground) >= 4.5)
            .unwrap_or(self.ink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PALETTE;

    #[test]
    fn text_stands_out_from_every_fill() {
        let odd = [WHITE, BLACK, Color([0x80; 3]), Color([0xFF, 0xE0, 0])];
        for tint in [Tint::of(false), Tint::of(true)] {
            assert!(tint.dim.contrast(tint.ground) >= 4.5);
            for color in PALETTE.into_iter().chain(odd) {
                assert!(tint.text(color).contrast(tint.ground) >= 4.5);
                for step in 0..=20 {
                    let fill = tint.filled(color, step as f32 / 20.0);
                    assert!(tint.on(fill).contrast(fill) >= 4.5, "{color} {fill}");
                }
            }
        }
    }

    #[test]
    fn more_is_darker_in_grey_too() {
        let tint = Tint::of(false);
        for color in PALETTE {
            let grey = |step: i32| tint.filled(color, step as f32 / 5.0).luminance();
            assert!((1..=5).all(|step| grey(step) < grey(step - 1)), "{color}");
        }
    }
}
