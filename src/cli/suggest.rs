//! `glossator suggest`: what the cues of a label find, to be accepted or rejected.

use std::collections::BTreeSet;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    hits::{Format, Hits, InContext, InReading},
    output,
    project::{self, Folder},
};
use crate::{
    analysis::{
        Corpus,
        suggest::{self, Suggestion},
    },
    edit::{Edit, compose},
    export::{
        cite::Names,
        table::{Cell, Table},
    },
    model::{About, CoderId, Label, LabelId, Project, Suggested},
    store::new_highlight_id,
    text::counted,
};

/// Suggest sentences for a label by its cues; accept or reject them
#[derive(Args, Debug)]
#[command(after_help = "\
Suggested is every sentence in which a cue of the label stands, but for headings, works cited, what you have coded with the label or \
one under it, and what you rejected. Nothing is tagged that you do not accept. The numbers are those of the list as it is printed \
without --accept and --reject; both can be given at once, and one `undo` takes back both. Without --label the labels are listed \
with the number of their suggestions.

Examples:
  glossator suggest seminar
  glossator suggest seminar --label Entrapment --best
  glossator suggest seminar --label Entrapment --accept 1,4-7 --reject 2")]
pub struct Suggest {
    #[command(flatten)]
    folder: Folder,
    /// The label, by its name
    #[arg(long, value_name = "NAME")]
    label: Option<String>,
    /// Those first for which most speaks: several cues, and rare ones
    #[arg(long, requires = "label")]
    best: bool,
    /// Tag these: numbers of the list such as 1,4-7, or all
    #[arg(long, value_name = "N,…", requires = "label")]
    accept: Option<String>,
    /// Don't suggest these again
    #[arg(long, value_name = "N,…", requires = "label")]
    reject: Option<String>,
    /// How many characters to show on either side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: usize,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    coder: ByCoder,
}

/// What became of suggestions.
#[derive(Serialize)]
struct Decided {
    accepted: usize,
    rejected: usize,
    label: String,
    coder: String,
}

impl Suggest {
    pub fn run(self) -> Result<u8, Failure> {
        match &self.label {
            Some(label) if self.accept.is_some() || self.reject.is_some() => self.decide(label),
            Some(label) => self.list(label),
            None => self.count(),
        }
    }

    /// Who looks, spelled as in the project.
    fn looking(&self, project: &Project) -> Result<CoderId, Failure> {
        let coder = self.coder.id()?;
        Ok(project::other_spelling(&coder, &project.coders()).unwrap_or(coder))
    }

    fn count(&self) -> Result<u8, Failure> {
        let snapshot = project::read(&self.folder.project)?;
        let coder = self.looking(&snapshot.project)?;
        let corpus = Corpus::new(&snapshot.project);
        let counts = suggest::counts(&corpus, &coder);
        let mut table = Table::new("Suggestions", &["label", "suggestions"]);
        let labels = corpus.codebook().labels().iter();
        let row = |(label, n): (&Label, usize)| vec![Cell::from(label.name.as_str()), n.into()];
        table.rows = labels.zip(counts).map(row).collect();
        let text = match self.format {
            Format::Table => table.text(),
            Format::Csv => table.csv(false),
            Format::Tsv => table.tsv(),
            Format::Json => table.json(),
            Format::Ron => table.ron(),
        };
        output::write_out(&text)?;
        Ok(DONE)
    }

    fn list(&self, label: &str) -> Result<u8, Failure> {
        let snapshot = project::read(&self.folder.project)?;
        let project = &snapshot.project;
        let label = project::label(project, label)?;
        let found = suggestions(project, label, &self.looking(project)?)?;
        let mut numbered: Vec<(usize, &Suggestion)> = (1..).zip(&found).collect();
        if self.best {
            numbered.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score));
        }
        let hits = Hits {
            pattern: label.cues.join(", "),
            count: found.len(),
            readings: self.in_readings(project, &numbered),
        };
        hits.print(self.format, false, "suggestion")?;
        Ok(DONE)
    }

    /// The suggestions in the order in which they come, a new group wherever the reading changes. The first cue is the hit.
    fn in_readings(&self, project: &Project, numbered: &[(usize, &Suggestion)]) -> Vec<InReading> {
        let names = Names::of(project);
        let mut groups: Vec<InReading> = Vec::new();
        for (n, suggestion) in numbered {
            let Some(reading) = project.reading(&suggestion.reading) else {
                continue;
            };
            if groups
                .last()
                .is_none_or(|g| g.reading != reading.id.as_str())
            {
                groups.push(InReading {
                    reading: reading.id.to_string(),
                    title: reading.meta.title.clone(),
                    citation: names.short(reading),
                    count: 0,
                    hits: Vec::new(),
                });
            }
            let cue = suggestion.cues.first().copied();
            let cue = cue.unwrap_or(suggestion.sentence);
            if let Some(group) = groups.last_mut() {
                group.count += 1;
                group
                    .hits
                    .push(InContext::new(*n, reading, cue, self.context));
            }
        }
        groups
    }

    fn decide(&self, label: &str) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, self.coder.id()?)?;
        let now = Timestamp::now();
        let coder = workspace.coder().clone();
        let project = workspace.project();
        let label = project::label(project, label)?.clone();
        let found = suggestions(project, &label, &coder)?;
        let chosen = |list: &Option<String>| {
            list.as_deref()
                .map_or(Ok(BTreeSet::new()), |l| numbers(l, found.len()))
        };
        let (accepted, rejected) = (chosen(&self.accept)?, chosen(&self.reject)?);
        if let Some(n) = accepted.intersection(&rejected).next() {
            return Err(Failure::usage(format!(
                "{n} is both to be accepted and to be rejected"
            )));
        }
        let pick = |chosen: &BTreeSet<usize>| {
            let chosen = chosen.iter().filter_map(|n| found.get(n - 1));
            chosen.collect::<Vec<_>>()
        };
        let edit = edit(
            project,
            &label.id,
            &coder,
            now,
            &pick(&accepted),
            &pick(&rejected),
        );
        project::perform(&mut workspace, edit, now)?;
        project::finish(workspace)?;
        let decided = Decided {
            accepted: accepted.len(),
            rejected: rejected.len(),
            label: label.name,
            coder: coder.to_string(),
        };
        decided.print(self.format)?;
        Ok(DONE)
    }
}

/// The edit that tags the accepted suggestions and remembers the rejected ones.
fn edit(
    project: &Project,
    label: &LabelId,
    coder: &CoderId,
    now: Timestamp,
    accepted: &[&Suggestion],
    rejected: &[&Suggestion],
) -> Edit {
    let passages = accepted.iter().map(|s| (s.reading.clone(), s.sentence));
    let tags = compose::tag_all(project, passages, label, coder, now, new_highlight_id);
    let mut edits = match tags {
        Some(Edit::Batch(edits)) => edits,
        one_or_none => one_or_none.into_iter().collect(),
    };
    edits.extend(rejected.iter().map(|s| {
        let suggested = Suggested {
            label: label.clone(),
            reading: s.reading.clone(),
            sentence: s.sentence,
        };
        Edit::Jot(
            coder.clone(),
            About::Rejected(suggested),
            Some(String::new()),
        )
    }));
    match edits.len() {
        1 => edits.remove(0),
        _ => Edit::Batch(edits),
    }
}

fn suggestions(
    project: &Project,
    label: &Label,
    coder: &CoderId,
) -> Result<Vec<Suggestion>, Failure> {
    if label.cues.is_empty() {
        let what = format!("“{}” has no cues", label.name);
        return Err(Failure::new(what).hint("write some into its list of cues in the window"));
    }
    let corpus = Corpus::new(project);
    let number = corpus.codebook().number(&label.id).unwrap_or_default();
    Ok(suggest::suggestions(&corpus, number, coder))
}

/// The numbers of a list such as `1,4-7` or `all`, each from 1 to `last`.
fn numbers(list: &str, last: usize) -> Result<BTreeSet<usize>, Failure> {
    if list.trim() == "all" {
        return Ok((1..=last).collect());
    }
    let bad = |part: &str| {
        let hint = match last {
            0 => "there are no suggestions".to_owned(),
            _ => format!("give numbers from 1 to {last}, such as 1,4-7, or all"),
        };
        Failure::usage(format!("“{part}” is no number of a suggestion")).hint(hint)
    };
    let number = |part: &str| {
        let n: usize = part.trim().parse().ok()?;
        (1..=last).contains(&n).then_some(n)
    };
    let mut all = BTreeSet::new();
    for part in list.split(',') {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let range = number(from).zip(number(to)).filter(|(a, b)| a <= b);
        let (from, to) = range.ok_or_else(|| bad(part))?;
        all.extend(from..=to);
    }
    Ok(all)
}

impl Decided {
    fn print(&self, format: Format) -> Result<(), Failure> {
        output::print(format.of_record(), self, |d| {
            let accepted = match d.accepted {
                0 => String::new(),
                n => format!(
                    "Tagged {} with {}, by {}. ",
                    counted(n, "sentence"),
                    d.label,
                    d.coder
                ),
            };
            let rejected = match d.rejected {
                0 => String::new(),
                n => format!(
                    "{} won’t be suggested for {} again.",
                    counted(n, "sentence"),
                    d.label
                ),
            };
            (accepted + &rejected).trim_end().to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        let read = |list| numbers(list, 9).map(|n| n.into_iter().collect::<Vec<_>>());
        assert_eq!(read("1, 4-6,9"), Ok(vec![1, 4, 5, 6, 9]));
        assert_eq!(read("all").map(|n| n.len()), Ok(9));
        for bad in ["", "0", "10", "3-2", "x", "1,,2", "-1"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
