use super::*;
use crate::model::{Emphasis, Note, Structure, Style as Set};

fn reading(text: &str, structure: Structure) -> Reading {
    use crate::model::{ReadingId, ReadingMeta};
    Reading {
        id: ReadingId::new("r").unwrap(),
        meta: ReadingMeta {
            title: "A <title>".into(),
            authors: vec!["Walt, Stephen".into()],
            year: Some(1987),
            ..ReadingMeta::default()
        },
        text: crate::text::Text::new(text),
        sha256: String::new(),
        words: 0,
        structure,
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn structured() -> Reading {
    reading(
        "An “ally”1 can\n\nbe  *dragged* <in>.\n\n1 A note.",
        Structure {
            emphasis: vec![Emphasis {
                span: Span::new(22, 34),
                style: Set::ITALIC,
            }],
            notes: vec![Note {
                mark: Span::new(13, 14),
                body: Span::new(41, 50),
            }],
            ..Structure::default()
        },
    )
}

#[test]
fn a_passage_is_copied_as_it_stands() {
    let reading = structured();
    let clip = passage(&reading, Span::new(0, 39));
    assert_eq!(clip.plain, "An “ally”1 can\n\nbe  *dragged* <in>.");
    assert_eq!(
        clip.html,
        "<p style=\"margin:0 0 8pt 0\">An “ally”1 can</p>\n\
         <p style=\"margin:0 0 8pt 0\">be<i>  *dragged* </i>&lt;in&gt;.</p>\n"
    );
}

#[test]
fn a_quote_is_the_same_rich_and_plain() {
    let reading = structured();
    let project = Project::new("P");
    let clip = quotes(&project, [(&reading, Span::new(0, 39))], Style::AuthorYear);
    assert_eq!(
        clip.plain,
        "“An ‘ally’ can be *dragged* <in>.” (Walt 1987, ¶1–2)"
    );
    let shown = dom_query::Document::from(clip.html.as_str());
    assert_eq!(&*shown.select("p").text(), clip.plain);
    assert_eq!(&*shown.select("i").text(), " *dragged*");
}

#[test]
fn a_second_note_is_short_and_titles_are_set_in_italics() {
    let reading = structured();
    let project = Project::new("P");
    let twice = [(&reading, Span::new(0, 2)), (&reading, Span::new(0, 2))];
    let clip = quotes(&project, twice, Style::Note);
    let plain: Vec<&str> = clip.plain.split("\n\n").collect();
    assert_eq!(plain.len(), 2);
    assert!(plain[1].len() < plain[0].len());
    let shown = dom_query::Document::from(clip.html.as_str());
    for (node, plain) in shown.select("p").nodes().iter().zip(plain) {
        assert_eq!(&*node.text(), plain);
    }
}

#[test]
fn a_document_is_copied_with_its_notes_at_its_end() {
    let mut fragment = Fragment::default();
    let quote = Quote {
        paragraphs: vec![vec![super::super::document::text("A <b>")]],
        cite: vec![Inline::Footnote(vec![super::super::document::text(
            "Walt, 1.",
        )])],
        ..Quote::default()
    };
    fragment
        .put(Block::Heading(1, vec![super::super::document::text("T")]).into())
        .unwrap();
    fragment.put(Block::Quote(quote).into()).unwrap();
    let clip = fragment.finish();
    assert_eq!(clip.plain, "T\n\nA <b>[1]\n\n1 Walt, 1.");
    let shown = dom_query::Document::from(clip.html.as_str());
    assert_eq!(shown.select("b").length(), 0);
    assert_eq!(&*shown.select("h1").text(), "T");
    assert!(shown.select("ol li").text().starts_with("Walt, 1."));
    assert!(!clip.html.contains("class=\"q") && !clip.html.contains("<style"));
}
