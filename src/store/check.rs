//! Looking at every file of a project without changing any.

use std::{collections::BTreeSet, path::Path, sync::atomic::AtomicBool};

use super::{
    Problem, ProblemKind, StoreError,
    codebook::heal,
    disk::names,
    load::{Loaded, load},
    lost::Histories,
    paths::Paths,
    recover::recover,
    ron_text::Unread,
};
use crate::model::{Project, ReadingId, Section};

/// Says what is wrong with the files of a project: what opening it would say, whether every line of the histories can be
/// read, and whether all that the histories hold is in the files. Changes nothing and needs no lock; a program that has the project open does not disturb it.
pub fn check(folder: &Path) -> Vec<Problem> {
    let paths = Paths::new(folder);
    match look(&paths) {
        Ok(problems) => problems,
        Err(StoreError::Newer { path, version }) => vec![Problem::newer(&path, version)],
        Err(error) => {
            let hint = "check the folder and who may read it";
            vec![Problem::new(
                super::ProblemKind::Damaged,
                folder,
                error.to_string(),
                hint,
            )]
        }
    }
}

fn look(paths: &Paths) -> Result<Vec<Problem>, StoreError> {
    let mut loaded: Loaded = load(paths, &AtomicBool::new(false), drop)?;
    let histories = recover(paths, &mut loaded)?;
    let healed = heal(&mut loaded.project, paths);
    let mut problems = loaded.problems;
    problems.extend(healed);
    let mut told = Histories::default();
    for coder in histories.books.keys() {
        let path = paths.history(coder);
        let known: Vec<Option<usize>> = (problems.iter())
            .filter(|p| p.path == path)
            .map(|p| p.line)
            .collect();
        told.read(paths, coder, |line, unread| {
            if !known.contains(&Some(line)) {
                let problem = match unread {
                    Unread::Newer(version) => Problem::newer(&path, version),
                    Unread::Bad { what, .. } => Problem::damaged(&path, what),
                };
                problems.push(problem.at_line(line));
            }
        })?;
    }
    let lost = told.lost(&loaded.project, paths, &loaded.blocked);
    problems.extend(lost.problems(paths));
    problems.extend(strange_readings(&loaded.project, paths));
    problems.extend(without_source(&loaded.project, paths)?);
    Ok(problems)
}

/// Packets that name readings which never were there, as files edited by hand may. Highlights come and go, and labels, too.
fn strange_readings(project: &Project, paths: &Paths) -> Vec<Problem> {
    let is_there = |id: &ReadingId| project.shelf(id).or(project.removed_shelf(id)).is_some();
    let mut problems = Vec::new();
    for packet in project.packets().values() {
        let sections = packet.sections.values();
        let named: BTreeSet<&ReadingId> = sections.flat_map(Section::readings_named).collect();
        for id in named.into_iter().filter(|id| !is_there(id)) {
            problems.push(Problem::new(
                ProblemKind::Reference,
                &paths.packet(&packet.id),
                format!("names the reading “{id}”, which is not there"),
                "correct its name, or bring the reading's folder back; what is of it is left out until then",
            ));
        }
    }
    problems
}

/// Readings whose folder has lost the file they were imported from.
fn without_source(project: &Project, paths: &Paths) -> Result<Vec<Problem>, StoreError> {
    let there = project.shelves().into_iter();
    let there = there.map(|s| paths.reading(&s.reading.id));
    let removed = project
        .removed()
        .map(|s| paths.removed_reading(&s.reading.id));
    let mut problems = Vec::new();
    for folder in there.chain(removed).filter(|folder| folder.is_dir()) {
        let names = names(&folder).map_err(StoreError::io("read", &folder))?;
        if !names.iter().any(|name| name.starts_with("source.")) {
            problems.push(Problem::new(
                ProblemKind::Missing,
                &folder.join("source.*"),
                "the file that the reading was imported from is missing",
                "put it back if you have it; the text and its highlights do without",
            ));
        }
    }
    Ok(problems)
}
