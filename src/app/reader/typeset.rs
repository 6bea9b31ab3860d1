//! Setting the type of a block: emphasis, the marks of notes, indents, and rows of tables.

use std::sync::Arc;

use egui::{
    Align, FontId, Galley, Rect, Ui,
    epaint::text::{LayoutJob, PlacedRow, TextFormat, TextWrapping},
    vec2,
};

use super::{
    blocks::{Block, Kind},
    layout::Measure,
    notes::NoteIndex,
    tables::Column,
};
use crate::{
    app::theme::{self, Palette},
    model::{Script, Structure, Style},
    text::{Span, Text},
};

/// How large raised and lowered characters are, as a share of the type they stand beside.
const SCRIPT: f32 = 0.68;
/// How far they stand above or below the line, as a share of the font size.
const RAISED: f32 = 0.33;
const LOWERED: f32 = 0.13;
/// How far below the middle of its height the base line of Source Serif 4 runs, as a share of the font size: its ascent is
/// 1.036 and its descent 0.335 (`hhea` table).
const BASE_LINE: f32 = 0.3505;

/// What the type of a reading is set with.
pub(super) struct Setting<'a> {
    pub text: &'a Text,
    pub structure: &'a Structure,
    pub notes: &'a NoteIndex,
    pub measure: Measure,
    pub palette: &'a Palette,
}

impl Setting<'_> {
    /// Lays a block out. A row of a table stands in its `columns`, when these are known.
    pub fn set(&self, ui: &Ui, block: &Block, columns: Option<&[Column]>) -> Arc<Galley> {
        if let Some(columns) = columns {
            return self.set_row(ui, block, columns);
        }
        let kind = block.kind;
        let galley = layout(
            ui,
            self.job(block, block.span, self.measure.text_width(kind)),
        );
        let indent = self.measure.indent(kind);
        let first = match kind {
            Kind::Item(_) if block.first => {
                let text = self.text.slice(block.span);
                let marker = text[..marker(text)].chars().count();
                let width = galley.rows.first().map(|r| r.x_offset(marker.into()));
                (indent - width.unwrap_or_default()).max(0.0)
            }
            _ => indent,
        };
        // What is too long for a line of code goes on a little further in.
        let rest = match kind {
            Kind::Code => indent + self.measure.size.round(),
            _ => indent,
        };
        if first == 0.0 && rest == 0.0 {
            return galley;
        }
        let pixels = ui.ctx().pixels_per_point();
        let on_pixel = |x: f32| (x * pixels).round() / pixels;
        let mut moved = Galley::clone(&galley);
        for (i, row) in moved.rows.iter_mut().enumerate() {
            row.pos.x += on_pixel(if i == 0 { first } else { rest });
        }
        measure_again(&mut moved);
        Arc::new(moved)
    }

    /// A row of a table: its cells side by side, each wrapped in its column. The rows of the galley are those of the cells,
    /// in text order, so that what is done with any galley can be done with this one.
    fn set_row(&self, ui: &Ui, block: &Block, columns: &[Column]) -> Arc<Galley> {
        let mut whole: Option<Galley> = None;
        for (cell, column) in cells(self.text, block.span, columns.len()).zip(columns) {
            let galley = layout(ui, self.job(block, cell, column.width));
            let moved = galley.rows.iter().map(|row| PlacedRow {
                pos: row.pos + vec2(column.left, 0.0),
                ..row.clone()
            });
            let moved: Vec<_> = moved.collect();
            match &mut whole {
                Some(whole) => {
                    whole.rows.extend(moved);
                    whole.num_vertices += galley.num_vertices;
                    whole.num_indices += galley.num_indices;
                }
                None => {
                    let mut first = Galley::clone(&galley);
                    first.rows = moved;
                    whole = Some(first);
                }
            }
        }
        let Some(mut whole) = whole else {
            return layout(ui, self.job(block, block.span, self.measure.width));
        };
        whole.job = Arc::new(self.job(block, block.span, self.measure.width));
        measure_again(&mut whole);
        Arc::new(whole)
    }

    /// How `span` of a block is laid out.
    fn job(&self, block: &Block, span: Span, width: f32) -> LayoutJob {
        let mut job = LayoutJob {
            wrap: TextWrapping {
                max_width: width,
                ..TextWrapping::default()
            },
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let table = block.kind == Kind::Row;
        let words = self.words_of_item(block);
        for (span, style, link) in self.pieces(block, span) {
            let format = self.format(block.kind, style, link);
            let piece = self.text.slice(span);
            let gap = match words == Some(span.start) {
                true => self.measure.size * 0.25,
                false => 0.0,
            };
            match piece.strip_suffix('\t').filter(|_| table) {
                // The tab at the end of a cell must not make a line of its own.
                Some(cell) => {
                    let mut tab = format.clone();
                    tab.font_id.size = 1.0;
                    if !cell.is_empty() {
                        job.append(cell, 0.0, format);
                    }
                    job.append("\t", 0.0, tab);
                }
                None => job.append(piece, gap, format),
            }
        }
        if job.sections.is_empty() {
            job.append("", 0.0, self.format(block.kind, Style::PLAIN, false));
        }
        job
    }

    /// The byte at which an item's words start after its bullet: they stand a little apart from it.
    fn words_of_item(&self, block: &Block) -> Option<u32> {
        if !matches!(block.kind, Kind::Item(_)) || !block.first {
            return None;
        }
        let text = self.text.slice(block.span);
        let end = marker(text);
        let bullet = text[..end].trim().chars().count() == 1;
        bullet.then(|| block.span.start + end as u32)
    }

    /// Stretches of one style, and whether they lead elsewhere.
    fn pieces(&self, block: &Block, span: Span) -> Vec<(Span, Style, bool)> {
        let emphasis = self.structure.emphasis_in(span);
        let marks = self.structure.notes_in(span).iter().map(|n| n.mark);
        let number = self
            .notes
            .number_at(self.text, self.structure, block.span.start);
        let links: Vec<Span> = number.into_iter().chain(marks).collect();
        let mut cuts = vec![span.start, span.end];
        cuts.extend(self.words_of_item(block));
        for part in emphasis.iter().map(|e| e.span).chain(links.iter().copied()) {
            let part = part.intersect(span);
            cuts.extend([part.start, part.end]);
        }
        cuts.retain(|&at| span.start <= at && at <= span.end);
        cuts.sort_unstable();
        cuts.dedup();
        let piece = |pair: &[u32]| {
            let &[start, end] = pair else { return None };
            let at = emphasis.partition_point(|e| e.span.end <= start);
            let style = emphasis
                .get(at)
                .filter(|e| e.span.has(start))
                .map_or(Style::PLAIN, |e| e.style);
            let at = links.partition_point(|l| l.end <= start);
            let link = links.get(at).is_some_and(|l| l.has(start));
            Some((Span::new(start, end), style, link))
        };
        cuts.windows(2).filter_map(piece).collect()
    }

    fn format(&self, kind: Kind, style: Style, link: bool) -> TextFormat {
        let size = self.measure.font_size(kind);
        let line = self.measure.line_height(kind);
        let color = match (link, kind) {
            (true, _) => self.palette.accent,
            (false, _) => self.palette.ink,
        };
        let base = |size| font(kind, style, size);
        // egui sets the middle of a line's height against the row's; the rest follows from where the base line is to be.
        let below_middle = 2.0 * BASE_LINE * (1.0 - SCRIPT) * size;
        let (font_id, line_height, valign) = match style.script {
            Script::Base => (base(size), line, Align::BOTTOM),
            Script::Raised => (
                base(size * SCRIPT),
                line + below_middle - 2.0 * RAISED * size,
                Align::TOP,
            ),
            Script::Lowered => (
                base(size * SCRIPT),
                line - below_middle - 2.0 * LOWERED * size,
                Align::BOTTOM,
            ),
        };
        TextFormat {
            line_height: Some(line_height.clamp(1.0, line)),
            valign,
            italics: style.italic && kind == Kind::Code,
            ..TextFormat::simple(font_id, color)
        }
    }
}

fn font(kind: Kind, style: Style, size: f32) -> FontId {
    let bold = style.bold || matches!(kind, Kind::Heading(_));
    match (kind, bold, style.italic) {
        (Kind::Code, _, _) => theme::mono(size),
        (_, false, false) => theme::serif(size),
        (_, false, true) => theme::serif_italic(size),
        (_, true, false) => theme::serif_bold(size),
        (_, true, true) => theme::serif_bold_italic(size),
    }
}

fn layout(ui: &Ui, job: LayoutJob) -> Arc<Galley> {
    ui.fonts_mut(|f| f.layout_job(job))
}

/// Takes the bounds of a galley whose rows were moved.
fn measure_again(galley: &mut Galley) {
    let mut bounds = Rect::NOTHING;
    let mut mesh = Rect::NOTHING;
    for row in &galley.rows {
        bounds |= row.rect();
        mesh |= row.visuals.mesh_bounds.translate(row.pos.to_vec2());
    }
    galley.rect = bounds;
    galley.mesh_bounds = mesh;
}

/// The cells of a table's row, each with the tab at its end; what is beyond the last column belongs to the last.
pub(super) fn cells(text: &Text, row: Span, columns: usize) -> impl Iterator<Item = Span> {
    let mut start = row.start;
    let mut left = columns;
    std::iter::from_fn(move || {
        if start >= row.end || left == 0 {
            return None;
        }
        left -= 1;
        let rest = Span::new(start, row.end);
        let tab = text.slice(rest).find('\t').filter(|_| left > 0);
        let end = tab.map_or(row.end, |at| start + at as u32 + 1);
        start = end;
        Some(Span::new(rest.start, end))
    })
}

/// How many bytes the bullet or number of a list's item takes, the white space around it included; 0 without one.
fn marker(text: &str) -> usize {
    let body = text.trim_start();
    let token = body.split(char::is_whitespace).next().unwrap_or_default();
    let after = &body[token.len()..];
    let gap = after.len() - after.trim_start().len();
    let one = token.chars().count() == 1;
    let bullet = one && token.chars().all(|c| !c.is_alphanumeric());
    let core = token.trim_matches(['(', ')', '[', ']', '.', ':']);
    let roman = core.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    let digits = core
        .split('.')
        .all(|n| n.chars().all(|c| c.is_ascii_digit()));
    let count = core.chars().count();
    let number = core.len() < token.len()
        && (digits && count <= 8 || count == 1 || roman && (1..=6).contains(&count));
    if gap == 0 || !(bullet || number && count > 0) {
        return 0;
    }
    text.len() - after.len() + gap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_are_told_from_words() {
        for (text, marker_is) in [
            ("• One", 4),
            ("– One", 4),
            ("  •  One", 7),
            ("12. One", 4),
            ("1.2.3. One", 7),
            ("(a) One", 4),
            ("iv) One", 4),
            ("One two", 0),
            ("No. 5 of", 0),
            ("1987 was", 0),
            ("a cat", 0),
            ("•", 0),
            ("", 0),
            ("国. 际", 5),
        ] {
            assert_eq!(marker(text), marker_is, "{text}");
        }
    }

    #[test]
    fn cells_are_the_row_cut_after_its_tabs() {
        let text = Text::new("a\tbb\t\tc");
        let all = |n| -> Vec<_> {
            let cells = cells(&text, Span::new(0, text.len()), n);
            cells.map(|c| text.slice(c)).collect()
        };
        assert_eq!(all(4), ["a\t", "bb\t", "\t", "c"]);
        assert_eq!(all(2), ["a\t", "bb\t\tc"]);
        assert_eq!(all(9), ["a\t", "bb\t", "\t", "c"]);
        assert!(all(0).is_empty());
    }
}
