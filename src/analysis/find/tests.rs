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
