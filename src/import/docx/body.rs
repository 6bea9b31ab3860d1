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
            Writer, symbols,
            tally::Tally,
            writer::Written,
            xml::{Closed, Element, Part, Token, Xml},
        },
    },
    model::{BlockKind, Style},
};

/// Which part a note is in.
const FOOTNOTE: usize = 0;
const ENDNOTE: usize = 1;

/// The walk.
pub struct Body<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: Numbering,
    pub(super) sections: Vec<Section>,
    pub(super) section: usize,
    pub(super) notes: [HashMap<String, Part<'a>>; 2],
    pub(super) waiting: VecDeque<(usize, String)>,
    pub(super) mentioned: HashSet<(usize, String)>,
    pub(super) writer: Writer,
    pub(super) at: Place<'a>,
    pub(super) counts: Tally,
    embedded: usize,
}

/// Where the walk is: what a text box keeps apart from the text around it.
#[derive(Default)]
pub(super) struct Place<'a> {
    pub(super) paragraph: ParagraphProperties,
    pub(super) kind: Kind,
    /// Whether the paragraph has not begun to be written.
    pub(super) is_pending: bool,
    /// Whether the paragraph before runs on into this one.
    pub(super) runs_on: bool,
    /// Whether the paragraph is of a table of contents.
    pub(super) in_contents: bool,
    pub(super) run: Run,
    pub(super) fields: Fields,
    /// For each choice between alternatives that is open, whether one was taken.
    pub(super) choices: Vec<bool>,
    /// Whether the rows that are open were deleted.
    pub(super) deleted_rows: Vec<bool>,
    /// For each content control that is open, whether it holds a table of contents.
    pub(super) controls: Vec<bool>,
    /// Text boxes that hang on the paragraph.
    pub(super) boxes: Vec<Part<'a>>,
}

/// How a run looks.
#[derive(Default)]
pub(super) struct Run {
    pub(super) style: Style,
    pub(super) is_hidden: bool,
    pub(super) font: Option<String>,
    /// Whether it holds a note's mark that somebody chose: its letters are no text.
    pub(super) has_own_mark: bool,
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
            counts: Tally::default(),
            embedded: 0,
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
        let mut remarks = self.counts.remarks();
        if self.embedded > 0 {
            let what = counted(self.embedded, "part", "parts");
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
                // Spaces count, said or not: files lose them otherwise. Line ends are layout of the file.
                let is_laid_out = !keeps_space && text.starts_with(['\n', '\r']);
                let text = if is_laid_out { text.trim() } else { &text };
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
            "altChunk" => self.embedded += 1,
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
}

/// What a note is called: footnotes and endnotes have ids of their own.
fn note_name(which: usize, id: &str) -> String {
    let kind = if which == FOOTNOTE { 'f' } else { 'e' };
    format!("{kind}{id}")
}
