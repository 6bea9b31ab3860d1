//! Excerpts, by label or by reading, and the list of the readings they are from.

use std::collections::{HashMap, HashSet};

use super::{
    codebook::{define, heading},
    quote::quote,
};
use crate::{
    export::{
        Filter, Selected, Selection,
        cite::{Citer, Style},
        document::{Block, Inline, Inlines, LabelUse, Manner, Run, Sink, Stop, rich, text},
    },
    model::{Highlight, Label, LabelId, Project, Reading, ReadingMeta},
    text::fold_space,
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
    /// How they are cited.
    pub cite: Style,
}

/// The excerpts that `filter` lets through, by label or by reading, and the list of the readings they are from. Labels and readings
/// without any are left out. O(what passes).
///
/// # Errors
/// Those of `sink`.
pub fn excerpts(
    project: &Project,
    filter: &Filter,
    options: &ExcerptOptions,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let selection = filter.select(project);
    let composer = Composer {
        project,
        selection: &selection,
        codebook: selection.codebook(project),
        options: *options,
    };
    let mut sheet = Sheet {
        citer: Citer::new(project, options.cite),
        sink,
    };
    sheet.put(heading(1, project.name()))?;
    composer.summary(&mut sheet, filter)?;
    match options.group {
        Group::Label => composer.by_label(&mut sheet)?,
        Group::Reading => composer.by_reading(&mut sheet)?,
    }
    references(sheet.citer, sheet.sink)
}

/// The list of what was cited under its heading, unless it is empty.
pub(super) fn references(citer: Citer<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let style = citer.style();
    let list = citer.references();
    if !list.is_empty() {
        sink.put(heading(2, style.heading()).into())?;
    }
    for entry in &list {
        sink.put(Block::Reference(rich(entry)).into())?;
    }
    Ok(())
}

/// Where blocks go, and what was cited in them.
struct Sheet<'a, 's> {
    citer: Citer<'a>,
    sink: &'s mut dyn Sink,
}

impl Sheet<'_, '_> {
    fn put(&mut self, block: Block) -> Result<(), Stop> {
        self.sink.put(block.into())
    }
}

/// Everything that is looked up once and used for many excerpts.
struct Composer<'a> {
    project: &'a Project,
    selection: &'a Selection<'a>,
    codebook: Vec<(usize, &'a Label)>,
    options: ExcerptOptions,
}

/// One excerpt: a highlight and its reading's index in the selection.
#[derive(Clone, Copy)]
struct Excerpt<'a> {
    highlight: &'a Highlight,
    reading: usize,
}

/// The excerpts of each label.
type Under<'a> = HashMap<&'a LabelId, Vec<Excerpt<'a>>>;

impl<'a> Composer<'a> {
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

    /// How many there are, and what was asked for.
    fn summary(&self, sheet: &mut Sheet<'a, '_>, filter: &Filter) -> Result<(), Stop> {
        let readings = self.selection.readings.iter();
        let used = readings.filter(|r| !r.highlights.is_empty()).count();
        let by = match self.options.group {
            Group::Label => "label",
            Group::Reading => "reading",
        };
        let excerpts = count(self.selection.len(), "excerpt");
        let readings = count(used, "reading");
        sheet.put(body(format!(
            "Excerpts by {by}: {excerpts} from {readings}."
        )))?;
        let title = |id| {
            let reading = self.project.reading(id);
            reading.map_or_else(String::new, |r| r.meta.title.clone())
        };
        only(sheet, "readings", filter.readings.iter().map(title))?;
        let name = |id| self.project.label_name(id).to_owned();
        only(sheet, "labels", filter.labels.iter().map(name))?;
        only(
            sheet,
            "coders",
            filter.coders.iter().map(ToString::to_string),
        )?;
        match filter.chosen.as_ref().filter(|c| !c.query.is_empty()) {
            Some(chosen) => {
                let query = fold_space(&chosen.query);
                sheet.put(body(format!("Only what this query lets through: {query}")))
            }
            None => Ok(()),
        }
    }

    fn by_label(&self, sheet: &mut Sheet<'a, '_>) -> Result<(), Stop> {
        let mut under = Under::new();
        let asked = self.selection.labels.as_ref();
        for excerpt in self.all() {
            let labels = excerpt.highlight.labels.iter();
            for label in labels.filter(|l| asked.is_none_or(|asked| asked.contains(*l))) {
                under.entry(label).or_default().push(excerpt);
            }
        }
        let shown = self.shown(&under);
        sheet.put(Block::Legend(legend(&shown, &under)))?;
        for (depth, label) in shown {
            sheet.put(heading(depth + 2, &label.name))?;
            if self.options.definitions {
                define(label, sheet.sink)?;
            }
            for excerpt in under.get(&label.id).into_iter().flatten() {
                self.excerpt(sheet, excerpt, Some(&label.id))?;
            }
        }
        Ok(())
    }

    /// The labels that have excerpts or stand above some that do. O(labels).
    fn shown(&self, under: &Under<'a>) -> Vec<(usize, &'a Label)> {
        let mut shown = Vec::new();
        // From behind, what is below a label comes before it: it is shown when the last one shown is deeper.
        for &(depth, label) in self.codebook.iter().rev() {
            let below = shown.last().is_some_and(|&(d, _)| d > depth);
            if below || under.contains_key(&label.id) {
                shown.push((depth, label));
            }
        }
        shown.reverse();
        shown
    }

    fn by_reading(&self, sheet: &mut Sheet<'a, '_>) -> Result<(), Stop> {
        let mut last = None;
        for excerpt in self.all() {
            if last != Some(excerpt.reading) {
                last = Some(excerpt.reading);
                let meta = &self.reading(excerpt.reading).meta;
                sheet.put(heading(2, &meta.title))?;
                byline(sheet, meta)?;
            }
            self.excerpt(sheet, &excerpt, None)?;
        }
        match self.options.definitions {
            true => self.definitions(sheet),
            false => Ok(()),
        }
    }

    /// The labels of the excerpts with what they mean.
    fn definitions(&self, sheet: &mut Sheet<'a, '_>) -> Result<(), Stop> {
        let highlights = self.selection.readings.iter().flat_map(|r| &r.highlights);
        let used: HashSet<&LabelId> = highlights.flat_map(|h| &h.labels).collect();
        if used.is_empty() {
            return Ok(());
        }
        sheet.put(heading(2, "Labels"))?;
        for (_, label) in self.codebook.iter().filter(|(_, l)| used.contains(&l.id)) {
            sheet.put(heading(3, &label.name))?;
            define(label, sheet.sink)?;
        }
        Ok(())
    }

    fn excerpt(
        &self,
        sheet: &mut Sheet<'a, '_>,
        excerpt: &Excerpt<'a>,
        under: Option<&LabelId>,
    ) -> Result<(), Stop> {
        let reading = self.reading(excerpt.reading);
        let citer = &mut sheet.citer;
        let quote = quote(self.project, citer, reading, excerpt.highlight, under);
        sheet.put(Block::Quote(quote))
    }
}

fn legend(shown: &[(usize, &Label)], under: &Under<'_>) -> Vec<LabelUse> {
    let entry = |&(depth, label): &(usize, &Label)| LabelUse {
        name: fold_space(&label.name),
        color: label.color,
        depth,
        count: under.get(&label.id).map_or(0, Vec::len),
        glosses: Vec::new(),
    };
    shown.iter().map(entry).collect()
}

/// Who wrote a reading, when, where it was published and where it can be found, as far as is known.
fn byline(sheet: &mut Sheet<'_, '_>, meta: &ReadingMeta) -> Result<(), Stop> {
    let year = meta.year.map(|y| y.to_string()).unwrap_or_default();
    let known = [
        &meta.author_line(),
        &year,
        &meta.imprint.container,
        &meta.publisher,
    ];
    let mut parts: Vec<Inline> = known
        .into_iter()
        .map(|part| fold_space(part))
        .filter(|part| !part.is_empty())
        .map(text)
        .collect();
    parts.extend(address(&meta.url));
    if parts.is_empty() {
        return Ok(());
    }
    let mut line: Inlines = Vec::new();
    for part in parts {
        if !line.is_empty() {
            line.push(text(" · "));
        }
        line.push(part);
    }
    sheet.put(Block::Text(Manner::Aside, line))
}

/// Where something can be found: a web address as a link, anything else as text.
fn address(url: &str) -> Option<Inline> {
    let url = fold_space(url);
    let is_web = ["http://", "https://"].iter().any(|s| url.starts_with(s));
    (!url.is_empty()).then(|| {
        Inline::Run(Run {
            link: is_web.then(|| url.clone()),
            ..Run::new(url)
        })
    })
}

fn body(line: impl Into<String>) -> Block {
    Block::Text(Manner::Body, vec![text(line)])
}

fn count(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {what}{s}")
}

/// A line that says what the filter asked for, when it did.
fn only(
    sheet: &mut Sheet<'_, '_>,
    what: &str,
    asked: impl Iterator<Item = String>,
) -> Result<(), Stop> {
    let asked: Vec<String> = asked.map(|name| fold_space(&name)).collect();
    match asked.is_empty() {
        true => Ok(()),
        false => sheet.put(body(format!("Only these {what}: {}.", asked.join("; ")))),
    }
}
