//! A query written out: as short as it can be and be read back the same.

use std::fmt::{self, Display};

use jiff::civil::Date;

use super::{
    ast::{Field, Has, Node, Relation, Term, Value},
    parse::is_keyword,
};
use crate::model::Value as Attribute;

impl Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(nodes) => joined(f, nodes, " ", |n| matches!(n, Self::Any(_))),
            Self::Any(nodes) => joined(f, nodes, " or ", |_| false),
            Self::Not(node) => {
                f.write_str("not ")?;
                operand(f, node)
            }
            Self::Related(subject, to) => {
                operand(f, subject)?;
                for (relation, other) in to {
                    write!(f, " {relation} ")?;
                    operand(f, other)?;
                }
                Ok(())
            }
            Self::Term(term) => term.fmt(f),
        }
    }
}

fn joined(
    f: &mut fmt::Formatter<'_>,
    nodes: &[Node],
    between: &str,
    parens: impl Fn(&Node) -> bool,
) -> fmt::Result {
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        match parens(node) {
            true => write!(f, "({node})")?,
            false => node.fmt(f)?,
        }
    }
    Ok(())
}

/// What stands after `not` and on either side of a relation.
fn operand(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::Not(_) | Node::Term(_) => node.fmt(f),
        _ => write!(f, "({node})"),
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlaps => f.write_str("overlaps"),
            Self::Within => f.write_str("within"),
            Self::Contains => f.write_str("contains"),
            Self::Sentence => f.write_str("near(sentence)"),
            Self::Paragraph => f.write_str("near(paragraph)"),
            Self::Words(n) => write!(f, "near({n} words)"),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Field::Anywhere => {}
            Field::Attribute(name) => write!(f, "@{}{}", word(name), self.op.sign())?,
            field => write!(f, "{}{}", field.name(), self.op.sign())?,
        }
        for (i, (_, value)) in self.values.iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            value.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("none"),
            Self::Words(words) => f.write_str(&word(words)),
            Self::Regex(regex) => write!(f, "/{}/", escaped(regex)),
            Self::Stance(stance) => stance.fmt(f),
            Self::Has(Has::Attribute(name)) => write!(f, "@{}", word(name)),
            Self::Has(has) => {
                let named = Has::NAMED.iter().find(|(_, h)| h == has);
                f.write_str(named.map(|(name, _)| *name).unwrap_or_default())
            }
            Self::Numbers(from, to) => range(f, from.as_ref(), to.as_ref()),
            Self::Days(from, to) => days(f, *from, *to),
            Self::Attribute(Attribute::Text(text)) if is_plain_text(text) => {
                f.write_str(&word(text))
            }
            Self::Attribute(Attribute::Text(text)) => f.write_str(&quoted(text)),
            Self::Attribute(value) => value.fmt(f),
        }
    }
}

/// Whether a text is taken for one without quotes.
fn is_plain_text(text: &str) -> bool {
    Attribute::parse(text).as_ref() == Some(&Attribute::Text(text.to_owned()))
}

/// A word, in quotes where it has to be.
pub(super) fn word(text: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '*' | '\'' | '’');
    match !text.is_empty() && text.chars().all(is_bare) && !is_keyword(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// A regular expression whose slashes do not end it.
fn escaped(regex: &str) -> String {
    let mut out = String::new();
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend([Some(c), chars.next()].into_iter().flatten()),
            '/' => out.push_str("\\/"),
            c => out.push(c),
        }
    }
    out
}

fn range<T: Display + PartialEq>(
    f: &mut fmt::Formatter<'_>,
    from: Option<&T>,
    to: Option<&T>,
) -> fmt::Result {
    if let (Some(from), Some(to)) = (from, to)
        && from == to
    {
        return from.fmt(f);
    }
    if let Some(from) = from {
        from.fmt(f)?;
    }
    f.write_str("..")?;
    to.map_or(Ok(()), |to| to.fmt(f))
}

fn days(f: &mut fmt::Formatter<'_>, from: Option<Date>, to: Option<Date>) -> fmt::Result {
    if let (Some(from), Some(to)) = (from, to)
        && from.first_of_year() == from
        && from.last_of_year() == to
    {
        return write!(f, "{:04}", from.year());
    }
    if let (Some(from), Some(to)) = (from, to)
        && from.first_of_month() == from
        && from.last_of_month() == to
    {
        return write!(f, "{:04}-{:02}", from.year(), from.month());
    }
    range(f, from.as_ref(), to.as_ref())
}
