//! PDF: text where it stands on pages, made into paragraphs again.
//!
//! A PDF says which glyph stands where; words, lines, columns and paragraphs are for the reader's eye. They are found again in
//! steps, each a module: [`content`] carries out the pages' drawing as far as it places text, with the letters of [`fonts`];
//! [`marks`] sets them upright, [`chunks`] makes words, [`columns`] the order of reading, [`lines`] lines. Then, of all pages
//! together: [`furniture`] takes running heads out and finds printed page numbers, [`blocks`] makes paragraphs, [`kinds`] tells what they
//! are, [`notes`] links footnotes, [`flow`] joins what runs over columns and pages and writes, with the help of [`hyphens`].
//!
//! Cost: linear in glyphs, but for sorting within a page. Pages are read one at a time; of each only its lines are kept.

mod blocks;
mod chunks;
mod columns;
mod content;
mod flow;
mod fonts;
mod furniture;
mod habits;
mod hyphens;
mod items;
mod kinds;
mod labels;
mod lines;
mod marked;
mod marks;
mod meta;
mod notes;
#[cfg(test)]
mod sample;
mod strings;
#[cfg(test)]
mod tests;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, object::Dict};

use super::{Options, Parsed, Refusal, counted};
use crate::{import::draft::Draft, model::Style};
use blocks::Block;
use habits::Habits;
use lines::Line;

/// How many pages are read.
const MAX_PAGES: usize = 20_000;
/// How many letters are read in all.
const MAX_LETTERS: usize = 60_000_000;

/// A page's lines in parts, in reading order.
#[derive(Debug, Default)]
struct PageText {
    parts: Vec<Vec<Line>>,
    height: f64,
}

/// What could not be read.
#[derive(Debug, Default)]
struct Losses {
    unknown: usize,
    letters: usize,
    turned: usize,
    /// Pages with pictures and without text, from 1.
    blank: Vec<usize>,
}

/// Whether the file ends as a PDF does (ISO 32000-1, 7.5.5): one that was cut off may have pages and nothing on them.
fn is_whole(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    tail.windows(5).any(|w| w == b"%%EOF")
}

pub fn parse(_name: &str, bytes: &[u8], options: &Options) -> Result<Parsed, Refusal> {
    let pdf = open(bytes, options)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Refusal::Damaged);
    }
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let count = pages.len().min(MAX_PAGES);
    let (mut texts, losses) = read(&pdf, catalog.as_ref(), count)?;
    if texts.iter().all(|p| p.parts.iter().all(Vec::is_empty)) {
        return Err(if losses.blank.is_empty() && !is_whole(bytes) {
            Refusal::Damaged
        } else if losses.blank.is_empty() {
            Refusal::Empty
        } else {
            Refusal::Scanned(pages.len())
        });
    }
    let printed = furniture::take_out(&mut texts);
    let labels = labels(catalog.as_ref(), printed);
    let heights: Vec<f64> = texts.iter().map(|p| p.height).collect();
    let habits = Habits::of(&texts);
    let mut words = hyphens::Words::default();
    texts
        .iter()
        .flat_map(|p| p.parts.iter().flatten())
        .for_each(|l| words.read(&l.text));
    let mut blocks = blocks::blocks(texts, &habits);
    kinds::tell(&mut blocks, &habits, &heights);
    let title = kinds::title(&blocks, &habits);
    let mut writer = flow::Writer {
        levels: kinds::levels(&blocks, title),
        notes: notes::Notes::of(&blocks),
        plain: usual_style(&blocks),
        blocks: &blocks,
        habits: &habits,
        labels: &labels,
        words,
        draft: Draft::default(),
        pages: 0,
    };
    writer.write();
    let drafted = writer.draft.finish();
    let mut remarks = losses.remarks(pages.len());
    remarks.extend(drafted.remarks);
    Ok(Parsed {
        meta: meta::meta(&pdf, catalog.as_ref(), &blocks, &habits),
        text: drafted.text,
        structure: drafted.structure,
        encoding: "",
        remarks,
    })
}

/// Opens a file; with an empty password first, as many are encrypted only against changes.
fn open(bytes: &[u8], options: &Options) -> Result<Pdf, Refusal> {
    let password = options.password.as_deref().filter(|p| !p.is_empty());
    let refused = |error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::Password {
            wrong: password.is_some(),
        },
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            Refusal::Kind("a PDF encrypted in a way that is not known".into())
        }
        _ => Refusal::Damaged,
    };
    match (Pdf::new(bytes.to_vec()), password) {
        (Ok(pdf), _) => Ok(pdf),
        (Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)), Some(password)) => {
            Pdf::new_with_password(bytes.to_vec(), password).map_err(refused)
        }
        (Err(error), _) => Err(refused(error)),
    }
}

/// Reads the lines of all pages.
fn read(
    pdf: &Pdf,
    catalog: Option<&Dict<'_>>,
    count: usize,
) -> Result<(Vec<PageText>, Losses), Refusal> {
    let hidden = catalog.map(marked::hidden_layers).unwrap_or_default();
    let fonts = fonts::Fonts::new();
    let mut gutters = columns::Gutters::default();
    let mut losses = Losses::default();
    let mut out = Vec::new();
    for (i, page) in pdf.pages().iter().take(count).enumerate() {
        let shown = content::page(page, &fonts, &hidden);
        losses.unknown += shown.unknown;
        losses.letters += shown.glyphs.len();
        if losses.letters > MAX_LETTERS {
            return Err(Refusal::Swollen);
        }
        if shown.pictures && shown.glyphs.is_empty() {
            losses.blank.push(i + 1);
        }
        let upright = marks::upright(&shown.glyphs);
        losses.turned += upright.left_out;
        let mut text = PageText {
            height: f64::from(page.render_dimensions().1),
            ..PageText::default()
        };
        for flow in upright.flows {
            let drawn = chunks::draws_spaces(&flow);
            let chunks = chunks::chunks(flow);
            let parts = columns::parts(chunks, &mut gutters);
            text.parts
                .extend(parts.into_iter().map(|part| lines::lines(part, drawn)));
        }
        out.push(text);
    }
    Ok((out, losses))
}

/// What pages are called: by the file where it says more than their place, by their printed numbers, or by their place.
fn labels(catalog: Option<&Dict<'_>>, printed: Vec<Option<String>>) -> Vec<String> {
    if let Some(labels) = catalog.and_then(|c| labels::labels(c, printed.len())) {
        return labels;
    }
    let place = |(i, label): (usize, Option<String>)| label.unwrap_or_else(|| (i + 1).to_string());
    printed.into_iter().enumerate().map(place).collect()
}

/// The style that most letters have.
fn usual_style(blocks: &[Block]) -> Style {
    let (mut all, mut bold, mut italic) = (0, 0, 0);
    for line in blocks.iter().flat_map(|b| &b.lines) {
        let mut start = 0;
        for &(end, style) in &line.styles {
            let length = end - start;
            start = end;
            all += length;
            bold += if style.bold { length } else { 0 };
            italic += if style.italic { length } else { 0 };
        }
    }
    Style {
        bold: bold * 2 > all,
        italic: italic * 2 > all,
        ..Style::PLAIN
    }
}

impl Losses {
    fn remarks(&self, pages: usize) -> Vec<String> {
        let mut out = Vec::new();
        if pages > MAX_PAGES {
            out.push(format!(
                "Only the first {MAX_PAGES} of its {pages} pages were read."
            ));
        }
        if !self.blank.is_empty() {
            let (pages, are) = match self.blank.as_slice() {
                [one] => (format!("Page {one}"), "is a picture"),
                many => (format!("Pages {}", ranges(many)), "are pictures"),
            };
            out.push(format!("{pages} of the file {are} without text."));
        }
        if self.unknown > 0 {
            let signs = counted(self.unknown, "sign", "signs");
            let many = self.unknown * 5 > self.letters;
            let advice = if many {
                " The text may be unusable: have it recognised (OCR) instead."
            } else {
                ""
            };
            out.push(format!(
                "{signs} left out, whose letters the file does not tell.{advice}"
            ));
        }
        if self.turned > 0 {
            let letters = counted(self.turned, "letter", "letters");
            out.push(format!(
                "{letters} of turned text left out (stamps, labels of figures)."
            ));
        }
        out
    }
}

/// Numbers in order, those in a row as ranges: `2, 4–6`.
fn ranges(numbers: &[usize]) -> String {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => out.push((number, number)),
        }
    }
    let said = out.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    said.collect::<Vec<_>>().join(", ")
}
