use glossator::{
    analysis::{
        Corpus,
        contrast::{STANCES, Spec, contrast},
    },
    model::Project,
};
use proptest::prelude::*;

use crate::{
    made::{self, family, has},
    random::Random,
};

fn check(project: &Project, spec: &Spec) {
    let corpus = &Corpus::new(project);
    let table = contrast(corpus, spec).unwrap();
    let mut rows = table.rows.iter();
    for source in corpus.sources() {
        let mut quotes = 0;
        let mut claims = 0;
        let mut expected = Vec::new();
        for theory in &spec.theories {
            let label = corpus.codebook().number(theory).unwrap();
            let family = family(corpus, label, true);
            let mut cells = vec![Vec::new(); STANCES.len()];
            for (at, coding) in source.codings().iter().enumerate() {
                if has(&coding.highlight, &family) {
                    let column = STANCES.iter().position(|s| *s == coding.highlight.stance);
                    cells[column.unwrap()].push(at);
                    quotes += 1;
                }
            }
            expected.push(cells);
            for notebook in project.notebooks().values() {
                let about = notebook
                    .claims()
                    .filter(|(place, _)| place.label == *theory);
                let now = about.filter_map(|(place, _)| project.current(&place.reading));
                claims += now.filter(|r| r.id == source.reading.id).count();
            }
        }
        if quotes + claims == 0 && !spec.empty_rows {
            continue;
        }
        let row = rows.next().unwrap();
        assert_eq!(row.reading, source.reading.id);
        assert_eq!(row.is_empty(), quotes + claims == 0);
        let mut found = 0;
        for (theory, cells) in expected.iter().enumerate() {
            found += row.claims[theory].len();
            assert!(row.claims[theory].iter().all(|c| c.place.stance.is_none()));
            for (column, expected) in cells.iter().enumerate() {
                let cell = &row.cells[theory][column];
                let mut places: Vec<_> = cell
                    .quotes
                    .iter()
                    .map(|q| q.place.coding as usize)
                    .collect();
                let in_order =
                    |q: &glossator::analysis::contrast::Quote| (-(q.merit as i64), q.place);
                assert!(cell.quotes.is_sorted_by_key(in_order));
                places.sort_unstable();
                assert_eq!(&places, expected);
                found += cell.claims.len();
                for claim in &cell.claims {
                    assert_eq!(claim.place.label, spec.theories[theory]);
                    assert_eq!(claim.place.stance, STANCES[column]);
                }
                assert!(cell.claims.is_sorted_by_key(|c| &c.coder));
            }
        }
        assert_eq!(found, claims);
    }
    assert!(rows.next().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn cells_hold_all_quotes_and_claims(seed in any::<u64>()) {
        let project = made::project(seed);
        let random = &mut Random::new(seed);
        let theories = (0..1 + random.below(2)).map(|_| made::label_id(random.below(made::LABELS)));
        let spec = Spec {
            theories: theories.collect(),
            empty_rows: random.one_in(2),
            ..Spec::default()
        };
        check(&project, &spec);
    }
}
