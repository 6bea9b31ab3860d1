//! Sentences and words: UAX #29 (unicode-segmentation), with the abbreviations it ends sentences after put right.

use unicode_segmentation::UnicodeSegmentation;

use super::Span;

/// Abbreviations that a sentence goes on after, without their full stop, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "al", "art", "ca", "cf", "ch", "col", "dept", "dr", "ed", "eds", "e.g", "eq", "etc", "fig",
    "gen", "gov", "i.e", "inc", "lt", "ltd", "mr", "mrs", "ms", "messrs", "mt", "n.b", "no", "nos",
    "op", "p", "para", "pp", "prof", "rev", "sec", "sen", "sgt", "st", "trans", "u.k", "u.n",
    "u.s", "viz", "vol", "vols", "vs", "гг", "др", "им", "см", "т.е", "т.д", "т.п",
];

/// Of those, the ones that do often end a sentence: it goes on only before a lower-case letter or a digit.
const MAY_END: &[&str] = &[
    "al", "etc", "u.k", "u.n", "u.s", "no", "гг", "др", "т.д", "т.п",
];

/// The sentences of `paragraph` as spans of it (bytes), without the white space between them.
pub fn sentences(paragraph: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut joins = false;
    for (at, piece) in paragraph.split_sentence_bound_indices() {
        let kept = piece.trim_end();
        let lead = kept.len() - kept.trim_start().len();
        if kept.len() == lead {
            continue;
        }
        let span = Span::new((at + lead) as u32, (at + kept.len()) as u32);
        match out.last_mut() {
            Some(last) if joins && goes_on(last.of(paragraph), &kept[lead..]) => {
                last.end = span.end
            }
            _ => out.push(span),
        }
        joins = true;
    }
    out
}

/// Whether a sentence ends between `before`, which ends in punctuation, and `after`: not so when the stop is an
/// abbreviation's or an initial's.
pub fn ends_sentence(before: &str, after: &str) -> bool {
    !goes_on(before, after)
}

/// Whether a break between `before` and `after` is only that of an abbreviation or an initial.
fn goes_on(before: &str, after: &str) -> bool {
    let Some(stem) = before.strip_suffix('.') else {
        return false;
    };
    let word = stem
        .rsplit(|c: char| c.is_whitespace() || "(“‘\"'[—–".contains(c))
        .next()
        .unwrap_or_default();
    let next_is_small = after
        .chars()
        .next()
        .is_some_and(|c| c.is_lowercase() || c.is_numeric());
    let mut chars = word.chars();
    let initial = matches!((chars.next(), chars.next()), (Some(c), None) if c.is_uppercase());
    let lower = word.to_lowercase();
    if initial {
        return true;
    }
    ABBREVIATIONS.contains(&lower.as_str()) && (next_is_small || !MAY_END.contains(&lower.as_str()))
}

/// The words of `text` as spans of it (bytes): letters and digits, without punctuation and space.
pub fn words(text: &str) -> impl DoubleEndedIterator<Item = Span> {
    text.unicode_word_indices()
        .map(|(at, word)| Span::new(at as u32, (at + word.len()) as u32))
}

/// The word at byte `offset` of `text`, or the one that ends there.
pub fn word_at(text: &str, offset: u32) -> Option<Span> {
    let mut touching = None;
    for word in words(text) {
        if word.has(offset) {
            return Some(word);
        }
        if word.end == offset {
            touching = Some(word);
        }
        if word.start > offset {
            break;
        }
    }
    touching
}

/// How many words `text` has: runs of anything but white space that hold a letter or digit; each Han character or kana is
/// one. Fast rather than linguistic (about 300 MB a second), as word processors count.
pub fn word_count(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                count += usize::from(!in_word);
                in_word = true;
            } else if c.is_ascii_whitespace() {
                in_word = false;
            }
        } else if is_ideograph(c) {
            count += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            count += usize::from(!in_word);
            in_word = true;
        } else if c.is_whitespace() || matches!(c, '—' | '–' | '…') {
            in_word = false;
        }
    }
    count
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expected: &[&str]) {
        let found: Vec<_> = sentences(paragraph)
            .iter()
            .map(|s| s.of(paragraph))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn plain_sentences() {
        check(
            "One. Two? “Three!” Four",
            &["One.", "Two?", "“Three!”", "Four"],
        );
        check("", &[]);
        check("   ", &[]);
    }

    #[test]
    fn abbreviations_do_not_end_one() {
        check(
            "Mr. Li met Dr. Wu, cf. Walt 1987, p. 21. Then he left.",
            &["Mr. Li met Dr. Wu, cf. Walt 1987, p. 21.", "Then he left."],
        );
        check(
            "J. J. Mearsheimer said so.",
            &["J. J. Mearsheimer said so."],
        );
    }

    #[test]
    fn an_abbreviation_may_end_one_before_a_capital() {
        check(
            "It came from the U.S. China replied.",
            &["It came from the U.S.", "China replied."],
        );
        check("The U.S. also replied.", &["The U.S. also replied."]);
    }

    #[test]
    fn chinese_sentences_end_at_their_own_stop() {
        check(
            "格局变了。同学们都知道。",
            &["格局变了。", "同学们都知道。"],
        );
    }

    #[test]
    fn words_are_counted_as_people_count() {
        assert_eq!(word_count("don’t state-owned 5,000 — “a”"), 4);
        assert_eq!(word_count("国际格局 is geju"), 6);
        assert_eq!(word_count(" \n "), 0);
    }

    #[test]
    fn the_word_under_a_place_or_before_it() {
        let text = "An ally, 勢";
        assert_eq!(word_at(text, 3).map(|s| s.of(text)), Some("ally"));
        assert_eq!(word_at(text, 7).map(|s| s.of(text)), Some("ally"));
        assert_eq!(word_at(text, 9).map(|s| s.of(text)), Some("勢"));
        assert_eq!(word_at(" ,", 1), None);
    }
}
