//! Which part of a page is the article.
//!
//! dom_smoothie (after Mozilla's Readability) finds it, but gives it without classes, notes and much else that tells of its
//! make-up. So each element is given its number before, and what comes back says which elements are the article's.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Article, Config, Readability};

use super::{dom, hidden};

/// The attribute that carries an element's number through dom_smoothie.
const NUMBER: &str = "data-glossator-n";

/// The most elements of a page that is searched for its article; beyond, the page is taken whole. dom_smoothie's cost grows
/// with elements times their nesting.
const ELEMENTS: usize = 150_000;

/// What dom_smoothie made of a page.
#[derive(Default)]
pub struct Found {
    /// The elements of the article; `None` for the whole page.
    pub kept: Option<Kept>,
    /// Title as it stands there.
    pub title: String,
    /// The line that names the authors.
    pub byline: String,
    /// The site's name.
    pub site: String,
    /// When it was published.
    pub published: String,
}

/// The elements of an article.
#[derive(Debug, Default)]
pub struct Kept {
    elements: HashSet<NodeId>,
    /// Those with kept ones below them.
    above: HashSet<NodeId>,
}

impl Kept {
    /// Whether an element is of the article; `parent` says it of its parent.
    pub fn holds(&self, node: &NodeRef, parent: bool) -> bool {
        self.elements.contains(&node.id) || parent && is_swallowed(node)
    }

    /// Whether there is something of the article below an element.
    pub fn is_above(&self, node: &NodeRef) -> bool {
        self.above.contains(&node.id)
    }
}

/// Whether dom_smoothie loses an element's number though it keeps its text: of wrappers it keeps one, and of links that run a
/// script the text.
fn is_swallowed(node: &NodeRef) -> bool {
    let Some(element) = dom::element(node) else {
        return false;
    };
    match dom::name(&element) {
        "div" | "section" => {
            node.next_element_sibling().is_none() && node.prev_element_sibling().is_none()
        }
        "a" => dom::attr(&element, "href").is_some_and(|h| h.starts_with("javascript:")),
        _ => false,
    }
}

/// Finds the article of a page.
pub fn find(document: &Document) -> Found {
    let elements: Vec<_> = dom::walk(document.root(), |_| false)
        .into_iter()
        .filter(NodeRef::is_element)
        .map(|n| n.id)
        .collect();
    if elements.len() > ELEMENTS {
        return Found::default();
    }
    let copy = document.clone();
    for (number, id) in elements.iter().enumerate() {
        if let Some(node) = copy.tree.get(id) {
            node.set_attr(NUMBER, &number.to_string());
        }
    }
    let config = Config {
        keep_classes: true,
        ..Config::default()
    };
    let Ok(mut reader) = Readability::with_document(copy, None, Some(config)) else {
        return Found::default();
    };
    let Ok(article) = reader.parse() else {
        return Found::default();
    };
    let kept = kept(document, &article, &elements);
    let whole = is_whole(document, &kept);
    Found {
        kept: (!whole).then_some(kept),
        title: article.title,
        byline: article.byline.unwrap_or_default(),
        site: article.site_name.unwrap_or_default(),
        published: article.published_time.unwrap_or_default(),
    }
}

fn kept(document: &Document, article: &Article, elements: &[NodeId]) -> Kept {
    let mark = format!(" {NUMBER}=\"");
    let mut kept = Kept::default();
    for (at, _) in article.content.match_indices(&mark) {
        let digits = article.content.get(at + mark.len()..).unwrap_or_default();
        let number = digits
            .split('"')
            .next()
            .and_then(|d| d.parse::<usize>().ok());
        kept.elements.extend(number.and_then(|n| elements.get(n)));
    }
    for node in dom::walk(document.root(), |_| false) {
        if !kept.elements.contains(&node.id) {
            continue;
        }
        let mut above = node.parent();
        while let Some(parent) = above.filter(|p| kept.above.insert(p.id)) {
            above = parent.parent();
        }
    }
    kept
}

/// How many bytes of running text and of links there are.
#[derive(Debug, Default)]
struct Share {
    prose: usize,
    kept: usize,
    links: usize,
}

/// Whether the article is so small a share of what the page says that the page is rather a document without menus: a thesis, a
/// book, a program's output. Of a page with many links a third of the running text makes an article; a page that hardly has
/// links is whole unless nearly all of it was found anyway.
fn is_whole(document: &Document, kept: &Kept) -> bool {
    let mut share = Share::default();
    // What stands above each node, by depth: whether it is kept, whether it is a link.
    let Some(body) = document.body() else {
        return true;
    };
    let mut stack = vec![(body, kept.holds(&body, false), false)];
    while let Some((node, is_kept, is_link)) = stack.pop() {
        for child in node.children_it(false) {
            if child.is_text() {
                let bytes = child
                    .text()
                    .split_whitespace()
                    .map(|w| w.len() + 1)
                    .sum::<usize>();
                match is_link {
                    true => share.links += bytes,
                    false => share.prose += bytes,
                }
                share.kept += if is_kept && !is_link { bytes } else { 0 };
                continue;
            }
            let Some(element) = dom::element(&child) else {
                continue;
            };
            if !hidden::is_furniture(&child, &element) && !hidden::is_hidden(&element) {
                let link =
                    is_link || dom::name(&element) == "a" && dom::attr(&element, "href").is_some();
                stack.push((child, kept.holds(&child, is_kept), link));
            }
        }
    }
    let has_few_links = share.links * 12 < share.prose;
    let least = if has_few_links { 85 } else { 30 };
    share.kept * 100 < share.prose * least
}
