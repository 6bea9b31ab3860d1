//! What several edits come to, and taking that back.
//!
//! Of each thing that the edits touched, a [`Net`] knows how it was before them and how they left it. So taking back a
//! thousand edits of one highlight is one edit; and what someone else changed since stays: of a label, a reading's details
//! or a highlight only those fields go back that the edits changed and that are still as they left them.

use std::{collections::BTreeMap, sync::Arc};

pub(crate) mod fields;
mod goal;
mod steps;

use super::Edit;
use crate::model::{
    About, CoderId, Highlight, HighlightId, Label, LabelId, PacketHead, PacketId, Project,
    ReadingId, ReadingMeta, Section, SectionId,
};
use goal::goal;
use steps::Steps;

/// What an edit touches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Name,
    Place(ReadingId),
    Details(ReadingId),
    Label(LabelId),
    Highlight(ReadingId, HighlightId),
    Jotting(CoderId, About),
    Packet(PacketId),
    Section(PacketId, SectionId),
}

/// How it is.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Name(String),
    /// Whether the reading is there rather than removed.
    Place(bool),
    Details(ReadingMeta),
    Label(Option<Label>),
    Highlight(Option<Arc<Highlight>>),
    Jotting(Option<String>),
    Packet(Option<PacketHead>),
    Section(Option<Section>),
}

/// What edits came to.
#[derive(Debug, Default)]
pub struct Net {
    /// How each thing was before, and how it was left.
    things: BTreeMap<Thing, (State, Option<State>)>,
}

/// What came of taking edits back.
#[derive(Debug)]
pub struct TakenBack {
    /// What was carried out; an empty batch for nothing.
    pub edit: Edit,
    /// What takes that back.
    pub inverse: Edit,
    /// What could not be taken back: why, each reason once.
    pub refused: Vec<String>,
}

/// The parts of an edit in order, batches taken apart.
pub fn parts(edit: &Edit) -> Vec<&Edit> {
    match edit {
        Edit::Batch(edits) => edits.iter().flat_map(parts).collect(),
        other => vec![other],
    }
}

/// What an edit that is no batch leaves behind.
fn left(edit: &Edit) -> Option<(Thing, State)> {
    Some(match edit {
        Edit::RenameProject(name) => (Thing::Name, State::Name(name.clone())),
        Edit::AddLabel(l) | Edit::ChangeLabel(l) => {
            (Thing::Label(l.id.clone()), State::Label(Some(l.clone())))
        }
        Edit::RemoveLabel(id) => (Thing::Label(id.clone()), State::Label(None)),
        Edit::AddReading(r) => (Thing::Place(r.id.clone()), State::Place(true)),
        Edit::RestoreReading(id) => (Thing::Place(id.clone()), State::Place(true)),
        Edit::RemoveReading(id) => (Thing::Place(id.clone()), State::Place(false)),
        Edit::ChangeReading(id, meta) => (Thing::Details(id.clone()), State::Details(meta.clone())),
        Edit::AddHighlight(h) | Edit::ChangeHighlight(h) => (
            Thing::Highlight(h.reading.clone(), h.id),
            State::Highlight(Some(Arc::clone(h))),
        ),
        Edit::RemoveHighlight(reading, id) => (
            Thing::Highlight(reading.clone(), *id),
            State::Highlight(None),
        ),
        Edit::Jot(coder, about, text) => (
            Thing::Jotting(coder.clone(), about.clone()),
            State::Jotting(text.clone()),
        ),
        Edit::PutPacket(id, head) => (Thing::Packet(id.clone()), State::Packet(head.clone())),
        Edit::PutSection(packet, id, section) => (
            Thing::Section(packet.clone(), id.clone()),
            State::Section(section.clone()),
        ),
        Edit::Batch(_) => return None,
    })
}

impl Net {
    /// Adds the next entry: the parts of what was done, in order, and those of its inverse, in theirs. A part of what was
    /// done that can't be read is left out: `None`.
    pub fn add(&mut self, made: &[Option<&Edit>], inverse: &[&Edit]) {
        let paired = made.len() == inverse.len();
        for (i, back) in inverse.iter().rev().enumerate() {
            let Some((thing, before)) = left(back) else {
                continue;
            };
            let made = made.get(i).copied().flatten().filter(|_| paired);
            let after = made.and_then(left).filter(|(t, _)| *t == thing);
            let after = after.map(|(_, state)| state);
            let before = match self.things.remove(&thing) {
                Some((first, left)) => since(first, left.as_ref(), before),
                None => before,
            };
            self.things.insert(thing, (before, after));
        }
    }

    /// Takes back what still stands of the edits, as far as that fits. `about_to` is told of each edit before it is applied.
    pub fn take_back(
        self,
        project: &mut Project,
        about_to: &mut dyn FnMut(&Project, &Edit),
    ) -> TakenBack {
        let mut steps = Steps::new(project, about_to);
        let mut pending = Vec::new();
        let mut removals = Vec::new();
        // Names and readings come first, then labels, then highlights.
        for (thing, (before, after)) in self.things {
            match goal(steps.project, &thing, before, after) {
                Ok(None) => {}
                Ok(Some(edit @ Edit::RemoveLabel(_))) => removals.push(edit),
                Ok(Some(edit)) => pending.push(edit),
                Err(why) => steps.refuse(why),
            }
        }
        pending.append(&mut removals);
        steps.carry_out(pending);
        steps.inverses.reverse();
        TakenBack {
            edit: one(steps.done),
            inverse: one(steps.inverses),
            refused: steps.refused,
        }
    }
}

/// What a thing would have been `now`, before the next edit, without the edits so far, which found it as `first` and left it as
/// `left`: what others did in between is not the edits' own.
fn since(first: State, left: Option<&State>, now: State) -> State {
    match (&first, left, &now) {
        (_, None, _) => first,
        (_, Some(left), now) if left == now => first,
        (State::Label(Some(first)), Some(State::Label(Some(left))), State::Label(Some(now))) => {
            State::Label(Some(fields::label(left, first, now)))
        }
        (State::Details(first), Some(State::Details(left)), State::Details(now)) => {
            State::Details(fields::details(left, first, now))
        }
        (
            State::Highlight(Some(first)),
            Some(State::Highlight(Some(left))),
            State::Highlight(Some(now)),
        ) => State::Highlight(Some(Arc::new(fields::highlight(left, first, now)))),
        (State::Packet(Some(first)), Some(State::Packet(Some(left))), State::Packet(Some(now))) => {
            State::Packet(Some(fields::head(left, first, now)))
        }
        (
            State::Section(Some(first)),
            Some(State::Section(Some(left))),
            State::Section(Some(now)),
        ) => State::Section(Some(fields::section(left, first, now))),
        _ => now,
    }
}

fn one(mut edits: Vec<Edit>) -> Edit {
    match edits.len() {
        1 => edits.remove(0),
        _ => Edit::Batch(edits),
    }
}

#[cfg(test)]
mod tests;
