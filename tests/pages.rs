//! PDFs that are written here, read back by the importer of PDFs: what stands on the pages is what the document says.

#![allow(clippy::unwrap_used, missing_docs)]

use std::io::Cursor;

use glossator::{
    export::{
        document::{Block, Head, Inline, Item, Manner, Quote, Sink as _, italic, text},
        order::Writer as _,
        page::Pdf,
    },
    import::{Imported, import_file},
    model::PALETTE,
    seeds,
};

fn written(items: Vec<Item>) -> Vec<u8> {
    let head = Head {
        title: "Alliance seminar, week 6".into(),
        line: "Thursday".into(),
        authors: vec!["M. Kant".into(), "A. L.".into()],
        ..Head::default()
    };
    let mut out = Cursor::new(Vec::new());
    let mut pdf = Box::new(Pdf::new(&head, seeds::page_fonts(), None, &mut out));
    for item in items {
        pdf.put(item).unwrap();
    }
    pdf.finish().unwrap();
    out.into_inner()
}

fn read(bytes: &[u8]) -> Imported {
    import_file("packet.pdf", bytes).unwrap()
}

fn paragraph(words: &str) -> Item {
    Block::Text(Manner::Body, vec![text(words)]).into()
}

const PARAGRAPHS: [&str; 4] = [
    "First a difficult office: the efficient, affluent shelf of fjords and flags. It says that “nothing” is 1997–2001, or 10 %… and goes on \
     for long enough to need a second line on this paper.",
    "勢力均衡是国际格局中的重要概念，改革开放之后的中国在不同的场合以不同的方式谈到它，而这一段话足够长，需要占用不止一行的空间才能写完。",
    "Ещё одна строка: Россия и Китай не раз говорили о многополярном мире, и каждый раз имели в виду не совсем одно и то же.",
    "A composed café, a decomposed cafe\u{301}, Ø and H¹²³; then the end of it, which is a little longer than it would have to be.",
];

#[test]
fn what_was_written_is_read_back_word_by_word() {
    let mut items = vec![
        Item::from(Block::Heading(1, vec![text("Alliance seminar, week 6")])),
        Block::Heading(2, vec![text("Balance of threat")]).into(),
    ];
    items.extend(PARAGRAPHS.map(paragraph));
    let imported = read(&written(items));
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let whole = bare(&imported.text);
    let mut from = 0;
    for paragraph in PARAGRAPHS {
        // The importer composes what can be composed.
        let wanted = bare(paragraph).replace("e\u{301}", "é");
        let whole = whole.replace("e\u{301}", "é");
        let at = whole[from..].find(&wanted);
        assert!(at.is_some(), "{wanted}\nis not in\n{whole}");
        from += at.unwrap() + wanted.len();
    }
}

#[test]
fn words_of_latin_text_stay_apart() {
    let imported = read(&written(vec![
        paragraph(PARAGRAPHS[0]),
        paragraph(PARAGRAPHS[2]),
    ]));
    let words: Vec<&str> = imported.text.split_whitespace().collect();
    let expected = [PARAGRAPHS[0], PARAGRAPHS[2]].join(" ");
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(words[..expected.len()], expected);
}

#[test]
fn headings_title_and_people_are_told() {
    let mut items = vec![Item::from(Block::Heading(
        1,
        vec![text("Alliance seminar, week 6")],
    ))];
    for name in ["Balance of threat", "Entrapment"] {
        items.push(Block::Heading(2, vec![text(name)]).into());
        items.extend(PARAGRAPHS.map(paragraph));
    }
    let imported = read(&written(items));
    assert_eq!(imported.meta.title, "Alliance seminar, week 6");
    let headings = imported.structure.headings.iter();
    let headings: Vec<&str> = headings
        .map(|h| &imported.text[h.span.start as usize..h.span.end as usize])
        .collect();
    assert!(headings.contains(&"Balance of threat"), "{headings:?}");
    assert!(headings.contains(&"Entrapment"), "{headings:?}");
}

#[test]
fn quotes_cite_and_footnotes_come_along() {
    let quote = Quote {
        paragraphs: vec![vec![text("Each sees the same power at its door")]],
        cite: vec![Inline::Footnote(vec![
            text("Author, "),
            italic("Title"),
            text(", 2014, 12."),
        ])],
        aside: vec![text("supports · MK")],
        color: Some(PALETTE[0]),
        ..Quote::default()
    };
    let bytes = written(vec![Block::Quote(quote).into(), paragraph(PARAGRAPHS[2])]);
    let imported = read(&bytes);
    for words in [
        "“Each sees the same power at its door”",
        "supports · MK",
        "Author, Title, 2014, 12.",
    ] {
        let found = imported
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(found.contains(words), "{words} is not in {found}");
    }
}
