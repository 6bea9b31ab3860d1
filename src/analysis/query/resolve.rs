//! The names of a query found in a project.

use std::collections::BTreeSet;

use super::{
    QueryError,
    ast::{At, Field, Has, Node, Op, Term, Value},
    eval::{Labels, Plan, Test, is_within},
    names, values,
};
use crate::{
    analysis::{Corpus, Source, find::Finder},
    model::{Stance, Value as Attribute},
    text::fold,
};

/// What is left to be done of a query once its names are found.
///
/// # Errors
/// Points at a name that the project does not have.
pub(super) fn plan(node: &Node, corpus: &Corpus) -> Result<Plan, QueryError> {
    Ok(match node {
        Node::All(nodes) => {
            let mut plans = plans(nodes, corpus)?;
            plans.sort_by_key(Plan::cost);
            Plan::All(plans)
        }
        Node::Any(nodes) => Plan::Any(plans(nodes, corpus)?),
        Node::Not(node) => Plan::Not(Box::new(plan(node, corpus)?)),
        Node::Related(subject, to) => {
            let other = |(relation, node): &(_, Node)| {
                Ok((*relation, plan(node, corpus)?, labels_of(node, corpus)?))
            };
            Plan::Related(
                Box::new(plan(subject, corpus)?),
                labels_of(subject, corpus)?,
                to.iter().map(other).collect::<Result<_, QueryError>>()?,
            )
        }
        Node::Term(term) => of_term(term, corpus)?,
    })
}

fn plans(nodes: &[Node], corpus: &Corpus) -> Result<Vec<Plan>, QueryError> {
    nodes.iter().map(|node| plan(node, corpus)).collect()
}

/// The labels that a condition asks for, outside any `not` and not of what highlights stand in relation to.
pub(super) fn labels_of(node: &Node, corpus: &Corpus) -> Result<Labels, QueryError> {
    let mut set = vec![false; corpus.codebook().len()];
    add_labels(node, corpus, &mut set)?;
    Ok(set)
}

fn add_labels(node: &Node, corpus: &Corpus, set: &mut Labels) -> Result<(), QueryError> {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes
            .iter()
            .try_for_each(|node| add_labels(node, corpus, set)),
        Node::Not(_) => Ok(()),
        Node::Related(subject, _) => add_labels(subject, corpus, set),
        Node::Term(term) if term.field == Field::Label => {
            for (at, value) in &term.values {
                if let Value::Words(name) = value {
                    for label in names::labels(corpus, name, *at)? {
                        let range = match term.op {
                            Op::Exactly => label..label + 1,
                            _ => corpus.codebook().family(label),
                        };
                        set[range.start as usize..range.end as usize].fill(true);
                    }
                }
            }
            Ok(())
        }
        Node::Term(_) => Ok(()),
    }
}

fn of_term(term: &Term, corpus: &Corpus) -> Result<Plan, QueryError> {
    let Term { field, values, .. } = term;
    if matches!(field, Field::Label) {
        let named = Plan::test(Test::Labels(labels_of(&Node::Term(term.clone()), corpus)?));
        let lacks = values.iter().any(|(_, value)| *value == Value::Nothing);
        return Ok(match lacks {
            true => Plan::Any(vec![named, Plan::test(Test::NoLabel)]),
            false => named,
        });
    }
    if *field == Field::Stance {
        let stance = |(_, value): &(At, Value)| match value {
            Value::Stance(stance) => Some(*stance),
            _ => None,
        };
        let stances: Vec<Option<Stance>> = values.iter().map(stance).collect();
        return Ok(Plan::test(Test::Stances(stances)));
    }
    if *field == Field::Coder {
        let mut coders = BTreeSet::new();
        for (at, value) in values {
            if let Value::Words(name) = value {
                coders.extend(names::coders(corpus, name, *at)?);
            }
        }
        return Ok(Plan::test(Test::Coders(coders.into_iter().collect())));
    }
    let each = values
        .iter()
        .map(|(at, value)| of_value(term, *at, value, corpus));
    let mut plans = each.collect::<Result<Vec<_>, _>>()?;
    Ok(match plans.len() {
        1 => plans.remove(0),
        _ => Plan::Any(plans),
    })
}

fn of_value(term: &Term, at: At, value: &Value, corpus: &Corpus) -> Result<Plan, QueryError> {
    let (field, op) = (&term.field, term.op);
    let readings = |passes: &dyn Fn(&Source) -> bool| {
        Plan::Readings(corpus.sources().iter().map(|s| passes(s)).collect())
    };
    Ok(match (field, value) {
        (Field::Text | Field::Note | Field::Anywhere, Value::Words(_) | Value::Regex(_)) => {
            let finder = finder(at, value, op)?;
            Plan::test(match field {
                Field::Text => Test::Passage(finder),
                Field::Note => Test::Note(finder),
                _ => Test::Anywhere(finder),
            })
        }
        (Field::Note, _) => Plan::test(Test::HasNote(false)),
        (Field::Reading, Value::Words(name)) => {
            let found = names::readings(corpus, name, at)?;
            Plan::Readings(
                (0..corpus.sources().len())
                    .map(|reading| found.contains(&reading))
                    .collect(),
            )
        }
        (Field::Author, Value::Words(name)) => names::by_author(corpus, name, at)?,
        (Field::Author, _) => readings(&|s| s.reading.meta.authors.is_empty()),
        (Field::Title, Value::Words(_)) => {
            let finder = finder(at, value, op)?;
            readings(&|s| finder.hits(&s.reading.meta.title).next().is_some())
        }
        (Field::Kind, Value::Words(kind)) => {
            let wanted = fold(kind);
            readings(&|s| fold(&s.reading.meta.kind) == wanted)
        }
        (Field::Kind, _) => readings(&|s| s.reading.meta.kind.is_empty()),
        (Field::Year, Value::Numbers(from, to)) => readings(&|s| {
            let year = s.reading.meta.year;
            year.is_some_and(|year| is_within(op, i64::from(year), *from, *to))
        }),
        (Field::Year, _) => readings(&|s| s.reading.meta.year.is_none()),
        (Field::Words, Value::Numbers(from, to)) => Plan::test(Test::Words(op, *from, *to)),
        (Field::Created, Value::Days(from, to)) => Plan::test(Test::Created(op, *from, *to)),
        (Field::Changed, Value::Days(from, to)) => Plan::test(Test::Changed(op, *from, *to)),
        (Field::Has, Value::Has(has)) => match has {
            Has::Note => Plan::test(Test::HasNote(true)),
            Has::Stance => Plan::test(Test::HasStance),
            Has::Year => readings(&|s| s.reading.meta.year.is_some()),
            Has::Author => readings(&|s| !s.reading.meta.authors.is_empty()),
            Has::Attribute(name) => {
                let name = names::attribute(corpus, name, at)?;
                readings(&|s| names::attribute_of(s, &name).is_some())
            }
        },
        (Field::Attribute(name), value) => {
            let name = names::attribute(corpus, name, term.named)?;
            readings(&|s| match (names::attribute_of(s, &name), value) {
                (None, Value::Nothing) => true,
                (Some(own), Value::Attribute(wanted)) => compares(op, own, wanted),
                _ => false,
            })
        }
        // The parser gives no field other values.
        _ => Plan::Readings(Vec::new()),
    })
}

fn finder(at: At, value: &Value, op: Op) -> Result<Finder, QueryError> {
    let pattern = values::pattern(value, op).unwrap_or_default();
    Finder::new(&pattern).map_err(|error| QueryError::new(at, error.message))
}

/// Whether an attribute stands so to what is asked for. Without an order, what looks the same is the same.
fn compares(op: Op, own: &Attribute, wanted: &Attribute) -> bool {
    match (own, wanted) {
        (Attribute::Number(own), Attribute::Number(wanted)) => {
            own.partial_cmp(wanted).is_some_and(|order| op.holds(order))
        }
        (Attribute::Date(own), Attribute::Date(wanted)) => op.holds(own.cmp(wanted)),
        _ if op.orders() => false,
        (own, wanted) => {
            let (own, wanted) = (own.to_string(), wanted.to_string());
            own.to_lowercase() == wanted.to_lowercase() || {
                let wanted = fold(&wanted);
                !wanted.is_empty() && fold(&own) == wanted
            }
        }
    }
}
