//! Two pictures of the window, compared with those in `tests/pictures`.

use egui::{Key, Vec2};
use glossator::app::action::Action;

use crate::{
    desk::{Desk, Home},
    tagging::{NEITHER, PRICE},
};

/// A page with highlights, overlaps, a selection and the picker over it: nothing that has to do with today.
fn page(home: &Home) -> Desk {
    let mut desk = home.start(None, Vec2::new(900.0, 600.0));
    desk.open_reading(PRICE);
    desk.select(NEITHER);
    desk.type_keys("bal");
    desk.leave();
    desk
}

#[test]
fn the_page_in_light_colours() {
    let home = Home::new();
    let mut desk = page(&home);
    desk.picture().must_be("page-light");
}

#[test]
fn the_page_in_dark_colours() {
    let home = Home::new();
    let mut desk = page(&home);
    desk.key(Key::Escape);
    desk.run(Action::Theme);
    desk.run(Action::Theme);
    desk.pass(10.0);
    desk.leave();
    desk.picture().must_be("page-dark");
}

#[test]
fn a_picture_shows_what_has_changed() {
    let home = Home::new();
    let mut desk = page(&home);
    let before = desk.picture();
    desk.key(Key::Escape);
    let after = desk.picture();
    assert!(before.differing(&after) > before.pixels.len() / 50);
    assert_eq!(after.differing(&desk.picture()), 0);
}
