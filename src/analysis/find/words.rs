//! Where words start and end in a folded text.

use super::fold::is_mark;

/// What English puts behind an apostrophe that is no word of its own.
const CONTRACTIONS: [&str; 7] = ["s", "t", "re", "ve", "ll", "d", "m"];

/// Whether a word may start at `at` (bytes).
pub(super) fn is_start(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let (Some(prev), Some(next)) = (before.next(), text[at..].chars().next()) else {
        return true;
    };
    if is_wordy(prev) && is_wordy(next) {
        return stands_alone(prev) || stands_alone(next);
    }
    let earlier = before.next().unwrap_or(' ');
    match prev {
        '.' | ',' => !(earlier.is_numeric() && next.is_numeric()),
        '\'' if earlier.is_alphabetic() => !CONTRACTIONS.contains(&word(&text[at..])),
        _ => true,
    }
}

/// Whether a word may end at `at` (bytes).
pub(super) fn is_end(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    let (Some(prev), Some(next)) = (text[..at].chars().next_back(), after.next()) else {
        return true;
    };
    if is_wordy(prev) && is_wordy(next) {
        let note = prev.is_alphabetic() && next.is_numeric();
        return note || !is_mark(next) && (stands_alone(prev) || stands_alone(next));
    }
    match next {
        '.' | ',' => !(prev.is_numeric() && after.next().is_some_and(char::is_numeric)),
        '\'' if prev.is_alphabetic() => word(after.as_str()) != "t",
        _ => true,
    }
}

/// The end of the word that goes on at `at` (bytes).
pub(super) fn end(text: &str, at: usize) -> usize {
    let mut end = at;
    while !is_end(text, end) {
        end += text[end..].chars().next().map_or(1, char::len_utf8);
    }
    end
}

/// The letters and digits at the start.
fn word(text: &str) -> &str {
    let end = text.find(|c| !is_wordy(c)).unwrap_or(text.len());
    &text[..end]
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Whether words are not parted by spaces in the script of `c`: Han, kana, and the scripts of Thailand, Laos, Burma and
/// Cambodia.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}
