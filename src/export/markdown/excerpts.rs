//! Excerpts, by label or by reading, and the list of the readings they are from. Each is a block quote that ends with its citation
//! (in the style of notes with the number of a footnote), then a line with labels, stance and coder, then the note:
//!
//! ```markdown
//! > An ally can be dragged in.
//! >
//! > (Walt 1987, 21, ¶12)
//!
//! supports · also **Abandonment** · MK
//!
//! Note: He says so twice.
//! ```

use std::{collections::HashMap, fmt::Write as _};

use super::{
    Names, block, byline, escape, heading, one_line, paragraphs, references, rich, stance_and_coder,
};
use crate::{
    export::{
        Filter, Selected, Selection,
        cite::{Citer, Place, Style},
        document::{ExcerptOptions, Group},
    },
    model::{Highlight, Label, LabelId, Project, Reading},
};

/// The excerpts that `filter` lets through, as Markdown. Labels and readings without any are left out.
pub fn excerpts(project: &Project, filter: &Filter, options: &ExcerptOptions) -> String {
    let selection = filter.select(project);
    let writer = Writer::new(project, &selection);
    let mut sheet = Sheet {
        out: String::with_capacity(4096 + selection.len() * 512),
        citer: Citer::new(project, options.cite),
        notes: String::new(),
        noted: 0,
    };
    heading(&mut sheet.out, 1, &escape(&one_line(project.name())));
    writer.summary(&mut sheet.out, filter, *options);
    match options.group {
        Group::Label => writer.by_label(&mut sheet, options.definitions),
        Group::Reading => writer.by_reading(&mut sheet, options.definitions),
    }
    let Sheet {
        mut out,
        citer,
        notes,
        ..
    } = sheet;
    out.push_str(&notes);
    references(&mut out, options.cite, &citer.references());
    out
}

/// What is being written: the text so far, and what was cited in it.
struct Sheet<'a> {
    out: String,
    citer: Citer<'a>,
    /// The footnotes that come after the excerpts.
    notes: String,
    /// How many those are.
    noted: usize,
}

impl<'a> Sheet<'a> {
    /// Ends a block quote with its citation.
    fn cite(&mut self, reading: &'a Reading, highlight: &Highlight) {
        let place = Place::of(reading, highlight.span);
        let cited = self.citer.cite(reading, &place);
        if self.citer.style() == Style::Note {
            self.noted += 1;
            let _ = write!(self.notes, "\n[^{}]: ", self.noted);
            rich(&mut self.notes, &cited, false);
            self.notes.push('\n');
            if self.out.ends_with('!') {
                // `![` would begin a picture.
                self.out.insert(self.out.len() - 1, '\\');
            }
            let _ = writeln!(self.out, "[^{}]\n", self.noted);
        } else {
            self.out.push_str("\n>\n> ");
            rich(&mut self.out, &cited, true);
            self.out.push_str("\n\n");
        }
    }
}

/// Everything that is looked up once and used for many excerpts.
struct Writer<'a> {
    project: &'a Project,
    selection: &'a Selection<'a>,
    codebook: Vec<(usize, &'a Label)>,
    names: Names<'a>,
}

/// One excerpt: a highlight and its reading's index in the selection.
#[derive(Clone, Copy)]
struct Excerpt<'a> {
    highlight: &'a Highlight,
    reading: usize,
}

impl<'a> Writer<'a> {
    fn new(project: &'a Project, selection: &'a Selection<'a>) -> Self {
        Self {
            project,
            selection,
            codebook: selection.codebook(project),
            names: Names::of(project),
        }
    }

    fn reading(&self, index: usize) -> &'a Reading {
        &self.selection.readings[index].shelf.reading
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
        if let Some(chosen) = filter.chosen.as_ref().filter(|c| !c.query.is_empty()) {
            let query = escape(&one_line(&chosen.query));
            let _ = writeln!(out, "\nOnly what this query lets through: {query}");
        }
    }

    fn by_label(&self, sheet: &mut Sheet<'a>, definitions: bool) {
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
            heading(&mut sheet.out, depth + 2, self.names.get(&label.id));
            if definitions {
                define(&mut sheet.out, label);
            }
            for excerpt in here {
                self.excerpt(sheet, excerpt, Some(&label.id));
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

    fn by_reading(&self, sheet: &mut Sheet<'a>, definitions: bool) {
        let mut last = None;
        for excerpt in self.all() {
            if last != Some(excerpt.reading) {
                last = Some(excerpt.reading);
                let meta = &self.reading(excerpt.reading).meta;
                heading(&mut sheet.out, 2, &escape(&one_line(&meta.title)));
                byline(&mut sheet.out, meta);
            }
            self.excerpt(sheet, &excerpt, None);
        }
        if definitions {
            self.definitions(&mut sheet.out);
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

    fn excerpt(&self, sheet: &mut Sheet<'a>, excerpt: &Excerpt<'a>, under: Option<&LabelId>) {
        let Excerpt { highlight, reading } = *excerpt;
        let reading = self.reading(reading);
        let passage = reading.text.slice(highlight.span);
        if passage.trim().is_empty() {
            sheet.out.push_str("\n> …");
        }
        for (i, paragraph) in paragraphs(passage).enumerate() {
            sheet.out.push_str(if i > 0 { "\n>\n> " } else { "\n> " });
            super::Line::beginning(paragraph).write_all(&mut sheet.out);
        }
        sheet.cite(reading, highlight);
        let out = &mut sheet.out;
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
