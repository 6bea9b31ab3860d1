//! Highlights that two coders' files hold under one number.
//!
//! When an edit gives a highlight to another coder, it moves from one file to another, and a crash may leave it in both.
//! Then the histories say whose it is. Else somebody copied a coder's folder by hand, and both are kept.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use sha2::{Digest, Sha256};

use super::{Problem, ProblemKind, load::Loaded, paths::Paths};
use crate::{
    edit::Edit,
    model::{CoderId, HighlightId, ReadingId},
};

/// The highlights that replayed edits named.
#[derive(Debug, Default)]
pub(super) struct Named(HashSet<(ReadingId, HighlightId)>);

impl Named {
    pub(super) fn note(&mut self, edit: &Edit) {
        match edit {
            Edit::AddHighlight(h) | Edit::ChangeHighlight(h) => {
                self.0.insert((h.reading.clone(), h.id));
            }
            Edit::RemoveHighlight(reading, id) => {
                self.0.insert((reading.clone(), *id));
            }
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.note(edit)),
            _ => {}
        }
    }
}

/// Leaves out the doubles that replayed edits settled, and gives the others numbers of their own.
pub(super) fn settle(named: &Named, paths: &Paths, loaded: &mut Loaded) {
    let mut copied: BTreeMap<CoderId, usize> = BTreeMap::new();
    for double in std::mem::take(&mut loaded.doubles) {
        let place = (double.coder.clone(), double.reading.clone());
        loaded.dirty.highlights.insert(place);
        if named.0.contains(&(double.reading.clone(), double.id)) {
            continue;
        }
        let mut own = (*double).clone();
        own.id = own_number(own.id, &own.coder);
        let told = copied.entry(own.coder.clone()).or_default();
        *told += 1;
        if *told == 1 {
            loaded.problems.push(Problem::new(
                ProblemKind::Merged,
                &paths.highlights_of(&own.coder, &own.reading),
                "has highlights with the numbers of another coder's",
                "they were given numbers of their own",
            ));
        }
        if let Some(shelf) = loaded.project.any_shelf_mut(&own.reading) {
            shelf.highlights.insert(Arc::new(own));
        }
    }
}

/// A number that follows from an old one and the coder, so that everyone who opens the project arrives at the same.
pub(super) fn own_number(id: HighlightId, coder: &CoderId) -> HighlightId {
    let digest = Sha256::digest(format!("{id} {coder}"));
    let bytes = digest.iter().take(8);
    HighlightId(bytes.fold(0, |n, byte| n << 8 | u64::from(*byte)))
}
