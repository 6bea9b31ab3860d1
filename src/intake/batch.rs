//! Many files at once.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use jiff::{SignedDuration, Timestamp};

use super::{
    Line, Outcome, Progress, Reader, Trouble,
    find::{Item, find},
    known::Known,
    read::{Came, Desk, Incoming, file_name, read_file},
    read_as,
};
use crate::{
    edit::{Edit, apply},
    export::ron::Annotated,
    import::{Options, annotated, bibliography},
    model::{Project, Reading, ReadingId},
    store::{Prepared, ReadingWriter},
    text::counted,
};

/// What is to be taken in, and where to.
pub struct Order<'a> {
    /// The project's folder.
    pub folder: &'a Path,
    /// The project as it stands.
    pub project: Project,
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// What is said beside them all.
    pub options: Options,
    /// What reads the files that are read apart.
    pub reader: &'a Reader,
}

/// What came in. The readings have their folders, but are no part of the project until what
/// [`Taken::take_edit`] gives is performed.
pub struct Taken {
    /// A line for each file, in the order in which they were given and found.
    pub lines: Vec<Line>,
    edits: Vec<Edit>,
    readings: Vec<ReadingId>,
    /// The names of the annotated projects and bibliographies that brought something.
    others: Vec<String>,
    writer: ReadingWriter,
}

impl Taken {
    /// What to do to the project, as one edit; `None` when there is nothing to do, or when it was taken before.
    pub fn take_edit(&mut self) -> Option<Edit> {
        match self.edits.len() {
            0 | 1 => self.edits.pop(),
            _ => Some(Edit::Batch(std::mem::take(&mut self.edits))),
        }
    }

    /// What the history says of it.
    pub fn what(&self) -> String {
        let titles = self.lines.iter().filter_map(|line| match &line.outcome {
            Outcome::Imported { reading, .. } => Some(&reading.meta.title),
            _ => None,
        });
        let titles: Vec<&String> = titles.collect();
        match (titles.as_slice(), self.others.as_slice()) {
            ([one], []) => format!("Import “{one}”"),
            ([], [one]) => format!("Import “{one}”"),
            (many, []) => format!("Import {}", counted(many.len(), "reading")),
            ([], many) => format!("Import {}", counted(many.len(), "file")),
            (readings, files) => format!(
                "Import {} and {}",
                counted(readings.len(), "reading"),
                counted(files.len(), "other file")
            ),
        }
    }

    /// The new readings, those of annotated projects among them.
    pub fn readings(&self) -> &[ReadingId] {
        &self.readings
    }

    /// Removes the folders of the new readings, when the edit is not performed after all.
    pub fn discard(&self) {
        self.readings.iter().for_each(|id| self.writer.discard(id));
    }
}

/// Takes files and folders in. Readings come first, so that annotated projects and bibliographies find theirs among them.
pub fn take_in(order: Order<'_>, progress: &Progress) -> Taken {
    let items = find(order.paths);
    let is_file = |item: &&Item| !matches!(item, Item::Said(_));
    progress.found(items.iter().filter(is_file).count());
    let known = Known::of(&order.project);
    let writer = ReadingWriter::new(order.folder);
    let mut shop = Shop {
        desk: Desk {
            options: &order.options,
            reader: order.reader,
            progress,
            large: Mutex::default(),
        },
        known,
        begun: Timestamp::now(),
        project: order.project,
        taken: Taken {
            lines: Vec::new(),
            edits: Vec::new(),
            readings: Vec::new(),
            others: Vec::new(),
            writer,
        },
    };
    let ready = shop.read_all(&items);
    shop.place_all(items, ready);
    shop.taken
}

/// A reading whose files are written.
struct Ready {
    prepared: Prepared,
    read_as: String,
}

/// What reading a file came to.
enum Done {
    Ready(Box<Ready>),
    /// It has an outcome already, and remarks.
    Told(Outcome, Vec<String>),
}

struct Shop<'a> {
    desk: Desk<'a>,
    known: Known,
    begun: Timestamp,
    /// The project as it is with what came in so far.
    project: Project,
    taken: Taken,
}

impl Shop<'_> {
    /// Reads all files that become readings, as many at once as there are cores, and writes their files.
    fn read_all(&self, items: &[Item]) -> HashMap<usize, Done> {
        let files: Vec<(usize, &Path)> = (items.iter().enumerate())
            .filter_map(|(place, item)| match item {
                Item::Reading(path) => Some((place, path.as_path())),
                _ => None,
            })
            .collect();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let done = Mutex::new(HashMap::with_capacity(files.len()));
        let work = || {
            while let Some(&(place, path)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let result = self.read_guarded(place, path);
                if let Ok(mut done) = done.lock() {
                    done.insert(place, result);
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..cores.min(files.len()) {
                scope.spawn(work);
            }
            work();
        });
        done.into_inner().unwrap_or_default()
    }

    /// Reads a file; whatever happens meanwhile costs this file only.
    fn read_guarded(&self, place: usize, path: &Path) -> Done {
        let progress = self.desk.progress;
        let name = file_name(path);
        if progress.is_cancelled() {
            return Done::failed(Trouble::cancelled(&name));
        }
        progress.start(&name);
        let read = AssertUnwindSafe(|| self.read_one(place, path));
        let done = catch_unwind(read).unwrap_or_else(|_| Err(Trouble::fault(&name)));
        progress.finish(&name);
        done.unwrap_or_else(Done::failed)
    }

    fn read_one(&self, place: usize, path: &Path) -> Result<Done, Trouble> {
        let Incoming {
            imported,
            bytes,
            format,
        } = match self.desk.read(path, Some(&self.known))? {
            Came::In(incoming) => *incoming,
            Came::Known(seen) => {
                let remark = seen.remark();
                return Ok(Done::Told(Outcome::Known(seen.reading), vec![remark]));
            }
        };
        let read_as = read_as(&imported.encoding, format);
        // Readings stand in the order of their times.
        let at = self.begun + SignedDuration::from_micros(place as i64);
        let prepared = self.taken.writer.prepare(imported, &bytes, at, |_| {});
        let prepared = prepared.map_err(|e| Trouble::of_disk(&file_name(path), &e))?;
        Ok(Done::Ready(Box::new(Ready { prepared, read_as })))
    }

    /// Gives everything its place, in the order of the report; annotated projects come after the readings, and bibliographies last.
    fn place_all(&mut self, items: Vec<Item>, mut ready: HashMap<usize, Done>) {
        let mut lines: Vec<Option<Line>> = Vec::with_capacity(items.len());
        let mut others = Vec::new();
        let mut texts = HashMap::new();
        for (place, item) in items.into_iter().enumerate() {
            lines.push(match item {
                Item::Said(line) => Some(line),
                Item::Reading(path) => {
                    let done = ready.remove(&place);
                    let (outcome, remarks) = self.place(&path, done, &mut texts);
                    Some(Line {
                        path,
                        outcome,
                        remarks,
                    })
                }
                later => {
                    others.push((place, later));
                    None
                }
            });
        }
        others.sort_by_key(|(_, item)| matches!(item, Item::Bibliography(_)));
        for (place, item) in others {
            lines[place] = self.other(item);
        }
        self.taken.lines = lines.into_iter().flatten().collect();
        // If the names are not durable and the computer stops, the history names readings that `check` will miss. The readings
        // themselves are on the disk by then.
        let _ = self.taken.writer.settle();
    }

    /// Gives a reading its folder, unless a file before it brought the same text.
    fn place(
        &mut self,
        path: &Path,
        done: Option<Done>,
        texts: &mut HashMap<String, (String, Arc<Reading>)>,
    ) -> (Outcome, Vec<String>) {
        let name = file_name(path);
        let ready = match done {
            Some(Done::Ready(ready)) => *ready,
            Some(Done::Told(outcome, remarks)) => return (outcome, remarks),
            None => return (Outcome::Failed(Trouble::cancelled(&name)), Vec::new()),
        };
        if self.desk.progress.is_abandoned() {
            return (Outcome::Failed(Trouble::cancelled(&name)), Vec::new());
        }
        let hash = ready.prepared.reading().sha256.clone();
        if let Some((first, reading)) = texts.get(&hash) {
            let remark = format!("It has the same text as “{first}”, which came in just now.");
            return (Outcome::Known(Arc::clone(reading)), vec![remark]);
        }
        let reading = match self.taken.writer.place(ready.prepared, None) {
            Ok(reading) => Arc::new(reading),
            Err(error) => return (Outcome::Failed(Trouble::of_disk(&name, &error)), Vec::new()),
        };
        self.taken.readings.push(reading.id.clone());
        if let Err(trouble) = self.take(&name, Edit::AddReading(Arc::clone(&reading))) {
            return (Outcome::Failed(trouble), Vec::new());
        }
        texts.insert(hash, (name, Arc::clone(&reading)));
        let remarks = reading.remarks.clone();
        let read_as = ready.read_as;
        (Outcome::Imported { reading, read_as }, remarks)
    }

    /// A file that is no reading; whatever happens meanwhile costs this file only.
    fn other(&mut self, item: Item) -> Option<Line> {
        type Take<'a> = fn(&mut Shop<'a>, &Path, &str) -> Result<(Outcome, Vec<String>), Trouble>;
        let (path, take): (PathBuf, Take<'_>) = match item {
            Item::Annotated(path) => (path, Self::annotated),
            Item::Bibliography(path) => (path, Self::bibliography),
            Item::Said(line) => return Some(line),
            Item::Reading(_) => return None,
        };
        let name = file_name(&path);
        let taken = if self.desk.progress.is_cancelled() {
            Err(Trouble::cancelled(&name))
        } else {
            self.desk.progress.start(&name);
            let take = AssertUnwindSafe(|| take(self, &path, &name));
            let taken = catch_unwind(take).unwrap_or_else(|_| Err(Trouble::fault(&name)));
            self.desk.progress.finish(&name);
            taken
        };
        let (outcome, remarks) =
            taken.unwrap_or_else(|trouble| (Outcome::Failed(trouble), Vec::new()));
        Some(Line {
            path,
            outcome,
            remarks,
        })
    }

    /// A bibliography: what it says is attached to the readings that it is about.
    fn bibliography(&mut self, path: &Path, name: &str) -> Result<(Outcome, Vec<String>), Trouble> {
        let bytes = read_file(path).map_err(|e| Trouble::unread(name, &e))?;
        let bibliography = bibliography::parse(name, &bytes)?;
        let attached = bibliography::attach(&self.project, &bibliography);
        let outcome = Outcome::Bibliography {
            entries: bibliography.entries.len(),
            found: attached.found.len(),
            changed: attached.found.iter().filter(|f| f.changes()).count(),
        };
        let mut remarks = bibliography.remarks;
        remarks.extend(attached.lines().into_iter().skip(1));
        if let Some(edit) = attached.edit {
            self.take(name, edit)?;
            self.taken.others.push(name.to_owned());
        }
        Ok((outcome, remarks))
    }

    /// An annotated project: its new readings are written, and all it adds is one edit.
    fn annotated(&mut self, path: &Path, name: &str) -> Result<(Outcome, Vec<String>), Trouble> {
        let bytes = read_file(path).map_err(|e| Trouble::unread(name, &e))?;
        crate::import::check_size(name, bytes.len() as u64)?;
        let ron = str::from_utf8(&bytes)
            .map_err(|e| Trouble::no_export(name, &format!("it is not UTF-8 ({e})")))?;
        let annotated =
            Annotated::parse(ron).map_err(|e| Trouble::no_export(name, &e.to_string()))?;
        let plan = annotated::plan(&self.project, &annotated, Timestamp::now());
        let readings = (self.taken.writer.write_all(&plan.new_readings))
            .map_err(|e| Trouble::of_disk(name, &e))?;
        let ids = readings.iter().map(|r| r.id.clone());
        self.taken.readings.extend(ids);
        let counts = plan.counts;
        let known = plan.is_empty();
        let (edit, remarks) = plan.edit_with(readings);
        if !known {
            self.take(name, edit)?;
            self.taken.others.push(name.to_owned());
        }
        let holds = [
            annotated.readings.len(),
            annotated.labels.len(),
            annotated.highlights.len(),
        ];
        let outcome = Outcome::Annotated {
            counts,
            holds,
            known,
        };
        Ok((outcome, remarks))
    }

    /// Keeps an edit, and carries it out on the copy that the files after this one are looked at with.
    fn take(&mut self, name: &str, edit: Edit) -> Result<(), Trouble> {
        apply(&mut self.project, edit.clone()).map_err(|error| {
            Trouble::new(
                format!("“{name}” does not fit the project: {error}"),
                "`glossator check` tells whether the project is whole",
            )
        })?;
        self.taken.edits.push(edit);
        Ok(())
    }
}

impl Done {
    fn failed(trouble: Trouble) -> Self {
        Self::Told(Outcome::Failed(trouble), Vec::new())
    }
}
