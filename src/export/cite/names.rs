//! What the readings of a project are called in citations, so that no two are called the same.

use std::collections::{BTreeMap, HashMap};

use super::{Place, entry::without_article};
use crate::{
    model::{Name, Project, Reading, ReadingId},
    text::{fold, fold_space},
};

/// The names of all readings of a project: `Walt 1987`, or `Walt 1987a` and `Walt 1987b` where there are two.
///
/// The letters go by the order in which readings were imported, not by title, so that a reading that comes later takes no other's
/// letter; one that was replaced by a revised version hands its letter down.
#[derive(Clone, Debug, Default)]
pub struct Names {
    names: HashMap<ReadingId, Called>,
}

#[derive(Clone, Debug, Default)]
struct Called {
    who: String,
    /// The year with its letter, `n.d.`, or nothing.
    year: String,
    letter: Option<usize>,
}

impl Names {
    /// Names all readings that are not removed. O(readings).
    pub fn of(project: &Project) -> Self {
        let mut alike: BTreeMap<(String, Option<i32>), Vec<&Reading>> = BTreeMap::new();
        for shelf in project.shelves() {
            let meta = &shelf.reading.meta;
            let key = (who(&shelf.reading), meta.year);
            alike.entry(key).or_default().push(&shelf.reading);
        }
        let mut names = HashMap::new();
        for ((who, year), mut readings) in alike {
            if readings.len() > 1 {
                readings.sort_by_cached_key(|r| (project.first_imported(r), r.id.clone()));
            }
            let several = readings.len() > 1;
            for (i, reading) in readings.into_iter().enumerate() {
                let letter = several.then_some(i);
                let called = Called {
                    who: who.clone(),
                    year: year_text(year, letter, reading.meta.authors.is_empty()),
                    letter,
                };
                names.insert(reading.id.clone(), called);
            }
        }
        Self { names }
    }

    /// `Walt 1987a`.
    pub fn short(&self, reading: &Reading) -> String {
        let Some(called) = self.names.get(&reading.id) else {
            return reading.meta.citation();
        };
        match called.year.as_str() {
            "" => called.who.clone(),
            year => format!("{} {year}", called.who),
        }
    }

    /// `(Walt 1987a, 21, ¶12)`.
    pub fn passage(&self, reading: &Reading, place: &Place) -> String {
        format!("({}, {place})", self.short(reading))
    }

    /// The year with its letter, `n.d.` where it is not known, or nothing where there are no authors either.
    pub(super) fn year(&self, reading: &Reading) -> &str {
        self.names
            .get(&reading.id)
            .map_or("", |called| &called.year)
    }

    /// Puts readings in the order of a list: by authors, then by year, then by letter, then by title. Works without authors stand
    /// by their titles, articles aside. Accents and letter case don't count; other scripts follow the Latin one.
    pub(super) fn sort(&self, readings: &mut [&Reading]) {
        readings.sort_by_cached_key(|reading| {
            let meta = &reading.meta;
            let authors = meta.authors.iter().map(|a| Name::parse(a).inverted());
            let authors = fold(&authors.collect::<Vec<_>>().join(" "));
            let title = fold(without_article(meta.title.trim()));
            let first = if authors.is_empty() {
                title.clone()
            } else {
                authors
            };
            let letter = self.names.get(&reading.id).and_then(|called| called.letter);
            let year = meta.year.unwrap_or(i32::MAX);
            (first, year, letter, title, reading.id.clone())
        });
    }
}

/// Its authors, or its title in quotation marks.
fn who(reading: &Reading) -> String {
    match fold_space(&reading.meta.who()) {
        who if who.is_empty() => {
            format!(
                "“{}”",
                super::rich::single_quotes(&fold_space(&reading.meta.title))
            )
        }
        who => who,
    }
}

fn year_text(year: Option<i32>, letter: Option<usize>, no_authors: bool) -> String {
    match (year, letter) {
        (Some(year), None) => year.to_string(),
        (Some(year), Some(i)) => format!("{year}{}", letters(i)),
        (None, Some(i)) => format!("n.d.-{}", letters(i)),
        (None, None) if no_authors => String::new(),
        (None, None) => "n.d.".to_owned(),
    }
}

/// `a` to `z`, then `aa` and so on.
fn letters(mut i: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'a' + (i % 26) as u8);
        match (i / 26).checked_sub(1) {
            Some(next) => i = next,
            None => break,
        }
    }
    out.iter().rev().map(|&b| char::from(b)).collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        let all: Vec<String> = [0, 25, 26, 27, 701, 702].map(letters).to_vec();
        assert_eq!(all, ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
