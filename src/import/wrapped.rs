//! Texts whose lines were broken at a fixed width, joined into paragraphs.
//!
//! A wrapping program breaks a line where the next word would not fit. So in a wrapped paragraph each line plus the first word
//! of the next is wider than the widest line; lines of verse, list items and one-line paragraphs end earlier at random,
//! and a few of them soon break the rule. A text is touched only when at least half of it lies in such paragraphs.

use std::collections::HashSet;

/// How wide the widest line of a wrapped paragraph may be, in columns.
const WIDTH: std::ops::RangeInclusive<usize> = 52..=100;

/// How much narrower than the widest a line may seem: two spaces after full stops, bytes counted for characters.
const SLACK: usize = 4;

/// A text with its wrapped paragraphs joined.
#[derive(Debug, PartialEq)]
pub struct Joined {
    /// The text.
    pub text: String,
    /// How many paragraphs were joined.
    pub paragraphs: usize,
    /// How many lines they had.
    pub lines: usize,
    /// How many hyphens at line ends were dropped because the whole word stands elsewhere in the text.
    pub hyphens: usize,
}

/// Joins the wrapped paragraphs of a cleaned text; `None` when the text is not wrapped. Joining again changes nothing: the
/// joined paragraphs are long lines, and texts that have many are left alone.
pub fn join(text: &str) -> Option<Joined> {
    let blocks: Vec<Vec<&str>> = text.split("\n\n").map(|b| b.lines().collect()).collect();
    let width = wrap_width(&blocks)?;
    let mut words = None;
    let mut out = Joined {
        text: String::with_capacity(text.len()),
        paragraphs: 0,
        lines: 0,
        hyphens: 0,
    };
    for (i, lines) in blocks.iter().enumerate() {
        if i > 0 {
            out.text.push_str("\n\n");
        }
        if fits(lines, width) {
            out.paragraphs += 1;
            out.lines += lines.len();
            let known = |word: &str| {
                words
                    .get_or_insert_with(|| vocabulary(text))
                    .contains(&word.to_lowercase())
            };
            out.hyphens += join_lines(lines, known, &mut out.text);
        } else {
            out.text.push_str(&lines.join("\n"));
        }
    }
    out.text.push('\n');
    Some(out)
}

/// Whether these source lines were broken by a program rather than by a person, whatever the rest of the text: what Markdown
/// asks of the lines of one paragraph. Lines that go on in lower case count as well.
pub fn is_wrapped(lines: &[&str]) -> bool {
    let goes_on = |line: &&str| line.trim_start().starts_with(|c: char| c.is_lowercase());
    let widest = lines.iter().map(|l| columns(l)).max().unwrap_or_default();
    (40..=120).contains(&widest)
        && (lines.iter().skip(1).all(goes_on)
            || is_greedy(lines, widest.saturating_sub(SLACK), columns))
}

/// Writes lines as one, with a space between them where the script has spaces. Returns how many hyphens were dropped.
fn join_lines(lines: &[&str], mut known: impl FnMut(&str) -> bool, out: &mut String) -> usize {
    let mut hyphens = 0;
    for (i, line) in lines.iter().enumerate() {
        // The first line keeps its indent: the text is changed no more than needed.
        let line = if i == 0 { line } else { line.trim_start() };
        if i > 0 {
            match seam(out, line) {
                Seam::Space => out.push(' '),
                Seam::None => {}
                Seam::Hyphen(word) if known(&word) => {
                    out.pop();
                    hyphens += 1;
                }
                Seam::Hyphen(_) => {}
            }
        }
        out.push_str(line);
    }
    hyphens
}

/// What stands between two joined lines.
#[derive(Debug, PartialEq)]
pub enum Seam {
    /// A space.
    Space,
    /// Nothing: Chinese and Japanese.
    None,
    /// A hyphen stands there already; this would be the word without it.
    Hyphen(String),
}

/// How `before` and `after` are joined when they were one line.
pub fn seam(before: &str, after: &str) -> Seam {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return Seam::None;
    };
    if is_wide(last) && is_wide(first) {
        return Seam::None;
    }
    let is_letter = |c: char| c.is_alphabetic();
    let Some(head) = before.strip_suffix(['-', '\u{2010}']) else {
        return Seam::Space;
    };
    if !first.is_lowercase() || !head.ends_with(is_letter) {
        return Seam::Space;
    }
    let head = head.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
    let tail = after.split(|c| !is_letter(c)).next().unwrap_or_default();
    Seam::Hyphen(format!("{head}{tail}"))
}

fn vocabulary(text: &str) -> HashSet<String> {
    text.lines()
        .flat_map(|line| {
            // The pieces beside a hyphen at a line's end are no words of the text.
            let line = line.trim_end_matches(|c: char| c != '-' && !c.is_alphanumeric());
            let whole = match line.strip_suffix('-') {
                Some(cut) => cut.trim_end_matches(char::is_alphabetic),
                None => line,
            };
            whole.split(|c: char| !c.is_alphabetic())
        })
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The width at which the text was wrapped, or `None` when it was not: the middle of the widths of its long wrapped paragraphs.
///
/// A text counts when those paragraphs, each longer than any single line may be, hold half of its characters, and lines
/// too long for wrapping hold less than a quarter. After joining the first half has become such lines, hence "joining again
/// changes nothing".
fn wrap_width(blocks: &[Vec<&str>]) -> Option<usize> {
    let all_ink = |lines: &Vec<&str>| lines.iter().map(|l| ink(l)).sum::<usize>();
    let is_long = |lines: &&Vec<&str>| all_ink(lines) > *WIDTH.end();
    let total: usize = blocks.iter().map(all_ink).sum();
    let single = blocks.iter().flatten();
    let long: usize = single
        .filter(|l| columns(l) > *WIDTH.end())
        .map(|l| ink(l))
        .sum();
    if long * 4 >= total {
        return None;
    }
    let long_blocks = blocks.iter().filter(is_long);
    let mut widths: Vec<usize> = long_blocks.filter_map(|b| candidate(b)).collect();
    widths.sort_unstable();
    let width = widths.get(widths.len() / 2).copied()?;
    let wrapped: usize = blocks
        .iter()
        .filter(is_long)
        .filter(|b| fits(b, width))
        .map(all_ink)
        .sum();
    (wrapped * 2 >= total).then_some(width)
}

/// The widest line of a block that looks wrapped by itself, in columns or, as many programs count, in characters.
fn candidate(lines: &[&str]) -> Option<usize> {
    (!is_one_line_a_paragraph(lines)).then(|| widest_if_greedy(lines))?
}

fn widest_if_greedy(lines: &[&str]) -> Option<usize> {
    if lines.len() < 2 || !is_plain(lines) {
        return None;
    }
    MEASURES.into_iter().find_map(|measure| {
        let widest = lines.iter().map(|l| measure(l)).max()?;
        let greedy = is_greedy(lines, widest.saturating_sub(SLACK), measure);
        (WIDTH.contains(&widest) && greedy).then_some(widest)
    })
}

/// Whether a block is joined in a text wrapped at `width`. A block of just that width is, however its lines begin and end.
fn fits(lines: &[&str], width: usize) -> bool {
    let full = width.saturating_sub(SLACK);
    match candidate(lines) {
        Some(widest) => {
            let fills = || {
                MEASURES
                    .into_iter()
                    .any(|measure| is_greedy(lines, full, measure))
            };
            widest.abs_diff(width) <= width / 5 && (lines.len() > 2 || fills())
        }
        None => widest_if_greedy(lines).is_some_and(|widest| widest.abs_diff(width) <= SLACK),
    }
}

/// How wide a line is.
type Measure = fn(&str) -> usize;

const MEASURES: [Measure; 2] = [columns, |line| line.trim_end().chars().count()];

/// Whether each line is so full that the next line's first word would have made it wider than `full`.
fn is_greedy(lines: &[&str], full: usize, measure: Measure) -> bool {
    lines
        .windows(2)
        .all(|pair| measure(pair[0]) + 1 + measure(first_word(pair[1])) > full)
}

/// The first word of a line; in Chinese, the first character.
fn first_word(line: &str) -> &str {
    let line = line.trim_start();
    let end = match line.chars().next() {
        Some(c) if is_wide(c) => c.len_utf8(),
        _ => line.find(char::is_whitespace).unwrap_or(line.len()),
    };
    line.get(..end).unwrap_or_default()
}

/// No list, quotation or table among the lines, and no line after the first indented unlike the others.
fn is_plain(lines: &[&str]) -> bool {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let mut indents = lines.iter().skip(1).map(indent);
    let first = indents.next();
    indents.all(|i| Some(i) == first)
        && !lines.iter().any(|line| line.trim().contains('\t') || line.trim().contains("   "))
        && lines.iter().filter(|line| line.contains('|')).count() < 2
        // One line of prose may happen to start with a dash or a year.
        && !lines.first().is_some_and(|line| is_item(line.trim()))
        && lines.iter().filter(|line| is_item(line.trim())).count() < 2
}

/// Whether a line starts like a list item or quotation.
pub fn is_item(line: &str) -> bool {
    let bulleted = line.starts_with(['•', '·', '‣', '–', '—', '*', '-', '+', '>', '#'])
        && line.chars().nth(1).is_none_or(char::is_whitespace);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits)
        && line
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    let lettered = line.starts_with('(') && line.chars().take(6).any(|c| c == ')');
    bulleted || numbered || lettered
}

/// Three or more lines that each start with a capital, or nearly all end a sentence: verse, addresses, one line a paragraph.
fn is_one_line_a_paragraph(lines: &[&str]) -> bool {
    let starts_new = |l: &&str| {
        let letter = l.chars().find(|c| c.is_alphabetic());
        letter.is_some_and(char::is_uppercase)
    };
    let ends = |l: &&&str| l.ends_with(['.', '!', '?', '”', '"', '。', '；', ';']);
    lines.len() > 2
        && (lines.iter().all(starts_new)
            || lines.iter().filter(ends).count() * 5 >= lines.len() * 4)
}

/// The columns a line takes in a fixed-width font, without white space at its end.
fn columns(line: &str) -> usize {
    line.trim_end()
        .chars()
        .map(|c| if is_wide(c) { 2 } else { 1 })
        .sum()
}

/// The columns of what is not white space: what joining leaves as it is.
fn ink(line: &str) -> usize {
    line.split_whitespace().map(columns).sum()
}

/// Characters two columns wide, between which no space belongs.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "\
An ally promises to come when it is called, and the promise is worth as
much as the caller believes it to be. States that know this write their
treaties with care, leave a door ajar, and tell each capital a slightly
different story about what the paper means when the guns begin to speak
across the border.

The other side reads the same paper and finds another door. That is how
a pact that was meant to calm a frontier may come to unsettle it, for a
decade or longer, until somebody writes a new one.
";

    fn unchanged(text: &str) {
        assert_eq!(join(text), None, "{text}");
    }

    #[test]
    fn wrapped_prose_becomes_paragraphs() {
        let joined = join(PROSE).unwrap();
        assert_eq!(joined.text.lines().count(), 3);
        assert!(joined.text.contains("worth as much as"));
        assert_eq!((joined.paragraphs, joined.lines), (2, 8));
        assert_eq!(join(&joined.text), None);
    }

    #[test]
    fn headings_and_lists_in_wrapped_prose_stay() {
        let list = "1. Fear of being left alone in a quarrel\n2. Fear of being drawn into one\n";
        let text = format!("A heading\n\n{PROSE}\n{list}\nBy the author\nSomewhere, 1990\n");
        let joined = join(&text).unwrap().text;
        assert!(joined.starts_with("A heading\n\nAn ally"));
        assert!(joined.contains(list), "{joined}");
        assert!(joined.ends_with("By the author\nSomewhere, 1990\n"));
    }

    #[test]
    fn verse_stays() {
        unchanged(
            "The neighbour's wall is high and old,\nThe neighbour's gate is low;\nWe lend him coin, he lends us cold,\n\
             And neither tells us so.\n\nThe river moves between the two\nAnd carries off the clay;\n\
             What either swore, the other knew\nWould wash itself away.\n",
        );
        unchanged(
            "I sing of the long frontier and of the trains that cross it in the night,\n\
             Of the wagons of coal and the wagons of grain,\n\
             Of the men who count them and are counted, and of the ledgers in which nothing is lost,\n\
             Of the river that belongs to neither bank though each has written its name upon it.\n",
        );
    }

    #[test]
    fn lists_stay() {
        unchanged(
            "- the price of gas, which nobody would publish at the time of signing\n\
             - the length of the pipe, which everybody published many times over\n\
             - the year in which it would be full, on which nobody agreed at all\n",
        );
    }

    #[test]
    fn one_line_a_paragraph_stays() {
        unchanged(
            "The treaty of that year named no enemy and so could be read by all.\n\
             It was read by all.\n\
             The second treaty named one, and the reading of it became a trade of its own.\n\
             Nobody wrote a third.\n",
        );
        unchanged(&format!(
            "{}\n\n{}\n",
            "A long paragraph. ".repeat(30).trim(),
            "Another one. ".repeat(30).trim()
        ));
    }

    #[test]
    fn tables_and_addresses_stay() {
        unchanged("Year    Barrels    Price\n1990    1,000      20\n2000    2,000      30\n");
        unchanged(
            "The Ministry of Roads, Bridges, Ferries and Small Harbours\nThe Second Floor\nA Town\n",
        );
    }

    #[test]
    fn a_text_of_mostly_long_lines_is_not_wrapped() {
        unchanged(&format!(
            "{}\n\n{PROSE}",
            "A long paragraph of one line. ".repeat(60).trim()
        ));
    }

    #[test]
    fn hyphens_go_where_the_word_is_known() {
        let text = "\
A pact binds; a partnership is looser. Nobody who has signed one of the part-
nership papers would call it a pact, and yet the long-
";
        let mut out = String::new();
        let lines: Vec<&str> = text
            .lines()
            .chain(["term habit of it does bind."])
            .collect();
        let words = vocabulary(text);
        let dropped = join_lines(&lines, |w| words.contains(w), &mut out);
        assert_eq!(dropped, 1);
        assert!(out.contains("partnership papers"), "{out}");
        assert!(out.contains("long-term habit"), "{out}");
    }

    #[test]
    fn chinese_lines_are_joined_without_spaces() {
        let line = "国际格局正在发生深刻的变化而大国之间的关系也在不断地调整之中";
        let text = format!("{line}\n{line}\n{line}\n{line}结束。\n\n{line}\n{line}\n{line}\n");
        assert!(!join(&text).unwrap().text.contains(' '));
    }
}
