use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::{entry::short_title, *};
use crate::{
    model::{Imprint, Note, Page, ReadingMeta, Shelf, Structure},
    text::Text,
};

fn meta(authors: &[&str], title: &str, year: Option<i32>) -> ReadingMeta {
    ReadingMeta {
        title: title.into(),
        authors: authors.iter().map(|&a| a.to_owned()).collect(),
        year,
        ..ReadingMeta::default()
    }
}

fn book() -> ReadingMeta {
    let mut book = meta(
        &["Walt, Stephen M."],
        "The Origins of Alliances",
        Some(1987),
    );
    book.publisher = "Cornell University Press".into();
    book.imprint.place = "Ithaca".into();
    book
}

fn article() -> ReadingMeta {
    let title = "Alliance Formation and the Balance of World Power";
    let mut article = meta(&["Walt, Stephen M."], title, Some(1985));
    article.kind = "article".into();
    article.imprint = Imprint {
        container: "International Security".into(),
        volume: "9".into(),
        issue: "4".into(),
        pages: "3-43".into(),
        doi: "https://doi.org/10.2307/2538540".into(),
        ..Imprint::default()
    };
    article
}

fn chapter() -> ReadingMeta {
    let mut chapter = meta(&["Lo, Bobo", "Hill, Fiona"], "Who leads?", Some(2013));
    chapter.publisher = "Brookings".into();
    chapter.imprint.place = "Washington".into();
    chapter.imprint.container = "Putin’s Russia".into();
    chapter.imprint.pages = "10–20".into();
    chapter
}

fn thesis() -> ReadingMeta {
    let mut thesis = meta(&["Böhm, K. T."], "Pacts “of steel”", Some(2001));
    thesis.kind = "PhD thesis".into();
    thesis.publisher = "University of Oslo".into();
    thesis
}

fn web() -> ReadingMeta {
    let mut web = meta(&[], "What is a pact?", None);
    web.imprint.container = "Pacts Online".into();
    web.imprint.accessed = "2026-11-22".into();
    web.url = "https://example.org/pact".into();
    web
}

fn op_ed() -> ReadingMeta {
    let mut op_ed = meta(&["A, B", "C, D", "E, F", "G, H"], "No pact", Some(2014));
    op_ed.kind = "op-ed".into();
    op_ed.imprint.container = "The Daily".into();
    op_ed
}

const TEXT: &str = "Title\n\nFirst “so” it says.[3] Then more.\n\nSecond.\n";

fn reading(id: &str, meta: ReadingMeta, pages: bool) -> Reading {
    let text = Text::new(TEXT);
    let mark = Span::new(
        TEXT.find("[3]").unwrap() as u32,
        TEXT.find(" Then").unwrap() as u32,
    );
    let page = |find: &str, label: &str| Page {
        start: TEXT.find(find).unwrap() as u32,
        label: label.into(),
    };
    Reading {
        id: ReadingId::new(id).unwrap(),
        meta,
        sha256: String::new(),
        words: 0,
        structure: Structure {
            notes: vec![Note { mark, body: mark }],
            pages: match pages {
                true => vec![page("Title", "1"), page("Then", "2")],
                false => Vec::new(),
            },
            ..Structure::default()
        },
        text,
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    }
}

fn project(readings: Vec<Reading>) -> Project {
    let mut project = Project::new("p");
    for reading in readings {
        let shelf = Shelf {
            reading: Arc::new(reading),
            highlights: crate::model::HighlightSet::default(),
        };
        project.readings.insert(shelf.reading.id.clone(), shelf);
    }
    project
}

fn span(from: &str, to: &str) -> Span {
    let end = TEXT.find(to).unwrap() + to.len();
    Span::new(TEXT.find(from).unwrap() as u32, end as u32)
}

#[test]
fn a_passage_is_quoted_with_its_citation() {
    let project = project(vec![reading("walt", book(), true)]);
    let walt = project.reading(&ReadingId::new("walt").unwrap()).unwrap();
    let names = Names::of(&project);
    let quote = |span| {
        let cited = names.passage(walt, &Place::of(walt, span));
        format!("{} {cited}", quoted(walt, span))
    };
    assert_eq!(
        quote(span("First", "says.[3]")),
        "“First ‘so’ it says.” (Walt 1987, 1, ¶2)"
    );
    assert_eq!(
        quote(span("it says", "Second.")),
        "“it says. Then more. Second.” (Walt 1987, 1–2, ¶2–3)"
    );
    // A quote that begins and ends within a mark holds the rest of the text only.
    assert_eq!(quoted_text(walt, span("3]", "Then")), "Then");
    assert_eq!(quoted_text(walt, span("says", "[3")), "says.");
    assert_eq!(quoted_text(walt, span("[3]", "[3]")), "");
    assert_eq!(locator(walt, span("Then", "more")), "2, ¶2");
    let place = Place::with_sentence(walt, span("Then", "more"));
    assert_eq!(place.to_string(), "2, ¶2, s. 2");
    let plain = reading("plain", book(), false);
    assert_eq!(locator(&plain, span("Then", "Second")), "¶2–3");
}

#[test]
fn printed_pages_are_cited_where_they_are_known() {
    let mut walt = reading("walt", book(), true);
    walt.meta.page_shift = Some(114);
    assert_eq!(locator(&walt, span("Title", "more")), "115–116, ¶1–2");
}

#[test]
fn works_alike_get_letters_in_the_order_of_import() {
    let at = |mut r: Reading, n| {
        r.imported = Timestamp::from_second(n).unwrap();
        r
    };
    let mut later = meta(&["Walt, Stephen M."], "Aaa", Some(1987));
    later.publisher = "P".into();
    let project = project(vec![
        at(reading("a", later, false), 2),
        at(reading("z", book(), false), 1),
        at(reading("n1", meta(&["Lee"], "X", None), false), 3),
        at(reading("n2", meta(&["Lee"], "Y", None), false), 4),
        at(reading("t1", meta(&[], "X", None), false), 3),
        at(reading("one", article(), false), 3),
    ]);
    let names = Names::of(&project);
    let short = |id: &str| names.short(project.reading(&ReadingId::new(id).unwrap()).unwrap());
    assert_eq!(short("z"), "Walt 1987a");
    assert_eq!(short("a"), "Walt 1987b");
    assert_eq!(short("n2"), "Lee n.d.-b");
    assert_eq!(short("t1"), "“X”");
    assert_eq!(short("one"), "Walt 1985");
    let mut citer = Citer::new(&project, Style::AuthorYear);
    for shelf in project.shelves() {
        citer.add(&shelf.reading);
    }
    let list: Vec<String> = citer.references().iter().map(Rich::text).collect();
    assert_eq!(list[0], "Lee. n.d.-a. “X.”");
    assert_eq!(
        list[3],
        "Walt, Stephen M. 1987a. The Origins of Alliances. Ithaca: Cornell University Press."
    );
    assert_eq!(list[4], "Walt, Stephen M. 1987b. Aaa. P.");
    assert_eq!(list[5], "“X.”");
}

#[test]
fn a_revised_reading_keeps_its_letter() {
    let mut first = reading("first", book(), false);
    first.imported = Timestamp::from_second(1).unwrap();
    let mut other = reading("other", book(), false);
    other.imported = Timestamp::from_second(2).unwrap();
    let mut revised = reading("revised", book(), false);
    revised.imported = Timestamp::from_second(3).unwrap();
    revised.revises = Some(first.id.clone());
    let mut project = project(vec![other, revised.clone()]);
    let removed = Shelf {
        reading: Arc::new(first),
        highlights: crate::model::HighlightSet::default(),
    };
    project.removed.insert(removed.reading.id.clone(), removed);
    assert_eq!(Names::of(&project).short(&revised), "Walt 1987a");
}

fn listed(meta: ReadingMeta, style: Style) -> String {
    let project = project(vec![reading("r", meta, false)]);
    let shelves = project.shelves();
    let mut citer = Citer::new(&project, style);
    citer.add(&shelves[0].reading);
    marked(&citer.references()[0])
}

/// With asterisks around italics.
fn marked(rich: &Rich) -> String {
    let marked = |piece: &Piece| match piece {
        Piece::Italic(text) => format!("*{text}*"),
        other => other.text().to_owned(),
    };
    rich.pieces().iter().map(marked).collect()
}

#[test]
fn references_by_author_and_year() {
    let list = |meta| listed(meta, Style::AuthorYear);
    assert_eq!(
        list(book()),
        "Walt, Stephen M. 1987. *The Origins of Alliances*. Ithaca: Cornell University Press."
    );
    assert_eq!(
        list(article()),
        "Walt, Stephen M. 1985. “Alliance Formation and the Balance of World Power.” *International Security* 9 (4): 3–43. \
         https://doi.org/10.2307/2538540."
    );
    assert_eq!(
        list(chapter()),
        "Lo, Bobo, and Fiona Hill. 2013. “Who leads?” In *Putin’s Russia*, 10–20. Washington: Brookings."
    );
    assert_eq!(
        list(thesis()),
        "Böhm, K. T. 2001. “Pacts ‘of steel.’” PhD thesis, University of Oslo."
    );
    assert_eq!(
        list(web()),
        "“What is a pact?” Pacts Online. Accessed 22 November 2026. https://example.org/pact."
    );
    assert_eq!(
        list(op_ed()),
        "A, B, D C, F E, and H G. 2014. “No pact.” *The Daily*."
    );
    let mut edited = book();
    edited.authors = vec!["Kaplan, Morton A. (ed.)".into()];
    assert_eq!(
        list(edited),
        "Kaplan, Morton A., ed. 1987. *The Origins of Alliances*. Ithaca: Cornell University Press."
    );
}

#[test]
fn references_of_notes_and_numbers() {
    let list = |meta| listed(meta, Style::Note);
    assert_eq!(
        list(book()),
        "Walt, Stephen M. *The Origins of Alliances*. Ithaca: Cornell University Press, 1987."
    );
    assert_eq!(
        list(article()),
        "Walt, Stephen M. “Alliance Formation and the Balance of World Power.” *International Security* 9, no. 4 (1985): 3–43. \
         https://doi.org/10.2307/2538540."
    );
    assert_eq!(
        list(op_ed()),
        "A, B, D C, F E, and H G. “No pact.” *The Daily*, 2014."
    );
    assert_eq!(
        listed(chapter(), Style::Numeric),
        "[1] Bobo Lo and Fiona Hill, “Who leads?” in *Putin’s Russia* (Washington: Brookings, 2013), 10–20."
    );
}

#[test]
fn notes_are_full_at_first_and_short_later() {
    let notes = |meta: ReadingMeta, pages: bool| {
        let project = project(vec![reading("r", meta, pages)]);
        let shelves = project.shelves();
        let reading = &shelves[0].reading;
        let place = Place::of(reading, span("Then", "more"));
        let mut citer = Citer::new(&project, Style::Note);
        let first = marked(&citer.cite(reading, &place));
        (first, marked(&citer.cite(reading, &place)))
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        notes(book(), true),
        pair(
            "Stephen M. Walt, *The Origins of Alliances* (Ithaca: Cornell University Press, 1987), 2, ¶2.",
            "Walt, *Origins of Alliances*, 2, ¶2."
        )
    );
    assert_eq!(
        notes(article(), true).0,
        "Stephen M. Walt, “Alliance Formation and the Balance of World Power,” *International Security* 9, no. 4 (1985): \
         3–43, at 2, ¶2, https://doi.org/10.2307/2538540."
    );
    assert_eq!(
        notes(web(), false),
        pair(
            "“What is a pact?” Pacts Online, ¶2, accessed 22 November 2026, https://example.org/pact.",
            "“What is a pact?” ¶2."
        )
    );
    assert_eq!(
        notes(op_ed(), false).0,
        "B A et al., “No pact,” *The Daily*, 2014, ¶2."
    );
    let mut bare = article();
    bare.imprint.pages.clear();
    bare.imprint.doi.clear();
    assert!(notes(bare.clone(), true).0.ends_with("(1985): 2, ¶2."));
    assert!(notes(bare, false).0.ends_with("(1985), ¶2."));
}

#[test]
fn numbers_go_by_first_citation() {
    let project = project(vec![
        reading("a", article(), true),
        reading("b", book(), true),
    ]);
    let get = |id: &str| project.reading(&ReadingId::new(id).unwrap()).unwrap();
    let (a, b) = (get("a"), get("b"));
    let mut citer = Citer::new(&project, Style::Numeric);
    let mut cite = |r, from, to| citer.cite(r, &Place::of(r, span(from, to))).text();
    assert_eq!(cite(b, "Then", "more"), "[1, p. 2, ¶2]");
    assert_eq!(cite(a, "First", "more"), "[2, pp. 1–2, ¶2]");
    assert_eq!(cite(b, "First", "says"), "[1, p. 1, ¶2]");
    let list = citer.references();
    assert!(
        list[0]
            .text()
            .starts_with("[1] Stephen M. Walt, The Origins")
    );
    assert_eq!(list.len(), 2);
}

#[test]
fn titles_are_shortened_where_they_part() {
    assert_eq!(short_title("The Tragedy: A Theory of Power"), "Tragedy");
    assert_eq!(short_title("Who Leads? A Note"), "Who Leads");
    assert_eq!(short_title("A"), "A");
    assert_eq!(short_title(": x"), ": x");
}

fn field() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[ ]?[A-Z勢][a-z]{1,2}[ ]?"]
}

fn any_meta() -> impl Strategy<Value = ReadingMeta> {
    let kinds = ["", "article", "chapter", "book", "thesis", "web page"];
    (
        (
            prop::collection::vec("[A-Z][a-z]{1,3}(, [A-Z]\\.)?( \\(ed\\.\\))?", 0..13),
            "[A-Z][a-z]{1,3}( “[a-z]”)?(: [a-z]{2})?[?!.]?",
            prop::option::of(1900i32..2030),
            prop::sample::select(kinds.to_vec()),
        ),
        prop::collection::vec(field(), 8),
        prop::sample::select(vec!["", "2026-11-22", "yesterday"]),
    )
        .prop_map(|((authors, title, year, kind), fields, accessed)| {
            let f = |i: usize| fields[i].clone();
            ReadingMeta {
                title,
                authors,
                year,
                kind: kind.into(),
                publisher: f(0),
                url: f(1),
                imprint: Imprint {
                    container: f(2),
                    volume: f(3),
                    issue: f(4),
                    pages: f(5),
                    place: f(6),
                    doi: f(7),
                    accessed: accessed.into(),
                    key: String::new(),
                },
                page_shift: None,
                attributes: Default::default(),
            }
        })
}

proptest! {
    #[test]
    fn what_is_missing_leaves_no_punctuation(meta in any_meta(), pages in any::<bool>()) {
        let project = project(vec![reading("r", meta, pages)]);
        let shelves = project.shelves();
        let reading = &*shelves[0].reading;
        let place = Place::of(reading, span("Then", "more"));
        let mut all = Vec::new();
        for style in Style::ALL {
            let mut citer = Citer::new(&project, style);
            all.push((style, citer.cite(reading, &place).text()));
            all.push((style, citer.cite(reading, &place).text()));
            all.extend(citer.references().iter().map(|r| (style, r.text())));
        }
        for (style, text) in all {
            let stray = [
                "  ", ",,", "..", " ,", " .", " :", " ;", "()", "( ", " )", "[,", "“”", "“ ", ",.", ":.", ":,", ": .", "?.", "!.", "?,",
                "!,", ". ,", ", ,", ", .", ", :", ".:", "(,", ",)", ":)", "(:", "In .", "in .", "””",
            ];
            for pair in stray {
                prop_assert!(!text.contains(pair), "{:?} in {} ({:?})", pair, text, style);
            }
            prop_assert_eq!(text.trim(), &text);
            let ends = text.trim_end_matches(['”', '’']);
            prop_assert!(ends.ends_with(['.', '?', '!', ')', ']']), "{}", text);
        }
    }
}
