//! Questions for discussion: those of a section, and those that notes offer.

use std::collections::BTreeSet;

use super::gone;
use crate::{
    export::document::Part,
    model::{
        Highlight, HighlightId, Packet, Project, Question, Reading, ReadingId, Section, question,
    },
};

/// A question as it is asked now.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its place in [`Section::questions`].
    pub at: usize,
    /// What is asked.
    pub text: &'a str,
    /// The highlight whose note asks it.
    pub of: Option<&'a Highlight>,
}

/// A question that a note asks.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// The highlight with the note.
    pub highlight: &'a Highlight,
    /// What is asked.
    pub text: &'a str,
}

impl Offer<'_> {
    /// The question as a section holds it.
    pub fn question(&self) -> Question {
        Question::Note(self.reading.id.clone(), self.highlight.id)
    }
}

/// The questions of a section; what is not asked any more is told to `missing`.
pub(super) fn asked<'a>(
    project: &'a Project,
    section: &'a Section,
    missing: &mut Vec<(Part, String)>,
) -> Vec<Asked<'a>> {
    let mut all = Vec::with_capacity(section.questions.len());
    for (at, question) in section.questions.iter().enumerate() {
        let asked = match question {
            Question::Written(text) if text.trim().is_empty() => continue,
            Question::Written(text) => Ok((text.trim(), None)),
            Question::Note(reading, highlight) => of_note(project, reading, *highlight),
        };
        match asked {
            Ok((text, of)) => all.push(Asked { at, text, of }),
            Err(why) => missing.push((Part::Question(at), why)),
        }
    }
    all
}

type FoundNote<'a> = (&'a str, Option<&'a Highlight>);

fn of_note<'a>(
    project: &'a Project,
    reading: &ReadingId,
    highlight: HighlightId,
) -> Result<FoundNote<'a>, String> {
    let found = project.current_highlight(reading, highlight);
    let (reading, highlight) =
        found.ok_or_else(|| gone::why(project, "The note of a question", reading, highlight))?;
    let asked = question(&highlight.note).ok_or_else(|| {
        let title = &reading.meta.title;
        format!("A note in “{title}” does not begin with “Q:” any more.")
    })?;
    Ok((asked, Some(highlight)))
}

/// The questions that notes ask and the packet does not, reading by reading in text order. O(highlights).
pub fn offers<'a>(project: &'a Project, packet: &Packet) -> Vec<Offer<'a>> {
    let asked = packet.sections.values().flat_map(|s| &s.questions);
    let asked: BTreeSet<(&ReadingId, HighlightId)> = asked
        .filter_map(|question| match question {
            Question::Note(reading, highlight) => {
                let reading = project.current(reading)?;
                Some((&reading.id, *highlight))
            }
            Question::Written(_) => None,
        })
        .collect();
    let mut all = Vec::new();
    for shelf in project.shelves() {
        for highlight in shelf.highlights.iter() {
            if let Some(text) = question(&highlight.note)
                && !asked.contains(&(&shelf.reading.id, highlight.id))
            {
                all.push(Offer {
                    reading: &shelf.reading,
                    highlight,
                    text,
                });
            }
        }
    }
    all
}
