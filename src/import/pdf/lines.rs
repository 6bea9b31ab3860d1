//! Lines of text: chunks that stand in one row, with spaces where words part, and small letters raised and lowered.

use unicode_normalization::UnicodeNormalization;

use super::chunks::{Chunk, GAP, GAP_BESIDE_SPACES};
use crate::model::{Script, Style};

/// A gap this wide parts cells of a table rather than words, in ems.
const CELL: f64 = 1.6;

/// Rows of more chunks are neither raised nor hold raised letters: no line of text has so many.
const MAX_CHUNKS: usize = 500;
/// A part with more large letters than this has no initials.
const MAX_INITIALS: usize = 40;

/// A line of a page. Points, from the page's top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where stretches of one style end in the text, in bytes, and their style.
    pub(super) styles: Vec<(usize, Style)>,
    /// Wide gaps: where in the text, and where the next letters start.
    pub(super) gaps: Vec<(usize, f64)>,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) base: f64,
    /// The size of type that most of its letters have.
    pub(super) size: f64,
    /// Whether all its letters are of equal width.
    pub(super) mono: bool,
}

impl Line {
    /// Whether all letters have this.
    pub(super) fn all(&self, has: impl Fn(Style) -> bool) -> bool {
        let mut start = 0;
        !self.text.is_empty()
            && self.styles.iter().all(|&(end, style)| {
                let part = self.text.get(start..end).unwrap_or_default();
                start = end;
                has(style) || !part.chars().any(char::is_alphanumeric)
            })
    }

    /// The first word.
    pub(super) fn first_word(&self) -> &str {
        self.text.split(' ').next().unwrap_or_default()
    }

    /// How wide its first word is, about; points.
    pub(super) fn first_width(&self) -> f64 {
        let letters = self.text.chars().count().max(1) as f64;
        let first = match self.text.chars().next() {
            Some(c) if is_cjk(c) => 1.0,
            _ => self.first_word().chars().count() as f64,
        };
        (self.x1 - self.x0) * (first / letters)
    }
}

/// Whether a character is of a script that is written without spaces.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
        && !matches!(c, '\u{3130}'..='\u{318F}')
}

/// The lines of a part of a page, from the top down. `drawn` tells whether the page's spaces are drawn.
pub(super) fn lines(chunks: Vec<Chunk>, drawn: bool) -> Vec<Line> {
    let size = super::columns::common_size(&chunks);
    let is_initial = |c: &Chunk| c.marks.len() <= 2 && c.size > size * 1.9;
    let few = chunks.iter().filter(|c| is_initial(c)).count() <= MAX_INITIALS;
    let (initials, chunks): (Vec<Chunk>, Vec<Chunk>) =
        chunks.into_iter().partition(|c| few && is_initial(c));
    let mut rows = rows(chunks);
    for initial in initials {
        place_initial(initial, size, &mut rows);
    }
    rows.sort_by(|a, b| a.base.total_cmp(&b.base));
    rows.into_iter()
        .map(|row| line(row, drawn))
        .filter(|l| !l.text.is_empty())
        .collect()
}

/// Chunks on one baseline, and the small ones above and below it.
#[derive(Debug)]
struct Row {
    chunks: Vec<Chunk>,
    base: f64,
    size: f64,
}

impl Row {
    fn of(chunk: Chunk) -> Self {
        Self {
            base: chunk.base,
            size: chunk.size,
            chunks: vec![chunk],
        }
    }

    fn letters(&self) -> usize {
        self.chunks.iter().map(|c| c.marks.len()).sum()
    }

    fn top(&self) -> f64 {
        self.base - self.size * 0.72
    }

    fn bottom(&self) -> f64 {
        self.base + self.size * 0.2
    }

    /// Whether it has room where `chunk` stands.
    fn has_room(&self, chunk: &Chunk) -> bool {
        // The A of LaTeX leans over its neighbours.
        let slack = chunk.size * if chunk.marks.len() == 1 { 0.6 } else { 0.3 };
        self.chunks
            .iter()
            .all(|c| chunk.x0 > c.x1 - slack || chunk.x1 < c.x0 + slack)
    }

    /// How far a chunk stands from the nearest other in it.
    fn distance(&self, chunk: &Chunk) -> f64 {
        let apart = self
            .chunks
            .iter()
            .map(|c| (chunk.x0 - c.x1).max(c.x0 - chunk.x1));
        apart.fold(f64::INFINITY, f64::min)
    }
}

fn rows(mut chunks: Vec<Chunk>) -> Vec<Row> {
    chunks.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Row> = Vec::new();
    for chunk in chunks {
        let near = rows.iter_mut().rev().take(4).find(|row| {
            let size = row.size.max(chunk.size);
            (row.base - chunk.base).abs() < size * 0.12 && row.size.min(chunk.size) > size * 0.5
        });
        match near {
            Some(row) => {
                if chunk.size > row.size {
                    row.size = chunk.size;
                }
                row.chunks.push(chunk);
            }
            None => rows.push(Row::of(chunk)),
        }
    }
    join_scripts(rows)
}

/// Puts rows of small or single letters that are raised or lowered into the lines they belong to.
fn join_scripts(rows: Vec<Row>) -> Vec<Row> {
    let small: Vec<bool> = (0..rows.len()).map(|i| is_small(&rows, i)).collect();
    let mut main: Vec<Row> = Vec::new();
    let mut scripts: Vec<Row> = Vec::new();
    for (row, small) in rows.into_iter().zip(small) {
        if small {
            scripts.push(row)
        } else {
            main.push(row)
        }
    }
    for row in scripts {
        let mut rest: Option<Row> = None;
        for chunk in row.chunks {
            let from = main.partition_point(|m| m.base < chunk.base - chunk.size * 6.0);
            let found = main[from..]
                .iter_mut()
                .take_while(|m| m.base < chunk.base + chunk.size * 6.0)
                .take(MAX_CHUNKS / 8)
                .filter(|m| {
                    m.chunks.len() <= MAX_CHUNKS
                        && m.size * 1.02 > chunk.size
                        && m.bottom().min(chunk.bottom()) - m.top().max(chunk.top())
                            > chunk.size * 0.25
                        && m.has_room(&chunk)
                })
                .min_by(|a, b| a.distance(&chunk).total_cmp(&b.distance(&chunk)));
            match found {
                Some(home) if home.distance(&chunk) < home.size * 2.0 => home.chunks.push(chunk),
                _ => match &mut rest {
                    Some(rest) => rest.chunks.push(chunk),
                    None => rest = Some(Row::of(chunk)),
                },
            }
        }
        if let Some(rest) = rest {
            let at = main.partition_point(|m| m.base < rest.base);
            main.insert(at, rest);
        }
    }
    main
}

/// Whether a row is of raised or lowered letters of another beside it.
fn is_small(rows: &[Row], i: usize) -> bool {
    let row = &rows[i];
    if row.chunks.len() > MAX_CHUNKS / 8 {
        return false;
    }
    let height = |r: &Row| r.bottom() - r.top();
    let (from, to) = (i.saturating_sub(4), (i + 5).min(rows.len()));
    (from..to).filter(|&j| j != i).any(|j| {
        let other = &rows[j];
        let shared = other.bottom().min(row.bottom()) - other.top().max(row.top());
        other.chunks.len() <= MAX_CHUNKS
            && shared > height(row).min(height(other)) * 0.4
            && (row.size < other.size * 0.86 || row.letters() * 4 < other.letters())
            && row.letters() <= other.letters() * 2
            && row
                .chunks
                .iter()
                .any(|c| other.has_room(c) && other.distance(c) < other.size * 2.0)
    })
}

/// Puts a large first letter, which hangs over two lines or more, into the first of them.
fn place_initial(initial: Chunk, size: f64, rows: &mut Vec<Row>) {
    let beside = |row: &&mut Row| {
        row.base > initial.top() && row.base <= initial.base + size * 0.3 && row.has_room(&initial)
    };
    let lines = rows.iter_mut().filter(beside).count();
    let first = rows
        .iter_mut()
        .filter(beside)
        .filter(|row| row.size < initial.size * 0.7)
        .min_by(|a, b| a.base.total_cmp(&b.base));
    match first {
        Some(row) if lines >= 2 && row.distance(&initial) < initial.size => {
            row.chunks.push(initial)
        }
        _ => {
            let same = rows
                .iter_mut()
                .find(|r| (r.base - initial.base).abs() < initial.size * 0.1);
            match same {
                Some(row) => row.chunks.push(initial),
                None => rows.push(Row::of(initial)),
            }
        }
    }
}

/// The text of a row.
fn line(mut row: Row, drawn: bool) -> Line {
    row.chunks.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let size = super::columns::common_size(&row.chunks);
    let of_size = |c: &&Chunk| (c.size - size).abs() < size * 0.1;
    let base = row
        .chunks
        .iter()
        .filter(of_size)
        .max_by_key(|c| c.marks.len())
        .map_or(row.base, |c| c.base);
    let mut line = Line {
        x0: row.chunks.first().map_or(0.0, |c| c.x0),
        x1: row
            .chunks
            .iter()
            .map(|c| c.x1)
            .fold(f64::NEG_INFINITY, f64::max),
        base,
        size,
        mono: true,
        ..Line::default()
    };
    let gap = word_gap(&row.chunks, drawn);
    let mut before: Option<&Chunk> = None;
    for chunk in &row.chunks {
        if let Some(before) = before {
            space(&mut line, before, chunk, gap);
        }
        before = Some(chunk);
        let script = script(chunk, base, size);
        for mark in &chunk.marks {
            let style = Style {
                bold: mark.bold,
                italic: mark.italic,
                script,
            };
            line.mono &= mark.mono;
            match line.styles.last_mut() {
                Some((end, last)) if *last == style => *end = 0,
                _ => line.styles.push((0, style)),
            }
            line.text.push(mark.letter);
            let end = line.text.len();
            if let Some((last, _)) = line.styles.last_mut() {
                *last = end;
            }
        }
    }
    composed(line)
}

/// Whether a chunk is raised or lowered in a line.
fn script(chunk: &Chunk, base: f64, size: f64) -> Script {
    let by = base - chunk.base;
    let small = chunk.size < size * 0.86;
    match () {
        // The A of LaTeX.
        () if chunk.marks.iter().all(|m| m.letter.is_uppercase()) => Script::Base,
        () if by > size * 0.1 && (small || by > size * 0.2) && chunk.size < size * 1.1 => {
            Script::Raised
        }
        () if by < -size * 0.06 && small => Script::Lowered,
        () => Script::Base,
    }
}

/// How wide a gap must be to part words in this row, in points: letters that are spaced out need more.
fn word_gap(chunks: &[Chunk], drawn: bool) -> f64 {
    let size = super::columns::common_size(chunks);
    let plain = size * if drawn { GAP_BESIDE_SPACES } else { GAP };
    let mut gaps: Vec<f64> = chunks.windows(2).map(|w| w[1].x0 - w[0].x1).collect();
    let is_single = |c: &&Chunk| matches!(c.marks.as_slice(), [one] if one.letter.is_alphabetic());
    let single = chunks.iter().filter(is_single).count();
    if single * 3 < chunks.len() * 2 || gaps.len() < 4 {
        return plain;
    }
    gaps.sort_by(f64::total_cmp);
    let usual = gaps[gaps.len() / 2];
    (usual + size * 0.16).max(plain)
}

/// Writes the space between two chunks, if there is one.
fn space(line: &mut Line, before: &Chunk, chunk: &Chunk, gap: f64) {
    let by = chunk.x0 - before.x1;
    let size = before.size.max(chunk.size);
    let cjk = |m: Option<&super::marks::Mark>| m.is_some_and(|m| is_cjk(m.letter));
    let is_cjk = cjk(before.marks.last()) && cjk(chunk.marks.first());
    let drawn = before.space_after || chunk.space_before;
    // A mark of a footnote may be set off by a hair.
    let least = match () {
        () if is_cjk => size * 0.6,
        () if drawn => size * 0.06,
        () => gap,
    };
    if by <= least || line.text.ends_with(' ') || line.text.is_empty() {
        return;
    }
    if by > size * CELL {
        line.gaps.push((line.text.len(), chunk.x0));
    }
    line.text.push(' ');
    if let Some((end, _)) = line.styles.last_mut() {
        *end += 1;
    }
}

/// The line with letters and accents in one character each (NFC).
fn composed(line: Line) -> Line {
    if line.text.is_ascii() || unicode_normalization::is_nfc(&line.text) {
        return line;
    }
    let mut out = Line {
        text: String::new(),
        styles: Vec::new(),
        ..line.clone()
    };
    let mut start = 0;
    let mut moved = Vec::new();
    for &(end, style) in &line.styles {
        let part = line.text.get(start..end).unwrap_or_default();
        moved.push((start, out.text.len()));
        out.text.extend(part.nfc());
        out.styles.push((out.text.len(), style));
        start = end;
    }
    for gap in &mut out.gaps {
        let &(from, to) = moved
            .iter()
            .rfind(|(from, _)| *from <= gap.0)
            .unwrap_or(&(0, 0));
        let part = line.text.get(from..gap.0).unwrap_or_default();
        gap.0 = to + part.nfc().map(char::len_utf8).sum::<usize>();
    }
    out
}
