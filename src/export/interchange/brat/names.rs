//! Labels as brat calls types.

use std::collections::{HashMap, HashSet};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    export::{Selection, table::one_line},
    model::{Color, LabelId, Project},
    text::latin,
};

/// A label as a type of brat.
pub(super) struct Type {
    /// Of letters, digits, `-` and `_` of ASCII; no two types have the same.
    pub name: String,
    /// The label's name, on a line.
    pub shown: String,
    pub color: Color,
    /// How deep it lies under others.
    pub depth: usize,
}

/// The types of all labels that go with a selection.
pub(super) struct Types {
    all: Vec<Type>,
    places: HashMap<LabelId, usize>,
}

impl Types {
    pub fn of(project: &Project, selection: &Selection<'_>) -> Self {
        // Attributes have these names.
        let mut taken = HashSet::from(["Stance".to_owned(), "Coder".to_owned()]);
        let mut types = Self {
            all: Vec::new(),
            places: HashMap::new(),
        };
        for (depth, label) in selection.codebook(project) {
            let name = match plain(&label.name) {
                name if name.is_empty() => plain(label.id.as_str()),
                name => name,
            };
            let base = if name.is_empty() {
                "Label".to_owned()
            } else {
                name
            };
            let mut name = base.clone();
            let mut n = 2;
            while !taken.insert(name.clone()) {
                name = format!("{base}_{n}");
                n += 1;
            }
            types.places.insert(label.id.clone(), types.all.len());
            types.all.push(Type {
                name,
                shown: one_line(&label.name).replace('|', "/"),
                color: label.color,
                depth,
            });
        }
        types
    }

    pub fn all(&self) -> &[Type] {
        &self.all
    }

    /// What a label is called.
    pub fn name(&self, label: &LabelId) -> &str {
        let place = self.places.get(label);
        place.map_or("Label", |&at| &self.all[at].name)
    }
}

/// A name in the letters that brat allows: accents are taken off, anything else becomes `_`.
fn plain(name: &str) -> String {
    let mut out = String::new();
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            c if c.is_ascii_alphanumeric() || c == '-' => out.push(c),
            c if !latin(c).is_empty() => out.push_str(latin(c)),
            _ if !out.is_empty() && !out.ends_with('_') => out.push('_'),
            _ => {}
        }
    }
    out.truncate(out.trim_end_matches(['_', '-']).len());
    out.trim_start_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_of_letters_that_brat_allows() {
        assert_eq!(plain("Pledge [formal]"), "Pledge_formal");
        assert_eq!(plain("Économie & État"), "Economie_Etat");
        assert_eq!(plain("Shi 勢"), "Shi");
        assert_eq!(plain("勢"), "");
        assert_eq!(plain("--"), "");
    }
}
