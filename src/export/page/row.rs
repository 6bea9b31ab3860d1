//! Rows: the lines of paragraphs and what goes with them, before they have a place on a page.

use std::{ops::Range, rc::Rc};

use super::{
    Font, Glyph, Glyphs, Line, Link, Rect, Thing,
    breaks::{Widths, lines},
    look::{Kind, as_text, tint},
    para::{Cluster, Look, Para},
    shape::Shaper,
};
use crate::{export::document::Origin, model::Color};

/// Something as wide as a column and some points high, which no page break goes through.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The space before it, unless it is the first on its page.
    pub before: f32,
    /// How high it is.
    pub height: f32,
    /// Whether it has to stand under the row before it.
    pub stick: bool,
    /// Whether the row after it has to stand under it.
    pub keep: bool,
    /// What lies in it; places count from its upper left corner.
    pub things: Vec<Thing>,
    /// Bars beside it, which go on from row to row.
    pub bars: Vec<Bar>,
    /// Footnotes whose marks stand in it, each as rows.
    pub notes: Vec<Vec<Row>>,
    /// Glosses that begin beside it, each as rows.
    pub glosses: Vec<Vec<Row>>,
    /// What it shows.
    pub item: Option<Shown>,
    /// Level and text of the heading that begins with it.
    pub heading: Option<(u8, String)>,
    /// Whether it leaves the right margin to glosses.
    pub narrow: bool,
}

/// What a row shows: the number of the item, and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub item: u32,
    pub origin: Rc<Origin>,
}

/// A coloured bar beside rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    /// Bars of the same number are one.
    pub id: u32,
    /// Its left side.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// Its colour.
    pub color: Color,
}

impl Thing {
    /// The same further to the right and below.
    pub(super) fn moved(mut self, x: f32, y: f32) -> Self {
        let shift = |rect: &mut Rect| {
            rect.x += x;
            rect.y += y;
        };
        match &mut self {
            Self::Glyphs(glyphs) => {
                glyphs.x += x;
                glyphs.y += y;
            }
            Self::Fill(rect, _) => shift(rect),
            Self::Line(line) => {
                line.from = (line.from.0 + x, line.from.1 + y);
                line.to = (line.to.0 + x, line.to.1 + y);
            }
            Self::Link(link) => shift(&mut link.rect),
        }
        self
    }
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// How far it is indented.
    pub indent: f32,
    /// How far its lines but the first are indented beyond that.
    pub hang: f32,
    /// The width from the left side of the column to the right ends of its lines.
    pub width: f32,
}

impl Measure {
    pub fn wide(width: f32) -> Self {
        Self {
            indent: 0.0,
            hang: 0.0,
            width,
        }
    }

    fn widths(&self) -> Widths {
        let first = (self.width - self.indent).max(1.0);
        Widths {
            first,
            rest: (first - self.hang).max(1.0),
        }
    }
}

/// The colour of a gloss.
pub(super) type Inks<'a> = &'a dyn Fn(u32) -> Option<Color>;

/// A paragraph as rows: two of its lines at least on each page. The ranges of its text in them come with them.
pub(super) fn rows(
    para: &Para,
    kind: Kind,
    measure: Measure,
    shaper: &mut Shaper<'_>,
    inks: Inks<'_>,
) -> Vec<(Row, Range<usize>)> {
    let clusters = para.set(shaper);
    let lines = lines(para, &clusters, measure.widths());
    let count = lines.len();
    let mut rows = Vec::with_capacity(count);
    for (at, line) in lines.into_iter().enumerate() {
        let hang = if at == 0 { 0.0 } else { measure.hang };
        let bytes = bytes(para, &clusters, &line);
        let setting = Setting {
            para,
            clusters: &clusters,
            baseline: kind.leading * 0.5 + kind.size * 0.34,
            leading: kind.leading,
            inks,
        };
        let row = Row {
            before: if at == 0 { kind.before } else { 0.0 },
            height: kind.leading,
            stick: at > 0 && (at == 1 || at + 1 == count),
            things: setting.things(line, measure.indent + hang, shaper),
            ..Row::default()
        };
        rows.push((row, bytes));
    }
    rows
}

fn bytes(para: &Para, clusters: &[Cluster], line: &Range<usize>) -> Range<usize> {
    let byte = |at: usize| clusters.get(at).map_or(para.text.len(), |c| c.start);
    byte(line.start)..byte(line.end)
}

/// A line on its way to things.
struct Setting<'a> {
    para: &'a Para,
    clusters: &'a [Cluster],
    baseline: f32,
    leading: f32,
    inks: Inks<'a>,
}

impl Setting<'_> {
    fn things(&self, line: Range<usize>, indent: f32, shaper: &mut Shaper<'_>) -> Vec<Thing> {
        let mut under = Vec::new();
        let mut text = Vec::new();
        let mut over = Vec::new();
        let left = self.clusters.get(line.start).map_or(0.0, |c| c.x) - indent;
        for run in self.runs(&line) {
            let first = &self.clusters[run.start];
            let look = &self.para.looks[first.look].1;
            let x = first.x - left;
            let last = &self.clusters[run.end.min(line.end).max(run.start + 1) - 1];
            let width = last.x + last.glyph.advance - left - x;
            self.marked(look, x, width, &mut under, &mut over);
            let glyphs = self.glyphs(run, x, look);
            if let Some(url) = &look.link {
                over.push(Thing::Link(Link {
                    rect: Rect {
                        x,
                        y: self.baseline - look.size,
                        width,
                        height: look.size * 1.35,
                    },
                    url: url.to_string(),
                    tag: look.tag,
                }));
            }
            text.push(Thing::Glyphs(glyphs));
        }
        self.hyphenated(&line, &mut text, shaper);
        under.extend(text);
        under.extend(over);
        under
    }

    /// Stretches of a line in one look and font; a space goes with it, so that words stay apart when they are copied.
    fn runs(&self, line: &Range<usize>) -> Vec<Range<usize>> {
        let after = self.clusters.get(line.end).is_some_and(|c| c.is_space);
        let end = line.end + usize::from(after);
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in line.start..end {
            let here = &self.clusters[at];
            let same = runs.last().is_some_and(|run| {
                let before = &self.clusters[run.start];
                before.look == here.look && before.font == here.font || at == line.end
            });
            match runs.last_mut() {
                Some(run) if same => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    fn glyphs(&self, run: Range<usize>, x: f32, look: &Look) -> Glyphs {
        let clusters = &self.clusters[run];
        let start = clusters.first().map_or(0, |c| c.start);
        let end = clusters.iter().map(|c| c.end).max().unwrap_or(start);
        let glyph = |cluster: &Cluster| Glyph {
            text: (cluster.start - start) as u32..(cluster.end - start) as u32,
            ..cluster.glyph.clone()
        };
        Glyphs {
            x,
            y: self.baseline - look.raise,
            font: clusters.first().map_or(look.font, |c| c.font),
            size: look.size,
            color: look.color,
            glyphs: clusters.iter().map(glyph).collect(),
            text: self.para.text[start..end].replace('\n', " "),
            tag: look.tag,
        }
    }

    /// A line that ends with a soft hyphen shows it.
    fn hyphenated(&self, line: &Range<usize>, text: &mut [Thing], shaper: &mut Shaper<'_>) {
        let goes_on = self.clusters.get(line.end).is_some_and(|c| !c.is_space);
        let last = self.clusters[line.clone()].last().filter(|_| goes_on);
        let soft = last.filter(|c| self.para.text[..c.end].ends_with('\u{AD}'));
        let (Some(_), Some(Thing::Glyphs(run))) = (soft, text.last_mut()) else {
            return;
        };
        let wanted: Font = run.font;
        let mut hyphen = None;
        shaper.shape("-", wanted, |_, font, word| {
            hyphen = word.first().filter(|_| font == wanted).cloned();
        });
        let shown = run.glyphs.iter_mut().rfind(|g| g.advance == 0.0);
        if let (Some(hyphen), Some(shown)) = (hyphen, shown) {
            shown.id = hyphen.id;
            shown.advance = hyphen.advance * run.size;
        }
    }

    /// The tint of the first highlight over a run, and lines under it for the others.
    fn marked(
        &self,
        look: &Look,
        x: f32,
        width: f32,
        under: &mut Vec<Thing>,
        over: &mut Vec<Thing>,
    ) {
        let mut inks = look.marks.iter().filter_map(|number| (self.inks)(*number));
        let Some(first) = inks.next() else { return };
        let rect = Rect {
            x,
            y: 0.8,
            width,
            height: self.leading - 1.6,
        };
        let color = tint(first);
        match under.last_mut() {
            Some(Thing::Fill(before, its)) if *its == color && rect.x - before.right() < 0.1 => {
                before.width = rect.right() - before.x;
            }
            _ => under.push(Thing::Fill(rect, color)),
        }
        for (at, ink) in inks.enumerate().take(3) {
            let y = self.baseline + 2.4 + at as f32 * 1.5;
            over.push(Thing::Line(Line {
                from: (x, y),
                to: (x + width, y),
                width: 1.0,
                color: as_text(ink),
            }));
        }
    }
}

/// Text in one line, as things: its left end at `x`, its baseline at `y`.
pub(super) fn line(
    text: &str,
    look: Look,
    x: f32,
    y: f32,
    shaper: &mut Shaper<'_>,
) -> (Vec<Thing>, f32) {
    let para = Para::of(text, look);
    let clusters = para.set(shaper);
    let setting = Setting {
        para: &para,
        clusters: &clusters,
        baseline: 0.0,
        leading: 0.0,
        inks: &|_| None,
    };
    let things = setting.things(0..clusters.len(), 0.0, shaper);
    let width = clusters.last().map_or(0.0, |c| c.x + c.glyph.advance);
    (things.into_iter().map(|t| t.moved(x, y)).collect(), width)
}
