use std::{
    io::{Cursor, Read},
    sync::Arc,
};

use super::*;
use crate::{
    edit::{Edit, apply},
    export::{Filter, order::Options},
    model::{
        CoderId, Highlight, HighlightId, Label, LabelId, PALETTE, Reading, ReadingId, ReadingMeta,
        Structure,
    },
    text::{Span, Text},
};

/// A reading of a few letters, each of them a highlight.
fn letters(note: &str) -> Project {
    let mut project = Project::new("Letters");
    let label = LabelId::new("letter").unwrap();
    let id = ReadingId::new("letters").unwrap();
    let reading = Reading {
        id: id.clone(),
        meta: ReadingMeta {
            title: "Letters".into(),
            ..ReadingMeta::default()
        },
        text: Text::new("abcde"),
        sha256: "0".repeat(64),
        words: 1,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: "UTF-8".into(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    };
    let highlight = |at: u32| Highlight {
        id: HighlightId(at.into()),
        reading: id.clone(),
        span: Span::new(at, at + 1),
        labels: vec![label.clone()],
        stance: None,
        note: note.into(),
        coder: CoderId::new("MK").unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    };
    let mut edits = vec![
        Edit::AddLabel(Label::new(label.clone(), "Letter", PALETTE[0])),
        Edit::AddReading(Arc::new(reading)),
    ];
    edits.extend((0..5).map(|at| Edit::AddHighlight(Arc::new(highlight(at)))));
    for edit in edits {
        apply(&mut project, edit).unwrap();
    }
    project
}

fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let read = |at| {
        let mut text = String::new();
        let mut file: zip::read::ZipFile<'_, _> = zip.by_index(at).unwrap();
        file.read_to_string(&mut text).unwrap();
        (file.name().unwrap().to_string(), text)
    };
    (0..count).map(read).collect()
}

#[test]
fn what_does_not_fit_in_a_sheet_goes_on_in_the_next() {
    let project = letters("");
    let codings = Codings::new(&project, &Filter::default(), &Options::default());
    let mut book = Book::new("Letters", Timestamp::UNIX_EPOCH).unwrap();
    book.rows = 3;
    let progress = Progress::default();
    write_rows(&mut book, &codings, &progress).unwrap();
    let mut out = Cursor::new(Vec::new());
    book.save(&progress, &mut out).unwrap();
    let parts = parts(out.into_inner());
    let part = |name: &str| &parts.iter().find(|p| p.0 == name).unwrap().1;
    let names = ["Excerpts", "Excerpts 2", "Excerpts 3"];
    for (at, name) in names.iter().enumerate() {
        assert!(part("xl/workbook.xml").contains(&format!("name=\"{name}\"")));
        let rows = part(&format!("xl/worksheets/sheet{}.xml", at + 1))
            .matches("<row ")
            .count();
        assert_eq!(rows, [3, 3, 2][at], "{name}");
    }
    assert!(!part("xl/workbook.xml").contains("Excerpts 4"));
}

#[test]
fn a_cell_holds_what_excel_allows_and_says_what_it_does_not() {
    // Each of these takes two UTF-16 units.
    let project = letters(&"😀".repeat(20_000));
    let order = Order {
        what: What::Excerpts,
        format: crate::export::order::Format::Xlsx,
        filter: Filter::default(),
        options: Options::default(),
    };
    let mut out = Cursor::new(Vec::new());
    let progress = Progress::default();
    workbook(&project, &order, Timestamp::UNIX_EPOCH, &progress, &mut out).unwrap();
    let parts = parts(out.into_inner());
    let shared = &parts
        .iter()
        .find(|p| p.0 == "xl/sharedStrings.xml")
        .unwrap()
        .1;
    assert!(shared.contains(&format!("<t>{}…</t>", "😀".repeat(16_383))));
    assert!(!shared.contains(&"😀".repeat(16_384)));
    assert!(shared.contains("5 cells held more"));
}

#[test]
fn the_same_project_makes_the_same_bytes() {
    let project = letters("=1");
    let order = Order {
        what: What::Excerpts,
        format: crate::export::order::Format::Xlsx,
        filter: Filter::default(),
        options: Options::default(),
    };
    let write = || {
        let mut out = Cursor::new(Vec::new());
        let progress = Progress::default();
        workbook(&project, &order, Timestamp::UNIX_EPOCH, &progress, &mut out).unwrap();
        out.into_inner()
    };
    assert_eq!(write(), write());
}
