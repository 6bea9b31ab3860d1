//! Comparing: labels by readings, labels by labels, along the text, theory against theory, words, attributes.
//!
//! Each tab asks an analysis for what it shows through [`super::worker::Worked`], on the snapshot of the project; what was
//! there shows until what is new has come. What one points at is told by the panel at the right, [`side`].

pub mod attributes;
mod chips;
mod grid;
mod matrix;
mod order;
mod scope;
mod side;
mod together;

use std::collections::BTreeSet;

use egui::{Align, Button, Context, Layout, Margin, RichText, Ui};

pub use self::order::Kept;
use self::order::Order;
use super::{App, Command, Screen, Session, command::Outcome, theme, worker::Workers};
use crate::model::{LabelId, Project};

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
    const ALL: [(Self, &'static str); 6] = [
        (Self::Readings, "Labels × readings"),
        (Self::Labels, "Labels × labels"),
        (Self::Along, "Along the text"),
        (Self::Theories, "Theory against theory"),
        (Self::Words, "Words"),
        (Self::Attributes, "Attributes"),
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
    side: side::State,
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
    /// What the table of attributes asks for.
    Attributes(attributes::Request),
}

/// What the tabs work with.
struct Desk<'a> {
    session: &'a mut Session,
    commands: &'a mut Vec<Command>,
    workers: &'a Workers,
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
                Tab::Along | Tab::Theories | Tab::Words => {}
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
        ..
    } = app
    else {
        return;
    };
    let mut state = std::mem::take(&mut session.compare);
    let mut desk = Desk {
        session,
        commands,
        workers,
    };
    f(&mut state, &mut desk);
    session.compare = state;
}

/// The tabs, and what takes the comparison away.
fn head(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        tabs(state.tab, desk, ui);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let _ = ui;
        });
    });
}

/// The tabs as segments, the one that shows raised.
fn tabs(shown: Tab, desk: &mut Desk<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let frame = egui::Frame::new()
        .fill(palette.line)
        .corner_radius(7)
        .inner_margin(2);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (tab, name) in Tab::ALL {
            let chosen = tab == shown;
            let (fill, color) = match chosen {
                true => (palette.paper, palette.ink),
                false => (egui::Color32::TRANSPARENT, palette.dim),
            };
            let font = match chosen {
                true => theme::sans_bold(13.0),
                false => theme::sans(13.0),
            };
            let text = RichText::new(name).font(font).color(color);
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
    let request = match request {
        Request::Attributes(request) => return attributes::carry_out(app, request),
        other => other,
    };
    let Some(session) = app.session_mut() else {
        return Ok(None);
    };
    match request {
        Request::Tab(tab) => {
            session.commit_note()?;
            session.compare.tab = tab;
        }
        Request::Attributes(_) => {}
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

/// A menu for the order of rows or columns.
fn order_menu(ui: &mut Ui, name: &str, order: &mut Order) {
    let shown = match order {
        Order::Natural => "As listed",
        Order::Similar => "By similarity",
        Order::ByHand(_) => "By hand",
    };
    let combo = egui::ComboBox::from_id_salt(name)
        .selected_text(format!("{name}: {}", shown.to_lowercase()));
    let response = combo.show_ui(ui, |ui| {
        ui.set_min_width(220.0);
        ui.selectable_value(order, Order::Natural, "As listed");
        ui.selectable_value(order, Order::Similar, "By similarity");
        let told = "By hand: drag headings, or press Alt with an arrow key";
        ui.add_enabled_ui(matches!(order, Order::ByHand(_)), |ui| {
            let _ = ui.selectable_label(matches!(order, Order::ByHand(_)), told);
        });
    });
    super::access::name(&response.response, name);
}
