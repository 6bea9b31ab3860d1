//! What findings are called, and what is said below their pictures.

use super::{Finding, What};
use crate::{
    analysis::{
        LabelIx,
        cooccur::Nearness,
        keyness::Against,
        matrix::{Across, Column, ColumnKey, Measure},
        query::Query,
    },
    model::{Color, Label, LabelId, ReadingId},
    text::{counted, grouped},
};

impl Finding {
    pub(super) fn heading(&self) -> String {
        match &self.what {
            What::Matrix { spec, .. } => format!("Labels by {}", across(&spec.across)),
            What::Cooccurrence { .. } => "Labels found together".to_owned(),
            What::Along { .. } => "Labels along the text".to_owned(),
            What::Contrast { spec, .. } => {
                let names = spec.theories.iter().map(|id| self.label_called(id));
                names.collect::<Vec<_>>().join(" and ")
            }
            What::Keyness { spec, .. } => format!("Words of {}", scope(&spec.target)),
            What::Table(table) => table.title.clone(),
        }
    }

    /// What is said below the picture: what was counted, out of what.
    pub(super) fn caption(&self) -> String {
        match &self.what {
            What::Matrix { spec, found } => {
                let what = match spec.measure {
                    Measure::Count => "Highlights",
                    Measure::Words => "Words in highlights, each once,",
                    Measure::Share => "Share of the words that lie in highlights",
                };
                let folded = match found.rows.iter().any(|row| row.folded) {
                    true => " A folded label (+) counts those under it.",
                    false => "",
                };
                format!(
                    "{what} by label and {}: {}{}.{folded}",
                    one(&spec.across),
                    counted(found.highlights, "highlight"),
                    within(&spec.scope)
                )
            }
            What::Cooccurrence {
                spec,
                jaccard,
                bows,
                ..
            } => {
                let what = match jaccard {
                    true => "Jaccard’s index of highlights with either label",
                    false => "Pairs of highlights",
                };
                let own = match bows {
                    true => "Beside a name: highlights with the label.",
                    false => "On the diagonal: highlights with the label.",
                };
                format!(
                    "{what} that {}{}. {own}",
                    together(spec.nearness),
                    within(&spec.scope)
                )
            }
            What::Along { spec, parts, .. } => {
                let marks = match parts {
                    None => "Each mark is a highlight".to_owned(),
                    Some(n) => format!(
                        "Each reading in {n} equal parts, the stronger coloured the more highlights touch them"
                    ),
                };
                format!(
                    "{marks}{}; all readings drawn equally long.",
                    within(&spec.scope)
                )
            }
            What::Contrast { spec, .. } => match spec.scope.is_all() {
                true => String::new(),
                false => format!("Only {}.", scope(&spec.scope)),
            },
            What::Keyness { spec, found, .. } => format!(
                "Log-likelihood G² (Rayson and Garside 2000) of {} in {} against {} {}.",
                counted(found.here as usize, "word"),
                scope(&spec.target),
                grouped(found.there as usize),
                match spec.against {
                    Against::Excerpts => "in the other excerpts",
                    Against::Texts => "in the rest of the texts",
                }
            ),
            What::Table(_) => String::new(),
        }
    }

    pub(super) fn label(&self, label: LabelIx) -> Option<&Label> {
        self.corpus.codebook().get(label)
    }

    pub(super) fn label_name(&self, label: LabelIx) -> String {
        self.label(label)
            .map_or_else(String::new, |l| l.name.clone())
    }

    pub(super) fn color(&self, label: LabelIx) -> Color {
        self.label(label).map_or(Color([0x80; 3]), |l| l.color)
    }

    /// The name of a label, or its id where it is gone.
    pub(super) fn label_called(&self, id: &LabelId) -> String {
        let number = self.corpus.codebook().number(id);
        number.map_or_else(|| id.to_string(), |n| self.label_name(n))
    }

    /// How a reading is cited: `Walt 1987a`.
    pub(super) fn cited(&self, id: &ReadingId) -> String {
        match self.corpus.source(id) {
            Some(source) => self.names.short(&source.reading),
            None => id.to_string(),
        }
    }

    /// The heading of a column: readings as they are cited, so that no two are called the same.
    pub(super) fn column(&self, column: &Column) -> String {
        match &column.key {
            ColumnKey::Reading(id) => self.cited(id),
            _ => column.title.clone(),
        }
    }
}

fn across(across: &Across) -> String {
    match across {
        Across::Readings => "readings".to_owned(),
        Across::Years => "years".to_owned(),
        Across::Coders => "coders".to_owned(),
        Across::Stances => "stances".to_owned(),
        Across::Attribute(name) => name.clone(),
    }
}

fn one(across: &Across) -> &str {
    match across {
        Across::Readings => "reading",
        Across::Years => "year",
        Across::Coders => "coder",
        Across::Stances => "stance",
        Across::Attribute(name) => name,
    }
}

fn together(nearness: Nearness) -> String {
    match nearness {
        Nearness::Overlap => "overlap".to_owned(),
        Nearness::Sentence => "touch a common sentence".to_owned(),
        Nearness::Paragraph => "touch a common paragraph".to_owned(),
        Nearness::Words(n) => format!("have at most {} between them", counted(n as usize, "word")),
    }
}

fn scope(query: &Query) -> String {
    match query.is_all() {
        true => "all excerpts".to_owned(),
        false => format!("the excerpts {query}"),
    }
}

fn within(query: &Query) -> String {
    match query.is_all() {
        true => String::new(),
        false => format!(", only {query}"),
    }
}
