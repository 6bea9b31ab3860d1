//! Running heads, running feet and page numbers: told by standing at the same height on several pages, and saying the same but
//! for a number that counts the pages.

use std::collections::HashMap;

use super::{PageText, lines::Line};
use crate::import::office::numerals;

/// How many rows from the top and bottom can be such.
const DEPTH: usize = 3;
/// How far apart rows of different pages may be to stand at the same height, in parts of the page's height.
const SAME: f64 = 0.012;
/// Page numbers are believed when this many pages near by count on alike.
const WITNESSES: usize = 2;
/// How near, in pages.
const NEAR: usize = 8;

/// A row at the top or bottom of a page.
#[derive(Debug)]
struct Edge {
    page: usize,
    /// Whether it is at the top, and how many rows are outside it.
    top: bool,
    depth: usize,
    /// Where it stands, in parts of the page's height.
    height: f64,
    /// Where its lines are: part and line.
    lines: Vec<(usize, usize)>,
    /// What it says, with `#` for numbers.
    says: String,
    numbers: Vec<Number>,
    /// Whether it stands well apart from the row further in.
    apart: bool,
}

/// A number as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    value: i64,
    roman: bool,
    label: String,
}

/// Takes running heads and feet out of the pages. Gives the printed number of each page where the numbers count on.
pub(super) fn take_out(pages: &mut [PageText]) -> Vec<Option<String>> {
    let edges: Vec<Edge> = pages
        .iter()
        .enumerate()
        .flat_map(|(i, p)| edges(i, p))
        .collect();
    let counts = counts(&edges, pages.len());
    let mut same: HashMap<(bool, &str), Vec<(usize, f64)>> = HashMap::new();
    for edge in &edges {
        same.entry((edge.top, edge.says.as_str()))
            .or_default()
            .push((edge.page, edge.height));
    }
    let mut sure: Vec<bool> = edges
        .iter()
        .map(|e| is_sure(e, &same, &counts, pages.len()))
        .collect();
    // Heads that name their chapter are told by where the others stand.
    let mut heights: HashMap<(bool, i64), usize> = HashMap::new();
    let step = |height: f64| (height / SAME).round() as i64;
    for (edge, _) in edges.iter().zip(&sure).filter(|(_, sure)| **sure) {
        *heights.entry((edge.top, step(edge.height))).or_default() += 1;
    }
    for (edge, sure) in edges.iter().zip(&mut sure) {
        let usual = (-1..=1)
            .filter_map(|by| heights.get(&(edge.top, step(edge.height) + by)))
            .sum::<usize>();
        *sure |= edge.apart && usual >= 3 && usual * 3 >= pages.len();
    }
    let mut out: Vec<Vec<(usize, usize)>> = vec![Vec::new(); pages.len()];
    let mut reached: HashMap<(usize, bool), usize> = HashMap::new();
    for (edge, _) in edges.iter().zip(&sure).filter(|(_, sure)| **sure) {
        // What is outside a running head is one, or is let be.
        let next = reached.entry((edge.page, edge.top)).or_default();
        if edge.depth <= *next {
            *next = edge.depth + 1;
            out[edge.page].extend(&edge.lines);
        }
    }
    for (page, out) in pages.iter_mut().zip(out) {
        for (p, part) in page.parts.iter_mut().enumerate() {
            let mut i = 0;
            part.retain(|_| {
                i += 1;
                !out.contains(&(p, i - 1))
            });
        }
    }
    labels(counts, pages.len())
}

fn edges(index: usize, page: &PageText) -> Vec<Edge> {
    let mut all: Vec<(usize, usize, &Line)> = Vec::new();
    for (p, part) in page.parts.iter().enumerate() {
        all.extend(part.iter().enumerate().map(|(l, line)| (p, l, line)));
    }
    all.sort_by(|a, b| a.2.base.total_cmp(&b.2.base));
    let mut rows: Vec<Vec<(usize, usize, &Line)>> = Vec::new();
    for item in all {
        match rows.last_mut().map(|row| (row[0].2, row)) {
            Some((first, row)) if item.2.base - first.base < first.size * 0.4 => row.push(item),
            _ => rows.push(vec![item]),
        }
    }
    let count = rows.len();
    let edge = |i: usize, top: bool| {
        let mut row = rows[i].clone();
        row.sort_by(|a, b| a.2.x0.total_cmp(&b.2.x0));
        let texts: Vec<&str> = row.iter().map(|r| r.2.text.as_str()).collect();
        let (base, size) = (row[0].2.base, row[0].2.size);
        let inner = if top {
            rows.get(i + 1)
        } else {
            i.checked_sub(1).and_then(|i| rows.get(i))
        };
        let apart = inner
            .is_none_or(|inner| (inner[0].2.base - base).abs() > size.max(inner[0].2.size) * 1.55);
        Edge {
            page: index,
            top,
            depth: if top { i } else { count - 1 - i },
            height: base / page.height.max(1.0),
            lines: row.iter().map(|r| (r.0, r.1)).collect(),
            says: masked(&texts.join(" ")),
            numbers: texts.iter().flat_map(|t| numbers(t)).collect(),
            apart,
        }
    };
    let depth = DEPTH.min(count);
    (0..depth)
        .map(|i| edge(i, true))
        .chain((count - depth..count).rev().map(|i| edge(i, false)))
        .collect()
}

/// A row's words with `#` for its numbers, so that rows of different pages can be compared.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if roman(word).is_some() {
            out.push('#');
        } else {
            for c in word.chars() {
                match c {
                    c if c.is_ascii_digit() && out.ends_with('#') => {}
                    c if c.is_ascii_digit() => out.push('#'),
                    c => out.extend(c.to_lowercase()),
                }
            }
        }
        out.push(' ');
    }
    out.truncate(out.trim_end().len());
    out
}

/// The numbers at a row's start and end that can be its page's.
fn numbers(text: &str) -> Vec<Number> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = words.iter().take(2).chain(words.iter().rev().take(3));
    let found = ends.filter_map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let arabic = bare.len() <= 5 && bare.bytes().all(|b| b.is_ascii_digit());
        let value = if arabic {
            bare.parse().ok()
        } else {
            roman(bare)
        };
        value.map(|value| Number {
            value,
            roman: !arabic,
            label: bare.to_owned(),
        })
    });
    let mut out: Vec<Number> = found.collect();
    out.dedup();
    out
}

/// A number written in small Roman figures, up to 89.
fn roman(word: &str) -> Option<i64> {
    let digit = |b: u8| {
        Some(match b {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            b'l' => 50,
            _ => return None,
        })
    };
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let digits: Vec<i64> = word.bytes().map(digit).collect::<Option<_>>()?;
    let signed = digits
        .iter()
        .enumerate()
        .map(|(i, d)| if digits.get(i + 1) > Some(d) { -d } else { *d });
    let value = signed.sum();
    (written(value) == word).then_some(value)
}

/// A number in small Roman figures, in others where there are none for it.
pub(super) fn written(value: i64) -> String {
    let figures = u32::try_from(value).ok().and_then(numerals::roman);
    figures.map_or_else(|| value.to_string(), |f| f.to_lowercase())
}

/// For each page the number it bears, where pages near by count on alike.
fn counts(edges: &[Edge], pages: usize) -> Vec<Option<Number>> {
    // By how far a number is ahead of its page's place.
    let mut witnesses: HashMap<(bool, i64), Vec<usize>> = HashMap::new();
    for edge in edges {
        for number in &edge.numbers {
            let pages = witnesses
                .entry((number.roman, number.value - edge.page as i64))
                .or_default();
            if pages.last() != Some(&edge.page) {
                pages.push(edge.page);
            }
        }
    }
    let needed = WITNESSES.min(pages.saturating_sub(1)).max(1);
    let mut best: Vec<Option<(usize, Number)>> = vec![None; pages];
    for edge in edges {
        for number in &edge.numbers {
            let pages = &witnesses[&(number.roman, number.value - edge.page as i64)];
            let from = pages.partition_point(|p| *p + NEAR < edge.page);
            let near = pages[from..]
                .iter()
                .take_while(|p| **p <= edge.page + NEAR)
                .count()
                - 1;
            let slot = &mut best[edge.page];
            if near >= needed && slot.as_ref().is_none_or(|(n, _)| near > *n) {
                *slot = Some((near, number.clone()));
            }
        }
    }
    best.into_iter()
        .map(|b| b.map(|(_, number)| number))
        .collect()
}

fn is_sure(
    edge: &Edge,
    same: &HashMap<(bool, &str), Vec<(usize, f64)>>,
    counts: &[Option<Number>],
    pages: usize,
) -> bool {
    let others = same[&(edge.top, edge.says.as_str())]
        .iter()
        .filter(|(page, height)| *page != edge.page && (height - edge.height).abs() < SAME)
        .take(2)
        .count();
    let bears = counts[edge.page]
        .as_ref()
        .is_some_and(|n| edge.numbers.contains(n));
    let outer = if edge.top {
        edge.height < 0.16
    } else {
        edge.height > 0.84
    };
    let letters = edge.says.chars().filter(|c| c.is_alphabetic()).count();
    match () {
        // A page number alone.
        () if letters <= 6 && bears && (outer || others >= 2) => true,
        () if bears && outer && (edge.apart || others >= 1) => true,
        () if letters == 0 && pages <= 2 => {
            edge.depth == 0 && outer && edge.apart && edge.numbers.len() == 1
        }
        () if letters == 0 => others >= 2 && outer && edge.apart,
        () if letters < 3 => false,
        () if pages <= 3 => others >= 1 && outer && edge.apart,
        () => others >= 2 && (outer || edge.apart),
    }
}

/// The pages' printed numbers; those that bear none between such that do count on with them.
fn labels(counts: Vec<Option<Number>>, pages: usize) -> Vec<Option<String>> {
    let known = counts.iter().filter(|c| c.is_some()).count();
    if known * 2 < pages {
        return vec![None; pages];
    }
    let label = |number: &Number, by: i64| {
        let value = number.value + by;
        (value > 0).then(|| match (by, number.roman) {
            (0, _) => number.label.clone(),
            (_, true) => written(value),
            (_, false) => value.to_string(),
        })
    };
    (0..pages)
        .map(|page| {
            let before = counts[..=page].iter().rposition(Option::is_some);
            let after = counts[page..]
                .iter()
                .position(Option::is_some)
                .map(|i| i + page);
            let from = match (before, after) {
                (Some(b), Some(a)) if page - b > a - page => a,
                (Some(b), _) => b,
                (None, Some(a)) => a,
                (None, None) => return None,
            };
            let number = counts[from].as_ref()?;
            label(number, page as i64 - from as i64)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_figures_are_read() {
        for value in 1..=89 {
            let text = written(value);
            let read = roman(&text);
            assert!(read == Some(value) || text.len() > 8, "{text}");
        }
        assert_eq!(roman("ill"), None);
        assert_eq!(roman("iix"), None);
        assert_eq!(roman(""), None);
    }

    #[test]
    fn rows_are_compared_without_their_numbers() {
        assert_eq!(masked("The Wall | 117"), "the wall | #");
        assert_eq!(masked("xiv  The Wall"), "# the wall");
    }
}
