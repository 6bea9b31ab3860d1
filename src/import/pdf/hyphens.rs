//! Words broken at line ends: whether the hyphen is the printer's or the word's own, told by the file's other words.

use std::collections::HashMap;

/// How often each word stands in a file, in small letters; words at line ends apart.
#[derive(Debug, Default)]
pub(super) struct Words(HashMap<String, usize>);

/// First parts that keep their hyphen before a word that the file has too.
const KEEP: &[&str] = &[
    "self", "non", "quasi", "ex", "half", "well", "anti", "cross", "vis", "mid",
];
/// Words that are first parts of others written as one: `under-`, `every-`.
const JOIN: &[&str] = &[
    "under", "every", "after", "other", "where", "there", "water", "through", "inter", "super",
    "counter", "within", "house", "right", "light", "child", "earth", "heart", "north", "south",
];
/// Words before which a hyphen stands for a word left out: `pre- and postwar`.
const AND: &[&str] = &[
    "and", "or", "und", "oder", "bzw.", "bis", "et", "ou", "y", "o", "to", "nor", "и", "или", "en",
    "of",
];

impl Words {
    /// Takes in a line's words, but for its last, which may be broken.
    pub(super) fn read(&mut self, line: &str) {
        let last = line.trim_end().rfind(' ').unwrap_or(0);
        let whole = if line.ends_with(['-', '\u{AD}']) {
            line.get(..last).unwrap_or_default()
        } else {
            line
        };
        for word in whole.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.chars().any(char::is_alphabetic) && word.len() < 100 {
                *self.0.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }

    fn count(&self, word: &str) -> usize {
        self.0.get(&word.to_lowercase()).copied().unwrap_or(0)
    }

    /// What stands between a line that ends in a hyphen and the next: whether the hyphen goes, and a space comes.
    pub(super) fn joint(&self, line: &str, next: &str) -> Joint {
        let line = line.trim_end();
        if line.ends_with('\u{AD}') {
            return Joint::Whole;
        }
        let stem = line.trim_end_matches('-');
        let first: String = stem
            .chars()
            .rev()
            .take_while(|c| c.is_alphanumeric() || *c == '’')
            .collect();
        let first: String = first.chars().rev().collect();
        let second: String = next
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '’')
            .collect();
        let word = next.split_whitespace().next().unwrap_or_default();
        if first.is_empty() || line.len() - stem.len() != 1 {
            return if stem.len() + 1 == line.len() && stem.ends_with(char::is_whitespace) {
                Joint::Space
            } else {
                Joint::Close
            };
        }
        if AND.contains(&word) {
            return Joint::Space;
        }
        if !second.starts_with(char::is_lowercase) || first.chars().all(|c| c.is_numeric()) {
            return Joint::Close;
        }
        let (joined, parted) = (
            self.count(&(first.clone() + &second)),
            self.count(&format!("{first}-{second}")),
        );
        let lower = first.to_lowercase();
        let long = |word: &str| word.chars().count() > 4 && self.count(word) > 1;
        // `state-of-the-` goes on as it began.
        let chained = stem
            .trim_end_matches(|c: char| c.is_alphanumeric())
            .ends_with('-');
        match () {
            () if joined > parted => Joint::Whole,
            () if parted > joined => Joint::Close,
            () if chained => Joint::Close,
            () if KEEP.contains(&lower.as_str())
                && (lower == "self" || self.count(&second) > 0) =>
            {
                Joint::Close
            }
            // Both parts are words of the file, and not just syllables.
            () if long(&first) && long(&second) && !JOIN.contains(&lower.as_str()) => Joint::Close,
            () => Joint::Whole,
        }
    }
}

/// How two lines join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// The hyphen goes: one word.
    Whole,
    /// Without a space; a hyphen stays.
    Close,
    /// With a space.
    Space,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_tells_whose_a_hyphen_is() {
        let mut words = Words::default();
        words.read("A well-known wall, cooperation and co-operation, co-operation. broken-");
        assert_eq!(words.joint("a well-", "known wall"), Joint::Close);
        assert_eq!(words.joint("cooper-", "ation and"), Joint::Whole);
        assert_eq!(words.joint("co-", "operation"), Joint::Close);
        assert_eq!(words.joint("pre-", "and postwar"), Joint::Space);
        assert_eq!(words.joint("Anglo-", "American"), Joint::Close);
        assert_eq!(words.joint("1914-", "18"), Joint::Close);
        assert_eq!(words.joint("co\u{AD}", "operation"), Joint::Whole);
        assert_eq!(words.joint("a wall -", "a door"), Joint::Space);
        assert_eq!(words.joint("self-", "help"), Joint::Close);
    }
}
