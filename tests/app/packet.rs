//! Packets: made, filled by keys and by the mouse, put in order, written in on the page, taken back.

use egui::{Key, accesskit::Role};
use glossator::{
    app::View,
    model::{Excerpts, Packet, Section, Subject},
};

use crate::desk::{ALT, CTRL, CTRL_SHIFT, Desk, Home, SHIFT, Thing};

/// The sample seminar as its coder MK sees it, with the view of packets.
fn packets(home: &Home) -> Desk {
    home.file("settings.ron", r#"(coder: "MK")"#);
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::Num4);
    desk.settle();
    desk
}

/// A packet with a section about Balance of threat.
fn begun(home: &Home) -> Desk {
    let mut desk = packets(home);
    press(&mut desk, "New packet: Empty packet");
    key(&mut desk, Key::Enter);
    press(&mut desk, "New section");
    press(&mut desk, "Anything");
    desk.type_keys("Threats");
    key(&mut desk, Key::Enter);
    press(&mut desk, "A theory");
    let theory = desk.beginning("Theory: ").name;
    press(&mut desk, &theory);
    let entries = desk.things(|t| t.name.trim() == "Balance of threat");
    desk.click(entries.last().unwrap().rect.center());
    desk.settle();
    press(&mut desk, "Add excerpts");
    desk
}

fn press(desk: &mut Desk, name: &str) {
    desk.press(name);
    desk.settle();
}

fn key(desk: &mut Desk, key: Key) {
    desk.key(key);
    desk.settle();
}

fn key_with(desk: &mut Desk, modifiers: egui::Modifiers, key: Key) {
    desk.key_with(modifiers, key);
    desk.settle();
}

fn undo(desk: &mut Desk) {
    key_with(desk, CTRL, Key::Z);
}

fn packet(desk: &Desk) -> &Packet {
    desk.project().packets().values().next().unwrap()
}

fn section(desk: &Desk, at: usize) -> &Section {
    packet(desk).in_order()[at].1
}

/// The highlights that were chosen for a section.
fn picks(desk: &Desk, at: usize) -> Vec<u64> {
    match &section(desk, at).excerpts {
        Excerpts::Chosen(picks) => picks.iter().map(|p| p.highlight.0).collect(),
        Excerpts::Ruled(rule) => panic!("it has the rule {rule:?}"),
    }
}

/// The cards that can be added, from the top.
fn cards(desk: &Desk) -> Vec<Thing> {
    desk.things(|t| t.role == Role::ListItem && t.name.starts_with("Add “"))
}

/// What stands on the pages and begins so, from the top.
fn on_pages(desk: &Desk, kind: &str) -> Vec<Thing> {
    desk.things(|t| t.role == Role::ListItem && t.name.starts_with(&format!("{kind}, page ")))
}

/// Gives the keyboard to the list of what can be added.
fn to_list(desk: &mut Desk) {
    let first = cards(desk)[0].rect.center();
    desk.click(first);
    desk.settle();
}

fn add(desk: &mut Desk, count: usize) {
    to_list(desk);
    for _ in 0..count {
        key(desk, Key::Enter);
    }
}

#[test]
fn a_packet_begins_with_a_template() {
    let home = Home::new();
    let mut desk = packets(&home);
    desk.must_say("Put a seminar together");
    assert_eq!(desk.session().view, View::Packet);
    press(&mut desk, "New packet: Empty packet");
    desk.type_keys("Week 6");
    key(&mut desk, Key::Enter);
    assert_eq!(packet(&desk).head.title, "Week 6");
    desk.must_say("Page 1 of 1");
    undo(&mut desk);
    undo(&mut desk);
    assert!(desk.project().packets().is_empty());
    desk.must_say("Put a seminar together");
}

#[test]
fn excerpts_are_added_by_keys_and_one_undo_takes_back_several() {
    let home = Home::new();
    let mut desk = begun(&home);
    assert_eq!(section(&desk, 0).title, "Threats");
    assert!(matches!(section(&desk, 0).subject, Subject::Theory(_)));
    let there = cards(&desk).len();
    assert!(there > 2);
    add(&mut desk, 2);
    assert_eq!(picks(&desk, 0).len(), 2);
    assert_eq!(on_pages(&desk, "Excerpt").len(), 2);
    desk.must_say("2 excerpts");
    desk.key_with(SHIFT, Key::ArrowDown);
    desk.key_with(SHIFT, Key::ArrowDown);
    desk.must_say("3 selected");
    key(&mut desk, Key::Enter);
    assert_eq!(picks(&desk, 0).len(), 5);
    undo(&mut desk);
    assert_eq!(picks(&desk, 0).len(), 2);
}

#[test]
fn excerpts_are_dragged_onto_the_page_where_they_are_wanted() {
    let home = Home::new();
    let mut desk = begun(&home);
    add(&mut desk, 2);
    let before = picks(&desk, 0);
    let first = on_pages(&desk, "Excerpt")[0].rect;
    let card = cards(&desk)[0].rect.center();
    desk.drag(card, first.center_top() + egui::vec2(0.0, 5.0));
    desk.settle();
    let after = picks(&desk, 0);
    assert_eq!(after.len(), 3);
    assert_eq!(after[1..], before);
    let all = on_pages(&desk, "Excerpt");
    desk.drag(
        all[0].rect.center(),
        all[2].rect.center_bottom() - egui::vec2(0.0, 2.0),
    );
    desk.settle();
    assert_eq!(picks(&desk, 0), [before[0], before[1], after[0]]);
    undo(&mut desk);
    assert_eq!(picks(&desk, 0), after);
}

#[test]
fn what_is_on_a_page_is_moved_opened_and_taken_out_by_keys() {
    let home = Home::new();
    let mut desk = begun(&home);
    add(&mut desk, 3);
    let before = picks(&desk, 0);
    key(&mut desk, Key::Escape);
    let second = on_pages(&desk, "Excerpt")[1].rect.center();
    desk.click(second);
    key_with(&mut desk, ALT, Key::ArrowUp);
    assert_eq!(picks(&desk, 0), [before[1], before[0], before[2]]);
    assert!(on_pages(&desk, "Excerpt")[0].chosen);
    key(&mut desk, Key::ArrowDown);
    assert!(on_pages(&desk, "Excerpt")[1].chosen);
    key(&mut desk, Key::Delete);
    assert_eq!(picks(&desk, 0), [before[1], before[2]]);
    assert_eq!(
        desk.notice(),
        "The excerpt was taken out of the packet; it stays in its reading. Ctrl+Z brings it back."
    );
    key(&mut desk, Key::Enter);
    assert_eq!(desk.session().view, View::Read);
    assert_eq!(desk.focused().id.0, before[2]);
    press(&mut desk, "← Back to the packet");
    assert_eq!(desk.session().view, View::Packet);
    undo(&mut desk);
    assert_eq!(picks(&desk, 0), [before[1], before[0], before[2]]);
}

#[test]
fn texts_are_written_where_they_stand_on_the_page() {
    let home = Home::new();
    let mut desk = begun(&home);
    let title = on_pages(&desk, "Section")[0].rect.center();
    desk.clicks(title, 2);
    desk.settle();
    desk.key_with(CTRL, Key::A);
    desk.type_keys("Danger");
    key(&mut desk, Key::Enter);
    assert_eq!(section(&desk, 0).title, "Danger");
    assert!(on_pages(&desk, "Section")[0].name.ends_with("Danger"));
    press(&mut desk, "Section");
    desk.fill("Introduction", "Who fears whom?");
    // It shows on the page while it is written, and is one edit when one pauses.
    desk.settle();
    assert!(
        on_pages(&desk, "Introduction")[0]
            .name
            .ends_with("Who fears whom?")
    );
    assert_eq!(section(&desk, 0).introduction, "");
    desk.pass(2.0);
    assert_eq!(section(&desk, 0).introduction, "Who fears whom?");
    let there = on_pages(&desk, "Introduction")[0].rect.center();
    desk.clicks(there, 2);
    desk.settle();
    desk.type_keys("Now");
    key(&mut desk, Key::Escape);
    assert!(section(&desk, 0).introduction.contains("Now"));
    undo(&mut desk);
    assert_eq!(section(&desk, 0).introduction, "Who fears whom?");
    undo(&mut desk);
    assert_eq!(section(&desk, 0).introduction, "");
}

#[test]
fn sections_are_moved_renamed_and_deleted_by_keys() {
    let home = Home::new();
    let mut desk = begun(&home);
    key_with(&mut desk, CTRL_SHIFT, Key::N);
    desk.type_keys("Questions");
    key(&mut desk, Key::Enter);
    let titles = |desk: &Desk| -> Vec<String> {
        let all = packet(desk).in_order().into_iter();
        all.map(|(_, s)| s.title.clone()).collect()
    };
    assert_eq!(titles(&desk), ["Threats", "Questions"]);
    key_with(&mut desk, ALT, Key::ArrowUp);
    assert_eq!(titles(&desk), ["Questions", "Threats"]);
    key(&mut desk, Key::F2);
    desk.type_keys("Asked");
    key(&mut desk, Key::Enter);
    assert_eq!(titles(&desk), ["Asked", "Threats"]);
    let rows = desk.things(|t| t.name.starts_with("Section ") && t.role == Role::ListItem);
    let rows: Vec<_> = rows.into_iter().filter(|t| t.rect.left() < 100.0).collect();
    desk.drag(
        rows[0].rect.center(),
        rows[1].rect.center_bottom() - egui::vec2(0.0, 3.0),
    );
    desk.settle();
    assert_eq!(titles(&desk), ["Threats", "Asked"]);
    desk.focus("Section 2: Asked");
    key(&mut desk, Key::Delete);
    assert_eq!(titles(&desk), ["Threats"]);
    undo(&mut desk);
    assert_eq!(titles(&desk), ["Threats", "Asked"]);
}

#[test]
fn a_debate_has_two_sides() {
    let home = Home::new();
    let mut desk = begun(&home);
    press(&mut desk, "Section");
    press(&mut desk, "Two sides");
    press(&mut desk, "Add excerpts");
    add(&mut desk, 2);
    let all = on_pages(&desk, "Excerpt");
    desk.click(all[0].rect.center());
    key_with(&mut desk, ALT, Key::ArrowRight);
    let Excerpts::Chosen(chosen) = &section(&desk, 0).excerpts else {
        panic!("it was by hand");
    };
    let sides: Vec<_> = chosen.iter().map(|p| p.side as u8).collect();
    assert_eq!(sides.iter().filter(|s| **s == 1).count(), 1, "{sides:?}");
    let all = on_pages(&desk, "Excerpt");
    let middle = all.iter().map(|t| t.rect.left()).fold(f32::MAX, f32::min);
    assert!(all.iter().any(|t| t.rect.left() > middle + 100.0));
}

#[test]
fn a_corrected_note_shows_on_the_page() {
    let home = Home::new();
    let mut desk = begun(&home);
    add(&mut desk, 1);
    press(&mut desk, "Section");
    press(&mut desk, "Notes under excerpts");
    let excerpt = on_pages(&desk, "Excerpt")[0].rect.center();
    desk.clicks(excerpt, 2);
    desk.settle();
    assert_eq!(desk.session().view, View::Read);
    desk.key_with(CTRL, Key::M);
    desk.type_keys("Zebra crossing");
    desk.pass(2.0);
    desk.key_with(CTRL, Key::Num4);
    desk.settle();
    assert!(
        on_pages(&desk, "Excerpt")[0]
            .name
            .contains("Zebra crossing")
    );
}

#[test]
fn a_rule_becomes_a_choice_with_what_it_found() {
    let home = Home::new();
    let mut desk = begun(&home);
    press(&mut desk, "Section");
    press(&mut desk, "By rule");
    press(&mut desk, "At most: All");
    press(&mut desk, "3");
    assert_eq!(on_pages(&desk, "Excerpt").len(), 3);
    desk.fill("Query", "label:Nowhere");
    desk.settle();
    desk.must_say("LEFT OUT");
    assert_eq!(on_pages(&desk, "Excerpt").len(), 0);
    desk.fill("Query", "label:\"Balance of threat\"");
    key(&mut desk, Key::Enter);
    desk.pass(2.0);
    desk.settle();
    press(&mut desk, "By hand");
    assert_eq!(picks(&desk, 0).len(), 3);
}

#[test]
fn a_note_that_begins_with_q_is_offered_as_a_question() {
    let home = Home::new();
    let mut desk = begun(&home);
    add(&mut desk, 1);
    let excerpt = on_pages(&desk, "Excerpt")[0].rect.center();
    desk.clicks(excerpt, 2);
    desk.settle();
    desk.key_with(CTRL, Key::M);
    desk.key_with(CTRL, Key::A);
    desk.type_keys("Q: Who gains?");
    desk.pass(2.0);
    desk.key_with(CTRL, Key::Num4);
    desk.settle();
    press(&mut desk, "Section");
    desk.focus("Add the question: Who gains?");
    key(&mut desk, Key::Enter);
    assert_eq!(section(&desk, 0).questions.len(), 1);
    assert!(on_pages(&desk, "Question 1")[0].name.contains("Who gains?"));
    desk.must_say("1 question");
}

#[test]
fn excerpts_come_from_the_list_of_excerpts_too() {
    let home = Home::new();
    let mut desk = begun(&home);
    desk.key_with(CTRL, Key::Num2);
    desk.settle();
    key(&mut desk, Key::ArrowDown);
    desk.key_with(SHIFT, Key::ArrowDown);
    key_with(&mut desk, CTRL_SHIFT, Key::P);
    desk.must_say("2 excerpts, to be put at the end of a section.");
    key(&mut desk, Key::Enter);
    assert_eq!(desk.notice(), "2 excerpts added to “Threats”.");
    assert_eq!(picks(&desk, 0).len(), 2);
    assert_eq!(desk.session().view, View::Excerpts);
}

#[test]
fn one_goes_from_part_to_part_and_adds_with_the_keyboard_alone() {
    let home = Home::new();
    let mut desk = begun(&home);
    key_with(&mut desk, CTRL, Key::Num4);
    key(&mut desk, Key::F6);
    key(&mut desk, Key::ArrowDown);
    key(&mut desk, Key::Enter);
    assert_eq!(picks(&desk, 0).len(), 1);
    key(&mut desk, Key::F6);
    key(&mut desk, Key::End);
    assert!(on_pages(&desk, "Excerpt")[0].chosen);
    key_with(&mut desk, SHIFT, Key::F6);
    assert!(desk.beginning("Section 1: Threats").focused);
}

#[test]
fn packets_are_switched_copied_and_deleted_and_the_last_one_is_remembered() {
    let home = Home::new();
    let mut desk = begun(&home);
    let title = packet(&desk).head.title.clone();
    press(&mut desk, &format!("Packet: {title}"));
    press(&mut desk, "Duplicate");
    desk.type_keys("Another");
    key(&mut desk, Key::Enter);
    assert_eq!(desk.project().packets().len(), 2);
    desk.must_say("Packet: Another");
    desk.close();
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::Num4);
    desk.settle();
    press(&mut desk, "Packet: Another");
    press(&mut desk, &title);
    desk.must_say(&format!("Packet: {title}"));
    press(&mut desk, &format!("Packet: {title}"));
    press(&mut desk, "Delete");
    assert_eq!(desk.project().packets().len(), 1);
    desk.must_say("Packet: Another");
    undo(&mut desk);
    assert_eq!(desk.project().packets().len(), 2);
}

#[test]
fn a_highlight_that_was_removed_is_left_out_and_comes_back() {
    let home = Home::new();
    let mut desk = begun(&home);
    add(&mut desk, 2);
    let excerpt = on_pages(&desk, "Excerpt")[0].rect.center();
    desk.clicks(excerpt, 2);
    desk.settle();
    key(&mut desk, Key::Delete);
    desk.key_with(CTRL, Key::Num4);
    desk.settle();
    desk.must_say("1 left out");
    assert_eq!(on_pages(&desk, "Excerpt").len(), 1);
    assert_eq!(picks(&desk, 0).len(), 2);
    undo(&mut desk);
    assert_eq!(on_pages(&desk, "Excerpt").len(), 2);
    key_with(&mut desk, CTRL_SHIFT, Key::Z);
    press(&mut desk, "Take out what is gone");
    assert_eq!(picks(&desk, 0).len(), 1);
}

#[test]
fn pages_grow_and_shrink() {
    let home = Home::new();
    let mut desk = begun(&home);
    let width = |desk: &Desk| on_pages(desk, "Section")[0].rect.width();
    let before = width(&desk);
    key_with(&mut desk, CTRL, Key::Minus);
    assert!(width(&desk) < before);
    press(&mut desk, "Pages as wide as fits");
    assert!((width(&desk) - before).abs() < 1.0);
}
