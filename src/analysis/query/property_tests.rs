//! Queries against a naive evaluator that looks at every two highlights, and what is written against what is read.

use std::sync::Arc;

use proptest::prelude::*;

use super::{
    ast::{Field, Has, Op, Term, Value},
    tests::{TEXT, empty, highlight},
    *,
};
use crate::{
    analysis::Source,
    edit::{Edit, apply},
    model::{Label, Stance, Value as Attribute},
    text::{Span, Text},
};

const LABELS: [&str; 5] = ["dilemma", "entrapment", "abandonment", "poles", "balance"];
const NAMES: [&str; 5] = [
    "Alliance dilemma",
    "Entrapment",
    "Abandonment",
    "Multipolarity",
    "均势",
];

fn term(field: Field, op: Op, values: Vec<Value>) -> Node {
    Node::Term(Term {
        at: At::default(),
        named: At::default(),
        field,
        op,
        values: values.into_iter().map(|v| (At::default(), v)).collect(),
    })
}

/// Conditions whose meaning the naive evaluator knows.
fn known() -> impl Strategy<Value = Node> {
    let name = prop::sample::select(&NAMES[..]).prop_map(|n| Value::Words(n.to_owned()));
    let stances = [None, Some(Stance::Contests), Some(Stance::Defines)];
    let stance = prop::sample::select(stances.to_vec())
        .prop_map(|s| s.map_or(Value::Nothing, Value::Stance));
    prop_oneof![
        4 => (prop::collection::vec(name, 1..3), any::<bool>()).prop_map(|(names, only)| {
            term(Field::Label, if only { Op::Exactly } else { Op::Is }, names)
        }),
        2 => prop::sample::select(vec!["MK", "AL"])
            .prop_map(|c| term(Field::Coder, Op::Is, vec![Value::Words(c.to_owned())])),
        1 => stance.prop_map(|s| term(Field::Stance, Op::Is, vec![s])),
        1 => Just(term(Field::Has, Op::Is, vec![Value::Has(Has::Note)])),
        1 => (0i64..6).prop_map(|n| term(Field::Words, Op::AtLeast, vec![Value::Numbers(Some(n), Some(n))])),
    ]
}

/// All kinds of conditions, with words that are hard to write.
fn strange() -> impl Strategy<Value = Node> {
    let words = prop_oneof![
        "[a-zé势 \"\\\\/“”:(),@-]{1,8}".prop_filter("words", |w| !w.trim().is_empty()
            && w.chars().any(char::is_alphanumeric)),
        prop::sample::select(vec!["and", "None", "near", "/x", "a..b", "@x"])
            .prop_map(str::to_owned),
    ];
    let value = words.clone().prop_map(Value::Words);
    let fields = vec![
        Field::Label,
        Field::Coder,
        Field::Reading,
        Field::Text,
        Field::Title,
        Field::Kind,
    ];
    let regex = prop::sample::select(vec!["a/b", "a\\\\", "\\d+ \"", "(?-u:x)|/"])
        .prop_map(|r| Value::Regex(r.to_owned()));
    let number = |n: i64| Some(n);
    let numbers = (prop::option::of(-9i64..9), prop::option::of(9i64..3000))
        .prop_filter("an end", |(a, b)| a.is_some() || b.is_some())
        .prop_map(|(a, b)| Value::Numbers(a, b));
    let day = |n: i16| jiff::civil::date(2000, 1, 1) + jiff::Span::new().days(n);
    let days =
        (0i16..4000, 0i16..900).prop_map(move |(a, b)| Value::Days(Some(day(a)), Some(day(a + b))));
    let attribute = prop_oneof![
        words
            .clone()
            .prop_map(|w| Attribute::Text(w.trim().to_owned())),
        (-99i32..99).prop_map(|n| Attribute::Number(f64::from(n) / 4.0)),
        Just(Attribute::YesNo(true)),
        Just(Attribute::Text("12".to_owned())),
    ];
    prop_oneof![
        (
            prop::sample::select(fields),
            prop::collection::vec(value.clone(), 1..3)
        )
            .prop_map(|(field, values)| term(field, Op::Is, values)),
        value.prop_map(|v| term(Field::Anywhere, Op::Is, vec![v])),
        regex.prop_map(|r| term(Field::Note, Op::Is, vec![r])),
        numbers.prop_map(|n| term(Field::Year, Op::Is, vec![n])),
        (0i64..99).prop_map(move |n| term(
            Field::Year,
            Op::Less,
            vec![Value::Numbers(number(n), number(n))]
        )),
        days.prop_map(|d| term(Field::Created, Op::Is, vec![d])),
        (words.clone(), attribute).prop_map(|(name, value)| {
            term(
                Field::Attribute(name.trim().to_owned()),
                Op::Is,
                vec![Value::Attribute(value)],
            )
        }),
        words.prop_map(|name| term(
            Field::Has,
            Op::Is,
            vec![Value::Has(Has::Attribute(name.trim().to_owned()))]
        )),
        Just(term(Field::Stance, Op::Exactly, vec![Value::Nothing])),
    ]
}

fn relation() -> impl Strategy<Value = Relation> {
    prop_oneof![
        Just(Relation::Overlaps),
        Just(Relation::Within),
        Just(Relation::Contains),
        Just(Relation::Sentence),
        Just(Relation::Paragraph),
        (0u32..6).prop_map(Relation::Words),
    ]
}

fn node(leaf: impl Strategy<Value = Node> + 'static) -> impl Strategy<Value = Node> {
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|n| Node::all(n).unwrap()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|n| Node::any(n).unwrap()),
            inner.clone().prop_map(|n| Node::Not(Box::new(n))),
            (
                inner.clone(),
                prop::collection::vec((relation(), inner), 1..3)
            )
                .prop_map(|(subject, to)| subject.related(to)),
        ]
    })
}

/// What a random highlight is made of: where, which labels, by whom, its stance, whether it has a note.
type Made = (u32, u32, u8, bool, u8);

fn corpus(made: &[Made]) -> Corpus {
    let mut project = empty();
    let text = Text::new(TEXT);
    // Both coders are known whatever is made.
    let both = [(0, 1, 2, true, 1), (60, 9, 8, false, 0)];
    let made = both.iter().chain(made);
    for (id, (at, length, labels, own, stance)) in made.enumerate() {
        let start = text.floor(at % text.len());
        let end = text.floor((start + 1 + length).min(text.len()));
        if end <= start {
            continue;
        }
        let labels: Vec<&str> = (0..5)
            .filter(|i| labels >> i & 1 == 1)
            .map(|i| LABELS[i])
            .collect();
        let labels = if labels.is_empty() {
            vec!["poles"]
        } else {
            labels
        };
        let coder = if *own { "MK" } else { "AL" };
        let reading = if id % 5 == 4 { "lo" } else { "walt" };
        let mut new = highlight(id as u64, reading, Span::new(start, end), &labels, coder);
        new.stance = Stance::ALL.get(*stance as usize % 7).copied();
        new.note = if stance % 2 == 0 {
            String::new()
        } else {
            "A note".into()
        };
        apply(&mut project, Edit::AddHighlight(Arc::new(new))).unwrap();
    }
    Corpus::new(&project)
}

/// A label and those above it.
fn lineage<'a>(corpus: &'a Corpus, label: &'a Label) -> Vec<&'a Label> {
    let mut all = vec![label];
    while let Some(parent) = all.last().and_then(|l| l.parent.as_ref()) {
        all.push(
            corpus
                .codebook()
                .labels()
                .iter()
                .find(|l| l.id == *parent)
                .unwrap(),
        );
    }
    all
}

fn meets(corpus: &Corpus, source: &Source, at: usize, node: &Node) -> bool {
    let coding = &source.codings()[at];
    let h = &coding.highlight;
    match node {
        Node::All(nodes) => nodes.iter().all(|n| meets(corpus, source, at, n)),
        Node::Any(nodes) => nodes.iter().any(|n| meets(corpus, source, at, n)),
        Node::Not(node) => !meets(corpus, source, at, node),
        Node::Related(subject, to) => {
            meets(corpus, source, at, subject)
                && to.iter().all(|(relation, other)| {
                    (0..source.codings().len()).any(|j| {
                        (j != at || has_two(corpus, source, at, subject, other))
                            && meets(corpus, source, j, other)
                            && stand(
                                source,
                                *relation,
                                h.span,
                                source.codings()[j].highlight.span,
                            )
                    })
                })
        }
        Node::Term(term) => term.values.iter().any(|(_, value)| match value {
            Value::Words(name) if term.field == Field::Coder => h.coder.as_str() == name,
            Value::Words(_) => !named(corpus, source, at, node).is_empty(),
            Value::Nothing => h.stance.is_none(),
            Value::Stance(stance) => h.stance == Some(*stance),
            Value::Has(_) => !h.note.is_empty(),
            Value::Numbers(n, _) => source.units().words_in(h.span) as i64 >= n.unwrap(),
            _ => unreachable!("not made here"),
        }),
    }
}

/// The labels of a highlight that a condition names.
fn named(corpus: &Corpus, source: &Source, at: usize, node: &Node) -> Vec<LabelIx> {
    let own = source.codings()[at].labels.iter().copied();
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes
            .iter()
            .flat_map(|n| named(corpus, source, at, n))
            .collect(),
        Node::Not(_) => Vec::new(),
        Node::Related(subject, _) => named(corpus, source, at, subject),
        Node::Term(term) if term.field == Field::Label => own
            .filter(|label| {
                let lineage = lineage(corpus, corpus.codebook().get(*label).unwrap());
                let deep = if term.op == Op::Exactly {
                    1
                } else {
                    lineage.len()
                };
                term.values.iter().any(|(_, value)| {
                    lineage[..deep]
                        .iter()
                        .any(|l| *value == Value::Words(l.name.clone()))
                })
            })
            .collect(),
        Node::Term(_) => Vec::new(),
    }
}

fn has_two(corpus: &Corpus, source: &Source, at: usize, one: &Node, other: &Node) -> bool {
    let others = named(corpus, source, at, other);
    let ones = named(corpus, source, at, one);
    ones.iter().any(|a| others.iter().any(|b| a != b))
}

fn stand(source: &Source, relation: Relation, a: Span, b: Span) -> bool {
    let meet = |(a, b): (usize, usize), (c, d): (usize, usize)| a <= d && c <= b;
    let units = source.units();
    match relation {
        Relation::Overlaps => a.overlaps(b),
        Relation::Within => b.contains(a),
        Relation::Contains => a.contains(b),
        Relation::Sentence => meet(units.sentences_of(a), units.sentences_of(b)),
        Relation::Paragraph => meet(units.paragraphs_of(a), units.paragraphs_of(b)),
        Relation::Words(n) => units.words_between(a, b) <= n as usize,
    }
}

fn made() -> impl Strategy<Value = Vec<Made>> {
    let one = (0u32..200, 0u32..60, 0u8..32, any::<bool>(), any::<u8>());
    prop::collection::vec(one, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_query_finds_what_a_naive_one_finds(made in made(), node in node(known())) {
        let corpus = corpus(&made);
        let query = Query::of(Some(node.clone()));
        let found = query.select(&corpus).unwrap();
        let mut naive = Vec::new();
        for (number, source) in corpus.sources().iter().enumerate() {
            for at in 0..source.codings().len() {
                if meets(&corpus, source, at, &node) {
                    naive.push(Place { source: number as u32, coding: at as u32 });
                }
            }
        }
        prop_assert_eq!(found, naive, "{}", query);
    }

    #[test]
    fn what_is_written_reads_back(node in node(strange())) {
        let text = node.to_string();
        let read = parse::parse(&text).map_err(|e| TestCaseError::fail(format!("{text}: {e:?}")))?;
        prop_assert_eq!(read.as_ref(), Some(&node), "{}", text);
        let query = Query::parse(&text).unwrap();
        prop_assert_eq!(&Query::all_of(query.conjuncts()), &query);
        query.describe(&Corpus::default());
    }

    #[test]
    fn no_text_is_too_strange(text in "[a-c势 \"“”„/\\\\:=<>(),@.0-9-]{0,24}|(label|near|not|or|and|within|has|year|created|@| |:|\\(|\\)|,|\"|[0-9]{1,5}|\\.\\.|\\PC){0,16}", cursor in 0usize..40) {
        let corpus = Corpus::default();
        match Query::parse(&text) {
            Ok(query) => {
                let again = Query::parse(&query.to_string()).unwrap();
                prop_assert_eq!(&again, &query);
                if let Some(node) = &query.node {
                    let written = Query::parse(&node.to_string()).map_err(|e| TestCaseError::fail(format!("{node}: {e:?}")))?;
                    prop_assert_eq!(&written, &query, "{}", node);
                }
                if let Err(error) = query.select(&corpus) {
                    prop_assert!(text.get(error.at.0..error.at.1).is_some());
                }
                query.describe(&corpus);
            }
            Err(error) => prop_assert!(text.get(error.at.0..error.at.1).is_some(), "{:?}", error),
        }
        for completion in complete(&text, cursor, &corpus) {
            prop_assert!(text.get(completion.range.0..completion.range.1).is_some());
        }
    }
}
