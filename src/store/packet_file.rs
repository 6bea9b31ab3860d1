//! `packets/<packet>.ron`: what is put together for a seminar, for people to read and to edit.
//!
//! ```ron
//! (
//!     version: 1,
//!     title: "Week 6: why no alliance?",
//!     line: "Thursday, 26 November",
//!     cite: AuthorYear,
//!     paper: A4,
//!     sections: [
//!         (
//!             id: "balance-of-threat",
//!             title: "Balance of threat",
//!             subject: Theory("balance-of-threat"),
//!             introduction: [
//!                 "Walt asks *whom* states fear, not who is strongest.",
//!                 "Read the two columns against each other.",
//!             ],
//!             definitions: true,
//!             excerpts: [
//!                 (reading: "snyder-1984", highlight: "00000000000000a1", quote: "An ally can be dragged in."),
//!                 (reading: "walt-1987", highlight: "00000000000000a2", side: Second, quote: "States balance against…"),
//!             ],
//!             layout: Sides("For", "Against"),
//!             questions: [
//!                 "Which of the four criteria does each author rely on?",
//!                 (reading: "walt-1987", highlight: "00000000000000a3", question: "Would a treaty follow?"),
//!             ],
//!             lines: 6,
//!         ),
//!         (
//!             id: "entrapment",
//!             title: "Entrapment",
//!             subject: Theory("entrapment"),
//!             excerpts: (
//!                 query: "label:Entrapment stance:contests",
//!                 order: Year,
//!                 most: 5,
//!             ),
//!             layout: Authors,
//!             notes: true,
//!             claims: true,
//!         ),
//!         (
//!             id: "readings",
//!             title: "Readings",
//!             readings: true,
//!         ),
//!     ],
//! )
//! ```
//!
//! What a section does not have may be left out, and so may its `id`: it is made of the title then, and written the next time. `cite` is
//! `AuthorYear`, `Note` or `Numeric`; `paper` `A4` or `Letter`; `subject` `Free`, `Theory` with the file name of a label, or
//! `Question`; `layout` `List`, `Sides` with two headings, `Authors` or `Map`; `order` `Place`, `Year`, `Stance` or `Length`. An
//! introduction is a list of lines or one string. Excerpts are a list or a rule. `quote`, and `question` beside a highlight, are for
//! people: they are not read, and written anew with the file. Sections follow each other as they stand here; where the packet's order
//! names others, a list `order` of their ids says so, and can be deleted.
//!
//! An unknown field or word is told with its line and column, and the file is left as it is until it is put right. Of a file with the
//! marks of a merge both sides are taken section by section, see [`super::packet_merge`].

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    Problem, ProblemKind,
    codebook::sides,
    highlights_file::is_mark,
    packet_merge::two_sides,
    ron_text::{Unread, VERSION, pretty_down_to, read},
    saved_packet::{
        Named, SavedCite, SavedExcerpts, SavedPaper, SavedQuestion, SavedSection, bare,
    },
};
use crate::{
    model::{
        HighlightId, Packet, PacketHead, PacketId, Project, ReadingId, Section, SectionId,
        question, unique_slug,
    },
    text::fold_space,
};

/// How many characters of a passage stand beside an excerpt.
const QUOTED: usize = 80;

/// How deep records and lists stand on lines of their own: the file, its sections, a section, its lists.
const DEPTH: usize = 4;

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    line: String,
    #[serde(default)]
    cite: SavedCite,
    #[serde(default)]
    paper: SavedPaper,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "bare"
    )]
    order: Option<Vec<Named<SectionId>>>,
    #[serde(default)]
    sections: Vec<SavedSection>,
}

/// A packet as it is written.
pub(super) fn write(project: &Project, packet: &Packet) -> Result<String, ron::Error> {
    let in_order = packet.in_order();
    let ids: Vec<&SectionId> = in_order.iter().map(|(id, _)| *id).collect();
    let head = &packet.head;
    let as_they_stand = head.order.iter().eq(ids.iter().copied());
    let sections = in_order.into_iter().map(|(id, section)| {
        let mut saved = SavedSection::from(section);
        saved.id = Some(Named(id.clone()));
        tell(project, &mut saved);
        saved
    });
    let file = File {
        version: VERSION,
        title: head.title.clone(),
        line: head.line.clone(),
        cite: head.cite.into(),
        paper: head.paper.into(),
        order: (!as_they_stand).then(|| head.order.iter().cloned().map(Named).collect()),
        sections: sections.collect(),
    };
    pretty_down_to(DEPTH, &file)
}

/// Says what excerpts and questions are, for people.
fn tell(project: &Project, section: &mut SavedSection) {
    if let SavedExcerpts::Chosen(picks) = &mut section.excerpts {
        for pick in picks {
            pick.quote = quote(project, &pick.reading.0, pick.highlight.0);
        }
    }
    for asked in &mut section.questions {
        if let SavedQuestion::Note(note) = asked {
            let highlight = project.current_highlight(&note.reading.0, note.highlight.0);
            let text = highlight.and_then(|(_, h)| question(&h.note));
            note.question = beginning(&fold_space(text.unwrap_or_default()));
        }
    }
}

fn quote(project: &Project, reading: &ReadingId, highlight: HighlightId) -> String {
    let Some((reading, highlight)) = project.current_highlight(reading, highlight) else {
        return String::new();
    };
    let span = highlight.span;
    // Enough for characters of several bytes and some white space between them.
    let near = span.start.saturating_add(8 * QUOTED as u32).min(span.end);
    let near = crate::text::Span::new(span.start, reading.text.floor(near));
    let text = fold_space(reading.text.slice(near));
    let whole = near.end == span.end;
    match beginning(&text) {
        all if !whole && !all.ends_with('…') => all + "…",
        all => all,
    }
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// None when it can't be read.
    pub packet: Option<Packet>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The file holds things that were not read: it must not be overwritten.
    pub keep: bool,
    /// The file held conflict marks, and both sides were taken.
    pub merged: bool,
}

/// Reads a file's content; `path` is for problems.
pub(super) fn parse(path: &Path, id: &PacketId, content: &str) -> Read {
    if !content.lines().any(is_mark) {
        return match one(id, content) {
            Ok(packet) => Read {
                packet: Some(packet),
                ..Read::default()
            },
            Err(unread) => Read {
                problems: vec![problem(path, content, unread)],
                keep: true,
                ..Read::default()
            },
        };
    }
    let (ours, theirs) = sides(content);
    match (one(id, &ours), one(id, &theirs)) {
        (Ok(ours), Ok(theirs)) => {
            let hint = "the sections of both sides were taken; check them";
            let what = "held the marks of a merge conflict";
            Read {
                packet: Some(two_sides(ours, theirs)),
                problems: vec![Problem::new(ProblemKind::Merged, path, what, hint)],
                merged: true,
                ..Read::default()
            }
        }
        // The line numbers of one side are not those of the file.
        (ours, theirs) => {
            let what = "holds the marks of a merge conflict, and one of the sides can't be read";
            Read {
                packet: ours.or(theirs).ok(),
                problems: vec![Problem::damaged(path, what)],
                keep: true,
                ..Read::default()
            }
        }
    }
}

fn problem(path: &Path, content: &str, unread: Unread) -> Problem {
    match unread {
        Unread::Newer(version) => Problem::newer(path, version),
        Unread::Bad { .. } if content.trim().is_empty() => {
            let hint = "bring it back from a copy, or delete the empty file";
            Problem::new(ProblemKind::Damaged, path, "is empty", hint)
        }
        Unread::Bad { what, at } => Problem::damaged(path, what).at(at),
    }
}

fn one(id: &PacketId, content: &str) -> Result<Packet, Unread> {
    let file: File = read(content)?;
    let mut sections: BTreeMap<SectionId, Section> = BTreeMap::new();
    let mut order = Vec::new();
    // Those that are named first, so that they keep their names.
    let named: Vec<SectionId> = file
        .sections
        .iter()
        .filter_map(|section| section.id.as_ref())
        .map(|id| id.0.clone())
        .collect();
    for mut saved in file.sections {
        let given = saved.id.take().map(|id| id.0);
        let section = Section::from(saved);
        let free = |name: &str| {
            let id = SectionId::new(name).ok();
            id.is_none_or(|id| sections.contains_key(&id) || named.contains(&id))
        };
        let id = match given.filter(|id| !sections.contains_key(id)) {
            Some(id) => id,
            None => match SectionId::new(&unique_slug(&section.title, free)) {
                Ok(id) => id,
                Err(error) => return Err(super::load::bad(error)),
            },
        };
        order.push(id.clone());
        sections.insert(id, section);
    }
    let title = match file.title.trim() {
        "" => id.to_string(),
        _ => file.title,
    };
    let said = file
        .order
        .map(|order| order.into_iter().map(|id| id.0).collect());
    Ok(Packet {
        id: id.clone(),
        head: PacketHead {
            title,
            line: file.line,
            cite: file.cite.into(),
            paper: file.paper.into(),
            order: said.unwrap_or(order),
        },
        sections,
    })
}

#[cfg(test)]
#[path = "packet_file_tests.rs"]
mod tests;
