//! The words of a reading as they are set there.

use crate::{
    export::document::{Inline, Inlines, Run},
    model::{Emphasis, Reading, Script},
    text::{Span, runs_up_to},
};

/// A passage of one paragraph that a gloss is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    /// The gloss's number.
    pub number: u32,
    /// The passage, in bytes of the reading's text.
    pub span: Span,
    /// Whether the highlight ends with it.
    pub ends: bool,
}

/// How many glosses a run names at most: more can't be told apart, and a text of one line with a hundred thousand highlights
/// stays small.
pub(super) const MOST_MARKS: usize = 16;

/// The words of `span` with their emphasis. Line ends within it stay what they are.
pub(in crate::export) fn words(reading: &Reading, span: Span) -> Inlines {
    let mut out = Vec::new();
    push(&mut out, reading, span, &[]);
    out
}

/// As [`words`], with what is marked (in text order) and where highlights end. Those that end at one place do so by their numbers.
pub(super) fn marked_words(reading: &Reading, span: Span, marked: &[Marked]) -> Inlines {
    let spans: Vec<Span> = marked.iter().map(|m| m.span).collect();
    let mut ends: Vec<(u32, u32)> = marked
        .iter()
        .filter(|m| m.ends)
        .map(|m| (m.span.end, m.number))
        .collect();
    ends.sort_unstable();
    let mut sheet = Sheet {
        reading,
        out: Vec::new(),
        ends: ends.into_iter().peekable(),
    };
    let mut at = span.start;
    for run in runs_up_to(&spans, span, MOST_MARKS) {
        sheet.write(Span::new(at, run.span.start), &[]);
        let numbers: Vec<u32> = run.covers.iter().map(|&i| marked[i].number).collect();
        sheet.write(run.span, &numbers);
        at = run.span.end;
    }
    sheet.write(Span::new(at, span.end), &[]);
    sheet.close(u32::MAX);
    sheet.out
}

struct Sheet<'a, I: Iterator<Item = (u32, u32)>> {
    reading: &'a Reading,
    out: Inlines,
    ends: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = (u32, u32)>> Sheet<'_, I> {
    /// Writes a stretch over which the same highlights lie; highlights end only where one ends.
    fn write(&mut self, span: Span, marks: &[u32]) {
        push(&mut self.out, self.reading, span, marks);
        self.close(span.end);
    }

    fn close(&mut self, until: u32) {
        while let Some((_, number)) = self.ends.next_if(|(end, _)| *end <= until) {
            self.out.push(Inline::Gloss(number));
        }
    }
}

fn push(out: &mut Inlines, reading: &Reading, span: Span, marks: &[u32]) {
    let mut at = span.start;
    for emphasis in reading.structure.emphasis_in(span) {
        let here = emphasis.span.intersect(span);
        run(out, reading, Span::new(at, here.start), None, marks);
        run(out, reading, here, Some(emphasis), marks);
        at = here.end;
    }
    run(out, reading, Span::new(at, span.end), None, marks);
}

fn run(
    out: &mut Inlines,
    reading: &Reading,
    span: Span,
    emphasis: Option<&Emphasis>,
    marks: &[u32],
) {
    if span.is_empty() {
        return;
    }
    let style = emphasis.map(|e| e.style).unwrap_or_default();
    out.push(Inline::Run(Run {
        italic: style.italic,
        bold: style.bold,
        raised: style.script == Script::Raised,
        lowered: style.script == Script::Lowered,
        marks: marks.to_vec(),
        ..Run::new(reading.text.slice(span))
    }));
}
