//! What is suggested, and what is not.

use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::{
    analysis::Corpus,
    edit::{Edit, apply, compose},
    model::{
        About, Block, BlockKind, Color, Heading, HighlightId, Label, Note, Project, Reading,
        ReadingMeta, Structure,
    },
    text::Text,
};

fn label(id: &str, parent: Option<&str>, cues: &[&str]) -> Label {
    Label {
        parent: parent.map(|p| LabelId::new(p).unwrap()),
        cues: cues.iter().map(|&c| c.to_owned()).collect(),
        ..Label::new(LabelId::new(id).unwrap(), id, Color([1; 3]))
    }
}

fn mk() -> CoderId {
    CoderId::new("MK").unwrap()
}

/// A project of one reading. Its headings are the lines that start with `#`.
fn project(text: &str, labels: Vec<Label>) -> Project {
    let text = Text::new(text);
    let headings = text.paragraphs().iter().copied();
    let headings = headings.filter(|p| text.slice(*p).starts_with('#'));
    let structure = Structure {
        headings: headings.map(|span| Heading { span, level: 1 }).collect(),
        ..Structure::default()
    };
    let reading = Reading {
        id: ReadingId::new("r").unwrap(),
        meta: ReadingMeta {
            title: "R".into(),
            ..ReadingMeta::default()
        },
        words: 0,
        text,
        sha256: String::new(),
        structure,
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    };
    let mut project = Project::new("Test");
    let labels = labels.into_iter().map(Edit::AddLabel);
    for edit in labels.chain([Edit::AddReading(Arc::new(reading))]) {
        apply(&mut project, edit).unwrap();
    }
    project
}

fn suggested_for(project: &Project, label: &str) -> Vec<(String, Vec<String>)> {
    let corpus = Corpus::new(project);
    let number = corpus.codebook().named(label).unwrap();
    let text = corpus.sources()[0].text();
    let found = suggestions(&corpus, number, &mk());
    assert_eq!(counts(&corpus, &mk())[number as usize], found.len());
    let of = |span: &Span| span.of(text).to_owned();
    found
        .iter()
        .map(|s| (of(&s.sentence), s.cues.iter().map(of).collect()))
        .collect()
}

fn sentences(project: &Project, label: &str) -> Vec<String> {
    let found = suggested_for(project, label);
    found.into_iter().map(|(sentence, _)| sentence).collect()
}

fn tag(project: &mut Project, passage: &str, label: &str, coder: &str) {
    let id = ReadingId::new("r").unwrap();
    let at = project.reading(&id).unwrap().text.as_str().find(passage);
    let at = at.unwrap() as u32;
    let span = Span::new(at, at + passage.len() as u32);
    let edit = compose::tag_all(
        project,
        [(id, span)],
        &LabelId::new(label).unwrap(),
        &CoderId::new(coder).unwrap(),
        Timestamp::UNIX_EPOCH,
        || HighlightId(u64::from(at)),
    );
    apply(project, edit.unwrap()).unwrap();
}

#[test]
fn the_cues_of_a_sentence_are_gathered_in_one_suggestion() {
    let project = project(
        "States fear Entrapment and abandonment. Nothing here.\n\nThey were entrapped, “dragged  in”.",
        vec![label(
            "Fear",
            None,
            &["entrap*", "abandonment", "dragged in", "*"],
        )],
    );
    let found = suggested_for(&project, "Fear");
    let cues = |i: usize| found[i].1.clone();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].0, "States fear Entrapment and abandonment.");
    assert_eq!(cues(0), ["Entrapment", "abandonment"]);
    assert_eq!(cues(1), ["entrapped", "dragged  in"]);
}

#[test]
fn cues_are_whole_words() {
    let project = project(
        "Really. An ally’s fate. A réally.",
        vec![label("A", None, &["ally"])],
    );
    assert_eq!(sentences(&project, "A"), ["An ally’s fate."]);
}

#[test]
fn what_the_coder_has_coded_with_the_label_or_one_under_it_is_left_out() {
    let text = "One ally. Two ally. Three ally. Four ally.";
    let labels = vec![
        label("a", None, &["ally"]),
        label("b", Some("a"), &[]),
        label("c", None, &[]),
    ];
    let mut project = project(text, labels);
    tag(&mut project, "ne al", "a", "MK");
    tag(&mut project, "Two", "b", "MK");
    tag(&mut project, "Three", "c", "MK");
    tag(&mut project, "Four", "a", "AL");
    assert_eq!(sentences(&project, "a"), ["Three ally.", "Four ally."]);
}

#[test]
fn what_was_rejected_is_not_offered_again() {
    let labels = vec![label("a", None, &["ally"]), label("b", None, &["ally"])];
    let mut project = project("One ally. Two ally.", labels);
    let rejected = About::Rejected(Suggested {
        label: LabelId::new("a").unwrap(),
        reading: ReadingId::new("r").unwrap(),
        sentence: Span::new(0, 9),
    });
    apply(&mut project, Edit::Jot(mk(), rejected, Some(String::new()))).unwrap();
    assert_eq!(sentences(&project, "a"), ["Two ally."]);
    assert_eq!(sentences(&project, "b").len(), 2);
}

#[test]
fn headings_and_works_cited_are_no_suggestions() {
    let project = project(
        "# An ally\n\nAn ally here.\n\n# 7. References\n\nAlly, A. (1987).\n\n# Annex\n\nAlly there.\n\nBibliography\n\nAlly, B.",
        vec![label("a", None, &["ally"])],
    );
    assert_eq!(sentences(&project, "a"), ["An ally here.", "Ally there."]);
}

#[test]
fn notes_behind_the_works_cited_are_kept_and_marks_belong_to_no_sentence() {
    let text = "One ally.1 Two ally.2\n\nReferences\n\nAlly, A.\n\n1 An ally in a note.";
    let mut project = project(text, vec![label("a", None, &["ally"])]);
    let id = ReadingId::new("r").unwrap();
    let mut reading = (*project.shelf(&id).unwrap().reading).clone();
    let at = |part: &str| {
        let start = text.find(part).unwrap() as u32;
        Span::new(start, start + part.len() as u32)
    };
    let body = at("1 An ally in a note.");
    let mark = |before: &str| Span::new(at(before).end, at(before).end + 1);
    reading.structure.notes = vec![
        Note {
            mark: mark("One ally."),
            body,
        },
        Note {
            mark: mark("Two ally."),
            body,
        },
    ];
    reading.structure.blocks = vec![Block {
        span: body,
        kind: BlockKind::Note,
    }];
    reading.id = ReadingId::new("r2").unwrap();
    apply(&mut project, Edit::RemoveReading(id)).unwrap();
    apply(&mut project, Edit::AddReading(Arc::new(reading))).unwrap();
    assert_eq!(
        sentences(&project, "a"),
        ["One ally.", "Two ally.", "1 An ally in a note."]
    );
}

#[test]
fn several_and_rare_cues_count_more() {
    let project = project(
        "Common rare. Common here. Common there.",
        vec![label("a", None, &["common", "rare", "there"])],
    );
    let corpus = Corpus::new(&project);
    let scores: Vec<f64> = suggestions(&corpus, 0, &mk())
        .iter()
        .map(|s| s.score)
        .collect();
    assert!((scores[0] - (2f64.ln() + 4f64.ln())).abs() < 1e-9);
    assert_eq!(scores[0], scores[2]);
    assert!((scores[1] - 2f64.ln()).abs() < 1e-9);
}
