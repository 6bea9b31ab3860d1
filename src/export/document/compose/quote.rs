//! A highlight as a block quote: alike in excerpts and packets.

use super::words::words;
use crate::{
    export::{
        cite::{Citer, Place, Style},
        document::{Inline, Inlines, Quote, bold, rich, text},
    },
    model::{Highlight, LabelId, Project, Reading},
    text::{Paragraphs, Span, Text, fold_space},
};

/// A highlight with its citation (in [`Style::Note`] a footnote), its labels, stance, coder and note. Under the heading of a label
/// that label is not said again. The colour is that label's, else the first's.
pub(super) fn quote<'a>(
    project: &Project,
    citer: &mut Citer<'a>,
    reading: &'a Reading,
    highlight: &Highlight,
    under: Option<&LabelId>,
) -> Quote {
    let place = Place::of(reading, highlight.span);
    let cited = rich(&citer.cite(reading, &place));
    let color = under.or(highlight.labels.first());
    Quote {
        paragraphs: paragraphs(reading, highlight.span),
        cite: match citer.style() {
            Style::Note => vec![Inline::Footnote(cited)],
            Style::AuthorYear | Style::Numeric => cited,
        },
        aside: aside(project, highlight, under),
        note: note(&highlight.note),
        color: color.and_then(|id| Some(project.label(id)?.color)),
    }
}

/// Other labels, stance and coder.
fn aside(project: &Project, highlight: &Highlight, under: Option<&LabelId>) -> Inlines {
    let mut out = Vec::new();
    let others = highlight.labels.iter().filter(|l| Some(*l) != under);
    for (i, id) in others.enumerate() {
        match (i, under) {
            (0, None) => {}
            (0, Some(_)) => out.push(text("also ")),
            _ => out.push(text(", ")),
        }
        out.push(bold(fold_space(project.label_name(id))));
    }
    if !out.is_empty() {
        out.push(text(" · "));
    }
    if let Some(stance) = highlight.stance {
        out.push(text(format!("{} · ", stance.word())));
    }
    out.push(text(highlight.coder.as_str()));
    out
}

/// The words of a passage by paragraphs; an ellipsis for one of nothing but white space.
fn paragraphs(reading: &Reading, span: Span) -> Vec<Inlines> {
    let body = &reading.text;
    let here: Vec<Inlines> = touched(body, span)
        .iter()
        .filter_map(|p| body.trim(p.intersect(span)))
        .map(|shown| words(reading, shown))
        .collect();
    match here.is_empty() {
        true => vec![vec![text("…")]],
        false => here,
    }
}

fn touched(body: &Text, span: Span) -> &[Span] {
    let Paragraphs { first, last } = Paragraphs::of(body, span);
    let all = body.paragraphs();
    all.get(first.saturating_sub(1) as usize..last as usize)
        .unwrap_or_default()
}

/// A note by paragraphs: the lines that have something on them.
pub(super) fn note(note: &str) -> Vec<Inlines> {
    lines(note).map(|line| vec![text(line)]).collect()
}

/// The lines of `text` that have something on them, without the white space at their ends: its paragraphs.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
