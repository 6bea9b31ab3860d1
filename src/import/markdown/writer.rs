//! The parser's events written down as blocks of text.

use std::{
    collections::{HashMap, HashSet},
    mem,
};

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{
    super::{html, wrapped},
    Block, push,
};

/// A list that is open.
struct List {
    /// The next item's number; `None` for bullets.
    next: Option<u64>,
    /// Whether its items hold paragraphs, and so stand apart.
    loose: bool,
    /// Whether no item was begun yet.
    fresh: bool,
}

/// Writes blocks from the parser's events.
#[derive(Default)]
pub(super) struct Writer<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    /// The block being written.
    line: String,
    /// Whether that block stands on the line below the one before.
    close: bool,
    quotes: usize,
    lists: Vec<List>,
    /// Whether line breaks in the source are only a program's.
    joins: bool,
    in_cell: bool,
    in_heading: bool,
    html: String,
    /// Footnotes by name: number, in the order in which the text first mentions or holds them.
    numbers: HashMap<String, usize>,
    notes: Vec<(usize, Vec<Block>)>,
    /// What was being written when a footnote's text began.
    outer: Vec<(usize, Vec<Block>, Vec<List>, usize)>,
    /// The names of link definitions that links use.
    used: HashSet<String>,
    /// The open links: whether each keeps its brackets.
    links: Vec<bool>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            ..Self::default()
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_cell => {
                self.line.push_str(&text.replace(['\t', '\n'], " "))
            }
            Event::Text(text) | Event::Code(text) => self.line.push_str(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.line.push_str(&text),
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(tag) if self.in_cell => {
                self.line.push_str(html::text_of(&tag).trim_end())
            }
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.line.push('\n'),
            Event::InlineHtml(tag) => self.line.push_str(html::text_of(&tag).trim_end()),
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                self.line.push_str(&format!("[{number}]"));
            }
            Event::SoftBreak => self.soft_break(&range),
            Event::HardBreak if self.in_heading || self.in_cell => self.line.push(' '),
            Event::HardBreak => self.break_line(),
            Event::Rule => {
                self.close();
                self.line.push_str("* * *");
                self.close();
            }
            Event::TaskListMarker(done) => self.line.push_str(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.begin();
                let lines: Vec<&str> = self
                    .source
                    .get(range)
                    .unwrap_or_default()
                    .lines()
                    .map(unquoted)
                    .collect();
                self.joins = wrapped::is_wrapped(&lines);
            }
            Tag::Heading { .. } => {
                self.close();
                self.in_heading = true;
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.begin();
            }
            Tag::HtmlBlock | Tag::Table(_) => self.close(),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => {
                self.close();
                let number = self.number(&name);
                let outer = (
                    number,
                    mem::take(&mut self.blocks),
                    mem::take(&mut self.lists),
                    self.quotes,
                );
                self.quotes = 0;
                self.outer.push(outer);
            }
            Tag::TableCell => {
                if !self.line.is_empty() {
                    self.line.push('\t');
                }
                self.in_cell = true;
            }
            Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } => {
                // `[1]` with a `[1]: http://…` further down is how people cite in plain text.
                let is_note =
                    link_type == LinkType::Shortcut && id.bytes().all(|b| b.is_ascii_digit());
                if is_note {
                    self.line.push('[');
                } else if matches!(
                    link_type,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                ) {
                    self.used.insert(id.to_lowercase());
                }
                self.links.push(is_note);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = mem::take(&mut self.line);
                // Headings of footnotes and quotations are no headings of the reading.
                let own = self.outer.is_empty() && self.quotes == 0 && self.lists.is_empty();
                push(&mut self.blocks, &text, own.then_some(level as u8), false);
                self.in_heading = false;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.close();
            }
            TagEnd::HtmlBlock => {
                let text = html::text_of(&mem::take(&mut self.html));
                self.line.push_str(text.trim());
                self.close();
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => self.in_cell = false,
            TagEnd::Link | TagEnd::Image if self.links.pop() == Some(true) => self.line.push(']'),
            TagEnd::TableHead | TagEnd::TableRow => {
                let head = matches!(tag, TagEnd::TableHead);
                self.close = !head;
                self.close();
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Paragraph | TagEnd::Item => self.close(),
            _ => {}
        }
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.close();
        self.lists.push(List {
            next: first,
            loose: false,
            fresh: true,
        });
    }

    fn start_item(&mut self) {
        self.close();
        // Lines of an item in the source are joined: its paragraphs are told apart by the parser.
        self.joins = true;
        let nested = self.lists.len() > 1;
        let set_in = self.indent();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        self.close = !list.loose && (!list.fresh || nested);
        list.fresh = false;
        let marker = match &mut list.next {
            Some(n) => {
                let marker = format!("{n}. ");
                *n = n.saturating_add(1);
                marker
            }
            None => "• ".to_owned(),
        };
        self.line = set_in + &marker;
    }

    /// Starts a paragraph or code: on the line of the item's mark when it is the item's first.
    fn begin(&mut self) {
        let is_marker = self.line.ends_with("• ") || self.line.ends_with(". ");
        if let Some(list) = self.lists.last_mut() {
            list.loose = true;
            if is_marker {
                return;
            }
        }
        self.close();
        self.line = self.indent();
        if !self.lists.is_empty() {
            self.line.push('\u{2003}');
        }
    }

    /// Ends the block being written.
    fn close(&mut self) {
        let text = mem::take(&mut self.line);
        let close = mem::take(&mut self.close) && !self.blocks.is_empty();
        if !text.trim().is_empty() {
            push(&mut self.blocks, &text, None, close);
        }
    }

    fn indent(&self) -> String {
        "\u{2003}".repeat(self.quotes + self.lists.len().saturating_sub(1))
    }

    fn break_line(&mut self) {
        let indent = self.indent();
        self.line.push('\n');
        self.line.push_str(&indent);
    }

    fn soft_break(&mut self, range: &std::ops::Range<usize>) {
        if !self.joins && !self.in_heading {
            return self.break_line();
        }
        let after = self.source.get(range.end..).unwrap_or_default();
        let next = after.lines().next().map(unquoted).unwrap_or_default();
        match wrapped::seam(&self.line, next) {
            wrapped::Seam::Space => self.line.push(' '),
            wrapped::Seam::None | wrapped::Seam::Hyphen(_) => {}
        }
    }

    fn number(&mut self, name: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    fn end_footnote(&mut self) {
        self.close();
        if let Some((number, blocks, lists, quotes)) = self.outer.pop() {
            let note = mem::replace(&mut self.blocks, blocks);
            self.lists = lists;
            self.quotes = quotes;
            self.notes.push((number, note));
        }
    }

    /// All blocks, the footnotes last, and the names of the link definitions that were used.
    pub(super) fn finish(mut self) -> (Vec<Block>, HashSet<String>) {
        self.close();
        self.notes.sort_by_key(|note| note.0);
        for (number, note) in self.notes {
            for (i, mut block) in note.into_iter().enumerate() {
                if i == 0 {
                    block.text = format!("[{number}] {}", block.text);
                    block.close = false;
                }
                self.blocks.push(block);
            }
        }
        (self.blocks, self.used)
    }
}

/// A source line without the marks of block quotes before it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>'])
}
