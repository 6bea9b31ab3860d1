//! The languages of readings: stop words and stems.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use rust_stemmers::{Algorithm, Stemmer};

/// A language that a reading can be told to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Dutch.
    Dutch,
    /// Swedish.
    Swedish,
}

/// The stop words of Chinese and Japanese. They hold in every reading: no other language has such words.
const EASTERN: [&str; 2] = [
    include_str!("../../assets/stop-words/zh.txt"),
    include_str!("../../assets/stop-words/ja.txt"),
];

/// Of how many words at least one has to be a stop word of a language for a reading to be in it.
const ONE_IN: usize = 10;

impl Language {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::English,
        Self::Russian,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Italian,
        Self::Portuguese,
        Self::Dutch,
        Self::Swedish,
    ];

    const fn list(self) -> &'static str {
        match self {
            Self::English => include_str!("../../assets/stop-words/en.txt"),
            Self::Russian => include_str!("../../assets/stop-words/ru.txt"),
            Self::German => include_str!("../../assets/stop-words/de.txt"),
            Self::French => include_str!("../../assets/stop-words/fr.txt"),
            Self::Spanish => include_str!("../../assets/stop-words/es.txt"),
            Self::Italian => include_str!("../../assets/stop-words/it.txt"),
            Self::Portuguese => include_str!("../../assets/stop-words/pt.txt"),
            Self::Dutch => include_str!("../../assets/stop-words/nl.txt"),
            Self::Swedish => include_str!("../../assets/stop-words/sv.txt"),
        }
    }

    /// Its Snowball stemmer.
    pub(super) fn stemmer(self) -> Stemmer {
        Stemmer::create(match self {
            Self::English => Algorithm::English,
            Self::Russian => Algorithm::Russian,
            Self::German => Algorithm::German,
            Self::French => Algorithm::French,
            Self::Spanish => Algorithm::Spanish,
            Self::Italian => Algorithm::Italian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Dutch => Algorithm::Dutch,
            Self::Swedish => Algorithm::Swedish,
        })
    }

    /// `word` without an article or pronoun that is written together with it: `l'équilibre` gives `équilibre`. In French and
    /// Italian.
    pub(super) fn unelided(self, word: &str) -> &str {
        const BEFORE: [&str; 24] = [
            "l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu",
            "dell", "all", "nell", "sull", "dall", "un", "quest", "quell", "com", "dev", "v",
        ];
        match word.split_once('\'') {
            Some((before, rest))
                if matches!(self, Self::French | Self::Italian)
                    && BEFORE.contains(&before)
                    && !rest.is_empty() =>
            {
                rest
            }
            _ => word,
        }
    }
}

/// The languages of which each word is a stop word, one bit for each of [`Language::ALL`].
fn stop_words() -> &'static HashMap<&'static str, u16> {
    static WORDS: OnceLock<HashMap<&'static str, u16>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: HashMap<&str, u16> = HashMap::new();
        for language in Language::ALL {
            for word in language.list().split_whitespace() {
                *words.entry(word).or_default() |= 1 << language as u16;
            }
        }
        words
    })
}

/// Characters that make a pair of Han characters say nothing, and the pairs that do say something all the same.
const EMPTY_HAN: (&[char], &[&str]) = (
    &[
        '的', '了', '是', '也', '而', '与', '就', '都', '们', '这', '那',
    ],
    &[
        "目的", "了解", "参与", "首都", "成就", "就业", "都市", "人们", "与会",
    ],
);

/// Whether `word`, in small letters, is a stop word in readings of a language; those of Chinese and Japanese are in all.
pub(super) fn is_stop_word(language: Option<Language>, word: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let eastern = WORDS.get_or_init(|| EASTERN.iter().flat_map(|l| l.split_whitespace()).collect());
    let bits = || stop_words().get(word).copied().unwrap_or_default();
    let (empty, full) = EMPTY_HAN;
    let says_nothing = word.contains(empty) && !full.contains(&word);
    eastern.contains(word)
        || says_nothing
        || language.is_some_and(|l| bits() & (1 << l as u16) != 0)
}

/// The language of a text with these words, in small letters, each with how often it occurs: the one whose stop words are most
/// frequent in it, where they are at least a tenth of all words; the first of [`Language::ALL`] where two are as frequent.
pub(super) fn language_of<'a>(words: impl Iterator<Item = (&'a str, usize)>) -> Option<Language> {
    let mut counts = [0usize; Language::ALL.len()];
    let mut all = 0;
    for (word, n) in words {
        all += n;
        let Some(bits) = stop_words().get(word) else {
            continue;
        };
        for (at, count) in counts.iter_mut().enumerate() {
            *count += n * usize::from(bits >> at & 1);
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let at = counts.iter().position(|n| *n == most)?;
    (most > 0 && most * ONE_IN >= all).then(|| Language::ALL[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Language> {
        let words: Vec<String> = crate::text::words(text)
            .map(|w| w.of(text).to_lowercase())
            .collect();
        language_of(words.iter().map(|w| (w.as_str(), 1)))
    }

    #[test]
    fn languages_are_told_by_their_stop_words() {
        let texts = [
            (
                "An ally may be drawn into a war that is not its own.",
                Language::English,
            ),
            (
                "Между двумя державами нет союза, но есть общий интерес.",
                Language::Russian,
            ),
            (
                "Das Bündnis war eher ein Versprechen als ein Vertrag.",
                Language::German,
            ),
            (
                "La paix n’est pas une loi ; c’est une habitude que l’on prend.",
                Language::French,
            ),
            (
                "La alianza no es una ley, sino una costumbre de los que ganan.",
                Language::Spanish,
            ),
            (
                "La pace non è una legge, ma una abitudine che si prende.",
                Language::Italian,
            ),
            (
                "A paz não é uma lei, mas um hábito que se aprende com os outros.",
                Language::Portuguese,
            ),
            (
                "Het verbond was eerder een belofte dan een verdrag.",
                Language::Dutch,
            ),
            (
                "Förbundet var ett löfte och inte en lag som man kan lita på.",
                Language::Swedish,
            ),
        ];
        for (text, language) in texts {
            assert_eq!(told(text), Some(language), "{text}");
        }
        assert_eq!(told("国际格局正在发生变化"), None);
        assert_eq!(told("Trade rose 96 240 billion 2016 2023"), None);
        assert_eq!(told(""), None);
    }

    #[test]
    fn lists_are_in_small_letters_with_plain_apostrophes() {
        let lists = Language::ALL.map(Language::list);
        for list in lists.into_iter().chain(EASTERN) {
            assert_eq!(list, list.to_lowercase());
            assert!(!list.contains('’'));
        }
        assert!(is_stop_word(Some(Language::German), "die"));
        assert!(!is_stop_word(Some(Language::English), "die"));
        assert!(is_stop_word(None, "我们") && !is_stop_word(None, "the"));
    }

    #[test]
    fn articles_written_together_are_taken_off() {
        assert_eq!(Language::French.unelided("l'équilibre"), "équilibre");
        assert_eq!(Language::French.unelided("aujourd'hui"), "aujourd'hui");
        assert_eq!(Language::Italian.unelided("dell'alleanza"), "alleanza");
        assert_eq!(Language::English.unelided("don't"), "don't");
    }
}
