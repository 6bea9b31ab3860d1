//! Paragraphs, cells, sections and text boxes.

use super::{
    lexer::Lexer,
    reader::{Begun, Reader, Row},
    state::{End, State, Target},
};
use crate::{
    import::{
        Refusal,
        draft::Kind,
        office::{names::Role, pages::Numbering, writer::Paragraph},
    },
    model::BlockKind,
};

/// A paragraph set in by this much on both sides is a quote; twentieths of a point (a quarter of an inch).
const INDENT: i32 = 360;

impl<'a> Reader<'a> {
    /// Begins the paragraph with its first word: its properties are known by then.
    pub(super) fn begin_paragraph(&mut self) {
        if self.begun.has_begun {
            return;
        }
        let properties = self.state.paragraph;
        self.begin_section();
        if properties.page_break && !self.writer.is_empty() {
            self.writer.hard_page();
        }
        if self.outer.is_empty() {
            self.begin_cell(properties.in_table);
        }
        let (mut role, is_italic) = self.tables.role(properties.style);
        match properties.outline {
            Some(level @ 0..9) if role != Some(Role::Title) => {
                role = Some(Role::Heading(level + 1))
            }
            _ => {}
        }
        let label = std::mem::take(&mut self.label);
        let label = Some(label.trim().to_owned()).filter(|l| !l.is_empty());
        let (left, right) = properties.indents;
        let is_set_in = left >= INDENT && right >= INDENT;
        let by_indent = is_set_in && label.is_none() && matches!(role, None | Some(Role::Body));
        let kind = match role {
            Some(Role::Title) => Kind::Heading(1),
            Some(Role::Heading(level)) => Kind::Heading(level),
            _ if label.is_some() => Kind::Block(BlockKind::Item(properties.level.min(8) + 1)),
            Some(Role::Quote) => Kind::Block(BlockKind::Quote),
            Some(Role::Code) => Kind::Block(BlockKind::Code),
            Some(Role::Item(depth)) => Kind::Block(BlockKind::Item(depth)),
            _ if by_indent => Kind::Block(BlockKind::Quote),
            _ => Kind::Body,
        };
        let is_silent = role == Some(Role::Contents);
        self.counts.contents += usize::from(is_silent);
        self.begun = Begun {
            has_begun: true,
            is_heading: matches!(kind, Kind::Heading(_)),
            is_italic,
            is_silent,
        };
        self.writer.paragraph(Paragraph {
            kind,
            label,
            is_title: role == Some(Role::Title),
            by_indent,
        });
    }

    pub(super) fn begin_section(&mut self) {
        let section = &mut self.section;
        if std::mem::take(&mut section.is_due) && !section.is_continuous && !self.writer.is_empty()
        {
            self.writer.hard_page();
        } else if !self.writer.is_empty() {
            return;
        }
        let numbering = Numbering {
            start: section.numbering.start.filter(|_| section.restarts),
            ..section.numbering
        };
        self.writer.number_page(numbering);
    }

    /// Opens or closes table, row and cell as the paragraph needs.
    pub(super) fn begin_cell(&mut self, in_table: bool) {
        let row = &mut self.row;
        if row.in_table && !in_table {
            *row = Row {
                columns: row.columns,
                ..Row::default()
            };
            self.writer.end_table();
        }
        if !in_table {
            return;
        }
        if !std::mem::replace(&mut row.in_table, true) {
            self.writer.table();
        }
        if !std::mem::replace(&mut row.is_open, true) {
            row.ended = false;
            self.writer.columns(row.columns);
            self.writer.row();
            self.writer.cell();
        } else if std::mem::take(&mut row.ended) {
            self.writer.cell();
        }
    }

    /// A cell ends.
    pub(super) fn end_cell(&mut self) -> Result<(), Refusal> {
        self.end_paragraph()?;
        self.begin_cell(true);
        self.row.ended = true;
        Ok(())
    }

    /// A row ends.
    pub(super) fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_paragraph()?;
        self.row.is_open = false;
        Ok(())
    }

    /// `\par`: what ends one paragraph, where text is written.
    pub(super) fn end_of_paragraph(&mut self) -> Result<(), Refusal> {
        match self.state.target {
            Target::Body => self.end_paragraph(),
            _ => Ok(()),
        }
    }

    /// Ends the paragraph; text boxes that hang on it follow.
    pub(super) fn end_paragraph(&mut self) -> Result<(), Refusal> {
        self.begun = Begun::default();
        self.label.clear();
        if self.in_box {
            return Ok(());
        }
        for (text, state) in std::mem::take(&mut self.boxes) {
            let outside = std::mem::replace(&mut self.state, state);
            self.in_box = true;
            self.walk(text)?;
            self.in_box = false;
            self.begun = Begun::default();
            self.state = outside;
        }
        Ok(())
    }

    /// The text of a box waits for the end of the paragraph.
    pub(super) fn text_box(&mut self, text: Lexer<'a>, mut state: State) -> Result<(), Refusal> {
        state.target = Target::Body;
        state.end = End::Nothing;
        state.plain();
        state.paragraph = super::state::Paragraph {
            in_table: self.state.paragraph.in_table,
            ..Default::default()
        };
        self.boxes.push((text, state));
        // One that hangs on nothing stands where it is.
        if !self.begun.has_begun {
            self.end_paragraph()?;
        }
        Ok(())
    }
}
