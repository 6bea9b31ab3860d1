//! Notes, and that nothing of them is lost.

use egui::{Key, accesskit::Role};

use crate::{
    desk::{CTRL, Desk, Home, SHIFT},
    tagging::{BRIEF, NEITHER, PRICE, price},
};

/// The notes of the coder SN in the reading that shows, by passage.
fn notes(desk: &Desk) -> Vec<(String, String)> {
    let all = desk.session().shelf().unwrap().highlights.iter();
    let ours = all.filter(|h| h.coder.as_str() == "SN");
    ours.map(|h| (desk.slice(h.span).to_owned(), h.note.clone()))
        .collect()
}

fn pair(passage: &str, note: &str) -> (String, String) {
    (passage.to_owned(), note.to_owned())
}

/// Tags a passage and types a note, as quickly as can be.
fn tag_and_note(desk: &mut Desk, quote: &str, note: &str) {
    desk.select(quote);
    desk.type_keys("hedging");
    desk.key_with(SHIFT, Key::Enter);
    desk.type_keys(note);
}

#[test]
fn a_note_is_saved_after_a_pause_and_there_on_the_next_start() {
    let home = Home::new();
    let mut desk = price(&home);
    tag_and_note(&mut desk, NEITHER, "is it so");
    assert_eq!(notes(&desk), [pair(NEITHER, "")]);
    desk.pass(2.0);
    assert_eq!(notes(&desk), [pair(NEITHER, "is it so")]);
    desk.until_saved();
    desk.pass(0.1);
    desk.must_say("Every edit saved · ");
    desk.must_say("Note: is it so (SN)");
    desk.close();
    let desk = home.start(None, crate::desk::USUAL);
    assert!(
        desk.session()
            .shelf()
            .unwrap()
            .reading
            .meta
            .title
            .starts_with(PRICE)
    );
    assert_eq!(notes(&desk), [pair(NEITHER, "is it so")]);
}

#[test]
fn a_note_is_saved_when_the_window_is_closed_in_the_middle_of_it() {
    let home = Home::new();
    let mut desk = price(&home);
    tag_and_note(&mut desk, NEITHER, "half a th");
    desk.close();
    let desk = home.start(None, crate::desk::USUAL);
    assert_eq!(notes(&desk), [pair(NEITHER, "half a th")]);
}

#[test]
fn a_note_goes_to_its_own_highlight_whatever_is_clicked_next() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(BRIEF, "4");
    tag_and_note(&mut desk, NEITHER, "first");
    let other = desk
        .beginning("Entrapment: “This brief argues")
        .rect
        .center();
    desk.click(other);
    assert_eq!(desk.focused_passage().0, BRIEF);
    assert_eq!(notes(&desk), [pair(BRIEF, ""), pair(NEITHER, "first")]);
    desk.fill("Note", "second");
    desk.open_reading("The Case for a Pact");
    desk.open_reading(PRICE);
    assert_eq!(
        notes(&desk),
        [pair(BRIEF, "second"), pair(NEITHER, "first")]
    );
}

#[test]
fn a_note_is_kept_when_another_project_is_opened_over_it() {
    let home = Home::new();
    let other = home.project("Other");
    let mut desk = price(&home);
    tag_and_note(&mut desk, NEITHER, "unfinished");
    desk.drop_files(&[other]);
    assert_eq!(desk.project().name(), "Other");
    desk.drop_files(&[home.sample_folder()]);
    assert_eq!(notes(&desk), [pair(NEITHER, "unfinished")]);
}

#[test]
fn undo_in_the_note_takes_typing_back_and_outside_of_it_the_edit() {
    let home = Home::new();
    let mut desk = price(&home);
    tag_and_note(&mut desk, NEITHER, "one two");
    desk.key_with(CTRL, Key::Z);
    assert_eq!(
        desk.focused_passage().0,
        NEITHER,
        "the highlight is not undone"
    );
    desk.fill("Note", "three");
    desk.key(Key::Escape);
    assert_eq!(notes(&desk), [pair(NEITHER, "three")]);
    desk.key_with(CTRL, Key::Z);
    assert_ne!(notes(&desk), [pair(NEITHER, "three")]);
    assert_eq!(desk.focused_passage().0, NEITHER);
    let field = desk.things(|t| t.role == Role::MultilineTextInput);
    assert_eq!(
        field[0].value,
        desk.focused().note,
        "the field shows what is undone"
    );
}

#[test]
fn ctrl_enter_ends_a_note() {
    let home = Home::new();
    let mut desk = price(&home);
    tag_and_note(&mut desk, NEITHER, "done");
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(notes(&desk), [pair(NEITHER, "done")]);
    desk.type_keys("4");
    assert_eq!(desk.focused_passage().1, ["Hedging", "Entrapment"]);
    assert_eq!(notes(&desk), [pair(NEITHER, "done")]);
}

#[test]
fn the_command_to_write_a_note_gives_it_the_keyboard() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    desk.key_with(CTRL, Key::M);
    desk.type_keys("by key");
    desk.key(Key::Escape);
    assert_eq!(desk.focused().note, "by key");
    desk.key_with(CTRL, Key::K);
    desk.type_keys("write a note");
    desk.key(Key::Enter);
    desk.key(Key::End);
    desk.type_keys(" and by name");
    desk.key(Key::Escape);
    assert_eq!(desk.focused().note, "by key and by name");
}
