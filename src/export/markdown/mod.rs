//! Excerpts and annotated readings as Markdown: for a plain CommonMark viewer, for Obsidian, and for `pandoc` to make a Word
//! file of. Nothing in them depends on the day they were written.

mod annotated;
mod escape;
mod excerpts;
mod marks;

use std::collections::HashMap;

pub use annotated::annotated;
pub use escape::escape;
pub use excerpts::excerpts;

use self::escape::Line;
use super::cite::{Piece, Rich, Style};
pub use super::document::{ExcerptOptions, Group};
use crate::model::{Highlight, LabelId, Project, ReadingMeta};

/// The labels' names, escaped once.
struct Names<'a>(HashMap<&'a LabelId, String>);

impl<'a> Names<'a> {
    fn of(project: &'a Project) -> Self {
        let escaped = |name: &str| escape(&one_line(name));
        Self(
            project
                .labels()
                .map(|l| (&l.id, escaped(&l.name)))
                .collect(),
        )
    }

    fn get<'n>(&'n self, id: &'n LabelId) -> &'n str {
        self.0.get(id).map_or(id.as_str(), String::as_str)
    }

    /// Writes the names of `labels` in bold, parted by commas.
    fn write<'n>(&'n self, labels: impl IntoIterator<Item = &'n LabelId>, out: &mut String) {
        for (i, id) in labels.into_iter().enumerate() {
            out.push_str(if i > 0 { ", **" } else { "**" });
            out.push_str(self.get(id));
            out.push_str("**");
        }
    }
}

/// `text` without line ends and without white space at its ends, for names and titles.
fn one_line(text: &str) -> String {
    crate::text::fold_space(text)
}

/// The lines of `text` that have something on them, without the white space at their ends: its paragraphs.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Writes a heading of `level` (1 to 6; deeper ones become 6) with an empty line before it.
fn heading(out: &mut String, level: usize, escaped: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&"#".repeat(level.clamp(1, 6)));
    out.push(' ');
    out.push_str(escaped);
    out.push('\n');
}

/// Writes a text as paragraphs, the first with `lead` (Markdown) before it.
fn block(out: &mut String, lead: &str, text: &str) {
    for (i, paragraph) in paragraphs(text).enumerate() {
        out.push('\n');
        if i == 0 && !lead.is_empty() {
            out.push_str(lead);
            Line::within(paragraph).write_all(out);
        } else {
            Line::beginning(paragraph).write_all(out);
        }
        out.push('\n');
    }
}

/// Writes who wrote a reading, when, where it was published and where it can be found, as far as is known.
fn byline(out: &mut String, meta: &ReadingMeta) {
    let year = meta.year.map(|y| y.to_string()).unwrap_or_default();
    let known: Vec<String> = [
        &meta.author_line(),
        &year,
        &meta.imprint.container,
        &meta.publisher,
    ]
    .into_iter()
    .map(|part| escape(&one_line(part)))
    .chain([link(&meta.url)])
    .filter(|part| !part.is_empty())
    .collect();
    if !known.is_empty() {
        out.push('\n');
        // What begins the line is a name or a number without its full stop: no list can come of it.
        out.push_str(&known.join(" · "));
        out.push('\n');
    }
}

/// Writes a citation or an entry of a reference list; `begins` when a line begins with it.
fn rich(out: &mut String, rich: &Rich, begins: bool) {
    for (i, piece) in rich.pieces().iter().enumerate() {
        match piece {
            Piece::Plain(text) if begins && i == 0 => write_part(out, text, Line::beginning),
            Piece::Plain(text) => write_part(out, text, Line::within),
            Piece::Italic(text) => {
                out.push('*');
                Line::within(text).write_all(out);
                out.push('*');
            }
            Piece::Link(url) => out.push_str(&link(url)),
        }
    }
}

/// Text that may begin or end with a space because a title or an address stands next to it: there it stays a space.
fn write_part<'t>(out: &mut String, text: &'t str, line: fn(&'t str) -> Line<'t>) {
    let inner = text.trim_matches(' ');
    let start = text.len() - text.trim_start_matches(' ').len();
    out.push_str(&text[..start]);
    line(inner).write_all(out);
    out.push_str(&text[start + inner.len()..]);
}

/// Writes the list of what was cited under its heading, unless it is empty.
fn references(out: &mut String, style: Style, list: &[Rich]) {
    if !list.is_empty() {
        heading(out, 2, style.heading());
        out.push('\n');
        out.push_str(&reference_list(list));
    }
}

/// A reference list as Markdown, a paragraph an entry.
pub fn reference_list(list: &[Rich]) -> String {
    let mut out = String::new();
    for (i, entry) in list.iter().enumerate() {
        out.push_str(if i > 0 { "\n" } else { "" });
        rich(&mut out, entry, true);
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
        escape(&one_line(url))
    }
}

/// Writes the stance, when there is one, and the coder, each with what parts it from the next.
fn stance_and_coder(out: &mut String, highlight: &Highlight) {
    if let Some(stance) = highlight.stance {
        out.push_str(stance.word());
        out.push_str(" · ");
    }
    Line::beginning(highlight.coder.as_str()).write_all(out);
}
