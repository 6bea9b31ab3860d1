//! Which excerpts can be added to a section: worked out on a thread.

use std::{collections::HashSet, sync::Arc};

use crate::{
    analysis::{
        Corpus,
        query::{Place, Query, QueryError},
    },
    model::{HighlightId, LabelId, PacketId, SectionId},
};

/// What the list depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The state of the project.
    pub revision: u64,
    /// The section.
    pub section: (PacketId, SectionId),
    /// The theory whose excerpts alone are listed.
    pub theory: Option<LabelId>,
    /// What else is asked for.
    pub query: String,
}

/// The excerpts that can be added.
pub struct Found {
    /// The project as it was.
    pub corpus: Arc<Corpus>,
    /// They, reading by reading in text order.
    pub items: Vec<Place>,
    /// What is wrong with the query.
    pub error: Option<QueryError>,
}

impl Found {
    /// Looks them up. O(highlights), beside what the query costs.
    pub fn new(key: &Key, corpus: Arc<Corpus>, there: &HashSet<HighlightId>) -> Self {
        let query = Query::parse(&key.query);
        let (all, error) = match query.and_then(|query| query.select(&corpus)) {
            Ok(all) => (all, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let family = key.theory.as_ref().map(|theory| {
            let codebook = corpus.codebook();
            codebook.number(theory).map(|n| codebook.family(n))
        });
        let fits = |place: &Place| {
            corpus.coding(*place).is_some_and(|(_, coding)| {
                let mut labels = coding.labels.iter();
                let in_theory = match &family {
                    Some(Some(family)) => labels.any(|label| family.contains(label)),
                    Some(None) => false,
                    None => true,
                };
                in_theory && !there.contains(&coding.highlight.id)
            })
        };
        let items = all.into_iter().filter(fits).collect();
        Self {
            corpus,
            items,
            error,
        }
    }

    /// The highlight of an item.
    pub fn id(&self, item: usize) -> Option<HighlightId> {
        let (_, coding) = self.corpus.coding(*self.items.get(item)?)?;
        Some(coding.highlight.id)
    }
}
