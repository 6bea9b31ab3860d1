//! What a reading's text is made of beyond its words: headings, kinds of paragraphs, bold and italics, footnotes, pages.

use std::{fmt, str::FromStr};

use crate::text::{Span, Text};

/// What a file told of its text's make-up. Everything in text order; spans are bytes of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// The headings: each a whole paragraph.
    pub headings: Vec<Heading>,
    /// The paragraphs that are neither headings nor body text.
    pub blocks: Vec<Block>,
    /// Words set off from the body type. No two overlap.
    pub emphasis: Vec<Emphasis>,
    /// Footnotes and endnotes: where the text refers to each, and what it says.
    pub notes: Vec<Note>,
    /// Where the file's pages start; empty for files without pages. Text before the first is of no page.
    pub pages: Vec<Page>,
}

/// A heading of a reading's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The paragraph it is, in bytes.
    pub span: Span,
    /// 1 for the highest.
    pub level: u8,
}

/// A paragraph of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The paragraph it is, in bytes.
    pub span: Span,
    /// Its kind.
    pub kind: BlockKind,
}

/// What a paragraph is, when it is neither a heading nor body text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// An item of a list, or a further paragraph of one; nesting from 1. Its bullet or number is part of the text.
    Item(u8),
    /// A block quote.
    Quote,
    /// A row of a table; cells are parted by tabs.
    Row,
    /// A paragraph of a footnote or endnote.
    Note,
    /// Text whose line ends and spaces count: program code, verse.
    Code,
}

/// How words are set off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// In bold.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
    /// Small and raised or lowered.
    pub script: Script,
}

/// Where characters stand against the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    /// On it.
    #[default]
    Base,
    /// Above it, as the marks of footnotes.
    Raised,
    /// Below it.
    Lowered,
}

/// Words set off from the body type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// The words, in bytes; within one paragraph.
    pub span: Span,
    /// How; never the plain style.
    pub style: Style,
}

/// A footnote or an endnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its mark in the text, in bytes.
    pub mark: Span,
    /// What it says, in bytes: one or more paragraphs, the number at their start included.
    pub body: Span,
}

/// The start of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The byte at which its text starts. Pages without text start where the next does.
    pub start: u32,
    /// Its number as the file says it (`21`, `xiv`), else its position in the file from 1.
    pub label: String,
}

impl Style {
    /// The plain style.
    pub const PLAIN: Self = Self {
        bold: false,
        italic: false,
        script: Script::Base,
    };
    /// Bold.
    pub const BOLD: Self = Self {
        bold: true,
        ..Self::PLAIN
    };
    /// Italics.
    pub const ITALIC: Self = Self {
        italic: true,
        ..Self::PLAIN
    };
    /// Raised.
    pub const RAISED: Self = Self {
        script: Script::Raised,
        ..Self::PLAIN
    };
}

/// `b`, `i`, `^` (raised), `_` (lowered), or several of them: `bi`. Empty for the plain style.
impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.bold { "b" } else { "" })?;
        f.write_str(if self.italic { "i" } else { "" })?;
        f.write_str(match self.script {
            Script::Base => "",
            Script::Raised => "^",
            Script::Lowered => "_",
        })
    }
}

/// What was not the name of a style or kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadName(String);

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no style or kind of paragraph", self.0)
    }
}

impl std::error::Error for BadName {}

impl FromStr for Style {
    type Err = BadName;

    fn from_str(name: &str) -> Result<Self, BadName> {
        let mut style = Self::PLAIN;
        for c in name.chars() {
            match c {
                'b' => style.bold = true,
                'i' => style.italic = true,
                '^' => style.script = Script::Raised,
                '_' => style.script = Script::Lowered,
                _ => return Err(BadName(name.to_owned())),
            }
        }
        Ok(style)
    }
}

/// `item`, `item 2` (nested), `quote`, `row`, `note`, `code`.
impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(0 | 1) => f.write_str("item"),
            Self::Item(depth) => write!(f, "item {depth}"),
            Self::Quote => f.write_str("quote"),
            Self::Row => f.write_str("row"),
            Self::Note => f.write_str("note"),
            Self::Code => f.write_str("code"),
        }
    }
}

impl FromStr for BlockKind {
    type Err = BadName;

    fn from_str(name: &str) -> Result<Self, BadName> {
        Ok(match name {
            "item" => Self::Item(1),
            "quote" => Self::Quote,
            "row" => Self::Row,
            "note" => Self::Note,
            "code" => Self::Code,
            _ => {
                let depth = name.strip_prefix("item ").and_then(|d| d.parse().ok());
                Self::Item(depth.ok_or_else(|| BadName(name.to_owned()))?)
            }
        })
    }
}

impl Structure {
    /// The heading level of the paragraph that starts at this byte; 0 for none. O(log headings).
    pub fn level_at(&self, start: u32) -> u8 {
        let found = self.headings.binary_search_by_key(&start, |h| h.span.start);
        found.map_or(0, |i| self.headings[i].level)
    }

    /// The kind of the paragraph that starts at this byte, if it has one. O(log blocks).
    pub fn kind_at(&self, start: u32) -> Option<BlockKind> {
        let found = self.blocks.binary_search_by_key(&start, |b| b.span.start);
        found.ok().map(|i| self.blocks[i].kind)
    }

    /// The emphasised words that touch `span`, in text order. O(log emphasis).
    pub fn emphasis_in(&self, span: Span) -> &[Emphasis] {
        let first = self.emphasis.partition_point(|e| e.span.end <= span.start);
        let last = self.emphasis.partition_point(|e| e.span.start < span.end);
        &self.emphasis[first..last.max(first)]
    }

    /// The notes whose marks stand in `span`, in text order. O(log notes).
    pub fn notes_in(&self, span: Span) -> &[Note] {
        let first = self.notes.partition_point(|n| n.mark.start < span.start);
        let last = self.notes.partition_point(|n| n.mark.start < span.end);
        &self.notes[first..last.max(first)]
    }

    /// The pages that start in `span`: the index of the first, from 0, and all of them. O(log pages).
    pub fn pages_in(&self, span: Span) -> (usize, &[Page]) {
        let first = self.pages.partition_point(|p| p.start < span.start);
        let last = self.pages.partition_point(|p| p.start < span.end);
        (first, &self.pages[first..last.max(first)])
    }

    /// The index of the page that the byte `offset` is on, from 0. Of several that start there (pages without text) the last.
    /// O(log pages).
    pub fn page_at(&self, offset: u32) -> Option<usize> {
        self.pages
            .partition_point(|p| p.start <= offset)
            .checked_sub(1)
    }

    /// This structure without what does not fit `text` or its order: files can be changed by hand.
    pub fn fitted(mut self, text: &Text) -> Self {
        let fits = |span: Span| span.fits(text.as_str());
        let paragraph = |span: Span| {
            fits(span)
                && text
                    .paragraphs()
                    .binary_search_by_key(&span.start, |p| p.start)
                    .is_ok()
        };
        self.headings.retain(|h| h.level > 0 && paragraph(h.span));
        self.headings.sort_by_key(|h| h.span.start);
        self.blocks.retain(|b| paragraph(b.span));
        self.blocks.sort_by_key(|b| b.span.start);
        self.emphasis
            .retain(|e| fits(e.span) && e.style != Style::PLAIN);
        self.emphasis.sort_by_key(|e| e.span.start);
        let mut end = 0;
        self.emphasis.retain(|e| {
            let apart = e.span.start >= end;
            end = end.max(e.span.end);
            apart
        });
        self.notes.retain(|n| fits(n.mark) && fits(n.body));
        self.notes.sort_by_key(|n| n.mark.start);
        let at = |start: u32| text.as_str().is_char_boundary(start as usize);
        self.pages.retain(|p| at(p.start));
        self.pages.sort_by_key(|p| p.start);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_kinds_are_said_and_read() {
        for bold in [false, true] {
            for italic in [false, true] {
                for script in [Script::Base, Script::Raised, Script::Lowered] {
                    let style = Style {
                        bold,
                        italic,
                        script,
                    };
                    assert_eq!(style.to_string().parse(), Ok(style));
                }
            }
        }
        let kinds = [
            BlockKind::Item(1),
            BlockKind::Item(3),
            BlockKind::Quote,
            BlockKind::Row,
            BlockKind::Note,
            BlockKind::Code,
        ];
        for kind in kinds {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert!("x".parse::<Style>().is_err());
        assert!("item x".parse::<BlockKind>().is_err());
    }

    #[test]
    fn places_are_looked_up() {
        let page = |start, label: &str| Page {
            start,
            label: label.into(),
        };
        let structure = Structure {
            pages: vec![page(4, "i"), page(9, "ii"), page(9, "iii")],
            emphasis: vec![Emphasis {
                span: Span::new(2, 5),
                style: Style::BOLD,
            }],
            ..Structure::default()
        };
        assert_eq!(structure.page_at(3), None);
        assert_eq!(structure.page_at(4), Some(0));
        assert_eq!(structure.page_at(8), Some(0));
        assert_eq!(structure.page_at(9), Some(2));
        assert_eq!(structure.emphasis_in(Span::new(4, 9)).len(), 1);
        assert_eq!(structure.emphasis_in(Span::new(5, 9)).len(), 0);
        assert_eq!(structure.emphasis_in(Span::new(0, 2)).len(), 0);
        assert_eq!(structure.pages_in(Span::new(4, 9)).1.len(), 1);
        let (first, pages) = structure.pages_in(Span::new(5, 10));
        assert_eq!((first, pages.len()), (1, 2));
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let text = Text::new("Head\n\nBody 勢 text.\n");
        let span = Span::new;
        let structure = Structure {
            headings: vec![
                Heading {
                    span: span(1, 4),
                    level: 1,
                },
                Heading {
                    span: span(0, 4),
                    level: 2,
                },
            ],
            blocks: vec![Block {
                span: span(6, 99),
                kind: BlockKind::Quote,
            }],
            emphasis: vec![
                Emphasis {
                    span: span(11, 12),
                    style: Style::BOLD,
                },
                Emphasis {
                    span: span(8, 10),
                    style: Style::BOLD,
                },
                Emphasis {
                    span: span(6, 9),
                    style: Style::ITALIC,
                },
            ],
            notes: vec![Note {
                mark: span(0, 1),
                body: span(90, 91),
            }],
            pages: vec![Page {
                start: 12,
                label: String::new(),
            }],
        };
        let fitted = structure.fitted(&text);
        assert_eq!(fitted.headings.len(), 1);
        assert_eq!(fitted.emphasis.len(), 1);
        assert_eq!(fitted.emphasis[0].span, span(6, 9));
        assert!(fitted.blocks.is_empty() && fitted.notes.is_empty() && fitted.pages.is_empty());
    }
}
