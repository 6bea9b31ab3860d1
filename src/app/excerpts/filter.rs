//! What is asked for: the query, which its conditions as chips and its text in a box both show.

use std::sync::Arc;

use super::Chosen;
use crate::{
    analysis::{
        Corpus,
        query::{Condition, Query, QueryError, Relation},
    },
    model::{CoderId, LabelId, ReadingId, Stance},
};

/// A condition that every excerpt meets: what stands in a relation where nothing else is asked for.
const ANYTHING: &str = "words:0..";

/// What filters the list.
#[derive(Default)]
pub(super) struct Filter {
    query: Query,
    /// The text in the box: that of the query, or what was typed and can't be understood.
    pub typed: String,
    error: Option<QueryError>,
    /// Whether the box shows.
    pub open: bool,
    /// Highlights that were chosen elsewhere.
    pub chosen: Option<Arc<Chosen>>,
    /// The query's conditions, as of a project's revision and a query.
    parts: Option<(u64, Query, Vec<Part>)>,
}

/// A condition of the query.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub query: Query,
    /// What it is when it is one of those that can be chosen.
    pub condition: Option<Condition>,
    /// What it is called on its chip.
    pub name: String,
}

/// What can be ticked in a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Labels,
    Readings,
    Coders,
    Stances,
}

/// Something that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Label(LabelId),
    Reading(ReadingId),
    Coder(CoderId),
    Stance(Option<Stance>),
}

impl Filter {
    /// What is asked for.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What is wrong with the text in the box.
    pub fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// Asks for something else.
    pub fn set(&mut self, query: Query) {
        self.typed = query.to_string();
        self.query = query;
        self.error = None;
    }

    /// Reads what was typed into the box. What can't be understood changes nothing else.
    pub fn read(&mut self) {
        match Query::parse(&self.typed) {
            Ok(query) => {
                self.query = query;
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
    }

    /// Takes the query apart when it or the project changed.
    pub fn take_apart(&mut self, revision: u64, corpus: &Corpus) {
        let fits = |(r, q, _): &(u64, Query, Vec<Part>)| *r == revision && *q == self.query;
        if !self.parts.as_ref().is_some_and(fits) {
            let parts = self.query.conjuncts().into_iter();
            let parts = parts.map(|query| Part {
                condition: query.condition(corpus),
                name: name(&query, corpus),
                query,
            });
            self.parts = Some((revision, self.query.clone(), parts.collect()));
        }
    }

    /// The conditions of the query when it was taken apart last.
    pub fn parts(&self) -> &[Part] {
        self.parts.as_ref().map_or(&[], |(_, _, parts)| parts)
    }

    /// The query with one more condition.
    pub fn with(&self, condition: Query) -> Query {
        let mut all = self.query.conjuncts();
        if !all.contains(&condition) {
            all.push(condition);
        }
        Query::all_of(all)
    }

    /// The query without a condition.
    pub fn without(&self, condition: &Query) -> Query {
        let mut all = self.query.conjuncts();
        if let Some(at) = all.iter().position(|c| c == condition) {
            all.remove(at);
        }
        Query::all_of(all)
    }

    /// The query with another condition in the place of one.
    pub fn instead(&self, old: &Query, new: &Query) -> Query {
        let all = self.query.conjuncts().into_iter();
        Query::all_of(all.map(|c| if c == *old { new.clone() } else { c }))
    }

    /// The first condition that chooses among such.
    pub fn choice(&self, kind: Kind) -> Option<&Part> {
        let is = |part: &&Part| part.condition.as_ref().and_then(kind_of) == Some(kind);
        self.parts().iter().find(is)
    }

    /// The query with a name chosen, or not any more when it was; with `more` beside those that are, else in their place.
    pub fn choose(&self, name: &Name, more: bool, corpus: &Corpus) -> Query {
        match self.choice(name.kind()) {
            Some(part) => {
                let chosen = toggled(part.condition.as_ref(), name, more);
                self.instead(&part.query, &Query::when(corpus, &chosen))
            }
            None => self.with(Query::when(corpus, &toggled(None, name, more))),
        }
    }

    /// Puts what is asked for into a relation to others: the labels where some are, else everything.
    pub fn related(&self, relation: Relation, other: Query) -> Query {
        match self.choice(Kind::Labels) {
            Some(part) => {
                let related = part.query.clone().related(relation, other);
                self.instead(&part.query, &related)
            }
            None => {
                let anything = Query::parse(ANYTHING).unwrap_or_default();
                self.with(anything.related(relation, other))
            }
        }
    }

    /// Whether a name is asked for.
    pub fn has(&self, name: &Name) -> bool {
        let choices = self.parts().iter().filter_map(|p| p.condition.as_ref());
        choices.into_iter().any(|condition| has(condition, name))
    }
}

impl Name {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Label(_) => Kind::Labels,
            Self::Reading(_) => Kind::Readings,
            Self::Coder(_) => Kind::Coders,
            Self::Stance(_) => Kind::Stances,
        }
    }

    /// The condition that this alone meets.
    pub fn alone(&self) -> Condition {
        toggled(None, self, false)
    }
}

/// What a condition chooses among.
pub(super) fn kind_of(condition: &Condition) -> Option<Kind> {
    Some(match condition {
        Condition::Labels { .. } => Kind::Labels,
        Condition::Readings(_) => Kind::Readings,
        Condition::Coders(_) => Kind::Coders,
        Condition::Stances(_) => Kind::Stances,
        _ => return None,
    })
}

/// Whether a condition chooses a name.
pub(super) fn has(condition: &Condition, name: &Name) -> bool {
    match (condition, name) {
        (Condition::Labels { labels, .. }, Name::Label(label)) => labels.contains(label),
        (Condition::Readings(readings), Name::Reading(reading)) => readings.contains(reading),
        (Condition::Coders(coders), Name::Coder(coder)) => coders.contains(coder),
        (Condition::Stances(stances), Name::Stance(stance)) => stances.contains(stance),
        _ => false,
    }
}

/// A choice with a name ticked, or not any more; with `more` beside the others, else in their place.
pub(super) fn toggled(choice: Option<&Condition>, name: &Name, more: bool) -> Condition {
    match (choice, name) {
        (Some(Condition::Labels { labels, only }), Name::Label(label)) => Condition::Labels {
            labels: ticked(labels, label, more),
            only: *only,
        },
        (_, Name::Label(label)) => Condition::Labels {
            labels: vec![label.clone()],
            only: false,
        },
        (Some(Condition::Readings(all)), Name::Reading(one)) => {
            Condition::Readings(ticked(all, one, more))
        }
        (_, Name::Reading(one)) => Condition::Readings(vec![one.clone()]),
        (Some(Condition::Coders(all)), Name::Coder(one)) => {
            Condition::Coders(ticked(all, one, more))
        }
        (_, Name::Coder(one)) => Condition::Coders(vec![one.clone()]),
        (Some(Condition::Stances(all)), Name::Stance(one)) => {
            Condition::Stances(ticked(all, one, more))
        }
        (_, Name::Stance(one)) => Condition::Stances(vec![*one]),
    }
}

fn ticked<T: Clone + PartialEq>(all: &[T], one: &T, more: bool) -> Vec<T> {
    match (all.contains(one), more) {
        (true, _) if all.len() == 1 => Vec::new(),
        (true, true) => all.iter().filter(|o| *o != one).cloned().collect(),
        (false, true) => all.iter().chain([one]).cloned().collect(),
        (_, false) => vec![one.clone()],
    }
}

/// What a condition is called on its chip.
pub(super) fn name(condition: &Query, corpus: &Corpus) -> String {
    match condition.relations() {
        Some((subject, others)) if subject.to_string() == ANYTHING => {
            let other = |(relation, other): &(Relation, Query)| {
                format!("{} {}", relation.words(), other.describe(corpus))
            };
            let others: Vec<String> = others.iter().map(other).collect();
            let mut text = others.join(" ");
            if let Some(first) = text.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            text
        }
        _ => condition.describe(corpus),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edit::{Edit, apply},
        model::{Label, PALETTE, Project},
    };

    fn label(name: &str) -> Name {
        Name::Label(LabelId::new(&name.to_lowercase()).unwrap())
    }

    fn corpus() -> Corpus {
        let mut project = Project::new("P");
        for name in ["Trust", "Hedging", "Energy"] {
            let id = LabelId::new(&name.to_lowercase()).unwrap();
            apply(
                &mut project,
                Edit::AddLabel(Label::new(id, name, PALETTE[0])),
            )
            .unwrap();
        }
        Corpus::new(&project)
    }

    fn filter(text: &str, corpus: &Corpus) -> Filter {
        let mut filter = Filter::default();
        filter.set(Query::parse(text).unwrap());
        filter.take_apart(0, corpus);
        filter
    }

    #[test]
    fn a_name_is_chosen_and_let_go_of() {
        let corpus = corpus();
        let choose = |text: &str, name: &str, more: bool| {
            let filter = filter(text, &corpus);
            filter.choose(&label(name), more, &corpus).to_string()
        };
        assert_eq!(choose("has:note", "Trust", false), "has:note label:Trust");
        assert_eq!(
            choose("label:Trust has:note", "Hedging", false),
            "label:Hedging has:note"
        );
        assert_eq!(
            choose("label:Trust", "Hedging", true),
            "label:Trust,Hedging"
        );
        assert_eq!(
            choose("label=Trust", "Hedging", true),
            "label=Trust,Hedging"
        );
        assert_eq!(
            choose("label:Trust,Hedging", "Trust", true),
            "label:Hedging"
        );
        assert_eq!(choose("label:Trust,Hedging", "Trust", false), "label:Trust");
        assert_eq!(choose("label:Trust has:note", "Trust", false), "has:note");
        assert_eq!(choose("label:Trust has:note", "Trust", true), "has:note");
        assert!(filter("label:Trust,Hedging", &corpus).has(&label("Hedging")));
        assert!(!filter("label:Trust not label:Hedging", &corpus).has(&label("Hedging")));
    }

    #[test]
    fn what_cannot_be_understood_changes_nothing() {
        let mut filter = filter("label:Trust", &corpus());
        filter.typed = "label:Trust (".to_owned();
        filter.read();
        assert_eq!(filter.query().to_string(), "label:Trust");
        assert!(filter.error().is_some());
        filter.typed = "label:Trust has:note".to_owned();
        filter.read();
        assert!(filter.error().is_none());
        assert_eq!(filter.query().conjuncts().len(), 2);
        let note = Query::parse("has:note").unwrap();
        assert_eq!(filter.without(&note).to_string(), "label:Trust");
    }

    #[test]
    fn a_relation_is_of_the_labels_that_are_asked_for_or_of_everything() {
        let corpus = corpus();
        let other = || Query::parse("label:Energy").unwrap();
        let related = |text: &str| filter(text, &corpus).related(Relation::Overlaps, other());
        let two = related("has:note label:Trust").to_string();
        assert_eq!(two, "has:note label:Trust overlaps label:Energy");
        let any = related("");
        assert_eq!(any.to_string(), "words:0.. overlaps label:Energy");
        assert_eq!(name(&any, &corpus), "Overlapping Label: Energy");
    }
}
