//! Labels × readings, or × anything that readings or highlights can be put together by.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Coding, Corpus, LabelIx, Source, UnitRange,
    contrast::STANCES,
    query::{Place, Query, QueryError},
    rows::{Rows, Scope},
};
use crate::{
    model::{CoderId, LabelId, ReadingId, ReadingMeta, Stance, Value},
    text::fold,
};

/// What the columns of a matrix are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Across {
    /// One column a reading.
    #[default]
    Readings,
    /// One a year of publication.
    Years,
    /// One a coder.
    Coders,
    /// One a stance, and one for none.
    Stances,
    /// One a value of an attribute of readings, and one for readings without it.
    Attribute(String),
}

/// What a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// How many highlights.
    #[default]
    Count,
    /// How many words their passages have together, each word once however many highlights lie on it.
    Words,
    /// Which share of the column's text these words are, from 0 to 1.
    Share,
}

/// What a matrix is to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spec {
    /// The columns.
    pub across: Across,
    /// The cells.
    pub measure: Measure,
    /// Only highlights that this lets through.
    pub scope: Query,
    /// Labels whose descendants are counted with them and have no row of their own.
    pub folded: BTreeSet<LabelId>,
}

/// What a column stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnKey {
    /// A reading.
    Reading(ReadingId),
    /// A year, or none.
    Year(Option<i32>),
    /// A coder.
    Coder(CoderId),
    /// A stance, or none.
    Stance(Option<Stance>),
    /// A value of the attribute, or none.
    Value(Option<Value>),
}

/// A row's label.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number.
    pub label: LabelIx,
    /// Whether its descendants are counted with it.
    pub folded: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it stands for.
    pub key: ColumnKey,
    /// Its heading.
    pub title: String,
    /// How many readings it is made of.
    pub readings: usize,
    /// How many words these have; 0 where only highlights are counted.
    pub words: u64,
}

/// A matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The rows, in codebook order.
    pub rows: Vec<Row>,
    /// The columns, in the order of readings, years, names, values.
    pub columns: Vec<Column>,
    /// Row by row, the cells as [`Measure`] says.
    pub cells: Vec<Vec<f64>>,
    /// Row by row, how many highlights each cell has, whatever the measure.
    pub counts: Vec<Vec<u32>>,
    /// How many different highlights were counted at all.
    pub highlights: usize,
}

/// Works a matrix out. O(highlights · labels on them + words where words are asked for).
///
/// # Errors
/// As [`Query::select`].
pub fn matrix(corpus: &Corpus, spec: &Spec) -> Result<Matrix, QueryError> {
    let scope = Scope::new(corpus, &spec.scope)?;
    let rows = Rows::new(corpus.codebook(), &spec.folded);
    let needs_words = spec.measure != Measure::Count;
    let columns = Columns::new(corpus, &spec.across, needs_words);
    let width = columns.all.len();
    let mut counts = vec![vec![0u32; width]; rows.len()];
    let mut words = Words::new(rows.len() * width);
    let mut highlights = 0;
    for (at, source) in corpus.sources().iter().enumerate() {
        let ranges = match needs_words {
            true => source.word_ranges(),
            false => &[],
        };
        for (place, coding) in scope.of(corpus, at) {
            let Some(column) = columns.of(at, coding) else {
                continue;
            };
            highlights += 1;
            for row in rows.of(coding) {
                counts[row][column] += 1;
                if let Some(range) = ranges.get(place) {
                    words.add(row * width + column, *range);
                }
            }
        }
        if needs_words {
            words.before += source.units().words().len() as u64;
        }
    }
    let cells = cells(spec.measure, &counts, &words.counts, &columns.all);
    Ok(Matrix {
        rows: (rows.labels.iter().zip(&rows.folded))
            .map(|(&label, &folded)| Row { label, folded })
            .collect(),
        columns: columns.all,
        cells,
        counts,
        highlights,
    })
}

/// The columns, and which of them a highlight belongs to.
struct Columns {
    all: Vec<Column>,
    by: By,
}

/// What decides on a highlight's column.
enum By {
    /// Its reading: the column of each.
    Source(Vec<usize>),
    /// Its coder: these, in order.
    Coder(Vec<CoderId>),
    /// Its stance: in the order of [`STANCES`].
    Stance,
}

impl Columns {
    fn new(corpus: &Corpus, across: &Across, needs_words: bool) -> Self {
        let sources = corpus.sources();
        let (keys, by, readings) = match across {
            Across::Readings => {
                let keys = sources.iter().map(|s| s.reading.id.clone());
                let columns: Vec<usize> = (0..sources.len()).collect();
                let readings = columns.iter().map(|at| vec![*at]).collect();
                let keys = keys.map(ColumnKey::Reading).collect();
                (keys, By::Source(columns), readings)
            }
            Across::Years => {
                let keys = sources.iter().map(|s| s.reading.meta.year);
                grouped(keys.map(ColumnKey::Year).collect())
            }
            Across::Attribute(name) => {
                let value = |s: &Arc<Source>| attribute(&s.reading.meta, name).cloned();
                grouped(sources.iter().map(value).map(ColumnKey::Value).collect())
            }
            Across::Stances => {
                let all: Vec<usize> = (0..sources.len()).collect();
                let keys = STANCES.into_iter().map(ColumnKey::Stance).collect();
                (keys, By::Stance, vec![all; STANCES.len()])
            }
            Across::Coders => by_coder(corpus),
        };
        let words = |of: &Vec<usize>| {
            let each = of
                .iter()
                .map(|at| sources[*at].units().words().len() as u64);
            each.sum()
        };
        let column = |(key, of): (ColumnKey, &Vec<usize>)| Column {
            title: title(corpus, &key),
            key,
            readings: of.len(),
            words: if needs_words { words(of) } else { 0 },
        };
        Self {
            all: keys.into_iter().zip(&readings).map(column).collect(),
            by,
        }
    }

    /// The column of a highlight of a reading.
    fn of(&self, source: usize, coding: &Coding) -> Option<usize> {
        match &self.by {
            By::Source(columns) => columns.get(source).copied(),
            By::Coder(coders) => coders.binary_search(&coding.highlight.coder).ok(),
            By::Stance => (STANCES.iter()).position(|s| *s == coding.highlight.stance),
        }
    }
}

/// The columns of readings by what they have in common: keys in order, the column of each reading, the readings of each.
type Grouped = (Vec<ColumnKey>, By, Vec<Vec<usize>>);

/// One column for each different key, in order; those of readings stay as they are.
fn grouped(of_sources: Vec<ColumnKey>) -> Grouped {
    let mut keys: Vec<ColumnKey> = of_sources.clone();
    keys.sort_by(ColumnKey::order);
    keys.dedup_by(|a, b| a.order(b).is_eq());
    let column = |key: &ColumnKey| keys.partition_point(|k| k.order(key).is_lt());
    let columns: Vec<usize> = of_sources.iter().map(column).collect();
    let mut readings = vec![Vec::new(); keys.len()];
    for (source, column) in columns.iter().enumerate() {
        readings[*column].push(source);
    }
    (keys, By::Source(columns), readings)
}

/// One column for each coder, with the readings in which they have a highlight.
fn by_coder(corpus: &Corpus) -> Grouped {
    let mut found: BTreeMap<CoderId, Vec<usize>> = BTreeMap::new();
    for (at, source) in corpus.sources().iter().enumerate() {
        for coder in source.coders() {
            found.entry(coder.clone()).or_default().push(at);
        }
    }
    let coders: Vec<CoderId> = found.keys().cloned().collect();
    let keys = coders.iter().cloned().map(ColumnKey::Coder).collect();
    (keys, By::Coder(coders), found.into_values().collect())
}

impl ColumnKey {
    /// Years and values ascending, none last. Readings keep the order they come in.
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Year(a), Self::Year(b)) => (a.is_none(), a).cmp(&(b.is_none(), b)),
            (Self::Value(Some(a)), Self::Value(Some(b))) => value_order(a, b),
            (Self::Value(a), Self::Value(b)) => a.is_none().cmp(&b.is_none()),
            _ => Ordering::Equal,
        }
    }
}

/// What a reading says of an attribute, whatever the letter case of its name.
fn attribute<'a>(meta: &'a ReadingMeta, name: &str) -> Option<&'a Value> {
    let name = name.trim().to_lowercase();
    let mut all = meta.attributes.iter();
    all.find_map(|(own, value)| (own.to_lowercase() == name).then_some(value))
}

/// By type: no and yes, numbers, days, texts. Texts that differ only in letter case, accents and punctuation are one, as they
/// are for queries.
fn value_order(a: &Value, b: &Value) -> Ordering {
    let kind = |value: &Value| match value {
        Value::YesNo(_) => 0,
        Value::Number(_) => 1,
        Value::Date(_) => 2,
        Value::Text(_) => 3,
    };
    match (a, b) {
        (Value::YesNo(a), Value::YesNo(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => (a + 0.0).total_cmp(&(b + 0.0)),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => match (fold(a), fold(b)) {
            (a_fold, b_fold) if a_fold.is_empty() && b_fold.is_empty() => a.cmp(b),
            (a, b) => a.cmp(&b),
        },
        _ => kind(a).cmp(&kind(b)),
    }
}

/// A column's heading.
fn title(corpus: &Corpus, key: &ColumnKey) -> String {
    match key {
        ColumnKey::Reading(id) => corpus
            .source(id)
            .map_or_else(|| id.to_string(), |s| s.reading.meta.citation()),
        ColumnKey::Year(Some(year)) => year.to_string(),
        ColumnKey::Year(None) => "No year".to_owned(),
        ColumnKey::Coder(coder) => coder.to_string(),
        ColumnKey::Stance(Some(stance)) => stance.to_string(),
        ColumnKey::Stance(None) => "No stance".to_owned(),
        ColumnKey::Value(Some(value)) => value.to_string(),
        ColumnKey::Value(None) => "No value".to_owned(),
    }
}

/// How many words each cell's passages have together.
struct Words {
    counts: Vec<u64>,
    /// Up to which word each cell is counted; words are numbered through all readings.
    counted: Vec<u64>,
    /// How many words the readings before this one have.
    before: u64,
}

impl Words {
    fn new(cells: usize) -> Self {
        Self {
            counts: vec![0; cells],
            counted: vec![0; cells],
            before: 0,
        }
    }

    /// Adds a passage to a cell. Passages come in text order.
    fn add(&mut self, cell: usize, (start, end): UnitRange) {
        let counted = &mut self.counted[cell];
        let start = (self.before + u64::from(start)).max(*counted);
        let end = self.before + u64::from(end);
        if end > start {
            self.counts[cell] += end - start;
            *counted = end;
        }
    }
}

fn cells(
    measure: Measure,
    counts: &[Vec<u32>],
    words: &[u64],
    columns: &[Column],
) -> Vec<Vec<f64>> {
    let cell = |row: usize, column: usize| match measure {
        Measure::Count => f64::from(counts[row][column]),
        Measure::Words => words[row * columns.len() + column] as f64,
        Measure::Share => {
            let all = columns[column].words.max(1);
            words[row * columns.len() + column] as f64 / all as f64
        }
    };
    let row = |row| (0..columns.len()).map(|column| cell(row, column)).collect();
    (0..counts.len()).map(row).collect()
}

impl Matrix {
    /// The highlights of a cell, in the order of readings and of the text.
    pub fn excerpts(&self, corpus: &Corpus, spec: &Spec, row: usize, column: usize) -> Vec<Place> {
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else {
            return Vec::new();
        };
        // The scope gave this matrix, so it can be evaluated.
        let Ok(scope) = Scope::new(corpus, &spec.scope) else {
            return Vec::new();
        };
        let labels = match row.folded {
            true => corpus.codebook().family(row.label),
            false => row.label..row.label + 1,
        };
        let mut found = Vec::new();
        for (at, source) in corpus.sources().iter().enumerate() {
            if !column.key.may_hold(source, &spec.across) {
                continue;
            }
            for (place, coding) in scope.of(corpus, at) {
                if coding.labels.iter().any(|l| labels.contains(l)) && column.key.holds(coding) {
                    found.push(Place {
                        source: at as u32,
                        coding: place as u32,
                    });
                }
            }
        }
        found
    }

    /// The query for the highlights of a cell, to open them in the list of excerpts.
    pub fn query(&self, corpus: &Corpus, spec: &Spec, row: usize, column: usize) -> Query {
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else {
            return spec.scope.clone();
        };
        let name = corpus.codebook().get(row.label).map_or("", |l| &l.name);
        let exactly = if row.folded { ':' } else { '=' };
        let text = format!(
            "label{exactly}{} {}",
            quoted(name),
            column.key.term(corpus, &spec.across)
        );
        // What is written here is the language of queries, so it reads.
        let cell = Query::parse(&text).unwrap_or_default();
        Query::all_of([spec.scope.clone(), cell])
    }
}

impl ColumnKey {
    /// Whether a reading's highlights may be in the column.
    fn may_hold(&self, source: &Source, across: &Across) -> bool {
        let meta = &source.reading.meta;
        match (self, across) {
            (Self::Reading(id), _) => source.reading.id == *id,
            (Self::Year(year), _) => meta.year == *year,
            (Self::Value(value), Across::Attribute(name)) => {
                let own = Self::Value(attribute(meta, name).cloned());
                own.order(&Self::Value(value.clone())).is_eq()
            }
            _ => true,
        }
    }

    /// Whether a highlight is in the column when its reading may be.
    fn holds(&self, coding: &Coding) -> bool {
        match self {
            Self::Coder(coder) => coding.highlight.coder == *coder,
            Self::Stance(stance) => coding.highlight.stance == *stance,
            _ => true,
        }
    }

    /// The condition of a query for what is in the column; empty when it holds for every highlight.
    fn term(&self, corpus: &Corpus, across: &Across) -> String {
        match self {
            Self::Reading(id) => format!("reading:{}", quoted(id.as_str())),
            Self::Year(Some(year)) => format!("year:\"{year}\""),
            Self::Year(None) => "year:none".to_owned(),
            Self::Coder(coder) => format!("coder:{}", quoted(coder.as_str())),
            Self::Stance(Some(stance)) => format!("stance:{stance}"),
            Self::Stance(None) => "stance:none".to_owned(),
            Self::Value(value) => match across {
                Across::Attribute(name) if is_known(corpus, name) => {
                    let value = match value {
                        None => "none".to_owned(),
                        Some(Value::Text(text)) => quoted(text),
                        Some(value) => value.typed(),
                    };
                    format!("@{}:{value}", quoted(name))
                }
                _ => String::new(),
            },
        }
    }
}

/// Whether any reading has an attribute.
fn is_known(corpus: &Corpus, name: &str) -> bool {
    let mut sources = corpus.sources().iter();
    sources.any(|s| attribute(&s.reading.meta, name).is_some())
}

/// A name in double quotes.
fn quoted(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
