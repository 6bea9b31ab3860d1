//! A packet with many excerpts.

use glossator::{
    edit::{Edit, packets},
    model::{Excerpts, Layout, Packet, Pick, Project, Section, SectionId, Side},
};

/// How many sections it has.
const SECTIONS: usize = 20;

/// The edit that makes a packet of `count` excerpts, taken evenly from all there are, half of its sections with two sides.
pub fn of(project: &Project, count: usize) -> Edit {
    let id = packets::new_id(project, "Week 6").unwrap();
    let mut packet = Packet::new(id, "Week 6");
    let all = project.highlight_count();
    let chosen = project.highlights().step_by((all / count).max(1));
    let picks: Vec<Pick> = chosen
        .take(count)
        .enumerate()
        .map(|(n, h)| Pick {
            reading: h.reading.clone(),
            highlight: h.id,
            side: Side::BOTH[n % 2],
        })
        .collect();
    for (n, picks) in picks.chunks(count.div_ceil(SECTIONS)).enumerate() {
        let section = Section {
            title: format!("Section {}", n + 1),
            introduction: "Who fears whom, and *why*? ".repeat(8),
            excerpts: Excerpts::Chosen(picks.to_vec()),
            layout: match n % 2 {
                0 => Layout::List,
                _ => Layout::Sides("For".to_owned(), "Against".to_owned()),
            },
            notes: true,
            readings: n + 1 == SECTIONS,
            ..Section::default()
        };
        let name = SectionId::new(&format!("section-{n:02}")).unwrap();
        packet.head.order.push(name.clone());
        packet.sections.insert(name, section);
    }
    packets::put(project, &packet).unwrap()
}

/// An edit of the first packet, for the `n`th time.
pub fn change(project: &Project, n: usize) -> Edit {
    let id = project.packets().keys().next().unwrap();
    packets::change(project, id, |head| head.line = format!("Day {n}")).unwrap()
}
