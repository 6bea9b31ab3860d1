//! What was exported as RON comes in again without loss, into projects that have none of it, some of it or all of it, and from
//! files that people have had their hands on.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::sync::Arc;

use common::{label, minute, perform, reading, seminar};
use glossator::{
    edit::{Edit, apply, compose},
    export::{
        Filter,
        ron::{self, Annotated, ExportedError, RonOptions},
    },
    import::annotated::{Plan, plan},
    model::{
        CoderId, Heading, Highlight, HighlightId, Label, LabelId, Project, Reading, ReadingId,
        Stance,
    },
    text::Span,
};
use proptest::prelude::*;

fn exported(project: &Project, text: bool) -> String {
    ron::write(
        project,
        &Filter::default(),
        &RonOptions { text },
        minute(500),
    )
}

/// Imports `ron` into `project` as the app does it, and holds that one undo takes it back.
fn import(project: &mut Project, ron: &str) -> (Plan, Vec<String>) {
    let annotated = Annotated::parse(ron).unwrap();
    let plan = plan(project, &annotated, minute(900));
    let readings = plan.new_readings.iter();
    let readings: Vec<_> = readings
        .map(|n| Arc::new(n.reading(n.id.clone())))
        .collect();
    let (edit, remarks) = plan.edit_with(readings);
    let before = project.clone();
    let inverse = apply(project, edit).unwrap();
    let mut undone = project.clone();
    apply(&mut undone, inverse).unwrap();
    let shown = |p: &Project| exported(p, true);
    assert_eq!(shown(&undone), shown(&before));
    (plan, remarks)
}

/// Imports a hand-written file into an empty project: what it has then, and what was said.
fn by_hand(ron: &str) -> (Project, Vec<String>) {
    let mut project = Project::new("P");
    let (_, remarks) = import(&mut project, ron);
    (project, remarks)
}

fn only_highlight(project: &Project) -> Highlight {
    let all: Vec<_> = project.highlights().collect();
    assert_eq!(all.len(), 1);
    (**all[0]).clone()
}

#[test]
fn an_empty_project_becomes_the_same() {
    let seminar = seminar();
    let mut copy = Project::new(seminar.name());
    let (plan, remarks) = import(&mut copy, &exported(&seminar, true));
    assert_eq!(copy, seminar);
    assert_eq!(remarks, Vec::<String>::new());
    assert_eq!(
        (plan.counts.labels, plan.counts.readings, plan.counts.added),
        (6, 2, 12)
    );
}

#[test]
fn a_project_that_has_it_all_is_left_alone() {
    let mut project = seminar();
    for text in [true, false] {
        let (plan, remarks) = import(&mut project, &exported(&seminar(), text));
        assert!(plan.is_empty(), "{plan:?}");
        assert_eq!(remarks, Vec::<String>::new());
        assert_eq!(plan.counts.equal, 12);
    }
    assert_eq!(project, seminar());
}

#[test]
fn an_export_without_text_finds_its_readings_by_their_text() {
    let mut project = Project::new("P");
    let text = seminar()
        .reading(&ReadingId::new("qushi").unwrap())
        .unwrap()
        .text
        .clone();
    let other = reading("another-name", "Another title", text.as_str(), minute(3));
    perform(&mut project, [Edit::AddReading(Arc::new(other))]);
    let (plan, remarks) = import(&mut project, &exported(&seminar(), false));
    assert_eq!(project.highlight_count(), 4);
    assert_eq!(plan.counts.left_out, 8);
    assert_eq!(
        remarks,
        [
            "“Who gains from a pact? *A note*” is not in this project and the file has no text of it; import the reading first, then this file again",
            "“Another title” has other details in the file (title, authors, year…); the project's stay",
            "8 highlights were left out: its reading “who-gains-from-a-pact” is not in this project",
        ]
    );
}

#[test]
fn of_two_versions_of_a_highlight_the_later_stays() {
    let mut later = seminar();
    let first = later.highlights().next().unwrap().clone();
    let second = later.highlights().nth(1).unwrap().clone();
    perform(
        &mut later,
        [compose::change(&first, minute(800), |h| {
            h.note = "later".into()
        })],
    );
    let mut project = seminar();
    perform(
        &mut project,
        [compose::change(&second, minute(800), |h| {
            h.note = "mine".into()
        })],
    );
    let (plan, remarks) = import(&mut project, &exported(&later, true));
    assert_eq!(
        (plan.counts.changed, plan.counts.kept, plan.counts.equal),
        (1, 1, 10)
    );
    assert_eq!(
        project.highlight(&first.reading, first.id).unwrap().note,
        "later"
    );
    assert_eq!(
        project.highlight(&second.reading, second.id).unwrap().note,
        "mine"
    );
    assert_eq!(
        remarks,
        ["1 of the project's highlights were changed later than the file's and stay as they are"]
    );
}

#[test]
fn labels_are_the_same_by_id_or_by_name() {
    let mut project = Project::new("P");
    perform(
        &mut project,
        [
            Edit::AddLabel(label("cost", "price of a PROMISE", None, 0)),
            Edit::AddLabel(Label {
                definition: "Mine.".into(),
                ..label("entrapment", "Dragged in", None, 1)
            }),
        ],
    );
    let (_, remarks) = import(&mut project, &exported(&seminar(), true));
    let cost = project.label(&LabelId::new("cost").unwrap()).unwrap();
    assert!(cost.definition.starts_with("What a promise costs"));
    assert!(project.label(&LabelId::new("price").unwrap()).is_none());
    assert_eq!(
        project
            .label(&LabelId::new("pledge").unwrap())
            .unwrap()
            .parent
            .as_ref(),
        Some(&cost.id)
    );
    assert_eq!(project.labels().count(), 6);
    assert_eq!(
        remarks,
        ["Label “Dragged in” is said otherwise in the file; the project's words stay"]
    );
}

#[test]
fn a_removed_reading_is_restored() {
    let mut project = seminar();
    let id = ReadingId::new("qushi").unwrap();
    perform(&mut project, [Edit::RemoveReading(id.clone())]);
    let (plan, remarks) = import(&mut project, &exported(&seminar(), true));
    assert!(project.shelf(&id).is_some());
    assert_eq!(plan.counts.equal, 12);
    assert_eq!(remarks.len(), 1);
    assert_eq!(project, seminar());
}

#[test]
fn readings_keep_their_ids_when_they_are_free() {
    let mut project = Project::new("P");
    perform(
        &mut project,
        [Edit::AddReading(Arc::new(reading(
            "qushi",
            "Another",
            "Another text.",
            minute(0),
        )))],
    );
    let (plan, _) = import(&mut project, &exported(&seminar(), true));
    let ids: Vec<_> = plan.new_readings.iter().map(|n| n.id.as_str()).collect();
    assert_eq!(ids, ["who-gains-from-a-pact", "势-and-trend"]);
    let annotated = Annotated::parse(&exported(&seminar(), true)).unwrap();
    let plan = glossator::import::annotated::plan(&Project::new("P"), &annotated, minute(0));
    let (edit, remarks) = plan.edit(&[ReadingId::new("elsewhere").unwrap()]);
    let Edit::Batch(edits) = edit else { panic!() };
    let places = edits
        .iter()
        .filter(|e| matches!(e, Edit::AddHighlight(h) if h.reading.as_str() == "elsewhere"));
    assert_eq!(places.count(), 8);
    assert_eq!(
        remarks,
        ["4 highlights were left out: their readings could not be imported"]
    );
}

const BY_HAND: &str = "\u{FEFF}(version: 1, labels: [(name: \"Price\")],\r\n readings: [(title: \"A note\", \
    text: \"Pay once.\\nPay twice, 勢.\")],\r\n highlights: [HERE])";

fn one(highlight: &str) -> (Highlight, Vec<String>) {
    let (project, remarks) = by_hand(&BY_HAND.replace("HERE", highlight));
    (only_highlight(&project), remarks)
}

#[test]
fn a_file_written_by_hand_needs_little() {
    let (h, remarks) = one(
        "(quote: \"twice\", labels: [\"price\"], coder: Some(\"MK\"))"
            .replace("Some(\"MK\")", "\"MK\"")
            .as_str(),
    );
    assert_eq!(h.span, Span::new(14, 19));
    assert_eq!(h.labels, [LabelId::new("price").unwrap()]);
    assert_eq!(
        (h.created, h.changed, h.stance),
        (minute(900), minute(900), None)
    );
    assert_eq!(h.reading.as_str(), "a-note");
    assert_eq!(remarks, Vec::<String>::new());
    let ron = BY_HAND.replace(
        "HERE",
        "(quote: \"twice\", labels: [\"Price\"], coder: \"MK\")",
    );
    let (mut project, _) = by_hand(&ron);
    let (again, _) = import(&mut project, &ron);
    assert_eq!(
        (again.counts.equal + again.counts.kept, again.counts.added),
        (1, 0)
    );
}

#[test]
fn some_may_be_written_or_left_out() {
    let stances = [
        ("Some(Supports)", Some(Stance::Supports)),
        ("Contests", Some(Stance::Contests)),
        ("defines", Some(Stance::Defines)),
        ("None", None),
    ];
    for (written, stance) in stances {
        let (h, _) = one(&format!(
            "(start: Some(0), end: 3, labels: [\"Price\"], coder: \"MK\", stance: {written})"
        ));
        assert_eq!((h.stance, h.span), (stance, Span::new(0, 3)));
    }
}

#[test]
fn what_does_not_fit_is_said() {
    let said = |highlight: &str, expected: &[&str]| {
        let (_, remarks) = by_hand(&BY_HAND.replace("HERE", highlight));
        assert_eq!(remarks, expected, "{highlight}");
    };
    said(
        "(start: 5, end: 9, quote: \"twice\", labels: [\"Price\"], coder: \"MK\")",
        &["Highlight “twice”: its quote did not stand at its range; it was moved to ¶2"],
    );
    said(
        "(quote: \"Pay\", labels: [\"Price\"], coder: \"MK\")",
        &["Highlight “Pay”: its quote stands in 2 places; it was put at the first, ¶1"],
    );
    said(
        "(quote: \"thrice\", labels: [\"Price\"], coder: \"MK\")",
        &["Highlight “thrice” was left out: its quote is not in the text"],
    );
    said(
        "(quote: \"once\", coder: \"MK\")",
        &["Highlight “once” was left out: it has no label"],
    );
    said(
        "(quote: \"once\", labels: [\"New one\"], coder: \"MK\")",
        &["Label “New one” is on highlights but not in the file's list; it was added"],
    );
    said(
        "(quote: \"once\", labels: [\"Price\"])",
        &["1 highlight was without a coder; they are “unknown”’s now"],
    );
    said(
        "(quote: \"once\", labels: [\"Price\"], coder: \"M. K.\")",
        &["1 highlight was by “M. K.”, which can't be a folder's name; they are “m-k”’s now"],
    );
    said(
        "(id: \"x\", quote: \"once\", labels: [\"Price\"], coder: \"MK\")",
        &["1 highlight was given a new number: “x” is not 16 hexadecimal digits"],
    );
    said(
        "(reading: \"b\", quote: \"once\", labels: [\"Price\"], coder: \"MK\")",
        &["1 highlight was left out: there is no reading “b” in the file or the project"],
    );
    let twice = "(id: \"1\", quote: \"once\", labels: [\"Price\"], coder: \"MK\")";
    said(&format!("{twice}, {twice}"), &[]);
    said(
        &format!("{twice}, {}", twice.replace("once", "twice")),
        &["Highlight “twice” has the number of another; it got a new one"],
    );
}

#[test]
fn odd_codebooks_are_put_right() {
    let (project, remarks) = by_hand(
        "(version: 1, labels: [
            (id: \"a\", name: \"A\", parent: \"b\", digit: 1, color: \"red\"), (id: \"b\", name: \"B\", parent: \"a\", digit: 1),
            (id: \"c/d\", name: \"c/d\", parent: \"nowhere\", contrast: \"c/d\"), (id: \"e\", name: \"a\", digit: 12), (), (id: \"b\", name: \"Bee\"),
        ])",
    );
    let names: Vec<_> = project
        .codebook()
        .iter()
        .map(|(depth, l)| format!("{depth} {} {}", l.id, l.name))
        .collect();
    assert_eq!(names, ["0 a A", "1 b B", "0 c-d c/d"]);
    assert_eq!(remarks.len(), 8, "{remarks:#?}");
}

#[test]
fn a_text_that_was_changed_keeps_its_highlights_by_their_quotes() {
    let ron = exported(&seminar(), true).replace(
        "Nobody signs a pact for love.",
        "Hardly anybody ever signs a pact for love.",
    );
    let (project, remarks) = by_hand(&ron);
    assert_eq!(project.highlight_count(), 12);
    assert!(
        remarks[0].contains("is not the one that was exported"),
        "{remarks:#?}"
    );
    let left = "Highlight “Nobody”: its quote is not in the text; it was left at its range, ¶2";
    assert!(remarks.iter().any(|r| r == left), "{remarks:#?}");
    let text = |h: &Highlight| project.reading(&h.reading).unwrap().text.clone();
    let passages: Vec<_> = project
        .highlights()
        .map(|h| text(h).slice(h.span).to_owned())
        .collect();
    assert!(
        passages.contains(&"still a friend.".to_owned()),
        "{passages:#?}"
    );
}

#[test]
fn errors_say_where() {
    let at = |ron: &str| match Annotated::parse(ron) {
        Err(ExportedError::Syntax { line, column, what }) => format!("{line}:{column}: {what}"),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        at("(version: 1,\n labels: [(id: 5)])"),
        "2:15: Expected string"
    );
    assert!(at("(version: 1, highlights: [\n(stance: Likes)])").starts_with("2:"));
    assert!(at("(version: 1, exported: \"yesterday\")").contains("“yesterday” is no time"));
    assert_eq!(at(""), "1:1: Expected opening `(` for struct `Annotated`");
    let newer = Annotated::parse("(version: 2, labels: \"quite another schema\")");
    assert_eq!(newer, Err(ExportedError::TooNew(2)));
    assert_eq!(
        Annotated::parse("(version: 7)"),
        Err(ExportedError::TooNew(7))
    );
}

/// Text with paragraphs, quotes, backslashes, other scripts and what RON's raw strings end with.
fn any_text() -> impl Strategy<Value = String> {
    "([a-c勢格🙂 \n\"#'\\\\.]|\"#|\\n\\n|é){1,60}"
}

prop_compose! {
    fn any_project()(
        name in "[^\\x00]{1,12}",
        texts in prop::collection::vec(any_text(), 0..4),
        parents in prop::collection::vec((any::<Option<u8>>(), any::<Option<u8>>(), any_text(), -9.0f64..9.0), 1..7),
        tags in prop::collection::vec((0usize..4, 0u32..200, 0u32..200, 0usize..7, 0usize..7, 0u8..7, any_text(), any::<bool>()), 0..20),
    ) -> Project {
        let mut project = Project::new(format!("P{name}"));
        let ids: Vec<LabelId> = (0..parents.len()).map(|i| LabelId::new(&format!("l{i}")).unwrap()).collect();
        for (i, (parent, contrast, text, position)) in parents.into_iter().enumerate() {
            let earlier = |n: Option<u8>| n.filter(|_| i > 0).map(|n| ids[usize::from(n) % i].clone());
            perform(&mut project, [Edit::AddLabel(Label {
                parent: earlier(parent),
                contrast: earlier(contrast),
                definition: text,
                position,
                ..label(&format!("l{i}"), &format!("Label {i}"), None, i as u8)
            })]);
        }
        let mut seen = std::collections::HashSet::new();
        let texts: Vec<_> = texts.into_iter().filter(|t| seen.insert(t.clone())).collect();
        for (i, text) in texts.iter().enumerate() {
            let mut new: Reading = reading(&format!("r{i}"), text.get(..1).unwrap_or("勢"), text, minute(i as i64));
            if new.meta.title.trim().is_empty() {
                new.meta.title = "T".into();
            }
            // Only a paragraph can be a heading.
            let whole = glossator::text::Text::new(text.as_str());
            let paragraph = whole.paragraphs().first();
            new.structure.headings = paragraph.map(|&span| Heading { span, level: 2 }).into_iter().collect();
            perform(&mut project, [Edit::AddReading(Arc::new(new))]);
        }
        for (i, (r, a, b, l, m, s, note, other)) in tags.into_iter().enumerate() {
            let Some(text) = texts.get(r) else { continue };
            let whole = glossator::text::Text::new(text.as_str());
            let span = Span::between(whole.floor(a), whole.floor(b));
            if !span.fits(text) { continue }
            let mut labels = vec![ids[l % ids.len()].clone(), ids[m % ids.len()].clone()];
            labels.dedup();
            perform(&mut project, [Edit::AddHighlight(Arc::new(Highlight {
                id: HighlightId(i as u64 * 0x0123_4567_89ab),
                reading: ReadingId::new(&format!("r{r}")).unwrap(),
                span,
                labels,
                stance: Stance::ALL.get(usize::from(s)).copied(),
                note: if other { note } else { String::new() },
                coder: CoderId::new(if other { "勢-B" } else { "MK" }).unwrap(),
                created: minute(i as i64),
                changed: minute(2 * i as i64),
            }))]);
        }
        project
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_project_comes_back(project in any_project(), text in any::<bool>()) {
        let mut copy = Project::new(project.name());
        let ron = exported(&project, true);
        let (_, remarks) = import(&mut copy, &ron);
        prop_assert_eq!(&remarks, &Vec::<String>::new());
        prop_assert_eq!(&copy, &project);
        prop_assert_eq!(&ron, &exported(&copy, true));
        let (plan, _) = import(&mut copy, &exported(&project, text));
        prop_assert!(plan.is_empty());
    }

    /// Whatever is cut out of a file or put into it, it is refused with a place, or imported with remarks; it never panics, and
    /// the edit always fits.
    #[test]
    fn any_damage_is_said(project in any_project(), at in 0.0f64..1.0, len in 0usize..40, with in "[0-9a-z\",:()\\[\\]勢]{0,6}") {
        let ron = exported(&project, true);
        let from = (0..=(ron.len() as f64 * at) as usize).rev().find(|&i| ron.is_char_boundary(i)).unwrap();
        let to = (from + len..=ron.len()).find(|&i| ron.is_char_boundary(i)).unwrap_or(ron.len());
        let damaged = format!("{}{with}{}", &ron[..from], &ron[to..]);
        match Annotated::parse(&damaged) {
            Ok(_) => { import(&mut seminar(), &damaged); }
            Err(ExportedError::Syntax { line, column, .. }) => prop_assert!(line > 0 && column > 0),
            Err(ExportedError::TooNew(_)) => {}
        }
    }
}
