//! Markdown: the reading's text without the markup.
//!
//! Headings become headings; lists get `• ` or their numbers; block quotes and nested lists are set in by an em space a level (which,
//! unlike other spaces, no Markdown program takes for code); tables are lines of cells parted by tabs; links are their text;
//! footnotes are `[1]` in the text and gathered at the end; code stays as it is. Lines that a person broke stay lines, since many
//! `.md` files are plain text; lines broken at a width are joined. A link definition that no link uses is text too.

use std::{collections::HashMap, mem};

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Parsed, clean, front_matter, html, span, text, wrapped};
use crate::{
    model::{Heading, ReadingMeta},
    text::Text,
};

/// Makes a reading of a Markdown file with clean characters; its lines are as they were, since two spaces at an end mean something.
pub fn parse(name: &str, source: &str) -> Parsed {
    let (front, source) = front_matter::split(source.trim_start_matches('\n'));
    let blocks = blocks(source);
    let (text, headings) = assemble(&blocks);
    let (meta, title) = meta(name, front, &blocks, &text);
    let mut parsed = Parsed {
        meta,
        text,
        headings,
        remarks: Vec::new(),
    };
    // A file without any heading may still start with its title, as plain texts do.
    if parsed.headings.is_empty()
        && let Some(line) = title
    {
        let text = Text::new(parsed.text.as_str());
        let first = text
            .paragraphs()
            .iter()
            .find(|p| text.slice(**p).trim() == line);
        parsed
            .headings
            .extend(first.map(|&span| Heading { span, level: 1 }));
    }
    parsed
}

/// Front matter first, then the first heading of the highest level, then what plain text would give.
fn meta(
    name: &str,
    front: Option<ReadingMeta>,
    blocks: &[Block],
    text: &str,
) -> (ReadingMeta, Option<String>) {
    let paragraphs: Vec<&str> = blocks
        .iter()
        .flat_map(|b| b.text.lines())
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .take(12)
        .collect();
    let (mut meta, title, _) = text::guess_meta(name, text, &paragraphs);
    let mut line = title
        .and_then(|i| paragraphs.get(i))
        .map(|l| (*l).to_owned());
    let heading = blocks
        .iter()
        .filter(|b| b.level.is_some())
        .min_by_key(|b| b.level);
    if let Some(heading) = heading {
        meta.title = heading.text.clone();
        line = None;
    }
    if let Some(front) = front {
        if !front.title.is_empty() {
            meta.title = front.title;
            line = None;
        }
        if !front.authors.is_empty() {
            meta.authors = front.authors;
        }
        meta.year = front.year.or(meta.year);
        meta.url = front.url;
        meta.publisher = front.publisher;
        meta.kind = front.kind;
    }
    (meta, line)
}

/// A block of the reading's text.
#[derive(Debug, Default, PartialEq)]
struct Block {
    text: String,
    /// The heading's level.
    level: Option<u8>,
    /// Whether it stands on the line below the block before it rather than after an empty line.
    close: bool,
}

/// Blocks put together as a clean text, with the headings' places in it.
fn assemble(blocks: &[Block]) -> (String, Vec<Heading>) {
    let mut out = String::new();
    let mut headings = Vec::new();
    for block in blocks {
        if !out.is_empty() && !block.close {
            out.push('\n');
        }
        let start = out.len();
        out.push_str(&block.text);
        if let Some(level) = block.level {
            headings.push(Heading {
                span: span(start, out.len()),
                level,
            });
        }
        out.push('\n');
    }
    (out, headings)
}

fn blocks(source: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_WIKILINKS;
    let events = Parser::new_ext(source, options).into_offset_iter();
    let mut definitions: Vec<_> = events
        .reference_definitions()
        .iter()
        .map(|(label, def)| {
            (
                label.to_lowercase(),
                source.get(def.span.clone()).unwrap_or_default(),
                def.span.start,
            )
        })
        .collect();
    definitions.sort_by_key(|d| d.2);
    let mut writer = Writer {
        source,
        ..Writer::default()
    };
    for (event, range) in events {
        writer.event(event, range);
    }
    writer.close();
    let mut blocks = writer.with_footnotes();
    let used = blocks.1;
    for (label, line, _) in definitions {
        if !used.contains(&label) {
            push(&mut blocks.0, line, None, false);
        }
    }
    blocks.0
}

/// Adds a block, cleaned once more since character references can bring in anything; without text it is left out.
fn push(blocks: &mut Vec<Block>, text: &str, level: Option<u8>, close: bool) {
    let cleaned = clean::lines(&clean::characters(text).text);
    let cleaned = cleaned.trim_end();
    let text = match level {
        Some(_) => cleaned.split_whitespace().collect::<Vec<_>>().join(" "),
        None => cleaned.to_owned(),
    };
    if !text.trim().is_empty() {
        blocks.push(Block { text, level, close });
    }
}

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
struct Writer<'a> {
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
    in_code: bool,
    in_cell: bool,
    in_heading: bool,
    html: String,
    /// Footnotes by name: number, in the order in which the text first mentions or holds them.
    numbers: HashMap<String, usize>,
    notes: Vec<(usize, Vec<Block>)>,
    /// What was being written when a footnote's text began.
    outer: Vec<(usize, Vec<Block>, Vec<List>, usize)>,
    /// The names of link definitions that links use.
    used: Vec<String>,
    /// The open links: whether each keeps its brackets.
    links: Vec<bool>,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
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
                self.in_code = true;
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
                    self.used.push(id.to_lowercase());
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
                self.in_code = false;
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
    fn with_footnotes(mut self) -> (Vec<Block>, Vec<String>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        parse("x.md", source).text
    }

    fn check(source: &str, expected: &str) {
        assert_eq!(text(source), expected, "{source}");
    }

    #[test]
    fn inline_markup_goes() {
        check(
            "Some *soft*, **loud** and ~~old~~ words, `code *as* is`, [a link](http://x.org), <http://y.org>, ![a picture](p.png).",
            "Some soft, loud and old words, code *as* is, a link, http://y.org, a picture.\n",
        );
        check(
            "[One][a] and [[Page|shown]].\n\n[a]: http://x.org",
            "One and shown.\n",
        );
        check("a<br>b <b>c</b> &amp; d\\*", "a\nb c & d*\n");
    }

    #[test]
    fn headings_are_marked() {
        let parsed = parse("x.md", "# Of *doors*\n\nText.\n\nWalls\n-----\n\nText.\n");
        assert_eq!(parsed.text, "Of doors\n\nText.\n\nWalls\n\nText.\n");
        let found: Vec<_> = parsed
            .headings
            .iter()
            .map(|h| (h.level, h.span.of(&parsed.text)))
            .collect();
        assert_eq!(found, [(1, "Of doors"), (2, "Walls")]);
        assert_eq!(parsed.meta.title, "Of doors");
    }

    #[test]
    fn lists_keep_their_marks() {
        check(
            "Text:\n\n- a\n- b\n  goes on\n  - deep\n- c\n\nText.",
            "Text:\n\n• a\n• b goes on\n\u{2003}• deep\n• c\n\nText.\n",
        );
        check("3. c\n4. d", "3. c\n4. d\n");
        check("- a\n\n  more\n\n- b", "• a\n\n\u{2003}more\n\n• b\n");
        check("- [x] done\n- [ ] open", "• [x] done\n• [ ] open\n");
    }

    #[test]
    fn quotes_are_set_in_and_code_stays() {
        check(
            "He said:\n\n> One.\n>\n> > Two.\n\nText.",
            "He said:\n\n\u{2003}One.\n\n\u{2003}\u{2003}Two.\n\nText.\n",
        );
        check(
            "```rust\nlet a = *b;\n\n\n    # c\n```",
            "let a = *b;\n\n    # c\n",
        );
        check(
            "---\n\nText\n\n***\n\nText",
            "* * *\n\nText\n\n* * *\n\nText\n",
        );
    }

    #[test]
    fn tables_are_lines_of_cells() {
        check(
            "| Year | Oil |\n|---|--:|\n| 1990 | *5* |\n| 2000 | a\\|b |\n\nText",
            "Year\tOil\n1990\t5\n2000\ta|b\n\nText\n",
        );
    }

    #[test]
    fn footnotes_come_at_the_end_by_number() {
        check(
            "One[^b] and two[^a].\n\n[^a]: Note *a*.\n\n[^b]: Note b.\n\n    Goes on.\n\nLast.",
            "One[1] and two[2].\n\nLast.\n\n[1] Note b.\n\nGoes on.\n\n[2] Note a.\n",
        );
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_stay() {
        let long = "A line that was broken by a program at about seventy columns because\nThe next word did not fit on it, as one can see.";
        check(long, &format!("{}\n", long.replace('\n', " ")));
        check(
            "Roses are red,\nViolets are blue,\nWalls are high.",
            "Roses are red,\nViolets are blue,\nWalls are high.\n",
        );
        check("a wall\na door\na lock", "a wall\na door\na lock\n");
        check("A hard  \nbreak", "A hard\nbreak\n");
    }

    #[test]
    fn plain_text_in_a_markdown_file_survives() {
        for plain in [
            "2 * 3 * 4 = 24 and a_b_c, #tag, <name>, AT&T, [x], 50 % | 60 %.\n",
            "1986. A great year it was.\n",
            "First paragraph of one line.\nSecond paragraph of one line.\nA third, rather longer one, that also stands for itself.\n",
            "See [^1] and [1].\n\n[1]: http://example.org\n",
            "A ~ B ~ C, $5 and $6, a@b.org, C:\\temp\n",
        ] {
            check(plain, plain);
        }
    }

    #[test]
    fn html_blocks_give_their_text() {
        check(
            "<div>\n<p>One &amp; two</p>\n</div>\n\nText",
            "One & two\n\nText\n",
        );
        check("<!-- gone -->\n\nText", "Text\n");
    }

    #[test]
    fn front_matter_names_the_reading() {
        let parsed = parse(
            "x.md",
            "---\ntitle: Of doors\nauthor: Ann Lee\nyear: 2012\n---\n\n# Another\n\nText.\n",
        );
        assert_eq!(parsed.meta.citation(), "Lee 2012");
        assert_eq!(parsed.meta.title, "Of doors");
        assert_eq!(parsed.text, "Another\n\nText.\n");
        assert_eq!(parsed.headings.len(), 1);
    }

    #[test]
    fn without_heading_the_first_short_line_is_the_title() {
        let parsed = parse("x.md", "Of doors and walls\n\nA wall is a promise.\n");
        assert_eq!(parsed.meta.title, "Of doors and walls");
        assert_eq!(parsed.headings.len(), 1);
        assert_eq!(
            parse("the-notes.md", "Text goes on.\n").meta.title,
            "The notes"
        );
    }
}
