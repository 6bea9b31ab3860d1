//! The panel at the right: the excerpts behind what was chosen in the comparison.

use std::sync::Arc;

use egui::{Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{Desk, State as View, along, matrix, theories};
use crate::{
    analysis::{
        Corpus,
        cooccur::{self, Nearness},
        matrix::ColumnKey,
        query::{Place, Query},
    },
    app::{Command, excerpts, passage::card_frame, theme, words, worker::Worked},
    model::{Color, LabelId, ReadingId, Stance},
    text::Span,
};

/// What one wants to see the excerpts of.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A tile of labels × readings.
    Cell(LabelId, ColumnKey),
    /// Two labels that stand together.
    Pairs(cooccur::Spec, LabelId, LabelId),
    /// A cell of theory against theory.
    Theory(LabelId, ReadingId, Option<Stance>),
}

/// What the panel keeps.
#[derive(Default)]
pub struct State {
    /// What is wanted.
    pub ask: Option<Ask>,
    /// Whether it is to be opened in the list of excerpts as soon as it is there.
    pub open: bool,
    worked: Worked<(u64, Ask, u64), Arc<Gathered>>,
    /// For which list the heights are, and those known of its items.
    heights: (usize, Vec<f32>),
}

/// The excerpts behind something.
pub struct Gathered {
    corpus: Arc<Corpus>,
    title: String,
    query: Option<Query>,
    items: Vec<Item>,
}

/// An item of the list.
enum Item {
    One(Place),
    /// Two passages, the colours of their labels, and what relates them.
    Pair([(Place, Color); 2], String),
}

impl Gathered {
    /// The excerpts of a tile.
    fn of_cell(shown: &matrix::Shown, label: &LabelId, key: &ColumnKey) -> Option<Self> {
        let (row, column) = (shown.row_of(label)?, shown.column_of(key)?);
        let places = shown
            .matrix
            .excerpts(&shown.corpus, &shown.spec, row, column);
        let title = &shown.matrix.columns[column].title;
        Some(Self {
            title: format!("{} in {title}", shown.label(row)?.name),
            query: Some(shown.matrix.query(&shown.corpus, &shown.spec, row, column)),
            items: places.into_iter().map(Item::One).collect(),
            corpus: Arc::clone(&shown.corpus),
        })
    }

    /// The pairs of two labels.
    fn of_pairs(
        corpus: Arc<Corpus>,
        spec: &cooccur::Spec,
        a: &LabelId,
        b: &LabelId,
    ) -> Option<Self> {
        let found = cooccur::cooccurrence(&corpus, spec).ok()?;
        let codebook = corpus.codebook();
        let at = |id: &LabelId| {
            let number = codebook.number(id)?;
            let at = found.labels.iter().position(|l| *l == number)?;
            Some((at, codebook.get(number)?))
        };
        let ((a, first), (b, second)) = (at(a)?, at(b)?);
        let pairs = found.pairs_of(&corpus, spec, a, b).into_iter();
        let item = |(one, other): (Place, Place)| {
            let related = relation(&corpus, spec.nearness, one, other);
            Item::Pair([(one, first.color), (other, second.color)], related)
        };
        let items = pairs.map(item).collect();
        Some(Self {
            title: format!("{} ∩ {}", first.name, second.name),
            query: None,
            items,
            corpus: Arc::clone(&corpus),
        })
    }

    /// What was chosen, each highlight once, for the list of excerpts.
    fn request(&self) -> excerpts::Request {
        if let Some(query) = &self.query {
            return excerpts::Request::Show(query.clone());
        }
        let mut places: Vec<Place> = Vec::new();
        for item in &self.items {
            match item {
                Item::One(place) => places.push(*place),
                Item::Pair(two, _) => places.extend(two.iter().map(|(place, _)| *place)),
            }
        }
        places.sort_unstable();
        places.dedup();
        let known = places.iter().filter_map(|place| {
            let (source, coding) = self.corpus.coding(*place)?;
            Some((source.reading.id.clone(), coding.highlight.id))
        });
        excerpts::Request::ShowPlaces(self.title.clone(), known.collect())
    }
}

/// What relates two passages that stand together, in words.
fn relation(corpus: &Corpus, nearness: Nearness, a: Place, b: Place) -> String {
    if a == b {
        return "one passage with both".to_owned();
    }
    let Some(((source, one), (_, other))) = corpus.coding(a).zip(corpus.coding(b)) else {
        return String::new();
    };
    let (one, other) = (one.highlight.span, other.highlight.span);
    let within = |a: Span, b: Span| a.start <= b.start && b.end <= a.end;
    if one == other {
        "the same passage".to_owned()
    } else if within(one, other) || within(other, one) {
        "one within the other".to_owned()
    } else if one.start < other.end && other.start < one.end {
        "they overlap".to_owned()
    } else {
        match nearness {
            Nearness::Overlap => "they overlap".to_owned(),
            Nearness::Sentence => "in one sentence".to_owned(),
            Nearness::Paragraph => "in one paragraph".to_owned(),
            Nearness::Words(_) => {
                let between = source.units().words_between(one, other);
                format!("{} between", words::counted(between, "word"))
            }
        }
    }
}

/// Shows the panel.
pub fn show(view: &mut View, desk: &mut Desk<'_>, ui: &mut Ui) {
    gather(view, desk);
    ui.set_min_width(ui.available_width());
    if view.tab == super::Tab::Along {
        along::legend(view, desk, ui);
    }
    let palette = theme::palette(ui.ctx());
    let Some(gathered) = view
        .side
        .ask
        .as_ref()
        .and(view.side.worked.latest())
        .cloned()
    else {
        let told = hint(view.tab);
        if !told.is_empty() {
            ui.add_space(6.0);
            ui.label(RichText::new(told).color(palette.dim));
        }
        return;
    };
    let current = (view.side.ask.as_ref())
        .is_some_and(|ask| view.side.worked.key().is_some_and(|k| k.1 == *ask));
    if current && std::mem::take(&mut view.side.open) {
        desk.commands.push(Command::Excerpts(gathered.request()));
    }
    card_frame(&palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let number = words::grouped(gathered.items.len());
                ui.label(RichText::new(number).size(12.0).color(palette.dim));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let caps = RichText::new(gathered.title.to_uppercase())
                        .font(theme::sans_bold(11.0))
                        .color(palette.dim);
                    let title = Label::new(caps.extra_letter_spacing(0.6)).truncate();
                    ui.add(title).on_hover_text(&gathered.title);
                });
            });
        });
        if gathered.items.is_empty() {
            ui.label(RichText::new("None.").color(palette.dim));
            return;
        }
        let room = (ui.available_height() - 44.0).max(120.0);
        list(&gathered, &mut view.side, desk, ui, room);
        ui.add_space(2.0);
        if ui.button("Show all in Excerpts").clicked() {
            desk.commands.push(Command::Excerpts(gathered.request()));
        }
    });
}

fn hint(tab: super::Tab) -> &'static str {
    match tab {
        super::Tab::Readings => {
            "Choose a tile to see its excerpts here. Enter opens them in the list of excerpts."
        }
        super::Tab::Labels => "Choose a tile to see which passages stand together.",
        super::Tab::Theories => "Press “more” under the quotes of a cell to see all of them here.",
        super::Tab::Along => "",
        super::Tab::Words => "Choose a word to find it in the readings.",
        super::Tab::Attributes => "",
    }
}

/// Has the excerpts gathered that are wanted.
fn gather(view: &mut View, desk: &mut Desk<'_>) {
    let Some(ask) = view.side.ask.clone() else {
        return;
    };
    let revision = desk.session.revision;
    match ask.clone() {
        Ask::Cell(label, key) => {
            let Some(shown) = view.matrix.shown().cloned() else {
                return;
            };
            // What shows may have been worked out anew for something else than an edit.
            let version = Arc::as_ptr(&shown) as usize as u64;
            let work = move || {
                Arc::new(
                    Gathered::of_cell(&shown, &label, &key)
                        .unwrap_or_else(|| nothing(&shown.corpus)),
                )
            };
            view.side
                .worked
                .get(desk.workers, (revision, ask, version), work);
        }
        Ask::Pairs(spec, a, b) => {
            let corpus = desk.session.corpus();
            let work = move || {
                let found = Gathered::of_pairs(Arc::clone(&corpus), &spec, &a, &b);
                Arc::new(found.unwrap_or_else(|| nothing(&corpus)))
            };
            view.side.worked.get(desk.workers, (revision, ask, 0), work);
        }
        Ask::Theory(label, reading, stance) => {
            let Some(shown) = view.theories.shown().cloned() else {
                return;
            };
            let version = Arc::as_ptr(&shown) as usize as u64;
            let work = move || {
                let found = theories::places(&shown, &label, &reading, stance);
                let (title, places) = found.unwrap_or_default();
                Arc::new(Gathered {
                    corpus: Arc::clone(&shown.corpus),
                    title,
                    query: None,
                    items: places.into_iter().map(Item::One).collect(),
                })
            };
            let key = (revision, ask, version);
            view.side.worked.get(desk.workers, key, work);
        }
    }
}

fn nothing(corpus: &Arc<Corpus>) -> Gathered {
    Gathered {
        corpus: Arc::clone(corpus),
        title: "Not there any more".to_owned(),
        query: None,
        items: Vec::new(),
    }
}

/// The height of an item that was not laid out yet.
const USUAL: f32 = 84.0;
const GAP: f32 = 9.0;

/// The items that show of the list.
fn list(gathered: &Arc<Gathered>, state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui, room: f32) {
    let which = Arc::as_ptr(gathered) as usize;
    if state.heights.0 != which {
        state.heights = (which, vec![USUAL; gathered.items.len()]);
    }
    let heights = &mut state.heights.1;
    let total: f32 = heights.iter().map(|h| h + GAP).sum();
    ScrollArea::vertical()
        .id_salt(("side", which))
        .max_height(room)
        .content_margin(0.0)
        .auto_shrink([false, true])
        .show_viewport(ui, |ui, viewport| {
            ui.set_min_height(total);
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width() - 8.0;
            let mut top = 0.0;
            for (item, height) in gathered.items.iter().zip(heights.iter_mut()) {
                let bottom = top + *height + GAP;
                if bottom >= viewport.min.y && top <= viewport.max.y {
                    let place = Rect::from_min_size(origin + vec2(0.0, top), vec2(width, *height));
                    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
                    show_item(&gathered.corpus, item, desk, &mut child);
                    let laid = child.min_rect().height();
                    if (laid - *height).abs() > 0.5 {
                        *height = laid;
                        ui.ctx().request_repaint();
                    }
                }
                top = bottom;
                if top > viewport.max.y {
                    break;
                }
            }
        });
}

fn show_item(corpus: &Corpus, item: &Item, desk: &mut Desk<'_>, ui: &mut Ui) {
    match item {
        Item::One(place) => excerpt(corpus, *place, None, desk, ui),
        Item::Pair([(a, color), (b, other)], related) => {
            let palette = theme::palette(ui.ctx());
            excerpt(corpus, *a, Some(*color), desk, ui);
            if a != b {
                excerpt(corpus, *b, Some(*other), desk, ui);
            }
            ui.label(RichText::new(related).size(12.0).color(palette.dim));
            let line = ui.min_rect();
            ui.painter().hline(
                line.x_range(),
                line.bottom() + GAP / 2.0,
                egui::Stroke::new(1.0, palette.line),
            );
        }
    }
}

/// A quote with its place; pressing it opens it in the reader.
fn excerpt(corpus: &Corpus, place: Place, bar: Option<Color>, desk: &mut Desk<'_>, ui: &mut Ui) {
    let Some((source, coding)) = corpus.coding(place) else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let (reading, h) = (&source.reading, &coding.highlight);
    let quote = words::beginning(&reading.text, h.span, 260);
    let locator = words::locator(reading, h.span);
    let mut job = egui::text::LayoutJob::default();
    let plain = |size, color| egui::TextFormat::simple(size, color);
    job.append(
        &format!("“{quote}” "),
        0.0,
        plain(theme::serif(15.0), palette.ink),
    );
    job.append(&locator, 0.0, plain(theme::sans(12.0), palette.accent));
    let inset = if bar.is_some() { 10.0 } else { 0.0 };
    let width = ui.available_width() - inset;
    job.wrap.max_width = width;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let mut who = reading.meta.citation();
    if h.coder != *desk.session.coder() {
        who = format!("{who} · {}", h.coder);
    }
    let who = super::grid::wrapped(ui, &who, theme::sans(12.0), palette.dim, width, 1);
    let size = vec2(ui.available_width(), galley.size().y + who.size().y + 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let name = format!(
            "Open {locator}: “{}”",
            words::beginning(&reading.text, h.span, 60)
        );
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect.expand2(vec2(4.0, 2.0)), 5.0, palette.chosen);
    }
    if response.has_focus() {
        let line = egui::Stroke::new(1.5, palette.accent);
        painter.rect_stroke(
            rect.expand2(vec2(4.0, 2.0)),
            5.0,
            line,
            egui::StrokeKind::Inside,
        );
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }
    if let Some(color) = bar {
        let bar = Rect::from_min_max(rect.min, pos2(rect.left() + 3.0, rect.bottom()));
        painter.rect_filled(bar, 1.5, palette.label_mark(color));
    }
    let below = galley.size().y + 2.0;
    painter.galley(rect.min + vec2(inset, 0.0), galley, palette.ink);
    painter.galley(rect.min + vec2(inset, below), who, palette.dim);
    if response.clicked() {
        let open = Command::OpenPassage(reading.id.clone(), h.span, Some(h.id));
        desk.commands.push(open);
    }
}
