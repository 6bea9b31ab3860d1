//! The texts of a packet that one writes: saved as one types, like notes and claims.

use super::Session;
use crate::{
    edit::Edit,
    model::{Excerpts, Layout, Packet, PacketId, Question, Section, SectionId, Side},
};

/// A text of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Its title.
    Title,
    /// The line beside that.
    Line,
    /// Something of a section.
    Of(SectionId, Text),
}

/// A text of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Its title.
    Title,
    /// Its introduction.
    Introduction,
    /// A question that was written, by its place.
    Question(usize),
    /// What stands over a side.
    Heading(Side),
    /// The query of its rule.
    Query,
}

/// A text of a packet as it is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The packet.
    pub packet: PacketId,
    /// Which text.
    pub slot: Slot,
    /// The text so far.
    pub text: String,
    /// When it was last changed, in seconds of the window's clock; `None` when it is saved.
    pub touched: Option<f64>,
}

impl Slot {
    /// The text, if the packet has it.
    pub fn of<'a>(&self, packet: &'a Packet) -> Option<&'a str> {
        match self {
            Self::Title => Some(&packet.head.title),
            Self::Line => Some(&packet.head.line),
            Self::Of(id, text) => text.of(packet.sections.get(id)?),
        }
    }

    /// Puts another text in its place; nothing happens where the packet has no such text.
    pub fn put(&self, packet: &mut Packet, new: String) {
        match self {
            Self::Title => packet.head.title = new,
            Self::Line => packet.head.line = new,
            Self::Of(id, text) => {
                if let Some(section) = packet.sections.get_mut(id) {
                    text.put(section, new);
                }
            }
        }
    }

    /// Whether it may have nothing in it. What names a thing may not.
    pub fn may_be_empty(&self) -> bool {
        !matches!(self, Self::Title | Self::Of(_, Text::Title))
    }
}

impl Text {
    fn of<'a>(&self, section: &'a Section) -> Option<&'a str> {
        match self {
            Self::Title => Some(&section.title),
            Self::Introduction => Some(&section.introduction),
            Self::Question(at) => match section.questions.get(*at)? {
                Question::Written(text) => Some(text),
                Question::Note(..) => None,
            },
            Self::Heading(side) => match (&section.layout, side) {
                (Layout::Sides(first, _), Side::First) => Some(first),
                (Layout::Sides(_, second), Side::Second) => Some(second),
                _ => None,
            },
            Self::Query => match &section.excerpts {
                Excerpts::Ruled(rule) => Some(&rule.query),
                Excerpts::Chosen(_) => None,
            },
        }
    }

    fn put(&self, section: &mut Section, new: String) {
        match self {
            Self::Title => section.title = new,
            Self::Introduction => section.introduction = new,
            Self::Question(at) => {
                if let Some(Question::Written(text)) = section.questions.get_mut(*at) {
                    *text = new;
                }
            }
            Self::Heading(side) => match (&mut section.layout, side) {
                (Layout::Sides(first, _), Side::First) => *first = new,
                (Layout::Sides(_, second), Side::Second) => *second = new,
                _ => {}
            },
            Self::Query => {
                if let Excerpts::Ruled(rule) = &mut section.excerpts {
                    rule.query = new;
                }
            }
        }
    }
}

impl Session {
    /// A text of a packet, as far as it is written.
    pub fn packet_text(&self, packet: &PacketId, slot: &Slot) -> Option<&str> {
        match &self.draft {
            Some(draft) if draft.packet == *packet && draft.slot == *slot => Some(&draft.text),
            _ => slot.of(self.project().packets().get(packet)?),
        }
    }

    /// Takes what was typed. A text that was being written elsewhere is saved first.
    pub fn write_packet(
        &mut self,
        packet: &PacketId,
        slot: Slot,
        text: String,
        now: f64,
    ) -> Result<(), String> {
        let other = |draft: &Draft| draft.packet != *packet || draft.slot != slot;
        if self.draft.as_ref().is_some_and(other) {
            self.commit_draft()?;
        }
        self.draft = Some(Draft {
            packet: packet.clone(),
            slot,
            text,
            touched: Some(now),
        });
        Ok(())
    }

    /// Writes the draft into its packet when it differs. A name that was emptied stays as it was.
    pub fn commit_draft(&mut self) -> Result<(), String> {
        let Some(draft) = self.draft.as_mut().filter(|draft| draft.touched.is_some()) else {
            return Ok(());
        };
        draft.touched = None;
        let Draft {
            packet, slot, text, ..
        } = draft.clone();
        let text = text.trim_end().to_owned();
        let Some(now) = self.project().packets().get(&packet) else {
            return Ok(());
        };
        let same = slot.of(now).is_none_or(|old| old == text);
        if same || (text.is_empty() && !slot.may_be_empty()) {
            return Ok(());
        }
        let mut new = now.clone();
        slot.put(&mut new, text);
        let edit = match slot {
            Slot::Title | Slot::Line => Edit::PutPacket(packet, Some(new.head)),
            Slot::Of(id, _) => {
                let section = new.sections.remove(&id);
                Edit::PutSection(packet, id, section)
            }
        };
        self.perform(edit)
    }

    /// A packet with what is being written in it.
    pub fn packet_as_written(&self, id: &PacketId) -> Option<Packet> {
        let mut packet = self.project().packets().get(id)?.clone();
        if let Some(draft) = self.draft.as_ref().filter(|d| d.packet == *id) {
            draft.slot.put(&mut packet, draft.text.clone());
        }
        Some(packet)
    }
}
