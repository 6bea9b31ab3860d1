//! Labels' colours on light and dark paper.

use std::collections::HashMap;

use crate::{export::picture::Tint, model::Color};

/// What the page is read on, light and dark; as in `page.css`.
const PAPERS: [Color; 2] = [Color([0xFB, 0xFA, 0xF7]), Color([0x1B, 0x1C, 0x1F])];

/// How much of a colour a mark has at most, on light and dark paper.
const SHARES: [f32; 2] = [0.20, 0.36];

/// Colours as they are written, each worked out once.
#[derive(Default)]
pub(super) struct Colors(HashMap<Color, [String; 2]>);

impl Colors {
    /// A colour as properties that `page.css` knows: `--l` and `--d` for text and bars on light and dark paper (4.5:1 at least),
    /// `--s` and `--z` behind text.
    pub fn properties(&mut self, color: Color) -> &str {
        &self.written(color)[0]
    }

    /// A second colour as properties: `--m` and `--n`, for underlines on light and dark paper.
    pub fn second(&mut self, color: Color) -> &str {
        &self.written(color)[1]
    }

    fn written(&mut self, color: Color) -> &[String; 2] {
        self.0.entry(color).or_insert_with(|| {
            let [light, dark] = texts(color);
            let [soft, deep] = grounds(color);
            [
                format!("--l:{light};--d:{dark};--s:{soft};--z:{deep}"),
                format!("--m:{light};--n:{dark}"),
            ]
        })
    }
}

fn tints() -> [Tint; 2] {
    [false, true].map(|dark| Tint::of(dark).on_ground(PAPERS[usize::from(dark)]))
}

/// A colour as text on light and dark paper.
fn texts(color: Color) -> [Color; 2] {
    tints().map(|tint| tint.text(color))
}

/// A colour behind text, light and dark: as much of it as leaves the text 4.5:1.
fn grounds(color: Color) -> [Color; 2] {
    [0, 1].map(|i| {
        let tint = tints()[i];
        (0..=8)
            .map(|step| {
                tint.ground
                    .towards(color, SHARES[i] * (8 - step) as f32 / 8.0)
            })
            .find(|ground| tint.ink.contrast(*ground) >= 4.5)
            .unwrap_or(tint.ground)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PALETTE;

    #[test]
    fn text_stands_out_on_paper_and_on_marks() {
        let odd = [[0xFF; 3], [0; 3], [0x80; 3], [0xFF, 0xE0, 0], [0, 0, 0xFF]].map(Color);
        for color in PALETTE.into_iter().chain(odd) {
            for i in [0, 1] {
                let tint = tints()[i];
                assert!(texts(color)[i].contrast(PAPERS[i]) >= 4.5, "{color}");
                assert!(tint.ink.contrast(grounds(color)[i]) >= 4.5, "{color}");
                assert!(tint.dim.contrast(PAPERS[i]) >= 4.5);
            }
        }
    }

    #[test]
    fn the_papers_are_those_of_the_style_sheet() {
        let sheet = include_str!("page.css");
        let vars: Vec<&str> = sheet.split("--paper:").skip(1).collect();
        for (i, paper) in PAPERS.iter().enumerate() {
            assert!(vars[i].starts_with(&paper.to_string()));
            let ink = format!("--ink:{}", tints()[i].ink);
            assert!(vars[i].contains(&ink), "{ink}");
        }
    }
}
