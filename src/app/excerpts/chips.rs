//! The conditions of the query as chips.

use egui::{
    Button, Frame, Key, PopupCloseBehavior, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo,
    containers::menu::{MenuButton, MenuConfig},
};

use super::{
    Request, add,
    filter::{Filter, Kind, Name, Part, has, kind_of, toggled},
    saved,
    state::State,
};
use crate::{
    analysis::{
        Corpus,
        query::{Condition, Query},
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
/// Longer names of chips are cut, in characters.
const LONGEST: usize = 60;

/// The chips that are always there, and what they say when nothing is chosen.
const STANDING: [(Kind, &str); 3] = [
    (Kind::Labels, "Label: any"),
    (Kind::Coders, "Coder: any"),
    (Kind::Readings, "Reading: all"),
];

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
    let mut asked = conditions(state, corpus, ui, palette);
    asked = asked.or(add::show(state, session, corpus, ui));
    if let Some(query) = asked {
        commands.push(Command::Excerpts(Request::Query(query)));
    }
    let open = state.filter.open;
    let button = Button::selectable(open, RichText::new("Query").size(12.5));
    let hint = "Write what you look for in one line of text: /";
    if ui.add(button).on_hover_text(hint).clicked() {
        state.open_box(!open);
    }
    saved::show(state, session, commands, ui);
}

/// The standing chips, then the others. Returns the query that was asked for.
fn conditions(state: &mut State, corpus: &Corpus, ui: &mut Ui, palette: &Palette) -> Option<Query> {
    let parts = state.filter.parts().to_vec();
    let kind = |part: &Part| part.condition.as_ref().and_then(kind_of);
    let mut asked = None;
    for (standing, nothing) in STANDING {
        let mut those = parts
            .iter()
            .filter(|p| kind(p) == Some(standing))
            .peekable();
        if those.peek().is_none() {
            let text = RichText::new(nothing).size(12.5).color(palette.dim);
            let chosen = menu(Button::new(text), ui, |ui| {
                choose(
                    &mut state.typed_name,
                    &state.filter,
                    standing,
                    None,
                    corpus,
                    ui,
                )
            });
            asked = asked.or(chosen);
        }
        for part in those {
            asked = asked.or(chip(state, part, corpus, ui, palette));
        }
    }
    let stands = |part: &&Part| kind(part).is_some_and(|k| STANDING.iter().any(|(s, _)| *s == k));
    for part in parts.iter().filter(|p| !stands(p)) {
        asked = asked.or(chip(state, part, corpus, ui, palette));
    }
    asked
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
    let margin = egui::Margin {
        left: 9,
        right: 3,
        top: 1,
        bottom: 1,
    };
    Frame::new()
        .fill(palette.card)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(6)
        .inner_margin(margin)
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

/// The chip of a condition; those that choose among names open a list of these. Returns the query that was asked for.
fn chip(
    state: &mut State,
    part: &Part,
    corpus: &Corpus,
    ui: &mut Ui,
    palette: &Palette,
) -> Option<Query> {
    let shown: String = match part.name.chars().count() > LONGEST {
        true => part.name.chars().take(LONGEST - 2).chain(['…']).collect(),
        false => part.name.clone(),
    };
    let mut asked = None;
    boxed(ui, palette, |ui| {
        let text = RichText::new(shown).font(theme::sans_bold(12.5));
        match part.condition.as_ref().and_then(kind_of) {
            Some(kind) => {
                let padding = std::mem::take(&mut ui.spacing_mut().button_padding.x);
                let button = Button::new(text).frame_when_inactive(false);
                asked = menu(button, ui, |ui| {
                    ui.spacing_mut().button_padding.x = padding;
                    let typed = &mut state.typed_name;
                    choose(typed, &state.filter, kind, Some(part), corpus, ui)
                });
                ui.spacing_mut().button_padding.x = padding;
            }
            None => {
                ui.label(text).on_hover_text(part.query.to_string());
            }
        }
        if cross(ui, &part.name) {
            asked = Some(state.filter.without(&part.query));
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
    let menu = MenuButton::from_button(button).config(config);
    let (_, inner) = menu.ui(ui, contents);
    inner.and_then(|inner| inner.inner)
}

/// The names that can be chosen, with ticks. Returns the query that was asked for.
fn choose(
    typed: &mut String,
    filter: &Filter,
    kind: Kind,
    part: Option<&Part>,
    corpus: &Corpus,
    ui: &mut Ui,
) -> Option<Query> {
    let all = names(kind, corpus);
    let now = part.and_then(|p| p.condition.as_ref());
    ui.set_min_width(210.0);
    find(typed, all.len(), ui);
    let mut asked = None;
    let put = |new: &Condition| {
        let new = Query::when(corpus, new);
        match part {
            Some(part) => filter.instead(&part.query, &new),
            None => filter.with(new),
        }
    };
    list(ui, &all, typed, |ui, name, shown| {
        let mut on = now.is_some_and(|condition| has(condition, name));
        if ui.checkbox(&mut on, shown).changed() {
            asked = Some(put(&toggled(now, name, true)));
        }
    });
    if let Some(Condition::Labels { labels, only }) = now {
        ui.separator();
        let mut with = !only;
        if ui.checkbox(&mut with, "With the labels under it").changed() {
            asked = Some(put(&Condition::Labels {
                labels: labels.clone(),
                only: !with,
            }));
        }
    }
    asked
}

/// What can be chosen, and as what it is shown.
pub(super) fn names(kind: Kind, corpus: &Corpus) -> Vec<(Name, String)> {
    let codebook = corpus.codebook();
    match kind {
        Kind::Labels => (0..)
            .zip(codebook.labels())
            .map(|(number, label)| {
                let indent = "    ".repeat(codebook.depth(number));
                let shown = format!("{indent}{}", label.name);
                (Name::Label(label.id.clone()), shown)
            })
            .collect(),
        Kind::Readings => (corpus.sources().iter())
            .map(|s| {
                let title = s.reading.meta.title.clone();
                (Name::Reading(s.reading.id.clone()), title)
            })
            .collect(),
        Kind::Coders => (corpus.coders().into_iter())
            .map(|c| (Name::Coder(c.clone()), c.to_string()))
            .collect(),
        Kind::Stances => (Stance::ALL.into_iter())
            .map(|s| (Name::Stance(Some(s)), s.to_string()))
            .chain([(Name::Stance(None), "none".to_owned())])
            .collect(),
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
    all: &[(Name, String)],
    typed: &str,
    mut entry: impl FnMut(&mut Ui, &Name, &str),
) {
    let fits =
        |(_, shown): &&(Name, String)| typed.is_empty() || fuzzy(typed, shown.trim()).is_some();
    let fitting: Vec<_> = all.iter().filter(fits).collect();
    if fitting.is_empty() {
        ui.label(format!("None of {} fits.", words::grouped(all.len())));
    }
    let height = ui.spacing().interact_size.y;
    ScrollArea::vertical()
        .max_height(340.0)
        .show_rows(ui, height, fitting.len(), |ui, range| {
            for (name, shown) in &fitting[range] {
                entry(ui, name, shown);
            }
        });
}
