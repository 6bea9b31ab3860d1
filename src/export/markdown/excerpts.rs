//! Excerpts, by label or by reading. Each is a block quote that ends with its citation, then a line with labels, stance and
//! coder, then the note:
//!
//! ```markdown
//! > An ally can be dragged in.
//! >
//! > (Walt 1987, ¶12)
//!
//! supports · also **Abandonment** · MK
//!
//! Note: He says so twice.
//! ```

use std::{collections::HashMap, fmt::Write as _};

use super::{Names, block, byline, escape, heading, one_line, paragraphs, stance_and_coder};
use crate::{
    export::{Filter, Selected, Selection},
    model::{Highlight, Label, LabelId, Project},
    text::{Paragraphs, Text},
};

/// What excerpts are put under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Their labels, in codebook order, children under their parents; an excerpt stands under each of its labels. When the
    /// filter asks for labels, only under those.
    #[default]
    Label,
    /// Their readings, in the order in which they were imported.
    Reading,
}

/// How excerpts are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExcerptOptions {
    /// What they are put under.
    pub group: Group,
    /// Whether the labels' definitions are written, too: under each label's heading, or at the end when by reading.
    pub definitions: bool,
}

/// The excerpts that `filter` lets through, as Markdown. Labels and readings without any are left out.
pub fn excerpts(project: &Project, filter: &Filter, options: &ExcerptOptions) -> String {
    let selection = filter.select(project);
    let writer = Writer::new(project, &selection);
    let mut out = String::with_capacity(4096 + selection.len() * 512);
    heading(&mut out, 1, &escape(&one_line(project.name())));
    writer.summary(&mut out, filter, *options);
    match options.group {
        Group::Label => writer.by_label(&mut out, options.definitions),
        Group::Reading => writer.by_reading(&mut out, options.definitions),
    }
    out
}

/// Everything that is looked up once and used for many excerpts.
struct Writer<'a> {
    project: &'a Project,
    selection: &'a Selection<'a>,
    codebook: Vec<(usize, &'a Label)>,
    names: Names<'a>,
    citations: Vec<String>,
}

/// One excerpt: a highlight and its reading's index in the selection.
#[derive(Clone, Copy)]
struct Excerpt<'a> {
    highlight: &'a Highlight,
    reading: usize,
}

impl<'a> Writer<'a> {
    fn new(project: &'a Project, selection: &'a Selection<'a>) -> Self {
        let cite = |r: &Selected<'_>| escape(&one_line(&r.shelf.reading.meta.citation()));
        Self {
            project,
            selection,
            codebook: selection.codebook(project),
            names: Names::of(project),
            citations: selection.readings.iter().map(cite).collect(),
        }
    }

    fn text(&self, reading: usize) -> &'a Text {
        &self.selection.readings[reading].shelf.reading.text
    }

    /// All excerpts, reading by reading in text order.
    fn all(&self) -> impl Iterator<Item = Excerpt<'a>> {
        let readings: &'a [Selected<'a>] = &self.selection.readings;
        readings.iter().enumerate().flat_map(|(reading, r)| {
            let highlights = r.highlights.iter();
            highlights.map(move |highlight| Excerpt { highlight, reading })
        })
    }

    fn summary(&self, out: &mut String, filter: &Filter, options: ExcerptOptions) {
        let used = self
            .selection
            .readings
            .iter()
            .filter(|r| !r.highlights.is_empty());
        let by = match options.group {
            Group::Label => "label",
            Group::Reading => "reading",
        };
        let excerpts = count(self.selection.len(), "excerpt");
        let readings = count(used.count(), "reading");
        let _ = writeln!(out, "\nExcerpts by {by}: {excerpts} from {readings}.");
        let title = |id| {
            self.project
                .reading(id)
                .map_or_else(String::new, |r| r.meta.title.clone())
        };
        only(out, "readings", filter.readings.iter().map(title));
        let name = |id| self.project.label_name(id).to_owned();
        only(out, "labels", filter.labels.iter().map(name));
        only(out, "coders", filter.coders.iter().map(ToString::to_string));
    }

    fn by_label(&self, out: &mut String, definitions: bool) {
        let mut under: HashMap<&LabelId, Vec<Excerpt<'a>>> = HashMap::new();
        for excerpt in self.all() {
            for label in &excerpt.highlight.labels {
                if self
                    .selection
                    .labels
                    .as_ref()
                    .is_none_or(|asked| asked.contains(label))
                {
                    under.entry(label).or_default().push(excerpt);
                }
            }
        }
        for (place, (depth, label)) in self.codebook.iter().enumerate() {
            let here = under.get(&label.id).map_or(&[][..], Vec::as_slice);
            if here.is_empty() && !self.any_below(place, &under) {
                continue;
            }
            heading(out, depth + 2, self.names.get(&label.id));
            if definitions {
                define(out, label);
            }
            for excerpt in here {
                self.excerpt(out, excerpt, Some(&label.id));
            }
        }
    }

    /// Whether a label under the one at `place` of the codebook has excerpts: those under it are those that follow it deeper.
    fn any_below(&self, place: usize, under: &HashMap<&LabelId, Vec<Excerpt<'a>>>) -> bool {
        let (depth, _) = self.codebook[place];
        self.codebook[place + 1..]
            .iter()
            .take_while(|(d, _)| *d > depth)
            .any(|(_, l)| under.contains_key(&l.id))
    }

    fn by_reading(&self, out: &mut String, definitions: bool) {
        let mut last = None;
        for excerpt in self.all() {
            if last != Some(excerpt.reading) {
                last = Some(excerpt.reading);
                let meta = &self.selection.readings[excerpt.reading].shelf.reading.meta;
                heading(out, 2, &escape(&one_line(&meta.title)));
                byline(out, meta);
            }
            self.excerpt(out, &excerpt, None);
        }
        if definitions {
            self.definitions(out);
        }
    }

    /// The labels of the excerpts with what they mean.
    fn definitions(&self, out: &mut String) {
        let highlights = self.selection.readings.iter().flat_map(|r| &r.highlights);
        let used: std::collections::HashSet<&LabelId> =
            highlights.flat_map(|h| &h.labels).collect();
        if used.is_empty() {
            return;
        }
        heading(out, 2, "Labels");
        for (_, label) in self.codebook.iter().filter(|(_, l)| used.contains(&l.id)) {
            heading(out, 3, self.names.get(&label.id));
            define(out, label);
        }
    }

    fn excerpt(&self, out: &mut String, excerpt: &Excerpt<'a>, under: Option<&LabelId>) {
        let Excerpt { highlight, reading } = *excerpt;
        let text = self.text(reading);
        out.push('\n');
        for paragraph in paragraphs(text.slice(highlight.span)) {
            out.push_str("> ");
            super::Line::beginning(paragraph).write_all(out);
            out.push_str("\n>\n");
        }
        let place = Paragraphs::of(text, highlight.span);
        let _ = writeln!(out, "> ({}, {place})\n", self.citations[reading]);
        let others = highlight.labels.iter().filter(|l| Some(*l) != under);
        if others.clone().next().is_some() {
            out.push_str(if under.is_some() { "also " } else { "" });
            self.names.write(others, out);
            out.push_str(" · ");
        }
        stance_and_coder(out, highlight);
        out.push('\n');
        block(out, "Note: ", &highlight.note);
    }
}

/// A label's definition, when to use it and when not, and its source.
fn define(out: &mut String, label: &Label) {
    block(out, "", &label.definition);
    block(out, "*Use:* ", &label.when);
    block(out, "*Don’t use:* ", &label.when_not);
    block(out, "*Source:* ", &label.source);
}

fn count(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {what}{s}")
}

/// A line that says what the filter asked for, when it did.
fn only(out: &mut String, what: &str, asked: impl Iterator<Item = String>) {
    let asked: Vec<String> = asked.map(|name| escape(&one_line(&name))).collect();
    if !asked.is_empty() {
        let _ = writeln!(out, "\nOnly these {what}: {}.", asked.join("; "));
    }
}
