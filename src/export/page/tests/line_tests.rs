//! Lines: where they break, what they look like.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    export::{
        document::{Column, Origin, Part, Table},
        page::{
            Font, Pages,
            breaks::{Widths, lines},
            para::{Look, Para},
            shape::Shaper,
        },
    },
    model::{Color, PALETTE, SectionId},
};

fn broken(words: &str, width: f32) -> Vec<String> {
    let look = Look::new(Font::Serif, 10.0, Color([0; 3]), 1);
    let para = Para::of(words, look);
    let mut shaper = Shaper::new(seeds::page_fonts());
    let clusters = para.set(&mut shaper);
    let widths = Widths {
        first: width,
        rest: width,
    };
    let line = |range: std::ops::Range<usize>| {
        let clusters = &clusters[range];
        let (Some(first), Some(last)) = (clusters.first(), clusters.last()) else {
            return String::new();
        };
        para.text[first.start..last.end].to_owned()
    };
    lines(&para, &clusters, widths)
        .into_iter()
        .map(line)
        .collect()
}

#[test]
fn lines_break_where_they_may_and_are_even() {
    assert_eq!(broken("", 100.0), Vec::<String>::new());
    assert_eq!(broken("one", 100.0), ["one"]);
    assert_eq!(broken("one\ntwo", 100.0), ["one", "two"]);
    assert_eq!(broken("one\n\ntwo", 100.0), ["one", "", "two"]);
    assert_eq!(
        broken("“to be or not” (Walt)", 70.0),
        ["“to be or not”", "(Walt)"]
    );
    assert_eq!(broken("国际格局国际", 35.0), ["国际格", "局国际"]);
    assert_eq!(broken("abcdefghij", 20.0).concat(), "abcdefghij");
}

/// The same by first fit: each line as full as it gets.
fn filled(words: &str, width: f32, widths: &mut impl FnMut(&str) -> f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let line = lines.last_mut().unwrap();
        let longer = format!("{line} {word}");
        match line.is_empty() {
            true => word.clone_into(line),
            false if widths(&longer) <= width => *line = longer,
            false => lines.push(word.to_owned()),
        }
    }
    lines
}

proptest! {
    #[test]
    fn lines_are_more_even_than_by_first_fit(words in vec("[a-z]{1,9}", 5..60)) {
        let words = words.join(" ");
        let mut shaper = Shaper::new(seeds::page_fonts());
        let mut width = |line: &str| shaper.width(line, Font::Serif) * 10.0;
        let (even, full) = (broken(&words, 120.0), filled(&words, 120.0, &mut width));
        prop_assert_eq!(even.join(" "), words);
        prop_assert!(even.iter().all(|line| width(line) <= 120.1));
        let mut rag = |lines: &[String]| -> f32 {
            let all = lines[..lines.len() - 1].iter();
            let short: f32 = all.map(|l| (1.0 - width(l) / 120.0).powi(2)).sum();
            lines.len() as f32 + 9.0 * short
        };
        // The price of a last line of a single short word is the difference.
        prop_assert!(rag(&even) <= rag(&full) + 0.61);
    }
}

#[test]
fn soft_hyphens_show_where_a_line_ends() {
    let words = "A com\u{AD}pre\u{AD}hen\u{AD}sive part\u{AD}ner\u{AD}ship ".repeat(12);
    let laid = Laid::of([body(words.trim())]);
    let mut shown = 0;
    for run in runs(&laid.pages[0]) {
        let last = run.glyphs.iter().rfind(|g| g.advance > 0.0);
        let last = last.map(|g| &run.text[g.text.start as usize..g.text.end as usize]);
        shown += usize::from(last == Some("\u{AD}"));
        let soft = run.text.matches('\u{AD}').count();
        let wide = run.glyphs.iter().filter(|g| {
            g.advance > 0.0 && &run.text[g.text.start as usize..g.text.end as usize] == "\u{AD}"
        });
        assert!(wide.count() <= 1 && soft > 0, "{}", run.text);
    }
    assert!(shown > 0);
}

#[test]
fn every_character_of_the_readings_has_a_glyph() {
    let all = "勢 国际格局 改革开放 Ø ¹²³ ⁶⁷ Кириллица “ ” – … ¶ ■ • · é e\u{301} — ‘ ’ « »";
    for manner in [Manner::Body, Manner::Lead, Manner::Aside, Manner::Caption] {
        let laid = Laid::of([Block::Text(manner, vec![text(all)]).into()]);
        for run in runs(&laid.pages[0]) {
            assert!(run.glyphs.iter().all(|g| g.id > 0), "{:?}", run.text);
        }
    }
    let laid = Laid::of([body("ש")]);
    let run = runs(&laid.pages[0]).next().unwrap();
    assert_eq!((run.glyphs[0].id, &*run.text), (0, "ש"));
    assert!(run.width() > 2.0, "what no font has shows as a box");
}

#[test]
fn ligatures_stand_for_their_letters() {
    let laid = Laid::of([body("office")]);
    let run = runs(&laid.pages[0]).next().unwrap();
    assert!(run.glyphs.len() < 6, "{} glyphs", run.glyphs.len());
    let read: String = run
        .glyphs
        .iter()
        .map(|g| &run.text[g.text.start as usize..g.text.end as usize])
        .collect();
    assert_eq!(read, "office");
}

fn sample() -> Vec<Item> {
    let quote = |words: &str, color| {
        Item::from(Block::Quote(Quote {
            paragraphs: vec![vec![text(words)]],
            cite: vec![text("(Author 2014, ¶1)")],
            aside: vec![text("supports · MK")],
            color: Some(color),
            ..Quote::default()
        }))
    };
    let side = |heading: &str, item| Column {
        heading: vec![text(heading)],
        items: vec![item],
    };
    let note = Inline::Footnote(vec![text("A note.")]);
    vec![
        Block::Heading(1, vec![text("A packet")]).into(),
        heading("A section"),
        Block::Text(Manner::Lead, vec![text("What it is about.")]).into(),
        Block::Text(
            Manner::Body,
            vec![text("Some text"), note, text(" goes on.")],
        )
        .into(),
        Block::Columns(vec![
            side("For", quote("One side of it.", PALETTE[0])),
            side("Against", quote("The other side.", PALETTE[7])),
        ])
        .into(),
        Block::Table(Table {
            head: vec![vec![text("Left")], vec![text("Right")]],
            widths: vec![0.5, 0.5],
            rows: vec![vec![vec![text("1")], vec![text("2")]]],
        })
        .into(),
        Block::List {
            numbered: true,
            items: vec![vec![text("Why?")], vec![text("How?")]],
        }
        .into(),
        Block::Lines(2).into(),
    ]
}

#[test]
fn a_small_document_is_set_as_it_was_looked_at() {
    let laid = Laid::of(sample());
    let mut lines = String::new();
    for run in laid.pages.iter().flat_map(Page::texts) {
        let (x, y, size) = (run.x, run.y, run.size);
        let text = run.text.trim_end();
        lines += &format!("{x:6.1} {y:6.1} {size:5.2} {:?} {text}\n", run.font);
    }
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/export/page/tests/small.txt"
    );
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        std::fs::write(path, &lines).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        lines == expected,
        "it came out otherwise; look at it with GLOSSATOR_BLESS=1 and git diff:\n{lines}"
    );
}

#[test]
fn columns_stand_side_by_side_and_end_where_the_longer_does() {
    let laid = Laid::of(sample());
    let page = &laid.pages[0];
    let find = |words: &str| page.texts().find(|run| run.text.contains(words)).unwrap();
    let (left, right) = (find("One side"), find("The other"));
    assert_eq!(left.y, right.y);
    assert!(right.x > left.x + 200.0);
    assert!(find("Left").y > right.y);
}

#[test]
fn what_comes_from_an_item_is_found_on_the_page() {
    let origin = |part| Origin {
        section: Some(SectionId::new("s").unwrap()),
        part,
    };
    let item = |words: String, part| Item {
        origin: Some(origin(part)),
        ..body(&words)
    };
    let long = "word ".repeat(2500);
    let pages = Pages::of(
        &Head::default(),
        [
            item("Short.".into(), Part::Introduction),
            item(long, Part::Question(0)),
        ],
        seeds::page_fonts(),
    );
    assert!(pages.pages.len() > 1);
    let first = origin(Part::Introduction);
    let places: Vec<_> = pages.find(&first).collect();
    assert_eq!(places.len(), 1);
    let rect = places[0].1;
    let middle = (rect.x + 1.0, rect.y + rect.height / 2.0);
    assert_eq!(pages.pages[0].hit(middle.0, middle.1), Some(&first));
    assert_eq!(pages.pages[0].hit(middle.0, 5.0), None);
    let second = origin(Part::Question(0));
    let all = pages
        .find(&second)
        .map(|(page, _)| page)
        .collect::<Vec<_>>();
    assert_eq!(all, (0..pages.pages.len()).collect::<Vec<_>>());
}

#[test]
fn an_empty_document_is_an_empty_page() {
    let laid = Laid::of([]);
    assert_eq!(laid.pages.len(), 1);
    let laid = Laid::of([Block::Break.into(), Block::Break.into()]);
    assert_eq!(laid.pages.len(), 1);
    let laid = Laid::of([
        body("a"),
        Block::Break.into(),
        Block::Break.into(),
        body("b"),
    ]);
    assert_eq!(laid.pages.len(), 2);
}

#[test]
fn the_head_of_a_table_stands_on_each_of_its_pages() {
    let row = |n: usize| vec![vec![text(format!("row {n}"))], vec![text("x ".repeat(40))]];
    let laid = Laid::of([Block::Table(Table {
        head: vec![vec![text("Left")], vec![text("Right")]],
        widths: vec![0.3, 0.7],
        rows: (0..120).map(row).collect(),
    })
    .into()]);
    assert!(laid.pages.len() > 2);
    for page in &laid.pages {
        let heads = page.texts().filter(|run| run.text == "Left");
        assert_eq!(heads.count(), 1);
        // Only the first is text of the document; rows are whole.
        let parts = runs(page).filter(|run| run.text.starts_with("row"));
        let cells = runs(page).filter(|run| run.text.starts_with("x"));
        assert!(parts.count() <= cells.count());
    }
    let parts = laid.parts();
    assert_eq!(parts.iter().filter(|part| part.trim() == "Left").count(), 1);
}
