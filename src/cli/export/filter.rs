//! Which highlights are exported.

use clap::Args;

use crate::{
    analysis::{Corpus, query::Place},
    cli::{failure::Failure, project, scope::Where},
    export::{Chosen, Filter},
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
        let filter = Filter {
            labels: labels.collect::<Result<_, _>>()?,
            readings: readings.collect::<Result<_, _>>()?,
            coders: coders.collect::<Result<_, _>>()?,
            chosen: None,
        };
        self.narrowed(filter, project)
    }

    /// A filter with what the query lets through; under the labels that the query asks for, if all that passes has one of them.
    fn narrowed(&self, mut filter: Filter, project: &Project) -> Result<Filter, Failure> {
        let query = self.scope.query(project)?;
        if query.is_all() {
            return Ok(filter);
        }
        let corpus = Corpus::new(project);
        let failure = |error| self.scope.failure(&query, error);
        let asked = query.labels(&corpus).map_err(failure)?;
        let found = query.select(&corpus).map_err(failure)?;
        let has_one = |place: &Place| {
            let labels = corpus.coding(*place).map(|(_, coding)| &coding.labels);
            labels.is_some_and(|labels| labels.iter().any(|l| asked.contains(l)))
        };
        if filter.labels.is_empty() && found.iter().all(has_one) {
            let ids = asked.iter().filter_map(|l| corpus.codebook().get(*l));
            filter.labels = ids.map(|label| label.id.clone()).collect();
        }
        filter.chosen = Some(Chosen::by(&query, &corpus).map_err(failure)?);
        Ok(filter)
    }
}
