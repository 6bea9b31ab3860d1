//! `glossator along`: where labels fall in the readings.

use clap::Args;

use super::{
    failure::Failure,
    project::Folder,
    scope::Where,
    shown::{Desk, Fold, Shown},
};
use crate::{
    analysis::along::{Spec, along},
    export::finding::What,
};

/// Show where each label falls along the readings
#[derive(Args, Debug)]
#[command(after_help = "\
A table has a row for each highlight and label: where it begins and ends as a share of the text, and its place. A picture has a strip \
for each reading, all equally long, and in it a lane for each label.

Examples:
  glossator along seminar -o strips.svg
  # two labels only, as densities in 40 parts of each text
  glossator along seminar --label Entrapment --label Abandonment --parts 40 -o strips.png")]
pub struct AlongCommand {
    #[command(flatten)]
    folder: Folder,
    /// Only this label
    #[arg(long = "label", value_name = "LABEL")]
    labels: Vec<String>,
    #[command(flatten)]
    scope: Where,
    #[command(flatten)]
    fold: Fold,
    /// Draw how dense marks lie in so many equal parts of each text, instead of each mark
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=400))]
    parts: Option<u16>,
    /// Keep readings without a highlight
    #[arg(long)]
    empty: bool,
    #[command(flatten)]
    shown: Shown,
}

impl AlongCommand {
    pub fn run(self) -> Result<u8, Failure> {
        self.shown.check(&self.folder.project)?;
        let desk = Desk::open(&self.folder.project)?;
        let query = self.scope.query(&desk.project)?;
        let spec = Spec {
            scope: query,
            folded: self.fold.labels(&desk)?,
            labels: desk.labels(&self.labels)?,
        };
        let mut found =
            along(&desk.corpus, &spec).map_err(|error| self.scope.failure(&spec.scope, error))?;
        if !self.empty {
            found.strips.retain(|strip| !strip.marks.is_empty());
        }
        self.shown.write(&desk.finding(What::Along {
            spec,
            found,
            parts: self.parts.map(usize::from),
        }))
    }
}
