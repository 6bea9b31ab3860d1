//! The window itself: starting, closing, sizes, themes, several projects.

use std::fs;

use egui::{Key, Theme, Vec2, accesskit::Role};
use glossator::{app::action::Action, store};

use crate::{
    desk::{ALT, CTRL, CTRL_SHIFT, Desk, Home, SHIFT, USUAL},
    tagging::{BRIEF, NEITHER, PRICE, price},
};

#[test]
fn the_first_start_opens_the_sample() {
    let home = Home::new();
    let desk = home.sample();
    assert_eq!(desk.project().shelves().len(), 6);
    assert!(desk.project().highlight_count() >= 80);
    desk.must_find("Project menu: Alliance seminar: will China and Russia ally?");
    desk.must_say("Reading: The Case for a Pact");
    desk.must_say("Every edit saved");
    assert!(home.sample_folder().join("project.ron").is_file());
    assert_eq!(desk.session().problems, []);
}

#[test]
fn everything_is_there_after_closing_and_opening() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    desk.press("contests");
    desk.fill("Note", "kept");
    desk.select(BRIEF);
    desk.type_keys("my own");
    desk.key_with(CTRL, Key::Enter);
    desk.open_reading("The Case for a Pact");
    desk.key(Key::ArrowDown);
    desk.type_keys("1");
    let before = desk.project().clone();
    desk.close();
    let mut desk = home.sample();
    assert_eq!(desk.project(), &before);
    // Undo reaches behind the start.
    for _ in 0..6 {
        desk.key_with(CTRL, Key::Z);
    }
    assert!(!desk.must_find("Undo").enabled);
    assert!(
        desk.project()
            .highlights()
            .all(|h| h.coder.as_str() != "SN")
    );
    assert!(desk.project().label_named("my own").is_none());
    for _ in 0..6 {
        desk.key_with(CTRL_SHIFT, Key::Z);
    }
    assert_eq!(desk.project(), &before);
    desk.close();
    assert_eq!(store::read(&home.sample_folder()).unwrap().project, before);
    assert_eq!(store::check(&home.sample_folder()), []);
}

#[test]
fn two_projects_are_opened_one_after_the_other() {
    let home = Home::new();
    let other = home.project("Other");
    let file = home.file("one.txt", "A text of its own.");
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    let sample = desk.project().clone();
    desk.drop_files(std::slice::from_ref(&other));
    assert_eq!(desk.project().name(), "Other");
    desk.must_say("No readings yet");
    desk.drop_files(&[file]);
    desk.press("Close");
    desk.key(Key::ArrowDown);
    desk.type_keys("5");
    assert_eq!(
        desk.focused_passage(),
        ("A text of its own.", vec!["Abandonment"])
    );
    // What belongs to one project is not seen in the other.
    desk.drop_files(&[home.sample_folder()]);
    assert_eq!(desk.project(), &sample);
    assert!(
        desk.session()
            .shelf()
            .unwrap()
            .reading
            .meta
            .title
            .starts_with(PRICE)
    );
    assert!(desk.session().focused().is_none());
    // The other one is among the recent.
    desk.press("Project menu: Alliance seminar: will China and Russia ally?");
    desk.press("Open recent");
    desk.press("Other");
    desk.settle();
    assert_eq!(desk.project().name(), "Other");
    assert_eq!(desk.count(), 1);
}

#[test]
fn a_second_window_is_told_who_has_the_project() {
    let home = Home::new();
    let first = home.sample();
    let second = home.start(Some(&home.sample_folder()), USUAL);
    assert!(second.app().session().is_none());
    let told = second.notice();
    assert!(
        told.contains("is open already") && told.contains("by SN on "),
        "{told}"
    );
    second.must_say("is open already");
    second.must_find("New project…");
    drop(second);
    first.close();
    let third = home.start(Some(&home.sample_folder()), USUAL);
    assert_eq!(third.project().shelves().len(), 6);
}

#[test]
fn a_folder_that_is_no_project_is_refused_with_a_reason() {
    let home = Home::new();
    fs::create_dir(home.path("empty")).unwrap();
    let desk = home.start(Some(&home.path("empty")), USUAL);
    assert!(desk.app().session().is_none());
    assert!(
        desk.notice().contains("is not a Glossator project"),
        "{}",
        desk.notice()
    );
}

#[test]
fn the_welcome_page_leads_on() {
    let home = Home::new();
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::W);
    for name in [
        "New project…",
        "Open project…",
        "Open the sample seminar",
        "Sample seminar",
    ] {
        desk.must_find(name);
    }
    desk.must_say("Or drop a project folder on this window.");
    assert!(!desk.must_find("Export").enabled);
    desk.close();
    // Closed without a project, it starts without one.
    let mut desk = home.sample();
    assert!(desk.app().session().is_none());
    desk.press("Sample seminar");
    desk.settle();
    assert_eq!(desk.project().shelves().len(), 6);
}

#[test]
fn the_sample_is_reset_and_the_used_one_kept() {
    let home = Home::new();
    let mut desk = price(&home);
    let fresh = desk.project().clone();
    desk.tag(NEITHER, "4");
    desk.run(Action::ResetSample);
    assert_eq!(desk.project(), &fresh);
    assert!(!desk.must_find("Undo").enabled);
    let kept = fs::read_dir(home.path("data")).unwrap().count();
    assert_eq!(kept, 2);
}

/// What can be done in a small window: everything that is there lies within it.
fn within(desk: &Desk, size: Vec2) {
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size).expand(1.0);
    for thing in desk.things(|t| t.role == Role::Button) {
        let middle = thing.rect.center();
        let scrolled = thing.rect.left() > size.x - 300.0 || thing.rect.top() > 80.0;
        assert!(scrolled || window.contains(middle), "{thing:?}");
    }
    let document = &desk.things(|t| t.role == Role::Document)[0];
    assert!(
        document.rect.width() > 150.0 && window.contains_rect(document.rect),
        "{document:?}"
    );
}

#[test]
fn small_windows_show_all_of_it() {
    for size in [Vec2::new(1024.0, 640.0), Vec2::new(640.0, 400.0)] {
        let home = Home::new();
        let mut desk = home.start(None, size);
        desk.key_with(ALT, Key::ArrowRight);
        desk.must_say("Reading: The Price of a Promise");
        within(&desk, size);
        desk.key(Key::ArrowDown);
        desk.key(Key::ArrowDown);
        desk.type_keys("entrap");
        let field = &desk.things(|t| t.name == "Label to tag with")[0];
        assert!(
            field.rect.right() < size.x && field.rect.bottom() < size.y,
            "{field:?}"
        );
        desk.key_with(SHIFT, Key::Enter);
        desk.type_keys("small");
        desk.key(Key::Escape);
        assert_eq!(desk.focused().note, "small");
        within(&desk, size);
        let mut buttons = Vec::new();
        for (action, button) in [
            (Action::Export, "Cancel"),
            (Action::History, "Close"),
            (Action::NewLabel, "Save"),
            (Action::ReadingDetails, "Save"),
            (Action::NewProject, "Cancel"),
            (Action::Shortcuts, "Close"),
            (Action::Palette, "New project… Ctrl+N"),
        ] {
            desk.run(action);
            let at = desk.must_find(button).rect;
            if at.bottom() > size.y || at.right() > size.x || at.left() < 0.0 {
                buttons.push(format!("{action:?}: {button} at {at:?}"));
            }
            desk.key(Key::Escape);
        }
        assert!(
            buttons.is_empty(),
            "out of a window of {size:?}: {buttons:#?}"
        );
    }
}

#[test]
fn a_window_made_small_and_large_again_shows_the_same() {
    let home = Home::new();
    let mut desk = price(&home);
    let all = |desk: &Desk| desk.things(|t| t.role == Role::Paragraph).len();
    let before = all(&desk);
    desk.resize(Vec2::new(640.0, 400.0));
    assert!(all(&desk) < before);
    desk.resize(USUAL);
    assert_eq!(all(&desk), before);
}

#[test]
fn both_themes_are_chosen_by_key_and_kept() {
    let home = Home::new();
    let mut desk = price(&home);
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.key_with(CTRL_SHIFT, Key::L);
        seen.push(desk.notice().to_owned());
    }
    assert_eq!(
        seen,
        [
            "Light colours.",
            "Dark colours.",
            "Colours as the system's."
        ]
    );
    desk.key_with(CTRL_SHIFT, Key::L);
    desk.key_with(CTRL_SHIFT, Key::L);
    assert_eq!(desk.theme(), Theme::Dark);
    let page = |desk: &mut Desk| {
        desk.rest();
        let picture = desk.picture();
        picture.pixels[300 * picture.width + 250]
    };
    assert_eq!(page(&mut desk), [0x1b, 0x1c, 0x1f]);
    desk.close();
    let mut desk = home.start_unread(None, USUAL);
    desk.settle();
    desk.key_with(CTRL_SHIFT, Key::L);
    assert_eq!(
        desk.notice(),
        "Colours as the system's.",
        "dark was remembered"
    );
    desk.key_with(CTRL_SHIFT, Key::L);
    assert_eq!(desk.theme(), Theme::Light);
    assert_eq!(page(&mut desk), [0xfb, 0xfa, 0xf7]);
}

#[test]
fn the_text_size_is_changed_and_kept() {
    let home = Home::new();
    let mut desk = price(&home);
    let height = |desk: &Desk| desk.things(|t| t.role == Role::TextRun)[1].rect.height();
    let usual = height(&desk);
    desk.key_with(CTRL, Key::Plus);
    desk.key_with(CTRL, Key::Plus);
    let larger = height(&desk);
    assert!(larger > usual);
    desk.close();
    let mut desk = home.sample();
    assert_eq!(height(&desk), larger);
    desk.key_with(CTRL, Key::Num0);
    assert_eq!(height(&desk), usual);
    for _ in 0..40 {
        desk.key_with(CTRL, Key::Minus);
    }
    assert!(height(&desk) >= 11.0);
}

#[test]
fn a_project_that_cannot_be_saved_is_not_closed_without_being_asked() {
    let home = Home::new();
    let mut desk = price(&home);
    let faults = desk.session().workspace().unwrap().faults();
    faults.set(store::Fault::Full);
    desk.tag(NEITHER, "4");
    let coded = desk.project().clone();
    desk.run(Action::CloseProject);
    desk.must_say("Not everything is saved");
    assert_eq!(*desk.project(), coded);
    desk.press("Stay");
    assert_eq!(*desk.project(), coded);
    faults.set(store::Fault::None);
    desk.until_saved();
    desk.run(Action::CloseProject);
    assert!(desk.app().session().is_none());
    // The project is let go of on a thread; the end of the app waits for it.
    desk.close();
    let desk = home.start(Some(&home.sample_folder()), USUAL);
    assert_eq!(desk.project().highlight_count(), coded.highlight_count());
}
