//! Paragraphs: text with looks, before it is broken into lines.

use std::rc::Rc;

use super::{Font, Glyph, shape::Shaper};
use crate::{export::document::Inlines, model::Color};

/// How a stretch of text looks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// Its font.
    pub font: Font,
    /// Its size in points.
    pub size: f32,
    /// Its colour.
    pub color: Color,
    /// How many points it is raised.
    pub raise: f32,
    /// How many points stand between its letters.
    pub tracking: f32,
    /// What it leads to.
    pub link: Option<Rc<str>>,
    /// The glosses of the highlights over it.
    pub marks: Vec<u32>,
    /// Its tag.
    pub tag: u32,
}

impl Look {
    /// Plain text.
    pub fn new(font: Font, size: f32, color: Color, tag: u32) -> Self {
        Self {
            font,
            size,
            color,
            raise: 0.0,
            tracking: 0.0,
            link: None,
            marks: Vec::new(),
            tag,
        }
    }

    /// The same, small and raised.
    pub fn raised(self) -> Self {
        self.shifted(0.34)
    }

    /// The same, small and lowered.
    pub fn lowered(self) -> Self {
        self.shifted(-0.16)
    }

    fn shifted(mut self, share: f32) -> Self {
        self.raise = self.size * share;
        self.size *= 0.64;
        self
    }
}

/// A footnote whose mark stands at a byte of the text.
pub(super) struct Noted {
    /// The byte.
    pub at: usize,
    /// Its number.
    pub number: u32,
    /// What it says.
    pub text: Inlines,
}

/// A paragraph.
#[derive(Default)]
pub(super) struct Para {
    /// Its text; line breaks within it are `\n`.
    pub text: String,
    /// Where looks end, and the looks.
    pub looks: Vec<(usize, Look)>,
    /// Its footnotes, in order.
    pub notes: Vec<Noted>,
    /// Bytes before which no line begins.
    pub glued: Vec<usize>,
}

impl Para {
    /// A paragraph in one look.
    pub fn of(text: &str, look: Look) -> Self {
        let mut para = Self::default();
        para.push(text, look);
        para
    }

    /// Adds text. Control characters are left out; those that are white space are spaces, tabs wide ones.
    pub fn push(&mut self, text: &str, look: Look) {
        for c in text.chars() {
            match c {
                '\n' | '\u{2028}' | '\u{2029}' => self.text.push('\n'),
                // A space to those who copy it.
                '\u{A0}' => {
                    self.text.push(' ');
                    self.glued.push(self.text.len());
                }
                '\t' => self.text.push('\u{2003}'),
                c if c.is_control() && c.is_whitespace() => self.text.push(' '),
                c if c.is_control() => {}
                c => self.text.push(c),
            }
        }
        let end = self.text.len();
        match self.looks.last_mut() {
            Some((before, last)) if *last == look || *before == end => *before = end,
            _ if end > 0 => self.looks.push((end, look)),
            _ => {}
        }
    }

    /// The same; its words stay on one line.
    pub fn push_whole(&mut self, text: &str, look: Look) {
        let start = self.text.len();
        self.push(text, look);
        let words = self.text[start..].match_indices(|c: char| !c.is_alphanumeric());
        let ends = words.map(|(at, c)| start + at + c.len());
        self.glued.extend(ends.filter(|end| *end < self.text.len()));
    }

    /// The same as [`Self::push`], without a line break before it.
    pub fn glue(&mut self, text: &str, look: Look) {
        self.glued.push(self.text.len());
        self.push(text, look);
    }

    /// Its text in glyphs.
    pub fn set(&self, shaper: &mut Shaper<'_>) -> Vec<Cluster> {
        let shown = self.text.replace('\n', " ");
        let mut clusters = Vec::with_capacity(shown.len());
        let mut start = 0;
        let mut x = 0.0;
        for (at, (end, look)) in self.looks.iter().enumerate() {
            shaper.shape(&shown[start..*end], look.font, |from, font, word| {
                for glyph in word.iter() {
                    let advance = glyph.advance * look.size + look.tracking;
                    let byte = |at: u32| start + from + at as usize;
                    let text = byte(glyph.text.start)..byte(glyph.text.end);
                    clusters.push(Cluster {
                        look: at,
                        font,
                        is_space: shown[text.clone()].chars().all(char::is_whitespace),
                        start: text.start,
                        end: text.end,
                        x,
                        glyph: Glyph {
                            advance,
                            dx: glyph.dx * look.size,
                            dy: glyph.dy * look.size,
                            ..glyph.clone()
                        },
                    });
                    x += advance;
                }
            });
            start = *end;
        }
        clusters
    }
}

/// A glyph of a paragraph.
pub(super) struct Cluster {
    /// Which of the paragraph's looks it has.
    pub look: usize,
    /// The font that has it.
    pub font: Font,
    /// The glyph in points.
    pub glyph: Glyph,
    /// The byte of the paragraph's text at which what it shows begins.
    pub start: usize,
    /// And ends.
    pub end: usize,
    /// Where it would stand if the paragraph were one line.
    pub x: f32,
    /// Whether it is white space.
    pub is_space: bool,
}
