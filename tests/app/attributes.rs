//! The table of attributes in the comparison, and attributes among a reading's details.

use egui::Key;
use glossator::app::action::Action;

use crate::desk::{CTRL, Desk, Home, SHIFT};

/// The sample with the table open.
fn table(home: &Home) -> Desk {
    let mut desk = home.sample();
    desk.run(Action::ViewCompare);
    desk.press("Attributes");
    desk
}

/// The title of the first row.
fn first_title(desk: &Desk) -> String {
    let row = desk.beginning("Title of ");
    let rows = desk.things(|t| t.name.starts_with("Title of "));
    let top = rows
        .iter()
        .min_by(|a, b| a.rect.top().total_cmp(&b.rect.top()));
    let name = top.unwrap_or(&row).name.clone();
    title(&name)
}

/// The title that the name of its cell says twice: `Title of A: B: A: B`.
fn title(name: &str) -> String {
    let twice = name.strip_prefix("Title of ").unwrap();
    twice[..(twice.len() - 2) / 2].to_owned()
}

fn value(desk: &Desk, title: &str, name: &str) -> Option<String> {
    let shelves = desk.project().shelves();
    let shelf = shelves.iter().find(|s| s.reading.meta.title == title)?;
    let value = shelf.reading.meta.attributes.get(name);
    value.map(glossator::model::Value::typed)
}

/// Adds a column, which leaves the cursor in it.
fn add(desk: &mut Desk, name: &str) {
    desk.press("Add a column");
    desk.type_keys(name);
    desk.key(Key::Enter);
}

#[test]
fn a_column_is_added_filled_and_undone_by_keyboard() {
    let home = Home::new();
    let mut desk = table(&home);
    let titles: Vec<String> = {
        let mut rows = desk.things(|t| t.name.starts_with("Title of "));
        rows.sort_by(|a, b| a.rect.top().total_cmp(&b.rect.top()));
        rows.iter().map(|t| title(&t.name)).collect()
    };
    add(&mut desk, "country");
    desk.key_with(CTRL, Key::Home);
    desk.key(Key::End);
    // Letters begin to type, Enter goes down, Tab right.
    desk.type_keys("China");
    desk.key(Key::Enter);
    desk.type_keys("7");
    desk.key(Key::Enter);
    assert_eq!(
        value(&desk, &titles[0], "country").as_deref(),
        Some("China")
    );
    assert_eq!(value(&desk, &titles[1], "country").as_deref(), Some("7"));
    desk.key(Key::ArrowUp);
    // Enter types after what is there, Esc leaves it.
    desk.key(Key::Enter);
    desk.type_keys("5");
    desk.key(Key::Escape);
    assert_eq!(value(&desk, &titles[1], "country").as_deref(), Some("7"));
    desk.key(Key::F2);
    desk.type_keys("5");
    desk.key(Key::Tab);
    assert_eq!(value(&desk, &titles[1], "country").as_deref(), Some("75"));
    desk.key_with(CTRL, Key::Z);
    assert_eq!(value(&desk, &titles[1], "country").as_deref(), Some("7"));
    desk.key_with(CTRL, Key::Z);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.project().attribute_names().len(), 0);
}

#[test]
fn letters_and_enter_in_one_frame_are_not_lost() {
    let home = Home::new();
    let mut desk = table(&home);
    add(&mut desk, "genre");
    let title = first_title(&desk);
    desk.key_with(CTRL, Key::Home);
    desk.key(Key::End);
    desk.type_at_once("novel", Key::Enter);
    desk.settle();
    assert_eq!(value(&desk, &title, "genre").as_deref(), Some("novel"));
}

#[test]
fn a_year_that_is_none_stays_in_its_field() {
    let home = Home::new();
    let mut desk = table(&home);
    desk.key_with(CTRL, Key::Home);
    desk.key(Key::ArrowRight);
    desk.type_keys("19b7");
    desk.key(Key::Enter);
    assert!(
        desk.notice().contains("“19b7” is no year"),
        "{}",
        desk.notice()
    );
    desk.key(Key::Backspace);
    desk.key(Key::Backspace);
    desk.type_keys("87");
    desk.key(Key::Enter);
    let title = first_title(&desk);
    let shelves = desk.project().shelves();
    let shelf = shelves.iter().find(|s| s.reading.meta.title == title);
    assert_eq!(shelf.unwrap().reading.meta.year, Some(1987));
}

#[test]
fn cells_are_copied_pasted_and_cleared_as_an_area() {
    let home = Home::new();
    let mut desk = table(&home);
    add(&mut desk, "country");
    desk.key_with(CTRL, Key::Home);
    desk.key(Key::End);
    desk.paste("China\nRussia\n");
    let countries = |desk: &Desk| {
        let shelves = desk.project().shelves();
        let of = |s: &&glossator::model::Shelf| s.reading.meta.attributes.len();
        shelves.iter().map(of).sum::<usize>()
    };
    assert_eq!(countries(&desk), 2);
    desk.key_with(SHIFT, Key::ArrowDown);
    let copied = desk.copy();
    assert_eq!(copied.as_deref(), Some("China\nRussia\n"));
    desk.key(Key::Delete);
    assert_eq!(countries(&desk), 0);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(countries(&desk), 2);
}

#[test]
fn a_click_on_a_head_sorts_and_a_second_sorts_backwards() {
    let home = Home::new();
    let mut desk = table(&home);
    desk.press("Column Year");
    let first = first_title(&desk);
    desk.press("Column Year, sorted");
    assert_ne!(first_title(&desk), first);
    desk.press("Column Year, sorted backwards");
    assert_eq!(first_title(&desk), first);
}

#[test]
fn a_column_is_renamed_and_removed_with_one_undo_each() {
    let home = Home::new();
    let mut desk = table(&home);
    add(&mut desk, "country");
    desk.paste("China\nRussia\n");
    let at = desk.must_find("Column country").rect.center();
    desk.right_click(at);
    desk.press("Rename the column…");
    desk.fill("New name of country", "state");
    desk.press("Rename");
    let names = |desk: &Desk| {
        desk.project()
            .attribute_names()
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&desk), ["state"]);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(names(&desk), ["country"]);
    let at = desk.must_find("Column country").rect.center();
    desk.right_click(at);
    desk.press("Remove the column");
    assert_eq!(names(&desk), Vec::<String>::new());
    desk.key_with(CTRL, Key::Z);
    assert_eq!(names(&desk), ["country"]);
}

#[test]
fn a_second_click_types_into_a_cell_and_a_click_elsewhere_puts_it_down() {
    let home = Home::new();
    let mut desk = table(&home);
    let cell = desk.beginning("Kind of ");
    let title = cell.name["Kind of ".len()..]
        .rsplit_once(": ")
        .unwrap()
        .0
        .to_owned();
    desk.click(cell.rect.center());
    desk.click(cell.rect.center());
    desk.type_keys("x");
    let other = desk.beginning("Title of ").rect.center();
    desk.click(other);
    let shelves = desk.project().shelves();
    let shelf = shelves.iter().find(|s| s.reading.meta.title == title);
    assert!(shelf.unwrap().reading.meta.kind.ends_with('x'));
}

#[test]
fn a_csv_is_loaded_through_the_dialog() {
    let home = Home::new();
    let mut desk = table(&home);
    let title = first_title(&desk);
    let csv = home.file(
        "in.csv",
        format!("title;country\n{title};China\nNowhere;Mars\n"),
    );
    desk.press("Load CSV…");
    desk.fill("Table", &csv.display().to_string());
    desk.press_button("Load");
    desk.settle();
    assert_eq!(value(&desk, &title, "country").as_deref(), Some("China"));
    assert!(
        desk.notice().contains("1 reading changed"),
        "{}",
        desk.notice()
    );
    assert!(
        desk.notice().contains("no reading “Nowhere”"),
        "{}",
        desk.notice()
    );
    desk.press("Save CSV…");
    let out = home.path("out.csv");
    desk.fill("Save table to", &out.display().to_string());
    desk.press_button("Save");
    desk.settle();
    let written = std::fs::read_to_string(&out).unwrap();
    assert!(written.contains(",country\n") && written.contains(",China\n"));
    let bad = home.file("bad.csv", "country\nChina\n");
    desk.press("Load CSV…");
    desk.fill("Table", &bad.display().to_string());
    desk.press_button("Load");
    desk.settle();
    assert!(
        desk.notice().contains("no column is called “id”"),
        "{}",
        desk.notice()
    );
}

#[test]
fn attributes_stand_among_the_details_of_a_reading() {
    let home = Home::new();
    let mut desk = home.sample();
    let title = desk.session().shelf().unwrap().reading.meta.title.clone();
    desk.run(Action::ReadingDetails);
    desk.fill("New attribute", "country");
    desk.fill("Value of the new attribute", "China");
    desk.press_button("Save");
    assert_eq!(value(&desk, &title, "country").as_deref(), Some("China"));
    desk.run(Action::ReadingDetails);
    desk.fill("country", "\"7\"");
    desk.press_button("Save");
    assert_eq!(value(&desk, &title, "country").as_deref(), Some("\"7\""));
    desk.run(Action::ReadingDetails);
    desk.fill("New attribute", "Title");
    desk.fill("Value of the new attribute", "x");
    desk.must_say("can't be an attribute's name");
    desk.key(Key::Escape);
    desk.run(Action::ReadingDetails);
    desk.fill("country", "x");
    desk.key(Key::Backspace);
    desk.press_button("Save");
    assert_eq!(value(&desk, &title, "country"), None);
}
