//! “+ filter”: the menu of what can be asked for besides.

use egui::{
    Button, PopupCloseBehavior, RichText, TextEdit, Ui, containers::menu::MenuConfig,
    containers::menu::SubMenuButton,
};
use jiff::{ToSpan, Zoned};

use super::{
    chips::{find, list, menu, names},
    filter::Filter,
    state::State,
};
use crate::{
    analysis::{
        Corpus,
        query::{Among, Choice, Query, Relation, word},
    },
    app::{Session, access},
};

/// How highlights can stand to another: with what words these are offered.
const RELATIONS: [(Relation, &str); 6] = [
    (Relation::Overlaps, "Overlaps…"),
    (Relation::Within, "Lies within…"),
    (Relation::Contains, "Contains…"),
    (Relation::Sentence, "In one sentence with…"),
    (Relation::Paragraph, "In one paragraph with…"),
    (Relation::Words(20), "Within 20 words of…"),
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
    let one = |among: Among, name: &str| {
        let names = vec![name.to_owned()];
        Choice { among, names }.query()
    };
    sub(ui, "And label", |ui| {
        named(ui, typed, corpus, Among::Labels, |name| {
            asked = Some(filter.with(one(Among::Labels, name)));
        });
    });
    sub(ui, "Not label", |ui| {
        named(ui, typed, corpus, Among::Labels, |name| {
            asked = Some(filter.with(one(Among::Labels, name).negated()));
        });
    });
    sub(ui, "Near another label", |ui| {
        for (relation, name) in RELATIONS {
            sub(ui, name, |ui| {
                named(ui, typed, corpus, Among::Labels, |name| {
                    asked = Some(near(filter, relation, &one(Among::Labels, name)));
                });
            });
        }
    });
    sub(ui, "Stance", |ui| {
        for (name, shown) in names(Among::Stances, corpus) {
            if ui.button(shown).clicked() {
                asked = Some(filter.choose(Among::Stances, &name, true));
            }
        }
        asked = asked
            .take()
            .or(parsed(ui, filter, "No stance", "stance:none"));
    });
    sub(ui, "Words", |ui| {
        if let Some(text) = text(ui, typed_text) {
            asked = Query::parse(&text).ok().map(|q| filter.with(q));
        }
    });
    sub(ui, "Coded", |ui| {
        asked = asked.take().or(dates(ui, filter));
    });
    let me = format!("coder:{}", word(session.coder().as_str()));
    for (name, query) in [
        ("Has a note", "has:note"),
        ("Has no note", "not has:note"),
        ("Coded by me", me.as_str()),
    ] {
        asked = asked.take().or(parsed(ui, filter, name, query));
    }
    asked
}

/// A submenu that stays open while one types in it.
fn sub(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui)) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    SubMenuButton::new(name).config(config).ui(ui, contents);
}

/// All names of a kind; `choose` is told which was pressed.
fn named(
    ui: &mut Ui,
    typed: &mut String,
    corpus: &Corpus,
    among: Among,
    mut choose: impl FnMut(&str),
) {
    let all = names(among, corpus);
    ui.set_min_width(210.0);
    find(typed, all.len(), ui);
    list(ui, &all, typed, |ui, name, shown| {
        if ui.button(shown).clicked() {
            choose(name);
        }
    });
}

/// An entry for a condition.
fn parsed(ui: &mut Ui, filter: &Filter, name: &str, condition: &str) -> Option<Query> {
    let pressed = ui.button(name).clicked();
    let condition = Query::parse(condition).ok().filter(|_| pressed)?;
    Some(filter.with(condition))
}

/// Puts what is asked for into a relation to another label: the labels where some are, else everything.
fn near(filter: &Filter, relation: Relation, other: &Query) -> Query {
    let labels = [Among::Labels, Among::LabelsExactly]
        .into_iter()
        .find_map(|among| filter.choice(among));
    match labels.map(|choice| choice.query()) {
        Some(labels) => filter.instead(&labels, labels.related(relation, other)),
        None => filter.with(Query::default().related(relation, other)),
    }
}

/// Words that stand in the passage or in the note; the condition.
fn text(ui: &mut Ui, typed: &mut String) -> Option<String> {
    ui.set_min_width(240.0);
    let response = ui.add(
        TextEdit::singleline(typed)
            .hint_text("Words, or a beginning: entrap*")
            .desired_width(f32::INFINITY),
    );
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
                asked = Some(format!("{field}:{}", word(typed.trim())));
            }
        }
    });
    if asked.is_some() {
        typed.clear();
    }
    asked
}

/// Since when it was coded.
fn dates(ui: &mut Ui, filter: &Filter) -> Option<Query> {
    let today = Zoned::now().date();
    let since = |days: i64| today.checked_sub(days.days()).unwrap_or(today);
    let offers = [
        ("Today", today),
        ("In the last 7 days", since(6)),
        ("In the last 30 days", since(29)),
        ("This year", today.first_of_year()),
    ];
    let mut asked = None;
    for (name, from) in offers {
        asked = asked.or(parsed(ui, filter, name, &format!("created:{from}..")));
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::excerpts::filter::relation_word;

    #[test]
    fn every_relation_offered_has_words_on_its_chip() {
        for (relation, name) in RELATIONS {
            let offered = name.trim_end_matches('…').to_lowercase();
            let chip = relation_word(relation);
            assert!(offered.ends_with(&chip), "{offered}: {chip}");
        }
    }

    #[test]
    fn a_relation_is_of_the_labels_that_are_asked_for() {
        let mut filter = Filter::default();
        let b = Query::parse("label:B").unwrap();
        assert_eq!(
            near(&filter, Relation::Overlaps, &b).to_string(),
            "words:0.. overlaps label:B"
        );
        filter.set(Query::parse("has:note label:A").unwrap());
        assert_eq!(
            near(&filter, Relation::Overlaps, &b).to_string(),
            "has:note label:A overlaps label:B"
        );
    }
}
