//! Documents as Markdown: for a plain CommonMark viewer, for Obsidian, and for `pandoc` to make a Word file of.
//!
//! Excerpts are block quotes that end with their citation (in the style of notes with the number of a footnote), then a line with
//! labels, stance and coder, then the note:
//!
//! ```markdown
//! > An ally can be dragged in.
//! >
//! > (Walt 1987, 21, ¶12)
//!
//! supports · also **Abandonment** · MK
//!
//! Note: He says so twice.
//! ```
//!
//! How passages of annotated readings are marked, and why so, is said in `marks`. Footnotes are gathered before the first reference
//! list that follows them, else at the end. Columns come one after another; a page break is nothing.

use std::{collections::HashMap, fmt::Write as _, io};

use super::{
    Line, escape,
    line::{self, Noted},
};
use crate::export::{
    document::{
        Block, Gloss, Head, Inline, Inlines, Item, Manner, Passage, Quote, Sink, Stop, Table,
    },
    order::Writer,
};

/// What the marks mean, for readers who have never seen one.
const LEGEND: &str = "*Tagged passages are* **bold**, *where several overlap* ***bold and italic***; *a footnote at the end of \
                      each names its labels.*";

/// How many characters the rule under a table's head has: pandoc makes columns as wide as their share of it.
const RULE: f32 = 72.0;

/// Writes a document as Markdown.
pub struct Document<'a> {
    out: &'a mut dyn io::Write,
    /// The line beside the title.
    line: String,
    began: bool,
    /// A heading or caption that waits for what comes after it: footnotes stand before the heading of a reference list.
    heading: String,
    notes: Notes,
}

/// Footnotes that are not written yet.
#[derive(Default)]
struct Notes {
    text: String,
    count: usize,
    /// What stands beside highlights that have not ended.
    glosses: HashMap<u32, Gloss>,
}

impl Notes {
    /// Writes a footnote and gives its number.
    fn add(&mut self, noted: Noted<'_>) -> usize {
        self.count += 1;
        let count = self.count;
        let mut text = format!("\n[^{count}]: ");
        match noted {
            Noted::Footnote(note) => {
                // A note within a note would have no place.
                line::write(note, false, "    ", &mut |_| count, &mut text);
            }
            Noted::Gloss(number) => {
                if let Some(gloss) = self.glosses.remove(&number) {
                    write_gloss(&gloss, &mut text);
                }
            }
        }
        text.push('\n');
        self.text.push_str(&text);
        count
    }
}

impl<'a> Document<'a> {
    /// Begins a document.
    pub fn new(head: &Head, out: &'a mut dyn io::Write) -> Self {
        Self {
            out,
            line: crate::text::fold_space(&head.line),
            began: false,
            heading: String::new(),
            notes: Notes::default(),
        }
    }

    /// Writes a block with an empty line before it.
    fn block(&mut self, text: &str) -> Result<(), Stop> {
        if std::mem::replace(&mut self.began, true) {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn flush_heading(&mut self) -> Result<(), Stop> {
        match std::mem::take(&mut self.heading) {
            heading if heading.is_empty() => Ok(()),
            heading => self.block(&heading),
        }
    }

    fn flush_notes(&mut self) -> Result<(), Stop> {
        let notes = std::mem::take(&mut self.notes.text);
        self.out.write_all(notes.as_bytes())?;
        Ok(())
    }

    /// A line with `lead` (Markdown) before it.
    fn inlines(&mut self, lead: &str, words: &[Inline], next: &str) -> String {
        let mut out = lead.to_owned();
        let notes = &mut self.notes;
        line::write(
            words,
            lead.is_empty(),
            next,
            &mut |n| notes.add(n),
            &mut out,
        );
        out
    }

    fn paragraph(&mut self, lead: &str, words: &[Inline]) -> Result<(), Stop> {
        let text = self.inlines(lead, words, "");
        match text.is_empty() {
            true => Ok(()),
            false => self.block(&text),
        }
    }

    /// A paragraph in bold.
    fn caption(&mut self, words: &[Inline]) -> Result<(), Stop> {
        self.flush_heading()?;
        let bold: Inlines = words.iter().cloned().map(boldly).collect();
        self.heading = self.inlines("", &bold, "");
        Ok(())
    }

    fn heading(&mut self, level: u8, words: &[Inline]) -> Result<(), Stop> {
        self.flush_heading()?;
        let hashes = "#".repeat(usize::from(level).clamp(1, 6));
        self.heading = self.inlines(&format!("{hashes} "), words, "");
        if level == 1 && !self.line.is_empty() {
            self.flush_heading()?;
            let line = std::mem::take(&mut self.line);
            let mut escaped = String::new();
            Line::beginning(&line).write_all(&mut escaped);
            self.block(&escaped)?;
        }
        Ok(())
    }

    fn quote(&mut self, quote: &Quote) -> Result<(), Stop> {
        let mut text = String::new();
        for (i, paragraph) in quote.paragraphs.iter().enumerate() {
            text.push_str(if i > 0 { "\n>\n> " } else { "> " });
            self.within_quote(paragraph, true, &mut text);
        }
        match quote.cite.first() {
            None => {}
            Some(Inline::Footnote(_)) => self.within_quote(&quote.cite, false, &mut text),
            Some(_) => {
                text.push_str("\n>\n> ");
                self.within_quote(&quote.cite, true, &mut text);
            }
        }
        self.block(&text)?;
        self.paragraph("", &quote.aside)?;
        for (i, paragraph) in quote.note.iter().enumerate() {
            self.paragraph(if i == 0 { "Note: " } else { "" }, paragraph)?;
        }
        Ok(())
    }

    fn within_quote(&mut self, words: &[Inline], begins: bool, text: &mut String) {
        let notes = &mut self.notes;
        line::write(words, begins, "> ", &mut |n| notes.add(n), text);
    }

    fn passage(&mut self, passage: Passage) -> Result<(), Stop> {
        let glosses = passage.glosses.into_iter();
        self.notes.glosses.extend(glosses.map(|g| (g.number, g)));
        let mut text = match passage.heading {
            Some(level) => "#".repeat(usize::from(level).clamp(1, 5) + 1) + " ",
            None => String::new(),
        };
        let (begins, notes) = (text.is_empty(), &mut self.notes);
        line::write_passage(&passage.text, begins, &mut |n| notes.add(n), &mut text);
        self.block(&text)
    }

    fn list(&mut self, numbered: bool, items: &[Inlines]) -> Result<(), Stop> {
        let mut text = String::new();
        for (i, item) in items.iter().enumerate() {
            let bullet = match numbered {
                true => format!("{}. ", i + 1),
                false => "- ".to_owned(),
            };
            let next = " ".repeat(bullet.len());
            text.push_str(if i > 0 { "\n" } else { "" });
            text.push_str(&bullet);
            let notes = &mut self.notes;
            line::write(item, true, &next, &mut |n| notes.add(n), &mut text);
        }
        self.block(&text)
    }

    fn table(&mut self, table: &Table) -> Result<(), Stop> {
        let mut text = self.row(&table.head);
        text.push_str("\n|");
        for i in 0..table.head.len() {
            let share = table.widths.get(i).copied().unwrap_or_default();
            text.push_str(&"-".repeat(((share * RULE) as usize).clamp(3, 72)));
            text.push('|');
        }
        for row in &table.rows {
            text.push('\n');
            text.push_str(&self.row(row));
        }
        self.block(&text)
    }

    /// A row of a table, in one line: where a cell's text breaks, a slash stands.
    fn row(&mut self, cells: &[Inlines]) -> String {
        let mut out = "|".to_owned();
        for cell in cells {
            let mut words = Vec::with_capacity(cell.len());
            for inline in cell {
                words.push(match inline {
                    Inline::Break => crate::export::document::text(" / "),
                    inline => inline.clone(),
                });
            }
            let cell = self.inlines(" ", &words, "");
            out.push_str(&cell);
            out.push_str(" |");
        }
        out
    }
}

impl Sink for Document<'_> {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        match &item.block {
            Block::Heading(..) | Block::Text(Manner::Caption, _) => {}
            Block::Reference(_) => {
                self.flush_notes()?;
                self.flush_heading()?;
            }
            _ => self.flush_heading()?,
        }
        match item.block {
            Block::Heading(level, words) => self.heading(level, &words),
            Block::Text(Manner::Caption, words) => self.caption(&words),
            Block::Text(_, words) | Block::Reference(words) => self.paragraph("", &words),
            Block::Quote(quote) => self.quote(&quote),
            Block::Passage(passage) => self.passage(passage),
            Block::List { numbered, items } => self.list(numbered, &items),
            Block::Legend(labels) if labels.iter().any(|l| !l.glosses.is_empty()) => {
                self.block(LEGEND)
            }
            Block::Legend(_) | Block::Break => Ok(()),
            Block::Columns(columns) => {
                for column in columns {
                    self.caption(&column.heading)?;
                    for item in column.items {
                        self.put(item)?;
                    }
                }
                Ok(())
            }
            Block::Table(table) => self.table(&table),
            Block::Lines(count) => {
                for _ in 0..count {
                    self.block("* * *")?;
                }
                Ok(())
            }
        }
    }
}

impl Writer for Document<'_> {
    fn finish(mut self: Box<Self>) -> Result<(), Stop> {
        self.flush_heading()?;
        self.flush_notes()?;
        self.out.flush()?;
        Ok(())
    }
}

fn boldly(inline: Inline) -> Inline {
    match inline {
        Inline::Run(mut run) => {
            run.bold = true;
            Inline::Run(run)
        }
        inline => inline,
    }
}

/// Writes a gloss as one paragraph, its lines parted by two spaces at the end (the one kind of line break that Obsidian's manual
/// names, too). A second paragraph would be a block of code to a viewer that knows no footnotes.
fn write_gloss(gloss: &Gloss, out: &mut String) {
    for (i, (name, _)) in gloss.labels.iter().enumerate() {
        let comma = if i > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}**{}**", escape(name));
    }
    out.push_str(" · ");
    if let Some(stance) = gloss.stance {
        let _ = write!(out, "{} · ", stance.word());
    }
    Line::beginning(&gloss.coder).write_all(out);
    let (place, quoted) = (escape(&gloss.place), escape(&gloss.quote));
    let _ = write!(out, " · {place} · “{quoted}”");
    let lines = gloss.note.lines().map(str::trim).filter(|l| !l.is_empty());
    for (i, line) in lines.enumerate() {
        out.push_str("  \n    ");
        match i {
            0 => {
                out.push_str("Note: ");
                Line::within(line).write_all(out);
            }
            _ => Line::beginning(line).write_all(out),
        }
    }
}
