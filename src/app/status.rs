//! The line at the bottom: what is selected, what is going on, who edits, and when the last edit reached the disk.

use std::path::Path;

use egui::{Align, Button, Layout, RichText, Ui};

use super::{App, Command, Screen, View, action::Action, theme, words};

/// Shows the line.
pub fn show(app: &mut App, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let dim = |text: String| RichText::new(text).size(12.0).color(palette.dim);
    ui.horizontal_centered(|ui| {
        if let Some(notice) = &app.notice {
            let color = if notice.error {
                palette.error
            } else {
                palette.ink
            };
            let text = RichText::new(&notice.text).size(12.5).color(color);
            let width = (ui.available_width() - 330.0).max(120.0);
            let width = width - if notice.path.is_some() { 150.0 } else { 0.0 };
            let shown = egui::Label::new(text).truncate();
            ui.allocate_ui(egui::vec2(width, 20.0), |ui| ui.add(shown));
            if let Some(path) = &notice.path {
                open(ui, path);
            }
        } else {
            ui.label(dim(place(app)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            saved(app, ui, &palette);
            if app.session().is_some() {
                let text = dim(format!("Coder: {}", app.settings.coder_id()));
                let button = Button::new(text).small().frame_when_inactive(false);
                if ui
                    .add(button)
                    .on_hover_text(Action::Coder.info().help)
                    .clicked()
                {
                    app.commands.push(Command::Do(Action::Coder));
                }
            }
            progress(app, ui);
        });
    });
}

/// Buttons that open a file and the folder it is in, with what the system opens them with.
fn open(ui: &mut Ui, path: &Path) {
    let folder = path.parent().filter(|_| path.is_file());
    let offered = [("Open", Some(path)), ("Show in folder", folder)];
    for (name, path) in offered {
        let Some(path) = path else { continue };
        if ui.small_button(name).clicked() {
            ui.ctx()
                .open_url(egui::OpenUrl::new_tab(words::address(path)));
        }
    }
}

fn place(app: &App) -> String {
    let Some(session) = app.session() else {
        return String::new();
    };
    if session.view == View::Compare {
        return session.compare.summary();
    }
    if session.view == View::Packet {
        return session.packet.summary();
    }
    if session.view == View::Excerpts {
        return session.excerpts.told();
    }
    let Some(shelf) = session.shelf() else {
        return String::new();
    };
    let reading = &shelf.reading;
    let focus = session.focused().map(|h| h.span);
    match session.reader.selected().or(focus) {
        Some(span) => {
            let what = if session.reader.selected().is_some() {
                "selected"
            } else {
                "in the highlight"
            };
            let at = words::locator(reading, span);
            format!("{at} · {} {what}", words::length(reading, span))
        }
        None => {
            let at = session.reader.visible().start;
            let paragraph = reading.text.paragraph_at(at).unwrap_or_default() + 1;
            let paragraphs = words::grouped(reading.text.paragraphs().len());
            let page = match reading.pages(crate::text::Span::new(at, at)) {
                Some(page) => format!("Page {page} · "),
                None => String::new(),
            };
            format!("{page}¶{paragraph} of {paragraphs}")
        }
    }
}

fn saved(app: &App, ui: &mut Ui, palette: &theme::Palette) {
    let Some(session) = app.session() else { return };
    let writing = session.note.as_ref().is_some_and(|n| n.touched.is_some());
    let claiming = session.claim.as_ref().is_some_and(|c| c.touched.is_some());
    let (text, color) = match session.workspace().map(|w| w.status()) {
        Some(status) if claiming && status.error.is_none() => {
            ("Saving the claim…".to_owned(), palette.dim)
        }
        Some(status) if writing && status.error.is_none() => {
            ("Saving the note…".to_owned(), palette.dim)
        }
        None => ("Reading the highlights…".to_owned(), palette.dim),
        Some(status) => match (&status.error, status.unsaved, status.saved_at) {
            (Some(error), _, _) => (format!("Not saved: {error}"), palette.error),
            (None, 0, Some(at)) => (
                format!("Every edit saved · {}", words::clock(at)),
                palette.dim,
            ),
            (None, 0, None) => ("Every edit saved".to_owned(), palette.dim),
            (None, n, _) => (
                format!("Saving {}…", words::counted(n, "edit")),
                palette.dim,
            ),
        },
    };
    let label = egui::Label::new(RichText::new(&text).size(12.0).color(color)).truncate();
    ui.add(label).on_hover_text(text);
}

fn progress(app: &App, ui: &mut Ui) {
    if let Screen::Opening(_) = app.screen {
        ui.spinner();
    }
    if let Some(exporting) = &app.exporting {
        let (told, cancels) = exporting.told();
        if cancels && ui.small_button("Cancel").clicked() {
            exporting.cancel();
        }
        ui.label(RichText::new(told).size(12.0));
        ui.add(egui::Spinner::new().size(14.0));
    }
    if app.finding.is_some() {
        ui.label(RichText::new("Looking for their places…").size(12.0));
        ui.add(egui::Spinner::new().size(14.0));
    }
    if let Some(revising) = &app.revising {
        if ui.small_button("Cancel").clicked() {
            revising.progress.cancel();
        }
        ui.label(RichText::new("Reading the new version…").size(12.0));
        ui.add(egui::Spinner::new().size(14.0));
    }
    let Some(import) = &app.importing else { return };
    let progress = &import.progress;
    if ui.small_button("Cancel").clicked() {
        progress.cancel();
    }
    let told = match (progress.is_cancelled(), progress.total()) {
        (true, _) => "Stopping the import…".to_owned(),
        (_, 0) => "Looking for files…".to_owned(),
        (_, total) => format!("Importing {} of {total}", progress.done()),
    };
    let now = progress.reading().join("\n");
    ui.label(RichText::new(told).size(12.0)).on_hover_text(now);
    ui.add(egui::Spinner::new().size(14.0));
}
