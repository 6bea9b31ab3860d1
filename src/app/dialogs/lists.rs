//! Lists to read: problems and shortcuts.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::dim;
use crate::app::{
    App, Command, Screen,
    action::{Action, READER_KEYS},
    theme,
};
use crate::{
    model::Label,
    store::{Problem, ProblemKind},
};

/// What could not be read when the project was opened; true when it is done.
pub fn problems(app: &mut App, ui: &mut Ui) -> bool {
    let App {
        screen: Screen::Open(session),
        commands,
        ..
    } = app
    else {
        return true;
    };
    let palette = theme::palette(ui.ctx());
    dim(
        ui,
        "Nothing that could not be read is overwritten; your own edits stay in the history.",
    );
    let height = ui.ctx().content_rect().height() * 0.6;
    ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for problem in &session.problems {
                ui.label(RichText::new(place(problem)).font(theme::sans_bold(12.5)));
                ui.label(&problem.what);
                ui.label(RichText::new(&problem.hint).color(palette.dim));
                if let ProblemKind::Conflict { ours, theirs } = &problem.kind
                    && let Some(label) = choose(
                        ui,
                        session.project().label(&ours.id).unwrap_or(ours),
                        theirs,
                    )
                {
                    commands.push(Command::Settle(label));
                }
                ui.add_space(8.0);
            }
        });
    ui.button("Close").clicked() || session.problems.is_empty()
}

/// Offers both versions of a label.
fn choose(ui: &mut Ui, ours: &Label, theirs: &Label) -> Option<Label> {
    let mut chosen = None;
    for (label, verb) in [
        (ours, "Keep this version"),
        (theirs, "Take the other version"),
    ] {
        ui.horizontal_top(|ui| {
            let response = ui.button(verb);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(
                    egui::Role::Button,
                    true,
                    format!("{verb} of {}", label.name),
                )
            });
            if response.clicked() {
                chosen = Some(label.clone());
            }
            let cues = label.cues.join(", ");
            let parts = [
                &label.name,
                &label.definition,
                &label.when,
                &label.when_not,
                &label.source,
                &cues,
            ];
            let told: Vec<_> = parts
                .into_iter()
                .filter(|p| !p.is_empty())
                .map(String::as_str)
                .collect();
            ui.add(egui::Label::new(told.join(" · ")).wrap());
        });
    }
    chosen
}

/// `file:line:column`.
fn place(problem: &Problem) -> String {
    let mut out = problem.path.display().to_string();
    for n in [problem.line, problem.column].into_iter().flatten() {
        out.push_str(&format!(":{n}"));
    }
    out
}

/// All keys; true when it is done.
pub fn shortcuts(ui: &mut Ui) -> bool {
    let height = ui.ctx().content_rect().height() * 0.65;
    ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            Grid::new("shortcuts")
                .num_columns(2)
                .spacing([26.0, 6.0])
                .show(ui, |ui| {
                    for (keys, what) in READER_KEYS {
                        ui.label(RichText::new(*keys).font(theme::sans_bold(12.5)));
                        ui.label(*what);
                        ui.end_row();
                    }
                    for action in Action::ALL {
                        let info = action.info();
                        if info.keys.is_empty() {
                            continue;
                        }
                        let keys: Vec<_> = info
                            .keys
                            .iter()
                            .map(|k| ui.ctx().format_shortcut(k))
                            .collect();
                        ui.label(RichText::new(keys.join(", ")).font(theme::sans_bold(12.5)));
                        ui.label(info.name.trim_end_matches('…'));
                        ui.end_row();
                    }
                });
        });
    ui.add_space(8.0);
    ui.button("Close").clicked()
}
