//! `glossator import`: readings and annotated projects into a project.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
};

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE, FAILED,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
    replace,
};
use crate::{
    import::{Options, annotated::Counts},
    intake::{Line, Order, Outcome as Came, Progress, Reader, Trouble, take_in},
    model::Reading,
    text::counted,
};

/// Import readings (.pdf, .docx, .odt, .epub, .html, .rtf, .txt, .md), folders of them, bibliographies (.bib, .json, .ris), and annotated projects (.ron)
#[derive(Args, Debug)]
#[command(after_help = "\
A text that the project has already is not imported twice. A file that can't be read is reported, and the others are imported \
all the same; the exit code is 1 then, and also when highlights of an annotated project had to be left out. All that came in is \
one edit, which undo takes back.

With --replace the file takes the place of a reading that it is a revised version of. Highlights go along to where their words \
stand now; those whose words were edited are listed with what stands in their place. What has no place is lost: it stays with the \
old version, is listed with places that are like it, and `glossator lost` lists and places it later. The exit code is 0 then, too: \
nothing was dropped. One undo takes it all back, and --reading takes the old slug as well as the new.

Examples:
  # everything that can be read in a folder and in the folders in it
  glossator import seminar readings/
  # two files, with a report for a script
  glossator import seminar walt.pdf notes.md --format json
  # an encrypted file; its password is the first line of standard input
  glossator import seminar exam.pdf --password -
  # a folder of PDFs and what Zotero says of them, attached by file name, DOI or title
  glossator import seminar papers/ papers.bib
  # what a colleague coded and exported
  glossator import seminar colleague.ron
  # the final version of a draft that was coded
  glossator import seminar walt-final.docx --replace walt-draft")]
pub struct Import {
    #[command(flatten)]
    folder: Folder,
    /// Files and folders to import
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The password of encrypted files, or - for the first line of standard input
    #[arg(long)]
    password: Option<String>,
    /// The reading that the file is a revised version of, named as for `glossator tag`
    #[arg(long, value_name = "READING")]
    replace: Option<String>,
    /// How to write the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// It is in the project now.
    Imported,
    /// The project had it already.
    Known,
    /// It could not be imported.
    Failed,
}

/// The report on one file. Of an annotated project, the counts are what was new.
#[derive(Debug, Serialize)]
struct Report {
    file: String,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraphs: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headings: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    footnotes: Option<usize>,
    /// Of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    /// The encoding of a text, else the name of the format.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    readings: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highlights: Option<usize>,
    /// Works that a bibliography describes, readings among them, and those of which it says something new.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<usize>,
    /// Highlights that could not be taken; the remarks say why.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<usize>,
    remarks: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Import {
    pub fn run(self) -> Result<u8, Failure> {
        let coder = self.coder.id()?;
        let password = self.password.as_deref().map(password).transpose()?;
        let mut workspace = project::open(&self.folder.project, coder)?;
        let options = Options { password };
        if let Some(old) = &self.replace {
            let file = replace::only(&self.files)?;
            let report = watched(|p| replace::replace(workspace, old, file, options, p))?;
            output::print(self.format, &report, replace::table)?;
            return Ok(DONE);
        }
        let order = Order {
            folder: workspace.folder(),
            project: workspace.project().clone(),
            paths: &self.files,
            options,
            reader: &Reader::default(),
        };
        let mut taken = watched(|progress| take_in(order, progress));
        let reports: Vec<Report> = taken.lines.iter().map(report).collect();
        if let Some(edit) = taken.take_edit() {
            let performed = workspace.perform_as(taken.what(), edit, Timestamp::now());
            performed
                .map_err(Failure::new)
                .inspect_err(|_| taken.discard())?;
        }
        // Else their folders would be readings at the next start.
        project::finish(workspace).inspect_err(|_| taken.discard())?;
        output::print(self.format, &reports, |reports| table(reports))?;
        let is_whole = |r: &Report| r.outcome != Outcome::Failed && r.left_out.is_none();
        let all = reports.iter().all(is_whole);
        Ok(if all { DONE } else { FAILED })
    }
}

/// The password that was said, or the first line of standard input.
fn password(said: &str) -> Result<String, Failure> {
    if said != "-" {
        return Ok(said.to_owned());
    }
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|e| Failure::new(format!("could not read the password: {e}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Does something that takes time; says how far it is on standard error when that is a terminal.
fn watched<T>(work: impl FnOnce(&Progress) -> T) -> T {
    if !io::stderr().is_terminal() {
        return work(&Progress::default());
    }
    let progress = std::sync::Arc::new_cyclic(|weak: &std::sync::Weak<Progress>| {
        let weak = weak.clone();
        Progress::new(move || {
            if let Some(progress) = weak.upgrade() {
                let (done, total) = (progress.done(), progress.total());
                let names = progress.reading().join(", ");
                let line: String = format!("{done} of {total}  {names}")
                    .chars()
                    .take(78)
                    .collect();
                // Nobody can be told that standard error is gone.
                let _ = write!(io::stderr().lock(), "\r\x1B[K{line}");
            }
        })
    });
    let result = work(&progress);
    let _ = write!(io::stderr().lock(), "\r\x1B[K");
    result
}

/// The report on a file. A failure is said on standard error too.
fn report(line: &Line) -> Report {
    let empty = Report {
        file: line.path.display().to_string(),
        outcome: Outcome::Failed,
        reading: None,
        title: None,
        citation: None,
        words: None,
        paragraphs: None,
        headings: None,
        pages: None,
        footnotes: None,
        encoding: None,
        read_as: None,
        labels: None,
        readings: None,
        highlights: None,
        entries: None,
        found: None,
        changed: None,
        left_out: None,
        remarks: line.remarks.clone(),
        error: None,
        hint: None,
    };
    match &line.outcome {
        Came::Imported { reading, read_as } => Report {
            outcome: Outcome::Imported,
            read_as: Some(read_as.clone()),
            ..of_reading(empty, reading)
        },
        Came::Known(reading) => Report {
            outcome: Outcome::Known,
            ..of_reading(empty, reading)
        },
        Came::Annotated { counts, known, .. } => of_annotated(empty, counts, *known),
        Came::Bibliography {
            entries,
            found,
            changed,
        } => Report {
            outcome: match changed {
                0 => Outcome::Known,
                _ => Outcome::Imported,
            },
            entries: Some(*entries),
            found: Some(*found),
            changed: Some(*changed),
            ..empty
        },
        Came::Failed(Trouble { what, hint, .. }) => {
            Failure::new(what).hint(hint).print();
            Report {
                error: Some(what.clone()),
                hint: Some(hint.clone()).filter(|h| !h.is_empty()),
                ..empty
            }
        }
    }
}

fn of_reading(report: Report, reading: &Reading) -> Report {
    let structure = &reading.structure;
    let some = |n: usize| Some(n).filter(|n| *n > 0);
    Report {
        reading: Some(reading.id.to_string()),
        title: Some(reading.meta.title.clone()),
        citation: Some(reading.meta.citation()),
        words: Some(reading.words),
        paragraphs: Some(reading.text.paragraphs().len()),
        headings: Some(structure.headings.len()),
        pages: some(structure.pages.len()),
        footnotes: some(structure.notes.len()),
        encoding: Some(reading.encoding.clone()).filter(|e| !e.is_empty()),
        ..report
    }
}

fn of_annotated(report: Report, counts: &Counts, known: bool) -> Report {
    let left_out = counts.left_out;
    let outcome = match known {
        true if left_out > 0 => Outcome::Failed,
        true => Outcome::Known,
        false => Outcome::Imported,
    };
    let failure = (left_out > 0).then(|| {
        let what = counted(left_out, "highlight");
        let were = if left_out == 1 { "was" } else { "were" };
        let what = format!("{what} of {} {were} left out", report.file);
        Failure::new(what).hint("the report says why; import the readings they lie in first")
    });
    if let Some(failure) = &failure {
        failure.print();
    }
    Report {
        outcome,
        left_out: Some(left_out).filter(|n| *n > 0),
        error: failure
            .filter(|_| outcome == Outcome::Failed)
            .map(|failure| failure.what().to_owned()),
        labels: Some(counts.labels),
        readings: Some(counts.readings),
        highlights: Some(counts.added + counts.changed),
        ..report
    }
}

fn table(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        out.push_str(&lines(report).join("\n  "));
        out.push('\n');
    }
    let n = |outcome| reports.iter().filter(|r| r.outcome == outcome).count();
    let counts = [
        (n(Outcome::Imported), "imported"),
        (n(Outcome::Known), "there already"),
        (n(Outcome::Failed), "failed"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    out + &said.join(", ") + ".\n"
}

fn lines(report: &Report) -> Vec<String> {
    let mut lines = vec![match (&report.reading, &report.error) {
        (_, Some(error)) => format!("{}: not imported: {error}", report.file),
        (Some(reading), _) => format!("{} → {reading}", report.file),
        _ => report.file.clone(),
    }];
    if let (Some(title), Some(citation)) = (&report.title, &report.citation) {
        lines.push(match citation.contains(title.as_str()) {
            true => format!("“{title}”"),
            false => format!("“{title}” ({citation})"),
        });
    }
    let counts = [
        (report.words.map(|n| n as usize), "word"),
        (report.paragraphs, "paragraph"),
        (report.headings, "heading"),
        (report.pages, "page"),
        (report.footnotes, "footnote"),
    ];
    let counts = counts.into_iter();
    let counts = counts.filter_map(|(n, what)| Some(counted(n?, what)));
    let read_as = report.read_as.iter().chain(&report.encoding).take(1);
    let parts: Vec<String> = counts.chain(read_as.cloned()).collect();
    if !parts.is_empty() {
        lines.push(parts.join(", "));
    }
    if let (Some(labels), Some(readings), Some(highlights)) =
        (report.labels, report.readings, report.highlights)
    {
        lines.push(format!(
            "{}, {}, {}",
            counted(labels, "new label"),
            counted(readings, "new reading"),
            counted(highlights, "new or changed highlight")
        ));
    }
    if let (Some(entries), Some(found), Some(changed)) =
        (report.entries, report.found, report.changed)
    {
        lines.push(format!(
            "{}, {found} of them found here, {changed} with something new",
            counted(entries, "work")
        ));
    }
    if let Some(n) = report.left_out {
        lines.push(format!("{} left out:", counted(n, "highlight")));
    }
    lines.extend(report.remarks.iter().cloned());
    lines
}
