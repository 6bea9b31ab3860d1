//! Which highlights meet a query.

use std::cmp::Ordering;

use jiff::{civil::Date, tz::TimeZone};

use super::{
    ast::{Op, Relation},
    near::related,
};
use crate::{
    analysis::{Coding, LabelIx, Source, find::Finder},
    model::{CoderId, Stance},
};

/// A query whose names are found: what is left to be done is to look at highlights.
#[derive(Debug)]
pub(super) enum Plan {
    All(Vec<Plan>),
    Any(Vec<Plan>),
    Not(Box<Plan>),
    Related(Box<Plan>, Labels, Vec<(Relation, Plan, Labels)>),
    /// For each reading whether its highlights pass.
    Readings(Vec<bool>),
    Highlight(Box<Test>),
}

/// A set of labels: for each number whether it is in.
pub(super) type Labels = Vec<bool>;

/// What a highlight is asked.
#[derive(Debug)]
pub(super) enum Test {
    Labels(Labels),
    /// It has no label that the codebook has.
    NoLabel,
    Stances(Vec<Option<Stance>>),
    HasStance,
    Coders(Vec<CoderId>),
    HasNote(bool),
    Created(Op, Option<Date>, Option<Date>),
    Changed(Op, Option<Date>, Option<Date>),
    Words(Op, Option<i64>, Option<i64>),
    Passage(Finder),
    Note(Finder),
    Anywhere(Finder),
}

impl Plan {
    /// To ask each highlight.
    pub fn test(test: Test) -> Self {
        Self::Highlight(Box::new(test))
    }

    /// How much it costs to look, so that what is dear is asked of few: 0 for nothing.
    pub fn cost(&self) -> u32 {
        match self {
            Self::Readings(_) => 0,
            Self::Highlight(test) => test.cost(),
            Self::Not(plan) => plan.cost(),
            Self::All(plans) | Self::Any(plans) => {
                plans.iter().map(Self::cost).max().unwrap_or_default()
            }
            Self::Related(subject, _, to) => {
                let others = to.iter().map(|(relation, plan, _)| {
                    let units = match relation {
                        Relation::Sentence => 5,
                        Relation::Words(_) => 4,
                        _ => 2,
                    };
                    plan.cost().max(units)
                });
                others.max().unwrap_or_default().max(subject.cost())
            }
        }
    }

    /// Those of `alive` that pass: places among the codings of the reading at `number`, ascending.
    pub fn passing(&self, number: usize, source: &Source, alive: &[u32]) -> Vec<u32> {
        if alive.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Readings(which) => match which.get(number) {
                Some(true) => alive.to_vec(),
                _ => Vec::new(),
            },
            Self::All(plans) => {
                let mut left = alive.to_vec();
                for plan in plans {
                    left = plan.passing(number, source, &left);
                }
                left
            }
            Self::Any(plans) => {
                let mut found = Vec::new();
                let mut left = alive.to_vec();
                for plan in plans {
                    let more = plan.passing(number, source, &left);
                    left = without(&left, &more);
                    found.extend(more);
                }
                found.sort_unstable();
                found
            }
            Self::Not(plan) => without(alive, &plan.passing(number, source, alive)),
            Self::Related(subject, own, to) => {
                let mut left = subject.passing(number, source, alive);
                for (relation, plan, others) in to {
                    if left.is_empty() {
                        break;
                    }
                    let all: Vec<u32> = (0..source.codings().len() as u32).collect();
                    let those = plan.passing(number, source, &all);
                    left = stand(source, *relation, (&left, own), (&those, others));
                }
                left
            }
            Self::Highlight(test) => {
                let codings = source.codings();
                let passes = |at: &u32| test.passes(source, *at as usize, &codings[*at as usize]);
                alive.iter().copied().filter(passes).collect()
            }
        }
    }
}

/// Which of `these` stand so to one of `those`, or to themselves by different labels.
fn stand(
    source: &Source,
    relation: Relation,
    (these, own): (&[u32], &Labels),
    (those, others): (&[u32], &Labels),
) -> Vec<u32> {
    let by_others = related(source, relation, these, those);
    let rest = without(these, &by_others);
    let codings = source.codings();
    let is_both =
        |at: &u32| those.binary_search(at).is_ok() && has_two(&codings[*at as usize], own, others);
    let mut all = by_others;
    all.extend(rest.into_iter().filter(is_both));
    all.sort_unstable();
    all
}

/// Whether a highlight has a label of one set and another of the other.
fn has_two(coding: &Coding, one: &Labels, other: &Labels) -> bool {
    let of = |set: &Labels, label: &LabelIx| set.get(*label as usize).copied().unwrap_or_default();
    let labels = &coding.labels;
    labels
        .iter()
        .filter(|a| of(one, a))
        .any(|a| labels.iter().any(|b| a != b && of(other, b)))
}

/// Those of `all` that are not among `some`; all ascending.
fn without(all: &[u32], some: &[u32]) -> Vec<u32> {
    let mut some = some.iter().copied().peekable();
    let mut left = Vec::with_capacity(all.len() - some.len().min(all.len()));
    for at in all.iter().copied() {
        while some.next_if(|s| *s < at).is_some() {}
        if some.peek() != Some(&at) {
            left.push(at);
        }
    }
    left
}

impl Test {
    fn cost(&self) -> u32 {
        match self {
            Self::Words(..) => 4,
            Self::Passage(_) | Self::Note(_) | Self::Anywhere(_) => 3,
            _ => 1,
        }
    }

    fn passes(&self, source: &Source, at: usize, coding: &Coding) -> bool {
        let highlight = &coding.highlight;
        let passage = || highlight.span.of(source.text());
        let found = |finder: &Finder, text: &str| finder.hits(text).next().is_some();
        match self {
            Self::Labels(set) => {
                let has = |l: &LabelIx| set.get(*l as usize).copied().unwrap_or_default();
                coding.labels.iter().any(has)
            }
            Self::NoLabel => coding.labels.is_empty(),
            Self::Stances(stances) => stances.contains(&highlight.stance),
            Self::HasStance => highlight.stance.is_some(),
            Self::Coders(coders) => coders.contains(&highlight.coder),
            Self::HasNote(has) => highlight.note.is_empty() != *has,
            Self::Created(op, from, to) => is_within(*op, day(highlight.created), *from, *to),
            Self::Changed(op, from, to) => is_within(*op, day(highlight.changed), *from, *to),
            Self::Words(op, from, to) => {
                let (first, end) = source.word_ranges()[at];
                is_within(*op, i64::from(end.saturating_sub(first)), *from, *to)
            }
            Self::Passage(finder) => found(finder, passage()),
            Self::Note(finder) => found(finder, &highlight.note),
            Self::Anywhere(finder) => found(finder, passage()) || found(finder, &highlight.note),
        }
    }
}

/// The day of a time, in UTC.
fn day(time: jiff::Timestamp) -> Date {
    TimeZone::UTC.to_datetime(time).date()
}

/// Whether a value stands so to a range, both ends included: within it, or by an order before or behind it.
pub(super) fn is_within<T: Ord>(op: Op, value: T, from: Option<T>, to: Option<T>) -> bool {
    // Without an order both ends count; “before 2026” is before its first day, “up to 2026” up to its last.
    let from = from.map(|from| value.cmp(&from));
    let to = to.map(|to| value.cmp(&to));
    match op {
        Op::Is | Op::Exactly => from != Some(Ordering::Less) && to != Some(Ordering::Greater),
        Op::Less | Op::AtLeast => from.is_some_and(|order| op.holds(order)),
        Op::More | Op::AtMost => to.is_some_and(|order| op.holds(order)),
    }
}
