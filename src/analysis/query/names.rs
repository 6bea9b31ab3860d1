//! Names that people write for labels, readings, coders, authors and attributes, and what they name.
//!
//! A name is looked for as it is written but for letter case; where nothing is called so, without accents and punctuation
//! ([`fold`]).

use std::collections::BTreeSet;

use super::{QueryError, ast::At, eval::Plan};
use crate::{
    analysis::{Corpus, LabelIx, Source},
    model::{CoderId, Name, ReadingId, Value},
    text::{fold, nearest},
};

/// The labels of that name, or the one with that id.
pub(super) fn labels(corpus: &Corpus, name: &str, at: At) -> Result<Vec<LabelIx>, QueryError> {
    let all = || (0..).zip(corpus.codebook().labels());
    let names = all().map(|(number, label)| (number, label.name.as_str()));
    let mut found = best(name, names.clone());
    if found.is_empty() {
        let by_id = all().filter(|(_, label)| label.id.as_str() == name.trim());
        found = by_id.map(|(number, _)| number).collect();
    }
    match found.is_empty() {
        false => Ok(found),
        true => Err(unknown(
            at,
            format!("There is no label “{name}”."),
            name,
            names.map(|(_, name)| name),
        )),
    }
}

/// The things called so, letter case aside, else those called so without accents and punctuation.
fn best<'a, T>(name: &str, all: impl Iterator<Item = (T, &'a str)> + Clone) -> Vec<T> {
    let called = |key: &dyn Fn(&str) -> String| -> Vec<T> {
        let wanted = key(name);
        let fits = all.clone().filter(|(_, n)| key(n) == wanted);
        match wanted.is_empty() {
            true => Vec::new(),
            false => fits.map(|(thing, _)| thing).collect(),
        }
    };
    let exact = called(&|name| name.trim().to_lowercase());
    match exact.is_empty() {
        false => exact,
        true => called(&|name| fold(name)),
    }
}

fn unknown<'a>(
    at: At,
    message: String,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> QueryError {
    let error = QueryError::new(at, message);
    let names: Vec<&str> = names.collect();
    match (nearest(name, names.iter().copied()), names.as_slice()) {
        // Of an unquoted name of several words the first was read.
        (Some(near), _) if near.contains(' ') && !name.contains(' ') => {
            error.hint(format!("Did you mean “{near}”? Put it in quotes."))
        }
        (Some(near), _) => error.hint(format!("Did you mean “{near}”?")),
        (None, []) => error.hint("The project has none yet."),
        (None, [one]) => error.hint(format!("There is only {one}.")),
        (None, few) if few.len() <= 6 => error.hint(format!("There are {}.", few.join(", "))),
        (None, _) => error,
    }
}

/// The coders of that name.
pub(super) fn coders(corpus: &Corpus, name: &str, at: At) -> Result<Vec<CoderId>, QueryError> {
    let all = corpus.coders();
    let found = best(name, all.iter().map(|c| (c.clone(), c.as_str())));
    match found.is_empty() {
        false => Ok(found),
        true => Err(unknown(
            at,
            format!("Nobody called “{name}” has coded anything here."),
            name,
            all.iter().map(CoderId::as_str),
        )),
    }
}

/// The readings of that folder, citation key, title or citation (`Walt 1987`). A reading that was replaced stands for what
/// replaced it.
pub(super) fn readings(corpus: &Corpus, name: &str, at: At) -> Result<BTreeSet<usize>, QueryError> {
    let id = ReadingId::new(name.trim()).ok();
    if let Some(reading) = id.and_then(|id| corpus.current(&id)) {
        return Ok(BTreeSet::from([reading]));
    }
    let sources = || corpus.sources().iter().enumerate();
    let citations: Vec<String> = sources().map(|(_, s)| s.reading.meta.citation()).collect();
    let keys = sources().map(|(n, s)| (n, s.reading.meta.imprint.key.as_str()));
    let titles = sources().map(|(n, s)| (n, s.reading.meta.title.as_str()));
    let cited = citations.iter().enumerate().map(|(n, c)| (n, c.as_str()));
    let slugs = sources().map(|(n, s)| (n, s.reading.id.as_str()));
    let ways = [
        best(name, slugs.clone()),
        best(name, keys.clone()),
        best(name, titles.clone()),
        best(name, cited.clone()),
    ];
    let all = slugs.chain(keys).chain(titles).chain(cited);
    match ways.into_iter().find(|found| !found.is_empty()) {
        Some(found) => Ok(found.into_iter().collect()),
        None => {
            let names = all.map(|(_, name)| name).filter(|name| !name.is_empty());
            let message = format!("There is no reading “{name}”.");
            Err(unknown(at, message, name, names))
        }
    }
}

/// The readings with an author in whose name these words stand side by side: `Lo` is in “Lo, Bobo” and in “Bobo Lo”, not in
/// “Lovell”. A `*` at the end fits any ending.
pub(super) fn by_author(corpus: &Corpus, name: &str, at: At) -> Result<Plan, QueryError> {
    let stem = name.trim().strip_suffix('*');
    let wanted = fold(stem.unwrap_or(name));
    let holds = |author: &str| {
        let author = format!(" {} ", fold(author));
        match stem {
            Some(_) => author.contains(&format!(" {wanted}")),
            None => author.contains(&format!(" {wanted} ")),
        }
    };
    let is_by = |author: &String| holds(author) || holds(&Name::parse(author).natural());
    let sources = corpus.sources();
    let found: Vec<bool> = sources
        .iter()
        .map(|s| !wanted.is_empty() && s.reading.meta.authors.iter().any(is_by))
        .collect();
    if found.contains(&true) {
        return Ok(Plan::Readings(found));
    }
    let parsed = sources.iter().flat_map(|s| &s.reading.meta.authors);
    let names: BTreeSet<String> = parsed.map(|a| Name::parse(a).short()).collect();
    Err(unknown(
        at,
        format!("No reading is by “{name}”."),
        name,
        names.iter().map(String::as_str),
    ))
}

/// The names of all attributes that readings have, each as it is spelled first.
pub(super) fn attributes(corpus: &Corpus) -> BTreeSet<&str> {
    let sources = corpus.sources().iter();
    sources
        .flat_map(|s| s.reading.meta.attributes.keys())
        .map(String::as_str)
        .collect()
}

/// The names of the attributes that are called so.
pub(super) fn attribute(
    corpus: &Corpus,
    name: &str,
    at: At,
) -> Result<BTreeSet<String>, QueryError> {
    let all = attributes(corpus);
    let found = best(name, all.iter().map(|n| (*n, *n)));
    match found.is_empty() {
        false => Ok(found.into_iter().map(str::to_owned).collect()),
        true => Err(unknown(
            at,
            format!("No reading has an attribute “{name}”."),
            name,
            all.into_iter(),
        )),
    }
}

/// The value of the first of these attributes that a reading has.
pub(super) fn attribute_of<'a>(source: &'a Source, names: &BTreeSet<String>) -> Option<&'a Value> {
    let attributes = &source.reading.meta.attributes;
    names.iter().find_map(|name| attributes.get(name))
}
