//! Documents made up: any that a composer could push, and some that none should.

use proptest::prelude::*;

use crate::{
    export::document::{
        Block, Column, Gloss, Head, Inline, Inlines, Item, LabelUse, Manner, Passage, Quote, Run,
        Table, text,
    },
    model::{BlockKind, Color, PALETTE, Paper, Stance},
};

/// Words with what XML, Word and people's notes stumble over.
const WORDS: [&str; 16] = [
    "ally",
    "a<b>&c",
    "“格局”",
    "שלום",
    "سلام",
    "союз",
    "\u{0}x\u{B}",
    "\u{FFFE}\u{1FFFF}y",
    "かな",
    "]]>",
    "don't",
    "\u{85}",
    "--",
    "x\ty",
    "  ",
    "_x000D_",
];

pub fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(&WORDS[..]);
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

fn run() -> impl Strategy<Value = Run> {
    let link = prop_oneof![
        3 => Just(None),
        1 => words().prop_map(|w| Some(format!("https://a.org/{w}"))),
        1 => Just(Some("javascript:x".to_owned())),
    ];
    (words(), any::<[bool; 5]>(), link).prop_map(|(text, manner, link)| Run {
        text,
        italic: manner[0],
        bold: manner[1],
        dim: manner[2],
        raised: manner[3],
        lowered: manner[4],
        link,
        marks: Vec::new(),
    })
}

/// A line that begins with a word: a run, a break or a footnote follows.
pub fn line() -> impl Strategy<Value = Inlines> {
    let inline = prop_oneof![
        5 => run().prop_map(Inline::Run),
        1 => Just(Inline::Break),
        1 => prop::collection::vec(run().prop_map(Inline::Run), 1..3).prop_map(begun).prop_map(Inline::Footnote),
    ];
    prop::collection::vec(inline, 0..4).prop_map(begun)
}

fn begun(mut line: Inlines) -> Inlines {
    line.insert(0, text("begin "));
    line
}

fn quote() -> impl Strategy<Value = Quote> {
    let lines = || prop::collection::vec(line(), 0..3);
    (
        lines(),
        line(),
        prop::option::of(line()),
        lines(),
        0..20_usize,
    )
        .prop_map(|(paragraphs, cite, aside, note, color)| Quote {
            paragraphs,
            cite,
            aside: aside.unwrap_or_default(),
            note,
            color: PALETTE.get(color).copied(),
        })
}

/// Blocks that can stand in a column.
fn simple() -> impl Strategy<Value = Block> {
    let manner = prop::sample::select(vec![
        Manner::Body,
        Manner::Lead,
        Manner::Aside,
        Manner::Note,
        Manner::Claim,
        Manner::Caption,
    ]);
    prop_oneof![
        (2..8_u8, line()).prop_map(|(level, line)| Block::Heading(level, line)),
        (manner, line()).prop_map(|(manner, line)| Block::Text(manner, line)),
        quote().prop_map(Block::Quote),
        (any::<bool>(), prop::collection::vec(line(), 0..4))
            .prop_map(|(numbered, items)| Block::List { numbered, items }),
        table().prop_map(Block::Table),
        line().prop_map(Block::Reference),
        (0..4_u8).prop_map(Block::Lines),
        Just(Block::Break),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    let row = || prop::collection::vec(line(), 0..4);
    (row(), prop::collection::vec(row(), 0..4)).prop_map(|(head, rows)| Table {
        widths: vec![0.25; head.len()],
        head,
        rows,
    })
}

fn columns() -> impl Strategy<Value = Block> {
    let column = (
        prop::option::of(line()),
        prop::collection::vec(simple(), 0..3),
    );
    prop::collection::vec(column, 0..4).prop_map(|columns| {
        let column = |(heading, blocks): (Option<Inlines>, Vec<Block>)| Column {
            heading: heading.unwrap_or_default(),
            items: blocks.into_iter().map(Item::from).collect(),
        };
        Block::Columns(columns.into_iter().map(column).collect())
    })
}

/// Which word a gloss begins with and how many it has, its labels, its note, and whether its end is forgotten.
type Marked = (usize, usize, usize, String, bool);

/// Paragraphs of a reading with glosses that lie over each other and go on over paragraphs.
fn passages() -> impl Strategy<Value = Vec<Block>> {
    let gloss = (
        0..30_usize,
        0..20_usize,
        0..4_usize,
        words(),
        prop::bool::weighted(0.05),
    );
    let paragraph = (prop::collection::vec(words(), 1..6), 0..8_u8);
    (
        prop::collection::vec(paragraph, 1..6),
        prop::collection::vec(gloss, 0..8),
    )
        .prop_map(|(paragraphs, glosses)| laid(&paragraphs, glosses))
}

fn laid(paragraphs: &[(Vec<String>, u8)], mut glosses: Vec<Marked>) -> Vec<Block> {
    glosses.sort_by_key(|g| (g.0, std::cmp::Reverse(g.1)));
    let mut at = 0;
    let passage = |(number, (words, kind)): (usize, &(Vec<String>, u8))| {
        let mut passage = Passage {
            number: number as u32 + 1,
            page: (number % 2 == 0).then(|| format!("{number}")),
            heading: (*kind == 7).then_some(2),
            kind: [
                None,
                Some(BlockKind::Item(2)),
                Some(BlockKind::Row),
                Some(BlockKind::Code),
            ]
            .get(usize::from(*kind))
            .copied()
            .flatten(),
            text: vec![text("begin ")],
            ..Passage::default()
        };
        for word in words {
            let numbered = || (1..).zip(&glosses);
            let starting = numbered().filter(|(_, g)| g.0 == at);
            passage.glosses.extend(starting.map(|(n, g)| gloss(n, g)));
            let over = numbered().filter(|(_, g)| (g.0..=g.0 + g.1).contains(&at));
            passage.text.push(Inline::Run(Run {
                marks: over.map(|(n, _)| n).collect(),
                ..Run::new(format!("{word} "))
            }));
            let ending = numbered().filter(|(_, g)| g.0 + g.1 == at && !g.4);
            passage.text.extend(ending.map(|(n, _)| Inline::Gloss(n)));
            at += 1;
        }
        Block::Passage(passage)
    };
    paragraphs.iter().enumerate().map(passage).collect()
}

fn gloss(number: u32, marked: &Marked) -> Gloss {
    let label = |i: usize| (format!("Label {i}"), PALETTE[i]);
    Gloss {
        number,
        labels: (0..marked.2).map(label).collect(),
        stance: Stance::ALL.get(marked.2).copied(),
        coder: ["MK", "Anna \u{1}<Berg>", ""][marked.1 % 3].into(),
        note: marked.3.clone(),
        place: format!("¶{number}"),
        quote: String::new(),
    }
}

fn legend() -> Block {
    let label = |(depth, color): (usize, &Color)| LabelUse {
        name: format!("Label {depth}"),
        color: *color,
        depth,
        count: depth + 1,
        glosses: Vec::new(),
    };
    Block::Legend(PALETTE.iter().take(3).enumerate().map(label).collect())
}

/// Any document.
pub fn items() -> impl Strategy<Value = Vec<Item>> {
    let block = prop_oneof![
        4 => simple().prop_map(|b| vec![b]),
        1 => columns().prop_map(|b| vec![b]),
        1 => Just(vec![legend()]),
    ];
    let blocks = prop::collection::vec(block, 0..6).prop_map(|b| b.concat());
    (line(), blocks.clone(), passages(), blocks).prop_map(|(title, before, passages, after)| {
        let mut all = vec![Block::Heading(1, title)];
        all.extend(before.into_iter().chain(passages).chain(after));
        all.into_iter().map(Item::from).collect()
    })
}

pub fn head() -> Head {
    Head {
        title: "Pacts & <prices>".into(),
        line: "Thursday, 26 November".into(),
        paper: Paper::A4,
        authors: vec!["MK".into(), "Anna Berg".into()],
        ..Head::default()
    }
}
