//! Excerpts as a packet quotes them.

use super::{
    super::{
        quote::{note, quote},
        words::words,
    },
    Sheet,
};
use crate::{
    export::{
        document::{Inlines, Quote, text},
        packet::{Excerpt, Resolved},
    },
    model::Reading,
    text::Span,
};

impl<'a> Sheet<'a, '_> {
    /// An excerpt with its citation, its stance, and its note when notes are printed.
    pub(super) fn quote(&mut self, excerpt: &Excerpt<'a>, section: &Resolved<'a>) -> Quote {
        let Excerpt {
            reading, highlight, ..
        } = *excerpt;
        let under = section.about(highlight);
        let plain = quote(self.project, &mut self.citer, reading, highlight, under);
        let asked = self.asked.contains(&(&highlight.reading, highlight.id));
        let noted = section.section.notes && !asked && !highlight.note.trim().is_empty();
        let mut aside: Vec<&str> = highlight.stance.iter().map(|s| s.word()).collect();
        if noted && self.signed {
            aside.push(highlight.coder.as_str());
        }
        Quote {
            paragraphs: paragraphs(reading, &plain.paragraphs, highlight.span),
            aside: match aside.is_empty() {
                true => Inlines::new(),
                false => vec![text(aside.join(" · "))],
            },
            note: if noted {
                note(&highlight.note)
            } else {
                Vec::new()
            },
            ..plain
        }
    }
}

/// A passage without the marks of footnotes, whose notes are not quoted with it. `all` when there are none in it.
fn paragraphs(reading: &Reading, all: &[Inlines], span: Span) -> Vec<Inlines> {
    let marks = &reading.structure.notes;
    let first = marks.partition_point(|note| note.mark.end <= span.start);
    if marks
        .get(first)
        .is_none_or(|note| note.mark.start >= span.end)
    {
        return all.to_vec();
    }
    let shown: Vec<Inlines> = (reading.text.paragraphs().iter())
        .filter_map(|p| reading.text.trim(p.intersect(span)))
        .map(|paragraph| {
            let mut line = Vec::new();
            let mut at = paragraph.start;
            let here = marks[first..].iter().map(|note| note.mark);
            for mark in here.take_while(|mark| mark.start < paragraph.end) {
                if mark.start > at {
                    line.extend(words(reading, Span::new(at, mark.start)));
                }
                at = at.max(mark.end);
            }
            if at < paragraph.end {
                line.extend(words(reading, Span::new(at, paragraph.end)));
            }
            line
        })
        .filter(|line| !line.is_empty())
        .collect();
    match shown.is_empty() {
        true => vec![vec![text("…")]],
        false => shown,
    }
}
