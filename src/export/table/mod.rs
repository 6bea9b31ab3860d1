//! Tables of results: for spreadsheets, other programs and terminals.
//!
//! | what for | how |
//! |---|---|
//! | spreadsheets, R, Python | [`Table::csv`]: RFC 4180, UTF-8, lines end in LF |
//! | pasting into a sheet or a document | [`Table::tsv`]: no cell holds a tab or a line break |
//! | programs | [`Table::json`], [`Table::ron`]: a record with the fields `title`, `columns`, `rows` |
//! | terminals | [`Table::text`]: columns that line up |
//!
//! Numbers are written in full with a decimal point, whatever the language of the system; only [`Table::text`] rounds them and
//! groups their thousands. Words that a spreadsheet would take for a formula are made safe in CSV and TSV: see [`guarded`].

mod guard;
mod text;

use jiff::{Timestamp, civil::Date};
use serde::{Serialize, Serializer, ser::SerializeSeq};

use crate::model::Value;

pub(super) use self::text::{clean, one_line};
pub use guard::{guarded, unguarded};
pub use text::{columns, wide};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number with so many decimals as it is shown; other programs get it in full.
    Number(f64, usize),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Day(Date),
    /// A moment, to be written in UTC to the second.
    Moment(Timestamp),
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }

    /// How other programs get it: numbers in full, words as they are.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(n) => n.to_string(),
            Self::Number(number, _) => number.to_string(),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
            Self::Day(day) => day.to_string(),
            Self::Moment(moment) => moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }

    /// How a spreadsheet gets it.
    pub(super) fn safe(&self) -> String {
        match self {
            Self::Text(text) => guarded(text).into_owned(),
            other => other.plain(),
        }
    }

    /// Whether it stands at the right of its column.
    fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Number(..))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::YesNo(is) => Self::YesNo(*is),
            Value::Number(number) => {
                let written = number.to_string();
                let decimals = written.split_once('.').map_or(0, |(_, d)| d.len());
                Self::Number(*number, decimals)
            }
            Value::Date(day) => Self::Day(*day),
            Value::Text(text) => Self::text(text.as_str()),
        }
    }
}

impl From<u32> for Cell {
    fn from(n: u32) -> Self {
        Self::Count(n.into())
    }
}

impl From<u64> for Cell {
    fn from(n: u64) -> Self {
        Self::Count(n)
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Self::Count(n as u64)
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Count(n) => serializer.serialize_u64(*n),
            Self::Number(number, _) => serializer.serialize_f64(*number),
            Self::YesNo(is) => serializer.serialize_bool(*is),
            Self::Day(_) | Self::Moment(_) => serializer.serialize_str(&self.plain()),
        }
    }
}

/// A table with a heading over each column.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// What it shows, in a line.
    pub title: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    #[serde(serialize_with = "rows")]
    pub rows: Vec<Vec<Cell>>,
}

fn rows<S: Serializer>(rows: &[Vec<Cell>], serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(rows.len()))?;
    for row in rows {
        sequence.serialize_element(row)?;
    }
    sequence.end()
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            title: title.into(),
            columns: columns.iter().map(|&c| c.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// As CSV: a line of headings, then a line a row; cells with commas, quotation marks or line breaks in quotation marks (RFC
    /// 4180). `mark` puts a byte order mark before it, without which Excel reads other scripts than Latin wrongly when the file is
    /// opened by a double click; everything else reads it better without.
    pub fn csv(&self, mark: bool) -> String {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        let heading = |c: &String| guarded(c).into_owned();
        let lines = std::iter::once(self.columns.iter().map(heading).collect::<Vec<_>>())
            .chain(self.rows.iter().map(|r| r.iter().map(Cell::safe).collect()));
        for line in lines {
            // Writing into memory does not fail, and all rows are of one length.
            let _ = writer.write_record(line);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        match mark {
            true => format!("\u{FEFF}{text}"),
            false => text,
        }
    }

    /// As lines of cells with tabs between them, for the clipboard: tabs and line breaks within a cell become spaces.
    pub fn tsv(&self) -> String {
        let flat = |text: &str| guarded(&text::one_line(text)).into_owned();
        let mut out = self
            .columns
            .iter()
            .map(|c| flat(c))
            .collect::<Vec<_>>()
            .join("\t");
        out.push('\n');
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => flat(text),
                other => other.plain(),
            });
            out.push_str(&cells.collect::<Vec<_>>().join("\t"));
            out.push('\n');
        }
        out
    }

    /// As JSON: an object with `title`, `columns` and `rows`, each row a list of strings, numbers and `null` for nothing.
    pub fn json(&self) -> String {
        json(self)
    }

    /// As RON: a struct with `title`, `columns` and `rows`, each row a list of strings, numbers and `()` for nothing.
    pub fn ron(&self) -> String {
        ron(self)
    }

    /// Set in columns for a terminal, numbers at the right, without the title. Line breaks within a cell become spaces.
    pub fn text(&self) -> String {
        let right: Vec<bool> = (0..self.columns.len())
            .map(|at| {
                let mut cells = self.rows.iter().filter_map(|row| row.get(at));
                let mut numbers = cells.clone().filter(|c| c.is_number());
                numbers.next().is_some() && cells.all(|c| c.is_number() || *c == Cell::Empty)
            })
            .collect();
        let heading: Vec<String> = self.columns.iter().map(|c| text::one_line(c)).collect();
        let rows: Vec<Vec<String>> = (self.rows.iter())
            .map(|row| row.iter().map(text::shown).collect())
            .collect();
        columns(&heading, &right, &rows)
    }
}

/// A record as JSON for people and programs, ending in a line end.
pub fn json(record: &impl Serialize) -> String {
    // Records of strings, numbers and lists can always be written.
    serde_json::to_string_pretty(record).unwrap_or_default() + "\n"
}

/// A record as RON for people and programs, ending in a line end.
pub fn ron(record: &impl Serialize) -> String {
    // As above.
    ron::ser::to_string_pretty(record, ron::ser::PrettyConfig::new()).unwrap_or_default() + "\n"
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
