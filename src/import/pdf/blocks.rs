//! Lines gathered into paragraphs, part by part: told apart by space, indents, short last lines, and type.

use super::{PageText, habits::Habits, items, kinds, lines::Line};
use crate::model::Script;

/// What a block of lines is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum What {
    #[default]
    Body,
    /// A heading; its level is told when all are known.
    Heading,
    /// An item of a list.
    Item,
    Quote,
    /// Lines of type with letters of equal width.
    Code,
    /// Rows of a table.
    Rows,
    /// A footnote.
    Note,
    /// What stands with a figure or table.
    Caption,
}

/// A paragraph, or the part of one that is in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) what: What,
    /// The page's place in the file.
    pub(super) page: usize,
    /// The part of the page.
    pub(super) part: usize,
    pub(super) lines: Vec<Line>,
    /// Whether it stands on the line below the last, rather than being a paragraph of its own.
    pub(super) tight: bool,
    /// The edges of the column, in points.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Whether the column's lines end at one edge.
    pub(super) justified: bool,
    /// The space above it, in lines; large for the first of a column.
    pub(super) above: f64,
}

impl Block {
    /// The size of its type.
    pub(super) fn size(&self) -> f64 {
        let longest = self.lines.iter().max_by_key(|l| l.text.len());
        longest.map_or(0.0, |l| l.size)
    }

    /// How many characters it has.
    pub(super) fn letters(&self) -> usize {
        self.lines.iter().map(|l| l.text.chars().count()).sum()
    }

    pub(super) fn first(&self) -> &str {
        self.lines.first().map_or("", |l| &l.text)
    }

    /// Its lines' words.
    pub(super) fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|l| l.text.as_str()).collect();
        lines.join(" ")
    }

    /// Where its lines start, and where the widest ends.
    pub(super) fn edges(&self) -> (f64, f64) {
        let x0 = self
            .lines
            .iter()
            .map(|l| l.x0)
            .fold(f64::INFINITY, f64::min);
        let x1 = self
            .lines
            .iter()
            .map(|l| l.x1)
            .fold(f64::NEG_INFINITY, f64::max);
        (x0, x1)
    }
}

/// A column: the edges of a part's lines.
#[derive(Clone, Copy, Debug)]
struct Column {
    left: f64,
    right: f64,
    justified: bool,
    /// Whether its paragraphs' first lines stand out to the left, as in bibliographies.
    hanging: bool,
}

impl Column {
    fn of(lines: &[Line], size: f64) -> Self {
        let same = |edge: &dyn Fn(&Line) -> f64, x: f64| {
            lines.iter().filter(|l| (edge(l) - x).abs() < 2.0).count()
        };
        let start = |l: &Line| l.x0;
        let end = |l: &Line| l.x1;
        let left = lines
            .iter()
            .map(start)
            .filter(|&x| lines.len() < 4 || same(&start, x) > 1);
        let right = lines
            .iter()
            .map(end)
            .filter(|&x| lines.len() < 4 || same(&end, x) > 1);
        let least = lines.iter().map(start).fold(f64::INFINITY, f64::min);
        let most = lines.iter().map(end).fold(f64::NEG_INFINITY, f64::max);
        let left = left.fold(f64::INFINITY, f64::min);
        let right = right.fold(f64::NEG_INFINITY, f64::max);
        let left = if left.is_finite() { left } else { least };
        let right = if right.is_finite() && right > most - size * 3.0 {
            right
        } else {
            most
        };
        let mut column = Self {
            left,
            right,
            justified: same(&end, right) * 5 >= lines.len() * 2,
            hanging: false,
        };
        column.hanging = column.hangs(lines, size);
        column
    }

    fn hangs(&self, lines: &[Line], size: f64) -> bool {
        let at_edge = |l: &Line| (l.x0 - self.left).abs() < size * 0.3;
        let set_in = |l: &Line| l.x0 - self.left > size * 0.7 && l.x0 - self.left < size * 5.0;
        let (mut hanging, mut set) = (0, 0);
        for (i, pair) in lines.windows(2).enumerate() {
            let short = self.is_short(&pair[0], &pair[1], self.right_at(lines, i));
            match (at_edge(&pair[0]), at_edge(&pair[1])) {
                (true, false) if set_in(&pair[1]) => {
                    *if short { &mut set } else { &mut hanging } += 1
                }
                (false, true) if set_in(&pair[0]) => {
                    *if short { &mut hanging } else { &mut set } += 1
                }
                _ => {}
            }
        }
        hanging > set
    }

    /// Whether a line ends so early that the next one's first word would have had room on it.
    fn is_short(&self, line: &Line, next: &Line, right: f64) -> bool {
        let slack = if self.justified {
            line.size * 0.4
        } else {
            line.size * 1.5
        };
        let room = right - line.x1 - line.size * 0.25;
        room > next.first_width() + slack
    }

    /// Where the line at `i` could have ended: less far than the column where it and those around it are narrower, as abstracts,
    /// quotations, and text beside a figure are.
    fn right_at(&self, lines: &[Line], i: usize) -> f64 {
        let line = &lines[i];
        let near = &lines[i.saturating_sub(3)..(i + 4).min(lines.len())];
        let like = |l: &&Line| {
            (l.size - line.size).abs() < line.size * 0.06
                && (l.x0 - line.x0).abs() < line.size * 4.0
        };
        let most = near
            .iter()
            .filter(like)
            .map(|l| l.x1)
            .fold(f64::NEG_INFINITY, f64::max);
        let shared = near
            .iter()
            .filter(like)
            .filter(|l| most - l.x1 < line.size * 0.25)
            .count();
        if shared > 1 {
            most
        } else {
            self.right.max(most)
        }
    }
}

/// How a line follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    /// In its paragraph.
    On,
    /// As a paragraph on the line below.
    Below,
    /// As a paragraph.
    Apart,
}

/// The blocks of all pages, in reading order.
pub(super) fn blocks(pages: Vec<PageText>, habits: &Habits) -> Vec<Block> {
    let mut out = Vec::new();
    for (page, text) in pages.into_iter().enumerate() {
        for (part, lines) in text.parts.into_iter().enumerate() {
            let column = Column::of(&lines, habits.size);
            gather(lines, column, habits, (page, part), &mut out);
        }
    }
    out
}

fn gather(
    lines: Vec<Line>,
    column: Column,
    habits: &Habits,
    place: (usize, usize),
    out: &mut Vec<Block>,
) {
    let first = out.len();
    let rights: Vec<f64> = (0..lines.len())
        .map(|i| column.right_at(&lines, i))
        .collect();
    for (i, line) in lines.into_iter().enumerate() {
        let right = i.checked_sub(1).map_or(column.right, |i| rights[i]);
        let above = match out[first..].last().and_then(|b| b.lines.last()) {
            Some(before) => (line.base - before.base) / habits.leading(before.size.min(line.size)),
            None => 9.0,
        };
        let follows = match out[first..].last() {
            Some(block) => follows(block, &line, (&column, right), habits, above),
            None => Follows::Apart,
        };
        match out[first..].last_mut() {
            Some(block) if follows == Follows::On => block.lines.push(line),
            _ => out.push(Block {
                page: place.0,
                part: place.1,
                lines: vec![line],
                tight: follows == Follows::Below,
                left: column.left,
                right: column.right,
                justified: column.justified,
                above,
                ..Block::default()
            }),
        }
    }
}

fn follows(
    block: &Block,
    line: &Line,
    (column, right): (&Column, f64),
    habits: &Habits,
    above: f64,
) -> Follows {
    let Some(last) = block.lines.last() else {
        return Follows::Apart;
    };
    let size = last.size;
    // A line of a table of contents.
    if kinds::has_leader(&last.text) && above < 1.33 {
        return Follows::Below;
    }
    // Code goes on over empty lines; its own lines are told apart later.
    if last.mono && line.mono && above < 2.4 && (line.size - size).abs() < size * 0.1 {
        return Follows::On;
    }
    if last.mono != line.mono && (last.mono || line.mono) && above > 1.1 {
        return Follows::Apart;
    }
    if (line.size - size).abs() > size * 0.1 || !(0.0..1.33).contains(&above) {
        return Follows::Apart;
    }
    let is_row = |l: &Line| !l.gaps.is_empty();
    if is_row(last) && is_row(line) {
        return Follows::On;
    }
    if is_row(line) != is_row(last) && block.lines.len() > 1 && block.lines.iter().all(is_row) {
        return Follows::Apart;
    }
    let (was_bold, is_bold) = (last.all(|s| s.bold), line.all(|s| s.bold));
    let short = column.is_short(last, line, right);
    let by = line.x0 - last.x0;
    let deep = size * 0.7;
    let centred = ((line.x0 + line.x1) / 2.0 - (last.x0 + last.x1) / 2.0).abs() < size * 0.3
        && by.abs() > deep;
    let is_head = size > habits.size * 1.08 || was_bold && is_bold;
    if is_head && was_bold == is_bold && block.letters() < 300 {
        let numbered = items::section(&line.text).is_some();
        let beneath = centred || !short && by.abs() < size * 3.0;
        return if beneath && !numbered {
            Follows::On
        } else {
            Follows::Apart
        };
    }
    let starts_item = items::marker(&line.text)
        .is_some_and(|m| m.is_bullet || items::marker(block.first()).is_some());
    let ended = last.text.ends_with([
        '.', '!', '?', ':', ';', '”', '"', ')', '。', '！', '？', '：', '」',
    ]);
    if starts_item && (short || ended) {
        return Follows::Below;
    }
    if was_bold != is_bold
        && (was_bold || is_bold)
        && (short || was_bold && last.x1 < column.right - size * 4.0)
    {
        return Follows::Apart;
    }
    if ends_in_hyphen(&last.text) && !starts_item {
        return Follows::On;
    }
    if size < habits.size * 0.95 && starts_note(line) && (short || ended || is_raised(line)) {
        return Follows::Apart;
    }
    let from = line.x0 - column.left;
    let in_item = items::marker(block.first()).is_some();
    if column.hanging && !in_item {
        let starts = by < -deep && from < deep || (from < size * 0.3 && short);
        return if starts { Follows::Apart } else { Follows::On };
    }
    // The second line of an item stands further in than its mark.
    if in_item && block.lines.len() == 1 && by > 0.0 && by < size * 4.0 && !short {
        return Follows::On;
    }
    if by > deep && by < size * 6.0 && !centred {
        return Follows::Apart;
    }
    // Out of a quotation or a list.
    if by < -deep && !centred && block.lines.len() > 1 {
        return Follows::Apart;
    }
    match () {
        () if !short => Follows::On,
        () if ended => Follows::Apart,
        () => Follows::Below,
    }
}

fn starts_note(line: &Line) -> bool {
    items::note(&line.text).is_some()
}

/// Whether a line starts with raised letters.
fn is_raised(line: &Line) -> bool {
    line.styles
        .first()
        .is_some_and(|(_, style)| style.script == Script::Raised)
}

/// Whether a line breaks off inside a word.
pub(super) fn ends_in_hyphen(text: &str) -> bool {
    let mut back = text.chars().rev();
    matches!(back.next(), Some('-' | '\u{AD}')) && back.next().is_some_and(char::is_alphabetic)
}
