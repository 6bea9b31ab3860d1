//! Columns for terminals.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::Cell;
use crate::text::grouped;

/// How a cell is shown.
pub(super) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => one_line(text),
        Cell::Count(n) => grouped(*n as usize),
        Cell::Number(number, decimals) => format!("{number:.decimals$}"),
        other => other.plain(),
    }
}

/// Text without tabs, line breaks and other control characters: runs of them become a space.
pub(in crate::export) fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(is_break) {
        return text.to_owned();
    }
    let parts = text.split(is_break).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// Text without the control characters that XML can't hold; line ends are LF.
pub(in crate::export) fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    match text.contains(is_bad) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.chars().filter(|c| !is_bad(*c)).collect()),
    }
}

/// Rows set in columns, two spaces apart; `right` says which columns are numbers. The last column is not filled up.
pub fn columns(header: &[String], right: &[bool], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..header.len())
        .map(|i| {
            let cells = rows.iter().map(Vec::as_slice).chain([header]);
            let cells = cells.filter_map(|row| row.get(i));
            cells.map(|c| wide(c)).max().unwrap_or_default()
        })
        .collect();
    let mut out = String::new();
    for row in [header].into_iter().chain(rows.iter().map(Vec::as_slice)) {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            let room = widths.get(i).map_or(0, |w| w - wide(cell).min(*w));
            let fill = " ".repeat(room);
            match right.get(i) {
                Some(true) => line.extend([fill.as_str(), cell]),
                _ => line.extend([cell, fill.as_str()]),
            }
            line.push_str("  ");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// How wide text is in a terminal, in columns: Chinese characters take two.
pub fn wide(text: &str) -> usize {
    let is_wide = |g: &str| {
        g.chars().next().is_some_and(|c| matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}'))
    };
    text.graphemes(true)
        .map(|g| if is_wide(g) { 2 } else { 1 })
        .sum()
}
