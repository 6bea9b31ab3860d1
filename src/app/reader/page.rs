//! The widget: layout of what shows, scrolling, painting.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use egui::{Galley, Rect, Response, Sense, Ui, pos2, vec2};

use super::{
    blocks::{self, Block, Kind},
    estimate::{self, Advances, Estimates},
    gloss::Glosses,
    hits::Hits,
    layout::{Columns, Measure},
    marks::Marks,
    notes::NoteIndex,
    selection::Selection,
    tables::{self, Column},
};
use crate::{
    app::{heights::Heights, theme},
    model::{
        CoderId, Color, Highlight, HighlightId, HighlightSet, LabelId, Project, Reading, ReadingId,
        Structure,
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
    /// What was found in it.
    pub hits: Hits<'a>,
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
    pub(super) fn filter_hash(&self) -> u64 {
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

/// A block as laid out this frame.
pub(super) struct Visible {
    /// 0 is the reading's title, `n + 1` its n-th block.
    pub slot: usize,
    /// The top of its text on the screen.
    pub top: f32,
    pub galley: Arc<Galley>,
}

/// What the heights and marks depend on.
#[derive(Clone, PartialEq)]
pub(super) struct Shape {
    pub(super) reading: ReadingId,
    pub(super) measure: Measure,
    pub(super) pixels_per_point: f32,
}

/// The reader's state.
pub struct Reader {
    pub(super) text: Text,
    pub(super) structure: Structure,
    pub(super) notes: NoteIndex,
    /// The reading's title and the line below it.
    pub(super) title: (String, String),
    pub(super) blocks: Arc<[Block]>,
    pub(super) shape: Option<Shape>,
    pub(super) heights: Heights,
    pub(super) advances: Option<Advances>,
    /// The columns of the tables that were laid out, by the first block of each.
    pub(super) columns_of: HashMap<u32, Option<Arc<[Column]>>>,
    pub(super) estimates: Option<Estimates>,
    /// The slot at the top of the view and how far it is scrolled up, in points.
    pub(super) top: (usize, f64),
    pub(super) pending: Option<Pending>,
    /// The place to keep while the column changes, and the position that came of it: else each change would lose a row.
    kept: Option<(u32, u32)>,
    pub(super) marks: HashMap<usize, Marks>,
    pub(super) marks_key: (u64, bool, u64),
    pub(super) glosses: Glosses,
    pub(super) selection: Option<Selection>,
    pub(super) focus: Option<HighlightId>,
    /// The span of the highlight in focus, as of this frame.
    pub(super) focus_span: Option<Span>,
    /// The range that a highlight was given in this frame.
    pub(super) ranged: Option<(HighlightId, Span)>,
    /// Whether the coder may give it another range.
    pub(super) focus_is_own: bool,
    pub(super) clicks: super::input::Clicks,
    pub(super) dragged_range: Option<(HighlightId, bool, Span)>,
    /// What showed last, for the keyboard and for tests.
    pub(super) visible: Span,
    pub(super) selection_rect: Option<Rect>,
    pub(super) wants_focus: bool,
    pub(super) dragging: bool,
    pub(super) visible_blocks: Vec<Visible>,
    pub(super) columns: Option<Columns>,
    /// The places that were left by going to a note, a page or a paragraph.
    pub(super) left: Vec<u32>,
}

/// A place to scroll to once the text can be laid out.
#[derive(Clone, Copy)]
pub(super) enum Pending {
    /// To the top of the view.
    Top(u32),
    /// Into the view, moving only when it is not there.
    Into(Span),
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            text: Text::new(""),
            structure: Structure::default(),
            notes: NoteIndex::default(),
            title: Default::default(),
            blocks: Arc::from([]),
            shape: None,
            heights: Heights::new(vec![0.0]),
            advances: None,
            columns_of: HashMap::new(),
            estimates: None,
            top: (0, 0.0),
            pending: None,
            kept: None,
            marks: HashMap::new(),
            marks_key: (0, false, 0),
            glosses: Glosses::default(),
            selection: None,
            focus: None,
            focus_span: None,
            ranged: None,
            focus_is_own: false,
            clicks: super::input::Clicks::default(),
            dragged_range: None,
            visible: Span::new(0, 0),
            selection_rect: None,
            wants_focus: false,
            dragging: false,
            visible_blocks: Vec::new(),
            columns: None,
            left: Vec::new(),
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

    /// Leaves the keyboard to another.
    pub fn leave_keyboard(&mut self) {
        self.wants_focus = false;
    }

    /// The byte that starts the first row in view, to come back to; 0 while the title shows.
    pub fn position(&self) -> u32 {
        if self.top.0 == 0 {
            return 0;
        }
        let shown = self
            .columns
            .and_then(|c| self.offset_at(c.text.min + vec2(1.0, 3.0)));
        let top = self.block(self.top.0).map_or(0, |b| b.span.start);
        shown.unwrap_or(top).max(top)
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
        // Where a row is wrapped, a byte stands at the start of the next one.
        let cursor = egui::text::CCursor {
            prefer_next_row: true,
            ..egui::text::CCursor::new(chars)
        };
        Some(visible.galley.pos_from_cursor(cursor))
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
        let place = vec2(pos.x - left, pos.y - visible.top);
        let character = match block.kind {
            Kind::Row => tables::character_at(&visible.galley, place),
            _ => visible.galley.cursor_from_pos(place).index.0,
        };
        let text = self.text.slice(block.span);
        let byte = text
            .char_indices()
            .nth(character)
            .map_or(text.len(), |(i, _)| i);
        Some(block.span.start + byte as u32)
    }

    /// Shows the reader in all the room there is. Returns which highlight was given which range, if one was.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        source: &Source<'_>,
        size: f32,
    ) -> (Response, Option<(HighlightId, Span)>) {
        let full = ui.available_rect_before_wrap();
        let id = ui.make_persistent_id("reader");
        ui.advance_cursor_after_rect(full);
        let response = ui.interact(full, id, Sense::click_and_drag());
        let palette = theme::palette(ui.ctx());
        let columns = Columns::fit(full, size, !source.reading.structure.pages.is_empty());
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
        let focus = self.focus.and_then(|id| source.highlights.get(id));
        self.focus_span = focus.map(|h| h.span);
        self.focus_is_own = focus.is_some_and(|h| h.coder == *source.coder);
        if !egui::Popup::is_any_open(ui.ctx()) {
            self.scroll_input(ui, &response, &columns);
            self.keys(ui, &response);
        }
        let kept = match self.pending {
            Some(Pending::Top(place)) => Some(place),
            _ => None,
        };
        self.settle(ui, &palette, full);
        if let Some(place) = kept {
            self.kept = Some((place, self.position()));
        }
        self.pointer(ui, &response, source, &columns);
        self.paint(ui, source, &palette, &columns, &response);
        super::access::describe(self, ui, id, full, &columns, source);
        (response, self.ranged.take())
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
            let unmoved = self.kept.filter(|&(_, now)| now == position);
            let place = unmoved.map_or(position, |(place, _)| place);
            if place > 0 && self.pending.is_none() {
                self.pending = Some(Pending::Top(place));
            }
        } else {
            self.text = source.reading.text.clone();
            self.structure = source.reading.structure.clone();
            self.notes = NoteIndex::new(&self.structure);
            self.blocks = blocks::blocks(&self.text, &self.structure).into();
        }
        self.shape = Some(shape);
        self.marks.clear();
        self.columns_of.clear();
        let per_char = measure.size * 0.46;
        let guess = self.blocks.iter().map(|b| {
            let rows = (b.span.len() as f32 * per_char / measure.text_width(b.kind))
                .ceil()
                .max(1.0);
            measure.height(b, rows * measure.line_height(b.kind))
        });
        let title = measure.size * 6.0;
        self.heights = Heights::new(std::iter::once(title).chain(guess).collect());
        let advances = ui.fonts_mut(|f| Advances::new(f, &theme::serif(measure.size)));
        self.advances = Some(advances.clone());
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
