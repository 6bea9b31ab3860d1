//! How a section is made: its subject, its introduction, what is printed in it and how.

use egui::{Id, RichText, ScrollArea, Ui};

use super::{
    Desk, Request, State, fields, inplace, questions,
    spot::{self},
};
use crate::{
    analysis::query::Query,
    app::{
        Command,
        query_field::QueryField,
        session::drafts::{Slot, Text},
        theme,
    },
    export::packet as packets,
    model::{Excerpts, Label, Layout, Packet, Rule, RuleOrder, Section, SectionId, Side, Subject},
};

/// The kinds of subjects.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Theory,
    Question,
    Free,
}

/// The ways to lay excerpts out.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    List,
    Sides,
    Authors,
    Map,
}

/// Shows it.
pub(super) fn show(state: &mut State, desk: &mut Desk<'_>, ui: &mut Ui) {
    // As it is written, so that what is typed meanwhile is not lost.
    let packet = state.written(desk.session);
    let Some((packet, id)) =
        packet.and_then(|p| Some((state.section(&p)?, p)).map(|(i, p)| (p, i)))
    else {
        fields::dim(
            ui,
            "The packet has no section yet. Add one at the left with “+”.",
        );
        return;
    };
    let Some(section) = packet.sections.get(&id).cloned() else {
        return;
    };
    let mut new = section.clone();
    let of = |text| Slot::Of(id.clone(), text);
    fields::caption(ui, "Title");
    fields::text(
        &packet.id,
        of(Text::Title),
        "What the section is about",
        desk,
        ui,
    );
    ui.add_space(4.0);
    subject(&mut new, desk, ui);
    ui.add_space(4.0);
    fields::caption(ui, "Introduction");
    let hint = "Some sentences; *italic* and **bold** as in Markdown";
    fields::text(&packet.id, of(Text::Introduction), hint, desk, ui);
    ui.add_space(6.0);
    source(&mut new, &packet, &id, state, desk, ui);
    ui.add_space(6.0);
    layout(&mut new, &packet, &id, desk, ui);
    ui.add_space(6.0);
    printed(&mut new, ui);
    ui.add_space(6.0);
    questions::show(&mut new, &packet, &id, state, desk, ui);
    if new != section {
        desk.ask(Request::Put(id.clone(), Box::new(new)));
    }
    ui.add_space(10.0);
    if ui.button("Delete the section").clicked() {
        desk.ask(Request::DeleteSection(id));
    }
    ui.add_space(10.0);
}

/// What the section is about.
fn subject(new: &mut Section, desk: &Desk<'_>, ui: &mut Ui) {
    fields::caption(ui, "About");
    let now = match new.subject {
        Subject::Theory(_) => Kind::Theory,
        Subject::Question => Kind::Question,
        Subject::Free => Kind::Free,
    };
    let kinds = [
        (Kind::Theory, "A theory", "A label, with those under it"),
        (Kind::Question, "A question", "The title asks it"),
        (Kind::Free, "Anything", "Whatever the title says"),
    ];
    let codebook = desk.project().codebook();
    match fields::segments(ui, now, &kinds) {
        Some(Kind::Theory) => {
            // The label of the same name, or else the first.
            let named = desk.project().label_named(&new.title);
            let label = named.or_else(|| codebook.first().map(|(_, label)| *label));
            if let Some(label) = label {
                new.subject = Subject::Theory(label.id.clone());
            }
        }
        Some(Kind::Question) => new.subject = Subject::Question,
        Some(Kind::Free) => new.subject = Subject::Free,
        None => {}
    }
    let Subject::Theory(theory) = &new.subject else {
        return;
    };
    let name = desk.project().label_name(theory).to_owned();
    if let Some(label) = labels(ui, &name, &codebook) {
        new.subject = Subject::Theory(label.id.clone());
        // A title that was the theory’s name stays that.
        if new.title == name || new.title == "New section" {
            new.title.clone_from(&label.name);
        }
    }
}

/// A menu of all labels. Returns the one that was chosen.
fn labels<'a>(ui: &mut Ui, now: &str, codebook: &[(usize, &'a Label)]) -> Option<&'a Label> {
    let mut chosen = None;
    let button = egui::containers::menu::MenuButton::new(format!("{now}  ▼"));
    let (response, _) = button.ui(ui, |ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for (depth, label) in codebook {
                let name = format!("{}{}", "    ".repeat(*depth), label.name);
                if ui.selectable_label(label.name == now, name).clicked() {
                    chosen = Some(*label);
                    ui.close();
                }
            }
        });
    });
    let told = format!("Theory: {now}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &told));
    chosen
}

/// Where its excerpts come from.
fn source(
    new: &mut Section,
    packet: &Packet,
    id: &SectionId,
    state: &mut State,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    fields::caption(ui, "Excerpts");
    let ruled = matches!(new.excerpts, Excerpts::Ruled(_));
    let ways = [
        (
            false,
            "By hand",
            "Chosen one by one, in the order you drag them into",
        ),
        (
            true,
            "By rule",
            "Whatever a query finds, in an order that is said",
        ),
    ];
    match fields::segments(ui, ruled, &ways) {
        Some(true) => new.excerpts = Excerpts::Ruled(Rule::default()),
        // What the rule gives now stays.
        Some(false) => new.excerpts = Excerpts::Chosen(packets::picks(desk.project(), new)),
        None => {}
    }
    let theory = match &new.subject {
        Subject::Theory(label) => Some(desk.project().label_name(label).to_owned()),
        _ => None,
    };
    let Excerpts::Ruled(rule) = &mut new.excerpts else {
        let count = spot::picks(new).map_or(0, <[_]>::len);
        if count == 0 {
            fields::dim(ui, "None yet. Add some under “Add excerpts”.");
        }
        return;
    };
    query(packet, id, theory.as_deref(), state, desk, ui);
    let orders = [
        (RuleOrder::Place, "By reading and place"),
        (RuleOrder::Year, "By year"),
        (RuleOrder::Stance, "By stance"),
        (RuleOrder::Length, "The shortest first"),
    ]
    .map(|(order, name)| (order, name.to_owned()));
    if let Some(order) = fields::choice(ui, "Order", rule.order, &orders) {
        rule.order = order;
    }
    let mut most: Vec<(Option<u32>, String)> = vec![(None, "All".to_owned())];
    let mut numbers = vec![1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50];
    numbers.extend(rule.most.filter(|n| !numbers.contains(n)));
    numbers.sort_unstable();
    most.extend(numbers.into_iter().map(|n| (Some(n), n.to_string())));
    if let Some(chosen) = fields::choice(ui, "At most", rule.most, &most) {
        rule.most = chosen;
    }
}

/// The query of its rule.
fn query(
    packet: &Packet,
    id: &SectionId,
    theory: Option<&str>,
    state: &mut State,
    desk: &mut Desk<'_>,
    ui: &mut Ui,
) {
    let slot = Slot::Of(id.clone(), Text::Query);
    let now = desk.session.packet_text(&packet.id, &slot);
    let mut text = now.unwrap_or_default().to_owned();
    let hint = match theory {
        Some(theory) => format!("All of {theory}"),
        None => "label:Entrapment stance:contests".to_owned(),
    };
    let field = QueryField {
        id: Id::unique(("packet query", &packet.id, id)),
        name: &inplace::name(&slot),
        hint: &hint,
    };
    let corpus = desk.session.corpus();
    let typed = field.show(&mut text, &mut state.rule_offers, &corpus, ui);
    let palette = theme::palette(ui.ctx());
    let wrong = Query::parse(&text).and_then(|q| q.check(&corpus)).err();
    if let Some(error) = wrong.filter(|_| !text.trim().is_empty()) {
        typed.told(&text, &error, ui, &palette);
    } else if text.trim().is_empty() && theory.is_none() {
        let told = "Without a theory a rule needs a query; it finds nothing yet.";
        ui.label(RichText::new(told).size(12.5).color(palette.dim));
    }
    let mut failed = None;
    if typed.changed {
        let written = desk.session.write_packet(&packet.id, slot, text, desk.time);
        failed = written.err();
    }
    if typed.done {
        failed = failed.or(desk.session.commit_draft().err());
    }
    desk.commands.extend(failed.map(Command::Fail));
}

/// How excerpts are laid out.
fn layout(new: &mut Section, packet: &Packet, id: &SectionId, desk: &mut Desk<'_>, ui: &mut Ui) {
    fields::caption(ui, "Layout");
    let now = match new.layout {
        Layout::List => Way::List,
        Layout::Sides(..) => Way::Sides,
        Layout::Authors => Way::Authors,
        Layout::Map => Way::Map,
    };
    let ways = [
        (Way::List, "List", "One after another"),
        (Way::Sides, "Two sides", "Two columns, as in a debate"),
        (
            Way::Authors,
            "By author",
            "Under their readings, each with its claims",
        ),
        (
            Way::Map,
            "Map",
            "A map of the theory, and a table with a row for each reading",
        ),
    ];
    match fields::segments(ui, now, &ways) {
        Some(Way::List) => new.layout = Layout::List,
        Some(Way::Sides) => new.layout = Layout::Sides("For".to_owned(), "Against".to_owned()),
        Some(Way::Authors) => new.layout = Layout::Authors,
        Some(Way::Map) => new.layout = Layout::Map,
        None => {}
    }
    if matches!(
        packet.sections.get(id).map(|s| &s.layout),
        Some(Layout::Sides(..))
    ) {
        for (side, hint) in [
            (Side::First, "Heading on the left"),
            (Side::Second, "Heading on the right"),
        ] {
            let slot = Slot::Of(id.clone(), Text::Heading(side));
            fields::text(&packet.id, slot, hint, desk, ui);
        }
    }
}

/// What is printed beside excerpts.
fn printed(new: &mut Section, ui: &mut Ui) {
    fields::caption(ui, "Also printed");
    ui.checkbox(&mut new.definitions, "Definitions of labels");
    ui.checkbox(&mut new.notes, "Notes under excerpts");
    ui.checkbox(&mut new.claims, "Claims from the comparison");
    ui.checkbox(&mut new.readings, "The readings of the packet");
    if let Some(lines) = fields::stepper(ui, "Lines to write on", new.lines, 40) {
        new.lines = lines;
    }
}
