//! Which elements are paragraphs, and the words of those that are not simply read out: formulas, the starts of notes.

use dom_query::{Element, NodeRef};

use super::{dom, hidden};

/// What a note says without the number it starts with: it gets its own.
pub fn without_number(text: &str) -> &str {
    let start = text.trim_start();
    let bare = start.trim_start_matches(['[', '(']);
    let rest =
        bare.trim_start_matches(|c: char| c.is_ascii_digit() || "*†‡§^↑¹²³⁰⁴⁵⁶⁷⁸⁹".contains(c));
    let number = bare.len() - rest.len();
    let closed = rest.trim_start_matches([']', ')', '.', ':']);
    match number {
        // The link with the number was taken out from between them.
        0 if bare.is_empty() || rest.len() == start.len() => closed.trim_start(),
        // “1914 saw the war” starts with no number of a note.
        1..=3
            if closed.len() < rest.len()
                || closed.starts_with(char::is_whitespace)
                || closed.is_empty() =>
        {
            closed.trim_start()
        }
        _ => start,
    }
}

/// A formula as TeX or as its signs.
pub fn formula(node: &NodeRef, element: &Element) -> String {
    if let Some(text) = dom::attr(element, "alttext") {
        return text.to_owned();
    }
    let all = dom::walk(*node, |_| false);
    let tex = all.iter().find(|n| {
        let e = dom::element(n);
        e.is_some_and(|e| dom::attr(&e, "encoding").is_some_and(|x| x.contains("tex")))
    });
    if let Some(tex) = tex {
        return tex.text().trim().to_owned();
    }
    let signs = dom::walk(*node, |n| {
        dom::element(n).is_some_and(|e| dom::name(&e).starts_with("annotation"))
    });
    let mut out = String::new();
    for sign in signs.iter().filter(|n| n.is_text()) {
        out.push_str(sign.text().trim());
    }
    out
}

pub fn is_book_menu(element: &Element) -> bool {
    dom::name(element) == "nav"
        || dom::has_word(
            element,
            "epub:type",
            &["toc", "landmarks", "page-list", "pagebreak"],
        )
        || dom::has_word(
            element,
            "role",
            &["doc-toc", "doc-pagelist", "doc-pagebreak"],
        )
}

/// Whether an element stands on lines of its own.
pub fn is_block(element: &Element) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ];
    let name = dom::name(element);
    if name == "div" || name == "p" {
        let inline = dom::attr(element, "style").is_some_and(|s| {
            let mut all = hidden::declarations(s);
            all.any(|(n, v)| n == "display" && v.contains("inline"))
        });
        return !inline;
    }
    BLOCKS.contains(&name)
        || dom::attr(element, "style").is_some_and(|s| {
            let mut all = hidden::declarations(s);
            all.any(|(n, v)| n == "display" && v == "block")
        })
}
