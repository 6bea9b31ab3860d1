//! A revised version in the place of a reading, and what becomes of its highlights.

use egui::{Key, accesskit::Role};
use glossator::app::action::Action;

use crate::desk::{CTRL, Desk, Home, USUAL};

const FIRST: &str = "The case\n\nA pledge is given where both parties fear the same neighbour. Nobody pledges out of love.\n\n\
    The price of a pledge is that one can be dragged into the quarrels of another. Small states pay it more often than large \
    ones, and they complain of it more.\n\nHarbours count for little in this, whatever admirals say of them in their memoirs.\n\n\
    What is promised in a winter is seldom kept in the spring after it, as the chronicles of the river towns show.\n";

const SECOND: &str = "The case\n\nThis paragraph is new and says only what comes below, at some length and without a thought.\n\n\
    A pledge is given where both parties fear the same neighbour. Nobody pledges out of love.\n\n\
    The price of a pledge is that a state can be dragged into the wars of another. Small states pay it more often than large \
    ones, and they complain of it more.\n\nWhat is promised in a winter is seldom kept in the spring after it, as the \
    chronicles of the river towns show.\n";

const FEAR: &str = "both parties fear the same neighbour";
const PRICE: &str = "one can be dragged into the quarrels of another";
const PRICE_NOW: &str = "a state can be dragged into the wars of another";
const HARBOURS: &str =
    "Harbours count for little in this, whatever admirals say of them in their memoirs.";

/// A project with the first version, three passages of it tagged.
fn coded(home: &Home) -> Desk {
    let folder = home.project("Versions");
    let file = home.file("Case.txt", FIRST);
    let mut desk = home.start(Some(&folder), USUAL);
    desk.drop_files(&[file]);
    desk.key(Key::Escape);
    desk.tag(FEAR, "1");
    desk.tag(PRICE, "4");
    desk.tag(HARBOURS, "5");
    desk.key(Key::Escape);
    desk
}

/// As above, and replaced by the second version.
fn replaced(home: &Home) -> Desk {
    let mut desk = coded(home);
    let file = home.file("Case 2.txt", SECOND);
    desk.run(Action::ReplaceReading);
    desk.fill("File of the new version", &file.display().to_string());
    desk.key(Key::Enter);
    desk.settle();
    desk
}

fn passages(desk: &Desk) -> Vec<String> {
    let shelf = desk.session().shelf().unwrap();
    let text = shelf.reading.text.as_str();
    let mut all: Vec<_> = shelf.highlights.iter().collect();
    all.sort_by_key(|h| h.span.start);
    all.iter().map(|h| h.span.of(text).to_owned()).collect()
}

#[test]
fn a_new_version_takes_its_highlights_along_and_tells_what_became_of_them() {
    let home = Home::new();
    let mut desk = replaced(&home);
    assert_eq!(desk.text(), SECOND.trim_end().to_owned() + "\n");
    desk.must_say("1 kept, 0 moved, 1 changed, 1 lost");
    assert_eq!(passages(&desk), [FEAR, PRICE_NOW]);
    // Old beside new, and what is lost with its words.
    desk.must_say(PRICE);
    desk.must_say(PRICE_NOW);
    let labels = desk.things(|t| t.role == Role::Label);
    let x = |text: &str| {
        let found = labels.iter().find(|t| t.value == text);
        found.map(|t| (t.rect.left(), t.rect.top())).unwrap()
    };
    assert!(x(PRICE).0 < x(PRICE_NOW).0 && x(PRICE).1 == x(PRICE_NOW).1);
    desk.must_say(HARBOURS);
    assert_eq!(desk.project().shelves().len(), 1);
    // One undo takes all of it back, and the version before shows with its highlights.
    desk.key_with(CTRL, Key::Z);
    assert_eq!(passages(&desk), [FEAR, PRICE, HARBOURS]);
    assert!(!desk.says("REVISED"));
    desk.run(Action::Redo);
    assert_eq!(passages(&desk), [FEAR, PRICE_NOW]);
}

#[test]
fn lost_highlights_are_found_a_place_later_by_keyboard() {
    let home = Home::new();
    let mut desk = replaced(&home);
    // The keyboard is on the first card, and what it would do there is no harm.
    let focused = desk.things(|t| t.focused);
    assert!(
        focused[0].name.starts_with("Show: “one can be"),
        "{focused:?}"
    );
    desk.key(Key::Tab);
    desk.key(Key::Space);
    assert_eq!(passages(&desk), [FEAR]);
    desk.must_say("1 kept, 0 moved, 0 changed, 2 lost");
    desk.press("Done");
    desk.key(Key::Escape);
    desk.must_say("READINGS");
    desk.focus("Place the highlights of The case that were lost: 2");
    desk.key(Key::Enter);
    desk.settle();
    desk.must_say("LOST HIGHLIGHTS");
    desk.must_say("2 lost, 0 placed");
    let at = desk.beginning("Place here: “one can");
    assert!(!at.enabled);
    // A press on a place shows and selects it.
    desk.focus("Show ¶4: “a state can");
    desk.key(Key::Space);
    assert_eq!(desk.selected(), Some(PRICE_NOW));
    desk.focus("Place here: “one can");
    desk.key(Key::Space);
    assert_eq!(passages(&desk), [FEAR, PRICE_NOW]);
    desk.must_say("1 lost, 1 placed");
    // Any selected passage will do.
    let winter = "What is promised in a winter";
    desk.select(winter);
    desk.focus("Place here: “Harbours");
    desk.key(Key::Space);
    assert_eq!(passages(&desk), [FEAR, PRICE_NOW, winter]);
    desk.must_say("0 lost, 2 placed");
    desk.key_with(CTRL, Key::Z);
    desk.must_say("1 lost, 1 placed");
    desk.focus("Let it go: “Harbours");
    desk.key(Key::Space);
    desk.must_say("0 lost, 1 placed");
    desk.press("Done");
    assert!(!desk.says("lost:"));
    // It was the last thing done.
    desk.key_with(CTRL, Key::Z);
    desk.beginning("Place the highlights of The case that were lost: 1");
}

#[test]
fn a_file_dropped_on_a_reading_is_its_new_version_when_one_says_so() {
    let home = Home::new();
    let mut desk = coded(&home);
    let file = home.file("Case 2.txt", SECOND);
    let row = desk.beginning("The case, ").rect.center();
    desk.hover(row);
    desk.drop_files(std::slice::from_ref(&file));
    desk.must_say("“Case 2.txt” was dropped on “The case”.");
    desk.press("Add it as another reading");
    desk.settle();
    desk.key(Key::Escape);
    assert_eq!(desk.project().shelves().len(), 2);
    desk.key_with(CTRL, Key::Z);
    let row = desk.beginning("The case, ").rect.center();
    desk.hover(row);
    desk.drop_files(std::slice::from_ref(&file));
    desk.key(Key::Enter);
    desk.settle();
    desk.must_say("1 kept, 0 moved, 1 changed, 1 lost");
    // Elsewhere it is just imported.
    let other = home.file("Other.txt", "Another text altogether.");
    desk.press("Done");
    let page = desk.place("A pledge is given");
    desk.hover(page);
    desk.drop_files(&[other]);
    desk.must_say("1 of 1 file came in.");
}

#[test]
fn what_is_no_new_version_is_refused() {
    let home = Home::new();
    let mut desk = coded(&home);
    let file = home.file("Same.txt", FIRST);
    desk.run(Action::ReplaceReading);
    desk.fill("File of the new version", "/nowhere/at/all.txt");
    desk.must_say("/nowhere/at/all.txt is no file.");
    assert!(!desk.must_find("Replace").enabled);
    desk.fill("File of the new version", &file.display().to_string());
    desk.press("Replace");
    desk.settle();
    assert!(
        desk.notice().contains("has the same text as “The case”"),
        "{}",
        desk.notice()
    );
    assert_eq!(passages(&desk), [FEAR, PRICE, HARBOURS]);
}
