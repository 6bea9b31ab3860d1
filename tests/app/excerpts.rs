//! The list of excerpts: filters, keys, edits of one and of many, and coming back to it.

use egui::{Key, accesskit::Role};
use glossator::{
    app::{View, action::Action},
    model::LabelId,
};

use crate::desk::{ALT, CTRL, Desk, Home, SHIFT, USUAL};

/// The sample seminar as its coder MK sees it: 220 excerpts of MK and AL.
fn excerpts(home: &Home) -> Desk {
    home.file("settings.ron", r#"(coder: "MK")"#);
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::Num2);
    desk.settle();
    desk
}

/// The excerpts that show, in order, as they are told.
fn rows(desk: &Desk) -> Vec<String> {
    let rows = desk.things(|t| t.role == Role::ListItem);
    rows.into_iter().map(|t| t.name).collect()
}

/// Presses a key and waits for the list.
fn key(desk: &mut Desk, key: Key) {
    desk.key(key);
    desk.settle();
}

fn filter_by_label(desk: &mut Desk, label: &str) {
    let at = desk.label_row(label).rect.center();
    desk.click(at);
    desk.settle();
}

fn press(desk: &mut Desk, name: &str) {
    desk.press(name);
    desk.settle();
}

fn count(desk: &Desk, label: &str) -> u32 {
    desk.project().label_count(&LabelId::new(label).unwrap())
}

/// The names and the notes of highlights that fit.
fn notes(desk: &Desk) -> Vec<String> {
    let all = desk.project().highlights();
    all.map(|h| h.note.clone()).collect()
}

#[test]
fn everything_coded_is_listed_by_label() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    desk.must_say("220 excerpts");
    desk.must_say("Balance of threat, 16");
    let first = &rows(&desk)[0];
    assert!(first.starts_with("“In July 1891"), "{first}");
    assert!(first.contains("The Case for a Pact · ¶1 · coded by MK; Balance of threat"));
    press(&mut desk, "group by label");
    press(&mut desk, "reading");
    desk.must_say("The Case for a Pact, 39");
    press(&mut desk, "group by reading");
    press(&mut desk, "nothing");
    press(&mut desk, "sort by place");
    press(&mut desk, "length");
    let first = rows(&desk)[0].chars().count();
    press(&mut desk, "sort by length");
    press(&mut desk, "The other way round");
    assert!(rows(&desk)[0].chars().count() > first);
}

#[test]
fn a_label_filters_and_a_second_one_beside_it() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Entrapment");
    desk.must_say("9 of 220 excerpts");
    assert!(desk.label_row("Entrapment").chosen);
    let other = desk.label_row("Abandonment").rect.center();
    desk.ctrl_click(other);
    desk.settle();
    assert!(desk.says("Label: Entrapment or Abandonment"));
    press(
        &mut desk,
        "Take away the filter Label: Entrapment or Abandonment",
    );
    desk.must_say("220 excerpts");
    filter_by_label(&mut desk, "Entrapment");
    filter_by_label(&mut desk, "Entrapment");
    desk.must_say("220 excerpts");
}

#[test]
fn a_reading_filters_and_opens_with_a_double_click() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    let row = desk.beginning("The Wedge Is in Our Hands").rect.center();
    desk.click(row);
    desk.settle();
    desk.must_say("25 of 220 excerpts");
    assert_eq!(desk.session().view, View::Excerpts);
    desk.clicks(row, 2);
    desk.settle();
    assert_eq!(desk.session().view, View::Read);
    let open = &desk.session().shelf().unwrap().reading.meta.title;
    assert_eq!(open, "The Wedge Is in Our Hands");
    desk.key_with(CTRL, Key::Num2);
    desk.settle();
    desk.must_say("25 of 220 excerpts");
}

#[test]
fn one_opens_in_the_reader_and_one_comes_back_to_the_same_place() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    for _ in 0..12 {
        desk.key(Key::ArrowDown);
    }
    let before = rows(&desk);
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.session().view, View::Read);
    let id = desk.focused().id;
    assert_eq!(desk.session().came_from, Some(View::Excerpts));
    press(&mut desk, "← Back to excerpts");
    assert_eq!(desk.session().view, View::Excerpts);
    assert_eq!(rows(&desk), before);
    desk.key(Key::Enter);
    assert_eq!(desk.focused().id, id);
    desk.key_with(ALT, Key::Backspace);
    assert_eq!(desk.session().view, View::Excerpts);
    desk.key(Key::Enter);
    desk.key(Key::Escape);
    assert_eq!(desk.session().view, View::Read);
    desk.key(Key::Escape);
    assert_eq!(desk.session().view, View::Excerpts);
}

#[test]
fn a_digit_tags_all_that_are_selected_in_one_edit_but_those_of_others() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Abandonment");
    let before = count(&desk, "entrapment");
    desk.key(Key::ArrowDown);
    for _ in 0..3 {
        desk.key_with(SHIFT, Key::ArrowDown);
    }
    desk.must_say("4 selected");
    desk.must_say("1 of AL");
    desk.type_keys("4");
    desk.settle();
    let added = count(&desk, "entrapment") - before;
    assert!(added >= 2, "{added}");
    let told = "1 excerpt of AL left as they are: only the coder can change them.";
    assert!(desk.notice().ends_with(told), "{}", desk.notice());
    desk.key_with(CTRL, Key::Z);
    desk.settle();
    assert_eq!(count(&desk, "entrapment"), before);
}

#[test]
fn all_are_selected_and_removed_and_brought_back_at_once() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Abandonment");
    let all = desk.project().highlight_count();
    desk.key(Key::ArrowDown);
    desk.key_with(CTRL, Key::A);
    desk.must_say("16 selected");
    key(&mut desk, Key::Delete);
    let left = desk.project().highlight_count();
    assert!(left < all && left > all - 16, "{left} of {all}");
    desk.key_with(CTRL, Key::Z);
    desk.settle();
    assert_eq!(desk.project().highlight_count(), all);
    desk.must_say("16 excerpts");
}

#[test]
fn labels_and_stance_are_changed_in_place() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Abandonment");
    desk.key(Key::ArrowDown);
    desk.settle();
    press(&mut desk, "Take off Abandonment");
    desk.must_say("15 of 220 excerpts");
    desk.key_with(CTRL, Key::Z);
    desk.settle();
    desk.must_say("16 excerpts");
    // The one that came after it has the focus now.
    key(&mut desk, Key::Home);
    let stance = desk.beginning("Stance: ").name;
    press(&mut desk, &stance);
    press(&mut desk, "qualifies");
    assert_eq!(desk.must_find("Stance: qualifies").role, Role::Button);
    desk.type_keys("hedg");
    desk.key(Key::Enter);
    desk.settle();
    desk.must_find("Take off Hedging");
}

#[test]
fn a_colleagues_excerpt_is_not_changed() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    let theirs = rows(&desk).into_iter().find(|r| r.contains("coded by AL"));
    press(&mut desk, &theirs.unwrap());
    assert!(!desk.says("Take off "));
    let before = desk.project().clone();
    desk.type_keys("4");
    assert!(desk.notice().starts_with("That is AL’s highlight."));
    desk.key_with(CTRL, Key::M);
    assert!(desk.notice().starts_with("That is AL’s highlight."));
    assert_eq!(*desk.project(), before);
}

#[test]
fn a_note_is_written_in_place_and_on_several() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Entrapment");
    desk.key(Key::ArrowDown);
    desk.key_with(CTRL, Key::M);
    desk.fill("Note", "first of all");
    desk.key(Key::Escape);
    desk.settle();
    assert!(notes(&desk).contains(&"first of all".to_owned()));
    assert_eq!(desk.session().view, View::Excerpts);
    desk.key_with(CTRL, Key::A);
    press(&mut desk, "Note…");
    desk.fill("Note for all selected", "compare");
    press(&mut desk, "Add to their notes");
    let all = notes(&desk);
    assert!(all.contains(&"first of all\ncompare".to_owned()));
    assert!(all.iter().filter(|n| n.ends_with("compare")).count() > 3);
    desk.key_with(CTRL, Key::Z);
    desk.settle();
    assert!(!notes(&desk).iter().any(|n| n.ends_with("compare")));
}

#[test]
fn the_query_is_one_line_of_text_and_says_where_it_is_wrong() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    desk.type_keys("/");
    desk.fill("Query", "label:Entrapment coder:AL");
    desk.settle();
    let shown = rows(&desk).len();
    assert!(shown > 0 && rows(&desk).iter().all(|r| r.contains("coded by AL")));
    assert!(desk.says("Label: Entrapment") && desk.says("Coder: AL"));
    desk.fill("Query", "label:Entrapment coder:AL (");
    desk.settle();
    assert!(desk.says("A condition is missing here.") || desk.says("is not closed"));
    assert_eq!(rows(&desk).len(), shown, "the list stays meanwhile");
    desk.fill("Query", "label:Entrapmant");
    desk.settle();
    desk.must_say("There is no label “Entrapmant”.");
    desk.must_say("Did you mean “Entrapment”?");
    desk.fill("Query", "");
    desk.settle();
    desk.must_say("220 excerpts");
}

#[test]
fn a_name_is_completed() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    desk.type_keys("/");
    desk.type_keys("label:entr");
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    desk.settle();
    desk.must_say("9 of 220 excerpts");
}

#[test]
fn a_query_is_saved_loaded_and_deleted_and_the_filter_is_there_on_the_next_start() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Entrapment");
    press(&mut desk, "Saved");
    desk.fill("Name of this query", "Being dragged in");
    press(&mut desk, "Save");
    assert_eq!(desk.notice(), "Saved as “Being dragged in”.");
    desk.until_saved();
    desk.close();
    let mut desk = home.start(None, USUAL);
    desk.key_with(CTRL, Key::Num2);
    desk.settle();
    desk.must_say("9 of 220 excerpts");
    press(&mut desk, "Take away the filter Label: Entrapment");
    desk.must_say("220 excerpts");
    press(&mut desk, "Saved");
    press(&mut desk, "Being dragged in");
    desk.must_say("9 of 220 excerpts");
    press(&mut desk, "Saved");
    press(&mut desk, "Delete the saved query Being dragged in");
    press(&mut desk, "Saved");
    desk.must_say("No query is saved yet.");
}

#[test]
fn what_is_empty_says_what_to_do() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Entrapment");
    desk.type_keys("/");
    desk.fill("Query", "label:Entrapment text:zeppelin");
    desk.settle();
    desk.must_say("No excerpt passes these filters.");
    let loosen = desk.beginning("Without Passage").name;
    assert!(loosen.ends_with(": 9 excerpts"), "{loosen}");
    press(&mut desk, &loosen);
    desk.must_say("9 of 220 excerpts");
    desk.close();
    let folder = home.project("Empty");
    let mut desk = home.start(Some(&folder), USUAL);
    desk.key_with(CTRL, Key::Num2);
    desk.settle();
    desk.must_say("Nothing is coded yet.");
    press(&mut desk, "Go to the reading");
    assert_eq!(desk.session().view, View::Read);
}

#[test]
fn excerpts_are_copied_with_their_citations() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    filter_by_label(&mut desk, "Entrapment");
    desk.key(Key::ArrowDown);
    desk.key_with(CTRL, Key::A);
    let copy = desk.must_find("Copy").rect.center();
    let copied = desk.click_and_copy(copy);
    assert_eq!(copied.split("\n\n").count(), 9, "{copied}");
    assert!(
        copied
            .lines()
            .filter(|l| !l.is_empty())
            .all(|l| l.starts_with('“') && l.ends_with(')'))
    );
    desk.settle();
    assert_eq!(desk.notice(), "9 excerpts copied with citations.");
    desk.run(Action::CopyQuote);
    assert_eq!(desk.notice(), "9 excerpts copied with citations.");
    press(&mut desk, "Export…");
    desk.must_say("Only the 9 excerpts selected");
}

#[test]
fn a_long_quote_is_folded_and_shows_in_full() {
    let home = Home::new();
    let mut desk = excerpts(&home);
    desk.key(Key::ArrowDown);
    let more = desk.things(|t| t.name == "Show the whole quote").len();
    assert!(more > 0);
    desk.type_keys(" ");
    assert_eq!(desk.things(|t| t.name == "Fold the quote").len(), 1);
    desk.type_keys(" ");
    assert_eq!(
        desk.things(|t| t.name == "Show the whole quote").len(),
        more
    );
}
