//! A query in words that people read: “Label: Entrapment or Abandonment”.

use std::fmt::Display;

use super::{
    Query,
    ast::{At, Field, Has, Node, Op, Relation, Term, Value},
    names,
};
use crate::analysis::Corpus;

impl Query {
    /// What it asks for in words, for a chip or a heading: `Label: Entrapment or Abandonment`. Names are as the corpus spells
    /// them; empty for the query that lets everything through.
    pub fn describe(&self, corpus: &Corpus) -> String {
        let words = |node: &Node| Wording { corpus }.of(node);
        self.node.as_ref().map(words).unwrap_or_default()
    }
}

impl Relation {
    /// How it is said between two highlights: `in the same paragraph as`.
    pub fn words(self) -> String {
        match self {
            Self::Overlaps => "overlapping".to_owned(),
            Self::Within => "within".to_owned(),
            Self::Contains => "containing".to_owned(),
            Self::Sentence => "in the same sentence as".to_owned(),
            Self::Paragraph => "in the same paragraph as".to_owned(),
            Self::Words(1) => "within 1 word of".to_owned(),
            Self::Words(n) => format!("within {n} words of"),
        }
    }
}

struct Wording<'a> {
    corpus: &'a Corpus,
}

impl Wording<'_> {
    fn of(&self, node: &Node) -> String {
        let joined = |nodes: &[Node], between: &str| {
            let parts: Vec<String> = nodes.iter().map(|n| self.part(n)).collect();
            parts.join(between)
        };
        match node {
            Node::All(nodes) => joined(nodes, " and "),
            Node::Any(nodes) => joined(nodes, " or "),
            Node::Not(inner) => match &**inner {
                Node::Term(term) => self.term(term, true),
                other => format!("Not {}", self.part(other)),
            },
            Node::Related(subject, to) => {
                let mut text = self.part(subject);
                for (relation, other) in to {
                    text.push_str(&format!(" {} {}", relation.words(), self.part(other)));
                }
                text
            }
            Node::Term(term) => self.term(term, false),
        }
    }

    /// A condition that is part of another.
    fn part(&self, node: &Node) -> String {
        match node {
            Node::Term(_) | Node::Not(_) => self.of(node),
            _ => format!("({})", self.of(node)),
        }
    }

    fn term(&self, term: &Term, negated: bool) -> String {
        let values = term.values.iter().map(|(_, value)| self.value(term, value));
        let values: Vec<String> = values.collect();
        let mut values = values.join(" or ");
        if term.field == Field::Label && term.op == Op::Exactly {
            values.push_str(" only");
        }
        let not = if negated { "not " } else { "" };
        match title(&term.field) {
            Some(title) => format!("{title}: {not}{values}"),
            None if term.field == Field::Has && negated => format!("Without {values}"),
            None if term.field == Field::Has => format!("With {values}"),
            None if negated => format!("Not {values}"),
            None => values,
        }
    }

    fn value(&self, term: &Term, value: &Value) -> String {
        match (&term.field, value) {
            (_, Value::Nothing) => "none".to_owned(),
            (_, Value::Regex(regex)) => format!("/{regex}/"),
            (_, Value::Stance(stance)) => stance.to_string(),
            (_, Value::Has(has)) => self.has(has),
            (Field::Words, Value::Numbers(from, to)) => {
                format!(
                    "{} words",
                    range(term.op, ["fewer than", "more than"], *from, *to)
                )
            }
            (_, Value::Numbers(from, to)) => range(term.op, ["before", "after"], *from, *to),
            (_, Value::Days(from, to)) => range(term.op, ["before", "after"], *from, *to),
            (_, Value::Attribute(value)) => range(
                term.op,
                ["less than", "more than"],
                Some(value),
                Some(value),
            ),
            (field, Value::Words(words)) => self.words(field, words),
        }
    }

    /// A name as the project spells it; words in quotation marks.
    fn words(&self, field: &Field, words: &str) -> String {
        let at = At::default();
        let spelled = match field {
            Field::Label => {
                let number = names::labels(self.corpus, words, at);
                let label =
                    number.map(|all| all.first().and_then(|l| self.corpus.codebook().get(*l)));
                label.ok().flatten().map(|label| label.name.clone())
            }
            Field::Coder => {
                let coders = names::coders(self.corpus, words, at).unwrap_or_default();
                coders.first().map(ToString::to_string)
            }
            Field::Reading => {
                let readings = names::readings(self.corpus, words, at).unwrap_or_default();
                let first = readings.first().and_then(|r| self.corpus.sources().get(*r));
                first.map(|source| source.reading.meta.citation())
            }
            Field::Author | Field::Kind => None,
            _ => return format!("“{words}”"),
        };
        spelled.unwrap_or_else(|| words.to_owned())
    }

    fn has(&self, has: &Has) -> String {
        match has {
            Has::Note => "a note".to_owned(),
            Has::Stance => "a stance".to_owned(),
            Has::Year => "a year".to_owned(),
            Has::Author => "an author".to_owned(),
            Has::Attribute(name) => format!("the attribute “{name}”"),
        }
    }
}

/// What a field is called over its values; nothing for those that say it themselves.
fn title(field: &Field) -> Option<String> {
    Some(match field {
        Field::Label => "Label".to_owned(),
        Field::Stance => "Stance".to_owned(),
        Field::Coder => "Coder".to_owned(),
        Field::Reading => "Reading".to_owned(),
        Field::Text => "Passage".to_owned(),
        Field::Note => "Note".to_owned(),
        Field::Author => "Author".to_owned(),
        Field::Title => "Title".to_owned(),
        Field::Kind => "Kind".to_owned(),
        Field::Year => "Year".to_owned(),
        Field::Created => "Made".to_owned(),
        Field::Changed => "Changed".to_owned(),
        Field::Words => "Length".to_owned(),
        Field::Attribute(name) => name.clone(),
        Field::Anywhere | Field::Has => return None,
    })
}

/// A range or a comparison in words; `less` and `more` say what `<` and `>` mean here.
fn range<T: Display + PartialEq>(
    op: Op,
    [less, more]: [&str; 2],
    from: Option<T>,
    to: Option<T>,
) -> String {
    match (op, from, to) {
        (Op::Less, Some(from), _) => format!("{less} {from}"),
        (Op::More, _, Some(to)) => format!("{more} {to}"),
        (Op::AtLeast, Some(from), _) | (_, Some(from), None) => format!("from {from}"),
        (Op::AtMost, _, Some(to)) | (_, None, Some(to)) => format!("up to {to}"),
        (_, Some(from), Some(to)) if from == to => from.to_string(),
        (_, Some(from), Some(to)) => format!("{from} to {to}"),
        (_, None, None) => "any".to_owned(),
    }
}
