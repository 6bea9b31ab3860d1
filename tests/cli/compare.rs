//! Comparing: matrix, cooccur, along, contrast, words; as tables and as pictures.

use super::*;

/// With three highlights: two labels on one passage, and another one.
fn coded() -> Place {
    let place = Place::with_project();
    place.tag(
        "an ally can\nbe dragged",
        &[
            "--label",
            "entrapment",
            "--label",
            "abandonment",
            "--stance",
            "contests",
        ],
    );
    place.tag("A wall is a promise", &["--label", "Formal pledge"]);
    place
}

#[test]
fn labels_by_readings() {
    let place = coded();
    let said = place.run(&["matrix", "p"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err.contains("50 labels without a highlight left out"),
        "{}",
        said.err
    );
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", said.out);
    assert!(lines[1].starts_with("Entrapment ") && lines[1].ends_with('1'));
    // Programs get all of it.
    let json = place.done("matrix p --format json").json();
    assert_eq!(json["rows"].as_array().unwrap().len(), 53);
    assert_eq!(json["columns"][0]["key"], "of-doors-and-walls");
    assert_eq!(json["highlights"], 2);
    let stances = place.done("matrix p --across stances --format csv").out;
    assert!(stances.contains("\nEntrapment,0,1,0,0,0,0\n"), "{stances}");
    place.fails(
        "matrix p --across @country",
        1,
        &["no reading has the attribute @country"],
    );
    place.fails(
        "matrix p --across country",
        2,
        &["an attribute is written @country"],
    );
    place.fails("matrix p --where label:Entrapmnt", 1, &["did you mean"]);
}

#[test]
fn labels_by_labels() {
    let place = coded();
    let json = place.done("cooccur p --near sentence --format json").json();
    let names: Vec<&str> = json["labels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|label| label["label"].as_str().unwrap())
        .collect();
    let at = |id: &str| names.iter().position(|name| *name == id).unwrap();
    assert_eq!(json["pairs"][at("entrapment")][at("abandonment")], 1);
    assert_eq!(json["pairs"][at("entrapment")][at("formal-pledge")], 1);
    assert_eq!(json["near"], "sentence");
    let overlap = place.done("cooccur p --format json").json();
    assert_eq!(overlap["pairs"][at("entrapment")][at("formal-pledge")], 0);
    place.fails(
        "cooccur p --near chapter",
        2,
        &["overlap, sentence, paragraph or a number"],
    );
}

#[test]
fn along_theories_and_words() {
    let place = coded();
    let along = place.done("along p --format csv").out;
    assert_eq!(along.lines().count(), 4, "{along}");
    let contrast = place.done("contrast p --label Entrapment").out;
    assert!(
        contrast.contains("contests\n      “an ally can be dragged”"),
        "{contrast}"
    );
    place.fails(
        "contrast p --label a --label b --label c",
        2,
        &["more than two"],
    );
    let words = place.done("words p --label Entrapment --least 1 --no-stems --format json");
    let words = words.json();
    let found = words["words"].as_array().unwrap();
    assert!(
        found.iter().any(|word| word["word"] == "dragged"),
        "{words}"
    );
    assert_eq!(words["here"], 5);
    place.fails("words p", 2, &["--label"]);
}

#[test]
fn pictures_and_tables_go_where_they_are_told() {
    let place = coded();
    place.run(&[
        "matrix", "p", "-o", "m.png", "--width", "120mm", "--dpi", "96",
    ]);
    let png = fs::read(place.path("m.png")).unwrap();
    assert_eq!(&png[1..4], b"PNG");
    // 120 mm at 96 dots an inch.
    assert_eq!(png[16..20], 454_u32.to_be_bytes());
    place.run(&[
        "matrix",
        "p",
        "-o",
        "m.svg",
        "--title",
        "Walls & doors",
        "--dark",
    ]);
    let svg = fs::read_to_string(place.path("m.svg")).unwrap();
    assert!(
        svg.starts_with("<svg ") && svg.contains("Walls &amp; doors"),
        "{svg}"
    );
    place.run(&["cooccur", "p", "--bows", "--outlines", "-o", "bows.svg"]);
    let svg = fs::read_to_string(place.path("bows.svg")).unwrap();
    assert!(!svg.contains("<text"), "{svg}");
    place.done("along p -o along.csv --bom");
    let csv = fs::read_to_string(place.path("along.csv")).unwrap();
    assert!(csv.starts_with("\u{FEFF}reading,label,"), "{csv}");
    let to_pipe = place
        .command(&["along", "p", "--format", "png"])
        .output()
        .unwrap();
    assert_eq!(&to_pipe.stdout[1..4], b"PNG");
}

#[test]
fn what_can_t_be_written_is_said() {
    let place = coded();
    place.fails(
        "matrix p -o m.docx",
        2,
        &["m.docx does not say", "--format"],
    );
    place.fails("matrix p -o p/project.ron", 1, &["part of the project"]);
    place.fails("matrix p --width 3miles", 2, &["is no length"]);
    place.fails(
        "along p -o a.svg --width 20mm",
        1,
        &["hint: give it more --width"],
    );
    place.fails("matrix nowhere", 3, &["nowhere"]);
}
