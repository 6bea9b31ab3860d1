//! Documents: what excerpts, annotated readings, codebooks and packets are before they are Markdown, HTML, Word or PDF.
//!
//! A document is a [`Head`] and a stream of [`Item`]s. Composers ([`excerpts`], [`annotated`], [`codebook`], [`packet`]) push items into a
//! [`Sink`], one block at a time; each format is a sink. So a hundred thousand excerpts never lie in memory as blocks, progress is
//! counted in one place, and a new format is one file. Nothing here knows what anything looks like: that is the sinks' business.

mod address;
mod compose;
mod plain;

pub use address::address;
pub(in crate::export) use compose::words;
pub use compose::{ExcerptOptions, Group, annotated, codebook, excerpts, packet};
pub use plain::plain;

use std::{fmt, io};

use crate::{
    export::cite::{Piece, Rich, Style},
    model::{BlockKind, ClaimPlace, Color, HighlightId, Paper, ReadingId, SectionId, Stance},
};

/// What is said of a document as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// A line beside it, such as a date; empty for none.
    pub line: String,
    /// How it cites: footnotes stand in the text as [`Inline::Footnote`], whatever this says.
    pub cite: Style,
    /// The paper, where there is any.
    pub paper: Paper,
    /// The coders whose work it holds, as its authors.
    pub authors: Vec<String>,
}

/// A block, and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The block.
    pub block: Block,
    /// Where it comes from, for a preview that can be worked in.
    pub origin: Option<Origin>,
}

impl From<Block> for Item {
    fn from(block: Block) -> Self {
        Self {
            block,
            origin: None,
        }
    }
}

/// Text with its manner.
pub type Inlines = Vec<Inline>;

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; level 1 is the title of the document (a document has one, and it comes first), 2 to 6 are parts of it.
    Heading(u8, Inlines),
    /// A paragraph.
    Text(Manner, Inlines),
    /// An excerpt.
    Quote(Quote),
    /// A paragraph of an annotated reading.
    Passage(Passage),
    /// A list; numbered from 1 or with bullets.
    List {
        /// With numbers.
        numbered: bool,
        /// Its items.
        items: Vec<Inlines>,
    },
    /// The labels of what follows. A format without colours or links may leave it out.
    Legend(Vec<LabelUse>),
    /// Columns side by side, each with a heading.
    Columns(Vec<Column>),
    /// A table.
    Table(Table),
    /// An entry of a reference list.
    Reference(Inlines),
    /// Empty ruled lines to write on.
    Lines(u8),
    /// The next block begins a page, where there are pages.
    Break,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    /// What people read.
    Body,
    /// The introduction of a section, or a definition: italics or a larger size.
    Lead,
    /// A line about something else: who wrote it and when, labels and coder. Smaller and dim.
    Aside,
    /// A note of a coder.
    Note,
    /// A claim about a reading.
    Claim,
    /// A small heading within a section that no table of contents lists, such as “For discussion”.
    Caption,
}

/// An excerpt as a block quote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quote {
    /// The passage, by paragraphs, without quotation marks.
    pub paragraphs: Vec<Inlines>,
    /// Its citation, to stand after the passage or under it; a footnote in styles with notes.
    pub cite: Inlines,
    /// Labels, stance, coder; empty for none.
    pub aside: Inlines,
    /// The coder's note, by paragraphs.
    pub note: Vec<Inlines>,
    /// The colour of the bar beside it: its label's, or its side's.
    pub color: Option<Color>,
}

/// A paragraph of a reading with what coders marked in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    /// The number of the paragraph in the reading, from 1.
    pub number: u32,
    /// The page that begins in it, as the reading calls it; the first and the last of several.
    pub page: Option<String>,
    /// The level of the heading (1 to 6), when it is one.
    pub heading: Option<u8>,
    /// What it is, when it is neither a heading nor body text: an item of a list (its bullet is part of the text), a row of a
    /// table (its cells are parted by tabs), code (whose spaces count)…
    pub kind: Option<BlockKind>,
    /// Its text. What is marked names the glosses; each gloss ends with an [`Inline::Gloss`].
    pub text: Inlines,
    /// The glosses that begin in this paragraph, in text order. One may end in a later paragraph.
    pub glosses: Vec<Gloss>,
}

/// What stands in the margin beside a highlight.
#[derive(Clone, Debug, PartialEq)]
pub struct Gloss {
    /// Its number in the document, from 1 in text order (by start, longer first).
    pub number: u32,
    /// The names and colours of its labels.
    pub labels: Vec<(String, Color)>,
    /// The stance.
    pub stance: Option<Stance>,
    /// Who made it.
    pub coder: String,
    /// The note, as it was written.
    pub note: String,
    /// Where it stands, such as `21, ¶12`.
    pub place: String,
    /// The passage in one line, or its beginning and its end when it is long, for notes that stand apart from the text.
    pub quote: String,
}

/// A label in a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelUse {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// How many labels it is under.
    pub depth: usize,
    /// How many passages have it, without those of the labels under it.
    pub count: usize,
    /// The numbers of the glosses that name it, in an annotated reading.
    pub glosses: Vec<u32>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// What stands over it.
    pub heading: Inlines,
    /// Its blocks; no columns within columns.
    pub items: Vec<Item>,
}

/// A table of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What stands over the columns.
    pub head: Vec<Inlines>,
    /// The share of the width that each column has; they add up to 1.
    pub widths: Vec<f32>,
    /// The rows, each as long as `head`.
    pub rows: Vec<Vec<Inlines>>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text in one manner.
    Run(Run),
    /// A footnote, whose mark stands here.
    Footnote(Inlines),
    /// Here ends the highlight whose gloss has this number.
    Gloss(u32),
    /// A line break within the paragraph.
    Break,
}

/// Text in one manner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// In italics.
    pub italic: bool,
    /// In bold.
    pub bold: bool,
    /// Less important than what stands around it: a citation, a name of a coder.
    pub dim: bool,
    /// Raised: the mark of a note of the reading.
    pub raised: bool,
    /// Lowered, as in H₂O.
    pub lowered: bool,
    /// The address that it leads to (http, https or doi).
    pub link: Option<String>,
    /// The numbers of the glosses whose highlights lie over it, the earlier first.
    pub marks: Vec<u32>,
}

impl Run {
    /// Text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Text as it is.
pub fn text(text: impl Into<String>) -> Inline {
    Inline::Run(Run::new(text))
}

/// Text in italics.
pub fn italic(text: impl Into<String>) -> Inline {
    Inline::Run(Run {
        italic: true,
        ..Run::new(text)
    })
}

/// Text in bold.
pub fn bold(text: impl Into<String>) -> Inline {
    Inline::Run(Run {
        bold: true,
        ..Run::new(text)
    })
}

/// Text of less importance.
pub fn dim(text: impl Into<String>) -> Inline {
    Inline::Run(Run {
        dim: true,
        ..Run::new(text)
    })
}

/// A citation or an entry of a reference list.
pub fn rich(rich: &Rich) -> Inlines {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(plain) => text(plain.clone()),
        Piece::Italic(title) => italic(title.clone()),
        Piece::Link(url) => Inline::Run(Run {
            link: Some(url.clone()),
            ..Run::new(url.clone())
        }),
    };
    rich.pieces().iter().map(piece).collect()
}

/// What an item of a packet shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The section; none for the title.
    pub section: Option<SectionId>,
    /// Which part of it.
    pub part: Part,
}

/// A part of a packet's section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// The introduction.
    Introduction,
    /// A label's definition.
    Definition,
    /// An excerpt.
    Excerpt(ReadingId, HighlightId),
    /// A claim.
    Claim(ClaimPlace),
    /// A question, by its place in the section.
    Question(usize),
    /// Lines for notes.
    Lines,
    /// The readings.
    Readings,
    /// What comes of itself: headings of columns, names of authors.
    Caption,
}

/// Takes a document, block by block.
pub trait Sink {
    /// Takes the next item.
    ///
    /// # Errors
    /// [`Stop`] when it can't be written or nobody wants it any more; nothing more is to be pushed then.
    fn put(&mut self, item: Item) -> Result<(), Stop>;
}

/// Keeps them all.
impl Sink for Vec<Item> {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        self.push(item);
        Ok(())
    }
}

/// Why a document was not finished.
#[derive(Debug)]
pub enum Stop {
    /// It was cancelled.
    Cancelled,
    /// It can't be written.
    Io(io::Error),
    /// There is nothing to write or it can't be composed; a whole sentence for people.
    Bad(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("it was cancelled"),
            Self::Io(error) => write!(f, "{error}"),
            Self::Bad(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Stop {}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
