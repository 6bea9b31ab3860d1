//! `glossator contrast`: theory against theory.

use clap::Args;

use super::{
    failure::Failure,
    project::Folder,
    scope::Where,
    shown::{Desk, Shown},
};
use crate::{
    analysis::contrast::{Spec, contrast},
    export::finding::What,
};

/// Set readings side by side: what each says of a theory, or of two that contrast
#[derive(Args, Debug)]
#[command(after_help = "\
A row for each reading, a column for each stance; in each cell the best quotes with their citations, and what the coders claim there. \
Quotes with a note come first, then those that can be quoted whole, then the rest in text order. `glossator claim` writes claims.

Examples:
  # what the readings do with a theory
  glossator contrast seminar --label \"Balance of threat\" -o threat.svg
  # two theories, three quotes a cell, for a wide slide
  glossator contrast seminar --label Entrapment --label Abandonment --quotes 3 --width 300mm --dark -o slide.png")]
pub struct ContrastCommand {
    #[command(flatten)]
    folder: Folder,
    /// The theory, with the labels under it; a second one to set against it
    #[arg(long = "label", value_name = "LABEL", required = true)]
    labels: Vec<String>,
    #[command(flatten)]
    scope: Where,
    /// How many quotes of a cell a table or a picture shows; JSON and RON hold all
    #[arg(long, value_name = "N", default_value_t = 2)]
    quotes: usize,
    /// Keep readings that say nothing of it
    #[arg(long)]
    empty: bool,
    #[command(flatten)]
    shown: Shown,
}

impl ContrastCommand {
    pub fn run(self) -> Result<u8, Failure> {
        if self.labels.len() > 2 {
            return Err(
                Failure::usage("more than two theories don't fit side by side")
                    .hint("name one or two with --label"),
            );
        }
        self.shown.check(&self.folder.project)?;
        let desk = Desk::open(&self.folder.project)?;
        let query = self.scope.query(&desk.project)?;
        let spec = Spec {
            theories: desk.labels(&self.labels)?,
            scope: query,
            empty_rows: self.empty,
        };
        let found = contrast(&desk.corpus, &spec)
            .map_err(|error| self.scope.failure(&spec.scope, error))?;
        self.shown.write(&desk.finding(What::Contrast {
            spec,
            found,
            quotes: self.quotes,
        }))
    }
}
