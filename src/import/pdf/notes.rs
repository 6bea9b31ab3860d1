//! Footnotes and their marks in the text. They are linked when it is certain which mark is whose, for the whole file: numbers that
//! are linked here and not there would mislead.

use std::collections::HashMap;

use super::{
    blocks::{Block, What},
    items,
};
use crate::model::Script;

/// The part of a file's footnotes whose marks must be found for them to be linked.
const FOUND: f64 = 0.9;

/// A footnote: its name, its blocks, and how many bytes its own mark takes.
type Note = (String, Vec<usize>, usize);

/// Where a mark stands: block, line and byte.
type Place = (usize, usize, usize);

/// The footnotes that are linked.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    /// By block, line and byte: the name of the footnote whose mark stands there.
    marks: HashMap<Place, String>,
    linked: Vec<bool>,
}

impl Notes {
    /// The footnotes of a file with their marks.
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut found = Self {
            linked: vec![false; blocks.len()],
            ..Self::default()
        };
        for (i, block) in blocks
            .iter()
            .enumerate()
            .filter(|(_, b)| b.what == What::Note)
        {
            match items::note(block.first()) {
                Some((mark, said)) => {
                    let skip = block.first().len() - said.len();
                    found
                        .notes
                        .push((format!("{}:{mark}:{i}", block.page), vec![i], skip));
                }
                // What goes on from the last one.
                None => match found.notes.last_mut() {
                    Some((_, pieces, _)) => pieces.push(i),
                    None => return Self::none(blocks.len()),
                },
            }
        }
        let mut missed = 0;
        let mut places = places(blocks);
        for (name, pieces, _) in &found.notes {
            let block = &blocks[pieces[0]];
            let mark = items::note(block.first())
                .map(|(mark, _)| mark)
                .unwrap_or_default();
            let here = places.get_mut(&(block.page, mark.replace('∗', "*")));
            match here {
                // Several on a page: the first is the first.
                Some(at) if !at.is_empty() => {
                    found.marks.insert(at.remove(0), name.clone());
                }
                _ => missed += 1,
            }
        }
        let count = found.notes.len();
        if count == 0 || missed as f64 > count as f64 * (1.0 - FOUND) {
            return Self::none(blocks.len());
        }
        let marked: Vec<&String> = found.marks.values().collect();
        found.notes.retain(|(name, _, _)| marked.contains(&name));
        for &piece in found.notes.iter().flat_map(|(_, pieces, _)| pieces) {
            found.linked[piece] = true;
        }
        found
    }

    fn none(blocks: usize) -> Self {
        Self {
            linked: vec![false; blocks],
            ..Self::default()
        }
    }

    /// Whether a block is part of a linked footnote.
    pub(super) fn is_linked(&self, block: usize) -> bool {
        self.linked.get(block).copied().unwrap_or(false)
    }

    /// The footnote whose mark stands in this line, at this byte.
    pub(super) fn mark_at(&self, (block, line): (usize, usize), byte: usize) -> Option<String> {
        self.marks.get(&(block, line, byte)).cloned()
    }

    /// The footnotes, to be written.
    pub(super) fn take(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }
}

/// Where raised numbers and signs stand in the text, by page.
fn places(blocks: &[Block]) -> HashMap<(usize, String), Vec<Place>> {
    let mut out: HashMap<(usize, String), Vec<Place>> = HashMap::new();
    for (b, block) in blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.what != What::Note)
    {
        for (l, line) in block.lines.iter().enumerate() {
            let mut start = 0;
            for &(end, style) in &line.styles {
                let text = line.text.get(start..end).unwrap_or_default().trim();
                if style.script == Script::Raised && !text.is_empty() {
                    out.entry((block.page, text.replace('∗', "*")))
                        .or_default()
                        .push((b, l, start));
                }
                start = end;
            }
        }
    }
    out
}
