//! `glossator attributes`: what readings are compared by, as a table, out and in.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE, FAILED,
    coder::ByCoder,
    failure::Failure,
    output,
    project::{self, Folder},
};
use crate::{
    export::{
        attributes::{Values, table},
        table::{json, ron},
    },
    import::attributes::{Sheet, SheetError, read},
    store::is_own_file,
    text::counted,
};

/// Write the readings with their attributes as a table, or take such a table in
#[derive(Args, Debug)]
#[command(after_help = "\
A table has one row a reading: id, title, authors, year, kind, then its attributes, which are what you compare readings by: country, \
genre… Values are yes or no, numbers, days (2026-11-22) or text; in CSV, text that looks like one of the others stands in quotes.

--import reads a table back, from any spreadsheet: commas, semicolons or tabs, any encoding. The first row names the columns. A row \
is about the reading of its id, else of its key (what a bibliography calls it), else of its title; other columns than the five and key \
are attributes. An empty cell changes nothing, `-` takes a value away. All of it is one edit, which `undo` takes back. When a cell \
can't be read, nothing is changed; rows about readings that are not there are left out and listed.

Examples:
  glossator attributes seminar --format csv -o readings.csv
  glossator attributes seminar --import readings.csv
  glossator set seminar walt --attribute country=US --attribute \"peer reviewed=yes\"")]
pub struct Attributes {
    #[command(flatten)]
    folder: Folder,
    /// A table to take in
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    import: Option<PathBuf>,
    /// How to write the table, or what was taken in
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    coder: ByCoder,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Table,
    Csv,
    Tsv,
    Json,
    Ron,
}

/// What was taken in.
#[derive(Serialize)]
struct Report {
    changed: Vec<String>,
    same: usize,
    left_out: Vec<LeftOut>,
}

#[derive(Serialize)]
struct LeftOut {
    row: usize,
    what: String,
}

impl Attributes {
    pub fn run(self) -> Result<u8, Failure> {
        match &self.import {
            Some(path) => self.take_in(path),
            None => self.write(),
        }
    }

    fn write(&self) -> Result<u8, Failure> {
        let project = project::read(&self.folder.project)?.project;
        let of = |values| table(&project, values);
        let text = match self.format {
            Format::Table => of(Values::Plain).text(),
            Format::Csv => of(Values::Typed).csv(false),
            Format::Tsv => of(Values::Typed).tsv(),
            Format::Json => of(Values::Plain).json(),
            Format::Ron => of(Values::Plain).ron(),
        };
        match self.output.as_deref() {
            Some(path) if is_own_file(&self.folder.project, path) => {
                let what = format!("{} is the project's own", path.display());
                Err(Failure::new(what).hint("choose a file outside the project's folder"))
            }
            Some(path) if path != Path::new("-") => {
                output::write_file(path, &text)?;
                Ok(DONE)
            }
            _ => {
                output::write_out(&text)?;
                Ok(DONE)
            }
        }
    }

    fn take_in(&self, path: &Path) -> Result<u8, Failure> {
        let bytes = std::fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let sheet = read(workspace.project(), &bytes).map_err(|error| refused(path, &error))?;
        if let Some(edit) = sheet.edit() {
            let what = words(&sheet, path);
            workspace
                .perform_as(what, edit, Timestamp::now())
                .map_err(Failure::new)?;
        }
        project::finish(workspace)?;
        for row in &sheet.left_out {
            output::note(&format!("{row}; it was left out"));
        }
        let report = report(&sheet);
        let text = match self.format {
            Format::Json => json(&report),
            Format::Ron => ron(&report),
            _ => told(&sheet),
        };
        output::write_out(&text)?;
        Ok(match sheet.left_out.is_empty() {
            true => DONE,
            false => FAILED,
        })
    }
}

/// How the history calls it.
fn words(sheet: &Sheet, path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let n = counted(sheet.changed.len(), "reading");
    format!("Take the attributes of {n} from {name}")
}

fn refused(path: &Path, error: &SheetError) -> Failure {
    let failure = match error {
        SheetError::Cells(cells) => {
            let n = counted(cells.len(), "cell");
            Failure::new(format!("{n} of {} can't be read:\n{error}", path.display()))
        }
        error => Failure::new(format!("{} can't be used: {error}", path.display())),
    };
    failure.hint(match error {
        SheetError::NotText => "save the sheet as CSV and import that",
        SheetError::Empty | SheetError::NoReading => {
            "the first row names the columns; `glossator attributes <project> --format csv` writes a table to fill in"
        }
        SheetError::NoName { .. } => "name the column in the first row, or empty the cell",
        SheetError::Twice(_) => "give each column a name of its own",
        SheetError::Csv { .. } => "look at that line in a text editor",
        SheetError::Cells(_) => "put them right and import the table again; nothing was changed",
    })
}

fn report(sheet: &Sheet) -> Report {
    let left_out = sheet.left_out.iter();
    Report {
        changed: sheet.changed.keys().map(ToString::to_string).collect(),
        same: sheet.same,
        left_out: left_out
            .map(|row| LeftOut {
                row: row.row,
                what: row.what.clone(),
            })
            .collect(),
    }
}

fn told(sheet: &Sheet) -> String {
    let changed = match sheet.changed.len() {
        0 => "Nothing to change".to_owned(),
        n => format!("Changed {}", counted(n, "reading")),
    };
    let same = match sheet.same {
        0 => String::new(),
        1 => "; 1 reading was so already".to_owned(),
        n => format!("; {} were so already", counted(n, "reading")),
    };
    format!("{changed}{same}.\n")
}
