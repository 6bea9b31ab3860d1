//! A workbook being written.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use jiff::Timestamp;
use rust_xlsxwriter::{
    Color as Ink, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use zip::result::ZipError;

use super::sheet::{Sheet, moment};
use crate::{
    export::{
        document::Stop,
        order::{Out, Progress},
        table::clean,
    },
    model::Color,
};

/// How many rows a sheet can have.
pub(super) const ROWS: u32 = 1_048_576;
/// How many columns a sheet can have.
pub(super) const COLUMNS: usize = 16_384;

/// A workbook being written: sheets are begun, filled, and added when they are full.
pub(super) struct Book {
    workbook: Workbook,
    pub looks: Looks,
    fills: HashMap<[u8; 3], Format>,
    /// How many rows a sheet may have.
    pub rows: u32,
    /// How many cells did not hold all of their text.
    pub cut: u64,
}

/// What cells look like.
pub(super) struct Looks {
    pub head: Format,
    pub text: Format,
    pub wrapped: Format,
    pub number: Format,
    pub day: Format,
    pub moment: Format,
    pub count: Format,
    pub strong: Format,
}

impl Looks {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: top()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Ink::RGB(0xECE8E1))
                .set_border_bottom(FormatBorder::Thin),
            text: top(),
            wrapped: top().set_text_wrap(),
            number: top().set_align(FormatAlign::Right),
            day: top()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
            moment: top()
                .set_num_format("yyyy-mm-dd hh:mm")
                .set_align(FormatAlign::Left),
            count: top()
                .set_num_format("0;-0;\"·\"")
                .set_align(FormatAlign::Right),
            strong: top().set_bold(),
        }
    }
}

impl Book {
    pub fn new(title: &str, now: Timestamp) -> Result<Self, Stop> {
        let mut workbook = Workbook::new();
        let mut properties = DocProperties::new()
            .set_title(clean(title))
            .set_comment("Written by Glossator");
        if let Some(now) = moment(now) {
            properties = properties.set_creation_datetime(&now);
        }
        workbook.set_properties(&properties);
        Ok(Self {
            workbook,
            looks: Looks::new(),
            fills: HashMap::new(),
            rows: ROWS,
            cut: 0,
        })
    }

    /// Begins a sheet.
    pub fn sheet(&mut self, name: &str) -> Result<Sheet, Stop> {
        let kept = self.workbook.new_worksheet_with_low_memory();
        let mut worksheet = kept.unwrap_or_else(|_| Worksheet::new());
        worksheet.set_name(name).map_err(stop)?;
        Ok(Sheet::new(worksheet))
    }

    /// Takes a sheet that is written.
    pub fn add(&mut self, worksheet: Worksheet) {
        self.workbook.push_worksheet(worksheet);
    }

    /// How a cell of a colour looks, with text that can be read on it.
    pub fn filled(&mut self, color: Color) -> &Format {
        let Color([r, g, b]) = color;
        self.fills.entry(color.0).or_insert_with(|| {
            let light = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
            let ink = if light > 150_000 { 0x1B1B1B } else { 0xFFFFFF };
            Format::new()
                .set_align(FormatAlign::Top)
                .set_background_color(Ink::RGB(u32::from_be_bytes([0, r, g, b])))
                .set_font_color(Ink::RGB(ink))
        })
    }

    /// Writes it all.
    pub fn save(mut self, progress: &Progress, out: &mut dyn Out) -> Result<(), Stop> {
        let saved = self.workbook.save_to_writer(Halting { out, progress });
        match progress.is_cancelled() {
            true => Err(Stop::Cancelled),
            false => saved.map_err(stop),
        }
    }
}

/// A writer that can be stopped.
struct Halting<'a> {
    out: &'a mut dyn Out,
    progress: &'a Progress,
}

impl Write for Halting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

pub(super) fn stop(error: XlsxError) -> Stop {
    match error {
        XlsxError::IoError(error) | XlsxError::ZipError(ZipError::Io(error)) => Stop::Io(error),
        other => Stop::Io(io::Error::other(other.to_string())),
    }
}
