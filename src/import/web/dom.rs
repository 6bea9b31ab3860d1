//! Small questions to ask of a parsed page.

use std::cell::Ref;

use dom_query::{Element, NodeId, NodeRef, Tree};

/// The value of an attribute.
pub fn attr<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let found = element.attrs.iter().find(|a| &*a.name.local == name)?;
    Some(found.value.as_ref())
}

/// The name of an element: `p`.
pub fn name(element: &Element) -> &str {
    &element.name.local
}

/// Whether a list of words in an attribute (`class`, `role`, `epub:type`) holds one of these, in any case.
pub fn has_word(element: &Element, attribute: &str, words: &[&str]) -> bool {
    attr(element, attribute).is_some_and(|value| {
        let mut all = value.split_ascii_whitespace();
        all.any(|w| words.iter().any(|word| w.eq_ignore_ascii_case(word)))
    })
}

/// The element that a node is.
pub fn element<'a>(node: &NodeRef<'a>) -> Option<Ref<'a, Element>> {
    node.element_ref()
}

/// The next node in document order that is not below `node`, up to the end of what is below `root`.
fn after<'a>(node: NodeRef<'a>, root: NodeId) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        if node.id == root {
            return None;
        }
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
}

/// All nodes below `root` in document order, without stepping into those that `skip` says. No recursion.
pub fn walk<'a>(root: NodeRef<'a>, mut skip: impl FnMut(&NodeRef<'a>) -> bool) -> Vec<NodeRef<'a>> {
    let mut all = Vec::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let skipped = skip(&node);
        let below = if skipped { None } else { node.first_child() };
        if !skipped {
            all.push(node);
        }
        next = below.or_else(|| after(node, root.id));
    }
    all
}

/// The text below a node with its white space folded, at most about `most` bytes of it.
pub fn text(root: NodeRef<'_>, most: usize) -> String {
    let mut out = String::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let mut below = node.first_child();
        if node.is_text() {
            for word in node.text().split_inclusive(char::is_whitespace) {
                let bare = word.trim();
                if !bare.is_empty() {
                    out.push_str(bare);
                }
                if bare.len() != word.len() && !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                if out.len() >= most {
                    break;
                }
            }
        } else if element(&node)
            .is_some_and(|e| matches!(name(&e), "script" | "style" | "template"))
        {
            below = None;
        }
        if out.len() >= most {
            break;
        }
        next = below.or_else(|| after(node, root.id));
    }
    out.truncate(out.trim_end().len());
    out
}

/// The node of a tree with this number.
pub fn node(tree: &Tree, id: NodeId) -> Option<NodeRef<'_>> {
    tree.get(&id)
}
