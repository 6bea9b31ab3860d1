//! Which part of a page is the article.
//!
//! dom_smoothie (after Mozilla's Readability) finds it, but gives it without classes, notes and much else that tells of its
//! make-up. So each element is given its number before, and what comes back says which elements are the article's.

use std::collections::HashSet;

use dom_query::{Document, Element, NodeId, NodeRef};
use dom_smoothie::{Article, Config, Readability};

use super::{dom, hidden};

/// The attribute that carries an element's number through dom_smoothie.
const NUMBER: &str = "data-glossator-n";

/// The most that the squares of all elements' depths may come to in a page that is searched for its article; beyond, the page is
/// taken whole. dom_smoothie's cost grows so: 20 s for 8,000 million.
const WORK: usize = 500_000_000;

/// What dom_smoothie made of a page.
#[derive(Default)]
pub struct Found {
    /// The elements of the article; `None` for the whole page.
    pub kept: Option<Kept>,
    /// How much of the page's text outside of links and menus that is.
    pub percent: usize,
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
    /// Whether a text or an element is of the article; `parent` says it of its parent.
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

/// Whether a text stands among blocks without one of its own, or among line breaks. dom_smoothie makes paragraphs of such and may lose the element that
/// they were in, so they are numbered themselves.
fn is_loose(node: &NodeRef) -> bool {
    const BLOCKS: &[&str] = &[
        "article",
        "blockquote",
        "body",
        "center",
        "div",
        "main",
        "section",
        "td",
    ];
    let is_block = |p: &NodeRef| dom::element(p).is_some_and(|e| BLOCKS.contains(&dom::name(&e)));
    let is_break = |n: Option<NodeRef>| n.is_some_and(|n| n.has_name("br"));
    node.is_nonempty_text()
        && (is_break(node.next_sibling())
            || is_break(node.prev_sibling())
            || node.parent().is_some_and(|p| is_block(&p)))
}

/// Finds the article of a page.
pub fn find(document: &Document) -> Found {
    let elements: Vec<_> = dom::walk(document.root(), |_| false)
        .into_iter()
        .filter(|n| n.is_element() || is_loose(n))
        .map(|n| n.id)
        .collect();
    if work(document) > WORK {
        return Found::default();
    }
    let copy = document.clone();
    for (number, id) in elements.iter().enumerate() {
        let Some(node) = copy.tree.get(id) else {
            continue;
        };
        if node.is_text() {
            let span = copy.tree.new_element("span");
            span.set_attr(NUMBER, &number.to_string());
            node.insert_before(&span);
            span.append_child(&node);
        } else {
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
    let share = share(document, &kept);
    // Of a site, with menus and comments, the article may be small; a page without them is rather a document: a thesis, a book, a
    // program's output.
    let least = if share.is_of_site { 10 } else { 85 };
    let whole = share.percent() < least;
    Found {
        kept: (!whole).then_some(kept),
        percent: if whole { 100 } else { share.percent() },
        title: article.title,
        byline: article.byline.unwrap_or_default(),
        site: article.site_name.unwrap_or_default(),
        published: article.published_time.unwrap_or_default(),
    }
}

/// The squares of all elements' depths, summed.
fn work(document: &Document) -> usize {
    let mut sum = 0usize;
    let mut stack = vec![(document.root(), 0usize)];
    while let Some((node, depth)) = stack.pop() {
        sum = sum.saturating_add(depth * depth);
        stack.extend(
            node.children_it(false)
                .filter(NodeRef::is_element)
                .map(|c| (c, depth + 1)),
        );
    }
    sum
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

/// How many bytes of text outside of links and menus there are.
#[derive(Debug, Default)]
struct Share {
    prose: usize,
    kept: usize,
    /// Whether the page has what only sites have.
    is_of_site: bool,
}

impl Share {
    fn percent(&self) -> usize {
        (self.kept * 100)
            .checked_div(self.prose)
            .unwrap_or_default()
    }
}

fn share(document: &Document, kept: &Kept) -> Share {
    let mut share = Share::default();
    let Some(body) = document.body() else {
        return share;
    };
    // Nodes, whether they are kept, whether they are in a link.
    let mut stack = vec![(body, kept.holds(&body, false), false)];
    while let Some((node, is_kept, is_link)) = stack.pop() {
        for child in node.children_it(false) {
            if child.is_text() {
                let bytes = child
                    .text()
                    .split_whitespace()
                    .map(|w| w.len() + 1)
                    .sum::<usize>();
                if !is_link {
                    share.prose += bytes;
                    share.kept += if kept.holds(&child, is_kept) || is_kept {
                        bytes
                    } else {
                        0
                    };
                }
                continue;
            }
            let Some(element) = dom::element(&child) else {
                continue;
            };
            share.is_of_site |= is_of_sites(&element);
            if !hidden::is_furniture(&child, &element) && !hidden::is_hidden(&element) {
                let link =
                    is_link || dom::name(&element) == "a" && dom::attr(&element, "href").is_some();
                stack.push((child, kept.holds(&child, is_kept), link));
            }
        }
    }
    share
}

/// Whether an element is such as only sites have.
fn is_of_sites(element: &Element) -> bool {
    const WORDS: &[&str] = &[
        "menu",
        "navbar",
        "sidebar",
        "comment",
        "share",
        "social",
        "related",
        "footer",
        "breadcrumb",
        "cookie",
    ];
    let named = |name| {
        let value = dom::attr(element, name)
            .unwrap_or_default()
            .to_ascii_lowercase();
        WORDS.iter().any(|w| value.contains(w))
    };
    match dom::name(element) {
        "nav" => !dom::has_word(element, "role", &["doc-toc"]),
        "footer" | "aside" | "ul" | "div" | "section" => named("class") || named("id"),
        _ => false,
    }
}
