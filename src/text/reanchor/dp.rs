//! The best alignment of two short sequences of tokens.

use super::tokens::{Opens, Token, Vocabulary};

/// What an end of a gap costs within a sentence; a little more than half a rare word, so that a block is not torn apart for
/// a word that two texts share by chance.
const TEAR: i32 = 4;
/// What it costs where a sentence or paragraph begins: that is where people insert and delete.
const SEAM: i32 = 1;

/// How two sequences may be cut before a token.
fn cut(tokens: &[Token], at: usize) -> i32 {
    match tokens.get(at).map(|t| t.opens) {
        Some(Opens::Nothing) => TEAR,
        _ => SEAM,
    }
}

const LOW: i32 = i32::MIN / 2;

/// Pairs of matched tokens of `a` and `b`, growing in both: global alignment with gap costs that do not depend on the gap's
/// length (Gotoh 1982), but on where its ends lie, and matches worth the words' weight. Time and memory (a byte each) are
/// `a.len() * b.len()`.
pub(super) fn align(a: &[Token], b: &[Token], vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let width = b.len() + 1;
    // What each state came from: bits 0–1 the match's, 2 whether the gap in `a` goes on, 3–4 the gap in `b`'s.
    let mut came: Vec<u8> = vec![0; width * (a.len() + 1)];
    let b_cut: Vec<i32> = (0..width)
        .map(|j| if j == 0 { 0 } else { cut(b, j) })
        .collect();
    let mut matched = vec![LOW; width];
    let mut deleted = vec![LOW; width];
    let mut inserted = vec![LOW; width];
    matched[0] = 0;
    for j in 1..width {
        inserted[j] = 0;
        came[j] = if j > 1 { 2 << 3 } else { 0 };
    }
    for i in 1..=a.len() {
        let a_cut = if i == 1 { 0 } else { cut(a, i - 1) };
        let a_close = cut(a, i - 1);
        let row = &mut came[i * width..(i + 1) * width];
        // The states of the cell up and to the left.
        let mut corner = (matched[0], deleted[0], inserted[0]);
        let open = matched[0] - a_cut;
        let goes_on = deleted[0] > open;
        deleted[0] = deleted[0].max(open);
        row[0] = u8::from(goes_on) << 2;
        matched[0] = LOW;
        inserted[0] = LOW;
        for j in 1..width {
            let above = (matched[j], deleted[j], inserted[j]);
            let score = vocabulary.score(&a[i - 1], &b[j - 1]);
            let mut from = 0u8;
            matched[j] = if score > 0 {
                let mut best = corner.0;
                let closed = corner.1 - if i > 1 { a_close } else { 0 };
                if closed > best {
                    (best, from) = (closed, 1);
                }
                let closed = corner.2 - if j > 1 { b_cut[j - 1] } else { 0 };
                if closed > best {
                    (best, from) = (closed, 2);
                }
                best + score
            } else {
                LOW
            };
            let open = above.0 - a_cut;
            if above.1 > open {
                deleted[j] = above.1;
                from |= 1 << 2;
            } else {
                deleted[j] = open;
            }
            let open = matched[j - 1] - if j == 1 { 0 } else { b_cut[j - 1] };
            let after = deleted[j - 1] - b_cut[j - 1];
            let (mut best, mut way) = (open, 0u8);
            if after > best {
                (best, way) = (after, 1);
            }
            if inserted[j - 1] > best {
                (best, way) = (inserted[j - 1], 2);
            }
            inserted[j] = best;
            row[j] = from | way << 3;
            corner = above;
        }
    }
    trace(
        &came,
        (a.len(), b.len()),
        [matched[b.len()], deleted[b.len()], inserted[b.len()]],
    )
}

/// Walks back from the last cell.
fn trace(came: &[u8], (mut i, mut j): (usize, usize), last: [i32; 3]) -> Vec<(usize, usize)> {
    let width = j + 1;
    let mut state = (0..3).rev().max_by_key(|&s| last[s]).unwrap_or_default();
    let mut pairs = Vec::new();
    while i > 0 || j > 0 {
        let cell = came[i * width + j];
        state = match state {
            0 => {
                i -= 1;
                j -= 1;
                pairs.push((i, j));
                usize::from(cell & 3)
            }
            1 => {
                i -= 1;
                usize::from(cell >> 2 & 1)
            }
            _ => {
                j -= 1;
                usize::from(cell >> 3 & 3)
            }
        };
    }
    pairs.reverse();
    pairs
}
