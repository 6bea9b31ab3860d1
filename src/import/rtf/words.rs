//! What control words do.

use super::{
    charset,
    reader::Reader,
    state::{End, Paragraph, Target},
};
use crate::{
    import::{Refusal, office::numerals::Numeral},
    model::Script,
};

/// Groups that are no part of the text, besides those that begin with `\*` and a word that is not known.
const NOWHERE: &[&str] = &[
    "annotation",
    "atnauthor",
    "atndate",
    "atnicn",
    "atnid",
    "atnparent",
    "atnref",
    "atntime",
    "atrfend",
    "atrfstart",
    "background",
    "blipuid",
    "bkmkend",
    "bkmkstart",
    "buptim",
    "colorschememapping",
    "colortbl",
    "datafield",
    "datastore",
    "do",
    "docvar",
    "filetbl",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "formfield",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "aftncn",
    "aftnsep",
    "aftnsepc",
    "generator",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "hl",
    "latentstyles",
    "listlevel",
    "listoverridetable",
    "listpicture",
    "listtable",
    "mmathPict",
    "nesttableprops",
    "nonesttables",
    "nonshppict",
    "objclass",
    "objdata",
    "objname",
    "panose",
    "pgptbl",
    "pict",
    "pn",
    "pnseclvl",
    "private",
    "revtbl",
    "rsidtbl",
    "rxe",
    "shppict",
    "shprslt",
    "sn",
    "sv",
    "sp",
    "tc",
    "tcn",
    "template",
    "themedata",
    "txe",
    "userprops",
    "wgrffmtfilter",
    "xe",
    "xmlnstbl",
    "mctrlPr",
];

impl Reader<'_> {
    /// Does what a control word says.
    pub(super) fn word(
        &mut self,
        word: &str,
        number: Option<i32>,
        starred: bool,
    ) -> Result<(), Refusal> {
        match self.state.target {
            Target::Fonts => self.tables.font_word(word, number),
            Target::Styles => self.tables.style_word(word, number),
            _ => {}
        }
        if self.destination(word)
            || self.character(word, number)
            || self.paragraph_word(word, number)
        {
            return Ok(());
        }
        if self.formula_word(word) || self.document_word(word, number) {
            return Ok(());
        }
        if starred {
            self.state.target = Target::Nowhere;
            return Ok(());
        }
        if self.state.target != Target::Body {
            // Pages count even where their text is left out.
            if self.state.target == Target::Silent && word == "page" {
                self.writer.hard_page();
            }
            return Ok(());
        }
        match word {
            "par" => self.end_of_paragraph()?,
            "sect" => {
                self.end_of_paragraph()?;
                self.section.is_due = true;
                self.section.is_continuous = false;
            }
            "line" | "lbr" if self.begun.has_begun => self.writer.line_break(),
            "page" => self.writer.hard_page(),
            "softpage" => self.writer.soft_page(),
            "column" => self.write(" "),
            "cell" => self.end_cell()?,
            "row" => self.end_row()?,
            "nestcell" | "nestrow" => {
                self.end_of_paragraph()?;
            }
            "revised" => self.counts.insertions += usize::from(number != Some(0)),
            _ => {}
        }
        Ok(())
    }

    /// Words that say where the text of their group goes.
    fn destination(&mut self, word: &str) -> bool {
        if NOWHERE.contains(&word) {
            self.counts.comments += usize::from(word == "annotation");
            self.state.target = Target::Nowhere;
            return true;
        }
        let in_body = self.state.target == Target::Body;
        self.state.target = match word {
            "fonttbl" => Target::Fonts,
            "stylesheet" => Target::Styles,
            "info" => Target::Info,
            "title" if self.state.target == Target::Info => Target::Title,
            "author" if self.state.target == Target::Info => Target::Author,
            "creatim" if self.state.target == Target::Info => Target::Created,
            "listtext" | "pntext" => {
                self.label.clear();
                Target::Label
            }
            "field" => {
                self.instructions.push(String::new());
                self.state.field = self.instructions.len();
                return true;
            }
            "fldinst" => Target::Instruction,
            "fldrslt" => {
                let field = self.state.field.checked_sub(1);
                let instruction = field.and_then(|f| self.instructions.get(f));
                let first = instruction.and_then(|i| i.split_whitespace().next());
                if !first.is_some_and(|w| w.eq_ignore_ascii_case("TOC")) {
                    return true;
                }
                self.counts.contents += 1;
                Target::Silent
            }
            "footnote" if in_body => {
                self.footnote();
                return true;
            }
            "footnote" => Target::Nowhere,
            "object" | "shp" | "shpinst" | "shpgrp" if in_body => Target::Shape,
            "object" | "shp" | "shpinst" | "shpgrp" => return true,
            "result" | "shptxt" if self.state.target == Target::Shape => Target::Body,
            // Of a text in two forms the second is in Unicode.
            "upr" => {
                self.state.around = self.state.target;
                Target::Shape
            }
            "ud" => self.state.around,
            _ => return false,
        };
        true
    }

    fn footnote(&mut self) {
        self.begin_paragraph();
        self.notes += 1;
        let name = self.notes.to_string();
        if !self.state.hidden && !self.state.deleted {
            self.writer.mark(&name);
        }
        self.writer.note(&name);
        let around = std::mem::take(&mut self.begun);
        self.outer.push(around);
        self.state.end = End::Note;
        self.state.plain();
        self.state.paragraph = Paragraph::default();
    }

    /// Words about characters, and those that are characters.
    fn character(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let state = &mut self.state;
        match word {
            "plain" => state.plain(),
            "b" => state.bold = on,
            "i" => state.italic = on,
            "v" => state.hidden = on,
            "deleted" => {
                self.counts.deletions += usize::from(on);
                state.deleted = on;
            }
            "super" => state.script = if on { Script::Raised } else { Script::Base },
            "sub" => state.script = if on { Script::Lowered } else { Script::Base },
            "up" => {
                state.script = if number.unwrap_or(6) > 0 {
                    Script::Raised
                } else {
                    Script::Base
                }
            }
            "dn" => {
                state.script = if number.unwrap_or(6) > 0 {
                    Script::Lowered
                } else {
                    Script::Base
                }
            }
            "nosupersub" => state.script = Script::Base,
            "f" => state.font = number,
            "uc" => {
                state.skip = number
                    .and_then(|n| usize::try_from(n).ok())
                    .unwrap_or(1)
                    .min(16)
            }
            "u" => self.unicode(number.unwrap_or(0xFFFD)),
            "tab" if state.target == Target::Body => {
                if self.begun.has_begun && !state.hidden {
                    self.writer.tab();
                }
            }
            "tab" => self.put(" "),
            "bullet" if state.target == Target::Body && !self.begun.has_begun => self.bullet(),
            "bullet" => self.put("•"),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            "zwj" => self.put("\u{200D}"),
            "zwnj" => self.put("\u{200C}"),
            _ => return false,
        }
        true
    }

    /// A bullet at a paragraph's start is that of an item, as pandoc writes it: set in by a quarter of an inch a level.
    fn bullet(&mut self) {
        self.label = "•".to_owned();
        let level = self.state.paragraph.indents.0 / 360;
        self.state.paragraph.level = u8::try_from(level.clamp(1, 9) - 1).unwrap_or(0);
    }

    /// Words about paragraphs.
    fn paragraph_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let paragraph = &mut self.state.paragraph;
        let n = number.unwrap_or(0);
        match word {
            "pard" => *paragraph = Paragraph::default(),
            "s" => paragraph.style = n,
            "outlinelevel" => paragraph.outline = u8::try_from(n).ok(),
            "li" | "lin" => paragraph.indents.0 = n,
            "ri" | "rin" => paragraph.indents.1 = n,
            "ilvl" => paragraph.level = u8::try_from(n).unwrap_or(0),
            "intbl" => paragraph.in_table = true,
            "itap" => paragraph.in_table = n > 0,
            "pagebb" => paragraph.page_break = number != Some(0),
            "trowd" => self.row.columns = 0,
            "cellx" => self.row.columns += 1,
            _ => return false,
        }
        true
    }

    /// Words of formulas: elements as in Word's XML, with an `m` before their names.
    fn formula_word(&mut self, word: &str) -> bool {
        match (word, self.state.target) {
            ("moMath", Target::Body) => {
                self.state.target = Target::Formula;
                self.state.end = End::Formula;
            }
            ("mr" | "mmath" | "moMathPara" | "moMath", _) => {}
            (_, Target::Formula) => {
                // An element is the first word of its group.
                let Some(name) = word
                    .strip_prefix('m')
                    .filter(|_| self.state.end == End::Nothing)
                else {
                    return false;
                };
                self.formula.open(name);
                self.state.end = End::Part;
            }
            _ => return false,
        }
        true
    }

    /// Words about the document and its sections.
    fn document_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let numbering = &mut self.section.numbering;
        match word {
            "ansicpg" => self.encoding = number.and_then(charset::code_page).or(self.encoding),
            "mac" => self.encoding = charset::code_page(10000),
            "deff" => self.font = number,
            "sectd" => {
                *numbering = Default::default();
                numbering.numeral = Some(Numeral::Decimal);
                (self.section.restarts, self.section.is_continuous) = (false, false);
            }
            "sbknone" | "sbkcol" => self.section.is_continuous = true,
            "sbkodd" => numbering.odd = Some(true),
            "sbkeven" => numbering.odd = Some(false),
            "pgnstarts" => numbering.start = number.and_then(|n| u32::try_from(n).ok()),
            "pgnrestart" => self.section.restarts = true,
            "pgndec" => numbering.numeral = Some(Numeral::Decimal),
            "pgnucrm" => numbering.numeral = Some(Numeral::UpperRoman),
            "pgnlcrm" => numbering.numeral = Some(Numeral::LowerRoman),
            "pgnucltr" => numbering.numeral = Some(Numeral::UpperLetter),
            "pgnlcltr" => numbering.numeral = Some(Numeral::LowerLetter),
            "yr" if self.state.target == Target::Created => {
                self.properties.created = number.unwrap_or(0).to_string();
            }
            _ => return false,
        }
        true
    }
}
