//! Opening a project for a command, and finding what people name in it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{failure::Failure, nearest::nearest};
use crate::{
    edit::Edit,
    model::{CoderId, Label, Project, Reading},
    store::{self, Opened, Problem, Snapshot, Workspace},
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

/// Performs an edit and waits until it is durable.
pub fn perform(workspace: &mut Workspace, edit: Edit, now: Timestamp) -> Result<(), Failure> {
    workspace.perform(edit, now).map_err(Failure::new)
}

/// Waits until all edits are durable and writes the files.
pub fn finish(workspace: Workspace) -> Result<(), Failure> {
    Ok(workspace.close()?)
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
