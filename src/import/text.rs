//! Plain text: wrapped lines joined, title and headings found.

use super::{Parsed, counted, guess, span, wrapped};
use crate::{
    model::{Heading, ReadingMeta, Structure},
    text::Span,
};

/// The longest a heading may be, in characters.
const HEADING: usize = 100;

/// Makes a reading of a cleaned text. The text stays as it is but for wrapped lines; what looks like its title and like numbered
/// headings is marked.
pub fn parse(name: &str, cleaned: &str) -> Parsed {
    let mut remarks = Vec::new();
    let text = match wrapped::join(cleaned) {
        Some(joined) => {
            remarks.push(joined_remark(&joined));
            joined.text
        }
        None => cleaned.to_owned(),
    };
    let lines = lines(&text);
    let (meta, title) = meta(name, &text, &lines, &mut remarks);
    let headings = headings(&lines, title);
    Parsed {
        meta,
        structure: Structure {
            headings,
            ..Structure::default()
        },
        remarks,
        text,
        ..Parsed::default()
    }
}

fn joined_remark(joined: &wrapped::Joined) -> String {
    let hyphens = match joined.hyphens {
        0 => String::new(),
        n => format!(
            ", without {}",
            counted(n, "hyphen at a line end", "hyphens at line ends")
        ),
    };
    format!(
        "The text was wrapped at a fixed width: joined {} lines into {}{hyphens}.",
        joined.lines,
        counted(joined.paragraphs, "paragraph", "paragraphs")
    )
}

/// A line with something on it.
struct Line<'a> {
    /// The whole line, as a heading's paragraph is.
    span: Span,
    /// The line without its indent.
    text: &'a str,
    /// Whether an empty line (or nothing) stands on either side.
    alone: bool,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out: Vec<Line> = Vec::new();
    let (mut start, mut gap) = (0, true);
    for line in text.split('\n') {
        if line.is_empty() {
            gap = true;
        } else {
            if !gap && let Some(last) = out.last_mut() {
                last.alone = false;
            }
            out.push(Line {
                span: span(start, start + line.len()),
                text: line.trim_start(),
                alone: gap,
            });
            gap = false;
        }
        start += line.len() + 1;
    }
    out
}

/// What can be told of the reading, and which line is its title.
pub(super) fn guess_meta(
    name: &str,
    text: &str,
    paragraphs: &[&str],
) -> (ReadingMeta, Option<usize>, bool) {
    let mut meta = guess::from_file_name(name);
    let guessed = !meta.authors.is_empty();
    let title = guess::title_index(paragraphs, &meta.title);
    if let Some(line) = title.and_then(|i| paragraphs.get(i)) {
        meta.title = line.trim_matches(['*', '_', '#', ' ']).to_owned();
    }
    let by_line = guess::by_line(paragraphs);
    match meta.authors.first() {
        None => meta.authors = by_line,
        Some(surname) => {
            let same = |a: &String| a.to_lowercase().starts_with(&surname.to_lowercase());
            if by_line.iter().any(same) {
                meta.authors = by_line;
            } else if let Some(full) = guess::full_name(surname, text) {
                meta.authors = vec![full];
            }
        }
    }
    (meta, title, guessed)
}

fn meta(
    name: &str,
    text: &str,
    lines: &[Line],
    remarks: &mut Vec<String>,
) -> (ReadingMeta, Option<usize>) {
    let first: Vec<&str> = lines.iter().take(12).map(|l| l.text).collect();
    let (meta, title, guessed) = guess_meta(name, text, &first);
    if guessed {
        remarks.push("Author and year are guessed from the file's name: check them.".to_owned());
    }
    (meta, title)
}

fn headings(lines: &[Line], title: Option<usize>) -> Vec<Heading> {
    let levels: Vec<Option<u8>> = (0..lines.len()).map(|i| level(lines, i)).collect();
    lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| {
            let level = if Some(i) == title { Some(1) } else { levels[i] };
            Some(Heading {
                span: line.span,
                level: level?,
            })
        })
        .collect()
}

/// The level of the heading that line `i` is: the parts of its number below the title, or 2 for a section every thesis has.
/// Items of a numbered list are told from headings by what follows: text or a deeper number, not their own next number.
fn level(lines: &[Line], i: usize) -> Option<u8> {
    let line = lines.get(i)?;
    let next = lines.get(i + 1)?;
    let running_on =
        line.text.ends_with(['.', ',', ';', ':', '…', '。']) || line.text.contains('\t');
    if !line.alone || running_on || line.text.chars().count() > HEADING {
        return None;
    }
    if guess::is_known_section(line.text) {
        return Some(2);
    }
    let depth = number_depth(line.text)?;
    let next_depth = if next.alone {
        number_depth(next.text)
    } else {
        None
    };
    let leads = next_depth.is_none_or(|d| d > depth);
    leads.then_some(depth.saturating_add(1))
}

/// How many parts the number before a heading has: 2 in `3.1 Borders`, 1 in `3. Borders` and `Chapter 3`.
fn number_depth(text: &str) -> Option<u8> {
    let lower = text.to_lowercase();
    let chapter = ["chapter ", "part "]
        .iter()
        .find_map(|w| lower.strip_prefix(w));
    if let Some(rest) = chapter {
        let number = rest.split([' ', ':', '.']).next().unwrap_or_default();
        let is_number = number
            .bytes()
            .all(|b| b.is_ascii_digit() || b"ivxl".contains(&b));
        return (!number.is_empty() && is_number).then_some(1);
    }
    let (number, rest) = text.split_once(' ')?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let is_part = |p: &&str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    let starts_well = rest
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    // A bare number (`30 Years of pipes`) is no heading's.
    let dotted = parts.len() > 1 || number.ends_with('.');
    (dotted && starts_well && parts.len() <= 5 && parts.iter().all(is_part))
        .then_some(parts.len() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<(u8, String)> {
        let parsed = parse("x.txt", text);
        let slice = |h: &Heading| (h.level, h.span.of(&parsed.text).to_owned());
        parsed.structure.headings.iter().map(slice).collect()
    }

    fn check(text: &str, expected: &[(u8, &str)]) {
        let expected: Vec<_> = expected.iter().map(|&(l, t)| (l, t.to_owned())).collect();
        assert_eq!(outline(text), expected);
    }

    #[test]
    fn the_title_is_marked_and_stays_in_the_text() {
        let parsed = parse(
            "x.txt",
            "Of doors and walls\nBy Ann Lee\n\nA wall is a promise.\n",
        );
        assert_eq!(parsed.meta.title, "Of doors and walls");
        assert_eq!(parsed.meta.authors, ["Lee, Ann"]);
        assert!(parsed.text.starts_with("Of doors and walls\nBy"));
        assert_eq!(parsed.structure.headings.len(), 1);
    }

    #[test]
    fn the_file_name_stands_in() {
        let parsed = parse(
            "lee-2012-doors.txt",
            "A wall is a promise, says Ann Lee.\n\nA door breaks it.\n",
        );
        assert_eq!(parsed.meta.title, "Doors");
        assert_eq!(parsed.meta.year, Some(2012));
        assert_eq!(parsed.meta.authors, ["Lee, Ann"]);
        assert_eq!(parsed.remarks.len(), 1);
    }

    #[test]
    fn numbered_headings_have_the_level_of_their_number() {
        check(
            "Of doors and walls\n\nSummary\n\nIt is short.\n\n1. Doors\n\n1.1 Open doors\n\nThey let in.\n\n2. Walls\n\nThey don't.\n",
            &[
                (1, "Of doors and walls"),
                (2, "Summary"),
                (2, "1. Doors"),
                (3, "1.1 Open doors"),
                (2, "2. Walls"),
            ],
        );
    }

    #[test]
    fn a_contents_list_and_numbered_items_are_no_headings() {
        check("It is so.\n\n1. Doors\t4\n2. Walls\t6\n\nText.\n", &[]);
        check(
            "It is so.\n\n1. Buy doors\n\n2. Sell walls\n\n3. Rest.\n\nText.\n",
            &[],
        );
        check(
            "It is so.\n\n30 Years of pipes\n\n1990. A year\n\nText.\n",
            &[],
        );
    }

    #[test]
    fn joined_lines_are_said() {
        let line = "words that fill a line of about sixty columns and no more of";
        let text = format!("{}\nit.\n", [line; 6].join("\n"));
        let parsed = parse("x.txt", &text);
        assert_eq!(parsed.text.lines().count(), 1);
        assert_eq!(
            parsed.remarks,
            ["The text was wrapped at a fixed width: joined 7 lines into 1 paragraph."]
        );
    }
}
