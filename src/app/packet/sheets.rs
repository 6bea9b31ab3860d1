//! A packet as pages, with what stands where on them: worked out on a thread.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::edits::Excerpt;
use crate::{
    app::words,
    export::{
        document::{self, Block, Head, Inlines, Item, Origin, Part, Stop},
        page::{Page, Pages, Rect},
    },
    model::{Excerpts, Packet, PacketId, Project, SectionId},
    seeds,
};

use super::super::session::drafts::Draft;

/// What the pages depend on.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The state of the project.
    pub revision: u64,
    /// The packet.
    pub packet: PacketId,
    /// What is being written in it.
    pub draft: Option<Draft>,
}

/// A packet laid out.
#[derive(Debug, Default)]
pub struct Sheets {
    /// The pages. One that did not change is the same as before.
    pub pages: Vec<Arc<Page>>,
    /// What can be chosen on them, in order, each once.
    pub items: Vec<Origin>,
    /// What each of them says.
    texts: HashMap<Origin, String>,
    /// How many excerpts there are.
    pub excerpts: usize,
    /// How many questions.
    pub questions: usize,
    /// Excerpts that were chosen and are not there any more, by section.
    pub lost: Vec<(SectionId, Vec<Excerpt>)>,
    /// What else could not be shown, and of which section.
    pub told: Vec<(SectionId, String)>,
}

impl Sheets {
    /// Composes a packet and lays it out. O(what it holds), beside what its queries cost.
    pub fn of(project: &Project, mut packet: Packet, old: Option<&Self>) -> Self {
        let mut told = Vec::new();
        let items = composed(project, &mut packet, &mut told);
        let mut sheets = Self {
            told,
            ..Self::default()
        };
        sheets.read(&items);
        sheets.lost = lost(&packet, &sheets.texts);
        let head = Head::from(&packet);
        let pages = Pages::of(&head, items, seeds::page_fonts()).pages;
        let pages = pages.into_iter().enumerate().map(|(at, page)| {
            let before = old.and_then(|old| old.pages.get(at));
            match before.filter(|before| ***before == page) {
                Some(same) => Arc::clone(same),
                None => Arc::new(page),
            }
        });
        sheets.pages = pages.collect();
        sheets
    }

    /// Takes down what the items say.
    fn read(&mut self, items: &[Item]) {
        for item in items {
            if let Block::Columns(columns) = &item.block {
                for column in columns {
                    self.read(&column.items);
                }
            }
            let Some(origin) = &item.origin else {
                continue;
            };
            let said = said(&item.block);
            match self.texts.get_mut(origin) {
                Some(text) => {
                    text.push(' ');
                    text.push_str(&said);
                    continue;
                }
                None => self.texts.insert(origin.clone(), said),
            };
            match origin.part {
                Part::Excerpt(..) => self.excerpts += 1,
                Part::Question(_) => self.questions += 1,
                Part::Caption => continue,
                _ => {}
            }
            self.items.push(origin.clone());
        }
    }

    /// What an item says.
    pub fn text(&self, origin: &Origin) -> &str {
        self.texts.get(origin).map_or("", String::as_str)
    }

    /// Whether it is on the pages.
    pub fn has(&self, origin: &Origin) -> bool {
        self.texts.contains_key(origin)
    }

    /// Where it stands first.
    pub fn place(&self, origin: &Origin) -> Option<(usize, Rect)> {
        { self.pages.iter().enumerate() }.find_map(|(at, page)| {
            let mut places = page.places.iter();
            let place = places.find(|place| place.origin == *origin)?;
            Some((at, place.rect))
        })
    }

    /// The excerpts of a section, as they stand on the pages.
    pub fn excerpts_of(&self, section: &SectionId) -> impl Iterator<Item = Excerpt> {
        let here = { self.items.iter() }.filter(|o| o.section.as_ref() == Some(section));
        here.filter_map(|origin| match &origin.part {
            Part::Excerpt(reading, highlight) => Some((reading.clone(), *highlight)),
            _ => None,
        })
    }

    /// For the status line, on the page with this number from 0.
    pub fn summary(&self, page: usize) -> String {
        let mut parts = vec![
            format!("Page {} of {}", page + 1, words::grouped(self.pages.len())),
            words::counted(self.excerpts, "excerpt"),
        ];
        if self.questions > 0 {
            parts.push(words::counted(self.questions, "question"));
        }
        let lost: usize = self.lost.iter().map(|(_, lost)| lost.len()).sum();
        if lost > 0 {
            parts.push(format!("{} not there any more", words::grouped(lost)));
        }
        parts.join(" · ")
    }
}

/// The packet's items. A section whose query can't be understood has no excerpts then, and `told` says why.
fn composed(
    project: &Project,
    packet: &mut Packet,
    told: &mut Vec<(SectionId, String)>,
) -> Vec<Item> {
    let attempt = |packet: &Packet| {
        let mut items = Vec::new();
        document::packet(project, packet, &mut items).map(|()| items)
    };
    let why = match attempt(packet) {
        Ok(items) => return items,
        Err(why) => why,
    };
    let ruled = |packet: &Packet| -> Vec<SectionId> {
        let by_rule = |excerpts: &Excerpts| matches!(excerpts, Excerpts::Ruled(_));
        let sections = packet.sections.iter();
        let sections = sections.filter(|(_, section)| by_rule(&section.excerpts));
        sections.map(|(id, _)| id.clone()).collect()
    };
    for id in ruled(packet) {
        let mut alone = packet.clone();
        alone.sections.retain(|other, _| *other == id);
        if let Err(why) = attempt(&alone) {
            told.push((id.clone(), sentence(&why)));
            if let Some(section) = packet.sections.get_mut(&id) {
                section.excerpts = Excerpts::default();
            }
        }
    }
    attempt(packet).unwrap_or_else(|_| {
        let first = packet.in_order().first().map(|(id, _)| (*id).clone());
        told.extend(first.map(|id| (id, sentence(&why))));
        Vec::new()
    })
}

fn sentence(why: &Stop) -> String {
    why.to_string()
}

/// The chosen excerpts that are not among what is shown.
fn lost(
    packet: &Packet,
    shown: &HashMap<Origin, String>,
) -> Vec<(SectionId, Vec<Excerpt>)> {
    let shown: HashSet<(&SectionId, crate::model::HighlightId)> = { shown.keys() }
        .filter_map(|origin| match (&origin.section, &origin.part) {
            (Some(section), Part::Excerpt(_, highlight)) => Some((section, *highlight)),
            _ => None,
        })
        .collect();
    let sections = packet.in_order().into_iter();
    let lost = sections.filter_map(|(id, section)| {
        let Excerpts::Chosen(picks) = &section.excerpts else {
            return None;
        };
        let gone = { picks.iter() }.filter(|pick| !shown.contains(&(id, pick.highlight)));
        let gone: Vec<Excerpt> = { gone }
            .map(|pick| (pick.reading.clone(), pick.highlight))
            .collect();
        (!gone.is_empty()).then(|| (id.clone(), gone))
    });
    lost.collect()
}

/// The words of a block.
fn said(block: &Block) -> String {
    let line = |line: &Inlines| document::plain(line);
    let lines = |lines: &[Inlines]| lines.iter().map(line).collect::<Vec<_>>().join(" ");
    match block {
        Block::Heading(_, text) | Block::Text(_, text) | Block::Reference(text) => line(text),
        Block::Quote(quote) => {
            let mut said = format!("“{}”", lines(&quote.paragraphs));
            for more in [line(&quote.cite), lines(&quote.note)] {
                if !more.trim().is_empty() {
                    said.push(' ');
                    said.push_str(more.trim());
                }
            }
            said
        }
        Block::List { items, .. } => lines(items),
        Block::Lines(count) => words::counted(usize::from(*count), "line"),
        Block::Passage(passage) => line(&passage.text),
        Block::Table(table) => lines(&table.head),
        Block::Columns(_) | Block::Break => String::new(),
    }
}
