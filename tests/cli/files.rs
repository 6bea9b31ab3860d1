//! Files that are written, missing, or can't be written.

use super::*;

#[test]
fn a_codebook_of_one_s_own() {
    let place = Place::new();
    place.write(
        "mine.ron",
        "(version: 1, labels: [(name: \"Walls\"), (name: \"Doors\", parent: \"walls\")])",
    );
    assert_eq!(
        place.done("new p --codebook mine.ron --name Seminar").out,
        "Made p with 2 labels.\n"
    );
    let stats = place.done("stats p --format json").json();
    assert_eq!(
        (&stats["project"], &stats["labels"][1]["parent"]),
        (&"Seminar".into(), &"walls".into())
    );
    place.write(
        "bad.ron",
        "(version: 1, labels: [(name: \"A\", parent: \"b\")])",
    );
    place.fails(
        "new q --codebook bad.ron",
        1,
        &["bad.ron is no codebook: the label “A” names “b”"],
    );
    assert!(!place.path("q").exists());
}

#[test]
fn annotated_readings_go_to_a_folder() {
    let place = Place::with_project();
    place.write("two.txt", "A second text.\n");
    place.done("import p two.txt");
    place.fails(
        "export p --format markdown --what annotated",
        2,
        &["2 annotated readings", "--reading"],
    );
    place.done("export p --format markdown --what annotated -o out/");
    let mut names: Vec<_> = fs::read_dir(place.path("out"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["of-doors-and-walls.md", "two.md"]);
    place.done("export p --format markdown --what annotated --reading two -o two.md");
    assert!(
        fs::read_to_string(place.path("two.md"))
            .unwrap()
            .contains("A second text.")
    );
}

#[test]
fn a_file_that_can_t_be_written_is_left_as_it_was() {
    let place = Place::with_project();
    place.fails(
        "export p --format ron -o nowhere/out.ron",
        1,
        &["could not write nowhere/out.ron", "hint: "],
    );
    place.fails("export p --format ron -o p", 1, &["could not write p"]);
    place.write("out.ron", "old");
    place.done("export p --format ron -o out.ron");
    assert!(
        fs::read_to_string(place.path("out.ron"))
            .unwrap()
            .contains("of-doors-and-walls")
    );
    let left: Vec<_> = fs::read_dir(place.0.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.contains("tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_export_never_takes_the_place_of_the_project_s_files() {
    let place = Place::with_project();
    let text = "p/readings/of-doors-and-walls/text.txt";
    for path in [
        text,
        "p/project.ron",
        "p/history/MK.ron",
        "p/codebook/new.ron",
    ] {
        place.fails(
            &format!("export p --format ron -o {path}"),
            1,
            &[
                path,
                "is part of the project itself",
                "hint: choose another place",
            ],
        );
    }
    place.fails(
        "export p --format markdown --what annotated -o p/highlights/",
        1,
        &["is part of the project itself"],
    );
    assert_eq!(fs::read_to_string(place.path(text)).unwrap(), TEXT);
    place.done("export p --format ron -o p/out.ron");
    place.done("check p");
}

#[test]
fn highlights_whose_file_is_gone_are_noticed_and_come_back() {
    let place = Place::with_project();
    for quote in ["A door", "A wall", "an ally"] {
        place.tag(quote, &["--label", "Trust"]);
    }
    place.tag("the mason", &["--label", "Mistrust"]);
    place.done("undo p");
    let file = place.path("p/highlights/MK/of-doors-and-walls.ron");
    let empty = "(version:1,coder:\"MK\",reading:\"of-doors-and-walls\",highlights:[\n])\n";
    for how in [None, Some(empty)] {
        match how {
            None => fs::remove_file(&file).unwrap(),
            Some(content) => fs::write(&file, content).unwrap(),
        }
        let said = place.run(&["check", "p"]);
        assert_eq!(said.code, 1, "{}", said.out);
        let what = "3 highlights that MK's history holds are in no file";
        assert!(said.out.contains(what), "{}", said.out);
        assert!(said.out.contains("check --restore"), "{}", said.out);
        assert_eq!(place.stats()["highlights"], 0);
        let said = place.run(&["check", "p", "--restore"]);
        assert_eq!(
            (said.code, said.err.as_str()),
            (0, "note: restored 3 highlights\n"),
            "{}",
            said.out
        );
        assert_eq!(place.stats()["highlights"], 3);
    }
    place.done("undo p");
    assert_eq!(place.stats()["highlights"], 0);
    place.done("check p");
    place.done("redo p");
    // Without a history, the files are all there is.
    fs::remove_file(place.path("p/history/MK.ron")).unwrap();
    place.done("check p");
    assert_eq!(place.stats()["highlights"], 3);
    fs::remove_file(place.path("p/readings/of-doors-and-walls/source.txt")).unwrap();
    let said = place.run(&["check", "p"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("imported from is missing"),
        "{}",
        said.out
    );
}

#[test]
fn highlights_that_an_import_leaves_out_are_a_failure() {
    let place = Place::with_project();
    place.tag("A door", &["--label", "Trust"]);
    place.tag("A wall", &["--label", "Trust"]);
    place.done("export p --format ron --no-text -o out.ron");
    place.done("new q");
    place.fails(
        "import q out.ron",
        1,
        &["2 highlights of out.ron were left out", "hint: "],
    );
    let said = place.run(&["import", "q", "out.ron", "--format", "json"]);
    assert_eq!((said.code, &said.json()[0]["left_out"]), (1, &2.into()));
    // Where the text is, they find their places.
    place.done("import q doors.txt");
    place.done("import q out.ron");
}

#[test]
fn a_note_is_added_and_a_replaced_stance_is_told() {
    let place = Place::with_project();
    let tag = |note: &str, stance: &str| {
        let more = ["--label", "Trust", "--note", note, "--stance", stance];
        let json = place.tag("A door", &[more.as_slice(), &["--format", "json"]].concat());
        json.json()
    };
    assert_eq!(tag("First.", "supports")["replaced_stance"], Value::Null);
    let second = tag("Second.", "contests");
    assert_eq!(second["note"], "First.\nSecond.");
    assert_eq!(second["replaced_stance"], "supports");
    assert_eq!(tag("First.", "contests")["changed"], false);
    let said = place.tag("A door", &["--label", "Trust", "--stance", "defines"]);
    assert!(
        said.out.contains(", defines (no longer contests), by MK"),
        "{}",
        said.out
    );
}

/// Runs a command that can't write files longer than `kilobytes`.
#[cfg(target_os = "linux")]
pub fn with_short_files(place: &Place, kilobytes: usize, args: &str) -> Said {
    let script = format!(
        "trap '' XFSZ; ulimit -f {}; exec {} {args}",
        kilobytes,
        env!("CARGO_BIN_EXE_glossator")
    );
    let mut command = Command::new("bash");
    let output = command
        .args(["-c", &script])
        .current_dir(place.0.path())
        .env("GLOSSATOR_CODER", "MK")
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_can_t_be_written_to_the_history_is_not_done() {
    let place = Place::with_project();
    let note = "long ".repeat(2000);
    place.tag("A door", &["--label", "Trust", "--note", &note]);
    let before = fs::read(place.path("p/history/MK.ron")).unwrap();
    place.write("two.txt", "A second text.\n");
    for command in [
        "tag p --reading of-doors-and-walls --quote 'A wall' --label Trust",
        "import p two.txt",
        "undo p",
    ] {
        let said = with_short_files(&place, 8, command);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
        assert!(said.err.contains("error: not done: "), "{}", said.err);
        assert_eq!(fs::read(place.path("p/history/MK.ron")).unwrap(), before);
    }
    let stats = place.stats();
    assert_eq!(stats["highlights"], 1);
    assert_eq!(stats["readings"].as_array().unwrap().len(), 1);
    assert!(!place.path("p/readings/two").exists());
    place.done("check p");
}

#[cfg(unix)]
#[test]
fn what_is_in_the_history_is_done_though_its_file_waits() {
    let place = Place::with_project();
    place.write("p/highlights/MK", "in the way");
    let said = place.tag("A door", &["--label", "Trust"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err.starts_with("warning: saved in the history"),
        "{}",
        said.err
    );
    assert_eq!(place.stats()["highlights"], 1);
    fs::remove_file(place.path("p/highlights/MK")).unwrap();
    place.tag("A wall", &["--label", "Trust"]);
    assert_eq!(place.stats()["highlights"], 2);
    place.done("check p");
}
