//! `glossator import`: readings and annotated projects into a project.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
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
};
use crate::{
    edit::Edit,
    export::ron::Annotated,
    import::{self, ImportError, annotated, files},
    model::{Reading, ReadingId},
    store::{ReadingWriter, Workspace},
    text::counted,
};

/// Import texts (.txt, .md), folders of them, and annotated projects (.ron)
#[derive(Args, Debug)]
#[command(after_help = "\
A text that the project has already is not imported twice. A file that can't be read is reported, and the others are imported \
all the same; the exit code is 1 then, and also when highlights of an annotated project had to be left out. Each file is an edit of its own, which undo takes back.

Examples:
  # all .txt and .md files of a folder and of the folders in it
  glossator import seminar readings/
  # two files, with a report for a script
  glossator import seminar walt.txt notes.md --format json
  # what a colleague coded and exported
  glossator import seminar colleague.ron")]
pub struct Import {
    #[command(flatten)]
    folder: Folder,
    /// Files and folders to import
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
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
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    readings: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highlights: Option<usize>,
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
        let mut workspace = project::open(&self.folder.project, coder)?;
        let mut reports = Vec::new();
        let mut written = Written::new();
        for file in &self.files {
            let (files, failures) = texts_in(file);
            reports.extend(failures);
            for file in files {
                let report = import_one(&mut workspace, &file, &mut written);
                reports.push(report.unwrap_or_else(|failure| failed(&file, &failure)));
            }
        }
        let writer = ReadingWriter::new(workspace.folder());
        project::finish(workspace).inspect_err(|not_done| {
            // Else their folders would be readings at the next start.
            let lost = written.iter().filter(|(n, _)| *n > not_done.done);
            lost.for_each(|(_, id)| writer.discard(id));
        })?;
        output::print(self.format, &reports, |reports| table(reports))?;
        let is_whole = |r: &Report| r.outcome != Outcome::Failed && r.left_out.is_none();
        let all = reports.iter().all(is_whole);
        Ok(if all { DONE } else { FAILED })
    }
}

fn report(file: &Path, outcome: Outcome) -> Report {
    Report {
        file: file.display().to_string(),
        outcome,
        reading: None,
        title: None,
        citation: None,
        words: None,
        paragraphs: None,
        headings: None,
        encoding: None,
        labels: None,
        readings: None,
        highlights: None,
        left_out: None,
        remarks: Vec::new(),
        error: None,
        hint: None,
    }
}

/// A report of a failure, which is said on standard error too.
fn failed(file: &Path, failure: &Failure) -> Report {
    failure.print();
    Report {
        error: Some(failure.what().to_owned()),
        hint: Some(failure.advice().to_owned()).filter(|h| !h.is_empty()),
        ..report(file, Outcome::Failed)
    }
}

/// The texts at a path, and a report for each folder that could not be looked into or held none.
fn texts_in(path: &Path) -> (Vec<PathBuf>, Vec<Report>) {
    let found = files::texts_in(path);
    let mut failures: Vec<Report> = found
        .unreadable
        .iter()
        .map(|(folder, error)| failed(folder, &Failure::io("read the folder", folder, error)))
        .collect();
    if found.files.is_empty() && failures.is_empty() {
        let failure = Failure::new(format!("{} holds no .txt or .md files", path.display()))
            .hint("name files of other kinds one by one");
        failures.push(failed(path, &failure));
    }
    (found.files, failures)
}

/// The readings whose folders were written, with the number of the entry that adds each.
type Written = Vec<(u64, ReadingId)>;

fn import_one(
    workspace: &mut Workspace,
    path: &Path,
    written: &mut Written,
) -> Result<Report, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let metadata = fs::metadata(path).map_err(|e| Failure::io("read", path, &e))?;
    if !metadata.is_file() {
        // A pipe or a device may never end.
        let what = format!("“{name}” is no ordinary file but a pipe or a device");
        return Err(Failure::new(what).hint("save what it gives to a file and import that"));
    }
    import::check_size(&name, metadata.len()).map_err(|e| refused(&e))?;
    let bytes = fs::read(path).map_err(|e| Failure::io("read", path, &e))?;
    if path.extension() == Some(OsStr::new("ron")) {
        return import_annotated(workspace, path, &bytes, written);
    }
    let imported = import::import_file(&name, &bytes).map_err(|e| refused(&e))?;
    let sha256 = crate::text::sha256(&imported.text);
    if let Some(known) = known(workspace, &sha256) {
        let remark = format!("The project has this text already, as “{}”.", known.id);
        return Ok(Report {
            remarks: vec![remark],
            ..of_reading(path, Outcome::Known, known)
        });
    }
    let now = Timestamp::now();
    let reading = ReadingWriter::new(workspace.folder()).write(&imported, &bytes, now)?;
    let reading = Arc::new(reading);
    written.push((workspace.history().next_number(), reading.id.clone()));
    project::perform(workspace, Edit::AddReading(Arc::clone(&reading)), now)?;
    Ok(of_reading(path, Outcome::Imported, &reading))
}

fn refused(error: &ImportError) -> Failure {
    Failure::new(error.what()).hint(error.hint())
}

fn known<'a>(workspace: &'a Workspace, sha256: &str) -> Option<&'a Reading> {
    let mut shelves = workspace.project().shelves().into_iter();
    shelves
        .find(|s| s.reading.sha256 == sha256)
        .map(|s| &*s.reading)
}

fn of_reading(path: &Path, outcome: Outcome, reading: &Reading) -> Report {
    Report {
        reading: Some(reading.id.to_string()),
        title: Some(reading.meta.title.clone()),
        citation: Some(reading.meta.citation()),
        words: Some(reading.words),
        paragraphs: Some(reading.text.paragraphs().len()),
        headings: Some(reading.structure.headings.len()),
        encoding: Some(reading.encoding.clone()),
        remarks: reading.remarks.clone(),
        ..report(path, outcome)
    }
}

/// An annotated project: its new readings are written, then all it adds is one edit.
fn import_annotated(
    workspace: &mut Workspace,
    path: &Path,
    bytes: &[u8],
    written: &mut Written,
) -> Result<Report, Failure> {
    let wrong = |what: String| {
        Failure::new(format!(
            "{} is no annotated project: {what}",
            path.display()
        ))
        .hint("`glossator export --format ron` writes such files")
    };
    let ron = str::from_utf8(bytes).map_err(|e| wrong(format!("it is not UTF-8 ({e})")))?;
    let annotated = Annotated::parse(ron).map_err(|e| wrong(e.to_string()))?;
    let now = Timestamp::now();
    let plan = annotated::plan(workspace.project(), &annotated, now);
    let writer = ReadingWriter::new(workspace.folder());
    let readings = writer.write_all(&plan.new_readings)?;
    let n = workspace.history().next_number();
    written.extend(readings.iter().map(|r| (n, r.id.clone())));
    let left_out = plan.counts.left_out;
    let outcome = match plan.is_empty() {
        true if left_out > 0 => Outcome::Failed,
        true => Outcome::Known,
        false => Outcome::Imported,
    };
    let (edit, remarks) = plan.edit_with(readings);
    if outcome == Outcome::Imported {
        let what = format!(
            "Import “{}”",
            path.file_name().unwrap_or_default().to_string_lossy()
        );
        workspace
            .perform_as(what, edit, now)
            .map_err(Failure::new)?;
    }
    let failure = (left_out > 0).then(|| {
        let what = counted(left_out, "highlight");
        let were = if left_out == 1 { "was" } else { "were" };
        let what = format!("{what} of {} {were} left out", path.display());
        Failure::new(what).hint("the report says why; import the readings they lie in first")
    });
    if let Some(failure) = &failure {
        failure.print();
    }
    Ok(Report {
        left_out: Some(left_out).filter(|n| *n > 0),
        error: failure
            .filter(|_| outcome == Outcome::Failed)
            .map(|failure| failure.what().to_owned()),
        labels: Some(plan.counts.labels),
        readings: Some(plan.counts.readings),
        highlights: Some(plan.counts.added + plan.counts.changed),
        remarks,
        ..report(path, outcome)
    })
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
    if let (Some(words), Some(paragraphs), Some(headings), Some(encoding)) = (
        report.words,
        report.paragraphs,
        report.headings,
        &report.encoding,
    ) {
        lines.push(format!(
            "{}, {}, {}, {encoding}",
            counted(words as usize, "word"),
            counted(paragraphs, "paragraph"),
            counted(headings, "heading")
        ));
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
    if let Some(n) = report.left_out {
        lines.push(format!("{} left out:", counted(n, "highlight")));
    }
    lines.extend(report.remarks.iter().cloned());
    lines
}
