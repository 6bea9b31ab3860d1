//! Text to glyphs: fonts by grapheme, shaping word by word with a memory of the words that were shaped.

use std::{collections::HashMap, rc::Rc};

use harfrust::{Direction, Script, ShapeOptions, ShapePlan, UnicodeBuffer};
use unicode_segmentation::UnicodeSegmentation;

use super::{Font, Glyph, PageFonts};

/// So many words are kept, some 20 MB; then it begins anew.
const MOST_WORDS: usize = 60_000;

/// A word in one font and script: glyphs at size 1.
pub(super) type Word = Rc<[Glyph]>;

/// Shapes text.
pub(super) struct Shaper<'f> {
    fonts: &'f PageFonts,
    words: HashMap<(Font, Box<str>), Word>,
    plans: HashMap<(Font, Option<Script>), ShapePlan>,
    buffer: Option<UnicodeBuffer>,
}

impl<'f> Shaper<'f> {
    pub fn new(fonts: &'f PageFonts) -> Self {
        Self {
            fonts,
            words: HashMap::new(),
            plans: HashMap::new(),
            buffer: None,
        }
    }

    /// Gives away the words of `text`, which is asked for in `wanted`, each with its font and the byte it begins at.
    pub fn shape(&mut self, text: &str, wanted: Font, mut take: impl FnMut(usize, Font, &Word)) {
        for (start, end) in words(text) {
            let word = &text[start..end];
            if word.is_ascii() {
                take(start, wanted, &self.word(word, wanted));
                continue;
            }
            for (from, to, font) in self.runs(word, wanted) {
                take(start + from, font, &self.word(&word[from..to], font));
            }
        }
    }

    /// The width of `text` at size 1.
    pub fn width(&mut self, text: &str, wanted: Font) -> f32 {
        let mut width = 0.0;
        self.shape(text, wanted, |_, _, word| {
            width += word.iter().map(|g| g.advance).sum::<f32>();
        });
        width
    }

    /// Stretches of a word that one font has.
    fn runs(&self, word: &str, wanted: Font) -> Vec<(usize, usize, Font)> {
        let mut runs: Vec<(usize, usize, Font)> = Vec::new();
        for (at, grapheme) in word.grapheme_indices(true) {
            let font = self.fonts.font_for(grapheme, wanted);
            let end = at + grapheme.len();
            match runs.last_mut() {
                Some(last) if last.2 == font => last.1 = end,
                _ => runs.push((at, end, font)),
            }
        }
        runs
    }

    fn word(&mut self, text: &str, font: Font) -> Word {
        let key = (font, Box::from(text));
        if let Some(word) = self.words.get(&key) {
            return Rc::clone(word);
        }
        let word: Word = self.shaped(text, font).into();
        if self.words.len() >= MOST_WORDS {
            self.words.clear();
        }
        self.words.insert(key, Rc::clone(&word));
        word
    }

    fn shaped(&mut self, text: &str, font: Font) -> Vec<Glyph> {
        let face = self.fonts.face(font);
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // No font here has letters that are written from right to left.
        buffer.set_direction(Direction::LeftToRight);
        let script = Some(buffer.script());
        let shaper = face.tables.shaper(&face.shaping).build();
        let plan = self
            .plans
            .entry((font, script))
            .or_insert_with(|| ShapePlan::new(&shaper, Direction::LeftToRight, script, None, &[]));
        let shaped = shaper.shape(buffer, ShapeOptions::new().plan(Some(plan)));
        let infos = shaped.glyph_infos();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(infos.len());
        for (info, place) in infos.iter().zip(shaped.glyph_positions()) {
            glyphs.push(Glyph {
                id: info.glyph_id as u16,
                advance: place.x_advance as f32 / face.em,
                dx: place.x_offset as f32 / face.em,
                dy: place.y_offset as f32 / face.em,
                text: info.cluster..info.cluster,
            });
        }
        let mut end = text.len() as u32;
        for at in (0..glyphs.len()).rev() {
            let start = glyphs[at].text.start;
            glyphs[at].text.end = end;
            if at > 0 && glyphs[at - 1].text.start != start {
                end = start;
            }
        }
        self.buffer = Some(shaped.clear());
        glyphs
    }
}

/// Where words begin and end: white space is a word of its own, since fonts kern nothing with it that would be seen.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let left = text.get(rest..).filter(|left| !left.is_empty())?;
        let is_space = left.starts_with(char::is_whitespace);
        let length = left.find(|c: char| c.is_whitespace() != is_space);
        let start = rest;
        rest += length.unwrap_or(left.len());
        Some((start, rest))
    })
}
