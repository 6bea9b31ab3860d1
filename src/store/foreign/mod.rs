//! What others changed in the project's files while it was open: read when a flush comes upon it, and brought together with
//! what was done here. Neither side is lost.
//!
//! For each file there is a base, what it held when it was last read or written here. What differs from it on one side only
//! is taken from that side. Of highlights that differ on both the one changed last is taken; a label of which there are two
//! versions is written with both, between conflict marks, and stands in conflict until someone changes it; the details of
//! a reading stay here as they are, and what the file said is kept in `.glossator/`.

mod notebook;
mod packet;

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::Arc,
};

use jiff::Timestamp;

use super::{
    Problem, ProblemKind, StoreError, Workspace,
    codebook::{conflict, heal, read_label},
    disk::{names, read_text},
    doubles::own_number,
    flush::Target,
    highlights_file::{Read, Reader},
    load::{bad, missing, not_text},
    notebook_file, packet_file,
    register::{Base, File, Stamp},
    ron_text::{Unread, read},
    saved::{SavedProject, SavedReading},
};
use crate::{
    edit::{Edit, replay},
    model::{CoderId, Highlight, HighlightId, Label, LabelId, Reading, ReadingId},
};

/// A file that is not as this program left it.
pub(super) struct Foreign {
    file: File,
    path: PathBuf,
    stamp: Option<Stamp>,
    found: Result<Found, Unread>,
}

/// What it holds.
enum Found {
    Name(String),
    Label(Box<Label>, Option<Box<Label>>),
    Reading(Box<Reading>, String),
    Highlights(Read),
    Notebook(notebook_file::Read),
    Packet(packet_file::Read),
}

impl Foreign {
    /// Reads the file, on the thread that came upon it.
    pub(super) fn read(target: &Target) -> Result<Self, StoreError> {
        let path = target.path.clone();
        let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
        let found = read_text(&path)
            .map_err(missing)
            .and_then(|text| text.map_err(not_text))
            .and_then(|text| parse(target, text));
        Ok(Self {
            file: target.file.clone(),
            path,
            stamp,
            found,
        })
    }
}

fn parse(target: &Target, text: String) -> Result<Found, Unread> {
    let reading = || target.reading.as_ref().ok_or_else(|| bad("has no reading"));
    Ok(match &target.file {
        File::Project => Found::Name(read::<SavedProject>(&text)?.name),
        File::Label(id) => {
            let (label, other) = read_label(&text, id)?;
            Found::Label(Box::new(label), other.map(Box::new))
        }
        File::Reading(id) => {
            let saved: SavedReading = read(&text)?;
            let found = saved.reading(id.clone(), reading()?.text.clone());
            Found::Reading(Box::new(found.map_err(bad)?), text)
        }
        File::Highlights(coder, id) => {
            let reader = Reader {
                path: &target.path,
                coder,
                text: &reading()?.text,
                reading: id,
                labels: &HashMap::new(),
                threads: 2,
            };
            Found::Highlights(reader.read(&text))
        }
        File::Notebook(_) => Found::Notebook(notebook_file::parse(&target.path, &text)),
        File::Packet(id) => Found::Packet(packet_file::parse(&target.path, id, &text)),
    })
}

impl Workspace {
    /// Brings what others changed together with what the project holds. What comes of it is written with the next flush.
    pub(super) fn take_in(&mut self, all: Vec<Foreign>) {
        if all.is_empty() {
            return;
        }
        for foreign in all {
            self.dirty.note_file(&foreign.file);
            let (file, path, stamp) = (foreign.file, foreign.path, foreign.stamp);
            let base = self.register.base(&file);
            if stamp.is_none() {
                // It went away again before it was read.
                self.register.set(file, None, base);
                continue;
            }
            let new_base = match (&file, foreign.found) {
                (_, Err(unread)) => {
                    self.problems.push(match unread {
                        Unread::Newer(version) => Problem::newer(&path, version),
                        Unread::Bad { what, at } => Problem::damaged(&path, what).at(at),
                    });
                    self.blocked.insert(path);
                    base
                }
                (_, Ok(Found::Name(name))) => Some(self.take_name(base, name, &path)),
                (_, Ok(Found::Label(label, other))) => {
                    Some(self.take_label(base, *label, other.map(|l| *l), path))
                }
                (_, Ok(Found::Reading(reading, text))) => {
                    Some(self.take_reading(base, *reading, &text, path))
                }
                (File::Highlights(coder, reading), Ok(Found::Highlights(read))) => {
                    self.take_highlights(base, read, coder, reading, path)
                }
                (File::Notebook(coder), Ok(Found::Notebook(read))) => {
                    Some(self.take_notebook(base, read, coder, path))
                }
                (File::Packet(id), Ok(Found::Packet(read))) => {
                    self.take_packet(base, read, id, path)
                }
                (_, Ok(Found::Highlights(_) | Found::Notebook(_) | Found::Packet(_))) => base,
            };
            self.register.set(file, stamp, new_base);
        }
        self.take_new_labels();
        let healed = heal(&mut self.project, &self.paths);
        self.problems.extend(healed);
    }

    /// Puts down what was found on disk, of which no history here needs to know.
    fn take(&mut self, edit: Edit) {
        self.dirty.note(&self.project, &edit);
        // What does not fit was refused when the file was read.
        let _ = replay(&mut self.project, edit);
    }

    fn tell(&mut self, path: &std::path::Path, what: impl Into<String>, hint: &str) {
        let problem = Problem::new(ProblemKind::Merged, path, what, hint);
        self.problems.push(problem);
    }

    fn take_name(&mut self, base: Option<Base>, name: String, path: &std::path::Path) -> Base {
        let ours = self.project.name();
        let was = |text: &str| matches!(&base, Some(Base::Name(b)) if b == text);
        if name != ours && !name.trim().is_empty() && !was(&name) {
            if was(ours) {
                self.take(Edit::RenameProject(name.clone()));
            } else {
                let what = format!("meanwhile called the project “{name}” on disk");
                let hint =
                    "the name it was given here is used; rename it if it should be the other";
                self.tell(path, what, hint);
            }
        }
        Base::Name(name)
    }

    fn take_label(
        &mut self,
        base: Option<Base>,
        label: Label,
        other: Option<Label>,
        path: PathBuf,
    ) -> Base {
        let id = label.id.clone();
        let ours = self.project.label(&id).cloned();
        let was = |label: &Label| matches!(&base, Some(Base::Label(b)) if b == label);
        let new_base = Base::Label(label.clone());
        match (ours, other) {
            // It holds the marks of a merge.
            (ours, Some(theirs)) => {
                self.theirs.remove(&id);
                let ours = ours.unwrap_or_else(|| {
                    self.take(Edit::AddLabel(label.clone()));
                    label
                });
                self.problems.push(conflict(&path, &ours, theirs));
                self.conflicts.insert(id);
                self.blocked.insert(path);
            }
            (Some(ours), None) if ours == label => {}
            _ if was(&label) => {}
            (Some(ours), None) if was(&ours) => {
                let what = format!("changed on disk: the label “{}”", label.name);
                self.tell(&path, what, "the new version was taken");
                self.take(Edit::ChangeLabel(label));
            }
            (Some(ours), None) => {
                self.problems.push(conflict(&path, &ours, label.clone()));
                self.theirs.insert(id.clone(), label);
                self.conflicts.insert(id);
                self.blocked.insert(path);
            }
            (None, None) => {
                let what = format!(
                    "changed on disk after the label “{}” was deleted here",
                    label.name
                );
                self.tell(
                    &path,
                    what,
                    "the label is back; delete it again if it should go",
                );
                self.take(Edit::AddLabel(label));
            }
        }
        new_base
    }

    fn take_reading(
        &mut self,
        base: Option<Base>,
        mut reading: Reading,
        text: &str,
        path: PathBuf,
    ) -> Base {
        if reading.meta.title.trim().is_empty() {
            reading.meta.title = reading.id.to_string();
        }
        let id = reading.id.clone();
        let was = |other: &Reading| matches!(&base, Some(Base::Reading(b)) if **b == *other);
        let ours = (self
            .project
            .shelf(&id)
            .or_else(|| self.project.removed_shelf(&id)))
        .map(|shelf| Arc::clone(&shelf.reading));
        if let Some(ours) = ours
            && *ours != reading
            && !was(&reading)
        {
            let theirs = reading.meta.clone();
            let only_details = Reading {
                meta: theirs.clone(),
                ..(*ours).clone()
            } == reading;
            if was(&ours) && only_details {
                let what = format!("changed on disk: the details of “{}”", theirs.title);
                self.tell(&path, what, "the new version was taken");
                self.take(Edit::ChangeReading(id, theirs));
            } else {
                let kept = self.keep(&format!("reading-{id}"), text);
                let what = format!(
                    "changed on disk while the details of “{}” were changed here",
                    ours.meta.title
                );
                let hint = match kept {
                    Ok(kept) => format!(
                        "the file is left as it is until the project is opened again, then what was entered here is \
                         written; what it says now is kept in {}",
                        kept.display()
                    ),
                    Err(error) => format!(
                        "the file is left as it is; copy what it says, since a copy could not be made: {error}"
                    ),
                };
                let problem = Problem::new(ProblemKind::Merged, &path, what, hint);
                self.problems.push(problem);
                self.blocked.insert(path);
            }
        }
        Base::Reading(Arc::new(reading))
    }

    /// Keeps what a file said among what belongs to this machine only.
    fn keep(&self, name: &str, text: &str) -> std::io::Result<PathBuf> {
        let time = Timestamp::now().as_millisecond();
        let kept = self.paths.own().join(format!("{name}-{time}.ron"));
        super::write_file(&kept, text.as_bytes())?;
        Ok(kept)
    }

    fn take_highlights(
        &mut self,
        base: Option<Base>,
        mut read: Read,
        coder: &CoderId,
        reading: &ReadingId,
        path: PathBuf,
    ) -> Option<Base> {
        self.problems.append(&mut read.problems);
        if read.keep {
            self.blocked.insert(path.clone());
        }
        let was: HashMap<HighlightId, Arc<Highlight>> = match &base {
            Some(Base::Highlights(base)) => (base.iter())
                .filter(|h| h.coder == *coder)
                .map(|h| (h.id, Arc::clone(h)))
                .collect(),
            _ => HashMap::new(),
        };
        let mut taken = 0_usize;
        for theirs in &read.highlights {
            let theirs = &self.with_own_number(theirs, was.contains_key(&theirs.id));
            let ours = self.project.highlight(reading, theirs.id);
            if is_newer(was.get(&theirs.id), ours, theirs) {
                taken += 1;
                self.take(Edit::AddHighlight(Arc::clone(theirs)));
            }
        }
        let there: BTreeSet<HighlightId> = read.highlights.iter().map(|h| h.id).collect();
        let kept = |h: &&Arc<Highlight>| {
            h.coder == *coder && was.contains_key(&h.id) && !there.contains(&h.id)
        };
        let shelf = (self.project.shelf(reading)).or_else(|| self.project.removed_shelf(reading));
        let kept = shelf.map_or(0, |s| s.highlights.iter().filter(kept).count());
        if taken > 0 {
            let what = format!("changed on disk: {taken} highlights came in or were changed");
            self.tell(&path, what, "they were taken");
        }
        if kept > 0 {
            let what = format!("changed on disk: {kept} highlights are not there any more");
            let hint = "they were kept; remove them here if they should go";
            self.tell(&path, what, hint);
        }
        // What was read is the base from now on.
        Some(Base::Highlights(
            crate::model::HighlightSet::from_vec(read.highlights).snapshot(),
        ))
    }

    /// A highlight as it is to be here: with a number of its own if another coder has one with its number, and it was not this
    /// coder's.
    fn with_own_number(&self, theirs: &Arc<Highlight>, was_here: bool) -> Arc<Highlight> {
        let there = self.project.highlight(&theirs.reading, theirs.id);
        match there.is_some_and(|h| h.coder != theirs.coder) && !was_here {
            true => Arc::new(Highlight {
                id: own_number(theirs.id, &theirs.coder),
                ..theirs.as_ref().clone()
            }),
            false => Arc::clone(theirs),
        }
    }

    /// Labels that came up on disk, which highlights that were taken may carry.
    fn take_new_labels(&mut self) {
        let folder = self.paths.codebook();
        for name in names(&folder).unwrap_or_default() {
            let id = name.strip_suffix(".ron").map(LabelId::new);
            let Some(Ok(id)) = id else { continue };
            let file = File::Label(id.clone());
            if self.project.label(&id).is_some() || self.register.stamp(&file).is_some() {
                continue;
            }
            let path = self.paths.label(&id);
            let stamp = Stamp::at(&path).unwrap_or_default();
            // One that can't be read is told of when the project is opened next; it is not written to until then.
            let Ok(Ok(text)) = read_text(&path) else {
                continue;
            };
            if let Ok((label, None)) = read_label(&text, &id) {
                let base = Base::Label(label.clone());
                self.register.set(file, stamp, Some(base));
                replay(&mut self.project, Edit::AddLabel(label));
            }
        }
    }
}

/// Whether a highlight as found on disk goes before what is here.
fn is_newer(
    base: Option<&Arc<Highlight>>,
    ours: Option<&Arc<Highlight>>,
    theirs: &Arc<Highlight>,
) -> bool {
    if ours == Some(theirs) || base == Some(theirs) {
        return false;
    }
    match (base, ours) {
        // It is new.
        (None, None) => true,
        // Removed here and changed there, after what was removed.
        (Some(base), None) => theirs.changed > base.changed,
        // Changed there only, unless it is an older version that came back.
        (Some(base), Some(ours)) if base == ours => theirs.changed >= ours.changed,
        (_, Some(ours)) => theirs.changed > ours.changed,
    }
}

#[cfg(test)]
mod tests;
