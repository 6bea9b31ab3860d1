//! Saved web pages: the article, not the menus.
//!
//! `decode` makes characters of bytes as the page says; `scan` refuses what would take too long; dom_query parses; `article`
//! finds which elements are the article's; `notes` finds footnotes; `walk` writes the text; `meta` reads who wrote it, when and
//! where. The walker is that of e-books too.

mod article;
pub(super) mod decode;
pub(super) mod dom;
mod hidden;
mod json_ld;
mod kinds;
mod list;
pub(super) mod meta;
mod mhtml;
mod note_names;
pub(super) mod notes;
mod people;
mod saved;
pub(super) mod scan;
mod style;
mod table;
#[cfg(test)]
mod tests;
pub(super) mod walk;

use std::collections::HashSet;

use dom_query::Document;

use super::{
    Options, Parsed, Refusal,
    draft::{Draft, Kind},
};
use crate::model::Style;
use notes::Sheet;
use walk::{Scope, Walker};

/// From what share of a page's text on nothing is said of what was left out, in percent.
const MOST: usize = 90;

/// Reads a saved page.
///
/// # Errors
/// Pages that are not text, and those that would take too long.
pub fn parse(_name: &str, bytes: &[u8], _options: &Options) -> Result<Parsed, Refusal> {
    let saved = match mhtml::is_mhtml(bytes) {
        true => Some(mhtml::page(bytes)?),
        false => None,
    };
    let decoded = match &saved {
        Some(page) => decode::decode_as(&page.bytes, &page.charset),
        None => decode::decode(bytes),
    };
    let decoded = decoded.ok_or(Refusal::Binary)?;
    let mut parsed = page(&decoded.text)?;
    if let Some(page) =
        saved.filter(|p| parsed.meta.url.is_empty() && p.location.starts_with("http"))
    {
        parsed.meta.url = page.location;
    }
    parsed.encoding = decoded.encoding;
    parsed.remarks.splice(0..0, decoded.remarks);
    Ok(parsed)
}

fn page(html: &str) -> Result<Parsed, Refusal> {
    scan::check(html)?;
    let html = &*scan::parted(html);
    let sheet = Sheet {
        document: match is_xhtml(html) {
            true => Document::from(scan::xhtml_as_html(html)),
            false => Document::from(html),
        },
        path: String::new(),
    };
    let sheets = [sheet];
    let document = &sheets[0].document;
    let found = article::find(document);
    let notes = notes::find(&sheets, |_, href| {
        // A browser that saves a page makes whole addresses of links within it.
        let (_, id) = href.split_once('#')?;
        (!id.is_empty()).then(|| (0, id.to_owned()))
    });
    let notes = notes.into_iter().next().unwrap_or_default();
    let meta = meta::read(document, html, &found);
    let mut draft = Draft::default();
    let scope = match &found.kept {
        Some(kept) => {
            title(document, kept, &meta.title, &mut draft);
            Scope::Article(kept)
        }
        None => Scope::Whole,
    };
    let mut walker = Walker::new(&mut draft, document, scope, &notes);
    walker.run();
    let marked: HashSet<&str> = notes.marks.values().map(String::as_str).collect();
    walker.other_notes(&marked);
    let drafted = draft.finish();
    let mut remarks = drafted.remarks;
    if found.kept.is_some() && found.percent < MOST {
        remarks.push(format!(
            "About {} % of the page’s text was taken for the article; the rest, such as menus and comments, was left out.",
            found.percent
        ));
    }
    Ok(Parsed {
        meta,
        text: drafted.text,
        structure: drafted.structure,
        encoding: "",
        remarks,
    })
}

/// Whether a page is XML, in which `<a/>` is closed.
fn is_xhtml(html: &str) -> bool {
    html.trim_start().starts_with("<?xml")
}

/// The page's title stands over the article, though not in what dom_smoothie takes for it.
fn title(document: &Document, kept: &article::Kept, title: &str, draft: &mut Draft) {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let wanted = plain(title);
    if wanted.is_empty() {
        return;
    }
    let is_title = |text: &str| {
        let said = plain(text);
        said == wanted || said.chars().count() > 12 && wanted.starts_with(&said)
    };
    let headings = dom::walk(document.root(), |_| false)
        .into_iter()
        .filter(|n| dom::element(n).is_some_and(|e| matches!(dom::name(&e), "h1" | "h2")));
    let mut titles = headings.filter(|n| is_title(&dom::text(*n, 400)));
    let Some(first) = titles.next() else {
        return;
    };
    if !std::iter::once(first)
        .chain(titles)
        .any(|n| kept.holds(&n, false))
    {
        draft.paragraph(Kind::Heading(1));
        draft.text(&dom::text(first, 400), Style::PLAIN);
    }
}
