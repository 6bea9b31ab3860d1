//! What people keep beside highlights: attributes of readings, and claims.

use super::*;

/// With a second reading.
fn place() -> Place {
    let place = Place::with_project();
    place.write("poles.txt", "Of poles\n\nTwo poles, or many.\n");
    place.done("import p poles.txt");
    place
}

#[test]
fn attributes_go_out_are_filled_in_and_come_back() {
    let place = place();
    place.done("set p doors --attribute country=China --attribute rank=2 --year 1987");
    let csv = place.done("attributes p --format csv").out;
    assert_eq!(
        csv,
        "id,title,authors,year,kind,country,rank\n\
         of-doors-and-walls,Of doors and walls,,1987,,China,2\n\
         of-poles,Of poles,,,,,\n"
    );
    let table = place.done("attributes p").out;
    assert!(table.starts_with("id "), "{table}");
    assert!(
        table.contains("China") && !table.contains("1,987"),
        "{table}"
    );
    let json = place.done("attributes p --format json").json();
    assert_eq!(json["rows"][0][6], 2.0);
    assert_eq!(json["columns"][5], "country");
    place.done("attributes p --format ron -o out.ron");
    assert!(place.path("out.ron").exists());

    place.write(
        "in.csv",
        csv.replace(
            "of-poles,Of poles,,,,,",
            "of-poles,Of poles,\"Lo, Bobo\",2008,book,Russia,-",
        )
        .replace("China", "-"),
    );
    let said = place.done("attributes p --import in.csv");
    assert_eq!(said.out, "Changed 2 readings.\n");
    let now = place.done("attributes p --format csv").out;
    assert!(
        now.contains("Of poles,\"Lo, Bobo\",2008,book,Russia,\n"),
        "{now}"
    );
    assert!(now.contains("1987,,,2\n"), "{now}");
    let said = place.done("attributes p --import in.csv");
    assert_eq!(said.out, "Nothing to change; 2 readings were so already.\n");
    let undone = place.done("undo p").out;
    assert!(
        undone.contains("Take the attributes of 2 readings from in.csv"),
        "{undone}"
    );
    assert_eq!(place.done("attributes p --format csv").out, csv);
    assert_eq!(place.done("check p").out, "Every file is whole.\n");
}

#[test]
fn a_table_with_mistakes_is_refused_whole_and_unknown_readings_are_left_out() {
    let place = place();
    place.write(
        "bad.csv",
        "id;year;n\nof-poles;19x7;1\nof-doors-and-walls;2000;2\n",
    );
    place.fails(
        "attributes p --import bad.csv",
        1,
        &[
            "1 cell of bad.csv",
            "row 2, column “year”: “19x7” is no year",
            "hint: put them right",
        ],
    );
    assert!(!place.done("attributes p --format csv").out.contains("2000"));
    place.write("some.csv", "title;n\nOf poles;1\nOf cabbages;2\n");
    let said = place.run(&["attributes", "p", "--import", "some.csv"]);
    assert_eq!(said.code, 1);
    assert_eq!(said.out, "Changed 1 reading.\n");
    assert!(
        said.err
            .contains("note: row 3: there is no reading “Of cabbages”"),
        "{}",
        said.err
    );
    place.write("bare.csv", "country\nChina\n");
    place.fails(
        "attributes p --import bare.csv",
        1,
        &["no column is called “id”"],
    );
    place.fails("attributes p --import nowhere.csv", 1, &["nowhere.csv"]);
    place.fails(
        "attributes p --format csv -o p/project.ron",
        1,
        &["the project's own"],
    );
}

#[test]
fn attributes_are_set_and_taken_away() {
    let place = place();
    let set = |attribute: &str| place.run(&["set", "p", "of-poles", "--attribute", attribute]);
    assert!(set("Genre=op-ed").out.contains("changed Genre"));
    // The name that is there is used, whatever the letter case.
    assert!(set("genre=\"7\"").out.contains("changed Genre"));
    let csv = place.done("attributes p --format csv").out;
    assert!(csv.contains("\"\"\"7\"\"\""), "{csv}");
    assert!(set("Genre=").out.contains("changed Genre"));
    assert!(set("Genre=").out.contains("nothing to change"));
    for wrong in ["genre", "=x", "year=1"] {
        let said = set(wrong);
        assert_eq!(said.code, 2, "{wrong}: {}", said.err);
    }
}

#[test]
fn claims_are_made_listed_replaced_and_removed() {
    let place = place();
    let claim = |args: &[&str]| place.run(&[&["claim", "p"], args].concat());
    let cell = [
        "--label",
        "entrapment",
        "--reading",
        "doors",
        "--stance",
        "contests",
    ];
    let said = claim(&[&cell[..], &["Allies\njump."]].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(
        said.out,
        "Claimed: Entrapment in of-doors-and-walls, contests, by MK.\n"
    );
    let said = claim(&[&cell[..], &["They are pushed."]].concat());
    assert!(
        said.out.contains("It replaces “Allies jump.”"),
        "{}",
        said.out
    );
    claim(&[
        "--label",
        "Trust",
        "--reading",
        "poles",
        "--coder",
        "JL",
        "As a whole.",
    ]);
    let all = claim(&["--format", "json"]).json();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[0]["text"], "They are pushed.");
    assert_eq!(all[1]["coder"], "JL");
    assert_eq!(all[1]["stance"], Value::Null);
    let some = claim(&["--label", "Trust"]).out;
    assert!(
        some.contains("As a whole.") && !some.contains("pushed"),
        "{some}"
    );
    let file = fs::read_to_string(place.path("p/notebooks/MK.ron")).unwrap();
    assert!(
        file.contains("stance: \"contests\", text: \"They are pushed.\""),
        "{file}"
    );
    let said = claim(&[&cell[..], &["--remove"]].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(!place.path("p/notebooks/MK.ron").exists());
    let said = claim(&[&cell[..], &["--remove"]].concat());
    assert_eq!(said.code, 1);
    assert!(
        said.err
            .contains("MK has no claim about Entrapment in of-doors-and-walls, contests")
    );
    place.done("undo p");
    assert_eq!(
        claim(&["--coder", "MK", "--format", "json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(claim(&["Text."]).code, 2);
    assert_eq!(claim(&[&cell[..], &[" "]].concat()).code, 2);
    assert_eq!(
        claim(&["--label", "Nothing", "--reading", "doors", "x"]).code,
        1
    );
}

#[test]
fn notebooks_whose_file_is_gone_are_restored() {
    let place = place();
    place.run(&[
        "claim",
        "p",
        "--label",
        "Trust",
        "--reading",
        "poles",
        "Much.",
    ]);
    fs::remove_file(place.path("p/notebooks/MK.ron")).unwrap();
    assert_eq!(place.run(&["check", "p"]).code, 1);
    let said = place.run(&["check", "p", "--restore"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(
        said.err.contains("restored 1 entry of a notebook"),
        "{}",
        said.err
    );
    assert!(place.path("p/notebooks/MK.ron").exists());
}
