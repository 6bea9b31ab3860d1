//! The list of edits: who, when, what; and going back to any point.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::dim;
use crate::{
    app::{App, Command, theme, words},
    edit::{Head, Kind},
};

/// The list of edits, gathered again only when there are more.
#[derive(Default)]
pub struct HistoryList {
    revision: Option<u64>,
    heads: Vec<Head>,
}

/// Shows the list, newest first; true when it is done.
pub fn show(list: &mut HistoryList, app: &mut App, ui: &mut Ui) -> bool {
    let palette = theme::palette(ui.ctx());
    let Some((session, workspace)) = app.session().and_then(|s| Some((s, s.workspace()?))) else {
        return true;
    };
    if list.revision != Some(session.revision) {
        list.revision = Some(session.revision);
        list.heads = workspace.all_heads();
    }
    let heads = &list.heads;
    let coder = workspace.coder().clone();
    let last = workspace.history().heads().last().map(|h| h.n);
    let mut go = None;
    dim(
        ui,
        format!(
            "{}. Going back undoes all of your later edits at once; that can itself be undone.",
            words::counted(heads.len(), "edit")
        ),
    );
    let height = (ui.ctx().content_rect().height() - 260.0).max(150.0);
    ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, true])
        .show_rows(ui, 26.0, heads.len() + 1, |ui, rows| {
            for row in rows {
                ui.horizontal(|ui| {
                    let Some(head) = heads.len().checked_sub(row + 1).and_then(|i| heads.get(i))
                    else {
                        ui.label(RichText::new("The beginning").color(palette.dim));
                        back(ui, "Go back to the beginning", &mut go, 0);
                        return;
                    };
                    let when = format!("{} {}", words::day(head.at), words::clock(head.at));
                    ui.label(RichText::new(when).size(12.0).color(palette.dim));
                    ui.label(RichText::new(head.by.as_str()).font(theme::sans_bold(12.0)));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        if head.by == coder && Some(head.n) != last {
                            let name = format!("Go back to just after edit {}", head.n);
                            back(ui, &name, &mut go, head.n);
                        }
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            ui.add(egui::Label::new(words_of(head)).truncate());
                        });
                    });
                });
            }
        });
    if let Some(n) = go {
        app.commands.push(Command::GoBack(n));
    }
    ui.add_space(8.0);
    ui.button("Close").clicked()
}

fn back(ui: &mut Ui, name: &str, go: &mut Option<u64>, n: u64) {
    let response = ui.small_button("Go back here").on_hover_text(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    if response.clicked() {
        *go = Some(n);
    }
}

fn words_of(head: &Head) -> String {
    match head.kind {
        Kind::Do | Kind::Undo(_) | Kind::Redo(_) => head.what.clone(),
        Kind::GoBack(0) => "Go back to the beginning".to_owned(),
        Kind::GoBack(n) => format!("Go back to just after edit {n}"),
    }
}
