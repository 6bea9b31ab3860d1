//! What people do to packets. Each function looks at the project and returns the edit, `None` when there is nothing to do or to do
//! it to; nothing is changed until it is applied.
//!
//! Packets hold on to what they name. A highlight that is deleted stays among the picks of a section and is left out until undo brings
//! it back; one of a reading that was revised is found in the new version. A section about a label that is deleted stays as it is,
//! without definition and claims; when the label is merged into another, it is about that one
//! ([`super::compose::merge_labels`]). The query of a rule is left as it was written, like saved queries.

use std::collections::BTreeMap;

use super::Edit;
use crate::model::{
    Excerpts, Packet, PacketHead, PacketId, Pick, Project, Section, SectionId, unique_slug,
};

/// A file name for a new packet.
pub fn new_id(project: &Project, title: &str) -> Option<PacketId> {
    let taken =
        |name: &str| PacketId::new(name).is_ok_and(|id| project.packets().contains_key(&id));
    PacketId::new(&unique_slug(title, taken)).ok()
}

/// A name for a new section.
pub fn new_section_id(sections: &BTreeMap<SectionId, Section>, title: &str) -> Option<SectionId> {
    let taken = |name: &str| SectionId::new(name).is_ok_and(|id| sections.contains_key(&id));
    SectionId::new(&unique_slug(title, taken)).ok()
}

/// Puts a packet in the place of the one with its id, or makes it.
pub fn put(project: &Project, packet: &Packet) -> Option<Edit> {
    let old = project.packets().get(&packet.id);
    let mut edits = Vec::new();
    if old.is_none_or(|old| old.head != packet.head) {
        edits.push(Edit::PutPacket(
            packet.id.clone(),
            Some(packet.head.clone()),
        ));
    }
    let section =
        |id: &SectionId, section| Edit::PutSection(packet.id.clone(), id.clone(), section);
    for (id, new) in packet.in_order() {
        if old.and_then(|old| old.sections.get(id)) != Some(new) {
            edits.push(section(id, Some(new.clone())));
        }
    }
    let gone = old.into_iter().flat_map(|old| old.sections.keys());
    let gone = gone.filter(|id| !packet.sections.contains_key(*id));
    edits.extend(gone.map(|id| section(id, None)));
    one(edits)
}

/// Deletes a packet with its sections.
pub fn delete(project: &Project, id: &PacketId) -> Option<Edit> {
    let packet = project.packets().get(id)?;
    let sections = packet.sections.keys();
    let mut edits: Vec<Edit> = sections
        .map(|section| Edit::PutSection(id.clone(), section.clone(), None))
        .collect();
    edits.push(Edit::PutPacket(id.clone(), None));
    one(edits)
}

/// Makes a copy of a packet, to be changed for another seminar.
pub fn duplicate(project: &Project, id: &PacketId) -> Option<(PacketId, Edit)> {
    let mut copy = project.packets().get(id)?.clone();
    copy.head.title = format!("{} (copy)", copy.head.title);
    copy.id = new_id(project, &copy.head.title)?;
    Some((copy.id.clone(), put(project, &copy)?))
}

/// Changes what is said of a packet as a whole.
pub fn change(project: &Project, id: &PacketId, f: impl FnOnce(&mut PacketHead)) -> Option<Edit> {
    let old = &project.packets().get(id)?.head;
    let mut new = old.clone();
    f(&mut new);
    (new != *old).then(|| Edit::PutPacket(id.clone(), Some(new)))
}

/// Adds a section as the one at `at`, counted from 0; beyond the last it comes last.
pub fn add_section(
    project: &Project,
    packet: &PacketId,
    section: Section,
    at: usize,
) -> Option<(SectionId, Edit)> {
    let there = project.packets().get(packet)?;
    let id = new_section_id(&there.sections, &section.title)?;
    let mut head = there.head.clone();
    head.order = order(there);
    head.order.insert(at.min(head.order.len()), id.clone());
    let put = Edit::PutSection(packet.clone(), id.clone(), Some(section));
    let edit = Edit::Batch(vec![put, Edit::PutPacket(packet.clone(), Some(head))]);
    Some((id, edit))
}

/// Puts a copy of a section after it.
pub fn duplicate_section(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
) -> Option<(SectionId, Edit)> {
    let there = project.packets().get(packet)?;
    let copy = there.sections.get(id)?.clone();
    let at = order(there).iter().position(|other| other == id)?;
    add_section(project, packet, copy, at + 1)
}

/// Deletes a section.
pub fn delete_section(project: &Project, packet: &PacketId, id: &SectionId) -> Option<Edit> {
    let there = project.packets().get(packet)?;
    there.sections.get(id)?;
    let mut head = there.head.clone();
    head.order.retain(|other| other != id);
    let mut edits = vec![Edit::PutSection(packet.clone(), id.clone(), None)];
    if head != there.head {
        edits.push(Edit::PutPacket(packet.clone(), Some(head)));
    }
    one(edits)
}

/// Moves a section so that it is the one at `to`, counted from 0 without it.
pub fn move_section(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
    to: usize,
) -> Option<Edit> {
    let there = project.packets().get(packet)?;
    there.sections.get(id)?;
    let mut order = order(there);
    order.retain(|other| other != id);
    order.insert(to.min(order.len()), id.clone());
    change(project, packet, |head| head.order = order)
}

/// The sections of a packet in order, without those that its head names and are not there.
fn order(packet: &Packet) -> Vec<SectionId> {
    let sections = packet.in_order().into_iter();
    sections.map(|(id, _)| id.clone()).collect()
}

/// Changes a section.
pub fn change_section(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
    f: impl FnOnce(&mut Section),
) -> Option<Edit> {
    let old = project.packets().get(packet)?.sections.get(id)?;
    let mut new = old.clone();
    f(&mut new);
    (new != *old).then(|| Edit::PutSection(packet.clone(), id.clone(), Some(new)))
}

/// Puts excerpts into a section, before the one `before` or at the end; those that it has already move there, and stand on the
/// side that is said. `None` also when the section has a rule: that is to be turned into picks first ([`choose`]).
pub fn place_picks(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
    picks: &[Pick],
    before: Option<&Pick>,
) -> Option<Edit> {
    change_section(project, packet, id, |section| {
        if let Excerpts::Chosen(there) = &mut section.excerpts {
            let moves = |pick: &Pick| picks.iter().any(|new| same(project, new, pick));
            let at = before.and_then(|b| there.iter().position(|pick| same(project, b, pick)));
            let at = at.unwrap_or(there.len());
            // One of those that move may be the one before which they go.
            let at = there[..at].iter().filter(|pick| !moves(pick)).count();
            there.retain(|pick| !moves(pick));
            let mut new: Vec<Pick> = Vec::new();
            for pick in picks {
                if !new.iter().any(|other| same(project, other, pick)) {
                    new.push(pick.clone());
                }
            }
            there.splice(at..at, new);
        }
    })
}

/// Takes excerpts out of a section.
pub fn remove_picks(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
    picks: &[Pick],
) -> Option<Edit> {
    change_section(project, packet, id, |section| {
        if let Excerpts::Chosen(there) = &mut section.excerpts {
            there.retain(|pick| !picks.iter().any(|gone| same(project, gone, pick)));
        }
    })
}

/// Moves excerpts from one section to another, before the one `before` or at the end.
pub fn send_picks(
    project: &Project,
    packet: &PacketId,
    (from, to): (&SectionId, &SectionId),
    picks: &[Pick],
    before: Option<&Pick>,
) -> Option<Edit> {
    if from == to {
        return place_picks(project, packet, to, picks, before);
    }
    let placed = place_picks(project, packet, to, picks, before)?;
    let removed = remove_picks(project, packet, from, picks);
    one(std::iter::once(placed).chain(removed).collect())
}

/// Turns the rule of a section into excerpts chosen by hand: those that it gives now.
pub fn choose(
    project: &Project,
    packet: &PacketId,
    id: &SectionId,
    picks: Vec<Pick>,
) -> Option<Edit> {
    change_section(project, packet, id, |section| {
        section.excerpts = Excerpts::Chosen(picks);
    })
}

/// Whether two picks are of one highlight, whatever version of the reading they name.
pub fn same(project: &Project, a: &Pick, b: &Pick) -> bool {
    let reading = |pick: &Pick| project.current(&pick.reading).map(|reading| &reading.id);
    a.highlight == b.highlight && (a.reading == b.reading || reading(a) == reading(b))
}

fn one(mut edits: Vec<Edit>) -> Option<Edit> {
    match edits.len() {
        0 => None,
        1 => edits.pop(),
        _ => Some(Edit::Batch(edits)),
    }
}

#[cfg(test)]
#[path = "packets_tests.rs"]
mod tests;
