//! Comparing: labels by readings, labels by labels, along the text, theory against theory, words, attributes.
//!
//! Each tab asks an analysis for what it shows through [`super::worker::Worked`], on the snapshot of the project; what was
//! there shows until what is new has come. What one points at is told by the panel at the right, [`side`].

mod along;
pub mod attributes;
mod away;
mod chips;
mod chooser;
mod grid;
mod matrix;
mod order;
mod scope;
mod side;
mod theories;
mod together;
mod vocabulary;

use std::collections::BTreeSet;

use egui::{Button, Context, Margin, RichText, Ui};

pub use self::order::Kept;
use self::order::Order;
use super::{
    App, Command, Screen, Session, command::Outcome, dialogs::Dialog, theme, worker::Workers,
};
use crate::{
    analysis::query::Query,
    model::{HighlightId, LabelId, Project, ReadingId, Stance},
};

/// The comparisons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Labels × readings.
    #[default]
    Readings,
    /// Labels × labels.
    Labels,
    /// Where labels fall along the text.
    Along,
    /// What readings do with a theory.
    Theories,
    /// Which words stand out.
    Words,
    /// What the team says of the readings.
    Attributes,
}

impl Tab {
    /// All, with their names and what they are called where there is little room.
    const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Readings, "Labels × readings", "Readings"),
        (Self::Labels, "Labels × labels", "Labels"),
        (Self::Along, "Along the text", "Along"),
        (Self::Theories, "Theory against theory", "Theories"),
        (Self::Words, "Words", "Words"),
        (Self::Attributes, "Attributes", "Attributes"),
    ];
}

/// What this view keeps.
#[derive(Default)]
pub struct State {
    tab: Tab,
    scope: scope::Scope,
    /// What is remembered from one start to the next.
    pub(super) kept: Kept,
    matrix: matrix::State,
    chips: chips::State,
    together: together::State,
    along: along::State,
    theories: theories::State,
    words: vocabulary::State,
    side: side::State,
    coming: Option<away::Coming>,
    /// The table of attributes.
    pub attributes: attributes::Table,
}

impl State {
    /// The labels that are folded.
    fn folded(&self) -> BTreeSet<LabelId> {
        let ids = self.kept.folded.iter();
        ids.filter_map(|id| LabelId::new(id).ok()).collect()
    }

    fn fold(&mut self, label: &LabelId, folded: bool) {
        match folded {
            true => self.kept.folded.insert(label.to_string()),
            false => self.kept.folded.remove(label.as_str()),
        };
    }

    /// What shows, in a line: how much of what.
    pub fn summary(&self) -> String {
        let counted = super::words::counted;
        let told = match self.tab {
            Tab::Readings => self.matrix.shown().map(|shown| {
                let (rows, columns) = (shown.matrix.rows.len(), shown.matrix.columns.len());
                let highlights = counted(shown.matrix.highlights, "highlight");
                let labels = counted(rows, "label");
                format!("{labels} × {} · {highlights}", counted(columns, "column"))
            }),
            Tab::Labels => {
                (self.together.shown()).map(|shown| counted(shown.found.labels.len(), "label"))
            }
            Tab::Along => self.along.shown().map(|shown| {
                let marks = shown.along.strips.iter().map(|s| s.marks.len()).sum();
                let readings = counted(shown.along.strips.len(), "reading");
                format!("{readings} · {}", counted(marks, "mark"))
            }),
            Tab::Theories => {
                (self.theories.shown()).map(|shown| counted(shown.contrast.rows.len(), "reading"))
            }
            Tab::Words => {
                (self.words.shown()).map(|shown| counted(shown.found.words.len(), "word"))
            }
            Tab::Attributes => None,
        };
        told.unwrap_or_default()
    }

    /// Which highlights count.
    pub fn scope(&self) -> &Query {
        self.scope.query()
    }

    /// Whether the view has the window to itself.
    pub fn alone(&self) -> bool {
        self.tab == Tab::Theories && self.theories.wide
    }

    /// Lets go of what is chosen; whether there was something.
    pub fn back_out(&mut self) -> bool {
        self.side.ask.take().is_some()
    }

    /// Folds every parent at the top, or none.
    fn fold_all(&mut self, project: &Project, folded: bool) {
        let codebook = project.codebook();
        let next = codebook.iter().map(|(depth, _)| *depth).skip(1).chain([0]);
        let parents = codebook
            .iter()
            .zip(next)
            .filter(|((depth, _), next)| next > depth);
        self.kept.folded = match folded {
            true => parents
                .map(|((_, label), _)| label.id.to_string())
                .collect(),
            false => BTreeSet::new(),
        };
    }
}

/// What this view asks for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Shows a comparison.
    Tab(Tab),
    /// Gives a highlight a stance.
    SetStance(ReadingId, HighlightId, Option<Stance>),
    /// Adds a cue to a label.
    AddCue(LabelId, String),
    /// Copies the table that shows.
    Copy,
    /// Copies the table that shows, in Markdown.
    CopyMarkdown,
    /// Asks how the picture is to be saved.
    SavePicture,
    /// Asks how the table is to be saved.
    SaveTable,
    /// What the table of attributes asks for.
    Attributes(attributes::Request),
}

/// What the tabs work with.
struct Desk<'a> {
    session: &'a mut Session,
    commands: &'a mut Vec<Command>,
    workers: &'a Workers,
    /// The window's clock, in seconds.
    time: f64,
    /// The size of a reading's text in points.
    text_size: f32,
    /// Whether anyone has claimed anything yet.
    has_claims: bool,
}

/// Shows it.
pub fn show(app: &mut App, ui: &mut Ui) {
    let Some(tab) = app.session().map(|s| s.compare.tab) else {
        return;
    };
    egui::Frame::new()
        .inner_margin(Margin::symmetric(22, 18))
        .show(ui, |ui| {
            with_state(app, |state, desk| head(state, desk, ui));
            ui.add_space(8.0);
            match tab {
                Tab::Readings => with_state(app, |state, desk| matrix::show(state, desk, ui)),
                Tab::Labels => with_state(app, |state, desk| together::show(state, desk, ui)),
                Tab::Theories => with_state(app, |state, desk| theories::show(state, desk, ui)),
                Tab::Along => with_state(app, |state, desk| along::show(state, desk, ui)),
                Tab::Words => with_state(app, |state, desk| vocabulary::show(state, desk, ui)),
                Tab::Attributes => attributes::show(app, ui),
            }
        });
}

/// Shows what the panel at the right says of the comparison.
pub fn panel(app: &mut App, ui: &mut Ui) {
    with_state(app, |state, desk| side::show(state, desk, ui));
}

/// Lends the view's state out beside the session that it belongs to.
fn with_state(app: &mut App, f: impl FnOnce(&mut State, &mut Desk<'_>)) {
    let App {
        screen: Screen::Open(session),
        commands,
        workers,
        time,
        settings,
        ..
    } = app
    else {
        return;
    };
    let notebooks = session.project().notebooks().values();
    let has_claims = { notebooks }.any(|n| n.claims().next().is_some());
    let mut state = std::mem::take(&mut session.compare);
    let mut desk = Desk {
        session,
        commands,
        workers,
        time: *time,
        text_size: settings.text_size,
        has_claims,
    };
    f(&mut state, &mut desk);
    session.compare = state;
}

/// The tabs, and what takes the comparison away.
fn head(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    away::receive(state, desk, ui);
    let typing = ui.ctx().text_edit_focused();
    let copied = ui.input(|i| i.events.iter().any(|e| matches!(e, egui::Event::Copy)));
    if copied && !typing && state.tab != Tab::Attributes {
        desk.commands.push(Command::Compare(Request::Copy));
    }
    let room = ui.available_width();
    let narrow = room < 720.0;
    ui.horizontal(|ui| {
        tabs(state.tab, narrow, desk, ui);
        if state.tab == Tab::Attributes {
            return;
        }
        ui.add_space(4.0);
        let away = [
            ("Save picture…", Request::SavePicture),
            ("Save table…", Request::SaveTable),
            ("Copy table", Request::Copy),
            ("Copy as Markdown", Request::CopyMarkdown),
        ];
        let mut offer = |ui: &mut Ui, name: &str, request: &Request, help: &str| {
            if ui.button(name).on_hover_text(help).clicked() {
                desk.commands.push(Command::Compare(request.clone()));
                ui.close();
            }
        };
        if room < 980.0 {
            menu(ui, "Save or copy", |ui| {
                for (name, request) in &away {
                    offer(ui, name, request, "");
                }
            });
            return;
        }
        for (name, request) in &away[..2] {
            offer(
                ui,
                name,
                request,
                "For a paper, a slide or another program.",
            );
        }
        menu(ui, "Copy", |ui| {
            offer(
                ui,
                away[2].0,
                &away[2].1,
                "For a spreadsheet or a document (Ctrl+C).",
            );
            offer(ui, away[3].0, &away[3].1, "For a text in Markdown.");
        });
    });
}

/// The tabs as segments, the one that shows raised.
fn tabs(shown: Tab, narrow: bool, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let frame = egui::Frame::new()
        .fill(palette.line)
        .corner_radius(7)
        .inner_margin(2);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (tab, name, short) in Tab::ALL {
            let chosen = tab == shown;
            let (fill, color) = match chosen {
                true => (palette.paper, palette.ink),
                false => (egui::Color32::TRANSPARENT, palette.dim),
            };
            let font = match chosen {
                true => theme::sans_bold(13.0),
                false => theme::sans(13.0),
            };
            let text = RichText::new(if narrow { short } else { name })
                .font(font)
                .color(color);
            let button = Button::new(text)
                .fill(fill)
                .stroke(egui::Stroke::NONE)
                .corner_radius(6);
            let response = ui.add(button);
            response
                .widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, chosen, name));
            if response.clicked() {
                desk.commands.push(Command::Compare(Request::Tab(tab)));
            }
        }
    });
}

/// Carries out what it asked for.
pub fn carry_out(app: &mut App, ctx: &Context, request: Request) -> Outcome {
    let _ = ctx;
    let Screen::Open(session) = &mut app.screen else {
        return Ok(None);
    };
    match request {
        Request::Tab(tab) => {
            session.commit_note()?;
            session.compare.tab = tab;
            session.compare.side.ask = None;
        }
        Request::SetStance(reading, highlight, stance) => {
            theories::carry_out_stance(session, &reading, highlight, stance)?;
        }
        Request::AddCue(label, cue) => return vocabulary::carry_out_cue(session, &label, cue),
        Request::Attributes(request) => return attributes::carry_out(app, request),
        Request::Copy | Request::CopyMarkdown | Request::SavePicture | Request::SaveTable => {
            session.commit_note()?;
            let state = std::mem::take(&mut session.compare);
            let finding = away::finding(&state, session);
            session.compare = state;
            let Some(finding) = finding else {
                return Err("There is nothing to take away yet.".to_owned());
            };
            match request {
                Request::SavePicture => {
                    app.dialog = Some(Dialog::picture(finding, &app.settings));
                }
                Request::SaveTable => app.dialog = Some(Dialog::table(finding, &app.settings)),
                _ => {
                    let as_markdown = matches!(request, Request::CopyMarkdown);
                    let coming = away::copy(finding, &app.workers, as_markdown);
                    session.compare.coming = Some(coming);
                }
            }
        }
    }
    Ok(None)
}

/// A small heading over a part of a tab.
fn caption(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui.ctx());
    let caps = RichText::new(text.to_uppercase())
        .font(theme::sans_bold(11.0))
        .color(palette.dim);
    ui.label(caps.extra_letter_spacing(0.8));
}

/// Says in the middle of an empty tab what to do.
fn teach(ui: &mut Ui, told: &str, desk: &mut Desk<'_>) {
    let palette = theme::palette(ui.ctx());
    ui.add_space((ui.available_height() * 0.22).min(150.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(440.0);
        ui.label(RichText::new(told).size(14.5).color(palette.dim));
        ui.add_space(8.0);
        if ui.button("Go to the reading").clicked() {
            desk.commands.push(Command::View(super::View::Read));
        }
    });
}

/// The choices of an order of rows or columns, for a menu.
fn order_choices(ui: &mut Ui, name: &str, order: &mut Order) {
    caption(ui, name);
    ui.selectable_value(order, Order::Natural, "As listed");
    ui.selectable_value(order, Order::Similar, "By similarity");
    let by_hand = matches!(order, Order::ByHand(_));
    let _ = ui
        .add_enabled(by_hand, Button::selectable(by_hand, "By hand"))
        .on_disabled_hover_text("Drag headings, or press Alt with an arrow key.");
}

/// A menu that stays open while things are chosen in it.
fn menu(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    let config = egui::containers::menu::MenuConfig::new()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let text = format!("{name}  ▼");
    let button = egui::containers::menu::MenuButton::new(text).config(config);
    let (response, _) = button.ui(ui, |ui| {
        ui.set_min_width(200.0);
        add(ui);
    });
    super::access::name(&response, name);
}
