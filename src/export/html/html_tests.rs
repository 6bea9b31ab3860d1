//! Nothing that stands in a text becomes part of a page's make-up; what is said is read as it was.

use dom_query::Document as Dom;
use proptest::prelude::*;

use super::*;
use crate::export::document::address;
use crate::{
    export::document::{Gloss, LabelUse, Passage, Run, text},
    model::{BlockKind, PALETTE, Stance},
};

const HOSTILE: [&str; 30] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onclick=\"alert(1)",
    "' onclick='alert(1)",
    "javascript:alert(1)",
    "</style>",
    "</title>",
    "</main>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&lt",
    "&#60;",
    "\0",
    "\r",
    "\r\n",
    "\u{c}",
    "\u{7f}",
    "\u{2028}",
    "<svg/onload=x>",
    "--l:red;}",
    "url(https://a.b)",
    "`=",
    "勢",
    "a",
    " b",
    "“",
    "🙂",
];

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&HOSTILE[..]), 0..5).prop_map(|parts| parts.concat())
}

/// What a browser shows of a text.
fn seen(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// Texts that take the places of everything that people or files can say.
fn document(says: &[String], url: &str) -> String {
    let mut says = says.iter().cloned().cycle();
    let mut say = || says.next().unwrap();
    let mut out = Vec::new();
    let head = Head {
        title: say(),
        line: say(),
        authors: vec![say()],
        ..Head::default()
    };
    let run = |words: String| {
        Inline::Run(Run {
            italic: true,
            raised: true,
            link: Some(url.to_owned()),
            marks: vec![1, 2],
            ..Run::new(words)
        })
    };
    let gloss = |number, say: &mut dyn FnMut() -> String| Gloss {
        number,
        labels: vec![(say(), PALETTE[0]), (say(), PALETTE[1])],
        stance: Some(Stance::Defines),
        coder: say(),
        note: say(),
        place: say(),
        quote: say(),
    };
    let mut blocks = vec![
        Block::Heading(1, vec![text(say())]),
        Block::Legend(vec![LabelUse {
            name: say(),
            color: PALETTE[2],
            depth: 1,
            count: 2,
            glosses: vec![1],
        }]),
        Block::Heading(9, vec![text(say())]),
        Block::Quote(Quote {
            paragraphs: vec![vec![text(say())], vec![run(say())]],
            cite: vec![Inline::Footnote(vec![run(say())])],
            aside: vec![text(say())],
            note: vec![vec![text(say())]],
            color: Some(PALETTE[3]),
        }),
        Block::List {
            numbered: true,
            items: vec![vec![text(say()), Inline::Break]],
        },
        Block::Table(Table {
            head: vec![vec![text(say())]],
            widths: vec![f32::NAN],
            rows: vec![vec![vec![text(say())]]],
        }),
        Block::Columns(vec![Column {
            heading: vec![text(say())],
            items: vec![Block::Text(Manner::Claim, vec![text(say())]).into()],
        }]),
        Block::Lines(2),
        Block::Break,
        Block::Reference(vec![run(say())]),
    ];
    for (number, kind) in [
        (1, None),
        (2, Some(BlockKind::Item(3))),
        (3, Some(BlockKind::Code)),
    ] {
        blocks.push(Block::Passage(Passage {
            number,
            page: Some(say()),
            heading: (number == 1).then_some(7),
            kind,
            text: vec![run(say()), Inline::Gloss(number)],
            glosses: vec![gloss(number, &mut say)],
        }));
    }
    let mut sheet = Box::new(Document::new(&head, &mut out));
    for block in blocks {
        sheet.put(block.into()).unwrap();
    }
    sheet.finish().unwrap();
    String::from_utf8(out).unwrap()
}

/// Holds that every element and attribute of the page is one that this module writes, and that links lead where links may.
fn nothing_is_foreign(html: &str) {
    const ELEMENTS: &str = "html head meta title style body main article header nav section h1 h2 h3 h4 h5 h6 p div span a b i \
        sup sub br ul ol li details summary figure blockquote figcaption small mark table colgroup col thead tbody tr th td";
    const ATTRIBUTES: &str = "lang charset http-equiv content name class id style href rel role aria-label aria-hidden \
        aria-details scope start";
    let dom = Dom::from(html);
    for node in dom.select("*").nodes() {
        let name = node.node_name().unwrap();
        assert!(
            ELEMENTS.split_whitespace().any(|e| *e == *name),
            "{name} in {html}"
        );
        for attribute in node.attrs() {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            assert!(
                ATTRIBUTES.split_whitespace().any(|a| *a == *key),
                "{key} in {html}"
            );
            match key {
                "href" => {
                    let leads = value.starts_with('#') || address(value).is_some();
                    assert!(leads, "{value}");
                }
                "style" => {
                    let plain = |c: char| c.is_ascii_alphanumeric() || "-#:;%.".contains(c);
                    assert!(value.chars().all(plain), "{value}");
                }
                "id" | "class" | "aria-details" => {
                    assert!(value.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '));
                }
                _ => {}
            }
        }
    }
    assert_eq!(dom.select("style").length(), 1);
    assert_eq!(&*dom.select("style").text(), format!("\n{SHEET}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_said_is_text(
        says in prop::collection::vec(hostile(), 1..40), url in hostile(), mail in any::<bool>(),
    ) {
        let url = if mail { format!("mailto:{url}") } else { url };
        let html = document(&says, &url);
        nothing_is_foreign(&html);
        let dom = Dom::from(html.as_str());
        let texts = |css: &str| -> Vec<String> {
            dom.select(css).nodes().iter().map(|n| n.text().to_string()).collect()
        };
        let say = |n: usize| seen(&says[n % says.len()]);
        prop_assert_eq!(texts("title"), [say(0)]);
        let author = dom.select("meta[name=author]");
        prop_assert_eq!(author.attr("content").map(|a| a.to_string()), Some(say(2)));
        prop_assert_eq!(texts("h1"), [say(3)]);
        prop_assert_eq!(&texts("summary .w ~ .k"), &["2"]);
        prop_assert_eq!(&texts("h2")[0], &say(5));
        prop_assert_eq!(&texts("blockquote p")[0], &say(6));
        prop_assert_eq!(&texts("figcaption p")[0], &say(9));
        prop_assert_eq!(&texts("ol li")[0], &say(11));
        prop_assert_eq!(&texts("th")[0], &say(12));
        prop_assert_eq!(&texts("td")[0], &say(13));
        let label = dom.select("section[aria-label]").first().attr("aria-label");
        prop_assert_eq!(label.map(|l| l.to_string()), Some(say(14)));
        prop_assert_eq!(&texts("p.ref")[0], &say(16));
        let marks = texts("mark");
        prop_assert_eq!(marks, [say(18), say(26), say(34)]);
    }
}

#[test]
fn a_page_may_do_nothing_but_be_styled() {
    let html = document(&["a".into()], "https://a.b");
    assert!(html.contains("default-src 'none'"));
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("@import"));
    assert!(!SHEET.contains("url(") && !SHEET.contains('<'));
}

#[test]
fn headings_skip_no_level_and_glosses_stand_before_them() {
    let html = document(&["a".into()], "x");
    let dom = Dom::from(html.as_str());
    assert_eq!(dom.select("h1").length(), 1);
    assert_eq!(dom.select("h2").length(), 1);
    assert_eq!(dom.select("div.p small + h3").length(), 1);
    assert_eq!(dom.select("h4, h5, h6").length(), 0);
}

#[test]
fn notes_and_passages_lead_to_each_other() {
    let html = document(&["a".into()], "x");
    let dom = Dom::from(html.as_str());
    for node in dom.select("a[href^='#']").nodes() {
        let to = node.attr("href").unwrap();
        assert_eq!(
            dom.select(&format!("[id='{}']", &to[1..])).length(),
            1,
            "{to}"
        );
    }
    for node in dom.select("mark").nodes() {
        assert!(node.attr("aria-details").is_some());
    }
}
