//! Small projects in which one can count by eye.

use std::sync::Arc;

use glossator::{
    analysis::{
        Corpus,
        contrast::{self, contrast},
        cooccur::{self, Nearness, cooccurrence},
        keyness::{self, Against, keyness},
        matrix::{self, Measure, matrix},
        query::Query,
    },
    edit::{Edit, apply},
    model::{
        CoderId, Highlight, HighlightId, Label, LabelId, PALETTE, Project, Reading, ReadingId,
        ReadingMeta, Stance, Structure,
    },
    text::{Span, Text, find_quote},
};
use jiff::Timestamp;

fn label_id(name: &str) -> LabelId {
    LabelId::new(&name.to_lowercase()).unwrap()
}

/// A project with these labels, `child<parent` for one under another.
fn project(labels: &[&str]) -> Project {
    let mut project = Project::new("Small");
    for (at, name) in labels.iter().enumerate() {
        let (name, parent) = name
            .split_once('<')
            .map_or((*name, None), |(n, p)| (n, Some(p)));
        let label = Label {
            parent: parent.map(label_id),
            position: at as f64,
            ..Label::new(label_id(name), name, PALETTE[0])
        };
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    project
}

fn read(project: &mut Project, id: &str, text: &str) {
    let reading = Reading {
        id: ReadingId::new(id).unwrap(),
        meta: ReadingMeta {
            title: id.to_owned(),
            ..ReadingMeta::default()
        },
        sha256: id.to_owned(),
        words: 0,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: "UTF-8".to_owned(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
        text: Text::new(text),
    };
    apply(project, Edit::AddReading(Arc::new(reading))).unwrap();
}

/// Tags a quote of a reading with labels, parted by commas.
fn tag(
    project: &mut Project,
    reading: &str,
    quote: &str,
    labels: &str,
    change: impl Fn(&mut Highlight),
) {
    let id = ReadingId::new(reading).unwrap();
    let text = project.reading(&id).unwrap().text.clone();
    let span: Span = find_quote(text.as_str(), quote)[0];
    let mut highlight = Highlight {
        id: HighlightId(project.highlight_count() as u64 + 1),
        reading: id,
        span,
        labels: labels.split(',').map(label_id).collect(),
        stance: None,
        note: String::new(),
        coder: CoderId::new("MK").unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    };
    change(&mut highlight);
    apply(project, Edit::AddHighlight(Arc::new(highlight))).unwrap();
}

#[test]
fn words_under_two_highlights_count_once() {
    let mut project = project(&["Threat", "Fear<Threat"]);
    read(
        &mut project,
        "r",
        "One two three four five six seven eight nine ten.",
    );
    tag(&mut project, "r", "two three four", "Threat", |_| ());
    tag(&mut project, "r", "four five six", "Threat,Fear", |_| ());
    // It starts within a word, which so is not in it.
    tag(&mut project, "r", "ight nine", "Fear", |_| ());
    let corpus = Corpus::new(&project);
    let spec = matrix::Spec {
        measure: Measure::Words,
        ..matrix::Spec::default()
    };
    let plain = matrix(&corpus, &spec).unwrap();
    assert_eq!(plain.cells, [[5.0], [4.0]]);
    assert_eq!(plain.counts, [[2], [2]]);
    assert_eq!((plain.highlights, plain.columns[0].words), (3, 10));
    let spec = matrix::Spec {
        measure: Measure::Share,
        folded: [label_id("Threat")].into(),
        ..spec
    };
    let folded = matrix(&corpus, &spec).unwrap();
    assert_eq!(
        (folded.cells, folded.counts),
        (vec![vec![0.6]], vec![vec![3]])
    );
}

#[test]
fn a_pair_counts_once_and_a_highlight_with_both_is_one() {
    let mut project = project(&["A", "B"]);
    read(
        &mut project,
        "r",
        "One two three. Four five six.\n\nSeven eight nine.",
    );
    tag(&mut project, "r", "One two", "A,B", |_| ());
    tag(&mut project, "r", "two three", "A,B", |_| ());
    tag(&mut project, "r", "six", "A", |_| ());
    tag(&mut project, "r", "Seven", "B", |h| {
        h.coder = CoderId::new("AL").unwrap()
    });
    let corpus = Corpus::new(&project);
    let count = |nearness, same_coder| {
        let spec = cooccur::Spec {
            nearness,
            same_coder,
            ..cooccur::Spec::default()
        };
        let table = cooccurrence(&corpus, &spec).unwrap();
        assert_eq!(table.totals, [3, 3]);
        (table.pairs[0][1], table.jaccard[1][0])
    };
    // The first two each with itself and with each other.
    assert_eq!(count(Nearness::Overlap, false), (3, 2.0 / 4.0));
    assert_eq!(count(Nearness::Sentence, false), (3, 2.0 / 4.0));
    // The third with the first two as well.
    assert_eq!(count(Nearness::Paragraph, false), (5, 3.0 / 4.0));
    // Between “six” and “Seven” lies no word, between “three” and “six” two.
    assert_eq!(count(Nearness::Words(0), false), (4, 4.0 / 4.0));
    assert_eq!(count(Nearness::Words(0), true), (3, 2.0 / 4.0));
    assert_eq!(count(Nearness::Words(2), true), (4, 3.0 / 4.0));
}

#[test]
fn the_best_quotes_come_first() {
    let mut project = project(&["Theory"]);
    let long = "This sentence is long enough to be quoted as it stands, and says it all.";
    let many = "It goes on. And on. And on, for longer than anyone would care to quote in a row.";
    read(&mut project, "r", &format!("Short.\n\n{many} {long} Late."));
    for quote in ["Short.", many, long] {
        tag(&mut project, "r", quote, "Theory", |h| {
            h.stance = Some(Stance::Contests)
        });
    }
    tag(&mut project, "r", "Late.", "Theory", |h| {
        h.stance = Some(Stance::Contests);
        h.note = "Look.".to_owned();
    });
    let corpus = Corpus::new(&project);
    let spec = contrast::Spec {
        theories: vec![label_id("Theory")],
        ..contrast::Spec::default()
    };
    let table = contrast(&corpus, &spec).unwrap();
    let quotes = &table.rows[0].cells[0][1].quotes;
    let shown: Vec<(u32, f64)> = quotes.iter().map(|q| (q.place.coding, q.merit)).collect();
    assert_eq!(shown, [(3, 2.0), (2, 1.0), (0, 0.0), (1, 0.0)]);
}

fn shown(project: &Project, spec: &keyness::Spec) -> Vec<(String, u32, u32)> {
    let table = keyness(&Corpus::new(project), spec).unwrap();
    table
        .words
        .into_iter()
        .map(|w| (w.word, w.here, w.there))
        .collect()
}

fn rows(rows: &[(&str, u32, u32)]) -> Vec<(String, u32, u32)> {
    rows.iter()
        .map(|(w, a, b)| ((*w).to_owned(), *a, *b))
        .collect()
}

#[test]
fn forms_of_a_word_are_one_and_go_by_the_most_frequent() {
    let mut project = project(&["Theory"]);
    read(
        &mut project,
        "r",
        "The allies and the allies and an ally. It was the ally of the others and of China.",
    );
    tag(
        &mut project,
        "r",
        "The allies and the allies and an ally",
        "Theory",
        |_| (),
    );
    let spec = keyness::Spec {
        target: Query::parse("label:Theory").unwrap(),
        ..keyness::Spec::default()
    };
    assert_eq!(shown(&project, &spec), rows(&[("allies", 3, 1)]));
    let apart = keyness::Spec {
        stems: false,
        least: 1,
        ..spec.clone()
    };
    assert_eq!(
        shown(&project, &apart),
        rows(&[("allies", 2, 0), ("ally", 1, 1)])
    );
    let all = keyness::Spec {
        stop_words: false,
        longest: 2,
        ..apart
    };
    let all = shown(&project, &all);
    assert!(
        all.contains(&("the allies".to_owned(), 2, 0)) && all.contains(&("and".to_owned(), 2, 1))
    );
}

#[test]
fn phrases_keep_to_sentences_and_may_hold_stop_words() {
    let mut project = project(&["Theory"]);
    read(
        &mut project,
        "r",
        "The balance of threat is the balance of threat. Threat it is, and not power. Balance is what it was.",
    );
    tag(
        &mut project,
        "r",
        "The balance of threat is the balance of threat. Threat",
        "Theory",
        |_| (),
    );
    let spec = keyness::Spec {
        target: Query::parse("label:Theory").unwrap(),
        longest: 3,
        ..keyness::Spec::default()
    };
    let found = shown(&project, &spec);
    assert_eq!(found.len(), 3);
    assert!(found.contains(&("balance of threat".to_owned(), 2, 0)));
    assert!(found.contains(&("threat".to_owned(), 3, 0)));
    assert!(found.contains(&("balance".to_owned(), 2, 1)));
}

#[test]
fn chinese_goes_by_pairs_of_characters() {
    let mut project = project(&["Theory"]);
    read(&mut project, "r", "国际格局变了，国际格局。联盟的国际化。");
    tag(
        &mut project,
        "r",
        "国际格局变了，国际格局",
        "Theory",
        |_| (),
    );
    let spec = keyness::Spec {
        target: Query::parse("label:Theory").unwrap(),
        longest: 3,
        ..keyness::Spec::default()
    };
    let found = shown(&project, &spec);
    assert!(found.contains(&("国际".to_owned(), 2, 1)), "{found:?}");
    assert!(found.contains(&("国际格局".to_owned(), 2, 0)), "{found:?}");
    // 的 makes no word with what is beside it.
    let against = keyness::Spec {
        target: Query::default(),
        against: Against::Excerpts,
        least: 1,
        ..keyness::Spec::default()
    };
    assert!(
        shown(&project, &against)
            .iter()
            .all(|(word, ..)| !word.contains('的'))
    );
}
