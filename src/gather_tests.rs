//! All cores give what one gives, in the same order.

use jiff::Timestamp;

use super::*;
use crate::{
    analysis::find::{Kind, Pattern},
    edit::{Edit, apply},
    model::{Color, Label, LabelId, Project, Reading, ReadingId, ReadingMeta, Structure},
    text::Text,
};

/// Readings of these texts, and a label with cues.
fn corpus(texts: &[String]) -> Corpus {
    let mut project = Project::new("Test");
    let label = Label {
        cues: vec!["ally".into(), "dragg*".into()],
        ..Label::new(LabelId::new("a").unwrap(), "A", Color([1; 3]))
    };
    apply(&mut project, Edit::AddLabel(label)).unwrap();
    for (n, text) in texts.iter().enumerate() {
        let reading = Reading {
            id: ReadingId::new(&format!("r{n:03}")).unwrap(),
            meta: ReadingMeta {
                title: format!("R {n:03}"),
                ..ReadingMeta::default()
            },
            text: Text::new(text.as_str()),
            sha256: n.to_string(),
            words: 0,
            structure: Structure::default(),
            source_name: String::new(),
            encoding: String::new(),
            source_sha256: String::new(),
            revises: None,
            remarks: Vec::new(),
            imported: Timestamp::UNIX_EPOCH,
        };
        apply(&mut project, Edit::AddReading(Arc::new(reading))).unwrap();
    }
    Corpus::new(&project)
}

fn finder(text: &str) -> Finder {
    Finder::new(&Pattern {
        text: text.into(),
        kind: Kind::Plain,
        ..Pattern::default()
    })
    .unwrap()
}

/// Short readings, an empty one, and one of three pieces.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = (0..40)
        .map(|n| format!("An ally, {n}.\n\nDragged in by an ally?"))
        .collect();
    texts[7] = String::new();
    texts[11] = "An ally in a paragraph of its own.\n\n".repeat(80_000);
    texts
}

#[test]
fn hits_come_in_the_order_of_the_readings_and_the_text() {
    let corpus = corpus(&texts());
    let finder = finder("ally");
    let mut all = Vec::new();
    let places = [11, 7, 3, 99, 4];
    let done = gather(&corpus, &finder, places, &AtomicBool::new(false), |found| {
        all.push(found);
        ControlFlow::Continue(())
    });
    assert!(done);
    let parts = |n| all.iter().filter(move |f| f.source == n);
    assert_eq!(
        (parts(11).count(), parts(7).count(), parts(99).count()),
        (3, 1, 0)
    );
    let order: Vec<usize> = all.iter().map(|f| f.source).collect();
    assert_eq!(order, [11, 11, 11, 7, 3, 4]);
    assert_eq!(all.iter().filter(|f| f.is_last).count(), 4);
    for n in [11, 7, 3, 4] {
        let joined: Vec<Span> = parts(n).flat_map(|f| f.hits.clone()).collect();
        let expected: Vec<Span> = finder.hits(corpus.sources()[n].text()).collect();
        assert_eq!(joined, expected);
    }
}

#[test]
fn it_ends_when_it_is_cancelled_or_broken_off() {
    let corpus = corpus(&texts());
    let finder = finder("ally");
    let cancel = AtomicBool::new(false);
    let mut seen = 0;
    let done = gather(&corpus, &finder, 0..40, &cancel, |_| {
        seen += 1;
        match seen {
            3 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    });
    assert_eq!((done, seen), (false, 3));
    let done = gather(&corpus, &finder, 0..40, &cancel, |_| {
        seen += 1;
        cancel.store(true, Ordering::Relaxed);
        ControlFlow::Continue(())
    });
    assert_eq!((done, seen), (false, 4));
    let coder = CoderId::new("MK").unwrap();
    assert_eq!(suggestions(&corpus, 0, &coder, &cancel), None);
    assert!(gather(
        &corpus,
        &finder,
        [],
        &AtomicBool::new(false),
        |_| ControlFlow::Continue(())
    ));
}

#[test]
fn suggestions_on_all_cores_are_those_on_one() {
    let corpus = corpus(&texts()[..10]);
    let coder = CoderId::new("MK").unwrap();
    let go = AtomicBool::new(false);
    let one = suggest::suggestions(&corpus, 0, &coder);
    assert_eq!(one.len(), 18);
    assert_eq!(suggestions(&corpus, 0, &coder, &go), Some(one));
    assert_eq!(suggestion_counts(&corpus, &coder, &go), Some(vec![18]));
}
