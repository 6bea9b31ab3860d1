//! Reading a project folder: names and texts first, then, on all cores, hashes and highlights, then what the histories
//! hold beyond the files.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use jiff::Timestamp;

use super::{
    Problem, ProblemKind, StoreError,
    codebook::{Codebook, read_codebook},
    dirty::Dirty,
    disk::{names, read_text},
    highlights_file::{Read, Reader},
    notebook_file,
    paths::Paths,
    reading_file::read_saved,
    register::{Base, File, Register, Stamp},
    ron_text::{Unread, read},
    saved::SavedProject,
};
use crate::model::{
    CoderId, Highlight, HighlightId, HighlightSet, LabelId, Project, Reading, ReadingId,
    ReadingMeta, Shelf, Structure,
};
use crate::text::{Text, word_count};

/// What a folder's files hold, histories aside.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub project: Project,
    pub problems: Vec<Problem>,
    /// Files that hold what could not be read: not to be overwritten.
    pub blocked: BTreeSet<PathBuf>,
    /// Files to be rewritten although nobody edited anything.
    pub dirty: Dirty,
    /// Highlights whose number another coder's has.
    pub doubles: Vec<Arc<Highlight>>,
    /// What the files were.
    pub register: Register,
}

impl Loaded {
    fn block(&mut self, path: &Path, problem: Problem) {
        self.problems.push(problem);
        self.blocked.insert(path.to_owned());
    }

    /// Two versions of what is said about a reading became one, which is written at the next flush.
    fn merged_reading(&mut self, folder: &Path, id: &ReadingId, differing: &str) {
        let hint = match differing {
            "" => "the earlier time of import was taken".to_owned(),
            _ => format!("the first version was taken; the other says {differing}"),
        };
        let path = folder.join("reading.ron");
        let what = "held two versions, from a merge";
        let problem = Problem::new(ProblemKind::Merged, &path, what, hint);
        self.problems.push(problem);
        self.dirty.readings.insert(id.clone());
    }

    pub(super) fn unread(&mut self, path: &Path, unread: Unread) {
        let problem = match unread {
            Unread::Newer(version) => Problem::newer(path, version),
            Unread::Bad { what, at } => Problem::damaged(path, what).at(at),
        };
        self.block(path, problem);
    }
}

/// Reads the files. `on_text` gets the project once names, codebook and texts are there.
///
/// # Errors
/// [`StoreError::Cancelled`] soon after `cancel` is set.
pub(super) fn load(
    paths: &Paths,
    cancel: &AtomicBool,
    on_text: impl FnOnce(Project),
) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    read_name(paths, &mut loaded)?;
    let Codebook {
        labels,
        problems,
        blocked,
        stamps,
    } = read_codebook(paths)?;
    for (id, stamp) in stamps {
        let base = labels.get(&id).cloned().map(Base::Label);
        loaded.register.set(File::Label(id), stamp, base);
    }
    loaded.project.labels = labels;
    loaded.problems.extend(problems);
    loaded.blocked.extend(blocked);
    read_readings(paths, cancel, &mut loaded)?;
    go_on(cancel)?;
    on_text(loaded.project.clone());
    go_on(cancel)?;
    check_hashes(paths, cancel, &mut loaded);
    go_on(cancel)?;
    read_highlights(paths, cancel, &mut loaded)?;
    read_notebooks(paths, &mut loaded)?;
    Ok(loaded)
}

/// Refuses to go on once `cancel` is set.
pub(super) fn go_on(cancel: &AtomicBool) -> Result<(), StoreError> {
    match cancel.load(Ordering::Relaxed) {
        true => Err(StoreError::Cancelled),
        false => Ok(()),
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, |n| n.get().min(8))
}

/// Does `work` for each of `items` on all cores; the results are in the order of the items.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        while let Some((i, item)) = {
            let i = next.fetch_add(1, Ordering::Relaxed);
            items.get(i).map(|item| (i, item))
        } {
            let result = work(item);
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            results.push((i, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads().min(items.len()) {
            scope.spawn(run);
        }
        run();
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, result)| result).collect()
}

fn read_name(paths: &Paths, loaded: &mut Loaded) -> Result<(), StoreError> {
    let path = paths.project();
    let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
    let text = match read_text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::NotAProject(paths.0.clone()));
        }
        Err(error) => return Err(StoreError::io("read", &path)(error)),
    };
    let saved = text.map_err(not_text).and_then(|text| read(&text));
    loaded.project.name = match saved {
        Ok(SavedProject { name, .. }) if !name.trim().is_empty() => name,
        Ok(_) => folder_name(paths),
        Err(Unread::Newer(version)) => return Err(StoreError::Newer { path, version }),
        Err(unread) => {
            loaded.unread(&path, unread);
            folder_name(paths)
        }
    };
    let base = Base::Name(loaded.project.name.clone());
    loaded.register.set(File::Project, stamp, Some(base));
    Ok(())
}

fn folder_name(paths: &Paths) -> String {
    let folder = paths.0.file_name().unwrap_or_default();
    folder.to_string_lossy().into_owned()
}

/// What is said of a file that is not UTF-8.
pub(super) fn not_text(at: (usize, usize)) -> Unread {
    Unread::Bad {
        what: "is not UTF-8 text".to_owned(),
        at: Some(at),
    }
}

fn read_readings(
    paths: &Paths,
    cancel: &AtomicBool,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    for (folder, removed) in [(paths.readings(), false), (paths.removed(), true)] {
        let names = names(&folder).map_err(StoreError::io("read", &folder))?;
        let folders: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        for (path, read) in folders
            .iter()
            .zip(on_all_cores(&folders, |path| match go_on(cancel) {
                Ok(()) => read_reading(path),
                Err(_) => ReadReading::default(),
            }))
        {
            for (file, unread) in read.unread {
                loaded.unread(&file, unread);
            }
            if let (Some(differing), Some(reading)) = (read.merged, &read.reading) {
                loaded.merged_reading(path, &reading.id, &differing);
            }
            let Some(reading) = read.reading else {
                continue;
            };
            let id = reading.id.clone();
            if loaded.project.readings.contains_key(&id) {
                let hint = "delete or rename the folder there; the one in readings/ is used";
                let what = "is there as well as in readings/";
                loaded
                    .problems
                    .push(Problem::new(ProblemKind::Reference, path, what, hint));
                continue;
            }
            let reading = Arc::new(reading);
            let base = Base::Reading(Arc::clone(&reading));
            let file = File::Reading(id.clone());
            loaded.register.set(file, read.stamp, Some(base));
            let shelf = Shelf {
                reading,
                highlights: HighlightSet::default(),
            };
            match removed {
                true => loaded.project.removed.insert(id, shelf),
                false => loaded.project.readings.insert(id, shelf),
            };
        }
    }
    Ok(())
}

/// What a reading's folder gave.
#[derive(Default)]
struct ReadReading {
    /// `reading.ron` held two versions, and what the other side said otherwise.
    merged: Option<String>,
    reading: Option<Reading>,
    unread: Vec<(PathBuf, Unread)>,
    /// Of `reading.ron`.
    stamp: Option<Stamp>,
}

fn read_reading(folder: &Path) -> ReadReading {
    let mut out = ReadReading::default();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let id = match ReadingId::new(&name) {
        Ok(id) => id,
        Err(error) => {
            out.unread.push((folder.to_owned(), bad(error)));
            return out;
        }
    };
    let path = folder.join("text.txt");
    // The mark is part of the text here: ranges count from the file's first byte.
    let text = std::fs::read(&path)
        .map_err(missing)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| bad("is not UTF-8 text")));
    let text = match text {
        Ok(text) => Text::new(text),
        Err(unread) => {
            out.unread.push((path, unread));
            return out;
        }
    };
    let path = folder.join("reading.ron");
    out.stamp = Stamp::at(&path).unwrap_or_default();
    let read = read_text(&path)
        .map_err(missing)
        .and_then(|text| text.map_err(not_text))
        .and_then(|ron| read_saved(&ron))
        .and_then(|(saved, differing)| {
            out.merged = differing;
            saved.reading(id.clone(), text.clone()).map_err(bad)
        });
    out.reading = Some(read.unwrap_or_else(|unread| {
        out.unread.push((path, unread));
        unknown(id, text)
    }));
    if let Some(reading) = &mut out.reading
        && reading.meta.title.trim().is_empty()
    {
        reading.meta.title = reading.id.to_string();
    }
    out
}

pub(super) fn bad(what: impl ToString) -> Unread {
    Unread::Bad {
        what: what.to_string(),
        at: None,
    }
}

pub(super) fn missing(error: io::Error) -> Unread {
    match error.kind() {
        io::ErrorKind::NotFound => bad("is missing"),
        _ => bad(format!("can't be read: {error}")),
    }
}

/// A reading of which only the text could be read.
fn unknown(id: ReadingId, text: Text) -> Reading {
    Reading {
        meta: ReadingMeta {
            title: id.to_string(),
            ..ReadingMeta::default()
        },
        id,
        sha256: crate::text::sha256(text.as_str()),
        words: u32::try_from(word_count(text.as_str())).unwrap_or(u32::MAX),
        text,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    }
}

fn check_hashes(paths: &Paths, cancel: &AtomicBool, loaded: &mut Loaded) {
    let project = &loaded.project;
    let shelves: Vec<(PathBuf, &Arc<Reading>)> = (project.readings.values())
        .map(|s| (paths.reading(&s.reading.id), &s.reading))
        .chain(
            (project.removed.values()).map(|s| (paths.removed_reading(&s.reading.id), &s.reading)),
        )
        .collect();
    let good = on_all_cores(&shelves, |(_, reading)| {
        go_on(cancel).is_err() || crate::text::sha256(reading.text.as_str()) == reading.sha256
    });
    let changed = shelves.iter().zip(good).filter(|(_, good)| !good);
    let problems: Vec<Problem> = changed
        .map(|((folder, _), _)| {
            Problem::new(
                ProblemKind::Changed,
                &folder.join("text.txt"),
                "is not the text that was imported (its SHA-256 differs)",
                "bring the text back, or check the highlights of this reading",
            )
        })
        .collect();
    loaded.problems.extend(problems);
}

/// A file of highlights.
struct Task {
    coder: CoderId,
    reading: ReadingId,
    path: PathBuf,
}

fn read_highlights(
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

fn read_notebooks(paths: &Paths, loaded: &mut Loaded) -> Result<(), StoreError> {
    let folder = paths.notebooks();
    for name in names(&folder).map_err(StoreError::io("read", &folder))? {
        let Some(stem) = name.strip_suffix(".ron") else {
            continue;
        };
        let path = folder.join(&name);
        let coder = match CoderId::new(stem) {
            Ok(coder) => coder,
            Err(error) => {
                loaded.unread(&path, bad(error));
                continue;
            }
        };
        let file = File::Notebook(coder.clone());
        // Taken first, so that what changes while it is read is noticed.
        let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
        let text = read_text(&path).map_err(missing);
        let mut read = match text.and_then(|text| text.map_err(not_text)) {
            Ok(text) => notebook_file::parse(&path, &text),
            Err(unread) => {
                loaded.unread(&path, unread);
                loaded.register.set(file, stamp, None);
                continue;
            }
        };
        loaded.problems.append(&mut read.problems);
        if read.keep {
            loaded.blocked.insert(path);
        } else if read.merged {
            loaded.dirty.notebooks.insert(coder.clone());
        }
        let base = Base::Notebook(read.notebook.clone());
        loaded.register.set(file, stamp, Some(base));
        if !read.notebook.is_empty() {
            loaded.project.notebooks.insert(coder, read.notebook);
        }
    }
    Ok(())
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
/// replayed, see [`super::doubles`].
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
