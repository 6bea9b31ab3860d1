use proptest::prelude::*;

use super::*;

/// Where `quote` stands in `text`; it must stand there once.
fn at(text: &str, quote: &str) -> Span {
    let start = text.find(quote).unwrap();
    assert_eq!(text.matches(quote).count(), 1, "{quote}");
    Span::new(start as u32, (start + quote.len()) as u32)
}

fn one(old: &str, new: &str, quote: &str) -> Anchored {
    let (old, new) = (Text::new(old), Text::new(new));
    let span = at(old.as_str(), quote);
    reanchor(&old, &new, &[span]).remove(0)
}

/// What the result covers of the new text, with its kind.
fn told(old: &str, new: &str, quote: &str) -> String {
    let of = |span: Span| span.of(new);
    match one(old, new, quote) {
        Anchored::Kept(span) => format!("kept: {}", of(span)),
        Anchored::Moved(span) => format!("moved: {}", of(span)),
        Anchored::Changed { span, .. } => format!("changed: {}", of(span)),
        Anchored::Lost(_) => "lost".into(),
    }
}

const CHARTER: &str = "\
# The harbour charter

The harbour master opens the gates at dawn and closes them when the lamps are lit. Nobody but the master may hold the key. \
A ship that arrives after dusk waits outside the mole.

Fees are paid in silver. A captain who cannot pay leaves a hostage of good standing. The council hears complaints on the \
first Monday of each month.

Every pilot swears to know the shoals. Nobody but the master may dismiss a pilot.

Cargo is weighed twice, once by the harbour and once by the guild of weavers, and the lower figure counts.
";

#[test]
fn what_stays_is_kept_when_the_text_around_it_grows() {
    let new = CHARTER
        .replace(
            "Fees are paid",
            "A new tower was built last year.\n\nFees are paid",
        )
        .replace("A ship that", "The gates are of oak. A ship that");
    let quote = "leaves a hostage of good standing";
    assert_eq!(told(CHARTER, &new, quote), format!("kept: {quote}"));
}

#[test]
fn of_words_that_occur_twice_the_right_ones_are_found() {
    let old = CHARTER.replacen("Nobody but the master may", "Nobody but the Master may", 1);
    let new = CHARTER.replace("Fees are paid in silver.", "Fees are paid in gold.");
    for (quote, before) in [
        ("Nobody but the Master", "lit. "),
        ("Nobody but the master", "shoals. "),
    ] {
        let span = match one(&old, &new, quote) {
            Anchored::Kept(span) | Anchored::Changed { span, .. } => span,
            other => panic!("{other:?}"),
        };
        assert!(new[..span.start as usize].ends_with(before), "{quote}");
    }
}

#[test]
fn a_copy_elsewhere_does_not_draw_a_deleted_quote() {
    let new = CHARTER.replace(" Nobody but the master may dismiss a pilot.", "");
    let old = CHARTER;
    let quote = old.rfind("Nobody but the master").unwrap() as u32;
    let (old, new) = (Text::new(old), Text::new(new));
    let found = reanchor(&old, &new, &[Span::new(quote, quote + 21)]).remove(0);
    let Anchored::Lost(candidates) = found else {
        panic!("{found:?}");
    };
    assert_eq!(new.slice(candidates[0].span), "Nobody but the master");
}

#[test]
fn an_edited_sentence_is_found_whole() {
    let new = CHARTER.replace(
        "A captain who cannot pay leaves a hostage of good standing.",
        "Any skipper who will not pay leaves a hostage of good standing behind.",
    );
    assert_eq!(
        told(
            CHARTER,
            &new,
            "A captain who cannot pay leaves a hostage of good standing."
        ),
        "changed: Any skipper who will not pay leaves a hostage of good standing behind."
    );
    let new = CHARTER.replace("Every pilot", "By the old custom, every pilot");
    assert_eq!(
        told(CHARTER, &new, "Every pilot swears to know the shoals."),
        "changed: By the old custom, every pilot swears to know the shoals."
    );
}

#[test]
fn a_replaced_word_at_the_edge_is_taken_in() {
    let new = CHARTER.replace("the lower figure counts", "the lower figure prevails");
    assert_eq!(
        told(CHARTER, &new, "the lower figure counts"),
        "changed: the lower figure prevails"
    );
    let new = CHARTER.replace("Cargo is weighed", "Freight is weighed");
    assert_eq!(
        told(CHARTER, &new, "Cargo is weighed twice"),
        "changed: Freight is weighed twice"
    );
}

#[test]
fn marks_put_around_an_edited_passage_come_with_it() {
    let new = CHARTER.replace(
        "the guild of weavers",
        "[the guild of wool weavers](#guilds)",
    );
    assert_eq!(
        told(CHARTER, &new, "once by the guild of weavers"),
        "changed: once by [the guild of wool weavers](#guilds)"
    );
}

#[test]
fn a_moved_paragraph_takes_its_passages_with_it() {
    let paragraph = "Fees are paid in silver. A captain who cannot pay leaves a hostage of good standing. \
        The council hears complaints on the first Monday of each month.\n\n";
    let new = format!("{}\n{paragraph}", CHARTER.replace(paragraph, ""));
    for quote in [
        "Fees are paid",
        "leaves a hostage of good standing",
        "on the first Monday of each month.",
    ] {
        assert_eq!(told(CHARTER, &new, quote), format!("moved: {quote}"));
    }
}

#[test]
fn what_was_deleted_or_written_anew_is_lost() {
    let quote = "A captain who cannot pay leaves a hostage of good standing.";
    let new = CHARTER.replace(&format!("{quote} "), "");
    assert_eq!(told(CHARTER, &new, quote), "lost");
    assert_eq!(told(CHARTER, &new, "cannot pay"), "lost");
    let new = CHARTER.replace(quote, "Barrels stand empty along the northern quay.");
    assert_eq!(told(CHARTER, &new, quote), "lost");
    assert_eq!(told(CHARTER, "", quote), "lost");
}

#[test]
fn another_export_of_the_same_words_is_the_same() {
    let old =
        "“It’s the ﬁnal offer,” said Zoé—and left the conference. They met again in the evening.";
    let new = "\"It's the final of-\nfer,\" said Zoe\u{301} -- and left\nthe con\u{AD}ference.  They met\nagain in the evening.";
    for (quote, found) in [
        ("ﬁnal offer", "final of-\nfer"),
        ("said Zoé—and left", "said Zoe\u{301} -- and left"),
        (
            "the conference. They met",
            "the con\u{AD}ference.  They met",
        ),
    ] {
        assert_eq!(told(old, new, quote), format!("kept: {found}"));
    }
}

#[test]
fn scripts_without_spaces_are_compared_by_character() {
    let old = "国际格局正在发生变化。势不是力量本身，而是力量的走向。他们说不结盟不等于不合作。";
    let new =
        "近来国际格局正在发生深刻变化。势不是力量本身，而是力量的走向。他们说不结盟不等于不合作。";
    assert_eq!(told(old, new, "而是力量的走向"), "kept: 而是力量的走向");
    assert_eq!(
        told(old, new, "格局正在发生变化"),
        "changed: 格局正在发生深刻变化"
    );
    let new = "势不是力量本身，而是力量的走向。他们说不结盟不等于不合作。";
    assert_eq!(told(old, new, "国际格局正在发生变化。"), "lost");
}

#[test]
fn part_of_a_word_stays_part_of_it() {
    let new = CHARTER.replace("# The", "# On the");
    assert_eq!(told(CHARTER, &new, "omplaint"), "kept: omplaint");
    assert_eq!(
        told("a well-known face", "the well-known face", "known"),
        "kept: known"
    );
}

#[test]
fn what_is_no_passage_is_lost() {
    let text = Text::new("A勢b \n");
    let spans = [
        Span::new(0, 0),
        Span::new(2, 3),
        Span::new(0, 99),
        Span::new(5, 7),
    ];
    for found in reanchor(&text, &text, &spans) {
        assert_eq!(found, Anchored::Lost(Vec::new()));
    }
}

#[test]
fn texts_that_repeat_themselves_are_aligned_all_the_same() {
    let verse = "Row, row, row the boat, gently down the stream. Merrily, merrily, life is but a dream.\n\n";
    let old = Text::new(verse.repeat(3000));
    let new = Text::new(format!("A song for rowers.\n\n{}", verse.repeat(3000)));
    let step = 10 * verse.len() as u32;
    let passages: Vec<Span> = (0..100)
        .map(|i| Span::new(i * step + 5, i * step + 39))
        .collect();
    for (passage, found) in passages.iter().zip(reanchor(&old, &new, &passages)) {
        assert_eq!(
            found,
            Anchored::Kept(Span::new(passage.start + 20, passage.end + 20))
        );
    }
}

fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "harbour",
        "the",
        "of",
        "pilot",
        "勢",
        "Zoé",
        "silver",
        "and",
        "gate",
        "weighs",
        "ﬁne",
        "lamp-lit",
        "“dusk”",
        "a",
    ]);
    prop::collection::vec(word, 1..12).prop_map(|words| format!("{}.", words.join(" ")))
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let paragraph = prop::collection::vec(sentence(), 1..5).prop_map(|all| all.join(" "));
    prop::collection::vec(paragraph, 1..12)
}

/// Spans from rough places, on character boundaries.
fn spans(text: &Text, rough: &[(u32, u32)]) -> Vec<Span> {
    rough
        .iter()
        .map(|&(start, length)| {
            let start = text.floor(start % text.len());
            Span::new(start, text.floor(start + length))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn in_the_same_text_everything_is_kept(
        all in paragraphs(),
        rough in prop::collection::vec((0u32..4000, 1u32..200), 1..20),
    ) {
        let text = Text::new(all.join("\n\n"));
        let passages = spans(&text, &rough);
        for (passage, found) in passages.iter().zip(reanchor(&text, &text, &passages)) {
            match text.trim(*passage) {
                Some(span) => prop_assert_eq!(found, Anchored::Kept(span)),
                None => prop_assert_eq!(found, Anchored::Lost(Vec::new())),
            }
        }
    }

    #[test]
    fn text_put_before_loses_nothing(
        before in paragraphs(),
        all in paragraphs(),
        rough in prop::collection::vec((0u32..4000, 30u32..200), 1..20),
    ) {
        let head = format!("{}\n\n", before.join("\n\n").replace(['a', 'e'], "x"));
        let old = Text::new(all.join("\n\n"));
        let new = Text::new(format!("{head}{}", old.as_str()));
        let passages = spans(&old, &rough);
        for (passage, found) in passages.iter().zip(reanchor(&old, &new, &passages)) {
            if let Some(span) = old.trim(*passage) {
                let by = head.len() as u32;
                prop_assert_eq!(found, Anchored::Kept(Span::new(span.start + by, span.end + by)));
            }
        }
    }

    #[test]
    fn what_is_found_fits_and_is_found_again(
        old in paragraphs(),
        new in paragraphs(),
        rough in prop::collection::vec((0u32..4000, 0u32..300), 1..20),
    ) {
        // Half of the new text is of the old.
        let mixed: Vec<&String> = old.iter().zip(&new).flat_map(|(a, b)| [b, a]).collect();
        let mixed: Vec<&str> = mixed.iter().map(|s| s.as_str()).collect();
        let (old, new) = (Text::new(old.join("\n\n")), Text::new(mixed.join("\n\n")));
        let passages = spans(&old, &rough);
        let found = reanchor(&old, &new, &passages);
        prop_assert_eq!(found.len(), passages.len());
        for anchored in &found {
            let spans = match anchored {
                Anchored::Kept(span) | Anchored::Moved(span) => vec![*span],
                Anchored::Changed { span, likeness } => {
                    prop_assert!((0.0..=1.0).contains(likeness));
                    vec![*span]
                }
                Anchored::Lost(candidates) => {
                    prop_assert!(candidates.len() <= 5);
                    prop_assert!(candidates.is_sorted_by(|a, b| a.likeness >= b.likeness));
                    candidates.iter().map(|c| c.span).collect()
                }
            };
            prop_assert!(spans.iter().all(|span| span.fits(new.as_str())));
        }
        prop_assert_eq!(reanchor(&old, &new, &passages), found);
    }

    #[test]
    fn a_deleted_paragraph_takes_its_passages_with_it(all in paragraphs(), which in 0usize..12, start in 0u32..40) {
        let gone = "Quinces ripen late beyond orchards nobody visits; wasps, however, find them before October ends.";
        let which = which % (all.len() + 1);
        let mut old = all.clone();
        old.insert(which, gone.into());
        let (old, new) = (Text::new(old.join("\n\n")), Text::new(all.join("\n\n")));
        let offset = at(old.as_str(), gone).start + start;
        let passages = [Span::new(offset, offset + 40), at(old.as_str(), gone)];
        for found in reanchor(&old, &new, &passages) {
            prop_assert!(matches!(found, Anchored::Lost(_)), "{:?}", found);
        }
    }
}
