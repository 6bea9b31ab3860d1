//! Exporting: what, in which format, of which highlights, and a preview of what will come out.

mod choice;
mod choices;
mod copy;
mod fields;
mod preview;
mod scope;
mod shown;

use std::{path::PathBuf, sync::Arc};

use egui::{Align, Layout, ScrollArea, Ui, vec2};
use jiff::Timestamp;

use self::{
    choice::{Choice, Chosen},
    preview::Preview,
    scope::Scope,
    shown::Textures,
};
use super::{buttons, save::SavePath};
use crate::{
    app::{
        App, Session,
        exporting::{Exported, Exporting},
        jobs::Ask,
        settings::Settings,
    },
    delivery::{self, Delivered, Undelivered},
    export::{
        self,
        order::{Kind, Progress, Surroundings, What},
    },
    model::{CoderId, Project, ReadingId},
    seeds,
    text::counted,
};

/// How wide what can be chosen is, in points.
const CHOICES: f32 = 280.0;

/// The dialog.
pub struct ExportDialog {
    choice: Choice,
    scopes: Arc<Vec<Scope>>,
    open: Option<ReadingId>,
    project: Arc<Project>,
    revision: u64,
    coders: Vec<CoderId>,
    path: SavePath,
    preview: Preview,
    textures: Textures,
}

impl ExportDialog {
    /// What the view that shows stands for, as it was exported the last time.
    pub fn new(session: &Session, settings: &Settings) -> Self {
        let project = session.project();
        let mut dialog = Self {
            choice: Choice::of(session, settings),
            scopes: Arc::new(Scope::of(session)),
            open: session.reading.clone(),
            project: Arc::new(project.clone()),
            revision: session.revision,
            coders: project.coders().into_iter().collect(),
            path: SavePath::default(),
            preview: Preview::default(),
            textures: Textures::default(),
        };
        dialog.offer();
        dialog
    }

    /// Of that.
    pub fn of(mut self, what: What) -> Self {
        self.choice.kind = what.kind();
        match what {
            What::Annotated(reading) => self.choice.readings = vec![reading],
            What::Packet(packet) => self.choice.packet = Some(packet),
            What::Excerpts | What::Codebook => {}
        }
        self.offer();
        self
    }

    /// Of these highlights.
    pub fn only(mut self, chosen: export::Chosen) -> Self {
        let mut scopes = vec![Scope::chosen(chosen)];
        scopes.extend_from_slice(&self.scopes);
        self.scopes = Arc::new(scopes);
        self.choice.kind = Kind::Excerpts;
        self.offer();
        self
    }

    pub(super) fn picked(&mut self, paths: Vec<PathBuf>) {
        self.path.picked(paths);
    }

    /// What threads get.
    fn chosen(&self) -> Chosen {
        Chosen {
            choice: self.choice.clone(),
            scopes: Arc::clone(&self.scopes),
            open: self.open.clone(),
            project: Arc::clone(&self.project),
        }
    }

    /// Offers a path for what is chosen.
    fn offer(&mut self) {
        let chosen = self.chosen();
        match chosen.is_folder() {
            true => self.path.offer_folder(&chosen.name()),
            false => {
                let ending = self.choice.format().ending();
                self.path.offer(&chosen.name(), ending);
            }
        }
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        self.follow(app);
        let height = (ui.ctx().content_rect().height() - 250.0).clamp(130.0, 620.0);
        let row = vec2(ui.available_width(), height);
        let before = self.choice.clone();
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Min), |ui| {
            ui.vertical(|ui| {
                ui.set_width(CHOICES);
                ui.set_height(height);
                ScrollArea::vertical()
                    .id_salt("export choices")
                    .auto_shrink(false)
                    .show(ui, |ui| self.choices(ui));
            });
            ui.add_space(10.0);
            ui.vertical(|ui| self.previewed(app, ui, height));
        });
        if before != self.choice {
            self.offer();
            self.remember(app);
        }
        ui.add_space(4.0);
        self.place(app, ui)
    }

    /// Takes the project as it is now.
    fn follow(&mut self, app: &App) {
        if let Some(session) = app.session().filter(|s| s.revision != self.revision) {
            self.project = Arc::new(session.project().clone());
            self.revision = session.revision;
        }
    }

    /// Keeps the choices for the next time.
    fn remember(&self, app: &mut App) {
        let settings = &mut app.settings;
        let is_new =
            settings.export != self.choice.settings || settings.citation != self.choice.citation;
        if is_new {
            settings.export = self.choice.settings.clone();
            settings.citation = self.choice.citation;
            app.save_settings();
        }
    }

    fn previewed(&mut self, app: &App, ui: &mut Ui, height: f32) {
        let width = (ui.available_width() - 44.0).max(120.0) * ui.ctx().pixels_per_point();
        let key = (self.revision, self.choice.clone(), width as u32);
        let chosen = self.chosen();
        self.preview.ask(&app.workers, key, || chosen);
        shown::show(ui, &self.preview, &mut self.textures, height);
    }

    /// The place for the file, and the buttons.
    fn place(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let is_folder = self.chosen().is_folder();
        match is_folder {
            true => self.path.folder_row(app, ui, "Export to"),
            false => {
                let name = format!(
                    "{}.{}",
                    self.choice.kind.word(),
                    self.choice.format().ending()
                );
                self.path.row(app, ui, Ask::Save(name), "Export to");
            }
        }
        let fits = self.path.check(app, ui) && self.choice.mistake().is_none();
        let ready = fits && app.exporting.is_none();
        if self.copies() && ui.button("Copy to the clipboard").clicked() && app.exporting.is_none()
        {
            app.exporting = Some(self.copy(app, ui.ctx()));
        }
        let (cancelled, done) = buttons(ui, self.path.verb("Export"), ready);
        if done {
            app.exporting = Some(self.export(app));
        }
        cancelled || done
    }

    /// Writes what was chosen on a thread, from the project as it is now.
    fn export(&self, app: &App) -> Exporting {
        let (chosen, path) = (self.chosen(), self.path.path());
        let is_folder = chosen.is_folder();
        Exporting::start(&app.workers, move |progress| {
            let files = chosen.files()?;
            let around = around(progress);
            let project = &chosen.project;
            let delivered = match files.as_slice() {
                [one] if !is_folder => delivery::deliver(project, &path, &one.order, around),
                several => delivery::deliver_all(project, &path, several, around),
            };
            told(delivered, path)
        })
    }
}

/// What an export needs from outside.
fn around(progress: &Progress) -> Surroundings<'_> {
    Surroundings {
        now: Timestamp::now(),
        fonts: seeds::page_fonts(),
        progress,
    }
}

/// What is told of an export.
fn told(delivered: Result<Delivered, Undelivered>, path: PathBuf) -> Result<Exported, String> {
    match delivered {
        Ok(delivered) => Ok(Exported {
            text: match delivered.files.as_slice() {
                [_] => format!("Exported to {}.", path.display()),
                files => {
                    let files = counted(files.len(), "file");
                    format!("Exported {files} to {}.", path.display())
                }
            },
            path: Some(path),
        }),
        Err(why) if why.is_cancelled() => Ok(format!("{why}").into()),
        Err(why) => Err(why.to_string()),
    }
}
