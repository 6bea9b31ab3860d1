//! Exports as they are ordered: what, in which format, how; and [`write()`], the one door through which the window and the command line
//! have them made.
//!
//! | what \ format | Markdown | RON | HTML | DOCX | PDF | XLSX | CSV, TSV | JSON-LD, JSONL, brat | QDC |
//! |---|---|---|---|---|---|---|---|---|---|
//! | excerpts | × | × | × | × | × | × | × | × | |
//! | annotated readings | × | | × | × | × | | | | |
//! | packet | × | × | × | × | × | | | | |
//! | codebook | × | × | × | × | × | × | × | | × |
//!
//! Annotated readings are documents of their own: several make several files ([`annotated`]).

mod data;
mod documents;
mod files;
mod formats;

pub use documents::{compose, head};
pub use files::{File, annotated, usual_name};

use std::{
    io::{Seek, Write},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Filter,
    cite::Style,
    document::{Sink, Stop},
    interchange,
    markdown::{ExcerptOptions, Group},
    page::PageFonts,
    rows::{self, Field},
};
use crate::model::{PacketId, Paper, Project, ReadingId};

/// What is taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// The excerpts that the filter lets through; in JSON-LD, JSONL and brat with the readings they are of.
    #[default]
    Excerpts,
    /// A reading with its highlights.
    Annotated(ReadingId),
    /// A packet.
    Packet(PacketId),
    /// The codebook.
    Codebook,
}

/// What is taken out, but not yet which.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Kind {
    /// Excerpts.
    #[default]
    Excerpts,
    /// Readings with their highlights.
    Annotated,
    /// A packet.
    Packet,
    /// The codebook.
    Codebook,
}

impl What {
    /// What kind of thing it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Excerpts => Kind::Excerpts,
            Self::Annotated(_) => Kind::Annotated,
            Self::Packet(_) => Kind::Packet,
            Self::Codebook => Kind::Codebook,
        }
    }
}

/// A format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is named after what it is")]
pub enum Format {
    #[default]
    Markdown,
    Ron,
    Html,
    Docx,
    Pdf,
    Xlsx,
    Csv,
    Tsv,
    JsonLd,
    Jsonl,
    Brat,
    Qdc,
}

/// How it is written. Each format takes what concerns it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How sources are cited (packets have a style of their own).
    pub cite: Style,
    /// What excerpts are put under.
    pub group: Group,
    /// Whether the labels' definitions are written with excerpts.
    pub definitions: bool,
    /// Whether RON holds the texts of the readings.
    pub texts: bool,
    /// The columns of tables of excerpts.
    pub fields: Vec<Field>,
    /// Whether CSV begins with a byte order mark, for Excel.
    pub mark: bool,
    /// How DOCX writes what is in the margin of an annotated reading.
    pub glosses: Glosses,
    /// The paper of PDF and DOCX (packets have one of their own).
    pub paper: Paper,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cite: Style::default(),
            group: Group::default(),
            definitions: false,
            texts: true,
            fields: Field::USUAL.to_vec(),
            mark: false,
            glosses: Glosses::default(),
            paper: Paper::default(),
        }
    }
}

impl Options {
    /// What concerns excerpts.
    fn excerpts(&self) -> ExcerptOptions {
        ExcerptOptions {
            group: self.group,
            definitions: self.definitions,
            cite: self.cite,
        }
    }
}

/// How labels and notes are written in Word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Glosses {
    /// As comments in the margin.
    #[default]
    Comments,
    /// As footnotes.
    Footnotes,
}

/// An export.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// What.
    pub what: What,
    /// In which format.
    pub format: Format,
    /// Of which highlights.
    pub filter: Filter,
    /// How.
    pub options: Options,
}

/// Where an export goes: a file, or memory.
pub trait Out: Write + Seek + Send {}
impl<T: Write + Seek + Send> Out for T {}

/// How far an export is, and stopping it. Shared with whoever watches.
#[derive(Debug, Default)]
pub struct Progress {
    /// How many excerpts, paragraphs or rows are done.
    pub done: AtomicU64,
    /// Of how many; 0 as long as it is not known.
    pub total: AtomicU64,
    /// Set it to stop the export.
    pub cancel: AtomicBool,
}

impl Progress {
    /// So many more are to be done.
    pub fn expect(&self, more: usize) {
        self.total.fetch_add(more as u64, Ordering::Relaxed);
    }

    /// How many are done, and of how many.
    pub fn counts(&self) -> (usize, usize) {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed) as usize;
        (of(&self.done), of(&self.total))
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Stops the export as soon as it can.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// One more is done.
    ///
    /// # Errors
    /// [`Stop::Cancelled`] when it was cancelled.
    pub fn tick(&self) -> Result<(), Stop> {
        self.done.fetch_add(1, Ordering::Relaxed);
        match self.cancel.load(Ordering::Relaxed) {
            true => Err(Stop::Cancelled),
            false => Ok(()),
        }
    }
}

/// What an export needs from outside.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The time, for formats that hold the time of the export.
    pub now: Timestamp,
    /// The fonts, for PDF.
    pub fonts: &'a PageFonts,
    /// Counts and stops.
    pub progress: &'a Progress,
}

/// A document's writer: takes its blocks, and writes what is left when it is finished.
pub trait Writer: Sink {
    /// Writes what is left.
    ///
    /// # Errors
    /// When it can't be written.
    fn finish(self: Box<Self>) -> Result<(), Stop>;
}

/// Writes an export. What was written when it stops early is to be thrown away.
///
/// # Errors
/// [`Stop`], also when the format can't hold what is ordered.
pub fn write(
    project: &Project,
    order: &Order,
    around: Surroundings<'_>,
    out: &mut dyn Out,
) -> Result<(), Stop> {
    let kind = order.what.kind();
    if !order.format.fits(kind) {
        return Err(Stop::Bad(kind.refusal(order.format)));
    }
    let progress = around.progress;
    match order.format {
        Format::Markdown | Format::Html | Format::Docx | Format::Pdf => {
            documents::write(project, order, around, out)
        }
        Format::Csv | Format::Tsv => rows::separated(project, order, progress, out),
        Format::Xlsx => rows::workbook(project, order, around.now, progress, out),
        Format::Ron => data::as_ron(project, order, around, out),
        Format::JsonLd => interchange::annotations(project, order, around.now, progress, out),
        Format::Jsonl => interchange::lines(project, order, progress, out),
        Format::Brat => interchange::brat(project, order, progress, out),
        Format::Qdc => interchange::qdc(project, order, progress, out),
    }
}
