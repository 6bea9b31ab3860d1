//! `glossator check`: is every file of a project whole?

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE, FAILED,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
};
use crate::{
    edit::Edit,
    model::{Highlight, Project},
    store::{self, Problem, StoreError},
    text::{counted, grouped},
};

/// Verify every file of a project: its texts, quotes and references
#[derive(Args, Debug)]
#[command(
    after_help = "Nothing is changed, unless by --restore. Problems are listed as path:line:column: what (hint), and the exit code is 1 \
when there are any."
)]
pub struct Check {
    #[command(flatten)]
    folder: Folder,
    /// First add highlights, notebooks and packets again that a history holds and no file does, as one edit, which undo takes back
    #[arg(long)]
    restore: bool,
    #[command(flatten)]
    coder: ByCoder,
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
        if self.restore {
            self.restore()?;
        }
        let problems = store::check(folder);
        let found: Vec<Found> = problems.iter().map(Found::from).collect();
        output::print(self.format, &found, |_| table(&problems))?;
        Ok(if problems.is_empty() { DONE } else { FAILED })
    }

    /// Adds lost highlights, notebooks and packets again, without labels that are gone meanwhile.
    fn restore(&self) -> Result<(), Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let lost = workspace.lost_highlights()?;
        let edits: Vec<Edit> = (lost.iter())
            .filter_map(|h| fit_for(h, workspace.project()))
            .map(Edit::AddHighlight)
            .collect();
        let jottings = workspace.lost_jottings()?;
        let packets = workspace.lost_packets()?;
        let (all, n, notes) = (lost.len(), edits.len(), jottings.len());
        let any = n + notes + packets.len() > 0;
        let mut found = Vec::new();
        if n > 0 {
            found.push(counted(n, "highlight"));
        }
        match notes {
            0 => {}
            1 => found.push("1 entry of a notebook".to_owned()),
            n => found.push(format!("{} entries of notebooks", grouped(n))),
        }
        if !packets.is_empty() {
            found.push(counted(packets.len(), "packet"));
        }
        let found = found.join(" and ");
        if any {
            let edits = edits.into_iter().chain(jottings).chain(packets).collect();
            let what = format!("Restore {found} that no file held");
            workspace
                .perform_as(what, Edit::Batch(edits), Timestamp::now())
                .map_err(Failure::new)?;
        }
        project::finish(workspace)?;
        let mut said = match any {
            false => "nothing to restore".to_owned(),
            true => format!("restored {found}"),
        };
        if all > n {
            said.push_str(&format!(
                "; {} could not be, since their labels or their reading were removed",
                counted(all - n, "highlight")
            ));
        }
        output::note(&said);
        Ok(())
    }
}

/// A highlight without labels that are gone; none when nothing of it can stand in the project.
fn fit_for(highlight: &Arc<Highlight>, project: &Project) -> Option<Arc<Highlight>> {
    project.shelf(&highlight.reading)?;
    let mut highlight = Arc::clone(highlight);
    if highlight.labels.iter().any(|l| project.label(l).is_none()) {
        let highlight = Arc::make_mut(&mut highlight);
        highlight.labels.retain(|l| project.label(l).is_some());
    }
    (!highlight.labels.is_empty()).then_some(highlight)
}

fn table(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return "Every file is whole.".to_owned();
    }
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    format!(
        "{}\n{} found.",
        lines.join("\n"),
        counted(problems.len(), "problem")
    )
}
