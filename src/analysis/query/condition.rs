//! Plain conditions as views make them from what people choose, and queries put together.

use jiff::civil::Date;

use super::{
    Query, Relation,
    ast::{At, Field, Has, Node, Op, Term, Value},
    names,
};
use crate::{
    analysis::{Corpus, LabelIx},
    model::{CoderId, LabelId, ReadingId, Stance},
};

/// A condition that can be chosen without writing a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One of these labels.
    Labels {
        /// The labels.
        labels: Vec<LabelId>,
        /// Without those under them.
        only: bool,
    },
    /// One of these readings.
    Readings(Vec<ReadingId>),
    /// One of these stances, or none.
    Stances(Vec<Option<Stance>>),
    /// Tagged by one of these coders.
    Coders(Vec<CoderId>),
    /// With a note, or without.
    Note(bool),
    /// These words in the passage or the note.
    Text(String),
    /// Made on these days (UTC), both included; open where there is none.
    Created(Option<Date>, Option<Date>),
    /// Changed last on these days (UTC), both included; open where there is none.
    Changed(Option<Date>, Option<Date>),
}

impl Query {
    /// The query of a condition; the one for everything when nothing was chosen. Labels and readings are written by their names
    /// where these are theirs alone, else by their ids.
    pub fn when(corpus: &Corpus, condition: &Condition) -> Self {
        let (field, op, values) = match condition {
            Condition::Labels { labels, only } => {
                let names = labels.iter().map(|id| label_name(corpus, id));
                let op = if *only { Op::Exactly } else { Op::Is };
                (Field::Label, op, names.map(Value::Words).collect())
            }
            Condition::Readings(ids) => {
                let names = ids.iter().map(|id| Value::Words(id.to_string()));
                (Field::Reading, Op::Is, names.collect())
            }
            Condition::Stances(stances) => {
                let value = |s: &Option<Stance>| s.map_or(Value::Nothing, Value::Stance);
                (Field::Stance, Op::Is, stances.iter().map(value).collect())
            }
            Condition::Coders(coders) => {
                let names = coders.iter().map(|c| Value::Words(c.to_string()));
                (Field::Coder, Op::Is, names.collect())
            }
            Condition::Note(true) => (Field::Has, Op::Is, vec![Value::Has(Has::Note)]),
            Condition::Note(false) => (Field::Note, Op::Is, vec![Value::Nothing]),
            Condition::Text(words) if words.trim().is_empty() => return Self::default(),
            Condition::Text(words) => (Field::Anywhere, Op::Is, vec![Value::Words(words.clone())]),
            Condition::Created(None, None) | Condition::Changed(None, None) => {
                return Self::default();
            }
            Condition::Created(from, to) => (Field::Created, Op::Is, vec![Value::Days(*from, *to)]),
            Condition::Changed(from, to) => (Field::Changed, Op::Is, vec![Value::Days(*from, *to)]),
        };
        let values: Vec<(At, Value)> = values.into_iter().map(|v| (At::default(), v)).collect();
        let term = Term {
            at: At::default(),
            named: At::default(),
            field,
            op,
            values,
        };
        Self::of((!term.values.is_empty()).then_some(Node::Term(term)))
    }

    /// The condition that this query is, if it is one that can be chosen and all its names are known.
    pub fn condition(&self, corpus: &Corpus) -> Option<Condition> {
        let Some(Node::Term(term)) = &self.node else {
            return None;
        };
        let values = || term.values.iter().map(|(_, value)| value);
        Some(match (&term.field, term.op) {
            (Field::Label, op) => {
                let mut labels = Vec::new();
                for value in values() {
                    let found = names::labels(corpus, words(value)?, At::default()).ok()?;
                    labels.extend(found.into_iter().filter_map(|l| label_id(corpus, l)));
                }
                Condition::Labels {
                    labels,
                    only: op == Op::Exactly,
                }
            }
            (Field::Reading, _) => {
                let mut readings = Vec::new();
                for value in values() {
                    let found = names::readings(corpus, words(value)?, At::default()).ok()?;
                    let sources = found.into_iter().filter_map(|r| corpus.sources().get(r));
                    readings.extend(sources.map(|s| s.reading.id.clone()));
                }
                Condition::Readings(readings)
            }
            (Field::Coder, _) => {
                let mut coders = Vec::new();
                for value in values() {
                    coders.extend(names::coders(corpus, words(value)?, At::default()).ok()?);
                }
                Condition::Coders(coders)
            }
            (Field::Stance, _) => Condition::Stances(
                values()
                    .map(|value| match value {
                        Value::Stance(stance) => Some(*stance),
                        _ => None,
                    })
                    .collect(),
            ),
            (Field::Has, _) if values().eq([&Value::Has(Has::Note)]) => Condition::Note(true),
            (Field::Note, _) if values().eq([&Value::Nothing]) => Condition::Note(false),
            (Field::Anywhere, _) => Condition::Text(words(values().next()?)?.to_owned()),
            (field @ (Field::Created | Field::Changed), Op::Is | Op::Exactly) => {
                let mut all = values();
                let (Some(Value::Days(from, to)), None) = (all.next(), all.next()) else {
                    return None;
                };
                match field {
                    Field::Created => Condition::Created(*from, *to),
                    _ => Condition::Changed(*from, *to),
                }
            }
            _ => return None,
        })
    }

    /// What passes this query and stands so to another highlight that passes `other`.
    pub fn related(self, relation: Relation, other: Self) -> Self {
        match (self.node, other.node) {
            (Some(subject), Some(other)) => {
                Self::of(Some(subject.related(vec![(relation, other)])))
            }
            (node, _) => Self::of(node),
        }
    }

    /// The parts of a query of relations: what highlights themselves have to meet, then each relation with what the other has to.
    pub fn relations(&self) -> Option<(Self, Vec<(Relation, Self)>)> {
        let Some(Node::Related(subject, to)) = &self.node else {
            return None;
        };
        let other = |(relation, node): &(Relation, Node)| (*relation, Self::of(Some(node.clone())));
        let subject = Self::of(Some((**subject).clone()));
        Some((subject, to.iter().map(other).collect()))
    }

    /// What does not pass this query; `None` when everything does.
    pub fn negated(self) -> Option<Self> {
        let node = match self.node? {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        };
        Some(Self::of(Some(node)))
    }
}

/// The words of a value that is a name or words to be found.
fn words(value: &Value) -> Option<&str> {
    match value {
        Value::Words(words) => Some(words),
        _ => None,
    }
}

fn label_id(corpus: &Corpus, label: LabelIx) -> Option<LabelId> {
    corpus.codebook().get(label).map(|l| l.id.clone())
}

/// The name by which a query finds just this label.
pub(super) fn label_name(corpus: &Corpus, id: &LabelId) -> String {
    let number = corpus.codebook().number(id);
    let name = number
        .and_then(|l| corpus.codebook().get(l))
        .map(|l| &l.name);
    let finds = |name: &&String| {
        let found = names::labels(corpus, name, At::default());
        found.is_ok_and(|found| found.as_slice() == number.as_slice())
    };
    name.filter(finds)
        .map_or_else(|| id.to_string(), Clone::clone)
}
