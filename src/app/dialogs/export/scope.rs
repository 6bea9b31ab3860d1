//! Which highlights a view stands for, when something is exported from it.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    analysis::{
        Corpus,
        query::{Query, QueryError},
    },
    app::{Session, View, excerpts, words},
    export::{Chosen, Filter},
    model::ReadingId,
};

/// Highlights that can be chosen together.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What they are called.
    pub name: String,
    what: What,
}

/// Which they are.
#[derive(Clone, Debug)]
enum What {
    All,
    Reading(ReadingId),
    Chosen(Arc<Chosen>),
    /// What a query lets through, of some that were chosen elsewhere perhaps.
    Found(Query, Option<Arc<excerpts::Chosen>>),
}

impl Scope {
    fn new(name: impl Into<String>, what: What) -> Self {
        Self {
            name: name.into(),
            what,
        }
    }

    /// Those that were selected.
    pub fn chosen(chosen: Chosen) -> Self {
        let count = chosen.highlights.values().map(BTreeSet::len).sum();
        let name = format!("Only the {} selected", words::counted(count, "excerpt"));
        Self::new(name, What::Chosen(Arc::new(chosen)))
    }

    /// What the view that shows stands for, the narrowest first; everything last.
    pub fn of(session: &Session) -> Vec<Self> {
        let mut all = Vec::new();
        if session.view == View::Read {
            let open = session.reading.clone();
            all.extend(open.map(|id| Self::new("Only this reading", What::Reading(id))));
        }
        if session.view == View::Excerpts {
            all.extend(listed(session));
        }
        let counted = session.compare.scope();
        if session.view == View::Compare && !counted.is_all() {
            let found = What::Found(counted.clone(), None);
            all.push(Self::new("Only what the comparison counts", found));
        }
        all.push(Self::new("The whole project", What::All));
        all
    }

    /// Narrows a filter to them.
    pub fn narrow(&self, filter: &mut Filter, corpus: &Corpus) -> Result<(), QueryError> {
        match &self.what {
            What::All => {}
            What::Reading(id) if filter.readings.is_empty() => filter.readings.push(id.clone()),
            What::Reading(id) => filter.readings.retain(|asked| asked == id),
            What::Chosen(chosen) => filter.keep((**chosen).clone()),
            What::Found(query, among) => {
                filter.narrow(query, corpus)?;
                if let Some(among) = among {
                    filter.keep(places(among));
                }
            }
        }
        Ok(())
    }
}

/// What the list of excerpts shows, when that is not everything.
fn listed(session: &Session) -> Option<Scope> {
    let (query, among) = session.excerpts.asked();
    if query.is_all() && among.is_none() {
        return None;
    }
    let name = match session.excerpts.counts() {
        Some((count, _)) => format!("Only the {} listed", words::counted(count, "excerpt")),
        None => "Only the excerpts listed".to_owned(),
    };
    Some(Scope::new(name, What::Found(query.clone(), among.cloned())))
}

fn places(among: &excerpts::Chosen) -> Chosen {
    let mut chosen = Chosen {
        query: among.title.clone(),
        ..Chosen::default()
    };
    for (reading, id) in &among.places {
        let here = chosen.highlights.entry(reading.clone()).or_default();
        here.insert(*id);
    }
    chosen
}
