//! `notebooks/<coder>.ron`: saved queries, claims and rejected suggestions, one entry a line, for people to read and to edit.
//!
//! ```ron
//! (
//!     version: 1,
//!     coder: "MK",
//!     queries: [
//!         (name: "Fears", query: "label:Entrapment not coder:AL"),
//!     ],
//!     claims: [
//!         (label: "entrapment", reading: "snyder-1984", stance: "defines", text: "Takes it as a cost of commitment."),
//!     ],
//!     rejected: [
//!         (label: "entrapment", reading: "snyder-1984", sentence: (120, 245)),
//!     ],
//! )
//! ```
//!
//! Labels and readings are named by the names of their files; an entry about one that is not there is kept. A claim without a
//! stance is about the reading as a whole. A sentence is its first byte in the reading's text and one past its last. Lists that
//! are empty may be left out, and entries may be laid out over several lines; they are written one a line, so that the file
//! diffs and merges by entry.
//!
//! Of a file that can't be read as a whole, the entries that stand on a line each are read and the others reported. Of one with
//! conflict marks both sides are taken entry by entry, see [`both`].

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{
    Problem, ProblemKind,
    codebook::sides,
    highlights_file::is_mark,
    ron_text::{Unread, VERSION, options, pretty, read},
};
use crate::model::{About, ClaimPlace, CoderId, LabelId, Notebook, ReadingId, Stance, Suggested};
use crate::text::Span;

/// The file.
#[derive(Debug, Default, Deserialize, Serialize)]
struct File {
    version: u32,
    #[serde(default)]
    coder: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    queries: Vec<SavedQuery>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    claims: Vec<Claim>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<Rejected>,
}

#[derive(Debug, Deserialize, Serialize)]
struct SavedQuery {
    name: String,
    query: String,
}

// What an entry names is looked at while it is read, so that what is wrong with it is told with its line and column.

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "SavedClaim", into = "SavedClaim")]
struct Claim(ClaimPlace, String);

#[derive(Deserialize, Serialize)]
struct SavedClaim {
    label: String,
    reading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    stance: String,
    text: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "SavedRejected", into = "SavedRejected")]
struct Rejected(Suggested);

#[derive(Deserialize, Serialize)]
struct SavedRejected {
    label: String,
    reading: String,
    sentence: (u32, u32),
}

impl TryFrom<SavedClaim> for Claim {
    type Error = String;

    fn try_from(saved: SavedClaim) -> Result<Self, String> {
        let stance = match saved.stance.as_str() {
            "" => None,
            word => Some(word.to_lowercase().parse::<Stance>().map_err(|_| {
                let all: Vec<_> = Stance::ALL.iter().map(|s| s.word()).collect();
                format!("“{word}” is no stance; there are {}", all.join(", "))
            })?),
        };
        let place = ClaimPlace {
            label: LabelId::new(&saved.label).map_err(|e| e.to_string())?,
            reading: ReadingId::new(&saved.reading).map_err(|e| e.to_string())?,
            stance,
        };
        Ok(Self(place, saved.text))
    }
}

impl From<Claim> for SavedClaim {
    fn from(Claim(place, text): Claim) -> Self {
        Self {
            label: place.label.to_string(),
            reading: place.reading.to_string(),
            stance: place.stance.map_or("", Stance::word).to_owned(),
            text,
        }
    }
}

impl TryFrom<SavedRejected> for Rejected {
    type Error = String;

    fn try_from(saved: SavedRejected) -> Result<Self, String> {
        let (start, end) = saved.sentence;
        if start > end {
            return Err(format!("bytes {start} to {end} are no sentence"));
        }
        Ok(Self(Suggested {
            label: LabelId::new(&saved.label).map_err(|e| e.to_string())?,
            reading: ReadingId::new(&saved.reading).map_err(|e| e.to_string())?,
            sentence: Span::new(start, end),
        }))
    }
}

impl From<Rejected> for SavedRejected {
    fn from(Rejected(suggested): Rejected) -> Self {
        Self {
            label: suggested.label.to_string(),
            reading: suggested.reading.to_string(),
            sentence: (suggested.sentence.start, suggested.sentence.end),
        }
    }
}

/// A notebook as it is written.
pub(super) fn write(coder: &CoderId, notebook: &Notebook) -> Result<String, ron::Error> {
    let mut file = File {
        version: VERSION,
        coder: coder.to_string(),
        ..File::default()
    };
    for (about, text) in notebook.iter() {
        let text = text.to_owned();
        match about.clone() {
            About::Query(name) => file.queries.push(SavedQuery { name, query: text }),
            About::Claim(place) => file.claims.push(Claim(place, text)),
            About::Rejected(suggested) => file.rejected.push(Rejected(suggested)),
        }
    }
    pretty(&file)
}

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub notebook: Notebook,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The file holds things that were not read: it must not be overwritten.
    pub keep: bool,
    /// The file held conflict marks, or something twice, and all of it was taken.
    pub merged: bool,
}

/// Reads a file's content; `path` is for problems.
pub(super) fn parse(path: &Path, content: &str) -> Read {
    if !content.lines().any(is_mark) {
        return one(path, content);
    }
    let (ours, theirs) = sides(content);
    let (ours, theirs) = (one(path, &ours), one(path, &theirs));
    if ours.keep || theirs.keep {
        // The line numbers of one side are not those of the file.
        let mut read = salvage(path, content);
        if read.problems.is_empty() {
            let what = "holds the marks of a merge conflict between which it can't be read";
            read.problems.push(Problem::damaged(path, what));
        }
        return read;
    }
    let mut read = ours;
    for (about, text) in theirs.notebook.iter() {
        add(&mut read.notebook, about.clone(), text);
    }
    read.merged = true;
    read.problems.push(Problem::new(
        ProblemKind::Merged,
        path,
        "held the marks of a merge conflict",
        "the entries of both sides were taken; check them",
    ));
    read
}

fn one(path: &Path, content: &str) -> Read {
    match read::<File>(content) {
        Ok(file) => {
            let mut out = Read::default();
            file.into_notebook(&mut out);
            if out.merged {
                let what = "says two things about the same";
                let hint = "both were kept; check them";
                let problem = Problem::new(ProblemKind::Merged, path, what, hint);
                out.problems.push(problem);
            }
            out
        }
        Err(Unread::Newer(version)) => Read {
            problems: vec![Problem::newer(path, version)],
            keep: true,
            ..Read::default()
        },
        Err(_) if content.trim().is_empty() => {
            let hint = "bring it back from a copy, or delete the empty file";
            Read {
                problems: vec![Problem::new(ProblemKind::Damaged, path, "is empty", hint)],
                keep: true,
                ..Read::default()
            }
        }
        Err(Unread::Bad { what, at }) => {
            let mut out = salvage(path, content);
            if out.problems.is_empty() {
                out.problems.push(Problem::damaged(path, what).at(at));
            }
            out
        }
    }
}

impl File {
    fn into_notebook(self, out: &mut Read) {
        let queries = self.queries.into_iter();
        let queries = queries.map(|q| (About::Query(q.name), q.query));
        let claims = self.claims.into_iter();
        let claims = claims.map(|Claim(place, text)| (About::Claim(place), text));
        let rejected = self.rejected.into_iter();
        let rejected = rejected.map(|Rejected(s)| (About::Rejected(s), String::new()));
        for (about, text) in queries.chain(claims).chain(rejected) {
            out.merged |= !add(&mut out.notebook, about, &text);
        }
    }
}

/// Reads the entries of a damaged file that stand on a line each, and reports the lines that look like one and are none.
fn salvage(path: &Path, content: &str) -> Read {
    let mut out = Read {
        keep: true,
        ..Read::default()
    };
    for (number, line) in content.lines().enumerate() {
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let entry = line.trim().trim_end_matches(',');
        if !entry.starts_with("(name:") && !entry.starts_with("(label:") {
            continue;
        }
        let options = options();
        let read = match entry {
            e if e.starts_with("(name:") => options.from_str(e).map(|q| File {
                queries: vec![q],
                ..File::default()
            }),
            e if e.contains("sentence:") && !e.contains("text:") => {
                options.from_str(e).map(|r| File {
                    rejected: vec![r],
                    ..File::default()
                })
            }
            e => options.from_str(e).map(|c| File {
                claims: vec![c],
                ..File::default()
            }),
        };
        match read {
            Ok(file) => file.into_notebook(&mut out),
            Err(error) => {
                let column = indent + error.span.start.col;
                let what = format!("can't be read: {}", error.code);
                let problem = Problem::damaged(path, what).at(Some((number + 1, column)));
                out.problems.push(problem);
            }
        }
    }
    out
}

/// Adds an entry to those that are there; says whether that was done without changing what is there or the entry.
fn add(notebook: &mut Notebook, about: About, text: &str) -> bool {
    let there = notebook.get(&about).map(str::to_owned);
    for (about, text) in both(notebook, about, there.as_deref(), text) {
        notebook.set(about, Some(text));
    }
    there.is_none_or(|there| there == text)
}

/// What to write when there are two texts about one thing: a claim says both, one after the other, and the second query gets
/// a name with a number. Nothing when the second says nothing new.
pub(super) fn both(
    notebook: &Notebook,
    about: About,
    there: Option<&str>,
    other: &str,
) -> Vec<(About, String)> {
    match (&about, there) {
        (_, Some(there)) if there == other => Vec::new(),
        (_, None) => vec![(about, other.to_owned())],
        (About::Query(name), Some(_)) => {
            let numbered = |n: u32| About::Query(format!("{name} ({n})"));
            // One that says the same already is as good as a free name.
            let fits = |about: &About| notebook.get(about).is_none_or(|text| text == other);
            let free = (2..).map(numbered).find(fits);
            free.map(|about| (about, other.to_owned()))
                .into_iter()
                .collect()
        }
        (About::Claim(_), Some(there)) => match Notebook::joined(there, other) {
            text if text == there => Vec::new(),
            text => vec![(about, text)],
        },
        (About::Rejected(_), Some(_)) => Vec::new(),
    }
}

#[cfg(test)]
#[path = "notebook_file_tests.rs"]
mod tests;
