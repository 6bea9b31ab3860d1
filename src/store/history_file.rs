//! `history/<coder>.ron`: one edit a line, appended and never rewritten; also the journal that crashes are mended from.
//!
//! The first line names version and coder. A line `Saved(n:12,…)` says that the other files hold everything up to entry 12.
//! Opening reads the heads of all lines, and the bodies only of what came after the last such mark.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Problem, ProblemKind,
    highlights_file::is_mark,
    ron_text::{Unread, VERSION, line, options, read},
    saved_edit::{SavedEntry, SavedHead},
};
use crate::{
    edit::{Entry, Head, History},
    model::CoderId,
    text::counted,
};

/// The first line.
#[derive(Debug, Deserialize)]
struct Header {}

/// A mark: the files hold everything up to this entry.
#[derive(Debug, Deserialize)]
struct Saved {
    n: u64,
}

/// The first line of a new history.
pub(super) fn header_line(coder: &CoderId) -> String {
    format!("History(version:{VERSION},coder:\"{coder}\")\n")
}

/// The line that marks that the files hold everything up to entry `n`.
pub(super) fn saved_line(n: u64, at: Timestamp) -> String {
    format!("Saved(n:{n},at:\"{at}\")\n")
}

/// An entry as its line.
pub(super) fn entry_line(entry: &Entry) -> Result<String, ron::Error> {
    Ok(line(&SavedEntry::from(entry))? + "\n")
}

/// Reads an entry's line.
pub(super) fn parse_entry(line: &str) -> Result<SavedEntry, Unread> {
    Ok(options().from_str(line)?)
}

/// What a history's file holds, bodies left out.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The list of edits.
    pub history: History,
    /// Where each entry's line starts, by number.
    pub places: Vec<(u64, u64)>,
    /// The last entry that the other files hold.
    pub saved: u64,
    /// Where the lines of later entries start, in the file's order.
    pub tail: Vec<u64>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Where the file must be cut off because what follows was not written to its end.
    pub torn: Option<u64>,
    /// A line after the last mark can't be read: no mark may be set before it can.
    pub hold: bool,
    /// It was written by a newer version and must not be added to.
    pub newer: Option<u32>,
}

/// Reads a history's heads and marks.
pub(super) fn scan(path: &Path) -> io::Result<Scan> {
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut scanner = Scanner::new(path);
    let (mut line, mut next) = (Vec::new(), Vec::new());
    reader.read_until(b'\n', &mut line)?;
    while !line.is_empty() {
        next.clear();
        let is_last = reader.read_until(b'\n', &mut next)? == 0;
        scanner.line(&line, is_last);
        if scanner.scan.newer.is_some() {
            return Ok(scanner.scan);
        }
        std::mem::swap(&mut line, &mut next);
    }
    Ok(scanner.finish())
}

/// A line that can't be read.
struct Bad {
    line: usize,
    /// It was not written to its end: it lacks its line feed, or the disk never got its bytes. A line that people spoiled
    /// is neither, and may hold an edit that was said to be saved.
    torn: bool,
    /// It lacks its line feed.
    unended: bool,
    start: u64,
    what: String,
    column: Option<usize>,
}

struct Scanner<'a> {
    path: &'a Path,
    scan: Scan,
    /// All entries: number and start of the line.
    entries: Vec<(u64, u64)>,
    bad: Vec<Bad>,
    number: usize,
    at: u64,
    /// Where the last line of use starts and ends.
    good_until: u64,
    last_mark: usize,
    merged: bool,
    buffer: String,
}

impl<'a> Scanner<'a> {
    fn new(path: &'a Path) -> Self {
        Self {
            path,
            scan: Scan::default(),
            entries: Vec::new(),
            bad: Vec::new(),
            number: 0,
            at: 0,
            good_until: 0,
            last_mark: 0,
            merged: false,
            buffer: String::new(),
        }
    }

    fn line(&mut self, bytes: &[u8], is_last: bool) {
        let start = self.at;
        self.number += 1;
        self.at += bytes.len() as u64;
        match self.take(bytes, start, is_last) {
            Ok(()) => self.good_until = self.at,
            Err((what, column)) => self.bad.push(Bad {
                line: self.number,
                torn: bytes.last() != Some(&b'\n') || bytes.contains(&0),
                unended: bytes.last() != Some(&b'\n'),
                start,
                what,
                column,
            }),
        }
    }

    fn take(
        &mut self,
        bytes: &[u8],
        start: u64,
        is_last: bool,
    ) -> Result<(), (String, Option<usize>)> {
        let text = std::str::from_utf8(bytes).map_err(|_| ("is no text".to_owned(), None))?;
        let text = text.trim().trim_start_matches('\u{feff}');
        let bad = |unread: Unread| match unread {
            Unread::Bad { what, at } => (what, at.map(|p| p.1)),
            Unread::Newer(version) => (format!("is of format {version}"), None),
        };
        if text.is_empty() {
            Ok(())
        } else if is_mark(text) {
            self.merged = true;
            Ok(())
        } else if let Some(fields) = text.strip_prefix("History") {
            match read::<Header>(fields) {
                Err(Unread::Newer(version)) => self.scan.newer = Some(version),
                other => {
                    other.map_err(bad)?;
                }
            }
            Ok(())
        } else if text.starts_with("Saved") {
            let mark: Saved = options().from_str(text).map_err(|e| bad(e.into()))?;
            self.scan.saved = self.scan.saved.max(mark.n);
            self.last_mark = self.number;
            Ok(())
        } else {
            if is_last {
                // Only this one may be torn in its body.
                parse_entry(text).map_err(bad)?;
            }
            let head = head(text, &mut self.buffer).map_err(bad)?;
            self.entry(head, start);
            Ok(())
        }
    }

    fn entry(&mut self, head: Head, start: u64) {
        self.entries.push((head.n, start));
        let history = &self.scan.history;
        if head.n >= history.next_number() {
            self.scan.places.push((head.n, start));
            self.scan.history.push(head);
        } else if history.head(head.n) != Some(&head) {
            let what = format!("has another entry number {}", head.n);
            let hint = "the coder worked on two machines at once; its effect is kept, but it can't be undone";
            self.scan.problems.push(
                Problem::new(ProblemKind::Merged, self.path, what, hint).at_line(self.number),
            );
        }
    }

    /// Looks at the end of the file and at what all lines say together.
    fn finish(mut self) -> Scan {
        let good_until = self.good_until;
        let is_torn = |bad: &Bad| bad.torn && bad.start >= good_until;
        let from = self.bad.iter().position(is_torn);
        let torn = self.bad.split_off(from.unwrap_or(self.bad.len()));
        if let Some(first) = torn.first() {
            self.scan.torn = Some(first.start);
            // Only a last line without its line feed was surely never said to be saved.
            let is_last_half = torn.len() == 1 && first.unended;
            let (what, hint) = match is_last_half {
                true => (
                    "ends in a line that was not written to its end".to_owned(),
                    "unless something else cut the file, the line was never said to be saved; opening the project cuts it off and keeps it in .glossator",
                ),
                false => (
                    format!("ends in {} that can't be read", counted(torn.len(), "line")),
                    "what they held may be lost; opening the project cuts them off and keeps them in .glossator",
                ),
            };
            self.scan
                .problems
                .push(Problem::new(ProblemKind::Torn, self.path, what, hint).at_line(first.line));
        }
        self.scan.hold = self.bad.iter().any(|b| b.line > self.last_mark);
        for bad in self.bad {
            let at = (bad.line, bad.column.unwrap_or(1));
            self.scan
                .problems
                .push(Problem::damaged(self.path, bad.what).at(Some(at)));
        }
        if self.merged {
            self.scan.problems.push(Problem::new(
                ProblemKind::Merged,
                self.path,
                "holds the marks of a merge conflict",
                "the lines of both sides were taken; take the marks out in a text editor",
            ));
        }
        let saved = self.scan.saved;
        self.scan.tail = self
            .entries
            .iter()
            .filter(|(n, _)| *n > saved)
            .map(|(_, start)| *start)
            .collect();
        self.scan
    }
}

/// The head of an entry's line, its bodies unread.
fn head(line: &str, buffer: &mut String) -> Result<Head, Unread> {
    let front = front(line).unwrap_or(line);
    buffer.clear();
    buffer.push_str(front.trim_end().trim_end_matches(','));
    buffer.push(')');
    let saved: SavedHead = options().from_str(buffer)?;
    saved
        .try_into()
        .map_err(|what| Unread::Bad { what, at: None })
}

/// What stands before the field `edit`, which no string may hide.
fn front(line: &str) -> Option<&str> {
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'e' if !in_string && line.get(at..).is_some_and(|rest| rest.starts_with("edit")) => {
                return line.get(..at);
            }
            _ => {}
        }
    }
    None
}

/// Reads the line that starts at `place` of a history.
pub(super) fn read_line(file: &mut File, place: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(place))?;
    let mut line = Vec::new();
    BufReader::with_capacity(1 << 13, file.by_ref()).read_until(b'\n', &mut line)?;
    String::from_utf8(line).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

#[cfg(test)]
#[path = "history_file_tests.rs"]
mod tests;
