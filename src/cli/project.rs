//! Opening a project for a command, and finding what people name in it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{failure::Failure, nearest::nearest};
use crate::{
    edit::{Edit, Head},
    model::{CoderId, Label, Project, Reading},
    store::{self, Opened, Problem, Snapshot, StoreError, Workspace},
    text::counted,
};

/// Opens a project to change it. What is wrong with its files is said on standard error; a command goes on with the rest.
pub fn open(folder: &Path, coder: CoderId) -> Result<Workspace, Failure> {
    let Opened {
        workspace,
        problems,
    } = Workspace::open(folder, coder)?;
    warn(&problems);
    Ok(workspace)
}

/// Reads a project without opening it, so that it may be open in the window meanwhile.
pub fn read(folder: &Path) -> Result<Snapshot, Failure> {
    let snapshot = store::read(folder)?;
    warn(&snapshot.problems);
    Ok(snapshot)
}

/// Writes problems to standard error.
pub fn warn(problems: &[Problem]) {
    let mut err = std::io::stderr().lock();
    for problem in problems {
        // Nobody can be told that standard error is gone.
        let _ = writeln!(err, "warning: {problem}");
    }
}

/// Performs an edit; [`finish`] waits until it is durable.
pub fn perform(workspace: &mut Workspace, edit: Edit, now: Timestamp) -> Result<(), Failure> {
    workspace.perform(edit, now).map_err(Failure::new)
}

/// Edits that were not done after all, since the history could not be written.
#[derive(Debug)]
pub struct NotDone {
    /// Why, for people.
    pub failure: Failure,
    /// The last entry of the coder's history that is done.
    pub done: u64,
}

impl From<NotDone> for Failure {
    fn from(not_done: NotDone) -> Self {
        not_done.failure
    }
}

/// Waits until all edits are durable and writes the files. An edit that is durable is done, even if a file can't be written now:
/// that is a warning.
pub fn finish(workspace: Workspace) -> Result<(), NotDone> {
    let folder = workspace.folder().to_owned();
    let coder = workspace.coder().clone();
    let last = last_entry(workspace.history().heads());
    let Err(error) = workspace.sync() else {
        if let Err(error) = workspace.close() {
            let mut err = std::io::stderr().lock();
            // Nobody can be told that standard error is gone.
            let _ = writeln!(
                err,
                "warning: saved in the history, but not in its file yet: {error} (the file follows when the project is opened and \
                 it can be written)"
            );
        }
        return Ok(());
    };
    // This tries once more, so the file has the last word.
    drop(workspace);
    let heads = store::read(&folder).map(|snapshot| snapshot.heads);
    let heads = heads.unwrap_or_default();
    let done = last_entry(heads.iter().filter(|head| head.by == coder));
    if done >= last {
        return Ok(());
    }
    let (why, hint) = match error {
        StoreError::Unsaved { why } => (
            why,
            "make room on the disk or see who may write there, and try again",
        ),
        StoreError::ReadOnly { folder, why } => (
            format!("{} can't be written to: {why}", folder.display()),
            "copy the project to a folder of yours",
        ),
        other => (other.to_string(), "see what the disk says, and try again"),
    };
    let what = match last - done {
        1 => format!("not done: {why}; the project is as it was"),
        n => format!(
            "the last {} were not done: {why}; nothing of them was kept",
            counted(n as usize, "edit")
        ),
    };
    let failure = Failure::new(what).hint(hint);
    Err(NotDone { failure, done })
}

fn last_entry<'a>(heads: impl IntoIterator<Item = &'a Head>) -> u64 {
    heads
        .into_iter()
        .map(|head| head.n)
        .max()
        .unwrap_or_default()
}

/// The reading that `name` names: its folder, or its title with letter case aside.
pub fn reading<'a>(project: &'a Project, name: &str) -> Result<&'a Reading, Failure> {
    let wanted = name.trim().to_lowercase();
    let readings: Vec<&Reading> = project.shelves().into_iter().map(|s| &*s.reading).collect();
    let by_id = readings.iter().find(|r| r.id.as_str() == name);
    let by_title = || {
        let mut same = readings.iter().filter(|r| {
            r.meta.title.to_lowercase() == wanted || r.id.as_str().to_lowercase() == wanted
        });
        same.next().filter(|_| same.next().is_none())
    };
    if let Some(found) = by_id.or_else(by_title) {
        return Ok(found);
    }
    let failure = Failure::new(format!("there is no reading “{name}”"));
    let ids = readings.iter().map(|r| r.id.as_str());
    Err(match (nearest(name, ids), readings.len()) {
        (Some(near), _) => failure.hint(format!("did you mean “{near}”?")),
        (None, 0) => failure.hint("the project has no readings yet: import some"),
        (None, _) => {
            failure.hint("`glossator stats` lists the readings; name one by its slug or its title")
        }
    })
}

/// The label that `name` names: its name with letter case aside, or its id.
pub fn label<'a>(project: &'a Project, name: &str) -> Result<&'a Label, Failure> {
    let by_id = || project.labels().find(|l| l.id.as_str() == name);
    if let Some(found) = project.label_named(name).or_else(by_id) {
        return Ok(found);
    }
    let failure = Failure::new(format!("there is no label “{name}”"));
    let names = project.labels().map(|l| l.name.as_str());
    Err(match (nearest(name, names), project.labels().next()) {
        (Some(near), _) => failure.hint(format!("did you mean “{near}”?")),
        (None, None) => {
            failure.hint("the codebook is empty: make labels in the window, or import a codebook")
        }
        (None, Some(_)) => failure.hint("`glossator stats` lists the labels"),
    })
}

/// A coder who has highlights in the project.
pub fn known_coder(project: &Project, name: &str) -> Result<CoderId, Failure> {
    let coders = project.coders();
    if let Some(found) = coders.iter().find(|c| c.as_str() == name) {
        return Ok(found.clone());
    }
    let failure = Failure::new(format!("nobody called “{name}” has coded anything here"));
    let names: Vec<&str> = coders.iter().map(CoderId::as_str).collect();
    Err(match names.as_slice() {
        [] => failure.hint("the project has no highlights yet"),
        _ => failure.hint(format!("the coders are {}", names.join(", "))),
    })
}

/// The folder of a project, as every command takes it.
#[derive(clap::Args, Debug)]
pub struct Folder {
    /// The project's folder
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
}
