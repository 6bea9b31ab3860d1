use super::*;
use crate::{
    edit::{apply, packets},
    model::{HighlightId, PacketId, Project, ReadingId, Rule},
};

fn name(id: &str) -> SectionId {
    SectionId::new(id).unwrap()
}

fn pick(n: u64, side: Side) -> Pick {
    Pick {
        reading: ReadingId::new("r").unwrap(),
        highlight: HighlightId(n),
        side,
    }
}

fn first(n: u64) -> Pick {
    pick(n, Side::First)
}

/// The sections a with three excerpts, b with a rule and c with one excerpt.
fn packet() -> Packet {
    let mut packet = Packet::new(PacketId::new("p").unwrap(), "P");
    let of = |excerpts| Section {
        excerpts,
        ..Section::default()
    };
    let all = [
        ("a", Excerpts::Chosen(vec![first(1), first(2), first(3)])),
        ("b", Excerpts::Ruled(Rule::default())),
        ("c", Excerpts::Chosen(vec![first(4)])),
    ];
    for (id, excerpts) in all {
        packet.sections.insert(name(id), of(excerpts));
    }
    packet
}

/// The excerpts of a section when one has gone a step.
fn stepped(packet: &Packet, from: &str, n: u64, down: bool) -> Option<String> {
    let pick = picks(&packet.sections[&name(from)])?
        .iter()
        .find(|p| p.highlight.0 == n)?;
    let spot = step(packet, &name(from), pick, down)?;
    let mut project = Project::new("P");
    let made = packets::put(&project, packet)?;
    apply(&mut project, made).unwrap();
    let moved = Pick {
        side: spot.side,
        ..pick.clone()
    };
    let way = (&name(from), &spot.section);
    let edit = packets::send_picks(&project, &packet.id, way, &[moved], spot.before.as_ref())?;
    apply(&mut project, edit).unwrap();
    let there = picks(&project.packets()[&packet.id].sections[&spot.section])?;
    let numbers = there.iter().map(|p| p.highlight.0.to_string());
    Some(format!("{}: {}", spot.section, numbers.collect::<String>()))
}

#[test]
fn an_excerpt_goes_step_by_step_and_on_into_the_next_section_made_by_hand() {
    let packet = packet();
    let go = |from, n, down| stepped(&packet, from, n, down).unwrap_or_default();
    assert_eq!(go("a", 2, true), "a: 132");
    assert_eq!(go("a", 2, false), "a: 213");
    assert_eq!(go("a", 1, true), "a: 213");
    assert_eq!(go("a", 3, true), "c: 34");
    assert_eq!(go("c", 4, false), "a: 1234");
    assert_eq!(go("a", 1, false), "");
    assert_eq!(go("c", 4, true), "");
}

#[test]
fn on_two_sides_it_goes_past_those_of_its_own() {
    let mut packet = packet();
    let section = packet.sections.get_mut(&name("a")).unwrap();
    section.layout = Layout::Sides("For".to_owned(), "Against".to_owned());
    let second = |n| pick(n, Side::Second);
    let all = vec![first(1), second(2), first(3), second(4)];
    section.excerpts = Excerpts::Chosen(all);
    let go = |n, down| stepped(&packet, "a", n, down).unwrap_or_default();
    assert_eq!(go(1, true), "a: 2341");
    assert_eq!(go(4, false), "a: 1423");
    assert_eq!(go(2, true), "a: 1342");
}

/// A page with places one under another, 20 points high and 10 apart.
fn page(parts: &[(&str, Part)]) -> Page {
    let place = |(n, (section, part)): (usize, &(&str, Part))| Place {
        origin: Origin {
            section: Some(name(section)),
            part: part.clone(),
        },
        rect: Rect {
            x: 50.0,
            y: 100.0 + 30.0 * n as f32,
            width: 400.0,
            height: 20.0,
        },
    };
    Page {
        size: (500.0, 800.0),
        places: parts.iter().enumerate().map(place).collect(),
        ..Page::default()
    }
}

#[test]
fn what_is_dropped_goes_where_the_pointer_is() {
    let packet = packet();
    let excerpt = |n| Part::Excerpt(ReadingId::new("r").unwrap(), HighlightId(n));
    let page = page(&[
        ("a", Part::Title),
        ("a", excerpt(1)),
        ("a", excerpt(2)),
        ("a", excerpt(3)),
        ("b", Part::Title),
        ("c", Part::Title),
    ]);
    let at = |y| match under(&packet, &page, pos2(100.0, y)) {
        Some(Ok((spot, _))) => {
            let before = spot.before.map(|p| p.highlight.0);
            format!("{} {before:?}", spot.section)
        }
        Some(Err(why)) => why.to_owned(),
        None => String::new(),
    };
    assert_eq!(at(10.0), "a Some(1)");
    assert_eq!(at(105.0), "a Some(1)");
    assert_eq!(at(135.0), "a Some(1)");
    assert_eq!(at(145.0), "a Some(2)");
    assert_eq!(at(215.0), "a None");
    assert_eq!(at(230.0), BY_RULE);
    assert_eq!(at(700.0), "c None");
}
