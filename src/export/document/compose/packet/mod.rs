//! Packets: sections with what was put together in them.

mod claims;
mod definitions;
mod excerpts;
mod manner;
mod map;
mod passage;

use std::collections::HashSet;

use super::super::{Block, Inlines, Item, Manner, Origin, Part, Sink, Stop, plain, rich, text};
use crate::{
    export::{
        cite::{Citer, Style},
        packet::{Resolved, resolve},
    },
    model::{HighlightId, Layout, Packet, Project, ReadingId},
    text::fold_space,
};

/// A packet as it is to be printed. Excerpts, notes, claims and questions are as the project has them now; those that are gone are left
/// out, as [`crate::export::packet::left_out`] tells. The [`super::super::Head`] says the line beside the title, so it is no block here.
///
/// A section is its heading with its number; the introduction; definitions; excerpts; claims, where they do not stand with the
/// excerpts; questions; lines to write on; the readings. Cost as [`resolve`].
///
/// # Errors
/// Those of `sink`.
pub fn packet(project: &Project, packet: &Packet, sink: &mut dyn Sink) -> Result<(), Stop> {
    let sections = resolve(project, packet);
    let mut sheet = Sheet::new(project, packet, &sections, sink);
    let title = vec![text(fold_space(&packet.head.title))];
    let origin = Origin {
        section: None,
        part: Part::Title,
    };
    sheet.sink.put(Item {
        block: Block::Heading(1, title),
        origin: Some(origin),
    })?;
    for (number, section) in (1..).zip(&sections) {
        sheet.section(number, section)?;
    }
    Ok(())
}

/// What is being composed.
struct Sheet<'a, 's> {
    project: &'a Project,
    style: Style,
    citer: Citer<'a>,
    /// The readings that are used, in the order in which they are.
    used: Vec<&'a crate::model::Reading>,
    /// Whose notes and claims are printed: named where there are several.
    signed: bool,
    /// The highlights whose notes are asked as questions; these are not printed as notes, too.
    asked: HashSet<(&'a ReadingId, HighlightId)>,
    sink: &'s mut dyn Sink,
}

impl<'a, 's> Sheet<'a, 's> {
    fn new(
        project: &'a Project,
        packet: &'a Packet,
        sections: &[Resolved<'a>],
        sink: &'s mut dyn Sink,
    ) -> Self {
        let style = packet.head.cite;
        let mut citer = Citer::new(project, style);
        let used: Vec<_> = sections.iter().flat_map(Resolved::readings).collect();
        if style == Style::Numeric {
            // What stands in a list of readings that comes early has its number there already.
            for reading in &used {
                citer.add(reading);
            }
        }
        let questions = sections.iter().flat_map(|section| &section.questions);
        let asked = questions.filter_map(|question| question.of);
        Self {
            project,
            style,
            citer,
            used,
            signed: coders(sections) > 1,
            asked: asked.map(|h| (&h.reading, h.id)).collect(),
            sink,
        }
    }

    fn section(&mut self, number: usize, section: &Resolved<'a>) -> Result<(), Stop> {
        let mut out = Section {
            of: section,
            items: Vec::new(),
        };
        let title = heading(number, &fold_space(&section.section.title));
        out.put(Part::Title, Block::Heading(2, vec![text(title)]));
        for line in super::quote::lines(&section.section.introduction) {
            let line = manner::marked(line);
            out.put(Part::Introduction, Block::Text(Manner::Body, line));
        }
        if section.section.definitions {
            definitions::put(self, &mut out);
        }
        excerpts::put(self, &mut out);
        if !matches!(section.section.layout, Layout::Authors | Layout::Map) {
            claims::put(self, &mut out);
        }
        questions(&mut out);
        if section.section.lines > 0 {
            out.put(Part::Lines, Block::Lines(section.section.lines));
        }
        if section.section.readings {
            self.readings(&mut out);
        }
        out.items
            .into_iter()
            .try_for_each(|item| self.sink.put(item))
    }

    /// What the whole packet cites, in its style.
    fn readings(&self, out: &mut Section<'_, 'a>) {
        let mut list = Citer::new(self.project, self.style);
        for reading in &self.used {
            list.add(reading);
        }
        let entries = list.references();
        let alone = out.items.len() == 1;
        if !entries.is_empty() && !alone {
            out.caption(self.style.heading());
        }
        for entry in &entries {
            out.put(Part::Readings, Block::Reference(rich(entry)));
        }
    }
}

/// How many coders' notes and claims there are.
fn coders(sections: &[Resolved<'_>]) -> usize {
    let noted = |section: &&Resolved<'_>| section.section.notes;
    let excerpts = sections.iter().filter(noted).flat_map(Resolved::printed);
    let notes = excerpts.filter(|e| !e.highlight.note.trim().is_empty());
    let notes = notes.map(|e| e.highlight.coder.as_str());
    let claims = sections.iter().flat_map(Resolved::printed_claims);
    let all: HashSet<&str> = notes.chain(claims.map(|c| c.coder.as_str())).collect();
    all.len()
}

fn heading(number: usize, title: &str) -> String {
    match title {
        "" => number.to_string(),
        title => format!("{number} · {title}"),
    }
}

fn questions(out: &mut Section<'_, '_>) {
    let section = out.of;
    let Some(first) = section.questions.first() else {
        return;
    };
    out.caption("For discussion");
    let items = section.questions.iter();
    let items: Vec<Inlines> = items
        .map(|question| match question.of {
            Some(_) => vec![text(fold_space(question.text))],
            None => manner::marked(&fold_space(question.text)),
        })
        .filter(|line| !plain(line).is_empty())
        .collect();
    let list = Block::List {
        numbered: true,
        items,
    };
    out.put(Part::Question(first.at), list);
}

/// A section that is being composed.
struct Section<'r, 'a> {
    of: &'r Resolved<'a>,
    items: Vec<Item>,
}

impl Section<'_, '_> {
    fn item(&self, part: Part, block: Block) -> Item {
        let origin = Origin {
            section: Some(self.of.id.clone()),
            part,
        };
        Item {
            block,
            origin: Some(origin),
        }
    }

    fn put(&mut self, part: Part, block: Block) {
        let item = self.item(part, block);
        self.items.push(item);
    }

    fn caption(&mut self, words: &str) {
        let words = vec![text(words)];
        self.put(Part::Caption, Block::Text(Manner::Caption, words));
    }
}
