//! What people see of queries: errors, parts, words for them, and what could stand at the cursor.

use super::{tests::*, *};
use crate::model::{CoderId, LabelId, ReadingId, Stance};

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
