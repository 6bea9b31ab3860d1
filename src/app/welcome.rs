//! What shows when there is no project, and when a project has no readings.

use egui::{Align, Button, Layout, RichText, Ui};

use super::{App, Command, Screen, action::Action, theme};

/// Shows the welcome page, or that a project is being opened.
pub fn show(app: &mut App, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let height = ui.available_height();
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space((height * 0.2).min(150.0));
        if let Screen::Opening(folder) = &app.screen {
            ui.spinner();
            ui.label(RichText::new(format!("Opening {}…", folder.display())).color(palette.dim));
            return;
        }
        ui.label(RichText::new("Glossator").font(theme::serif_bold(40.0)));
        let line = "Read, mark passages, tag them with the labels of a theory, and take the coded excerpts away.";
        ui.label(RichText::new(line).font(theme::serif(17.0)).color(palette.dim));
        ui.add_space(26.0);
        let button = |name: &str| Button::new(RichText::new(name).size(14.0)).min_size(egui::vec2(280.0, 36.0));
        for action in [Action::NewProject, Action::OpenProject, Action::OpenSample] {
            let info = action.info();
            if ui.add(button(info.name)).on_hover_text(info.help).clicked() {
                app.commands.push(Command::Do(action));
            }
        }
        if let Some(notice) = app.notice.as_ref().filter(|n| n.error) {
            ui.add_space(14.0);
            ui.set_max_width(620.0);
            ui.label(RichText::new(&notice.text).color(palette.error));
        }
        let recent: Vec<_> = app.settings.recent.iter().filter(|p| p.is_dir()).take(6).cloned().collect();
        if !recent.is_empty() {
            ui.add_space(22.0);
            ui.label(RichText::new("Recent projects").font(theme::sans_bold(12.0)).color(palette.dim));
            for path in recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                if ui.link(name).on_hover_text(path.display().to_string()).clicked() {
                    app.commands.push(Command::Open(path));
                }
            }
        }
        ui.add_space(22.0);
        ui.label(RichText::new("Or drop a project folder on this window.").color(palette.dim));
    });
}

/// Shows what to do in a project without readings.
pub fn empty_project(commands: &mut Vec<Command>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let height = ui.available_height();
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space((height * 0.28).min(220.0));
        ui.label(RichText::new("No readings yet").font(theme::serif_bold(26.0)));
        let line = "Drop PDFs, Word files, e-books, saved web pages or texts here, one or many, or whole folders.";
        ui.label(
            RichText::new(line)
                .font(theme::serif(16.0))
                .color(palette.dim),
        );
        ui.add_space(16.0);
        for action in [Action::Import, Action::OpenSample] {
            let info = action.info();
            let button = Button::new(info.name).min_size(egui::vec2(260.0, 34.0));
            if ui.add(button).on_hover_text(info.help).clicked() {
                commands.push(Command::Do(action));
            }
        }
    });
}
