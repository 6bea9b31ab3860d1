//! The annotated project as RON: everything that was coded, with enough around it to be read without the project, and enough in
//! it to make the project again ([`crate::import::annotated`]).
//!
//! One record a line, labels first, then readings, then highlights in text order; the same project always gives the same
//! bytes, but for the time of the export. Offsets are given in bytes *and* in characters, each under its own name.
//!
//! [`packet()`] writes a packet alone, in a form of its own.

mod packet;
mod record;
mod schema;

use std::{fmt::Write as _, io::Write};

use jiff::Timestamp;

pub use self::packet::packet;
use self::record::Record;
pub use self::schema::{
    Annotated, BlockRecord, EmphasisRecord, ExportedError, FilterRecord, HeadingRecord,
    HighlightRecord, LabelRecord, NoteRecord, PageRecord, ReadingRecord, StanceRecord, VERSION,
};
use super::{
    Filter,
    cite::{Names, Place},
    document::Stop,
    order::Progress,
    places::Places,
};
use crate::{
    model::{Highlight, Label, Project, Reading, Structure},
    text::{Paragraphs, context},
};

/// How many characters of context stand on either side of a quote.
pub const CONTEXT: usize = 40;

/// What a file says about itself, for whoever opens it in an editor.
const PREAMBLE: &str = "#![enable(implicit_some)]
// An annotated project of Glossator. A highlight's start and end count bytes of the reading's text in UTF-8,
// start_char and end_char count characters; both begin at 0, and the end is one past the last.
";

/// How an annotated project is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RonOptions {
    /// Whether the texts of the readings are written, too. Without them only a project that has the readings can import it.
    pub text: bool,
}

impl Default for RonOptions {
    fn default() -> Self {
        Self { text: true }
    }
}

/// Writes what `filter` lets through as RON of the schema [`Annotated`].
///
/// Readings are listed when the filter's readings let them through, also when none of their highlights pass. The codebook comes
/// whole unless the filter asks for labels ([`super::Selection::codebook`]).
pub fn write(project: &Project, filter: &Filter, options: &RonOptions, now: Timestamp) -> String {
    let mut out = Vec::new();
    let written = write_to(
        project,
        filter,
        options,
        now,
        &Progress::default(),
        &mut out,
    );
    debug_assert!(written.is_ok(), "memory takes all");
    String::from_utf8(out).unwrap_or_default()
}

/// As [`write()`], to wherever it is to go; a highlight counts as one. What waits to be written is never more than some records.
///
/// # Errors
/// When it can't be written, or was cancelled.
pub fn write_to(
    project: &Project,
    filter: &Filter,
    options: &RonOptions,
    now: Timestamp,
    progress: &Progress,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let selection = filter.select(project);
    let mut sheet = Sheet::begin(project, filter, now, out);
    let names = Names::of(project);
    let codebook = selection.codebook(project);
    sheet.list("labels", codebook.iter(), |out, (_, label)| {
        write_label(out, label);
        Ok(())
    })?;
    sheet.list("readings", selection.readings.iter(), |out, r| {
        write_reading(out, &names, &r.shelf.reading, *options);
        Ok(())
    })?;
    let mut places = None;
    let all = selection
        .readings
        .iter()
        .flat_map(|r| r.highlights.iter().map(move |h| (&r.shelf.reading, *h)));
    sheet.list("highlights", all, |out, (reading, highlight)| {
        let places = match &mut places {
            Some((id, places)) if *id == &reading.id => places,
            other => &mut other.insert((&reading.id, Places::new(&reading.text))).1,
        };
        write_highlight(out, &names, reading, places, highlight);
        progress.tick()
    })?;
    sheet.end()
}

/// Writes only the labels that `filter` asks for, with those above them, or the whole codebook, as RON of the same schema.
///
/// # Errors
/// When it can't be written, or was cancelled.
pub fn codebook_to(
    project: &Project,
    filter: &Filter,
    now: Timestamp,
    progress: &Progress,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let codebook = filter.select(project).codebook(project);
    let mut sheet = Sheet::begin(project, filter, now, out);
    sheet.list("labels", codebook.iter(), |out, (_, label)| {
        write_label(out, label);
        progress.tick()
    })?;
    let none = std::iter::empty::<()>;
    sheet.list("readings", none(), |_, ()| Ok(()))?;
    sheet.list("highlights", none(), |_, ()| Ok(()))?;
    sheet.end()
}

/// A file that is being written: what is gathered, and where it goes.
struct Sheet<'a> {
    gathered: String,
    out: &'a mut dyn Write,
}

impl<'a> Sheet<'a> {
    /// How much is gathered before it is written, in bytes.
    const GATHERED: usize = 1 << 16;

    /// The lines before the lists.
    fn begin(project: &Project, filter: &Filter, now: Timestamp, out: &'a mut dyn Write) -> Self {
        let mut head = String::with_capacity(2 * Self::GATHERED);
        head.push_str(PREAMBLE);
        head.push_str("(\n");
        let _ = writeln!(head, "version:{VERSION},");
        let version = env!("CARGO_PKG_VERSION");
        let _ = writeln!(head, "generator:\"glossator {version}\",");
        head.push_str("project:");
        record::string(&mut head, project.name());
        let _ = writeln!(head, ",\nexported:\"{now}\",");
        if !filter.is_empty() {
            head.push_str("filter:");
            write_filter(&mut head, filter);
            head.push_str(",\n");
        }
        Self {
            gathered: head,
            out,
        }
    }

    fn list<T>(
        &mut self,
        name: &str,
        items: impl Iterator<Item = T>,
        mut write_item: impl FnMut(&mut String, T) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let _ = writeln!(self.gathered, "{name}:[");
        for item in items {
            write_item(&mut self.gathered, item)?;
            self.gathered.push_str(",\n");
            if self.gathered.len() > Self::GATHERED {
                self.spill()?;
            }
        }
        self.gathered.push_str("],\n");
        Ok(())
    }

    fn spill(&mut self) -> Result<(), Stop> {
        self.out.write_all(self.gathered.as_bytes())?;
        self.gathered.clear();
        Ok(())
    }

    fn end(mut self) -> Result<(), Stop> {
        self.gathered.push_str(")\n");
        self.spill()
    }
}

fn write_filter(out: &mut String, filter: &Filter) {
    let mut record = Record::open(out);
    record.strings("readings", filter.readings.iter().map(|r| r.as_str()));
    record.strings("labels", filter.labels.iter().map(|l| l.as_str()));
    record.strings("coders", filter.coders.iter().map(|c| c.as_str()));
    if let Some(chosen) = &filter.chosen {
        record.text("query", &chosen.query);
    }
    record.close();
}

fn write_label(out: &mut String, label: &Label) {
    let mut record = Record::open(out);
    record.string("id", label.id.as_str());
    record.string("name", &label.name);
    if let Some(parent) = &label.parent {
        record.string("parent", parent.as_str());
    }
    record.quoted("color", label.color);
    record.text("definition", &label.definition);
    record.text("when", &label.when);
    record.text("when_not", &label.when_not);
    record.text("source", &label.source);
    record.strings("cues", label.cues.iter().map(String::as_str));
    if let Some(contrast) = &label.contrast {
        record.string("contrast", contrast.as_str());
    }
    if let Some(digit) = label.digit {
        record.plain("digit", digit);
    }
    record.plain("position", label.position);
    record.close();
}

fn write_reading(out: &mut String, names: &Names, reading: &Reading, options: RonOptions) {
    let meta = &reading.meta;
    let mut record = Record::open(out);
    record.string("id", reading.id.as_str());
    record.string("title", &meta.title);
    record.strings("authors", meta.authors.iter().map(String::as_str));
    if let Some(year) = meta.year {
        record.plain("year", year);
    }
    record.text("kind", &meta.kind);
    record.text("publisher", &meta.publisher);
    record.text("url", &meta.url);
    let imprint = &meta.imprint;
    record.text("container", &imprint.container);
    record.text("volume", &imprint.volume);
    record.text("issue", &imprint.issue);
    record.text("page_range", &imprint.pages);
    record.text("place", &imprint.place);
    record.text("doi", &imprint.doi);
    record.text("accessed", &imprint.accessed);
    record.text("key", &imprint.key);
    if let Some(shift) = meta.page_shift {
        record.plain("page_shift", shift);
    }
    record.map("attributes", &meta.attributes);
    record.string("citation", &names.short(reading));
    record.text("sha256", &reading.sha256);
    record.plain("words", reading.words);
    write_structure(&mut record, &reading.structure);
    record.text("source_name", &reading.source_name);
    record.text("source_sha256", &reading.source_sha256);
    record.text("encoding", &reading.encoding);
    record.strings("remarks", reading.remarks.iter().map(String::as_str));
    record.quoted("imported", reading.imported);
    if options.text {
        record.raw("text", reading.text.as_str());
    }
    record.close();
}

fn write_structure(record: &mut Record<'_>, structure: &Structure) {
    record.list("headings", &structure.headings, |r, heading| {
        r.span(heading.span);
        r.plain("level", heading.level);
    });
    record.list("blocks", &structure.blocks, |r, block| {
        r.span(block.span);
        r.quoted("kind", block.kind);
    });
    record.list("emphasis", &structure.emphasis, |r, emphasis| {
        r.span(emphasis.span);
        r.quoted("style", emphasis.style);
    });
    record.list("notes", &structure.notes, |r, note| {
        r.span(note.mark);
        r.plain("body_start", note.body.start);
        r.plain("body_end", note.body.end);
    });
    record.list("pages", &structure.pages, |r, page| {
        r.plain("start", page.start);
        r.string("label", &page.label);
    });
}

fn write_highlight(
    out: &mut String,
    names: &Names,
    reading: &Reading,
    places: &mut Places<'_>,
    highlight: &Highlight,
) {
    let text = &reading.text;
    let span = highlight.span;
    let quote = text.slice(span);
    let start_char = places.chars_before(span.start);
    let locator = places.locate(span);
    let (before, after) = context(text.as_str(), span, CONTEXT);
    let mut record = Record::open(out);
    record.quoted("id", highlight.id);
    record.string("reading", highlight.reading.as_str());
    record.plain("start", span.start);
    record.plain("end", span.end);
    record.plain("start_char", start_char);
    record.plain("end_char", start_char as usize + quote.chars().count());
    record.string("quote", quote);
    record.text("before", before);
    record.text("after", after);
    record.plain("paragraph", locator.paragraph);
    record.plain("last_paragraph", locator.last_paragraph);
    record.plain("sentence", locator.sentence);
    let place = Place {
        pages: reading.pages(span),
        paragraphs: Paragraphs {
            first: locator.paragraph,
            last: locator.last_paragraph,
        },
        sentence: None,
    };
    if let Some(pages) = &place.pages {
        record.string("page", &pages.first);
        record.string("last_page", &pages.last);
    }
    record.string("citation", &names.passage(reading, &place));
    record.strings("labels", highlight.labels.iter().map(|l| l.as_str()));
    if let Some(stance) = highlight.stance {
        record.plain("stance", format_args!("{stance:?}"));
    }
    record.text("note", &highlight.note);
    record.string("coder", highlight.coder.as_str());
    record.quoted("created", highlight.created);
    record.quoted("changed", highlight.changed);
    record.close();
}
