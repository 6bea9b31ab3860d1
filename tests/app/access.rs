//! What screen readers get.

use egui::{Key, accesskit::Role};

use crate::{
    desk::{Desk, Home, Thing},
    tagging::{BRIEF, NEITHER, price},
};

fn role(desk: &Desk, role: Role) -> Vec<Thing> {
    desk.things(|t| t.role == role)
}

#[test]
fn the_reading_is_a_document_of_paragraphs_with_their_text() {
    let home = Home::new();
    let desk = price(&home);
    let documents = role(&desk, Role::Document);
    assert_eq!(documents.len(), 1);
    assert_eq!(
        documents[0].name,
        "Reading: The Price of a Promise: Why China and Russia Do Not Sign"
    );
    assert!(documents[0].focused);
    let paragraphs = role(&desk, Role::Paragraph);
    assert!(paragraphs.len() >= 2);
    let text = &desk.told_texts(Role::Paragraph)[0];
    assert!(
        text.starts_with("China and Russia may ally") && text.contains(BRIEF),
        "{text}"
    );
    assert_eq!(desk.told_texts(Role::Heading)[0], "Summary");
    // They stand where their text does.
    let at = desk.place(NEITHER);
    assert!(paragraphs[1].rect.contains(at));
    assert!(documents[0].rect.contains_rect(paragraphs[1].rect));
}

#[test]
fn every_highlight_that_shows_is_told_with_labels_stance_quote_note_and_coder() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    desk.press("contests");
    desk.fill("Note", "Is it?");
    desk.key(Key::Escape);
    let told = desk.must_find("Entrapment, contests: “Neither is scarce here.” Note: Is it? (SN)");
    assert_eq!(told.role, Role::Button);
    assert!(told.chosen);
    desk.key(Key::Escape);
    assert!(!desk.must_find(&told.name).chosen);
    // It can be chosen without a mouse.
    desk.focus("Formal pledge, Claim, contests: “This brief");
    desk.key(Key::Space);
    assert_eq!(desk.focused_passage().0, BRIEF);
}

#[test]
fn the_selection_is_told() {
    let home = Home::new();
    let mut desk = price(&home);
    assert_eq!(desk.told_selection(), None);
    desk.select(NEITHER);
    assert_eq!(desk.told_selection().as_deref(), Some(NEITHER));
    // Over paragraphs, and over the ends of rows.
    let two = "the two are able to do without one.\n\nWhat a pledge would buy\n\nA formal alliance";
    desk.select(two);
    assert_eq!(desk.told_selection(), Some(two.replace('\n', "")));
    desk.key(Key::Escape);
    assert_eq!(desk.told_selection(), None);
}

#[test]
fn tab_leaves_the_reader_and_comes_to_named_things_only() {
    let home = Home::new();
    let mut desk = price(&home);
    let mut seen = Vec::new();
    for _ in 0..12 {
        desk.key(Key::Tab);
        let focused = desk.things(|t| t.focused);
        assert_eq!(focused.len(), 1, "{focused:?}");
        assert!(!focused[0].name.is_empty(), "{focused:?}");
        seen.push(focused[0].name.clone());
    }
    seen.sort();
    seen.dedup();
    assert!(seen.len() > 9, "{seen:?}");
}
