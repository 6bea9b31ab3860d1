//! What is true of every document's pages.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};

use super::{
    document_tests::{block, expected, passages, words},
    *,
};

/// Above and below each other, glyphs of one line may be this far apart.
const CLOSE: f32 = 0.05;

/// Text with footnotes' numbers replaced by `#`: runs of digits in small type.
fn read(laid: &Laid) -> Vec<String> {
    let mut parts = vec![String::new(); laid.tags.len() + 1];
    for page in &laid.pages {
        for run in page.texts() {
            let digits = run
                .text
                .trim()
                .chars()
                .all(|c| c.is_ascii_digit() || c == ',');
            let is_mark = digits && is_raised(run);
            let part = &mut parts[run.tag as usize];
            match is_mark {
                true => part.extend(run.text.split(',').map(|_| '#')),
                false => part.push_str(&bare(&run.text)),
            }
        }
    }
    parts.remove(0);
    // Parts that hold others have no text of their own.
    parts.retain(|part| !part.is_empty());
    parts
}

/// Marks of footnotes are set in 0.64 of the size of the text; no text here has such a size.
fn is_raised(run: &Glyphs) -> bool {
    let sizes = [22.0, 16.5, 13.0, 11.5, 11.0, 8.2, 8.8, 7.6, 10.2, 9.6, 8.0];
    sizes
        .iter()
        .any(|size| (run.size - size * 0.64).abs() < 0.001)
}

fn check(laid: &Laid) -> Result<(), TestCaseError> {
    let frame = laid.frame;
    prop_assert!(!laid.pages.is_empty());
    for (at, page) in laid.pages.iter().enumerate() {
        prop_assert_eq!(page.number as usize, at + 1);
        for run in runs(page) {
            let is_gloss = laid.role(run) == Some(Role::Gloss);
            let edge = frame.left + frame.width + if is_gloss { 34.0 } else { 0.0 };
            let fits = right(run) <= edge + 0.1 || run.text.trim().chars().count() == 1;
            prop_assert!(fits, "{} ends at {} of {edge}", run.text, right(run));
            prop_assert!(
                run.x >= frame.left - 0.1,
                "{} begins at {}",
                run.text,
                run.x
            );
            prop_assert!(run.y <= frame.bottom + 0.1, "{} at {}", run.text, run.y);
            prop_assert!(run.y >= frame.top, "{} at {}", run.text, run.y);
            let of_text = run.glyphs.iter().all(|g| {
                let text = g.text.start as usize..g.text.end as usize;
                run.text.get(text).is_some()
            });
            prop_assert!(of_text);
        }
        for thing in &page.things {
            if let Thing::Fill(rect, _) = thing {
                prop_assert!(rect.bottom() <= frame.bottom + 0.1 && rect.y >= frame.top - 0.1);
            }
        }
    }
    Ok(())
}

/// Lines of each column of a page: where they stand and how high they are. No two of a column overlap.
fn no_line_lies_on_another(laid: &Laid) -> Result<(), TestCaseError> {
    for page in &laid.pages {
        let mut all: Vec<&Glyphs> = page.texts().collect();
        all.sort_by(|a, b| a.y.total_cmp(&b.y));
        for (at, run) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                let apart = other.y - run.y;
                if apart > 5.0 {
                    break;
                }
                let same_line = apart < CLOSE || is_raised(run) || is_raised(other);
                let beside = right(run) <= other.x + 0.1 || right(other) <= run.x + 0.1;
                prop_assert!(
                    beside || (same_line && run.tag == other.tag && apart > 0.0),
                    "{:?} at {:?} and {:?} at {:?}",
                    run.text,
                    (run.x, run.y),
                    other.text,
                    (other.x, other.y)
                );
            }
        }
    }
    Ok(())
}

/// Marks of footnotes that stand next to each other as one: a line's end may part them, and then there is no comma between. The notes
/// themselves are parts of their own.
fn one_mark(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("##") {
        text = text.replace("##", "#");
    }
    text
}

fn is_whole(read: &[String], blocks: &[Block]) -> Result<(), TestCaseError> {
    let expected: Vec<String> = blocks.iter().flat_map(expected).collect();
    prop_assert_eq!(read.len(), expected.len());
    for (read, expected) in read.iter().zip(&expected) {
        prop_assert!(
            one_mark(read) == one_mark(expected) || expected == "?",
            "{read} instead of {expected}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn every_word_comes_once_in_order_and_within_the_margins(blocks in vec(block(), 1..14)) {
        let laid = Laid::of(blocks.iter().cloned().map(Item::from));
        check(&laid)?;
        no_line_lies_on_another(&laid)?;
        is_whole(&read(&laid), &blocks)?;
    }

    #[test]
    fn glosses_are_whole_and_never_collide(blocks in passages()) {
        let laid = Laid::of(blocks.iter().cloned().map(Item::from));
        check(&laid)?;
        no_line_lies_on_another(&laid)?;
        let read = laid.parts();
        let expected: Vec<String> = blocks.iter().flat_map(expected).collect();
        let read: Vec<String> = read.iter().map(|part| bare(part)).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn a_gloss_begins_beside_its_passage_or_below_on_the_same_page(blocks in passages()) {
        let laid = Laid::of(blocks.iter().cloned().map(Item::from));
        // Where each number is seen first: in the text, and in the margin.
        let mut marks: BTreeMap<String, usize> = BTreeMap::new();
        let mut glosses: BTreeMap<u32, (usize, String)> = BTreeMap::new();
        for (at, page) in laid.pages.iter().enumerate() {
            for run in runs(page) {
                if laid.role(run) == Some(Role::Gloss) {
                    let number = run.text.split(' ').next().unwrap_or_default();
                    glosses.entry(run.tag).or_insert((at, number.to_owned()));
                } else if is_gloss_mark(run) {
                    marks.insert(run.text.trim().to_owned(), at);
                }
            }
        }
        for (page, number) in glosses.values() {
            // The mark stands where the highlight ends; the gloss where it begins.
            prop_assert!(*page <= marks[number], "{number}");
            prop_assert!(*page + 2 > marks[number], "{number}");
        }
    }

    #[test]
    fn two_lines_at_least_stand_together(paragraphs in vec(words(120), 1..30)) {
        let laid = Laid::of(paragraphs.iter().map(|p| body(p)));
        let mut lines: BTreeMap<u32, Vec<(usize, f32)>> = BTreeMap::new();
        for (at, page) in laid.pages.iter().enumerate() {
            for run in runs(page) {
                let lines = lines.entry(run.tag).or_default();
                if lines.last().is_none_or(|last| last.0 != at || run.y - last.1 > 5.0) {
                    lines.push((at, run.y));
                }
            }
        }
        for lines in lines.values().filter(|lines| lines.len() > 1) {
            for page in 0..laid.pages.len() {
                let here = lines.iter().filter(|(at, _)| *at == page).count();
                prop_assert!(here != 1, "{lines:?}");
            }
        }
    }

    #[test]
    fn no_heading_is_the_last_on_its_page(paragraphs in vec((words(5), words(90)), 1..30)) {
        let items = paragraphs.iter().flat_map(|(h, p)| [heading(h), body(p)]);
        let laid = Laid::of(items);
        for page in &laid.pages {
            let last = runs(page).last().and_then(|run| laid.role(run));
            prop_assert!(!matches!(last, Some(Role::Heading(_))));
        }
    }

    #[test]
    fn a_footnote_stands_on_the_page_of_its_mark(paragraphs in vec((words(60), words(12)), 1..40)) {
        let items = paragraphs.iter().map(|(p, note)| {
            let note = Inline::Footnote(vec![text(note.clone())]);
            Item::from(Block::Text(Manner::Body, vec![text(p.clone()), note]))
        });
        let laid = Laid::of(items);
        let mut marked: Vec<usize> = Vec::new();
        let mut noted: Vec<usize> = Vec::new();
        for (at, page) in laid.pages.iter().enumerate() {
            for run in runs(page).filter(|run| is_raised(run)) {
                match laid.role(run) {
                    Some(Role::Footnote) => noted.push(at),
                    _ => marked.push(at),
                }
            }
        }
        prop_assert_eq!(marked.len(), paragraphs.len());
        prop_assert_eq!(marked, noted);
    }
}

fn is_gloss_mark(run: &Glyphs) -> bool {
    (run.size - 10.5 * 0.64).abs() < 0.001
}
