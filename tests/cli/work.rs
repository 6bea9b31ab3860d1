//! Work from a new project to an export, and what is said when a part of it fails.

use super::*;

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
