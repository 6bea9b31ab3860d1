//! A page's elements, written to a draft in reading order. Without recursion: pages nest as deep as they like.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use dom_query::{Document, Element, NodeId, NodeRef};

use super::{
    article::Kept,
    dom, hidden,
    kinds::{formula, is_block, is_book_menu, without_number},
    list::List,
    notes::Notes,
    style, table,
};
use crate::{
    import::draft::{Draft, Kind},
    model::{BlockKind, Style},
};

/// What of a page is written.
pub enum Scope<'a> {
    /// All but menus, foot lines and the like.
    Whole,
    /// The elements of the article.
    Article(&'a Kept),
    /// All: a part of a book.
    Book,
}

/// What is the same for all that stands in an element.
#[derive(Clone, Copy)]
struct Around {
    style: Style,
    kind: Kind,
    /// How many lists it is in.
    lists: u8,
    /// Whether white space counts.
    preformatted: bool,
    /// Whether it is a cell, or a heading: blocks are but words in it.
    in_line: bool,
    in_note: bool,
    /// Whether its words are written.
    shown: bool,
}

/// What is left to do.
enum Step<'a> {
    Node(NodeRef<'a>, Around),
    /// The block is over; the next paragraph is of this kind.
    End(Kind),
    EndList,
    EndNote,
    Say(&'static str, Around),
}

/// A page being written.
pub struct Walker<'a, 'd> {
    draft: &'d mut Draft,
    document: &'a Document,
    scope: Scope<'a>,
    notes: &'a Notes,
    tables: HashSet<NodeId>,
    lists: Vec<List>,
    /// The bullet of the item that has no words yet.
    bullet: Option<String>,
    /// Whether the last thing was a line break.
    broken: bool,
    /// Whether a note was begun and has no words yet, so that its number may still come.
    note_begins: bool,
    written: HashSet<NodeId>,
    /// Paragraphs that are titles, as a table of contents says, with their levels.
    pub titles: HashMap<NodeId, u8>,
    /// The labels of pages by the element at which they start.
    pub pages: HashMap<NodeId, String>,
}

impl<'a, 'd> Walker<'a, 'd> {
    /// Writes a page to `draft`.
    pub fn new(
        draft: &'d mut Draft,
        document: &'a Document,
        scope: Scope<'a>,
        notes: &'a Notes,
    ) -> Self {
        Self {
            draft,
            document,
            scope,
            notes,
            tables: table::of_data(document.root()).into_iter().collect(),
            lists: Vec::new(),
            bullet: None,
            broken: false,
            note_begins: false,
            written: HashSet::new(),
            titles: HashMap::new(),
            pages: HashMap::new(),
        }
    }

    /// Writes the body, and the notes that it refers to where they stand elsewhere.
    pub fn run(&mut self) {
        let Some(body) = self.document.body() else {
            return;
        };
        let shown = match &self.scope {
            Scope::Article(kept) => kept.holds(&body, false),
            _ => true,
        };
        let around = Around {
            style: Style::PLAIN,
            kind: Kind::Body,
            lists: 0,
            preformatted: false,
            in_line: false,
            in_note: false,
            shown,
        };
        self.draft.paragraph(Kind::Body);
        self.steps(vec![Step::Node(body, around)]);
        self.draft.paragraph(Kind::Body);
    }

    /// Writes the notes of this page that were not reached though they are marked somewhere.
    pub fn other_notes(&mut self, marked: &HashSet<&str>) {
        let mut left: Vec<_> = self
            .notes
            .bodies
            .iter()
            .filter(|(id, name)| !self.written.contains(*id) && marked.contains(name.as_str()))
            .map(|(&id, _)| id)
            .collect();
        left.sort_unstable();
        for id in left {
            let around = Around {
                style: Style::PLAIN,
                kind: Kind::Block(BlockKind::Note),
                lists: 0,
                preformatted: false,
                in_line: false,
                in_note: false,
                shown: true,
            };
            if let Some(node) = dom::node(&self.document.tree, id) {
                self.steps(vec![Step::Node(node, around)]);
            }
        }
    }

    fn steps(&mut self, mut stack: Vec<Step<'a>>) {
        while let Some(step) = stack.pop() {
            match step {
                Step::Node(node, around) => self.node(node, around, &mut stack),
                Step::End(kind) => {
                    self.bullet = None;
                    self.draft.paragraph(kind);
                }
                Step::EndList => {
                    self.lists.pop();
                }
                Step::EndNote => {
                    self.note_begins = false;
                    self.draft.end_note();
                }
                Step::Say(text, around) => self.say(text, around),
            }
        }
    }

    fn node(&mut self, node: NodeRef<'a>, around: Around, stack: &mut Vec<Step<'a>>) {
        if node.is_text() {
            let shown = match &self.scope {
                Scope::Article(kept) => around.shown || kept.holds(&node, false),
                _ => around.shown,
            };
            // Spaces between words that dom_smoothie took out of their element.
            if !shown && !node.is_nonempty_text() {
                self.draft.text(" ", Style::PLAIN);
            }
            if shown {
                self.text(&node.text(), Around { shown, ..around });
            }
            return;
        }
        let Some(element) = dom::element(&node) else {
            return;
        };
        let number = node.id;
        if let Some(label) = self.pages.get(&number) {
            self.draft.page(label.clone());
        }
        let note = self
            .notes
            .bodies
            .get(&number)
            .filter(|_| self.written.insert(number));
        let mut inner = around;
        if note.is_none() {
            if hidden::is_hidden(&element)
                || self.notes.back.contains(&number)
                || self.notes.headings.contains(&number)
            {
                return;
            }
            match &self.scope {
                // What stands in a note is not in question.
                _ if around.in_note => {}
                Scope::Book if is_book_menu(&element) => return,
                Scope::Book => {}
                Scope::Whole if hidden::is_furniture(&node, &element) => return,
                Scope::Whole => {}
                Scope::Article(_) if hidden::is_menu(&element) => return,
                // Two line breaks part paragraphs, for which dom_smoothie takes them out; MathJax keeps formulas in scripts.
                Scope::Article(_) if matches!(dom::name(&element), "br" | "script") => {}
                Scope::Article(kept) => {
                    inner.shown = kept.holds(&node, around.shown);
                    if !inner.shown && !kept.is_above(&node) {
                        return;
                    }
                }
            }
        }
        inner.style = style::inside(&element, around.style);
        if let Some(name) = note {
            self.draft.note(name);
            self.note_begins = true;
            stack.push(Step::EndNote);
            inner.kind = Kind::Block(BlockKind::Note);
            inner.in_note = true;
            inner.in_line = false;
            inner.shown = true;
            inner.style = Style::PLAIN;
            below(node, inner, stack);
            return;
        }
        if let Some(name) = self.notes.marks.get(&number).filter(|_| around.shown) {
            self.begin_words(around);
            self.draft.mark(name);
            return;
        }
        if self.special(&node, &element, inner, stack) {
            return;
        }
        self.block(node, &element, around, inner, stack);
    }

    /// Elements that are not simply walked through.
    fn special(
        &mut self,
        node: &NodeRef<'a>,
        element: &Element,
        inner: Around,
        stack: &mut Vec<Step<'a>>,
    ) -> bool {
        match dom::name(element) {
            "br" if inner.in_line => self.draft.text(" ", Style::PLAIN),
            "br" => {
                if self.broken {
                    self.draft.paragraph(inner.kind);
                } else {
                    self.draft.break_line();
                }
                self.broken = true;
            }
            "wbr" => {}
            "math" => {
                let formula = formula(node, element);
                self.say(&formula, inner);
            }
            // MathJax keeps the formula in a script.
            "script" => self.say(&node.text(), inner),
            "sup" if self.holds_mark(node) => {
                // The brackets round a mark: it gets its own.
                for child in node.children_it(true) {
                    let is_bracket = child.is_text()
                        && child
                            .text()
                            .chars()
                            .all(|c| c.is_whitespace() || "[](){},".contains(c));
                    if !is_bracket {
                        stack.push(Step::Node(child, inner));
                    }
                }
            }
            "q" => {
                self.say("“", inner);
                stack.push(Step::Say("”", inner));
                below(*node, inner, stack);
            }
            _ => return false,
        }
        true
    }

    fn holds_mark(&self, node: &NodeRef) -> bool {
        !self.notes.marks.is_empty()
            && node
                .children_it(false)
                .take(8)
                .any(|c| self.notes.marks.contains_key(&c.id))
    }

    fn block(
        &mut self,
        node: NodeRef<'a>,
        element: &Element,
        around: Around,
        mut inner: Around,
        stack: &mut Vec<Step<'a>>,
    ) {
        let name = dom::name(element);
        let is_data = |w: &Self| {
            let mut above = node.ancestors_it(Some(3));
            let table = above.find(|a| a.has_name("table"));
            table.is_some_and(|t| w.tables.contains(&t.id))
        };
        match name {
            _ if around.in_line && name != "tr" => {
                if is_block(element) || matches!(name, "td" | "th" | "li") {
                    if matches!(name, "td" | "th") {
                        self.draft.cell();
                    } else {
                        self.draft.text(" ", Style::PLAIN);
                        stack.push(Step::Say(" ", inner));
                    }
                }
                below(node, inner, stack);
                return;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(1, |d| d - b'0');
                inner.kind = match around.in_note {
                    true => around.kind,
                    false => Kind::Heading(level),
                };
                inner.in_line = !around.in_note;
            }
            _ if self.titles.contains_key(&node.id) && !around.in_note => {
                inner.kind = Kind::Heading(self.titles.get(&node.id).copied().unwrap_or(1));
                inner.in_line = true;
            }
            "blockquote" if !around.in_note => inner.kind = Kind::Block(BlockKind::Quote),
            "pre" | "listing" | "xmp" | "plaintext" if !around.in_note => {
                inner.kind = Kind::Block(BlockKind::Code);
                inner.preformatted = true;
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.push(List::new(&node, element));
                stack.push(Step::EndList);
                inner.lists = around.lists.saturating_add(1);
                if !around.in_note {
                    inner.kind = Kind::Block(BlockKind::Item(inner.lists));
                }
                // The first item stands apart from the text before it, unless that is the item it belongs to.
                if around.lists == 0 {
                    self.draft.paragraph(inner.kind);
                    stack.push(Step::End(around.kind));
                }
                below(node, inner, stack);
                return;
            }
            "li" => {
                let list = self.lists.last_mut();
                let tight = list.as_ref().is_some_and(|l| l.tight);
                let bullet = list.map_or_else(|| "• ".to_owned(), |l| l.bullet(element));
                match tight {
                    true => self.draft.line(inner.kind),
                    false => self.draft.paragraph(inner.kind),
                }
                self.bullet = Some(bullet);
                self.broken = false;
                below(node, inner, stack);
                return;
            }
            "dd" if !around.in_note => {
                inner.lists = around.lists.saturating_add(1);
                inner.kind = Kind::Block(BlockKind::Item(inner.lists));
            }
            "tr" if is_data(self) => {
                if !around.in_note {
                    inner.kind = Kind::Block(BlockKind::Row);
                }
                inner.in_line = true;
                self.draft.line(inner.kind);
                self.broken = false;
                below(node, inner, stack);
                return;
            }
            "td" | "th" => {}
            "thead" | "tbody" | "tfoot" if is_data(self) => {
                below(node, inner, stack);
                return;
            }
            _ if !is_block(element) => {
                below(node, inner, stack);
                return;
            }
            _ => {}
        }
        if self.bullet.is_none() && !self.note_begins {
            self.draft.paragraph(inner.kind);
            self.broken = false;
        }
        stack.push(Step::End(around.kind));
        below(node, inner, stack);
    }

    fn text(&mut self, text: &str, around: Around) {
        if !around.preformatted {
            self.say(text, around);
            return;
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 && line.trim().is_empty() {
                self.draft.paragraph(around.kind);
            } else {
                if i > 0 && !self.draft.is_fresh() {
                    self.draft.break_line();
                }
                self.say(line.trim_end_matches('\r'), around);
            }
        }
    }

    fn say(&mut self, text: &str, around: Around) {
        if !around.shown {
            return;
        }
        let mut text = Cow::Borrowed(text);
        if text.chars().all(char::is_whitespace) {
            self.draft.text(&text, around.style);
            return;
        }
        if self.note_begins {
            text = Cow::Owned(without_number(&text).to_owned());
            if text.is_empty() {
                return;
            }
        }
        self.begin_words(around);
        self.draft.text(&text, around.style);
    }

    /// Words come: the item's bullet goes before them.
    fn begin_words(&mut self, around: Around) {
        self.broken = false;
        self.note_begins = false;
        if let Some(bullet) = self.bullet.take() {
            if self.draft.kind() != around.kind {
                self.draft.line(around.kind);
            }
            self.draft.text(&bullet, Style::PLAIN);
        }
    }
}

/// Puts what is below a node on the stack, the first on top.
fn below<'a>(node: NodeRef<'a>, around: Around, stack: &mut Vec<Step<'a>>) {
    stack.extend(node.children_it(true).map(|c| Step::Node(c, around)));
}
