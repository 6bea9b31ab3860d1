//! Saving a table of what was found.

use std::{path::PathBuf, sync::Arc};

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::{
    buttons,
    picture::usual_name,
    save::{SavePath, written},
};
use crate::{
    app::{
        App, access,
        exporting::Exporting,
        jobs::Ask,
        settings::{Settings, TableFormat, TableSettings},
        theme,
        worker::Worked,
    },
    export::finding::Finding,
};

/// How much of the file shows, in bytes.
const PREVIEW: usize = 6_000;

/// The dialog.
pub struct TableDialog {
    finding: Arc<Finding>,
    settings: TableSettings,
    path: SavePath,
    preview: Worked<TableSettings, String>,
}

/// The file.
fn file(finding: &Finding, settings: &TableSettings) -> String {
    match settings.format {
        TableFormat::Csv => finding.table().csv(settings.mark),
        TableFormat::Tsv => finding.table().tsv(),
        TableFormat::Json => finding.json(),
        TableFormat::Ron => finding.ron(),
    }
}

impl TableDialog {
    /// With the choices of the last time.
    pub fn new(finding: Finding, settings: &Settings) -> Self {
        let mut path = SavePath::default();
        path.offer(&usual_name(&finding), settings.table.format.extension());
        Self {
            finding: Arc::new(finding),
            settings: settings.table.clone(),
            path,
            preview: Worked::default(),
        }
    }

    pub(super) fn picked(&mut self, paths: Vec<PathBuf>) {
        self.path.picked(paths);
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let before = self.settings.format;
        for (format, name) in TableFormat::ALL {
            ui.radio_value(&mut self.settings.format, format, name);
        }
        if before != self.settings.format {
            let name = usual_name(&self.finding);
            self.path.offer(&name, self.settings.format.extension());
        }
        if self.settings.format == TableFormat::Csv {
            ui.checkbox(&mut self.settings.mark, "For Excel")
                .on_hover_text("Begins the file with a mark by which Excel knows its letters.");
        }
        if app.settings.table != self.settings {
            app.settings.table = self.settings.clone();
            app.save_settings();
        }
        ui.add_space(4.0);
        self.preview(app, ui);
        let format = self.settings.format;
        let ask = Ask::Save(format.file_name().to_owned());
        self.path.row(app, ui, ask, "Save table to");
        if ui.button("Copy to the clipboard").clicked() {
            ui.ctx().copy_text(file(&self.finding, &self.settings));
            app.tell("Table copied.".to_owned());
        }
        let fits = self.path.check(app, ui);
        let ready = fits && app.exporting.is_none();
        let (cancelled, done) = buttons(ui, self.path.verb("Save"), ready);
        if done {
            let (finding, settings) = (Arc::clone(&self.finding), self.settings.clone());
            let path = self.path.path();
            app.exporting = Some(Exporting::at_once(&app.workers, move || {
                written(&path, file(&finding, &settings).as_bytes(), "Saved")
            }));
            return true;
        }
        cancelled
    }

    /// The beginning of the file.
    fn preview(&mut self, app: &App, ui: &mut Ui) {
        let palette = theme::palette(ui.ctx());
        let height = (ui.ctx().content_rect().height() - 420.0).clamp(100.0, 300.0);
        let (finding, settings) = (Arc::clone(&self.finding), self.settings.clone());
        let work = move || {
            let mut text = file(&finding, &settings);
            let cut = (0..=PREVIEW.min(text.len()))
                .rev()
                .find(|&i| text.is_char_boundary(i));
            text.truncate(cut.unwrap_or_default());
            text
        };
        let shown = self.preview.get(&app.workers, self.settings.clone(), work);
        egui::Frame::new()
            .fill(palette.paper)
            .inner_margin(10)
            .corner_radius(6)
            .show(ui, |ui| {
                ScrollArea::both()
                    .id_salt("table preview")
                    .max_height(height)
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        let Some(text) = shown else {
                            ui.spinner();
                            return;
                        };
                        let mut text = text.as_str();
                        let edit = TextEdit::multiline(&mut text)
                            .frame(egui::Frame::NONE)
                            .font(theme::mono(12.0))
                            .text_color(palette.ink)
                            .background_color(egui::Color32::TRANSPARENT)
                            .desired_width(f32::INFINITY);
                        access::name(&ui.add(edit), "Preview");
                    });
            });
        if shown_is_cut(shown) {
            ui.label(
                RichText::new("The preview shows the beginning.")
                    .size(12.5)
                    .color(palette.dim),
            );
        }
    }
}

fn shown_is_cut(text: Option<&String>) -> bool {
    text.is_some_and(|text| text.len() + 4 > PREVIEW)
}
