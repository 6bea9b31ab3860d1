//! Packets in a project's folder: read back, edited by hand and by others meanwhile, and missed when their file is gone.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{fs, path::Path};

use glossator::{
    edit::{Edit, describe, packets},
    model::{Packet, PacketId, Question, Section, SectionId},
    store::{ProblemKind, Workspace, check, read},
};

#[path = "common/folder.rs"]
mod folder;

use folder::{at, coder, project};

fn id() -> PacketId {
    PacketId::new("week-6").unwrap()
}

fn name(id: &str) -> SectionId {
    SectionId::new(id).unwrap()
}

fn section(title: &str) -> Section {
    Section {
        title: title.to_owned(),
        introduction: "One.\nTwo.".to_owned(),
        ..Section::default()
    }
}

/// A project with a packet of the sections A and B, on disk.
fn with_packet(folder: &Path) -> Workspace {
    let mut workspace = project(folder);
    let edit = packets::put(workspace.project(), &Packet::new(id(), "Week 6")).unwrap();
    workspace.perform(edit, at(5)).unwrap();
    for title in ["A", "B"] {
        let made = packets::add_section(workspace.project(), &id(), section(title), 9);
        workspace.perform(made.unwrap().1, at(6)).unwrap();
    }
    workspace.flush().unwrap();
    workspace
}

fn change(workspace: &mut Workspace, id_: &str, f: impl FnOnce(&mut Section)) {
    let edit = packets::change_section(workspace.project(), &id(), &name(id_), f).unwrap();
    workspace.perform(edit, at(9)).unwrap();
}

/// What git or a synced folder does: another file in the place of the old one.
fn replace(path: &Path, f: impl FnOnce(String) -> String) {
    let text = f(fs::read_to_string(path).unwrap());
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

fn titles(packet: &Packet) -> Vec<&str> {
    let sections = packet.in_order().into_iter();
    sections.map(|(_, s)| s.title.as_str()).collect()
}

#[test]
fn a_packet_is_there_again_and_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = with_packet(folder.path());
    let before = workspace.project().clone();
    workspace.close().unwrap();
    let text = fs::read_to_string(folder.path().join("packets/week-6.ron")).unwrap();
    assert!(
        text.contains("            introduction: [\n                \"One.\",\n"),
        "{text}"
    );
    let mut workspace = Workspace::open(folder.path(), coder("MK"))
        .unwrap()
        .workspace;
    assert_eq!(workspace.project(), &before);
    let last = workspace.history().to_undo().unwrap();
    assert_eq!(last.what, "Add the section “B”");
    workspace.undo(at(20)).unwrap();
    assert_eq!(titles(&workspace.project().packets()[&id()]), ["A"]);
    workspace.redo(at(21)).unwrap();
    assert_eq!(workspace.project(), &before);
    let gone = packets::delete(workspace.project(), &id()).unwrap();
    assert_eq!(
        describe(workspace.project(), &gone),
        "Delete the packet “Week 6”"
    );
    workspace.perform(gone, at(22)).unwrap();
    workspace.flush().unwrap();
    assert!(!folder.path().join("packets/week-6.ron").exists());
    workspace.undo(at(23)).unwrap();
    assert_eq!(workspace.project(), &before);
}

#[test]
fn one_s_own_changes_are_taken_back_and_a_colleague_s_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = with_packet(folder.path());
    let asked = |text: &str| Question::Written(text.to_owned());
    change(&mut workspace, "a", |s| {
        s.questions.push(asked("Mine?"));
        s.lines = 3;
    });
    workspace.set_coder(coder("AL")).unwrap();
    change(&mut workspace, "a", |s| {
        s.questions.push(asked("Hers?"));
        s.title = "Alpha".to_owned();
    });
    workspace.set_coder(coder("MK")).unwrap();
    workspace.undo(at(30)).unwrap();
    let section = &workspace.project().packets()[&id()].sections[&name("a")];
    assert_eq!(section.questions, [asked("Hers?")]);
    assert_eq!((section.title.as_str(), section.lines), ("Alpha", 0));
}

#[test]
fn what_others_changed_meanwhile_is_brought_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = with_packet(folder.path());
    let path = folder.path().join("packets/week-6.ron");
    // There: A has another title and B other lines, and C is new. Here: A has other lines, B too.
    replace(&path, |text| {
        let text = text.replace("title: \"A\",", "title: \"Alpha\",");
        let text = text.replace("title: \"B\",", "title: \"B\",\n            lines: 7,");
        let end = text.rfind("    ],\n)").unwrap();
        format!("{}        (title: \"C\"),\n{}", &text[..end], &text[end..])
    });
    change(&mut workspace, "a", |s| s.lines = 2);
    change(&mut workspace, "b", |s| s.lines = 4);
    workspace.flush().unwrap();
    let packet = workspace.project().packets()[&id()].clone();
    assert_eq!(titles(&packet), ["Alpha", "B", "B (2)", "C"]);
    let lines = |id: &str| packet.sections[&name(id)].lines;
    assert_eq!((lines("a"), lines("b"), lines("b-2")), (2, 4, 7));
    let told = workspace.take_problems();
    assert!(matches!(told[0].kind, ProblemKind::Merged), "{told:?}");
    assert!(told[0].what.contains("the packet “Week 6”"), "{}", told[0]);
    workspace.flush().unwrap();
    workspace.close().unwrap();
    let read = read(folder.path()).unwrap();
    assert_eq!(read.project.packets()[&id()], packet);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
}

#[test]
fn a_damaged_packet_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    with_packet(folder.path()).close().unwrap();
    let path = folder.path().join("packets/week-6.ron");
    replace(&path, |text| text.replace("title: \"B\"", "titel: \"B\""));
    let problems = check(folder.path());
    assert_eq!(problems.len(), 1, "{problems:?}");
    let said = problems[0].to_string();
    assert!(
        said.contains("week-6.ron:") && said.contains("titel"),
        "{said}"
    );
    let before = fs::read_to_string(&path).unwrap();
    let mut workspace = Workspace::open(folder.path(), coder("MK"))
        .unwrap()
        .workspace;
    assert!(workspace.project().packets().is_empty());
    let other = Packet::new(id(), "Another");
    let edit = packets::put(workspace.project(), &other).unwrap();
    workspace.perform(edit, at(9)).unwrap();
    // It can't be written where the damaged one lies, and is in the history.
    let _ = workspace.flush();
    drop(workspace);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn a_packet_whose_file_is_gone_is_missed_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = with_packet(folder.path());
    let before = workspace.project().clone();
    workspace.close().unwrap();
    fs::remove_file(folder.path().join("packets/week-6.ron")).unwrap();
    let problems = check(folder.path());
    assert!(problems[0].what.contains("“Week 6”"), "{problems:?}");
    let mut workspace = Workspace::open(folder.path(), coder("MK"))
        .unwrap()
        .workspace;
    assert!(workspace.project().packets().is_empty());
    let edits = workspace.lost_packets().unwrap();
    workspace.perform(Edit::Batch(edits), at(40)).unwrap();
    assert_eq!(workspace.project(), &before);
    let gone = packets::delete(workspace.project(), &id()).unwrap();
    workspace.perform(gone, at(41)).unwrap();
    workspace.flush().unwrap();
    // What was deleted is not missed.
    assert!(workspace.lost_packets().unwrap().is_empty());
}
