//! What stands at the start of a paragraph: bullets, numbers of items, of sections and of footnotes.

/// The mark of an item in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// Whether it is a sign rather than a number or letter.
    pub(super) is_bullet: bool,
}

const BULLETS: &[char] = &[
    '•', '◦', '▪', '▫', '■', '□', '●', '○', '‣', '⁃', '∙', '·', '➢', '✓', '❖', '–', '—', '-', '*',
    '►', '▶',
];

/// The mark that starts an item: `•`, `–`, `1.`, `(a)`, `iv)`.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let (word, rest) = text.split_once(' ')?;
    if rest.trim().is_empty() {
        return None;
    }
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && BULLETS.contains(&c)
    {
        return Some(Marker { is_bullet: true });
    }
    let bare = word.trim_start_matches('(').trim_end_matches(['.', ')']);
    let closed = word.ends_with(['.', ')']) && word.len() - bare.len() <= 2;
    let is_number = bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit());
    let is_letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase());
    let is_roman = !bare.is_empty()
        && bare.len() <= 4
        && bare.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    // `A. Lee` and `M. Weber` are people.
    let fits = is_number || (is_letter || is_roman) && word.ends_with(')');
    (closed && !bare.is_empty() && fits).then_some(Marker { is_bullet: false })
}

/// How deep the number of a section is: 1 for `3 Walls`, 2 for `3.1 Doors` or `A.1 Gates`.
pub(super) fn section(text: &str) -> Option<u8> {
    let (word, rest) = text.split_once(' ')?;
    let word = word.strip_suffix('.').unwrap_or(word);
    let parts: Vec<&str> = word.split('.').collect();
    let is_part = |(i, part): (usize, &&str)| {
        let is_number =
            !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        let is_letter = i == 0 && part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase());
        let is_roman = i == 0
            && part.len() <= 5
            && !part.is_empty()
            && part.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
        is_number || is_roman || is_letter && parts.len() > 1
    };
    let starts_well = rest
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() || c.is_numeric());
    let fits = parts.iter().enumerate().all(is_part) && parts.len() <= 5 && starts_well;
    fits.then_some(parts.len() as u8)
}

/// The mark that starts a footnote, and what follows: `12`, `*`, `†`, `12.`.
pub(super) fn note(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let signs: usize = text
        .chars()
        .take_while(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '∗' | '⋆'))
        .map(char::len_utf8)
        .sum();
    let length = match (digits, signs) {
        (1..=3, _) => digits,
        (0, 1..) => signs,
        _ => return None,
    };
    let (mark, rest) = text.split_at(length);
    let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
    let said = rest.trim_start();
    said.chars()
        .any(char::is_alphabetic)
        .then_some((mark, said))
}

/// Whether a paragraph names a figure or table: `Figure 3: …`.
pub(super) fn is_caption(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "figure",
        "fig",
        "table",
        "tab",
        "abbildung",
        "abb",
        "tabelle",
        "tableau",
        "listing",
        "algorithm",
        "chart",
        "box",
        "map",
        "plate",
        "рис",
        "рисунок",
        "таблица",
        "exhibit",
    ];
    let mut words = text.split_whitespace();
    let (Some(name), Some(number)) = (words.next(), words.next()) else {
        return false;
    };
    let named = NAMES.contains(&name.trim_end_matches('.').to_lowercase().as_str());
    let (bare, closed) = match number.strip_suffix(['.', ':', '|']) {
        Some(bare) => (bare, true),
        None => (number, false),
    };
    let numbered = bare.starts_with(|c: char| c.is_ascii_digit())
        || bare.len() <= 4
            && bare
                .bytes()
                .all(|b| matches!(b, b'I' | b'V' | b'X' | b'A'..=b'E'));
    // “Figure 3 shows” is a sentence.
    let titled = words
        .next()
        .is_none_or(|w| !w.starts_with(char::is_lowercase));
    named && numbered && !bare.is_empty() && (closed || titled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_start_with_a_mark() {
        assert!(marker("• A wall").is_some_and(|m| m.is_bullet));
        assert!(marker("12. A wall").is_some_and(|m| !m.is_bullet));
        assert!(marker("(iv) A wall").is_some() && marker("b) A wall").is_some());
        assert!(marker("A. Lee").is_none() && marker("1999. It was").is_none());
        assert!(marker("a wall").is_none() && marker("•").is_none() && marker("- ").is_none());
    }

    #[test]
    fn sections_are_numbered() {
        assert_eq!(section("3 Walls"), Some(1));
        assert_eq!(section("3.1. Doors"), Some(2));
        assert_eq!(section("A.2 Gates"), Some(2));
        assert_eq!(section("IV. Walls"), Some(1));
        assert_eq!(section("3 walls"), None);
        assert_eq!(section("A wall"), None);
    }

    #[test]
    fn footnotes_start_with_a_mark() {
        assert_eq!(note("12 See Lee"), Some(("12", "See Lee")));
        assert_eq!(note("12See Lee"), Some(("12", "See Lee")));
        assert_eq!(
            note("∗ An earlier version"),
            Some(("∗", "An earlier version"))
        );
        assert_eq!(note("1999 was"), None);
        assert_eq!(note("See Lee"), None);
        assert_eq!(note("12 34"), None);
    }

    #[test]
    fn captions_are_told_from_sentences() {
        assert!(
            is_caption("Figure 3: A wall")
                && is_caption("Table II. Walls")
                && is_caption("Fig. 1. A")
        );
        assert!(!is_caption("Figure 3 shows a wall") && !is_caption("Figure out"));
    }
}
