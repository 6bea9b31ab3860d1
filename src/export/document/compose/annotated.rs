//! A whole reading with its highlights marked.

use std::collections::BTreeMap;

use super::{
    codebook::heading,
    words::{Marked, marked_words},
};
use crate::{
    export::{
        Filter,
        cite::{self, Names, Style},
        document::{Block, Gloss, LabelUse, Passage, Sink, Stop, rich},
    },
    model::{BlockKind, Color, Highlight, LabelId, Project, Reading, ReadingId},
    text::{Span, Text, fold_space},
};

/// How much of a passage its gloss quotes: at most so many characters at either end.
const QUOTED: usize = 32;

/// The colour of a label that the codebook does not have.
const UNKNOWN: Color = Color([0x69, 0x64, 0x5C]);

/// A whole reading with the passages that `filter` lets through marked; the filter's readings don't matter. Under its title stands
/// its entry in the reference list of `style`.
///
/// # Errors
/// Those of `sink`; [`Stop::Bad`] when there is no such reading.
pub fn annotated(
    project: &Project,
    reading: &ReadingId,
    filter: &Filter,
    style: Style,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let selection = of_reading(reading, filter).select(project);
    let Some(selected) = selection.readings.first() else {
        return Err(Stop::Bad(format!("There is no reading “{reading}”.")));
    };
    let (reading, highlights) = (&*selected.shelf.reading, &*selected.highlights);
    sink.put(heading(1, &reading.meta.title).into())?;
    let entry = cite::reference(&Names::of(project), reading, style);
    sink.put(Block::Reference(rich(&entry)).into())?;
    if !highlights.is_empty() {
        sink.put(Block::Legend(legend(project, highlights)).into())?;
    }
    let mut sweep = Sweep::new(&reading.text, highlights);
    let mut before = 0;
    for (index, &paragraph) in reading.text.paragraphs().iter().enumerate() {
        let (marked, begun) = sweep.next(paragraph);
        let shown = shown(reading, paragraph);
        let glosses = begun.map(|i| gloss(project, reading, i, highlights[i]));
        let passage = Passage {
            number: index as u32 + 1,
            page: pages(reading, Span::new(before, paragraph.end)),
            heading: Some(reading.structure.level_at(paragraph.start)).filter(|l| *l > 0),
            kind: reading.structure.kind_at(paragraph.start),
            glosses: glosses.collect(),
            text: marked_words(reading, shown, &marked),
        };
        sink.put(Block::Passage(passage).into())?;
        before = paragraph.end;
    }
    Ok(())
}

/// What `filter` lets through of one reading.
pub(super) fn of_reading(reading: &ReadingId, filter: &Filter) -> Filter {
    Filter {
        readings: vec![reading.clone()],
        ..filter.clone()
    }
}

/// What is shown of a paragraph: it without the white space at its ends; code keeps what stands before it.
fn shown(reading: &Reading, paragraph: Span) -> Span {
    let trimmed = reading.text.trim(paragraph).unwrap_or(paragraph);
    match reading.structure.kind_at(paragraph.start) {
        Some(BlockKind::Code) => Span::new(paragraph.start, trimmed.end),
        _ => trimmed,
    }
}

/// What the pages are called that start in `span`.
fn pages(reading: &Reading, span: Span) -> Option<String> {
    let (first, pages) = reading.structure.pages_in(span);
    let last = reading.page_label(first + pages.len().checked_sub(1)?)?;
    let first = reading.page_label(first).filter(|first| *first != last);
    Some(first.map_or(last.clone(), |first| format!("{first}–{last}")))
}

/// The labels of the highlights in codebook order, then those that it does not have.
fn legend(project: &Project, highlights: &[&Highlight]) -> Vec<LabelUse> {
    let mut glosses: BTreeMap<&LabelId, Vec<u32>> = BTreeMap::new();
    for (i, highlight) in highlights.iter().enumerate() {
        for id in &highlight.labels {
            glosses.entry(id).or_default().push(i as u32 + 1);
        }
    }
    let entry = |name: &str, color, depth, glosses: Vec<u32>| LabelUse {
        name: fold_space(name),
        color,
        depth,
        count: glosses.len(),
        glosses,
    };
    let mut all = Vec::with_capacity(glosses.len());
    for (depth, label) in project.codebook() {
        if let Some(here) = glosses.remove(&label.id) {
            all.push(entry(&label.name, label.color, depth, here));
        }
    }
    let unknown = glosses.into_iter();
    all.extend(unknown.map(|(id, here)| entry(id.as_str(), UNKNOWN, 0, here)));
    all
}

fn gloss(project: &Project, reading: &Reading, index: usize, highlight: &Highlight) -> Gloss {
    let label = |id: &LabelId| {
        let color = project.label(id).map_or(UNKNOWN, |l| l.color);
        (fold_space(project.label_name(id)), color)
    };
    Gloss {
        number: index as u32 + 1,
        labels: highlight.labels.iter().map(label).collect(),
        stance: highlight.stance,
        coder: highlight.coder.to_string(),
        note: highlight.note.clone(),
        place: cite::locator(reading, highlight.span),
        quote: ends_of(reading.text.slice(highlight.span)),
    }
}

/// Goes through paragraphs and highlights in step.
struct Sweep<'a> {
    text: &'a Text,
    highlights: &'a [&'a Highlight],
    /// The index of the first highlight that has not begun.
    next: usize,
    /// Those that reach into the paragraph at hand, by index, without the white space at their ends.
    open: Vec<(usize, Span)>,
}

impl<'a> Sweep<'a> {
    fn new(text: &'a Text, highlights: &'a [&'a Highlight]) -> Self {
        Self {
            text,
            highlights,
            next: 0,
            open: Vec::new(),
        }
    }

    /// Opens the highlights that begin before `end`; which these are.
    fn open_until(&mut self, end: u32) -> std::ops::Range<usize> {
        let first = self.next;
        let coming = self.highlights.get(first..).unwrap_or_default();
        for highlight in coming.iter().take_while(|h| h.span.start < end) {
            let span = self.text.trim(highlight.span).unwrap_or(highlight.span);
            self.open.push((self.next, span));
            self.next += 1;
        }
        first..self.next
    }

    /// What is marked in the next paragraph, and the highlights that begin in it.
    fn next(&mut self, paragraph: Span) -> (Vec<Marked>, std::ops::Range<usize>) {
        // What comes after the last paragraph is white space: a highlight of it has its gloss here.
        let is_last = self.text.paragraphs().last() == Some(&paragraph);
        let end = if is_last {
            self.text.len()
        } else {
            paragraph.end
        };
        let begun = self.open_until(end);
        let shown = self.text.trim(paragraph).unwrap_or(paragraph);
        let marked = |&(index, span): &(usize, Span)| {
            // A highlight of nothing but white space is marked nowhere, but its gloss is not lost.
            let here = self.text.trim(span.intersect(shown));
            Marked {
                number: index as u32 + 1,
                span: here.unwrap_or(Span::new(shown.end, shown.end)),
                ends: is_last || span.end <= paragraph.end,
            }
        };
        let all = self.open.iter().map(marked).collect();
        self.open.retain(|(_, span)| span.end > paragraph.end);
        (all, begun)
    }
}

/// A passage in one line, or its beginning and end when it is long, cut between words where there are any nearby.
fn ends_of(passage: &str) -> String {
    let passage = fold_space(passage);
    if passage.chars().count() <= 2 * QUOTED + 10 {
        return passage;
    }
    let head: String = passage.chars().take(QUOTED).collect();
    let start_of_tail = passage
        .char_indices()
        .rev()
        .nth(QUOTED - 1)
        .map_or(0, |(i, _)| i);
    let tail = passage.get(start_of_tail..).unwrap_or_default();
    // Scripts without spaces are cut where they are: a space far off is no end of a word here.
    let whole = |kept: &str, of: &str| 2 * kept.len() >= of.len();
    let head = match head.rsplit_once(' ') {
        Some((kept, _)) if whole(kept, &head) => kept,
        _ => &head,
    };
    let tail = match tail.split_once(' ') {
        Some((_, kept)) if whole(kept, tail) => kept,
        _ => tail,
    };
    format!("{head} … {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_passages_are_quoted_by_their_ends() {
        assert_eq!(ends_of("a\n\nb"), "a b");
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
        assert_eq!(
            ends_of(long),
            "one two three four five six … thirteen fourteen fifteen"
        );
        let chinese = "勢".repeat(100);
        assert_eq!(ends_of(&chinese).chars().count(), 67);
        assert_eq!(ends_of(&format!("a {chinese} b")).chars().count(), 67);
    }
}
