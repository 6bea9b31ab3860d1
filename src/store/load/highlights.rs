//! Highlights.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use super::{Loaded, bad, go_on, missing, not_text, on_all_cores, threads};
use crate::{
    model::{CoderId, Highlight, HighlightId, HighlightSet, LabelId, Project, ReadingId},
    store::{
        Problem, ProblemKind, StoreError,
        disk::{names, read_text},
        highlights_file::{Read, Reader},
        paths::Paths,
        register::{Base, File, Stamp},
        ron_text::Unread,
    },
};

/// A file of highlights.
struct Task {
    coder: CoderId,
    reading: ReadingId,
    path: PathBuf,
}

pub(super) fn read_highlights(
    paths: &Paths,
    cancel: &AtomicBool,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    let tasks = highlight_files(paths, loaded)?;
    let labels: HashMap<Box<str>, LabelId> = (loaded.project.labels.keys())
        .map(|id| (id.as_str().into(), id.clone()))
        .collect();
    let size = |task: &Task| std::fs::metadata(&task.path).map_or(0, |m| m.len());
    // Large files are read by all cores one after the other, so that one copy of a file is in memory at a time.
    let (large, small): (Vec<Task>, Vec<Task>) =
        tasks.into_iter().partition(|task| size(task) > 1 << 20);
    let project = &loaded.project;
    let mut reads: Vec<(&Task, ReadFile)> = Vec::new();
    for task in &large {
        go_on(cancel)?;
        reads.push((task, read_file(task, project, &labels, threads())));
    }
    let small_reads = on_all_cores(&small, |task| match go_on(cancel) {
        Ok(()) => read_file(task, project, &labels, 1),
        Err(_) => (None, Ok(Read::default())),
    });
    go_on(cancel)?;
    reads.extend(small.iter().zip(small_reads));
    reads.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let mut found: BTreeMap<ReadingId, Vec<Arc<Highlight>>> = BTreeMap::new();
    let reads: Vec<_> = reads
        .into_iter()
        .map(|(task, read)| {
            (
                task.path.clone(),
                task.coder.clone(),
                task.reading.clone(),
                read,
            )
        })
        .collect();
    let mut files = Vec::with_capacity(reads.len());
    for (path, coder, reading, (stamp, read)) in reads {
        files.push((coder.clone(), reading.clone(), stamp));
        let mut read = match read {
            Ok(read) => read,
            Err(unread) => {
                loaded.unread(&path, unread);
                continue;
            }
        };
        loaded.problems.append(&mut read.problems);
        if read.keep {
            loaded.blocked.insert(path);
        } else if read.merged {
            loaded.dirty.highlights.insert((coder, reading.clone()));
        }
        found
            .entry(reading)
            .or_default()
            .append(&mut read.highlights);
    }
    for (reading, highlights) in found {
        let highlights = distinct(highlights, &mut loaded.doubles);
        if let Some(shelf) = loaded.project.any_shelf_mut(&reading) {
            shelf.highlights = HighlightSet::from_vec(highlights);
        }
    }
    for (coder, reading, stamp) in files {
        let base = (loaded.project.any_shelf_mut(&reading))
            .map(|shelf| Base::Highlights(shelf.highlights.snapshot()));
        let file = File::Highlights(coder, reading);
        loaded.register.set(file, stamp, base);
    }
    Ok(())
}

fn highlight_files(paths: &Paths, loaded: &mut Loaded) -> Result<Vec<Task>, StoreError> {
    let root = paths.highlights();
    let mut tasks = Vec::new();
    for coder in names(&root).map_err(StoreError::io("read", &root))? {
        let folder = root.join(&coder);
        if !folder.is_dir() {
            continue;
        }
        let coder = match CoderId::new(&coder) {
            Ok(coder) => coder,
            Err(error) => {
                loaded.unread(&folder, bad(error));
                continue;
            }
        };
        for name in names(&folder).map_err(StoreError::io("read", &folder))? {
            let Some(stem) = name.strip_suffix(".ron") else {
                continue;
            };
            let path = folder.join(&name);
            let reading = ReadingId::new(stem).ok().filter(|id| {
                let project = &loaded.project;
                project
                    .shelf(id)
                    .or_else(|| project.removed_shelf(id))
                    .is_some()
            });
            match reading {
                Some(reading) => tasks.push(Task {
                    coder: coder.clone(),
                    reading,
                    path,
                }),
                // The reading's folder is there but damaged: that was said, and this file waits.
                None if [paths.readings(), paths.removed()]
                    .iter()
                    .any(|folder| folder.join(stem).is_dir()) =>
                {
                    loaded.blocked.insert(path);
                }
                None => loaded.block(
                    &path,
                    Problem::new(
                        ProblemKind::Reference,
                        &path,
                        format!("holds highlights of “{stem}”, which is not among the readings"),
                        "bring the reading's folder back; the file is kept as it is until then",
                    ),
                ),
            }
        }
    }
    Ok(tasks)
}

/// The stamp of a file and what reading it gave.
type ReadFile = (Option<Stamp>, Result<Read, Unread>);

/// Reads a file; its stamp is taken first, so that what changes while it is read is noticed.
fn read_file(
    task: &Task,
    project: &Project,
    labels: &HashMap<Box<str>, LabelId>,
    threads: usize,
) -> ReadFile {
    let stamp = Stamp::at(&task.path).unwrap_or_default();
    (stamp, read_content(task, project, labels, threads))
}

fn read_content(
    task: &Task,
    project: &Project,
    labels: &HashMap<Box<str>, LabelId>,
    threads: usize,
) -> Result<Read, Unread> {
    let content = read_text(&task.path).map_err(missing)?.map_err(not_text)?;
    let shelf = project
        .shelf(&task.reading)
        .or_else(|| project.removed_shelf(&task.reading))
        .ok_or_else(|| bad("has no reading"))?;
    let reader = Reader {
        path: &task.path,
        coder: &task.coder,
        text: &shelf.reading.text,
        reading: &shelf.reading.id,
        labels,
        threads,
    };
    Ok(reader.read(&content))
}

/// Takes out highlights whose number a highlight of another coder has. What they are shows when the histories have been
/// replayed, see [`crate::store::doubles`].
fn distinct(
    highlights: Vec<Arc<Highlight>>,
    doubles: &mut Vec<Arc<Highlight>>,
) -> Vec<Arc<Highlight>> {
    let first = highlights.first().map(|h| h.coder.clone());
    if highlights.iter().all(|h| Some(&h.coder) == first.as_ref()) {
        return highlights;
    }
    let mut owners: HashMap<HighlightId, CoderId> = HashMap::with_capacity(highlights.len());
    let (own, other) = highlights
        .into_iter()
        .partition(|h| *owners.entry(h.id).or_insert_with(|| h.coder.clone()) == h.coder);
    let mut other: Vec<_> = other;
    doubles.append(&mut other);
    own
}
