//! Where a file goes: a field to type in, the system's dialog, and what is said of the place.

use std::path::{Path, PathBuf};

use egui::{RichText, TextEdit, Ui};

use super::paths::expand;
use crate::{
    app::{App, jobs::Ask, theme},
    export::order::Format,
    store::{is_own_file, write_file},
};

/// The path of a file that is to be written.
#[derive(Default)]
pub(super) struct SavePath {
    typed: String,
    /// Whether someone chose it; else another can be offered.
    chosen: bool,
}

impl SavePath {
    /// Offers a place among the person's documents under that name, unless they chose one: then only its ending follows.
    pub fn offer(&mut self, name: &str, extension: &str) {
        match self.chosen {
            true => self.end_in(extension),
            false => self.typed = usual_path(name, extension),
        }
    }

    /// Offers a folder among the person's documents, unless they chose a place.
    pub fn offer_folder(&mut self, name: &str) {
        match self.chosen {
            true => {
                let path = Path::new(&self.typed);
                if path.extension().is_some() && !path.is_dir() {
                    self.typed = path.with_extension("").display().to_string();
                }
            }
            false => self.typed = usual_path(name, ""),
        }
    }

    /// Changes the ending to another format's, where it has one.
    fn end_in(&mut self, extension: &str) {
        let path = Path::new(&self.typed);
        let known =
            |old: &str| ["png", "svg", "json"].contains(&old) || Format::of_ending(old).is_some();
        let old = path.extension().and_then(|e| e.to_str());
        let is_bare = old.is_none() && !path.is_dir() && path.file_name().is_some();
        if is_bare || old.is_some_and(|old| old != extension && known(old)) {
            self.typed = path.with_extension(extension).display().to_string();
        }
    }

    /// A path came from the system's dialog.
    pub fn picked(&mut self, paths: Vec<PathBuf>) {
        if let Some(path) = paths.into_iter().next() {
            self.typed = path.display().to_string();
            self.chosen = true;
        }
    }

    /// The field, and a button for the system's dialog.
    pub fn row(&mut self, app: &mut App, ui: &mut Ui, ask: Ask, title: &str) {
        self.asked(app, ui, "File", ask, title);
    }

    /// The same for a folder.
    pub fn folder_row(&mut self, app: &mut App, ui: &mut Ui, title: &str) {
        self.asked(app, ui, "Folder", Ask::Folder, title);
    }

    fn asked(&mut self, app: &mut App, ui: &mut Ui, name: &str, ask: Ask, title: &str) {
        ui.horizontal(|ui| {
            let label = ui.label(name);
            let width = ui.available_width() - 106.0;
            let response = ui
                .add(TextEdit::singleline(&mut self.typed).desired_width(width))
                .labelled_by(label.id);
            if response.changed() {
                self.chosen = true;
            }
            if ui.button("Browse…").clicked() {
                app.paths.ask(ask, title);
            }
        });
    }

    /// The path.
    pub fn path(&self) -> PathBuf {
        expand(self.typed.trim())
    }

    /// Whether a file can go there; says why not.
    pub fn check(&self, app: &App, ui: &mut Ui) -> bool {
        let own = app
            .session()
            .is_some_and(|s| is_own_file(s.folder(), &self.path()));
        if own {
            let color = theme::palette(ui.ctx()).error;
            ui.label(
                RichText::new("That is a file of the project itself; choose another.").color(color),
            );
        }
        !own && !self.typed.trim().is_empty()
    }

    /// What the button is called that writes the file.
    pub fn verb(&self, verb: &'static str) -> &'static str {
        match self.path().is_file() {
            true => "Replace the file",
            false => verb,
        }
    }
}

/// A name among the person's documents that is still free: what was written before may have been worked on since.
fn usual_path(name: &str, extension: &str) -> String {
    let clean: String = name
        .chars()
        .map(|c| if "/\\:*?\"<>|".contains(c) { '-' } else { c })
        .collect();
    let folder =
        directories::UserDirs::new().map(|d| d.document_dir().unwrap_or(d.home_dir()).to_owned());
    let folder = folder.unwrap_or_default();
    let dot = if extension.is_empty() { "" } else { "." };
    let numbered = (2..1000).map(|n| format!("{clean} {n}{dot}{extension}"));
    let names = std::iter::once(format!("{clean}{dot}{extension}")).chain(numbered);
    let free = names
        .map(|name| folder.join(name))
        .find(|path| !path.exists());
    free.unwrap_or_else(|| folder.join(clean))
        .display()
        .to_string()
}

/// Writes a file whole or not at all; what is to be told of it.
pub(super) fn written(path: &Path, contents: &[u8], done: &str) -> Result<String, String> {
    write_file(path, contents)
        .map(|()| format!("{done} to {}.", path.display()))
        .map_err(|error| {
            format!(
                "{} could not be written: {error}. Choose another folder.",
                path.display()
            )
        })
}
