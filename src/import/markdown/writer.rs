//! The parser's events written into a draft.

use std::{collections::HashSet, mem};

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::{
    draft::{Draft, Drafted, Kind},
    html, wrapped,
};
use crate::model::{BlockKind, Style};

/// A list that is open.
struct List {
    /// The next item's number; `None` for bullets.
    next: Option<u64>,
    /// Whether its items hold paragraphs, and so stand apart.
    loose: bool,
    /// Whether no item was begun yet.
    fresh: bool,
}

/// Writes a draft from the parser's events.
#[derive(Default)]
pub(super) struct Writer<'a> {
    source: &'a str,
    draft: Draft,
    style: Style,
    /// What `style` was when each open emphasis began.
    styles: Vec<Style>,
    quotes: usize,
    lists: Vec<List>,
    /// Whether an item was begun and has nothing but its mark.
    marked: bool,
    /// Whether line breaks in the source are only a program's.
    joins: bool,
    in_cell: bool,
    in_heading: bool,
    html: String,
    /// The quotes and lists around the footnotes that are open.
    outer: Vec<(usize, Vec<List>)>,
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
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => self.write(&text),
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.hard_break(),
            Event::InlineHtml(tag) => self.write(html::text_of(&tag).trim_end()),
            Event::FootnoteReference(name) => self.draft.mark(&name),
            Event::SoftBreak => self.soft_break(&range),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.draft.paragraph(self.kind());
                self.write("* * *");
            }
            Event::TaskListMarker(done) => self.write(if done { "[x] " } else { "[ ] " }),
        }
    }

    /// What a paragraph is here.
    fn kind(&self) -> Kind {
        match (self.lists.len(), self.quotes) {
            (0, 0) if self.outer.is_empty() => Kind::Body,
            (0, 0) => Kind::Block(BlockKind::Note),
            (0, _) => Kind::Block(BlockKind::Quote),
            (depth, _) => Kind::Block(BlockKind::Item(u8::try_from(depth).unwrap_or(u8::MAX))),
        }
    }

    fn write(&mut self, text: &str) {
        self.marked = false;
        self.draft.text(text, self.style);
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.begin(self.kind());
                let lines = self.source.get(range).unwrap_or_default().lines();
                let lines: Vec<&str> = lines.map(unquoted).collect();
                self.joins = wrapped::is_wrapped(&lines);
            }
            Tag::Heading { level, .. } => {
                // Headings of footnotes and quotations are no headings of the reading.
                let own = self.outer.is_empty() && self.quotes == 0 && self.lists.is_empty();
                let kind = match own {
                    true => Kind::Heading(level as u8),
                    false => self.kind(),
                };
                self.begin(kind);
                self.in_heading = true;
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.begin(Kind::Block(BlockKind::Code)),
            Tag::HtmlBlock => self.begin(self.kind()),
            Tag::Table(_) => self.draft.paragraph(Kind::Block(BlockKind::Row)),
            Tag::TableHead => {}
            Tag::TableRow => self.draft.line(Kind::Block(BlockKind::Row)),
            Tag::TableCell => {
                self.draft.cell();
                self.in_cell = true;
            }
            Tag::List(first) => self.lists.push(List {
                next: first,
                loose: false,
                fresh: true,
            }),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => {
                self.draft.note(&name);
                let outer = (mem::take(&mut self.quotes), mem::take(&mut self.lists));
                self.outer.push(outer);
                self.marked = true;
            }
            Tag::Emphasis => self.push_style(Style {
                italic: true,
                ..self.style
            }),
            Tag::Strong => self.push_style(Style {
                bold: true,
                ..self.style
            }),
            Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } => {
                // `[1]` with a `[1]: http://…` further down is how people cite in plain text.
                let is_note =
                    link_type == LinkType::Shortcut && id.bytes().all(|b| b.is_ascii_digit());
                if is_note {
                    self.write("[");
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
            TagEnd::Heading(_) => self.in_heading = false,
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.draft.paragraph(self.kind());
            }
            TagEnd::HtmlBlock => {
                let text = html::text_of(&mem::take(&mut self.html));
                for (i, line) in text.trim().lines().enumerate() {
                    if i > 0 {
                        self.draft.break_line();
                    }
                    self.write(line);
                }
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.draft.paragraph(self.kind());
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.in_cell = false,
            TagEnd::Link | TagEnd::Image if self.links.pop() == Some(true) => self.write("]"),
            TagEnd::Emphasis | TagEnd::Strong => self.style = self.styles.pop().unwrap_or_default(),
            TagEnd::FootnoteDefinition => {
                self.draft.end_note();
                if let Some((quotes, lists)) = self.outer.pop() {
                    self.quotes = quotes;
                    self.lists = lists;
                }
            }
            _ => {}
        }
    }

    fn push_style(&mut self, style: Style) {
        self.styles.push(mem::replace(&mut self.style, style));
    }

    fn start_item(&mut self) {
        // Lines of an item in the source are joined: its paragraphs are told apart by the parser.
        self.joins = true;
        let nested = self.lists.len() > 1;
        let kind = self.kind();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        if !list.loose && (!list.fresh || nested) {
            self.draft.line(kind);
        } else {
            self.draft.paragraph(kind);
        }
        list.fresh = false;
        let marker = match &mut list.next {
            Some(n) => {
                let marker = format!("{n}. ");
                *n = n.saturating_add(1);
                marker
            }
            None => "• ".to_owned(),
        };
        self.write(&marker);
        self.marked = true;
    }

    /// Starts a paragraph: on the line of the item's or footnote's mark when it is the first.
    fn begin(&mut self, kind: Kind) {
        if let Some(list) = self.lists.last_mut() {
            list.loose = true;
        }
        if !mem::take(&mut self.marked) {
            self.draft.paragraph(kind);
        }
    }

    fn hard_break(&mut self) {
        match self.in_heading || self.in_cell {
            true => self.write(" "),
            false => self.draft.break_line(),
        }
    }

    fn soft_break(&mut self, range: &std::ops::Range<usize>) {
        if !self.joins && !self.in_heading {
            return self.draft.break_line();
        }
        let after = self.source.get(range.end..).unwrap_or_default();
        let next = after.lines().next().map(unquoted).unwrap_or_default();
        match wrapped::seam(self.draft.open_text(), next) {
            wrapped::Seam::Space => self.write(" "),
            wrapped::Seam::None | wrapped::Seam::Hyphen(_) => {}
        }
    }

    /// A line of the source that the parser left out: a paragraph of its own.
    pub(super) fn leftover(&mut self, line: &str) {
        self.draft.paragraph(Kind::Body);
        self.write(line);
    }

    /// The names of the link definitions that were used so far.
    pub(super) fn used(&self) -> &HashSet<String> {
        &self.used
    }

    /// The text, the footnotes last.
    pub(super) fn finish(self) -> Drafted {
        self.draft.finish()
    }
}

/// A source line without the marks of block quotes before it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>'])
}
