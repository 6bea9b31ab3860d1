//! Footnotes and endnotes: from the mark to what it says, and back.

use crate::{
    model::{Note, Structure},
    text::{Span, Text},
};

/// Numbers of notes longer than this many bytes are not taken for numbers.
const LONGEST_NUMBER: usize = 12;

/// Where a footnote leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// From its mark to what it says.
    ToNote(Note),
    /// From there to the mark.
    ToMark(Note),
}

/// The notes of a structure in the order of what they say.
#[derive(Default)]
pub struct NoteIndex {
    by_body: Vec<u32>,
}

impl NoteIndex {
    /// O(n log n).
    pub fn new(structure: &Structure) -> Self {
        let mut by_body: Vec<u32> = (0..structure.notes.len() as u32).collect();
        by_body.sort_by_key(|&i| structure.notes[i as usize].body.start);
        Self { by_body }
    }

    /// The last note whose body starts at or before `offset`, when `offset` is in it. O(log n).
    fn note_at(&self, structure: &Structure, offset: u32) -> Option<Note> {
        let body = |i: u32| structure.notes.get(i as usize).map(|n| n.body);
        let at = self
            .by_body
            .partition_point(|&i| body(i).is_some_and(|b| b.start <= offset));
        let note = structure.notes[*self.by_body.get(at.checked_sub(1)?)? as usize];
        note.body.has(offset).then_some(note)
    }

    /// The number that stands at byte `start`, when a note's body begins there: the first word, when it is short.
    pub fn number_at(&self, text: &Text, structure: &Structure, start: u32) -> Option<Span> {
        let note = self.note_at(structure, start)?;
        if note.body.start != start {
            return None;
        }
        let body = text.slice(note.body);
        let word = body.split(char::is_whitespace).next()?;
        let mark = text.slice(note.mark).trim();
        let is_number = word.len() <= LONGEST_NUMBER && word.len() < body.len();
        let fits = is_number && (word.contains(mark) || word.chars().all(|c| !c.is_alphabetic()));
        (fits && !word.is_empty()).then(|| Span::new(start, start + word.len() as u32))
    }

    /// Where the character at byte `offset` leads: from a mark to its note, or from a note's number to its mark. O(log n).
    pub fn lead_at(&self, text: &Text, structure: &Structure, offset: u32) -> Option<Lead> {
        let near = structure.notes.partition_point(|n| n.mark.start <= offset);
        let before = near.checked_sub(1).map(|i| structure.notes[i]);
        if let Some(note) = before.filter(|n| n.mark.has(offset)) {
            return Some(Lead::ToNote(note));
        }
        let note = self.note_at(structure, offset)?;
        let number = self.number_at(text, structure, note.body.start)?;
        number.has(offset).then_some(Lead::ToMark(note))
    }

    /// Where to go by key from a passage: from a note to its mark; else to the note of the first mark in the passage, or
    /// behind it as far as `end`.
    pub fn lead_from(&self, structure: &Structure, passage: Span, end: u32) -> Option<Lead> {
        if let Some(note) = self.note_at(structure, passage.start) {
            return Some(Lead::ToMark(note));
        }
        let reach = Span::new(passage.start, end.max(passage.end));
        let note = structure.notes_in(reach).first()?;
        Some(Lead::ToNote(*note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted() -> (Text, Structure) {
        let text = Text::new("Said1 and done2.\n\n2 Late note.\n\n1 Early note.\nMore of it.");
        let find = |s: &str| {
            let at = text.as_str().find(s).unwrap() as u32;
            Span::new(at, at + s.len() as u32)
        };
        let notes = vec![
            Note {
                mark: Span::new(4, 5),
                body: find("1 Early note.\nMore of it."),
            },
            Note {
                mark: Span::new(14, 15),
                body: find("2 Late note."),
            },
        ];
        let structure = Structure {
            notes,
            ..Structure::default()
        };
        (text, structure)
    }

    #[test]
    fn marks_lead_to_notes_and_numbers_back() {
        let (text, structure) = noted();
        let index = NoteIndex::new(&structure);
        let lead = |offset| index.lead_at(&text, &structure, offset);
        let (early, late) = (structure.notes[0], structure.notes[1]);
        assert_eq!(lead(4), Some(Lead::ToNote(early)));
        assert_eq!(lead(5), None);
        assert_eq!(lead(14), Some(Lead::ToNote(late)));
        assert_eq!(lead(late.body.start), Some(Lead::ToMark(late)));
        assert_eq!(lead(late.body.start + 2), None);
        assert_eq!(lead(early.body.start), Some(Lead::ToMark(early)));
        assert_eq!(lead(text.len()), None);
    }

    #[test]
    fn by_key_the_next_mark_counts_and_from_a_note_its_mark() {
        let (text, structure) = noted();
        let index = NoteIndex::new(&structure);
        let from = |start, end| index.lead_from(&structure, Span::new(start, start), end);
        let (early, late) = (structure.notes[0], structure.notes[1]);
        assert_eq!(from(0, 16), Some(Lead::ToNote(early)));
        assert_eq!(from(6, 16), Some(Lead::ToNote(late)));
        assert_eq!(from(6, 10), None);
        let more = text.as_str().find("More").unwrap() as u32;
        assert_eq!(from(more, text.len()), Some(Lead::ToMark(early)));
        let none = NoteIndex::new(&Structure::default());
        assert_eq!(
            none.lead_from(&Structure::default(), Span::new(0, 4), 9),
            None
        );
    }
}
