//! A packet as pages, with what stands where on them: worked out on a thread.

use std::{collections::HashMap, sync::Arc};

use crate::{
    app::{session::drafts::Draft, words},
    export::{
        document::{self, Block, Head, Inlines, Item, Origin, Part},
        packet::{self as packets, LeftOut},
        page::{Page, Pages, Rect},
    },
    model::{Packet, PacketId, Project, Question},
    seeds,
};

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
    /// What the packet names and is gone.
    pub left_out: Vec<LeftOut>,
    /// The questions that notes ask and the packet does not.
    pub offers: Vec<Offered>,
    /// Why it could not be composed.
    pub failed: Option<String>,
}

/// A question that a note asks.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The question as a section holds it.
    pub question: Question,
    /// What is asked.
    pub text: String,
    /// The reading that the note is on.
    pub of: String,
}

impl Sheets {
    /// Composes a packet and lays it out. O(what it holds), beside what its queries cost.
    pub fn of(project: &Project, packet: &Packet, old: Option<&Self>) -> Self {
        let mut items = Vec::new();
        let composed = document::packet(project, packet, &mut items);
        let offered = |offer: packets::Offer<'_>| Offered {
            question: offer.question(),
            text: offer.text.to_owned(),
            of: offer.reading.meta.citation(),
        };
        let offers = packets::offers(project, packet).into_iter().map(offered);
        let mut sheets = Self {
            left_out: packets::left_out(project, packet),
            offers: offers.collect(),
            failed: composed.err().map(|why| why.to_string()),
            ..Self::default()
        };
        sheets.read(&items);
        let head = Head::from(packet);
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

    /// Where it stands first.
    pub fn place(&self, origin: &Origin) -> Option<(usize, Rect)> {
        { self.pages.iter().enumerate() }.find_map(|(at, page)| {
            let mut places = page.places.iter();
            let place = places.find(|place| place.origin == *origin)?;
            Some((at, place.rect))
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
        if !self.left_out.is_empty() {
            parts.push(format!("{} left out", words::grouped(self.left_out.len())));
        }
        parts.join(" · ")
    }
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
        Block::Columns(_) | Block::Legend(_) | Block::Break => String::new(),
    }
}
