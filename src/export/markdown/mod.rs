//! Documents as Markdown: for a plain CommonMark viewer, for Obsidian, and for `pandoc` to make a Word file of. Nothing in them
//! depends on the day they were written.

mod document;
mod escape;
mod line;
mod marks;

pub use document::Document;
pub use escape::escape;

use self::escape::Line;
use super::{
    Filter,
    cite::{Rich, Style},
    document::{self as blocks, Head, Stop},
    order::Writer,
};
pub use crate::export::document::{ExcerptOptions, Group};
use crate::model::{Project, ReadingId};

/// The excerpts that `filter` lets through, as Markdown. Labels and readings without any are left out.
pub fn excerpts(project: &Project, filter: &Filter, options: &ExcerptOptions) -> String {
    let head = Head::excerpts(project, filter, options.cite);
    written(&head, |sheet| {
        blocks::excerpts(project, filter, options, sheet)
    })
}

/// The reading with the passages that `filter` lets through marked, as Markdown; the filter's readings don't matter. Under its
/// title stands its entry in the reference list of `style`; the footnotes give the place of each passage. Empty when there is no
/// such reading.
pub fn annotated(project: &Project, reading: &ReadingId, filter: &Filter, style: Style) -> String {
    let head = Head::annotated(project, reading, filter, style);
    written(&head, |sheet| {
        blocks::annotated(project, reading, filter, style, sheet)
    })
}

/// A document in memory; empty when it can't be composed.
fn written(head: &Head, compose: impl FnOnce(&mut Document<'_>) -> Result<(), Stop>) -> String {
    let mut out = Vec::new();
    let mut sheet = Box::new(Document::new(head, &mut out));
    let done = compose(&mut sheet).and_then(|()| sheet.finish());
    match done {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// A reference list as Markdown, a paragraph an entry.
pub fn reference_list(list: &[Rich]) -> String {
    let mut out = String::new();
    for (i, entry) in list.iter().enumerate() {
        out.push_str(if i > 0 { "\n" } else { "" });
        line::write(&blocks::rich(entry), true, "", &mut |_| 0, &mut out);
        out.push('\n');
    }
    out
}

/// A web address as a link, anything else as text.
fn link(url: &str) -> String {
    let url = url.trim();
    let is_plain =
        !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if is_plain && (url.starts_with("http://") || url.starts_with("https://")) {
        format!("<{url}>")
    } else {
        escape(&crate::text::fold_space(url))
    }
}
