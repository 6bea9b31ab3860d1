use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::{
    edit::{Edit, apply},
    model::{About, CoderId, Color, Highlight, Label, Project, Reading, ReadingMeta, Structure},
    text::Text,
};

fn reading(project: &mut Project, id: &str, title: &str, author: &str, year: i32) {
    let reading = Reading {
        id: ReadingId::new(id).unwrap(),
        meta: ReadingMeta {
            title: title.to_owned(),
            authors: vec![author.to_owned()],
            year: Some(year),
            ..ReadingMeta::default()
        },
        text: Text::new("Some words to tag.\n"),
        sha256: String::new(),
        words: 4,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    };
    apply(project, Edit::AddReading(Arc::new(reading))).unwrap();
}

fn note(project: &mut Project, id: u64, reading: &str, text: &str) {
    let highlight = Highlight {
        id: HighlightId(id),
        reading: ReadingId::new(reading).unwrap(),
        span: Span::new(0, 4),
        labels: vec![LabelId::new("entrapment").unwrap()],
        stance: None,
        note: text.to_owned(),
        coder: CoderId::new("MK").unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    };
    apply(project, Edit::AddHighlight(Arc::new(highlight))).unwrap();
}

fn index() -> Index {
    let mut p = Project::new("P");
    for (id, name, parent) in [
        ("fears", "Fears", None),
        ("entrapment", "Entrapment", Some("fears")),
        ("trade", "Trade", None),
    ] {
        let mut label = Label::new(LabelId::new(id).unwrap(), name, Color([1; 3]));
        label.parent = parent.map(|p| LabelId::new(p).unwrap());
        apply(&mut p, Edit::AddLabel(label)).unwrap();
    }
    reading(
        &mut p,
        "walt",
        "The Origins of Alliances",
        "Walt, Stephen M.",
        1987,
    );
    reading(&mut p, "skoda", "On Trade Routes", "Škoda, Ján", 2011);
    note(&mut p, 1, "walt", "Here entrapment is a cost,\nnot a risk.");
    note(
        &mut p,
        2,
        "skoda",
        &("padding ".repeat(40) + "then the Œuvre of trade"),
    );
    note(&mut p, 3, "skoda", "");
    note(&mut p, 4, "walt", "势 is not power");
    let about = About::Query("Fear of trade".to_owned());
    let jot = Edit::Jot(
        CoderId::new("JL").unwrap(),
        about,
        Some("label:Trade".into()),
    );
    apply(&mut p, jot).unwrap();
    Index::new(Arc::new(Corpus::new(&p)), 1)
}

fn names(typed: &str) -> Vec<String> {
    let hits = index().find(typed).into_iter();
    hits.map(|hit| hit.name).collect()
}

#[test]
fn everything_is_found_the_best_kind_first() {
    let found = index().find("trade");
    let kinds: Vec<_> = found
        .iter()
        .map(|h| std::mem::discriminant(&h.target))
        .collect();
    assert_eq!(
        found[0].target,
        Target::Label(LabelId::new("trade").unwrap())
    );
    assert_eq!(found.len(), 4, "{found:?}");
    let mut distinct = kinds.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), 4, "kinds stay together");
    let entrapment = index().find("entrap");
    assert_eq!(entrapment[0].more, "Fears");
    assert_eq!(
        index().find("fear of")[0].target,
        Target::Query("label:Trade".to_owned())
    );
}

#[test]
fn readings_are_found_by_author_year_and_words_in_any_order() {
    assert_eq!(names("skoda 2011"), ["On Trade Routes"]);
    assert_eq!(names("alliances walt"), ["The Origins of Alliances"]);
    assert_eq!(names("walt 2011"), Vec::<String>::new());
    // In the middle of a word they would find too much.
    assert_eq!(names("lliances"), Vec::<String>::new());
}

#[test]
fn notes_are_found_by_their_words_and_cut_around_them() {
    let found = index().find("oeuvre");
    assert_eq!(found.len(), 1);
    assert!(found[0].name.starts_with("…padding"), "{}", found[0].name);
    assert!(
        found[0].name.contains("Œuvre of trade"),
        "{}",
        found[0].name
    );
    assert_eq!(found[0].more, "Škoda 2011");
    let cost = index().find("cost not");
    assert_eq!(cost[0].name, "Here entrapment is a cost, not a risk.");
    assert!(matches!(
        &cost[0].target,
        Target::Note(_, _, HighlightId(1))
    ));
    assert_eq!(names("势"), ["势 is not power"]);
}

#[test]
fn nothing_is_found_for_nothing() {
    assert!(index().find("  ").is_empty());
    assert!(index().find("zzz").is_empty());
    assert!(index().find("…").is_empty());
}
