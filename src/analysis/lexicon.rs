//! The words of all readings together.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use super::{
    Units,
    language::{Language, is_stop_word},
    tokens::{Forms, NOTHING, Numbering},
};

/// The words of some texts under common numbers, with how often each occurs. Worked out once for the same texts.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The words.
    pub forms: Forms,
    /// For each text, the number here of each of its own.
    pub numbers: Vec<Vec<u32>>,
    /// For each language of [`place`], how often each word occurs in texts of it; empty for a language of no text.
    totals: Vec<Vec<u32>>,
    groups: [OnceLock<Groups>; 4],
}

/// Which words count as one.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each language of [`place`], the group of each word.
    of: Vec<Vec<u32>>,
    /// Whether each group is one of stop words.
    pub stop: Vec<bool>,
    /// How often the words of each group occur in all texts.
    pub totals: Vec<u64>,
}

/// How words are put into groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grouping {
    /// Those with one stem are one.
    pub stems: bool,
    /// Stop words are apart from others: a word can be one in one language and none in another.
    pub stop_words: bool,
}

/// The place of a language in lists of them; the first is for texts of none.
fn place(language: Option<Language>) -> usize {
    language.map_or(0, |language| 1 + language as usize)
}

impl Lexicon {
    /// The words of `texts`.
    pub fn new(texts: &[Arc<Units>]) -> Self {
        let mut numbering = Numbering::default();
        let number = |units: &Arc<Units>| {
            let forms = units.tokens().forms.iter();
            forms.map(|form| numbering.number(form)).collect()
        };
        let numbers: Vec<Vec<u32>> = texts.iter().map(number).collect();
        let forms = numbering.forms();
        let mut totals = vec![Vec::new(); 1 + Language::ALL.len()];
        for (units, numbers) in texts.iter().zip(&numbers) {
            let tokens = units.tokens();
            let totals = &mut totals[place(tokens.language)];
            totals.resize(forms.len(), 0);
            for word in tokens.words.iter().filter(|word| **word != NOTHING) {
                totals[numbers[*word as usize] as usize] += 1;
            }
        }
        Self {
            forms,
            numbers,
            totals,
            groups: Default::default(),
        }
    }

    /// The groups of words, worked out once for each way.
    pub fn groups(&self, grouping: Grouping) -> &Groups {
        let at = usize::from(grouping.stems) * 2 + usize::from(grouping.stop_words);
        self.groups[at].get_or_init(|| self.grouped(grouping))
    }

    fn grouped(&self, grouping: Grouping) -> Groups {
        let mut numbers: HashMap<(bool, String), u32> = HashMap::new();
        let mut groups = Groups {
            of: vec![Vec::new(); self.totals.len()],
            stop: Vec::new(),
            totals: Vec::new(),
        };
        let languages = std::iter::once(None).chain(Language::ALL.map(Some));
        for (language, totals) in languages.zip(&self.totals) {
            let stemmer = language.filter(|_| grouping.stems).map(Language::stemmer);
            let group = |(word, n): (&str, &u32)| {
                if *n == 0 {
                    return NOTHING;
                }
                let stem = stemmer.as_ref().map(|stemmer| stemmer.stem(word));
                let stem = stem.filter(|stem| !stem.is_empty());
                let is_stop = grouping.stop_words && is_stop_word(language, word);
                let key = (is_stop, stem.map_or(word.to_owned(), |s| s.into_owned()));
                let next = numbers.len() as u32;
                let group = *numbers.entry(key).or_insert(next);
                if group == next {
                    groups.stop.push(is_stop);
                    groups.totals.push(0);
                }
                groups.totals[group as usize] += u64::from(*n);
                group
            };
            groups.of[place(language)] = self.forms.iter().zip(totals).map(group).collect();
        }
        groups
    }
}

impl Groups {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.stop.len()
    }

    /// The group of each word of [`Lexicon::forms`] in texts of a language.
    pub fn of(&self, language: Option<Language>) -> &[u32] {
        &self.of[place(language)]
    }
}
