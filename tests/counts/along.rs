use glossator::analysis::{
    Corpus,
    along::{Spec, along},
};
use proptest::prelude::*;

use crate::{
    made::{self, family, has},
    random::Random,
};

fn check(corpus: &Corpus, spec: &Spec, parts: usize) {
    let table = along(corpus, spec).unwrap();
    assert_eq!(table.strips.len(), corpus.sources().len());
    let mut falls = Vec::new();
    for (label, it) in (0u32..).zip(corpus.codebook().labels()) {
        if made::is_hidden(corpus, &it.id, &spec.folded) {
            continue;
        }
        let family = family(corpus, label, spec.folded.contains(&it.id));
        let wanted = spec.labels.is_empty() || spec.labels.iter().any(|l| family.contains(l));
        let mut any = false;
        for (strip, source) in table.strips.iter().zip(corpus.sources()) {
            let codings = source
                .codings()
                .iter()
                .filter(|c| wanted && has(&c.highlight, &family));
            let spans: Vec<_> = codings.map(|c| c.highlight.span).collect();
            any |= !spans.is_empty();
            let marks: Vec<_> = strip.marks_of(label).iter().map(|m| m.span).collect();
            assert_eq!(marks, spans);
            let length = source.text().len();
            assert_eq!(strip.length as usize, length);
            let mut density = vec![0; parts];
            for span in &spans {
                let part = |byte: u32| byte as usize * parts / length;
                let touched = part(span.start)..=part(span.end - 1);
                for part in touched {
                    density[part] += 1;
                }
            }
            assert_eq!(strip.density(label, parts), density);
        }
        if any {
            falls.push(label);
        }
    }
    assert_eq!(table.labels, falls);
    for strip in &table.strips {
        assert!(strip.marks.is_sorted_by_key(|m| (m.label, m.place)));
        for mark in &strip.marks {
            let (from, to) = strip.place_of(mark);
            assert!((0.0..1.0).contains(&from) && from < to && to <= 1.0);
            assert_eq!(
                corpus.coding(mark.place).unwrap().1.highlight.span,
                mark.span
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn strips_are_as_the_bytes_say(seed in any::<u64>(), parts in 1usize..40) {
        let corpus = Corpus::new(&made::project(seed));
        let random = &mut Random::new(seed);
        let labels = (0..random.below(3)).map(|_| made::label_id(random.below(made::LABELS)));
        let labels = labels.collect();
        let folded = made::folded(random);
        // A label below a folded one is asked for by the folded one's row, as the family of the row says.
        check(&corpus, &Spec { folded, labels, ..Spec::default() }, parts);
    }
}
