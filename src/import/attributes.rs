//! A table of readings and their attributes, as [`crate::export::attributes`] writes it and spreadsheets save it, becomes an edit.
//!
//! The first row names the columns. `id`, `title`, `authors`, `year`, `kind` and `key` (what a bibliography calls the reading)
//! are known by name, in any order and letter case; all others are attributes. A row is about the reading of its id, else of
//! its key, else of its title, letter case aside. An empty cell changes nothing, and `-` takes a value away. Rows of readings
//! that the project does not have are left out and reported; a cell that can't be what its column asks for is an error, and then
//! nothing is changed.
//!
//! The bytes may be in any encoding that text is imported in. What parts the cells is a comma, a semicolon or a tab, as the
//! first row says, or a line `sep=;` before it. Where it is not a comma, a number may have a decimal comma.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

use super::encoding;
use crate::{
    edit::Edit,
    export::table::unguarded,
    model::{Project, Reading, ReadingId, ReadingMeta, Value},
};

/// What takes a value away.
const REMOVE: &str = "-";

/// What a table comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The details that change, by reading.
    pub changed: BTreeMap<ReadingId, ReadingMeta>,
    /// How many readings are as the table says already.
    pub same: usize,
    /// Rows that were left out.
    pub left_out: Vec<LeftOut>,
}

/// A row that is about no reading of the project, or not about one only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The row, from 1, which names the columns.
    pub row: usize,
    /// Why.
    pub what: String,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {}", self.row, self.what)
    }
}

/// Why a table can't be used. Nothing is changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it says")]
pub enum SheetError {
    NotText,
    Empty,
    /// No column says which reading a row is about.
    NoReading,
    /// What is in it has no name; the column from 1.
    NoName {
        column: usize,
        row: usize,
    },
    Twice(String),
    /// It is no table; the line from 1.
    Csv {
        line: u64,
        what: String,
    },
    /// Cells that can't be what their columns ask for.
    Cells(Vec<BadCell>),
}

/// A cell that can't be what its column asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// The row, from 1, which names the columns.
    pub row: usize,
    /// The name of the column.
    pub column: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for BadCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "row {}, column “{}”: {}",
            self.row, self.column, self.what
        )
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("it is not text"),
            Self::Empty => f.write_str("it has no rows"),
            Self::NoReading => f.write_str(
                "no column is called “id”, “key” or “title”, so it does not say which reading a row is about",
            ),
            Self::NoName { column, row } => {
                write!(f, "row {row} has something in column {column}, which has no name")
            }
            Self::Twice(name) => write!(f, "two columns are called “{name}”"),
            Self::Csv { line, what } => write!(f, "line {line} is no row of a table: {what}"),
            Self::Cells(cells) => {
                for (i, cell) in cells.iter().enumerate() {
                    write!(f, "{}{cell}", if i == 0 { "" } else { "\n" })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for SheetError {}

impl Sheet {
    /// The edit that brings it about; none when nothing changes.
    pub fn edit(&self) -> Option<Edit> {
        let change =
            |(id, meta): (&ReadingId, &ReadingMeta)| Edit::ChangeReading(id.clone(), meta.clone());
        let edits: Vec<Edit> = self.changed.iter().map(change).collect();
        (!edits.is_empty()).then_some(Edit::Batch(edits))
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The id of the reading.
    Id,
    /// What a bibliography calls it.
    Key,
    /// Its title.
    Title,
    /// Its authors, parted by semicolons.
    Authors,
    /// The year it came out.
    Year,
    /// What kind of text it is.
    Kind,
    /// An attribute, by its name.
    Attribute(String),
}

impl Column {
    /// The column of this heading; an attribute is one of `known` if that is its name but for letter case.
    pub fn named(heading: &str, known: &BTreeSet<String>) -> Self {
        let heading = unguarded(heading.trim());
        match heading.to_lowercase().as_str() {
            "id" | "reading" => Self::Id,
            "key" | "citation key" => Self::Key,
            "title" => Self::Title,
            "author" | "authors" => Self::Authors,
            "year" => Self::Year,
            "kind" => Self::Kind,
            lower => {
                let same = known.iter().find(|name| name.to_lowercase() == lower);
                Self::Attribute(same.cloned().unwrap_or_else(|| heading.into_owned()))
            }
        }
    }

    /// The name of an attribute as someone typed it: trimmed, and one of `known` if it is that but for letter case.
    ///
    /// # Errors
    /// Says why it can't be a name: it is empty, or what all readings have anyway is called so.
    pub fn attribute(typed: &str, known: &BTreeSet<String>) -> Result<String, String> {
        let name = crate::text::fold_space(typed);
        match Self::named(&name, known) {
            _ if name.is_empty() => Err("an attribute needs a name".to_owned()),
            Self::Attribute(name) => Ok(name),
            _ => Err(format!(
                "“{name}” can't be an attribute's name: it is among the details that every reading has"
            )),
        }
    }

    /// Puts what a cell of a table that is taken in says into the details of a reading: nothing when it is empty, and `-` takes
    /// the value away.
    ///
    /// # Errors
    /// Says why it can't be that.
    fn put(&self, meta: &mut ReadingMeta, cell: &str) -> Result<(), String> {
        match cell.trim() {
            "" => Ok(()),
            REMOVE => self.set(meta, ""),
            cell => self.set(meta, &unguarded(cell)),
        }
    }

    /// Puts what someone typed into the details of a reading; nothing takes the value away. An id or key is left as it is.
    ///
    /// # Errors
    /// Says why it can't be that.
    pub fn set(&self, meta: &mut ReadingMeta, typed: &str) -> Result<(), String> {
        let text = typed.trim();
        match self {
            Self::Id | Self::Key => {}
            Self::Title if text.is_empty() => {
                return Err("a reading can't be without a title".to_owned());
            }
            Self::Title => text.clone_into(&mut meta.title),
            Self::Authors => {
                let names = text.split(';').map(str::trim).filter(|n| !n.is_empty());
                meta.authors = names.map(str::to_owned).collect();
            }
            Self::Year if text.is_empty() => meta.year = None,
            Self::Year => {
                let year = text.strip_suffix(".0").unwrap_or(text).parse();
                meta.year = Some(year.map_err(|_| format!("“{text}” is no year"))?);
            }
            Self::Kind => text.clone_into(&mut meta.kind),
            Self::Attribute(name) => match Value::parse(text) {
                Some(value) => drop(meta.attributes.insert(name.clone(), value)),
                None => drop(meta.attributes.remove(name)),
            },
        }
        Ok(())
    }

    /// What the details of a reading say there.
    pub fn value(&self, meta: &ReadingMeta) -> Option<Value> {
        let text = |text: &str| (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        match self {
            Self::Id => None,
            Self::Key => text(&meta.imprint.key),
            Self::Title => text(&meta.title),
            Self::Authors => text(&meta.authors.join("; ")),
            Self::Year => meta.year.map(|year| Value::Number(year.into())),
            Self::Kind => text(&meta.kind),
            Self::Attribute(name) => meta.attributes.get(name).cloned(),
        }
    }

    /// What it is called at the head of a table.
    pub fn heading(&self) -> &str {
        match self {
            Self::Id => "id",
            Self::Key => "key",
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Year => "year",
            Self::Kind => "kind",
            Self::Attribute(name) => name,
        }
    }
}

/// Reads a table and holds it against the project.
///
/// # Errors
/// When it is no table of readings, or a cell can't be what its column asks for.
pub fn read(project: &Project, bytes: &[u8]) -> Result<Sheet, SheetError> {
    let text = encoding::decode(bytes).ok_or(SheetError::NotText)?.text;
    let text = text.trim_start_matches('\u{feff}');
    let (separator, text) = separator(text);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records();
    let headings = rows.next().ok_or(SheetError::Empty)?.map_err(csv_error)?;
    let columns = columns(project, &headings)?;
    let mut reader = Reader {
        known: Known::of(project),
        columns,
        decimal_comma: separator != b',',
        sheet: Sheet::default(),
        seen: HashMap::new(),
        bad: Vec::new(),
    };
    for (i, row) in rows.enumerate() {
        reader.row(i + 2, &row.map_err(csv_error)?)?;
    }
    match reader.bad.is_empty() {
        true => Ok(reader.sheet),
        false => Err(SheetError::Cells(reader.bad)),
    }
}

fn csv_error(error: csv::Error) -> SheetError {
    let line = error.position().map_or(1, csv::Position::line);
    SheetError::Csv {
        line,
        what: error.to_string(),
    }
}

/// What parts the cells, and the text without a line that says so.
fn separator(text: &str) -> (u8, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(&[separator @ (b',' | b';' | b'\t')]) =
        (first.trim_end_matches('\r').strip_prefix("sep=")).map(str::as_bytes)
    {
        return (separator, rest);
    }
    let mut quoted = false;
    let mut found = [(b'\t', 0), (b';', 0), (b',', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (_, n) in found.iter_mut().filter(|(s, _)| *s == byte) {
                    *n += 1;
                }
            }
        }
    }
    // Of equals the last, so that a single column counts as parted by commas.
    let most = found.into_iter().max_by_key(|(_, n)| *n);
    (most.map_or(b',', |(separator, _)| separator), text)
}

fn columns(
    project: &Project,
    headings: &csv::StringRecord,
) -> Result<Vec<Option<Column>>, SheetError> {
    let known = project.attribute_names();
    let mut columns = Vec::with_capacity(headings.len());
    let mut names = BTreeSet::new();
    for heading in headings {
        let column = (!heading.trim().is_empty()).then(|| Column::named(heading, &known));
        if let Some(column) = &column {
            let same = match column {
                Column::Attribute(name) => Column::Attribute(name.to_lowercase()),
                other => other.clone(),
            };
            if !names.insert(same) {
                return Err(SheetError::Twice(heading.trim().to_owned()));
            }
        }
        columns.push(column);
    }
    let tells = |c: &Option<Column>| matches!(c, Some(Column::Id | Column::Key | Column::Title));
    match columns.iter().any(tells) {
        true => Ok(columns),
        false => Err(SheetError::NoReading),
    }
}

/// The readings by what a row may call them.
struct Known<'a> {
    project: &'a Project,
    by_key: HashMap<String, Vec<&'a Reading>>,
    by_title: HashMap<String, Vec<&'a Reading>>,
}

impl<'a> Known<'a> {
    fn of(project: &'a Project) -> Self {
        let mut known = Self {
            project,
            by_key: HashMap::new(),
            by_title: HashMap::new(),
        };
        for shelf in project.shelves() {
            let reading = shelf.reading.as_ref();
            let (key, title) = (&reading.meta.imprint.key, &reading.meta.title);
            if !key.is_empty() {
                known.by_key.entry(folded(key)).or_default().push(reading);
            }
            let titles = known.by_title.entry(folded(title)).or_default();
            titles.push(reading);
        }
        known
    }

    /// The reading that a row is about.
    fn find(&self, id: &str, key: &str, title: &str) -> Result<&'a Reading, String> {
        let by_id = || self.project.current(&ReadingId::new(id).ok()?);
        if let Some(reading) = by_id() {
            return Ok(reading);
        }
        for (called, by) in [(key, &self.by_key), (title, &self.by_title)] {
            match by.get(&folded(called)).map(Vec::as_slice) {
                Some([one]) => return Ok(one),
                Some([_, _, ..]) => {
                    return Err(format!(
                        "more than one reading is called “{called}”; tell them apart by a column “id”"
                    ));
                }
                _ => {}
            }
        }
        let called = [title, id, key].into_iter().find(|c| !c.is_empty());
        Err(match called {
            Some(called) => format!("there is no reading “{called}”"),
            None => "it names no reading".to_owned(),
        })
    }
}

fn folded(text: &str) -> String {
    crate::text::fold_space(text.trim()).to_lowercase()
}

struct Reader<'a> {
    known: Known<'a>,
    columns: Vec<Option<Column>>,
    decimal_comma: bool,
    sheet: Sheet,
    /// Which row each reading was in.
    seen: HashMap<ReadingId, usize>,
    bad: Vec<BadCell>,
}

impl Reader<'_> {
    fn row(&mut self, row: usize, cells: &csv::StringRecord) -> Result<(), SheetError> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        for (i, cell) in cells.iter().enumerate() {
            let has_name = self.columns.get(i).is_some_and(Option::is_some);
            if !has_name && !cell.trim().is_empty() {
                return Err(SheetError::NoName { column: i + 1, row });
            }
        }
        let cell = |wanted: &Column| {
            let at = self.columns.iter().position(|c| c.as_ref() == Some(wanted));
            let cell = at.and_then(|at| cells.get(at)).unwrap_or_default();
            unguarded(cell.trim())
        };
        let (id, key, title) = (cell(&Column::Id), cell(&Column::Key), cell(&Column::Title));
        let reading = match self.known.find(&id, &key, &title) {
            Ok(reading) => reading,
            Err(what) => {
                self.sheet.left_out.push(LeftOut { row, what });
                return Ok(());
            }
        };
        if let Some(first) = self.seen.insert(reading.id.clone(), row) {
            let what = format!("it is about “{}”, as row {first} is", reading.meta.title);
            self.sheet.left_out.push(LeftOut { row, what });
            return Ok(());
        }
        let mut meta = reading.meta.clone();
        for (column, cell) in self.columns.iter().zip(cells) {
            let Some(column) = column else { continue };
            let cell = self.with_point(column, cell);
            // A title by which the reading was found is not spelled anew.
            let is_same = *column == Column::Title && folded(&cell) == folded(&meta.title);
            if is_same {
                continue;
            }
            if let Err(what) = column.put(&mut meta, &cell) {
                self.bad.push(BadCell {
                    row,
                    column: column.heading().to_owned(),
                    what,
                });
            }
        }
        match meta == reading.meta {
            true => self.sheet.same += 1,
            false => drop(self.sheet.changed.insert(reading.id.clone(), meta)),
        }
        Ok(())
    }

    /// The cell with a decimal point, where it is a number with a decimal comma.
    fn with_point(&self, column: &Column, cell: &str) -> String {
        let number = || {
            let (whole, part) = cell.trim().split_once(',')?;
            let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
            let is_number = digits(whole.strip_prefix(['-', '+']).unwrap_or(whole)) && digits(part);
            is_number.then(|| format!("{whole}.{part}"))
        };
        match column {
            Column::Attribute(_) if self.decimal_comma => number(),
            _ => None,
        }
        .unwrap_or_else(|| cell.to_owned())
    }
}

#[cfg(test)]
#[path = "attributes_tests.rs"]
mod tests;
