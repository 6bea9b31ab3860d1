//! Packets looked up in a project: which excerpts, claims and questions a section has now, and what of it is gone.
//!
//! A packet names what it holds, so what is corrected in the project is corrected in the packet. [`resolve`] follows the names;
//! [`crate::export::document::packet`] sets what it finds, and [`left_out`] says what it did not find.

mod claims;
mod excerpts;
mod gone;
mod questions;
mod template;

use std::collections::BTreeSet;

pub use claims::Claim;
pub use excerpts::{Excerpt, picks};
pub use questions::{Asked, Offer, offers};
pub use template::{Template, Wanted};

use self::{claims::claims, excerpts::Rules, questions::asked};
use super::document::Part;
use crate::model::{
    Highlight, LabelId, Layout, Packet, Project, Reading, ReadingId, Section, SectionId, Stance,
    Subject,
};

/// A section with what it names.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// Its name.
    pub id: &'a SectionId,
    /// The section.
    pub section: &'a Section,
    /// Its theory with the labels under it; empty without one.
    pub family: BTreeSet<LabelId>,
    /// Its excerpts, in order.
    pub excerpts: Vec<Excerpt<'a>>,
    /// How many excerpts, of how many readings, its rule finds, of which it may take the first only; none without a rule.
    pub found: Option<(usize, usize)>,
    /// The claims about its theory, by reading, whether they are printed or not.
    pub claims: Vec<Claim<'a>>,
    /// Its questions, in order.
    pub questions: Vec<Asked<'a>>,
    /// What it names and is gone.
    pub left_out: Vec<LeftOut>,
}

/// Something that a section names and that can't be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The section.
    pub section: SectionId,
    /// Which part of it.
    pub part: Part,
    /// Why, as a whole sentence.
    pub why: String,
}

/// All sections of a packet, in order. O(what they hold), and for each section with a query O(highlights).
pub fn resolve<'a>(project: &'a Project, packet: &'a Packet) -> Vec<Resolved<'a>> {
    let rules = Rules::new(project);
    let sections = packet.in_order().into_iter();
    sections
        .map(|(id, section)| one(project, &rules, id, section))
        .collect()
}

/// What sections name and is not printed, and why, section by section. Cost as [`resolve`].
pub fn left_out(project: &Project, packet: &Packet) -> Vec<LeftOut> {
    let sections = resolve(project, packet).into_iter();
    sections.flat_map(|section| section.left_out).collect()
}

fn one<'a>(
    project: &'a Project,
    rules: &Rules<'a>,
    id: &'a SectionId,
    section: &'a Section,
) -> Resolved<'a> {
    let mut missing = Vec::new();
    if let Subject::Theory(label) = &section.subject
        && project.label(label).is_none()
    {
        let why = format!("The label “{label}” is not in the codebook any more.");
        missing.push((Part::Definition, why));
    }
    let excerpts::Listed { excerpts, found } = excerpts::of(project, rules, section, &mut missing);
    let questions = asked(project, section, &mut missing);
    let left_out = missing.into_iter().map(|(part, why)| LeftOut {
        section: id.clone(),
        part,
        why,
    });
    Resolved {
        id,
        section,
        family: match &section.subject {
            Subject::Theory(label) => project.with_descendants(label),
            Subject::Free | Subject::Question => BTreeSet::new(),
        },
        excerpts,
        found,
        claims: claims(project, section),
        questions,
        left_out: left_out.collect(),
    }
}

impl<'a> Resolved<'a> {
    /// Its excerpts in the order in which they are printed.
    pub fn printed(&self) -> Vec<&Excerpt<'a>> {
        let mut all: Vec<&Excerpt<'a>> = self.excerpts.iter().collect();
        match self.section.layout {
            Layout::List => {}
            Layout::Sides(..) => all.sort_by_key(|e| e.side as u8),
            Layout::Authors | Layout::Map => {
                let first = |e: &&Excerpt<'a>| {
                    let mut all = self.excerpts.iter();
                    all.position(|other| other.reading.id == e.reading.id)
                };
                all.sort_by_cached_key(first);
                if self.section.layout == Layout::Map {
                    all.dedup_by_key(|e| &e.reading.id);
                }
            }
        }
        all
    }

    /// The claims that are printed.
    pub fn printed_claims(&self) -> &[Claim<'a>] {
        match self.section.claims {
            true => &self.claims,
            false => &[],
        }
    }

    /// The readings of what is printed, each once: by their first excerpts, then those of which there are claims only.
    pub fn readings(&self) -> Vec<&'a Reading> {
        let excerpts = self.printed().into_iter().map(|e| e.reading);
        let claims = self.printed_claims().iter().map(|claim| claim.reading);
        let mut seen: BTreeSet<&ReadingId> = BTreeSet::new();
        let mut all: Vec<&'a Reading> = excerpts.chain(claims).collect();
        all.retain(|reading| seen.insert(&reading.id));
        all
    }

    /// The label of a highlight that the section is about: its theory, or one under it.
    pub fn about<'h>(&self, highlight: &'h Highlight) -> Option<&'h LabelId> {
        let mut labels = highlight.labels.iter();
        labels.find(|label| self.family.contains(*label))
    }

    /// What a reading does with the section's theory, how often each, in the order of [`Stance::ALL`]: in all its highlights of the
    /// theory, or without a theory in the section's excerpts.
    pub fn stances(&self, project: &Project, reading: &Reading) -> Vec<(Stance, usize)> {
        let here: Vec<Stance> = match self.family.is_empty() {
            false => {
                let shelf = project.shelf(&reading.id).into_iter();
                let highlights = shelf.flat_map(|shelf| shelf.highlights.iter());
                let about = highlights.filter(|h| self.about(h).is_some());
                about.filter_map(|h| h.stance).collect()
            }
            true => {
                let of_reading = |e: &&Excerpt<'_>| e.reading.id == reading.id;
                let excerpts = self.excerpts.iter().filter(of_reading);
                excerpts.filter_map(|e| e.highlight.stance).collect()
            }
        };
        let count = |stance: Stance| here.iter().filter(|s| **s == stance).count();
        let all = Stance::ALL
            .into_iter()
            .map(|stance| (stance, count(stance)));
        all.filter(|(_, n)| *n > 0).collect()
    }
}

#[cfg(test)]
mod tests;
