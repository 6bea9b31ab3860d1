//! Opening a project for a command, and finding what people name in it.

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{failure::Failure, output};
use crate::{
    edit::{Edit, Head},
    model::{CoderId, Label, Packet, Project, Reading, ReadingId},
    store::{self, Opened, Problem, Snapshot, StoreError, Workspace},
    text::{counted, nearest},
};

/// Opens a project to change it. What is wrong with its files is said on standard error; a command goes on with the rest. Whose
/// name differs from an existing coder's in letter case only is that coder.
pub fn open(folder: &Path, coder: CoderId) -> Result<Workspace, Failure> {
    let Opened {
        mut workspace,
        problems,
    } = Workspace::open(folder, coder.clone())?;
    warn(&problems);
    let mut known = workspace.project().coders();
    known.extend(workspace.all_heads().into_iter().map(|head| head.by));
    if let Some(same) = other_spelling(&coder, &known) {
        workspace.set_coder(same)?;
    }
    Ok(workspace)
}

/// The coder whose name is `coder` but for letter case, if there is one and none with just this name; says so.
pub fn other_spelling(coder: &CoderId, known: &BTreeSet<CoderId>) -> Option<CoderId> {
    if known.contains(coder) {
        return None;
    }
    let wanted = coder.as_str().to_lowercase();
    let same = known.iter().find(|k| k.as_str().to_lowercase() == wanted)?;
    output::note(&format!(
        "“{coder}” is taken to be {same}, who codes here already"
    ));
    Some(same.clone())
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

/// Waits until all edits are durable and writes the files; fails when one is not done after all, since the history could not be
/// written. An edit that is durable is done, even if a file can't be written now:
/// that is a warning.
pub fn finish(workspace: Workspace) -> Result<(), Failure> {
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
    Err(Failure::new(what).hint(hint))
}

fn last_entry<'a>(heads: impl IntoIterator<Item = &'a Head>) -> u64 {
    heads
        .into_iter()
        .map(|head| head.n)
        .max()
        .unwrap_or_default()
}

/// The reading that `name` names: its folder or that of a version it replaced, its title with letter case aside, or what fits one reading only of an author's
/// surname and a part of folder or title.
pub fn reading<'a>(project: &'a Project, name: &str) -> Result<&'a Reading, Failure> {
    let wanted = name.trim().to_lowercase();
    let readings: Vec<&Reading> = project.shelves().into_iter().map(|s| &*s.reading).collect();
    if let Some(found) = readings.iter().find(|r| r.id.as_str() == name) {
        return Ok(found);
    }
    let was = ReadingId::new(name).ok();
    if let Some(now) = was.and_then(|id| project.current(&id)) {
        return Ok(now);
    }
    let title = |r: &Reading| r.meta.title.to_lowercase();
    let is_whole = |r: &Reading| title(r) == wanted || r.id.as_str().to_lowercase() == wanted;
    let surname = |author: &String| {
        author
            .split(',')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase()
    };
    let is_by = |r: &Reading| r.meta.authors.iter().any(|a| surname(a) == wanted);
    let has_part =
        |r: &Reading| title(r).contains(&wanted) || r.id.as_str().to_lowercase().contains(&wanted);
    let ways: [&dyn Fn(&Reading) -> bool; 3] = [&is_whole, &is_by, &has_part];
    for fits in ways.into_iter().filter(|_| !wanted.is_empty()) {
        let found: Vec<&Reading> = readings.iter().copied().filter(|r| fits(r)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => return Err(several_readings(name, several)),
        }
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

/// How many readings are listed when a name fits several.
const CANDIDATES: usize = 10;

fn several_readings(name: &str, readings: &[&Reading]) -> Failure {
    let mut what = format!("“{name}” may be {} readings:", readings.len());
    for reading in readings.iter().take(CANDIDATES) {
        let (id, meta) = (&reading.id, &reading.meta);
        what.push_str(&format!("\n  {id}  “{}”", meta.title));
        if !meta.authors.is_empty() {
            what.push_str(&format!(" ({})", meta.citation()));
        }
    }
    if readings.len() > CANDIDATES {
        what.push_str(&format!("\n  … and {} more", readings.len() - CANDIDATES));
    }
    Failure::new(what).hint("name one by its slug, which stands first")
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

/// The packet that `name` names: its file name, its title with letter case aside, or a part of it that fits no other. Without a name the
/// only packet there is.
pub fn packet<'a>(project: &'a Project, name: Option<&str>) -> Result<&'a Packet, Failure> {
    let all: Vec<&Packet> = project.packets().values().collect();
    let wanted = name.unwrap_or_default().trim().to_lowercase();
    let title = |p: &Packet| p.head.title.to_lowercase();
    let is_id = |p: &Packet| p.id.as_str() == wanted;
    let is_title = |p: &Packet| title(p) == wanted;
    let has_part = |p: &Packet| title(p).contains(&wanted) || p.id.as_str().contains(&wanted);
    let ways: [&dyn Fn(&Packet) -> bool; 3] = [&is_id, &is_title, &has_part];
    for fits in ways {
        let found: Vec<&Packet> = all.iter().copied().filter(|p| fits(p)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => {
                let names: Vec<&str> = several.iter().map(|p| p.id.as_str()).collect();
                let what = match name {
                    Some(name) => format!("“{name}” may be {} packets", several.len()),
                    None => format!("there are {} packets", several.len()),
                };
                return Err(Failure::new(what)
                    .hint(format!("name one with --packet: {}", names.join(", "))));
            }
        }
    }
    let names = all.iter().map(|p| p.id.as_str());
    let failure = match name {
        Some(name) => Failure::new(format!("there is no packet “{name}”")),
        None => Failure::new("the project has no packets yet"),
    };
    Err(match nearest(&wanted, names.clone()) {
        Some(near) => failure.hint(format!("did you mean “{near}”?")),
        None if all.is_empty() => failure.hint("put one together in the window's view “Packet”"),
        None => failure.hint(format!(
            "the packets are {}",
            names.collect::<Vec<_>>().join(", ")
        )),
    })
}

/// A coder who has highlights in the project.
pub fn known_coder(project: &Project, name: &str) -> Result<CoderId, Failure> {
    let coders = project.coders();
    if let Some(found) = coders.iter().find(|c| c.as_str() == name) {
        return Ok(found.clone());
    }
    let other = CoderId::new(name.trim()).ok();
    if let Some(found) = other.and_then(|name| other_spelling(&name, &coders)) {
        return Ok(found);
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
