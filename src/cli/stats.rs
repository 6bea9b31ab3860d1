//! `glossator stats`: what a project holds.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use super::{
    DONE,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
};
use crate::{
    model::{Highlight, Label, Project},
    text::{counted, grouped},
};

/// Count readings, words, labels, highlights, codings per label, coders
#[derive(Args, Debug)]
#[command(after_help = "\
A coding is one label on one highlight: a passage with three labels is one highlight and three codings. The column “in all” counts \
the highlights of the labels below as well, each once.")]
pub struct Stats {
    #[command(flatten)]
    folder: Folder,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, PartialEq, Serialize)]
struct Counts {
    project: String,
    words: usize,
    highlights: usize,
    codings: usize,
    readings: Vec<ReadingCounts>,
    labels: Vec<LabelCounts>,
    coders: Vec<CoderCounts>,
}

#[derive(Debug, PartialEq, Serialize)]
struct ReadingCounts {
    id: String,
    title: String,
    citation: String,
    words: u32,
    paragraphs: usize,
    highlights: usize,
}

#[derive(Debug, PartialEq, Serialize)]
struct LabelCounts {
    id: String,
    name: String,
    parent: Option<String>,
    depth: usize,
    /// Highlights with this label.
    codings: u32,
    /// Highlights with this label or one under it.
    in_all: usize,
}

#[derive(Debug, Default, PartialEq, Serialize)]
struct CoderCounts {
    name: String,
    highlights: usize,
    codings: usize,
    notes: usize,
}

impl Stats {
    pub fn run(self) -> Result<u8, Failure> {
        let snapshot = project::read(&self.folder.project)?;
        output::print(self.format, &count(&snapshot.project), table)?;
        Ok(DONE)
    }
}

fn count(project: &Project) -> Counts {
    let shelves = project.shelves();
    let readings: Vec<ReadingCounts> = shelves
        .iter()
        .map(|shelf| ReadingCounts {
            id: shelf.reading.id.to_string(),
            title: shelf.reading.meta.title.clone(),
            citation: shelf.reading.meta.citation(),
            words: shelf.reading.words,
            paragraphs: shelf.reading.text.paragraphs().len(),
            highlights: shelf.highlights.len(),
        })
        .collect();
    let coders = coders(project);
    Counts {
        project: project.name().to_owned(),
        words: readings.iter().map(|r| r.words as usize).sum(),
        highlights: project.highlight_count(),
        codings: coders.iter().map(|c| c.codings).sum(),
        labels: project
            .codebook()
            .into_iter()
            .map(|(depth, label)| label_counts(project, depth, label))
            .collect(),
        readings,
        coders,
    }
}

fn label_counts(project: &Project, depth: usize, label: &Label) -> LabelCounts {
    let family = project.with_descendants(&label.id);
    let codings = project.label_count(&label.id);
    let has_any = |h: &&std::sync::Arc<Highlight>| h.labels.iter().any(|l| family.contains(l));
    LabelCounts {
        id: label.id.to_string(),
        name: label.name.clone(),
        parent: label.parent.as_ref().map(ToString::to_string),
        depth,
        codings,
        in_all: match family.len() {
            1 => codings as usize,
            _ => project.highlights().filter(has_any).count(),
        },
    }
}

fn coders(project: &Project) -> Vec<CoderCounts> {
    let mut counts: BTreeMap<&str, CoderCounts> = BTreeMap::new();
    for h in project.highlights() {
        let coder = counts.entry(h.coder.as_str()).or_default();
        coder.highlights += 1;
        coder.codings += h.labels.len();
        coder.notes += usize::from(!h.note.is_empty());
    }
    let named = |(name, counts): (&str, CoderCounts)| CoderCounts {
        name: name.to_owned(),
        ..counts
    };
    counts.into_iter().map(named).collect()
}

fn table(counts: &Counts) -> String {
    let mut out = format!(
        "{}: {}, {}, {}, {}, {} by {}\n",
        counts.project,
        counted(counts.readings.len(), "reading"),
        counted(counts.words, "word"),
        counted(counts.labels.len(), "label"),
        counted(counts.highlights, "highlight"),
        counted(counts.codings, "coding"),
        counted(counts.coders.len(), "coder"),
    );
    if !counts.readings.is_empty() {
        let rows: Vec<Vec<String>> = counts.readings.iter().map(reading_row).collect();
        out.push('\n');
        out.push_str(&output::table(
            &["reading", "words", "paragraphs", "highlights", "cited as"],
            &[false, true, true, true],
            &rows,
        ));
    }
    if !counts.labels.is_empty() {
        let rows: Vec<Vec<String>> = counts.labels.iter().map(label_row).collect();
        out.push('\n');
        out.push_str(&output::table(
            &["label", "codings", "in all"],
            &[false, true, true],
            &rows,
        ));
        let unused = counts.labels.iter().filter(|l| l.in_all == 0).count();
        if unused > 0 {
            out.push_str(&format!("{} not used yet\n", counted(unused, "label")));
        }
    }
    if !counts.coders.is_empty() {
        let rows: Vec<Vec<String>> = counts.coders.iter().map(coder_row).collect();
        out.push('\n');
        out.push_str(&output::table(
            &["coder", "highlights", "codings", "notes"],
            &[false, true, true, true],
            &rows,
        ));
    }
    out
}

fn reading_row(reading: &ReadingCounts) -> Vec<String> {
    vec![
        reading.id.clone(),
        grouped(reading.words as usize),
        grouped(reading.paragraphs),
        grouped(reading.highlights),
        reading.citation.clone(),
    ]
}

fn label_row(label: &LabelCounts) -> Vec<String> {
    vec![
        "  ".repeat(label.depth) + &label.name,
        grouped(label.codings as usize),
        grouped(label.in_all),
    ]
}

fn coder_row(coder: &CoderCounts) -> Vec<String> {
    vec![
        coder.name.clone(),
        grouped(coder.highlights),
        grouped(coder.codings),
        grouped(coder.notes),
    ]
}
