//! A project in which everything that people can type is an attack: what comes out is well-formed, and harmless to open.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    sync::Arc,
};

use glossator::{
    edit::Edit,
    export::{
        cite::Style,
        order::{self, Format, Order, What},
        ron::Annotated,
        rows::Field,
    },
    model::{CoderId, Heading, Highlight, HighlightId, Label, Project, Reading, Structure, Value},
    text::Span,
};
use quick_xml::events::Event;

use crate::{
    common::{label, minute, perform, reading},
    orders::{every_order, made, with_packet},
};

/// What does harm somewhere if it gets through as it is.
const ATTACKS: &[&str] = &[
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1",
    "-2+3",
    "\t=1+1",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "]]><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
    "<!-- --> <style>*{display:none}</style>",
    "javascript:alert(1)",
    "%s%n%00",
    "a\u{0}b\u{1}c\u{b}d\u{1f}e\u{7f}f",
    "\u{202e}evil\u{202c} \u{2066}x\u{2069}",
    "../../../etc/passwd",
    "C:\\Windows\\x",
    "\u{feff}\u{fffe}\u{ffff}",
    "# not a heading\n> not a quote\n```",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "{{7*7}} ${7*7} \\input{/etc/passwd}",
    "勢 \u{1f600} e\u{301}",
];

fn all_attacks() -> String {
    ATTACKS.join(" ")
}

/// The attacks as a text, each a paragraph, and a paragraph of 40,000 characters.
fn text() -> String {
    let clean = |attack: &&str| attack.replace(['\n', '\r'], " ");
    let mut paragraphs: Vec<String> = ATTACKS.iter().map(clean).collect();
    paragraphs.push("=A1&\"x\" ".repeat(5_000));
    paragraphs.join("\n")
}

fn hostile() -> Project {
    let mut project = Project::new(format!("=1+1 <script> {}", all_attacks()));
    for (at, attack) in ATTACKS.iter().enumerate() {
        let name = attack.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = Label {
            definition: (*attack).into(),
            when: all_attacks(),
            source: all_attacks(),
            cues: vec![(*attack).into()],
            ..label(&format!("l{at}"), &format!("{at}{name}"), None, at as u8)
        };
        // What no label can be called is refused where it is made.
        let _ = glossator::edit::apply(&mut project, Edit::AddLabel(label));
    }
    assert!(project.labels().count() > 10);
    let new = hostile_reading();
    let id = new.id.clone();
    let length = new.text.len();
    let paragraphs = new.text.paragraphs().to_vec();
    perform(&mut project, [Edit::AddReading(Arc::new(new))]);
    let labels: Vec<_> = project.labels().map(|l| l.id.clone()).collect();
    let whole = Span::new(0, length);
    for (at, span) in paragraphs.into_iter().chain([whole]).enumerate() {
        let highlight = Highlight {
            id: HighlightId(at as u64 + 1),
            reading: id.clone(),
            span,
            labels: vec![labels[at % labels.len()].clone()],
            stance: None,
            note: ATTACKS[at % ATTACKS.len()].into(),
            coder: CoderId::new("MK").unwrap(),
            created: minute(1),
            changed: minute(2),
        };
        perform(&mut project, [Edit::AddHighlight(Arc::new(highlight))]);
    }
    with_packet(project)
}

fn hostile_reading() -> Reading {
    let mut new = reading("evil", &all_attacks(), &text(), minute(0));
    new.meta.authors = vec!["=cmd, <b>".into(), all_attacks()];
    new.meta.year = Some(1999);
    new.meta.publisher = all_attacks();
    new.meta.url = "javascript:alert(1)".into();
    new.meta.imprint.doi = "10.1/<script>".into();
    new.meta.imprint.container = "]]>&<\"'".into();
    new.meta.attributes = BTreeMap::from([
        ("=name".to_owned(), Value::Text(all_attacks())),
        ("<b>".to_owned(), Value::Text("@x".into())),
    ]);
    new.structure = Structure {
        headings: vec![Heading {
            span: new.text.paragraphs()[0],
            level: 1,
        }],
        ..Structure::default()
    };
    new
}

/// Every order, in every style of citation, tables with all columns.
fn orders(project: &Project) -> Vec<Order> {
    let mut all = Vec::new();
    for order in every_order(project) {
        for cite in Style::ALL {
            let mut order = order.clone();
            order.options.cite = cite;
            order.options.fields = Field::ALL.to_vec();
            all.push(order);
        }
    }
    all
}

/// Reads XML to its end and gives the names of its elements and what its attributes hold.
fn xml(name: &str, bytes: &[u8]) -> Vec<(String, Vec<(String, String)>)> {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    let forbidden =
        |c: char| (c < ' ' && !"\t\n\r".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(
        !text.contains(forbidden),
        "{name} holds characters that XML forbids"
    );
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut open, mut seen) = (Vec::new(), Vec::new());
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|e| panic!("{name}: {e}"))
        {
            Event::Start(tag) => {
                open.push(tag.name().as_ref().to_owned());
                seen.push(element(name, &tag));
            }
            Event::Empty(tag) => seen.push(element(name, &tag)),
            Event::End(tag) => {
                let was = open.pop().unwrap();
                assert_eq!(was, tag.name().as_ref(), "{name}");
            }
            Event::DocType(_) => panic!("{name}: a document type"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{name}");
    seen
}

fn element(name: &str, tag: &quick_xml::events::BytesStart<'_>) -> (String, Vec<(String, String)>) {
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.unwrap_or_else(|e| panic!("{name}: {e}"));
        (
            attribute.key.as_ref().to_owned(),
            attribute.value.into_owned(),
        )
    });
    (tag.name().as_ref().to_owned(), attributes.collect())
}

/// The parts of a ZIP, whose names must be harmless.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(
            part.enclosed_name().is_some() && !name.contains('\\'),
            "{name}"
        );
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        all.push((name, bytes));
    }
    all
}

#[test]
fn word_and_excel_files_are_well_formed_and_run_nothing() {
    let project = hostile();
    for order in orders(&project) {
        if !matches!(order.format, Format::Docx | Format::Xlsx) {
            continue;
        }
        for (name, bytes) in parts(made(&project, &order)) {
            let name = format!("{:?} {name}", order.what);
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                panic!("{name} is no part of a document without programs");
            }
            for (tag, attributes) in xml(&name, &bytes) {
                // A formula, a field, a link to somewhere else than the web.
                assert_ne!(tag, "f", "{name}");
                for (key, value) in attributes {
                    let leads = key == "Target" && value.contains(':');
                    let is_web = value.starts_with("http://") || value.starts_with("https://");
                    assert!(!leads || is_web, "{name}: {value}");
                    assert!(!value.contains("javascript:"), "{name}: {key}={value}");
                }
            }
        }
    }
}

#[test]
fn cells_of_excel_are_no_longer_than_it_takes() {
    let project = hostile();
    let order = every_order(&project)
        .into_iter()
        .find(|o| o.format == Format::Xlsx && o.what == What::Excerpts)
        .unwrap();
    for (name, bytes) in parts(made(&project, &order)) {
        let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
        loop {
            match reader.read_event_into(&mut Vec::new()).unwrap() {
                Event::Text(text) => {
                    let units = text.encode_utf16().count();
                    assert!(units <= 32_767, "{name}: {units}");
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let project = hostile();
    for order in orders(&project) {
        let delimiter = match order.format {
            Format::Csv => b',',
            Format::Tsv => b'\t',
            _ => continue,
        };
        let bytes = made(&project, &order);
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .from_reader(bytes.as_slice());
        let mut width = None;
        for row in rows.records() {
            let row = row.unwrap();
            assert_eq!(*width.get_or_insert(row.len()), row.len());
            for cell in &row {
                let begins = cell.trim_start_matches([' ', '\u{feff}', '\u{202e}', '\u{2066}']);
                let is_number = cell.parse::<f64>().is_ok();
                let formula = begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{0}']);
                assert!(!formula || is_number, "{:?}: {cell:?}", order.format);
            }
        }
    }
}

#[test]
fn pages_run_nothing_and_fetch_nothing() {
    let project = hostile();
    for order in orders(&project) {
        if order.format != Format::Html {
            continue;
        }
        let page = String::from_utf8(made(&project, &order)).unwrap();
        assert!(!page.contains('\u{0}'));
        let document = dom_query::Document::from(page.as_str());
        for never in [
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "svg",
            "video",
            "audio",
            "input[formaction]",
            "meta[http-equiv=refresh]",
            "link[href]",
        ] {
            assert_eq!(
                document.select(never).length(),
                0,
                "{:?}: {never}",
                order.what
            );
        }
        assert_eq!(document.select("style").length(), 1, "{:?}", order.what);
        for node in document.select("*").nodes() {
            for attribute in node.attrs() {
                let (name, value) = (attribute.name.local.to_string(), &attribute.value);
                assert!(!name.starts_with("on"), "{name}={value}");
                if name == "href" || name == "src" {
                    let is_fine = value.starts_with("https://")
                        || value.starts_with("http://")
                        || value.starts_with('#');
                    assert!(is_fine, "{name}={value}");
                }
            }
        }
    }
}

#[test]
fn markdown_makes_no_markup_of_what_was_typed() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let project = hostile();
    for order in orders(&project) {
        if order.format != Format::Markdown {
            continue;
        }
        let markdown = String::from_utf8(made(&project, &order)).unwrap();
        for event in Parser::new_ext(&markdown, Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    panic!("{:?}: {html}", order.what)
                }
                Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(!dest_url.starts_with("javascript:"), "{dest_url}");
                }
                Event::Start(Tag::CodeBlock(_)) => panic!("{:?}: code", order.what),
                _ => {}
            }
        }
    }
}

#[test]
fn data_is_read_again_as_it_was() {
    let project = hostile();
    for order in orders(&project) {
        let bytes = made(&project, &order);
        match order.format {
            Format::Ron => {
                let text = std::str::from_utf8(&bytes).unwrap();
                let parsed = Annotated::parse(text).unwrap_or_else(|e| panic!("{e:?}"));
                assert!(parsed.labels.len() > 10 || order.what != What::Codebook);
            }
            Format::JsonLd => {
                let _: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            }
            Format::Jsonl => {
                for line in std::str::from_utf8(&bytes).unwrap().lines() {
                    let _: serde_json::Value = serde_json::from_str(line).unwrap();
                }
            }
            Format::Qdc => drop(xml("codebook.qdc", &bytes)),
            Format::Brat => {
                for (name, part) in parts(bytes) {
                    if name.ends_with(".ann") {
                        let text = String::from_utf8(part).unwrap();
                        let is_line =
                            |line: &str| line.starts_with(['T', 'A', '#', 'E', 'R', 'N', '*']);
                        assert!(text.lines().all(is_line), "{text}");
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn a_pdf_is_whole_and_runs_nothing() {
    let project = hostile();
    for order in orders(&project) {
        if order.format != Format::Pdf {
            continue;
        }
        let bytes = made(&project, &order);
        assert!(bytes.starts_with(b"%PDF-"));
        let tail = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(64)..]);
        assert!(tail.trim_end().ends_with("%%EOF"), "{tail}");
        let all = String::from_utf8_lossy(&bytes);
        for never in [
            "/JavaScript",
            "/JS ",
            "/Launch",
            "/OpenAction",
            "/EmbeddedFile",
            "/URI (javascript:",
            "/URI(javascript:",
        ] {
            let at = all.find(never).unwrap_or(all.len());
            let around: String = all[at..].chars().take(80).collect();
            assert!(around.is_empty(), "{:?}: {around}", order.what);
        }
    }
}

#[test]
fn names_of_files_lead_nowhere_else() {
    let project = hostile();
    for format in Format::ALL {
        let order = Order {
            format,
            ..Order::default()
        };
        for file in order::annotated(&project, &order) {
            let harmless = |c: char| c.is_alphanumeric() || "-_.".contains(c);
            assert!(
                file.name.chars().all(harmless) && !file.name.starts_with('.'),
                "{}",
                file.name
            );
        }
    }
}
