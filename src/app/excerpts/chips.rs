//! The conditions of the query as chips.

use egui::{
    Button, Frame, Key, PopupCloseBehavior, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo,
    containers::menu::{MenuButton, MenuConfig},
};

use super::{
    Request, add, filter,
    filter::{Filter, same},
    saved,
    state::State,
};
use crate::{
    analysis::{
        Corpus,
        query::{Among, Choice, Query, Shape},
    },
    app::{
        Command, Session, access,
        fuzzy::fuzzy,
        theme::{self, Palette},
        words,
    },
    model::Stance,
};

/// From so many names on there is a field to find one.
const MANY: usize = 12;

/// Shows them: one for each condition, and those for labels, coders and readings always.
pub(super) fn show(
    state: &mut State,
    session: &Session,
    corpus: &Corpus,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
) {
    ui.spacing_mut().item_spacing = egui::vec2(8.0, 8.0);
    if let Some(chosen) = state.filter.chosen.clone()
        && closable(ui, &chosen.title, palette)
    {
        let query = state.filter.query().clone();
        commands.push(Command::Excerpts(Request::Show(query)));
    }
    let conditions = state.filter.query().conjuncts();
    let standing = [
        (Among::Labels, "Label: any"),
        (Among::Coders, "Coder: any"),
        (Among::Readings, "Reading: all"),
    ];
    let mut asked = None;
    for (among, nothing) in standing {
        let mut any = false;
        for condition in &conditions {
            if let Shape::Choice(choice) = condition.shape()
                && kind(choice.among) == among
            {
                any = true;
                asked = asked.or(chip(state, condition, Some(&choice), corpus, ui, palette));
            }
        }
        if !any {
            let none = Choice {
                among,
                names: Vec::new(),
            };
            let text = RichText::new(nothing).size(12.5).color(palette.dim);
            let chosen = menu(Button::new(text), ui, |ui| {
                choose(&mut state.typed_name, &state.filter, &none, corpus, ui)
            });
            asked = asked.or(chosen);
        }
    }
    for condition in &conditions {
        match condition.shape() {
            Shape::Choice(choice) if kind(choice.among) != Among::Stances => {}
            Shape::Choice(choice) => {
                asked = asked.or(chip(state, condition, Some(&choice), corpus, ui, palette));
            }
            _ => asked = asked.or(chip(state, condition, None, corpus, ui, palette)),
        }
    }
    asked = asked.or(add::show(state, session, corpus, ui));
    if let Some(query) = asked {
        commands.push(Command::Excerpts(Request::Query(query)));
    }
    let open = state.filter.open;
    let text = RichText::new("Query").size(12.5);
    let button = Button::selectable(open, text);
    let hint = "Write what you look for in one line of text: /";
    if ui.add(button).on_hover_text(hint).clicked() {
        state.open_box(!open);
    }
    saved::show(state, session, commands, ui);
}

/// Labels with and without those under them are labels.
fn kind(among: Among) -> Among {
    match among {
        Among::LabelsExactly => Among::Labels,
        other => other,
    }
}

/// A chip with a cross; whether that was pressed.
fn closable(ui: &mut Ui, name: &str, palette: &Palette) -> bool {
    let mut gone = false;
    boxed(ui, palette, |ui| {
        ui.label(RichText::new(name).font(theme::sans_bold(12.5)));
        gone = cross(ui, name);
    });
    gone
}

/// The frame of a chip.
fn boxed(ui: &mut Ui, palette: &Palette, contents: impl FnOnce(&mut Ui)) {
    Frame::new()
        .fill(palette.card)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(6)
        .inner_margin(egui::Margin {
            left: 9,
            right: 3,
            top: 1,
            bottom: 1,
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.horizontal(contents);
        });
}

/// The cross of a chip.
fn cross(ui: &mut Ui, name: &str) -> bool {
    let button = Button::new(RichText::new("×").size(14.0)).frame_when_inactive(false);
    let response = ui
        .add(button.small())
        .on_hover_text("Take this filter away");
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Take away the filter {name}"))
    });
    response.clicked()
}

/// The chip of a condition. Returns the query that was asked for with it.
fn chip(
    state: &mut State,
    condition: &Query,
    choice: Option<&Choice>,
    corpus: &Corpus,
    ui: &mut Ui,
    palette: &Palette,
) -> Option<Query> {
    let name = filter::name(condition, corpus);
    let shown: String = match name.chars().count() > 60 {
        true => name.chars().take(58).chain(['…']).collect(),
        false => name.clone(),
    };
    let mut asked = None;
    boxed(ui, palette, |ui| {
        let text = RichText::new(shown).font(theme::sans_bold(12.5));
        match choice {
            Some(choice) => {
                ui.spacing_mut().button_padding.x = 0.0;
                let button = Button::new(text).frame_when_inactive(false);
                asked = menu(button, ui, |ui| {
                    ui.spacing_mut().button_padding.x = 10.0;
                    choose(&mut state.typed_name, &state.filter, choice, corpus, ui)
                });
            }
            None => {
                ui.label(text).on_hover_text(condition.to_string());
            }
        }
        if cross(ui, &name) {
            asked = Some(state.filter.without(condition));
        }
    });
    asked
}

/// A menu that stays open while one ticks.
pub(super) fn menu<T>(
    button: Button<'_>,
    ui: &mut Ui,
    contents: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (_, inner) = MenuButton::from_button(button)
        .config(config)
        .ui(ui, contents);
    inner.and_then(|inner| inner.inner)
}

/// The names that can be chosen, with ticks. Returns the query that was asked for.
fn choose(
    typed: &mut String,
    filter: &Filter,
    choice: &Choice,
    corpus: &Corpus,
    ui: &mut Ui,
) -> Option<Query> {
    let all = names(choice.among, corpus);
    ui.set_min_width(210.0);
    find(typed, all.len(), ui);
    let mut asked = None;
    list(ui, &all, typed, |ui, name, shown| {
        let mut on = choice
            .names
            .iter()
            .any(|n| same(n, name) || same(n, shown.trim()));
        if ui.checkbox(&mut on, shown).changed() {
            asked = Some(toggled(filter, choice, name));
        }
    });
    if kind(choice.among) == Among::Labels && !choice.names.is_empty() {
        ui.separator();
        let mut under = choice.among == Among::Labels;
        if ui
            .checkbox(&mut under, "With the labels under it")
            .changed()
        {
            let among = if under {
                Among::Labels
            } else {
                Among::LabelsExactly
            };
            let new = Choice {
                among,
                names: choice.names.clone(),
            };
            asked = Some(filter.instead(&choice.query(), new.query()));
        }
    }
    asked
}

/// The query with a name of this choice ticked, or not any more.
fn toggled(filter: &Filter, choice: &Choice, name: &str) -> Query {
    let mut new = choice.clone();
    match new.names.iter().position(|n| same(n, name)) {
        Some(at) => {
            new.names.remove(at);
        }
        None => new.names.push(name.to_owned()),
    }
    match choice.names.is_empty() {
        true => filter.with(new.query()),
        false => filter.instead(&choice.query(), new.query()),
    }
}

/// What can be chosen: as queries name it, and as people are shown it.
pub(super) fn names(among: Among, corpus: &Corpus) -> Vec<(String, String)> {
    let codebook = corpus.codebook();
    match among {
        Among::Labels | Among::LabelsExactly => (0..)
            .zip(codebook.labels())
            .map(|(number, label)| {
                let indent = "    ".repeat(codebook.depth(number));
                (label.name.clone(), format!("{indent}{}", label.name))
            })
            .collect(),
        Among::Readings => {
            let sources = corpus.sources().iter();
            let name = |s: &std::sync::Arc<crate::analysis::Source>| {
                (s.reading.id.to_string(), s.reading.meta.title.clone())
            };
            sources.map(name).collect()
        }
        Among::Coders => {
            let coders = corpus.coders().into_iter();
            coders.map(|c| (c.to_string(), c.to_string())).collect()
        }
        Among::Stances => {
            let stances = Stance::ALL.iter();
            stances.map(|s| (s.to_string(), s.to_string())).collect()
        }
    }
}

/// The field to find a name, when there are many.
pub(super) fn find(typed: &mut String, count: usize, ui: &mut Ui) {
    if count < MANY {
        typed.clear();
        return;
    }
    let field = TextEdit::singleline(typed).hint_text("Type a name");
    let response = ui.add(field.desired_width(f32::INFINITY));
    access::name(&response, "Name to find");
    if ui.memory(|m| m.focused().is_none()) {
        response.request_focus();
    }
    if response.has_focus() && ui.input(|i| i.key_pressed(Key::Escape)) {
        typed.clear();
    }
}

/// The names that fit what is typed.
pub(super) fn list(
    ui: &mut Ui,
    all: &[(String, String)],
    typed: &str,
    mut entry: impl FnMut(&mut Ui, &str, &str),
) {
    let fits = |(name, shown): &&(String, String)| {
        typed.is_empty()
            || fuzzy(typed, shown.trim())
                .or_else(|| fuzzy(typed, name))
                .is_some()
    };
    let fitting: Vec<_> = all.iter().filter(fits).collect();
    if fitting.is_empty() {
        ui.label(format!("None of {}.", words::grouped(all.len())));
    }
    let height = ui.spacing().interact_size.y;
    let rows = fitting.len();
    ScrollArea::vertical()
        .max_height(340.0)
        .show_rows(ui, height, rows, |ui, range| {
            for (name, shown) in &fitting[range] {
                entry(ui, name, shown);
            }
        });
}
