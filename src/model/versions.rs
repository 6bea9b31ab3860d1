//! Versions of a reading: a revised one is a reading of its own that names the one it replaced, which is among the removed ones.

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;

use super::{Highlight, HighlightId, Project, Reading, ReadingId, Shelf};

impl Project {
    /// The reading that stands for this one now: itself, or what replaced it when it was replaced by a revised version, perhaps
    /// more than once. Of several, the one imported last. O(readings) for each version.
    pub fn current(&self, id: &ReadingId) -> Option<&Reading> {
        if let Some(reading) = self.reading(id) {
            return Some(reading);
        }
        let mut seen = BTreeSet::from([id]);
        let mut todo = vec![id];
        let mut found: Vec<&Reading> = Vec::new();
        while let Some(old) = todo.pop() {
            let all = self.readings.values().chain(self.removed.values());
            for shelf in all.filter(|s| s.reading.revises.as_ref() == Some(old)) {
                let id = &shelf.reading.id;
                match self.reading(id) {
                    Some(reading) => found.push(reading),
                    None if seen.insert(id) => todo.push(id),
                    None => {}
                }
            }
        }
        found.into_iter().max_by_key(|r| (r.imported, &r.id))
    }

    /// A highlight where it is now: in its reading, or in what replaced that. None when it was deleted or lost, or its reading was
    /// removed. Cost as [`Self::current`].
    pub fn current_highlight(
        &self,
        reading: &ReadingId,
        highlight: HighlightId,
    ) -> Option<(&Reading, &Arc<Highlight>)> {
        let reading = self.current(reading)?;
        let shelf = self.shelf(&reading.id)?;
        Some((reading, shelf.highlights.get(highlight)?))
    }

    /// The removed versions that this reading replaced, the newest first.
    pub fn older_versions(&self, reading: &Reading) -> Vec<&Shelf> {
        let mut seen = BTreeSet::from([&reading.id]);
        let mut found = Vec::new();
        let mut next = reading.revises.as_ref();
        // Files that were mended by hand may name each other in a circle.
        while let Some(shelf) = next.and_then(|id| self.removed_shelf(id)) {
            if !seen.insert(&shelf.reading.id) {
                break;
            }
            found.push(shelf);
            next = shelf.reading.revises.as_ref();
        }
        found
    }

    /// When the first version of a reading was imported.
    pub fn first_imported(&self, reading: &Reading) -> Timestamp {
        let older = self.older_versions(reading);
        older
            .last()
            .map_or(reading.imported, |s| s.reading.imported)
    }

    /// Removed readings that no other has replaced: those that can sensibly be restored.
    pub fn restorable(&self) -> impl Iterator<Item = &Shelf> {
        self.removed()
            .filter(|s| self.current(&s.reading.id).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{HighlightSet, ReadingMeta, Structure},
        text::Text,
    };

    fn id(name: &str) -> ReadingId {
        ReadingId::new(name).unwrap()
    }

    fn shelf(name: &str, revises: Option<&str>, at: i64) -> (ReadingId, Shelf) {
        let reading = Reading {
            id: id(name),
            meta: ReadingMeta::default(),
            text: Text::new("Words.\n"),
            sha256: String::new(),
            words: 1,
            structure: Structure::default(),
            source_name: String::new(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: revises.map(id),
            remarks: Vec::new(),
            imported: Timestamp::from_second(at).unwrap(),
        };
        let shelf = Shelf {
            reading: Arc::new(reading),
            highlights: HighlightSet::default(),
        };
        (id(name), shelf)
    }

    fn names(shelves: &[&Shelf]) -> Vec<String> {
        shelves.iter().map(|s| s.reading.id.to_string()).collect()
    }

    #[test]
    fn versions_are_followed_both_ways() {
        let mut project = Project::new("P");
        project.removed.extend([
            shelf("a", None, 1),
            shelf("b", Some("a"), 5),
            shelf("gone", None, 0),
        ]);
        project.readings.extend([
            shelf("c", Some("b"), 9),
            shelf("x", None, 3),
            shelf("c2", Some("b"), 8),
        ]);
        let now = |name: &str| project.current(&id(name)).map(|r| r.id.to_string());
        assert_eq!(now("a").as_deref(), Some("c"));
        assert_eq!(now("x").as_deref(), Some("x"));
        assert_eq!(now("gone"), None);
        assert_eq!(now("never"), None);
        let c = project.reading(&id("c")).unwrap();
        assert_eq!(names(&project.older_versions(c)), ["b", "a"]);
        assert_eq!(names(&project.shelves()), ["c", "c2", "x"]);
        assert_eq!(names(&project.restorable().collect::<Vec<_>>()), ["gone"]);
    }

    #[test]
    fn circles_end() {
        let mut project = Project::new("P");
        project
            .removed
            .extend([shelf("a", Some("b"), 1), shelf("b", Some("a"), 2)]);
        assert_eq!(project.current(&id("a")), None);
        project.readings.extend([shelf("c", Some("a"), 3)]);
        let c = project.reading(&id("c")).unwrap();
        assert_eq!(names(&project.older_versions(c)), ["a", "b"]);
        assert_eq!(project.current(&id("b")).map(|r| r.id.as_str()), Some("c"));
    }
}
