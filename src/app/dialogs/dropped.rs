//! What to do with a file that was dropped on a reading. The system does not tell where a file hovers before it is dropped, so
//! that nothing can be shown there in time: it is asked.

use std::path::PathBuf;

use egui::{Key, RichText, Ui};

use super::dim;
use crate::{
    app::{App, Command, theme},
    model::{Reading, ReadingId},
};

/// The dialog.
pub struct Dropped {
    id: ReadingId,
    title: String,
    path: PathBuf,
    fresh: bool,
}

impl Dropped {
    /// Of a reading and a file.
    pub fn new(reading: &Reading, path: PathBuf) -> Self {
        Self {
            id: reading.id.clone(),
            title: reading.meta.title.clone(),
            path,
            fresh: true,
        }
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let palette = theme::palette(ui.ctx());
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        ui.label(format!("“{name}” was dropped on “{}”.", self.title));
        dim(
            ui,
            "As a new version it takes the reading's place, and the highlights go along. Undo takes either back.",
        );
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            let text = RichText::new("Replace the reading")
                .font(theme::sans_bold(13.5))
                .color(palette.on_accent);
            let replace = egui::Button::new(text)
                .fill(palette.accent)
                .stroke(egui::Stroke::NONE);
            let replace = ui.add(replace);
            if std::mem::take(&mut self.fresh) {
                replace.request_focus();
            }
            let enter =
                !ui.memory(|m| m.focused().is_some()) && ui.input(|i| i.key_pressed(Key::Enter));
            if replace.clicked() || enter {
                let (id, path) = (self.id.clone(), self.path.clone());
                app.commands.push(Command::Replace(id, path, None));
                return true;
            }
            if ui.button("Add it as another reading").clicked() {
                app.commands.push(Command::Import(vec![self.path.clone()]));
                return true;
            }
            ui.button("Cancel").clicked()
        })
        .inner
    }
}
