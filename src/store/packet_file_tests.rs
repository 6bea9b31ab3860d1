use proptest::prelude::*;

use super::*;
use crate::edit::tests::random;
use crate::model::{
    CiteStyle, Excerpts, LabelId, Layout, Paper, Pick, Question, Rule, RuleOrder, Side, Subject,
};

fn path() -> &'static Path {
    Path::new("packets/week-6.ron")
}

fn id() -> PacketId {
    PacketId::new("week-6").unwrap()
}

/// The example of this module's documentation.
fn example() -> String {
    let source = include_str!("packet_file.rs");
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let lines = lines.skip_while(|line| *line != "```ron").skip(1);
    let lines = lines.take_while(|line| *line != "```");
    lines.map(|line| format!("{line}\n")).collect()
}

fn read_whole(content: &str) -> Packet {
    let read = parse(path(), &id(), content);
    assert_eq!(read.problems, [], "{content}");
    assert!(!read.keep && !read.merged);
    read.packet.unwrap()
}

fn section(id: &str) -> SectionId {
    SectionId::new(id).unwrap()
}

#[test]
fn the_documented_example_is_what_is_written() {
    let packet = read_whole(&example());
    let written = write(&Project::new("P"), &packet).unwrap();
    // Without the project nothing is known of passages and notes.
    let bare = |text: &str| {
        let said = |line: &str| match line.find(", quote:").or_else(|| line.find(", question:")) {
            Some(at) => line[..at].to_owned() + "),",
            None => line.to_owned(),
        };
        text.lines().map(said).collect::<Vec<_>>()
    };
    assert_eq!(bare(&written), bare(&example()));
    assert_eq!(packet.head.title, "Week 6: why no alliance?");
    assert_eq!(packet.head.order.len(), 3);
    let threat = &packet.sections[&section("balance-of-threat")];
    let theory = LabelId::new("balance-of-threat").unwrap();
    assert_eq!(threat.subject, Subject::Theory(theory));
    assert_eq!(threat.introduction.lines().count(), 2);
    assert_eq!(threat.layout, Layout::Sides("For".into(), "Against".into()));
    assert!(matches!(&threat.questions[1], Question::Note(r, _) if r.as_str() == "walt-1987"));
    assert!(matches!(&threat.excerpts, Excerpts::Chosen(p) if p[1].side == Side::Second));
    let rule = Rule {
        query: "label:Entrapment stance:contests".into(),
        order: RuleOrder::Year,
        most: Some(5),
    };
    let ruled = &packet.sections[&section("entrapment")];
    assert_eq!(ruled.excerpts, Excerpts::Ruled(rule));
}

#[test]
fn much_may_be_left_out() {
    let packet = read_whole(
        r#"(version: 1, sections: [
            (title: "Why?", introduction: "One line.", excerpts: (query: ""), lines: 3),
            (id: "why", title: "Named"),
            (title: "Why?"),
            (id: "why", title: "Named"),
            (),
        ])"#,
    );
    assert_eq!(packet.head.title, "week-6");
    assert_eq!(
        (packet.head.cite, packet.head.paper),
        (CiteStyle::AuthorYear, Paper::A4)
    );
    let order: Vec<&str> = packet.head.order.iter().map(SectionId::as_str).collect();
    assert_eq!(order, ["why-2", "why", "why-3", "named", "x"]);
    let first = &packet.sections[&section("why-2")];
    assert_eq!(first.introduction, "One line.");
    assert_eq!(first.excerpts, Excerpts::Ruled(Rule::default()));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (wrong, line, said) in [
        ("layout: Sidez,", 3, "Sidez"),
        ("definitons: true,", 3, "definitons"),
        ("subject: Theory(\"a/b\"),", 3, "a/b"),
        (
            "excerpts: [\n(reading: \"r\", highlight: \"zz\"),\n],",
            4,
            "zz",
        ),
        ("excerpts: (qwery: \"\"),", 3, "qwery"),
        ("excerpts: (query: \"\", order: Years),", 3, "Years"),
        ("questions: [(reading: \"r\")],", 3, "highlight"),
        ("questions: [3],", 3, "a question"),
        ("lines: 300,", 3, "out of bounds"),
    ] {
        let content =
            format!("(version: 1, title: \"P\", sections: [\n(title: \"A\",\n{wrong}\n)])");
        let read = parse(path(), &id(), &content);
        assert!(read.keep && read.packet.is_none(), "{wrong}");
        let problem = &read.problems[0];
        assert_eq!(problem.line, Some(line), "{wrong}: {problem}");
        assert!(problem.column.is_some());
        assert!(problem.what.contains(said), "{wrong}: {problem}");
    }
    let newer = parse(path(), &id(), "(version: 9, pages: 3)");
    assert_eq!(newer.problems[0].kind, ProblemKind::Newer);
    let empty = parse(path(), &id(), " \n");
    assert!(empty.keep && empty.problems[0].what == "is empty");
}

#[test]
fn both_sides_of_a_merge_are_taken() {
    let ours = "(\n    version: 1,\n    title: \"P\",\n    sections: [\n";
    let side = |title: &str| format!("        (id: \"a\", title: \"{title}\"),\n");
    let content = |other: &str| {
        let (a, b) = (side("Ours"), side(other));
        format!("{ours}<<<<<<< here\n{a}=======\n{b}>>>>>>> there\n    ],\n)\n")
    };
    let read = parse(path(), &id(), &content("Theirs"));
    assert!(read.merged && !read.keep);
    let packet = read.packet.unwrap();
    let titles: Vec<&str> = (packet.in_order().iter())
        .map(|(_, s)| s.title.as_str())
        .collect();
    assert_eq!(titles, ["Ours", "Theirs (2)"]);
    let bad = parse(path(), &id(), &content("x\", lines: \"y"));
    assert!(bad.keep && bad.packet.is_some() && bad.problems.len() == 1);
}

#[test]
fn the_passages_stand_beside_the_excerpts() {
    let mut random = random::Random::new(1);
    let mut project = Project::new("P");
    let reading = random::reading(&mut random, 0);
    let add = crate::edit::Edit::AddReading(std::sync::Arc::new(reading.clone()));
    crate::edit::replay(&mut project, add);
    let highlight = |n: u64, end: u32, note: &str| {
        crate::edit::Edit::AddHighlight(std::sync::Arc::new(crate::model::Highlight {
            id: HighlightId(n),
            reading: reading.id.clone(),
            span: crate::text::Span::new(0, end),
            labels: vec![LabelId::new("l").unwrap()],
            stance: None,
            note: note.to_owned(),
            coder: crate::model::CoderId::new("MK").unwrap(),
            created: random::time(0),
            changed: random::time(0),
        }))
    };
    crate::edit::replay(&mut project, highlight(1, 26, "Q: Who\nsays?"));
    crate::edit::replay(
        &mut project,
        highlight(2, reading.text.as_str().len() as u32, ""),
    );
    let pick = |n| Pick {
        reading: reading.id.clone(),
        highlight: HighlightId(n),
        side: Side::First,
    };
    let mut packet = Packet::new(id(), "P");
    let section = Section {
        excerpts: Excerpts::Chosen(vec![pick(1), pick(2), pick(3)]),
        questions: vec![Question::Note(reading.id.clone(), HighlightId(1))],
        ..Section::default()
    };
    packet.sections.insert(self::section("a"), section);
    let written = write(&project, &packet).unwrap();
    let lines: Vec<&str> = written
        .lines()
        .map(str::trim)
        .filter(|l| l.starts_with("(reading"))
        .collect();
    assert_eq!(
        lines,
        [
            r#"(reading: "r0", highlight: "0000000000000001", quote: "An ally can be dragged in,"),"#,
            r#"(reading: "r0", highlight: "0000000000000002", quote: "An ally can be dragged in, “entrapped”. Or left alone: 弃. Naïve? So it said “no”…"),"#,
            r#"(reading: "r0", highlight: "0000000000000003"),"#,
            r#"(reading: "r0", highlight: "0000000000000001", question: "Who says?"),"#,
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_packet_reads_back(seed in any::<u64>()) {
        let mut random = random::Random::new(seed);
        let mut project = Project::new("P");
        for n in 0..60 {
            let at = random::time(n);
            let edit = match n % 3 {
                0 => random::edit(&mut random, &project, at),
                _ => random::packet(&mut random, &project, at),
            };
            crate::edit::replay(&mut project, edit);
        }
        for packet in project.packets().values().filter(|p| !p.head.title.trim().is_empty()) {
            let written = write(&project, packet).unwrap();
            let read = parse(path(), &packet.id, &written);
            prop_assert_eq!(&read.problems, &[]);
            prop_assert_eq!(read.packet.as_ref(), Some(packet));
        }
    }

    #[test]
    fn garbage_is_told_and_never_panics(content in "[(\\[\"a: ,)\\]<=>\n]{0,60}") {
        let read = parse(path(), &id(), &content);
        prop_assert_eq!(read.packet.is_none(), !read.problems.is_empty() && read.keep);
    }
}
