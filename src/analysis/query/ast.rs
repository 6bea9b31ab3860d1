//! What a query is made of.

use jiff::civil::Date;

use super::super::cooccur::Nearness;
use crate::model::{Stance, Value as Attribute};

/// Where something stands in the text of a query, in bytes. Two queries are the same wherever their words stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct At {
    pub start: usize,
    pub end: usize,
}

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl At {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// From the start of this to the end of `other`.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start, other.end)
    }
}

/// A condition that a highlight meets or not.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// All of them; at least two, none of them [`Node::All`].
    All(Vec<Node>),
    /// At least one of them; at least two, none of them [`Node::Any`].
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// The first condition, and for each relation another highlight that meets the condition after it.
    Related(Box<Node>, Vec<(Relation, Node)>),
    /// A plain condition.
    Term(Term),
}

impl Node {
    /// All of `nodes`; `None` for none.
    pub fn all(nodes: Vec<Self>) -> Option<Self> {
        let flat = nodes.into_iter().flat_map(|node| match node {
            Self::All(inner) => inner,
            other => vec![other],
        });
        one_or(flat.collect(), Self::All)
    }

    /// At least one of `nodes`; `None` for none.
    pub fn any(nodes: Vec<Self>) -> Option<Self> {
        let flat = nodes.into_iter().flat_map(|node| match node {
            Self::Any(inner) => inner,
            other => vec![other],
        });
        one_or(flat.collect(), Self::Any)
    }

    /// `self` in relations to others; `self` when there are none.
    pub fn related(self, to: Vec<(Relation, Self)>) -> Self {
        match self {
            one if to.is_empty() => one,
            Self::Related(subject, mut first) => {
                first.extend(to);
                Self::Related(subject, first)
            }
            other => Self::Related(Box::new(other), to),
        }
    }
}

fn one_or(mut nodes: Vec<Node>, many: impl Fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(many(nodes)),
    }
}

/// How one highlight stands to another of the same reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// They share at least one byte.
    Overlaps,
    /// It lies within the other; equal passages do.
    Within,
    /// The other lies within it; equal passages do.
    Contains,
    /// They touch a common sentence.
    Sentence,
    /// They touch a common paragraph.
    Paragraph,
    /// At most so many words start between them.
    Words(u32),
}

impl From<Nearness> for Relation {
    fn from(nearness: Nearness) -> Self {
        match nearness {
            Nearness::Overlap => Self::Overlaps,
            Nearness::Sentence => Self::Sentence,
            Nearness::Paragraph => Self::Paragraph,
            Nearness::Words(n) => Self::Words(n),
        }
    }
}

/// What is asked about a highlight or its reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Label,
    Stance,
    Coder,
    Reading,
    /// The passage.
    Text,
    Note,
    /// The passage or the note.
    Anywhere,
    Has,
    Author,
    Title,
    Kind,
    Year,
    Created,
    Changed,
    /// How many words the passage has.
    Words,
    /// An attribute of the reading.
    Attribute(String),
}

impl Field {
    /// The fields that have a name of their own, in the order in which they are offered.
    pub const NAMED: [(&'static str, Self); 14] = [
        ("label", Self::Label),
        ("stance", Self::Stance),
        ("coder", Self::Coder),
        ("reading", Self::Reading),
        ("text", Self::Text),
        ("note", Self::Note),
        ("has", Self::Has),
        ("author", Self::Author),
        ("title", Self::Title),
        ("kind", Self::Kind),
        ("year", Self::Year),
        ("created", Self::Created),
        ("changed", Self::Changed),
        ("words", Self::Words),
    ];

    /// Its name in a query; empty for words without a field.
    pub fn name(&self) -> String {
        if let Self::Attribute(name) = self {
            return format!("@{name}");
        }
        let named = Self::NAMED.iter().find(|(_, field)| field == self);
        named.map(|(name, _)| *name).unwrap_or_default().to_owned()
    }
}

/// How what is found is compared with what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// `:`
    Is,
    /// `=`: a label without those under it, whole words; else as `:`.
    Exactly,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Op {
    pub fn sign(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Exactly => "=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether it asks for an order.
    pub fn orders(self) -> bool {
        !matches!(self, Self::Is | Self::Exactly)
    }

    /// Whether something that stands so to what is asked for passes.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Is | Self::Exactly => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// A plain condition: one of `values` for `field`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub at: At,
    /// Where the name of the field stands.
    pub named: At,
    pub field: Field,
    pub op: Op,
    pub values: Vec<(At, Value)>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing: `none`.
    Nothing,
    /// A name, or words to be found.
    Words(String),
    /// A regular expression.
    Regex(String),
    Stance(Stance),
    Has(Has),
    /// Whole numbers from and up to, both included; open where there is none.
    Numbers(Option<i64>, Option<i64>),
    /// Days from and up to, both included; open where there is none.
    Days(Option<Date>, Option<Date>),
    /// A value of an attribute.
    Attribute(Attribute),
}

/// What a highlight or its reading can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Has {
    Note,
    Stance,
    Year,
    Author,
    Attribute(String),
}

impl Has {
    pub const NAMED: [(&'static str, Self); 4] = [
        ("note", Self::Note),
        ("stance", Self::Stance),
        ("year", Self::Year),
        ("author", Self::Author),
    ];
}
