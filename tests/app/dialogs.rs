//! What opens over the window: history, export, import, commands, projects.

use std::fs;

use egui::{Key, accesskit::Role};
use glossator::{
    app::action::Action,
    store::{self, Workspace},
};

use crate::{
    desk::{CTRL, Desk, Home, USUAL},
    tagging::{BRIEF, NEITHER, price},
};

/// Whether a dialog is open: then nothing below it can be pressed.
fn is_open(desk: &Desk) -> bool {
    desk.things(|t| t.name == "Close" || t.name == "Cancel")
        .len()
        == 1
}

// --- history --------------------------------------------------------------------------------------------------------

#[test]
fn one_goes_back_to_the_beginning_and_takes_that_back() {
    let home = Home::new();
    let mut desk = price(&home);
    let start = desk.project().clone();
    desk.tag(NEITHER, "4");
    desk.press("contests");
    desk.tag(BRIEF, "5");
    let end = desk.project().clone();
    desk.key_with(CTRL, Key::H);
    desk.must_say("Tag “This brief argues that they will not, be…” with Abandonment");
    desk.must_say("Mark that “Neither is scarce here.” contests");
    desk.must_say("MK");
    let list = desk.beginning("Go back to just after edit 1").rect.center();
    for _ in 0..30 {
        desk.wheel(list, -600.0);
    }
    desk.must_say("The beginning");
    desk.press("Go back to the beginning");
    assert_eq!(desk.project(), &start);
    desk.key(Key::Escape);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.project(), &end);
    desk.key_with(CTRL, Key::Z);
    assert_ne!(desk.project(), &end);
}

#[test]
fn one_goes_back_to_any_point() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    let first = desk.project().clone();
    desk.press("contests");
    desk.press("supports");
    desk.press("History");
    desk.press("Go back to just after edit 1");
    assert_eq!(desk.project(), &first);
    desk.must_say("Go back to just after edit 1");
    desk.press("Close");
    assert!(!is_open(&desk));
    // What was written holds it, too.
    desk.close();
    let opened = store::read(&home.sample_folder()).unwrap();
    assert_eq!(opened.project, first);
}

// --- import ---------------------------------------------------------------------------------------------------------

#[test]
fn dropped_files_are_imported_and_reported() {
    let home = Home::new();
    let folder = home.project("New");
    let mut desk = home.start(Some(&folder), USUAL);
    let good = home.file(
        "walt.md",
        "# Balance of Threat\n\nStates balance against threats. Not power.\n",
    );
    let latin = home.file(
        "latin.txt",
        b"Stra\xdfe und B\xfccher, in einer alten Kodierung geschrieben. Gr\xf6\xdfe.",
    );
    let bad = home.file("bad.ron", "(this is not an annotated project");
    let missing = home.path("gone.txt");
    desk.drop_files(&[good, latin, bad, missing]);
    desk.must_say("2 of 4 files came in.");
    desk.must_say("read as UTF-8");
    desk.must_say("read as windows-1252");
    desk.must_say("bad.ron");
    desk.must_say("line 1, column 6: Expected colon");
    desk.must_say("gone.txt");
    desk.must_say("can't be read");
    desk.press("Close");
    assert_eq!(desk.project().shelves().len(), 2);
    desk.must_say("Reading: Balance of Threat");
    // The reading that came in is ready to be tagged.
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    assert_eq!(desk.selected(), Some("States balance against threats."));
    desk.type_keys("1");
    assert_eq!(desk.focused_passage().1, ["Balance of threat"]);
    desk.key_with(CTRL, Key::Z);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.project().shelves().len(), 0);
    desk.must_say("No readings yet");
}

#[test]
fn files_are_imported_by_path() {
    let home = Home::new();
    let folder = home.project("New");
    let mut desk = home.start(Some(&folder), USUAL);
    let one = home.file("one.txt", "The first text.");
    fs::create_dir(home.path("more")).unwrap();
    home.file("more/two.txt", "The second text.");
    desk.press("Import");
    assert!(!desk.things(|t| t.name == "Import").last().unwrap().enabled);
    desk.fill("Files or folders", "/not/there.txt");
    desk.must_say("/not/there.txt is not there.");
    let typed = format!("{}; {}", one.display(), home.path("more").display());
    desk.fill("Files or folders", &typed);
    desk.press("Import");
    desk.settle();
    desk.must_say("2 of 2 files came in.");
    assert_eq!(desk.project().shelves().len(), 2);
}

#[test]
fn without_a_project_a_dropped_file_is_not_lost_in_silence() {
    let home = Home::new();
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::W);
    assert!(desk.app().session().is_none());
    let file = home.file("one.txt", "The first text.");
    desk.drop_files(&[file]);
    assert!(
        desk.notice().starts_with("Open a project first"),
        "{}",
        desk.notice()
    );
    desk.must_say("Open a project first");
}

// --- commands -------------------------------------------------------------------------------------------------------

#[test]
fn a_command_is_found_by_a_few_letters() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::K);
    desk.type_keys("light");
    desk.must_find("Light, dark or as the system Ctrl+Shift+L");
    desk.key(Key::Enter);
    assert_eq!(desk.notice(), "Light colours.");
    assert!(!desk.says("Type the name of a command"));
    desk.press("Commands");
    desk.type_keys("keyboard");
    desk.key(Key::Enter);
    desk.must_say("Keyboard shortcuts");
    desk.must_say("Select the next or previous sentence");
    desk.key(Key::Escape);
    assert!(!desk.says("Select the next or previous sentence"));
}

#[test]
fn the_palette_lists_what_can_be_done_now_and_is_walked_by_arrows() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::K);
    assert!(
        desk.pressable(|n| n.starts_with("Remove the highlight"))
            .is_none()
    );
    desk.type_keys("reading");
    let chosen = |desk: &Desk| {
        desk.things(|t| {
            t.chosen && t.role == Role::Button && t.rect.left() > 300.0 && t.rect.right() < 980.0
        })
    };
    let first = chosen(&desk).last().unwrap().name.clone();
    desk.key(Key::ArrowDown);
    let second = chosen(&desk).last().unwrap().name.clone();
    assert_ne!(first, second);
    desk.key(Key::Escape);
    desk.tag(NEITHER, "4");
    desk.key_with(CTRL, Key::K);
    desk.type_keys("remove the h");
    desk.key(Key::Enter);
    assert!(desk.session().focused().is_none());
    assert!(desk.notice().starts_with("Highlight removed"));
}

#[test]
fn every_command_can_be_carried_out_whenever_it_is_offered() {
    let home = Home::new();
    let mut desk = price(&home);
    for action in Action::ALL {
        if action == Action::Quit {
            continue;
        }
        if desk.app().session().is_none() {
            desk.run(Action::OpenSample);
        }
        let session = desk.app_mut().session_mut().unwrap();
        let some = session.shelf().and_then(|s| s.highlights.iter().next());
        let some = some.map(|h| h.id);
        session.reader.set_focus(some);
        desk.rest();
        desk.run(action);
        for _ in 0..3 {
            desk.key(Key::Escape);
        }
        assert!(!is_open(&desk), "{action:?}");
    }
    assert_eq!(desk.project().shelves().len(), 6);
}

// --- coders and projects --------------------------------------------------------------------------------------------

#[test]
fn another_coder_tags_under_a_name_of_their_own() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    // Until then the line at the bottom changes, and what is in it moves.
    desk.until_saved();
    desk.press("Coder: SN");
    desk.fill("Short name", "J. L.");
    desk.must_say("Edits will be made as J--L.");
    desk.fill("Short name", "JL");
    desk.press("Use");
    desk.tag(NEITHER, "5");
    assert_eq!(desk.focused().coder.as_str(), "JL");
    assert_eq!(desk.focused_passage().1, ["Abandonment"]);
    // Undo is of one's own edits only.
    desk.key_with(CTRL, Key::Z);
    desk.key_with(CTRL, Key::Z);
    assert!(!desk.must_find("Undo").enabled);
    assert!(
        desk.project()
            .highlights()
            .any(|h| h.coder.as_str() == "SN")
    );
    desk.close();
    let desk = home.sample();
    desk.must_find("Coder: JL");
}

#[test]
fn a_project_is_made_in_a_folder_of_its_own() {
    let home = Home::new();
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::N);
    desk.fill("Folder to put it in", &home.path("").display().to_string());
    assert!(!desk.must_find("Create").enabled);
    desk.fill("Name", "Week 6: who gains?");
    desk.press("Create");
    desk.settle();
    assert_eq!(desk.project().name(), "Week 6: who gains?");
    assert_eq!(desk.project().labels().count(), 53);
    desk.must_say("No readings yet");
    let folder = home.path("Week 6- who gains-");
    assert!(folder.join("project.ron").is_file());
    desk.key_with(CTRL, Key::N);
    desk.fill("Folder to put it in", &home.path("").display().to_string());
    desk.fill("Name", "Week 6: who gains?");
    desk.must_say("is there already; choose another name.");
}

#[test]
fn a_project_is_opened_by_path() {
    let home = Home::new();
    let folder = home.project("By path");
    let mut desk = home.sample();
    desk.key_with(CTRL, Key::O);
    desk.fill("Project folder", &home.path("").display().to_string());
    desk.must_say("is not a project");
    assert!(!desk.must_find("Open").enabled);
    desk.fill("Project folder", &folder.display().to_string());
    desk.press("Open");
    desk.settle();
    assert_eq!(desk.project().name(), "By path");
}

#[test]
fn what_is_wrong_with_a_project_is_said_on_opening_it() {
    let home = Home::new();
    let folder = home.project("Damaged");
    fs::write(
        folder.join("codebook/entrapment.ron"),
        "(version: 1, name: ",
    )
    .unwrap();
    let mut desk = home.start(Some(&folder), USUAL);
    desk.must_say("Problems");
    desk.must_say("entrapment.ron");
    desk.press("Close");
    assert!(!is_open(&desk));
    desk.run(Action::Problems);
    desk.must_say("entrapment.ron");
    let coder = glossator::model::CoderId::new("SN").unwrap();
    assert!(
        Workspace::open(&folder, coder).is_err(),
        "the window holds the lock"
    );
}
