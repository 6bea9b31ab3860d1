//! Words that a spreadsheet must not take for a formula.

use std::borrow::Cow;

/// Whether a spreadsheet may take the text for a formula (OWASP, “CSV injection”): also when white space or what can't be seen stands
/// before it, and as full-width characters, which some take for the same.
fn starts_formula(text: &str) -> bool {
    let is_hidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    };
    let start = text.trim_start_matches(is_hidden);
    start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Where a cell may be cut in two by a program that takes other characters for the ends of cells: Excel does so wherever lists
/// are written with semicolons.
const ENDS: [char; 4] = [';', '\t', '\r', '\n'];

/// Whether it is a plain number, which does no harm.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    !digits.is_empty() && digits.chars().all(plain) && digits.parse::<f64>().is_ok()
}

/// Text as it can be put into a cell of a spreadsheet: with an apostrophe before what would be taken for a formula, as a spreadsheet
/// itself writes text that looks like one. That is also so within a cell after a semicolon, a tab or a line break, where a program
/// that reads the file otherwise may begin a new cell. A plain number such as `-5` stays as it is. A cell that begins with a control
/// character gets an apostrophe, too.
///
/// A quote in a project can come from anywhere, and `=HYPERLINK(…)` or `=cmd|…` in an opened file does what its author wants.
/// [`unguarded`] takes the apostrophes off again, so that what is written can be read back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let needs = text.contains(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\'', '\0', '\t', '\r', '\n']);
    if !needs {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 1);
    out.push_str(if starts_with_control(text) { "'" } else { "" });
    for part in text.split_inclusive(ENDS) {
        out.push_str(if is_guardable(part) { "'" } else { "" });
        out.push_str(part);
    }
    match out.len() == text.len() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}

/// Whether a part of a cell gets an apostrophe: because it is taken for a formula, or because it looks as if it had one already.
fn is_guardable(part: &str) -> bool {
    let inner = part.trim_start_matches('\'');
    let is_plain = inner.len() == part.len() && is_number(inner.trim_end_matches(ENDS));
    starts_formula(inner) && !is_plain
}

/// Whether a control character stands at the start of a cell, or after apostrophes there.
fn starts_with_control(text: &str) -> bool {
    let inner = text.trim_start_matches('\'');
    inner.starts_with(['\0', '\t', '\r', '\n'])
}

/// The text that [`guarded`] was given.
pub fn unguarded(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let rest = match starts_with_control(cell) {
        true => cell.strip_prefix('\'').unwrap_or(cell),
        false => cell,
    };
    let mut out = String::with_capacity(cell.len());
    for part in rest.split_inclusive(ENDS) {
        let inner = part.trim_start_matches('\'');
        let stripped = part.strip_prefix('\'').filter(|_| starts_formula(inner));
        out.push_str(stripped.unwrap_or(part));
    }
    match out.len() == cell.len() {
        true => Cow::Borrowed(cell),
        false => Cow::Owned(out),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a spreadsheet may make cells of, in the worst case.
    fn parts(cell: &str) -> impl Iterator<Item = &str> {
        cell.split(ENDS)
    }

    #[test]
    fn formulas_are_closed_and_numbers_are_not() {
        for formula in [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "＝1",
            "  =1",
            "\u{3000}=1",
            "\u{A0}@SUM(A1)",
            "\u{FEFF}=1",
            "\u{200B}=1",
            "\u{B}=1",
            "=cmd|' /C calc'!A0",
            "-",
            "- a dash begins this note",
            "-1 ",
        ] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for plain in [
            "", "a=b", "5", "-5", "+2.5", "'tis", "“=”", "1-2", "勢", "2019;-5", "a; b - c",
        ] {
            assert_eq!(guarded(plain), plain);
        }
    }

    #[test]
    fn what_may_begin_a_cell_is_closed_within_one() {
        assert_eq!(guarded("\t=1"), "'\t'=1");
        assert_eq!(guarded("\tplain"), "'\tplain");
        assert_eq!(guarded("see; =1\n@x"), "see;' =1\n'@x");
        assert_eq!(guarded("- one\n- two"), "'- one\n'- two");
        assert_eq!(unguarded("'- one\n'- two"), "- one\n- two");
    }

    proptest! {
        #[test]
        fn what_was_guarded_reads_back(text in "['= +@a5;\u{3000}\n\t\r\0-]{0,9}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }

        #[test]
        fn nothing_guarded_is_a_formula(text in "['= +@a5;\u{3000}\n\t\r\0-]{0,9}") {
            let cell = guarded(&text);
            for part in parts(&cell) {
                prop_assert!(!starts_formula(part) || is_number(part), "{cell:?}");
            }
            prop_assert!(!cell.starts_with(['\0', '\t', '\r', '\n']));
        }
    }
}
