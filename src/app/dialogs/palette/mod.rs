//! One box for everything: commands, labels, readings, notes and saved queries, found as one types.

mod search;

use std::sync::{Arc, Mutex, PoisonError};

use egui::{
    Align2, Key, Modifiers, Rect, Response, RichText, Role, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use self::search::{GAPS, Hit, Index, Target};
use crate::{
    analysis::query::Query,
    app::{
        App, Command, View, access,
        action::Action,
        dialogs::Dialog,
        excerpts,
        fuzzy::fuzzy,
        theme,
        worker::{Worked, Workers},
    },
    model::LabelId,
};

/// How many commands show beside other things.
const COMMANDS: usize = 8;

/// The box's state.
#[derive(Default)]
pub struct CommandPalette {
    typed: String,
    chosen: usize,
    /// What was found, by the project's revision and what was typed.
    found: Worked<(u64, String), Vec<Hit>>,
    index: Arc<Mutex<Option<Arc<Index>>>>,
    /// Enter was pressed, with these modifiers, before what was typed had been looked for.
    pressed: Option<Modifiers>,
}

/// A row.
enum Offer {
    Action(Action),
    Hit(Hit),
}

impl Offer {
    fn name(&self) -> &str {
        match self {
            Self::Action(action) => action.info().name,
            Self::Hit(hit) => &hit.name,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Action(_) => "Command",
            Self::Hit(hit) => match hit.target {
                Target::Label(_) => "Label",
                Target::Reading(_) => "Reading",
                Target::Note(..) => "Note",
                Target::Query(_) => "Query",
            },
        }
    }

    /// What can be done with it.
    fn hint(&self) -> &'static str {
        match self {
            Self::Action(action) => action.info().help,
            Self::Hit(hit) => match hit.target {
                Target::Label(_) => {
                    "Enter shows its excerpts · Shift+Enter only its highlights in the text · Ctrl+Enter edits it"
                }
                Target::Reading(_) => "Enter opens it · Ctrl+Enter shows its details",
                Target::Note(..) => "Enter shows its passage",
                Target::Query(_) => "Enter shows what it finds",
            },
        }
    }
}

impl CommandPalette {
    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let palette = theme::palette(ui.ctx());
        let (down, up) = ui.input_mut(|i| {
            (
                i.consume_key(Modifiers::NONE, Key::ArrowDown),
                i.consume_key(Modifiers::NONE, Key::ArrowUp),
            )
        });
        for modifiers in [Modifiers::COMMAND, Modifiers::SHIFT, Modifiers::NONE] {
            if ui.input_mut(|i| i.consume_key(modifiers, Key::Enter)) {
                self.pressed = Some(modifiers);
            }
        }
        let field = TextEdit::singleline(&mut self.typed)
            .hint_text("Type the name of a command, a label or a reading, or a word of a note")
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        access::name(&response, "Command");
        response.request_focus();
        if response.changed() {
            self.chosen = 0;
        }
        let is_current = self.search(app);
        let offers = self.offers(app);
        if down {
            self.chosen += 1;
        }
        if up {
            self.chosen = self.chosen.saturating_sub(1);
        }
        self.chosen = self.chosen.min(offers.len().saturating_sub(1));
        let mut picked = None;
        let height = (ui.ctx().content_rect().height() * 0.55).min(400.0);
        ScrollArea::vertical()
            .max_height(height)
            // As high for few as for many, so that the box does not jump while one types.
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if offers.is_empty() && is_current {
                    super::dim(ui, "Nothing is called so, and no note says it.");
                }
                for (i, offer) in offers.iter().enumerate() {
                    let response = row(ui, offer, i == self.chosen);
                    if i == self.chosen && (down || up) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        picked = Some((i, ui.input(|i| i.modifiers)));
                    }
                }
            });
        if let Some(offer) = offers.get(self.chosen) {
            ui.add_space(4.0);
            ui.label(RichText::new(offer.hint()).size(12.0).color(palette.dim));
        }
        if is_current && let Some(modifiers) = self.pressed.take() {
            picked = Some((self.chosen, modifiers));
        }
        let Some((at, modifiers)) = picked else {
            return false;
        };
        let Some(offer) = offers.into_iter().nth(at) else {
            return false;
        };
        open(app, offer, modifiers);
        true
    }

    /// Has a thread look for what was typed; whether what is there is that.
    fn search(&mut self, app: &mut App) -> bool {
        let workers: Workers = app.workers.clone();
        let Some(session) = app.session_mut() else {
            return true;
        };
        if self.typed.trim().is_empty() {
            return true;
        }
        let revision = session.revision;
        let key = (revision, self.typed.clone());
        if !self.found.is_current(&key) {
            let corpus = session.corpus();
            let (index, typed) = (Arc::clone(&self.index), self.typed.clone());
            self.found.get(&workers, key.clone(), move || {
                let mut index = index.lock().unwrap_or_else(PoisonError::into_inner);
                let there = index.take().filter(|index| index.revision == revision);
                let made = there.unwrap_or_else(|| Arc::new(Index::new(corpus, revision)));
                *index = Some(Arc::clone(&made));
                drop(index);
                made.find(&typed)
            });
        }
        self.found.is_current(&key)
    }

    /// What fits, best first, kind by kind.
    fn offers(&self, app: &App) -> Vec<Offer> {
        let mut actions: Vec<(i32, Action)> = Action::ALL
            .into_iter()
            .filter(|a| (a.info().enabled)(app))
            .filter_map(|a| Some((fuzzy(&self.typed, a.info().name)?.score, a)))
            .collect();
        actions.sort_by_key(|f| std::cmp::Reverse(f.0));
        if self.typed.trim().is_empty() || app.session().is_none() {
            return actions.into_iter().map(|(_, a)| Offer::Action(a)).collect();
        }
        let hits = self.found.latest().cloned().unwrap_or_default();
        // Letters of a command's name with gaps between them say little when there is something else.
        if !hits.is_empty() {
            actions.retain(|(score, _)| *score > GAPS);
            actions.truncate(COMMANDS);
        }
        let best = actions.first().map_or(i32::MIN, |(score, _)| *score);
        // Commands stand before the kinds that fit less well than they do.
        let at = kinds(&hits)
            .find(|(_, score)| *score <= best)
            .map_or(hits.len(), |(at, _)| at);
        let mut offers: Vec<Offer> = hits.into_iter().map(Offer::Hit).collect();
        let actions = actions.into_iter().map(|(_, action)| Offer::Action(action));
        offers.splice(at..at, actions);
        offers
    }
}

/// Where each kind begins, and how well its best fits.
fn kinds(hits: &[Hit]) -> impl Iterator<Item = (usize, i32)> {
    let kind = |hit: &Hit| std::mem::discriminant(&hit.target);
    let starts = move |i: &usize| *i == 0 || kind(&hits[i - 1]) != kind(&hits[*i]);
    (0..hits.len()).filter(starts).map(|i| (i, hits[i].score))
}

/// A row: name, what is told beside it, and its key or its kind at the right.
fn row(ui: &mut Ui, offer: &Offer, chosen: bool) -> Response {
    let palette = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), 28.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let key = match offer {
        Offer::Action(action) => action.info().keys.first(),
        Offer::Hit(_) => None,
    };
    let key = key.map(|key| ui.ctx().format_shortcut(key));
    let more = match offer {
        Offer::Hit(hit) => hit.more.as_str(),
        Offer::Action(_) => "",
    };
    response.widget_info(|| {
        let said = match (offer, &key) {
            (Offer::Action(_), Some(key)) => format!("{} {key}", offer.name()),
            (Offer::Action(_), None) => offer.name().to_owned(),
            (Offer::Hit(_), _) if more.is_empty() => format!("{} {}", offer.kind(), offer.name()),
            (Offer::Hit(_), _) => format!("{} {}, {more}", offer.kind(), offer.name()),
        };
        WidgetInfo::selected(Role::Button, true, chosen, said)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, palette.chosen);
    }
    let right = key.unwrap_or_else(|| offer.kind().to_owned());
    let at = pos2(rect.right() - 10.0, rect.center().y);
    let font = theme::sans(11.5);
    let mark = ui
        .painter()
        .text(at, Align2::RIGHT_CENTER, right, font, palette.dim);
    words(ui, rect.with_max_x(mark.left() - 12.0), offer, more);
    response
}

/// The name, and what is told beside it as far as there is room.
fn words(ui: &Ui, rect: Rect, offer: &Offer, more: &str) {
    let palette = theme::palette(ui.ctx());
    let font = theme::sans(13.5);
    let room = rect.width() - 10.0;
    let for_more = if more.is_empty() { 0.0 } else { room * 0.32 };
    let line = |text: &str, font, color, width: f32| {
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, color, width.max(10.0));
        job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(10.0));
        job.break_on_newline = false;
        ui.fonts_mut(|f| f.layout_job(job))
    };
    let name = line(offer.name(), font, palette.ink, room - for_more);
    let left = rect.left() + 10.0;
    let y = |height: f32| rect.center().y - height / 2.0;
    let end = left + name.size().x + 12.0;
    ui.painter()
        .galley(pos2(left, y(name.size().y)), name, palette.ink);
    if !more.is_empty() {
        let told = line(more, theme::sans(12.0), palette.dim, rect.right() - end);
        ui.painter()
            .galley(pos2(end, y(told.size().y)), told, palette.dim);
    }
}

/// Does what is wanted of what was picked.
fn open(app: &mut App, offer: Offer, modifiers: Modifiers) {
    let target = match offer {
        Offer::Action(action) => {
            app.commands.push(Command::Do(action));
            return;
        }
        Offer::Hit(hit) => hit.target,
    };
    match target {
        Target::Label(id) if modifiers.shift => {
            app.commands.push(Command::View(View::Read));
            app.commands.push(Command::Filter(Some(id)));
        }
        Target::Label(id) if modifiers.command => {
            app.commands.push(Command::EditLabel(Some(id), None));
        }
        Target::Label(id) => show_excerpts(app, of_label(app, &id)),
        Target::Reading(id) if modifiers.command => {
            let dialog = app.session().and_then(|s| s.project().reading(&id));
            app.dialog = dialog.map(|reading| Dialog::reading(reading));
        }
        Target::Reading(id) => app.commands.push(Command::Show(id)),
        Target::Note(reading, span, highlight) => {
            let passage = Command::OpenPassage(reading, span, Some(highlight));
            app.commands.push(passage);
        }
        Target::Query(query) => match Query::parse(&query) {
            Ok(query) => show_excerpts(app, Some(query)),
            Err(error) => {
                let fail = format!("The saved query can't be understood: {}", error.message);
                app.commands.push(Command::Fail(fail));
            }
        },
    }
}

/// The query for the highlights of a label and of those under it.
fn of_label(app: &App, id: &LabelId) -> Option<Query> {
    let label = app.session()?.project().label(id)?;
    Query::parse(&format!("label:\"{}\"", label.name)).ok()
}

fn show_excerpts(app: &mut App, query: Option<Query>) {
    if let Some(query) = query {
        app.commands.push(Command::View(View::Excerpts));
        let request = excerpts::Request::Show(query);
        app.commands.push(Command::Excerpts(request));
    }
}
