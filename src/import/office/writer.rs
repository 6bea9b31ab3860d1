//! Paragraphs, rows and pages of a word processor's file, written to a [`Draft`].

use super::pages::{Numbering, Pages};
use crate::{
    import::{
        Parsed,
        draft::{Draft, Drafted, Kind},
    },
    model::{BlockKind, ReadingMeta, Style},
};

/// What a paragraph is, and what stands before its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// The bullet or number that the list gives it.
    pub label: Option<String>,
    /// Whether its style is that of a title.
    pub is_title: bool,
    /// Whether it was taken for a quote by its indents only.
    pub by_indent: bool,
}

/// Writes what a reader finds.
#[derive(Debug, Default)]
pub struct Writer {
    draft: Draft,
    pages: Pages,
    label: Option<String>,
    /// For each table that is open, whether it is a mere frame, of one column.
    tables: Vec<Table>,
    /// Whether the last paragraph was an item.
    after_item: bool,
    in_heading: bool,
    notes: usize,
    /// Whether a note has no paragraph yet.
    note_starts: bool,
    title: Vec<String>,
    heading: Option<String>,
    catch: Catch,
    /// Paragraphs of body text, and quotes by indent.
    bodies: usize,
    indented: usize,
}

#[derive(Debug, Default)]
struct Table {
    is_frame: bool,
    rows: usize,
    cells: usize,
    /// Whether the cell has a paragraph.
    filled: bool,
}

/// Which text is kept for the title besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Catch {
    #[default]
    None,
    Title,
    Heading,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The text and its structure.
    pub drafted: Drafted,
    /// The first paragraph in the style of a title.
    pub title: Option<String>,
    /// The first heading.
    pub heading: Option<String>,
}

impl Writer {
    /// A writer, on the first page.
    pub fn new() -> Self {
        let mut writer = Self::default();
        writer.pages.first(&mut writer.draft);
        writer
    }

    /// Starts a paragraph. In a cell it goes on in the same row.
    pub fn paragraph(&mut self, paragraph: Paragraph) {
        self.label = None;
        self.catch = Catch::None;
        if let Some(table) = self.tables.last_mut()
            && !table.is_frame
        {
            if std::mem::replace(&mut table.filled, true) {
                self.draft.text(" ", Style::PLAIN);
            }
            self.label = paragraph.label;
            return;
        }
        if self.is_within_row() {
            self.draft.text(" ", Style::PLAIN);
            self.label = paragraph.label;
            return;
        }
        let in_note = self.notes > 0;
        let is_item = matches!(paragraph.kind, Kind::Block(BlockKind::Item(_)));
        let kind = match paragraph.kind {
            Kind::Block(BlockKind::Code) if !in_note => paragraph.kind,
            _ if in_note => Kind::Block(BlockKind::Note),
            kind => kind,
        };
        // The first paragraph of a footnote stands beside its number.
        if !std::mem::take(&mut self.note_starts) {
            let code = Kind::Block(BlockKind::Code);
            if is_item && self.after_item || kind == code && self.draft.kind() == code {
                self.draft.line(kind);
            } else {
                self.draft.paragraph(kind);
            }
        }
        self.label = paragraph.label;
        self.after_item = is_item;
        self.in_heading = matches!(kind, Kind::Heading(_));
        if in_note {
            return;
        }
        if paragraph.is_title {
            self.catch = Catch::Title;
            self.title.push(String::new());
        } else if self.in_heading && self.heading.as_ref().is_none_or(|h| h.trim().is_empty()) {
            self.catch = Catch::Heading;
            self.heading = Some(String::new());
        }
        self.bodies += usize::from(kind == Kind::Body);
        self.indented += usize::from(paragraph.by_indent);
    }

    /// Whether a row is open around frames.
    fn is_within_row(&self) -> bool {
        self.tables.iter().any(|t| !t.is_frame)
    }

    /// Writes words.
    pub fn text(&mut self, text: &str, style: Style) {
        let words = text.chars().filter(|c| !c.is_whitespace()).count();
        if words > 0 {
            if let Some(label) = self.label.take().filter(|l| !l.trim().is_empty()) {
                self.draft.text(label.trim(), Style::PLAIN);
                self.draft.text(" ", Style::PLAIN);
            }
            if self.notes == 0 {
                self.pages.text(words);
            }
        }
        match (self.catch, self.title.last_mut(), self.heading.as_mut()) {
            _ if self.notes > 0 => {}
            (Catch::Title, Some(title), _) => title.push_str(text),
            (Catch::Heading, _, Some(heading)) => heading.push_str(text),
            _ => {}
        }
        self.draft.text(text, style);
    }

    /// A tab within a line.
    pub fn tab(&mut self) {
        let kind = self.draft.kind();
        if kind == Kind::Body && !self.is_within_row() {
            self.draft.tab();
        } else if kind == Kind::Block(BlockKind::Code) {
            self.draft.text("\t", Style::PLAIN);
        } else {
            self.text(" ", Style::PLAIN);
        }
    }

    /// A line broken by hand. Headings and cells stay in one.
    pub fn line_break(&mut self) {
        if self.in_heading && self.notes == 0 || self.is_within_row() || self.draft.is_fresh() {
            self.text(" ", Style::PLAIN);
        } else {
            self.draft.break_line();
        }
    }

    /// The mark of a note.
    pub fn mark(&mut self, name: &str) {
        self.draft.mark(name);
    }

    /// Starts the text of a note.
    pub fn note(&mut self, name: &str) {
        self.draft.note(name);
        self.notes += 1;
        self.note_starts = true;
        // A table in a note has rows of its own.
        self.tables.push(Table {
            is_frame: true,
            ..Table::default()
        });
    }

    /// Ends it.
    pub fn end_note(&mut self) {
        self.draft.end_note();
        self.note_starts = false;
        self.notes = self.notes.saturating_sub(1);
        self.tables.pop();
    }

    /// Starts a table.
    pub fn table(&mut self) {
        self.tables.push(Table::default());
    }

    /// Says how many columns the table has, before its rows; one with a single column is a frame around paragraphs.
    pub fn columns(&mut self, columns: usize) {
        if let Some(table) = self.tables.last_mut() {
            table.is_frame = columns == 1;
        }
    }

    /// Starts a row.
    pub fn row(&mut self) {
        let nested = self.tables.iter().filter(|t| !t.is_frame).count() > 1;
        let Some(table) = self.tables.last_mut().filter(|t| !t.is_frame) else {
            return;
        };
        (table.cells, table.filled) = (0, false);
        table.rows += 1;
        if nested {
            self.draft.text(" ", Style::PLAIN);
            return;
        }
        let kind = if self.notes > 0 {
            BlockKind::Note
        } else {
            BlockKind::Row
        };
        if table.rows == 1 {
            self.draft.paragraph(Kind::Block(kind));
        } else {
            self.draft.line(Kind::Block(kind));
        }
        self.after_item = false;
        self.in_heading = false;
    }

    /// Starts a cell of it.
    pub fn cell(&mut self) {
        let nested = self.tables.iter().filter(|t| !t.is_frame).count() > 1;
        let Some(table) = self.tables.last_mut().filter(|t| !t.is_frame) else {
            return;
        };
        table.cells += 1;
        table.filled = false;
        if nested {
            self.draft.text(" ", Style::PLAIN);
        } else {
            self.draft.cell();
        }
    }

    /// Ends the table.
    pub fn end_table(&mut self) {
        if let Some(table) = self.tables.pop()
            && !self.is_within_row()
            && !table.is_frame
        {
            self.paragraph(Paragraph::default());
        }
    }

    /// Whether no text was written yet.
    pub fn is_empty(&self) -> bool {
        self.draft.is_empty() && self.draft.is_fresh()
    }

    /// A page break that the program which laid the pages out found.
    pub fn soft_page(&mut self) {
        if self.notes == 0 {
            self.pages.soft(&mut self.draft);
        }
    }

    /// A page break set by hand.
    pub fn hard_page(&mut self) {
        if self.notes == 0 {
            self.pages.hard(&mut self.draft);
        }
    }

    /// Says more of the number of the page that is open.
    pub fn number_page(&mut self, numbering: Numbering) {
        self.pages.number(numbering);
    }

    /// Ends the text.
    pub fn finish(self) -> Written {
        let (labels, remark) = self.pages.labels();
        let mut drafted = self.draft.finish();
        let structure = &mut drafted.structure;
        for (page, label) in structure.pages.iter_mut().zip(&labels) {
            page.label.clone_from(label);
        }
        structure.pages.truncate(labels.len());
        // Where most paragraphs are set in on both sides, that is the page and no quotes.
        if self.indented > self.bodies {
            structure.blocks.retain(|b| b.kind != BlockKind::Quote);
        }
        drafted.remarks.extend(remark.map(str::to_owned));
        let words = |t: String| {
            let t = t.split_whitespace().collect::<Vec<_>>().join(" ");
            (!t.is_empty()).then_some(t)
        };
        Written {
            drafted,
            title: self.title.into_iter().find_map(words),
            heading: self.heading.and_then(words),
        }
    }
}

impl Written {
    /// The reading, with what is known of it.
    pub fn parsed(self, meta: ReadingMeta, encoding: &'static str, remarks: Vec<String>) -> Parsed {
        let mut all = self.drafted.remarks;
        all.extend(remarks);
        Parsed {
            meta,
            text: self.drafted.text,
            structure: self.drafted.structure,
            encoding,
            remarks: all,
        }
    }
}
