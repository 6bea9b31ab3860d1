use std::collections::{BTreeMap, BTreeSet};

use glossator::{
    analysis::{
        Corpus,
        matrix::{Across, ColumnKey, Matrix, Measure, Spec, matrix},
        query::{Place, Query},
    },
    model::{Highlight, Stance, Value},
    text::{fold, words},
};
use proptest::prelude::*;

use crate::{
    made::{self, family, has},
    random::Random,
};

/// The column of a highlight, as text, and as the text that columns are ordered by.
fn column(
    corpus: &Corpus,
    across: &Across,
    source: usize,
    highlight: &Highlight,
) -> (String, String) {
    let meta = &corpus.sources()[source].reading.meta;
    match across {
        Across::Readings => (format!("{source:03}"), highlight.reading.to_string()),
        Across::Years => year(meta.year),
        Across::Coders => (highlight.coder.to_string(), highlight.coder.to_string()),
        Across::Stances => stance(highlight.stance),
        Across::Attribute(_) => {
            let own = meta
                .attributes
                .iter()
                .find(|(k, _)| k.to_lowercase() == "kind");
            value(own.map(|(_, v)| v))
        }
    }
}

fn year(year: Option<i32>) -> (String, String) {
    year.map_or(("~".into(), "none".into()), |y| {
        (format!("{:09}", y + 10_000), y.to_string())
    })
}

fn stance(stance: Option<Stance>) -> (String, String) {
    let at = Stance::ALL.iter().position(|s| Some(*s) == stance);
    (
        at.map_or("9".into(), |at| at.to_string()),
        format!("{stance:?}"),
    )
}

fn value(value: Option<&Value>) -> (String, String) {
    let name = match value {
        None => return ("~".into(), "none".into()),
        Some(Value::YesNo(yes)) => format!("0{yes}"),
        Some(Value::Number(n)) => format!("1{:020.5}", n + 1e6),
        Some(Value::Date(date)) => format!("2{date}"),
        Some(Value::Text(text)) => format!("3{}", fold(text)),
    };
    (name.clone(), name)
}

fn key_name(key: &ColumnKey) -> String {
    match key {
        ColumnKey::Reading(id) => id.to_string(),
        ColumnKey::Year(y) => year(*y).1,
        ColumnKey::Coder(coder) => coder.to_string(),
        ColumnKey::Stance(s) => stance(*s).1,
        ColumnKey::Value(v) => value(v.as_ref()).1,
    }
}

/// Which readings a column's text is, by what the module says.
fn readings(corpus: &Corpus, across: &Across, name: &str) -> Vec<usize> {
    let sources = corpus.sources().iter().enumerate();
    let of_reading = |source: usize| match across {
        Across::Readings => corpus.sources()[source].reading.id.as_str() == name,
        Across::Years => year(corpus.sources()[source].reading.meta.year).1 == name,
        Across::Stances => true,
        Across::Coders => {
            let mut codings = corpus.sources()[source].codings().iter();
            codings.any(|c| c.highlight.coder.as_str() == name)
        }
        Across::Attribute(_) => {
            let attributes = &corpus.sources()[source].reading.meta.attributes;
            value(attributes.values().next()).1 == name
        }
    };
    sources
        .map(|(at, _)| at)
        .filter(|at| of_reading(*at))
        .collect()
}

/// The words of the highlights, each once: by asking of every word who covers its first letter.
fn word_count(corpus: &Corpus, places: &[Place]) -> usize {
    let mut count = 0;
    for (at, source) in corpus.sources().iter().enumerate() {
        let own: Vec<_> = places.iter().filter(|p| p.source as usize == at).collect();
        for word in words(source.text()) {
            let covers = |p: &&&Place| {
                let span = source.codings()[p.coding as usize].highlight.span;
                span.start <= word.start && word.start < span.end
            };
            count += usize::from(own.iter().any(|p| covers(&p)));
        }
    }
    count
}

fn check(corpus: &Corpus, spec: &Spec) {
    let table = matrix(corpus, spec).unwrap();
    let mut cells: BTreeMap<(u32, String), Vec<Place>> = BTreeMap::new();
    let mut orders: BTreeSet<(String, String)> = BTreeSet::new();
    let mut highlights = 0;
    for (source, it) in corpus.sources().iter().enumerate() {
        for (coding, it) in it.codings().iter().enumerate() {
            if !spec.scope.is_all() && it.highlight.stance.is_none() {
                continue;
            }
            let (order, name) = column(corpus, &spec.across, source, &it.highlight);
            orders.insert((order, name.clone()));
            highlights += 1;
            for row in &table.rows {
                if has(&it.highlight, &family(corpus, row.label, row.folded)) {
                    let place = Place {
                        source: source as u32,
                        coding: coding as u32,
                    };
                    cells
                        .entry((row.label, name.clone()))
                        .or_default()
                        .push(place);
                }
            }
        }
    }
    assert_eq!(table.highlights, highlights);
    check_axes(corpus, spec, &table, &orders);
    for (row, label) in table.rows.iter().enumerate() {
        for (column, key) in table.columns.iter().enumerate() {
            let name = key_name(&key.key);
            let empty = Vec::new();
            let places = cells.get(&(label.label, name.clone())).unwrap_or(&empty);
            assert_eq!(table.counts[row][column] as usize, places.len());
            assert_eq!(&table.excerpts(corpus, spec, row, column), places);
            let query = table.query(corpus, spec, row, column);
            assert_eq!(&query.select(corpus).unwrap(), places, "{query}");
            let of = readings(corpus, &spec.across, &name);
            assert_eq!(key.readings, of.len());
            let all: usize = of
                .iter()
                .map(|r| words(corpus.sources()[*r].text()).count())
                .sum();
            let words = word_count(corpus, places);
            let expected = match spec.measure {
                Measure::Count => places.len() as f64,
                Measure::Words => words as f64,
                Measure::Share if all == 0 => 0.0,
                Measure::Share => words as f64 / all as f64,
            };
            assert_eq!(table.cells[row][column], expected, "{label:?} {name}");
            if spec.measure != Measure::Count {
                assert_eq!(key.words, all as u64);
            }
        }
    }
}

fn check_axes(corpus: &Corpus, spec: &Spec, table: &Matrix, found: &BTreeSet<(String, String)>) {
    let rows: Vec<_> = table.rows.iter().map(|row| row.label).collect();
    let shown = (0u32..).zip(corpus.codebook().labels());
    let shown = shown.filter(|(_, l)| !made::is_hidden(corpus, &l.id, &spec.folded));
    assert_eq!(rows, shown.map(|(at, _)| at).collect::<Vec<_>>());
    // Those of which there are highlights stand in this order; others may stand between.
    let columns: Vec<String> = table.columns.iter().map(|c| key_name(&c.key)).collect();
    let mut last = 0;
    for (_, name) in found {
        let at = columns.iter().position(|c| c == name).expect("a column");
        assert!(at >= last, "{name} in {columns:?}");
        last = at;
    }
    assert_eq!(columns.iter().collect::<BTreeSet<_>>().len(), columns.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_matrix_counts_what_a_plain_count_gives(seed in any::<u64>()) {
        let corpus = Corpus::new(&made::project(seed));
        let random = &mut Random::new(seed);
        for across in [
            Across::Readings,
            Across::Years,
            Across::Coders,
            Across::Stances,
            Across::Attribute("KIND".to_owned()),
        ] {
            let measure = [Measure::Count, Measure::Words, Measure::Share][random.below(3)];
            let folded = made::folded(random);
            let scope = Query::parse(["", "has:stance"][random.below(2)]).unwrap();
            check(&corpus, &Spec { across, measure, folded, scope });
        }
    }
}
