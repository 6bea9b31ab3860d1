//! The walk through a file: groups, characters, paragraphs, cells. What control words do is in [`super::words`].

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{
    charset,
    lexer::{Lexer, Token},
    state::{End, State, Target},
    tables::Tables,
};
use crate::{
    import::{
        Refusal,
        office::{
            Writer, math::Math, meta::Properties, pages::Numbering, symbols, tally::Tally,
            writer::Written,
        },
    },
    model::Style,
};

/// The deepest nesting of groups that is read.
const DEPTH: usize = 25_000;
/// The longest instruction of a field that is looked at.
const INSTRUCTION: usize = 64;

/// The walk.
#[derive(Default)]
pub struct Reader<'a> {
    pub(super) writer: Writer,
    pub(super) state: State,
    pub(super) stack: Vec<State>,
    pub(super) tables: Tables,
    /// The document's encoding and font.
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) font: Option<i32>,
    /// Bytes to decode, and whether they stand in the file as they are.
    bytes: Vec<u8>,
    raw: bool,
    /// The first half of a character that takes two.
    half: Option<u16>,
    /// Characters to pass over, after one in Unicode.
    pub(super) skip: usize,
    /// Whether `\*` came last.
    pub(super) starred: bool,
    /// What the fields are told to show.
    pub(super) instructions: Vec<String>,
    /// The bullet or number of the paragraph.
    pub(super) label: String,
    pub(super) begun: Begun,
    /// The paragraphs around the notes that are open.
    pub(super) outer: Vec<Begun>,
    pub(super) row: Row,
    pub(super) notes: usize,
    pub(super) section: Section,
    pub(super) properties: Properties,
    pub(super) formula: Math,
    pub(super) boxes: Vec<(Lexer<'a>, State)>,
    pub(super) in_box: bool,
    pub(super) counts: Tally,
}

/// The paragraph that is being written, if it has begun.
#[derive(Clone, Copy, Debug, Default)]
pub struct Begun {
    pub(super) has_begun: bool,
    pub(super) is_heading: bool,
    pub(super) is_italic: bool,
    pub(super) is_silent: bool,
}

/// The row that is being written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    pub(super) in_table: bool,
    pub(super) is_open: bool,
    /// Cells of it that ended without the next having begun.
    pub(super) ended: bool,
    /// How many columns rows have.
    pub(super) columns: usize,
}

/// How the next section starts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Section {
    pub(super) is_due: bool,
    pub(super) is_continuous: bool,
    pub(super) numbering: Numbering,
    pub(super) restarts: bool,
}

impl<'a> Reader<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// Groups nested deeper than in any text.
    pub fn read(&mut self, bytes: &'a [u8]) -> Result<(), Refusal> {
        self.writer = Writer::new();
        self.state.skip = 1;
        self.walk(Lexer::new(bytes))?;
        self.end_paragraph()
    }

    /// The encoding of the document.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding.unwrap_or(WINDOWS_1252)
    }

    /// What was written, what the file says of itself, and what is to be said.
    pub fn finish(self) -> (Written, Properties, Vec<String>) {
        let remarks = self.counts.remarks();
        (self.writer.finish(), self.properties, remarks)
    }

    pub(super) fn walk(&mut self, mut lexer: Lexer<'a>) -> Result<(), Refusal> {
        let floor = self.stack.len();
        while let Some(token) = lexer.next() {
            match token {
                Token::Open => {
                    self.flush();
                    (self.skip, self.starred) = (0, false);
                    if self.stack.len() >= DEPTH {
                        return Err(Refusal::Swollen);
                    }
                    self.stack.push(self.state);
                    let around = std::mem::take(&mut self.state.end);
                    match (self.state.target, around) {
                        // Within an entry: other names of the font, and the like.
                        (Target::Fonts | Target::Styles, End::Font | End::Style) => {
                            self.state.target = Target::Nowhere;
                        }
                        (Target::Fonts, _) => self.state.end = End::Font,
                        (Target::Styles, _) => self.state.end = End::Style,
                        _ => {}
                    }
                }
                Token::Close => {
                    self.flush();
                    self.skip = 0;
                    // A bracket too many ends nothing.
                    if self.stack.len() > floor {
                        self.close()?;
                    }
                }
                _ if self.state.target == Target::Nowhere => {}
                // Boxes in boxes and notes are read in place.
                Token::Word("shptxt", _) if !self.in_box && self.outer.is_empty() => {
                    let text = lexer.group();
                    // The end of the group was passed.
                    let inside = self.state;
                    if let Some(state) = self.stack.pop() {
                        self.state = state;
                    }
                    self.text_box(text, inside)?;
                }
                // It stands for the character before.
                Token::Byte(_) | Token::Word(..) | Token::Sign(_)
                    if self.skip > 0 && !is_binary(token) =>
                {
                    self.skip -= 1;
                }
                Token::Byte(byte) => self.byte(&[byte], false),
                Token::Text(text) => {
                    let skipped = self.skip.min(text.len());
                    self.skip -= skipped;
                    let mut text = text.get(skipped..).unwrap_or_default();
                    if matches!(self.state.target, Target::Fonts)
                        && self.state.end != End::Font
                        && let Some(end) = text.iter().position(|b| *b == b';')
                    {
                        self.byte(text.get(..end).unwrap_or_default(), true);
                        self.flush();
                        self.tables.end_font();
                        text = text.get(end + 1..).unwrap_or_default();
                    }
                    self.byte(text, true);
                }
                Token::Sign(sign) => self.sign(sign)?,
                Token::Word(word, number) => {
                    self.flush();
                    let starred = std::mem::take(&mut self.starred);
                    self.word(word, number, starred)?;
                }
            }
        }
        self.flush();
        while self.stack.len() > floor {
            self.close()?;
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refusal> {
        match self.state.end {
            End::Nothing => {}
            End::Note => {
                self.end_paragraph()?;
                self.writer.end_note();
                self.begun = self.outer.pop().unwrap_or_default();
            }
            End::Font => self.tables.end_font(),
            End::Style => self.tables.end_style(),
            End::Part => self.formula.close(),
            End::Formula => {
                let formula = std::mem::take(&mut self.formula).finish();
                self.state.target = Target::Body;
                self.write(&formula);
            }
        }
        if let Some(state) = self.stack.pop() {
            self.state = state;
        }
        Ok(())
    }

    fn sign(&mut self, sign: u8) -> Result<(), Refusal> {
        match sign {
            b'*' => self.starred = true,
            b'~' => self.put("\u{A0}"),
            b'_' => self.put("-"),
            b'\\' | b'{' | b'}' => self.byte(&[sign], true),
            b'\r' | b'\n' => {
                self.flush();
                self.end_of_paragraph()?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes bytes of text.
    fn byte(&mut self, bytes: &[u8], raw: bool) {
        if bytes.is_empty() {
            return;
        }
        if self.raw != raw && !bytes.is_ascii() {
            // A character may be half in hexadecimal, half as it is; one in UTF-8 is not.
            if raw {
                self.flush();
            }
            self.raw = raw;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Decodes what was taken.
    pub(super) fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.state.font.or(self.font);
        let name = self.tables.font_name(font);
        let is_text = self.state.target != Target::Fonts;
        let text = match name.filter(|name| is_text && symbols::is_symbol_font(name)) {
            Some(name) => bytes
                .iter()
                .map(|&b| symbols::symbol(name, b.into()))
                .collect(),
            None => {
                let encoding = self.tables.encoding(font);
                charset::decode(&bytes, encoding.unwrap_or(self.encoding()), self.raw)
            }
        };
        self.raw = false;
        self.put(&text);
    }

    /// A character by its number in UTF-16, in halves where it takes two; some programs write it whole.
    pub(super) fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.state.skip;
        let code = if number < 0 {
            number.saturating_add(0x1_0000)
        } else {
            number
        };
        let code = u32::try_from(code).unwrap_or(0xFFFD);
        let c = match (self.half.take(), code) {
            (_, 0xD800..=0xDBFF) => {
                self.half = Some(code as u16);
                return;
            }
            (Some(half), 0xDC00..=0xDFFF) => {
                let units = [half, code as u16];
                char::decode_utf16(units).next().and_then(Result::ok)
            }
            _ => char::from_u32(code),
        };
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let font = self
            .tables
            .font_name(self.state.font.or(self.font))
            .map(str::to_owned);
        let text = symbols::readable(c.encode_utf8(&mut [0; 4]), font.as_deref()).into_owned();
        self.put(&text);
    }

    /// Puts characters where they belong.
    pub(super) fn put(&mut self, text: &str) {
        // Bytes before it stand before it.
        if !self.bytes.is_empty() {
            self.flush();
        }
        match self.state.target {
            Target::Body => self.write(text),
            Target::Nowhere | Target::Shape | Target::Silent | Target::Created | Target::Info => {}
            Target::Label => self.label.push_str(text),
            Target::Instruction => {
                let field = self.state.field.checked_sub(1);
                if let Some(instruction) = field.and_then(|f| self.instructions.get_mut(f))
                    && instruction.len() < INSTRUCTION
                {
                    instruction.push_str(text);
                }
            }
            Target::Fonts | Target::Styles => self.tables.name(text),
            Target::Title => self.properties.title.push_str(text),
            Target::Author => self.properties.creator.push_str(text),
            Target::Formula => self.formula.text(text),
        }
    }

    /// Writes words of the reading.
    pub(super) fn write(&mut self, text: &str) {
        // An indent begins nothing: a bullet may follow.
        if !self.begun.has_begun && text.trim().is_empty() {
            return;
        }
        self.begin_paragraph();
        if self.state.hidden || self.state.deleted || self.begun.is_silent {
            return;
        }
        let is_heading = self.begun.is_heading;
        let style = Style {
            bold: self.state.bold && !is_heading,
            italic: self.state.italic && !(is_heading && self.begun.is_italic),
            script: self.state.script,
        };
        self.writer.text(text, style);
    }
}

/// Whether a control word brings bytes of its own.
fn is_binary(token: Token<'_>) -> bool {
    matches!(token, Token::Word("bin", _))
}
