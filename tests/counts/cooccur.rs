use std::collections::{BTreeSet, HashSet};

use glossator::{
    analysis::{
        Coding, Corpus, Source,
        cooccur::{Nearness, Spec, cooccurrence},
        query::Place,
    },
    text::words,
};
use proptest::prelude::*;

use crate::{
    made::{self, family, has},
    random::Random,
};

/// The numbers of the paragraphs or sentences in which a passage has a byte, by asking for each byte.
fn touched(source: &Source, coding: &Coding, sentences: bool) -> HashSet<usize> {
    let text = &source.reading.text;
    let starts: Vec<u32> = match sentences {
        false => text.paragraphs().iter().map(|p| p.start).collect(),
        true => (0..text.paragraphs().len())
            .flat_map(|p| text.sentences(p))
            .map(|s| s.start)
            .collect(),
    };
    let span = coding.highlight.span;
    let unit = |byte: u32| starts.iter().filter(|s| **s <= byte).count().max(1);
    (span.start..span.end).map(unit).collect()
}

fn together(source: &Source, a: &Coding, b: &Coding, nearness: Nearness) -> bool {
    let (x, y) = (a.highlight.span, b.highlight.span);
    if a.highlight.id == b.highlight.id {
        return true;
    }
    match nearness {
        Nearness::Overlap => (x.start..x.end).any(|byte| (y.start..y.end).contains(&byte)),
        Nearness::Sentence => !touched(source, a, true).is_disjoint(&touched(source, b, true)),
        Nearness::Paragraph => !touched(source, a, false).is_disjoint(&touched(source, b, false)),
        Nearness::Words(n) => {
            let (from, to) = if x.start <= y.start {
                (x.end, y.start)
            } else {
                (y.end, x.start)
            };
            let between = words(source.text()).filter(|w| from <= w.start && w.start < to);
            between.count() <= n as usize
        }
    }
}

fn check(corpus: &Corpus, spec: &Spec) {
    let table = cooccurrence(corpus, spec).unwrap();
    let families: Vec<_> = (table.labels.iter())
        .map(|label| {
            let id = &corpus.codebook().labels()[*label as usize].id;
            family(corpus, *label, spec.folded.contains(id))
        })
        .collect();
    let size = table.labels.len();
    let mut pairs = vec![vec![BTreeSet::<(Place, Place)>::new(); size]; size];
    let mut either = vec![vec![BTreeSet::<Place>::new(); size]; size];
    let mut joined = vec![vec![BTreeSet::<Place>::new(); size]; size];
    let mut totals = vec![0; size];
    for (at, source) in corpus.sources().iter().enumerate() {
        let codings = source.codings();
        let place = |coding: usize| Place {
            source: at as u32,
            coding: coding as u32,
        };
        let rows = |coding: &Coding| -> Vec<usize> {
            (0..size)
                .filter(|row| has(&coding.highlight, &families[*row]))
                .collect()
        };
        for (i, a) in codings.iter().enumerate() {
            for row in rows(a) {
                totals[row] += 1;
                (0..size).for_each(|other| {
                    either[row][other].insert(place(i));
                    either[other][row].insert(place(i));
                });
            }
            for (j, b) in codings.iter().enumerate().skip(i) {
                let same = a.highlight.coder == b.highlight.coder;
                if (spec.same_coder && !same) || !together(source, a, b, spec.nearness) {
                    continue;
                }
                for (x, y) in [(a, b), (b, a)] {
                    for row in rows(x) {
                        for other in rows(y).into_iter().filter(|other| *other != row) {
                            pairs[row][other].insert((place(i), place(j)));
                            pairs[other][row].insert((place(i), place(j)));
                            joined[row][other].extend([place(i), place(j)]);
                            joined[other][row].extend([place(i), place(j)]);
                        }
                    }
                }
            }
        }
    }
    assert_eq!(table.totals, totals);
    for a in 0..size {
        for b in 0..size {
            let expected = if a == b { 0 } else { pairs[a][b].len() };
            assert_eq!(table.pairs[a][b] as usize, expected, "{a} {b} {spec:?}");
            let jaccard = match either[a][b].len() {
                0 => 0.0,
                _ if a == b => 0.0,
                n => joined[a][b].len() as f64 / n as f64,
            };
            assert!(
                (table.jaccard[a][b] - jaccard).abs() < 1e-12,
                "{a} {b} {spec:?}"
            );
            let listed = table.pairs_of(corpus, spec, a, b);
            for (x, y) in &listed {
                let of = |p: &Place| &corpus.coding(*p).unwrap().1.highlight;
                assert!(has(of(x), &families[a]) && has(of(y), &families[b]));
            }
            let sorted: Vec<_> = listed.iter().map(|(x, y)| (*x.min(y), *x.max(y))).collect();
            assert!(sorted.is_sorted());
            let as_set: BTreeSet<_> = sorted.iter().copied().collect();
            assert_eq!(sorted.len(), as_set.len());
            if a != b {
                assert_eq!(as_set, pairs[a][b]);
            }
        }
    }
    let top = table.top(5);
    assert!(top.is_sorted_by(|a, b| a.2 >= b.2) && top.iter().all(|(a, b, n)| a < b && *n > 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_stands_together_is_what_every_two_passages_say(seed in any::<u64>()) {
        let corpus = Corpus::new(&made::project(seed));
        let random = &mut Random::new(seed);
        let words = Nearness::Words(random.below(12) as u32);
        for nearness in [Nearness::Overlap, Nearness::Sentence, Nearness::Paragraph, words] {
            let folded = made::folded(random);
            let same_coder = random.one_in(3);
            check(&corpus, &Spec { nearness, folded, same_coder, ..Spec::default() });
        }
    }
}
