//! CSV and TSV.

use std::collections::BTreeMap;

use glossator::{
    edit::Edit,
    export::{
        cite::Style,
        order::{Format, What},
        rows::{Codings, Field, preview},
        table::{Cell, unguarded},
    },
    model::{LabelId, ReadingId, Value},
};
use jiff::civil::date;
use proptest::prelude::*;

use crate::{
    common::{perform, seminar},
    golden, made, order, text,
};

fn read(text: &str, delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let records = reader.records().map(Result::unwrap);
    let cells = records.map(|record| {
        let cells = heads.iter().zip(record.iter());
        cells
            .map(|(head, cell)| (head.to_owned(), unguarded(cell).into_owned()))
            .collect()
    });
    cells.collect()
}

#[test]
fn tables_are_as_they_were_looked_at() {
    for (what, name) in [(What::Excerpts, "excerpts"), (What::Codebook, "codebook")] {
        for (format, ending) in [(Format::Csv, "csv"), (Format::Tsv, "tsv")] {
            let written = text(&seminar(), &order(what.clone(), format));
            golden(&format!("{name}.{ending}"), &written);
        }
    }
}

#[test]
fn each_label_of_each_highlight_is_a_row() {
    let project = seminar();
    let rows = read(&text(&project, &order(What::Excerpts, Format::Csv)), b',');
    let codings: usize = project.highlights().map(|h| h.labels.len()).sum();
    assert_eq!(rows.len(), codings);
    let mut first = rows.iter().filter(|r| r["highlight"] == "0f3a000000000000");
    let labels: Vec<&str> = first.clone().map(|r| r["label"].as_str()).collect();
    assert_eq!(labels, ["Price of a promise", "Entrapment"]);
    assert!(
        first
            .clone()
            .all(|r| r["labels"] == "Price of a promise; Entrapment")
    );
    assert_eq!(
        first.next_back().unwrap()["label path"],
        "Price of a promise > Entrapment"
    );
}

#[test]
fn offsets_lead_to_quotes() {
    let project = seminar();
    for row in read(&text(&project, &order(What::Excerpts, Format::Csv)), b',') {
        let id = ReadingId::new(&row["reading"]).unwrap();
        let text = project.reading(&id).unwrap().text.as_str();
        let at = |name: &str| row[name].parse::<usize>().unwrap();
        assert_eq!(&text[at("start byte")..at("end byte")], row["quote"]);
        let chars = text.chars().skip(at("start character"));
        let chars: String = chars.take(at("characters")).collect();
        assert_eq!(chars, row["quote"]);
        assert_eq!(
            at("end character") - at("start character"),
            at("characters")
        );
    }
}

#[test]
fn when_labels_are_asked_for_other_labels_are_no_rows() {
    let mut order = order(What::Excerpts, Format::Csv);
    order.filter.labels = vec![LabelId::new("entrapment").unwrap()];
    let rows = read(&text(&seminar(), &order), b',');
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["label"], "Entrapment");
    assert_eq!(rows[0]["labels"], "Price of a promise; Entrapment");
}

#[test]
fn attributes_are_columns_with_types() {
    let mut project = seminar();
    let id = ReadingId::new("qushi").unwrap();
    let mut meta = project.reading(&id).unwrap().meta.clone();
    meta.attributes = BTreeMap::from([
        ("peer reviewed".to_owned(), Value::YesNo(true)),
        ("Label".to_owned(), Value::Text("=own".into())),
        ("pages".to_owned(), Value::Number(12.5)),
        ("read".to_owned(), Value::Date(date(2026, 11, 22))),
    ]);
    perform(&mut project, [Edit::ChangeReading(id, meta)]);
    let mut order = order(What::Excerpts, Format::Csv);
    order.options.fields = vec![Field::Label, Field::Attributes, Field::Label];
    let codings = Codings::new(&project, &order.filter, &order.options);
    let heads: Vec<&str> = codings
        .columns()
        .iter()
        .map(|c| c.heading.as_str())
        .collect();
    assert_eq!(
        heads,
        [
            "label",
            "Label (attribute)",
            "pages",
            "peer reviewed",
            "read"
        ]
    );
    let last = codings.rows().last().unwrap();
    assert_eq!(last[2], Cell::Number(12.5, 1));
    assert_eq!(last[3], Cell::YesNo(true));
    assert_eq!(last[4], Cell::Day(date(2026, 11, 22)));
    let written = text(&project, &order);
    assert!(
        written.ends_with("Shi 勢,'=own,12.5,yes,2026-11-22\n"),
        "{written}"
    );
}

#[test]
fn citations_stand_by_themselves() {
    let mut order = order(What::Excerpts, Format::Csv);
    order.options.fields = vec![Field::Citation];
    order.options.cite = Style::Note;
    let rows = read(&text(&seminar(), &order), b',');
    let in_full = rows
        .iter()
        .filter(|r| r["citation"].contains("The Fictional Review"));
    assert_eq!(in_full.count(), 10);
    order.options.cite = Style::Numeric;
    let rows = read(&text(&seminar(), &order), b',');
    assert!(rows[0]["citation"].starts_with("[1, p. 115"));
    assert!(rows.last().unwrap()["citation"].starts_with("[2, "));
}

#[test]
fn a_preview_is_the_beginning_of_what_is_written() {
    let (project, mut order) = (seminar(), order(What::Excerpts, Format::Csv));
    for what in [What::Excerpts, What::Codebook] {
        order.what = what;
        let few = preview(&project, &order, 3).unwrap();
        assert_eq!(few.rows.len(), 3);
        assert!(text(&project, &order).starts_with(&few.csv(false)));
    }
}

#[test]
fn the_mark_stands_before_csv_only() {
    let mut order = order(What::Codebook, Format::Csv);
    order.options.mark = true;
    assert!(text(&seminar(), &order).starts_with("\u{FEFF}label,"));
    order.format = Format::Tsv;
    assert!(text(&seminar(), &order).starts_with("label\t"));
}

proptest! {
    /// Whatever a quote and a note hold, they come back, and in TSV a row is a line.
    #[test]
    fn what_is_written_reads_back(
        text_of in "[a=+@\"';,勢😀e\u{301}\t\n-]{1,40}",
        note in "[a=+@\"';,勢😀\t\r\n-]{0,20}",
        spans in prop::collection::vec((0usize..40, 1usize..40), 1..5),
    ) {
        let spans: Vec<(usize, usize)> = spans.into_iter().map(|(a, n)| (a, a + n)).collect();
        let project = made::project(&text_of, &spans, &note);
        let csv = order(What::Excerpts, Format::Csv);
        let codings = Codings::new(&project, &csv.filter, &csv.options);
        let all: Vec<Vec<Cell>> = codings.rows().collect();
        let rows = read(&text(&project, &csv), b',');
        prop_assert_eq!(rows.len(), all.len());
        for (row, cells) in rows.iter().zip(&all) {
            for (column, cell) in codings.columns().iter().zip(cells) {
                prop_assert_eq!(&row[&column.heading], &cell.plain());
            }
        }
        let tsv = text(&project, &order(What::Excerpts, Format::Tsv));
        prop_assert_eq!(tsv.lines().count(), all.len() + 1);
        let flat = read(&tsv, b'\t');
        prop_assert_eq!(flat.len(), all.len());
        for (row, plain) in flat.iter().zip(&rows) {
            prop_assert_eq!(&row["highlight"], &plain["highlight"]);
            prop_assert_eq!(&row["label"], &plain["label"]);
        }
    }

    /// No cell of a file that a spreadsheet opens is a formula.
    #[test]
    fn no_cell_is_a_formula(note in "[a=+@\"'; 勢\t\r\n＝-]{0,20}") {
        let mut project = made::project("=1+1", &[(0, 4)], &note);
        let id = ReadingId::new("made").unwrap();
        let mut meta = project.reading(&id).unwrap().meta.clone();
        meta.title = format!("={note}");
        meta.attributes.insert(format!("@{}", note.trim()), Value::Text("+x".into()));
        perform(&mut project, [Edit::ChangeReading(id, meta)]);
        for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
            let written = text(&project, &order(What::Excerpts, format));
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .from_reader(written.as_bytes());
            for record in reader.records().map(Result::unwrap) {
                for part in record.iter().flat_map(|cell| cell.split([';', '\t', '\r', '\n'])) {
                    let start = part.trim_start();
                    let is_number = part.parse::<f64>().is_ok();
                    prop_assert!(
                        is_number || !start.starts_with(['=', '+', '-', '@', '＝']),
                        "{part:?} in {record:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_at_all_is_headings_only() {
    let project = glossator::model::Project::new("Empty");
    let written = text(&project, &order(What::Excerpts, Format::Csv));
    assert_eq!(written.lines().count(), 1);
}
