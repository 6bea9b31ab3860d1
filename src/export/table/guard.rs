//! Words that a spreadsheet must not take for a formula.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula (OWASP, “CSV injection”): also as full-width characters, which some take
/// for the same.
fn starts_formula(text: &str) -> bool {
    let start = text.trim_start_matches(' ');
    start.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\0',
    ])
}

/// Whether it is a plain number, which does no harm.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    !digits.is_empty() && digits.chars().all(plain) && digits.parse::<f64>().is_ok()
}

/// Text as it can be put into a cell of a spreadsheet: with an apostrophe before what would be taken for a formula, as a spreadsheet
/// itself writes text that looks like one. A plain number such as `-5` stays as it is.
///
/// A quote in a project can come from anywhere, and `=HYPERLINK(…)` or `=cmd|…` in an opened file does what its author wants.
/// [`unguarded`] takes the apostrophe off again, so that what is written can be read back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let inner = text.trim_start_matches('\'');
    let is_guarded = inner.len() < text.len() && starts_formula(inner);
    match (starts_formula(text) && !is_number(text)) || is_guarded {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text that [`guarded`] was given.
pub fn unguarded(cell: &str) -> &str {
    let inner = cell.trim_start_matches('\'');
    match cell.strip_prefix('\'') {
        Some(text) if starts_formula(inner) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_closed_and_numbers_are_not() {
        for formula in [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "  =1",
            "=cmd|' /C calc'!A0",
            "-",
            "- a dash begins this note",
        ] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for plain in ["", "a=b", "5", "-5", "+2.5", "'tis", "“=”", "1-2", "勢"] {
            assert_eq!(guarded(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_reads_back(text in "['= +@a5\t-]{0,6}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), &text);
        }

        #[test]
        fn nothing_guarded_is_a_formula(text in "['= +@a5\t-]{0,6}") {
            let cell = guarded(&text);
            prop_assert!(!starts_formula(&cell) || is_number(&cell), "{cell}");
        }
    }
}
