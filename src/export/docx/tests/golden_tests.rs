//! The parts of a small document, held against files that were looked at: `GLOSSATOR_BLESS=1 cargo test --lib export::docx` writes
//! them anew.

use std::{fs, path::Path};

use super::{file, made, parts};
use crate::{
    export::{
        document::{
            Block, Column, Gloss, Inline, Item, Manner, Passage, Quote, Run, Table, bold, dim,
            italic, text,
        },
        order::Glosses,
    },
    model::{PALETTE, Stance},
};

/// Holds that a part is what the file `tests/golden/docx/<name>` says. Paragraphs, rows and notes begin lines there.
fn golden(name: &str, part: &str) {
    let starts = [
        "w:p",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:footnote",
        "w:comment",
        "w:sectPr",
        "w:num",
        "w:abstractNum",
    ];
    let mut actual = part.to_owned();
    for start in starts {
        for after in [' ', '>'] {
            let tag = format!("<{start}{after}");
            actual = actual.replace(&tag, &format!("\n{tag}"));
        }
    }
    actual.push('\n');
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/docx");
    let path = folder.join(name);
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, &actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{name} came out otherwise:\n{actual}");
}

fn quote(words: &str) -> Block {
    Block::Quote(Quote {
        paragraphs: vec![vec![text(words)]],
        cite: vec![dim("(Walt 1987, 21, ¶12)")],
        aside: vec![bold("Price"), text(" · supports · MK")],
        note: vec![vec![text("Q: For whom?")]],
        color: Some(PALETTE[0]),
    })
}

fn packet() -> Vec<Block> {
    let side = |heading: &str, words: &str| Column {
        heading: vec![text(heading)],
        items: vec![quote(words).into()],
    };
    vec![
        Block::Heading(1, vec![text("Pacts & <prices>")]),
        Block::Heading(2, vec![text("On "), italic("Origins")]),
        Block::Text(Manner::Aside, vec![italic("The Bear")]),
        Block::Text(Manner::Lead, vec![text("States balance.")]),
        Block::Columns(vec![
            side("For", "A promise is paid for twice."),
            side("Against", "“格局” של שלום"),
        ]),
        Block::Text(Manner::Caption, vec![text("For discussion")]),
        Block::List {
            numbered: true,
            items: vec![vec![text("Why?")]],
        },
        Block::Lines(2),
        Block::Break,
        Block::Table(Table {
            head: vec![vec![text("Label")], vec![text("Count")]],
            widths: vec![0.75, 0.25],
            rows: vec![vec![vec![text("Price")], vec![text("2")]]],
        }),
        Block::Text(
            Manner::Body,
            vec![
                text("A claim"),
                Inline::Footnote(vec![
                    text("Walt, "),
                    italic("Origins"),
                    Inline::Run(Run {
                        link: Some("https://a.org/x y".into()),
                        ..Run::new("https://a.org/x y")
                    }),
                ]),
                text(".\u{0}"),
            ],
        ),
    ]
}

/// Two glosses that lie over each other; the second ends in the next paragraph.
fn reading() -> Vec<Block> {
    let gloss = |number: u32, note: &str| Gloss {
        number,
        labels: vec![(format!("Label {number}"), PALETTE[number as usize])],
        stance: Some(Stance::Contests),
        coder: "Maria Kowalska".into(),
        note: note.into(),
        place: String::new(),
        quote: "a pact".into(),
    };
    let run = |words: &str, marks: &[u32]| {
        Inline::Run(Run {
            marks: marks.to_vec(),
            ..Run::new(words)
        })
    };
    let first = Passage {
        number: 1,
        page: Some("21".into()),
        text: vec![
            text("Nobody signs "),
            run("a pact ", &[1]),
            run("for love", &[1, 2]),
            Inline::Gloss(1),
            run(".", &[2]),
        ],
        glosses: vec![gloss(1, "First.\nSecond."), gloss(2, "")],
        ..Passage::default()
    };
    let second = Passage {
        number: 2,
        text: vec![run("Never", &[2]), Inline::Gloss(2), text(" ever.")],
        ..Passage::default()
    };
    vec![Block::Passage(first), Block::Passage(second)]
}

fn written(blocks: Vec<Block>, glosses: Glosses) -> impl Fn(&str) -> String {
    let items: Vec<Item> = blocks.into_iter().map(Item::from).collect();
    let parts = parts(&file(&items, &made::head(), glosses));
    move |name| parts[name].clone()
}

#[test]
fn a_packet() {
    let part = written(packet(), Glosses::Comments);
    golden("packet-document.xml", &part("word/document.xml"));
    golden("packet-footnotes.xml", &part("word/footnotes.xml"));
    golden("packet-numbering.xml", &part("word/numbering.xml"));
    golden("packet-header.xml", &part("word/header1.xml"));
    golden("packet-core.xml", &part("docProps/core.xml"));
}

#[test]
fn an_annotated_reading_with_comments() {
    let part = written(reading(), Glosses::Comments);
    golden("reading-document.xml", &part("word/document.xml"));
    golden("reading-comments.xml", &part("word/comments.xml"));
}

#[test]
fn an_annotated_reading_with_footnotes() {
    let part = written(reading(), Glosses::Footnotes);
    golden("reading-notes-document.xml", &part("word/document.xml"));
    golden("reading-notes-footnotes.xml", &part("word/footnotes.xml"));
}
