//! Documents as HTML: one file that needs nothing else, not even scripts. It reads well on a phone, in the dark and on paper.
//!
//! An annotated reading has its paragraphs' numbers in the left margin and its glosses in the right one, as the app's page does.
//! Colour is never the only sign: a highlight begins with a rule, ends with the number of its gloss, and is underlined where another
//! lies over it. The labels' colours are moved towards the ink until they stand out 4.5:1 (WCAG 2.1).
//!
//! Whatever stands in a text, a name or a note is written as text; only addresses of the web and of mail become links. As a second
//! wall, a content security policy lets no script run and nothing be loaded.

mod color;
mod escape;
#[cfg(test)]
mod html_tests;
mod inlines;
mod legend;
mod passage;

use std::{fmt::Write as _, io};

use self::escape::escape;
pub(super) use self::inlines::{Notes, footnotes, write as write_line};
use self::{legend::Legend, passage::Open};
use crate::{
    export::{
        document::{
            Block, Column, Head, Inline, Item, Manner, Quote, Sink, Stop, Table, plain, text,
        },
        order::Writer,
    },
    model::Color,
};

/// How the page looks.
const SHEET: &str = include_str!("page.css");

/// What browsers are to let a page do: be styled, nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The colour of what has no label.
const GREY: Color = Color([0x69, 0x64, 0x5C]);

/// Writes a document as HTML.
pub struct Document<'a> {
    out: &'a mut dyn io::Write,
    head: Head,
    /// What is written of the block at hand.
    text: String,
    /// A heading or caption that waits for what comes after it: notes stand before the heading of a reference list.
    heading: String,
    /// The level of the last heading: none is more than one below it.
    level: u8,
    notes: Notes,
    legend: Legend,
    glosses: Open,
    began: bool,
    /// Whether paragraphs of a reading are being written.
    reading: bool,
}

impl<'a> Document<'a> {
    /// Begins a document.
    pub fn new(head: &Head, out: &'a mut dyn io::Write) -> Self {
        Self {
            out,
            head: head.clone(),
            text: String::new(),
            heading: String::new(),
            level: 0,
            notes: Notes::default(),
            legend: Legend::default(),
            glosses: Open::default(),
            began: false,
            reading: false,
        }
    }

    fn begin(&mut self) {
        let text = &mut self.text;
        text.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        let _ = writeln!(
            text,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"
        );
        text.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        text.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n");
        text.push_str("<meta name=\"generator\" content=\"Glossator\">\n");
        if !self.head.authors.is_empty() {
            text.push_str("<meta name=\"author\"");
            escape::attribute("content", &self.head.authors.join(", "), text);
            text.push_str(">\n");
        }
        text.push_str("<title>");
        escape(&self.head.title, text);
        let _ = write!(
            text,
            "</title>\n<style>\n{SHEET}</style>\n</head>\n<body>\n<main>\n"
        );
    }

    /// Whether paragraphs of a reading are written next.
    fn reading(&mut self, is: bool) {
        if std::mem::replace(&mut self.reading, is) != is {
            self.text.push_str(match is {
                true => "<article class=\"r\">\n",
                false => "</article>\n",
            });
        }
    }

    fn block(&mut self, block: Block) {
        match block {
            Block::Heading(level, words) => self.heading(level, &words),
            Block::Text(Manner::Caption, words) => {
                let start = self.text.len();
                self.paragraph("cap", &words);
                self.heading = self.text.split_off(start);
            }
            Block::Text(manner, words) => self.paragraph(class(manner), &words),
            Block::Reference(words) => self.paragraph("ref", &words),
            Block::Quote(quote) => self.quote(&quote),
            Block::Passage(passage) => {
                let level = passage
                    .heading
                    .map(|level| self.level(level.saturating_add(1)));
                let (notes, legend) = (&mut self.notes, &mut self.legend);
                self.glosses
                    .write(&passage, level, legend, notes, &mut self.text);
            }
            Block::List { numbered, items } => self.list(numbered, &items),
            Block::Legend(labels) => self.legend.write(labels, &mut self.text),
            Block::Columns(columns) => self.columns(columns),
            Block::Table(table) => self.table(&table),
            Block::Lines(count) => {
                let lines = "<div></div>".repeat(usize::from(count));
                let _ = writeln!(
                    self.text,
                    "<div class=\"rules\" aria-hidden=\"true\">{lines}</div>"
                );
            }
            Block::Break => self.text.push_str("<div class=\"pb\"></div>\n"),
        }
    }

    fn line(&mut self, words: &[Inline]) {
        inlines::write(words, &mut self.notes, &mut self.text);
    }

    /// Writes an element with words in it.
    fn element(&mut self, open: &str, words: &[Inline], close: &str) {
        self.text.push_str(open);
        self.line(words);
        self.text.push_str(close);
    }

    fn paragraph(&mut self, class: &str, words: &[Inline]) {
        let open = match class {
            "" => "<p>".to_owned(),
            class => format!("<p class=\"{class}\">"),
        };
        self.element(&open, words, "</p>\n");
    }

    /// The level of a heading that skips none.
    fn level(&mut self, level: u8) -> u8 {
        self.level = level.clamp(1, 6).min(self.level + 1);
        self.level
    }

    fn heading(&mut self, level: u8, words: &[Inline]) {
        let level = self.level(level);
        let id = match self.legend.heading(&plain(words)) {
            Some(place) => format!(" id=\"s{place}\""),
            None => String::new(),
        };
        let start = self.text.len();
        self.element(&format!("<h{level}{id}>"), words, &format!("</h{level}>\n"));
        if level == 1 {
            self.title_line();
        }
        self.heading = self.text.split_off(start);
    }

    fn title_line(&mut self) {
        let line = crate::text::fold_space(&std::mem::take(&mut self.head.line));
        if !line.is_empty() {
            self.text.push_str("<p class=\"line\">");
            escape(&line, &mut self.text);
            self.text.push_str("</p>\n");
        }
    }

    fn quote(&mut self, quote: &Quote) {
        self.text.push_str("<figure class=\"q\"");
        if let Some(color) = quote.color {
            self.text.push_str(" style=\"");
            self.text.push_str(self.legend.colors.properties(color));
            self.text.push('"');
        }
        self.text.push_str(">\n<blockquote>");
        let is_note = matches!(quote.cite.first(), Some(Inline::Footnote(_)));
        for (i, paragraph) in quote.paragraphs.iter().enumerate() {
            self.text.push_str("<p>");
            self.line(paragraph);
            if is_note && i + 1 == quote.paragraphs.len() {
                self.line(&quote.cite);
            }
            self.text.push_str("</p>");
        }
        self.text.push_str("</blockquote>\n");
        let mut about: Vec<Inline> = match is_note {
            true => Vec::new(),
            false => quote.cite.clone(),
        };
        if !about.is_empty() && !quote.aside.is_empty() {
            about.push(text(" · "));
        }
        about.extend(quote.aside.iter().cloned());
        if !(about.is_empty() && quote.note.is_empty()) {
            self.text.push_str("<figcaption>");
            if !about.is_empty() {
                self.element("<p>", &about, "</p>");
            }
            for line in &quote.note {
                self.element("<p class=\"note\">", line, "</p>");
            }
            self.text.push_str("</figcaption>\n");
        }
        self.text.push_str("</figure>\n");
    }

    fn list(&mut self, numbered: bool, items: &[Vec<Inline>]) {
        let tag = if numbered { "ol" } else { "ul" };
        let _ = writeln!(self.text, "<{tag}>");
        for item in items {
            self.element("<li>", item, "</li>\n");
        }
        let _ = writeln!(self.text, "</{tag}>");
    }

    fn columns(&mut self, columns: Vec<Column>) {
        self.text.push_str("<div class=\"cols\">\n");
        for column in columns {
            self.text.push_str("<section");
            escape::attribute("aria-label", &plain(&column.heading), &mut self.text);
            self.text.push_str(">\n");
            self.paragraph("cap", &column.heading);
            for item in column.items {
                self.block(item.block);
                let heading = std::mem::take(&mut self.heading);
                self.text.push_str(&heading);
            }
            self.text.push_str("</section>\n");
        }
        self.text.push_str("</div>\n");
    }

    fn table(&mut self, table: &Table) {
        self.text.push_str("<table>\n<colgroup>");
        for width in &table.widths {
            let _ = write!(
                self.text,
                "<col style=\"width:{:.1}%\">",
                width.clamp(0.0, 1.0) * 100.0
            );
        }
        self.text.push_str("</colgroup>\n<thead><tr>");
        for cell in &table.head {
            self.element("<th scope=\"col\">", cell, "</th>");
        }
        self.text.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.text.push_str("<tr>");
            for cell in row {
                self.element("<td>", cell, "</td>");
            }
            self.text.push_str("</tr>\n");
        }
        self.text.push_str("</tbody>\n</table>\n");
    }

    fn write_out(&mut self) -> Result<(), Stop> {
        self.out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}

impl Sink for Document<'_> {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        if !std::mem::replace(&mut self.began, true) {
            self.begin();
        }
        self.reading(matches!(item.block, Block::Passage(_)));
        if matches!(item.block, Block::Reference(_)) {
            footnotes(&mut self.notes, &mut self.text);
        }
        let heading = std::mem::take(&mut self.heading);
        self.text.push_str(&heading);
        self.block(item.block);
        self.write_out()
    }
}

impl Writer for Document<'_> {
    fn finish(mut self: Box<Self>) -> Result<(), Stop> {
        if !self.began {
            self.begin();
        }
        self.reading(false);
        let heading = std::mem::take(&mut self.heading);
        self.text.push_str(&heading);
        footnotes(&mut self.notes, &mut self.text);
        self.text.push_str("</main>\n</body>\n</html>\n");
        self.write_out()?;
        self.out.flush()?;
        Ok(())
    }
}

fn class(manner: Manner) -> &'static str {
    match manner {
        Manner::Body => "",
        Manner::Lead => "lead",
        Manner::Aside => "aside",
        Manner::Note => "note",
        Manner::Claim => "claim",
        Manner::Caption => "cap",
    }
}
