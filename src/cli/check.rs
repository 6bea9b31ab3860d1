//! `glossator check`: is every file of a project whole?

use clap::Args;
use serde::Serialize;

use super::{
    DONE, FAILED,
    failure::Failure,
    output::{self, Format},
    project::Folder,
};
use crate::store::{self, Problem, StoreError};

/// Verify every file of a project: its texts, quotes and references
#[derive(Args, Debug)]
#[command(
    after_help = "Nothing is changed. Problems are listed as path:line:column: what (hint), and the exit code is 1 when there are any."
)]
pub struct Check {
    #[command(flatten)]
    folder: Folder,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Found {
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    what: String,
    hint: String,
}

impl From<&Problem> for Found {
    fn from(problem: &Problem) -> Self {
        Self {
            path: problem.path.display().to_string(),
            line: problem.line,
            column: problem.column,
            what: problem.what.clone(),
            hint: problem.hint.clone(),
        }
    }
}

impl Check {
    pub fn run(self) -> Result<u8, Failure> {
        let folder = &self.folder.project;
        if !folder.join("project.ron").exists() {
            return Err(StoreError::NotAProject(folder.clone()).into());
        }
        let problems = store::check(folder);
        let found: Vec<Found> = problems.iter().map(Found::from).collect();
        output::print(self.format, &found, |_| table(&problems))?;
        Ok(if problems.is_empty() { DONE } else { FAILED })
    }
}

fn table(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return "Every file is whole.".to_owned();
    }
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    format!(
        "{}\n{} found.",
        lines.join("\n"),
        crate::text::counted(problems.len(), "problem")
    )
}
