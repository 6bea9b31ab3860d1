//! What will come out, worked out on a thread: first its beginning, then how long it is.

use std::{
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use egui::ColorImage;
use jiff::Timestamp;

use super::choice::{Chosen, summary};
use crate::{
    app::worker::Workers,
    export::{
        document::{Item, Sink, Stop},
        order::{self, File, Format, Order, Progress, Surroundings},
        page::{Page, Pages},
        rows,
        table::Table,
    },
    model::Project,
    seeds,
};

/// How much of a text shows, in bytes.
const TEXT: usize = 24_000;
/// How many rows of a table show, and how many characters of a cell.
const ROWS: usize = 60;
const CELL: usize = 80;
/// How many blocks of a document are laid out, and how many pages of them show.
const BLOCKS: usize = 150;
const PAGES: usize = 6;
/// Documents and workbooks with more excerpts than this are not written to see how long they get.
const MEASURED: usize = 20_000;

/// What is known by now.
#[derive(Default)]
pub struct Shown {
    /// How much of what comes out.
    pub summary: String,
    /// The beginning, or why there is none.
    pub body: Option<Result<Arc<Body>, String>>,
    /// How long the files are together, in bytes.
    pub bytes: Option<u64>,
}

/// The beginning of what comes out.
pub enum Body {
    /// As text; whether there is more.
    Text(String, bool),
    /// As a table, the headings first; long cells are cut.
    Table(Vec<Vec<String>>),
    /// As pages; of how many, when all were laid out.
    Pages(Vec<Sheet>, Option<usize>),
}

/// A page as a picture.
pub struct Sheet {
    pub image: ColorImage,
    /// Its text, for screen readers.
    pub text: String,
}

/// Works out a preview, and again when something changes.
#[derive(Default)]
pub struct Preview {
    key: Option<Key>,
    shown: Arc<Mutex<Shown>>,
    progress: Arc<Progress>,
}

/// What a preview is made from: a revision of the project, a choice, and how many pixels wide a page is.
pub type Key = (u64, super::choice::Choice, u32);

impl Drop for Preview {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

impl Preview {
    /// Has it worked out for `key`, unless it is or was.
    pub fn ask(&mut self, workers: &Workers, key: Key, chosen: impl FnOnce() -> Chosen) {
        if self.key.as_ref() == Some(&key) {
            return;
        }
        self.progress.cancel();
        self.progress = Arc::default();
        self.shown = Arc::default();
        let maker = Maker {
            chosen: chosen(),
            width: key.2,
            shown: Arc::clone(&self.shown),
            progress: Arc::clone(&self.progress),
            workers: workers.clone(),
        };
        self.key = Some(key);
        // It tells through what is shared.
        drop(workers.start(move || maker.work()));
    }

    /// What is known by now.
    pub fn shown(&self) -> MutexGuard<'_, Shown> {
        lock(&self.shown)
    }
}

/// A thread that panicked leaves what it had told.
fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Maker {
    chosen: Chosen,
    width: u32,
    shown: Arc<Mutex<Shown>>,
    progress: Arc<Progress>,
    workers: Workers,
}

impl Maker {
    fn tell(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut lock(&self.shown));
        self.workers.wake();
    }

    fn work(&self) {
        let files = match self.chosen.files() {
            Ok(files) => files,
            Err(error) => return self.tell(|shown| shown.body = Some(Err(error))),
        };
        let project = &self.chosen.project;
        let told = summary(project, &files);
        self.tell(|shown| shown.summary = told);
        let Some(first) = files.first() else { return };
        let body = match self.body(&first.order) {
            Ok(body) => Ok(Arc::new(body)),
            Err(Stop::Cancelled) => return,
            Err(error) => Err(sentence(&error)),
        };
        let fails = body.is_err();
        self.tell(|shown| shown.body = Some(body));
        let is_much = first.order.format.is_binary()
            && first.order.what.kind() == order::Kind::Excerpts
            && first.order.filter.select(project).len() > MEASURED;
        if !fails && !is_much {
            let bytes = self.measure(&files).ok();
            self.tell(|shown| shown.bytes = bytes);
        }
    }

    fn body(&self, order: &Order) -> Result<Body, Stop> {
        let project = &self.chosen.project;
        match order.format {
            format if format.is_table() => {
                rows::preview(project, order, ROWS).map(|t| Body::Table(cells(&t)))
            }
            Format::Html | Format::Docx | Format::Pdf => self.pages(order),
            Format::Brat => self.archive(order),
            _ => self.text(order),
        }
    }

    fn around(&self) -> Surroundings<'_> {
        Surroundings {
            now: Timestamp::now(),
            fonts: seeds::page_fonts(),
            progress: &self.progress,
        }
    }

    fn text(&self, order: &Order) -> Result<Body, Stop> {
        let mut head = Beginning(Vec::new());
        let written = order::write(&self.chosen.project, order, self.around(), &mut head);
        let is_cut = match written {
            Err(Stop::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => true,
            other => other.map(|()| false)?,
        };
        Ok(Body::Text(in_whole_characters(head.0), is_cut))
    }

    /// As it would stand on paper. What Word and browsers make of it is laid out by them, but the same in its parts.
    fn pages(&self, order: &Order) -> Result<Body, Stop> {
        let (project, fonts) = (&self.chosen.project, seeds::page_fonts());
        let mut first = First(Vec::new());
        let composed = order::compose(project, order, &mut first);
        let is_cut = match composed {
            Err(Stop::Cancelled) if first.0.len() >= BLOCKS => true,
            other => other.map(|()| false)?,
        };
        let pages = Pages::of(&order::head(project, order)?, first.0, fonts).pages;
        let count = (!is_cut).then_some(pages.len());
        let sheet = |page: &Page| {
            let scale = self.width as f32 / page.size.0.max(1.0);
            let pixels = page.raster(fonts, scale);
            let size = [pixels.width as usize, pixels.height as usize];
            Sheet {
                image: ColorImage::from_rgba_unmultiplied(size, &pixels.rgba),
                text: page
                    .texts()
                    .map(|run| run.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            }
        };
        let mut sheets = Vec::new();
        for page in pages.iter().take(PAGES) {
            if self.progress.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            sheets.push(sheet(page));
        }
        Ok(Body::Pages(sheets, count))
    }

    /// What is in the archive for the first reading that passes.
    fn archive(&self, order: &Order) -> Result<Body, Stop> {
        let project: &Project = &self.chosen.project;
        let mut order = order.clone();
        let selection = order.filter.select(project);
        let first = selection.readings.iter().find(|r| !r.highlights.is_empty());
        order.filter.readings = first
            .map(|r| r.shelf.reading.id.clone())
            .into_iter()
            .collect();
        let mut out = Cursor::new(Vec::new());
        order::write(project, &order, self.around(), &mut out)?;
        let bad = |error: zip::result::ZipError| Stop::Bad(error.to_string());
        let mut archive = zip::ZipArchive::new(out).map_err(bad)?;
        let mut text = String::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).map_err(bad)?;
            text.push_str(&format!("── {} ──\n", part.name().map_err(bad)?));
            let mut bytes = Vec::new();
            part.by_ref()
                .take(TEXT as u64 / 4)
                .read_to_end(&mut bytes)?;
            text.push_str(&in_whole_characters(bytes));
            text.push_str("\n\n");
        }
        Ok(Body::Text(text, selection.readings.len() > 1))
    }

    /// How long the files will be.
    fn measure(&self, files: &[File]) -> Result<u64, Stop> {
        let mut bytes = 0;
        for file in files {
            let mut measure = Measure::default();
            order::write(
                &self.chosen.project,
                &file.order,
                self.around(),
                &mut measure,
            )?;
            bytes += measure.length;
        }
        Ok(bytes)
    }
}

/// The cells as a spreadsheet gets them, no longer than can be seen.
fn cells(table: &Table) -> Vec<Vec<String>> {
    let cell = |text: &str| text.chars().take(CELL).collect();
    let tsv = table.tsv();
    let row = |line: &str| line.split('\t').map(cell).collect();
    tsv.lines().map(row).collect()
}

/// Why there is no preview.
fn sentence(stop: &Stop) -> String {
    match stop {
        Stop::Bad(why) => why.clone(),
        other => format!("There is no preview: {other}."),
    }
}

/// As text, without the part of a character at the end.
fn in_whole_characters(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(good);
            String::from_utf8(bytes).unwrap_or_default()
        }
    }
}

/// Takes the first blocks of a document.
struct First(Vec<Item>);

impl Sink for First {
    fn put(&mut self, item: Item) -> Result<(), Stop> {
        if self.0.len() >= BLOCKS {
            return Err(Stop::Cancelled);
        }
        self.0.push(item);
        Ok(())
    }
}

/// Takes the beginning of a text.
struct Beginning(Vec<u8>);

impl Write for Beginning {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = TEXT.saturating_sub(self.0.len());
        if room == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let taken = bytes.len().min(room);
        self.0.extend(bytes.iter().take(taken));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Beginning {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Keeps nothing but how much there was.
#[derive(Default)]
struct Measure {
    at: u64,
    length: u64,
}

impl Write for Measure {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.at += bytes.len() as u64;
        self.length = self.length.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Measure {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
