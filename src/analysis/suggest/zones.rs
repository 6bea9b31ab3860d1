//! Which sentences of a reading may be suggested.

use super::super::Source;
use crate::{
    model::{BlockKind, Reading},
    text::{Span, fold},
};

/// What the heading over the list of works cited says, folded.
const WORKS_CITED: &[&str] = &[
    "references",
    "reference list",
    "references cited",
    "list of references",
    "bibliography",
    "select bibliography",
    "selected bibliography",
    "works cited",
    "literature cited",
    "cited works",
    "literatur",
    "literaturverzeichnis",
    "quellenverzeichnis",
    "bibliographie",
    "ouvrages cites",
    "references bibliographiques",
    "bibliografia",
    "riferimenti bibliografici",
    "referencias",
    "referencias bibliograficas",
    "obras citadas",
    "literatuur",
    "literatuurlijst",
    "bibliografie",
    "litteratur",
    "litteraturlista",
    "kallor",
    "kirjallisuus",
    "lahteet",
    "literatura",
    "irodalom",
    "kaynakca",
    "литература",
    "список литературы",
    "библиография",
    "βιβλιογραφια",
    "参考文献",
    "參考文獻",
    "参考书目",
    "參考書目",
    "引用文献",
    "引用文獻",
    "参考資料",
    "참고문헌",
    "참고 문헌",
];

/// The sentences of a reading that may be suggested.
pub(super) struct Sentences<'a> {
    source: &'a Source,
    zones: Zones,
    /// Whether to look them up in the list of all, which is worked out once and kept, instead of paragraph by paragraph.
    all: bool,
    /// The paragraph that was last looked at, and its sentences.
    paragraph: Option<usize>,
    spans: Vec<Span>,
}

impl<'a> Sentences<'a> {
    pub fn new(source: &'a Source, all: bool) -> Self {
        Self {
            source,
            zones: Zones::new(&source.reading),
            all,
            paragraph: None,
            spans: Vec::new(),
        }
    }

    /// The sentence that holds the byte `at`, when it may be suggested. Quick for places in text order.
    pub fn at(&mut self, at: u32) -> Option<Span> {
        if self.zones.has(at) {
            return None;
        }
        let sentence = self.around(at)?;
        let text = &self.source.reading.text;
        text.trim(without_marks(self.source, sentence, at))
    }

    fn around(&mut self, at: u32) -> Option<Span> {
        let text = &self.source.reading.text;
        let number = text.paragraph_at(at)?;
        if self.all {
            let paragraph = text.paragraphs().get(number)?;
            let starts = self.source.units().sentences();
            let next = starts.partition_point(|s| *s <= at);
            let start = *starts.get(next.checked_sub(1)?)?;
            let end = starts.get(next).map_or(paragraph.end, |n| *n);
            return Some(Span::new(start, end).intersect(*paragraph));
        }
        if self.paragraph != Some(number) {
            self.paragraph = Some(number);
            self.spans = text.sentences(number);
        }
        let next = self.spans.partition_point(|s| s.start <= at);
        self.spans.get(next.checked_sub(1)?).copied()
    }
}

/// The part of a sentence around `at` between footnote marks that stand behind its stops.
fn without_marks(source: &Source, sentence: Span, at: u32) -> Span {
    const STOPS: [char; 10] = ['.', '?', '!', '”', '"', '’', ')', '。', '？', '！'];
    let text = &source.reading.text;
    let Span { mut start, mut end } = sentence;
    for note in source.reading.structure.notes_in(sentence) {
        let before = text.slice(Span::new(sentence.start, note.mark.start));
        if !before.ends_with(STOPS) {
            continue;
        }
        if note.mark.end <= at {
            start = note.mark.end;
        } else if note.mark.start > at {
            end = note.mark.start;
            break;
        }
    }
    Span::new(start, end)
}

/// The parts of a reading that are no one's argument.
struct Zones {
    /// Headings and works cited, in text order, not overlapping.
    out: Vec<Span>,
    /// Notes, which may be suggested wherever they stand.
    notes: Vec<Span>,
}

impl Zones {
    fn new(reading: &Reading) -> Self {
        let structure = &reading.structure;
        let text = &reading.text;
        let headings: Vec<Span> = structure.headings.iter().map(|h| h.span).collect();
        let mut out = Vec::new();
        let works = |p: &Span| is_works_cited(text.slice(*p));
        for list in text.paragraphs().iter().copied().filter(works) {
            let next = headings.partition_point(|h| h.start <= list.start);
            let end = headings.get(next).map_or(text.len(), |h| h.start);
            // What is no heading may be a line of the table of contents: before the first heading it is, and where there are no
            // headings the last counts.
            match next {
                0 if headings.is_empty() => out = vec![Span::new(list.start, end)],
                0 => {}
                _ => out.push(Span::new(list.start, end)),
            }
        }
        out.extend(&headings);
        out.sort_unstable_by_key(|z| (z.start, std::cmp::Reverse(z.end)));
        // Of two that overlap the first is the longer: it ends where the next heading starts, or at the end.
        out.dedup_by(|later, earlier| later.start < earlier.end);
        let blocks = structure.blocks.iter();
        let blocks = blocks.filter(|b| b.kind == BlockKind::Note).map(|b| b.span);
        let mut notes: Vec<Span> = structure.notes.iter().map(|n| n.body).collect();
        notes.extend(blocks);
        notes.sort_unstable();
        Self { out, notes }
    }

    /// Whether the byte `at` stands in a heading or among the works cited, and in no note.
    fn has(&self, at: u32) -> bool {
        let before = self.out.partition_point(|z| z.start <= at);
        let zone = before.checked_sub(1).and_then(|i| self.out.get(i));
        let before = self.notes.partition_point(|n| n.start <= at);
        // A note and its paragraphs start at one place.
        let in_note = self.notes[..before].iter().rev().take(2).any(|n| n.has(at));
        zone.is_some_and(|z| z.has(at)) && !in_note
    }
}

/// Whether a paragraph is nothing but the heading of the works cited, perhaps with a number.
fn is_works_cited(paragraph: &str) -> bool {
    if paragraph.len() > 120 {
        return false;
    }
    let name = fold(paragraph);
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    WORKS_CITED.contains(&name)
}
