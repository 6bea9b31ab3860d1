//! Text as Markdown that shows it as it was: in CommonMark, GFM, Obsidian, and pandoc's `markdown`, `gfm` and `commonmark_x`.
//!
//! Text is escaped a line at a time, with a backslash before what would mean something where it stands and with a character
//! reference for what a backslash can't hold (white space at the ends, line ends, control characters). Nothing more is escaped
//! than needed: a file of excerpts is read as text, too, so full stops, brackets and hyphens in prose stay bare.
//!
//! What is escaped only where it matters: `1.` `a)` `(i)` `-` `+` `>` `:` `=` at a line's start (pandoc has more kinds of lists than
//! CommonMark), `--` and `...` (pandoc's smart typography), `==` and `%%` (Obsidian's marks and comments), `&` before what could be
//! a character reference, `://`, `www.` and `:smile:` (GFM links and emoji; inside a bare link, backslashes would show).
//! Straight quotes stay bare, so pandoc curls them unless it is told `-f markdown-smart` or `-f gfm`.

use std::{fmt::Write as _, ops::Range};

/// `text` as Markdown that shows exactly it, for the middle of a line. Line ends become character references, so that it
/// stays one line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    Line::within(text).write_all(&mut out);
    out
}

/// A line of text to be written as Markdown, at once or in pieces with markup between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    text: &'a str,
    /// Whether its beginning begins a line of Markdown, where lists, quotes and headings could begin.
    begins: bool,
}

impl<'a> Line<'a> {
    /// Text that something stands before.
    pub fn within(text: &'a str) -> Self {
        Self {
            text,
            begins: false,
        }
    }

    /// Text at the start of a line.
    pub fn beginning(text: &'a str) -> Self {
        Self { text, begins: true }
    }

    /// Writes all of it.
    pub fn write_all(self, out: &mut String) {
        self.write(0..self.text.len(), out);
    }

    /// Writes the bytes `range` of it, which lies on character boundaries. What is escaped depends on the whole line, so
    /// pieces with markup between them are as safe as the line.
    pub fn write(self, range: Range<usize>, out: &mut String) {
        let blank = |c| matches!(c, ' ' | '\t');
        let inner = self.text.trim_matches(blank).len();
        let indent = self.text.len() - self.text.trim_start_matches(blank).len();
        let inner = indent..indent + inner;
        if indent == 0 && inner.end == self.text.len() {
            return self.write_inner(range, out);
        }
        // White space at the ends of a line would be lost or make a block of code or a line break of it.
        for (at, blank) in self
            .text
            .bytes()
            .enumerate()
            .take(range.end)
            .skip(range.start)
        {
            if !inner.contains(&at) {
                reference(blank, out);
            } else if at == inner.start.max(range.start) {
                self.write_inner(at..inner.end.min(range.end), out);
            }
        }
    }

    /// Writes bytes of it that are not white space at its ends.
    fn write_inner(self, range: Range<usize>, out: &mut String) {
        let mut from = range.start;
        let bytes = self.text.as_bytes();
        for at in range.clone() {
            if !SPECIAL[usize::from(bytes[at])] {
                continue;
            }
            let Some(how) = self.escape_at(at) else {
                continue;
            };
            out.push_str(self.text.get(from..at).unwrap_or_default());
            from = match how {
                Escape::Backslash => {
                    out.push('\\');
                    at
                }
                Escape::Reference => {
                    reference(bytes[at], out);
                    at + 1
                }
            };
        }
        out.push_str(self.text.get(from..range.end).unwrap_or_default());
    }

    fn escape_at(self, at: usize) -> Option<Escape> {
        let bytes = self.text.as_bytes();
        let before = bytes.get(..at).unwrap_or_default();
        let after = bytes.get(at + 1..).unwrap_or_default();
        let first = self.begins && at == 0;
        let doubled = before.last() == Some(&bytes[at]) || after.first() == Some(&bytes[at]);
        let meant = match bytes[at] {
            0..0x20 | 0x7F => return Some(Escape::Reference),
            b'&' => is_reference(after),
            b'=' => first || doubled,
            b'%' => doubled,
            b'-' => doubled || (first && ends_marker(after)),
            b'+' => first && ends_marker(after),
            b'>' => first,
            b':' => first || after.starts_with(b"//") || is_emoji(after),
            b'.' => after.starts_with(b"..") || after_www(before) || self.ends_number(at),
            b')' => self.ends_number(at),
            _ => true,
        };
        meant.then_some(Escape::Backslash)
    }

    /// Whether the full stop or bracket at `at` makes a list marker of what stands before it: `1.`, `12)`, `(a)`, `iv.`
    fn ends_number(self, at: usize) -> bool {
        // No marker is longer than this, and looking back must not cost more the longer the line is.
        if !self.begins || at == 0 || at > 20 {
            return false;
        }
        let bytes = self.text.as_bytes();
        let number = bytes[..at].strip_prefix(b"(").unwrap_or(&bytes[..at]);
        let is_number = number.iter().all(u8::is_ascii_digit)
            || number.iter().all(|b| b"ivxlcdmIVXLCDM".contains(b))
            || (number.len() == 1 && number[0].is_ascii_alphabetic());
        !number.is_empty() && is_number && ends_marker(&bytes[at + 1..])
    }
}

#[derive(Clone, Copy)]
enum Escape {
    /// `\*`
    Backslash,
    /// `&#32;`
    Reference,
}

/// The bytes that may have to be escaped; all others are copied unseen.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = true;
        control += 1;
    }
    table[b'\t' as usize] = false;
    let listed = b"\x7F\\`*_[]<~^$|#{@&=%-+>:.)";
    let mut i = 0;
    while i < listed.len() {
        table[listed[i] as usize] = true;
        i += 1;
    }
    table
};

/// Writes a character reference.
fn reference(byte: u8, out: &mut String) {
    let _ = write!(out, "&#{byte};");
}

/// Whether a list marker can end before `after`.
fn ends_marker(after: &[u8]) -> bool {
    after.first().is_none_or(|b| matches!(b, b' ' | b'\t'))
}

/// Whether `&` before `after` could begin a character reference: `amp;`, `#8220;`, `#x201C;`.
fn is_reference(after: &[u8]) -> bool {
    let name = after.strip_prefix(b"#").unwrap_or(after);
    let len = name
        .iter()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    len > 0 && name.get(len) == Some(&b';')
}

/// Whether `:` before `after` could begin an emoji: `smile:`, `+1:`.
fn is_emoji(after: &[u8]) -> bool {
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-');
    let len = after.iter().take(40).take_while(in_name).count();
    len > 0 && after.get(len) == Some(&b':')
}

fn after_www(before: &[u8]) -> bool {
    before
        .last_chunk::<3>()
        .is_some_and(|last| last.eq_ignore_ascii_case(b"www"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// Everything that pulldown-cmark knows, but for smart quotes, which change text by design.
    fn everything() -> Options {
        Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)
    }

    /// The text of `markdown` when it is one paragraph of nothing but text; else what was found instead.
    fn shown(markdown: &str, options: Options) -> Result<String, String> {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(piece) => text.push_str(&piece),
                other => return Err(format!("{other:?}")),
            }
        }
        Ok(text)
    }

    fn check(text: &str) {
        let mut beginning = String::new();
        Line::beginning(text).write_all(&mut beginning);
        for options in [everything(), Options::empty()] {
            assert_eq!(
                shown(&beginning, options).as_deref(),
                Ok(text),
                "{beginning:?}"
            );
            let within = format!("x{}x", escape(text));
            let expected = format!("x{text}x");
            assert_eq!(shown(&within, options), Ok(expected), "{within:?}");
        }
    }

    #[test]
    fn what_looks_like_markdown_comes_out_as_it_was() {
        for text in [
            "*a* **b** _c_ __d__ `e` ``f`` ~~g~~ ~h~ ^i^ ==j== %%k%% $l$ $$m$$",
            "# a",
            "## a ##",
            "#tag",
            "> a",
            "- a",
            "+ a",
            "* a",
            "-",
            "+",
            "1. a",
            "1) a",
            "12.",
            "(1) a",
            "a) b",
            "iv. c",
            "#. d",
            "---",
            "***",
            "- - -",
            "===",
            "| a | b |",
            "|---|---|",
            ": a",
            "    a",
            "\ta",
            "a  ",
            "a\\",
            "\\*a\\*",
            "[a](b)",
            "![a](b)",
            "[a]: b",
            "[^1]",
            "[^1]: a",
            "[[a]]",
            "![[a]]",
            "- [ ] a",
            "[!note]",
            "<b>",
            "<!-- a -->",
            "<https://a.b>",
            "http://a.b/c_d",
            "www.a.b/c_d",
            "a@b.c",
            "@walt1987",
            "{.a}",
            "&amp;",
            "&#35;",
            "&copy",
            "a & b",
            ":smile:",
            "12:30:45",
            "a -- b",
            "a --- b",
            "wait...",
            "....",
            "a\nb",
            "a\n\nb",
            "a\r\nb",
            "“a” ‘b’ \"c\" 'd'",
            "勢*勢*",
            "+++",
            "```",
            "~~~",
            "$400 and $5",
            "100% of 5%",
            "a = b",
            "x <- y",
            "\u{c}",
            "\u{b}a",
            "\u{a0}a\u{a0}",
            "",
            "\\",
            "&",
        ] {
            check(text);
        }
    }

    #[test]
    fn prose_stays_as_it_is() {
        for text in [
            "In 2014, trade (U.S. and E.U.) grew by 5% – to 12.5 – or so: well-known facts; “quoted”, 'quoted' & more!",
            "A. is not a marker within, e.g. 1. or 2)",
        ] {
            assert_eq!(escape(text), text);
        }
        assert_eq!(escape("*a*"), r"\*a\*");
        assert_eq!(escape(" a "), "&#32;a&#32;");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_comes_out_as_it_was(text in any::<String>()) {
            prop_assume!(!text.contains('\0'));
            check(&text);
        }

        #[test]
        fn any_jumble_of_markup_comes_out_as_it_was(
            text in "([-+*_`~^$=%#&<>\\[\\](){}|\\\\:;.!@\"'/ \t\n\r]|1|a|i|勢|www|http|amp|“|”|\u{a0}){0,14}"
        ) {
            check(&text);
        }
    }
}
