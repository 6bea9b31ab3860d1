//! A book's table of contents and its list of printed pages: EPUB 3's navigation document, EPUB 2's NCX.

use dom_query::{Document, NodeRef};

use super::{
    super::{
        Refusal,
        web::{decode, dom, scan},
    },
    book::{Book, resolve},
    xml,
};

/// The most entries that are read.
const ENTRIES: usize = 50_000;

/// An entry of a list: what it is called and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its words: a title, a page's number.
    pub label: String,
    /// The part of the book.
    pub path: String,
    /// The place in it; empty for its start.
    pub id: String,
    /// How deep it stands in the contents, from 1.
    pub depth: u8,
}

/// Both lists.
#[derive(Debug, Default)]
pub struct Contents {
    /// Titles.
    pub titles: Vec<Entry>,
    /// Pages.
    pub pages: Vec<Entry>,
}

/// Reads what the book has of them.
pub fn read(book: &mut Book) -> Contents {
    let mut contents = Contents::default();
    if let Some(path) = book.nav.clone()
        && let Ok(document) = document(&book.read(&path).unwrap_or_default())
    {
        contents = navigation(&document, &path);
    }
    if (contents.titles.is_empty() || contents.pages.is_empty())
        && let Some(path) = book.ncx.clone()
    {
        let old = ncx(&book.read(&path).unwrap_or_default(), &path);
        if contents.titles.is_empty() {
            contents.titles = old.titles;
        }
        if contents.pages.is_empty() {
            contents.pages = old.pages;
        }
    }
    contents
}

/// A part of a book, parsed.
///
/// # Errors
/// When it is no text or would take too long.
pub fn document(bytes: &[u8]) -> Result<Document, Refusal> {
    let decoded = decode::decode(bytes).ok_or(Refusal::Damaged)?;
    let html = scan::xhtml_as_html(&decoded.text);
    scan::check(&html)?;
    Ok(Document::from(&*scan::parted(&html)))
}

fn navigation(document: &Document, path: &str) -> Contents {
    let mut contents = Contents::default();
    for nav in dom::walk(document.root(), |_| false) {
        let Some(element) = dom::element(&nav).filter(|e| dom::name(e) == "nav") else {
            continue;
        };
        let is = |kind| dom::has_word(&element, "epub:type", &[kind]);
        if is("toc") && contents.titles.is_empty() {
            contents.titles = links(nav, path);
        } else if is("page-list") && contents.pages.is_empty() {
            contents.pages = links(nav, path);
        }
    }
    contents
}

fn links(nav: NodeRef, path: &str) -> Vec<Entry> {
    let all = dom::walk(nav, |_| false).into_iter().filter_map(|node| {
        let element = dom::element(&node).filter(|e| dom::name(e) == "a")?;
        let (to, id) = resolve(path, dom::attr(&element, "href")?);
        let lists = node
            .ancestors_it(None)
            .take_while(|a| a.id != nav.id)
            .filter(|a| a.has_name("ol"));
        Some(Entry {
            label: dom::text(node, 300),
            path: to,
            id,
            depth: lists.count().clamp(1, 9) as u8,
        })
    });
    all.take(ENTRIES).collect()
}

fn ncx(bytes: &[u8], path: &str) -> Contents {
    let all = xml::elements(bytes);
    let mut contents = Contents::default();
    let mut depths: Vec<u8> = vec![0; all.len()];
    for (i, element) in all.iter().enumerate() {
        let is_point = element.name == "navPoint";
        let above = element
            .parent
            .and_then(|p| depths.get(p).copied())
            .unwrap_or_default();
        depths[i] = above.saturating_add(u8::from(is_point));
        if !is_point && element.name != "pageTarget" {
            continue;
        }
        // What it is called and where it leads are its children, and come right after it.
        let own = || {
            all.iter()
                .skip(i + 1)
                .take(16)
                .filter(|e| e.parent == Some(i))
        };
        let label = own().find(|e| e.name == "navLabel").map(|e| e.text.clone());
        let to = own()
            .find(|e| e.name == "content")
            .map(|e| resolve(path, e.attr("src")));
        let (Some(label), Some((to, id))) = (label, to) else {
            continue;
        };
        let list = match is_point {
            true => &mut contents.titles,
            false => &mut contents.pages,
        };
        if list.len() < ENTRIES {
            list.push(Entry {
                label,
                path: to,
                id,
                depth: depths[i].clamp(1, 9),
            });
        }
    }
    contents
}
