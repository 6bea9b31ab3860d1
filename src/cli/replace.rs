//! `glossator import --replace`: a revised version in the place of a reading.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::{failure::Failure, project, quote::shortened};
use crate::{
    export::cite::locator,
    import::Options,
    intake::{Changed, Lost, Progress, Reader, Replacement, Revision, Trouble, contents, revise},
    model::{Highlight, Project, Reading},
    store::Workspace,
    text::{Candidate, Span},
};

/// What became of the old version's highlights.
#[derive(Serialize)]
pub struct Report {
    file: String,
    /// The new version's slug.
    reading: String,
    /// The old version's.
    replaces: String,
    title: String,
    words: u32,
    pages: usize,
    read_as: String,
    contents: String,
    remarks: Vec<String>,
    /// How many stand where they stood.
    kept: usize,
    /// How many stand elsewhere.
    moved: usize,
    changed: Vec<ChangedReport>,
    lost: Vec<LostReport>,
}

#[derive(Serialize)]
struct ChangedReport {
    id: String,
    coder: String,
    labels: Vec<String>,
    old_quote: String,
    quote: String,
    /// How much of the words both have in common, from 0 to 1.
    likeness: f32,
    /// Page and paragraph in the new version.
    locator: String,
    start: u32,
    end: u32,
}

/// A highlight without a place. Offsets are UTF-8 bytes of the current version's text, from 0, the end exclusive.
#[derive(Serialize)]
pub struct LostReport {
    id: String,
    coder: String,
    labels: Vec<String>,
    /// The slug of the current version.
    reading: String,
    /// The slug of the version that it lies in.
    version: String,
    note: String,
    quote: String,
    candidates: Vec<CandidateReport>,
}

#[derive(Serialize)]
struct CandidateReport {
    quote: String,
    likeness: f32,
    locator: String,
    start: u32,
    end: u32,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::new(trouble.what).hint(trouble.hint)
    }
}

/// The one file there is.
pub fn only(files: &[PathBuf]) -> Result<&Path, Failure> {
    match files {
        [one] => Ok(one),
        _ => Err(Failure::usage("--replace takes one file")
            .hint("import the others by a command of their own")),
    }
}

/// Replaces a reading by what is in a file, and closes the project.
pub fn replace(
    mut workspace: Workspace,
    old: &str,
    file: &Path,
    options: Options,
    progress: &Progress,
) -> Result<Report, Failure> {
    let old = project::reading(workspace.project(), old)?.id.clone();
    let replacement = Replacement {
        folder: workspace.folder(),
        project: workspace.project(),
        old: &old,
        path: file,
        options,
        reader: &Reader::default(),
    };
    let revision = revise(replacement, progress)?;
    let report = report(workspace.project(), file, &revision);
    let now = Timestamp::now();
    let edit = revision.edit(workspace.project(), now);
    let performed = workspace.perform_as(revision.what(), edit, now);
    performed
        .map_err(Failure::new)
        .and_then(|()| project::finish(workspace))
        .inspect_err(|_| revision.discard())?;
    Ok(report)
}

fn report(project: &Project, file: &Path, revision: &Revision) -> Report {
    let new = &revision.new;
    let lost = revision.lost.iter();
    Report {
        file: file.display().to_string(),
        reading: new.id.to_string(),
        replaces: revision.old.id.to_string(),
        title: new.meta.title.clone(),
        words: new.words,
        pages: new.structure.pages.len(),
        read_as: revision.read_as.clone(),
        contents: contents(new),
        remarks: new.remarks.clone(),
        kept: revision.kept.len(),
        moved: revision.moved.len(),
        changed: (revision.changed.iter())
            .map(|c| changed_report(project, new, c))
            .collect(),
        lost: lost.map(|l| lost_report(project, new, l)).collect(),
    }
}

fn labels(project: &Project, highlight: &Highlight) -> Vec<String> {
    let labels = highlight.labels.iter();
    labels.map(|l| project.label_name(l).to_owned()).collect()
}

fn changed_report(project: &Project, new: &Reading, changed: &Changed) -> ChangedReport {
    let highlight = &changed.highlight;
    ChangedReport {
        id: highlight.id.to_string(),
        coder: highlight.coder.to_string(),
        labels: labels(project, highlight),
        old_quote: project.passage(highlight).unwrap_or_default().to_owned(),
        quote: new.text.slice(changed.span).to_owned(),
        likeness: changed.likeness,
        locator: locator(new, changed.span),
        start: changed.span.start,
        end: changed.span.end,
    }
}

/// What there is to say of a lost highlight.
pub fn lost_report(project: &Project, now: &Reading, lost: &Lost) -> LostReport {
    let highlight = &lost.highlight;
    let candidate = |candidate: &Candidate| {
        let Candidate { span, likeness } = *candidate;
        let Span { start, end } = span;
        CandidateReport {
            quote: now.text.slice(span).to_owned(),
            likeness,
            locator: locator(now, span),
            start,
            end,
        }
    };
    LostReport {
        id: highlight.id.to_string(),
        coder: highlight.coder.to_string(),
        labels: labels(project, highlight),
        reading: now.id.to_string(),
        version: highlight.reading.to_string(),
        note: highlight.note.clone(),
        quote: project.passage(highlight).unwrap_or_default().to_owned(),
        candidates: lost.candidates.iter().map(candidate).collect(),
    }
}

/// The report as people read it.
pub fn table(report: &Report) -> String {
    let mut out = format!(
        "{} → {}, in the place of {}\n  “{}”\n  {}, {}\n",
        report.file, report.reading, report.replaces, report.title, report.contents, report.read_as
    );
    for remark in &report.remarks {
        out.push_str(&format!("  {remark}\n"));
    }
    for changed in &report.changed {
        out.push_str(&format!(
            "changed {} ({})\n  from “{}”\n  to   “{}” ({}, {} alike)\n",
            changed.id,
            changed.labels.join(", "),
            shortened(&changed.old_quote),
            shortened(&changed.quote),
            changed.locator,
            percent(changed.likeness)
        ));
    }
    for lost in &report.lost {
        out.push_str(&lost_lines(lost));
    }
    out.push_str(&format!(
        "{} kept, {} moved, {} changed, {} lost.\n",
        report.kept,
        report.moved,
        report.changed.len(),
        report.lost.len()
    ));
    if !report.lost.is_empty() {
        let what =
            "Lost highlights stay with the old version: `glossator lost` lists and places them.\n";
        out.push_str(what);
    }
    out
}

/// A lost highlight with its candidates.
pub fn lost_lines(lost: &LostReport) -> String {
    let mut out = format!(
        "lost {} ({}, {})\n  “{}”\n",
        lost.id,
        lost.labels.join(", "),
        lost.coder,
        shortened(&lost.quote)
    );
    for (i, candidate) in lost.candidates.iter().enumerate() {
        out.push_str(&format!(
            "  {}. “{}” ({}, {} alike)\n",
            i + 1,
            shortened(&candidate.quote),
            candidate.locator,
            percent(candidate.likeness)
        ));
    }
    if lost.candidates.is_empty() {
        out.push_str("  nothing is like it\n");
    }
    out
}

fn percent(likeness: f32) -> String {
    format!("{:.0}%", likeness * 100.0)
}
