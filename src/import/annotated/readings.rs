//! The readings of a file among those of a project.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::{NewReading, Place};
use crate::{
    export::ron::ReadingRecord,
    import::Imported,
    model::{
        Block, Emphasis, Heading, Imprint, Note, Page, Project, Reading, ReadingId, ReadingMeta,
        Structure, Value, unique_slug,
    },
    text::{Span, Text},
};

/// Finds the reading for what a file calls one, and plans those that are missing.
pub(super) struct Readings<'a> {
    project: &'a Project,
    /// The file's ids, its titles for readings without one, and the ids of the project.
    by_id: HashMap<&'a str, usize>,
    /// What the file's readings are here.
    pub targets: Vec<Target>,
    /// The one reading of a file that has no other.
    only: Option<usize>,
    pub new: Vec<NewReading>,
    pub restored: Vec<ReadingId>,
    /// Titles of the file's readings that are not here and can't be made.
    missing: HashSet<&'a str>,
}

/// A reading that highlights can go into.
pub(super) struct Target {
    pub place: Place,
    pub text: Text,
}

impl<'a> Readings<'a> {
    pub fn plan(
        project: &'a Project,
        records: &'a [ReadingRecord],
        at: Timestamp,
        remarks: &mut Vec<String>,
    ) -> Self {
        let mut readings = Self {
            project,
            by_id: HashMap::new(),
            targets: Vec::new(),
            only: None,
            new: Vec::new(),
            restored: Vec::new(),
            missing: HashSet::new(),
        };
        let shelves = project.shelves();
        let here = shelves.iter().map(|s| &s.reading);
        let removed = project.removed().map(|s| &s.reading);
        // Of two with the same text the one on the shelf wins over the removed one, and the one imported first.
        let mut by_hash: HashMap<String, Place> = HashMap::new();
        for reading in here.chain(removed) {
            let place = Place::Old(reading.id.clone());
            by_hash
                .entry(reading.sha256.to_lowercase())
                .or_insert(place);
        }
        for record in records {
            let key = if record.id.is_empty() {
                &record.title
            } else {
                &record.id
            };
            match readings.target(record, &mut by_hash, at, remarks) {
                Some(target) if readings.by_id.contains_key(key.as_str()) => {
                    remarks.push(format!(
                        "Two readings of the file are called “{key}”; highlights went to the first"
                    ));
                    readings.targets.push(target);
                }
                Some(target) => {
                    readings.by_id.insert(key, readings.targets.len());
                    readings.targets.push(target);
                }
                None => {
                    readings.missing.insert(key);
                }
            }
        }
        readings.only = (readings.targets.len() == 1).then_some(0);
        for shelf in shelves {
            let key = shelf.reading.id.as_str();
            if !readings.missing.contains(key) && !readings.by_id.contains_key(key) {
                readings.by_id.insert(key, readings.targets.len());
                readings.targets.push(Target {
                    place: Place::Old(shelf.reading.id.clone()),
                    text: shelf.reading.text.clone(),
                });
            }
        }
        readings
    }

    /// The index of the target a highlight belongs to: what it says, else the file's only one.
    pub fn find(&self, called: &str) -> Result<usize, String> {
        let found = self.by_id.get(called).copied();
        match found.or(self.only.filter(|_| called.is_empty())) {
            Some(index) => Ok(index),
            None if self.missing.contains(called) => {
                Err(format!("its reading “{called}” is not in this project"))
            }
            None => Err(format!(
                "there is no reading “{called}” in the file or the project"
            )),
        }
    }

    /// The id that a reading has, or that it would like to have.
    pub fn id_of(&self, place: &Place) -> ReadingId {
        match place {
            Place::Old(id) => id.clone(),
            Place::New(index) => self.new[*index].id.clone(),
        }
    }

    fn target(
        &mut self,
        record: &ReadingRecord,
        by_hash: &mut HashMap<String, Place>,
        at: Timestamp,
        remarks: &mut Vec<String>,
    ) -> Option<Target> {
        let title = title_of(record);
        let said = record.sha256.to_lowercase();
        let hash = record
            .text
            .as_deref()
            .map_or_else(|| said.clone(), crate::text::sha256);
        if !said.is_empty() && hash != said {
            remarks.push(format!(
                "The text of “{title}” is not the one that was exported; its highlights are found by their quotes"
            ));
        }
        let place = match (by_hash.get(&hash), &record.text) {
            (Some(place), _) => place.clone(),
            (None, Some(text)) => {
                let place = self.add(record, title, text, at, remarks)?;
                by_hash.insert(hash, place.clone());
                place
            }
            (None, None) => self.by_name(record, title, remarks)?,
        };
        let text = match &place {
            Place::New(index) => Text::new(self.new[*index].imported.text.as_str()),
            Place::Old(id) => self.old(id, record, remarks)?.text.clone(),
        };
        Some(Target { place, text })
    }

    /// A reading of the project that the file has, too: a removed one is restored, and other details are pointed out.
    fn old(
        &mut self,
        id: &ReadingId,
        record: &ReadingRecord,
        remarks: &mut Vec<String>,
    ) -> Option<&'a Reading> {
        let now = self.project.current(id).filter(|now| now.id != *id);
        if let Some(now) = now {
            remarks.push(format!(
                "“{}” was replaced by a revised version here; highlights that have no place in that are kept among the lost ones",
                now.meta.title
            ));
        } else if let Some(shelf) = self.project.removed_shelf(id)
            && !self.restored.contains(id)
        {
            remarks.push(format!(
                "“{}” had been removed and is restored, with the highlights it had",
                shelf.reading.meta.title
            ));
            self.restored.push(id.clone());
        }
        let shelf = self
            .project
            .shelf(id)
            .or_else(|| self.project.removed_shelf(id))?;
        let meta = &shelf.reading.meta;
        if meta_of(record) != *meta && !record.title.trim().is_empty() {
            remarks.push(format!(
                "“{}” has other details in the file (title, authors, year…); the project's stay",
                meta.title
            ));
        }
        Some(&shelf.reading)
    }

    /// The project's reading with the id of one that comes without text: it has another text, but the quotes may be in it.
    fn by_name(
        &self,
        record: &ReadingRecord,
        title: &str,
        remarks: &mut Vec<String>,
    ) -> Option<Place> {
        let id = ReadingId::new(&record.id).ok();
        let Some(id) = id.filter(|id| self.project.shelf(id).is_some()) else {
            remarks.push(format!(
                "“{title}” is not in this project and the file has no text of it; import the reading first, then this file again"
            ));
            return None;
        };
        if !record.sha256.is_empty() {
            remarks.push(format!(
                "“{title}” has another text in this project; its highlights are found by their quotes"
            ));
        }
        Some(Place::Old(id))
    }

    fn add(
        &mut self,
        record: &ReadingRecord,
        title: &str,
        text: &str,
        at: Timestamp,
        remarks: &mut Vec<String>,
    ) -> Option<Place> {
        let structure = structure_of(record).fitted(&Text::new(text));
        if structure.headings.len() < record.headings.len() {
            remarks.push(format!(
                "{} headings of “{title}” don't fit its text and were left out",
                record.headings.len() - structure.headings.len()
            ));
        }
        self.new.push(NewReading {
            id: self.free_id(&record.id, title)?,
            imported: Imported {
                meta: meta_of(record),
                text: text.to_owned(),
                structure,
                source_name: record.source_name.clone(),
                source_sha256: record.source_sha256.clone(),
                encoding: record.encoding.clone(),
                remarks: record.remarks.clone(),
            },
            at: record.imported.unwrap_or(at),
        });
        Some(Place::New(self.new.len() - 1))
    }

    /// `id` when it can be one and is free, else one made from the title (which always can be one).
    fn free_id(&self, id: &str, title: &str) -> Option<ReadingId> {
        let ids = self
            .project
            .shelves()
            .into_iter()
            .chain(self.project.removed());
        let mut taken: HashSet<String> =
            ids.map(|s| s.reading.id.as_str().to_lowercase()).collect();
        taken.extend(self.new.iter().map(|n| n.id.as_str().to_lowercase()));
        let own = ReadingId::new(id)
            .ok()
            .filter(|id| !taken.contains(&id.as_str().to_lowercase()));
        own.or_else(|| ReadingId::new(&unique_slug(title, |s| taken.contains(s))).ok())
    }
}

fn title_of(record: &ReadingRecord) -> &str {
    let names = [&record.title, &record.source_name, &record.id];
    let named = names.into_iter().map(|n| n.trim()).find(|n| !n.is_empty());
    named.unwrap_or("Untitled")
}

/// What a record says about its reading; it has a title whatever the record leaves out.
pub(crate) fn meta_of(record: &ReadingRecord) -> ReadingMeta {
    ReadingMeta {
        title: match record.title.trim() {
            "" => title_of(record).to_owned(),
            _ => record.title.clone(),
        },
        authors: record.authors.clone(),
        year: record.year,
        kind: record.kind.clone(),
        publisher: record.publisher.clone(),
        url: record.url.clone(),
        imprint: Imprint {
            container: record.container.clone(),
            volume: record.volume.clone(),
            issue: record.issue.clone(),
            pages: record.page_range.clone(),
            place: record.place.clone(),
            doi: record.doi.clone(),
            accessed: record.accessed.clone(),
            key: record.key.clone(),
        },
        page_shift: record.page_shift,
        attributes: (record.attributes.iter())
            .filter_map(|(name, value)| Some((name.clone(), Value::parse(value)?)))
            .collect(),
    }
}

/// Headings, pages and the like of a record. They may not fit its text: see [`Structure::fitted`].
pub(crate) fn structure_of(record: &ReadingRecord) -> Structure {
    let headings = record.headings.iter().map(|h| Heading {
        span: Span::new(h.start, h.end),
        level: h.level.max(1),
    });
    let blocks = record.blocks.iter().filter_map(|b| {
        let span = Span::new(b.start, b.end);
        b.kind.parse().ok().map(|kind| Block { span, kind })
    });
    let emphasis = record.emphasis.iter().filter_map(|e| {
        let span = Span::new(e.start, e.end);
        e.style.parse().ok().map(|style| Emphasis { span, style })
    });
    let notes = record.notes.iter().map(|n| Note {
        mark: Span::new(n.start, n.end),
        body: Span::new(n.body_start, n.body_end),
    });
    let pages = record.pages.iter().map(|p| Page {
        start: p.start,
        label: p.label.clone(),
    });
    Structure {
        headings: headings.collect(),
        blocks: blocks.collect(),
        emphasis: emphasis.collect(),
        notes: notes.collect(),
        pages: pages.collect(),
    }
}
