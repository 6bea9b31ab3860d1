//! Keyword in context.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Span, fold_space};

/// A hit with what stands around it on one line, white space folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands before, at most so many characters, cut at a word.
    pub before: String,
    /// The hit.
    pub hit: String,
    /// What stands after.
    pub after: String,
}

/// Keyword in context: `hit` in `text` with at most `width` characters either side, not across paragraphs.
pub fn line(text: &str, hit: Span, width: usize) -> Line {
    let (start, end) = (hit.start as usize, hit.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return Line {
            before: String::new(),
            hit: String::new(),
            after: String::new(),
        };
    };
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let tail: Vec<&str> = before.graphemes(true).rev().take(width).collect();
    let tail: String = tail.into_iter().rev().collect();
    let head: String = after.graphemes(true).take(width).collect();
    Line {
        before: tail,
        hit: fold_space(hit.of(text)),
        after: head,
    }
}
