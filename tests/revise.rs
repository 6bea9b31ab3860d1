//! Revised versions in the place of readings: through the program, with undo, crashes and colleagues.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use glossator::{
    edit::revise,
    import::Options,
    intake::{self, Progress, Reader, Replacement},
    model::{CoderId, Highlight, Project, ReadingId},
    store::{Workspace, check},
};
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;

const OLD: &str = "\
Of doors and walls

A wall is a promise, and an ally can be dragged in. A door is a promise too.

Threat, not power, moves the mason. He builds where he fears and leaves the rest to the weather.

The last stone of the tower was laid in winter by three brothers from the coast.
";

/// A sentence was moved, one edited, one deleted.
const NEW: &str = "\
Of doors and walls

Threat, not power, moves the mason. He builds where he fears and leaves the rest to the rain.

A wall is a promise, and an ally can be dragged in. A door is a promise too.

Nothing else needs to be said of masonry in this season.
";

struct Place(TempDir);

impl Place {
    /// With a project `p` of one reading in which MK and JL have coded.
    fn coded() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("old.txt", OLD);
        place.write("new.txt", NEW);
        place.done("new p --codebook alliance");
        place.done("import p old.txt");
        for (coder, quote) in [
            ("MK", "an ally can be dragged in"),
            ("JL", "A door is a promise too."),
            (
                "JL",
                "He builds where he fears and leaves the rest to the weather.",
            ),
            (
                "MK",
                "The last stone of the tower was laid in winter by three brothers from the coast.",
            ),
        ] {
            let args = [
                "tag",
                "p",
                "--reading",
                "of-doors-and-walls",
                "--quote",
                quote,
                "--label",
                "Trust",
            ];
            place.run(&[args.as_slice(), &["--coder", coder]].concat());
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_glossator"))
            .args(args)
            .current_dir(self.0.path())
            .env("GLOSSATOR_CODER", "MK")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    #[track_caller]
    fn done(&self, words: &str) -> String {
        let (code, out, err) = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!((code, err.as_str()), (0, ""), "{words}: {out}");
        out
    }

    #[track_caller]
    fn fails(&self, words: &str) -> String {
        let (code, _, err) = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_ne!(code, 0, "{words}");
        err
    }

    fn json(&self, words: &str) -> Value {
        serde_json::from_str(&self.done(&format!("{words} --format json"))).unwrap()
    }

    fn project(&self) -> Project {
        glossator::store::read(&self.path("p")).unwrap().project
    }

    #[track_caller]
    fn is_whole(&self) {
        let problems = check(&self.path("p"));
        assert!(problems.is_empty(), "{problems:?}");
    }
}

fn id(name: &str) -> ReadingId {
    ReadingId::new(name).unwrap()
}

/// What the highlights of a reading stand on, and whose they are.
fn passages(project: &Project, reading: &str) -> Vec<String> {
    let shelf = project
        .shelf(&id(reading))
        .or_else(|| project.removed_shelf(&id(reading)));
    let told =
        |h: &std::sync::Arc<Highlight>| format!("{}: {}", h.coder, project.passage(h).unwrap());
    shelf.unwrap().highlights.iter().map(told).collect()
}

#[test]
fn highlights_go_along_and_undo_takes_it_back() {
    let place = Place::coded();
    let before = place.project();
    let report = place.json("import p --replace of-doors-and-walls new.txt");
    assert_eq!(report["reading"], "of-doors-and-walls-2");
    assert_eq!(report["replaces"], "of-doors-and-walls");
    let n = |key: &str| report[key].as_u64().unwrap();
    assert_eq!(n("kept") + n("moved"), 2, "{report:#}");
    assert_eq!(
        report["changed"][0]["old_quote"],
        "He builds where he fears and leaves the rest to the weather."
    );
    assert_eq!(
        report["changed"][0]["quote"],
        "He builds where he fears and leaves the rest to the rain."
    );
    assert_eq!(report["changed"][0]["coder"], "JL");
    assert_eq!(report["lost"].as_array().unwrap().len(), 1);
    let lost = &report["lost"][0];
    assert!(
        lost["quote"]
            .as_str()
            .unwrap()
            .starts_with("The last stone")
    );
    let after = place.project();
    assert_eq!(
        passages(&after, "of-doors-and-walls-2"),
        [
            "JL: He builds where he fears and leaves the rest to the rain.",
            "MK: an ally can be dragged in",
            "JL: A door is a promise too."
        ]
    );
    assert_eq!(after.highlight_count(), 3);
    place.is_whole();

    // The old name still names it.
    place.done("tag p --reading of-doors-and-walls --quote Nothing --label Trust");
    assert_eq!(place.project().highlight_count(), 4);
    place.done("undo p");
    let (_, history, _) = place.run(&["history", "p"]);
    assert!(history.contains("Replace “Of doors and walls” by a revised version"));

    place.done("undo p");
    let undone = place.project();
    assert_eq!(undone.shelves(), before.shelves());
    place.is_whole();
    place.done("redo p");
    let again = place.project();
    assert_eq!(again.shelves(), after.shelves());
    place.is_whole();
    assert_eq!(place.json("lost p")[0]["id"], lost["id"]);
}

#[test]
fn what_is_lost_is_listed_placed_and_let_go() {
    let place = Place::coded();
    let report = place.done("import p --replace of-doors-and-walls new.txt");
    assert!(report.contains("1 changed, 1 lost."), "{report}");
    assert!(
        report.contains("`glossator lost` lists and places them"),
        "{report}"
    );
    let lost = place.json("lost p --reading of-doors-and-walls");
    let number = lost[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(lost[0]["version"], "of-doors-and-walls");
    let err = place.fails(&format!("lost p --place {number}"));
    assert!(err.contains("--quote or --candidate"), "{err}");
    let err = place.fails(&format!("lost p --place {number} --quote nowhere"));
    assert!(
        err.contains("does not stand in “of-doors-and-walls-2”"),
        "{err}"
    );
    place.fails("lost p --drop 0000000000000000");
    let said = place.done(&format!("lost p --place {number} --quote masonry"));
    assert!(said.starts_with("Placed “The last stone"), "{said}");
    assert_eq!(place.done("lost p"), "Nothing is lost.\n");
    let placed = passages(&place.project(), "of-doors-and-walls-2");
    assert!(placed.contains(&"MK: masonry".to_owned()), "{placed:?}");
    place.is_whole();
    place.done("undo p");
    assert_eq!(place.json("lost p").as_array().unwrap().len(), 1);
    place.done(&format!("lost p --drop {number}"));
    assert_eq!(place.done("lost p"), "Nothing is lost.\n");
    assert_eq!(place.project().highlight_count(), 3);
    place.is_whole();
    place.done("undo p");
    assert_eq!(place.json("lost p").as_array().unwrap().len(), 1);
}

#[test]
fn what_can_t_replace_says_why_and_leaves_nothing() {
    let place = Place::coded();
    let before = place.project();
    let err = place.fails("import p --replace of-doors-and-walls old.txt");
    assert!(
        err.contains("“old.txt” has the same text as “Of doors and walls”"),
        "{err}"
    );
    place.write("bad.pdf", "nothing");
    let err = place.fails("import p --replace of-doors-and-walls bad.pdf");
    assert!(err.contains("bad.pdf"), "{err}");
    let err = place.fails("import p --replace of-doors-and-walls old.txt new.txt");
    assert!(err.contains("--replace takes one file"), "{err}");
    let err = place.fails("import p --replace nothing-like-it new.txt");
    assert!(err.contains("there is no reading"), "{err}");
    place.write("other.txt", "Another reading.");
    place.done("import p other.txt");
    let err = place.fails("import p --replace of-doors-and-walls other.txt");
    assert!(
        err.contains("is in the project already, as “Other”"),
        "{err}"
    );
    place.done("undo p");
    assert_eq!(place.project().shelves(), before.shelves());
    let readings = fs::read_dir(place.path("p/readings")).unwrap().count();
    assert_eq!(readings, 1);
}

#[test]
fn a_third_version_can_be_the_first_again() {
    let place = Place::coded();
    place.done("import p --replace of-doors-and-walls new.txt");
    place.done("import p --replace of-doors-and-walls old.txt");
    let project = place.project();
    let now = project.current(&id("of-doors-and-walls")).unwrap();
    assert_eq!(now.revises, Some(id("of-doors-and-walls-2")));
    assert_eq!(project.highlight_count(), 4, "what was lost came back");
    assert_eq!(place.done("lost p"), "Nothing is lost.\n");
    place.is_whole();
    // The version in between is known as what it is.
    let report = place.json("import p new.txt");
    assert_eq!(report[0]["outcome"], "known");
    let remark = report[0]["remarks"][0].as_str().unwrap();
    assert!(
        remark.contains("earlier version of “Of doors and walls”"),
        "{remark}"
    );
}

// --- crashes and colleagues -----------------------------------------------------------------------------------------

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn open(folder: &Path, coder: &str) -> Workspace {
    let opened = Workspace::open(folder, CoderId::new(coder).unwrap()).unwrap();
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    opened.workspace
}

fn replace(workspace: &mut Workspace, file: &Path) {
    let old = id("of-doors-and-walls");
    let replacement = Replacement {
        folder: workspace.folder(),
        project: workspace.project(),
        old: &old,
        path: file,
        options: Options::default(),
        reader: &Reader::default(),
    };
    let revision = intake::revise(replacement, &Progress::default()).unwrap();
    let now = Timestamp::now();
    let edit = revision.edit(workspace.project(), now);
    workspace.perform_as(revision.what(), edit, now).unwrap();
}

#[test]
fn a_crash_after_it_was_saved_loses_nothing() {
    let place = Place::coded();
    let mut workspace = open(&place.path("p"), "MK");
    let before = workspace.project().clone();
    replace(&mut workspace, &place.path("new.txt"));
    workspace.sync().unwrap();
    // As a killed program leaves it: the history has it, the other files not all.
    copy(&place.path("p"), &place.path("killed"));
    let mut again = open(&place.path("killed"), "MK");
    assert_eq!(again.project(), workspace.project());
    again.undo(Timestamp::now()).unwrap();
    assert_eq!(again.project().shelves(), before.shelves());
    again.close().unwrap();
    assert!(check(&place.path("killed")).is_empty());
    let mut again = open(&place.path("killed"), "MK");
    assert_eq!(again.project().shelves(), before.shelves());
    again.redo(Timestamp::now()).unwrap();
    assert_eq!(again.project().shelves(), workspace.project().shelves());
}

#[test]
fn what_a_colleague_adds_to_the_old_version_is_lost_but_there() {
    let place = Place::coded();
    // JL works on a copy.
    copy(&place.path("p"), &place.path("theirs"));
    let args = "tag theirs --reading of-doors-and-walls --label Trust --coder JL --quote";
    let mut args: Vec<&str> = args.split(' ').collect();
    args.push("moves the mason");
    assert_eq!(place.run(&args).0, 0);
    place.done("import p --replace of-doors-and-walls new.txt");
    // Their folders are merged: JL's highlights of the old version are those that MK left, and the new one.
    let file = "highlights/JL/of-doors-and-walls.ron";
    let line = |text: String| {
        let line = text.lines().find(|l| l.contains("moves the mason"));
        line.map(str::to_owned).unwrap()
    };
    let theirs = fs::read_to_string(place.path("theirs").join(file)).unwrap();
    let ours = place.path("p").join(file);
    let mut merged = fs::read_to_string(&ours).unwrap_or_default();
    if merged.is_empty() {
        let heads = theirs.lines().filter(|l| !l.contains("quote:"));
        merged = heads.map(|l| format!("{l}\n")).collect();
    }
    let end = merged.rfind("])").or(merged.rfind(']')).unwrap();
    merged.insert_str(end, &format!("{}\n", line(theirs)));
    fs::write(&ours, merged).unwrap();
    fs::copy(
        place.path("theirs/history/JL.ron"),
        place.path("p/history/JL.ron"),
    )
    .unwrap();
    place.is_whole();
    let lost = place.json("lost p");
    let quotes: Vec<&str> = (lost.as_array().unwrap().iter())
        .map(|l| l["quote"].as_str().unwrap())
        .collect();
    assert_eq!(quotes.len(), 2, "{lost:#}");
    let theirs = (lost.as_array().unwrap().iter())
        .find(|l| l["quote"] == "moves the mason")
        .unwrap();
    assert_eq!(theirs["candidates"][0]["quote"], "moves the mason");
    let number = theirs["id"].as_str().unwrap();
    place.done(&format!("lost p --place {number} --candidate 1"));
    let placed = passages(&place.project(), "of-doors-and-walls-2");
    assert!(placed.contains(&"JL: moves the mason".to_owned()));
    place.is_whole();
}

#[test]
fn a_colleague_s_export_of_the_old_version_finds_the_new_one() {
    let place = Place::coded();
    copy(&place.path("p"), &place.path("theirs"));
    let args = "tag theirs --reading of-doors-and-walls --label Trust --coder JL --quote Threat";
    place.done(args);
    place.done("export theirs --format ron -o theirs.ron");
    place.done("import p --replace of-doors-and-walls new.txt");
    let before = place.project();
    let report = place.json("import p theirs.ron");
    assert_eq!(report[0]["highlights"], 1, "{report:#}");
    let project = place.project();
    assert_eq!(project.shelves(), before.shelves());
    let lost: Vec<String> = (revise::lost(
        &project,
        project.current(&id("of-doors-and-walls")).unwrap(),
    ))
    .iter()
    .map(|h| project.passage(h).unwrap().to_owned())
    .collect();
    assert_eq!(lost.len(), 2);
    assert!(lost.contains(&"Threat".to_owned()), "{lost:?}");
    let out = place.done("export p --format ron");
    assert!(
        !out.contains("of-doors-and-walls\""),
        "the old version is no part of an export"
    );
}
