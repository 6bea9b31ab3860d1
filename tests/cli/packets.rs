//! `glossator packet`.

use super::*;

#[test]
fn a_packet_is_made_shown_added_to_and_deleted() {
    let place = Place::with_project();
    let said = place.done("packet p list");
    assert_eq!(said.out, "There is no packet yet.\n");
    place.tag("an ally can be dragged in", &["--label", "Entrapment"]);
    place.tag(
        "A wall is a promise",
        &["--label", "Trust", "--stance", "contests"],
    );
    let said = place.run(&[
        "packet",
        "p",
        "new",
        "Week 6",
        "--template",
        "guide",
        "--theory",
        "Entrapment",
    ]);
    assert_eq!(
        said.out, "Made the packet week-6: 2 sections, 1 excerpt.\n",
        "{}",
        said.err
    );
    let said = place.done("packet p add week-6 trust --where stance:contests --side second");
    assert_eq!(said.out, "Placed 1 excerpt in “trust”.\n");
    let again = place.done("packet p add week-6 Trust --where stance:contests --side second");
    assert_eq!(again.out, "“trust” holds 1 excerpt of these already.\n");
    let shown = place.done("packet p show week-6").out;
    for part in [
        "1 · Entrapment (entrapment): 1 excerpt, authors",
        "“an ally can be dragged in” (“Of doors and walls”, ¶2)",
        "3 · trust",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let json = place.done("packet p list --format json").json();
    assert_eq!(
        (&json[0]["id"], &json[0]["excerpts"]),
        (&"week-6".into(), &2.into())
    );
    // A highlight that goes is left out, and said to be.
    place.done("undo p");
    let shown = place.done("packet p show week-6").out;
    assert!(!shown.contains("3 · trust"), "{shown}");
    assert_eq!(
        place.done("packet p delete week-6").out,
        "Deleted the packet “Week 6”.\n"
    );
    assert!(!place.path("p/packets/week-6.ron").exists());
    place.done("undo p");
    assert!(place.path("p/packets/week-6.ron").exists());
}

#[test]
fn what_can_t_be_done_is_said() {
    let place = Place::with_project();
    place.fails("packet p show week-6", 1, &["packet"]);
    place.fails("packet p new x --theory Trust", 2, &["--template"]);
    place.fails(
        "packet p new x --template guide --theory Trusst",
        1,
        &["did you mean “Trust”?"],
    );
    place.done("packet p new x");
    place.fails("packet p add x y", 2, &["say which excerpts", "--where"]);
    place.fails(
        "packet p add x y --where label:Nothing",
        1,
        &["no label “Nothing”"],
    );
    place.fails("export p -o p/packets/x.md", 1, &["part of the project"]);
}
