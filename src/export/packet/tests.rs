use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{
    edit::{
        Edit, apply, compose, packets, replay,
        tests::random::{
            Random, edit, packet as packet_edit, reading, section as any_section, time,
        },
    },
    export::{
        document::{Block, Item, Stop, packet as compose_packet, plain},
        ron,
    },
    model::{
        About, ClaimPlace, CoderId, Color, Excerpts, Highlight, HighlightId, Label, LabelId,
        PacketId, Pick, Question, ReadingMeta, Rule, RuleOrder, Side,
    },
    text::Span,
};

fn label(id: &str) -> LabelId {
    LabelId::new(id).unwrap()
}

fn id() -> PacketId {
    PacketId::new("p").unwrap()
}

fn highlight(reading: &ReadingId, n: u64, labels: &[&str], stance: Option<Stance>) -> Highlight {
    Highlight {
        id: HighlightId(n),
        reading: reading.clone(),
        span: Span::new(n as u32, n as u32 + 9),
        labels: labels.iter().map(|l| label(l)).collect(),
        stance,
        note: String::new(),
        coder: CoderId::new("MK").unwrap(),
        created: time(0),
        changed: time(0),
    }
}

/// Two readings (of 2001 and 1987); the labels Dilemma with Entrapment under it, and Wedge; five highlights.
fn seminar() -> Project {
    let mut project = Project::new("P");
    let mut put = |edit| assert_eq!(replay(&mut project, edit), []);
    for (n, year) in [(0, 2001), (1, 1987)] {
        let mut reading = reading(&mut Random::new(1), n);
        reading.meta = ReadingMeta {
            title: format!("Title {n}"),
            authors: vec![["Walt, Stephen", "Lo, Bobo"][n].to_owned()],
            year: Some(year),
            ..ReadingMeta::default()
        };
        put(Edit::AddReading(Arc::new(reading)));
    }
    for (id, name, parent) in [
        ("dilemma", "Dilemma", None),
        ("entrapment", "Entrapment", Some("dilemma")),
        ("wedge", "Wedge", None),
    ] {
        let mut new = Label::new(label(id), name, Color([1, 2, 3]));
        new.parent = parent.map(label);
        new.definition = format!("What {name} is.");
        new.source = "Snyder 1984".to_owned();
        put(Edit::AddLabel(new));
    }
    let (a, b) = (rid("r0"), rid("r1"));
    for new in [
        highlight(&a, 1, &["entrapment"], Some(Stance::Contests)),
        highlight(&a, 2, &["dilemma"], Some(Stance::Supports)),
        highlight(&b, 1, &["entrapment", "wedge"], None),
        highlight(&b, 2, &["entrapment"], Some(Stance::Supports)),
        highlight(&b, 3, &["wedge"], None),
    ] {
        put(Edit::AddHighlight(Arc::new(new)));
    }
    project
}

fn rid(id: &str) -> ReadingId {
    ReadingId::new(id).unwrap()
}

fn note(project: &mut Project, reading: &str, n: u64, note: &str) {
    let old = Arc::clone(project.highlight(&rid(reading), HighlightId(n)).unwrap());
    let edit = compose::change(&old, time(9), |h| note.clone_into(&mut h.note));
    apply(project, edit).unwrap();
}

fn claim(project: &mut Project, coder: &str, text: &str) {
    let place = ClaimPlace {
        label: label("dilemma"),
        reading: rid("r1"),
        stance: Some(Stance::Supports),
    };
    let coder = CoderId::new(coder).unwrap();
    apply(
        project,
        Edit::Jot(coder, About::Claim(place), Some(text.to_owned())),
    )
    .unwrap();
}

fn ruled(query: &str, order: RuleOrder, most: Option<u32>) -> Section {
    Section {
        title: "S".to_owned(),
        subject: Subject::Theory(label("dilemma")),
        excerpts: Excerpts::Ruled(Rule {
            query: query.to_owned(),
            order,
            most,
        }),
        ..Section::default()
    }
}

fn with(sections: impl IntoIterator<Item = Section>) -> Packet {
    let mut packet = Packet::new(id(), "Week 6");
    for (n, section) in sections.into_iter().enumerate() {
        let id = SectionId::new(&format!("s{n}")).unwrap();
        packet.head.order.push(id.clone());
        packet.sections.insert(id, section);
    }
    packet
}

fn composed(project: &Project, packet: &Packet) -> Vec<Item> {
    let mut items = Vec::new();
    compose_packet(project, packet, &mut items).unwrap();
    items
}

/// The blocks as lines of text.
fn lines(items: &[Item]) -> Vec<String> {
    let mut out = Vec::new();
    for item in items {
        match &item.block {
            Block::Heading(level, line) => {
                out.push(format!("{} {}", "#".repeat((*level).into()), plain(line)))
            }
            Block::Text(manner, line) => out.push(format!("{manner:?}: {}", plain(line))),
            Block::Quote(quote) => {
                let words: Vec<String> = quote.paragraphs.iter().map(|p| plain(p)).collect();
                let note: Vec<String> = quote.note.iter().map(|p| plain(p)).collect();
                let (cite, aside) = (plain(&quote.cite), plain(&quote.aside));
                out.push(format!(
                    "> {} {cite} [{aside}] {}",
                    words.join(" / "),
                    note.join(" / ")
                ));
            }
            Block::List { items, .. } => {
                out.extend(items.iter().map(|line| format!("- {}", plain(line))))
            }
            Block::Columns(columns) => {
                for column in columns {
                    out.push(format!("| {}", plain(&column.heading)));
                    out.extend(lines(&column.items));
                }
            }
            Block::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                    out.push(cells.join(" | "));
                }
            }
            Block::Reference(line) => out.push(format!("= {}", plain(line))),
            Block::Lines(n) => out.push(format!("{n} lines")),
            other => out.push(format!("{other:?}")),
        }
    }
    out
}

fn numbers(excerpts: &[Excerpt<'_>]) -> Vec<(String, u64)> {
    let number = |e: &Excerpt<'_>| (e.reading.id.to_string(), e.highlight.id.0);
    excerpts.iter().map(number).collect()
}

#[test]
fn rules_are_carried_out_in_their_order() {
    let project = seminar();
    let found = |section: Section| {
        let packet = with([section]);
        let resolved = resolve(&project, &packet);
        let names = numbers(&resolved[0].excerpts).into_iter();
        let names: Vec<String> = names.map(|(r, n)| format!("{r}:{n}")).collect();
        (names.join(" "), resolved[0].found)
    };
    let theory = |order| found(ruled("", order, None)).0;
    assert_eq!(theory(RuleOrder::Place), "r0:1 r0:2 r1:1 r1:2");
    assert_eq!(theory(RuleOrder::Year), "r1:1 r1:2 r0:1 r0:2");
    assert_eq!(theory(RuleOrder::Stance), "r0:2 r1:2 r0:1 r1:1");
    let some = found(ruled("label:Wedge", RuleOrder::Place, Some(1)));
    assert_eq!(some, ("r1:1".to_owned(), Some((2, 1))));
    let free = Section {
        subject: Subject::Free,
        ..ruled("", RuleOrder::Place, None)
    };
    assert_eq!(found(free).0, "");
}

#[test]
fn what_is_gone_is_left_out_and_comes_back() {
    let mut project = seminar();
    note(&mut project, "r0", 1, "Q: Who says?");
    let pick = |reading: &str, n| Pick {
        reading: rid(reading),
        highlight: HighlightId(n),
        side: Side::First,
    };
    let packet = with([
        Section {
            excerpts: Excerpts::Chosen(vec![pick("r0", 1), pick("r1", 3), pick("r9", 1)]),
            questions: vec![
                Question::Note(rid("r0"), HighlightId(1)),
                Question::Note(rid("r0"), HighlightId(2)),
            ],
            ..Section::default()
        },
        ruled("label:Entrapmend", RuleOrder::Place, None),
        Section {
            subject: Subject::Theory(label("gone")),
            ..Section::default()
        },
    ]);
    let why = |project: &Project| -> Vec<String> {
        left_out(project, &packet)
            .into_iter()
            .map(|gone| gone.why)
            .collect()
    };
    let first = why(&project);
    assert_eq!(
        first,
        [
            "An excerpt is of “r9”, which is not among the readings.",
            "A note in “Title 0” does not begin with “Q:” any more.",
            "The query of its rule can't be used: There is no label “Entrapmend”. Did you mean “Entrapment”?",
            "The label “gone” is not in the codebook any more.",
        ]
    );
    let inverse = apply(
        &mut project,
        Edit::RemoveHighlight(rid("r0"), HighlightId(1)),
    )
    .unwrap();
    let gone = why(&project);
    assert_eq!(gone[0], "An excerpt of “Title 0” was deleted.");
    assert_eq!(gone[2], "The note of a question of “Title 0” was deleted.");
    apply(&mut project, inverse).unwrap();
    assert_eq!(why(&project), first);
    apply(&mut project, Edit::RemoveReading(rid("r1"))).unwrap();
    assert!(why(&project).contains(&"An excerpt is of “Title 1”, which was removed.".to_owned()));
}

#[test]
fn an_excerpt_of_a_revised_reading_is_found_in_the_new_version() {
    let mut project = seminar();
    let mut new = reading(&mut Random::new(1), 7);
    new.meta.title = "Title 0".to_owned();
    new.revises = Some(rid("r0"));
    let placing = crate::edit::revise::Placing {
        reading: &rid("r0"),
        highlight: HighlightId(1),
        span: Span::new(3, 7),
    };
    let edit = crate::edit::revise::replace(&project, Arc::new(new), &[placing], time(9));
    apply(&mut project, edit).unwrap();
    let pick = |n| Pick {
        reading: rid("r0"),
        highlight: HighlightId(n),
        side: Side::First,
    };
    let packet = with([Section {
        excerpts: Excerpts::Chosen(vec![pick(1), pick(2)]),
        ..Section::default()
    }]);
    let resolved = resolve(&project, &packet);
    assert_eq!(numbers(&resolved[0].excerpts), [("r7".to_owned(), 1)]);
    let why = &resolved[0].left_out[0].why;
    assert!(why.contains("no place in the new version"), "{why}");
    // The old pick and one of the new version are the same.
    assert!(packets::same(
        &project,
        &pick(1),
        &resolved[0].excerpts[0].pick()
    ));
}

#[test]
fn a_corrected_note_shows() {
    let mut project = seminar();
    note(&mut project, "r1", 1, "First.\nSecond.");
    let packet = with([Section {
        notes: true,
        ..ruled("label:Wedge", RuleOrder::Place, None)
    }]);
    let shown = lines(&composed(&project, &packet));
    assert_eq!(shown[2], "> n ally ca (Lo 1987, ¶1) [] First. / Second.");
    note(&mut project, "r1", 1, "Better.");
    let shown = lines(&composed(&project, &packet));
    assert_eq!(shown[2], "> n ally ca (Lo 1987, ¶1) [] Better.");
}

#[test]
fn a_section_holds_what_was_put_into_it() {
    let mut project = seminar();
    claim(&mut project, "MK", "Takes it as a cost.");
    note(&mut project, "r1", 2, "Q: Really?");
    let packet = with([
        Section {
            introduction: "One *word*.\n\nTwo.".to_owned(),
            definitions: true,
            layout: Layout::Sides("For".to_owned(), "Against".to_owned()),
            claims: true,
            notes: true,
            questions: vec![
                Question::Written("Why **so**?".to_owned()),
                Question::Note(rid("r1"), HighlightId(2)),
            ],
            lines: 3,
            ..ruled("", RuleOrder::Year, Some(3))
        },
        Section {
            title: "Readings".to_owned(),
            readings: true,
            ..Section::default()
        },
    ]);
    let items = composed(&project, &packet);
    assert_eq!(
        lines(&items),
        [
            "# Week 6",
            "## 1 · S",
            "Body: One word.",
            "Body: Two.",
            "Lead: What Dilemma is. (Snyder 1984)",
            "Aside: 4 excerpts from 2 readings; here the first 3",
            "| For",
            "> n ally ca (Lo 1987, ¶1) [] ",
            "> ally can (Lo 1987, ¶1) [] ",
            "| Against",
            "> n ally ca (Walt 2001, ¶1) [] ",
            "Caption: What the readings make of it",
            "Claim: Lo 1987 (supports): Takes it as a cost.",
            "Caption: For discussion",
            "- Why so?",
            "- Really?",
            "3 lines",
            "## 2 · Readings",
            "= Lo, Bobo. 1987. “Title 1.”",
            "= Walt, Stephen. 2001. “Title 0.”",
        ]
    );
    assert!(items.iter().all(|item| item.origin.is_some()));
}

#[test]
fn authors_and_maps_go_reading_by_reading() {
    let mut project = seminar();
    claim(&mut project, "MK", "Takes it as a cost.");
    claim(&mut project, "AL", "Does not.");
    let section = |layout| Section {
        layout,
        claims: true,
        ..ruled("stance:contests", RuleOrder::Place, None)
    };
    let authors = lines(&composed(&project, &with([section(Layout::Authors)])));
    assert_eq!(
        authors[2..],
        [
            "### Walt 2001",
            "Aside: Title 0 · supports, contests",
            "> n ally ca (Walt 2001, ¶1) [contests] ",
            "### Lo 1987",
            "Aside: Title 1 · supports",
            "Claim: supports: Does not. (AL)",
            "Claim: supports: Takes it as a cost. (MK)",
        ]
    );
    let map = Section {
        definitions: true,
        ..section(Layout::Map)
    };
    let map = lines(&composed(&project, &with([map])));
    assert_eq!(
        map[2..],
        [
            "Lead: What Dilemma is. (Snyder 1984)",
            "- Entrapment: What Entrapment is.",
            "Aside: 1 excerpt from 1 reading",
            "Reading | Stance | Claim | In its words",
            "Walt 2001 | supports, contests |  | “n ally ca” (Walt 2001, ¶1)",
            "Lo 1987 | supports | supports: Does not. (AL)\nsupports: Takes it as a cost. (MK) | ",
        ]
    );
}

#[test]
fn questions_of_notes_are_offered_until_they_are_asked() {
    let mut project = seminar();
    note(&mut project, "r0", 2, "Q: One?");
    note(&mut project, "r1", 3, "q: Two?");
    note(&mut project, "r1", 1, "None.");
    let mut packet = with([Section::default()]);
    let asked = |packet: &Packet| -> Vec<String> {
        offers(&project, packet)
            .iter()
            .map(|o| o.text.to_owned())
            .collect()
    };
    assert_eq!(asked(&packet), ["One?", "Two?"]);
    let first = offers(&project, &packet)[0].question();
    for section in packet.sections.values_mut() {
        section.questions.push(first.clone());
    }
    assert_eq!(asked(&packet), ["Two?"]);
}

#[test]
fn merging_labels_takes_sections_along() {
    let mut project = seminar();
    let packet = with([Section {
        title: "S".to_owned(),
        subject: Subject::Theory(label("wedge")),
        ..Section::default()
    }]);
    let edit = packets::put(&project, &packet).unwrap();
    apply(&mut project, edit).unwrap();
    let merge = compose::merge_labels(&project, &label("wedge"), &label("entrapment"), time(9));
    apply(&mut project, merge).unwrap();
    let section = project.packets()[&id()].sections.values().next().unwrap();
    assert_eq!(section.subject, Subject::Theory(label("entrapment")));
}

#[test]
fn every_template_is_useful_at_once() {
    let mut project = seminar();
    note(&mut project, "r1", 3, "Q: Two?");
    let made = |template: Template, wanted: &Wanted| {
        let packet = template.packet(&project, wanted, id());
        assert_eq!(left_out(&project, &packet), [], "{template:?}");
        lines(&composed(&project, &packet)).join("\n")
    };
    for template in Template::ALL {
        let all = made(template, &Wanted::default());
        for part in ["Dilemma", "Wedge", "(Lo 1987, ¶1)", "= Walt, Stephen."] {
            assert!(all.contains(part), "{template:?}: {part} is not in\n{all}");
        }
        let wanted = Wanted {
            theories: vec![label("wedge")],
            readings: vec![rid("r1")],
        };
        let some = made(template, &wanted);
        assert!(
            !some.contains("Dilemma") && !some.contains("Walt"),
            "{some}"
        );
        assert!(some.contains("· Wedge\n"), "{some}");
        let none = template.packet(&Project::new("Empty"), &Wanted::default(), id());
        assert!(!none.sections.is_empty());
    }
    let guide = made(Template::Guide, &Wanted::default());
    assert!(guide.contains("- Two?"), "{guide}");
    let debate = made(Template::Debate, &Wanted::default());
    assert!(debate.contains("| For “Dilemma”") && debate.contains("| Against “Dilemma”"));
    let appendix = made(Template::Appendix, &Wanted::default());
    assert!(
        appendix.contains("3 excerpts from 2 readings\n"),
        "{appendix}"
    );
}

#[test]
fn it_goes_out_as_ron_that_can_be_read() {
    #[derive(Debug, serde::Deserialize)]
    struct Out {
        version: u32,
        sections: Vec<OutSection>,
        readings: Vec<ron_crate::Value>,
        left_out: Vec<ron_crate::Value>,
    }
    #[derive(Debug, serde::Deserialize)]
    struct OutSection {
        excerpts: Vec<OutExcerpt>,
        questions: Vec<String>,
    }
    #[derive(Debug, serde::Deserialize)]
    struct OutExcerpt {
        quote: String,
        citation: String,
        #[serde(default)]
        note: String,
    }
    use ::ron as ron_crate;
    let mut project = seminar();
    note(&mut project, "r1", 3, "“So” \"it\" is.\nYes.");
    let packet = with([Section {
        questions: vec![Question::Written("Why?".to_owned())],
        ..ruled("label:Wedge", RuleOrder::Place, None)
    }]);
    let text = ron::packet(&project, &packet, time(0));
    let out: Out = ron_crate::from_str(&text).unwrap();
    assert_eq!(
        (out.version, out.readings.len(), out.left_out.len()),
        (1, 1, 0)
    );
    let section = &out.sections[0];
    assert_eq!(section.questions, ["Why?"]);
    let last = &section.excerpts[1];
    assert_eq!(
        (last.quote.as_str(), last.citation.as_str()),
        ("ally can ", "(Lo 1987, ¶1)")
    );
    assert_eq!(last.note, "“So” \"it\" is.\nYes.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_packet_of_any_project_is_composed(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let mut project = Project::new("P");
        for n in 0..90 {
            let edit = match n {
                0..3 => Edit::AddReading(Arc::new(reading(&mut random, n))),
                _ if random.one_in(3) => packet_edit(&mut random, &project, time(n)),
                _ => edit(&mut random, &project, time(n)),
            };
            let _ = apply(&mut project, edit);
        }
        let some = (0..3).map(|n| any_section(&mut random, &project, time(n)));
        let made = with(some.collect::<Vec<_>>());
        for packet in project.packets().values().chain([&made]) {
            let items = composed(&project, packet);
            prop_assert!(matches!(items[0].block, Block::Heading(1, _)));
            let headings = items.iter().filter(|i| matches!(i.block, Block::Heading(2, _)));
            prop_assert_eq!(headings.count(), packet.sections.len());
            let resolved = resolve(&project, packet);
            for section in &resolved {
                if let Excerpts::Chosen(picks) = &section.section.excerpts {
                    let gone = section.left_out.iter();
                    let gone = gone.filter(|g| matches!(g.part, Part::Excerpt(..)));
                    prop_assert_eq!(picks.len(), section.excerpts.len() + gone.count());
                }
            }
            prop_assert!(::ron::from_str::<::ron::Value>(&ron::packet(&project, packet, time(0))).is_ok());
        }
        for template in Template::ALL {
            let packet = template.packet(&project, &Wanted::default(), id());
            composed(&project, &packet);
        }
    }

    #[test]
    fn a_sink_that_stops_is_not_given_more(after in 0_usize..9) {
        struct Some(usize);
        impl crate::export::document::Sink for Some {
            fn put(&mut self, _: Item) -> Result<(), Stop> {
                assert!(self.0 < 99, "it was stopped");
                match self.0 {
                    0 => {
                        self.0 = 99;
                        Err(Stop::Cancelled)
                    }
                    _ => {
                        self.0 -= 1;
                        Ok(())
                    }
                }
            }
        }
        let project = seminar();
        let packet = with([ruled("", RuleOrder::Place, None), Section::default(), Section::default()]);
        let stopped = compose_packet(&project, &packet, &mut Some(after)).is_err();
        prop_assert_eq!(stopped, after < 8);
    }
}
