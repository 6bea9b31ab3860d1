//! The text itself: a walk through `content.xml`.

use std::collections::HashMap;

use super::{
    formula,
    lists::{Counts, Open},
    styles::{Look, Style as NamedStyle, Styles},
};
use crate::{
    import::{
        Refusal,
        draft::Kind,
        office::{
            Writer,
            names::Role,
            pages::Numbering,
            symbols,
            tally::Tally,
            writer::{Paragraph, Written},
            xml::{Closed, Element, Part, Token, Xml},
        },
    },
    model::{BlockKind, Script, Style},
};

/// A paragraph set in by this much on both sides is a quote; in points (a quarter of an inch).
const INDENT: f32 = 18.0;

/// The walk.
pub struct Body<'a> {
    styles: &'a Styles,
    /// What the formulas say, by their folders.
    formulas: HashMap<String, String>,
    writer: Writer,
    outline: Counts,
    at: Place<'a>,
    /// Where the text goes on after the notes that are open.
    outer: Vec<Place<'a>>,
    tables: Vec<usize>,
    notes: usize,
    /// How many tables of contents are open.
    contents: usize,
    started: bool,
    counts: Tally,
}

/// Where the walk is: what notes and frames keep apart from the text around them.
#[derive(Default)]
struct Place<'a> {
    /// The paragraphs that are open (one, but for shapes with text).
    paragraphs: Vec<Begun>,
    /// How words look here, for each span that is open.
    looks: Vec<Look>,
    lists: Open,
    /// Text frames that hang on the paragraph.
    frames: Vec<Part<'a>>,
}

/// An open paragraph.
#[derive(Default)]
struct Begun {
    is_heading: bool,
    /// How its words look by themselves.
    base: Look,
    breaks_after: bool,
}

impl<'a> Body<'a> {
    /// A walk with what the other parts say.
    pub fn new(styles: &'a Styles, formulas: HashMap<String, String>) -> Self {
        Self {
            styles,
            formulas,
            writer: Writer::new(),
            outline: Counts::default(),
            at: Place::default(),
            outer: Vec::new(),
            tables: Vec::new(),
            notes: 0,
            contents: 0,
            started: false,
            counts: Tally::default(),
        }
    }

    /// Reads the text.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(&mut self, content: &'a str) -> Result<(), Refusal> {
        let mut xml = Xml::new(content);
        while let Some(token) = xml.next()? {
            if let Token::Open(e) = token {
                match e.name() {
                    ("office", "text") => {
                        self.started = true;
                        break;
                    }
                    ("office", "automatic-styles" | "font-face-decls" | "scripts") => {
                        drop(xml.skip()?)
                    }
                    _ => {}
                }
            }
        }
        if !self.started {
            return Err(Refusal::Missing("office:text".to_owned()));
        }
        self.walk(&mut xml, false)
    }

    /// What was written, and what is to be said of it.
    pub fn finish(self) -> (Written, Vec<String>) {
        let remarks = self.counts.remarks();
        (self.writer.finish(), remarks)
    }

    /// Reads on to the end of the document or of a part. `nested` is whether it is a frame: those within are read in place.
    fn walk(&mut self, xml: &mut Xml<'a>, nested: bool) -> Result<(), Refusal> {
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(e) => self.open(&e, xml, nested)?,
                Token::Close(e) => self.close(&e)?,
                // What stands between elements is layout of the file.
                Token::Text(text) => self.text(&text),
            }
        }
        Ok(())
    }

    fn open(&mut self, e: &Element<'a>, xml: &mut Xml<'a>, nested: bool) -> Result<(), Refusal> {
        let (space, name) = e.name();
        match (space, name) {
            ("text", "p" | "h") => self.paragraph(e),
            ("text", "span") => {
                let style = self.styles.get("text", e.get("style-name").as_deref());
                let base = self.at.looks.last().copied().unwrap_or_default();
                let look = style.map(|s| s.look).unwrap_or_default();
                self.at.looks.push(look.on(base));
            }
            ("text", "s") => {
                let spaces: usize = e.number("c").unwrap_or(1);
                self.text(&" ".repeat(spaces.min(200)));
            }
            ("text", "tab") if self.is_shown() => self.writer.tab(),
            ("text", "line-break") if self.is_shown() => self.writer.line_break(),
            ("text", "soft-page-break") => self.writer.soft_page(),
            ("text", "list") => self.at.lists.open(e),
            ("text", "list-item") => self.at.lists.item(e),
            ("text", "list-header") => self.at.lists.header(),
            ("text", "note-body") => self.note(),
            (
                "text",
                "table-of-content" | "illustration-index" | "table-index" | "object-index",
            ) => {
                self.contents += 1;
                self.counts.contents += 1;
            }
            ("text", "tracked-changes") => self.changes(xml)?,
            ("text", "section" | "hidden-text" | "hidden-paragraph")
                if e.get("display").is_some_and(|d| d == "none")
                    || e.get("is-hidden").is_some_and(|h| h == "true") =>
            {
                xml.skip()?;
            }
            // Numbers are counted here; titles and descriptions are of pictures.
            ("text", "note-citation" | "number" | "ruby-text" | "script")
            | ("svg", "title" | "desc")
            | ("office", "binary-data" | "forms" | "event-listeners") => drop(xml.skip()?),
            ("office", "annotation") => {
                self.counts.comments += 1;
                xml.skip()?;
            }
            ("math", "math") => {
                let formula = formula(xml)?;
                self.text(&formula);
            }
            ("draw", "object") => {
                let folder = e.get("href").unwrap_or_default();
                let folder = folder.trim_start_matches("./").trim_end_matches('/');
                if let Some(formula) = self.formulas.get(folder).cloned() {
                    self.text(&formula);
                }
            }
            // A formula's or chart's picture, with its text.
            ("draw", "image") => drop(xml.skip()?),
            ("draw", "frame" | "g" | "a") => {}
            ("draw", _) if !nested && !self.at.paragraphs.is_empty() => {
                self.at.frames.push(xml.skip()?)
            }
            ("table", "table") => {
                self.break_before(self.styles.get("table", e.get("style-name").as_deref()));
                self.tables.push(0);
                self.writer.table();
            }
            ("table", "table-column") => {
                if let Some(columns) = self.tables.last_mut() {
                    let repeated: usize = e.number("number-columns-repeated").unwrap_or(1);
                    *columns = columns.saturating_add(repeated);
                }
            }
            ("table", "table-row") => {
                self.writer
                    .columns(self.tables.last().copied().unwrap_or_default());
                self.writer.row();
            }
            ("table", "table-cell") => self.writer.cell(),
            ("table", "covered-table-cell") => {
                self.writer.cell();
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, e: &Closed<'_>) -> Result<(), Refusal> {
        match e.name() {
            ("text", "p" | "h") => self.end_paragraph()?,
            ("text", "span") => drop(self.at.looks.pop()),
            ("text", "list") => self.at.lists.close(),
            ("text", "note-body") => self.end_note(),
            (
                "text",
                "table-of-content" | "illustration-index" | "table-index" | "object-index",
            ) => {
                self.contents = self.contents.saturating_sub(1);
            }
            ("table", "table") => {
                self.tables.pop();
                self.writer.end_table();
            }
            _ => {}
        }
        Ok(())
    }

    fn paragraph(&mut self, e: &Element<'_>) {
        let name = e.get("style-name");
        let style = self.styles.get("paragraph", name.as_deref());
        self.break_before(style);
        let none = NamedStyle::default();
        let style = style.unwrap_or(&none);
        let mut role = style
            .role
            .or_else(|| crate::import::office::names::role(name.as_deref()?));
        let level = e.number::<u8>("outline-level").map(|l| l.clamp(1, 10));
        let is_heading = e.name().1 == "h";
        if is_heading && role != Some(Role::Title) {
            role = Some(Role::Heading(level.unwrap_or(1)));
        }
        // Those in a table of contents are none of the list around.
        let mut label = None;
        if self.contents == 0 {
            label = self
                .at
                .lists
                .label(&self.styles.lists, style.list.as_deref());
        }
        let place = usize::from(level.unwrap_or(1)) - 1;
        let is_numbered = is_heading && label.is_none() && self.at.lists.depth() == 0;
        if is_numbered
            && self.styles.outline.has(place)
            && e.get("is-list-header").is_none_or(|h| h != "true")
        {
            let restarts = e.get("restart-numbering").is_some_and(|r| r == "true");
            let start = e.number("start-value").or(restarts.then_some(1));
            label = Some(self.styles.outline.next(&mut self.outline, place, start));
        }
        let margins = (
            style.margins.0.unwrap_or(0.0),
            style.margins.1.unwrap_or(0.0),
        );
        let is_set_in = margins.0 >= INDENT && margins.1 >= INDENT;
        let depth = self.at.lists.depth().min(9) as u8;
        let by_indent = is_set_in && depth == 0 && matches!(role, None | Some(Role::Body));
        let kind = match role {
            Some(Role::Title) => Kind::Heading(1),
            Some(Role::Heading(level)) => Kind::Heading(level),
            _ if depth > 0 => Kind::Block(BlockKind::Item(depth)),
            Some(Role::Quote) => Kind::Block(BlockKind::Quote),
            Some(Role::Code) => Kind::Block(BlockKind::Code),
            Some(Role::Item(depth)) => Kind::Block(BlockKind::Item(depth)),
            _ if by_indent => Kind::Block(BlockKind::Quote),
            _ => Kind::Body,
        };
        if role == Some(Role::Contents) && self.contents == 0 {
            self.counts.contents += 1;
        }
        self.at.paragraphs.push(Begun {
            is_heading: matches!(kind, Kind::Heading(_)),
            base: Look {
                hidden: Some(role == Some(Role::Contents) || style.look.hidden == Some(true)),
                ..style.look
            },
            breaks_after: style.breaks.1 == Some(true),
        });
        let base = self.at.paragraphs.last().map(|p| p.base);
        self.at.looks.push(base.unwrap_or_default());
        self.writer.paragraph(Paragraph {
            kind,
            label,
            is_title: role == Some(Role::Title),
            by_indent,
        });
    }

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        self.at.looks.pop();
        let Some(paragraph) = self.at.paragraphs.pop() else {
            return Ok(());
        };
        if paragraph.breaks_after {
            self.writer.hard_page();
        }
        if !self.at.paragraphs.is_empty() {
            return Ok(());
        }
        for frame in std::mem::take(&mut self.at.frames) {
            let place = std::mem::take(&mut self.at);
            let read = self.walk(&mut Xml::of(&frame), true);
            self.at = place;
            read?;
        }
        Ok(())
    }

    /// A page may start before this, of a kind and with a number.
    fn break_before(&mut self, style: Option<&NamedStyle>) {
        let Some(style) = style else {
            return;
        };
        if style.breaks.0 == Some(true) || style.master.is_some() {
            // The first paragraph names the kind of the first page.
            if !self.writer.is_empty() {
                self.writer.hard_page();
            }
            let numeral = style.master.as_deref().and_then(|m| self.styles.numeral(m));
            self.writer.number_page(Numbering {
                start: style.page_number,
                numeral,
                odd: None,
            });
        }
    }

    fn note(&mut self) {
        self.notes += 1;
        // Each note stands in one place, whatever ids a file gives.
        let name = self.notes.to_string();
        if self.is_shown() {
            self.writer.mark(&name);
        }
        self.writer.note(&name);
        self.outer.push(std::mem::take(&mut self.at));
    }

    fn end_note(&mut self) {
        if let Some(place) = self.outer.pop() {
            self.writer.end_note();
            self.at = place;
        }
    }

    /// What was deleted stands apart; what was inserted is in the text.
    fn changes(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) => match e.name() {
                    ("text", "insertion") => self.counts.insertions += 1,
                    ("text", "deletion") => self.counts.deletions += 1,
                    _ => {}
                },
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn is_shown(&self) -> bool {
        let hidden = self.at.looks.last().is_some_and(|l| l.hidden == Some(true));
        self.contents == 0 && !self.at.paragraphs.is_empty() && !hidden
    }

    fn text(&mut self, text: &str) {
        if !self.is_shown() {
            return;
        }
        let (Some(look), Some(paragraph)) = (self.at.looks.last(), self.at.paragraphs.last())
        else {
            return;
        };
        let mut style = Style {
            bold: look.bold == Some(true),
            italic: look.italic == Some(true),
            script: look.script.unwrap_or(Script::Base),
        };
        if paragraph.is_heading {
            style.bold = false;
            style.italic = style.italic && paragraph.base.italic != Some(true);
        }
        self.writer.text(&symbols::readable(text, None), style);
    }
}
