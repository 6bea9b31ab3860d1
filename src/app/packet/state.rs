//! What the view keeps.

use std::sync::{Arc, mpsc};

use serde::{Deserialize, Serialize};

use super::{
    add,
    pictures::Pictures,
    sheets::{Key, Sheets},
    templates,
};
use crate::{
    app::{
        Session,
        query_field::Offers,
        session::drafts::Slot,
        worker::{Worked, Workers},
    },
    export::{document::Origin, page::Rect},
    model::{ClaimPlace, Packet, PacketId, Project, SectionId},
};

/// What the panel at the right shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    /// Excerpts to be added.
    #[default]
    Add,
    /// The section's settings.
    Section,
    /// The packet's.
    Packet,
}

/// What is remembered from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The packet that showed.
    pub packet: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// What the panel at the right showed.
    pub face: Face,
    /// How large pages were, 1 being as printed; without it as wide as fits.
    pub zoom: Option<f32>,
}

/// What this view keeps.
#[derive(Default)]
pub struct State {
    /// What is remembered from one start to the next.
    pub kept: Kept,
    /// Whether a template is being chosen for a new packet.
    pub(super) choosing: bool,
    /// A packet that is being made from a template.
    making: Option<mpsc::Receiver<Option<Packet>>>,
    worked: Worked<Key, Arc<Sheets>>,
    snapshot: Option<(u64, Arc<Project>)>,
    /// The pages that show.
    pub(super) sheets: Option<Arc<Sheets>>,
    pub(super) pictures: Pictures,
    /// What is chosen on them.
    pub(super) selected: Option<Origin>,
    /// What is to be brought into view, and whether the keyboard goes there.
    pub(super) reveal: Option<Origin>,
    /// The page that shows most, from 0.
    pub(super) page: usize,
    /// How large a point of paper shows, in points of the screen.
    pub(super) scale: f32,
    /// How far the pages are scrolled, in points of the screen.
    pub(super) offset: f32,
    /// The text that is written in on a page.
    pub(super) editing: Option<Editing>,
    /// The section whose name is written in at the left.
    pub(super) renaming: Option<Slot>,
    /// The question that was added and is to be written.
    pub(super) fresh_question: Option<usize>,
    /// What can be put into the query of a rule.
    pub(super) rule_offers: Offers,
    /// What can be added.
    pub(super) add: add::State,
    /// The part that takes the keyboard at the next frame.
    pub(super) wants_keyboard: Option<Part>,
}

/// A text that is written in where it stands.
pub struct Editing {
    /// The text.
    pub text: Written,
    /// What shows it.
    pub origin: Origin,
    /// Where that stood last: the number of the page from 0, and the place on it. What is emptied is not printed.
    pub at: Option<(usize, Rect)>,
    /// Whether it was begun in this frame.
    pub fresh: bool,
}

/// A text that can be written in where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Written {
    /// One of the packet's.
    Packet(Slot),
    /// The coder's claim.
    Claim(ClaimPlace),
}

/// The parts of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The sections.
    Sections,
    /// The pages.
    Pages,
    /// What can be added.
    Add,
}

impl State {
    /// The packet that shows: the one that was chosen, or the first.
    pub fn shown<'a>(&self, project: &'a Project) -> Option<&'a Packet> {
        let packets = project.packets();
        let kept = self.kept.packet.as_deref();
        let kept = kept.and_then(|id| packets.get(&PacketId::new(id).ok()?));
        kept.or_else(|| packets.values().next())
    }

    /// The section that shows: the one that was chosen, or the first.
    pub fn section(&self, packet: &Packet) -> Option<SectionId> {
        let kept = self.kept.section.as_deref();
        let kept = kept.and_then(|id| SectionId::new(id).ok());
        let there = kept.filter(|id| packet.sections.contains_key(id));
        there.or_else(|| packet.in_order().first().map(|(id, _)| (*id).clone()))
    }

    /// Has another packet show.
    pub fn open(&mut self, id: &PacketId) {
        self.kept.packet = Some(id.to_string());
        self.kept.section = None;
        self.choosing = false;
        self.let_go();
        self.page = 0;
    }

    /// Has another section show.
    pub fn choose_section(&mut self, id: &SectionId) {
        self.kept.section = Some(id.to_string());
    }

    /// Chooses something on the pages, and shows it.
    pub fn select(&mut self, origin: Origin) {
        if let Some(section) = &origin.section {
            self.choose_section(&section.clone());
        }
        self.reveal = Some(origin.clone());
        self.selected = Some(origin);
    }

    fn let_go(&mut self) {
        self.selected = None;
        self.editing = None;
        self.renaming = None;
    }

    /// Lets go of what is chosen; whether there was something.
    pub fn back_out(&mut self) -> bool {
        std::mem::take(&mut self.choosing)
            || self.editing.take().is_some()
            || self.selected.take().is_some()
    }

    /// Takes the keyboard at the next frame.
    pub fn take_keyboard(&mut self) {
        self.wants_keyboard = Some(Part::Pages);
    }

    /// Leaves the keyboard to another.
    pub fn leave_keyboard(&mut self) {
        self.wants_keyboard = None;
    }

    /// Whether a part is to take the keyboard now.
    pub(super) fn gets_keyboard(&mut self, part: Part) -> bool {
        self.wants_keyboard
            .take_if(|wants| *wants == part)
            .is_some()
    }

    /// For the status line: “Page 2 of 4 · 11 excerpts · 6 questions”.
    pub fn summary(&self) -> String {
        let sheets = self.sheets.as_ref().filter(|_| !self.choosing);
        sheets.map_or_else(String::new, |sheets| sheets.summary(self.page))
    }

    /// Has the pages made again when something changed, and takes over what has come.
    pub(super) fn refresh(&mut self, session: &Session, workers: &Workers) {
        let Some(id) = self
            .shown(session.project())
            .map(|packet| packet.id.clone())
        else {
            self.sheets = None;
            return;
        };
        let key = Key {
            revision: session.revision,
            packet: id.clone(),
            draft: session.draft.clone().filter(|d| d.packet == id),
        };
        if !self.worked.is_current(&key) {
            let project = self.project(session);
            let packet = session.packet_as_written(&id);
            let old = self.sheets.clone();
            let work = move || {
                let packet = packet.map(|p| Sheets::of(&project, &p, old.as_deref()));
                Arc::new(packet.unwrap_or_default())
            };
            self.worked.get(workers, key, work);
        }
        let same = self.worked.key().is_some_and(|key| key.packet == id);
        let sheets = self.worked.latest().filter(|_| same).cloned();
        self.sheets = sheets;
        self.check();
    }

    /// Has a packet made from a template, on a thread.
    pub(super) fn make(&mut self, session: &Session, workers: &Workers, number: usize) {
        let project = self.project(session);
        self.making = Some(workers.start(move || templates::make(&project, number)));
    }

    /// The packet that was made from a template, once.
    pub(super) fn made(&mut self) -> Option<Packet> {
        let made = self.making.as_ref()?.try_recv();
        if !matches!(made, Err(mpsc::TryRecvError::Empty)) {
            self.making = None;
        }
        made.ok().flatten()
    }

    /// What is gone is not chosen any more.
    fn check(&mut self) {
        let Some(sheets) = &self.sheets else {
            return;
        };
        self.page = self.page.min(sheets.pages.len().saturating_sub(1));
    }

    /// The project as it is now, shared with threads.
    fn project(&mut self, session: &Session) -> Arc<Project> {
        let revision = session.revision;
        let known = self.snapshot.take().filter(|(made, _)| *made == revision);
        let (_, project) = self
            .snapshot
            .insert(known.unwrap_or_else(|| (revision, Arc::new(session.project().clone()))));
        Arc::clone(project)
    }
}
