use std::collections::{BTreeMap, HashMap};

use glossator::{
    analysis::{
        Corpus, Source,
        keyness::{Against, Keyness, Spec, keyness, log_likelihood, log_ratio},
        query::{Place, Query},
    },
    text::{Span, words},
};
use proptest::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use crate::{made, random::Random};

/// A word: where it begins and ends, as written in small letters, what it counts as, and whether it is a stop word.
struct Token {
    span: Span,
    form: String,
    group: String,
    stop: bool,
}

fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Words of a text as the module says, taken from the text again.
fn tokens(source: &Source, stems: bool) -> Vec<Option<Token>> {
    let text = source.text();
    let russian = source.reading.id.as_str() == "r1";
    let list = match russian {
        true => include_str!("../../assets/stop-words/ru.txt"),
        false => include_str!("../../assets/stop-words/en.txt"),
    };
    let eastern = [
        include_str!("../../assets/stop-words/zh.txt"),
        include_str!("../../assets/stop-words/ja.txt"),
    ];
    let empty = "的了是也而与就都们这那";
    let algorithm = if russian {
        Algorithm::Russian
    } else {
        Algorithm::English
    };
    let stemmer = Stemmer::create(algorithm);
    let token = |word: Span| {
        let first = word.of(text).chars().next().unwrap();
        let before = text[..word.start as usize].chars().next_back();
        let after = text[word.end as usize..].chars().next();
        let is_pair = han(first) && after.is_some_and(han);
        if han(first) && !is_pair && before.is_some_and(han) {
            return None;
        }
        let end = word.end
            + if is_pair {
                after.unwrap().len_utf8() as u32
            } else {
                0
            };
        let span = Span::new(word.start, end);
        let form = span.of(text).to_lowercase().replace('’', "'");
        let group = if stems {
            stemmer.stem(&form).into_owned()
        } else {
            form.clone()
        };
        let listed = |list: &str| list.split_whitespace().any(|w| w == form);
        let stop = listed(list)
            || eastern.iter().any(|l| listed(l))
            || form.chars().any(|c| empty.contains(c));
        Some(Token {
            span,
            form,
            group,
            stop,
        })
    };
    let mut tokens: Vec<Option<Token>> = words(text).map(token).collect();
    // Where less than a word in ten is a stop word of the language, the text is in none.
    let all: Vec<&Token> = tokens.iter().flatten().collect();
    let is_listed = |t: &&&Token| list.split_whitespace().any(|w| w == t.form);
    if all.iter().filter(is_listed).count() * 10 < all.len() {
        for token in tokens.iter_mut().flatten() {
            let eastern = eastern.iter().flat_map(|l| l.split_whitespace());
            token.stop = eastern.into_iter().any(|w| w == token.form)
                || token.form.chars().any(|c| empty.contains(c));
            token.group.clone_from(&token.form);
        }
    }
    tokens
}

/// For each word that begins in a text, which text it belongs to: the target (1), the rest (2) or neither (0).
fn sides(source: &Source, at: usize, target: &[Place], against: Against) -> Vec<u8> {
    let covers = |is_target: bool, start: u32| {
        let mut codings = source.codings().iter().enumerate();
        codings.any(|(coding, c)| {
            let place = Place {
                source: at as u32,
                coding: coding as u32,
            };
            target.contains(&place) == is_target && c.highlight.span.has(start)
        })
    };
    let side = |word: Span| match (covers(true, word.start), against) {
        (true, _) => 1,
        (false, Against::Texts) => 2,
        (false, Against::Excerpts) => 2 * u8::from(covers(false, word.start)),
    };
    words(source.text()).map(side).collect()
}

type Counts = BTreeMap<Vec<(String, bool)>, ([u64; 3], HashMap<String, u32>)>;

fn naive(corpus: &Corpus, spec: &Spec, target: &[Place]) -> (Counts, [u64; 3]) {
    let mut counts = Counts::new();
    let mut sizes = [0u64; 3];
    for (at, source) in corpus.sources().iter().enumerate() {
        let tokens = tokens(source, spec.stems);
        let sides = sides(source, at, target, spec.against);
        let text = &source.reading.text;
        let paragraphs = 0..text.paragraphs().len();
        let sentences: Vec<u32> = paragraphs
            .flat_map(|p| text.sentences(p))
            .map(|s| s.start)
            .collect();
        let sentence = |t: &Token| sentences.iter().filter(|s| **s <= t.span.start).count();
        for first in 0..tokens.len() {
            for length in 1..=spec.longest {
                let Some(run) = tokens.get(first..first + length) else {
                    continue;
                };
                let Some(run) = run.iter().map(Option::as_ref).collect::<Option<Vec<_>>>() else {
                    continue;
                };
                let side = sides[first];
                // A pair takes the word after it in.
                let is_pair = run[length - 1].form.chars().filter(|c| han(*c)).count() == 2;
                let last = first + length - 1 + usize::from(is_pair);
                let whole = sides[first..=last].iter().all(|s| *s == side);
                if !whole || run.iter().any(|t| sentence(t) != sentence(run[0])) {
                    continue;
                }
                if length == 1 {
                    sizes[side as usize] += 1;
                }
                let stop = |t: &Token| spec.stop_words && t.stop;
                let key = run.iter().map(|t| (t.group.clone(), stop(t))).collect();
                let entry = counts.entry(key).or_default();
                entry.0[side as usize] += 1;
                if side == 1 {
                    let spelt = run
                        .iter()
                        .map(|t| t.form.as_str())
                        .collect::<Vec<_>>()
                        .join(" ");
                    *entry.1.entry(spelt).or_default() += 1;
                }
            }
        }
    }
    (counts, sizes)
}

/// A phrase without spaces, and pairs without what they share, so that it can be compared however it is put together.
fn bare(phrase: &str) -> String {
    let mut out = String::new();
    let mut in_pair = false;
    for form in phrase.split(' ') {
        let skip = usize::from(in_pair && form.chars().next().is_some_and(han));
        out.extend(form.chars().skip(skip));
        in_pair = form.chars().filter(|c| han(*c)).count() == 2 && form.chars().count() == 2;
    }
    out
}

fn check(corpus: &Corpus, spec: &Spec, target: &[Place]) {
    let table: Keyness = keyness(corpus, spec).unwrap();
    let (counts, [_, here, there]) = naive(corpus, spec, target);
    assert_eq!((table.here, table.there), (here, there));
    let shown = counts.iter().filter(|(key, (n, _))| {
        let stops = key[0].1 || key[key.len() - 1].1;
        n[1] >= u64::from(spec.least.max(1)) && !stops
    });
    let mut expected: Vec<(String, u64, u64)> = Vec::new();
    for (_, (n, forms)) in shown {
        let most = forms.values().max().unwrap();
        let best = forms
            .iter()
            .filter(|(_, n)| *n == most)
            .map(|(f, _)| bare(f))
            .min()
            .unwrap();
        expected.push((best, n[1], n[2]));
    }
    let mut found: Vec<(String, u64, u64)> = (table.words.iter())
        .map(|w| {
            (
                w.word.replace(' ', ""),
                u64::from(w.here),
                u64::from(w.there),
            )
        })
        .collect();
    expected.sort();
    found.sort();
    // Of two forms as frequent either may be shown first once spaces are left out.
    let numbers = |all: &[(String, u64, u64)]| {
        let mut all: Vec<_> = all.iter().map(|(_, a, b)| (*a, *b)).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(numbers(&found), numbers(&expected));
    assert_eq!(found, expected);
    for word in &table.words {
        let [a, b] = [word.here, word.there].map(u64::from);
        assert_eq!(word.keyness, log_likelihood(a, b, here, there));
        assert_eq!(word.log_ratio, log_ratio(a, b, here, there));
    }
    assert!(table.words.is_sorted_by(|a, b| a.keyness >= b.keyness));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn words_are_counted_as_one_by_one(seed in prop_oneof![1 => Just(1874121954607624423), 40 => any::<u64>()]) {
        let corpus = Corpus::new(&made::project(seed));
        let random = &mut Random::new(seed);
        let text = ["", "has:note", "stance:none"][random.below(3)];
        let query = Query::parse(text).unwrap();
        let target = query.select(&corpus).unwrap();
        for against in [Against::Texts, Against::Excerpts] {
            let spec = Spec {
                target: query.clone(),
                against,
                longest: 1 + random.below(4),
                stems: random.one_in(2),
                stop_words: random.one_in(2),
                least: 1 + random.below(2) as u32,
                most: usize::MAX,
            };
            check(&corpus, &spec, &target);
        }
    }
}
