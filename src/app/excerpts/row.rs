//! One excerpt as it is set and painted: bar, quote, citation; at the right labels, stance and note.

use std::sync::Arc;

use egui::{
    Color32, Galley, Painter, Pos2, Rect, Ui, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use super::{
    listing::Listing,
    measure::{FOLD, GAP, LINE, Measure, NOTE, PAD},
};
use crate::{
    analysis::{Codebook, Coding, Source, excerpts::GroupKey},
    app::theme::{self, Palette},
    export::cite::{self, Place},
    model::Label,
    text::{Span, fold_space},
};

/// How many bytes of a quote are laid out at most; who wants more opens it in the reader.
const LONGEST: u32 = 20_000;

/// A row laid out.
pub(super) struct Laid {
    pub quote: Arc<Galley>,
    /// Whether it is longer than what shows when it is folded.
    pub long: bool,
    pub title: Arc<Galley>,
    pub tail: Arc<Galley>,
    /// Labels, stance and note; not there when fields stand in their place.
    pub side: Option<Arc<Galley>>,
    pub height: f32,
}

/// What rows are set with.
pub(super) struct Setting<'a> {
    pub listing: &'a Listing,
    pub measure: Measure,
    pub palette: &'a Palette,
}

impl Setting<'_> {
    /// Lays an excerpt out. `fields` is how high the fields are that stand in the place of labels and note.
    pub fn lay(&self, ui: &Ui, item: usize, unfolded: bool, fields: Option<f32>) -> Option<Laid> {
        let (source, coding) = self.listing.item(item)?;
        let (quote, long) = self.quote(ui, source, coding.highlight.span, unfolded);
        let (title, tail) = self.citation(ui, source, coding);
        let side = match fields {
            Some(_) => None,
            None => Some(self.side(ui, coding)),
        };
        let side_height = fields.unwrap_or_else(|| side.as_ref().map_or(0.0, |s| s.size().y));
        Some(Laid {
            height: self.measure.height(quote.size().y, side_height),
            quote,
            long,
            title,
            tail,
            side,
        })
    }

    /// The passage between quotation marks, and whether there is more of it than shows when it is folded.
    fn quote(&self, ui: &Ui, source: &Source, span: Span, unfolded: bool) -> (Arc<Galley>, bool) {
        let width = self.measure.quote();
        // More than fits, whatever the script: letters are at least a sixth of the font's size wide for each byte.
        let fits = (FOLD as f32 * width / self.measure.size * 6.0) as u32;
        let most = if unfolded { LONGEST } else { fits };
        let reach = source.reading.text.floor(span.start.saturating_add(most));
        let end = reach.min(span.end);
        let mut text = cite::quoted(&source.reading, Span::new(span.start, end));
        if end < span.end {
            text.truncate(text.len() - '”'.len_utf8());
            text.push('…');
        }
        let format = TextFormat {
            line_height: Some(self.measure.line()),
            ..TextFormat::simple(theme::serif(self.measure.size), self.palette.ink)
        };
        let mut job = LayoutJob::single_section(text, format);
        job.wrap = TextWrapping {
            max_width: width,
            max_rows: if unfolded { usize::MAX } else { FOLD },
            ..TextWrapping::default()
        };
        let galley = ui.fonts_mut(|f| f.layout_job(job));
        let long = galley.elided || end < span.end || (unfolded && galley.rows.len() > FOLD);
        (galley, long)
    }

    /// The reading's title, cut to what room there is, and the rest of the citation.
    fn citation(&self, ui: &Ui, source: &Source, coding: &Coding) -> (Arc<Galley>, Arc<Galley>) {
        let h = &coding.highlight;
        let place = Place::of(&source.reading, h.span).lettered();
        let tail = format!(" · {place} · coded by {}", h.coder);
        let line = |text: String, width: f32| {
            let font = theme::sans(12.5);
            let mut job = LayoutJob::simple_singleline(text, font, self.palette.dim);
            job.wrap = TextWrapping::truncate_at_width(width);
            ui.fonts_mut(|f| f.layout_job(job))
        };
        let tail = line(tail, f32::INFINITY);
        let room = self.measure.quote() - tail.size().x - 66.0;
        let title = line(source.reading.meta.title.clone(), room.max(60.0));
        (title, tail)
    }

    /// Labels in their colours, stance, and the beginning of the note.
    fn side(&self, ui: &Ui, coding: &Coding) -> Arc<Galley> {
        let palette = self.palette;
        let mut job = LayoutJob::default();
        job.wrap.max_width = self.measure.side();
        let format = |font, color| TextFormat {
            line_height: Some(LINE),
            ..TextFormat::simple(font, color)
        };
        let (bold, plain) = (theme::sans_bold(13.0), theme::sans(13.0));
        for (i, label) in labels(self.listing.corpus.codebook(), coding).enumerate() {
            if i > 0 {
                job.append(" · ", 0.0, format(plain.clone(), palette.dim));
            }
            let color = palette.label_text(label.color);
            job.append(&label.name, 0.0, format(bold.clone(), color));
        }
        let h = &coding.highlight;
        if let Some(stance) = h.stance {
            job.append(
                &format!("\n{stance}"),
                0.0,
                format(plain.clone(), palette.ink),
            );
        }
        if !h.note.trim().is_empty() {
            let note = beginning(&h.note);
            job.append(&format!("\n{note}"), 0.0, format(plain, palette.dim));
        }
        ui.fonts_mut(|f| f.layout_job(job))
    }

    /// Paints the bar, the quote and what stands beside it. `over` says whether the pointer is over the citation.
    pub fn paint(&self, painter: &Painter, item: usize, laid: &Laid, row: Rect, over: bool) {
        let palette = self.palette;
        let top = row.top() + PAD;
        let quote = pos2(row.left() + self.measure.quote_left(), top);
        let bottom = top + laid.quote.size().y + GAP + LINE;
        let bar = Rect::from_min_max(pos2(row.left(), top), pos2(row.left() + 4.5, bottom));
        self.bar(painter, item, bar);
        painter.galley(quote, Arc::clone(&laid.quote), palette.ink);
        let cite = self.citation_rect(laid, row);
        let color = if over { palette.accent } else { palette.dim };
        let paint = |at: Pos2, galley: &Arc<Galley>| match over {
            true => painter.galley_with_override_text_color(at, Arc::clone(galley), color),
            false => painter.galley(at, Arc::clone(galley), color),
        };
        paint(cite.min, &laid.title);
        paint(cite.min + vec2(laid.title.size().x, 0.0), &laid.tail);
        if let Some(side) = &laid.side {
            let at = self.side_rect(laid, row).min;
            painter.galley(at, Arc::clone(side), palette.ink);
        }
        let line = egui::Stroke::new(1.0, palette.line);
        painter.hline(row.x_range(), row.bottom() - 0.5, line);
    }

    /// The colours of the labels, that of the group first.
    fn bar(&self, painter: &Painter, item: usize, rect: Rect) {
        let Some((_, coding)) = self.listing.item(item) else {
            return;
        };
        let codebook = self.listing.corpus.codebook();
        let mut all: Vec<&Label> = labels(codebook, coding).collect();
        let group = self.listing.group_of(item).map(|g| &g.key);
        if let Some(GroupKey::Label(id)) = group
            && let Some(at) = all.iter().position(|l| l.id == *id)
        {
            all[..=at].rotate_right(1);
        }
        let colors: Vec<Color32> = match all.is_empty() {
            true => vec![self.palette.line],
            false => (all.iter().take(4))
                .map(|l| self.palette.label_mark(l.color))
                .collect(),
        };
        let step = rect.height() / colors.len() as f32;
        for (i, color) in colors.iter().enumerate() {
            let top = rect.top() + step * i as f32;
            let gap = if i > 0 { 1.5 } else { 0.0 };
            let part =
                Rect::from_min_max(pos2(rect.left(), top + gap), pos2(rect.right(), top + step));
            painter.rect_filled(part, 2.0, *color);
        }
    }

    /// Where the citation stands.
    pub fn citation_rect(&self, laid: &Laid, row: Rect) -> Rect {
        let at = pos2(
            row.left() + self.measure.quote_left(),
            row.top() + PAD + laid.quote.size().y + GAP,
        );
        let width = laid.title.size().x + laid.tail.size().x;
        Rect::from_min_size(at, vec2(width, LINE))
    }

    /// Where labels and note stand, down to the end of the row.
    pub fn side_rect(&self, laid: &Laid, row: Rect) -> Rect {
        let below = self.measure.stacked();
        let top = match below {
            true => self.citation_rect(laid, row).bottom() + GAP,
            false => row.top() + PAD + 2.0,
        };
        let left = row.left() + self.measure.side_left();
        Rect::from_min_max(
            pos2(left, top),
            pos2(left + self.measure.side(), row.bottom() - 2.0),
        )
    }
}

/// The labels of an excerpt in the order in which they were given.
pub(super) fn labels<'a>(
    codebook: &'a Codebook,
    coding: &'a Coding,
) -> impl Iterator<Item = &'a Label> {
    let given = coding.highlight.labels.iter();
    given.filter_map(|id| codebook.get(codebook.number(id)?))
}

/// The beginning of a note in one paragraph.
fn beginning(note: &str) -> String {
    let mut end = note.len().min(NOTE);
    while !note.is_char_boundary(end) {
        end -= 1;
    }
    let mut text = fold_space(&note[..end]);
    if end < note.len() {
        text.push('…');
    }
    text
}

/// What a screen reader says of an excerpt.
pub(super) fn spoken(listing: &Listing, item: usize) -> String {
    let Some((source, coding)) = listing.item(item) else {
        return String::new();
    };
    let h = &coding.highlight;
    let reach = h.span.start.saturating_add(600);
    let end = source.reading.text.floor(reach).min(h.span.end);
    let quote = cite::quoted(&source.reading, Span::new(h.span.start, end));
    let place = Place::of(&source.reading, h.span).lettered();
    let names: Vec<&str> = labels(listing.corpus.codebook(), coding)
        .map(|l| l.name.as_str())
        .collect();
    let mut out = format!(
        "{quote} {} · {place} · coded by {}; {}",
        source.reading.meta.title,
        h.coder,
        names.join(", ")
    );
    if let Some(stance) = h.stance {
        out.push_str(&format!("; {stance}"));
    }
    if !h.note.trim().is_empty() {
        out.push_str(&format!("; note: {}", beginning(&h.note)));
    }
    out
}
