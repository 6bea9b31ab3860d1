//! Random documents, and what is to be read in them.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::{
    export::document::{Column, Gloss, Inlines, Passage, Table, italic, plain},
    model::{PALETTE, Stance},
};

const WORDS: [&str; 24] = [
    "ally",
    "promise",
    "the",
    "of",
    "price",
    "office",
    "affluent",
    "a",
    "“when”",
    "and",
    "Ø",
    "1997–2001",
    "¹²³",
    "国际格局，",
    "勢",
    "Кириллица",
    "cafe\u{301}",
    "ש",
    "🙂",
    "\u{AD}soft\u{AD}hyphen\u{AD}",
    "a\u{200B}b",
    "https://example.org/a/very/long/address?with=all&that=may#be",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiterin",
    "(x)",
];

pub(super) fn words(most: usize) -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), 1..most).prop_map(|words| words.join(" "))
}

fn inlines(most: usize) -> impl Strategy<Value = Inlines> {
    let piece = (words(most), 0..8_u8).prop_map(|(words, manner)| match manner {
        0 => italic(words),
        1 => Inline::Run(Run {
            bold: true,
            dim: true,
            ..Run::new(words)
        }),
        2 => Inline::Run(Run {
            link: Some("https://example.org".into()),
            ..Run::new(words)
        }),
        3 => Inline::Break,
        4 => Inline::Footnote(vec![text(words)]),
        _ => text(words),
    });
    vec(piece, 1..5).prop_map(|mut all| {
        all.insert(0, text("x"));
        all
    })
}

/// A block that may stand in a column.
pub(super) fn simple() -> impl Strategy<Value = Block> {
    let manner = select(&[Manner::Body, Manner::Lead, Manner::Aside, Manner::Note][..]);
    let quote = (vec(inlines(30), 1..3), inlines(4), inlines(3)).prop_map(|(p, cite, aside)| {
        Block::Quote(Quote {
            paragraphs: p,
            cite,
            note: vec![aside.clone()],
            aside,
            color: Some(PALETTE[1]),
        })
    });
    prop_oneof![
        4 => (manner, inlines(80)).prop_map(|(m, t)| Block::Text(m, t)),
        1 => (2..6_u8, inlines(6)).prop_map(|(level, t)| Block::Heading(level, t)),
        3 => quote,
        1 => (any::<bool>(), vec(inlines(20), 1..12))
            .prop_map(|(numbered, items)| Block::List { numbered, items }),
        1 => inlines(20).prop_map(Block::Reference),
        1 => (1..9_u8).prop_map(Block::Lines),
    ]
}

pub(super) fn block() -> impl Strategy<Value = Block> {
    let column = (inlines(3), vec(simple(), 0..9)).prop_map(|(heading, blocks)| Column {
        heading,
        items: blocks.into_iter().map(Item::from).collect(),
    });
    let row = || vec(inlines(30), 3..4);
    prop_oneof![
        8 => simple(),
        1 => vec(column, 2..3).prop_map(Block::Columns),
        1 => (row(), vec(row(), 0..20)).prop_map(|(head, rows)| {
            Block::Table(Table { head, widths: vec![0.2, 0.3, 0.5], rows })
        }),
        1 => Just(Block::Break),
    ]
}

/// A reading of paragraphs, each with so many highlights in it, one under another.
pub(super) fn passages() -> impl Strategy<Value = Vec<Block>> {
    let marked = vec((words(25), words(40)), 0..7);
    vec((words(60), marked), 1..9).prop_map(|paragraphs| {
        let mut number = 0;
        let mut blocks = Vec::new();
        for (at, (start, marked)) in paragraphs.into_iter().enumerate() {
            let mut passage = Passage {
                number: at as u32 + 1,
                page: Some("21".into()),
                text: vec![text(start)],
                ..Passage::default()
            };
            for (words, note) in marked {
                number += 1;
                passage.text.push(text(" "));
                passage.text.push(Inline::Run(Run {
                    marks: vec![number],
                    ..Run::new(words)
                }));
                passage.text.push(Inline::Gloss(number));
                passage.glosses.push(Gloss {
                    number,
                    labels: vec![("Label".into(), PALETTE[number as usize % 10])],
                    stance: Some(Stance::Contests),
                    coder: "MK".into(),
                    note,
                    place: "¶1".into(),
                    quote: String::new(),
                });
            }
            blocks.push(Block::Passage(passage));
        }
        blocks
    })
}

/// What is to be read in a block, part by part in the order of their tags, without white space.
pub(super) fn expected(block: &Block) -> Vec<String> {
    let mut out = Vec::new();
    let upper = |line: &Inlines| bare(&plain(line).to_uppercase());
    match block {
        Block::Heading(_, t) | Block::Text(_, t) | Block::Reference(t) => line(t, "", &mut out),
        Block::Quote(quote) => {
            for (at, paragraph) in quote.paragraphs.iter().enumerate() {
                let mut whole = vec![text("“")];
                whole.extend(paragraph.clone());
                if at + 1 == quote.paragraphs.len() {
                    whole.push(text("”"));
                    whole.extend(quote.cite.clone());
                }
                line(&whole, "", &mut out);
            }
            line(&quote.aside, "", &mut out);
            quote.note.iter().for_each(|note| line(note, "", &mut out));
        }
        Block::List { numbered, items } => {
            for (at, item) in items.iter().enumerate() {
                out.push(match numbered {
                    true => format!("{}.", at + 1),
                    false => "•".into(),
                });
                line(item, "", &mut out);
            }
        }
        Block::Columns(columns) => {
            for column in columns {
                let start = out.len();
                line(&column.heading, "", &mut out);
                out[start] = marked(&column.heading, upper(&column.heading));
                for item in &column.items {
                    out.extend(expected(&item.block));
                }
            }
        }
        Block::Table(table) => {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            rows.flatten().for_each(|cell| line(cell, "", &mut out));
        }
        Block::Passage(passage) => {
            line(&passage.text, "", &mut out);
            for gloss in &passage.glosses {
                let (name, _) = &gloss.labels[0];
                let note = bare(&gloss.note);
                out.push(format!("{}{name}·contests·MK{note}", gloss.number));
            }
        }
        Block::Legend(_) | Block::Lines(_) | Block::Break => {}
    }
    out
}

/// A capital heading: the marks of its footnotes are not known here.
fn marked(line: &Inlines, text: String) -> String {
    match line.iter().any(|i| matches!(i, Inline::Footnote(_))) {
        true => "?".into(),
        false => text,
    }
}

/// A line, its footnotes after it; their numbers are `#`.
fn line(line: &[Inline], before: &str, out: &mut Vec<String>) {
    let mut text = before.to_owned();
    let mut notes = Vec::new();
    for inline in line {
        match inline {
            Inline::Run(run) => text.push_str(&run.text),
            Inline::Break => {}
            Inline::Footnote(note) => {
                text.push('#');
                notes.push(format!("#{}", bare(&plain(note))));
            }
            Inline::Gloss(number) => text.push_str(&number.to_string()),
        }
    }
    out.push(bare(&text));
    out.extend(notes);
}
