//! Rewriting the files that edits made stale, from a snapshot, so that editing goes on meanwhile.

use std::{collections::BTreeSet, io, path::PathBuf, sync::Arc};

use super::{
    StoreError,
    dirty::Dirty,
    disk::{Changes, Faults},
    highlights_file,
    journal::Shared,
    paths::Paths,
    ron_text::{VERSION, pretty},
    saved::{SavedLabel, SavedProject, SavedReading},
};
use crate::model::{CoderId, HighlightSnapshot, Label, Project, Reading, ReadingId};

/// What one file, or one folder's place, is to be.
enum Task {
    Text(PathBuf, Value),
    Gone(PathBuf),
    Move(PathBuf, PathBuf),
    Highlights(PathBuf, CoderId, Arc<Reading>, HighlightSnapshot),
}

/// What goes into a file of one value.
enum Value {
    Project(SavedProject),
    Label(Box<Label>),
    Reading(Arc<Reading>),
}

impl Value {
    fn ron(&self) -> Result<String, ron::Error> {
        match self {
            Self::Project(project) => pretty(project),
            Self::Label(label) => pretty(&SavedLabel::from(label.as_ref())),
            Self::Reading(reading) => pretty(&SavedReading::from(reading.as_ref())),
        }
    }
}

/// Everything that a flush writes.
pub(super) struct Plan {
    tasks: Vec<Task>,
    /// Histories to mark afterwards, and up to which entry.
    pub marks: Vec<(CoderId, u64)>,
    /// What is written, should it have to be tried again.
    pub dirty: Dirty,
    faults: Faults,
}

impl Plan {
    /// Plans what `dirty` names as the project is now. Files in `blocked` are left as they are and returned as held back.
    pub(super) fn new(
        project: &Project,
        paths: &Paths,
        dirty: Dirty,
        blocked: &BTreeSet<PathBuf>,
        faults: Faults,
    ) -> (Self, Dirty) {
        let mut planner = Planner {
            project,
            paths,
            blocked,
            tasks: Vec::new(),
            held: Dirty::default(),
        };
        planner.all(&dirty);
        let plan = Self {
            tasks: planner.tasks,
            marks: Vec::new(),
            dirty,
            faults,
        };
        (plan, planner.held)
    }

    /// Writes everything, once the history holds it, and marks that in the history.
    pub(super) fn run(&self, journal: &Shared) -> Result<(), StoreError> {
        journal.sync()?;
        let mut changes = Changes::new(self.faults.clone());
        for task in &self.tasks {
            task.run(&mut changes)?;
        }
        changes.finish().map_err(|error| StoreError::Io {
            doing: "make durable what was written to",
            path: PathBuf::from("the project folder"),
            error,
        })?;
        for (coder, n) in &self.marks {
            journal.mark(coder.clone(), *n);
        }
        Ok(())
    }
}

struct Planner<'a> {
    project: &'a Project,
    paths: &'a Paths,
    blocked: &'a BTreeSet<PathBuf>,
    tasks: Vec<Task>,
    held: Dirty,
}

impl Planner<'_> {
    fn all(&mut self, dirty: &Dirty) {
        // Folders move first, so that files are written where they then lie.
        for id in &dirty.places {
            self.place(id);
        }
        if dirty.project {
            self.name();
        }
        for id in &dirty.labels {
            let path = self.paths.label(id);
            if self.blocked.contains(&path) {
                self.held.labels.insert(id.clone());
                continue;
            }
            self.tasks.push(match self.project.label(id) {
                Some(label) => Task::Text(path, Value::Label(Box::new(label.clone()))),
                None => Task::Gone(path),
            });
        }
        for id in &dirty.readings {
            self.reading(id);
        }
        for (coder, reading) in &dirty.highlights {
            self.highlights(coder, reading);
        }
    }

    fn name(&mut self) {
        let path = self.paths.project();
        if self.blocked.contains(&path) {
            self.held.project = true;
            return;
        }
        let project = SavedProject {
            version: VERSION,
            name: self.project.name().to_owned(),
        };
        self.tasks.push(Task::Text(path, Value::Project(project)));
    }

    fn place(&mut self, id: &ReadingId) {
        let (shelf, removed) = (self.paths.reading(id), self.paths.removed_reading(id));
        if self.project.shelf(id).is_some() {
            self.tasks.push(Task::Move(removed, shelf));
        } else if self.project.removed_shelf(id).is_some() {
            self.tasks.push(Task::Move(shelf, removed));
        }
    }

    fn reading(&mut self, id: &ReadingId) {
        let (folder, shelf) = match self.project.shelf(id) {
            Some(shelf) => (self.paths.reading(id), shelf),
            None => match self.project.removed_shelf(id) {
                Some(shelf) => (self.paths.removed_reading(id), shelf),
                None => return,
            },
        };
        // Blocked by either of its places, since a removal may not be on the disk yet.
        let blocked = [self.paths.reading(id), self.paths.removed_reading(id)]
            .iter()
            .any(|folder| self.blocked.contains(&folder.join("reading.ron")));
        if blocked {
            self.held.readings.insert(id.clone());
            return;
        }
        let value = Value::Reading(Arc::clone(&shelf.reading));
        self.tasks
            .push(Task::Text(folder.join("reading.ron"), value));
    }

    fn highlights(&mut self, coder: &CoderId, reading: &ReadingId) {
        let path = self.paths.highlights_of(coder, reading);
        if self.blocked.contains(&path) {
            self.held
                .highlights
                .insert((coder.clone(), reading.clone()));
            return;
        }
        let shelf = self
            .project
            .shelf(reading)
            .or_else(|| self.project.removed_shelf(reading));
        if let Some(shelf) = shelf {
            self.tasks.push(Task::Highlights(
                path,
                coder.clone(),
                Arc::clone(&shelf.reading),
                shelf.highlights.snapshot(),
            ));
        }
    }
}

impl Task {
    fn run(&self, changes: &mut Changes) -> Result<(), StoreError> {
        let path = self.path();
        self.write(changes).map_err(StoreError::io("write", path))
    }

    fn path(&self) -> &std::path::Path {
        match self {
            Self::Text(path, _)
            | Self::Gone(path)
            | Self::Move(_, path)
            | Self::Highlights(path, ..) => path,
        }
    }

    fn write(&self, changes: &mut Changes) -> io::Result<()> {
        match self {
            Self::Text(path, value) => {
                let ron = value.ron().map_err(io::Error::other)?;
                changes.write(path, |out| out.write_all(ron.as_bytes()))
            }
            Self::Gone(path) => changes.remove(path),
            Self::Move(from, to) => match from.exists() && !to.exists() {
                true => changes.move_folder(from, to),
                false => Ok(()),
            },
            Self::Highlights(path, coder, reading, highlights) => {
                if highlights.iter().any(|h| h.coder == *coder) {
                    changes.write(path, |out| {
                        highlights_file::write(out, coder, reading, highlights)
                    })
                } else {
                    changes.remove(path)
                }
            }
        }
    }
}
