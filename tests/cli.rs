//! The command line from outside: the real program, on real folders.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Of doors and walls\n\nA wall is a promise, and an ally can be dragged in. A door is a promise too.\n\n\
                    Threat, not power, moves the mason.\n";

/// A folder to work in.
struct Place(TempDir);

/// What a command said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a project `p` that has the starter codebook and the reading `of-doors-and-walls`.
    fn with_project() -> Self {
        let place = Self::new();
        place.write("doors.txt", TEXT);
        place.done("new p --codebook alliance");
        place.done("import p doors.txt");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glossator"));
        command
            .args(args)
            .current_dir(self.0.path())
            .env("GLOSSATOR_CODER", "MK")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env("COLUMNS", "100");
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        Said {
            code: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs words parted by spaces, which must succeed in silence on standard error.
    fn done(&self, words: &str) -> Said {
        let said = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(
            (said.code, said.err.as_str()),
            (0, ""),
            "{words}: {}",
            said.out
        );
        said
    }

    fn fails(&self, words: &str, code: i32, says: &[&str]) -> Said {
        let said = self.run(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(said.code, code, "{words}: {}{}", said.out, said.err);
        assert!(said.err.starts_with("error: "), "{words}: {}", said.err);
        for part in says {
            assert!(
                said.err.contains(part),
                "{words}: “{part}” is not in {}",
                said.err
            );
        }
        said
    }

    fn tag(&self, quote: &str, more: &[&str]) -> Said {
        let args = [
            "tag",
            "p",
            "--reading",
            "of-doors-and-walls",
            "--quote",
            quote,
        ];
        self.run(&[args.as_slice(), more].concat())
    }

    fn stats(&self) -> Value {
        self.done("stats p --format json").json()
    }
}

#[test]
fn from_a_new_project_to_an_export_and_back() {
    let place = Place::with_project();
    let said = place.tag(
        "an ally can\nbe dragged",
        &[
            "--label",
            "entrapment",
            "--stance",
            "contests",
            "--note",
            "Dragged?",
        ],
    );
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(
        said.out,
        "Tagged “an ally can be dragged” (of-doors-and-walls, ¶2) with Entrapment, contests, by MK.\n"
    );
    let stats = place.stats();
    assert_eq!(stats["highlights"], 1);
    assert_eq!(stats["readings"][0]["words"], 28);
    let label = |stats: &Value| {
        let labels = stats["labels"].as_array().unwrap().clone();
        labels.iter().find(|l| l["id"] == "entrapment").unwrap()["codings"].clone()
    };
    assert_eq!(label(&stats), 1);

    place.done("export p --format ron -o out.ron");
    place.done("new q");
    place.done("import q out.ron");
    let copy = place.done("stats q --format json").json();
    assert_eq!(copy["readings"], stats["readings"]);
    assert_eq!(copy["labels"], stats["labels"]);
    assert_eq!(copy["coders"], stats["coders"]);
    let again = place.done("import q out.ron --format json").json();
    assert_eq!(again[0]["outcome"], "known");

    let markdown = place
        .done("export p --format markdown --label Entrapment")
        .out;
    assert!(
        markdown.contains("> ") && markdown.contains("Dragged?"),
        "{markdown}"
    );
    let annotated = place
        .done("export p --format markdown --what annotated")
        .out;
    assert!(annotated.contains("Threat, not power"), "{annotated}");

    assert!(
        place
            .done("undo p")
            .out
            .starts_with("Undid: Tag “an ally can be dragged”")
    );
    assert_eq!(place.stats()["highlights"], 0);
    assert!(place.done("redo p").out.starts_with("Did again: "));
    assert_eq!(place.stats()["highlights"], 1);
    assert_eq!(place.done("check p").out, "Every file is whole.\n");

    let history = place.done("history p --format json").json();
    let kinds: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|h| h["kind"].as_str().unwrap())
        .collect();
    assert_eq!(&kinds[kinds.len() - 4..], ["do", "do", "undo", "redo"]);
    assert_eq!(place.done("history p --last 1").out.lines().count(), 2);
}

#[test]
fn undo_goes_back_several_steps_and_says_when_there_is_nothing() {
    let place = Place::with_project();
    place.tag("A door", &["--label", "Trust"]);
    assert_eq!(place.done("undo p --times 2").out.lines().count(), 2);
    assert_eq!(place.stats()["readings"].as_array().unwrap().len(), 0);
    place.done("redo p --times 2");
    assert_eq!(place.stats()["highlights"], 1);
    place.fails("redo p", 1, &["nothing to redo for MK", "hint: "]);
    place.fails("undo p --coder JL", 1, &["nothing to undo for JL"]);
}

#[test]
fn files_that_fail_don_t_keep_the_others_out() {
    let place = Place::with_project();
    place.write("texts/a.txt", "First text of all.\n");
    place.write("texts/deep/b.md", "# A title\n\nSecond *text*.\n");
    place.write("texts/.hidden.txt", "Not this one.\n");
    place.write("texts/c.csv", "Not,this\n");
    place.write("bad.pdf", b"%PDF-1.7\n");
    place.write(
        "latin.txt",
        b"Der B\xFCndnisfall tr\xE4te f\xFCr die Verb\xFCndeten nat\xFCrlich sp\xE4ter ein.\n",
    );
    let said = place.run(&[
        "import",
        "p",
        "texts",
        "bad.pdf",
        "nowhere.txt",
        "latin.txt",
        "--format",
        "json",
    ]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("error: “bad.pdf” is damaged"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("hint: fetch or copy it again"),
        "{}",
        said.err
    );
    assert!(said.err.contains("nowhere.txt"), "{}", said.err);
    let reports = said.json();
    let outcomes: Vec<&str> = reports
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(
        outcomes,
        ["imported", "imported", "failed", "failed", "imported"]
    );
    assert_eq!(reports[1]["reading"], "a-title");
    assert_eq!(reports[1]["headings"], 1);
    assert_eq!(reports[4]["encoding"], "windows-1252");
    assert_eq!(place.stats()["readings"].as_array().unwrap().len(), 4);
    place.done("check p");
}

#[test]
fn the_report_is_readable() {
    let place = Place::with_project();
    place.write("lee-2012-doors.txt", "\u{1}A short text by Ann Lee.\r\n");
    assert_eq!(
        place.done("import p lee-2012-doors.txt doors.txt").out,
        "\
lee-2012-doors.txt → doors
  “Doors” (Lee 2012)
  6 words, 1 paragraph, 0 headings, UTF-8
  Removed 1 control character.
  Author and year are guessed from the file's name: check them.
doors.txt → of-doors-and-walls
  “Of doors and walls”
  28 words, 3 paragraphs, 1 heading, UTF-8
  The project has this text already, as “Of doors and walls”.
1 imported, 1 there already.
"
    );
}

#[test]
fn a_quote_that_stands_in_several_places_is_asked_about() {
    let place = Place::with_project();
    let said = place.tag("a promise", &["--label", "Trust"]);
    assert_eq!(said.code, 1);
    assert_eq!(
        said.err,
        "\
error: the quote stands in “of-doors-and-walls” 2 times:
  1. ¶2  Of doors and walls A wall is [a promise], and an ally can be dragged…
  2. ¶2  …can be dragged in. A door is [a promise] too. Threat, not power,…
hint: say which one is meant: --nth 1 to --nth 2
"
    );
    let second = place.tag(
        "a promise",
        &["--label", "Trust", "--nth", "2", "--format", "json"],
    );
    assert_eq!(second.json()["start"], TEXT.find("a promise too").unwrap());
    assert_eq!(
        place
            .tag("a promise", &["--label", "Trust", "--nth", "3"])
            .code,
        1
    );
}

#[test]
fn tagging_again_adds_and_changes_nothing_twice() {
    let place = Place::with_project();
    let first = place
        .tag(
            "A door",
            &[
                "--label", "Trust", "--label", "Mistrust", "--format", "json",
            ],
        )
        .json();
    let again = place
        .tag("A door", &["--label", "Trust", "--format", "json"])
        .json();
    assert_eq!(
        (&again["id"], &again["changed"]),
        (&first["id"], &Value::Bool(false))
    );
    let noted = place
        .tag(
            "A door",
            &[
                "--label",
                "Entrapment",
                "--note",
                "Why?",
                "--format",
                "json",
            ],
        )
        .json();
    assert_eq!(noted["id"], first["id"]);
    assert_eq!(
        noted["labels"],
        serde_json::json!(["Trust", "Mistrust", "Entrapment"])
    );
    let other = place
        .tag(
            "A door",
            &["--label", "Trust", "--coder", "JL", "--format", "json"],
        )
        .json();
    assert_ne!(other["id"], first["id"]);
    assert_eq!(place.stats()["coders"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_not_there_is_named_with_a_hint() {
    let place = Place::with_project();
    let tag = |args: &[&str], what: &str, hint: &str| {
        let said = place.run(&[["tag", "p"].as_slice(), args].concat());
        assert_eq!(said.code, 1, "{}", said.err);
        assert_eq!(said.err, format!("error: {what}\nhint: {hint}\n"));
    };
    tag(
        &[
            "--reading",
            "of-doors-and-wals",
            "--quote",
            "x",
            "--label",
            "Trust",
        ],
        "there is no reading “of-doors-and-wals”",
        "did you mean “of-doors-and-walls”?",
    );
    tag(
        &[
            "--reading",
            "Of doors and walls",
            "--quote",
            "A door",
            "--label",
            "Entrapement",
        ],
        "there is no label “Entrapement”",
        "did you mean “Entrapment”?",
    );
    tag(
        &[
            "--reading",
            "of-doors-and-walls",
            "--quote",
            "a DOOR is",
            "--label",
            "Trust",
        ],
        "the quote does not stand in “of-doors-and-walls”",
        "¶2 has it with other letter case, quotation marks or dashes: copy it from the text",
    );
    place.fails(
        "export p --format markdown --coder XX",
        1,
        &["nobody called “XX”"],
    );
    place.fails(
        "new p",
        1,
        &[
            "p is there already and not empty",
            "hint: choose another name",
        ],
    );
    place.fails(
        "new r --codebook nonsense",
        2,
        &["no codebook “nonsense”", "hint: "],
    );
    place.fails(
        "tag p --reading x --quote y --label z --coder a/b",
        2,
        &["can't be a coder's name"],
    );
}

#[test]
fn the_exit_code_tells_what_kind_of_failure_it_was() {
    let place = Place::with_project();
    place.fails(
        "stats nowhere",
        3,
        &[
            "nowhere is not a Glossator project",
            "hint: choose the folder",
        ],
    );
    place.fails("check nowhere", 3, &["not a Glossator project"]);
    place.fails("nonsense", 2, &["nonsense"]);
    place.fails("importt p x", 2, &["'import'"]);
    place.fails("tag p --reading x", 2, &["--quote"]);
    place.fails(
        "tag p --reading x --quote y --label z --stance maybe",
        2,
        &["a stance is one of supports"],
    );
    place.write("p/codebook/trust.ron", "(version: 1, name: \"Tr");
    let said = place.run(&["check", "p"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("p/codebook/trust.ron:1:"), "{}", said.out);
    let found = place.run(&["check", "p", "--format", "json"]).json();
    assert_eq!(found[0]["line"], 1);
}

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
fn with_short_files(place: &Place, kilobytes: usize, args: &str) -> Said {
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

#[test]
fn a_reading_is_found_by_what_fits_it_alone() {
    let place = Place::with_project();
    place.write(
        "a.md",
        "---\ntitle: The long wall\nauthor: Yuan, Lin\n---\n\nA wall is long.\n",
    );
    place.done("import p a.md");
    let tag = |name: &str| {
        place.run(&[
            "tag",
            "p",
            "--reading",
            name,
            "--quote",
            "wall is",
            "--label",
            "Trust",
        ])
    };
    for name in ["yuan", "long wall", "the-long"] {
        let said = tag(name);
        assert_eq!(said.code, 0, "{name}: {}", said.err);
        assert!(
            said.out.contains("(the-long-wall, "),
            "{name}: {}",
            said.out
        );
    }
    assert_eq!(
        tag("wall").err,
        "\
error: “wall” may be 2 readings:
  of-doors-and-walls  “Of doors and walls”
  the-long-wall  “The long wall” (Yuan n.d.)
hint: name one by its slug, which stands first
"
    );
}

#[test]
fn a_history_says_whose_each_number_is_and_what_was_undone_once() {
    let place = Place::with_project();
    place.tag("A door", &["--label", "Trust"]);
    place.done("undo p");
    place.done("redo p");
    let out = place.done("undo p").out;
    assert_eq!(out, "Undid: Tag “A door” with Trust\n");
    let history = place.done("history p").out;
    assert!(history.starts_with("who  n  when "), "{history}");
    assert!(
        history.ends_with("  undo 2  Tag “A door” with Trust\n"),
        "{history}"
    );
    assert!(
        !history.contains("Undo:") && !history.contains("Redo:"),
        "{history}"
    );
}

#[test]
fn a_coder_s_name_is_spelled_one_way() {
    let place = Place::with_project();
    let said = place.tag("A door", &["--label", "Trust", "--coder", "mk"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (0, "note: “mk” is taken to be MK, who codes here already\n")
    );
    assert!(said.out.ends_with("by MK.\n"), "{}", said.out);
    let said = place.run(&["history", "p", "--coder", "mk", "--format", "json"]);
    assert_eq!(said.json().as_array().unwrap().len(), 2);
    assert!(!place.path("p/history/mk.ron").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_project_that_could_not_be_made_leaves_nothing() {
    let place = Place::new();
    fs::create_dir_all(place.path("there/.git")).unwrap();
    for folder in ["a/b/p", "there"] {
        let said = with_short_files(&place, 0, &format!("new {folder} --codebook alliance"));
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(
            said.err.contains("could not make a project in"),
            "{}",
            said.err
        );
    }
    assert!(!place.path("a").exists());
    let left: Vec<_> = fs::read_dir(place.path("there")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    place.done("new there");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_imported() {
    let place = Place::with_project();
    let made = Command::new("mkfifo").arg(place.path("pipe.txt")).status();
    assert!(made.unwrap().success());
    place.fails(
        "import p pipe.txt",
        1,
        &["“pipe.txt” is no ordinary file", "hint: "],
    );
    place.write("one.txt", "Word\n");
    assert!(
        place
            .done("import p one.txt")
            .out
            .contains("\n  1 word, 1 paragraph, ")
    );
}

#[test]
fn a_newer_project_is_checked_with_the_right_advice() {
    let place = Place::with_project();
    place.write("p/project.ron", "(version: 7, name: \"x\")");
    let said = place.run(&["check", "p"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains("newer Glossator (format 7) (update Glossator"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("who may read"), "{}", said.out);
}

#[test]
fn many_places_of_a_quote_in_a_long_line_are_listed_at_once() {
    let place = Place::with_project();
    place.write("line.txt", "An ally. ".repeat(300_000));
    place.done("import p line.txt");
    let args = [
        "tag",
        "p",
        "--reading",
        "line",
        "--quote",
        "An ally.",
        "--label",
        "Trust",
    ];
    let said = place.run(&args);
    assert!(said.err.contains("300000 times:"), "{}", said.err);
    assert!(said.err.contains("… and 299990 more"), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::with_project();
    let long = "Words that make a long text indeed. ".repeat(20_000);
    place.write("long.txt", long);
    place.done("import p long.txt");
    let mut child = place
        .command(&["export", "p", "--format", "ron"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn without_a_display_the_window_says_so() {
    let place = Place::with_project();
    for args in ["", "open", "p", "open p"] {
        let said = place.run(
            &args
                .split(' ')
                .filter(|a| !a.is_empty())
                .collect::<Vec<_>>(),
        );
        assert_eq!(said.code, 1, "{args}: {}", said.err);
        let sentence = "hint: without a window, use a command: new, import, lost, tag, export, stats, check, history";
        assert!(said.err.contains(sentence), "{args}: {}", said.err);
        assert_eq!(said.err.lines().count(), 2, "{args}: {}", said.err);
    }
    place.fails("open nowhere", 3, &["there is no folder nowhere"]);
}

#[test]
fn a_project_that_is_open_can_be_read_but_not_changed() {
    let place = Place::with_project();
    let lock = fs::File::options()
        .write(true)
        .open(place.path("p/.glossator/lock"))
        .unwrap();
    lock.lock().unwrap();
    place.fails(
        "undo p",
        3,
        &["is open already", "hint: close it there first"],
    );
    assert_eq!(place.stats()["readings"].as_array().unwrap().len(), 1);
    place.done("history p");
    place.done("export p --format markdown");
    place.done("check p");
}

#[test]
fn results_can_be_read_by_programs() {
    let place = Place::with_project();
    for command in ["stats p", "history p", "check p"] {
        place.done(&format!("{command} --format json")).json();
        let ron = place.done(&format!("{command} --format ron")).out;
        assert!(ron::from_str::<ron::Value>(&ron).is_ok(), "{ron}");
    }
}

#[test]
fn what_is_said_about_a_reading_can_be_set_and_taken_back() {
    let place = Place::with_project();
    let said = place.run(&[
        "set",
        "p",
        "doors",
        "--author",
        "Mason, Ida B.",
        "--author",
        "World Bank",
        "--year",
        "1987",
        "--publisher",
        "Wall Press",
        "--place",
        "Oslo",
        "--doi",
        "https://doi.org/10.1000/x_1",
        "--format",
        "json",
    ]);
    let report = said.json();
    assert_eq!(
        report["changed"],
        serde_json::json!(["authors", "year", "publisher", "place", "DOI"])
    );
    assert_eq!(report["citation"], "Mason and World Bank 1987");
    let reference = "Mason, Ida B., and World Bank. 1987. Of doors and walls. Oslo: Wall Press. https://doi.org/10.1000/x_1.";
    assert_eq!(report["reference"], reference);
    assert_eq!(
        place.done("cite p --format text").out,
        format!("{reference}\n")
    );
    let tagged = place.tag("Threat, not power", &["--label", "Trust"]);
    assert!(
        tagged.out.contains("(of-doors-and-walls, ¶3)"),
        "{}",
        tagged.out
    );
    let export = place.done("export p --format markdown --cite numeric").out;
    assert!(export.contains("> \\[1, ¶3\\]"), "{export}");
    assert!(
        export.contains(
            "\n## References\n\n\\[1\\] Ida B. Mason and World Bank, *Of doors and walls* (Oslo"
        ),
        "{export}"
    );
    assert!(
        place
            .done("set p doors --year 1987")
            .out
            .contains("nothing to change")
    );
    assert!(
        place
            .done("set p doors --year none --place= --author=")
            .out
            .contains("changed authors, year, place")
    );
    place.done("undo p --times 1");
    assert_eq!(
        place.done("cite p --format text").out,
        format!("{reference}\n")
    );
}

#[test]
fn what_can_not_be_said_of_a_reading_is_refused() {
    let place = Place::with_project();
    place.fails(
        "set p doors --year soon",
        2,
        &["“soon” is no year", "--year 1987"],
    );
    place.fails(
        "set p doors --page 3=117",
        1,
        &["has no pages", "by paragraph"],
    );
    place.fails(
        "set p doors --page three",
        2,
        &["which page is which", "--page 3=117"],
    );
    place.fails("set p nowhere --year 1987", 1, &["there is no reading"]);
    place.fails("set p doors --title=", 2, &["without a title"]);
    place.fails(
        "cite p -o p/project.ron",
        1,
        &["part of the project itself"],
    );
}

#[test]
fn readings_go_to_reference_managers() {
    let place = Place::with_project();
    place.done("set p doors --year 1987 --kind book --author=Mason,Ida");
    let bibtex = place.done("cite p --format bibtex").out;
    assert!(
        bibtex.starts_with(
            "@book{mason1987,\n  author = {Mason, Ida},\n  title = {Of doors and walls},\n"
        ),
        "{bibtex}"
    );
    let items = place.done("cite p --format csl-json").json();
    assert_eq!(items[0]["type"], "book");
    assert_eq!(items[0]["author"][0]["family"], "Mason");
    place.done("cite p --style note -o list.md");
    let list = fs::read_to_string(place.0.path().join("list.md")).unwrap();
    assert_eq!(list, "Mason, Ida. *Of doors and walls*. 1987.\n");
}

/// The help is part of what people rely on: read a change of it before writing it down with UPDATE_HELP=1.
#[test]
fn the_help_is_as_written_down() {
    let place = Place::new();
    let commands = [
        "", "open", "new", "import", "lost", "set", "tag", "export", "cite", "stats", "check",
        "history", "undo", "redo",
    ];
    let mut help = String::new();
    for command in commands {
        let args = [command, "--help"];
        let said = place.run(args.strip_prefix(&[""]).unwrap_or(&args));
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        help.push_str(&format!(
            "$ glossator {}\n{}\n",
            args.join(" ").trim_start(),
            said.out
        ));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli-help.txt");
    if std::env::var_os("UPDATE_HELP").is_some() {
        fs::write(&path, &help).unwrap();
    }
    assert_eq!(
        help,
        fs::read_to_string(path).unwrap().replace("\r\n", "\n")
    );
}

#[test]
fn an_encrypted_file_comes_in_with_its_password() {
    let place = Place::with_project();
    place.write("exam.pdf", include_bytes!("fixtures/pdf/password.pdf"));
    place.fails("import p exam.pdf", 1, &["asks for a password", "hint: "]);
    place.fails(
        "import p exam.pdf --password gat",
        1,
        &["does not open with that password"],
    );
    let report = place.done("import p exam.pdf --password wall --format json");
    let report = report.json();
    assert_eq!(report[0]["outcome"], "imported");
    assert_eq!(
        (&report[0]["read_as"], &report[0]["pages"]),
        (&"PDF".into(), &1.into())
    );
}
