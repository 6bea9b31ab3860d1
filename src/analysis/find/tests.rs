//! What is found and what is not, and the same told by a naive search.

use super::*;

fn pattern(text: &str, kind: Kind) -> Pattern {
    Pattern {
        text: text.into(),
        kind,
        ..Pattern::default()
    }
}

fn found<'a>(pattern: &Pattern, text: &'a str) -> Vec<&'a str> {
    let finder = Finder::new(pattern).unwrap();
    finder.hits(text).map(|hit| hit.of(text)).collect()
}

fn plain<'a>(wanted: &str, text: &'a str) -> Vec<&'a str> {
    found(&pattern(wanted, Kind::Plain), text)
}

fn words<'a>(wanted: &str, text: &'a str) -> Vec<&'a str> {
    found(&pattern(wanted, Kind::Words), text)
}

#[test]
fn case_and_accents_are_folded() {
    assert_eq!(
        plain("ete", "Été, e\u{301}te\u{301}, ETE"),
        ["Été", "e\u{301}te\u{301}", "ETE"]
    );
    assert_eq!(plain("ÉTÉ", "ete"), ["ete"]);
    assert_eq!(plain("strasse", "Straße STRASSE"), ["Straße", "STRASSE"]);
    assert_eq!(plain("straße", "Strasse"), ["Strasse"]);
    assert_eq!(plain("aeon Oslo", "Æon Øslo"), ["Æon Øslo"]);
    assert_eq!(
        plain("istanbul", "İstanbul ıstanbul"),
        ["İstanbul", "ıstanbul"]
    );
    assert_eq!(plain("trend", "Ｔｒｅｎｄ"), ["Ｔｒｅｎｄ"]);
    assert_eq!(plain("ΛΟΓΟΣ", "λόγος"), ["λόγος"]);
}

#[test]
fn case_and_accents_tell_apart_when_asked() {
    let exact = |text: &str| Pattern {
        text: text.into(),
        case: true,
        accents: true,
        ..Pattern::default()
    };
    assert_eq!(
        found(&exact("Été"), "Été été E\u{301}te\u{301} Ete").len(),
        2
    );
    assert_eq!(found(&exact("cafe"), "café cafe\u{301} cafe"), ["cafe"]);
}

#[test]
fn white_space_and_typography_are_folded() {
    assert_eq!(plain("an ally", "An  ally, an\nally, an\n\nally").len(), 2);
    assert_eq!(plain("don't \"x\" a-b", "don’t “x” a–b").len(), 1);
    assert_eq!(plain("cooperate", "co\u{AD}operate"), ["co\u{AD}operate"]);
}

#[test]
fn stems_fit_any_ending_from_the_start_of_a_word() {
    let text = "Entrapment, “entrapped”, reentrap; entrap";
    assert_eq!(
        plain("entrap*", text),
        ["Entrapment", "entrapped", "entrap"]
    );
    assert_eq!(plain("entrap", text).len(), 4);
    assert_eq!(
        plain("balanc* of pow*", "balances of powers; Balance of power"),
        ["balances of powers", "Balance of power"]
    );
    assert_eq!(plain(r"a\*", "a* ab"), ["a*"]);
}

#[test]
fn whole_words_are_told_from_parts() {
    assert_eq!(
        words("ally", "ally, really, allying, ally-state, ally’s").len(),
        3
    );
    assert_eq!(
        words("alliance", "l’alliance alliance12"),
        ["alliance", "alliance"]
    );
    assert_eq!(words("can", "can’t can"), ["can"]);
    assert_eq!(words("s", "China’s s"), ["s"]);
    assert_eq!(words("000", "5,000 000"), ["000"]);
    assert_eq!(words("格局", "国际格局变了"), ["格局"]);
}

#[test]
fn expressions_lie_within_paragraphs_and_fold_accents() {
    let regex = |wanted: &str, text| found(&pattern(wanted, Kind::Regex), text).concat();
    assert_eq!(regex("^b.*", "ab\nbc\n\nbd"), "bcbd");
    assert_eq!(regex(r"a\s+b", "a\nb a \t b"), "a \t b");
    assert_eq!(regex("(?s)a.*", "ab\nc"), "ab");
    assert_eq!(regex("[^x]+", "ab\nc"), "abc");
    assert_eq!(regex("é[tu]e", "ÉTÉ eue"), "ÉTÉeue");
    assert_eq!(regex("stra[ß]e", "STRASSE Straße"), "STRASSEStraße");
    assert_eq!(regex("x*", "aXa"), "X");
    assert_eq!(regex("–", "a - b – c"), "–");
    assert_eq!(regex(r"\bcafe\b", "cafe\u{301}s café"), "café");
    assert_eq!(regex(r"\Ab", "ab\nb"), "b");
    let exact = Pattern {
        accents: true,
        case: true,
        ..pattern("[Ee]te", Kind::Regex)
    };
    assert_eq!(found(&exact, "été Ete ETE"), ["Ete"]);
}

#[test]
fn what_is_wrong_with_an_expression_is_said_where_it_is() {
    let error = |wanted: &str| Finder::new(&pattern(wanted, Kind::Regex)).unwrap_err();
    assert_eq!(error("a(b").at, (1, 2));
    assert!(error("a(b").message.starts_with("This ( has no )"));
    assert!(error(r"(a)\1").message.contains("back"));
    assert!(error("(?=a)").message.contains("ahead"));
    assert_eq!(error("勢[").at, (3, 4));
    assert!(error("").message.starts_with("Type"));
    assert!(error("^$").message.contains("empty places"));
    assert!(error(r"(\w{500}){500}").message.contains("too large"));
    assert!(
        error(&("(".repeat(200) + &")".repeat(200)))
            .message
            .contains("deep")
    );
}

#[test]
fn soft_hyphens_and_sound_marks_are_no_hindrance() {
    assert_eq!(plain("a b", "a \u{AD} b"), ["a \u{AD} b"]);
    assert_eq!(plain("a b", "a \u{A0}b"), ["a \u{A0}b"]);
    assert_eq!(plain("が", "か\u{3099} が か"), ["か\u{3099}", "が"]);
    assert_eq!(plain("か", "が か"), ["か"]);
    assert_eq!(
        plain("가", "각 가 \u{1100}\u{1161}"),
        ["가", "\u{1100}\u{1161}"]
    );
    assert_eq!(plain("각", "\u{1100}\u{1161}\u{11A8}").len(), 1);
}

#[test]
fn a_text_is_cut_where_no_hit_lies() {
    let finder = Finder::new(&pattern("a b", Kind::Plain)).unwrap();
    let text = "a\nb\n\na\nb";
    assert_eq!(finder.pieces(text, 1).collect::<Vec<_>>(), [0..5, 5..8]);
    let hits: Vec<Span> = finder
        .pieces(text, 1)
        .flat_map(|p| finder.hits_in(text, p))
        .collect();
    assert_eq!(hits, finder.hits(text).collect::<Vec<_>>());
    assert_eq!(hits.len(), 2);
    let one = Finder::new(&pattern("ab", Kind::Plain)).unwrap();
    assert_eq!(one.pieces(text, 1).count(), 4);
    assert_eq!(finder.next(text, 1), Some(hits[1]));
}

/// A character of the folded text and the bytes it came from.
type Piece = (char, usize, usize);

/// Folds one character after the other, and looks at nothing more than one.
fn slowly(text: &str, folding: Folding) -> Vec<Piece> {
    use unicode_normalization::char::compose;
    let mut out: Vec<Piece> = Vec::new();
    let mut space: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let folded = folding.char(c);
        if folding.space && c.is_whitespace() {
            let lines = space.map_or(0, |(_, n)| n) + usize::from(c == '\n');
            let start = space.map_or(at, |(start, _)| start);
            if space.is_some() {
                out.pop();
            }
            space = Some((start, lines));
            out.push((if lines > 1 { '\n' } else { ' ' }, start, end));
            continue;
        }
        if folded.is_empty() && !super::fold::is_accent(c) && space.is_some() {
            continue;
        }
        space = None;
        for c in folded.chars() {
            let joined = match c {
                '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}' => {
                    out.last().and_then(|last| compose(last.0, c))
                }
                _ => None,
            };
            match (joined, out.last_mut()) {
                (Some(joined), Some(last)) => (last.0, last.2) = (joined, end),
                _ => out.push((c, at, end)),
            }
        }
        if folded.is_empty()
            && let Some(last) = out.last_mut()
            && super::fold::is_accent(c)
        {
            last.2 = end;
        }
    }
    out
}

/// Looks at every place of the folded text.
fn naive(pattern: &Pattern, text: &str) -> Vec<Span> {
    let Ok(plain) = Plain::new(
        &pattern.text,
        pattern.case,
        pattern.accents,
        pattern.kind == Kind::Words,
    ) else {
        return Vec::new();
    };
    let pieces = slowly(text, plain.folding);
    let folded: String = pieces.iter().map(|p| p.0).collect();
    let mut hits: Vec<Span> = Vec::new();
    let mut free = 0;
    let place = |at: usize| folded[..at].chars().count();
    for (at, _) in folded.char_indices() {
        if at < free || !folded[at..].starts_with(plain.beginning()) {
            continue;
        }
        let Some(end) = plain.at(&folded, at) else {
            continue;
        };
        free = end;
        let (first, last) = (pieces[place(at)], pieces[place(end) - 1]);
        let mut end = last.2;
        // Marks that were dropped belong to what they stand on.
        let after = &text[end..];
        let marks = after
            .trim_start_matches(|c| super::fold::is_mark(c) || plain.folding.char(c).is_empty());
        end += after.len() - marks.len();
        let span = Span::new(first.1 as u32, end as u32);
        let ignored = |c: char| plain.folding.char(c).is_empty() && !super::fold::is_accent(c);
        let kept = span.of(text).trim_end_matches(ignored).len() as u32;
        let span = Span::new(span.start, span.start + kept);
        if hits.last().is_none_or(|last| last.end <= span.start) {
            hits.push(span);
        }
    }
    hits
}

mod property {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "b",
            "e",
            "E",
            "s",
            "é",
            "É",
            "e\u{301}",
            "ß",
            "æ",
            "Æ",
            "ﬁ",
            "f",
            "i",
            "İ",
            "ı",
            "Ａ",
            " ",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\t",
            "\u{A0}",
            "\u{AD}",
            "\u{301}",
            "’",
            "'",
            "“",
            "\"",
            "–",
            "-",
            "*",
            "格",
            "局",
            "が",
            "か",
            "\u{3099}",
            "각",
            "\u{1100}",
            "\u{1161}",
            "\u{11A8}",
            "Σ",
            "ς",
            "1",
            ".",
            "t",
            "½",
            "\u{200B}",
            "ab ab ab ab",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    fn wanted() -> impl Strategy<Value = Pattern> {
        let piece = prop::sample::select(vec![
            "a", "b", "e", "é", "E", "ss", "s", "ß", "ae", "æ", "f", "i", "ı", " ", "'", "-", "*",
            "\\*", "格", "局", "が", "か", "가", "σ", "1", ".", "t", "\u{301}", "\u{AD}",
        ]);
        let kind = prop::sample::select(vec![Kind::Plain, Kind::Words]);
        let text = prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat());
        (text, kind, any::<bool>(), any::<bool>()).prop_map(|(text, kind, case, accents)| Pattern {
            text,
            kind,
            case,
            accents,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_is_what_a_naive_search_finds(text in text(), wanted in wanted()) {
            let found = Finder::new(&wanted).map(|f| f.hits(&text).collect::<Vec<_>>()).unwrap_or_default();
            prop_assert_eq!(&found, &naive(&wanted, &text));
            for hit in &found {
                prop_assert!(hit.fits(&text));
            }
        }

        #[test]
        fn pieces_find_what_the_whole_has(text in text(), wanted in wanted(), size in 1usize..20) {
            if let Ok(finder) = Finder::new(&wanted) {
                let pieces: Vec<_> = finder.pieces(&text, size).collect();
                let joined: Vec<Span> = pieces.iter().flat_map(|p| finder.hits_in(&text, p.clone())).collect();
                prop_assert_eq!(joined, finder.hits_in(&text, 0..text.len()));
                let ends = pieces.iter().map(|p| p.end);
                let starts = [0].into_iter().chain(ends);
                prop_assert!(pieces.iter().map(|p| p.start).eq(starts.take(pieces.len())));
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,40}|[\\x00-\u{FFFF}]{0,20}", wanted in "\\PC{0,8}|[a-z*\\\\ ()\\[{?+^$|é]{0,8}", kind in 0..3, case in any::<bool>(), accents in any::<bool>()) {
            let kind = [Kind::Plain, Kind::Words, Kind::Regex][kind as usize];
            let pattern = Pattern { text: wanted, kind, case, accents };
            if let Ok(finder) = Finder::new(&pattern) {
                for hit in finder.hits(&text) {
                    prop_assert!(hit.fits(&text));
                    line(&text, hit, 10);
                }
            }
        }
    }
}
