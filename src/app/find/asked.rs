//! What is looked for: the field's text, how it is meant, and what was found so far.

use std::sync::Arc;

use super::search::Search;
use crate::{
    analysis::{
        Corpus,
        find::{Finder, Kind, Pattern, PatternError},
    },
    app::worker::Workers,
    model::ReadingId,
    text::Span,
};

/// How many patterns are remembered.
const REMEMBERED: usize = 12;

/// A way in which a pattern can be meant, as a toggle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Whole words only.
    Words,
    /// Letter case tells apart.
    Case,
    /// Accents tell apart.
    Accents,
    /// It is a regular expression.
    Regex,
}

impl Way {
    /// All, as they are shown.
    pub const ALL: [Self; 4] = [Self::Words, Self::Case, Self::Accents, Self::Regex];

    /// Whether a pattern is meant so.
    pub fn is_on(self, pattern: &Pattern) -> bool {
        match self {
            Self::Words => pattern.kind == Kind::Words,
            Self::Case => pattern.case,
            Self::Accents => pattern.accents,
            Self::Regex => pattern.kind == Kind::Regex,
        }
    }

    /// Turns it on or off. A regular expression says itself where words end, so each of the two turns the other off.
    pub fn toggle(self, pattern: &mut Pattern) {
        let on = !self.is_on(pattern);
        let kind = |kind| if on { kind } else { Kind::Plain };
        match self {
            Self::Words => pattern.kind = kind(Kind::Words),
            Self::Case => pattern.case = on,
            Self::Accents => pattern.accents = on,
            Self::Regex => pattern.kind = kind(Kind::Regex),
        }
    }
}

/// What is asked for in one field, and the search for it.
#[derive(Default)]
pub struct Asked {
    /// As it stands in the field.
    pub pattern: Pattern,
    /// Why it can't be looked for.
    pub error: Option<PatternError>,
    /// What was found last. While a new search has found nothing yet, it is still of the pattern before.
    found: Option<Search>,
    coming: Option<Search>,
    /// The number of the hit one is at.
    pub at: Option<usize>,
    /// Goes up with each search whose hits show.
    pub version: u64,
    /// Which of the remembered patterns shows, from the last on, and what was typed before.
    recalled: Option<(usize, Pattern)>,
}

impl Asked {
    /// The search whose hits show.
    pub fn found(&self) -> Option<&Search> {
        self.found.as_ref()
    }

    /// The search whose hits show, to tick them.
    pub fn found_mut(&mut self) -> Option<&mut Search> {
        self.found.as_mut()
    }

    /// Whether it is still looked for.
    pub fn is_running(&self) -> bool {
        self.coming.is_some() || self.found.as_ref().is_some_and(Search::is_running)
    }

    /// The hit one is at.
    pub fn hit(&self) -> Option<(&ReadingId, Span)> {
        self.found.as_ref()?.hit(self.at?)
    }

    /// Looks for what is asked for in these readings, when that has changed, and takes in what was found. Whether other hits
    /// show now.
    pub fn search(&mut self, workers: &Workers, corpus: &Arc<Corpus>, places: &[usize]) -> bool {
        self.renew(workers, corpus, places);
        let before = self.found.as_ref().map(|s| s.total);
        if let Some(coming) = &mut self.coming {
            coming.receive();
            if coming.total > 0 || !coming.is_running() {
                self.found = self.coming.take();
                self.at = None;
                self.version += 1;
                return true;
            }
        }
        if let Some(found) = &mut self.found {
            found.receive();
        }
        self.found.as_ref().map(|s| s.total) != before
    }

    fn renew(&mut self, workers: &Workers, corpus: &Arc<Corpus>, places: &[usize]) {
        let latest = self.coming.as_ref().or(self.found.as_ref());
        let ids = places.iter().filter_map(|p| corpus.sources().get(*p));
        let ids = ids.map(|s| &s.reading.id);
        if latest.is_some_and(|s| s.pattern == self.pattern && s.is_of(ids)) {
            self.error = None;
            return;
        }
        if self.pattern.text.is_empty() {
            (self.found, self.coming, self.error, self.at) = (None, None, None, None);
            return;
        }
        match Finder::new(&self.pattern) {
            Ok(finder) => {
                let (pattern, places) = (self.pattern.clone(), places.to_vec());
                self.coming = Some(Search::start(workers, corpus, pattern, finder, places));
                self.error = None;
            }
            Err(error) => {
                self.coming = None;
                self.error = Some(error);
            }
        }
    }

    /// Goes to the next or the previous hit, around the end. From no hit the first, or the last, is next.
    pub fn step(&mut self, forward: bool) {
        let total = self.found.as_ref().map_or(0, |s| s.total);
        if total == 0 {
            return;
        }
        self.at = Some(match (self.at, forward) {
            (Some(at), true) => (at + 1) % total,
            (Some(at), false) => (at + total - 1) % total,
            (None, true) => 0,
            (None, false) => total - 1,
        });
    }

    /// Keeps the pattern that was worked with.
    pub fn remember(&mut self, remembered: &mut Vec<Pattern>) {
        self.recalled = None;
        let Some(found) = self.found.as_ref().filter(|s| s.total > 0) else {
            return;
        };
        remembered.retain(|p| *p != found.pattern);
        remembered.push(found.pattern.clone());
        if remembered.len() > REMEMBERED {
            remembered.remove(0);
        }
    }

    /// Brings back an earlier pattern, or a later one again.
    pub fn recall(&mut self, remembered: &[Pattern], earlier: bool) {
        let (shown, typed) = match self.recalled.take() {
            // What was changed meanwhile is a pattern of its own.
            Some((shown, typed)) if remembered.iter().rev().nth(shown) == Some(&self.pattern) => {
                (Some(shown), typed)
            }
            _ => (None, self.pattern.clone()),
        };
        let mut older = remembered.iter().rev().enumerate();
        let next = match (shown, earlier) {
            (None, true) => older.find(|(_, p)| **p != typed).map(|(i, _)| i),
            (Some(shown), true) => Some((shown + 1).min(remembered.len() - 1)),
            (Some(shown), false) => shown.checked_sub(1),
            (None, false) => return,
        };
        match next.and_then(|next| Some((next, remembered.iter().rev().nth(next)?))) {
            Some((next, pattern)) => {
                self.pattern = pattern.clone();
                self.recalled = Some((next, typed));
            }
            None => self.pattern = typed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern {
            text: text.to_owned(),
            ..Pattern::default()
        }
    }

    #[test]
    fn a_pattern_is_words_or_an_expression_not_both() {
        let mut p = pattern("a");
        Way::Words.toggle(&mut p);
        Way::Case.toggle(&mut p);
        assert_eq!((p.kind, p.case, p.accents), (Kind::Words, true, false));
        Way::Regex.toggle(&mut p);
        assert_eq!(p.kind, Kind::Regex);
        Way::Regex.toggle(&mut p);
        assert_eq!((p.kind, p.case), (Kind::Plain, true));
    }

    #[test]
    fn earlier_patterns_come_back_and_what_was_typed_too() {
        let mut asked = Asked {
            pattern: pattern("new"),
            ..Asked::default()
        };
        let all = [pattern("first"), pattern("second")];
        asked.recall(&all, false);
        assert_eq!(asked.pattern, pattern("new"));
        let mut seen = Vec::new();
        for earlier in [true, true, true, false, false] {
            asked.recall(&all, earlier);
            seen.push(asked.pattern.text.clone());
        }
        assert_eq!(seen, ["second", "first", "first", "second", "new"]);
        asked.recall(&[], true);
        assert_eq!(asked.pattern, pattern("new"));
    }
}
