//! The widget: layout of what shows, scrolling, painting.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use egui::{Color32, Galley, Rect, Response, Sense, Ui, pos2, vec2};

use super::{
    blocks::{self, Block},
    estimate::{self, Advances, Estimates},
    gloss::Glosses,
    heights::Heights,
    layout::{Columns, Measure},
    marks::{self, Marks},
    selection::Selection,
};
use crate::{
    app::theme::{self, Palette},
    model::{
        CoderId, Color, Highlight, HighlightId, HighlightSet, LabelId, Project, Reading, ReadingId,
    },
    text::{Span, Text},
};

/// What the reader shows this frame.
pub struct Source<'a> {
    /// For label names and colours.
    pub project: &'a Project,
    /// The reading.
    pub reading: &'a Reading,
    /// Its highlights.
    pub highlights: &'a HighlightSet,
    /// Goes up whenever the project changes.
    pub revision: u64,
    /// Whose highlights need no name beside them.
    pub coder: &'a CoderId,
    /// Labels whose highlights are hidden.
    pub hidden: &'a BTreeSet<LabelId>,
    /// When set, only highlights with one of these labels show.
    pub only: Option<&'a BTreeSet<LabelId>>,
}

impl Source<'_> {
    /// The label that gives a highlight its colour, or `None` when the highlight is hidden.
    pub(super) fn leading_label<'h>(&self, highlight: &'h Highlight) -> Option<&'h LabelId> {
        highlight
            .labels
            .iter()
            .find(|l| !self.hidden.contains(*l) && self.only.is_none_or(|only| only.contains(*l)))
    }

    /// Changes when other highlights are hidden.
    fn filter_hash(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (self.hidden, self.only).hash(&mut hasher);
        hasher.finish()
    }

    pub(super) fn color(&self, label: &LabelId) -> Color {
        self.project
            .label(label)
            .map_or(Color([128; 3]), |l| l.color)
    }
}

/// What people did in the reader that concerns more than the reader.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderEvent {
    /// A highlight came into focus, or none is any more.
    Focused(Option<HighlightId>),
    /// A highlight was given another range.
    Ranged(HighlightId, Span),
}

/// A block as laid out this frame.
pub(super) struct Visible {
    /// 0 is the reading's title, `n + 1` its n-th block.
    pub slot: usize,
    /// The top of its text on the screen.
    pub top: f32,
    pub galley: Arc<Galley>,
}

/// Scrolling further than this at once, in points, is a leap.
const LEAP: f64 = 4000.0;

/// What the heights and marks depend on.
#[derive(Clone, PartialEq)]
struct Shape {
    reading: ReadingId,
    measure: Measure,
    pixels_per_point: f32,
}

/// The reader's state.
pub struct Reader {
    pub(super) text: Text,
    /// The reading's title and the line below it.
    title: (String, String),
    pub(super) blocks: Arc<[Block]>,
    shape: Option<Shape>,
    heights: Heights,
    estimates: Option<Estimates>,
    /// The slot at the top of the view and how far it is scrolled up, in points.
    top: (usize, f64),
    pending: Option<Pending>,
    marks: HashMap<usize, Marks>,
    marks_key: (u64, bool, u64),
    pub(super) glosses: Glosses,
    pub(super) selection: Option<Selection>,
    pub(super) focus: Option<HighlightId>,
    /// The span of the highlight in focus, as of this frame.
    pub(super) focus_span: Option<Span>,
    pub(super) clicks: super::input::Clicks,
    pub(super) dragged_range: Option<(HighlightId, bool, Span)>,
    /// What showed last, for the keyboard and for tests.
    pub(super) visible: Span,
    pub(super) selection_rect: Option<Rect>,
    wants_focus: bool,
    pub(super) dragging: bool,
    pub(super) visible_blocks: Vec<Visible>,
    pub(super) columns: Option<Columns>,
}

/// A place to scroll to once the text can be laid out.
#[derive(Clone, Copy)]
enum Pending {
    /// To the top of the view.
    Top(u32),
    /// Into the view, moving only when it is not there.
    Into(Span),
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            text: Text::new(""),
            title: Default::default(),
            blocks: Arc::from([]),
            shape: None,
            heights: Heights::new(vec![0.0]),
            estimates: None,
            top: (0, 0.0),
            pending: None,
            marks: HashMap::new(),
            marks_key: (0, false, 0),
            glosses: Glosses::default(),
            selection: None,
            focus: None,
            focus_span: None,
            clicks: super::input::Clicks::default(),
            dragged_range: None,
            visible: Span::new(0, 0),
            selection_rect: None,
            wants_focus: false,
            dragging: false,
            visible_blocks: Vec::new(),
            columns: None,
        }
    }
}

impl Reader {
    /// The selected passage, if any.
    pub fn selected(&self) -> Option<Span> {
        self.selection.map(|s| s.span()).filter(|s| !s.is_empty())
    }

    /// Selects a passage and brings it into view.
    pub fn select(&mut self, span: Span) {
        self.selection = Some(Selection::of(span));
        self.pending = Some(Pending::Into(span));
    }

    /// Selects nothing.
    pub fn clear_selection(&mut self) {
        self.selection = None;
    }

    /// The highlight in focus.
    pub fn focus(&self) -> Option<HighlightId> {
        self.focus
    }

    /// Puts a highlight in focus (or none) without moving the view.
    pub fn set_focus(&mut self, focus: Option<HighlightId>) {
        self.focus = focus;
    }

    /// Brings a passage into view.
    pub fn reveal(&mut self, span: Span) {
        self.pending = Some(Pending::Into(span));
    }

    /// Takes the keyboard at the next frame.
    pub fn take_keyboard(&mut self) {
        self.wants_focus = true;
    }

    /// The byte at the top of the view, to come back to.
    pub fn position(&self) -> u32 {
        match self.top.0.checked_sub(1) {
            Some(block) => self.blocks.get(block).map_or(0, |b| b.span.start),
            None => 0,
        }
    }

    /// Shows another reading from byte `position` on.
    pub fn open_at(&mut self, position: u32) {
        *self = Self {
            pending: (position > 0).then_some(Pending::Top(position)),
            glosses: Glosses::default(),
            wants_focus: true,
            ..Self::default()
        };
    }

    /// What shows, in bytes.
    pub fn visible(&self) -> Span {
        self.visible
    }

    /// Where the selection shows on the screen, if it does.
    pub fn selection_rect(&self) -> Option<Rect> {
        self.selection_rect
    }

    /// The screen position of a byte that shows (the left middle of its character).
    pub fn screen_position(&self, offset: u32) -> Option<egui::Pos2> {
        let visible = self.visible_blocks.iter().find(|v| {
            self.block(v.slot)
                .is_some_and(|b| b.span.start <= offset && offset <= b.span.end)
        })?;
        let rect = self.cursor_rect(visible, offset)?;
        Some(pos2(
            self.columns?.text.left() + rect.left(),
            visible.top + rect.center().y,
        ))
    }

    /// The block of a slot; `None` for the title.
    pub(super) fn block(&self, slot: usize) -> Option<&Block> {
        self.blocks.get(slot.checked_sub(1)?)
    }

    /// Where byte `offset` stands in a laid-out block, relative to its text.
    pub(super) fn cursor_rect(&self, visible: &Visible, offset: u32) -> Option<Rect> {
        let block = self.block(visible.slot)?;
        let before = Span::new(
            block.span.start,
            offset.clamp(block.span.start, block.span.end),
        );
        let chars = self.text.slice(before).chars().count();
        Some(
            visible
                .galley
                .pos_from_cursor(egui::text::CCursor::new(chars)),
        )
    }

    /// The byte nearest to a place on the screen.
    pub(super) fn offset_at(&self, pos: egui::Pos2) -> Option<u32> {
        let left = self.columns?.text.left();
        let visible = self
            .visible_blocks
            .iter()
            .filter(|v| v.slot > 0)
            .rfind(|v| v.top <= pos.y)
            .or_else(|| self.visible_blocks.iter().find(|v| v.slot > 0))?;
        let block = self.block(visible.slot)?;
        let cursor = visible
            .galley
            .cursor_from_pos(vec2(pos.x - left, pos.y - visible.top));
        let text = self.text.slice(block.span);
        let byte = text
            .char_indices()
            .nth(cursor.index.0)
            .map_or(text.len(), |(i, _)| i);
        Some(block.span.start + byte as u32)
    }

    /// Shows the reader in all the room there is.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        source: &Source<'_>,
        size: f32,
    ) -> (Response, Vec<ReaderEvent>) {
        let full = ui.available_rect_before_wrap();
        let id = ui.make_persistent_id("reader");
        ui.advance_cursor_after_rect(full);
        let response = ui.interact(full, id, Sense::click_and_drag());
        let palette = theme::palette(ui.ctx());
        let columns = Columns::fit(full, size);
        self.columns = Some(columns);
        self.title = (source.reading.meta.title.clone(), title_line(source));
        self.reshape(
            ui,
            source,
            Measure {
                size,
                width: columns.text.width(),
            },
        );
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        let mut events = Vec::new();
        self.scroll_input(ui, &response, &columns);
        self.keys(ui, &response, &mut events);
        self.settle(ui, &palette, full);
        self.pointer(ui, &response, source, &columns, &mut events);
        self.paint(ui, source, &palette, &columns, &response, &mut events);
        super::access::describe(self, ui, id, full, &columns, source);
        (response, events)
    }

    /// Starts anew when the reading, the column or the type changed, keeping the place that was at the top.
    fn reshape(&mut self, ui: &Ui, source: &Source<'_>, measure: Measure) {
        let shape = Shape {
            reading: source.reading.id.clone(),
            measure,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        if self.shape.as_ref() == Some(&shape) {
            if let Some(better) = self.estimates.as_ref().and_then(Estimates::take) {
                self.heights.improve(&better);
                self.estimates = None;
            }
            return;
        }
        let same_reading = self
            .shape
            .as_ref()
            .is_some_and(|s| s.reading == shape.reading);
        if same_reading {
            let position = self.position();
            if position > 0 && self.pending.is_none() {
                self.pending = Some(Pending::Top(position));
            }
        } else {
            self.text = source.reading.text.clone();
            self.blocks = blocks::blocks(&self.text, &source.reading.headings).into();
        }
        self.shape = Some(shape);
        self.marks.clear();
        let per_char = measure.size * 0.46;
        let guess = self.blocks.iter().map(|b| {
            let rows = (b.span.len() as f32 * per_char / measure.width)
                .ceil()
                .max(1.0);
            measure.height(b, rows * measure.line_height(b.level))
        });
        let title = measure.size * 6.0;
        self.heights = Heights::new(std::iter::once(title).chain(guess).collect());
        let advances = ui.fonts_mut(|f| Advances::new(f, &measure.font(0)));
        let ctx = ui.ctx().clone();
        self.estimates = Some(estimate::in_background(
            self.text.clone(),
            Arc::clone(&self.blocks),
            advances,
            measure,
            title,
            move || ctx.request_repaint(),
        ));
    }

    /// Lays a slot out and takes note of its height. Returns the galley, the room above it, and the whole height.
    fn lay(&mut self, ui: &Ui, slot: usize, palette: &Palette) -> (Arc<Galley>, f32, f64) {
        let Some(measure) = self.shape.as_ref().map(|s| s.measure) else {
            return (
                ui.fonts_mut(|f| f.layout_job(egui::text::LayoutJob::default())),
                0.0,
                0.0,
            );
        };
        let (job, above, below) = match self.block(slot) {
            Some(block) => (
                measure.job(block, self.text.slice(block.span), palette.ink),
                measure.above(block),
                measure.below(block),
            ),
            None => (
                self.title_job(measure, palette),
                26.0,
                (measure.size * 0.9).round(),
            ),
        };
        let galley = ui.fonts_mut(|f| f.layout_job(job));
        let height = above + galley.size().y + below;
        self.heights.set_exact(slot, height);
        (galley, above, f64::from(height))
    }

    fn title_job(&self, measure: Measure, palette: &Palette) -> egui::text::LayoutJob {
        let size = (measure.size * 1.62).round();
        let mut job = egui::text::LayoutJob {
            wrap: egui::text::TextWrapping {
                max_width: measure.width,
                ..Default::default()
            },
            ..Default::default()
        };
        let format = |font, line: f32, color| egui::text::TextFormat {
            line_height: Some(line.round()),
            ..egui::text::TextFormat::simple(font, color)
        };
        job.append(
            &self.title.0,
            0.0,
            format(theme::serif_bold(size), size * 1.25, palette.ink),
        );
        job.append("\n", 0.0, format(theme::sans(6.0), 8.0, palette.dim));
        job.append(
            &self.title.1,
            0.0,
            format(theme::sans(12.5), 19.0, palette.dim),
        );
        job
    }

    /// Scrolls down by a page of that many points.
    pub fn page_down(&mut self, points: f64) {
        self.scroll_by(points);
    }

    /// Where the highlight in focus shows on the screen, if it does.
    pub fn focus_rect(&self) -> Option<Rect> {
        let rects = self.rects_of(self.focus_span?, self.columns?.text.left());
        rects.into_iter().reduce(Rect::union)
    }

    /// Scrolls down by `points` (up when negative). Nearby, blocks are laid out on the way, so that not a point is lost;
    /// a leap goes by the heights as they are estimated.
    pub(super) fn scroll_by(&mut self, points: f64) {
        self.top.1 += points;
        if self.top.1.abs() > LEAP {
            let (_, top) = self.extent();
            self.scroll_to(top);
        }
    }

    /// Scrolls so that the point `y` of the whole reading is at the top.
    pub(super) fn scroll_to(&mut self, y: f64) {
        self.top = self.heights.find(y);
    }

    /// The whole height and where in it the view stands, in points.
    pub(super) fn extent(&self) -> (f64, f64) {
        (
            self.heights.total(),
            self.heights.top(self.top.0) + self.top.1,
        )
    }

    pub(super) fn scroll_home(&mut self) {
        self.top = (0, 0.0);
    }

    pub(super) fn scroll_end(&mut self) {
        self.top = (self.blocks.len(), 0.0);
    }

    /// Brings scroll position, pending jumps and visible blocks into agreement.
    fn settle(&mut self, ui: &Ui, palette: &Palette, full: Rect) {
        let view = f64::from(full.height());
        match self.pending.take() {
            Some(Pending::Top(offset)) => {
                self.top = (blocks::block_at(&self.blocks, offset) + 1, 0.0);
            }
            Some(Pending::Into(span)) if !self.shows(span, full) => {
                let slot = blocks::block_at(&self.blocks, span.start) + 1;
                let (galley, above, _) = self.lay(ui, slot, palette);
                let at = Visible {
                    slot,
                    top: 0.0,
                    galley,
                };
                let y = self.cursor_rect(&at, span.start).map_or(0.0, |r| r.top());
                self.top = (slot, f64::from(above + y) - view * 0.3);
            }
            _ => {}
        }
        self.climb(ui, palette);
        for may_pull_back in [true, false] {
            let end = self.lay_view(ui, palette, full);
            let at_start = self.top == (0, 0.0);
            let Some(end) = end.filter(|&end| end < view && may_pull_back && !at_start) else {
                break;
            };
            self.top.1 -= view - end;
            self.climb(ui, palette);
        }
        let spans = self
            .visible_blocks
            .iter()
            .filter_map(|v| self.block(v.slot));
        let ends = spans.fold(None::<Span>, |all, b| {
            Some(all.map_or(b.span, |a| Span::new(a.start, b.span.end)))
        });
        self.visible = ends.unwrap_or(Span::new(0, 0));
    }

    /// Lays blocks out upwards until the offset into the top one is not negative.
    fn climb(&mut self, ui: &Ui, palette: &Palette) {
        while self.top.1 < 0.0 && self.top.0 > 0 {
            self.top.0 -= 1;
            self.top.1 += self.lay(ui, self.top.0, palette).2;
        }
        self.top.1 = self.top.1.max(0.0);
    }

    /// Lays out what shows from the top on. Returns where the text ends when its last block was reached, from the top of
    /// the view.
    fn lay_view(&mut self, ui: &Ui, palette: &Palette, full: Rect) -> Option<f64> {
        let slots = self.blocks.len() + 1;
        self.visible_blocks.clear();
        let mut y = -self.top.1;
        let mut slot = self.top.0.min(slots - 1);
        loop {
            let (galley, above, height) = self.lay(ui, slot, palette);
            if self.visible_blocks.is_empty() && y + height <= 0.0 && slot + 1 < slots {
                self.top = (slot + 1, -(y + height));
                y += height;
                slot += 1;
                continue;
            }
            let top = (full.top() + y as f32 + above).round();
            self.visible_blocks.push(Visible { slot, top, galley });
            y += height;
            slot += 1;
            if slot >= slots {
                return Some(y);
            }
            if y >= f64::from(full.height()) {
                return None;
            }
        }
    }

    /// Whether the start and end of a passage show with some room around them, as laid out last.
    fn shows(&self, span: Span, full: Rect) -> bool {
        let inner = full.shrink2(vec2(0.0, (full.height() * 0.08).min(60.0)));
        let inside = |offset: u32| {
            self.screen_position(offset)
                .is_some_and(|p| inner.y_range().contains(p.y))
        };
        inside(span.start) && (inside(span.end) || span.len() > self.visible.len() / 2)
    }

    /// The marks of a visible block, from the cache.
    fn marks_of(&mut self, index: usize, source: &Source<'_>, palette: &Palette) {
        let visible = &self.visible_blocks[index];
        let slot = visible.slot;
        if self.marks.contains_key(&slot) {
            return;
        }
        let Some(block) = self.block(slot) else {
            return;
        };
        let style = |h: &Highlight| source.leading_label(h).map(|l| source.color(l));
        let new = marks::marks(
            &self.text,
            block,
            &visible.galley,
            source.highlights,
            palette,
            style,
        );
        self.marks.insert(slot, new);
    }

    fn paint(
        &mut self,
        ui: &mut Ui,
        source: &Source<'_>,
        palette: &Palette,
        columns: &Columns,
        response: &Response,
        events: &mut Vec<ReaderEvent>,
    ) {
        let key = (source.revision, palette.dark, source.filter_hash());
        if self.marks_key != key {
            self.marks.clear();
            self.marks_key = key;
        }
        for index in 0..self.visible_blocks.len() {
            self.marks_of(index, source, palette);
        }
        if self.marks.len() > 4 * self.visible_blocks.len() + 64 {
            let shown: BTreeSet<usize> = self.visible_blocks.iter().map(|v| v.slot).collect();
            self.marks.retain(|slot, _| shown.contains(slot));
        }
        let full = response.rect;
        let painter = ui.painter_at(full);
        painter.rect_filled(full, 0.0, palette.paper);
        let left = columns.text.left();
        let mut tints = egui::Mesh::default();
        let mut lines = egui::Mesh::default();
        for v in &self.visible_blocks {
            let Some(marks) = self.marks.get(&v.slot) else {
                continue;
            };
            let by = vec2(left, v.top);
            for &(rect, color) in &marks.tints {
                tints.add_colored_rect(rect.translate(by), color);
            }
            for &(rect, color) in &marks.lines {
                lines.add_colored_rect(rect.translate(by), color);
            }
        }
        painter.add(tints);
        self.paint_focus(&painter, source, palette, left);
        self.paint_selection(&painter, palette, left);
        for v in &self.visible_blocks {
            self.paint_block(&painter, v, palette, columns);
        }
        painter.add(lines);
        if response.has_focus() {
            let edge = Rect::from_min_size(full.min, vec2(2.0, full.height()));
            painter.rect_filled(edge, 0.0, palette.accent.gamma_multiply(0.5));
        }
        super::gloss::show(self, ui, source, palette, columns, full, events);
        self.scroll_bar(ui, columns, palette);
    }

    fn paint_block(
        &self,
        painter: &egui::Painter,
        v: &Visible,
        palette: &Palette,
        columns: &Columns,
    ) {
        painter.galley(
            pos2(columns.text.left(), v.top),
            Arc::clone(&v.galley),
            palette.ink,
        );
        let Some(block) = self.block(v.slot) else {
            return;
        };
        let Some(measure) = self.shape.as_ref().map(|s| s.measure) else {
            return;
        };
        if !block.first {
            return;
        }
        let label = format!("¶{}", block.paragraph + 1);
        let y = v.top + measure.line_height(block.level) / 2.0;
        painter.text(
            pos2(columns.numbers, y),
            egui::Align2::RIGHT_CENTER,
            label,
            theme::sans(11.5),
            palette.dim,
        );
    }

    fn paint_selection(&mut self, painter: &egui::Painter, palette: &Palette, left: f32) {
        self.selection_rect = None;
        let Some(span) = self.selected() else { return };
        let mut bounds = Rect::NOTHING;
        for rect in self.rects_of(span, left) {
            bounds = bounds.union(rect);
            painter.rect_filled(rect, 0.0, palette.selection);
        }
        self.selection_rect = bounds.is_positive().then_some(bounds);
    }

    /// The highlight in focus is tinted more strongly and has handles at its ends.
    fn paint_focus(
        &mut self,
        painter: &egui::Painter,
        source: &Source<'_>,
        palette: &Palette,
        left: f32,
    ) {
        let Some(highlight) = self.focus.and_then(|id| source.highlights.get(id)) else {
            return;
        };
        let Some(color) = source.leading_label(highlight).map(|l| source.color(l)) else {
            return;
        };
        let span = match self.dragged_range {
            Some((id, _, span)) if id == highlight.id => span,
            _ => highlight.span,
        };
        let rects = self.rects_of(span, left);
        for rect in &rects {
            painter.rect_filled(*rect, 2.0, palette.label_tint(color, true));
        }
        let mark = palette.label_mark(color);
        if self.visible.has(span.start)
            && let Some(first) = rects.first()
        {
            handle(painter, first.left_top(), first.height(), mark, -1.0);
        }
        if self.visible.has(span.end.saturating_sub(1))
            && let Some(last) = rects.last()
        {
            handle(painter, last.right_top(), last.height(), mark, 1.0);
        }
    }

    /// The rectangles of a passage on the screen, one a row.
    pub(super) fn rects_of(&self, span: Span, left: f32) -> Vec<Rect> {
        self.visible_blocks
            .iter()
            .filter_map(|v| Some((v, self.block(v.slot)?)))
            .flat_map(|(v, block)| {
                marks::span_rects(&self.text, block, &v.galley, span)
                    .into_iter()
                    .map(move |r| r.translate(vec2(left, v.top)).shrink2(vec2(0.0, 1.0)))
            })
            .collect()
    }

    /// The marks of the visible blocks with the tops of their texts.
    pub(super) fn visible_marks(&self) -> impl Iterator<Item = (f32, &Marks)> {
        self.visible_blocks
            .iter()
            .filter_map(|v| Some((v.top, self.marks.get(&v.slot)?)))
    }
}

/// A handle at one end of the highlight in focus: a bar with a knob.
fn handle(painter: &egui::Painter, top: egui::Pos2, height: f32, color: Color32, side: f32) {
    let bar = Rect::from_min_size(pos2(top.x - 1.0, top.y), vec2(2.0, height));
    painter.rect_filled(bar, 0.0, color);
    let knob = if side < 0.0 {
        pos2(top.x, top.y)
    } else {
        pos2(top.x, top.y + height)
    };
    painter.circle_filled(knob, 4.0, color);
}

/// What stands below the title: authors, year, words, and where the text came from.
fn title_line(source: &Source<'_>) -> String {
    let reading = source.reading;
    let mut parts = vec![reading.meta.author_line()];
    parts.extend(reading.meta.year.map(|y| y.to_string()));
    parts.push(reading.meta.kind.clone());
    parts.push(format!(
        "{} words",
        crate::app::words::grouped(reading.words as usize)
    ));
    if !reading.encoding.is_empty() && reading.encoding != "UTF-8" {
        parts.push(format!("read as {}", reading.encoding));
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}
