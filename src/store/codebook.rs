//! `codebook/<label>.ron`: one label each; of one with conflict marks both versions.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{
    Problem, ProblemKind, StoreError,
    disk::{names, read_text},
    highlights_file::is_mark,
    load::not_text,
    paths::Paths,
    register::Stamp,
    ron_text::{Unread, read},
    saved::SavedLabel,
};
use crate::model::{Color, Label, LabelId, Project};

/// The colour of a label of which nothing is known.
const GREY: Color = Color([0x80, 0x80, 0x80]);

/// What the codebook's folder holds.
#[derive(Debug, Default)]
pub(super) struct Codebook {
    pub labels: BTreeMap<LabelId, Label>,
    pub problems: Vec<Problem>,
    pub blocked: BTreeSet<PathBuf>,
    /// The files as they were when they were read.
    pub stamps: Vec<(LabelId, Option<Stamp>)>,
}

/// Reads all labels. A label that can't be read is there as a placeholder.
pub(super) fn read_codebook(paths: &Paths) -> Result<Codebook, StoreError> {
    let folder = paths.codebook();
    let mut book = Codebook::default();
    for name in names(&folder).map_err(StoreError::io("read", &folder))? {
        let Some(stem) = name.strip_suffix(".ron") else {
            continue;
        };
        let path = folder.join(&name);
        let id = match LabelId::new(stem) {
            Ok(id) => id,
            Err(error) => {
                book.problems
                    .push(Problem::damaged(&path, error.to_string()));
                continue;
            }
        };
        let stamp = Stamp::at(&path).map_err(StoreError::io("read", &path))?;
        book.stamps.push((id.clone(), stamp));
        let text = read_text(&path).map_err(StoreError::io("read", &path))?;
        let label = match text.map_err(not_text).and_then(|t| read_label(&t, &id)) {
            Ok((ours, None)) => ours,
            Ok((ours, Some(theirs))) => {
                book.problems.push(conflict(&path, &ours, theirs));
                book.blocked.insert(path);
                ours
            }
            Err(unread) => {
                book.problems.push(match unread {
                    Unread::Newer(version) => Problem::newer(&path, version),
                    Unread::Bad { what, at } => Problem::damaged(&path, what).at(at),
                });
                book.blocked.insert(path);
                placeholder(&id)
            }
        };
        book.labels.insert(id, label);
    }
    Ok(book)
}

pub(super) fn conflict(path: &Path, ours: &Label, theirs: Label) -> Problem {
    let what = format!(
        "holds two versions of the label “{}”, from a merge",
        ours.name
    );
    let kind = ProblemKind::Conflict {
        ours: ours.clone(),
        theirs,
    };
    let hint = "the first is in use; choose one, or change the label as it should be";
    Problem::new(kind, path, what, hint)
}

/// A label in the place of one that can't be read.
pub(super) fn placeholder(id: &LabelId) -> Label {
    Label::new(id.clone(), id.as_str(), GREY)
}

/// Reads a label; both versions where there are conflict marks.
pub(super) fn read_label(text: &str, id: &LabelId) -> Result<(Label, Option<Label>), Unread> {
    if !text.lines().any(is_mark) {
        return Ok((one(text, id)?, None));
    }
    let (ours, theirs) = sides(text);
    match (one(&ours, id), one(&theirs, id)) {
        (Ok(ours), Ok(theirs)) => Ok((ours, Some(theirs))),
        // One of them is damaged as well, or the other side deleted the label.
        (Ok(label), Err(_)) | (Err(_), Ok(label)) => Ok((label.clone(), Some(label))),
        (Err(error), Err(_)) => Err(error),
    }
}

fn one(text: &str, id: &LabelId) -> Result<Label, Unread> {
    let saved: SavedLabel = read(text)?;
    saved.label(id.clone()).map_err(|error| Unread::Bad {
        what: error.to_string(),
        at: None,
    })
}

/// The two versions of a text with conflict marks.
pub(super) fn sides(text: &str) -> (String, String) {
    #[derive(PartialEq)]
    enum Part {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let (mut ours, mut theirs) = (String::new(), String::new());
    let mut part = Part::Both;
    for line in text.split_inclusive('\n') {
        if is_mark(line) {
            part = match line.chars().next() {
                Some('<') => Part::Ours,
                Some('|') => Part::Base,
                Some('=') => Part::Theirs,
                _ => Part::Both,
            };
            continue;
        }
        if matches!(part, Part::Both | Part::Ours) {
            ours.push_str(line);
        }
        if matches!(part, Part::Both | Part::Theirs) {
            theirs.push_str(line);
        }
    }
    (ours, theirs)
}

/// Makes the codebook fit to work with: every label that is used is there, parents and contrasts exist, no label lies under
/// itself. Only in memory: the files are left to people.
pub(super) fn heal(project: &mut Project, paths: &Paths) -> Vec<Problem> {
    let mut problems = Vec::new();
    let used: BTreeSet<LabelId> = (project.readings.values().chain(project.removed.values()))
        .flat_map(|shelf| shelf.highlights.counts().iter())
        .filter(|(_, n)| **n > 0)
        .map(|(id, _)| id.clone())
        .collect();
    for id in used {
        if !project.labels.contains_key(&id) {
            problems.push(Problem::new(
                ProblemKind::Missing,
                &paths.label(&id),
                "is missing, but highlights carry this label",
                "it is shown in grey; bring the file back, or give the label a name and a definition",
            ));
            project.labels.insert(id.clone(), placeholder(&id));
        }
    }
    let ids: Vec<LabelId> = project.labels.keys().cloned().collect();
    for id in &ids {
        problems.extend(heal_label(project, paths, id));
    }
    problems.extend(heal_names(project, paths));
    problems
}

fn heal_label(project: &mut Project, paths: &Paths, id: &LabelId) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Some(label) = project.label(id) else {
        return problems;
    };
    let mut say = |what: String| {
        let hint = "it is ignored; change the label to put it right";
        problems.push(Problem::new(
            ProblemKind::Reference,
            &paths.label(id),
            what,
            hint,
        ));
    };
    let wrong = |other: &LabelId| *other == *id || project.label(other).is_none();
    let bad_contrast = label.contrast.clone().filter(wrong);
    let bad_parent = label
        .parent
        .clone()
        .filter(|parent| wrong(parent) || is_in_circle(project, id));
    if let Some(parent) = &bad_parent {
        say(format!("says it lies under “{parent}”, where it can't be"));
    }
    if let Some(contrast) = &bad_contrast {
        say(format!(
            "says it is set against “{contrast}”, which is not there"
        ));
    }
    if let Some(label) = project.labels.get_mut(id) {
        if bad_parent.is_some() {
            label.parent = None;
        }
        if bad_contrast.is_some() {
            label.contrast = None;
        }
    }
    problems
}

fn is_in_circle(project: &Project, id: &LabelId) -> bool {
    let mut seen = BTreeSet::new();
    let mut above = project.label(id).and_then(|l| l.parent.as_ref());
    while let Some(parent) = above {
        if parent == id {
            return true;
        }
        if !seen.insert(parent) {
            return false;
        }
        above = project.label(parent).and_then(|l| l.parent.as_ref());
    }
    false
}

/// Gives each label a name, and of labels with one name, as two coders may make them apart, all but the first another.
fn heal_names(project: &mut Project, paths: &Paths) -> Vec<Problem> {
    let mut names: BTreeMap<String, LabelId> = BTreeMap::new();
    let mut problems = Vec::new();
    for (id, label) in &mut project.labels {
        if label.name.trim().is_empty() {
            label.name = id.to_string();
            let hint = "it is called by its file name; rename it";
            let path = paths.label(id);
            problems.push(Problem::new(
                ProblemKind::Reference,
                &path,
                "has no name",
                hint,
            ));
        }
        if let Some(first) = names.get(&label.name.to_lowercase()) {
            let what = format!("has the name of the label “{first}”: {}", label.name);
            let hint = "it is shown with a number; merge the two, or rename one";
            let path = paths.label(id);
            problems.push(Problem::new(ProblemKind::Reference, &path, what, hint));
            let name = label.name.clone();
            let free = (2..).find(|n| !names.contains_key(&format!("{name} ({n})").to_lowercase()));
            label.name = format!("{name} ({})", free.unwrap_or(2));
        }
        names.insert(label.name.to_lowercase(), id.clone());
    }
    problems
}

#[cfg(test)]
#[path = "codebook_tests.rs"]
mod tests;
