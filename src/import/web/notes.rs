//! Footnotes: which links are marks of notes, and which elements are what the notes say.
//!
//! Pages say it in many ways: by role (DPUB-ARIA), by `epub:type`, by class (pandoc, Wikipedia, WordPress, Substack, Word), or
//! only by a short link to a place further down that links back.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, Element, NodeId, NodeRef};

use super::{
    dom,
    note_names::{is_label, is_note_id, is_notes_name, says_back, says_mark},
};

/// How many links back from a note are looked at.
const BACK: usize = 300;
/// How many elements above a link or a target are looked at.
const CLIMB: usize = 4;
/// The longest note that is told by its links alone, in bytes.
const LONGEST: usize = 20_000;

/// The notes of one page or of one part of a book.
#[derive(Debug, Default)]
pub struct Notes {
    /// The links that are marks, with the name of their note.
    pub marks: HashMap<NodeId, String>,
    /// The elements that are notes, with their name.
    pub bodies: HashMap<NodeId, String>,
    /// Links from a note back to its mark.
    pub back: HashSet<NodeId>,
    /// Headings over nothing but notes.
    pub headings: HashSet<NodeId>,
}

/// A page, or one part of a book.
pub struct Sheet {
    /// What it holds.
    pub document: Document,
    /// Where it lies in the book, for links from other parts; empty for a page of its own.
    pub path: String,
}

/// A link within a book: from the element `from` of a sheet to the element `to` of another or the same.
struct Link<'a> {
    from: (usize, NodeRef<'a>),
    to: (usize, NodeRef<'a>),
    label: String,
    target: String,
}

/// Finds the notes of all sheets. `resolve` gives the sheet and the id that a link of a sheet leads to.
pub fn find(
    sheets: &[Sheet],
    resolve: impl Fn(usize, &str) -> Option<(usize, String)>,
) -> Vec<Notes> {
    let mut found: Vec<Notes> = sheets.iter().map(|_| Notes::default()).collect();
    let ids: Vec<_> = sheets.iter().map(|s| ids(&s.document)).collect();
    let mut links = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        for node in dom::walk(sheet.document.root(), |_| false) {
            let Some(element) = dom::element(&node).filter(|e| dom::name(e) == "a") else {
                continue;
            };
            let Some((to, id)) = dom::attr(&element, "href").and_then(|h| resolve(index, h)) else {
                continue;
            };
            let target = ids.get(to).and_then(|ids| ids.get(&id));
            let target = target.and_then(|&t| sheets.get(to)?.document.tree.get(&t));
            if let Some(target) = target {
                links.push(Link {
                    from: (index, node),
                    to: (to, target),
                    label: dom::text(node, 40),
                    target: id,
                });
            }
        }
    }
    // Who links to whom, to see which links lead back.
    let mut sources: HashMap<(usize, NodeId), Vec<usize>> = HashMap::new();
    for (i, link) in links.iter().enumerate() {
        let (sheet, node) = link.from;
        for id in itself_and_above(node) {
            sources.entry((sheet, id)).or_default().push(i);
        }
    }
    let targets: HashSet<_> = links.iter().map(|l| (l.to.0, l.to.1.id)).collect();
    let mut marked = HashSet::new();
    for link in &links {
        if let Some(body) = note_of(link, &links, &sources, &targets) {
            let name = format!("{}#{:?}", link.to.0, body.id);
            found[link.from.0]
                .marks
                .insert(link.from.1.id, name.clone());
            found[link.to.0].bodies.insert(body.id, name);
            marked.extend(
                itself_and_above(link.from.1)
                    .into_iter()
                    .map(|id| (link.from.0, id)),
            );
        }
    }
    for link in &links {
        let (sheet, node) = link.from;
        let leads_to_mark = marked.contains(&(link.to.0, link.to.1.id));
        let in_note = |id: NodeId| found[sheet].bodies.contains_key(&id);
        if leads_to_mark && node.ancestors_it(None).any(|a| in_note(a.id)) {
            found[sheet].back.insert(node.id);
        }
    }
    for (notes, sheet) in found.iter_mut().zip(sheets) {
        notes.headings = headings(notes, &sheet.document);
    }
    found
}

/// The elements by what links call them.
pub fn ids(document: &Document) -> HashMap<String, NodeId> {
    let mut ids = HashMap::new();
    for node in dom::walk(document.root(), |_| false) {
        let Some(element) = dom::element(&node) else {
            continue;
        };
        let name = dom::attr(&element, "name").filter(|_| dom::name(&element) == "a");
        for id in [dom::attr(&element, "id"), name].into_iter().flatten() {
            ids.entry(id.to_owned()).or_insert(node.id);
        }
    }
    ids
}

fn itself_and_above(node: NodeRef<'_>) -> Vec<NodeId> {
    let mut all = vec![node.id];
    all.extend(node.ancestors_it(Some(CLIMB)).map(|a| a.id));
    all
}

/// The element that is the note a link leads to, if it is the mark of one.
fn note_of<'a>(
    link: &Link<'a>,
    links: &[Link<'a>],
    sources: &HashMap<(usize, NodeId), Vec<usize>>,
    targets: &HashSet<(usize, NodeId)>,
) -> Option<NodeRef<'a>> {
    let (sheet, node) = link.from;
    let element = dom::element(&node)?;
    if says_back(&element) {
        return None;
    }
    let said = says_mark(&element);
    let later = (link.to.0, link.to.1.id) > (sheet, node.id);
    if !(said || later && is_label(&link.label)) {
        return None;
    }
    let body = body(link, targets)?;
    let is_heading = |e: &Element| matches!(dom::name(e), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if dom::element(&body).is_none_or(|e| is_heading(&e)) || is_above(&body, &node) {
        return None;
    }
    let near: HashSet<_> = itself_and_above(node)
        .into_iter()
        .map(|id| (sheet, id))
        .collect();
    let links_back = || {
        let from = sources.get(&(link.to.0, body.id));
        from.into_iter()
            .flatten()
            .take(BACK)
            .filter_map(|&i| links.get(i))
            .any(|l| near.contains(&(l.to.0, l.to.1.id)))
    };
    let raised = node.ancestors_it(Some(2)).any(|a| a.has_name("sup")) || {
        let mut below = node.children_it(false);
        below.any(|c| c.has_name("sup"))
    };
    let told = said
        || is_note_id(&link.target) && (raised || is_bracketed(&node, &link.label))
        || links_back();
    (told && (said || dom::text(body, LONGEST).len() < LONGEST)).then_some(body)
}

fn is_bracketed(node: &NodeRef, label: &str) -> bool {
    let before = node.prev_sibling().filter(NodeRef::is_text);
    label.starts_with(['[', '(', '*', '†'])
        || label.chars().all(|c| "¹²³⁰⁴⁵⁶⁷⁸⁹".contains(c))
        || before.is_some_and(|t| t.text().trim_end().ends_with(['[', '(']))
}

fn is_above(node: &NodeRef, other: &NodeRef) -> bool {
    other
        .ancestors_it(None)
        .any(|a| a.id == node.id && std::ptr::eq(a.tree, node.tree))
}

/// The element that holds the whole note: the target, or what is around it as long as that is only about this note.
fn body<'a>(link: &Link<'a>, targets: &HashSet<(usize, NodeId)>) -> Option<NodeRef<'a>> {
    const BLOCKS: &[&str] = &[
        "p",
        "li",
        "div",
        "aside",
        "dd",
        "td",
        "tr",
        "blockquote",
        "section",
        "table",
        "dl",
        "footer",
    ];
    let (sheet, target) = link.to;
    let is_block = |n: &NodeRef| dom::element(n).is_some_and(|e| BLOCKS.contains(&dom::name(&e)));
    let mut node = target;
    let mut climbed = 0;
    while !is_block(&node) && climbed < CLIMB {
        let parent = node.parent()?;
        // What a term of a list is about follows it.
        if node.has_name("dt") {
            return node
                .next_element_sibling()
                .filter(|n| n.has_name("dd"))
                .or(Some(node));
        }
        // The note's words stand in an element of their own only if others do not share it.
        if !parent.is_element()
            || parent.has_name("body")
            || has_other_target(&parent, &target, sheet, targets)
        {
            break;
        }
        node = parent;
        climbed += 1;
    }
    if node.has_name("td") {
        node = node.parent().filter(|p| p.has_name("tr")).unwrap_or(node);
    }
    // `<div id="note1"><p><a id="n1">1</a> …</p><p>…</p></div>`: the division is named after notes and holds this one only.
    let parent = node
        .parent()
        .filter(|p| is_block(p) && !node.has_name("tr"));
    if let Some(parent) = parent {
        let named = dom::element(&parent).is_some_and(|e| {
            let class = dom::attr(&e, "class")
                .unwrap_or_default()
                .to_ascii_lowercase();
            dom::attr(&e, "id").is_some_and(is_note_id)
                || matches!(class.as_str(), "footnote" | "endnote" | "fn" | "note")
                || dom::has_word(
                    &e,
                    "epub:type",
                    &["footnote", "endnote", "rearnote", "note"],
                )
        });
        let of_note = dom::name(&*dom::element(&node)?) == "p" || is_inline(&node);
        if named
            && of_note
            && !has_other_target(&parent, &target, sheet, targets)
            && !is_above(&parent, &link.from.1)
        {
            return Some(parent);
        }
    }
    Some(node)
}

fn is_inline(node: &NodeRef) -> bool {
    dom::element(node)
        .is_some_and(|e| matches!(dom::name(&e), "a" | "span" | "sup" | "b" | "i" | "small"))
}

/// Whether links lead to more than one place below a node. Looks at its first elements only.
fn has_other_target(
    node: &NodeRef,
    target: &NodeRef,
    sheet: usize,
    targets: &HashSet<(usize, NodeId)>,
) -> bool {
    let mut seen = 0usize;
    node.descendants_it().take(500).any(|d| {
        let is_other = d.id != target.id && d.is_element() && targets.contains(&(sheet, d.id));
        // Words of the note may be led to from elsewhere; the start of another note has an id as this one does.
        seen += usize::from(is_other);
        is_other
    })
}

/// The headings (“Notes”) after which nothing but notes comes before the next part.
fn headings(notes: &Notes, document: &Document) -> HashSet<NodeId> {
    let mut headings = HashSet::new();
    if notes.bodies.is_empty() {
        return headings;
    }
    for node in dom::walk(document.root(), |_| false) {
        let name = dom::element(&node).map(|e| dom::name(&e).to_owned());
        let is_heading = name.is_some_and(|n| matches!(n.as_bytes(), [b'h', b'1'..=b'6']));
        if !is_heading || !is_notes_name(&dom::text(node, 60)) {
            continue;
        }
        let alone =
            |n: &NodeRef| n.next_element_sibling().is_none() && n.prev_element_sibling().is_none();
        let mut at = node;
        for _ in 0..2 {
            match at
                .parent()
                .filter(|p| p.has_name("div") || p.has_name("header"))
            {
                Some(parent) if alone(&at) || parent.has_class("mw-heading") => at = parent,
                _ => break,
            }
        }
        let next = at.next_element_sibling().filter(|n| !n.has_name("hr"));
        let next = next.or_else(|| at.next_element_sibling()?.next_element_sibling());
        let is_note = |n: &NodeRef| notes.bodies.contains_key(&n.id);
        if next.is_some_and(|n| is_note(&n) || n.descendants_it().take(300).any(|d| is_note(&d))) {
            headings.insert(node.id);
        }
    }
    headings
}
