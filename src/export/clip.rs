//! Passages and documents for the clipboard: as rich text for Word, LibreOffice and Google Docs, and as plain text for everything else.
//!
//! Rich text is a fragment of HTML. Those programs read the elements and the styles that stand in them, no style sheets.

use std::fmt::Write as _;

use super::{
    cite::{self, Citer, Place, Rich, Style, single_quotes},
    document::{
        Block, Column, Inline, Inlines, Item, Manner, Quote, Run, Sink, Stop, plain, rich, words,
    },
    html::{Notes, footnotes, write_line},
};
use crate::{
    model::{Project, Reading},
    text::Span,
};

/// How a paragraph is set.
const PARAGRAPH: &str = "margin:0 0 8pt 0";

/// What is put on the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clip {
    /// For programs that take nothing else.
    pub plain: String,
    /// As a fragment of HTML.
    pub html: String,
}

/// The words of a passage as they stand in their reading; the plain text exactly.
pub fn passage(reading: &Reading, span: Span) -> Clip {
    let mut html = String::new();
    let text = &reading.text;
    for paragraph in text.paragraphs() {
        if let Some(here) = text.trim(paragraph.intersect(span)) {
            element("p", PARAGRAPH, &words(reading, here), &mut html);
        }
    }
    Clip {
        plain: text.slice(span).to_owned(),
        html,
    }
}

/// Passages as quotes with their citations, `“An ally can be dragged in.” (Walt 1987, 21, ¶12)`, each a paragraph; in the style of
/// notes with what a footnote says. Numbers of a list by numbers mean something in a document with that list only: in that style,
/// too, it is author and year. The marks of footnotes are left out.
pub fn quotes<'a>(
    project: &Project,
    passages: impl IntoIterator<Item = (&'a Reading, Span)>,
    style: Style,
) -> Clip {
    let mut citer = Citer::new(project, style);
    let mut clip = Clip::default();
    for (reading, span) in passages {
        let place = Place::of(reading, span);
        let cited = match style {
            Style::Note => citer.cite(reading, &place),
            Style::AuthorYear | Style::Numeric => {
                Rich::plain(citer.names().passage(reading, &place))
            }
        };
        if !clip.plain.is_empty() {
            clip.plain.push_str("\n\n");
        }
        let quoted = cite::quoted(reading, span);
        let _ = write!(clip.plain, "{quoted} {}", cited.text());
        let mut line = quoted_words(reading, span);
        line.push(super::document::text(" "));
        line.extend(rich(&cited));
        element("p", PARAGRAPH, &line, &mut clip.html);
    }
    clip
}

/// A passage in quotation marks with its emphasis; its text is that of [`cite::quoted`].
fn quoted_words(reading: &Reading, span: Span) -> Inlines {
    let mut line = vec![super::document::text("“")];
    let mut gap = false;
    for piece in cite::without_marks(reading, span) {
        for inline in words(reading, piece) {
            let Inline::Run(run) = inline else { continue };
            let folded = folded(&run.text, line.len() == 1, &mut gap);
            if !folded.is_empty() {
                let text = single_quotes(&folded);
                line.push(Inline::Run(Run { text, ..run }));
            }
        }
    }
    line.push(super::document::text("”"));
    line
}

/// Text with every run of white space as one space. `gap` says whether one goes before the next word, none at the `start`.
fn folded(text: &str, start: bool, gap: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            *gap = true;
            continue;
        }
        if std::mem::take(gap) && !(start && out.is_empty()) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

fn element(tag: &str, style: &str, line: &[Inline], html: &mut String) {
    let _ = write!(html, "<{tag} style=\"{style}\">");
    write_line(line, &mut Notes::default(), html);
    let _ = writeln!(html, "</{tag}>");
}

/// Takes a document for the clipboard.
#[derive(Default)]
pub struct Fragment {
    clip: Clip,
    notes: Notes,
    /// The footnotes as plain text.
    plain_notes: Vec<String>,
}

impl Fragment {
    /// What it took.
    pub fn finish(mut self) -> Clip {
        let notes: Vec<String> = std::mem::take(&mut self.plain_notes);
        for (i, note) in notes.iter().enumerate() {
            self.plain(&format!("{} {note}", i + 1));
        }
        footnotes(&mut self.notes, &mut self.clip.html);
        self.clip
    }

    /// Adds a paragraph of plain text.
    fn plain(&mut self, line: &str) {
        if !self.clip.plain.is_empty() {
            self.clip.plain.push_str("\n\n");
        }
        self.clip.plain.push_str(line);
    }

    fn line(&mut self, tag: &str, style: &str, line: &[Inline]) {
        let _ = write!(self.clip.html, "<{tag} style=\"{style}\">");
        write_line(line, &mut self.notes, &mut self.clip.html);
        let _ = writeln!(self.clip.html, "</{tag}>");
        let text = self.text(line);
        self.plain(&text);
    }

    /// The text of a line with the numbers of its footnotes in brackets.
    fn text(&mut self, line: &[Inline]) -> String {
        let mut out = String::new();
        for inline in line {
            match inline {
                Inline::Footnote(note) => {
                    self.plain_notes.push(plain(note));
                    let _ = write!(out, "[{}]", self.plain_notes.len());
                }
                inline => out.push_str(&plain(std::slice::from_ref(inline))),
            }
        }
        out
    }

    fn quote(&mut self, quote: &Quote) {
        const INDENT: &str = "margin:0 0 4pt 24pt";
        for (i, paragraph) in quote.paragraphs.iter().enumerate() {
            let mut line = paragraph.clone();
            if i + 1 == quote.paragraphs.len() {
                if !matches!(quote.cite.first(), None | Some(Inline::Footnote(_))) {
                    line.push(super::document::text(" "));
                }
                line.extend(quote.cite.iter().cloned());
            }
            self.line("p", INDENT, &line);
        }
        if !quote.aside.is_empty() {
            self.line("p", "margin:0 0 8pt 24pt;font-size:smaller", &quote.aside);
        }
        for note in &quote.note {
            self.line("p", "margin:0 0 8pt 24pt", note);
        }
    }

    fn column(&mut self, column: Column) -> Result<(), Stop> {
        self.line("p", "margin:8pt 0 4pt 0;font-weight:bold", &column.heading);
        column.items.into_iter().try_for_each(|item| self.put(item))
    }

    fn list(&mut self, numbered: bool, items: &[Inlines]) {
        let tag = if numbered { "ol" } else { "ul" };
        let _ = writeln!(self.clip.html, "<{tag}>");
        for (i, item) in items.iter().enumerate() {
            self.clip.html.push_str("<li>");
            write_line(item, &mut self.notes, &mut self.clip.html);
            self.clip.html.push_str("</li>\n");
            let bullet = if numbered {
                format!("{}.", i + 1)
            } else {
                "–".into()
            };
            let text = self.text(item);
            self.plain(&format!("{bullet} {text}"));
        }
        let _ = writeln!(self.clip.html, "</{tag}>");
    }

    fn row(&mut self, tag: &str, cells: &[Inlines]) {
        let mut line = Vec::new();
        self.clip.html.push_str("<tr>");
        for cell in cells {
            let _ = write!(
                self.clip.html,
                "<{tag} style=\"border:1px solid #999999;text-align:left;vertical-align:top\">"
            );
            write_line(cell, &mut self.notes, &mut self.clip.html);
            let _ = write!(self.clip.html, "</{tag}>");
            line.push(self.text(cell));
        }
        self.clip.html.push_str("</tr>\n");
        self.plain(&line.join("\t"));
    }
}

impl Sink for Fragment {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        match item.block {
            Block::Heading(level, line) => {
                let tag = format!("h{}", level.clamp(1, 6));
                self.line(&tag, "margin:12pt 0 6pt 0", &line);
            }
            Block::Text(Manner::Caption, line) => {
                self.line("p", "margin:8pt 0 4pt 0;font-weight:bold", &line);
            }
            Block::Text(Manner::Aside, line) => {
                self.line("p", "margin:0 0 8pt 0;font-size:smaller", &line);
            }
            Block::Text(_, line) => self.line("p", PARAGRAPH, &line),
            Block::Reference(line) => {
                self.line("p", "margin:0 0 8pt 24pt;text-indent:-24pt", &line);
            }
            Block::Quote(quote) => self.quote(&quote),
            Block::Passage(passage) => self.line("p", PARAGRAPH, &passage.text),
            Block::List { numbered, items } => self.list(numbered, &items),
            Block::Columns(columns) => return columns.into_iter().try_for_each(|c| self.column(c)),
            Block::Table(table) => {
                self.clip
                    .html
                    .push_str("<table style=\"border-collapse:collapse\">\n");
                self.row("th", &table.head);
                for row in &table.rows {
                    self.row("td", row);
                }
                self.clip.html.push_str("</table>\n");
            }
            Block::Legend(_) | Block::Lines(_) | Block::Break => {}
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "clip_tests.rs"]
mod tests;
