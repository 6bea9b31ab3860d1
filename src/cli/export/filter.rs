//! Which highlights are exported.

use clap::Args;

use crate::{
    analysis::Corpus,
    cli::{failure::Failure, project, scope::Where},
    export::Filter,
    model::Project,
};

/// The filters.
#[derive(Args, Debug)]
pub struct Filters {
    /// Only highlights with this label or one under it
    #[arg(long = "label", value_name = "NAME")]
    labels: Vec<String>,
    /// Only this reading, by its slug, its title, an author's surname, or a part that fits no other
    #[arg(long = "reading", value_name = "SLUG")]
    readings: Vec<String>,
    /// Only this coder's highlights
    #[arg(long = "coder", value_name = "NAME")]
    coders: Vec<String>,
    #[command(flatten)]
    scope: Where,
}

impl Filters {
    /// The filter that was asked for.
    pub fn filter(&self, project: &Project) -> Result<Filter, Failure> {
        let labels = self
            .labels
            .iter()
            .map(|n| project::label(project, n).map(|l| l.id.clone()));
        let readings = self
            .readings
            .iter()
            .map(|n| project::reading(project, n).map(|r| r.id.clone()));
        let coders = self.coders.iter().map(|n| project::known_coder(project, n));
        let mut filter = Filter {
            labels: labels.collect::<Result<_, _>>()?,
            readings: readings.collect::<Result<_, _>>()?,
            coders: coders.collect::<Result<_, _>>()?,
            chosen: None,
        };
        let query = self.scope.query(project)?;
        if !query.is_all() {
            let narrowed = filter.narrow(&query, &Corpus::new(project));
            narrowed.map_err(|error| self.scope.failure(&query, error))?;
        }
        Ok(filter)
    }
}
