//! The document itself: a walk through `word/document.xml` and the notes that it refers to.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{
    fields::Fields,
    math,
    numbering::Numbering,
    properties::{ParagraphProperties, RunProperties},
    sections::Section,
    styles::Styles,
};
use crate::{
    import::{
        Refusal, counted,
        draft::Kind,
        office::{
            Writer,
            names::Role,
            symbols,
            writer::{Paragraph, Written},
            xml::{Closed, Element, Part, Token, Xml},
        },
    },
    model::{BlockKind, Script, Style},
};

/// A paragraph set in by this much on both sides is a quote; twentieths of a point (a quarter of an inch).
const INDENT: i32 = 360;

/// Which part a note is in.
const FOOTNOTE: usize = 0;
const ENDNOTE: usize = 1;

/// The walk.
pub struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    sections: Vec<Section>,
    section: usize,
    notes: [HashMap<String, Part<'a>>; 2],
    waiting: VecDeque<(usize, String)>,
    mentioned: HashSet<(usize, String)>,
    writer: Writer,
    at: Place<'a>,
    counts: Counts,
}

/// Where the walk is: what a text box keeps apart from the text around it.
#[derive(Default)]
struct Place<'a> {
    paragraph: ParagraphProperties,
    kind: Kind,
    /// Whether the paragraph has not begun to be written.
    is_pending: bool,
    /// Whether the paragraph before runs on into this one.
    runs_on: bool,
    /// Whether the paragraph is of a table of contents.
    in_contents: bool,
    run: Run,
    fields: Fields,
    /// For each choice between alternatives that is open, whether one was taken.
    choices: Vec<bool>,
    /// Whether the rows that are open were deleted.
    deleted_rows: Vec<bool>,
    /// For each content control that is open, whether it holds a table of contents.
    controls: Vec<bool>,
    /// Text boxes that hang on the paragraph.
    boxes: Vec<Part<'a>>,
}

/// How a run looks.
#[derive(Default)]
struct Run {
    style: Style,
    is_hidden: bool,
    font: Option<String>,
    /// Whether it holds a note's mark that somebody chose: its letters are no text.
    has_own_mark: bool,
}

/// What is told to people afterwards.
#[derive(Default)]
struct Counts {
    comments: usize,
    insertions: usize,
    deletions: usize,
    contents: usize,
    embedded: usize,
}

impl<'a> Body<'a> {
    /// A walk with what the other parts say. `notes` are footnotes and endnotes.
    pub fn new(
        styles: &'a Styles,
        numbering: Numbering,
        sections: Vec<Section>,
        notes: [HashMap<String, Part<'a>>; 2],
    ) -> Self {
        let mut writer = Writer::new();
        if let Some(first) = sections.first() {
            writer.number_page(first.numbering);
        }
        Self {
            styles,
            numbering,
            sections,
            section: 0,
            notes,
            waiting: VecDeque::new(),
            mentioned: HashSet::new(),
            writer,
            at: Place::default(),
            counts: Counts::default(),
        }
    }

    /// Reads the document and the notes that it mentions.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(&mut self, document: &'a str) -> Result<(), Refusal> {
        self.walk(&mut Xml::new(document), false)?;
        while let Some((which, id)) = self.waiting.pop_front() {
            let Some(part) = self.notes.get(which).and_then(|n| n.get(&id)).cloned() else {
                continue;
            };
            self.leave_place();
            self.writer.note(&note_name(which, &id));
            let read = self.walk(&mut Xml::of(&part), false);
            self.writer.end_note();
            // A fault in a note costs its end.
            if read.is_err() {
                continue;
            }
        }
        Ok(())
    }

    /// What was written, and what is to be said of it.
    pub fn finish(mut self) -> (Written, Vec<String>) {
        self.leave_place();
        let counts = &self.counts;
        let mut remarks = Vec::new();
        if counts.insertions + counts.deletions > 0 {
            remarks.push(format!(
                "Its changes are tracked: {} taken in, {} left out.",
                counted(counts.insertions, "insertion", "insertions"),
                counted(counts.deletions, "deletion", "deletions")
            ));
        }
        if counts.comments > 0 {
            let what = counted(counts.comments, "comment", "comments");
            remarks.push(format!("Left out {what}."));
        }
        if counts.contents > 0 {
            remarks.push("Left out the table of contents: the headings say as much.".to_owned());
        }
        if counts.embedded > 0 {
            let what = counted(counts.embedded, "part", "parts");
            remarks.push(format!("Left out {what} embedded from other files."));
        }
        (self.writer.finish(), remarks)
    }

    /// Starts at a new place, with nothing open.
    fn leave_place(&mut self) -> Place<'a> {
        let place = std::mem::take(&mut self.at);
        self.counts.contents += place.fields.contents;
        place
    }

    /// Reads on to the end of a document or a part. `nested` is whether it is a text box: those within are read in place.
    fn walk(&mut self, xml: &mut Xml<'a>, nested: bool) -> Result<(), Refusal> {
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(e) => self.open(&e, xml, nested)?,
                Token::Close(e) => self.close(&e)?,
                Token::Text(_) => {}
            }
        }
        Ok(())
    }

    fn open(&mut self, e: &Element<'a>, xml: &mut Xml<'a>, nested: bool) -> Result<(), Refusal> {
        let (space, name) = e.name();
        match space {
            "w" => {}
            "m" if matches!(name, "oMath") => {
                let formula = math::read(xml)?;
                self.text(&formula, Style::PLAIN);
                return Ok(());
            }
            "mc" => return self.choice(name, xml),
            _ => return Ok(()),
        }
        match name {
            "p" => {
                self.at.paragraph = ParagraphProperties::default();
                self.at.is_pending = true;
            }
            "pPr" => self.at.paragraph = ParagraphProperties::read(xml)?,
            "r" => {
                self.at.run = Run::default();
                self.run(RunProperties::default());
            }
            "rPr" => {
                let properties = RunProperties::read(xml)?;
                self.run(properties);
            }
            "t" => {
                let keeps_space = e.get("space").as_deref() == Some("preserve");
                let text = xml.inner_text()?;
                let text = if keeps_space { &text } else { text.trim() };
                self.run_text(text);
            }
            "instrText" => {
                let text = xml.inner_text()?;
                self.at.fields.instruction(&text);
            }
            "fldChar" => match e.get("fldCharType").as_deref() {
                Some("begin") => {
                    self.begin_paragraph();
                    self.at.fields.begin();
                }
                Some("separate") => self.at.fields.separate(),
                Some("end") => self.at.fields.end(),
                _ => {}
            },
            "fldSimple" => {
                self.begin_paragraph();
                self.at.fields.begin();
                self.at
                    .fields
                    .instruction(&e.get("instr").unwrap_or_default());
                self.at.fields.separate();
            }
            "br" | "cr" => self.line_break(e),
            "tab" | "ptab" if !self.is_silent() => {
                self.begin_paragraph();
                self.writer.tab();
            }
            "lastRenderedPageBreak" => {
                self.begin_paragraph();
                self.writer.soft_page();
            }
            "noBreakHyphen" => self.run_text("-"),
            "sym" => {
                let code = e.get("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let font = e.get("font").unwrap_or_default();
                if let Some(code) = code {
                    self.run_text(symbols::symbol(&font, code).encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" | "endnoteReference" => self.note(e),
            "commentReference" => self.counts.comments += 1,
            "ins" | "moveTo" => self.counts.insertions += 1,
            "del" | "moveFrom" => {
                self.counts.deletions += 1;
                xml.skip()?;
            }
            // Readings of Chinese and Japanese words above them; text that deletions hold; properties of what is open.
            "rt" | "delText" | "tblPr" | "tblPrEx" | "tcPr" | "numPicBullet" | "sectPr" => {
                drop(xml.skip()?)
            }
            "tbl" => self.table(),
            "tblGrid" => self.grid(xml)?,
            "tr" => {
                self.at.deleted_rows.push(false);
                self.writer.row();
            }
            "trPr" => self.row_properties(xml)?,
            "tc" => self.writer.cell(),
            "sdt" => self.at.controls.push(false),
            "sdtPr" => self.control(xml)?,
            "txbxContent" if !nested => self.at.boxes.push(xml.skip()?),
            "altChunk" => self.counts.embedded += 1,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, e: &Closed<'_>) -> Result<(), Refusal> {
        match e.name() {
            ("w", "p") => self.end_paragraph()?,
            ("w", "r") => self.at.run = Run::default(),
            ("w", "fldSimple") => self.at.fields.end(),
            ("w", "tbl") => self.writer.end_table(),
            ("w", "tr") => drop(self.at.deleted_rows.pop()),
            ("w", "sdt") => drop(self.at.controls.pop()),
            ("mc", "AlternateContent") => drop(self.at.choices.pop()),
            _ => {}
        }
        Ok(())
    }

    /// Of alternatives the first is read.
    fn choice(&mut self, name: &str, xml: &mut Xml<'a>) -> Result<(), Refusal> {
        match name {
            "AlternateContent" => self.at.choices.push(false),
            "Choice" | "Fallback" => {
                if let Some(taken) = self.at.choices.last_mut()
                    && std::mem::replace(taken, true)
                {
                    xml.skip()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Begins the paragraph with the first thing in it: its properties are known by then.
    fn begin_paragraph(&mut self) {
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

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        self.begin_paragraph();
        self.at.fields.end_of_paragraph();
        self.counts.contents += usize::from(std::mem::take(&mut self.at.in_contents));
        self.at.runs_on = self.at.paragraph.runs_on;
        if self.at.paragraph.ends_section {
            self.end_section();
        }
        for text_box in std::mem::take(&mut self.at.boxes) {
            let place = std::mem::take(&mut self.at);
            let read = self.walk(&mut Xml::of(&text_box), true);
            self.leave_place();
            self.at = place;
            read?;
        }
        // Text that stands in no paragraph gets one.
        self.at.paragraph = ParagraphProperties::default();
        self.at.is_pending = true;
        Ok(())
    }

    /// The next section starts, on a page of its own unless it says otherwise.
    fn end_section(&mut self) {
        self.section += 1;
        let next = self.sections.get(self.section).copied().unwrap_or_default();
        if !next.is_continuous {
            self.writer.hard_page();
            self.writer.number_page(next.numbering);
        }
    }

    /// What a run's own properties and its styles come to. Bold, italics and hiding are switches: the paragraph's style and the
    /// character's undo each other (ISO/IEC 29500-1, 17.7.3).
    fn run(&mut self, own: RunProperties) {
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

    fn is_silent(&self) -> bool {
        let at = &self.at;
        at.run.is_hidden
            || at.in_contents
            || at.fields.is_silent()
            || at.deleted_rows.last() == Some(&true)
            || at.controls.last() == Some(&true)
    }

    fn run_text(&mut self, text: &str) {
        if !self.at.run.has_own_mark {
            let text = symbols::readable(text, self.at.run.font.as_deref());
            self.text(&text, self.at.run.style);
        }
    }

    fn text(&mut self, text: &str, style: Style) {
        self.begin_paragraph();
        if !self.is_silent() {
            self.writer.text(text, style);
        }
    }

    fn line_break(&mut self, e: &Element<'_>) {
        self.begin_paragraph();
        match e.get("type").as_deref() {
            Some("page") => self.writer.hard_page(),
            _ if self.is_silent() => {}
            Some("column") => self.writer.text(" ", Style::PLAIN),
            _ if self.at.kind == Kind::Block(BlockKind::Code) => {
                self.writer.text("\n", Style::PLAIN)
            }
            _ => self.writer.line_break(),
        }
    }

    fn note(&mut self, e: &Element<'_>) {
        self.begin_paragraph();
        let which = if e.name().1 == "footnoteReference" {
            FOOTNOTE
        } else {
            ENDNOTE
        };
        let Some(id) = e.get("id").filter(|_| !self.is_silent()) else {
            return;
        };
        self.at.run.has_own_mark = matches!(
            e.get("customMarkFollows").as_deref(),
            Some("1" | "true" | "on")
        );
        self.writer.mark(&note_name(which, &id));
        let note = (which, id.into_owned());
        if self.mentioned.insert(note.clone()) {
            self.waiting.push_back(note);
        }
    }

    fn table(&mut self) {
        // The number of columns follows in its grid; one without is no frame.
        self.at.is_pending = false;
        self.writer.table();
    }

    fn grid(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let mut columns = 0;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) => match e.name() {
                    ("w", "gridCol") => columns += 1,
                    ("w", "tblGridChange") => drop(xml.skip()?),
                    _ => {}
                },
                Some(_) => {}
                None => break,
            }
        }
        self.writer.columns(columns);
        Ok(())
    }

    fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) if e.name() == ("w", "del") => {
                    self.counts.deletions += 1;
                    if let Some(deleted) = self.at.deleted_rows.last_mut() {
                        *deleted = true;
                    }
                }
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Content controls show what is in them, but for tables of contents.
    fn control(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let outside = xml.depth().saturating_sub(1);
        let mut contents = false;
        while xml.depth() > outside {
            match xml.next()? {
                Some(Token::Open(e)) if e.name() == ("w", "docPartGallery") => {
                    contents = e
                        .get("val")
                        .is_some_and(|v| v.eq_ignore_ascii_case("Table of Contents"));
                }
                Some(_) => {}
                None => break,
            }
        }
        self.counts.contents += usize::from(contents);
        let within = self
            .at
            .controls
            .iter()
            .rev()
            .nth(1)
            .copied()
            .unwrap_or(false);
        if let Some(silent) = self.at.controls.last_mut() {
            *silent = contents || within;
        }
        Ok(())
    }
}

/// What a note is called: footnotes and endnotes have ids of their own.
fn note_name(which: usize, id: &str) -> String {
    let kind = if which == FOOTNOTE { 'f' } else { 'e' };
    format!("{kind}{id}")
}
