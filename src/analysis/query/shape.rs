//! The shape of a query, for windows that show its conditions one by one and make new ones.

use super::{
    Query, Relation,
    ast::{At, Field, Node, Op, Term, Value},
};
use crate::model::Stance;

/// What a condition chooses among by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Labels, each with those under it.
    Labels,
    /// Labels, each without those under it.
    LabelsExactly,
    /// Readings.
    Readings,
    /// Coders.
    Coders,
    /// Stances, by their words.
    Stances,
}

/// A condition that one of several names meets: `label:Entrapment,Abandonment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen among.
    pub among: Among,
    /// The names, as they are written; at least one.
    pub names: Vec<String>,
}

/// What a query is at its outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A choice among names.
    Choice(Choice),
    /// Not this.
    Not(Query),
    /// What meets the first and stands in these relations to others.
    Related(Query, Vec<(Relation, Query)>),
    /// Something else; its text says what.
    Other,
}

impl Choice {
    /// The query of this condition.
    pub fn query(&self) -> Query {
        let (field, op) = match self.among {
            Among::Labels => (Field::Label, Op::Is),
            Among::LabelsExactly => (Field::Label, Op::Exactly),
            Among::Readings => (Field::Reading, Op::Is),
            Among::Coders => (Field::Coder, Op::Is),
            Among::Stances => (Field::Stance, Op::Is),
        };
        let value = |name: &String| match name.parse::<Stance>() {
            Ok(stance) if self.among == Among::Stances => Value::Stance(stance),
            _ => Value::Words(name.clone()),
        };
        let values = self.names.iter().map(|name| (At::default(), value(name)));
        let values: Vec<_> = values.collect();
        if values.is_empty() {
            return Query::default();
        }
        Query::of(Some(Node::Term(Term {
            at: At::default(),
            field,
            op,
            values,
        })))
    }
}

impl Query {
    /// What it is at its outside.
    pub fn shape(&self) -> Shape {
        match &self.node {
            Some(Node::Not(node)) => Shape::Not(Self::of(Some((**node).clone()))),
            Some(Node::Related(subject, to)) => {
                let others = to.iter();
                let others = others.map(|(r, node)| (*r, Self::of(Some(node.clone()))));
                Shape::Related(Self::of(Some((**subject).clone())), others.collect())
            }
            Some(node) => choice(node).map_or(Shape::Other, Shape::Choice),
            None => Shape::Other,
        }
    }

    /// What does not pass this; everything when this is for everything.
    pub fn negated(&self) -> Self {
        let node = self.node.clone();
        Self::of(node.map(|node| Node::Not(Box::new(node))))
    }

    /// What passes this and stands in a relation to another highlight, which passes `other`. Everything passes the empty query.
    pub fn related(&self, relation: Relation, other: &Self) -> Self {
        let anything = || Some(anything());
        let (subject, to) = (self.node.clone().or_else(anything), other.node.clone());
        let to = to.or_else(anything).map(|to| (relation, to));
        Self::of(subject.map(|subject| subject.related(to.into_iter().collect())))
    }

    /// Whether it lets everything through though it has a condition, as what [`Self::related`] puts in the place of nothing.
    pub fn is_anything(&self) -> bool {
        self.node.as_ref().is_none_or(|node| *node == anything())
    }
}

/// A condition that everything meets.
fn anything() -> Node {
    Node::Term(Term {
        at: At::default(),
        field: Field::Words,
        op: Op::Is,
        values: vec![(At::default(), Value::Numbers(Some(0), None))],
    })
}

/// The choice that a condition is, or several of one kind with `or` between them.
fn choice(node: &Node) -> Option<Choice> {
    match node {
        Node::Term(term) => of_term(term),
        Node::Any(nodes) => {
            let mut choices = nodes.iter().map(choice);
            let mut all = choices.next()??;
            for more in choices {
                let more = more.filter(|more| more.among == all.among)?;
                all.names.extend(more.names);
            }
            Some(all)
        }
        _ => None,
    }
}

fn of_term(term: &Term) -> Option<Choice> {
    let among = match (&term.field, term.op) {
        (Field::Label, Op::Is) => Among::Labels,
        (Field::Label, Op::Exactly) => Among::LabelsExactly,
        (Field::Reading, _) => Among::Readings,
        (Field::Coder, _) => Among::Coders,
        (Field::Stance, _) => Among::Stances,
        _ => return None,
    };
    let name = |(_, value): &(At, Value)| match value {
        Value::Words(name) => Some(name.clone()),
        Value::Stance(stance) => Some(stance.to_string()),
        _ => None,
    };
    let names = term.values.iter().map(name).collect::<Option<Vec<_>>>()?;
    Some(Choice { among, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::parse(text).unwrap()
    }

    fn names(text: &str) -> Option<(Among, Vec<String>)> {
        match query(text).shape() {
            Shape::Choice(choice) => Some((choice.among, choice.names)),
            _ => None,
        }
    }

    #[test]
    fn choices_are_read_and_written() {
        let two = ["Soft balancing", "or"].map(str::to_owned).to_vec();
        let cases = [
            ("label:\"Soft balancing\",\"or\"", Among::Labels),
            ("label=\"Soft balancing\",\"or\"", Among::LabelsExactly),
            ("reading:\"Soft balancing\",\"or\"", Among::Readings),
        ];
        for (text, among) in cases {
            assert_eq!(names(text), Some((among, two.clone())), "{text}");
            let names = two.clone();
            let made = Choice { among, names }.query();
            assert_eq!(made.to_string(), text);
            assert_eq!(made, query(text));
        }
        let stances = Choice {
            among: Among::Stances,
            names: vec!["supports".into()],
        };
        assert_eq!(stances.query(), query("stance:supports"));
        let apart = names("label:A or label:B").unwrap();
        assert_eq!(apart.1, ["A", "B"]);
        for other in [
            "label:A or coder:MK",
            "label:A or label=B",
            "stance:none",
            "x",
            "",
        ] {
            assert_eq!(names(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_asked_of_everything_has_a_condition() {
        let near = Query::default().related(Relation::Paragraph, &query("label:B"));
        let Shape::Related(subject, to) = near.shape() else {
            panic!("{near}");
        };
        assert!(subject.is_anything() && !subject.is_all());
        assert_eq!(to, [(Relation::Paragraph, query("label:B"))]);
        assert_eq!(query(&near.to_string()), near);
        let more = query("label:A").related(Relation::Within, &query("label:C"));
        assert_eq!(more, query("label:A within label:C"));
        assert_eq!(query("label:A").negated(), query("not label:A"));
        assert!(Query::default().negated().is_all());
    }
}
