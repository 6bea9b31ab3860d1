//! Keyword in context.

use unicode_segmentation::UnicodeSegmentation;

use super::words::stands_alone;
use crate::text::{Span, fold_space};

/// A hit with what stands around it on one line, white space folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What stands before, at most so many characters, cut at a word. Ends in a space when the hit starts a word.
    pub before: String,
    /// The hit; its first and last characters with “…” between when it is very long.
    pub hit: String,
    /// What stands after. Starts with a space when the hit ends a word.
    pub after: String,
}

/// How many characters of a hit are shown at most.
const SHOWN: usize = 300;

/// More bytes than most characters have; what is looked at of a long paragraph is so many bytes a character.
const BYTES: usize = 16;

/// Keyword in context: `hit` in `text` with at most `width` characters (as people count them) either side, not across
/// paragraphs, without words that are cut. Between Chinese characters and the like every place is good for a cut; a word longer than `width` is cut
/// anywhere. Costs what it shows, however long the paragraph is. Empty for a span that does not fit.
pub fn line(text: &str, hit: Span, width: usize) -> Line {
    let (start, end) = (hit.start as usize, hit.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return Line::default();
    };
    Line {
        before: ending(before, width),
        hit: middle(hit.of(text)),
        after: beginning(after, width),
    }
}

/// The last characters of the last paragraph of `text`.
fn ending(text: &str, width: usize) -> String {
    let near = &text[text.floor_char_boundary(text.len().saturating_sub(reach(width)))..];
    let paragraph = near.rsplit('\n').next().unwrap_or_default();
    let is_whole = paragraph.len() < near.len() || near.len() == text.len();
    let folded = one_line(paragraph);
    let folded = folded.trim_start();
    let shown: Vec<&str> = folded.graphemes(true).rev().take(width + 1).collect();
    let cut = match shown.len() > width || !is_whole {
        true => cut(shown.iter().copied(), width),
        false => shown.len(),
    };
    shown[..cut]
        .iter()
        .rev()
        .copied()
        .collect::<String>()
        .trim_start()
        .to_owned()
}

/// The first characters of the first paragraph of `text`.
fn beginning(text: &str, width: usize) -> String {
    let near = &text[..text.floor_char_boundary(reach(width))];
    let paragraph = near.split('\n').next().unwrap_or_default();
    let is_whole = paragraph.len() < near.len() || near.len() == text.len();
    let folded = one_line(paragraph);
    let folded = folded.trim_end();
    let shown: Vec<&str> = folded.graphemes(true).take(width + 1).collect();
    let cut = match shown.len() > width || !is_whole {
        true => cut(shown.iter().copied(), width),
        false => shown.len(),
    };
    shown[..cut].concat().trim_end().to_owned()
}

fn reach(width: usize) -> usize {
    width.saturating_add(8).saturating_mul(BYTES)
}

/// How many of the characters to keep, at most `width`, so that no word is cut.
fn cut<'a>(shown: impl Iterator<Item = &'a str>, width: usize) -> usize {
    let shown: Vec<&str> = shown.collect();
    let most = width.min(shown.len());
    let first = |i: usize| shown.get(i).and_then(|g| g.chars().next());
    let is_good = |i: &usize| {
        let (Some(inner), Some(outer)) = (first(*i - 1), first(*i)) else {
            return false;
        };
        let free = |c: char| c.is_whitespace() || stands_alone(c);
        free(inner) || free(outer)
    };
    (1..=most).rev().find(is_good).unwrap_or(most)
}

/// White space as single spaces, also at the ends.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

/// A hit on one line, without its middle when it is very long.
fn middle(hit: &str) -> String {
    if hit.len() <= SHOWN {
        return fold_space(hit);
    }
    let near = reach(SHOWN).min(hit.len());
    let head: Vec<&str> = hit[..hit.floor_char_boundary(near)]
        .graphemes(true)
        .take(SHOWN + 1)
        .collect();
    if head.len() <= SHOWN && near == hit.len() {
        return fold_space(hit);
    }
    let tail = &hit[hit.floor_char_boundary(hit.len() - near)..];
    let tail: Vec<&str> = tail.graphemes(true).rev().take(SHOWN / 3).collect();
    let head = head[..head.len().min(SHOWN - SHOWN / 3)].concat();
    let tail: String = tail.into_iter().rev().collect();
    fold_space(&format!("{head} … {tail}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, hit: &str, width: usize) -> String {
        let at = text.find(hit).unwrap() as u32;
        let line = line(text, Span::new(at, at + hit.len() as u32), width);
        format!("{}[{}]{}", line.before, line.hit, line.after)
    }

    #[test]
    fn words_at_the_ends_are_whole() {
        let text = "Heading\n\nAn ally can be\tdragged   into a war that is not its own.\nNext.";
        assert_eq!(
            shown(text, "dragged", 12),
            "ally can be [dragged] into a war"
        );
        assert_eq!(shown(text, "dragged", 11), "can be [dragged] into a war");
        assert_eq!(shown(text, "dragged", 10), "can be [dragged] into a");
        assert_eq!(shown(text, "dragged", 0), "[dragged]");
        assert_eq!(
            shown(text, "drag", 99),
            "An ally can be [drag]ged into a war that is not its own."
        );
    }

    #[test]
    fn chinese_is_cut_anywhere_and_long_words_too() {
        assert_eq!(shown("国际格局变了很多", "格局", 1), "际[格局]变");
        assert_eq!(shown("abcdefghXijklmnop", "X", 3), "fgh[X]ijk");
        assert_eq!(shown("ab格局cd ef", "格局", 3), "ab[格局]cd");
    }

    #[test]
    fn a_long_hit_loses_its_middle() {
        let text = "word ".repeat(400);
        let hit = line(&text, Span::new(0, text.len() as u32), 10).hit;
        assert!(hit.contains(" … ") && hit.chars().count() <= SHOWN + 3);
        assert_eq!(line("勢", Span::new(1, 2), 10), Line::default());
    }

    proptest! {
        #[test]
        fn a_line_is_never_wider_than_wanted(text in "[a-c勢 é\u{301}\n\t]{0,60}", a in 0usize..60, b in 0usize..60, width in 0usize..20) {
            let at = |i: usize| text.floor_char_boundary(i.min(text.len())) as u32;
            let line = line(&text, Span::between(at(a), at(b)), width);
            prop_assert!(line.before.graphemes(true).count() <= width);
            prop_assert!(line.after.graphemes(true).count() <= width);
            for part in [&line.before, &line.hit, &line.after] {
                prop_assert!(!part.contains(['\n', '\t']) && !part.contains("  "));
            }
            let before = fold_space(&text[..at(a).min(at(b)) as usize]);
            prop_assert!(before.ends_with(line.before.trim()));
        }
    }
}
