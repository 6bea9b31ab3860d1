//! PDFs: what is in the file.

use std::io::Cursor;

use super::*;
use crate::export::{document::Sink, order::Writer, page::Pdf};

fn written(items: &[Item]) -> Vec<u8> {
    let head = Head {
        title: "Alliances".into(),
        authors: vec!["MK".into()],
        ..Head::default()
    };
    let mut out = Cursor::new(Vec::new());
    let mut pdf = Box::new(Pdf::new(&head, seeds::page_fonts(), None, &mut out));
    for item in items {
        pdf.put(item.clone()).unwrap();
    }
    pdf.finish().unwrap();
    out.into_inner()
}

#[test]
fn the_same_document_makes_the_same_bytes() {
    let items = [heading("One"), body("Some text of the 国际格局 office.")];
    let bytes = written(&items);
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(bytes, written(&items));
    assert_ne!(bytes, written(&items[..1]));
}

#[test]
fn a_pdf_that_is_given_up_writes_nothing() {
    let mut out = Cursor::new(Vec::new());
    let mut pdf = Pdf::new(&Head::default(), seeds::page_fonts(), None, &mut out);
    pdf.put(body(&"word ".repeat(5000))).unwrap();
    drop(pdf);
    assert!(out.into_inner().is_empty());
}

#[test]
fn fonts_are_embedded_in_part() {
    let bytes = written(&[body("A few words 勢.")]);
    assert!(bytes.len() < 60_000, "{}", bytes.len());
    let whole = String::from_utf8_lossy(&bytes);
    for font in ["SourceSerif4", "NotoSansCJK"] {
        assert!(whole.contains(font), "{font}");
    }
}

#[test]
fn parts_are_tagged() {
    let items = [
        heading("One"),
        body("Text."),
        Block::Quote(Quote {
            paragraphs: vec![vec![text("Quoted")]],
            ..Quote::default()
        })
        .into(),
        Block::List {
            numbered: true,
            items: vec![vec![text("Why?")]],
        }
        .into(),
    ];
    let bytes = written(&items);
    let whole = String::from_utf8_lossy(&bytes);
    for name in ["/H2", "/P", "/BlockQuote", "/LBody", "/StructTreeRoot"] {
        assert!(whole.contains(name), "{name}");
    }
    assert!(whole.contains("/Outlines") && whole.contains("/MarkInfo"));
}
