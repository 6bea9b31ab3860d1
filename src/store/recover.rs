//! What the histories hold beyond the files.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs::File,
    io,
};

use super::{
    Problem, ProblemKind, StoreError,
    disk::names,
    doubles::{Named, settle},
    history_file::{Scan, parse_entry, read_line, scan},
    load::Loaded,
    paths::Paths,
    saved_edit::{SavedEdit, SavedEntry},
};
use crate::{
    edit::{EditError, History, replay},
    model::CoderId,
};

/// All histories of a project, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Histories {
    pub books: BTreeMap<CoderId, History>,
    pub places: BTreeMap<CoderId, Vec<(u64, u64)>>,
    /// Up to which entry the files hold each coder's edits.
    pub marked: BTreeMap<CoderId, u64>,
    /// No mark may be set, since something could not be replayed that might be later.
    pub hold: bool,
    /// Written by a newer version: not to be added to.
    pub newer: BTreeMap<CoderId, u32>,
    /// Where histories must be cut off.
    pub torn: Vec<(CoderId, u64)>,
}

/// Reads the heads of all histories and replays what the files lack.
pub(super) fn recover(paths: &Paths, loaded: &mut Loaded) -> Result<Histories, StoreError> {
    let mut all = Histories::default();
    let mut tails = Vec::new();
    let folder = paths.histories();
    for name in names(&folder).map_err(StoreError::io("read", &folder))? {
        let Some(stem) = name.strip_suffix(".ron") else {
            continue;
        };
        let path = folder.join(&name);
        let Ok(coder) = CoderId::new(stem) else {
            let what = format!("“{stem}” can't be a coder's name");
            loaded.problems.push(Problem::damaged(&path, what));
            continue;
        };
        let scan = scan(&path).map_err(StoreError::io("read", &path))?;
        if let Some(tail) = all.take(coder, scan, paths, loaded)? {
            tails.push(tail);
        }
    }
    replay_all(tails, paths, loaded, &mut all.hold);
    Ok(all)
}

/// A coder's entries that the files lack, oldest first.
struct Tail {
    coder: CoderId,
    entries: VecDeque<SavedEntry>,
}

impl Histories {
    fn take(
        &mut self,
        coder: CoderId,
        mut scan: Scan,
        paths: &Paths,
        loaded: &mut Loaded,
    ) -> Result<Option<Tail>, StoreError> {
        let path = paths.history(&coder);
        if let Some(version) = scan.newer {
            loaded.problems.push(Problem::newer(&path, version));
            self.newer.insert(coder, version);
            return Ok(None);
        }
        self.hold |= scan.hold;
        let entries = read_tail(&scan, &path, loaded, &mut self.hold)
            .map_err(StoreError::io("read", &path))?;
        loaded.problems.append(&mut scan.problems);
        if let Some(place) = scan.torn {
            self.torn.push((coder.clone(), place));
        }
        self.marked.insert(coder.clone(), scan.saved);
        self.places.insert(coder.clone(), scan.places);
        self.books.insert(coder.clone(), scan.history);
        Ok((!entries.is_empty()).then_some(Tail { coder, entries }))
    }
}

fn read_tail(
    scan: &Scan,
    path: &std::path::Path,
    loaded: &mut Loaded,
    hold: &mut bool,
) -> io::Result<VecDeque<SavedEntry>> {
    let mut entries = VecDeque::with_capacity(scan.tail.len());
    if scan.tail.is_empty() {
        return Ok(entries);
    }
    let mut file = File::open(path)?;
    for &place in &scan.tail {
        match parse_entry(&read_line(&mut file, place)?) {
            Ok(entry) => entries.push_back(entry),
            Err(_) => {
                *hold = true;
                let what = "holds an edit that can't be read";
                loaded.problems.push(Problem::damaged(path, what));
            }
        }
    }
    Ok(entries)
}

/// Replays all tails, by time among coders and in order within each.
fn replay_all(mut tails: Vec<Tail>, paths: &Paths, loaded: &mut Loaded, hold: &mut bool) {
    let mut named = Named::default();
    while let Some(next) = tails
        .iter_mut()
        .filter(|t| !t.entries.is_empty())
        .min_by(|a, b| time(a).cmp(&time(b)))
    {
        let Some(entry) = next.entries.pop_front() else {
            continue;
        };
        let mut told = BTreeSet::new();
        for edit in parts(entry.edit) {
            for (what, lost) in replay_part(edit, loaded, &mut named) {
                *hold |= lost;
                if told.insert(what.clone()) {
                    let what = format!("entry {} (“{}”): {what}", entry.n, entry.what);
                    let hint = "the rest was carried out; the entry stays in the history";
                    let path = paths.history(&next.coder);
                    loaded
                        .problems
                        .push(Problem::new(ProblemKind::Replay, &path, what, hint));
                }
            }
        }
    }
    settle(&named, paths, loaded);
}

fn time(tail: &Tail) -> Option<jiff::Timestamp> {
    tail.entries.front().and_then(|e| e.at.parse().ok())
}

/// The edits of a batch one by one, so that one that does not fit does not keep the others out.
pub(super) fn parts(edit: SavedEdit) -> Vec<SavedEdit> {
    match edit {
        SavedEdit::Batch(edits) => edits.into_iter().flat_map(parts).collect(),
        other => vec![other],
    }
}

/// Replays one edit; says what did not fit, and whether it would be lost if the files were marked as holding it.
fn replay_part(edit: SavedEdit, loaded: &mut Loaded, named: &mut Named) -> Vec<(String, bool)> {
    let edit = match edit.edit(&loaded.project) {
        Ok(edit) => edit,
        Err(what) => return vec![(what, true)],
    };
    loaded.dirty.note(&loaded.project, &edit);
    named.note(&edit);
    let refused = replay(&mut loaded.project, edit);
    refused
        .into_iter()
        .map(|error| {
            let lost = matches!(error, EditError::NoSuchReading(_) | EditError::BadRange(..));
            (error.to_string(), lost)
        })
        .collect()
}
