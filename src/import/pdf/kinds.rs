//! What each block is: heading, item, quotation, footnote, caption, table, code or body text.

use std::collections::HashMap;

use super::{
    blocks::{Block, What},
    habits::Habits,
    items,
};

/// A heading has at most this many lines and characters.
const HEADING_LINES: usize = 4;
const HEADING_LETTERS: usize = 220;

/// Says of each block what it is.
pub(super) fn tell(blocks: &mut [Block], habits: &Habits, heights: &[f64]) {
    let title = title(blocks, habits);
    let mut after_title = false;
    for (i, block) in blocks.iter_mut().enumerate() {
        block.what = what(block, habits);
        // Between title and text stand the authors.
        match block.what {
            What::Heading if Some(i) == title => after_title = true,
            What::Heading if after_title && is_by_line(block) => block.what = What::Body,
            _ if after_title && block.letters() < 300 => {}
            _ => after_title = false,
        }
    }
    footnotes(blocks, habits, heights);
}

/// The block that is the title: the largest type among the first.
pub(super) fn title(blocks: &[Block], habits: &Habits) -> Option<usize> {
    let first = blocks.iter().position(|b| b.letters() > 0)?;
    let page = blocks[first].page;
    let fits = |b: &&(usize, &Block)| {
        let letters = b.1.letters();
        b.1.page <= page + 1
            && b.1.lines.len() <= 5
            && (4..=300).contains(&letters)
            && b.1.text().chars().filter(|c| c.is_alphabetic()).count() * 2 > letters
    };
    let blocks: Vec<(usize, &Block)> = blocks.iter().enumerate().skip(first).take(40).collect();
    let mut best: Option<(usize, &Block)> = None;
    for found in blocks.iter().filter(fits) {
        if best.is_none_or(|(_, b)| found.1.size() > b.size() * 1.02) {
            best = Some(*found);
        }
    }
    best.filter(|(_, b)| b.size() > habits.size * 1.12)
        .map(|(i, _)| i)
}

/// Whether a block in large type beneath the title names people rather than a section.
fn is_by_line(block: &Block) -> bool {
    let text = block.text();
    let section =
        items::section(&text).is_some() || crate::import::guess::is_known_section(text.trim());
    !section && !block.lines.iter().all(|l| l.all(|s| s.bold))
}

fn what(block: &Block, habits: &Habits) -> What {
    let rows = block.lines.iter().filter(|l| !l.gaps.is_empty()).count();
    if block.lines.iter().all(|l| l.mono) && block.letters() > 1 {
        return if block.lines.len() > 1 || is_set_in(block) {
            What::Code
        } else {
            What::Body
        };
    }
    if has_leader(block.first()) || rows > 1 && rows * 5 >= block.lines.len() * 4 && is_grid(block)
    {
        return What::Rows;
    }
    let text = block.text();
    if items::is_caption(&text)
        && (block.size() < habits.size * 0.97 || block.above > 1.3)
        && block.lines.len() < 12
    {
        return What::Caption;
    }
    if is_heading(block, habits, &text) {
        return What::Heading;
    }
    if items::marker(&text).is_some() {
        return What::Item;
    }
    if is_quote(block, habits) {
        return What::Quote;
    }
    What::Body
}

/// Whether a run of dots leads to a page number.
pub(super) fn has_leader(text: &str) -> bool {
    text.contains(".....") || text.contains(". . . .")
}

fn is_set_in(block: &Block) -> bool {
    block.edges().0 - block.left > block.size()
}

/// Whether the cells of most rows start or end where those of a neighbour do.
fn is_grid(block: &Block) -> bool {
    let close = block.size() * 0.8;
    let starts = |i: usize| block.lines[i].gaps.iter().map(|g| g.1);
    let meets = |i: usize, j: usize| {
        let shared = starts(i)
            .filter(|a| starts(j).any(|b| (a - b).abs() < close))
            .count();
        let ends = (block.lines[i].x1 - block.lines[j].x1).abs() < close;
        shared > 0 || ends && block.lines[i].gaps.len() == block.lines[j].gaps.len()
    };
    let count = block.lines.len();
    let near = (0..count)
        .filter(|&i| i > 0 && meets(i, i - 1) || i + 1 < count && meets(i, i + 1))
        .count();
    near * 3 >= count * 2
}

fn is_heading(block: &Block, habits: &Habits, text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let total = text.chars().count();
    if block.lines.len() > HEADING_LINES
        || total > HEADING_LETTERS
        || letters < 2
        || letters * 2 < total
    {
        return false;
    }
    if text.ends_with([',', ';', '-', '…', '，', '、', '。']) || text.contains("@") {
        return false;
    }
    let size = block.size();
    let bold = block.lines.iter().all(|l| l.all(|s| s.bold));
    let italic = block.lines.iter().all(|l| l.all(|s| s.italic));
    let capitals = letters > 3
        && !text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_uppercase);
    let apart = block.above > 1.2;
    let numbered = items::section(text).is_some();
    let is_bullet = items::marker(text).is_some_and(|m| m.is_bullet);
    let ends_sentence = text.ends_with(['.', ':']) && !numbered;
    if is_bullet || size < habits.size * if bold || numbered { 0.84 } else { 0.9 } {
        return false;
    }
    let short = block.lines.len() <= 2;
    let known = crate::import::guess::is_known_section(text.trim().trim_end_matches(['.', ':']));
    match () {
        () if size > habits.size * 1.12 => !ends_sentence || short,
        () if bold => {
            short && (apart || is_narrow(block)) && (!ends_sentence || known) && total < 140
        }
        () if known && short => apart,
        () if capitals => short && apart && total < 100 && !ends_sentence && total > 5,
        () if numbered => {
            short && apart && total < 100 && (italic || size > habits.size * 1.03) && !ends_sentence
        }
        () if italic => {
            short && block.above > 1.4 && total < 90 && !ends_sentence && block.lines.len() == 1
        }
        () => false,
    }
}

/// Whether a block is one line that fills little of its column.
fn is_narrow(block: &Block) -> bool {
    let (x0, x1) = block.edges();
    block.lines.len() == 1 && x1 - x0 < (block.right - block.left) * 0.7
}

/// Set in on both sides, or set in and smaller.
fn is_quote(block: &Block, habits: &Habits) -> bool {
    let size = block.size();
    let (x0, x1) = block.edges();
    let (left, right) = (x0 - block.left, block.right - x1);
    let level = block
        .lines
        .iter()
        .skip(1)
        .all(|l| (l.x0 - x0).abs() < size * 0.4);
    let smaller = size < habits.size * 0.96;
    let both = left > size * 0.9 && right > size * 0.7 && (block.justified || right < left * 2.0);
    block.lines.len() >= 2
        && level
        && block.letters() > 60
        && left < (block.right - block.left) * 0.3
        && size > habits.size * 0.7
        && (both || smaller && left > size * 0.9)
}

/// Footnotes: the small type at the end of a column, from where one starts with its mark.
fn footnotes(blocks: &mut [Block], habits: &Habits, heights: &[f64]) {
    let mut starts: Vec<usize> = Vec::new();
    for i in 0..blocks.len() {
        if i == 0 || (blocks[i].page, blocks[i].part) != (blocks[i - 1].page, blocks[i - 1].part) {
            starts.push(i);
        }
    }
    let mut was_note = false;
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(blocks.len());
        let height = heights
            .get(blocks[start].page)
            .copied()
            .unwrap_or(f64::INFINITY);
        let is_small = |b: &Block| {
            b.size() < habits.size * 0.94
                && b.lines.first().is_some_and(|l| l.base > height * 0.35)
                && !matches!(b.what, What::Caption | What::Rows | What::Code)
        };
        let small = (start..end)
            .rev()
            .take_while(|&i| is_small(&blocks[i]))
            .last()
            .unwrap_or(end);
        let marked = (small..end).find(|&i| items::note(blocks[i].first()).is_some());
        // What comes before the first mark goes on from the page before.
        let from = match marked {
            Some(i) if was_note && small < i && small > start => small,
            Some(i) => i,
            None => end,
        };
        for block in &mut blocks[from..end] {
            block.what = What::Note;
        }
        if from < end {
            was_note = true;
        } else if n + 1 < starts.len() && blocks[starts[n + 1]].page != blocks[start].page {
            was_note = false;
        }
    }
}

/// The levels of headings, by block: by the numbers of sections where there are some, else by type.
pub(super) fn levels(blocks: &[Block], title: Option<usize>) -> HashMap<usize, u8> {
    type Type = (i64, bool, bool, bool);
    let kind = |b: &Block| -> Type {
        let text = b.text();
        let size = (b.size() * 2.0).round() as i64;
        let all = |has: fn(crate::model::Style) -> bool| b.lines.iter().all(|l| l.all(has));
        (
            size,
            all(|s| s.bold),
            !text.chars().any(char::is_lowercase),
            !all(|s| s.italic),
        )
    };
    let headings: Vec<(usize, &Block)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.what == What::Heading)
        .collect();
    let below = u8::from(title.is_some());
    let mut kinds: Vec<Type> = headings
        .iter()
        .filter(|(i, _)| Some(*i) != title)
        .map(|(_, b)| kind(b))
        .collect();
    kinds.sort_by(|a, b| b.cmp(a));
    kinds.dedup();
    let mut numbered: HashMap<Type, HashMap<u8, usize>> = HashMap::new();
    for (_, block) in &headings {
        if let Some(depth) = items::section(&block.text()) {
            *numbered
                .entry(kind(block))
                .or_default()
                .entry(depth)
                .or_default() += 1;
        }
    }
    let level = |(i, block): &(usize, &Block)| {
        if Some(*i) == title {
            return 1;
        }
        let own = kind(block);
        let by_number = items::section(&block.text()).or_else(|| {
            Some(
                *numbered
                    .get(&own)?
                    .iter()
                    .max_by_key(|(depth, count)| (**count, **depth))?
                    .0,
            )
        });
        let rank = kinds.iter().position(|k| *k == own).unwrap_or(0) as u8;
        (by_number.unwrap_or(rank.min(4) + 1) + below).min(6)
    };
    headings.iter().map(|h| (h.0, level(h))).collect()
}
