//! The Export dialog: from each view, in each format, previewed, remembered, cancelled.

use std::{fs, path::Path};

use egui::Key;
use glossator::{
    app::action::Action,
    edit::Edit,
    export::{
        order::{Format, Kind},
        ron::Annotated,
    },
    model::{Excerpts, Packet, PacketId, Rule, Section, SectionId},
    store::Workspace,
};
use jiff::Timestamp;

use crate::{
    desk::{CTRL, Desk, Home, USUAL},
    tagging::{BRIEF, NEITHER, price},
};

/// What the dialog calls each kind.
const KINDS: [(Kind, &str); 4] = [
    (Kind::Excerpts, "Excerpts"),
    (Kind::Annotated, "Annotated readings"),
    (Kind::Packet, "Packet"),
    (Kind::Codebook, "Codebook"),
];

fn is_open(desk: &Desk) -> bool {
    desk.says("Copy to the clipboard") || desk.things(|t| t.name == "Browse…").len() == 1
}

/// Opens the dialog by key and chooses a kind.
fn export(desk: &mut Desk, kind: Kind) {
    desk.key_with(CTRL, Key::E);
    choose(desk, kind);
}

fn choose(desk: &mut Desk, kind: Kind) {
    let (_, name) = KINDS.into_iter().find(|(k, _)| *k == kind).unwrap();
    let radio =
        |t: &crate::desk::Thing| t.name == name && t.role == egui::accesskit::Role::RadioButton;
    let at = desk.things(radio).pop().unwrap().rect.center();
    desk.click(at);
}

/// The preview's text, once it is there.
fn preview(desk: &mut Desk) -> String {
    let found = |desk: &Desk| {
        let shown = desk.things(|t| t.name == "Preview");
        shown.first().map(|t| t.value.clone())
    };
    desk.wait_for("the preview", |desk| {
        found(desk).is_some_and(|text| !text.is_empty())
    });
    desk.settle();
    found(desk).unwrap()
}

/// Exports to a path and waits until the dialog is gone.
fn export_to(desk: &mut Desk, path: &Path) {
    let field = match desk.things(|t| t.name == "Folder").is_empty() {
        true => "File",
        false => "Folder",
    };
    desk.fill(field, &path.display().to_string());
    desk.press("Export");
    desk.wait_for("the export", |desk| desk.notice().starts_with("Exported "));
    desk.rest();
    assert!(!is_open(desk));
}

/// The sample with a packet, closed.
fn with_packet(home: &Home) {
    price(home).close();
    let coder = glossator::model::CoderId::new("SN").unwrap();
    let opened = Workspace::open(&home.sample_folder(), coder).unwrap();
    let mut workspace = opened.workspace;
    let id = PacketId::new("thursday").unwrap();
    let section = Section {
        title: "Everything".into(),
        excerpts: Excerpts::Ruled(Rule {
            query: "has:note".into(),
            ..Rule::default()
        }),
        ..Section::default()
    };
    let name = SectionId::new("all").unwrap();
    let edits = [
        Edit::PutPacket(id.clone(), Some(Packet::new(id.clone(), "Thursday").head)),
        Edit::PutSection(id, name, Some(section)),
    ];
    for edit in edits {
        workspace.perform(edit, Timestamp::now()).unwrap();
    }
    workspace.close().unwrap();
}

#[test]
fn each_kind_is_previewed_and_written_in_each_format() {
    let home = Home::new();
    with_packet(&home);
    let mut desk = home.start(None, USUAL);
    for (kind, _) in KINDS {
        let mut seen = Vec::new();
        for &format in kind.formats() {
            export(&mut desk, kind);
            desk.press(format.name());
            let shown = preview(&mut desk);
            assert!(shown.len() > 20, "{kind:?} {format:?}: {shown:?}");
            seen.push(shown);
            let path = home.path(&format!("{}.{}", kind.word(), format.ending()));
            export_to(&mut desk, &path);
            let bytes = fs::read(&path).unwrap();
            let starts: &[u8] = match format {
                Format::Docx | Format::Xlsx | Format::Brat => b"PK\x03\x04",
                Format::Pdf => b"%PDF-",
                Format::Html => b"<!DOCTYPE html>",
                Format::Markdown => b"# ",
                Format::Ron => b"#![enable",
                Format::Qdc => b"<?xml",
                Format::JsonLd | Format::Jsonl => b"{",
                Format::Csv | Format::Tsv => b"",
            };
            assert!(bytes.starts_with(starts), "{kind:?} {format:?}");
        }
        seen.dedup();
        assert!(seen.len() > 1, "{kind:?}: all previews are the same");
    }
    let left = fs::read_dir(home.path("")).unwrap();
    let hidden = |name: String| name.starts_with(".glossator-").then_some(name);
    let left = left.filter_map(|e| hidden(e.unwrap().file_name().to_string_lossy().into_owned()));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn what_is_exported_as_ron_comes_in_again() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    export(&mut desk, Kind::Excerpts);
    desk.press("The whole project");
    let text = preview(&mut desk);
    let all = desk.project().highlight_count();
    let line = format!("{all} excerpts from 6 readings.");
    assert!(text.starts_with("# ") && text.contains(&line), "{text}");
    desk.must_say(&format!("{all} excerpts from 6 readings · "));
    desk.press("RON");
    let path = home.path("seminar.ron");
    export_to(&mut desk, &path);
    let parsed = Annotated::parse(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(parsed.readings.len(), 6);
    assert_eq!(parsed.highlights.len(), all);
    let is_new =
        |h: &glossator::export::ron::HighlightRecord| h.quote == NEITHER && h.coder == "SN";
    assert!(parsed.highlights.iter().any(is_new));
    // Into a new project it comes in as it was.
    let other = home.project_with("Other", Vec::new());
    desk.drop_files(&[other]);
    desk.drop_files(&[path]);
    desk.must_say("1 of 1 file came in.");
    desk.must_say("6 readings");
    desk.key(Key::Enter);
    assert_eq!(desk.project().highlight_count(), parsed.highlights.len());
    assert_eq!(desk.project().shelves().len(), 6);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.project().shelves().len(), 0);
}

/// Writes a query; the field lies below what shows of the choices.
fn ask(desk: &mut Desk, query: &str) {
    let choices = desk.must_find("With the labels’ definitions").rect.center();
    desk.wheel(choices, -2000.0);
    desk.fill("Query", query);
}

#[test]
fn it_is_narrowed_to_a_coder_and_by_a_query() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    desk.tag(BRIEF, "5");
    export(&mut desk, Kind::Excerpts);
    desk.press("Coders: all");
    desk.focus("SN");
    desk.key(Key::Space);
    desk.must_say("Coders: 1 chosen");
    let path = home.path("mine.md");
    export_to(&mut desk, &path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(NEITHER) && text.contains(BRIEF), "{text}");
    assert!(!text.contains("(MK"), "{text}");
    export(&mut desk, Kind::Excerpts);
    ask(&mut desk, "coder:SN label:(");
    assert!(!desk.things(|t| t.name == "Export").last().unwrap().enabled);
    ask(&mut desk, "text:Neither coder:SN");
    let path = home.path("one.md");
    export_to(&mut desk, &path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(NEITHER) && !text.contains(BRIEF), "{text}");
}

#[test]
fn from_the_reader_it_is_this_reading() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::E);
    desk.must_say("Readings: 1 of 6");
    desk.press("Markdown");
    let path = home.path("annotated.md");
    export_to(&mut desk, &path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# The Price of a Promise"), "{text}");
    assert!(text.contains("[^1]"), "{text}");
    // Several make a folder.
    desk.key_with(CTRL, Key::E);
    desk.press("Tick all readings");
    desk.must_say("6 readings, ");
    let folder = home.path("annotated");
    export_to(&mut desk, &folder);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 6);
    assert!(desk.notice().starts_with("Exported 6 files to "));
    // Excerpts are this reading's too, until another is wanted.
    export(&mut desk, Kind::Excerpts);
    desk.must_say("Only this reading");
    desk.settle();
    desk.must_say(" from 1 reading");
}

#[test]
fn from_the_list_it_is_what_the_list_shows() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.run(Action::ViewExcerpts);
    desk.settle();
    let label = desk.label_row("Entrapment").rect.center();
    desk.click(label);
    desk.settle();
    desk.key_with(CTRL, Key::E);
    desk.must_say("Only the 9 excerpts listed");
    let shown = preview(&mut desk);
    assert!(shown.contains("Entrapment"), "{shown}");
    desk.must_say("9 excerpts from ");
    desk.press("The whole project");
    desk.settle();
    desk.must_say("excerpts from 6 readings");
}

#[test]
fn a_packet_is_exported_from_its_view_as_pages() {
    let home = Home::new();
    with_packet(&home);
    let mut desk = home.start(None, USUAL);
    desk.run(Action::ViewPacket);
    desk.settle();
    desk.key_with(CTRL, Key::E);
    let shown = preview(&mut desk);
    assert!(shown.contains("Everything"), "{shown}");
    let path = home.path("thursday.pdf");
    export_to(&mut desk, &path);
    assert!(fs::read(&path).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn choices_are_remembered() {
    let home = Home::new();
    let mut desk = price(&home);
    export(&mut desk, Kind::Excerpts);
    desk.press("CSV");
    desk.press("For Excel");
    desk.press("Columns: 14 of 31");
    desk.press("Move label up");
    desk.press("stance");
    desk.must_say("Columns: 13 of 31");
    let table = preview(&mut desk);
    assert!(
        table.starts_with("label\tquote\tlabel path\tnote\t"),
        "{table}"
    );
    desk.key(Key::Escape);
    export(&mut desk, Kind::Annotated);
    desk.press("DOCX");
    desk.press("footnotes");
    desk.press("Letter");
    desk.key(Key::Escape);
    desk.close();
    let mut desk = home.start(None, USUAL);
    desk.key_with(CTRL, Key::E);
    let chosen = |desk: &Desk, name: &str| desk.things(|t| t.name == name && t.chosen).len();
    export(&mut desk, Kind::Annotated);
    assert_eq!(chosen(&desk, "DOCX"), 1);
    assert_eq!(chosen(&desk, "footnotes"), 1);
    assert_eq!(chosen(&desk, "Letter"), 1);
    choose(&mut desk, Kind::Excerpts);
    assert_eq!(chosen(&desk, "CSV"), 1);
    desk.must_say("Columns: 13 of 31");
    let table = preview(&mut desk);
    assert!(
        table.starts_with("label\tquote\tlabel path\tnote\t"),
        "{table}"
    );
}

#[test]
fn one_that_fails_says_why() {
    let home = Home::new();
    let mut desk = price(&home);
    let file = home.file("a file", "");
    desk.key_with(CTRL, Key::E);
    desk.fill("File", &file.join("below.html").display().to_string());
    desk.press("Export");
    desk.wait_for("the refusal", |desk| desk.says("Could not write"));
    assert!(desk.notice().contains("below.html"), "{}", desk.notice());
    assert!(
        desk.notice().ends_with("choose another folder."),
        "{}",
        desk.notice()
    );
}

#[test]
fn what_was_written_can_be_opened() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::E);
    export_to(&mut desk, &home.path("a page.html"));
    desk.must_find("Open");
    desk.must_find("Show in folder");
}

#[test]
fn it_is_copied_to_the_clipboard() {
    let home = Home::new();
    let mut desk = price(&home);
    export(&mut desk, Kind::Excerpts);
    desk.press("The whole project");
    desk.press("Markdown");
    let shown = preview(&mut desk);
    let at = desk.must_find("Copy to the clipboard").rect.center();
    let copied = desk.click_and_copy(at);
    assert!(copied.starts_with(&shown[..200]));
    assert!(copied.len() > 10_000);
}
