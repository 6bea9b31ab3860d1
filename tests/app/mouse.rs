//! Selecting, choosing and moving with the mouse.

use egui::{Key, Vec2, accesskit::Role};

use crate::{
    desk::{CTRL, Desk, Home},
    tagging::{BRIEF, NEITHER, price},
};

#[test]
fn a_drag_selects_from_letter_to_letter() {
    let home = Home::new();
    let mut desk = price(&home);
    let (from, to) = (
        desk.place("a warning to the enemy"),
        desk.end_place("deter invasion alone"),
    );
    desk.drag(from, to);
    let selected = desk.selected().unwrap();
    assert!(
        selected.starts_with("a warning to the enemy and"),
        "{selected}"
    );
    assert!(selected.ends_with("can deter invasion alone"), "{selected}");
    desk.type_keys("5");
    assert_eq!(desk.focused_passage().1, ["Abandonment"]);
    // Backwards, and over a paragraph's end.
    let (from, to) = (
        desk.end_place("What a pledge would"),
        desk.place("two are able to do"),
    );
    desk.drag(from, to);
    assert_eq!(
        desk.selected(),
        Some("two are able to do without one.\n\nWhat a pledge would")
    );
}

#[test]
fn repeated_clicks_select_word_sentence_and_paragraph() {
    let home = Home::new();
    let mut desk = price(&home);
    let at = desk.place("scarce here.");
    desk.clicks(at, 2);
    assert_eq!(desk.selected(), Some("scarce"));
    desk.clicks(at, 3);
    assert_eq!(desk.selected(), Some(NEITHER));
    desk.clicks(at, 4);
    let paragraph = desk.selected().unwrap();
    assert!(paragraph.starts_with("A formal alliance") && paragraph.ends_with("for a rescuer."));
    desk.clicks(at, 1);
    assert_eq!(desk.selected(), None);
}

#[test]
fn a_double_click_counts_when_all_of_it_falls_into_one_frame() {
    let home = Home::new();
    let mut desk = price(&home);
    let at = desk.place("scarce here.");
    desk.clicks_at_once(at, 2);
    assert_eq!(desk.selected(), Some("scarce"));
}

#[test]
fn shift_and_a_click_take_the_selection_there() {
    let home = Home::new();
    let mut desk = price(&home);
    let (word, there) = (
        desk.place("scarce here."),
        desk.end_place("No sane adversary"),
    );
    desk.clicks(word, 2);
    desk.shift_click(there - Vec2::new(6.0, 0.0));
    assert_eq!(
        desk.selected()
            .map(|s| s.starts_with("scarce here.") && s.ends_with("No sane adversary")),
        Some(true)
    );
}

#[test]
fn a_handle_is_dragged_to_change_the_range() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    let (from, to) = (
        desk.end_place(NEITHER),
        desk.end_place("Each of the two can deter"),
    );
    desk.drag(from, to);
    assert_eq!(
        desk.focused_passage(),
        (
            "Neither is scarce here. Each of the two can deter",
            vec!["Entrapment"]
        )
    );
    let (from, to) = (
        desk.place("Neither is") - Vec2::new(2.0, 0.0),
        desk.place("scarce here."),
    );
    desk.drag(from, to);
    assert_eq!(
        desk.focused_passage().0,
        "scarce here. Each of the two can deter"
    );
    assert_eq!(desk.selected(), None);
    desk.key_with(CTRL, Key::Z);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.focused_passage().0, NEITHER);
}

#[test]
fn clicks_go_through_the_highlights_that_lie_over_each_other() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(BRIEF, "4");
    desk.tag("a pledge would cost", "5");
    let at = desk.place("pledge would cost");
    desk.key(Key::Escape);
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.click(at);
        seen.push(desk.focused().clone());
    }
    assert!(
        seen[0].span.len() < seen[1].span.len(),
        "the shortest comes first"
    );
    assert_eq!(
        (&seen[1].span, seen[1].coder == seen[2].coder),
        (&seen[2].span, false)
    );
    assert_eq!(seen[3].id, seen[0].id);
    // Where there is none, none is in focus.
    let beside = desk.place(NEITHER);
    desk.click(beside);
    assert!(desk.session().focused().is_none());
}

#[test]
fn a_gloss_is_pressed_to_bring_its_highlight_into_focus() {
    let home = Home::new();
    let mut desk = price(&home);
    let gloss = desk.beginning("Flexibility, supports: “a partnership").rect;
    desk.click(gloss.center());
    let (passage, labels) = desk.focused_passage();
    assert!(passage.starts_with("a partnership without promises"));
    assert_eq!(labels, ["Flexibility"]);
    assert!(
        desk.beginning("Flexibility, supports: “a partnership")
            .chosen
    );
    desk.must_say("THIS PASSAGE");
}

#[test]
fn the_menu_of_the_text_tags_and_removes() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    let at = desk.place("scarce");
    desk.right_click(at);
    assert!(!desk.beginning("Remove the highlight").enabled);
    desk.press("Tag the passage… Enter");
    desk.must_say("Label to tag with");
    desk.type_keys("hedging");
    desk.key(Key::Enter);
    let before = desk.count();
    desk.right_click(at);
    desk.press("Remove the highlight Delete");
    assert_eq!(desk.count(), before - 1);
}

#[test]
fn the_wheel_and_the_keys_scroll() {
    let home = Home::new();
    let mut desk = price(&home);
    let middle = desk.place(NEITHER);
    let top = |desk: &Desk| desk.session().reader.visible().start;
    assert_eq!(top(&desk), 0);
    desk.wheel(middle, -900.0);
    let wheeled = top(&desk);
    assert!(wheeled > 0);
    desk.key(Key::PageDown);
    let paged = top(&desk);
    assert!(paged > wheeled);
    desk.type_keys(" ");
    assert!(top(&desk) > paged);
    desk.key(Key::End);
    let end = desk.session().reader.visible().end;
    assert_eq!(end as usize, desk.text().trim_end().len());
    desk.key(Key::PageUp);
    desk.key(Key::Home);
    assert_eq!(top(&desk), 0);
    let paragraphs = desk.things(|t| t.role == Role::Paragraph);
    let shown = 2..15;
    assert!(
        shown.contains(&paragraphs.len()),
        "what shows is there: {}",
        paragraphs.len()
    );
}

#[test]
fn a_drag_held_below_the_page_goes_on_scrolling() {
    let home = Home::new();
    let mut desk = price(&home);
    let from = desk.place(NEITHER);
    desk.drag_and_hold(from, from + Vec2::new(0.0, 1000.0), 40);
    assert!(desk.session().reader.visible().start > 0);
    let selected = desk.selected().unwrap();
    assert!(
        selected.starts_with("Neither") && selected.len() > 2000,
        "{}",
        selected.len()
    );
}
