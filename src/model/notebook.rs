//! A coder's notebook: what they keep beside their highlights.

use std::{collections::BTreeMap, ops::Bound};

use super::{LabelId, ReadingId, Stance};
use crate::text::Span;

/// What an entry of a notebook is about. There is one entry about each thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A saved query, by its name; the entry is the query.
    Query(String),
    /// A claim in the comparison of theories: what one has to say about that cell.
    Claim(ClaimPlace),
    /// A suggestion that was rejected; the entry says nothing.
    Rejected(Suggested),
}

/// The cell of the comparison of theories that a claim stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimPlace {
    /// The theory.
    pub label: LabelId,
    /// The reading; after it was replaced, claims about the old version are shown with the new one.
    pub reading: ReadingId,
    /// The stance; without one the claim is about the reading as a whole.
    pub stance: Option<Stance>,
}

/// A sentence that a label's cues suggest for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggested {
    /// The label.
    pub label: LabelId,
    /// The reading.
    pub reading: ReadingId,
    /// The sentence, in bytes of the reading's text.
    pub sentence: Span,
}

/// What a coder keeps beside highlights: saved queries, claims, rejected suggestions. Like highlights it is its coder's own;
/// all read it, and nobody else changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notebook(BTreeMap<About, String>);

impl Notebook {
    /// The entry about something.
    pub fn get(&self, about: &About) -> Option<&str> {
        self.0.get(about).map(String::as_str)
    }

    /// Writes the entry about something, or takes it out; returns what it was.
    pub fn set(&mut self, about: About, text: Option<String>) -> Option<String> {
        match text {
            Some(text) => self.0.insert(about, text),
            None => self.0.remove(&about),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Two claims about one cell as one: one after the other, with a blank line between; only one of them when it holds the
    /// other already.
    pub fn joined(first: &str, second: &str) -> String {
        let (first, second) = (first.trim_end(), second.trim());
        if first.contains(second) {
            first.to_owned()
        } else if second.contains(first.trim()) {
            second.to_owned()
        } else {
            format!("{first}\n\n{second}")
        }
    }

    /// All entries: queries by name, then claims, then rejected suggestions.
    pub fn iter(&self) -> impl Iterator<Item = (&About, &str)> {
        self.0.iter().map(|(about, text)| (about, text.as_str()))
    }

    /// Saved queries: name and query, by name.
    pub fn queries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter_map(|(about, text)| match about {
            About::Query(name) => Some((name.as_str(), text)),
            _ => None,
        })
    }

    /// Claims and where they stand, by label and reading.
    pub fn claims(&self) -> impl Iterator<Item = (&ClaimPlace, &str)> {
        self.iter().filter_map(|(about, text)| match about {
            About::Claim(place) => Some((place, text)),
            _ => None,
        })
    }

    /// Whether a suggestion was rejected.
    pub fn rejects(&self, suggested: &Suggested) -> bool {
        self.0.contains_key(&About::Rejected(suggested.clone()))
    }

    /// The rejected suggestions for a label. O(log n + those).
    pub fn rejected(&self, label: &LabelId) -> impl Iterator<Item = &Suggested> {
        let first = Suggested {
            label: label.clone(),
            reading: ReadingId::first(),
            sentence: Span::new(0, 0),
        };
        let from = Bound::Included(About::Rejected(first));
        let entries = self.0.range((from, Bound::Unbounded));
        entries
            .map_while(|(about, _)| match about {
                About::Rejected(suggested) => Some(suggested),
                _ => None,
            })
            .take_while(move |suggested| suggested.label == *label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(label: &str, reading: &str, start: u32) -> Suggested {
        Suggested {
            label: LabelId::new(label).unwrap(),
            reading: ReadingId::new(reading).unwrap(),
            sentence: Span::new(start, start + 5),
        }
    }

    #[test]
    fn an_entry_replaces_the_one_about_the_same_thing() {
        let mut notebook = Notebook::default();
        let about = About::Query("Fears".into());
        assert_eq!(notebook.set(about.clone(), Some("label:A".into())), None);
        let old = notebook.set(about.clone(), Some("label:B".into()));
        assert_eq!(old.as_deref(), Some("label:A"));
        assert_eq!(
            notebook.queries().collect::<Vec<_>>(),
            [("Fears", "label:B")]
        );
        assert_eq!(
            notebook.set(about.clone(), None).as_deref(),
            Some("label:B")
        );
        assert!(notebook.is_empty() && notebook.get(&about).is_none());
    }

    #[test]
    fn rejected_suggestions_are_found_by_label() {
        let mut notebook = Notebook::default();
        let all = [
            suggested("a", "r", 0),
            suggested("b", "0", 0),
            suggested("b", "z", 7),
            suggested("c", "r", 0),
        ];
        for one in &all {
            notebook.set(About::Rejected(one.clone()), Some(String::new()));
        }
        let b = LabelId::new("b").unwrap();
        assert_eq!(
            notebook.rejected(&b).collect::<Vec<_>>(),
            [&all[1], &all[2]]
        );
        assert!(notebook.rejects(&all[3]) && !notebook.rejects(&suggested("a", "r", 1)));
    }
}
