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

fn select(text: &str) -> Result<Vec<u64>, QueryError> {
    let corpus = corpus();
    let places = Query::parse(text)?.select(&corpus)?;
    let id = |place| corpus.coding(place).unwrap().1.highlight.id.0;
    Ok(places.into_iter().map(id).collect())
}

/// The numbers of what a query lets through.
fn found(text: &str) -> Vec<u64> {
    select(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// What a query is said to be wrong about, and the advice.
fn error(text: &str) -> (&str, String, String) {
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

#[test]
fn errors_point_at_what_is_wrong() {
    let of = |text| {
        let (at, message, hint) = error(text);
        (at, message, hint)
    };
    let is = |text, at: &str, message: &str, hint: &str| {
        assert_eq!(
            of(text),
            (at, message.to_owned(), hint.to_owned()),
            "{text}"
        );
    };
    is(
        "label:\"Entrapmnet\" coder:MK",
        "\"Entrapmnet\"",
        "There is no label “Entrapmnet”.",
        "Did you mean “Entrapment”?",
    );
    is(
        "coder:MKK",
        "MKK",
        "Nobody called “MKK” has coded anything here.",
        "Did you mean “MK”?",
    );
    is(
        "lable:x",
        "lable",
        "Nothing is called “lable” here.",
        "Did you mean label:…?",
    );
    is(
        "stance:contest",
        "contest",
        "There is no stance “contest”.",
        "Did you mean “contests”?",
    );
    is(
        "@contry:x",
        "contry",
        "No reading has an attribute “contry”.",
        "Did you mean “country”?",
    );
    is(
        "coder:MK )",
        ")",
        "This parenthesis closes one that was not opened.",
        "Leave it out, or put “(” where the group begins.",
    );
    for (text, at) in [
        ("(coder:MK", "("),
        ("coder:MK and", ""),
        ("coder:MK or ", ""),
        ("not", ""),
        ("()", ""),
        ("coder:", ""),
        ("coder: label:x", ""),
        ("coder>MK", ">"),
        ("or x", "or"),
        ("x near y", "near"),
        ("x near(5 lines) y", "lines"),
        ("x near(pages) y", "pages"),
        ("x, y", ","),
        ("= y", "="),
        ("\"x", "\"x"),
        ("text:/x", "/x"),
        ("text:/(x/", "("),
        ("text:\"\"", "\"\""),
        ("year:next", "next"),
        ("year:2010..2000", "2010..2000"),
        ("created:2026-13", "2026-13"),
        ("year>2010,2012", ","),
        ("@", "@"),
        ("@x", "@x"),
        ("@score>high", "high"),
        ("author:nobody", "nobody"),
        ("reading:nothing", "nothing"),
    ] {
        let (found, message, _) = error(text);
        assert_eq!(found, at, "{text}: {message}");
    }
    let deep = "(".repeat(100_000);
    assert!(error(&deep).1.contains("more than 64"));
    assert!(error(&"not ".repeat(100_000)).1.contains("more than 64"));
}

#[test]
fn parts_are_queries_of_their_own() {
    let query =
        Query::parse("label:a (coder:b or coder:c) not (note:d e) f near(sentence) g").unwrap();
    let parts: Vec<String> = query.conjuncts().iter().map(Query::to_string).collect();
    assert_eq!(
        parts,
        [
            "label:a",
            "coder:b or coder:c",
            "not (note:d e)",
            "f near(sentence) g"
        ]
    );
    let all = Query::all_of(query.conjuncts());
    assert_eq!(
        all.to_string(),
        "label:a (coder:b or coder:c) not (note:d e) f near(sentence) g"
    );
    assert!(Query::default().conjuncts().is_empty());
    assert!(Query::all_of([]).is_all() && Query::all_of([Query::default()]).is_all());
    assert_eq!(
        Query::parse(" a  AND b").unwrap(),
        Query::parse("(a) b").unwrap()
    );
    assert_eq!(Query::parse(" a  AND b").unwrap().to_string(), " a  AND b");
}

#[test]
fn queries_are_told_in_words() {
    let corpus = corpus();
    for (text, words) in [
        ("", ""),
        (
            "label:entrapment,abandonment",
            "Label: Entrapment or Abandonment",
        ),
        ("label=\"alliance dilemma\"", "Label: Alliance dilemma only"),
        ("not coder:al", "Coder: not AL"),
        ("reading:walt", "Reading: Walt 1987"),
        ("has:note", "With a note"),
        ("not has:note", "Without a note"),
        ("promise", "“promise”"),
        ("year>=2010", "Year: from 2010"),
        ("year<2010", "Year: before 2010"),
        ("created:2026-03", "Made: 2026-03-01 to 2026-03-31"),
        ("words>20", "Length: more than 20 words"),
        ("@country:China", "country: China"),
        ("@score>3", "score: more than 3"),
        (
            "label:entrapment near(paragraph) label:multipolarity",
            "Label: Entrapment in the same paragraph as Label: Multipolarity",
        ),
        (
            "coder:mk (stance:none or note:x)",
            "Coder: MK and (Stance: none or Note: “x”)",
        ),
        ("not (a or b)", "Not (“a” or “b”)"),
    ] {
        assert_eq!(
            Query::parse(text).unwrap().describe(&corpus),
            words,
            "{text}"
        );
    }
}

#[test]
fn conditions_are_chosen_and_recognised() {
    let corpus = corpus();
    let label = |id| LabelId::new(id).unwrap();
    let day = jiff::civil::date(2026, 3, 1);
    for (condition, text) in [
        (
            Condition::Labels {
                labels: vec![label("dilemma"), label("balance")],
                only: false,
            },
            "label:\"Alliance dilemma\",均势",
        ),
        (
            Condition::Labels {
                labels: vec![label("poles")],
                only: true,
            },
            "label=Multipolarity",
        ),
        (
            Condition::Readings(vec![ReadingId::new("lo").unwrap()]),
            "reading:lo",
        ),
        (
            Condition::Stances(vec![Some(Stance::Contests), None]),
            "stance:contests,none",
        ),
        (
            Condition::Coders(vec![CoderId::new("AL").unwrap()]),
            "coder:AL",
        ),
        (Condition::Note(true), "has:note"),
        (Condition::Note(false), "note:none"),
        (Condition::Text("left alone".into()), "\"left alone\""),
        (Condition::Created(Some(day), None), "created:2026-03-01.."),
    ] {
        let query = Query::when(&corpus, &condition);
        assert_eq!(query.to_string(), text);
        assert_eq!(query.condition(&corpus), Some(condition));
        query.select(&corpus).unwrap();
    }
    let nothing = Condition::Coders(Vec::new());
    assert!(Query::when(&corpus, &nothing).is_all());
    let related = Query::parse("label:a")
        .unwrap()
        .related(Relation::Paragraph, Query::parse("b or c").unwrap());
    assert_eq!(related.to_string(), "label:a near(paragraph) (b or c)");
    let (subject, to) = related.relations().unwrap();
    assert_eq!(subject.to_string(), "label:a");
    assert_eq!(to[0].1.to_string(), "b or c");
    assert_eq!(subject.negated().unwrap().to_string(), "not label:a");
}

#[test]
fn what_could_stand_at_the_cursor() {
    let corpus = corpus();
    let at = |text: &str| {
        let cursor = text.find('|').unwrap();
        let text = text.replace('|', "");
        let all = complete(&text, cursor, &corpus);
        let put =
            |c: &Completion| format!("{}{}{}", &text[..c.range.0], c.text, &text[c.range.1..]);
        all.iter().map(put).collect::<Vec<_>>()
    };
    assert_eq!(at("label:aban|"), ["label:Abandonment"]);
    assert_eq!(
        at("label:\"dil|\" coder:MK"),
        ["label:\"Alliance dilemma\" coder:MK"]
    );
    assert_eq!(
        at("label:Entrapment,mul|"),
        ["label:Entrapment,Multipolarity"]
    );
    assert_eq!(at("stance:de|"), ["stance:defines"]);
    assert_eq!(at("reading:axis|"), ["reading:lo"]);
    assert_eq!(at("@co|"), ["@country:", "@score:"]);
    assert_eq!(at("has:@cou|"), ["has:@country"]);
    assert_eq!(at("@country:|"), ["@country:China"]);
    assert_eq!(at("year:|"), ["year:1987"]);
    assert_eq!(at("sta|"), ["stance:"]);
    assert_eq!(at("entr|"), ["label:Entrapment"]);
    assert_eq!(at("coder:MK near(p|"), ["coder:MK near(paragraph)"]);
    assert!(at("coder:MK |").contains(&"coder:MK overlaps ".to_owned()));
    assert!(
        !at("coder:MK near(sentence) |")
            .iter()
            .any(|t| t.ends_with("overlaps "))
    );
    assert_eq!(at("势|").len(), 1);
}
