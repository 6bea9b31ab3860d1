//! The table as it shows: rows, columns, cells; and the edits that change it.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use crate::{
    edit::Edit,
    export::table::{guarded, unguarded},
    import::attributes::Column,
    model::{Project, ReadingId, ReadingMeta, Value},
    text::{counted, fold_space},
};

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What shows.
    pub text: String,
    /// What is typed to get it.
    pub typed: String,
    /// Whether it stands at the right, as numbers and days do.
    pub right: bool,
}

/// A reading.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub reading: ReadingId,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// What shows.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The rows in their order.
    pub rows: Vec<Row>,
    /// Title, year and kind, then the attributes.
    pub columns: Vec<Column>,
    /// The length of the longest text of each column, heading too, in characters.
    pub chars: Vec<usize>,
}

/// By which column rows are sorted, and whether the last comes first.
pub type Sorting = (Column, bool);

/// What a cell is to say.
pub type Put = (ReadingId, Column, String);

impl Sheet {
    /// The table of a project, with columns of the names `fresh` that no reading has a value for yet. Rows stand in the order of
    /// `order`; readings that are not in it come after.
    pub fn new(project: &Project, fresh: &BTreeSet<String>, order: &[ReadingId]) -> Self {
        let mut names = project.attribute_names();
        names.extend(fresh.iter().cloned());
        let details = [Column::Title, Column::Year, Column::Kind];
        let columns: Vec<Column> = details
            .into_iter()
            .chain(names.into_iter().map(Column::Attribute))
            .collect();
        let ranks: HashMap<&ReadingId, usize> =
            order.iter().enumerate().map(|(i, id)| (id, i)).collect();
        let mut shelves = project.shelves();
        shelves.sort_by_key(|s| ranks.get(&s.reading.id).copied().unwrap_or(usize::MAX));
        let row = |meta: &ReadingMeta| columns.iter().map(|c| cell(c.value(meta))).collect();
        let rows: Vec<Row> = (shelves.iter())
            .map(|s| Row {
                reading: s.reading.id.clone(),
                cells: row(&s.reading.meta),
            })
            .collect();
        let length = |(i, column): (usize, &Column)| {
            let cells = rows.iter().filter_map(|r| r.cells.get(i));
            let longest = cells.map(|c| c.text.chars().count()).max();
            longest
                .unwrap_or_default()
                .max(column.heading().chars().count() + 4)
        };
        let chars = columns.iter().enumerate().map(length).collect();
        Self {
            rows,
            columns,
            chars,
        }
    }

    /// A cell.
    pub fn cell(&self, (row, column): (usize, usize)) -> Option<&Cell> {
        self.rows.get(row)?.cells.get(column)
    }

    /// Where a reading's row is.
    pub fn row_of(&self, reading: &ReadingId) -> Option<usize> {
        self.rows.iter().position(|r| r.reading == *reading)
    }

    /// Rows and columns.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.columns.len())
    }

    /// Cells as lines with tabs between them, as [`pasted`] and spreadsheets take them.
    pub fn tsv(&self, area: Area) -> String {
        let mut out = String::new();
        for row in area.rows() {
            for column in area.columns() {
                if column > area.from.1 {
                    out.push('\t');
                }
                let typed = self.cell((row, column)).map_or("", |c| c.typed.as_str());
                let flat = fold_space(typed);
                out.push_str(&guarded(&flat));
            }
            out.push('\n');
        }
        out
    }

    /// What cells are to say when `text` is pasted over an area: from its first cell on; a single text goes into all of it. Also
    /// says how many texts found no cell.
    pub fn paste(&self, text: &str, area: Area) -> (Vec<Put>, usize) {
        let rows = pasted(text);
        let mut puts = Vec::new();
        let mut left = 0;
        let mut put = |row: usize, column: usize, text: &str| match (
            self.rows.get(row),
            self.columns.get(column),
        ) {
            (Some(row), Some(column)) => {
                puts.push((row.reading.clone(), column.clone(), text.to_owned()));
            }
            _ => left += 1,
        };
        if let [row] = rows.as_slice()
            && let [one] = row.as_slice()
        {
            for row in area.rows() {
                area.columns().for_each(|column| put(row, column, one));
            }
            return (puts, left);
        }
        for (i, row) in rows.iter().enumerate() {
            for (j, text) in row.iter().enumerate() {
                put(area.from.0 + i, area.from.1 + j, text);
            }
        }
        (puts, left)
    }
}

fn cell(value: Option<Value>) -> Cell {
    let Some(value) = value else {
        return Cell::default();
    };
    Cell {
        text: value.to_string(),
        typed: value.typed(),
        right: matches!(value, Value::Number(_) | Value::Date(_)),
    }
}

/// Rows of texts from the clipboard of a spreadsheet: tabs between cells, a line a row; a cell that holds a tab or a line break
/// stands in quotation marks, with those in it doubled. Other quotation marks are a part of what is pasted.
fn pasted(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n");
    let mut rest = text.strip_suffix('\n').unwrap_or(&text);
    let mut rows = vec![Vec::new()];
    loop {
        let (cell, after) = next_cell(rest);
        if let Some(row) = rows.last_mut() {
            row.push(unguarded(&cell).into_owned());
        }
        let mut chars = after.chars();
        match chars.next() {
            Some('\n') => rows.push(Vec::new()),
            Some(_) => {}
            None => return rows,
        }
        rest = chars.as_str();
    }
}

/// The first cell, and what follows from the tab or line break on.
fn next_cell(text: &str) -> (String, &str) {
    let plain = text.find(['\t', '\n']).unwrap_or(text.len());
    if let Some(inner) = text.strip_prefix('"') {
        let mut from = 0;
        while let Some(quote) = inner[from..].find('"').map(|at| from + at) {
            let after = &inner[quote + 1..];
            if after.starts_with('"') {
                from = quote + 2;
                continue;
            }
            let cell = &inner[..quote];
            let ends = after.is_empty() || after.starts_with(['\t', '\n']);
            if ends && cell.contains(['\t', '\n']) || cell.contains("\"\"") {
                return (cell.replace("\"\"", "\""), after);
            }
            break;
        }
    }
    (text[..plain].to_owned(), &text[plain..])
}

/// A rectangle of cells, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first row and column.
    pub from: (usize, usize),
    /// The last.
    pub to: (usize, usize),
}

impl Area {
    /// Between two cells.
    pub fn between(a: (usize, usize), b: (usize, usize)) -> Self {
        Self {
            from: (a.0.min(b.0), a.1.min(b.1)),
            to: (a.0.max(b.0), a.1.max(b.1)),
        }
    }

    /// Its rows.
    pub fn rows(&self) -> std::ops::RangeInclusive<usize> {
        self.from.0..=self.to.0
    }

    /// Its columns.
    pub fn columns(&self) -> std::ops::RangeInclusive<usize> {
        self.from.1..=self.to.1
    }

    /// Whether a cell is in it.
    pub fn contains(&self, (row, column): (usize, usize)) -> bool {
        self.rows().contains(&row) && self.columns().contains(&column)
    }

    /// How many cells.
    pub fn count(&self) -> usize {
        self.rows().count() * self.columns().count()
    }
}

/// The readings sorted by a column: yes and no, numbers, days, texts, then those without a value; equals by title.
pub fn sorted(project: &Project, (column, backward): &Sorting) -> Vec<ReadingId> {
    let mut keyed: Vec<(Option<Value>, &ReadingId)> = (project.shelves().into_iter())
        .map(|s| (column.value(&s.reading.meta), &s.reading.id))
        .collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) if *backward => compare(b, a),
        (Some(a), Some(b)) => compare(a, b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    });
    keyed.into_iter().map(|(_, id)| id.clone()).collect()
}

fn compare(a: &Value, b: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::YesNo(_) => 0,
        Value::Number(_) => 1,
        Value::Date(_) => 2,
        Value::Text(_) => 3,
    };
    match (a, b) {
        // Yes before no.
        (Value::YesNo(a), Value::YesNo(b)) => b.cmp(a),
        (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
        _ => rank(a).cmp(&rank(b)),
    }
}

/// What the history calls an edit, and the edit.
pub type Named = (String, Edit);

/// The edit that makes cells say something, if it changes anything.
///
/// # Errors
/// Says which cell can't be that.
pub fn put(project: &Project, puts: &[Put]) -> Result<Option<Named>, String> {
    let mut changed: BTreeMap<&ReadingId, ReadingMeta> = BTreeMap::new();
    for (id, column, typed) in puts {
        let Some(reading) = project.reading(id) else {
            continue;
        };
        let meta = (changed.entry(id)).or_insert_with(|| reading.meta.clone());
        let title = meta.title.clone();
        let refused = |why| format!("{} of “{title}”: {why}.", first_upper(column.heading()));
        column.set(meta, typed).map_err(refused)?;
    }
    changed.retain(|id, meta| project.reading(id).is_some_and(|r| r.meta != *meta));
    let what = match puts {
        [(id, column, typed)] => {
            let title = project.reading(id).map_or("", |r| &r.meta.title);
            let name = column.heading();
            match typed.trim() {
                "" => format!("Clear {name} of “{title}”"),
                typed => format!("Set {name} of “{title}” to {typed}"),
            }
        }
        puts => {
            let cells = counted(puts.len(), "cell");
            format!("Change {cells} of the readings' attributes")
        }
    };
    Ok(edit(changed).map(|edit| (what, edit)))
}

/// The edit that gives an attribute another name, in all readings.
///
/// # Errors
/// When it can't be a name, or another attribute is called so.
pub fn rename(project: &Project, from: &str, to: &str) -> Result<Option<Named>, String> {
    let mut known = project.attribute_names();
    known.remove(from);
    let to = Column::attribute(to, &BTreeSet::new()).map_err(sentence)?;
    if let Some(same) = known.iter().find(|n| n.to_lowercase() == to.to_lowercase()) {
        return Err(format!("There is a column “{same}” already."));
    }
    let edit = change_all(project, from, |meta, value| {
        meta.attributes.insert(to.clone(), value);
    });
    Ok(edit.map(|edit| (format!("Rename the attribute {from} to {to}"), edit)))
}

/// The edit that takes an attribute away from all readings.
pub fn remove(project: &Project, name: &str) -> Option<Named> {
    let edit = change_all(project, name, |_, _| {})?;
    Some((format!("Remove the attribute {name}"), edit))
}

/// Takes an attribute out of all readings and gives each value to `then`.
fn change_all(
    project: &Project,
    name: &str,
    mut then: impl FnMut(&mut ReadingMeta, Value),
) -> Option<Edit> {
    let mut changed = BTreeMap::new();
    for shelf in project.shelves() {
        let mut meta = shelf.reading.meta.clone();
        if let Some(value) = meta.attributes.remove(name) {
            then(&mut meta, value);
            changed.insert(&shelf.reading.id, meta);
        }
    }
    edit(changed)
}

fn edit(changed: BTreeMap<&ReadingId, ReadingMeta>) -> Option<Edit> {
    let change = |(id, meta): (&ReadingId, ReadingMeta)| Edit::ChangeReading(id.clone(), meta);
    let edits: Vec<Edit> = changed.into_iter().map(change).collect();
    (!edits.is_empty()).then_some(Edit::Batch(edits))
}

fn sentence(why: String) -> String {
    first_upper(&why) + "."
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
