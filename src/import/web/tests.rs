use super::*;
use crate::{
    import::{Imported, import_file},
    model::BlockKind,
};

fn import(html: &str) -> Imported {
    import_file("page.html", html.as_bytes()).unwrap()
}

/// A page's text, without the line end at its end.
fn text(body: &str) -> String {
    let mut text = import(&format!("<!DOCTYPE html><title>T</title><body>{body}")).text;
    text.pop();
    text
}

fn blocks(imported: &Imported) -> Vec<(BlockKind, &str)> {
    let blocks = imported.structure.blocks.iter();
    blocks
        .map(|b| (b.kind, b.span.of(&imported.text)))
        .collect()
}

fn notes(imported: &Imported) -> Vec<(&str, &str)> {
    let notes = imported.structure.notes.iter();
    notes
        .map(|n| (n.mark.of(&imported.text), n.body.of(&imported.text)))
        .collect()
}

fn prose(n: usize) -> String {
    let sentence =
        "The wall was built in a night, and nobody had been told, or so they said afterwards. ";
    format!("<p>{}</p>", sentence.repeat(n))
}

#[test]
fn the_article_comes_in_and_what_stands_round_it_does_not() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Who holds the door? | The Wall</title>\
         <meta property='og:site_name' content='The Wall'></head><body>\
         <header><a href=/>Home</a></header><nav class=menu><ul><li><a href=/a>Politics</a><li><a href=/b>Sport</a></ul></nav>\
         <h1>Who holds the door?</h1>\
         <div class=article-body>{}<h2>A question</h2>{}<blockquote><p>It was <em>not</em> us.</p></blockquote>{}</div>\
         <div class='share social'><a href=/f>Share on Facebook</a></div>\
         <div id=comments class=comments><h3>Comments</h3><p>First!</p><p>Me too.</p></div>\
         <footer>All rights reserved</footer></body></html>",
        prose(4),
        prose(4),
        prose(4)
    );
    let imported = import(&page);
    assert_eq!(imported.meta.title, "Who holds the door?");
    assert_eq!(imported.meta.imprint.container, "The Wall");
    assert!(
        imported
            .text
            .starts_with("Who holds the door?\n\nThe wall was built"),
        "{}",
        imported.text
    );
    for menu in ["Home", "Politics", "Facebook", "First!", "rights"] {
        assert!(!imported.text.contains(menu), "{menu}");
    }
    let headings: Vec<_> = imported
        .structure
        .headings
        .iter()
        .map(|h| (h.level, h.span.of(&imported.text)))
        .collect();
    assert_eq!(headings, [(1, "Who holds the door?"), (2, "A question")]);
    assert_eq!(blocks(&imported), [(BlockKind::Quote, "It was not us.")]);
    assert_eq!(imported.structure.emphasis.len(), 1);
    assert_eq!(imported.encoding, "UTF-8");
}

#[test]
fn a_document_without_menus_comes_in_whole() {
    let chapters: String = (1..=5)
        .map(|i| format!("<div><h1>Chapter {i}</h1>{}</div>", prose(i)))
        .collect();
    let imported = import(&format!("<title>A book</title>{chapters}<p>The end.</p>"));
    assert_eq!(imported.structure.headings.len(), 5);
    assert!(imported.text.ends_with("The end.\n"));
}

#[test]
fn lines_and_paragraphs() {
    assert_eq!(
        text("a<br>b<br><br>c<div>d<div>e</div>f</div>"),
        "a\nb\n\nc\n\nd\n\ne\n\nf"
    );
    assert_eq!(
        text("<h2>A<br>title</h2>so\u{AD}ft&shy;ly&nbsp;said <q>now</q> <wbr>x"),
        "A title\n\nsoftly\u{A0}said “now” x"
    );
    assert_eq!(
        text("<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>。"),
        "漢字。"
    );
    assert_eq!(
        text(
            "a<span hidden>b</span><p style='display: none'>c</p><span class=sr-only>d</span><i aria-hidden=true>e</i><svg><text>f</text></svg><img alt=g>h"
        ),
        "ah"
    );
    let code = import("<title>T</title><pre>if x:\n    y\n\n\nz</pre>");
    assert_eq!(code.text, "if x:\n    y\n\nz\n");
    assert!(
        blocks(&code)
            .iter()
            .all(|(kind, _)| *kind == BlockKind::Code)
    );
}

#[test]
fn lists_keep_their_bullets_and_numbers() {
    assert_eq!(
        text(
            "<p>a</p><ol start=3><li>b<ul><li>c</ul><li value=9>d<li></li></ol><ol type=i reversed><li>e<li>f</ol>g"
        ),
        "a\n\n3. b\n• c\n9. d\n\nii. e\ni. f\n\ng"
    );
    assert_eq!(
        text("<ul><li><p>a</p><p>b</p></li><li><p>c</p></ul>"),
        "• a\n\nb\n\n• c"
    );
    assert_eq!(text("<dl><dt>a<dd>b</dl>"), "a\n\nb");
    let nested = import("<title>T</title><ul><li>a<ol type=A><li>b</ol></ul>");
    assert_eq!(
        blocks(&nested),
        [(BlockKind::Item(1), "• a"), (BlockKind::Item(2), "A. b")]
    );
}

#[test]
fn tables_of_data_are_rows_and_others_are_not() {
    let table = import(
        "<title>T</title><p>x</p><table><caption>Walls</caption><thead><tr><th>Year<th>Walls</thead><tbody><tr><td><p>1961</p><td>one<br>or two</table>y",
    );
    assert_eq!(
        table.text,
        "x\n\nWalls\n\nYear\tWalls\n1961\tone or two\n\ny\n"
    );
    assert_eq!(
        blocks(&table),
        [
            (BlockKind::Row, "Year\tWalls"),
            (BlockKind::Row, "1961\tone or two")
        ]
    );
    assert_eq!(
        text("<table><tr><td>a<td><table><tr><td>b</table></table>"),
        "a\n\nb"
    );
}

#[test]
fn footnotes_are_linked_however_the_page_says_it() {
    let pages = [
        // pandoc
        "<p>Walls<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup></a> stand.</p>\
         <section class=footnotes role=doc-endnotes><hr><ol><li id=fn1><p>See Lee.<a href='#fnref1' role='doc-backlink'>↩︎</a></p></li></ol></section>",
        // Wikipedia
        "<p>Walls<sup id=cite_ref-1 class=reference><a href='#cite_note-1'><span>[</span>1<span>]</span></a></sup> stand.</p>\
         <div class=mw-heading><h2>References</h2></div><ol class=references><li id=cite_note-1><span class=mw-cite-backlink><b><a href='#cite_ref-1'>^</a></b></span> \
         <span class=reference-text>See Lee.</span></li></ol>",
        // Substack, with addresses as a browser saves them
        "<p>Walls<a id=footnote-anchor-1 class=footnote-anchor href='https://x.example/p#footnote-1'>1</a> stand.</p>\
         <div class=footnote><a id=footnote-1 class=footnote-number href='https://x.example/p#footnote-anchor-1'>1</a><div class=footnote-content><p>See Lee.</p></div></div>",
        // Word
        "<p>Walls<a style='x' href='#_ftn1' name='_ftnref1' title=''><span>[1]</span></a> stand.</p>\
         <div><hr><div id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> See Lee.</p></div></div>",
        // WordPress
        "<p>Walls<sup><a href='#note-9-1' id='ref-9-1'>1</a></sup> stand.</p><ol><li id='note-9-1'>See Lee. <a href='#ref-9-1'>↑</a></li></ol>",
        // by hand
        "<p>Walls<sup>[<a name=r1 href='#n1'>1</a>]</sup> stand.</p><p><a name=n1 href='#r1'>1</a>. See Lee.</p>",
    ];
    for page in pages {
        let imported = import(&format!("<title>T</title>{page}"));
        assert_eq!(imported.text, "Walls[1] stand.\n\n[1] See Lee.\n", "{page}");
        assert_eq!(notes(&imported), [("[1]", "[1] See Lee.")], "{page}");
    }
}

#[test]
fn links_within_a_page_are_no_notes() {
    let page = "<ul><li><a href='#one'>1</a> <li><a href='#two'>Two</a></ul><h2 id=one>One</h2><p>Text.</p><h2 id=two>Two</h2><p>More.</p>";
    assert!(
        import(&format!("<title>T</title>{page}"))
            .structure
            .notes
            .is_empty()
    );
}

#[test]
fn notes_outside_of_the_article_come_with_it() {
    let body = prose(5).replacen("night", "night<sup><a id=r1 href='#fn1'>1</a></sup>", 1);
    let page = format!(
        "<title>T</title><nav>x</nav><article>{body}{body}</article><div class='footer related'><ul><li id=fn1><a href='/a'>Lee</a>, <a href='/b'>Walls</a> <a href='#r1'>↩</a></ul></div>",
    );
    let imported = import(&page);
    assert_eq!(notes(&imported)[0], ("[1]", "[1] Lee, Walls"));
}

#[test]
fn formulas_are_words() {
    assert_eq!(
        text("Let <math alttext='a^2'><mi>a</mi></math> be."),
        "Let a^2 be."
    );
    assert_eq!(
        text(
            "<span style='display:none' class=mwe-math-mathml-inline><math><semantics><mi>a</mi><annotation encoding='application/x-tex'>\\alpha</annotation></semantics></math></span>"
        ),
        "\\alpha"
    );
    assert_eq!(text("<math><mi>x</mi><mo>+</mo><mn>1</mn></math>"), "x+1");
}

#[test]
fn xhtml_closes_its_elements() {
    let page = "<?xml version='1.0' encoding='UTF-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title><script src='x'/></head><body><p>a<b/>b <i/>c</p></body></html>";
    let imported = import(page);
    assert_eq!(imported.text, "ab c\n");
    assert!(imported.structure.emphasis.is_empty());
}

#[test]
fn pages_made_to_do_harm_are_refused_or_read() {
    let odd = [
        "<b>".repeat(400) + "x",
        "<table>".repeat(300) + "x",
        "<a href=x>".repeat(2_000) + "x",
        "<p><font color=a>".repeat(300) + "x",
        "<svg><g>".repeat(200) + "<p>x",
        "<!--".repeat(9) + "x",
        "<p ".repeat(900) + ">x",
        "<sup><a href='#a' id=a>1</a>".repeat(90) + "x",
        "<li><ul>".repeat(200) + "x",
        "<template>".repeat(200) + "x",
        "<select><option>".repeat(200) + "x",
        "&#0;&#xD800;&#x110000;x".to_owned(),
        "<frameset><frame>x".to_owned(),
    ];
    for page in odd {
        if let Err(error) = import_file("x.html", page.as_bytes()) {
            assert!(
                matches!(error.why, Refusal::Swollen | Refusal::Empty),
                "{error:?}: {page}"
            );
        }
    }
}

#[test]
fn what_is_left_out_is_said() {
    let comment = "<div class=comment><p>I do not think so, and neither does my brother, who was there when it fell.</p></div>";
    let page = format!(
        "<title>T</title><body><article class=article>{}{}</article><div id=comments>{}</div>",
        prose(6),
        prose(6),
        comment.repeat(12)
    );
    let imported = import(&page);
    assert!(!imported.text.contains("my brother"), "{}", imported.text);
    assert!(
        imported.remarks[0].contains("was taken for the article"),
        "{:?}",
        imported.remarks
    );
}
