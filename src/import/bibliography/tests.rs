use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::{
    edit::{Edit, apply},
    export::{bibliography as written, cite::Names},
    model::{Imprint, Project, Reading, ReadingId, Structure},
    text::Text,
};

struct Shelf(Project);

impl Shelf {
    fn new() -> Self {
        Self(Project::new("p"))
    }

    fn with(mut self, id: &str, file: &str, text: &str, f: impl FnOnce(&mut ReadingMeta)) -> Self {
        let mut meta = ReadingMeta {
            title: id.into(),
            ..ReadingMeta::default()
        };
        f(&mut meta);
        let reading = Reading {
            id: ReadingId::new(id).unwrap(),
            meta,
            text: Text::new(text),
            sha256: id.into(),
            words: 0,
            structure: Structure::default(),
            source_name: file.into(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: Timestamp::UNIX_EPOCH,
        };
        apply(&mut self.0, Edit::AddReading(Arc::new(reading))).unwrap();
        self
    }

    /// What each reading was found to be, and by what.
    fn found(&self, bib: &str) -> Vec<(String, String, How)> {
        let attached = attach(&self.0, &bibliography(bib));
        let found = attached.found.into_iter();
        found
            .map(|f| (f.reading.to_string(), f.entry, f.how))
            .collect()
    }
}

fn bibliography(bib: &str) -> Bibliography {
    parse("a.bib", bib.as_bytes()).unwrap()
}

fn titled(title: &str, author: &str, year: i32) -> impl FnOnce(&mut ReadingMeta) {
    let (title, author) = (title.to_owned(), author.to_owned());
    move |meta: &mut ReadingMeta| {
        meta.title = title;
        meta.authors = vec![author].into_iter().filter(|a| !a.is_empty()).collect();
        meta.year = (year != 0).then_some(year);
    }
}

fn pair(reading: &str, entry: &str, how: How) -> (String, String, How) {
    (reading.into(), entry.into(), how)
}

#[test]
fn a_file_is_known_by_its_name() {
    let shelf = Shelf::new()
        .with("a", "Bo\u{308}hm - Pacts.PDF", "x", |_| {})
        .with("b", "walt_1987.txt", "x", |_| {});
    assert_eq!(
        shelf.found(
            "@book{k1, title={One}, file={Full:files\\1\\Böhm - Pacts.pdf:application/pdf}}\n\
             @book{k2, title={Two}, file={C:\\x\\Walt_1987.pdf}}"
        ),
        [pair("a", "k1", How::File), pair("b", "k2", How::FileStem)]
    );
}

#[test]
fn a_doi_is_told_from_those_of_works_cited() {
    let own = "Alliance Formation\n\nhttps://doi.org/10.2307/2538540\n\nText.\n";
    let long = "Words of the text. ".repeat(400);
    let citing = format!("Another title\n\n{long}\n\nWalt 1985. doi:10.2307/2538540\n");
    let shelf =
        Shelf::new()
            .with("own", "1.pdf", own, |_| {})
            .with("citing", "2.pdf", &citing, |_| {});
    let bib = "@article{walt, title={Alliance Formation and Power}, doi={10.2307/2538540}}";
    assert_eq!(shelf.found(bib), [pair("own", "walt", How::DoiInText)]);
    let only_citing = Shelf::new().with("citing", "2.pdf", &citing, |_| {});
    assert_eq!(only_citing.found(bib), []);
    let stored = Shelf::new().with("s", "3.pdf", "x", |m| {
        m.imprint.doi = "10.2307/2538540".into()
    });
    assert_eq!(stored.found(bib), [pair("s", "walt", How::Doi)]);
}

#[test]
fn titles_are_compared_without_what_is_spelled_otherwise() {
    let found = |title: &str, bib: &str| {
        let shelf = Shelf::new().with("r", "r.pdf", "x", titled(title, "Walt, S.", 1987));
        shelf.found(bib).len()
    };
    let bib =
        "@book{k, title={The Origins of {Alliances}: A Study}, author={Walt, Stephen}, year=1987}";
    for title in [
        "The origins of alliances – a study",
        "The Origins of Alliances",
        "The Origins of Aliances: A Study",
    ] {
        assert_eq!(found(title, bib), 1, "{title}");
    }
    for title in ["The Origins of War", "Origins", "A Study"] {
        assert_eq!(found(title, bib), 0, "{title}");
    }
    // A title that many works have needs an author.
    let introduction = "@incollection{k, title={Introduction}, author={Other, O.}, year=1987}";
    assert_eq!(found("Introduction", introduction), 0);
    let introduction = "@incollection{k, title={Introduction}, author={Walt, S.}, year=1987}";
    assert_eq!(found("Introduction", introduction), 1);
}

#[test]
fn a_title_at_the_beginning_of_the_text_counts_with_its_author() {
    let text = "Alliance Formation\nand the Balance of Power\n\nStephen M. Walt\n\nText.\n";
    let shelf = Shelf::new().with("r", "microsoft-word.pdf", text, |_| {});
    let bib = |author: &str| {
        format!(
            "@article{{k, title={{Alliance Formation and the Balance of Power}}, author={{{author}}}}}"
        )
    };
    assert_eq!(
        shelf.found(&bib("Walt, Stephen M.")),
        [pair("r", "k", How::TitleInText)]
    );
    assert_eq!(shelf.found(&bib("Other, O.")), []);
}

#[test]
fn years_part_what_titles_do_not_and_a_tie_decides_nothing() {
    let shelf = || {
        Shelf::new()
            .with(
                "one",
                "1.pdf",
                "x",
                titled("The Yearly Report of Pacts", "Lee", 2001),
            )
            .with(
                "two",
                "2.pdf",
                "x",
                titled("The Yearly Report of Pacts", "Lee", 2005),
            )
    };
    let bib = "@book{k, title={The Yearly Report of Pacts}, author={Lee}, year=2005}";
    assert_eq!(shelf().found(bib), [pair("two", "k", How::Title)]);
    let tie = "@book{k, title={The Yearly Report of Pacts}, author={Lee}}";
    let attached = attach(&shelf().0, &bibliography(tie));
    assert!(attached.edit.is_none() && attached.found.is_empty() && attached.unmatched.is_empty());
    let ids: Vec<&str> = attached.ambiguous[0].1.iter().map(|r| r.as_str()).collect();
    assert_eq!(ids, ["one", "two"]);
    assert!(attached.lines()[1].contains("“k” was not attached: it may be one or two."));
}

#[test]
fn two_entries_for_one_reading_decide_nothing_unless_they_say_the_same() {
    let shelf = Shelf::new().with("r", "a.pdf", "x", |_| {});
    let differing = "@book{k1, title={One}, file={a.pdf}}\n@book{k2, title={Two}, file={a.pdf}}";
    let attached = attach(&shelf.0, &bibliography(differing));
    assert_eq!((attached.found.len(), attached.ambiguous.len()), (0, 2));
    let same = "@book{k1, title={One}, file={a.pdf}}\n@book{k2, title={one}, file={a.pdf}}";
    assert_eq!(shelf.found(same), [pair("r", "k1", How::File)]);
}

#[test]
fn what_was_guessed_is_replaced_once_and_what_is_empty_filled() {
    let mut shelf = Shelf::new()
        .with("r", "a.pdf", "x", titled("Origns", "", 1986))
        .with("other", "b.pdf", "x", |_| {});
    let bib = bibliography(
        "@book{walt1987, title={The Origins of Alliances}, author={Walt, Stephen M.}, year=1987, publisher={CUP}, file={a.pdf}}\n\
         @book{none, title={Of nothing here}}",
    );
    let attached = attach(&shelf.0, &bib);
    let found = &attached.found[0];
    assert_eq!(found.filled, ["kind", "publisher", "key", "authors"]);
    let was = |name, old: &str| (name, old.to_owned());
    assert_eq!(
        found.replaced,
        [was("title", "Origns"), was("year", "1986")]
    );
    assert_eq!(
        attached.lines(),
        [
            "1 reading found in the bibliography, 1 changed.",
            "r is “walt1987”, by file name: kind, publisher, key, authors filled in; title replaced (was “Origns”); \
             year replaced (was “1986”).",
            "Readings without an entry (1): other.",
            "Entries without a reading (1): none.",
        ]
    );
    apply(&mut shelf.0, attached.edit.unwrap()).unwrap();
    // What people correct after that stays.
    let id = ReadingId::new("r").unwrap();
    let mut meta = shelf.0.reading(&id).unwrap().meta.clone();
    meta.title = "My title".into();
    meta.publisher.clear();
    apply(&mut shelf.0, Edit::ChangeReading(id, meta)).unwrap();
    let again = attach(&shelf.0, &bib);
    assert_eq!(again.found[0].filled, ["publisher"]);
    assert!(again.found[0].replaced.is_empty());
    apply(&mut shelf.0, again.edit.unwrap()).unwrap();
    assert!(attach(&shelf.0, &bib).edit.is_none());
}

#[test]
fn bibliographies_are_told_by_ending_and_content() {
    assert!(is_bibliography("Library.BIB", b"@book{a}"));
    assert!(is_bibliography(
        "a.json",
        b"[{\"type\":\"book\",\"id\":\"a\"}]"
    ));
    assert!(!is_bibliography("a.json", b"{\"name\":\"package\"}"));
    assert!(is_bibliography("a.ris", b"\nTY  - BOOK\n"));
    assert!(!is_bibliography("a.ris", b"words"));
    assert!(!is_bibliography("a.txt", b"@book{a}"));
    let error = parse("a.json", b"[").unwrap_err();
    assert_eq!(
        error.what(),
        "“a.json” holds no bibliography that can be read"
    );
    let latin = parse("a.bib", b"@book{a, title={B\xF6hm f\xFCr Verb\xFCndete}}").unwrap();
    assert_eq!(latin.entries[0].meta.title, "Böhm für Verbündete");
}

fn word() -> impl Strategy<Value = String> {
    "[A-Z勢é][a-zö]{0,4}([ :&%_#$^][a-z0-9]{1,3})?"
}

/// What can be said of a reading; kinds that both formats know.
fn any_meta() -> impl Strategy<Value = ReadingMeta> {
    let author = prop_oneof![
        "[A-Z][a-zö]{1,4}, [A-Z]\\.( [A-Z]\\.)?",
        "[A-Z][a-z]{1,3} [A-Z][a-z]{1,3}",
        "[A-Z][a-z]{1,3}, [A-Z], Jr\\."
    ];
    let kinds = [
        "article",
        "newspaper article",
        "book",
        "chapter",
        "conference paper",
        "PhD thesis",
        "web page",
    ];
    (
        word(),
        prop::collection::vec(author, 0..4),
        prop::option::of(1900i32..2030),
        prop::sample::select(kinds.to_vec()),
        prop::collection::vec(word(), 6),
        any::<bool>(),
    )
        .prop_map(|(title, mut authors, year, kind, words, edited)| {
            if edited {
                authors = authors.iter().map(|a| format!("{a} (ed.)")).collect();
            }
            let of = |i: usize| words[i].clone();
            let part = matches!(
                kind,
                "article" | "newspaper article" | "chapter" | "conference paper" | "web page"
            );
            let number = |i: usize| {
                if kind == "article" {
                    of(i)
                } else {
                    String::new()
                }
            };
            ReadingMeta {
                title,
                authors,
                year,
                kind: kind.into(),
                publisher: of(0),
                url: if kind == "web page" {
                    "https://a.b/c_d?e=%20".into()
                } else {
                    String::new()
                },
                imprint: Imprint {
                    container: if part { of(1) } else { String::new() },
                    volume: number(2),
                    issue: number(3),
                    pages: "3–43".into(),
                    place: of(4),
                    doi: "10.1000/a_b<c>".into(),
                    accessed: "2026-11-22".into(),
                    key: "walt1987".into(),
                },
                page_shift: None,
                attributes: Default::default(),
            }
        })
}

fn any_entry() -> impl Strategy<Value = Entry> {
    (
        "[A-C][a-c]{0,3}( [a-b]{1,4}){0,3}(: [a-c]{2})?",
        prop::option::of("[A-B][a-b]{0,2}, C"),
        prop::option::of(2000i32..2003),
        prop::option::of("[a-c]\\.pdf"),
        prop::option::of("10\\.1000/[a-b]"),
    )
        .prop_map(|(title, author, year, file, doi)| Entry {
            meta: ReadingMeta {
                title,
                authors: author.into_iter().collect(),
                year,
                imprint: Imprint {
                    doi: doi.unwrap_or_default(),
                    ..Imprint::default()
                },
                ..ReadingMeta::default()
            },
            files: file.into_iter().collect(),
            line: 1,
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(meta in any_meta()) {
        let shelf = Shelf::new().with("r", "r.pdf", "x", |m| *m = meta.clone());
        let shelves = shelf.0.shelves();
        let readings = || shelves.iter().map(|s| &*s.reading);
        let names = Names::of(&shelf.0);
        for (file, text) in [
            ("a.bib", written::bibtex(&names, readings())),
            ("a.json", written::csl_json(&names, readings())),
        ] {
            let read = parse(file, text.as_bytes()).unwrap();
            prop_assert_eq!(&read.remarks, &Vec::<String>::new(), "{}", text);
            prop_assert_eq!(&read.entries[0].meta, &meta, "{}", text);
        }
    }

    #[test]
    fn nothing_is_matched_twice_or_lost(
        entries in prop::collection::vec(any_entry(), 0..8),
        readings in prop::collection::vec(any_entry(), 0..8),
    ) {
        let mut shelf = Shelf::new();
        for (i, reading) in readings.iter().enumerate() {
            let file = reading.files.first().cloned().unwrap_or_default();
            let text = format!("{}\n\n{}\n", reading.meta.title, reading.meta.imprint.doi);
            shelf = shelf.with(&format!("r{i}"), &file, &text, |m| *m = reading.meta.clone());
        }
        let bibliography = Bibliography { entries, remarks: Vec::new() };
        let attached = attach(&shelf.0, &bibliography);
        let said = attached.found.len() + attached.ambiguous.len() + attached.unmatched.len();
        prop_assert_eq!(said, bibliography.entries.len());
        prop_assert_eq!(attached.found.len() + attached.left.len(), readings.len());
        let ids: std::collections::BTreeSet<_> = attached.found.iter().map(|f| &f.reading).collect();
        prop_assert_eq!(ids.len(), attached.found.len());
        if let Some(edit) = attached.edit {
            apply(&mut shelf.0, edit).unwrap();
        }
    }
}
