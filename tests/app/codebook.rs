//! The labels at the right.

use egui::{Key, accesskit::Role};
use glossator::model::LabelId;

use crate::{
    desk::{CTRL, Desk, Home, Thing},
    tagging::{NEITHER, price},
};

fn id(slug: &str) -> LabelId {
    LabelId::new(slug).unwrap()
}

/// How many highlights carry the label, as its row says.
fn count(desk: &mut Desk, label: &str) -> usize {
    let row = desk.label_row(label).name;
    let words = row.trim_start_matches(&format!("Label {label}, "));
    words.split(' ').next().unwrap().parse().unwrap()
}

/// Opens the menu of a label.
#[track_caller]
fn menu(desk: &mut Desk, label: &str) {
    let at = desk.label_row(label).rect.center();
    desk.right_click(at);
    desk.must_find("Edit…");
}

/// The highlights that show in the margin.
fn glosses(desk: &Desk) -> Vec<Thing> {
    desk.things(|t| t.role == Role::Button && t.name.contains(": “"))
}

#[test]
fn a_label_is_hidden_and_shown_again() {
    let home = Home::new();
    let mut desk = price(&home);
    let all = glosses(&desk).len();
    assert!(desk.says("Flexibility, supports: “a partnership"));
    menu(&mut desk, "Flexibility");
    desk.press("Hide its highlights");
    assert!(!desk.says("Flexibility, supports: “a partnership"));
    // One of the two there has another label, under which it goes on showing.
    desk.must_say("Flexibility, Claim: “a partnership");
    assert_eq!(glosses(&desk).len(), all - 1);
    assert!(desk.label_row("Flexibility").name.ends_with(", hidden"));
    desk.press("Show Flexibility");
    assert_eq!(glosses(&desk).len(), all);
    menu(&mut desk, "Flexibility");
    desk.press("Hide its highlights");
    desk.press("Show all");
    assert_eq!(glosses(&desk).len(), all);
}

#[test]
fn what_is_hidden_is_hidden_on_the_next_start() {
    let home = Home::new();
    let mut desk = price(&home);
    menu(&mut desk, "Flexibility");
    desk.press("Hide its highlights");
    desk.close();
    let desk = home.sample();
    assert!(desk.session().hidden.contains(&id("flexibility")));
    assert!(!desk.says("Flexibility, supports: “a partnership"));
}

#[test]
fn a_hidden_label_shows_again_when_it_is_used() {
    let home = Home::new();
    let mut desk = price(&home);
    menu(&mut desk, "Entrapment");
    desk.press("Hide its highlights");
    desk.tag(NEITHER, "4");
    desk.must_say("Entrapment: “Neither is scarce here.” (SN)");
}

#[test]
fn a_click_filters_by_a_label_and_those_under_it() {
    let home = Home::new();
    let mut desk = price(&home);
    let all = glosses(&desk).len();
    let row = desk.label_row("Balance of power").rect.center();
    desk.click(row);
    let left = glosses(&desk);
    assert!(!left.is_empty() && left.len() < all);
    let below =
        |t: &Thing| t.name.contains("Internal balancing") || t.name.contains("Balance of power");
    assert!(left.iter().all(below), "{left:?}");
    assert!(desk.label_row("Balance of power").chosen);
    // Only what shows is walked through and can be clicked.
    desk.key_with(crate::desk::ALT, Key::ArrowDown);
    assert!(desk.focused().labels.contains(&id("internal-balancing")));
    desk.click(row);
    assert_eq!(glosses(&desk).len(), all);
}

#[test]
fn pointing_at_a_label_shows_what_it_means() {
    let home = Home::new();
    let mut desk = price(&home);
    let row = desk.label_row("Entrapment");
    assert!(!desk.says("The danger of being pulled by an ally"));
    desk.hover(row.rect.center());
    desk.must_say("The danger of being pulled by an ally");
    desk.must_say("Contrast:");
}

#[test]
fn a_label_is_edited_in_its_form() {
    let home = Home::new();
    let mut desk = price(&home);
    let at = desk.label_row("Hedging").rect.center();
    desk.clicks(at, 2);
    desk.must_say("When not, and which label instead");
    desk.fill("Name", "Hedging of bets");
    desk.fill("Definition", "To be insured with several.");
    desk.fill("Cues, with commas between them", "hedg*, insur*");
    desk.press("Save");
    assert!(!desk.says("When not, and which label instead"));
    let label = desk.project().label(&id("hedging")).unwrap();
    assert_eq!(label.name, "Hedging of bets");
    assert_eq!(label.definition, "To be insured with several.");
    assert_eq!(label.cues, ["hedg*", "insur*"]);
    assert!(
        desk.session().only.is_none(),
        "the double click does not filter"
    );
    desk.label_row("Hedging of bets");
    desk.key_with(CTRL, Key::Z);
    assert_eq!(
        desk.project().label(&id("hedging")).unwrap().name,
        "Hedging"
    );
}

#[test]
fn a_form_that_is_cancelled_changes_nothing() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.project().clone();
    for way_out in [None, Some(Key::Escape)] {
        menu(&mut desk, "Hedging");
        desk.press("Edit…");
        desk.fill("Name", "Something else");
        match way_out {
            None => desk.press("Cancel"),
            Some(key) => desk.key(key),
        }
        assert!(!desk.says("When not, and which label instead"));
    }
    assert_eq!(desk.project(), &before);
}

#[test]
fn a_new_label_needs_a_name_of_its_own() {
    let home = Home::new();
    let mut desk = price(&home);
    let labels = desk.project().labels().count();
    desk.press("New label");
    assert!(!desk.must_find("Save").enabled);
    desk.fill("Name", "entrapment");
    desk.must_say("Another label is called “entrapment”.");
    assert!(!desk.must_find("Save").enabled);
    desk.fill("Name", "Buffer zones");
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(desk.project().labels().count(), labels + 1);
    assert!(desk.project().label_named("Buffer zones").is_some());
}

#[test]
fn a_deleted_label_comes_back_with_its_highlights() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.project().clone();
    let (carry, all) = (
        count(&mut desk, "Entrapment"),
        desk.project().highlight_count(),
    );
    assert!(carry > 5);
    menu(&mut desk, "Entrapment");
    desk.press("Delete");
    assert!(
        desk.notice().starts_with("“Entrapment” deleted."),
        "{}",
        desk.notice()
    );
    assert!(desk.project().label(&id("entrapment")).is_none());
    assert!(
        desk.project()
            .highlights()
            .all(|h| !h.labels.contains(&id("entrapment")))
    );
    assert!(desk.project().highlight_count() < all);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.notice(), "Undone: Delete label “Entrapment”");
    assert_eq!(desk.project(), &before);
    assert_eq!(count(&mut desk, "Entrapment"), carry);
}

#[test]
fn two_labels_are_merged() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.project().clone();
    let either = |labels: &[LabelId]| {
        labels.contains(&id("entrapment")) || labels.contains(&id("abandonment"))
    };
    let both = before.highlights().filter(|h| either(&h.labels)).count();
    menu(&mut desk, "Entrapment");
    desk.press("Merge into");
    let list = desk.must_find("Bandwagoning").rect.center();
    desk.wheel(list, -100.0);
    desk.press_button("Abandonment");
    assert!(desk.project().label(&id("entrapment")).is_none());
    assert_eq!(count(&mut desk, "Abandonment"), both);
    desk.press("Undo");
    assert_eq!(desk.project(), &before);
}

#[test]
fn a_digit_is_given_through_the_menu_and_taken_from_the_other() {
    let home = Home::new();
    let mut desk = price(&home);
    menu(&mut desk, "Hedging");
    desk.press("Digit key");
    desk.press("4  (Entrapment)");
    assert_eq!(desk.project().label(&id("hedging")).unwrap().digit, Some(4));
    assert_eq!(desk.project().label(&id("entrapment")).unwrap().digit, None);
    desk.tag(NEITHER, "4");
    assert_eq!(desk.focused_passage().1, ["Hedging"]);
}

#[test]
fn labels_move_up_down_and_under_another() {
    let home = Home::new();
    let mut desk = price(&home);
    let order = |desk: &Desk| -> Vec<String> {
        desk.project()
            .codebook()
            .iter()
            .map(|(d, l)| format!("{d}{}", l.id))
            .collect()
    };
    let before = order(&desk);
    assert_eq!(
        before[..3],
        [
            "0balance-of-threat",
            "1aggregate-power",
            "1geographic-proximity"
        ]
    );
    menu(&mut desk, "Geographic proximity");
    desk.press("Move up");
    assert_eq!(
        order(&desk)[1..3],
        ["1geographic-proximity", "1aggregate-power"]
    );
    menu(&mut desk, "Geographic proximity");
    desk.press("Move down");
    assert_eq!(order(&desk), before);
    menu(&mut desk, "Aggregate power");
    desk.press("Move under");
    desk.press("Balance of power");
    let parent = |desk: &Desk| {
        desk.project()
            .label(&id("aggregate-power"))
            .unwrap()
            .parent
            .clone()
    };
    assert_eq!(parent(&desk), Some(id("balance-of-power")));
    // By dragging, too: onto another label goes under it.
    let from = desk.label_row("Aggregate power").rect.center();
    let to = desk.label_row("Soft balancing").rect.center();
    desk.drag(from, to);
    assert_eq!(parent(&desk), Some(id("soft-balancing")));
}

#[test]
fn the_rows_are_reached_and_pressed_by_keyboard() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.focus("Label Entrapment, ");
    assert!(desk.beginning("Label Entrapment, ").focused);
    desk.key(Key::Space);
    assert_eq!(desk.session().only, Some(id("entrapment")));
}
