//! A reading's text while a format's reader writes it: paragraphs of kinds, styled words, pages, footnotes.
//!
//! The readers call [`Draft`] in document order; white space, blank lines, offsets and the order of everything in
//! [`Structure`] are its matter. What it gives is what every import promises: LF line ends, no control characters but tabs,
//! no white space at line ends, paragraphs parted by at most one empty line, a line end at the end.

use indexmap::IndexMap;

use super::{counted, span};
use crate::{
    model::{Block, BlockKind, Emphasis, Heading, Note, Page, Script, Structure, Style},
    text::Span,
};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Body text.
    #[default]
    Body,
    /// A heading; 1 for the highest.
    Heading(u8),
    /// One of the other kinds.
    Block(BlockKind),
}

/// A text being written.
#[derive(Debug, Default)]
pub struct Draft {
    flow: Flow,
    /// Footnotes by the name the file has for each, in the order in which the text first mentions or holds them; their number
    /// is their place here, from 1.
    notes: IndexMap<String, Option<Flow>>,
    /// The flows that wait while a footnote is written, with that footnote's name.
    outer: Vec<(String, Flow)>,
    removed: usize,
}

/// What a draft came to.
#[derive(Debug, Default)]
pub struct Drafted {
    /// The text; empty when nothing was written.
    pub text: String,
    /// What was said of it.
    pub structure: Structure,
    /// What was taken away, in sentences.
    pub remarks: Vec<String>,
}

/// A run of paragraphs: the body, or what a footnote says.
#[derive(Debug, Default)]
struct Flow {
    text: String,
    structure: Structure,
    /// The marks of footnotes: their index and where they stand.
    marks: Vec<(usize, Span)>,
    kind: Kind,
    /// Where the open paragraph starts, once it has text.
    start: Option<usize>,
    /// Whether the next paragraph stands on the line below, without an empty one between.
    tight: bool,
    /// White space that is written when more text comes in this paragraph.
    space: Option<char>,
    /// How many cells of a row were started in this paragraph, and the borders that are written when more text comes in it.
    cells: usize,
    borders: usize,
    /// Pages that start with the next text.
    pages: Vec<String>,
}

impl Draft {
    /// Starts a paragraph, after an empty line. An open one is closed; one without text is as if it had never been.
    pub fn paragraph(&mut self, kind: Kind) {
        self.flow.close();
        self.flow.kind = kind;
        self.flow.tight = false;
    }

    /// Starts a paragraph on the line below the last: items of a close list, rows, lines that were broken by hand.
    pub fn line(&mut self, kind: Kind) {
        let tight = self.flow.start.is_some() || self.flow.tight;
        self.flow.close();
        self.flow.kind = kind;
        self.flow.tight = tight;
    }

    /// Breaks the line: what follows is a paragraph of the same kind on the line below.
    pub fn break_line(&mut self) {
        self.line(self.flow.kind);
    }

    /// The kind of the paragraph that is open or comes next.
    pub fn kind(&self) -> Kind {
        self.flow.kind
    }

    /// What the open paragraph says so far, without white space at its end.
    pub fn open_text(&self) -> &str {
        let start = self.flow.start.unwrap_or(self.flow.text.len());
        self.flow.text.get(start..).unwrap_or_default()
    }

    /// Whether the paragraph has no text yet.
    pub fn is_fresh(&self) -> bool {
        self.flow.start.is_none()
    }

    /// Whether nothing was written yet, footnotes aside.
    pub fn is_empty(&self) -> bool {
        self.outer
            .first()
            .map_or(&self.flow, |(_, flow)| flow)
            .text
            .is_empty()
    }

    /// Writes words. White space counts as one space, and as none at the ends of a paragraph; in code it stays, and a line end
    /// breaks the line.
    pub fn text(&mut self, text: &str, style: Style) {
        let code = self.flow.kind == Kind::Block(BlockKind::Code);
        for c in text.chars() {
            match c {
                // An empty line.
                '\n' if code && self.flow.start.is_none() => self.paragraph(self.flow.kind),
                '\n' if code => self.break_line(),
                ' ' | '\t' if code => self.flow.push(c, style),
                // These hold words together or apart on purpose.
                '\u{A0}' | '\u{202F}' | '\u{2007}' if self.flow.start.is_some() => {
                    self.flow.space = Some(c);
                }
                '\u{AD}' | '\u{FEFF}' | '\u{200B}' => {}
                c if c.is_whitespace() => {
                    self.flow.space.get_or_insert(' ');
                }
                c if c.is_control() => self.removed += 1,
                c => self.flow.push(c, style),
            }
        }
    }

    /// Starts a cell of a row: a tab parts it from the one before, also when that is empty. Empty cells at a row's end are left
    /// out.
    pub fn cell(&mut self) {
        if self.flow.cells > 0 {
            self.flow.borders += 1;
            self.flow.space = None;
        }
        self.flow.cells += 1;
    }

    /// A tab within a line.
    pub fn tab(&mut self) {
        if self.flow.start.is_some() {
            self.flow.space = Some('\t');
        }
    }

    /// A page starts with the next text. `label` is what the file calls it: `21`, `xiv`.
    pub fn page(&mut self, label: impl Into<String>) {
        self.flow.pages.push(label.into());
    }

    /// The mark of the footnote that the file calls `name`: `[1]`.
    pub fn mark(&mut self, name: &str) {
        let index = self.number(name);
        let space = self.flow.space.take();
        let mark = format!("[{}]", index + 1);
        // The mark belongs to the word before it.
        for c in mark.chars() {
            self.flow.push(c, Style::RAISED);
        }
        let end = self.flow.text.len();
        self.flow.marks.push((index, span(end - mark.len(), end)));
        self.flow.space = space;
    }

    /// Starts the text of the footnote that the file calls `name`: paragraphs go there until [`Self::end_note`].
    pub fn note(&mut self, name: &str) {
        let index = self.number(name);
        let outer = std::mem::take(&mut self.flow);
        self.outer.push((name.to_owned(), outer));
        self.flow.kind = Kind::Block(BlockKind::Note);
        let number = format!("[{}]", index + 1);
        number.chars().for_each(|c| self.flow.push(c, Style::PLAIN));
        self.flow.space = Some(' ');
    }

    /// Ends it.
    pub fn end_note(&mut self) {
        let Some((name, outer)) = self.outer.pop() else {
            return;
        };
        let mut note = std::mem::replace(&mut self.flow, outer);
        note.close();
        let Some(slot) = self.notes.get_mut(&name) else {
            return;
        };
        match slot {
            // Said twice: both are kept.
            Some(before) => {
                before.append(note, true);
            }
            None => *slot = Some(note),
        }
    }

    /// The text with its footnotes at the end.
    pub fn finish(mut self) -> Drafted {
        while !self.outer.is_empty() {
            self.end_note();
        }
        let mut flow = self.flow;
        flow.close();
        let mut bodies = vec![None; self.notes.len()];
        for (index, note) in self.notes.into_values().enumerate() {
            // What only bears its number says nothing.
            if let Some(note) = note.filter(|n| n.text.contains(' ')) {
                bodies[index] = Some(flow.append(note, false));
            }
        }
        flow.pages();
        let notes = flow.marks.iter().filter_map(|&(index, mark)| {
            let body = bodies[index]?;
            Some(Note { mark, body })
        });
        flow.structure.notes = notes.collect();
        flow.structure.notes.sort_by_key(|n| n.mark.start);
        if !flow.text.is_empty() {
            flow.text.push('\n');
        }
        let mut remarks = Vec::new();
        if self.removed > 0 {
            let what = counted(self.removed, "control character", "control characters");
            remarks.push(format!("Removed {what}."));
        }
        Drafted {
            text: flow.text,
            structure: flow.structure,
            remarks,
        }
    }

    fn number(&mut self, name: &str) -> usize {
        self.notes.entry(name.to_owned()).or_insert(None);
        self.notes.get_index_of(name).unwrap_or_default()
    }
}

impl Flow {
    fn push(&mut self, c: char, style: Style) {
        let space = self.space.take();
        if self.start.is_none() {
            if !self.text.is_empty() {
                self.text.push_str(if self.tight { "\n" } else { "\n\n" });
            }
            self.tight = false;
            self.start = Some(self.text.len());
        } else if let Some(space) = space.filter(|_| self.borders == 0) {
            self.text.push(space);
        }
        let borders = std::mem::take(&mut self.borders);
        self.text.extend(std::iter::repeat_n('\t', borders));
        self.pages();
        let from = self.text.len();
        self.text.push(c);
        if style != Style::PLAIN {
            self.emphasise(from, style);
        }
    }

    /// Marks the last character; a stretch of the same style goes on over a space, but not over a paragraph's end.
    fn emphasise(&mut self, from: usize, style: Style) {
        let end = self.text.len() as u32;
        let (from, start) = (from as u32, self.start.unwrap_or(from) as u32);
        let text = &self.text;
        match self.structure.emphasis.last_mut() {
            Some(last)
                if last.style == style
                    && last.span.start >= start
                    && Span::new(last.span.end, from).of(text).trim().is_empty()
                    && (last.span.end == from || style.script == Script::Base) =>
            {
                last.span.end = end;
            }
            _ => self.structure.emphasis.push(Emphasis {
                span: Span::new(from, end),
                style,
            }),
        }
    }

    /// Puts down the pages that start here.
    fn pages(&mut self) {
        let start = self.text.len() as u32;
        let pages = self.pages.drain(..).map(|label| Page { start, label });
        self.structure.pages.extend(pages);
    }

    fn close(&mut self) {
        self.space = None;
        (self.cells, self.borders) = (0, 0);
        let Some(start) = self.start.take() else {
            return;
        };
        // Code may end in spaces.
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        let end = kept as u32;
        while let Some(last) = self.structure.emphasis.last_mut() {
            last.span.end = last.span.end.min(end);
            if !last.span.is_empty() {
                break;
            }
            self.structure.emphasis.pop();
        }
        let span = span(start, kept);
        match self.kind {
            _ if span.is_empty() => {}
            Kind::Body => {}
            Kind::Heading(level) => self.structure.headings.push(Heading { span, level }),
            Kind::Block(kind) => self.structure.blocks.push(Block { span, kind }),
        }
    }

    /// Puts `other` after this and says where it stands.
    fn append(&mut self, mut other: Self, tight: bool) -> Span {
        if !self.text.is_empty() {
            self.text.push_str(if tight { "\n" } else { "\n\n" });
        }
        let by = self.text.len() as u32;
        let moved = |s: Span| Span::new(s.start + by, s.end + by);
        self.text.push_str(&other.text);
        let (to, from) = (&mut self.structure, &mut other.structure);
        to.headings.extend(from.headings.iter().map(|h| Heading {
            span: moved(h.span),
            ..*h
        }));
        to.blocks.extend(from.blocks.iter().map(|b| Block {
            span: moved(b.span),
            ..*b
        }));
        to.emphasis.extend(from.emphasis.iter().map(|e| Emphasis {
            span: moved(e.span),
            ..*e
        }));
        to.pages.extend(from.pages.drain(..).map(|p| Page {
            start: p.start + by,
            ..p
        }));
        self.marks
            .extend(other.marks.iter().map(|&(i, mark)| (i, moved(mark))));
        self.pages.append(&mut other.pages);
        Span::new(by, self.text.len() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices<'a>(drafted: &'a Drafted, spans: impl IntoIterator<Item = Span>) -> Vec<&'a str> {
        spans.into_iter().map(|s| s.of(&drafted.text)).collect()
    }

    #[test]
    fn paragraphs_are_parted_and_white_space_folded() {
        let mut draft = Draft::default();
        draft.paragraph(Kind::Heading(2));
        draft.text("  A \n wall ", Style::PLAIN);
        draft.paragraph(Kind::Body);
        draft.text(" ", Style::PLAIN);
        draft.paragraph(Kind::Body);
        draft.text("is a", Style::PLAIN);
        draft.text(" promise", Style::ITALIC);
        draft.text(" kept", Style::ITALIC);
        draft.text(". ", Style::PLAIN);
        draft.break_line();
        draft.text("And\u{1} more.", Style::PLAIN);
        let drafted = draft.finish();
        assert_eq!(drafted.text, "A wall\n\nis a promise kept.\nAnd more.\n");
        assert_eq!(drafted.structure.headings[0].level, 2);
        let italics = drafted.structure.emphasis.iter().map(|e| e.span);
        assert_eq!(slices(&drafted, italics), ["promise kept"]);
        assert_eq!(drafted.remarks, ["Removed 1 control character."]);
    }

    #[test]
    fn footnotes_are_gathered_and_linked() {
        let mut draft = Draft::default();
        draft.paragraph(Kind::Body);
        draft.text("Walls", Style::PLAIN);
        draft.mark("fn9");
        draft.note("fn9");
        draft.text("See ", Style::PLAIN);
        draft.text("Lee", Style::BOLD);
        draft.paragraph(Kind::Block(BlockKind::Note));
        draft.text("And more.", Style::PLAIN);
        draft.end_note();
        draft.text(" stand", Style::PLAIN);
        draft.mark("none");
        draft.text(".", Style::PLAIN);
        let drafted = draft.finish();
        assert_eq!(
            drafted.text,
            "Walls[1] stand[2].\n\n[1] See Lee\n\nAnd more.\n"
        );
        let notes = &drafted.structure.notes;
        assert_eq!(notes.len(), 1);
        assert_eq!(slices(&drafted, [notes[0].mark]), ["[1]"]);
        assert_eq!(
            slices(&drafted, [notes[0].body]),
            ["[1] See Lee\n\nAnd more."]
        );
        let bold = drafted.structure.emphasis.iter().rfind(|e| e.style.bold);
        assert_eq!(slices(&drafted, bold.map(|e| e.span)), ["Lee"]);
        let kinds: Vec<_> = drafted.structure.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [BlockKind::Note; 2]);
    }

    #[test]
    fn pages_start_with_their_first_word() {
        let mut draft = Draft::default();
        draft.page("1");
        draft.paragraph(Kind::Body);
        draft.text("A wall ", Style::PLAIN);
        draft.page("2");
        draft.page("3");
        draft.text("is high.", Style::PLAIN);
        draft.page("4");
        let drafted = draft.finish();
        let starts: Vec<_> = drafted.structure.pages.iter().map(|p| p.start).collect();
        assert_eq!(starts, [0, 7, 7, 15]);
    }

    #[test]
    fn rows_and_code_keep_their_form() {
        let mut draft = Draft::default();
        draft.paragraph(Kind::Block(BlockKind::Row));
        for cell in ["a", "", " b ", ""] {
            draft.cell();
            draft.text(cell, Style::PLAIN);
        }
        draft.line(Kind::Block(BlockKind::Row));
        for cell in [" ", "c"] {
            draft.cell();
            draft.text(cell, Style::PLAIN);
        }
        draft.paragraph(Kind::Block(BlockKind::Code));
        draft.text("if x {\n\n\n  y  z \n}", Style::PLAIN);
        let drafted = draft.finish();
        assert_eq!(drafted.text, "a\t\tb\n\tc\n\nif x {\n\n  y  z\n}\n");
        assert_eq!(drafted.structure.blocks.len(), 5);
    }
}
