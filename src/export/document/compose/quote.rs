//! Passages of readings as text of a document.

use crate::{
    export::{
        cite::{Citer, Place, Style},
        document::{Inline, Inlines, Run, rich, text},
    },
    model::{Reading, Script},
    text::Span,
};

/// A passage by paragraphs, with its italics and bold, and without the marks of footnotes. Never none: what has no words is `…`.
pub(super) fn passage(reading: &Reading, span: Span) -> Vec<Inlines> {
    let whole = reading.text.slice(span);
    let mut paragraphs = Vec::new();
    let mut start = span.start;
    for line in whole.split('\n') {
        let end = start + line.len() as u32;
        let left = line.len() - line.trim_start().len();
        let right = line.len() - line.trim_end().len();
        if left < line.len() {
            let span = Span::new(start + left as u32, end - right as u32);
            paragraphs.push(runs(reading, span));
        }
        start = end + 1;
    }
    paragraphs.retain(|line| !line.is_empty());
    if paragraphs.is_empty() {
        paragraphs.push(vec![text("…")]);
    }
    paragraphs
}

/// A stretch of a paragraph.
fn runs(reading: &Reading, span: Span) -> Inlines {
    let mut out: Inlines = Vec::new();
    let mut at = span.start;
    let mut push = |from: u32, to: u32, run: Run| {
        for words in without_marks(reading, Span::new(from, to)) {
            let same = |last: &Run| (last.italic, last.bold, last.raised) == (run.italic, run.bold, run.raised);
            match out.last_mut() {
                Some(Inline::Run(last)) if same(last) => last.text.push_str(words),
                _ => out.push(Inline::Run(Run {
                    text: words.to_owned(),
                    ..run.clone()
                })),
            }
        }
    };
    for emphasis in reading.structure.emphasis_in(span) {
        let (start, end) = (emphasis.span.start.max(at), emphasis.span.end.min(span.end));
        if start >= end {
            continue;
        }
        push(at, start, Run::default());
        let style = emphasis.style;
        let run = Run {
            italic: style.italic,
            bold: style.bold,
            raised: style.script == Script::Raised,
            ..Run::default()
        };
        push(start, end, run);
        at = end;
    }
    push(at, span.end, Run::default());
    out
}

/// The text of `span` between the marks of footnotes.
fn without_marks(reading: &Reading, span: Span) -> Vec<&str> {
    let marks = &reading.structure.notes;
    let first = marks.partition_point(|note| note.mark.end <= span.start);
    let mut out = Vec::new();
    let mut at = span.start;
    for note in marks[first..].iter().take_while(|n| n.mark.start < span.end) {
        if note.mark.start > at {
            out.push(reading.text.slice(Span::new(at, note.mark.start)));
        }
        at = at.max(note.mark.end);
    }
    if at < span.end {
        out.push(reading.text.slice(Span::new(at, span.end)));
    }
    out
}

/// The citation of a passage, to stand after it: in styles with notes the mark of a footnote.
pub(super) fn cited<'a>(citer: &mut Citer<'a>, reading: &'a Reading, span: Span) -> Inlines {
    let cited = rich(&citer.cite(reading, &Place::of(reading, span)));
    match citer.style() {
        Style::Note => vec![Inline::Footnote(cited)],
        Style::AuthorYear | Style::Numeric => cited,
    }
}

/// What people wrote, by paragraphs, as it is.
pub(super) fn plain_paragraphs(written: &str) -> Vec<Inlines> {
    let lines = written.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| vec![text(line)]).collect()
}
