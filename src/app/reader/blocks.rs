//! A reading cut into blocks, each laid out by itself.

use crate::{
    model::{BlockKind, Structure},
    text::{Span, Text, ends_sentence},
};

/// Paragraphs longer than this many bytes are cut.
const LONG: u32 = 1800;
/// What they are cut to, at a sentence end when there is one between the two.
const SHORTEST: u32 = 500;
const LONGEST: u32 = 1100;

/// A stretch of a paragraph that is laid out as one galley.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The text, without white space at a cut.
    pub span: Span,
    /// The paragraph it belongs to, from 0.
    pub paragraph: u32,
    /// Whether the paragraph starts here.
    pub first: bool,
    /// Whether it ends here.
    pub last: bool,
    /// What it is set as.
    pub kind: Kind,
    /// The first block of the run of paragraphs of that kind that it belongs to.
    pub run: u32,
    /// Whether that run starts here.
    pub opens: bool,
    /// Whether it ends here.
    pub closes: bool,
}

/// What a paragraph is set as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Body text.
    Body,
    /// A heading of that level, from 1.
    Heading(u8),
    /// An item of a list, nested so deep, from 1.
    Item(u8),
    /// A block quote.
    Quote,
    /// A row of a table.
    Row,
    /// A footnote or endnote.
    Note,
    /// Text whose spaces count.
    Code,
}

impl Kind {
    /// That of the paragraph that starts at byte `start`.
    fn of(structure: &Structure, start: u32) -> Self {
        match (structure.level_at(start), structure.kind_at(start)) {
            (0, None) => Self::Body,
            (0, Some(BlockKind::Item(depth))) => Self::Item(depth.max(1)),
            (0, Some(BlockKind::Quote)) => Self::Quote,
            (0, Some(BlockKind::Row)) => Self::Row,
            (0, Some(BlockKind::Note)) => Self::Note,
            (0, Some(BlockKind::Code)) => Self::Code,
            (level, _) => Self::Heading(level),
        }
    }

    /// Whether paragraphs of the two kinds stand together: items of one list do, however deep.
    fn goes_with(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Item(_), Self::Item(_)))
    }
}

/// The blocks of a text: one a paragraph, but several for a long one, so that a text without line breaks reads as well as
/// any other and nothing the size of a book is ever laid out at once. O(bytes of long paragraphs + paragraphs · log of what
/// the structure says).
pub fn blocks(text: &Text, structure: &Structure) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(text.paragraphs().len());
    for (index, &paragraph) in text.paragraphs().iter().enumerate() {
        let kind = Kind::of(structure, paragraph.start);
        let from = out.len();
        let run = match out.last_mut() {
            Some(before) if before.kind.goes_with(kind) => {
                before.closes = false;
                before.run
            }
            _ => from as u32,
        };
        let mut start = paragraph.start;
        while start < paragraph.end {
            let rest = Span::new(start, paragraph.end);
            let end = if paragraph.len() > LONG && rest.len() > LONGEST + SHORTEST {
                cut(text, rest)
            } else {
                rest.end
            };
            if let Some(span) = text.trim(Span::new(start, end)) {
                out.push(Block {
                    span: Span::new(
                        if out.len() == from {
                            paragraph.start
                        } else {
                            span.start
                        },
                        span.end,
                    ),
                    paragraph: index as u32,
                    first: out.len() == from,
                    last: false,
                    kind,
                    run,
                    opens: out.len() == run as usize,
                    closes: false,
                });
            }
            start = end;
        }
        if let Some(block) = out.last_mut() {
            block.last = true;
            block.closes = true;
        }
    }
    out
}

/// Where to cut a long stretch: after the last sentence end between the shortest and the longest a block may be, else after
/// the last space, else at the longest.
fn cut(text: &Text, rest: Span) -> u32 {
    let longest = text.floor(rest.start + LONGEST);
    let window = text.slice(Span::new(rest.start, longest));
    let mut space = None;
    let mut chars = window.char_indices().rev().peekable();
    while let Some((at, c)) = chars.next() {
        if (at as u32) < SHORTEST {
            break;
        }
        let after = rest.start + (at + c.len_utf8()) as u32;
        if matches!(c, '。' | '！' | '？') {
            return after;
        }
        if c.is_whitespace() {
            space.get_or_insert(after);
            let before = chars
                .clone()
                .map(|(_, c)| c)
                .find(|c| !"”’\"')]»".contains(*c));
            let (head, tail) = window.split_at(at);
            if before.is_some_and(|c| matches!(c, '.' | '!' | '?' | '…'))
                && ends_sentence(head, tail.trim_start())
            {
                return after;
            }
        }
    }
    space.unwrap_or(longest)
}

/// The index of the block that holds byte `offset`, or the nearest before it.
pub fn block_at(blocks: &[Block], offset: u32) -> usize {
    blocks
        .partition_point(|b| b.span.start <= offset)
        .saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Heading};

    #[test]
    fn paragraphs_of_a_kind_stand_together() {
        let text = Text::new("Body\nItem\nSub\nItem\nBody\nNote\nNote");
        let kinds = [
            (1, BlockKind::Item(1)),
            (2, BlockKind::Item(2)),
            (3, BlockKind::Item(1)),
            (5, BlockKind::Note),
            (6, BlockKind::Note),
        ];
        let structure = Structure {
            blocks: kinds
                .map(|(i, kind)| model::Block {
                    span: text.paragraphs()[i],
                    kind,
                })
                .into(),
            ..Structure::default()
        };
        let all = blocks(&text, &structure);
        assert_eq!(all[2].kind, Kind::Item(2));
        assert_eq!(
            all.iter().map(|b| (b.run, b.closes)).collect::<Vec<_>>(),
            [
                (0, true),
                (1, false),
                (1, false),
                (1, true),
                (4, true),
                (5, false),
                (5, true)
            ]
        );
    }

    #[test]
    fn a_text_without_line_breaks_is_cut_at_sentence_ends() {
        let text = Text::new("This sentence has some forty characters in it. ".repeat(160));
        let all = blocks(&text, &Structure::default());
        assert!(all.len() > 5);
        for block in &all {
            assert!(text.slice(block.span).ends_with("it."), "{:?}", block.span);
            assert!(block.span.len() <= LONGEST + SHORTEST);
        }
        assert!(all[0].first && !all[1].first);
        assert!(all.last().is_some_and(|b| b.last));
        assert!(all.iter().all(|b| b.paragraph == 0));
    }

    #[test]
    fn without_a_space_it_is_cut_between_characters() {
        for text in ["勢".repeat(5000), "x".repeat(9000)] {
            let text = Text::new(text);
            let all = blocks(&text, &Structure::default());
            let joined: String = all.iter().map(|b| text.slice(b.span)).collect();
            assert_eq!(joined, text.as_str());
        }
    }

    #[test]
    fn every_word_is_in_a_block() {
        let text = Text::new(format!(
            "Head\n\n  lead. {}\n\nEnd",
            "Word number one. ".repeat(300)
        ));
        let structure = Structure {
            headings: vec![Heading {
                span: Span::new(0, 4),
                level: 2,
            }],
            ..Structure::default()
        };
        let all = blocks(&text, &structure);
        assert_eq!(all[0].kind, Kind::Heading(2));
        assert_eq!(all[1].kind, Kind::Body);
        let joined: Vec<_> = all.iter().map(|b| text.slice(b.span)).collect();
        assert_eq!(
            joined.join(" ").split_whitespace().count(),
            text.as_str().split_whitespace().count()
        );
        assert_eq!(block_at(&all, text.len()), all.len() - 1);
        assert_eq!(block_at(&[], 9), 0);
    }
}
