//! `glossator undo` and `glossator redo`.

use clap::Args;
use jiff::Timestamp;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    history, output,
    project::{self, Folder},
};
use crate::store::{UndoError, Workspace};

/// Undo your last edit; the undo itself is in the history and can be redone
#[derive(Args, Debug)]
pub struct Undo {
    #[command(flatten)]
    steps: Steps,
}

/// Do again what was undone last
#[derive(Args, Debug)]
pub struct Redo {
    #[command(flatten)]
    steps: Steps,
}

#[derive(Args, Debug)]
struct Steps {
    #[command(flatten)]
    folder: Folder,
    /// How many edits
    #[arg(long, value_name = "N", default_value_t = 1)]
    times: usize,
    #[command(flatten)]
    coder: ByCoder,
}

impl Undo {
    pub fn run(self) -> Result<u8, Failure> {
        self.steps
            .run("Undid", "undo", |w| w.undo(Timestamp::now()))
    }
}

impl Redo {
    pub fn run(self) -> Result<u8, Failure> {
        self.steps
            .run("Did again", "redo", |w| w.redo(Timestamp::now()))
    }
}

impl Steps {
    fn run(
        self,
        done: &str,
        verb: &str,
        mut step: impl FnMut(&mut Workspace) -> Result<Option<String>, UndoError>,
    ) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let coder = workspace.coder().clone();
        let mut said = Vec::new();
        let mut failure = None;
        for _ in 0..self.times {
            match step(&mut workspace) {
                Ok(Some(what)) => said.push(format!("{done}: {}", history::plain(&what))),
                Ok(None) => {
                    failure = Some(
                        Failure::new(format!("there is nothing to {verb} for {coder}"))
                            .hint("`glossator history` lists the edits of all coders; --coder says whose are meant"),
                    );
                    break;
                }
                Err(error) => {
                    failure = Some(Failure::of_sentences(error));
                    break;
                }
            }
        }
        project::finish(workspace)?;
        if !said.is_empty() {
            output::write_out(&said.join("\n"))?;
        }
        failure.map_or(Ok(DONE), Err)
    }
}
