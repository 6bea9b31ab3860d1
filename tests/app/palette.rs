//! The box that finds anything.

use egui::Key;
use glossator::{
    app::View,
    edit::Edit,
    model::{About, CoderId, LabelId},
};

use crate::{
    desk::{CTRL, Desk, Home, SHIFT},
    tagging::price,
};

/// Opens the box and types.
fn look_for(desk: &mut Desk, text: &str) {
    desk.key_with(CTRL, Key::K);
    desk.type_keys(text);
    desk.settle();
}

#[test]
fn a_reading_is_found_by_its_author_and_opened() {
    let home = Home::new();
    let mut desk = price(&home);
    look_for(&mut desk, "weidmann");
    let found = desk.must_find("Reading Two Meanings of Many Poles, Weidmann 2022");
    assert!(found.chosen);
    desk.key(Key::Enter);
    let title = &desk.session().shelf().unwrap().reading.meta.title;
    assert_eq!(title, "Two Meanings of Many Poles");
    look_for(&mut desk, "weidmann 2022");
    desk.key_with(CTRL, Key::Enter);
    desk.must_say("Details of the reading");
}

#[test]
fn letters_and_enter_at_once_open_what_was_typed() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::K);
    desk.type_at_once("weidmann", Key::Enter);
    desk.settle();
    let title = &desk.session().shelf().unwrap().reading.meta.title;
    assert_eq!(title, "Two Meanings of Many Poles");
}

#[test]
fn a_label_shows_its_excerpts_or_filters_the_text() {
    let home = Home::new();
    let mut desk = price(&home);
    look_for(&mut desk, "entrapment");
    let found = desk.beginning("Label Entrapment");
    assert!(found.chosen, "{}", desk.everything());
    desk.key_with(SHIFT, Key::Enter);
    assert_eq!(desk.session().only, LabelId::new("entrapment").ok());
    assert_eq!(desk.session().view, View::Read);
    look_for(&mut desk, "entrapment");
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.session().view, View::Excerpts);
    look_for(&mut desk, "entrapment");
    desk.key_with(CTRL, Key::Enter);
    assert!(!desk.things(|t| t.value == "Entrapment").is_empty());
}

#[test]
fn a_note_opens_its_passage_in_whatever_reading() {
    let home = Home::new();
    let mut desk = price(&home);
    let here = desk.session().reading.clone();
    let (reading, highlight, word) = desk
        .project()
        .highlights()
        .filter(|h| Some(&h.reading) != here.as_ref() && h.note.chars().count() > 20)
        .map(|h| (h.reading.clone(), h.id, h.note.clone()))
        .next()
        .expect("the sample has notes");
    let beginning: String = word.chars().take(25).collect();
    look_for(&mut desk, &beginning);
    let note = desk.beginning("Note ");
    desk.click(note.rect.center());
    desk.settle();
    assert_eq!(desk.session().reading.as_ref(), Some(&reading));
    assert_eq!(desk.focused().id, highlight);
}

#[test]
fn a_saved_query_is_found_by_its_name() {
    let home = Home::new();
    let mut desk = price(&home);
    let about = About::Query("Dark fears".to_owned());
    let query = Some("label:Entrapment".to_owned());
    let edit = Edit::Jot(CoderId::new("SN").unwrap(), about, query);
    desk.app_mut().session_mut().unwrap().perform(edit).unwrap();
    look_for(&mut desk, "dark fe");
    assert!(desk.must_find("Query Dark fears, SN").chosen);
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.session().view, View::Excerpts);
}

#[test]
fn commands_stand_first_where_they_fit_best() {
    let home = Home::new();
    let mut desk = price(&home);
    look_for(&mut desk, "undo");
    let chosen = desk.things(|t| t.chosen && t.name.starts_with("Undo"));
    // Nothing was done yet, so there is nothing to undo.
    assert!(chosen.is_empty());
    desk.key(Key::Escape);
    look_for(&mut desk, "export");
    assert!(desk.beginning("Export").name.ends_with("Ctrl+E"));
    desk.key(Key::Enter);
    desk.must_say("Export");
    desk.key(Key::Escape);
    look_for(&mut desk, "qqqq");
    desk.must_say("Nothing is called so");
    desk.key(Key::Enter);
    desk.key(Key::Escape);
}
