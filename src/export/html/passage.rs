//! Paragraphs of annotated readings, with glosses beside them.
//!
//! A gloss floats in the margin at the line in which its highlight begins; one that comes after another clears it, so that they never
//! overlap. On small screens it is a band under that line. It stands in the text where the highlight begins, before a heading.

use std::{collections::HashMap, fmt::Write as _};

use super::{
    Legend,
    escape::escape,
    inlines::{self, Notes},
};
use crate::{
    export::document::{Gloss, Inline, Passage, Run},
    model::{BlockKind, Color},
};

/// The glosses of highlights that have not ended.
#[derive(Default)]
pub(super) struct Open {
    colors: HashMap<u32, Color>,
}

impl Open {
    /// Writes a paragraph. `level` is that of its heading, when it is one.
    pub fn write(
        &mut self,
        passage: &Passage,
        level: Option<u8>,
        legend: &mut Legend,
        notes: &mut Notes,
        out: &mut String,
    ) {
        for gloss in &passage.glosses {
            let color = gloss.labels.first().map(|(_, color)| *color);
            self.colors
                .insert(gloss.number, color.unwrap_or(super::GREY));
        }
        let tag = if level.is_some() { "div" } else { "p" };
        let _ = write!(
            out,
            "<{tag} class=\"p{}\" id=\"p{}\"",
            class(passage),
            passage.number
        );
        if let Some(BlockKind::Item(depth @ 2..)) = passage.kind {
            let _ = write!(out, " style=\"--n:{depth}\"");
        }
        out.push('>');
        number(passage, out);
        let mut waiting = passage.glosses.iter();
        if let Some(level) = level {
            for gloss in waiting.by_ref() {
                write_gloss(gloss, legend, out);
            }
            let _ = write!(out, "<h{level}>");
        }
        self.words(passage, &mut waiting, legend, notes, out);
        if let Some(level) = level {
            let _ = write!(out, "</h{level}>");
        }
        for gloss in waiting {
            write_gloss(gloss, legend, out);
        }
        let _ = writeln!(out, "</{tag}>");
    }

    /// Writes the words, each gloss before the first word that it is about.
    fn words(
        &mut self,
        passage: &Passage,
        waiting: &mut std::slice::Iter<'_, Gloss>,
        legend: &mut Legend,
        notes: &mut Notes,
        out: &mut String,
    ) {
        for inline in &passage.text {
            match inline {
                Inline::Run(run) => {
                    let before = waiting.len();
                    while let Some(gloss) = waiting.as_slice().first() {
                        // Glosses come in text order: what is before one that begins here is marked nowhere.
                        if !run.marks.iter().any(|n| *n >= gloss.number) {
                            break;
                        }
                        write_gloss(gloss, legend, out);
                        waiting.next();
                    }
                    self.run(run, waiting.len() < before, legend, out);
                }
                Inline::Gloss(number) => {
                    self.colors.remove(number);
                    let _ = write!(
                        out,
                        "<sup class=\"y\"><a id=\"e{number}\" href=\"#g{number}\">{number}</a></sup>"
                    );
                }
                Inline::Footnote(note) => inlines::footnote(note, notes, out),
                Inline::Break => out.push_str("<br>"),
            }
        }
    }

    /// Writes a run in its highlights' colours: the first one's behind it, the second one's under it.
    fn run(&self, run: &Run, begins: bool, legend: &mut Legend, out: &mut String) {
        let color = |at: usize| {
            run.marks
                .get(at)
                .map(|n| self.colors.get(n).copied().unwrap_or(super::GREY))
        };
        let Some(first) = color(0) else {
            return inlines::run(run, out);
        };
        let begins = if begins { " b" } else { "" };
        let several = ["", "", " u", " u v"][run.marks.len().min(3)];
        let _ = write!(out, "<mark class=\"m{begins}{several}\" style=\"");
        out.push_str(legend.colors.properties(first));
        if let Some(second) = color(1) {
            out.push(';');
            out.push_str(legend.colors.second(second));
        }
        out.push_str("\" aria-details=\"");
        for (i, number) in run.marks.iter().enumerate() {
            let _ = write!(out, "{}g{number}", if i > 0 { " " } else { "" });
        }
        out.push_str("\">");
        inlines::run(run, out);
        out.push_str("</mark>");
    }
}

fn class(passage: &Passage) -> &'static str {
    match passage.kind {
        _ if passage.heading.is_some() => "",
        None => "",
        Some(BlockKind::Item(_)) => " i",
        Some(BlockKind::Quote) => " x",
        Some(BlockKind::Row) => " t",
        Some(BlockKind::Note) => " f",
        Some(BlockKind::Code) => " o",
    }
}

/// Writes the number of a paragraph, and of the page that begins in it, as a link to it.
fn number(passage: &Passage, out: &mut String) {
    let number = passage.number;
    let _ = write!(out, "<a class=\"n\" href=\"#p{number}\">");
    if let Some(page) = &passage.page {
        out.push_str("<b>p. ");
        escape(page, out);
        out.push_str("</b> ");
    }
    let _ = write!(out, "¶{number} </a>");
}

/// Writes what stands beside a highlight.
fn write_gloss(gloss: &Gloss, legend: &mut Legend, out: &mut String) {
    let number = gloss.number;
    let first = gloss
        .labels
        .first()
        .map_or(super::GREY, |(_, color)| *color);
    let _ = write!(
        out,
        "<small class=\"g\" role=\"note\" id=\"g{number}\" style=\""
    );
    out.push_str(legend.colors.properties(first));
    let _ = write!(out, "\"><a href=\"#e{number}\">{number}</a> ");
    for (i, (name, color)) in gloss.labels.iter().enumerate() {
        out.push_str(if i > 0 { ", <b" } else { "<b" });
        if *color != first {
            out.push_str(" class=\"h\" style=\"");
            out.push_str(legend.colors.properties(*color));
            out.push('"');
        }
        out.push('>');
        legend.link(name, out);
        out.push_str("</b>");
    }
    out.push_str(" <span>");
    if let Some(stance) = gloss.stance {
        let _ = write!(out, "{} · ", stance.word());
    }
    escape(&gloss.coder, out);
    out.push_str(" · ");
    escape(&gloss.place, out);
    out.push_str("</span>");
    for line in gloss.note.lines().map(str::trim).filter(|l| !l.is_empty()) {
        out.push_str(" <span class=\"s\">");
        escape(line, out);
        out.push_str("</span>");
    }
    // The spaces are for who reads the page without its style sheet.
    out.push_str(" </small>");
}
