//! Blocks as paragraphs.

use super::{
    Docx,
    story::{Indents, Look, Paragraph},
};
use crate::{
    export::document::{Block, Inline, Inlines, Manner, Quote, Stop, text},
    model::Color,
};

/// The styles of headings under the title, from the highest.
const HEADINGS: [&str; 6] = [
    "Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6",
];

/// The style of a heading of a level from 1.
pub(super) fn heading(level: u8) -> &'static str {
    HEADINGS[usize::from(level.clamp(1, 6)) - 1]
}

/// Whether the style of a heading is in italics, so that titles in it stand upright.
pub(super) fn look_of(style: &str) -> Look {
    Look {
        is_italic: matches!(style, "Heading4" | "Heading6" | "Lead"),
        ..Look::default()
    }
}

fn style(manner: Manner) -> &'static str {
    match manner {
        Manner::Body => "Normal",
        Manner::Lead => "Lead",
        Manner::Aside => "Aside",
        Manner::Note => "CoderNote",
        Manner::Claim => "Claim",
        Manner::Caption => "Caption",
    }
}

/// The width of the bar beside a quote, in eighths of a point.
const BAR: u32 = 18;

impl Docx<'_> {
    /// Writes a block.
    pub(super) fn block(&mut self, block: &Block) -> Result<(), Stop> {
        let is_heading = matches!(block, Block::Heading(..));
        let after_heading = std::mem::replace(&mut self.after_heading, is_heading);
        match block {
            Block::Heading(0 | 1, line) => self.title(line),
            Block::Heading(level, line) => self.styled(heading(level - 1), line),
            Block::Text(Manner::Aside, line) if after_heading => {
                let paragraph = Paragraph {
                    keep_next: true,
                    ..Paragraph::of("Aside", line)
                };
                self.paragraph(paragraph, line, Look::default())
            }
            Block::Text(manner, line) => self.styled(style(*manner), line),
            Block::Reference(line) => self.styled("Bibliography", line),
            Block::Quote(quote) => self.quote(quote),
            Block::Passage(passage) => self.passage(passage),
            Block::List { numbered, items } => self.list(*numbered, items),
            Block::Legend(labels) => self.legend(labels),
            Block::Columns(columns) => self.columns(columns),
            Block::Table(table) => self.table(table),
            Block::Lines(count) => self.lines(*count),
            Block::Break => {
                self.breaks = true;
                Ok(())
            }
        }
    }

    /// A paragraph of a style and no more.
    pub(super) fn styled(&mut self, style: &'static str, line: &[Inline]) -> Result<(), Stop> {
        self.paragraph(Paragraph::of(style, line), line, look_of(style))
    }

    /// The title, and the line that belongs to it.
    fn title(&mut self, line: &[Inline]) -> Result<(), Stop> {
        self.styled("Title", line)?;
        match self.head.line.trim() {
            "" => Ok(()),
            under => self.styled("Subtitle", &[text(under)]),
        }
    }

    fn list(&mut self, numbered: bool, items: &[Inlines]) -> Result<(), Stop> {
        let (style, list) = match numbered {
            true => {
                self.lists += 1;
                ("ListNumber", Some(super::package::list(self.lists)))
            }
            false => ("ListBullet", None),
        };
        for item in items {
            let paragraph = Paragraph {
                list,
                ..Paragraph::of(style, item)
            };
            self.paragraph(paragraph, item, Look::default())?;
        }
        Ok(())
    }

    /// Ruled lines, and some space: what follows would touch the last.
    fn lines(&mut self, count: u8) -> Result<(), Stop> {
        (0..count).try_for_each(|_| self.styled("NoteLine", &[]))?;
        if count > 0 {
            self.spacer();
        }
        Ok(())
    }

    /// An excerpt: the passage with its citation, what is said of it, the note; with a bar beside it all.
    fn quote(&mut self, quote: &Quote) -> Result<(), Stop> {
        let bar = quote.color.map(|color| self.next_bar(color));
        let cite = cite(quote);
        let mut parts: Vec<(&'static str, Inlines)> = Vec::new();
        let passage = quote.paragraphs.iter().cloned();
        parts.extend(passage.map(|line| ("Quote", line)));
        match parts.last_mut() {
            Some((_, last)) => last.extend(cite),
            None => parts.push(("Quote", quote.cite.clone())),
        }
        let has_said = parts.len();
        if !quote.aside.is_empty() {
            parts.push(("QuoteLabels", quote.aside.clone()));
        }
        parts.extend(quote.note.iter().map(|line| ("QuoteNote", line.clone())));
        let last = parts.len() - 1;
        for (i, (style, line)) in parts.iter().enumerate() {
            let paragraph = Paragraph {
                bar: bar.map(|color| (color, BAR)),
                keep_next: i + 1 >= has_said && i < last,
                indents: self.indents(),
                ..Paragraph::of(style, line)
            };
            self.paragraph(paragraph, line, Look::default())?;
        }
        Ok(())
    }

    /// The colour of the next bar. Bars that are quite alike run together where one quote follows another, so they differ by what
    /// nobody sees.
    fn next_bar(&mut self, color: Color) -> Color {
        let Color([red, green, blue]) = color;
        let bar = match self.bar == Some(color) {
            true => Color([red, green, blue ^ 1]),
            false => color,
        };
        *self.bar.insert(bar)
    }

    /// Between columns quotes are set in less.
    fn indents(&self) -> Option<Indents> {
        let narrow = Indents {
            left: 227,
            ..Indents::default()
        };
        (self.width < super::paper::text_width(self.head.paper)).then_some(narrow)
    }
}

/// The citation of a quote as it follows the passage; a footnote stands right behind it.
fn cite(quote: &Quote) -> Inlines {
    let space = match quote.cite.first() {
        None | Some(Inline::Footnote(_)) => None,
        Some(_) => Some(text(" ")),
    };
    space
        .into_iter()
        .chain(quote.cite.iter().cloned())
        .collect()
}
