//! What is done to a packet, as edits. Nothing here changes anything.

use crate::{
    edit::Edit,
    model::{
        Excerpts, HighlightId, Packet, PacketHead, PacketId, Pick, Project, ReadingId, Section,
        SectionId, Side, unique_slug,
    },
};

/// An excerpt, by what it is known by.
pub type Excerpt = (ReadingId, HighlightId);

/// What is told when excerpts that come by a rule were to be moved.
pub const BY_RULE: &str =
    "The excerpts of this section come by a rule. Choose “By hand” for it to order them yourself.";

/// Where excerpts are put.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The section.
    pub section: SectionId,
    /// The side they stand on.
    pub side: Side,
    /// The excerpt before which they come; without one they come last.
    pub before: Option<Excerpt>,
}

/// Whether a pick is of that excerpt.
pub fn is(pick: &Pick, excerpt: &Excerpt) -> bool {
    pick.reading == excerpt.0 && pick.highlight == excerpt.1
}

/// The picks of a section, if they were chosen by hand.
pub fn picks(section: &Section) -> Result<&[Pick], String> {
    match &section.excerpts {
        Excerpts::Chosen(picks) => Ok(picks),
        Excerpts::Ruled(_) => Err(BY_RULE.to_owned()),
    }
}

fn section<'a>(packet: &'a Packet, id: &SectionId) -> Result<&'a Section, String> {
    let gone = || "That section is not there any more.".to_owned();
    packet.sections.get(id).ok_or_else(gone)
}

fn with(section: &Section, picks: Vec<Pick>) -> Section {
    Section {
        excerpts: Excerpts::Chosen(picks),
        ..section.clone()
    }
}

/// Puts excerpts where they are wanted, out of the section `from` when they were there. `None` when that changes nothing.
pub fn put(
    packet: &Packet,
    what: &[Excerpt],
    from: Option<&SectionId>,
    spot: &Spot,
) -> Result<Option<Edit>, String> {
    let target = section(packet, &spot.section)?;
    let old = picks(target)?;
    let moved = |pick: &&Pick| what.iter().any(|one| is(pick, one));
    // What they are put before may be one of them: then it is what follows.
    let at = (spot.before.as_ref()).and_then(|b| old.iter().position(|pick| is(pick, b)));
    let head = &old[..at.unwrap_or(old.len())];
    let before = head.iter().filter(|pick| !moved(pick)).count();
    let mut new: Vec<Pick> = { old.iter().filter(|pick| !moved(pick)) }.cloned().collect();
    let there = what.iter().map(|(reading, highlight)| Pick {
        reading: reading.clone(),
        highlight: *highlight,
        side: spot.side,
    });
    new.splice(before..before, there);
    let mut edits = Vec::new();
    if new != old {
        let section = with(target, new);
        edits.push(Edit::PutSection(
            packet.id.clone(),
            spot.section.clone(),
            Some(section),
        ));
    }
    if let Some(from) = from.filter(|from| **from != spot.section) {
        let source = section(packet, from)?;
        let rest = picks(source)?.iter().filter(|pick| !moved(pick));
        let section = with(source, rest.cloned().collect());
        edits.push(Edit::PutSection(
            packet.id.clone(),
            from.clone(),
            Some(section),
        ));
    }
    Ok(one(edits))
}

/// Takes an excerpt out of a section.
pub fn take_out(packet: &Packet, id: &SectionId, excerpt: &Excerpt) -> Result<Edit, String> {
    let section = section(packet, id)?;
    let rest = picks(section)?.iter().filter(|pick| !is(pick, excerpt));
    let section = with(section, rest.cloned().collect());
    Ok(Edit::PutSection(
        packet.id.clone(),
        id.clone(),
        Some(section),
    ))
}

/// Where an excerpt goes that moves up or down by one among those of its side; at the end of its section it goes on into the next
/// one that was put together by hand. `None` when there is no further.
pub fn step(packet: &Packet, id: &SectionId, excerpt: &Excerpt, down: bool) -> Option<Spot> {
    let section = packet.sections.get(id)?;
    let all = picks(section).ok()?;
    let at = all.iter().position(|pick| is(pick, excerpt))?;
    let side = all[at].side;
    let sided = matches!(section.layout, crate::model::Layout::Sides(..));
    let beside = |pick: &&Pick| !sided || pick.side == side;
    let known = |pick: &Pick| (pick.reading.clone(), pick.highlight);
    let here = |before: Option<&Pick>| Spot {
        section: id.clone(),
        side,
        before: before.map(known),
    };
    if down {
        let mut after = all[at + 1..].iter().filter(beside);
        if after.next().is_some() {
            return Some(here(after.next()));
        }
    } else if let Some(previous) = all[..at].iter().rfind(beside) {
        return Some(here(Some(previous)));
    }
    let order = packet.in_order();
    let here = order.iter().position(|(other, _)| *other == id)?;
    let by_hand = |(id, s): &(&SectionId, &Section)| Some(((*id).clone(), picks(s).ok()?.first().map(known)));
    let (section, first) = match down {
        true => order[here + 1..].iter().find_map(by_hand)?,
        false => order[..here].iter().rev().find_map(by_hand)?,
    };
    Some(Spot {
        section,
        side: Side::First,
        before: first.filter(|_| down),
    })
}

/// Puts a section into another place among the sections.
pub fn move_section(packet: &Packet, id: &SectionId, to: usize) -> Option<Edit> {
    let mut order = order(packet);
    let from = order.iter().position(|other| other == id)?;
    let moved = order.remove(from);
    order.insert(to.min(order.len()), moved);
    let head = PacketHead {
        order,
        ..packet.head.clone()
    };
    (head != packet.head).then(|| Edit::PutPacket(packet.id.clone(), Some(head)))
}

/// The ids of a packet's sections, in order.
pub fn order(packet: &Packet) -> Vec<SectionId> {
    { packet.in_order().into_iter() }
        .map(|(id, _)| id.clone())
        .collect()
}

/// Adds a section after another, or last. Returns its id too.
pub fn add_section(
    packet: &Packet,
    section: Section,
    after: Option<&SectionId>,
) -> (SectionId, Edit) {
    let taken = |slug: &str| {
        SectionId::new(slug).is_ok_and(|id| packet.sections.contains_key(&id))
    };
    let id = SectionId::new(&unique_slug(&section.title, taken))
        .unwrap_or_else(|_| unreachable!("slugs are valid ids"));
    let mut order = order(packet);
    let at = after.and_then(|a| order.iter().position(|other| other == a));
    order.insert(at.map_or(order.len(), |at| at + 1), id.clone());
    let head = PacketHead {
        order,
        ..packet.head.clone()
    };
    let edit = Edit::Batch(vec![
        Edit::PutSection(packet.id.clone(), id.clone(), Some(section)),
        Edit::PutPacket(packet.id.clone(), Some(head)),
    ]);
    (id, edit)
}

/// Takes a section out.
pub fn remove_section(packet: &Packet, id: &SectionId) -> Edit {
    let mut head = packet.head.clone();
    head.order.retain(|other| other != id);
    let mut edits = vec![Edit::PutSection(packet.id.clone(), id.clone(), None)];
    if head != packet.head {
        edits.push(Edit::PutPacket(packet.id.clone(), Some(head)));
    }
    Edit::Batch(edits)
}

/// Makes a packet with all its sections.
pub fn add_packet(packet: Packet) -> Edit {
    let Packet { id, head, sections } = packet;
    let mut edits = vec![Edit::PutPacket(id.clone(), Some(head))];
    let put = |(section, what)| Edit::PutSection(id.clone(), section, Some(what));
    edits.extend(sections.into_iter().map(put));
    Edit::Batch(edits)
}

/// Takes a packet out with all its sections.
pub fn remove_packet(packet: &Packet) -> Edit {
    let take = |section: &SectionId| Edit::PutSection(packet.id.clone(), section.clone(), None);
    let mut edits: Vec<Edit> = packet.sections.keys().map(take).collect();
    edits.push(Edit::PutPacket(packet.id.clone(), None));
    Edit::Batch(edits)
}

/// A free id for a packet of that title.
pub fn free_id(project: &Project, title: &str) -> PacketId {
    let taken = |slug: &str| PacketId::new(slug).is_ok_and(|id| project.packets().contains_key(&id));
    PacketId::new(&unique_slug(title, taken))
        .unwrap_or_else(|_| unreachable!("slugs are valid ids"))
}

/// A copy of a packet.
pub fn copy(project: &Project, packet: &Packet) -> Packet {
    let title = format!("{}, copy", packet.head.title);
    Packet {
        id: free_id(project, &title),
        head: PacketHead {
            title,
            ..packet.head.clone()
        },
        sections: packet.sections.clone(),
    }
}

fn one(mut edits: Vec<Edit>) -> Option<Edit> {
    match edits.len() {
        0 | 1 => edits.pop(),
        _ => Some(Edit::Batch(edits)),
    }
}
