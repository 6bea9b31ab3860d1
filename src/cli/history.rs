//! `glossator history`: who did what when.

use clap::Args;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Serialize, Serializer};

use super::{
    DONE, coder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
};
use crate::edit::{Head, Kind};

/// List the edits of a project: who, when, what
#[derive(Args, Debug)]
#[command(
    after_help = "The number n counts each coder's edits by itself, and `undo 3` in a line is the third of the same coder. Times in the table are local; in RON and JSON they are UTC."
)]
pub struct History {
    #[command(flatten)]
    folder: Folder,
    /// Only this coder's edits
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// Only the last N edits
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Line {
    n: u64,
    #[serde(serialize_with = "rfc_3339")]
    at: Timestamp,
    by: String,
    kind: &'static str,
    /// The entry that was undone, done again, or gone back to.
    of: Option<u64>,
    what: String,
}

fn rfc_3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

impl From<&Head> for Line {
    fn from(head: &Head) -> Self {
        let (kind, of) = match head.kind {
            Kind::Do => ("do", None),
            Kind::Undo(n) => ("undo", Some(n)),
            Kind::Redo(n) => ("redo", Some(n)),
            Kind::GoBack(n) => ("go back", Some(n)),
        };
        Self {
            n: head.n,
            at: head.at,
            by: head.by.to_string(),
            kind,
            of,
            what: head.what.clone(),
        }
    }
}

impl History {
    pub fn run(self) -> Result<u8, Failure> {
        let wanted = self.coder.as_deref().map(coder::parse).transpose()?;
        let heads = project::read(&self.folder.project)?.heads;
        let known = heads.iter().map(|h| h.by.clone()).collect();
        let wanted = wanted.map(|w| project::other_spelling(&w, &known).unwrap_or(w));
        let mut lines: Vec<Line> = heads
            .iter()
            .filter(|h| wanted.as_ref().is_none_or(|w| h.by == *w))
            .map(Line::from)
            .collect();
        let from = self.last.map_or(0, |n| lines.len().saturating_sub(n));
        let lines = lines.split_off(from);
        output::print(self.format, &lines, |lines| table(lines))?;
        Ok(DONE)
    }
}

fn table(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "Nothing was done yet.".to_owned();
    }
    let zone = TimeZone::system();
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let at = line.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S");
            let kind = match line.of {
                Some(of) => format!("{} {of}", line.kind),
                None => String::new(),
            };
            vec![
                line.by.clone(),
                line.n.to_string(),
                at.to_string(),
                kind,
                plain(&line.what).to_owned(),
            ]
        })
        .collect();
    output::table(&["who", "n", "when", "", "what"], &[false, true], &rows)
}

/// What an entry did without saying again that it undid or redid it.
pub fn plain(mut what: &str) -> &str {
    while let Some(rest) = ["Undo: ", "Redo: "]
        .iter()
        .find_map(|p| what.strip_prefix(p))
    {
        what = rest;
    }
    what
}
