//! Passages with the words around them, as `find` and `suggest` list them.

use std::collections::BTreeSet;

use clap::ValueEnum;
use serde::Serialize;

use super::{failure::Failure, output};
use crate::{
    analysis::find,
    export::{
        cite::locator,
        table::{Cell, Table, wide},
    },
    model::Reading,
    text::{Paragraphs, Span, counted},
};

/// How a list of passages is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: reading by reading, the hits one below the other
    #[default]
    Table,
    /// A line a passage, for spreadsheets
    Csv,
    /// The same, parted by tabs
    Tsv,
    Json,
    Ron,
}

impl Format {
    /// The nearest way to write a single record.
    pub fn of_record(self) -> output::Format {
        match self {
            Self::Json => output::Format::Json,
            Self::Ron => output::Format::Ron,
            _ => output::Format::Table,
        }
    }
}

/// A passage in its context. Offsets are UTF-8 bytes of the reading's text, from 0, the end exclusive.
#[derive(Serialize)]
pub struct InContext {
    /// Its number in the list, from 1.
    pub n: usize,
    /// Page and paragraph, as citations have them.
    pub place: String,
    pub paragraph: String,
    pub page: Option<String>,
    pub start: u32,
    pub end: u32,
    pub before: String,
    pub hit: String,
    pub after: String,
}

impl InContext {
    pub fn new(n: usize, reading: &Reading, span: Span, width: usize) -> Self {
        let line = find::line(reading.text.as_str(), span, width);
        Self {
            n,
            place: locator(reading, span),
            paragraph: Paragraphs::of(&reading.text, span).to_string(),
            page: reading.pages(span).map(|pages| pages.to_string()),
            start: span.start,
            end: span.end,
            before: line.before,
            hit: line.hit,
            after: line.after,
        }
    }
}

/// A reading with its passages.
#[derive(Serialize)]
pub struct InReading {
    pub reading: String,
    pub title: String,
    pub citation: String,
    pub count: usize,
    /// Empty when only counts were asked for.
    pub hits: Vec<InContext>,
}

/// All that was found.
#[derive(Serialize)]
pub struct Hits {
    /// What was looked for.
    pub pattern: String,
    pub count: usize,
    pub readings: Vec<InReading>,
}

impl Hits {
    /// Writes them to standard output.
    pub fn print(&self, format: Format, only_count: bool, noun: &str) -> Result<(), Failure> {
        let table = |csv: bool| {
            let table = match only_count {
                true => self.counts(),
                false => self.rows(),
            };
            if csv { table.csv(false) } else { table.tsv() }
        };
        match format {
            Format::Table => output::write_out(&self.shown(only_count, noun)),
            Format::Csv => output::write_out(&table(true)),
            Format::Tsv => output::write_out(&table(false)),
            Format::Json => output::print(output::Format::Json, self, |_| String::new()),
            Format::Ron => output::print(output::Format::Ron, self, |_| String::new()),
        }
    }

    fn counts(&self) -> Table {
        let mut table = Table::new(&self.pattern, &["reading", "citation", "hits"]);
        let row = |r: &InReading| {
            let text = |t: &str| Cell::from(t);
            vec![text(&r.reading), text(&r.citation), Cell::from(r.count)]
        };
        table.rows = self.readings.iter().map(row).collect();
        table
    }

    fn rows(&self) -> Table {
        let columns = [
            "n",
            "reading",
            "citation",
            "page",
            "paragraph",
            "before",
            "hit",
            "after",
            "start",
            "end",
        ];
        let mut table = Table::new(&self.pattern, &columns);
        for reading in &self.readings {
            let row = |hit: &InContext| {
                vec![
                    Cell::from(hit.n),
                    Cell::from(reading.reading.as_str()),
                    Cell::from(reading.citation.as_str()),
                    Cell::from(hit.page.clone().unwrap_or_default()),
                    Cell::from(hit.paragraph.as_str()),
                    Cell::from(hit.before.as_str()),
                    Cell::from(hit.hit.as_str()),
                    Cell::from(hit.after.as_str()),
                    Cell::from(hit.start),
                    Cell::from(hit.end),
                ]
            };
            table.rows.extend(reading.hits.iter().map(row));
        }
        table
    }

    /// For people. The hits stand one below the other.
    fn shown(&self, only_count: bool, noun: &str) -> String {
        let mut out = String::new();
        for reading in &self.readings {
            let InReading {
                reading: id,
                citation,
                count,
                hits,
                ..
            } = reading;
            out.push_str(&format!("{id}  {citation}  {}\n", counted(*count, noun)));
            let widest = |f: fn(&InContext) -> usize| hits.iter().map(f).max().unwrap_or_default();
            let number = widest(|h| h.n.to_string().len());
            let place = widest(|h| wide(&h.place));
            let before = widest(|h| wide(&h.before));
            for hit in hits {
                let pad = |to: usize, text: &str| " ".repeat(to - wide(text).min(to));
                let line = format!(
                    "  {}{}  {}{}  {}{}[{}]{}",
                    pad(number, &hit.n.to_string()),
                    hit.n,
                    hit.place,
                    pad(place, &hit.place),
                    pad(before, &hit.before),
                    hit.before,
                    hit.hit,
                    hit.after
                );
                out.push_str(line.trim_end());
                out.push('\n');
            }
            if !only_count {
                out.push('\n');
            }
        }
        // Suggestions may come to a reading several times.
        let readings: BTreeSet<&str> = self.readings.iter().map(|r| r.reading.as_str()).collect();
        let readings = counted(readings.len(), "reading");
        let total = match self.count {
            0 => format!("No {noun}s.\n"),
            n => format!("{} in {readings}.\n", counted(n, noun)),
        };
        out + &total
    }
}
