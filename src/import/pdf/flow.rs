//! Blocks joined into the paragraphs of a text, over columns and pages, and written.

use std::collections::{HashMap, HashSet};

use super::{
    blocks::{Block, What, ends_in_hyphen},
    habits::Habits,
    hyphens::{Joint, Words},
    items, kinds,
    lines::{Line, is_cjk},
};
use crate::{
    import::draft::{Draft, Kind},
    model::{BlockKind, Script, Style},
};

/// How many blocks ahead a paragraph may go on.
const AHEAD: usize = 60;

/// Writes blocks.
pub(super) struct Writer<'b> {
    pub(super) blocks: &'b [Block],
    pub(super) habits: &'b Habits,
    pub(super) labels: &'b [String],
    pub(super) levels: HashMap<usize, u8>,
    pub(super) words: Words,
    /// The footnotes that are linked: by block, and the places of their marks.
    pub(super) notes: super::notes::Notes,
    /// Whether most of the file is in bold or italics: these set nothing off then.
    pub(super) plain: Style,
    pub(super) draft: Draft,
    /// How many pages have been started.
    pub(super) pages: usize,
}

impl Writer<'_> {
    /// Writes all of them.
    pub(super) fn write(&mut self) {
        let mut written: HashSet<usize> = HashSet::new();
        for first in 0..self.blocks.len() {
            if written.contains(&first) || self.notes.is_linked(first) {
                continue;
            }
            let mut pieces = vec![first];
            let mut last = first;
            while let Some(next) = self.goes_on(last, &written) {
                written.insert(next);
                pieces.push(next);
                last = next;
            }
            self.paragraph(&pieces);
        }
        while self.pages < self.labels.len() {
            self.page();
        }
        self.linked_notes();
    }

    /// The block in a later column in which the paragraph of `block` goes on.
    fn goes_on(&self, block: usize, written: &HashSet<usize>) -> Option<usize> {
        let from = &self.blocks[block];
        if !matches!(
            from.what,
            What::Body | What::Item | What::Quote | What::Note
        ) {
            return None;
        }
        let place = |b: &Block| (b.page, b.part);
        let last = from.lines.last()?;
        for (next, to) in self.blocks.iter().enumerate().skip(block + 1).take(AHEAD) {
            let is_note = to.what == What::Note;
            if from.what == What::Note {
                let goes = is_note && to.page > from.page && items::note(to.first()).is_none();
                match () {
                    () if goes => return self.joins(from, last, to).then_some(next),
                    () if is_note || to.page > from.page + 1 => return None,
                    () => continue,
                }
            }
            if is_note || written.contains(&next) || matches!(to.what, What::Caption | What::Rows) {
                continue;
            }
            if place(to) == place(from) {
                return None;
            }
            let small = (to.size() - from.size()).abs() > from.size() * 0.05;
            match () {
                () if to.page > from.page + 2 => return None,
                () if small && to.what != What::Heading => continue,
                () if !matches!(to.what, What::Body | What::Quote) => return None,
                () => return self.joins(from, last, to).then_some(next),
            }
        }
        None
    }

    /// Whether a paragraph that reaches its column's end goes on in `to`.
    fn joins(&self, from: &Block, last: &Line, to: &Block) -> bool {
        let Some(next) = to.lines.first() else {
            return false;
        };
        if ends_in_hyphen(&last.text) && next.text.starts_with(char::is_alphabetic) {
            return true;
        }
        let ended = last
            .text
            .trim_end_matches(['”', '"', ')', '’', '»'])
            .ends_with(['.', '!', '?', ':', '。', '！', '？']);
        let room = from.right - last.x1 - last.size * 0.25;
        let full = room < next.first_width() + last.size * if from.justified { 0.4 } else { 1.5 };
        let set_in = self.habits.indents && next.x0 - to.left > last.size * 0.7;
        let small = next.text.starts_with(char::is_lowercase);
        match () {
            () if small && !ended => true,
            () if set_in || items::marker(&next.text).is_some() => false,
            () if ended => {
                full && room < last.size * 0.6
                    && from.justified
                    && self.habits.indents
                    && next.text.len() > 40
            }
            () => full,
        }
    }

    fn page(&mut self) {
        let label = self.labels.get(self.pages).cloned().unwrap_or_default();
        self.draft.page(label);
        self.pages += 1;
    }

    fn paragraph(&mut self, pieces: &[usize]) {
        let first = &self.blocks[pieces[0]];
        match first.what {
            What::Rows | What::Code => return self.rows(first),
            _ => {}
        }
        let kind = match first.what {
            What::Heading => Kind::Heading(self.levels.get(&pieces[0]).copied().unwrap_or(2)),
            What::Item => Kind::Block(BlockKind::Item(self.depth(first))),
            What::Quote => Kind::Block(BlockKind::Quote),
            What::Note => Kind::Block(BlockKind::Note),
            _ => Kind::Body,
        };
        let follows_item = first.what == What::Item && first.above < 1.33;
        if first.tight && (follows_item || kind == Kind::Body) {
            self.draft.line(kind);
        } else {
            self.draft.paragraph(kind);
        }
        self.lines(pieces, kind, 0);
    }

    /// How deep in lists an item is: by how far it is set in.
    fn depth(&self, block: &Block) -> u8 {
        let em = block.size().max(1.0);
        let by = (block.edges().0 - block.left) / em;
        match by {
            by if by > 4.5 => 3,
            by if by > 2.4 => 2,
            _ => 1,
        }
    }

    /// Writes the lines of a paragraph's pieces, the first `skip` bytes left out.
    fn lines(&mut self, pieces: &[usize], kind: Kind, skip: usize) {
        let blocks = self.blocks;
        let lines: Vec<(usize, usize, &Line)> = pieces
            .iter()
            .flat_map(|&b| {
                blocks[b]
                    .lines
                    .iter()
                    .enumerate()
                    .map(move |(i, line)| (b, i, line))
            })
            .collect();
        for (n, &(block, index, line)) in lines.iter().enumerate() {
            while self.pages <= blocks[block].page {
                self.page();
            }
            let next = lines.get(n + 1).map(|l| l.2);
            let joint = next.map_or(Joint::Space, |next| self.joint(&line.text, &next.text));
            let end = match joint {
                Joint::Whole => line.text.trim_end_matches(['-', '\u{AD}']).len(),
                _ => line.text.len(),
            };
            let start = if n == 0 { skip } else { 0 };
            self.line((block, index), line, start..end, kind);
            if joint == Joint::Space {
                self.draft.text(" ", Style::PLAIN);
            }
        }
    }

    /// Writes a part of a line in its styles, with the marks of linked footnotes.
    fn line(
        &mut self,
        place: (usize, usize),
        line: &Line,
        range: std::ops::Range<usize>,
        kind: Kind,
    ) {
        let mut start = 0;
        for &(end, style) in &line.styles {
            let (from, to) = (start.max(range.start), end.min(range.end));
            start = end;
            let Some(text) = line.text.get(from..to).filter(|t| !t.is_empty()) else {
                continue;
            };
            if style.script == Script::Raised
                && let Some(name) = self.notes.mark_at(place, from)
            {
                self.draft.mark(&name);
                // The space behind it may be set in its type.
                if text.ends_with(' ') {
                    self.draft.text(" ", Style::PLAIN);
                }
                continue;
            }
            let style = Style {
                bold: style.bold && !self.plain.bold && !matches!(kind, Kind::Heading(_)),
                italic: style.italic && !self.plain.italic && !matches!(kind, Kind::Heading(_)),
                script: style.script,
            };
            self.draft.text(text, style);
        }
    }

    /// How two lines of a paragraph join.
    fn joint(&self, line: &str, next: &str) -> Joint {
        let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else {
            return Joint::Space;
        };
        let token = line.rsplit(' ').next().unwrap_or_default();
        let address =
            token.contains("://") || token.starts_with("www.") || token.contains("doi.org/");
        let goes_on = first.is_ascii_lowercase()
            || first.is_ascii_digit()
            || matches!(first, '/' | '?' | '=' | '&' | '%');
        match last {
            _ if is_cjk(last) && is_cjk(first) => Joint::Close,
            '/' | '-' | '_' | '=' | '&' | '?' | '.' | '%' if address && goes_on => Joint::Close,
            '-' | '\u{AD}' => self.words.joint(line, next),
            '—' | '/' if line.trim_end_matches(last).ends_with(char::is_alphanumeric) => {
                Joint::Close
            }
            '–' if line
                .trim_end_matches(last)
                .ends_with(|c: char| c.is_ascii_digit())
                && first.is_ascii_digit() =>
            {
                Joint::Close
            }
            _ if first == '—' && next.chars().nth(1).is_some_and(char::is_alphanumeric) => {
                Joint::Close
            }
            _ => Joint::Space,
        }
    }

    /// Writes the rows of a table, or the lines of code.
    fn rows(&mut self, block: &Block) {
        let code = block.what == What::Code;
        let kind = Kind::Block(if code {
            BlockKind::Code
        } else {
            BlockKind::Row
        });
        let left = block.edges().0;
        for (i, line) in block.lines.iter().enumerate() {
            while self.pages <= block.page {
                self.page();
            }
            match i {
                0 if !block.tight => self.draft.paragraph(kind),
                _ => self.draft.line(kind),
            }
            if code {
                let wide = (line.x1 - line.x0) / line.text.chars().count().max(1) as f64;
                let by = ((line.x0 - left) / wide.max(1.0)).round().clamp(0.0, 40.0) as usize;
                self.draft.text(&" ".repeat(by), Style::PLAIN);
                self.draft.text(&line.text, Style::PLAIN);
                continue;
            }
            let mut start = 0;
            for &(end, _) in &line.gaps {
                self.cell(line.text.get(start..end).unwrap_or_default());
                self.draft.tab();
                start = end;
            }
            self.cell(line.text.get(start..).unwrap_or_default());
        }
    }

    /// Writes a cell; dots that lead to a page number are a tab.
    fn cell(&mut self, text: &str) {
        if !kinds::has_leader(text) {
            self.draft.text(text, Style::PLAIN);
            return;
        }
        let end = text.trim_end_matches(|c: char| !matches!(c, '.'));
        let start = end.trim_end_matches(['.', ' ']);
        self.draft.text(start, Style::PLAIN);
        self.draft.tab();
        self.draft.text(
            text.get(end.len()..).unwrap_or_default().trim_start(),
            Style::PLAIN,
        );
    }

    /// Writes the footnotes whose marks were found.
    fn linked_notes(&mut self) {
        for (name, pieces, skip) in self.notes.take() {
            self.draft.note(&name);
            self.lines(&pieces, Kind::Block(BlockKind::Note), skip);
            self.draft.end_note();
        }
    }
}
