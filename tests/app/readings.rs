//! The readings at the left.

use egui::{Key, Vec2, accesskit::Role};
use glossator::{app::action::Action, model::ReadingId};

use crate::{
    desk::{ALT, CTRL, Desk, Home, USUAL},
    tagging::{NEITHER, PRICE, price},
};

const PACT: &str = "The Case for a Pact";

fn title(desk: &Desk) -> &str {
    &desk.session().shelf().unwrap().reading.meta.title
}

fn top(desk: &Desk) -> u32 {
    desk.session().reader.position()
}

#[test]
fn readings_are_opened_by_click_and_by_key() {
    let home = Home::new();
    let mut desk = home.sample();
    assert_eq!(title(&desk), PACT);
    desk.open_reading(PRICE);
    desk.must_say("Reading: The Price of a Promise");
    assert!(desk.beginning(PRICE).chosen && !desk.beginning(PACT).chosen);
    desk.key_with(ALT, Key::ArrowLeft);
    assert_eq!(title(&desk), PACT);
    desk.key_with(ALT, Key::ArrowLeft);
    assert_eq!(title(&desk), PACT);
    for _ in 0..9 {
        desk.key_with(ALT, Key::ArrowRight);
    }
    assert!(title(&desk).starts_with("Convenience"));
}

#[test]
fn each_reading_is_shown_where_it_was_left() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key(Key::PageDown);
    desk.key(Key::PageDown);
    let left = top(&desk);
    assert!(left > 1000);
    desk.open_reading(PACT);
    assert_eq!(top(&desk), 0);
    desk.key(Key::PageDown);
    let other = top(&desk);
    desk.open_reading(PRICE);
    assert_eq!(top(&desk), left);
    desk.close();
    let mut desk = home.start(None, USUAL);
    assert!(title(&desk).starts_with(PRICE));
    assert_eq!(top(&desk), left);
    desk.open_reading(PACT);
    assert_eq!(top(&desk), other);
}

#[test]
fn the_place_is_kept_when_the_window_or_the_type_changes() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key(Key::PageDown);
    desk.key(Key::PageDown);
    let left = top(&desk);
    // The row at the top is the one with that place; the place itself does not wander, as when an edge is dragged.
    let near = |desk: &Desk| (left - 150..=left).contains(&top(desk));
    for width in (900..1280).step_by(23) {
        desk.resize(Vec2::new(width as f32, 700.0));
        assert!(near(&desk), "{} at {width}", top(&desk));
    }
    desk.resize(USUAL);
    assert_eq!(top(&desk), left);
    for _ in 0..5 {
        desk.key_with(CTRL, Key::Plus);
        assert!(near(&desk), "{}", top(&desk));
    }
    desk.key_with(CTRL, Key::Num0);
    assert_eq!(top(&desk), left);
}

#[test]
fn details_are_corrected_in_a_form() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::D);
    desk.must_say("Cited as (Okoye and Santerre 2024)");
    desk.fill("Authors, one a line", "Walt, Stephen M.");
    desk.fill("Year", "nineteen");
    assert!(!desk.must_find("Save").enabled);
    desk.fill("Year", "1987");
    desk.fill("Title", "The Price");
    desk.must_say("Cited as (Walt 1987)");
    desk.press("Save");
    desk.must_say("The Price, Walt 1987, 42 highlights");
    assert_eq!(title(&desk), "The Price");
    desk.key_with(CTRL, Key::Z);
    assert!(title(&desk).starts_with(PRICE));
}

#[test]
fn a_removed_reading_comes_back_with_its_highlights() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    let before = desk.project().clone();
    let row = desk.beginning(PRICE).rect.center();
    desk.right_click(row);
    desk.press("Remove the reading");
    assert!(desk.pressable(|n| n.starts_with(PRICE)).is_none());
    assert_ne!(title(&desk), "");
    assert!(!title(&desk).starts_with(PRICE));
    desk.key_with(CTRL, Key::Z);
    desk.beginning(PRICE);
    assert_eq!(desk.project(), &before);
    // The menu of one that does not show acts on that one.
    desk.open_reading(PACT);
    let row = desk.beginning(PRICE).rect.center();
    desk.right_click(row);
    desk.press("Remove the reading");
    assert!(desk.pressable(|n| n.starts_with(PRICE)).is_none());
    desk.beginning(PACT);
    desk.close();
    // Also on the next start.
    let mut desk = home.sample();
    assert!(desk.pressable(|n| n.starts_with(PRICE)).is_none());
    desk.run(Action::RestoreReadings);
    desk.beginning(PRICE);
    let id = ReadingId::new("the-price-of-a-promise").unwrap();
    let shelf = |p: &glossator::model::Project| p.shelf(&id).unwrap().highlights.len();
    assert_eq!(shelf(desk.project()), shelf(&before));
}

#[test]
fn the_last_reading_can_be_removed() {
    let home = Home::new();
    let folder = home.project("One");
    let file = home.file("one.txt", "One text.\n\nOf two paragraphs.");
    let mut desk = home.start(Some(&folder), USUAL);
    desk.must_say("No readings yet");
    desk.drop_files(&[file]);
    desk.key(Key::Escape);
    desk.run(Action::RemoveReading);
    desk.must_say("No readings yet");
    desk.key_with(CTRL, Key::Z);
    desk.must_say("Reading: One");
}

/// A text of 7,000 characters in a single line reads in blocks.
#[test]
fn a_reading_without_line_breaks_is_cut_into_blocks() {
    let home = Home::new();
    let folder = home.project("Long");
    let sentence =
        "This is a sentence of a text that someone copied out of a page without a single break. ";
    let text = sentence.repeat(7_000 / sentence.len() + 1);
    let file = home.file("long.txt", text.trim_end());
    let mut desk = home.start(Some(&folder), Vec2::new(1280.0, 3000.0));
    desk.drop_files(&[file]);
    desk.key(Key::Escape);
    assert_eq!(
        desk.session()
            .shelf()
            .unwrap()
            .reading
            .text
            .paragraphs()
            .len(),
        1
    );
    let blocks = desk.things(|t| t.role == Role::Paragraph);
    assert!(blocks.len() >= 3, "{} blocks", blocks.len());
    for pair in blocks.windows(2) {
        assert!(pair[0].rect.bottom() <= pair[1].rect.top() + 0.5);
    }
    let runs = desk.things(|t| t.role == Role::TextRun && t.rect.intersects(blocks[0].rect));
    let first: String = runs.iter().map(|t| t.value.as_str()).collect();
    assert!(
        first.trim_end().ends_with("single break."),
        "a block ends with a sentence: {first}"
    );
    // Sentences, paragraph and the walk by keys take no notice of the blocks.
    let at = desk.session().reader.screen_position(3_000).unwrap();
    desk.clicks(at, 4);
    assert_eq!(desk.selected().map(str::len), Some(text.trim_end().len()));
    desk.clicks(at, 3);
    assert_eq!(desk.selected(), Some(sentence.trim_end()));
}

/// The window of a test has no fonts but those that are shipped, and fails when a character is in none of them.
#[test]
fn every_character_of_the_sample_shows() {
    let home = Home::new();
    let mut desk = home.start(None, Vec2::new(1280.0, 2000.0));
    for _ in 0..6 {
        let end = desk.text().trim_end().len();
        for page in 0.. {
            if desk.session().reader.visible().end as usize == end {
                break;
            }
            assert!(page < 20, "{} has no end", title(&desk));
            desk.key(Key::PageDown);
        }
        desk.key_with(ALT, Key::ArrowRight);
    }
}
