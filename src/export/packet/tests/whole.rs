//! Templates, RON, and packets of anything.

use super::*;

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
