//! Above the list: the filters, how many excerpts pass, how they are grouped and sorted.

use egui::{
    Align, Button, Color32, Layout, Rect, RichText, Role, Ui, UiBuilder, WidgetInfo,
    containers::menu::MenuButton, pos2, text::LayoutJob, vec2,
};

use super::{Request, chips, measure, query_box, state::State};
use crate::{
    analysis::{
        Corpus,
        excerpts::{Arrangement, Grouping, Sorting},
    },
    app::{
        Command, Session,
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
    (Sorting::Place, "place", "place"),
    (Sorting::Created, "created", "date coded"),
    (Sorting::Changed, "changed", "date changed"),
    (Sorting::Length, "length", "length"),
    (Sorting::Year, "year", "year"),
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

/// Shows all of it.
pub(super) fn show(
    state: &mut State,
    session: &Session,
    corpus: &Corpus,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
) {
    let full = ui.available_rect_before_wrap();
    let column = measure::column(full);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(column));
    inner.add_space(18.0);
    let beside = column.width() > 720.0;
    let needed = room(state, ui);
    let width = column.width() - if beside { needed + 12.0 } else { 0.0 };
    let top = inner.cursor().top();
    let ui_chips = &mut inner;
    ui_chips.allocate_ui_with_layout(
        vec2(width, 0.0),
        Layout::left_to_right(Align::Center).with_main_wrap(true),
        |ui| chips::show(state, session, corpus, commands, ui, palette),
    );
    let (left, top) = match beside {
        true => (column.right() - needed, top),
        false => (column.left(), inner.min_rect().bottom() + 6.0),
    };
    let rect = Rect::from_min_max(pos2(left, top), pos2(column.right(), top + 26.0));
    let layout = match beside {
        true => Layout::right_to_left(Align::Center),
        false => Layout::left_to_right(Align::Center),
    };
    inner.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        arrangement(state, commands, ui, palette, beside);
    });
    query_box::show(state, corpus, &mut inner, palette);
    inner.add_space(8.0);
    ui.advance_cursor_after_rect(Rect::from_min_max(
        full.min,
        pos2(full.right(), inner.min_rect().bottom()),
    ));
}

/// How wide that is which tells how the list is arranged.
fn room(state: &State, ui: &Ui) -> f32 {
    let count = state.counts().map_or(0, |(shown, _)| shown);
    let (grouping, sorting) = told(state.arrangement);
    let count = words::counted(count, "excerpt");
    let text = format!("{count} · group by {grouping} · sort by {sorting}");
    let galley = ui
        .painter()
        .layout_no_wrap(text, theme::sans_bold(12.5), Color32::BLACK);
    galley.size().x + 4.0
}

/// How many excerpts there are, and the menus of how they are arranged.
fn arrangement(
    state: &State,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    palette: &Palette,
    backwards: bool,
) {
    ui.spacing_mut().item_spacing.x = 0.0;
    let count = |ui: &mut Ui| {
        if let Some((shown, _)) = state.counts() {
            let text = words::counted(shown, "excerpt");
            ui.label(RichText::new(text).size(12.5).color(palette.dim));
        }
    };
    let now = state.arrangement;
    let mut chosen = None;
    if backwards {
        sorting(ui, palette, now, &mut chosen);
        grouping(ui, palette, now, &mut chosen);
        count(ui);
    } else {
        count(ui);
        grouping(ui, palette, now, &mut chosen);
        sorting(ui, palette, now, &mut chosen);
    }
    if let Some(arrangement) = chosen {
        commands.push(Command::Excerpts(Request::Arrange(arrangement)));
    }
}

fn grouping(ui: &mut Ui, palette: &Palette, now: Arrangement, chosen: &mut Option<Arrangement>) {
    menu(ui, palette, " · group by ", told(now).0, |ui| {
        for (grouping, name) in GROUPINGS {
            if ui
                .selectable_label(now.grouping == grouping, name)
                .clicked()
            {
                *chosen = Some(Arrangement { grouping, ..now });
            }
        }
    });
}

fn sorting(ui: &mut Ui, palette: &Palette, now: Arrangement, chosen: &mut Option<Arrangement>) {
    menu(ui, palette, " · sort by ", told(now).1, |ui| {
        for (sorting, _, name) in SORTINGS {
            if ui.selectable_label(now.sorting == sorting, name).clicked() {
                *chosen = Some(Arrangement { sorting, ..now });
            }
        }
        ui.separator();
        let mut descending = now.descending;
        if ui
            .checkbox(&mut descending, "The other way round")
            .changed()
        {
            *chosen = Some(Arrangement { descending, ..now });
        }
    });
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
