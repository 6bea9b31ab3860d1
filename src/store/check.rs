//! Looking at every file of a project without changing any.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    sync::atomic::AtomicBool,
};

use super::{
    Problem, StoreError,
    codebook::heal,
    highlights_file::is_mark,
    history_file::parse_entry,
    load::{Loaded, load},
    paths::Paths,
    recover::recover,
    ron_text::Unread,
};

/// Says what is wrong with the files of a project: what opening it would say, and whether every line of the histories can be
/// read. Changes nothing and needs no lock; a program that has the project open does not disturb it.
pub fn check(folder: &Path) -> Vec<Problem> {
    let paths = Paths::new(folder);
    match look(&paths) {
        Ok(problems) => problems,
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
    for coder in histories.books.keys() {
        let path = paths.history(coder);
        let known: Vec<Option<usize>> = (problems.iter())
            .filter(|p| p.path == path)
            .map(|p| p.line)
            .collect();
        let file = File::open(&path).map_err(StoreError::io("read", &path))?;
        let mut line = String::new();
        let mut reader = BufReader::new(file);
        let mut number = 0;
        // A line that is no text was reported when the heads were read; what follows it is not looked at.
        while reader.read_line(&mut line).is_ok_and(|n| n > 0) {
            number += 1;
            if let Some(problem) = body(line.trim(), &path)
                && !known.contains(&Some(number))
            {
                problems.push(problem.at_line(number));
            }
            line.clear();
        }
    }
    Ok(problems)
}

fn body(line: &str, path: &Path) -> Option<Problem> {
    if !line.starts_with('(') || is_mark(line) {
        return None;
    }
    match parse_entry(line) {
        Ok(_) => None,
        Err(Unread::Newer(version)) => Some(Problem::newer(path, version)),
        Err(Unread::Bad { what, .. }) => Some(Problem::damaged(path, what)),
    }
}
