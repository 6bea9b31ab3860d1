//! Documents as Markdown and as HTML.

use dom_query::{Document as Dom, NodeRef};
use glossator::{
    export::{
        Filter,
        cite::Style,
        document::{self, ExcerptOptions, Head, Sink, Stop},
        html, markdown,
        order::Writer,
    },
    model::{
        Excerpts, HighlightId, LabelId, Layout, Packet, PacketId, Pick, Project, Question,
        ReadingId, Section, SectionId, Side, Subject,
    },
};

use super::{common::seminar, golden};

/// What is composed.
type Compose<'a> = &'a dyn Fn(&mut dyn Sink) -> Result<(), Stop>;

fn as_markdown(head: &Head, compose: Compose<'_>) -> String {
    let mut out = Vec::new();
    let mut sheet = Box::new(markdown::Document::new(head, &mut out));
    compose(&mut *sheet).unwrap();
    sheet.finish().unwrap();
    String::from_utf8(out).unwrap()
}

fn as_html(head: &Head, compose: Compose<'_>) -> String {
    let mut out = Vec::new();
    let mut sheet = Box::new(html::Document::new(head, &mut out));
    compose(&mut *sheet).unwrap();
    sheet.finish().unwrap();
    String::from_utf8(out).unwrap()
}

/// A page without its style sheet, which is looked at in its own file.
fn without_sheet(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    format!("{before}<style>…</style>{after}")
}

fn reading(id: &str) -> ReadingId {
    ReadingId::new(id).unwrap()
}

/// A packet with everything that a section can have.
fn packet() -> Packet {
    let pick = |n: u64, side| Pick {
        reading: reading("who-gains-from-a-pact"),
        highlight: HighlightId(0x0f3a_0000_0000_0000 + n),
        side,
    };
    let debate = Section {
        title: "Is it *worth* it?".into(),
        subject: Subject::Theory(LabelId::new("price").unwrap()),
        introduction: "A promise *costs*. It is **paid** twice.".into(),
        definitions: true,
        excerpts: Excerpts::Chosen(vec![pick(0, Side::First), pick(1, Side::Second)]),
        layout: Layout::Sides("For: it binds".into(), "Against".into()),
        notes: true,
        ..Section::default()
    };
    let questions = Section {
        title: "For discussion".into(),
        subject: Subject::Question,
        questions: vec![
            Question::Written("Who pays?".into()),
            Question::Written("When <b>?".into()),
        ],
        lines: 3,
        readings: true,
        ..Section::default()
    };
    let mut packet = Packet::new(PacketId::new("week-6").unwrap(), "Alliances, week 6");
    packet.head.line = "Thursday, 26 November".into();
    for (name, section) in [("a", debate), ("b", questions)] {
        packet
            .sections
            .insert(SectionId::new(name).unwrap(), section);
    }
    packet
}

#[test]
fn packets() {
    let (project, packet) = (seminar(), packet());
    let head = Head::from(&packet);
    let compose = |sink: &mut dyn Sink| document::packet(&project, &packet, sink);
    golden("documents/packet.md", &as_markdown(&head, &compose));
    golden(
        "documents/packet.html",
        &without_sheet(&as_html(&head, &compose)),
    );
}

#[test]
fn codebooks() {
    let (project, all) = (seminar(), Filter::default());
    let head = Head::codebook(&project);
    let compose = |sink: &mut dyn Sink| document::codebook(&project, &all, sink);
    golden("documents/codebook.md", &as_markdown(&head, &compose));
    golden(
        "documents/codebook.html",
        &without_sheet(&as_html(&head, &compose)),
    );
}

#[test]
fn a_part_of_the_codebook_has_what_is_above_and_under_it() {
    let project = seminar();
    let headings = |labels: &[&str]| {
        let filter = Filter {
            labels: labels.iter().map(|l| LabelId::new(l).unwrap()).collect(),
            ..Filter::default()
        };
        let compose = |sink: &mut dyn Sink| document::codebook(&project, &filter, sink);
        let text = as_markdown(&Head::codebook(&project), &compose);
        let headings = text.lines().filter_map(|l| l.strip_prefix("##"));
        headings
            .map(|h| h.trim_start_matches(['#', ' ']).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(headings(&["shi"]), ["Flexibility", "Shi 勢"]);
    assert_eq!(headings(&["flexibility"]), ["Flexibility", "Shi 勢"]);
}

#[test]
fn excerpts_as_a_page() {
    let project = seminar();
    let filter = Filter {
        readings: vec![reading("qushi")],
        ..Filter::default()
    };
    let options = ExcerptOptions {
        definitions: true,
        cite: Style::Note,
        ..ExcerptOptions::default()
    };
    let head = Head::excerpts(&project, &filter, options.cite);
    let compose = |sink: &mut dyn Sink| document::excerpts(&project, &filter, &options, sink);
    golden(
        "documents/excerpts.html",
        &without_sheet(&as_html(&head, &compose)),
    );
}

fn annotated_page(project: &Project, id: &ReadingId) -> String {
    let all = Filter::default();
    let head = Head::annotated(project, id, &all, Style::AuthorYear);
    let compose =
        |sink: &mut dyn Sink| document::annotated(project, id, &all, Style::AuthorYear, sink);
    as_html(&head, &compose)
}

#[test]
fn an_annotated_reading_as_a_page() {
    let page = annotated_page(&seminar(), &reading("who-gains-from-a-pact"));
    golden("documents/annotated.html", &without_sheet(&page));
}

#[test]
fn a_page_holds_its_text_as_it_was_and_every_highlight_on_its_words() {
    let project = seminar();
    for shelf in project.shelves() {
        let page = annotated_page(&project, &shelf.reading.id);
        let dom = Dom::from(page.as_str());
        for css in [".n", ".g", ".y"] {
            dom.select(css).remove();
        }
        let text = &shelf.reading.text;
        let shown: Vec<String> = dom
            .select("article > *")
            .nodes()
            .iter()
            .map(|n| n.text().trim().to_owned())
            .collect();
        let meant: Vec<&str> = text
            .paragraphs()
            .iter()
            .map(|p| text.slice(*p).trim())
            .collect();
        assert_eq!(shown, meant);
        for (i, highlight) in shelf.highlights.iter().enumerate() {
            let marks = dom.select("mark");
            let about = |m: &&NodeRef<'_>| {
                let about = m.attr("aria-details").unwrap();
                about.split(' ').any(|id| id == format!("g{}", i + 1))
            };
            let nodes = marks.nodes().iter();
            let words: String = nodes.filter(about).map(|m| m.text().to_string()).collect();
            let bare = |s: &str| s.split_whitespace().collect::<String>();
            assert_eq!(bare(&words), bare(text.slice(highlight.span)));
        }
    }
}
