//! What paragraphs and runs are, by their own properties and their styles.

use super::{body::Body, properties::RunProperties};
use crate::{
    import::{
        draft::Kind,
        office::{names::Role, writer::Paragraph},
    },
    model::{BlockKind, Script, Style},
};

/// A paragraph set in by this much on both sides is a quote; twentieths of a point (a quarter of an inch).
const INDENT: i32 = 360;

impl Body<'_> {
    /// Begins the paragraph with the first thing in it: its properties are known by then.
    pub(super) fn begin_paragraph(&mut self) {
        if !std::mem::take(&mut self.at.is_pending) {
            return;
        }
        let styles = self.styles;
        let properties = &self.at.paragraph;
        let style = styles.paragraph(properties.style.as_deref());
        let breaks = properties.page_break.or(style.paragraph.page_break) == Some(true);
        // The first page needs no break.
        if breaks && !self.writer.is_empty() {
            self.writer.hard_page();
        }
        let mut role = style.role;
        match properties.outline {
            Some(9) if !matches!(role, Some(Role::Title)) => role = Some(Role::Body),
            Some(level @ 0..9) => role = Some(Role::Heading(level + 1)),
            _ => {}
        }
        let list = properties.list.or(style.paragraph.list).filter(|l| *l > 0);
        let level = list.map(|list| {
            let of_style = || {
                let id = properties.style.as_deref()?;
                let linked = self.numbering.level_of(list, id);
                style.paragraph.level.or(linked)
            };
            properties.level.or_else(of_style).unwrap_or(0)
        });
        let label = list
            .zip(level)
            .and_then(|(list, level)| self.numbering.next(list, level));
        let indents = (
            properties
                .indents
                .0
                .or(style.paragraph.indents.0)
                .unwrap_or(0),
            properties
                .indents
                .1
                .or(style.paragraph.indents.1)
                .unwrap_or(0),
        );
        let is_set_in = indents.0 >= INDENT && indents.1 >= INDENT;
        let by_indent = is_set_in && label.is_none() && matches!(role, None | Some(Role::Body));
        self.at.in_contents = role == Some(Role::Contents);
        let kind = match role {
            Some(Role::Title) => Kind::Heading(1),
            Some(Role::Heading(level)) => Kind::Heading(level),
            _ if label.is_some() => Kind::Block(BlockKind::Item(level.unwrap_or(0).min(8) + 1)),
            Some(Role::Quote) => Kind::Block(BlockKind::Quote),
            Some(Role::Code) => Kind::Block(BlockKind::Code),
            Some(Role::Item(depth)) => Kind::Block(BlockKind::Item(depth)),
            _ if by_indent => Kind::Block(BlockKind::Quote),
            _ => Kind::Body,
        };
        if matches!(kind, Kind::Heading(_)) {
            self.at.fields.heading();
        }
        self.at.kind = kind;
        if !std::mem::take(&mut self.at.runs_on) {
            self.writer.paragraph(Paragraph {
                kind,
                label,
                is_title: role == Some(Role::Title),
                by_indent,
            });
        }
    }

    /// What a run's own properties and its styles come to. Bold, italics and hiding are switches: the paragraph's style and the
    /// character's undo each other (ISO/IEC 29500-1, 17.7.3).
    pub(super) fn run(&mut self, own: RunProperties) {
        self.begin_paragraph();
        let paragraph = &self
            .styles
            .paragraph(self.at.paragraph.style.as_deref())
            .run;
        let character = self.styles.character(own.style.as_deref());
        let usual = &self.styles.run;
        let switch = |own: Option<bool>, c: Option<bool>, p: Option<bool>, usual: Option<bool>| {
            own.unwrap_or((c == Some(true)) != (p == Some(true)) || usual == Some(true))
        };
        let mut style = Style {
            bold: switch(own.bold, character.run.bold, paragraph.bold, usual.bold),
            italic: switch(
                own.italic,
                character.run.italic,
                paragraph.italic,
                usual.italic,
            ),
            script: own
                .script
                .or(character.script())
                .or(paragraph.script)
                .unwrap_or(Script::Base),
        };
        if matches!(self.at.kind, Kind::Heading(_)) {
            style.bold = false;
            style.italic = style.italic != (paragraph.italic == Some(true));
        }
        let run = &mut self.at.run;
        run.is_hidden = switch(
            own.hidden,
            character.run.hidden,
            paragraph.hidden,
            usual.hidden,
        );
        run.style = style;
        run.font = own.font.or_else(|| character.run.font.clone());
    }
}
