//! What an imported file was told to be, in words for tests.

use crate::{import::Imported, model::Page};

/// Levels and words of the headings.
pub fn headings(read: &Imported) -> Vec<(u8, &str)> {
    let headings = read.structure.headings.iter();
    headings.map(|h| (h.level, h.span.of(&read.text))).collect()
}

/// Kinds and words of the blocks.
pub fn blocks(read: &Imported) -> Vec<String> {
    let blocks = read.structure.blocks.iter();
    blocks
        .map(|b| format!("{}: {}", b.kind, b.span.of(&read.text)))
        .collect()
}

/// Styles and words of what is set off.
pub fn emphasis(read: &Imported) -> Vec<String> {
    let words = read.structure.emphasis.iter();
    words
        .map(|e| format!("{} {}", e.style, e.span.of(&read.text)))
        .collect()
}

/// Labels of the pages, with the first word on each.
pub fn pages(read: &Imported) -> Vec<(&str, &str)> {
    let at = |p: &Page| p.start as usize;
    let word = |p| {
        read.text[at(p)..]
            .split_whitespace()
            .next()
            .unwrap_or_default()
    };
    read.structure
        .pages
        .iter()
        .map(|p| (p.label.as_str(), word(p)))
        .collect()
}
