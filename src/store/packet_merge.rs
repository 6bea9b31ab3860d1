//! Two versions of a packet as one: what each side did is kept, section by section.

use crate::{
    edit::{fields, packets::new_section_id},
    model::{Excerpts, Packet, Section, SectionId},
};

/// Two sides of which it is not known what they were made of. Sections of one side only are taken; of one that both have, what the lists
/// of excerpts and questions hold is put together, and when they differ otherwise the other side's is added as a section of its own. Of
/// the title and the like our side's is taken.
pub(super) fn two_sides(mut ours: Packet, theirs: Packet) -> Packet {
    let order = theirs.in_order().into_iter();
    let order: Vec<SectionId> = order.map(|(id, _)| id.clone()).collect();
    let mut before: Option<SectionId> = None;
    for (id, section) in order.into_iter().zip(theirs_in_order(&theirs)) {
        let there = ours.sections.get(&id);
        before = match there.map(|there| together(there, &section)) {
            Some(Some(both)) => {
                ours.sections.insert(id.clone(), both);
                Some(id)
            }
            Some(None) => insert(&mut ours, numbered(section), Some(&id)).or(before),
            None => {
                place(&mut ours, id.clone(), section, before.as_ref());
                Some(id)
            }
        };
    }
    ours
}

fn theirs_in_order(theirs: &Packet) -> Vec<Section> {
    let sections = theirs.in_order().into_iter();
    sections.map(|(_, section)| section.clone()).collect()
}

/// Puts a section under a free name after another, or last.
pub(super) fn insert(
    packet: &mut Packet,
    section: Section,
    after: Option<&SectionId>,
) -> Option<SectionId> {
    let id = new_section_id(&packet.sections, &section.title)?;
    place(packet, id.clone(), section, after);
    Some(id)
}

fn place(packet: &mut Packet, id: SectionId, section: Section, after: Option<&SectionId>) {
    let order = &mut packet.head.order;
    let at = after.and_then(|after| order.iter().position(|other| other == after));
    if !order.contains(&id) {
        let at = at.map_or(if after.is_none() { 0 } else { order.len() }, |at| at + 1);
        order.insert(at, id.clone());
    }
    packet.sections.insert(id, section);
}

/// The other version of a section, as one that stands beside it.
pub(super) fn numbered(mut section: Section) -> Section {
    section.title = format!("{} (2)", section.title);
    section
}

/// Two versions of a section as one, when they differ in nothing but what their lists hold.
pub(super) fn together(ours: &Section, theirs: &Section) -> Option<Section> {
    if without_lists(ours) != without_lists(theirs) {
        return None;
    }
    let mut both = ours.clone();
    match (&mut both.excerpts, &theirs.excerpts) {
        (Excerpts::Chosen(ours), Excerpts::Chosen(theirs)) => add(ours, theirs),
        (ours, theirs) if ours == theirs => {}
        _ => return None,
    }
    add(&mut both.questions, &theirs.questions);
    Some(both)
}

fn add<T: PartialEq + Clone>(ours: &mut Vec<T>, theirs: &[T]) {
    for item in theirs {
        if !ours.contains(item) {
            ours.push(item.clone());
        }
    }
}

fn without_lists(section: &Section) -> Section {
    Section {
        excerpts: Excerpts::default(),
        questions: Vec::new(),
        ..section.clone()
    }
}

/// What two sides made of a section that both had: field by field; none when they made different things of one field.
pub(super) fn three_way(base: &Section, ours: &Section, theirs: &Section) -> Option<Section> {
    let merged = fields::section(base, theirs, ours);
    let other = fields::section(base, ours, theirs);
    let same_excerpts = match (&merged.excerpts, &other.excerpts) {
        (Excerpts::Chosen(_), Excerpts::Chosen(_)) => true,
        (a, b) => a == b,
    };
    (same_excerpts && without_lists(&merged) == without_lists(&other)).then_some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PacketId, Question};

    fn section(title: &str, asked: &[&str]) -> Section {
        Section {
            title: title.to_owned(),
            questions: asked
                .iter()
                .map(|q| Question::Written((*q).to_owned()))
                .collect(),
            ..Section::default()
        }
    }

    fn packet(sections: &[(&str, Section)]) -> Packet {
        let mut packet = Packet::new(PacketId::new("p").unwrap(), "P");
        for (id, section) in sections {
            let id = SectionId::new(id).unwrap();
            packet.head.order.push(id.clone());
            packet.sections.insert(id, section.clone());
        }
        packet
    }

    fn shown(packet: &Packet) -> String {
        let one = |(id, section): (&SectionId, &Section)| {
            let questions = section.questions.len();
            format!("{id}:{}:{questions}", section.title)
        };
        let all: Vec<String> = packet.in_order().into_iter().map(one).collect();
        all.join(" ")
    }

    #[test]
    fn both_sides_are_kept() {
        let ours = packet(&[
            ("a", section("A", &["x", "y"])),
            ("b", section("B", &[])),
            ("c", section("C", &[])),
        ]);
        let theirs = packet(&[
            ("n", section("N", &[])),
            ("a", section("A", &["y", "z"])),
            ("m", section("M", &[])),
            ("c", section("Sea", &[])),
        ]);
        let both = two_sides(ours, theirs);
        assert_eq!(
            shown(&both),
            "n:N:0 a:A:3 m:M:0 b:B:0 c:C:0 sea-2:Sea (2):0"
        );
    }

    #[test]
    fn fields_that_one_side_changed_are_that_side_s() {
        let base = section("A", &["x"]);
        let ours = Section {
            lines: 3,
            ..section("A", &["x", "y"])
        };
        let theirs = section("Alpha", &["z", "x"]);
        let merged = three_way(&base, &ours, &theirs).unwrap();
        assert_eq!((merged.title.as_str(), merged.lines), ("Alpha", 3));
        assert_eq!(merged.questions.len(), 3);
        assert_eq!(
            three_way(&base, &section("O", &[]), &section("T", &[])),
            None
        );
    }
}
