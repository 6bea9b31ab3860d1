//! A whole reading with its highlights marked and their labels and notes as footnotes. How passages are marked, and why so, is
//! said in `marks`.

use std::{collections::HashMap, fmt::Write as _};

use super::{
    Line, Names, escape, heading,
    marks::{Mark, Passage, marks},
    one_line, paragraphs, rich, stance_and_coder,
};
use crate::{
    export::{
        Filter,
        cite::{self, Style},
    },
    model::{Highlight, Project, Reading, ReadingId},
    text::{Span, Text, fold_space},
};

/// What the marks mean, for readers who have never seen one.
const LEGEND: &str = "*Tagged passages are* **bold**, *where several overlap* ***bold and italic***; *a footnote at the end of \
                      each names its labels.*";

/// How much of a passage its footnote quotes: at most so many characters at either end.
const QUOTED: usize = 32;

/// The reading with the passages that `filter` lets through marked, as Markdown; the filter's readings don't matter. Under its
/// title stands its entry in the reference list of `style`; the footnotes give the place of each passage. Empty when there is no
/// such reading.
pub fn annotated(project: &Project, reading: &ReadingId, filter: &Filter, style: Style) -> String {
    let filter = Filter {
        readings: vec![reading.clone()],
        ..filter.clone()
    };
    let selection = filter.select(project);
    let Some(selected) = selection.readings.first() else {
        return String::new();
    };
    let reading = &selected.shelf.reading;
    let text = &reading.text;
    let mut out =
        String::with_capacity(text.as_str().len() * 5 / 4 + selected.highlights.len() * 256);
    heading(&mut out, 1, &escape(&one_line(&reading.meta.title)));
    let names = cite::Names::of(project);
    out.push('\n');
    rich(&mut out, &cite::reference(&names, reading, style), true);
    out.push('\n');
    if !selected.highlights.is_empty() {
        let _ = writeln!(out, "\n{LEGEND}");
    }
    let levels: HashMap<u32, u8> = reading
        .structure
        .headings
        .iter()
        .map(|h| (h.span.start, h.level))
        .collect();
    let mut sweep = Sweep::new(text, &selected.highlights);
    for &paragraph in text.paragraphs() {
        let passages = sweep.passages(paragraph);
        let level = levels.get(&paragraph.start);
        write_paragraph(
            &mut out,
            text.slice(paragraph).trim(),
            &passages,
            level.copied(),
        );
    }
    write_footnotes(
        &mut out,
        &Names::of(project),
        reading,
        &selected.highlights,
        sweep.order,
    );
    out
}

/// Goes through paragraphs and highlights in step, and numbers the highlights in the order in which they end.
struct Sweep<'a> {
    text: &'a Text,
    highlights: &'a [&'a Highlight],
    /// The index of the first highlight that has not begun.
    next: usize,
    /// Those that reach into the paragraph at hand, by index, without the white space at their ends.
    open: Vec<(usize, Span)>,
    /// Those that have ended, in the order of their numbers.
    order: Vec<usize>,
}

impl<'a> Sweep<'a> {
    fn new(text: &'a Text, highlights: &'a [&'a Highlight]) -> Self {
        Self {
            text,
            highlights,
            next: 0,
            open: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Opens the highlights that begin before `end`.
    fn open_until(&mut self, end: u32) {
        let coming = self.highlights.get(self.next..).unwrap_or_default();
        let beginning = coming.iter().take_while(|h| h.span.start < end);
        for highlight in beginning {
            let span = self.text.trim(highlight.span).unwrap_or(highlight.span);
            self.open.push((self.next, span));
            self.next += 1;
        }
    }

    /// The passages of the next paragraph, in bytes of its trimmed text.
    fn passages(&mut self, paragraph: Span) -> Vec<Passage> {
        // What comes after the last paragraph is white space: a highlight of it has its footnote here.
        let is_last = self.text.paragraphs().last() == Some(&paragraph);
        self.open_until(if is_last {
            self.text.len()
        } else {
            paragraph.end
        });
        let Some(shown) = self.text.trim(paragraph) else {
            return Vec::new();
        };
        let mut ending: Vec<(u32, usize)> = Vec::new();
        let mut passages = Vec::new();
        for &(index, span) in &self.open {
            // A highlight of nothing but white space is marked nowhere, but its footnote is not lost.
            let here = self
                .text
                .trim(span.intersect(shown))
                .unwrap_or(Span::new(shown.end, shown.end));
            let here = Span::new(here.start - shown.start, here.end - shown.start);
            let ends = is_last || span.end <= paragraph.end;
            if ends {
                ending.push((here.end, passages.len()));
            }
            passages.push((
                index,
                Passage {
                    span: here,
                    footnote: None,
                },
            ));
        }
        ending.sort_unstable();
        for (_, place) in ending {
            let (index, passage) = &mut passages[place];
            self.order.push(*index);
            passage.footnote = Some(self.order.len());
        }
        self.open.retain(|(_, span)| span.end > paragraph.end);
        passages.into_iter().map(|(_, passage)| passage).collect()
    }
}

pub(super) fn write_paragraph(
    out: &mut String,
    text: &str,
    passages: &[Passage],
    level: Option<u8>,
) {
    out.push('\n');
    let line = match level {
        Some(level) => {
            out.push_str(&"#".repeat(usize::from(level).clamp(1, 5) + 1));
            out.push(' ');
            Line::within(text)
        }
        None => Line::beginning(text),
    };
    let mut from = 0;
    let mut after_footnote = false;
    let mut write_text = |out: &mut String, to: usize, after_footnote: &mut bool| {
        if from < to {
            // `[^1](…)` would be a link to a viewer that knows no footnotes.
            if std::mem::take(after_footnote) && text.as_bytes()[from] == b'(' {
                out.push('\\');
            }
            line.write(from..to, out);
            from = to;
        }
    };
    for (at, mark) in marks(text, passages) {
        write_text(out, at as usize, &mut after_footnote);
        match mark {
            Mark::CloseItalic | Mark::OpenItalic => out.push('*'),
            Mark::CloseBold | Mark::OpenBold => out.push_str("**"),
            Mark::Footnote(n) => {
                let _ = write!(out, "[^{n}]");
                after_footnote = true;
            }
        }
    }
    write_text(out, text.len(), &mut after_footnote);
    out.push('\n');
}

/// Writes the footnotes, each one paragraph, its lines parted by two spaces at the end (the one kind of line break that Obsidian's
/// manual names, too). A second paragraph would be a block of code to a viewer that knows no footnotes.
fn write_footnotes(
    out: &mut String,
    names: &Names<'_>,
    reading: &Reading,
    highlights: &[&Highlight],
    order: Vec<usize>,
) {
    for (i, index) in order.into_iter().enumerate() {
        let highlight = highlights[index];
        let _ = write!(out, "\n[^{}]: ", i + 1);
        names.write(&highlight.labels, out);
        out.push_str(" · ");
        stance_and_coder(out, highlight);
        let place = cite::locator(reading, highlight.span);
        let quoted = escape(&ends_of(reading.text.slice(highlight.span)));
        let _ = write!(out, " · {} · “{quoted}”", escape(&place));
        for (i, line) in paragraphs(&highlight.note).enumerate() {
            out.push_str("  \n    ");
            if i == 0 {
                out.push_str("Note: ");
                Line::within(line).write_all(out);
            } else {
                Line::beginning(line).write_all(out);
            }
        }
        out.push('\n');
    }
}

/// A passage, or its beginning and end when it is long, cut between words where there are any nearby.
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
    use jiff::Timestamp;

    use super::*;
    use crate::model::{CoderId, HighlightId, LabelId};

    fn highlight(start: u32, end: u32) -> Highlight {
        Highlight {
            id: HighlightId(0),
            reading: ReadingId::new("r").unwrap(),
            span: Span::new(start, end),
            labels: vec![LabelId::new("l").unwrap()],
            stance: None,
            note: String::new(),
            coder: CoderId::new("MK").unwrap(),
            created: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        }
    }

    fn check(text: &str, spans: &[(u32, u32)], expected: &str) {
        let text = Text::new(text);
        let highlights: Vec<Highlight> = spans.iter().map(|&(a, b)| highlight(a, b)).collect();
        let highlights: Vec<&Highlight> = highlights.iter().collect();
        let mut sweep = Sweep::new(&text, &highlights);
        let mut out = String::new();
        for &paragraph in text.paragraphs() {
            let passages = sweep.passages(paragraph);
            write_paragraph(&mut out, text.slice(paragraph).trim(), &passages, None);
        }
        assert_eq!(out.trim(), expected);
        assert_eq!(sweep.order.len(), spans.len());
    }

    #[test]
    fn marks_close_at_the_end_of_a_paragraph_and_open_again() {
        check(
            "One.\n\n Two three. ",
            &[(1, 10)],
            "O**ne.**\n\n**Two**[^1] three.",
        );
        check(
            "A\nB\nC",
            &[(0, 5), (2, 3)],
            "**A**\n\n***B***[^1]\n\n**C**[^2]",
        );
    }

    #[test]
    fn white_space_at_the_ends_is_not_marked() {
        check("One two.", &[(3, 8)], "One **two.**[^1]");
        check(" One \nTwo", &[(4, 9)], "One\n\n**Two**[^1]");
    }

    #[test]
    fn a_highlight_of_white_space_keeps_its_footnote() {
        check("One two.", &[(3, 4)], "One two.[^1]");
        check(
            "One.\n\nTwo.\n\n",
            &[(4, 6), (10, 12)],
            "One.\n\nTwo.[^1][^2]",
        );
    }

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
