//! Templates: packets to begin with, made of what was coded. What comes out is an ordinary packet, to be changed like any other.

mod appendix;
mod debate;
mod guide;
mod key;
mod map;

use std::collections::BTreeSet;

use super::{Offer, offers};
use crate::{
    analysis::Corpus,
    model::{
        Label, LabelId, Packet, PacketId, Project, Question, ReadingId, Section, SectionId,
        Subject, unique_slug,
    },
};

/// How many theories a packet is made of when none are asked for.
const THEORIES: usize = 5;

/// A kind of packet to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// A section for each theory: what it means, what each author says and is said to claim, a question, lines to write on.
    Guide,
    /// For each theory the excerpts for it and against it side by side.
    Debate,
    /// Each theory as a table: the labels under it, what it is set against, and author by author stance, claim and key excerpt.
    Map,
    /// Every label with its definition, how often it was used, and excerpts by rule: the appendix of a thesis.
    Appendix,
}

/// What a packet is to be made of. An empty list leaves the choice to the template: the theories with most highlights, all readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The theories, each with the labels under it, in the order of the sections.
    pub theories: Vec<LabelId>,
    /// The readings.
    pub readings: Vec<ReadingId>,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Guide, Self::Debate, Self::Map, Self::Appendix];

    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Debate => "debate",
            Self::Map => "map",
            Self::Appendix => "appendix",
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guide => "Reading guide",
            Self::Debate => "Debate, two sides",
            Self::Map => "Concept map",
            Self::Appendix => "Coding appendix",
        }
    }

    /// What it makes, as a sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Guide => {
                "A section for each theory: its definition, the authors with their claims and excerpts, a question, and lines to write on."
            }
            Self::Debate => "For each theory the excerpts for it and against it, side by side.",
            Self::Map => {
                "Each theory as a table: labels under it, what it is set against, and author by author stance, claim and key excerpt."
            }
            Self::Appendix => {
                "Every label with its definition, how often it was used, and examples, for the appendix of a thesis."
            }
        }
    }

    /// Makes a packet of `project`, as useful as what was coded allows. O(highlights).
    pub fn packet(self, project: &Project, wanted: &Wanted, id: PacketId) -> Packet {
        let title = match (self, wanted.theories.as_slice()) {
            (Self::Map | Self::Debate, [one]) => {
                format!("{}: {}", self.name(), project.label_name(one))
            }
            _ => self.name().to_owned(),
        };
        let mut maker = Maker {
            project,
            corpus: Corpus::new(project),
            wanted,
            packet: Packet::new(id, title),
            offers: Vec::new(),
        };
        maker.offers = offers(project, &maker.packet)
            .into_iter()
            .filter(|offer| maker.has_reading(&offer.reading.id))
            .collect();
        match self {
            Self::Guide => guide::make(&mut maker),
            Self::Debate => debate::make(&mut maker),
            Self::Map => map::make(&mut maker),
            Self::Appendix => appendix::make(&mut maker),
        }
        maker.add(Section {
            title: "Readings".to_owned(),
            readings: true,
            ..Section::default()
        });
        maker.packet
    }
}

/// A packet that is being made.
struct Maker<'a> {
    project: &'a Project,
    corpus: Corpus,
    wanted: &'a Wanted,
    packet: Packet,
    /// Questions of notes that no section asks yet.
    offers: Vec<Offer<'a>>,
}

impl<'a> Maker<'a> {
    /// Adds a section after those that are there.
    fn add(&mut self, section: Section) {
        let sections = &self.packet.sections;
        let taken = |name: &str| SectionId::new(name).is_ok_and(|id| sections.contains_key(&id));
        // A slug always is a name.
        if let Ok(id) = SectionId::new(&unique_slug(&section.title, taken)) {
            self.packet.head.order.push(id.clone());
            self.packet.sections.insert(id, section);
        }
    }

    fn has_reading(&self, id: &ReadingId) -> bool {
        self.wanted.readings.is_empty() || self.wanted.readings.contains(id)
    }

    /// The theories that are asked for; else of the labels that lie under no other those used most, in codebook order: those that say
    /// whom they come from, when any do.
    fn theories(&self) -> Vec<&'a Label> {
        if !self.wanted.theories.is_empty() {
            let ids = self.wanted.theories.iter();
            return ids.filter_map(|id| self.project.label(id)).collect();
        }
        let codebook = self.project.codebook().into_iter();
        let top = codebook
            .filter(|(depth, _)| *depth == 0)
            .map(|(_, label)| label);
        let mut used: Vec<(usize, usize, &Label)> = top
            .enumerate()
            .map(|(at, label)| (self.uses(&label.id), at, label))
            .filter(|(uses, ..)| *uses > 0)
            .collect();
        let sourced = |label: &Label| !label.source.trim().is_empty();
        if used.iter().any(|(.., label)| sourced(label)) {
            used.retain(|(.., label)| sourced(label));
        }
        used.sort_by_key(|(uses, at, _)| (std::cmp::Reverse(*uses), *at));
        used.truncate(THEORIES);
        used.sort_by_key(|(_, at, _)| *at);
        used.into_iter().map(|(.., label)| label).collect()
    }

    /// How many highlights of the wanted readings have a label or one under it.
    fn uses(&self, label: &LabelId) -> usize {
        let family = self.project.with_descendants(label);
        let shelves = self.project.shelves().into_iter();
        let highlights = shelves
            .filter(|shelf| self.has_reading(&shelf.reading.id))
            .flat_map(|shelf| shelf.highlights.iter());
        highlights
            .filter(|h| h.labels.iter().any(|l| family.contains(l)))
            .count()
    }

    /// Takes the questions that notes on excerpts of a theory ask.
    fn questions_about(&mut self, theory: &LabelId) -> Vec<Question> {
        let family: BTreeSet<LabelId> = self.project.with_descendants(theory);
        let about = |offer: &Offer<'_>| offer.highlight.labels.iter().any(|l| family.contains(l));
        let (here, other) = std::mem::take(&mut self.offers)
            .into_iter()
            .partition(about);
        self.offers = other;
        let here: Vec<Offer<'_>> = here;
        here.iter().map(Offer::question).collect()
    }

    /// Takes the questions that are left.
    fn other_questions(&mut self) -> Vec<Question> {
        let offers = std::mem::take(&mut self.offers);
        offers.iter().map(Offer::question).collect()
    }

    /// A section about a theory, by its name.
    fn about(&self, theory: &Label) -> Section {
        Section {
            title: theory.name.clone(),
            subject: Subject::Theory(theory.id.clone()),
            definitions: true,
            ..Section::default()
        }
    }
}
