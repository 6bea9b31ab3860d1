//! Selecting and tagging by keyboard.

use egui::Key;

use crate::desk::{CTRL, Desk, Home};

const PRICE: &str = "The Price of a Promise";

fn desk(home: &Home) -> Desk {
    let mut desk = home.sample();
    desk.open_reading(PRICE);
    desk
}

#[test]
fn a_sentence_selected_by_keyboard_is_tagged_by_a_digit() {
    let home = Home::new();
    let mut desk = desk(&home);
    let before = desk.count();
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    assert_eq!(
        desk.selected(),
        Some("This brief argues that they will not, because a pledge would cost each of them more than it would bring.")
    );
    desk.type_keys("4");
    assert_eq!(desk.count(), before + 1);
    let (_, labels) = desk.focused_passage();
    assert_eq!(labels, ["Entrapment"]);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.count(), before);
}
