//! What queries mean, on a small project, and against a naive evaluator on random ones.

use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::{
    edit::{Edit, apply},
    model::{
        CoderId, Highlight, HighlightId, Imprint, Label, LabelId, PALETTE, Project, Reading,
        ReadingId, ReadingMeta, Stance, Structure, Value,
    },
    text::{Span, Text},
};

/// No highlight.
const NONE: [u64; 0] = [];

pub(in crate::analysis) const TEXT: &str = "An ally may be drawn in. It may be left alone as well.\n\nMany poles hold each other. 均势 is balance. \
                    Naïve states bandwagon.\n\nThe end of it all.";

fn label(id: &str, name: &str, parent: Option<&str>, position: f64) -> Label {
    Label {
        parent: parent.map(|p| LabelId::new(p).unwrap()),
        position,
        ..Label::new(LabelId::new(id).unwrap(), name, PALETTE[0])
    }
}

pub(in crate::analysis) fn reading(
    id: &str,
    title: &str,
    author: &str,
    year: Option<i32>,
) -> Reading {
    let attributes = [("country", "China"), ("score", "3")];
    Reading {
        id: ReadingId::new(id).unwrap(),
        meta: ReadingMeta {
            title: title.into(),
            authors: vec![author.into()],
            year,
            kind: "article".into(),
            imprint: Imprint {
                key: format!("{id}key"),
                ..Imprint::default()
            },
            attributes: attributes
                .iter()
                .filter(|_| year.is_some())
                .map(|(k, v)| ((*k).to_owned(), Value::parse(v).unwrap()))
                .collect(),
            ..ReadingMeta::default()
        },
        sha256: id.into(),
        words: 20,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: "UTF-8".into(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        // Those without a year come in later.
        imported: Timestamp::from_second(i64::from(year.is_none())).unwrap(),
        text: Text::new(TEXT),
    }
}

pub(in crate::analysis) fn highlight(
    id: u64,
    reading: &str,
    span: Span,
    labels: &[&str],
    coder: &str,
) -> Highlight {
    Highlight {
        id: HighlightId(id),
        reading: ReadingId::new(reading).unwrap(),
        span,
        labels: labels.iter().map(|l| LabelId::new(l).unwrap()).collect(),
        stance: None,
        note: String::new(),
        coder: CoderId::new(coder).unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    }
}

fn at(quote: &str) -> Span {
    let start = TEXT.find(quote).unwrap();
    Span::new(start as u32, (start + quote.len()) as u32)
}

pub(in crate::analysis) fn empty() -> Project {
    let mut project = Project::new("Seminar");
    for label in [
        label("dilemma", "Alliance dilemma", None, 0.0),
        label("entrapment", "Entrapment", Some("dilemma"), 0.0),
        label("abandonment", "Abandonment", Some("dilemma"), 1.0),
        label("poles", "Multipolarity", None, 1.0),
        label("balance", "均势", None, 2.0),
    ] {
        apply(&mut project, Edit::AddLabel(label)).unwrap();
    }
    for reading in [
        reading("walt", "The Origins", "Walt, Stephen M.", Some(1987)),
        reading("lo", "Axis of Convenience", "Lo, Bobo", None),
    ] {
        apply(&mut project, Edit::AddReading(Arc::new(reading))).unwrap();
    }
    project
}

/// Seven highlights, numbered as in [`found`]: 0 to 5 in Walt, 6 in Lo.
pub(in crate::analysis) fn corpus() -> Corpus {
    let mut project = empty();
    let mut all = vec![
        highlight(
            0,
            "walt",
            at("An ally may be drawn in."),
            &["entrapment"],
            "MK",
        ),
        highlight(1, "walt", at("drawn in"), &["poles"], "AL"),
        highlight(2, "walt", at("left alone"), &["abandonment", "poles"], "MK"),
        highlight(
            3,
            "walt",
            at("Many poles hold each other."),
            &["poles"],
            "AL",
        ),
        highlight(4, "walt", at("均势 is balance"), &["balance"], "MK"),
        highlight(5, "walt", at("Naïve states"), &["dilemma"], "MK"),
        highlight(6, "lo", at("left alone"), &["abandonment"], "AL"),
    ];
    all[1].stance = Some(Stance::Contests);
    all[1].note = "Too strong?".into();
    all[3].created = "2026-03-15T12:00:00Z".parse().unwrap();
    for highlight in all {
        apply(&mut project, Edit::AddHighlight(Arc::new(highlight))).unwrap();
    }
    Corpus::new(&project)
}

pub(super) fn select(text: &str) -> Result<Vec<u64>, QueryError> {
    let corpus = corpus();
    let places = Query::parse(text)?.select(&corpus)?;
    let id = |place| corpus.coding(place).unwrap().1.highlight.id.0;
    Ok(places.into_iter().map(id).collect())
}

/// The numbers of what a query lets through.
pub(super) fn found(text: &str) -> Vec<u64> {
    select(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// What a query is said to be wrong about, and the advice.
pub(super) fn error(text: &str) -> (&str, String, String) {
    let error = select(text).expect_err(text);
    let (start, end) = error.at;
    (
        &text[start..end],
        error.message,
        error.hint.unwrap_or_default(),
    )
}

#[test]
fn labels_stand_for_those_under_them() {
    assert_eq!(found("label:\"Alliance dilemma\""), [0, 2, 5, 6]);
    assert_eq!(found("label=\"alliance dilemma\""), [5]);
    assert_eq!(found("label:entrapment,均势"), [0, 4]);
    assert_eq!(found("Label: “Entrapment”"), [0]);
    assert_eq!(found("label:none"), NONE);
}

#[test]
fn the_example_of_the_issue() {
    let text = "label:\"Entrapment\" near(paragraph) label:\"Multipolarity\" not coder:AL";
    assert_eq!(found(text), [0]);
}

#[test]
fn conditions_are_joined() {
    assert_eq!(found(""), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(found("label:multipolarity coder:al"), [1, 3]);
    assert_eq!(found("label:multipolarity and coder:AL"), [1, 3]);
    assert_eq!(found("label:entrapment or label:均势 coder:MK"), [0, 4]);
    assert_eq!(found("(label:entrapment or label:均势) coder:AL"), NONE);
    assert_eq!(found("not coder:AL"), [0, 2, 4, 5]);
    assert_eq!(found("NOT (coder:AL OR label:entrapment)"), [2, 4, 5]);
}

#[test]
fn plain_conditions() {
    assert_eq!(found("stance:contests"), [1]);
    assert_eq!(found("stance:none coder:AL"), [3, 6]);
    assert_eq!(found("stance:contests,none coder:AL"), [1, 3, 6]);
    for reading in ["lo", "\"axis of convenience\"", "lokey", "\"Lo n.d.\""] {
        assert_eq!(found(&format!("reading:{reading}")), [6], "{reading}");
    }
    assert_eq!(found("author:lo"), [6]);
    assert_eq!(found("author:\"stephen m. walt\" coder:AL"), [1, 3]);
    assert_eq!(found("author:step* coder:AL"), [1, 3]);
    assert_eq!(found("title:axis"), [6]);
    assert_eq!(found("year:1987 coder:AL"), [1, 3]);
    assert_eq!(found("year:1980..1990 coder:AL"), [1, 3]);
    assert_eq!(found("year>1987"), NONE);
    assert_eq!(found("year:none"), [6]);
    assert_eq!(found("kind:Article coder:AL"), [1, 3, 6]);
    assert_eq!(found("has:note"), [1]);
    assert_eq!(found("note:none has:stance"), NONE);
    assert_eq!(found("note:strong"), [1]);
    assert_eq!(found("text:naive"), [5]);
    assert_eq!(found("text=pole"), NONE);
    assert_eq!(found("text:/p.le/"), [3]);
    assert_eq!(found("\"left alone\" or strong"), [1, 2, 6]);
    assert_eq!(found("均势"), [4]);
    assert_eq!(found("words>4"), [0, 3]);
    assert_eq!(found("words:6"), [0]);
}

#[test]
fn days_are_compared_whole() {
    for text in [
        "created:2026-03-15",
        "created:2026-03",
        "created:2026",
        "created>=2026",
        "created<=2026-03-15 created>2025",
        "created:2026-03-01..",
        "created>2026-03-14",
    ] {
        assert_eq!(found(text), [3], "{text}");
    }
    for text in ["created>2026-03", "created<1970", "created:2026-03-16.."] {
        assert_eq!(found(text), NONE, "{text}");
    }
}

#[test]
fn attributes_of_readings() {
    assert_eq!(found("@country:china coder:AL"), [1, 3]);
    assert_eq!(found("@\"Country\":China,Russia coder:AL"), [1, 3]);
    assert_eq!(found("@country:none"), [6]);
    assert_eq!(found("@score>2.5 coder:AL"), [1, 3]);
    assert_eq!(found("@score:\"3\" coder:AL"), [1, 3]);
    assert_eq!(found("@score>3"), NONE);
    assert_eq!(found("has:@country coder:AL"), [1, 3]);
}

#[test]
fn relations_are_to_another_highlight() {
    assert_eq!(found("label:multipolarity within label:entrapment"), [1]);
    assert_eq!(found("label:entrapment contains label:multipolarity"), [0]);
    assert_eq!(found("label:entrapment overlaps label:multipolarity"), [0]);
    assert_eq!(found("label:entrapment overlaps label:entrapment"), NONE);
    assert_eq!(found("coder:MK near(sentence) coder:MK"), NONE);
    assert_eq!(found("coder:MK near(paragraph) coder:MK"), [0, 2, 4, 5]);
    // Between “An ally … in.” and “left alone” stand “It may be”.
    assert_eq!(
        found("label:entrapment near(3 words) label:abandonment"),
        [0]
    );
    assert_eq!(
        found("label:entrapment near(2 words) label:abandonment"),
        NONE
    );
    assert_eq!(
        found("label:entrapment near(3 words) label:abandonment overlaps coder:AL"),
        [0]
    );
    assert_eq!(
        found("label:entrapment near(3 words) (label:abandonment overlaps coder:AL)"),
        NONE
    );
}

#[test]
fn two_labels_of_one_highlight_stand_together() {
    assert_eq!(found("label:abandonment overlaps label:multipolarity"), [2]);
    assert_eq!(found("label:multipolarity within label:abandonment"), [2]);
    // One label is not two, and who coded it is no label.
    assert_eq!(
        found("label:\"alliance dilemma\" overlaps label:abandonment"),
        NONE
    );
    assert_eq!(found("label:abandonment overlaps coder:MK"), NONE);
}
