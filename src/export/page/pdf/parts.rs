//! The tree of tags: what each part of the document is, for readers that don't see it (ISO 32000-1, 14.8).

use std::num::NonZeroU16;

use krilla::tagging::{
    Identifier, ListNumbering, Node, TableHeaderScope, Tag as Element, TagGroup, TagKind, TagTree,
};

use crate::export::page::tags::{Role, Tags};

/// What the parts hold, by their tags.
#[derive(Default)]
pub(super) struct Parts {
    held: Vec<Vec<Held>>,
}

enum Held {
    /// Text on a page.
    Text(Identifier),
    /// A place that can be clicked on.
    Link(Identifier),
    /// Another part.
    Part(u32),
}

impl Parts {
    /// Text of the part `tag`.
    pub fn add(&mut self, tag: u32, text: Identifier, tags: &Tags) {
        self.hold(tag, Held::Text(text), tags);
    }

    /// A link in the part `tag`.
    pub fn add_link(&mut self, tag: u32, link: Identifier, tags: &Tags) {
        self.hold(tag, Held::Link(link), tags);
    }

    /// A part belongs to the one around it from where it has something to hold.
    fn hold(&mut self, tag: u32, held: Held, tags: &Tags) {
        let at = tag as usize;
        if self.held.len() <= at {
            self.held.resize_with(tags.len().max(at) + 1, Vec::new);
        }
        let is_new = self.held[at].is_empty();
        self.held[at].push(held);
        if let Some(part) = tags.get(tag)
            && is_new
        {
            self.hold(part.parent, Held::Part(tag), tags);
        }
    }

    /// All of them.
    pub fn tree(mut self, tags: &Tags) -> TagTree {
        let mut tree = TagTree::new();
        tree.children = self.children(0, tags);
        tree
    }

    fn children(&mut self, tag: u32, tags: &Tags) -> Vec<Node> {
        let held = self.held.get_mut(tag as usize).map(std::mem::take);
        let node = |held| match held {
            Held::Text(id) => Node::Leaf(id),
            Held::Link(id) => TagGroup::with_children(Element::Link, vec![id.into()]).into(),
            Held::Part(part) => {
                let children = self.children(part, tags);
                let kind = tags.get(part).map_or(Element::Div.into(), |t| kind(t.role));
                TagGroup::with_children(kind, children).into()
            }
        };
        held.unwrap_or_default().into_iter().map(node).collect()
    }
}

fn kind(role: Role) -> TagKind {
    match role {
        Role::Heading(level) => {
            let level = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
            Element::Hn(level, None).into()
        }
        Role::Paragraph => Element::P.into(),
        Role::Quote => Element::BlockQuote.into(),
        Role::List { numbered: true } => Element::L(ListNumbering::Decimal).into(),
        Role::List { numbered: false } => Element::L(ListNumbering::Disc).into(),
        Role::Item => Element::LI.into(),
        Role::ItemNumber => Element::Lbl.into(),
        Role::ItemText => Element::LBody.into(),
        Role::Column => Element::Div.into(),
        Role::Table => Element::Table.into(),
        Role::TableRow => Element::TR.into(),
        Role::TableHead => Element::TH(TableHeaderScope::Column).into(),
        Role::TableCell => Element::TD.into(),
        Role::Footnote | Role::Gloss => Element::Note.into(),
    }
}
