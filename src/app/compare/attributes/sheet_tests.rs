use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::{
    edit::apply,
    model::{Reading, Structure},
    text::Text,
};

fn id(name: &str) -> ReadingId {
    ReadingId::new(name).unwrap()
}

/// Readings `a`, `b` and `c` with titles in capitals.
fn project() -> Project {
    let mut project = Project::new("P");
    for name in ["a", "b", "c"] {
        let meta = ReadingMeta {
            title: name.to_uppercase(),
            ..ReadingMeta::default()
        };
        let reading = Reading {
            id: id(name),
            meta,
            text: Text::new("Words.\n"),
            sha256: String::new(),
            words: 1,
            structure: Structure::default(),
            source_name: String::new(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: Timestamp::UNIX_EPOCH,
        };
        apply(&mut project, Edit::AddReading(Arc::new(reading))).unwrap();
    }
    project
}

fn attribute(name: &str) -> Column {
    Column::Attribute(name.to_owned())
}

fn set(project: &mut Project, puts: &[(&str, Column, &str)]) {
    let puts: Vec<Put> = (puts.iter())
        .map(|(r, c, t)| (id(r), c.clone(), (*t).to_owned()))
        .collect();
    let (_, edit) = put(project, &puts).unwrap().unwrap();
    apply(project, edit).unwrap();
}

fn sheet(project: &Project) -> Sheet {
    Sheet::new(project, &BTreeSet::new(), &[])
}

fn texts(sheet: &Sheet, column: usize) -> Vec<&str> {
    let cells = sheet.rows.iter().map(|r| r.cells[column].text.as_str());
    cells.collect()
}

#[test]
fn cells_are_typed_by_what_they_say() {
    let mut p = project();
    set(
        &mut p,
        &[
            ("a", attribute("rank"), "2.5"),
            ("b", attribute("rank"), "2026-11-22"),
            ("c", attribute("rank"), "high"),
            ("a", Column::Year, "1987"),
        ],
    );
    let s = sheet(&p);
    assert_eq!(s.columns[3], attribute("rank"));
    assert_eq!(texts(&s, 3), ["2.5", "2026-11-22", "high"]);
    let right: Vec<bool> = s.rows.iter().map(|r| r.cells[3].right).collect();
    assert_eq!(right, [true, true, false]);
    assert_eq!(texts(&s, 1), ["1987", "", ""]);
    let wrong = [(id("a"), Column::Year, "19b7".to_owned())];
    assert_eq!(
        put(&p, &wrong),
        Err("Year of “A”: “19b7” is no year.".to_owned())
    );
    let same = [(id("a"), Column::Year, "1987".to_owned())];
    assert_eq!(put(&p, &same), Ok(None));
}

#[test]
fn several_cells_are_one_edit() {
    let mut p = project();
    let puts = [
        (id("a"), attribute("x"), "1".to_owned()),
        (id("a"), attribute("y"), "2".to_owned()),
        (id("b"), Column::Kind, "book".to_owned()),
    ];
    let (what, edit) = put(&p, &puts).unwrap().unwrap();
    assert_eq!(what, "Change 3 cells of the readings' attributes");
    let before = p.clone();
    let back = apply(&mut p, edit).unwrap();
    assert_eq!(p.reading(&id("a")).unwrap().meta.attributes.len(), 2);
    apply(&mut p, back).unwrap();
    assert_eq!(p, before);
}

#[test]
fn rows_are_sorted_by_type_and_without_a_value_last() {
    let mut p = project();
    set(
        &mut p,
        &[
            ("a", attribute("n"), "10"),
            ("b", attribute("n"), "9"),
            ("c", attribute("t"), "Über"),
            ("a", attribute("t"), "zoo"),
        ],
    );
    let order = |column: &str, backward| {
        let ids = sorted(&p, &(attribute(column), backward));
        ids.iter().map(ToString::to_string).collect::<String>()
    };
    assert_eq!(order("n", false), "bac");
    assert_eq!(order("n", true), "abc");
    assert_eq!(order("t", false), "acb");
    let s = Sheet::new(&p, &BTreeSet::new(), &sorted(&p, &(attribute("n"), false)));
    assert_eq!(texts(&s, 0), ["B", "A", "C"]);
}

#[test]
fn columns_are_renamed_and_removed_in_all_readings() {
    let mut p = project();
    set(
        &mut p,
        &[
            ("a", attribute("land"), "x"),
            ("b", attribute("land"), "\"7\""),
            ("b", attribute("n"), "1"),
        ],
    );
    assert_eq!(
        rename(&p, "land", "N"),
        Err("There is a column “n” already.".to_owned())
    );
    assert!(rename(&p, "land", "Title").is_err());
    let (_, edit) = rename(&p, "land", " Country ").unwrap().unwrap();
    let back = apply(&mut p, edit).unwrap();
    let meta = |p: &Project| p.reading(&id("b")).unwrap().meta.attributes.clone();
    assert_eq!(meta(&p)["Country"].typed(), "\"7\"");
    assert!(!meta(&p).contains_key("land"));
    // Another letter case is another name.
    assert!(rename(&p, "Country", "country").unwrap().is_some());
    apply(&mut p, back).unwrap();
    let (what, edit) = remove(&p, "land").unwrap();
    assert_eq!(what, "Remove the attribute land");
    apply(&mut p, edit).unwrap();
    assert_eq!(p.attribute_names().into_iter().collect::<Vec<_>>(), ["n"]);
    assert_eq!(remove(&p, "land"), None);
}

#[test]
fn what_is_copied_pastes_back() {
    let mut p = project();
    set(
        &mut p,
        &[
            ("a", attribute("x"), "\"1987\""),
            ("b", attribute("x"), "=SUM(A1)"),
            ("a", attribute("y"), "two words"),
        ],
    );
    let s = sheet(&p);
    let area = Area::between((1, 4), (0, 3));
    let copied = s.tsv(area);
    assert_eq!(copied, "\"1987\"\ttwo words\n'=SUM(A1)\t\n");
    let (puts, left) = s.paste(&copied, area);
    assert_eq!((puts.len(), left), (4, 0));
    assert_eq!(put(&p, &puts), Ok(None), "nothing changes");
    let (puts, left) = s.paste(&copied, Area::between((2, 4), (2, 4)));
    assert_eq!((puts.len(), left), (1, 3));
}

#[test]
fn cells_of_spreadsheets_are_taken_apart() {
    let rows = |text: &str| pasted(text);
    assert_eq!(rows("a\tb\r\nc\t\r\n"), [["a", "b"], ["c", ""]]);
    assert_eq!(rows("\"two\nlines\"\tx"), [["two\nlines", "x"]]);
    assert_eq!(rows("\"say \"\"no\"\"\"\ty"), [["say \"no\"", "y"]]);
    assert_eq!(rows("\"1987\"\t\"a\" b"), [["\"1987\"", "\"a\" b"]]);
    assert_eq!(rows("\"open\tb"), [["\"open", "b"]]);
    assert_eq!(rows(""), [[""]]);
}

#[test]
fn one_text_fills_an_area() {
    let p = project();
    let s = sheet(&p);
    let (puts, _) = s.paste("China", Area::between((0, 2), (2, 2)));
    assert_eq!(puts.len(), 3);
    assert!(
        puts.iter()
            .all(|(_, c, t)| *c == Column::Kind && t == "China")
    );
}
