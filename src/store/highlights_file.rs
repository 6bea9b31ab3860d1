//! `highlights/<coder>/<reading>.ron`: a header line, one highlight a line in text order, a closing line.
//!
//! So the file is one RON value, diffs and merges by line, and is read in parallel. A file that someone laid out otherwise
//! is read as a whole; of a damaged one the lines that are good are read and the others reported.

use std::{collections::HashMap, io, path::Path, sync::Arc};

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Problem, ProblemKind,
    anchor::Anchors,
    ron_text::{Unread, VERSION, options, quoted, read},
    saved::Str,
    saved_highlight::SavedStance,
};
use crate::model::{
    CoderId, Highlight, HighlightId, HighlightSnapshot, LabelId, Reading, ReadingId,
};
use crate::text::{Span, Text};

/// Files smaller than this (bytes) are read by one thread.
const WORTH_SHARING: usize = 1 << 17;

/// Writes the coder's highlights; says whether there was one.
pub(super) fn write(
    out: &mut dyn io::Write,
    coder: &CoderId,
    reading: &Reading,
    highlights: &HighlightSnapshot,
) -> io::Result<()> {
    writeln!(
        out,
        "(version:{VERSION},coder:\"{coder}\",reading:\"{}\",highlights:[",
        reading.id
    )?;
    let mut line = String::new();
    for highlight in highlights.iter().filter(|h| h.coder == *coder) {
        line.clear();
        write_line(&mut line, highlight, reading.text.slice(highlight.span));
        line.push_str(",\n");
        out.write_all(line.as_bytes())?;
    }
    out.write_all(b"])\n")
}

fn write_line(out: &mut String, h: &Highlight, quote: &str) {
    use std::fmt::Write;
    // Writing to a string can't fail.
    let _ = write!(
        out,
        "(id:\"{}\",start:{},end:{},quote:",
        h.id, h.span.start, h.span.end
    );
    quoted(out, quote);
    out.push_str(",labels:[");
    for (i, label) in h.labels.iter().enumerate() {
        out.push_str(if i == 0 { "\"" } else { ",\"" });
        out.push_str(label.as_str());
        out.push('"');
    }
    out.push(']');
    if let Some(stance) = h.stance {
        let _ = write!(out, ",stance:Some({:?})", SavedStance::from(stance));
    }
    if !h.note.is_empty() {
        out.push_str(",note:");
        quoted(out, &h.note);
    }
    let _ = write!(out, ",created:\"{}\",changed:\"{}\")", h.created, h.changed);
}

/// A line of the file.
#[derive(Debug, Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    id: Str<'a>,
    start: u32,
    end: u32,
    #[serde(borrow)]
    quote: Str<'a>,
    #[serde(borrow)]
    labels: Vec<Str<'a>>,
    #[serde(default)]
    stance: Option<SavedStance>,
    #[serde(borrow, default)]
    note: Str<'a>,
    #[serde(borrow)]
    created: Str<'a>,
    #[serde(borrow)]
    changed: Str<'a>,
}

#[derive(Debug, Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    highlights: Vec<Record<'a>>,
}

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The highlights, in the file's order.
    pub highlights: Vec<Arc<Highlight>>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The file holds things that were not read: it must not be overwritten.
    pub keep: bool,
    /// The file held conflict marks and both sides were taken.
    pub merged: bool,
}

/// What is known before a file is read.
pub(super) struct Reader<'a> {
    /// The file, for problems.
    pub path: &'a Path,
    /// Whose highlights.
    pub coder: &'a CoderId,
    /// The reading's text.
    pub text: &'a Text,
    /// The reading.
    pub reading: &'a ReadingId,
    /// The ids of the codebook, so that all highlights share them.
    pub labels: &'a HashMap<Box<str>, LabelId>,
    /// How many threads may read.
    pub threads: usize,
}

impl Reader<'_> {
    /// Reads the file's content.
    pub fn read(&self, content: &str) -> Read {
        let lines = Lines::of(content);
        match version(lines.header.unwrap_or(content)) {
            Ok(()) => {}
            Err(Unread::Newer(version)) => return self.refused(Problem::newer(self.path, version)),
            Err(Unread::Bad { .. }) if content.trim().is_empty() => {
                let hint = "bring it back from a copy, or delete the empty file and run `glossator check --restore`";
                let problem = Problem::new(ProblemKind::Damaged, self.path, "is empty", hint);
                return self.refused(problem);
            }
            Err(Unread::Bad { .. }) => {
                let mut read = self.salvage(content);
                let what = "has lost its first line, `(version:1,…,highlights:[`";
                read.problems
                    .insert(0, Problem::damaged(self.path, what).at_line(1));
                return read;
            }
        }
        if lines.whole && !lines.merged {
            let read = self.records(&lines.records);
            if !read.keep {
                return read;
            }
        }
        if !lines.merged
            && let Ok(file) = options().from_str::<File<'_>>(content)
        {
            let mut chunk = Chunk::new(self);
            for record in file.highlights {
                chunk.take(record, None);
            }
            return chunk.read;
        }
        let mut read = self.records(&lines.records);
        if lines.merged {
            newest(&mut read.highlights);
            read.merged = true;
            read.problems.push(Problem::new(
                ProblemKind::Merged,
                self.path,
                "held the marks of a merge conflict",
                "the highlights of both sides were taken, of each the newer version; check them",
            ));
        } else if !lines.whole {
            read.keep = true;
            let what = "ends too early: its last line is not `])`";
            read.problems
                .push(Problem::damaged(self.path, what).at_line(content.lines().count()));
        }
        read
    }

    fn refused(&self, problem: Problem) -> Read {
        Read {
            problems: vec![problem],
            keep: true,
            ..Read::default()
        }
    }

    /// Reads what lines of a damaged file look like highlights.
    fn salvage(&self, content: &str) -> Read {
        let records: Vec<_> = numbered(content)
            .filter(|(_, line)| line.starts_with("(id:"))
            .collect();
        let mut read = self.records(&records);
        read.keep = true;
        read
    }

    /// Reads lines, on several threads when there are many.
    fn records(&self, lines: &[(usize, &str)]) -> Read {
        let bytes: usize = lines.iter().map(|(_, line)| line.len()).sum();
        if bytes < WORTH_SHARING || self.threads < 2 {
            return self.chunk(lines);
        }
        let size = lines.len().div_ceil(self.threads).max(1);
        let mut all = Read::default();
        std::thread::scope(|scope| {
            let running: Vec<_> = lines
                .chunks(size)
                .map(|chunk| (chunk, scope.spawn(|| self.chunk(chunk))))
                .collect();
            for (chunk, thread) in running {
                // A thread that panicked is tried again here, where the panic reaches whoever opens the project.
                let mut read = thread.join().unwrap_or_else(|_| self.chunk(chunk));
                all.highlights.append(&mut read.highlights);
                all.problems.append(&mut read.problems);
                all.keep |= read.keep;
            }
        });
        all
    }

    fn chunk(&self, lines: &[(usize, &str)]) -> Read {
        let mut chunk = Chunk::new(self);
        chunk.read.highlights.reserve_exact(lines.len());
        let options = options();
        for &(number, line) in lines {
            let record = line.strip_suffix(',').unwrap_or(line);
            match options.from_str::<Record<'_>>(record) {
                Ok(record) => chunk.take(record, Some(number)),
                Err(error) => {
                    let column = error.span.start.col;
                    let what = format!("can't be read: {}", error.code);
                    chunk
                        .read
                        .problems
                        .push(Problem::damaged(self.path, what).at(Some((number, column))));
                    chunk.read.keep = true;
                }
            }
        }
        chunk.read
    }
}

/// One thread's share of a file.
struct Chunk<'a> {
    reader: &'a Reader<'a>,
    anchors: Anchors<'a>,
    /// Labels that are not in the codebook.
    more: HashMap<String, LabelId>,
    read: Read,
}

impl<'a> Chunk<'a> {
    fn new(reader: &'a Reader<'a>) -> Self {
        Self {
            reader,
            anchors: Anchors::new(reader.text),
            more: HashMap::new(),
            read: Read::default(),
        }
    }

    fn take(&mut self, record: Record<'_>, line: Option<usize>) {
        if let Err(what) = self.highlight(&record) {
            let mut problem = Problem::damaged(self.reader.path, what);
            problem.line = line;
            self.read.problems.push(problem);
            self.read.keep = true;
        } else if let Some(problem) = self.read.problems.last_mut()
            && problem.kind == ProblemKind::Quote
            && problem.line.is_none()
        {
            problem.line = line;
        }
    }

    fn highlight(&mut self, record: &Record<'_>) -> Result<(), String> {
        let path = self.reader.path;
        let id: HighlightId = record
            .id
            .as_str()
            .parse()
            .map_err(|_| format!("“{}” is no highlight's number", record.id.as_str()))?;
        let labels = self.labels(record)?;
        let created = time(record.created.as_str())?;
        let changed = match record.changed.as_str() == record.created.as_str() {
            true => created,
            false => time(record.changed.as_str())?,
        };
        let claimed = Span::new(record.start, record.end);
        let (span, remark) = self.anchors.place(claimed, record.quote.as_str());
        if let Some(remark) = remark {
            self.read.problems.push(remark.problem(path, id));
        }
        let Some(span) = span else {
            self.read.keep = true;
            return Ok(());
        };
        self.read.highlights.push(Arc::new(Highlight {
            id,
            reading: self.reader.reading.clone(),
            span,
            labels,
            stance: record.stance.map(Into::into),
            note: record.note.as_str().to_owned(),
            coder: self.reader.coder.clone(),
            created,
            changed,
        }));
        Ok(())
    }

    fn labels(&mut self, record: &Record<'_>) -> Result<Vec<LabelId>, String> {
        let mut labels = Vec::with_capacity(record.labels.len());
        for name in &record.labels {
            let label = self.label(name.as_str())?;
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        match labels.is_empty() {
            true => Err("has no labels".to_owned()),
            false => Ok(labels),
        }
    }

    fn label(&mut self, name: &str) -> Result<LabelId, String> {
        let known = self.reader.labels.get(name).or_else(|| self.more.get(name));
        if let Some(label) = known {
            return Ok(label.clone());
        }
        let label = LabelId::new(name).map_err(|e| e.to_string())?;
        self.more.insert(name.to_owned(), label.clone());
        Ok(label)
    }
}

fn time(at: &str) -> Result<Timestamp, String> {
    at.parse().map_err(|_| format!("“{at}” is no time"))
}

/// Of highlights with the same number the one changed last, in the place of the first.
fn newest(highlights: &mut Vec<Arc<Highlight>>) {
    let mut places: HashMap<HighlightId, usize> = HashMap::new();
    let mut kept: Vec<Arc<Highlight>> = Vec::with_capacity(highlights.len());
    for highlight in highlights.drain(..) {
        match places.get(&highlight.id) {
            Some(&at) if kept[at].changed < highlight.changed => kept[at] = highlight,
            Some(_) => {}
            None => {
                places.insert(highlight.id, kept.len());
                kept.push(highlight);
            }
        }
    }
    *highlights = kept;
}

/// Checks the version in the header line, or in the whole file when it has none.
fn version(content: &str) -> Result<(), Unread> {
    #[derive(Deserialize)]
    struct Header {}
    match content.ends_with('[') {
        true => read::<Header>(&format!("{content}])")).map(drop),
        false => read::<Header>(content).map(drop),
    }
}

/// A file cut into lines.
struct Lines<'a> {
    /// The header line, where there is one.
    header: Option<&'a str>,
    /// The lines between header and end, with their numbers from 1.
    records: Vec<(usize, &'a str)>,
    /// The file starts and ends as it should.
    whole: bool,
    /// There were conflict marks; their lines, and the base version of a three-way mark, are left out.
    merged: bool,
}

fn numbered(content: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = content.lines().map(str::trim);
    lines.enumerate().map(|(i, line)| (i + 1, line))
}

impl<'a> Lines<'a> {
    fn of(content: &'a str) -> Self {
        let mut lines = Self {
            header: None,
            records: Vec::new(),
            whole: false,
            merged: false,
        };
        let mut in_base = false;
        for (number, line) in numbered(content).filter(|(_, line)| !line.is_empty()) {
            if is_mark(line) {
                lines.merged = true;
                in_base = line.starts_with("|||||||");
            } else if in_base {
            } else if line.starts_with("(version:") && line.ends_with('[') {
                lines.header = Some(line);
            } else if line == "])" {
                lines.whole = lines.header.is_some();
            } else {
                lines.whole = false;
                lines.records.push((number, line));
            }
        }
        lines
    }
}

/// Whether a line is a mark that git and others leave where two versions could not be merged.
pub(super) fn is_mark(line: &str) -> bool {
    let line = line.trim_end();
    line == "======="
        || ["<<<<<<< ", "||||||| ", ">>>>>>> "]
            .iter()
            .any(|mark| line.starts_with(mark))
        || ["<<<<<<<", "|||||||", ">>>>>>>"].contains(&line)
}

#[cfg(test)]
#[path = "highlights_file_tests.rs"]
mod tests;
