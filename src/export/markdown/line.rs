//! A line of a document as Markdown: text escaped, with emphasis, links and footnote references between.

use std::fmt::Write as _;

use super::{
    escape::Line,
    link,
    marks::{Mark, Styled, emphasis, marks},
};
use crate::{
    export::document::{Inline, Inlines, Run},
    text::Span,
};

/// Text with what is to be written between its characters. What is escaped depends on the whole line, so pieces with markup between
/// them are as safe as the line.
#[derive(Debug, Default)]
struct Flow<'a> {
    text: String,
    styled: Vec<Styled>,
    /// How many highlights lie over stretches of the text, in text order.
    depths: Vec<(Span, usize)>,
    links: Vec<(Span, &'a str)>,
    notes: Vec<(u32, Noted<'a>)>,
}

/// What a footnote of Markdown is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Noted<'a> {
    /// A footnote of the document.
    Footnote(&'a Inlines),
    /// The gloss with this number, whose highlight ends here.
    Gloss(u32),
}

impl<'a> Flow<'a> {
    fn push(&mut self, run: &'a Run) {
        let start = self.text.len() as u32;
        self.text.push_str(&run.text);
        let span = Span::new(start, self.text.len() as u32);
        match &run.link {
            Some(url) => self.links.push((span, url)),
            None if run.bold || run.italic => self.styled.push(Styled {
                span,
                bold: run.bold,
                italic: run.italic,
            }),
            None => {}
        }
        self.depths.push((span, run.marks.len()));
    }

    fn note(&mut self, noted: Noted<'a>) {
        self.notes.push((self.text.len() as u32, noted));
    }

    /// Leaves out the white space at its start.
    fn trimmed(mut self) -> Self {
        let cut = (self.text.len() - self.text.trim_start().len()) as u32;
        if cut > 0 {
            self.text.drain(..cut as usize);
            let left = |at: u32| at.saturating_sub(cut);
            for (span, _) in &mut self.depths {
                *span = Span::new(left(span.start), left(span.end));
            }
            for (at, _) in &mut self.notes {
                *at = left(*at);
            }
        }
        self
    }

    fn write(
        &self,
        mut marks: Vec<(u32, Mark)>,
        begins: bool,
        number: &mut dyn FnMut(Noted<'a>) -> usize,
        out: &mut String,
    ) {
        let notes = self.notes.iter();
        marks.extend(notes.map(|&(at, noted)| (at, Mark::Footnote(number(noted)))));
        marks.sort();
        let line = match begins {
            true => Line::beginning(&self.text),
            false => Line::within(&self.text),
        };
        let mut from = 0;
        let mut after_note = false;
        for (at, mark) in marks {
            self.write_text(line, from..at, &mut after_note, out);
            from = at;
            match mark {
                Mark::CloseItalic | Mark::OpenItalic => out.push('*'),
                Mark::CloseBold | Mark::OpenBold => out.push_str("**"),
                Mark::Footnote(n) => {
                    reference(n, out);
                    after_note = true;
                }
            }
        }
        let end = self.text.len() as u32;
        self.write_text(line, from..end, &mut after_note, out);
    }

    fn write_text(
        &self,
        line: Line<'_>,
        range: std::ops::Range<u32>,
        after_note: &mut bool,
        out: &mut String,
    ) {
        if range.is_empty() {
            return;
        }
        // `[^1](…)` would be a link to a viewer that knows no footnotes.
        if std::mem::take(after_note) && self.text.as_bytes()[range.start as usize] == b'(' {
            out.push('\\');
        }
        let mut from = range.start;
        let first = self.links.partition_point(|(l, _)| l.end <= range.start);
        for (place, url) in self.links.iter().skip(first) {
            if place.start >= range.end {
                break;
            }
            line.write(from as usize..place.start as usize, out);
            anchor(place.of(&self.text), url, out);
            from = place.end;
        }
        line.write(from as usize..range.end as usize, out);
    }
}

/// Writes a reference to a footnote.
fn reference(number: usize, out: &mut String) {
    if out.ends_with('!') && !out.ends_with("\\!") {
        // `![` would begin a picture.
        out.insert(out.len() - 1, '\\');
    }
    let _ = write!(out, "[^{number}]");
}

/// Writes a link: the address alone when it is what is shown.
fn anchor(text: &str, url: &str, out: &mut String) {
    let address = link(url);
    match text.trim() == url.trim() || !address.starts_with('<') {
        true => out.push_str(&address),
        false => {
            let _ = write!(out, "[{}]({address})", super::escape(text));
        }
    }
}

/// Writes a line of a document. `begins` when a line of Markdown begins with it; `next` is written where it breaks; `number` gives
/// footnotes their numbers.
pub(super) fn write<'a>(
    line: &'a [Inline],
    begins: bool,
    next: &str,
    number: &mut dyn FnMut(Noted<'a>) -> usize,
    out: &mut String,
) {
    for (i, flow) in flows(line).into_iter().enumerate() {
        if i > 0 {
            out.push_str("  \n");
            out.push_str(next);
        }
        let marks = emphasis(&flow.text, &flow.styled);
        flow.write(marks, begins || i > 0, number, out);
    }
}

/// Writes a paragraph of an annotated reading: **bold** where a highlight lies, ***bold italic*** where several do. Its own emphasis
/// is left out, or nobody could tell it from a mark.
pub(super) fn write_passage<'a>(
    line: &'a [Inline],
    begins: bool,
    number: &mut dyn FnMut(Noted<'a>) -> usize,
    out: &mut String,
) {
    for flow in flows(line) {
        let flow = flow.trimmed();
        let over = |least: usize| {
            let deep = flow.depths.iter().filter(move |(_, n)| *n >= least);
            joined(deep.map(|(span, _)| *span))
        };
        let marks = marks(&flow.text, &over(1), &over(2));
        flow.write(marks, begins, number, out);
    }
}

/// Stretches in text order, with those that touch as one.
fn joined(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans.filter(|s| !s.is_empty()) {
        match out.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => out.push(span),
        }
    }
    out
}

fn flows(line: &[Inline]) -> Vec<Flow<'_>> {
    let mut all = vec![Flow::default()];
    for inline in line {
        let Some(flow) = all.last_mut() else { break };
        match inline {
            Inline::Run(run) => flow.push(run),
            Inline::Footnote(note) => flow.note(Noted::Footnote(note)),
            Inline::Gloss(number) => flow.note(Noted::Gloss(*number)),
            Inline::Break => all.push(Flow::default()),
        }
    }
    all
}
