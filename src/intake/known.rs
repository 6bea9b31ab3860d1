//! Files that a project has already.

use std::{collections::HashMap, sync::Arc};

use crate::model::{Project, Reading};

/// The readings of a project by the hashes of their texts and of the files they came from.
pub(super) struct Known(HashMap<String, Seen>);

/// A reading that a file is the same as.
#[derive(Clone)]
pub(super) struct Seen {
    pub reading: Arc<Reading>,
    place: Place,
}

#[derive(Clone)]
enum Place {
    /// In the project.
    Here,
    /// Removed, to be restored.
    Removed,
    /// Replaced by the revised version of this title.
    Replaced(String),
}

impl Known {
    /// The readings that are not removed.
    pub fn here(project: &Project) -> Self {
        let mut known = Self::of(project);
        known.0.retain(|_, seen| matches!(seen.place, Place::Here));
        known
    }

    /// All readings, removed ones too.
    pub fn of(project: &Project) -> Self {
        let shelves = project.shelves().into_iter();
        let here = shelves.map(|shelf| (shelf, Place::Here));
        let removed = project.removed().map(|shelf| {
            let place = match project.current(&shelf.reading.id) {
                Some(now) => Place::Replaced(now.meta.title.clone()),
                None => Place::Removed,
            };
            (shelf, place)
        });
        let mut known = HashMap::new();
        for (shelf, place) in here.chain(removed) {
            let reading = &shelf.reading;
            for hash in [&reading.sha256, &reading.source_sha256] {
                if !hash.is_empty() {
                    let reading = Arc::clone(reading);
                    let place = place.clone();
                    known
                        .entry(hash.to_lowercase())
                        .or_insert(Seen { reading, place });
                }
            }
        }
        Self(known)
    }

    /// The reading with this text, or from this file.
    pub fn find(&self, sha256: &str) -> Option<&Seen> {
        self.0.get(sha256)
    }
}

impl Seen {
    /// What to say of a file that is the same.
    pub fn remark(&self) -> String {
        let title = &self.reading.meta.title;
        match &self.place {
            Place::Here => format!("The project has this text already, as “{title}”."),
            Place::Removed => format!(
                "The project had this text as “{title}”, which was removed: “Restore removed readings” in the window brings it \
                 back with its highlights."
            ),
            Place::Replaced(by) => {
                format!("This is an earlier version of “{by}”, by which it was replaced.")
            }
        }
    }
}
