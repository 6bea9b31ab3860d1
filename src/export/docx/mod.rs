//! Word documents, `.docx` (ECMA-376, transitional), as a [`Sink`] that writes while it is told.
//!
//! The writer is our own. The library for it, docx-rs, was measured: 172 s of build, it keeps a document as a tree in memory until the
//! end, and a single control character in a quote makes a file that Word calls damaged. What excerpts, readings and packets need is
//! small: paragraphs with styles, notes, comments, tables. quick-xml escapes, `zip` packs.
//!
//! **Memory.** Blocks are written into the archive as they come. An archive takes one part at a time, so footnotes and comments are
//! written beside the document, packed as they come, and put in as they are at the end. Besides, there are kept: each address once, and
//! the glosses that have begun and not ended. 100,000 excerpts with a footnote each took 12 MB at the peak (118 MB of XML; 0.7 MB of it
//! footnotes, packed).
//!
//! **Word's own styles.** Headings, quotes, lists, notes, comments, captions and references have Word's built-in styles, with fonts and
//! colours of a theme: the navigation pane, tables of contents and a change of theme work. What Word has no style for gets one of its
//! own with a plain name (`Lead`, `Aside`, `Quote Labels`, `Note Line`…).
//!
//! **Strictness.** Word refuses a file for what other programs forgive: properties out of order, control characters, addresses that are
//! no URIs, a cell that does not end with a paragraph, a comment that is mentioned and not there. Each of these is closed in one place,
//! and the tests hold what comes out against the order of the standard.
//!
//! The bytes depend on the document only: dates in the archive are fixed, and comments bear none.

mod annotated;
mod apart;
mod blocks;
mod links;
mod package;
mod paper;
mod script;
mod story;
mod tables;
#[cfg(test)]
mod tests;
mod xml;

use std::collections::BTreeMap;

use zip::ZipWriter;

use self::{
    annotated::Open,
    apart::Apart,
    story::{Look, Paragraph, Story},
};
use super::{
    document::{Head, Inline, Item, Sink, Stop},
    order::{Glosses, Out, Writer},
};
use crate::model::Color;

/// As many bytes of the document are written before they go into the archive.
const CHUNK: usize = 64 * 1024;

/// Writes a Word document.
pub struct Docx<'a> {
    zip: ZipWriter<&'a mut dyn Out>,
    head: Head,
    glosses: Glosses,
    body: Story,
    footnotes: Apart,
    comments: Apart,
    /// How wide text is here, in twentieths of a point.
    width: u32,
    /// Whether the next block begins a page.
    breaks: bool,
    /// Whether a heading was the last block: a line that belongs to it stays with what follows, too.
    after_heading: bool,
    /// How many paragraphs there are.
    paragraphs: u64,
    /// How many lists with numbers there are.
    lists: u32,
    /// The bar of the last quote.
    bar: Option<Color>,
    /// The glosses that have begun.
    open: BTreeMap<u32, Open>,
    /// The page that has begun in a paragraph which has no margin to say so.
    page: Option<String>,
}

impl<'a> Docx<'a> {
    /// Begins a document. `glosses` is how the margin of annotated readings is written.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn new(out: &'a mut dyn Out, head: &Head, glosses: Glosses) -> Result<Self, Stop> {
        let mut zip = ZipWriter::new(out);
        package::begin(&mut zip)?;
        let mut body = Story::new("w:document");
        body.xml.open("w:body", &[]);
        Ok(Self {
            zip,
            glosses,
            body,
            footnotes: Apart::footnotes()?,
            comments: Apart::comments()?,
            width: paper::text_width(head.paper),
            head: head.clone(),
            breaks: false,
            after_heading: false,
            paragraphs: 0,
            lists: 0,
            bar: None,
            open: BTreeMap::new(),
            page: None,
        })
    }

    /// A paragraph with its text.
    fn paragraph(&mut self, paragraph: Paragraph, line: &[Inline], look: Look) -> Result<(), Stop> {
        self.open_paragraph(paragraph);
        self.line(line, look)?;
        self.body.close_paragraph();
        Ok(())
    }

    /// Opens a paragraph, on a page of its own where one is to begin.
    fn open_paragraph(&mut self, mut paragraph: Paragraph) {
        paragraph.breaks = std::mem::take(&mut self.breaks);
        self.paragraphs += 1;
        self.body.open_paragraph(&paragraph);
    }

    /// The pieces of a line.
    fn line(&mut self, line: &[Inline], look: Look) -> Result<(), Stop> {
        for inline in line {
            match inline {
                Inline::Run(run) => {
                    let look = self.marked(&run.marks, look)?;
                    self.body.run(run, look);
                }
                Inline::Footnote(note) => self.footnote(&[note])?,
                Inline::Gloss(number) => self.end_gloss(*number)?,
                Inline::Break => self.body.line_break(),
            }
        }
        Ok(())
    }

    /// A footnote of these paragraphs, whose mark stands here.
    fn footnote(&mut self, paragraphs: &[&Vec<Inline>]) -> Result<(), Stop> {
        let id = self.footnotes.footnote(paragraphs)?;
        let attributes = [("w:id", id.as_str())];
        self.body
            .mark("FootnoteReference", "w:footnoteReference", &attributes);
        Ok(())
    }
}

impl Sink for Docx<'_> {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        self.block(&item.block)?;
        if self.body.xml.len() >= CHUNK {
            package::drain(&mut self.zip, &mut self.body.xml)?;
        }
        Ok(())
    }
}

impl Writer for Docx<'_> {
    fn finish(mut self: Box<Self>) -> Result<(), Stop> {
        self.end_open_glosses()?;
        paper::section(&mut self.body.xml, self.head.paper);
        package::finish(*self)
    }
}
