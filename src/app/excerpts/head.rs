//! Above the list: the filters, how many excerpts pass, how they are grouped and sorted.

use egui::{Button, RichText, Role, Ui, WidgetInfo, containers::menu::MenuButton, text::LayoutJob};

use super::{Request, state::State};
use crate::{
    analysis::excerpts::{Arrangement, Grouping, Sorting},
    app::{
        Command,
        theme::{self, Palette},
        words,
    },
};

/// What lists are grouped by, with the words for it.
pub(super) const GROUPINGS: [(Grouping, &str); 5] = [
    (Grouping::Label, "label"),
    (Grouping::Reading, "reading"),
    (Grouping::Stance, "stance"),
    (Grouping::Coder, "coder"),
    (Grouping::None, "nothing"),
];

/// What lists are sorted by: the word for settings, and how people are told.
pub(super) const SORTINGS: [(Sorting, &str, &str); 5] = [
    (Sorting::Place, "place", "place in the text"),
    (Sorting::Created, "created", "when it was coded"),
    (Sorting::Changed, "changed", "when it was changed"),
    (Sorting::Length, "length", "length"),
    (Sorting::Year, "year", "year and author"),
];

/// The words for how a list is arranged: what it is grouped and sorted by.
fn told(arrangement: Arrangement) -> (&'static str, &'static str) {
    let grouping = GROUPINGS.iter().find(|(g, _)| *g == arrangement.grouping);
    let sorting = SORTINGS.iter().find(|(s, ..)| *s == arrangement.sorting);
    (
        grouping.map_or("", |(_, name)| name),
        sorting.map_or("", |(_, _, name)| name),
    )
}

/// How many excerpts there are, and the menus of how they are arranged.
pub(super) fn arrangement(
    state: &State,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
) {
    ui.spacing_mut().item_spacing.x = 0.0;
    if let Some((shown, _)) = state.counts() {
        let text = words::counted(shown, "excerpt");
        ui.label(RichText::new(text).size(12.5).color(palette.dim));
    }
    let now = state.arrangement;
    let (grouping, sorting) = told(now);
    let mut chosen = None;
    menu(ui, palette, " · group by ", grouping, |ui| {
        for (grouping, name) in GROUPINGS {
            if ui.selectable_label(now.grouping == grouping, name).clicked() {
                chosen = Some(Arrangement { grouping, ..now });
            }
        }
    });
    menu(ui, palette, " · sort by ", sorting, |ui| {
        for (sorting, _, name) in SORTINGS {
            if ui.selectable_label(now.sorting == sorting, name).clicked() {
                chosen = Some(Arrangement { sorting, ..now });
            }
        }
        ui.separator();
        let mut descending = now.descending;
        if ui.checkbox(&mut descending, "The other way round").changed() {
            chosen = Some(Arrangement { descending, ..now });
        }
    });
    if let Some(arrangement) = chosen {
        commands.push(Command::Excerpts(Request::Arrange(arrangement)));
    }
}

/// A menu that looks like the text it stands in.
fn menu(ui: &mut Ui, palette: &Palette, before: &str, now: &str, entries: impl FnOnce(&mut Ui)) {
    let mut job = LayoutJob::default();
    let format = |font| egui::TextFormat::simple(font, palette.dim);
    job.append(before, 0.0, format(theme::sans(12.5)));
    job.append(now, 0.0, format(theme::sans_bold(12.5)));
    ui.spacing_mut().button_padding.x = 0.0;
    let button = Button::new(job).small().frame_when_inactive(false);
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.spacing_mut().button_padding.x = 10.0;
        entries(ui);
    });
    let name = format!("{} {now}", before.trim_matches([' ', '·']));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
}
