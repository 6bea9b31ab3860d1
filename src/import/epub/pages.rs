//! Where the pages of the printed book start in a part, and which of its paragraphs are titles.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, Element, NodeId};

use super::{super::web::dom, contents::Entry};

/// How many paragraphs after the place that a title's entry leads to are looked at.
const NEAR: usize = 8;

/// The labels of the printed pages by the element at which they start: those of the book's list, and those marked in the text.
pub fn pages(
    document: &Document,
    listed: &[&Entry],
    ids: &HashMap<String, NodeId>,
) -> HashMap<NodeId, String> {
    let mut pages = HashMap::new();
    for node in dom::walk(document.root(), |_| false) {
        let Some(element) = dom::element(&node).filter(|e| is_break(e)) else {
            continue;
        };
        let said = ["title", "aria-label"]
            .iter()
            .find_map(|a| label(dom::attr(&element, a)?));
        let said = said
            .or_else(|| label(&dom::text(node, 40)))
            .or_else(|| from_id(dom::attr(&element, "id")?));
        if let Some(said) = said {
            pages.insert(node.id, said);
        }
    }
    for entry in listed {
        let at = match entry.id.as_str() {
            "" => document.body().map(|b| b.id),
            id => ids.get(id).copied(),
        };
        if let (Some(at), Some(said)) = (at, label(&entry.label)) {
            pages.insert(at, said);
        }
    }
    pages
}

fn is_break(element: &Element) -> bool {
    dom::has_word(element, "epub:type", &["pagebreak"])
        || dom::has_word(element, "role", &["doc-pagebreak"])
}

/// A page's number without what is said around it: “Page 21.”
fn label(text: &str) -> Option<String> {
    let text = text
        .trim()
        .trim_matches(['[', ']', '.', '(', ')', '{', '}', ' ']);
    let bare = ["page", "Page", "PAGE", "pg.", "p.", "pp.", "Seite", "S."]
        .iter()
        .find_map(|w| text.strip_prefix(w));
    let bare = bare.unwrap_or(text).trim();
    (!bare.is_empty() && bare.chars().count() <= 24).then(|| bare.to_owned())
}

/// The number in an id: `page_021`.
fn from_id(id: &str) -> Option<String> {
    let digits = id
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()?
        .trim_start_matches('0');
    (!digits.is_empty()).then(|| digits.to_owned())
}

/// The paragraphs that are titles by the book's contents though not marked as headings, with their levels; and the title of the
/// part itself when it has none of its own at all.
pub fn titles<'e>(
    document: &Document,
    entries: &[&'e Entry],
    ids: &HashMap<String, NodeId>,
) -> (HashMap<NodeId, u8>, Option<(&'e str, u8)>) {
    let mut found = HashMap::new();
    let mut has_headings = false;
    // Paragraphs without others in them, in order, and the place of each element among them.
    let mut paragraphs = Vec::new();
    let mut starts: HashMap<NodeId, usize> = HashMap::new();
    for node in dom::walk(document.root(), |_| false) {
        let Some(element) = dom::element(&node) else {
            continue;
        };
        starts.insert(node.id, paragraphs.len());
        match dom::name(&element) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                has_headings |= !dom::text(node, 20).is_empty();
                paragraphs.push((node, true));
            }
            "p" | "div" | "td" | "center" | "blockquote" if is_short_leaf(&node) => {
                paragraphs.push((node, false))
            }
            _ => {}
        }
    }
    let mut missing = None;
    let mut taken = HashSet::new();
    for entry in entries {
        let at = match entry.id.as_str() {
            "" => Some(0),
            // A target within a paragraph stands after its start.
            id => ids
                .get(id)
                .and_then(|id| starts.get(id))
                .map(|at| at.saturating_sub(1)),
        };
        let near = paragraphs.iter().skip(at.unwrap_or_default()).take(NEAR);
        let wanted = plain(&entry.label);
        let same = |text: &str| {
            let said = plain(text);
            !said.is_empty()
                && (said == wanted || said.chars().count() > 3 && wanted.contains(&said))
        };
        let title = near.clone().find(|(node, _)| same(&dom::text(*node, 300)));
        match title {
            Some((_, true)) => {}
            Some((node, false)) if taken.insert(node.id) => {
                found.insert(node.id, entry.depth);
            }
            None if entry.id.is_empty() && !has_headings && !wanted.is_empty() => {
                missing = missing.or(Some((entry.label.as_str(), entry.depth)));
            }
            _ => {}
        }
    }
    let has_text = document
        .body()
        .is_some_and(|b| !dom::text(b, 40).is_empty());
    (found, missing.filter(|_| has_text))
}

/// Whether an element is a paragraph of title's length with no blocks in it.
fn is_short_leaf(node: &dom_query::NodeRef) -> bool {
    let text = dom::text(*node, 300);
    let is_block = |n: &dom_query::NodeRef| {
        dom::element(n).is_some_and(|e| {
            matches!(
                dom::name(&e),
                "p" | "div" | "table" | "ul" | "ol" | "blockquote" | "section" | "h1" | "h2" | "h3"
            )
        })
    };
    !text.is_empty() && text.len() < 300 && !node.children_it(false).any(|c| is_block(&c))
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
