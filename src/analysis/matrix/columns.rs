//! The columns of a matrix: what they stand for, their order, and what belongs to them.

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use super::{Across, Column, ColumnKey};
use crate::{
    analysis::{Coding, Corpus, Source, contrast::STANCES},
    model::{CoderId, ReadingMeta, Value},
    text::fold,
};

/// The columns, and which of them a highlight belongs to.
pub(super) struct Columns {
    /// All, in order.
    pub all: Vec<Column>,
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
    /// Those of a corpus; with how many words they have where these are needed.
    pub fn new(corpus: &Corpus, across: &Across, needs_words: bool) -> Self {
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
    pub fn of(&self, source: usize, coding: &Coding) -> Option<usize> {
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

impl ColumnKey {
    /// Whether a reading's highlights may be in the column.
    pub(super) fn may_hold(&self, source: &Source, across: &Across) -> bool {
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
    pub(super) fn holds(&self, coding: &Coding) -> bool {
        match self {
            Self::Coder(coder) => coding.highlight.coder == *coder,
            Self::Stance(stance) => coding.highlight.stance == *stance,
            _ => true,
        }
    }

    /// The condition of a query for what is in the column; empty when it holds for every highlight.
    pub(super) fn term(&self, corpus: &Corpus, across: &Across) -> String {
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
pub(super) fn quoted(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
