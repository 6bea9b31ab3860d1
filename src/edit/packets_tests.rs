use super::*;
use crate::{
    edit::{apply, describe},
    model::{HighlightId, ReadingId, Side},
};

fn section(title: &str) -> Section {
    Section {
        title: title.to_owned(),
        ..Section::default()
    }
}

fn pick(n: u64) -> Pick {
    Pick {
        reading: ReadingId::new("r").unwrap(),
        highlight: HighlightId(n),
        side: Side::First,
    }
}

/// A packet with the sections A, B and C.
fn project() -> (Project, PacketId) {
    let mut project = Project::new("P");
    let id = new_id(&project, "Week 6").unwrap();
    let edit = put(&project, &Packet::new(id.clone(), "Week 6")).unwrap();
    apply(&mut project, edit).unwrap();
    for title in ["A", "B", "C"] {
        let (_, edit) = add_section(&project, &id, section(title), 9).unwrap();
        apply(&mut project, edit).unwrap();
    }
    (project, id)
}

fn titles(project: &Project, id: &PacketId) -> String {
    let sections = project.packets()[id].in_order().into_iter();
    sections.map(|(_, s)| s.title.as_str()).collect()
}

fn name(id: &str) -> SectionId {
    SectionId::new(id).unwrap()
}

fn picks(project: &Project, id: &PacketId, section: &str) -> Vec<u64> {
    match &project.packets()[id].sections[&name(section)].excerpts {
        Excerpts::Chosen(picks) => picks.iter().map(|p| p.highlight.0).collect(),
        Excerpts::Ruled(_) => panic!("it has a rule"),
    }
}

/// Carries out an edit, undoes it, does it again; what it was called.
fn carry_out(project: &mut Project, edit: Option<Edit>) -> String {
    let edit = edit.unwrap();
    let what = describe(project, &edit);
    let before = project.clone();
    let inverse = apply(project, edit).unwrap();
    let after = project.clone();
    let again = apply(project, inverse).unwrap();
    assert_eq!(*project, before, "{what}");
    apply(project, again).unwrap();
    assert_eq!(*project, after, "{what}");
    what
}

#[test]
fn sections_come_go_and_move() {
    let (mut project, id) = project();
    assert_eq!(titles(&project, &id), "ABC");
    let edit = move_section(&project, &id, &name("c"), 0);
    assert_eq!(carry_out(&mut project, edit), "Move the section “C”");
    assert_eq!(titles(&project, &id), "CAB");
    assert_eq!(move_section(&project, &id, &name("c"), 0), None);
    let (new, edit) = duplicate_section(&project, &id, &name("a")).unwrap();
    assert_eq!(new, name("a-2"));
    assert_eq!(carry_out(&mut project, Some(edit)), "Add the section “A”");
    assert_eq!(titles(&project, &id), "CAAB");
    let edit = delete_section(&project, &id, &name("a"));
    assert_eq!(carry_out(&mut project, edit), "Delete the section “A”");
    assert_eq!(titles(&project, &id), "CAB");
    let (copy, edit) = duplicate(&project, &id).unwrap();
    let what = carry_out(&mut project, Some(edit));
    assert_eq!(what, "New packet “Week 6 (copy)”");
    assert_eq!(titles(&project, &copy), "CAB");
    let edit = delete(&project, &id);
    assert_eq!(carry_out(&mut project, edit), "Delete the packet “Week 6”");
    assert_eq!(project.packets().len(), 1);
}

#[test]
fn picks_are_added_moved_and_taken_out() {
    let (mut project, id) = project();
    let a = name("a");
    let edit = place_picks(&project, &id, &a, &[pick(1), pick(2), pick(1)], None);
    assert_eq!(carry_out(&mut project, edit), "Add 2 excerpts to “A”");
    let edit = place_picks(&project, &id, &a, &[pick(3), pick(4)], Some(&pick(2)));
    carry_out(&mut project, edit);
    assert_eq!(picks(&project, &id, "a"), [1, 3, 4, 2]);
    let edit = place_picks(&project, &id, &a, &[pick(2), pick(1)], Some(&pick(4)));
    assert_eq!(carry_out(&mut project, edit), "Move an excerpt in “A”");
    assert_eq!(picks(&project, &id, "a"), [3, 2, 1, 4]);
    // Before one of themselves.
    let edit = place_picks(&project, &id, &a, &[pick(1), pick(3)], Some(&pick(1)));
    carry_out(&mut project, edit);
    assert_eq!(picks(&project, &id, "a"), [2, 1, 3, 4]);
    let to = name("b");
    let edit = send_picks(&project, &id, (&a, &to), &[pick(1), pick(4)], None);
    carry_out(&mut project, edit);
    assert_eq!(picks(&project, &id, "a"), [2, 3]);
    assert_eq!(picks(&project, &id, "b"), [1, 4]);
    let edit = remove_picks(&project, &id, &a, &[pick(3)]);
    assert_eq!(carry_out(&mut project, edit), "Take 1 excerpt out of “A”");
    assert_eq!(remove_picks(&project, &id, &a, &[pick(3)]), None);
}

#[test]
fn what_is_changed_in_a_section_is_said() {
    let (mut project, id) = project();
    let a = name("a");
    let mut said = |f: &dyn Fn(&mut Section)| {
        let edit = change_section(&project, &id, &a, f);
        carry_out(&mut project, edit)
    };
    assert_eq!(said(&|s| s.notes = true), "Print notes in “A”");
    assert_eq!(said(&|s| s.lines = 6), "Rule 6 lines in “A”");
    let rename = said(&|s| s.title = "Z".to_owned());
    assert_eq!(rename, "Rename the section “A” to “Z”");
    let two = said(&|s| (s.lines, s.notes) = (0, false));
    assert_eq!(two, "Change the section “Z”");
}
