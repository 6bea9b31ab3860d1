//! Rewriting the files that edits made stale, from a snapshot, so that editing goes on meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    StoreError,
    dirty::Dirty,
    disk::{Changes, Faults},
    foreign::Foreign,
    highlights_file,
    journal::Shared,
    notebook_file, packet_file,
    paths::Paths,
    register::{Base, File, Register, Stamp},
    ron_text::{VERSION, pretty},
    saved::{SavedLabel, SavedProject, SavedReading},
};
use crate::model::{
    CoderId, HighlightSnapshot, Label, LabelId, Notebook, Packet, PacketId, Project, Reading,
    ReadingId,
};

/// What one folder's place, or one file, is to be.
enum Task {
    Move(PathBuf, PathBuf),
    Write(Target),
}

/// What one file is to be.
pub(super) struct Target {
    pub(super) file: File,
    pub(super) path: PathBuf,
    /// The reading that the file is about.
    pub(super) reading: Option<Arc<Reading>>,
    content: Content,
}

enum Content {
    Gone,
    Value(Value),
    Highlights(CoderId, Arc<Reading>, HighlightSnapshot),
}

/// What goes into a file of one value.
enum Value {
    Project(String),
    Label(Box<Label>),
    /// A label as it is here and as it came up on disk meanwhile, between the marks that git would leave.
    Both(Box<Label>, Box<Label>),
    Reading(Arc<Reading>),
    Notebook(CoderId, Notebook),
    /// What it holds, and how that is written.
    Packet(Box<Packet>, String),
}

impl Value {
    fn ron(&self) -> Result<String, ron::Error> {
        let label = |label: &Label| pretty(&SavedLabel::from(label));
        match self {
            Self::Project(name) => pretty(&SavedProject {
                version: VERSION,
                name: name.clone(),
            }),
            Self::Label(ours) => label(ours),
            Self::Both(ours, theirs) => Ok(format!(
                "<<<<<<< here\n{}=======\n{}>>>>>>> on disk\n",
                label(ours)?,
                label(theirs)?
            )),
            Self::Reading(reading) => pretty(&SavedReading::from(reading.as_ref())),
            Self::Notebook(coder, notebook) => notebook_file::write(coder, notebook),
            Self::Packet(_, ron) => Ok(ron.clone()),
        }
    }

    fn base(&self) -> Base {
        match self {
            Self::Project(name) => Base::Name(name.clone()),
            Self::Label(label) | Self::Both(label, _) => Base::Label(label.as_ref().clone()),
            Self::Reading(reading) => Base::Reading(Arc::clone(reading)),
            Self::Notebook(_, notebook) => Base::Notebook(notebook.clone()),
            Self::Packet(packet, _) => Base::Packet(packet.as_ref().clone()),
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
    register: Register,
    faults: Faults,
}

impl Plan {
    /// Plans what `dirty` names as the project is now. Files in `blocked` are left as they are and returned as held back.
    pub(super) fn new(
        project: &Project,
        paths: &Paths,
        dirty: Dirty,
        blocked: &BTreeSet<PathBuf>,
        theirs: &BTreeMap<LabelId, Label>,
        (register, faults): (Register, Faults),
    ) -> (Self, Dirty) {
        let mut planner = Planner {
            project,
            paths,
            blocked,
            theirs,
            tasks: Vec::new(),
            held: Dirty::default(),
        };
        planner.all(&dirty);
        let plan = Self {
            tasks: planner.tasks,
            marks: Vec::new(),
            dirty,
            register,
            faults,
        };
        (plan, planner.held)
    }

    /// Writes everything, once the history holds it, and marks that in the history. Files that others changed are left as
    /// they are and returned with what they hold; then no mark is set.
    pub(super) fn run(&self, journal: &Shared) -> Result<Vec<Foreign>, StoreError> {
        journal.sync()?;
        let mut changes = Changes::new(self.faults.clone());
        let mut foreign = Vec::new();
        for task in &self.tasks {
            match task {
                Task::Move(from, to) => {
                    if from.exists() && !to.exists() {
                        let moved = changes.move_folder(from, to);
                        moved.map_err(StoreError::io("write", to))?;
                    }
                }
                Task::Write(target) => {
                    let written = target.write(&mut changes, &self.register);
                    if !written.map_err(StoreError::io("write", &target.path))? {
                        foreign.push(Foreign::read(target)?);
                    }
                }
            }
        }
        changes.finish().map_err(|error| StoreError::Io {
            doing: "make durable what was written to",
            path: PathBuf::from("the project folder"),
            error,
        })?;
        if foreign.is_empty() {
            for (coder, n) in &self.marks {
                journal.mark(coder.clone(), *n);
            }
        }
        Ok(foreign)
    }
}

impl Target {
    /// Writes the file unless others changed it; says whether it did.
    fn write(&self, changes: &mut Changes, register: &Register) -> io::Result<bool> {
        let known = register.stamp(&self.file);
        let path: &Path = &self.path;
        // A file that is gone holds nothing that could be lost.
        let unchanged = || Ok(Stamp::at(path)?.is_none_or(|there| Some(there) == known));
        if !unchanged()? {
            return Ok(false);
        }
        let (stamp, base) = match &self.content {
            Content::Value(value) => {
                let ron = value.ron().map_err(io::Error::other)?;
                let stamp =
                    changes.write_if(path, unchanged, |out| out.write_all(ron.as_bytes()))?;
                (stamp, Some(value.base()))
            }
            Content::Highlights(coder, reading, highlights)
                if highlights.iter().any(|h| h.coder == *coder) =>
            {
                let stamp = changes.write_if(path, unchanged, |out| {
                    highlights_file::write(out, coder, reading, highlights)
                })?;
                (stamp, Some(Base::Highlights(highlights.clone())))
            }
            Content::Gone | Content::Highlights(..) => {
                changes.remove(path)?;
                register.set(self.file.clone(), None, None);
                return Ok(true);
            }
        };
        if stamp.is_some() {
            register.set(self.file.clone(), stamp, base);
        }
        Ok(stamp.is_some())
    }
}

struct Planner<'a> {
    project: &'a Project,
    paths: &'a Paths,
    blocked: &'a BTreeSet<PathBuf>,
    theirs: &'a BTreeMap<LabelId, Label>,
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
            self.label(id);
        }
        for id in &dirty.readings {
            self.reading(id);
        }
        for (coder, reading) in &dirty.highlights {
            self.highlights(coder, reading);
        }
        for coder in &dirty.notebooks {
            self.notebook(coder);
        }
        for id in &dirty.packets {
            self.packet(id);
        }
    }

    fn name(&mut self) {
        let path = self.paths.project();
        if self.blocked.contains(&path) {
            self.held.project = true;
            return;
        }
        let name = Value::Project(self.project.name().to_owned());
        self.write(File::Project, path, None, Content::Value(name));
    }

    fn write(
        &mut self,
        file: File,
        path: PathBuf,
        reading: Option<&Arc<Reading>>,
        content: Content,
    ) {
        self.tasks.push(Task::Write(Target {
            file,
            path,
            reading: reading.cloned(),
            content,
        }));
    }

    fn label(&mut self, id: &LabelId) {
        let path = self.paths.label(id);
        let label = self.project.label(id).cloned().map(Box::new);
        let content = match (self.blocked.contains(&path), label, self.theirs.get(id)) {
            (true, Some(ours), Some(theirs)) => {
                Content::Value(Value::Both(ours, Box::new(theirs.clone())))
            }
            (true, ..) => {
                self.held.labels.insert(id.clone());
                return;
            }
            (false, Some(label), _) => Content::Value(Value::Label(label)),
            (false, None, _) => Content::Gone,
        };
        if self.blocked.contains(&path) {
            self.held.labels.insert(id.clone());
        }
        self.write(File::Label(id.clone()), path, None, content);
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
        let path = folder.join("reading.ron");
        let content = Content::Value(value);
        self.write(
            File::Reading(id.clone()),
            path,
            Some(&shelf.reading),
            content,
        );
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
            let file = File::Highlights(coder.clone(), reading.clone());
            let highlights = shelf.highlights.snapshot();
            let content =
                Content::Highlights(coder.clone(), Arc::clone(&shelf.reading), highlights);
            self.write(file, path, Some(&shelf.reading), content);
        }
    }

    fn notebook(&mut self, coder: &CoderId) {
        let path = self.paths.notebook(coder);
        if self.blocked.contains(&path) {
            self.held.notebooks.insert(coder.clone());
            return;
        }
        let content = match self.project.notebooks().get(coder) {
            Some(notebook) => Content::Value(Value::Notebook(coder.clone(), notebook.clone())),
            None => Content::Gone,
        };
        self.write(File::Notebook(coder.clone()), path, None, content);
    }

    fn packet(&mut self, id: &PacketId) {
        let path = self.paths.packet(id);
        let packet = self.project.packets().get(id);
        // Its quotes are of the project, which is not there any more when it is written.
        let written = packet.map(|packet| packet_file::write(self.project, packet));
        let content = match (packet, written) {
            _ if self.blocked.contains(&path) => None,
            (Some(packet), Some(Ok(ron))) => {
                Some(Content::Value(Value::Packet(Box::new(packet.clone()), ron)))
            }
            (None, _) => Some(Content::Gone),
            _ => None,
        };
        match content {
            Some(content) => self.write(File::Packet(id.clone()), path, None, content),
            None => drop(self.held.packets.insert(id.clone())),
        }
    }
}
