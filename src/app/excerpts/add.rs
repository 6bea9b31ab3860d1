//! “+ filter”: the menu of what can be asked for besides.

use egui::{
    Button, PopupCloseBehavior, RichText, TextEdit, Ui,
    containers::menu::{MenuConfig, SubMenuButton},
};
use jiff::{ToSpan, Zoned, tz::TimeZone};

use super::{
    chips::{find, list, menu, names},
    filter::{Kind, Name},
    state::State,
};
use crate::{
    analysis::{
        Corpus,
        query::{Condition, Query, Relation},
    },
    app::{Session, access},
};

/// How highlights can stand to another: with what words these are offered.
const RELATIONS: [(Relation, &str); 6] = [
    (Relation::Overlaps, "Overlapping"),
    (Relation::Within, "Within"),
    (Relation::Contains, "Containing"),
    (Relation::Sentence, "In the same sentence as"),
    (Relation::Paragraph, "In the same paragraph as"),
    (Relation::Words(20), "Within 20 words of"),
];

/// Shows it. Returns the query that was asked for.
pub(super) fn show(
    state: &mut State,
    session: &Session,
    corpus: &Corpus,
    ui: &mut Ui,
) -> Option<Query> {
    let button = Button::new(RichText::new("+ filter").size(12.5));
    let asked = menu(button, ui, |ui| {
        ui.set_min_width(200.0);
        let asked = entries(state, session, corpus, ui);
        if asked.is_some() {
            ui.close();
        }
        asked
    });
    if asked.is_some() {
        state.typed_name.clear();
    }
    asked
}

fn entries(state: &mut State, session: &Session, corpus: &Corpus, ui: &mut Ui) -> Option<Query> {
    let State {
        filter,
        typed_name: typed,
        typed_text,
        ..
    } = state;
    let mut asked = None;
    let when = |condition: &Condition| Query::when(corpus, condition);
    sub(ui, "And label", |ui| {
        labels(ui, typed, corpus, |name| {
            asked = Some(filter.with(when(&name.alone())));
        });
    });
    sub(ui, "Not label", |ui| {
        labels(ui, typed, corpus, |name| {
            let without = when(&name.alone()).negated();
            asked = without.map(|q| filter.with(q));
        });
    });
    sub(ui, "Near another label", |ui| {
        for (relation, name) in RELATIONS {
            sub(ui, name, |ui| {
                labels(ui, typed, corpus, |name| {
                    asked = Some(filter.related(relation, when(&name.alone())));
                });
            });
        }
    });
    sub(ui, "Stance", |ui| {
        for (name, shown) in names(Kind::Stances, corpus) {
            if ui.button(shown).clicked() {
                asked = Some(filter.choose(&name, true, corpus));
            }
        }
    });
    sub(ui, "Words", |ui| {
        let words = text(ui, typed_text);
        asked = asked.take().or(words.map(|q| filter.with(q)));
    });
    sub(ui, "Coded", |ui| {
        let days = dates(ui);
        asked = asked.take().or(days.map(|c| filter.with(when(&c))));
    });
    let mine = Name::Coder(session.coder().clone()).alone();
    let plain = [
        ("Has a note", Condition::Note(true)),
        ("Has no note", Condition::Note(false)),
        ("Coded by me", mine),
    ];
    for (name, condition) in plain {
        if ui.button(name).clicked() {
            asked = Some(filter.with(when(&condition)));
        }
    }
    asked
}

/// A submenu that stays open while one types in it.
fn sub(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui)) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    SubMenuButton::new(name).config(config).ui(ui, contents);
}

/// All labels; `choose` is told which was pressed.
fn labels(ui: &mut Ui, typed: &mut String, corpus: &Corpus, mut choose: impl FnMut(&Name)) {
    let all = names(Kind::Labels, corpus);
    ui.set_min_width(210.0);
    find(typed, all.len(), ui);
    list(ui, &all, typed, |ui, name, shown| {
        if ui.button(shown).clicked() {
            choose(name);
        }
    });
}

/// Words that stand in the passage or in the note; the condition.
fn text(ui: &mut Ui, typed: &mut String) -> Option<Query> {
    ui.set_min_width(240.0);
    let field = TextEdit::singleline(typed).hint_text("Words, or a beginning: entrap*");
    let response = ui.add(field.desired_width(f32::INFINITY));
    access::name(&response, "Words to look for");
    if ui.memory(|m| m.focused().is_none()) {
        response.request_focus();
    }
    let enter = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    let mut asked = None;
    ui.horizontal(|ui| {
        let written = !typed.trim().is_empty();
        for (name, field) in [("In the passage", "text"), ("In the note", "note")] {
            let button = ui.add_enabled(written, Button::new(name));
            if button.clicked() || (enter && written && field == "text") {
                asked = words(field, typed.trim());
            }
        }
    });
    if asked.is_some() {
        typed.clear();
    }
    asked
}

/// The condition that words stand in a field.
fn words(field: &str, words: &str) -> Option<Query> {
    let quoted = words.replace('\\', "\\\\").replace('"', "\\\"");
    Query::parse(&format!("{field}:\"{quoted}\"")).ok()
}

/// Since when it was coded. Queries count days in UTC.
fn dates(ui: &mut Ui) -> Option<Condition> {
    let today = Zoned::now().with_time_zone(TimeZone::UTC).date();
    let since = |days: i64| today.checked_sub(days.days()).unwrap_or(today);
    let offers = [
        ("Today", today),
        ("In the last 7 days", since(6)),
        ("In the last 30 days", since(29)),
        ("This year", today.first_of_year()),
    ];
    let mut asked = None;
    for (name, from) in offers {
        if ui.button(name).clicked() {
            asked = Some(Condition::Created(Some(from), None));
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_offered_by_its_words() {
        for (relation, name) in RELATIONS {
            assert_eq!(relation.words(), name.to_lowercase());
        }
    }

    #[test]
    fn words_are_taken_as_they_are() {
        for text in ["two poles", "a \"quoted\" word", "back\\slash", "(", "not"] {
            assert!(words("text", text).is_some(), "{text}");
        }
    }
}
