//! Queries from the command line, the lists and exports that they narrow, and saved ones.

use super::*;

/// A project with three highlights of MK's, in two paragraphs.
fn coded() -> Place {
    let place = Place::with_project();
    place.tag(
        "A wall is a promise",
        &["--label", "Trust", "--stance", "contests"],
    );
    place.tag(
        "an ally can be dragged in",
        &["--label", "Entrapment", "--note", "=Too strong?"],
    );
    place.tag("Threat, not power", &["--label", "Entrapment"]);
    place
}

fn quotes(said: &Said) -> Vec<String> {
    let all = said.json();
    let quote = |e: &Value| e["quote"].as_str().unwrap().to_owned();
    all.as_array().unwrap().iter().map(quote).collect()
}

fn listed(place: &Place, query: &str) -> Vec<String> {
    let said = place.run(&["excerpts", "p", "--where", query, "--format", "json"]);
    assert_eq!(said.code, 0, "{query}: {}", said.err);
    quotes(&said)
}

#[test]
fn what_a_query_lets_through_is_listed() {
    let place = coded();
    assert_eq!(
        listed(
            &place,
            "label:Entrapment near(paragraph) label:Trust not stance:contests or nothing"
        ),
        ["an ally can be dragged in"]
    );
    assert_eq!(
        listed(
            &place,
            "label:\"Entrapment\" near(paragraph) label:\"Trust\""
        ),
        ["an ally can be dragged in"]
    );
    assert_eq!(listed(&place, "stance:contests"), ["A wall is a promise"]);
    assert_eq!(listed(&place, "").len(), 3);
    let table = place.done("excerpts p --group label").out;
    let headings: Vec<&str> = table
        .lines()
        .filter(|l| l.ends_with(')') && !l.contains("  "))
        .collect();
    assert_eq!(headings, ["Entrapment (2)", "Trust (1)"], "{table}");
    assert!(table.ends_with("3 highlights from 1 reading.\n"), "{table}");
}

#[test]
fn lists_go_to_files_and_formulas_stay_words() {
    let place = coded();
    place.done("excerpts p --sort length --descending -o all.csv");
    let csv = fs::read_to_string(place.path("all.csv")).unwrap();
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("quote,citation,labels,stance,note,coder,")
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("an ally can be dragged in,"),
        "{csv}"
    );
    assert!(
        !csv.contains(",=Too") && csv.contains("=Too strong?"),
        "{csv}"
    );
    let said = place.run(&["excerpts", "p", "-o", "all.doc"]);
    assert_eq!(said.code, 2, "{}", said.err);
    let own = place.run(&["excerpts", "p", "-o", "p/project.ron", "--format", "csv"]);
    assert_eq!(own.code, 1, "{}", own.err);
}

#[test]
fn errors_point_at_the_character() {
    let place = coded();
    let said = place.run(&[
        "excerpts",
        "p",
        "--where",
        "势 or label:Entrapmnet coder:MK",
    ]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            1,
            "\
error: there is no label “Entrapmnet”
  势 or label:Entrapmnet coder:MK
              ^^^^^^^^^^
hint: did you mean “Entrapment”?
"
        )
    );
    let said = place.run(&["excerpts", "p", "--where", "coder:MK or"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.starts_with(
            "error: a condition is missing here\n  coder:MK or\n             ^\nhint: "
        ),
        "{}",
        said.err
    );
}

#[test]
fn queries_are_saved_used_and_removed() {
    let place = coded();
    let save = |text: &str| place.run(&["query", "p", "save", "Fear of war", text]);
    assert_eq!(
        save("label:Entrapment").out,
        "Saved the query “Fear of war”.\n"
    );
    assert_eq!(
        save("label:Entrapment has:note").out,
        "Replaced the query “Fear of war”.\n"
    );
    assert_eq!(save("label:Entrapmnet").code, 1);
    assert_eq!(save("(").code, 2);
    let list = place.done("query p list --format json").json();
    assert_eq!(list[0]["query"], "label:Entrapment has:note");
    assert_eq!(list[0]["coder"], "MK");
    let said = place.run(&[
        "excerpts",
        "p",
        "--query",
        "fear of war",
        "--format",
        "json",
    ]);
    assert_eq!(quotes(&said), ["an ally can be dragged in"]);
    let said = place.run(&["excerpts", "p", "--query", "Fear of wat"]);
    assert_eq!(
        said.err,
        "error: there is no saved query “Fear of wat”\nhint: did you mean “Fear of war”?\n"
    );
    let theirs = place.run(&["query", "p", "remove", "Fear of war", "--coder", "AL"]);
    assert!(
        theirs.err.contains("in the notebook of MK"),
        "{}",
        theirs.err
    );
    assert_eq!(place.run(&["query", "p", "remove", "Fear of war"]).code, 0);
    assert_eq!(place.done("query p list").out, "No query is saved yet.\n");
    place.done("undo p");
    assert!(place.done("query p list").out.contains("Fear of war"));
}

#[test]
fn an_export_is_narrowed_by_a_query() {
    let place = coded();
    let said = place.run(&["export", "p", "--format", "markdown", "--where", "has:note"]);
    assert!(
        said.out.contains("dragged in") && !said.out.contains("Threat"),
        "{}",
        said.out
    );
    assert!(
        said.out
            .contains("Only what this query lets through: has:note"),
        "{}",
        said.out
    );
    let ron = place.run(&[
        "export",
        "p",
        "--format",
        "ron",
        "--where",
        "label:Entrapment text:threat",
    ]);
    assert!(
        ron.out.contains("query:\"label:Entrapment text:threat\""),
        "{}",
        ron.out
    );
    assert!(
        ron.out.contains("Threat, not power") && !ron.out.contains("contests"),
        "{}",
        ron.out
    );
    place.write("part.ron", &ron.out);
    place.done("new q");
    place.done("import q part.ron");
    let said = place.run(&["excerpts", "q", "--format", "json"]);
    assert_eq!(quotes(&said), ["Threat, not power"]);
}
