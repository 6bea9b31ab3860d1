//! What a bibliography says of a project's readings, as one edit.

use super::{
    Bibliography,
    matching::{How, matches},
};
use crate::{
    edit::Edit,
    model::{Project, Reading, ReadingId, ReadingMeta},
    text::counted,
};

/// What a bibliography brings to a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attached {
    /// The change, all or none; `None` when there is nothing to change.
    pub edit: Option<Edit>,
    /// The readings that were found in it, in the order of its entries.
    pub found: Vec<Found>,
    /// Entries that may be several readings, or that share one with others: what each is called, and the readings.
    pub ambiguous: Vec<(String, Vec<ReadingId>)>,
    /// What entries of no reading are called.
    pub unmatched: Vec<String>,
    /// The readings that no entry describes.
    pub left: Vec<ReadingId>,
}

/// A reading that a bibliography describes.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The reading.
    pub reading: ReadingId,
    /// What its entry is called.
    pub entry: String,
    /// By what it was found.
    pub how: How,
    /// What was empty and is filled now.
    pub filled: Vec<&'static str>,
    /// What was guessed and is replaced now, with what it was.
    pub replaced: Vec<(&'static str, String)>,
}

/// How many of a list reports name.
const NAMED: usize = 10;

/// Attaches what a bibliography says to the readings it is about.
///
/// What is empty is filled. Title, authors, year and kind are replaced, too, as long as no bibliography was attached to the reading
/// ([`crate::model::Imprint::key`] is empty): until then they are what the import guessed from the file. After that only empty
/// fields are filled, so that corrections by hand stay. Entries that fit several readings equally well
/// are reported and attached to none. Pure.
pub fn attach(project: &Project, bibliography: &Bibliography) -> Attached {
    let shelves = project.shelves();
    let readings: Vec<&Reading> = shelves.iter().map(|s| &*s.reading).collect();
    let entries = &bibliography.entries;
    let matched = matches(entries, &readings);
    let mut attached = Attached::default();
    let mut edits = Vec::new();
    for &(e, r, how) in &matched.pairs {
        let (entry, reading) = (&entries[e], readings[r]);
        let mut meta = reading.meta.clone();
        let (filled, replaced) = complete(&mut meta, &entry.meta);
        if meta != reading.meta {
            edits.push(Edit::ChangeReading(reading.id.clone(), meta));
        }
        attached.found.push(Found {
            reading: reading.id.clone(),
            entry: entry.name().to_owned(),
            how,
            filled,
            replaced,
        });
    }
    let id = |r: &usize| readings[*r].id.clone();
    let ambiguous = matched.ambiguous.iter();
    attached.ambiguous = ambiguous
        .map(|(e, rs)| (entries[*e].name().to_owned(), rs.iter().map(id).collect()))
        .collect();
    let is_matched = |e: &usize| {
        matched.pairs.iter().any(|(pe, ..)| pe == e)
            || matched.ambiguous.iter().any(|(ae, _)| ae == e)
    };
    let open = (0..entries.len()).filter(|e| !is_matched(e));
    attached.unmatched = open.map(|e| entries[e].name().to_owned()).collect();
    let left = readings
        .iter()
        .enumerate()
        .filter(|(r, _)| !matched.pairs.iter().any(|(_, pr, _)| pr == r));
    attached.left = left.map(|(_, reading)| reading.id.clone()).collect();
    attached.edit = (!edits.is_empty()).then_some(Edit::Batch(edits));
    attached
}

type Changes = (Vec<&'static str>, Vec<(&'static str, String)>);

/// Takes over what an entry says; says what changed.
fn complete(meta: &mut ReadingMeta, entry: &ReadingMeta) -> Changes {
    let guessed = meta.imprint.key.is_empty();
    let (mut filled, mut replaced) = (Vec::new(), Vec::new());
    let mut put = |name, old: &mut String, new: &str, replace: bool| {
        if new.is_empty() || old == new {
            return;
        }
        if old.is_empty() {
            filled.push(name);
        } else if replace {
            replaced.push((name, old.clone()));
        } else {
            return;
        }
        new.clone_into(old);
    };
    put("title", &mut meta.title, &entry.title, guessed);
    put("kind", &mut meta.kind, &entry.kind, guessed);
    put("publisher", &mut meta.publisher, &entry.publisher, false);
    put("address", &mut meta.url, &entry.url, false);
    let (imprint, new) = (&mut meta.imprint, &entry.imprint);
    put("container", &mut imprint.container, &new.container, false);
    put("volume", &mut imprint.volume, &new.volume, false);
    put("issue", &mut imprint.issue, &new.issue, false);
    put("pages", &mut imprint.pages, &new.pages, false);
    put("place", &mut imprint.place, &new.place, false);
    put("DOI", &mut imprint.doi, &new.doi, false);
    put("day of access", &mut imprint.accessed, &new.accessed, false);
    put("key", &mut imprint.key, &new.key, false);
    if !entry.authors.is_empty() && meta.authors != entry.authors {
        if meta.authors.is_empty() {
            filled.push("authors");
            meta.authors.clone_from(&entry.authors);
        } else if guessed {
            replaced.push(("authors", meta.authors.join("; ")));
            meta.authors.clone_from(&entry.authors);
        }
    }
    match (meta.year, entry.year) {
        (None, Some(_)) => {
            filled.push("year");
            meta.year = entry.year;
        }
        (Some(old), Some(new)) if old != new && guessed => {
            replaced.push(("year", old.to_string()));
            meta.year = entry.year;
        }
        _ => {}
    }
    (filled, replaced)
}

impl Attached {
    /// What was done, for people: whole sentences, one a line, the sum first.
    pub fn lines(&self) -> Vec<String> {
        let changed = self.found.iter().filter(|f| f.changes());
        let mut lines = vec![format!(
            "{} found in the bibliography, {} changed.",
            counted(self.found.len(), "reading"),
            changed.count()
        )];
        lines.extend(self.found.iter().map(Found::line));
        for (entry, readings) in &self.ambiguous {
            let readings: Vec<&str> = readings.iter().map(|r| r.as_str()).collect();
            lines.push(format!(
                "“{entry}” was not attached: it may be {}. Set the details of the right one by hand.",
                readings.join(" or ")
            ));
        }
        let left: Vec<&str> = self.left.iter().map(|r| r.as_str()).collect();
        lines.extend(named("Readings without an entry", &left));
        let unmatched: Vec<&str> = self.unmatched.iter().map(String::as_str).collect();
        lines.extend(named("Entries without a reading", &unmatched));
        lines
    }
}

impl Found {
    /// Whether anything of the reading changes.
    pub fn changes(&self) -> bool {
        !self.filled.is_empty() || !self.replaced.is_empty()
    }

    /// What was done to it, as a sentence.
    pub fn line(&self) -> String {
        let Self {
            reading,
            entry,
            how,
            filled,
            replaced,
        } = self;
        let mut parts = Vec::new();
        if !filled.is_empty() {
            parts.push(format!("{} filled in", filled.join(", ")));
        }
        for (name, old) in replaced {
            parts.push(format!("{name} replaced (was “{old}”)"));
        }
        if parts.is_empty() {
            parts.push("nothing new".to_owned());
        }
        format!(
            "{reading} is “{entry}”, {}: {}.",
            how.words(),
            parts.join("; ")
        )
    }
}

/// A list with its number, cut where it gets long; `None` when it is empty.
fn named(what: &str, names: &[&str]) -> Option<String> {
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let shown = names
        .iter()
        .take(NAMED)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    (!names.is_empty()).then(|| format!("{what} ({}): {shown}{more}.", names.len()))
}
