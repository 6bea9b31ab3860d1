//! Workbooks, read back cell by cell.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use glossator::{
    analysis::{
        Corpus,
        matrix::{Spec, matrix},
    },
    edit::Edit,
    export::order::{Format, What},
    model::{ReadingId, Value},
};
use jiff::civil::date;
use proptest::prelude::*;
use regex::Regex;

use crate::{
    common::{perform, seminar},
    golden, made, order, written,
};

/// The parts of a ZIP.
pub fn parts(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        all.insert(file.name().unwrap().to_string(), text);
    }
    all
}

/// A cell: what it is (`s` for text, `b` for yes or no, nothing for a number), its style, its value.
type Cell = (String, String, String);

/// The cells of a sheet by row and column.
type Cells = BTreeMap<(u32, String), Cell>;

/// The sheets by their names.
fn sheets(parts: &BTreeMap<String, String>) -> Vec<(String, Cells)> {
    let plain = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    };
    let si = Regex::new("(?s)<si><t[^>]*>(.*?)</t></si>").unwrap();
    let shared: Vec<String> = si
        .captures_iter(&parts["xl/sharedStrings.xml"])
        .map(|c| plain(&c[1]))
        .collect();
    let cell = Regex::new(
        r#"<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:<v>([^<]*)</v>)?</c>)"#,
    )
    .unwrap();
    let name = Regex::new(r#"<sheet name="([^"]+)""#).unwrap();
    let names = name.captures_iter(&parts["xl/workbook.xml"]);
    let names = names.map(|c| c[1].to_owned()).enumerate();
    let read = |(at, name): (usize, String)| {
        let xml = &parts[&format!("xl/worksheets/sheet{}.xml", at + 1)];
        let cells = cell.captures_iter(xml).map(|c| {
            let part = |i: usize| c.get(i).map_or(String::new(), |m| m.as_str().to_owned());
            let value = match &part(4)[..] {
                "s" => shared[part(5).parse::<usize>().unwrap()].clone(),
                _ => part(5),
            };
            (
                (part(2).parse().unwrap(), part(1)),
                (part(4), part(3), value),
            )
        });
        (name, cells.collect())
    };
    names.map(read).collect()
}

fn shown(parts: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for (name, cells) in sheets(parts) {
        out.push_str(&format!("== {name}\n"));
        let mut cells: Vec<_> = cells.into_iter().collect();
        cells.sort_by_key(|((row, column), _)| (*row, column.len(), column.clone()));
        for ((row, column), (kind, style, value)) in cells {
            let kind = if kind.is_empty() { "n" } else { &kind };
            out.push_str(&format!("{column}{row} {kind}{style} {value:?}\n"));
        }
    }
    out
}

#[test]
fn workbooks_are_as_they_were_looked_at() {
    let mut excerpts = order(What::Excerpts, Format::Xlsx);
    excerpts.options = Default::default();
    excerpts.filter.readings = vec![ReadingId::new("qushi").unwrap()];
    let parts = parts(written(&seminar(), &excerpts));
    golden("excerpts.xlsx.txt", &shown(&parts));
    for part in [
        "xl/workbook.xml",
        "xl/styles.xml",
        "docProps/core.xml",
        "xl/worksheets/sheet4.xml",
    ] {
        let name = part.rsplit('/').next().unwrap();
        golden(&format!("{name}.txt"), &parts[part].replace("><", ">\n<"));
    }
}

#[test]
fn a_codebook_has_its_colours() {
    let parts = parts(written(&seminar(), &order(What::Codebook, Format::Xlsx)));
    let all = sheets(&parts);
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Labels", "About"]);
    assert_eq!(all[0].1[&(2, "A".into())].2, "Price of a promise");
    assert!(parts["xl/styles.xml"].contains("<fgColor rgb=\"FFC14438\"/>"));
}

#[test]
fn cells_have_types() {
    let mut project = seminar();
    let id = ReadingId::new("qushi").unwrap();
    let mut meta = project.reading(&id).unwrap().meta.clone();
    meta.year = Some(2013);
    meta.attributes = BTreeMap::from([
        ("a".to_owned(), Value::YesNo(true)),
        ("b".to_owned(), Value::Number(12.5)),
        ("c".to_owned(), Value::Date(date(2026, 11, 22))),
        ("d".to_owned(), Value::Date(date(1850, 1, 1))),
    ]);
    perform(&mut project, [Edit::ChangeReading(id.clone(), meta)]);
    let mut order = order(What::Excerpts, Format::Xlsx);
    order.filter.readings = vec![id];
    let all = sheets(&parts(written(&project, &order)));
    let cells = &all[0].1;
    let heads = cells.iter().filter(|((row, _), _)| *row == 1);
    let columns: BTreeMap<&str, &str> = heads
        .map(|((_, column), (_, _, value))| (value.as_str(), column.as_str()))
        .collect();
    let cell = |name: &str| {
        let (kind, _, value) = &cells[&(2, columns[name].to_owned())];
        (kind.as_str(), value.as_str())
    };
    assert_eq!(cell("year"), ("", "2013"));
    assert_eq!(cell("a"), ("b", "1"));
    assert_eq!(cell("b"), ("", "12.5"));
    assert_eq!(cell("c"), ("", "46348"));
    assert_eq!(cell("d"), ("s", "1850-01-01"));
    let (kind, made) = cell("created (UTC)");
    // The 21st of November 2026, 14:18 in UTC; Excel counts days from the 30th of December 1899.
    let minutes = (made.parse::<f64>().unwrap() - 46347.0) * 1440.0;
    assert_eq!((kind, minutes.round()), ("", 14.0 * 60.0 + 18.0));
}

#[test]
fn the_matrix_counts_what_the_analysis_counts() {
    let project = seminar();
    let corpus = Corpus::new(&project);
    let counted = matrix(&corpus, &Spec::default()).unwrap();
    let all = sheets(&parts(written(
        &project,
        &order(What::Excerpts, Format::Xlsx),
    )));
    let (_, cells) = all.iter().find(|(name, _)| name == "Matrix").unwrap();
    assert_eq!(counted.rows.len(), 6);
    for (row, counts) in counted.counts.iter().enumerate() {
        let here: Vec<u32> = ["B", "C"]
            .iter()
            .map(|column| {
                cells[&(row as u32 + 2, (*column).to_owned())]
                    .2
                    .parse()
                    .unwrap()
            })
            .collect();
        assert_eq!(&here, counts);
        let sum: u32 = cells[&(row as u32 + 2, "D".to_owned())].2.parse().unwrap();
        assert_eq!(sum, counts.iter().sum::<u32>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Text stays text, whatever it looks like, and can be read as XML.
    #[test]
    fn text_is_neither_formula_nor_link(note in "(=|@|\\+|-|http://|internal:|\\{=|_x0041_)?[a<&\"勢\u{1}\u{B}\u{FFFE}\n ]{0,9}") {
        let project = made::project("=HYPERLINK(\"x\")", &[(0, 15)], &note);
        let parts = parts(written(&project, &order(What::Excerpts, Format::Xlsx)));
        for (name, part) in &parts {
            prop_assert!(!part.contains("<f>") && !part.contains("hyperlink"), "{name}");
            let mut reader = quick_xml::Reader::from_str(part);
            while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
            let is_bad = |c: char| c.is_control() && !"\n\t\r".contains(c);
            prop_assert!(!part.contains(is_bad), "{name}");
        }
        let all = sheets(&parts);
        prop_assert_eq!(&all[0].1[&(2, "A".to_owned())].2, "=HYPERLINK(\"x\")");
    }
}
