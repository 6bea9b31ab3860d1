//! What comes out of a project, held against files that were looked at: `GLOSSATOR_BLESS=1 cargo test --test export` writes them
//! anew. And that what comes out as RON can come in again.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../common/mod.rs"]
mod common;
mod documents;
mod hostile;
mod orders;

use std::{collections::BTreeSet, fs, path::Path};

use common::{minute, seminar};
use glossator::{
    export::{
        Filter,
        cite::Style,
        markdown::{self, ExcerptOptions, Group},
        ron::{self, Annotated, RonOptions},
    },
    model::{CoderId, LabelId, Project, ReadingId},
};
use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// Holds that `actual` is what the file `tests/golden/<name>` says.
fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} came out otherwise; look at it with GLOSSATOR_BLESS=1 and git diff:\n{actual}"
    );
}

fn only_price() -> Filter {
    Filter {
        labels: vec![LabelId::new("price").unwrap()],
        coders: vec![CoderId::new("MK").unwrap()],
        ..Filter::default()
    }
}

#[test]
fn ron() {
    let all = ron::write(
        &seminar(),
        &Filter::default(),
        &RonOptions::default(),
        minute(99),
    );
    golden("seminar.ron", &all);
    let some = ron::write(
        &seminar(),
        &only_price(),
        &RonOptions { text: false },
        minute(99),
    );
    golden("seminar-price-without-text.ron", &some);
}

#[test]
fn excerpts_by_label() {
    let options = ExcerptOptions {
        group: Group::Label,
        definitions: true,
        ..ExcerptOptions::default()
    };
    golden(
        "excerpts-by-label.md",
        &markdown::excerpts(&seminar(), &Filter::default(), &options),
    );
    golden(
        "excerpts-price.md",
        &markdown::excerpts(&seminar(), &only_price(), &ExcerptOptions::default()),
    );
}

#[test]
fn excerpts_by_reading() {
    let options = ExcerptOptions {
        group: Group::Reading,
        definitions: true,
        ..ExcerptOptions::default()
    };
    golden(
        "excerpts-by-reading.md",
        &markdown::excerpts(&seminar(), &Filter::default(), &options),
    );
}

#[test]
fn excerpts_with_notes_and_with_numbers() {
    for (style, name) in [(Style::Note, "note"), (Style::Numeric, "numeric")] {
        let options = ExcerptOptions {
            cite: style,
            ..ExcerptOptions::default()
        };
        golden(
            &format!("excerpts-{name}.md"),
            &markdown::excerpts(&seminar(), &Filter::default(), &options),
        );
    }
}

#[test]
fn annotated_readings() {
    for id in ["who-gains-from-a-pact", "qushi"] {
        let id = ReadingId::new(id).unwrap();
        golden(
            &format!("annotated-{id}.md"),
            &markdown::annotated(&seminar(), &id, &Filter::default(), Style::default()),
        );
    }
}

/// What a viewer makes of Markdown: the kinds of elements in it, and the text.
fn viewed(markdown: &str, options: Options) -> (BTreeSet<String>, String) {
    let (mut kinds, mut text) = (BTreeSet::new(), String::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(tag) => {
                let tag = format!("{tag:?}");
                kinds.insert(tag.split(['(', ' ', '{']).next().unwrap().to_owned());
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) | Event::HardBreak => {
                text.push('\n')
            }
            Event::End(_) => {}
            Event::FootnoteReference(_) => text.push('†'),
            other => {
                kinds.insert(format!("{other:?}"));
            }
        }
    }
    (kinds, text)
}

fn every_markdown() -> Vec<String> {
    let (seminar, all) = (seminar(), Filter::default());
    let ids: Vec<ReadingId> = seminar
        .shelves()
        .iter()
        .map(|s| s.reading.id.clone())
        .collect();
    let mut every = Vec::new();
    for cite in Style::ALL {
        let annotated = ids
            .iter()
            .map(|id| markdown::annotated(&seminar, id, &all, cite));
        every.extend(annotated);
        every.extend([Group::Label, Group::Reading].map(|group| {
            let options = ExcerptOptions {
                group,
                definitions: true,
                cite,
            };
            markdown::excerpts(&seminar, &all, &options)
        }));
    }
    every
}

#[test]
fn nothing_in_a_text_becomes_markup_in_any_viewer() {
    let wanted = [
        "BlockQuote",
        "Emphasis",
        "FootnoteDefinition",
        "Heading",
        "Link",
        "Paragraph",
        "Strong",
    ];
    let everything = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION);
    for markdown in every_markdown() {
        for options in [Options::empty(), Options::ENABLE_GFM, everything] {
            let (kinds, _) = viewed(&markdown, options);
            let other: Vec<_> = kinds
                .iter()
                .filter(|k| !wanted.contains(&k.as_str()))
                .collect();
            assert_eq!(other, Vec::<&String>::new(), "{markdown}");
        }
    }
}

#[test]
fn an_annotated_reading_holds_its_text_as_it_was() {
    let seminar = seminar();
    for shelf in seminar.shelves() {
        let reading = &shelf.reading;
        let markdown =
            markdown::annotated(&seminar, &reading.id, &Filter::default(), Style::default());
        let (_, shown) = viewed(&markdown, Options::ENABLE_FOOTNOTES);
        let shown = shown.replace('†', "");
        for &paragraph in reading.text.paragraphs() {
            let line = reading.text.slice(paragraph).trim();
            assert!(
                shown.lines().any(|l| l == line),
                "{line}\nis not in\n{shown}"
            );
        }
    }
}

#[test]
fn footnotes_are_paragraphs_to_a_viewer_that_knows_none() {
    for markdown in every_markdown() {
        let (_, shown) = viewed(&markdown, Options::empty());
        let definitions = markdown.lines().filter(|l| l.starts_with("[^")).count();
        assert_eq!(
            shown.lines().filter(|l| l.starts_with("[^")).count(),
            definitions
        );
    }
}

#[test]
fn a_filter_lets_through_what_all_its_lists_do() {
    let count = |filter: &Filter| filter.select(&seminar()).len();
    let label = |id: &str| LabelId::new(id).unwrap();
    let (mk, price) = (CoderId::new("MK").unwrap(), label("price"));
    let with = |f: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        f(&mut filter);
        count(&filter)
    };
    assert_eq!(with(&|_| {}), 12);
    assert_eq!(with(&|f| f.coders = vec![mk.clone()]), 7);
    assert_eq!(with(&|f| f.labels = vec![price.clone()]), 8);
    assert_eq!(
        with(&|f| f.labels = vec![label("entrapment"), label("shi")]),
        3
    );
    assert_eq!(
        with(&|f| f.readings = vec![ReadingId::new("qushi").unwrap()]),
        4
    );
    assert_eq!(count(&only_price()), 4);
    assert_eq!(with(&|f| f.labels = vec![label("nowhere")]), 0);
}

#[test]
fn the_codebook_that_goes_along_is_all_or_what_is_used_and_what_is_above() {
    let codebook = |labels: &[&str]| {
        let labels = labels.iter().map(|l| LabelId::new(l).unwrap()).collect();
        let filter = Filter {
            labels,
            ..Filter::default()
        };
        let seminar = seminar();
        let ids: Vec<_> = filter
            .select(&seminar)
            .codebook(&seminar)
            .iter()
            .map(|(_, l)| l.id.to_string())
            .collect();
        ids.join(" ")
    };
    assert_eq!(
        codebook(&[]),
        "price pledge entrapment flexibility shi unused"
    );
    assert_eq!(codebook(&["shi"]), "flexibility shi");
    assert_eq!(codebook(&["entrapment"]), "price entrapment");
}

#[test]
fn nothing_to_write_is_said() {
    let none = markdown::excerpts(
        &Project::new("Empty"),
        &Filter::default(),
        &ExcerptOptions::default(),
    );
    assert_eq!(
        none,
        "# Empty\n\nExcerpts by label: 0 excerpts from 0 readings.\n"
    );
    let nowhere = ReadingId::new("nowhere").unwrap();
    assert_eq!(
        markdown::annotated(&seminar(), &nowhere, &Filter::default(), Style::default()),
        ""
    );
}

#[test]
fn offsets_are_what_they_say() {
    let ron = ron::write(
        &seminar(),
        &Filter::default(),
        &RonOptions::default(),
        minute(0),
    );
    let annotated = Annotated::parse(&ron).unwrap();
    for h in &annotated.highlights {
        let reading = annotated
            .readings
            .iter()
            .find(|r| r.id == h.reading)
            .unwrap();
        let text = reading.text.as_deref().unwrap();
        assert_eq!(
            &text[h.start.unwrap() as usize..h.end.unwrap() as usize],
            h.quote
        );
        let chars: String = text
            .chars()
            .take(h.end_char.unwrap() as usize)
            .skip(h.start_char.unwrap() as usize)
            .collect();
        assert_eq!(chars, h.quote);
        assert!(text.contains(&format!("{}{}{}", h.before, h.quote, h.after)));
    }
    let again = ::ron::ser::to_string(&annotated).unwrap();
    assert_eq!(Annotated::parse(&again).unwrap(), annotated);
}
