//! Paragraphs of annotated readings: numbers in the left margin, highlights in the text, glosses in the right margin.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Font, Thing,
    desk::{Desk, Open, Words},
    look::{DIM, GLOSS, Kind, NEUTRAL, NUMBER, PASSAGE, PASSAGE_NOTE, as_text, heading},
    para::{Look, Para},
    row::{Bar, Measure, Row, line},
    tags::Role,
};
use crate::{
    export::document::{Gloss, Inline, Passage},
    model::BlockKind,
};

/// The share of the frame's width that the text has.
const SHARE: f32 = 0.665;
/// Between the text and the first bar.
const GAP: f32 = 9.0;
/// From bar to bar.
const LANE: f32 = 4.0;
/// How wide a bar is.
const BAR: f32 = 2.2;
/// How many bars stand side by side.
const LANES: usize = 4;
/// How far the glosses reach into the right margin.
const REACH: f32 = 34.0;
/// How far lists and quotes are indented, level by level.
const STEP: f32 = 14.0;
/// Between the numbers in the left margin and the text.
const OUTSIDE: f32 = 10.0;

impl Desk<'_> {
    /// How wide the text of annotated readings is.
    fn text_width(&self) -> f32 {
        self.frame.width * SHARE
    }

    /// Where glosses begin, from the left side of the text, and how wide they are.
    pub fn gloss_column(&self) -> (f32, f32) {
        let x = self.text_width() + GAP + LANES as f32 * LANE + 4.0;
        (x, self.frame.width + REACH - x)
    }

    /// A paragraph of a reading as rows.
    pub fn passage(&mut self, passage: &Passage) -> Vec<Row> {
        for gloss in &passage.glosses {
            self.begin(gloss);
        }
        let (role, kind, indent) = manner(passage);
        let tag = self.tags.add(role, 0);
        let mut para = Para::default();
        let words = Words {
            inlines: &passage.text,
            kind,
            tag,
        };
        self.write(&mut para, words);
        let measure = Measure {
            indent,
            ..Measure::wide(self.text_width())
        };
        let lines = self.lines(&para, kind, measure);
        let mut rows = self.beside(lines, &para, passage, tag);
        if let Some(first) = rows.first_mut() {
            self.numbered(first, passage, kind);
        }
        for row in &mut rows {
            row.narrow = true;
            row.keep = passage.heading.is_some();
        }
        for inline in &passage.text {
            if let Inline::Gloss(number) = inline {
                self.open.remove(number);
            }
        }
        rows
    }

    /// A highlight begins.
    fn begin(&mut self, gloss: &Gloss) {
        let color = gloss.labels.first().map_or(NEUTRAL, |(_, color)| *color);
        let bar = self.bar();
        let open = Open {
            color,
            bar,
            lane: None,
        };
        self.open.insert(gloss.number, open);
    }

    /// Bars beside the lines of highlights, and glosses beside those in which they begin.
    fn beside(
        &mut self,
        lines: Vec<(Row, Range<usize>)>,
        para: &Para,
        passage: &Passage,
        tag: u32,
    ) -> Vec<Row> {
        let marked: Vec<Vec<u32>> = lines.iter().map(|(_, bytes)| marks(para, bytes)).collect();
        let mut over: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (at, numbers) in marked.iter().enumerate() {
            for number in numbers {
                over.entry(*number).or_insert((at, at)).1 = at;
            }
        }
        self.lanes(&over);
        let x = self.text_width() + GAP;
        let bar = |number: &u32| {
            let open = self.open.get(number)?;
            Some(Bar {
                id: open.bar,
                x: x + open.lane.unwrap_or_default().min(LANES - 1) as f32 * LANE,
                width: BAR,
                color: open.color,
            })
        };
        let mut rows: Vec<Row> = lines.into_iter().map(|(row, _)| row).collect();
        for (row, numbers) in rows.iter_mut().zip(&marked) {
            row.bars = numbers.iter().filter_map(bar).collect();
        }
        for gloss in &passage.glosses {
            let at = over.get(&gloss.number).map_or(0, |(first, _)| *first);
            let beside = self.gloss(gloss, tag);
            if let Some(row) = rows.get_mut(at) {
                row.glosses.push(beside);
            }
        }
        rows
    }

    /// Gives each highlight that begins the first place among the bars that no other has beside the same lines: `over` says the
    /// first and the last line that each lies over.
    fn lanes(&mut self, over: &BTreeMap<u32, (usize, usize)>) {
        for (number, (first, last)) in over {
            if self.open.get(number).is_none_or(|open| open.lane.is_some()) {
                continue;
            }
            let beside = over.iter().filter(|(_, (f, l))| f <= last && first <= l);
            let taken: Vec<usize> = beside
                .filter_map(|(other, _)| self.open.get(other)?.lane)
                .collect();
            let free = (0..).find(|lane| !taken.contains(lane));
            if let Some(open) = self.open.get_mut(number) {
                open.lane = free;
            }
        }
    }

    /// A gloss as rows: number, labels, stance and coder; then the note.
    fn gloss(&mut self, gloss: &Gloss, parent: u32) -> Vec<Row> {
        let tag = self.tags.add(Role::Gloss, parent);
        let measure = Measure::wide(self.gloss_column().1);
        let plain = GLOSS.look(tag);
        let bold = Look {
            font: Font::SansBold,
            ..plain.clone()
        };
        let mut para = Para::default();
        let color = gloss.labels.first().map_or(DIM, |(_, color)| *color);
        let number = Look {
            color: as_text(color),
            ..bold.clone()
        };
        para.push(&format!("{} ", gloss.number), number);
        for (at, (name, color)) in gloss.labels.iter().enumerate() {
            if at > 0 {
                para.push(", ", plain.clone());
            }
            let look = Look {
                color: as_text(*color),
                ..bold.clone()
            };
            para.push(name, look);
        }
        let dim = Look {
            color: DIM,
            ..plain.clone()
        };
        let stance = gloss.stance.map(|stance| stance.word().to_owned());
        let coder = (!gloss.coder.is_empty()).then(|| gloss.coder.clone());
        for said in stance.into_iter().chain(coder) {
            para.push(" · ", dim.clone());
            para.push(&said, dim.clone());
        }
        let mut rows = self.rows(&para, GLOSS, measure);
        for note in gloss.note.lines().filter(|note| !note.trim().is_empty()) {
            let para = Para::of(note, plain.clone());
            rows.extend(self.rows(&para, GLOSS.after(1.0), measure));
        }
        rows
    }

    /// The number of the paragraph in the left margin, and the page that begins in it.
    fn numbered(&mut self, row: &mut Row, passage: &Passage, kind: Kind) {
        let baseline = kind.leading * 0.5 + kind.size * 0.34;
        let page = passage.page.as_ref().map(|page| format!("p. {page}"));
        let all = [Some(format!("¶{}", passage.number)), page];
        let mut y = baseline;
        let mut margin: Vec<Thing> = Vec::new();
        for text in all.into_iter().flatten() {
            let look = NUMBER.look(0);
            let (things, width) = line(&text, look, 0.0, y, &mut self.shaper);
            let things = things.into_iter();
            margin.extend(things.map(|t| t.moved(-OUTSIDE - width, 0.0)));
            y += NUMBER.leading;
        }
        row.things.splice(0..0, margin);
    }
}

/// What a paragraph is, what it looks like, and how far it is indented.
fn manner(passage: &Passage) -> (Role, Kind, f32) {
    if let Some(level) = passage.heading {
        let level = level.max(1);
        return (Role::Heading(level + 1), heading(level + 2), 0.0);
    }
    let (kind, steps) = match passage.kind {
        Some(BlockKind::Item(depth)) => (PASSAGE.after(3.0), depth.min(6)),
        Some(BlockKind::Quote) => (PASSAGE, 1),
        Some(BlockKind::Row | BlockKind::Code) => (PASSAGE.after(2.0), 0),
        Some(BlockKind::Note) => (PASSAGE_NOTE, 0),
        None => (PASSAGE, 0),
    };
    (Role::Paragraph, kind, f32::from(steps) * STEP)
}

/// The glosses of the highlights over a stretch of a paragraph, in the order in which they begin.
fn marks(para: &Para, bytes: &Range<usize>) -> Vec<u32> {
    let mut start = 0;
    let mut all: Vec<u32> = Vec::new();
    for (end, look) in &para.looks {
        if start < bytes.end && *end > bytes.start {
            all.extend(&look.marks);
        }
        start = *end;
    }
    all.sort_unstable();
    all.dedup();
    all
}
