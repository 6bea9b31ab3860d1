//! What is asked for: the query, which its conditions as chips and its text in a box both show.

use std::sync::Arc;

use super::Chosen;
use crate::{
    analysis::{
        Corpus,
        query::{Among, Choice, Query, QueryError, Relation, Shape},
    },
    model::{Label, Reading, ReadingId},
};

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

    /// Whether everything passes.
    pub fn is_all(&self) -> bool {
        self.query.is_all() && self.chosen.is_none()
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
    pub fn instead(&self, old: &Query, new: Query) -> Query {
        let all = self.query.conjuncts().into_iter();
        Query::all_of(all.map(|c| if c == *old { new.clone() } else { c }))
    }

    /// The first condition that chooses among such.
    pub fn choice(&self, among: Among) -> Option<Choice> {
        let shapes = self.query.conjuncts().into_iter().map(|c| c.shape());
        shapes
            .filter_map(|shape| match shape {
                Shape::Choice(choice) if choice.among == among => Some(choice),
                _ => None,
            })
            .next()
    }

    /// The query with a name chosen, or not any more when it was; with `more` beside those that are, else in their place.
    pub fn choose(&self, among: Among, name: &str, more: bool) -> Query {
        let old = self.choice(among);
        let mut names = old.as_ref().map_or(Vec::new(), |old| old.names.clone());
        let has = names.iter().any(|n| same(n, name));
        let alone = has && names.len() == 1;
        match (more || alone, has) {
            (true, true) => names.retain(|n| !same(n, name)),
            (true, false) => names.push(name.to_owned()),
            (false, _) => names = vec![name.to_owned()],
        }
        let new = Choice { among, names }.query();
        match old {
            Some(old) => self.instead(&old.query(), new),
            None => self.with(new),
        }
    }

    /// Whether a label is asked for.
    pub fn has_label(&self, label: &Label) -> bool {
        let choices = [Among::Labels, Among::LabelsExactly].map(|among| self.choice(among));
        let mut names = choices.into_iter().flatten().flat_map(|c| c.names);
        names.any(|n| same(&n, &label.name))
    }

    /// Whether a reading is asked for.
    pub fn has_reading(&self, reading: &Reading) -> bool {
        let names = self.choice(Among::Readings).map(|c| c.names);
        let is = |n: &String| n == reading.id.as_str() || same(n, &reading.meta.title);
        names.is_some_and(|names| names.iter().any(is))
    }
}

/// Whether two names are the same, letter case aside.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// What a condition is called on its chip.
pub(super) fn name(condition: &Query, corpus: &Corpus) -> String {
    match condition.shape() {
        Shape::Choice(choice) => chosen(&choice, corpus),
        Shape::Not(inner) => format!("Not {}", lower(&name(&inner, corpus))),
        Shape::Related(subject, others) => {
            let others = others.iter().map(|(relation, other)| {
                format!("{} {}", relation_word(*relation), bare(other, corpus))
            });
            let others = others.collect::<Vec<_>>().join(", ");
            match subject.is_anything() {
                true => capital(&others),
                false => format!("{} {others}", bare(&subject, corpus)),
            }
        }
        Shape::Other => plain(condition),
    }
}

/// “Label: Entrapment or Abandonment”.
fn chosen(choice: &Choice, corpus: &Corpus) -> String {
    let names = names(choice, corpus).join(" or ");
    match choice.among {
        Among::Labels => format!("Label: {names}"),
        Among::LabelsExactly => format!("Label: {names}, not those under it"),
        Among::Readings => format!("Reading: {names}"),
        Among::Coders => format!("Coder: {names}"),
        Among::Stances => format!("Stance: {names}"),
    }
}

/// The names of a choice as people know them: titles of readings.
fn names(choice: &Choice, corpus: &Corpus) -> Vec<String> {
    let title = |name: &String| {
        let id = ReadingId::new(name).ok();
        let source = id.and_then(|id| corpus.source(&id));
        source.map_or_else(|| name.clone(), |s| s.reading.meta.title.clone())
    };
    match choice.among {
        Among::Readings => choice.names.iter().map(title).collect(),
        _ => choice.names.clone(),
    }
}

/// A condition within another: labels by their names alone.
fn bare(condition: &Query, corpus: &Corpus) -> String {
    match condition.shape() {
        Shape::Choice(choice) if choice.among == Among::Labels => {
            names(&choice, corpus).join(" or ")
        }
        _ => lower(&name(condition, corpus)),
    }
}

/// How people are told of a relation.
pub(super) fn relation_word(relation: Relation) -> String {
    match relation {
        Relation::Overlaps => "overlaps".to_owned(),
        Relation::Within => "within".to_owned(),
        Relation::Contains => "contains".to_owned(),
        Relation::Sentence => "in one sentence with".to_owned(),
        Relation::Paragraph => "in one paragraph with".to_owned(),
        Relation::Words(n) => format!("within {n} words of"),
    }
}

/// A condition that its text tells best; the most usual ones have words.
fn plain(condition: &Query) -> String {
    let text = condition.to_string();
    match text.as_str() {
        "has:note" => return "Has a note".to_owned(),
        "has:stance" => return "Has a stance".to_owned(),
        "stance:none" => return "Stance: none".to_owned(),
        _ => {}
    }
    let fields = [
        ("text:", "Text: "),
        ("note:", "Note: "),
        ("created:", "Coded: "),
        ("changed:", "Changed: "),
        ("author:", "Author: "),
        ("year:", "Year: "),
    ];
    let of_field = fields.iter().find_map(|(field, name)| {
        let rest = text.strip_prefix(field)?;
        let simple = !rest.contains([' ', '(', ')']) || rest.starts_with('"');
        simple.then(|| format!("{name}{}", rest.trim_matches('"')))
    });
    of_field.unwrap_or(text)
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(text: &str) -> Filter {
        let mut filter = Filter::default();
        filter.set(Query::parse(text).unwrap());
        filter
    }

    #[test]
    fn a_name_is_chosen_and_let_go_of() {
        let none = filter("has:note");
        let one = filter(
            &none
                .choose(Among::Labels, "Soft balancing", false)
                .to_string(),
        );
        assert_eq!(one.typed, "has:note label:\"Soft balancing\"");
        let two = filter(&one.choose(Among::Labels, "Trust", true).to_string());
        assert_eq!(two.typed, "has:note label:\"Soft balancing\",Trust");
        assert_eq!(
            two.choose(Among::Labels, "soft BALANCING", true)
                .to_string(),
            "has:note label:Trust"
        );
        let only = two.choose(Among::Labels, "Trust", false);
        assert_eq!(only.to_string(), "has:note label:Trust");
        let gone = one.choose(Among::Labels, "Soft balancing", false);
        assert_eq!(gone.to_string(), "has:note");
    }

    #[test]
    fn what_cannot_be_understood_changes_nothing() {
        let mut filter = filter("label:Trust");
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
    fn chips_are_named_in_words() {
        let corpus = Corpus::default();
        for (query, expected) in [
            (
                "label:Entrapment,Abandonment",
                "Label: Entrapment or Abandonment",
            ),
            ("label=Trust", "Label: Trust, not those under it"),
            ("not coder:AL", "Not coder: AL"),
            ("has:note", "Has a note"),
            ("text:\"two poles\"", "Text: two poles"),
            (
                "label:A near(paragraph) label:B,C",
                "A in one paragraph with B or C",
            ),
            ("words:0.. overlaps label:B", "Overlaps B"),
            ("label:A overlaps coder:MK", "A overlaps coder: MK"),
            ("label:A or coder:MK", "label:A or coder:MK"),
        ] {
            let query = Query::parse(query).unwrap();
            assert_eq!(name(&query, &corpus), expected);
        }
    }
}
