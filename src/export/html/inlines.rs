//! Lines of a document as HTML.

use std::fmt::Write as _;

use super::escape::{attribute, escape};
use crate::export::document::{Inline, Inlines, Run, address};

/// Footnotes that are not written yet.
#[derive(Default)]
pub(in crate::export) struct Notes {
    /// As items of a list.
    pub items: String,
    /// How many there were, those that were written included.
    pub count: usize,
    /// How many were written.
    pub written: usize,
}

/// Writes a line. Marks of glosses and their ends are left out.
pub(in crate::export) fn write(line: &[Inline], notes: &mut Notes, out: &mut String) {
    for inline in line {
        match inline {
            Inline::Run(words) => run(words, out),
            Inline::Footnote(note) => footnote(note, notes, out),
            Inline::Break => out.push_str("<br>"),
            Inline::Gloss(_) => {}
        }
    }
}

/// Writes a footnote's mark, and the footnote among `notes`.
pub(super) fn footnote(note: &Inlines, notes: &mut Notes, out: &mut String) {
    notes.count += 1;
    let n = notes.count;
    let _ = write!(
        out,
        "<sup><a id=\"r{n}\" href=\"#f{n}\" role=\"doc-noteref\">{n}</a></sup>"
    );
    let mut item = format!("<li id=\"f{n}\">");
    for inline in note {
        match inline {
            Inline::Run(words) => run(words, &mut item),
            Inline::Break => item.push_str("<br>"),
            // A note within a note would have no place.
            Inline::Footnote(_) | Inline::Gloss(_) => {}
        }
    }
    let _ = writeln!(
        item,
        " <a href=\"#r{n}\" role=\"doc-backlink\" aria-label=\"Back to note {n} in the text\">↩</a></li>"
    );
    notes.items.push_str(&item);
}

/// Writes the footnotes that have gathered.
pub(in crate::export) fn footnotes(notes: &mut Notes, out: &mut String) {
    let items = std::mem::take(&mut notes.items);
    if items.is_empty() {
        return;
    }
    let first = std::mem::replace(&mut notes.written, notes.count) + 1;
    let _ = write!(
        out,
        "<section class=\"end\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol start=\"{first}\">\n{items}</ol>\n</section>\n"
    );
}

/// Writes text in its manner.
pub(super) fn run(run: &Run, out: &mut String) {
    let link = run.link.as_deref().and_then(address);
    if let Some(url) = &link {
        out.push_str("<a");
        attribute("href", url, out);
        out.push_str(" rel=\"noreferrer\">");
    }
    let manners = [
        (run.dim, "<span class=\"d\">", "</span>"),
        (run.bold, "<b>", "</b>"),
        (run.italic, "<i>", "</i>"),
        (run.raised, "<sup>", "</sup>"),
        (run.lowered, "<sub>", "</sub>"),
    ];
    let these = manners.iter().filter(|(is, ..)| *is);
    for (_, open, _) in these.clone() {
        out.push_str(open);
    }
    escape(&run.text, out);
    for (_, _, close) in these.rev() {
        out.push_str(close);
    }
    if link.is_some() {
        out.push_str("</a>");
    }
}
