//! Where blocks become rows: what is counted and remembered from block to block.

use std::{collections::HashMap, ops::Range, rc::Rc};

use super::{
    Font, PageFonts,
    look::{ACCENT, DIM, FOOTNOTE, Frame, Kind, as_text},
    para::{Look, Noted, Para},
    row::{Measure, Row, rows},
    shape::Shaper,
    tags::{Role, Tags},
};
use crate::{
    export::document::{Inline, Run, address},
    model::Color,
};

/// What is remembered from block to block.
pub(super) struct Desk<'f> {
    pub shaper: Shaper<'f>,
    pub tags: Tags,
    pub frame: Frame,
    /// The number of the last footnote.
    footnotes: u32,
    /// The number of the last bar.
    bars: u32,
    /// The number of the last item with an origin.
    items: u32,
    /// The highlights that lie over what comes: those that have begun and not ended.
    pub open: HashMap<u32, Open>,
}

/// A highlight that has begun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Its colour.
    pub color: Color,
    /// Its place among the bars in the margin, from 0; none as long as none of its lines was set.
    pub lane: Option<usize>,
    /// The number of its bar.
    pub bar: u32,
}

/// Text with its manner, and what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub inlines: &'a [Inline],
    pub kind: Kind,
    pub tag: u32,
}

impl<'f> Desk<'f> {
    pub fn new(fonts: &'f PageFonts, frame: Frame) -> Self {
        Self {
            shaper: Shaper::new(fonts),
            tags: Tags::default(),
            frame,
            footnotes: 0,
            bars: 0,
            items: 0,
            open: HashMap::new(),
        }
    }

    /// The number of a new bar.
    pub fn bar(&mut self) -> u32 {
        self.bars += 1;
        self.bars
    }

    /// The number of a new item.
    pub fn item(&mut self) -> u32 {
        self.items += 1;
        self.items
    }

    /// Adds text to a paragraph.
    pub fn write(&mut self, para: &mut Para, words: Words<'_>) {
        let is_mark = |inline: &Inline| matches!(inline, Inline::Footnote(_) | Inline::Gloss(_));
        for (at, inline) in words.inlines.iter().enumerate() {
            if at > 0 && is_mark(inline) && is_mark(&words.inlines[at - 1]) {
                para.glue(",", words.kind.look(words.tag).raised());
            }
            match inline {
                Inline::Run(run) => para.push(&run.text, look(run, words.kind, words.tag)),
                Inline::Break => para.push("\n", words.kind.look(words.tag)),
                Inline::Footnote(text) => self.begin_footnote(para, text, words),
                Inline::Gloss(number) => self.end_gloss(para, *number, words),
            }
        }
    }

    fn begin_footnote(&mut self, para: &mut Para, text: &[Inline], words: Words<'_>) {
        self.footnotes += 1;
        para.notes.push(Noted {
            at: para.text.len(),
            number: self.footnotes,
            text: text.to_vec(),
        });
        let mark = words.kind.look(words.tag).raised();
        para.glue(&self.footnotes.to_string(), mark);
    }

    fn end_gloss(&mut self, para: &mut Para, number: u32, words: Words<'_>) {
        let color = self.open.get(&number).map_or(DIM, |open| open.color);
        let mark = Look {
            font: Font::SansBold,
            color: as_text(color),
            ..words.kind.look(words.tag)
        };
        para.glue(&number.to_string(), mark.raised());
    }

    /// A paragraph of text as rows.
    pub fn text(&mut self, words: Words<'_>, measure: Measure) -> Vec<Row> {
        let mut para = Para::default();
        self.write(&mut para, words);
        self.rows(&para, words.kind, measure)
    }

    /// A paragraph as rows, its footnotes with those in which their marks stand.
    pub fn rows(&mut self, para: &Para, kind: Kind, measure: Measure) -> Vec<Row> {
        let lines = self.lines(para, kind, measure);
        lines.into_iter().map(|(row, _)| row).collect()
    }

    /// The same, with the bytes of the paragraph's text that each row shows.
    pub fn lines(&mut self, para: &Para, kind: Kind, measure: Measure) -> Vec<(Row, Range<usize>)> {
        let open = &self.open;
        let inks = |number: u32| open.get(&number).map(|open| open.color);
        let mut lines = rows(para, kind, measure, &mut self.shaper, &inks);
        for noted in &para.notes {
            let tag = para.looks.iter().find(|(end, _)| *end > noted.at);
            let tag = tag.map_or(0, |(_, look)| look.tag);
            let note = self.footnote(noted, tag);
            let found = lines.iter().position(|(_, bytes)| noted.at < bytes.end);
            let at = found.unwrap_or(lines.len().saturating_sub(1));
            if let Some((row, _)) = lines.get_mut(at) {
                row.notes.push(note);
            }
        }
        lines
    }

    fn footnote(&mut self, noted: &Noted, parent: u32) -> Vec<Row> {
        let tag = self.tags.add(Role::Footnote, parent);
        let mut para = Para::default();
        para.push(&noted.number.to_string(), FOOTNOTE.look(tag).raised());
        para.push(" ", FOOTNOTE.look(tag));
        let words = Words {
            inlines: &noted.text,
            kind: FOOTNOTE,
            tag,
        };
        self.write(&mut para, words);
        // What a footnote notes itself has no place.
        para.notes.clear();
        self.rows(&para, FOOTNOTE, Measure::wide(self.frame.width))
    }
}

/// The look of a run in text of a kind: italics within italics stand upright.
fn look(run: &Run, kind: Kind, tag: u32) -> Look {
    let mut look = kind.look(tag);
    if run.bold {
        look.font = look.font.bold();
    }
    if run.italic {
        look.font = look.font.italic();
    }
    if run.dim {
        look.color = DIM;
    }
    if let Some(url) = run.link.as_deref().and_then(address) {
        look.color = ACCENT;
        look.link = Some(Rc::from(&*url));
    }
    look.marks.clone_from(&run.marks);
    match (run.raised, run.lowered) {
        (true, _) => look.raised(),
        (false, true) => look.lowered(),
        (false, false) => look,
    }
}
