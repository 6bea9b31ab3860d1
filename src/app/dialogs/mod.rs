//! What opens over the window. Each dialog keeps its own state, reads the app and sends commands; Esc closes it.

mod attribute_rows;
mod dropped;
mod export;
mod forms;
mod go_to;
mod history;
mod lists;
mod palette;
mod paths;
mod picture;
mod reading_form;
mod report;
mod save;
mod table;

use std::path::{Path, PathBuf};

use egui::{Context, Id, Modal, RichText, Ui};

pub use report::Report;

use super::{App, Command, Next, Session, settings::Settings, theme};
use crate::{
    export::{Chosen, finding::Finding, order},
    model::{Label, Reading, ReadingId},
};

/// A dialog that is open.
pub enum Dialog {
    /// Where a new project goes, which one to open, what to import.
    Paths(paths::PathDialog),
    /// What to export and how.
    Export(Box<export::ExportDialog>),
    /// How a picture is saved.
    Picture(Box<picture::PictureDialog>),
    /// How a table is saved.
    Table(Box<table::TableDialog>),
    /// The list of edits.
    History(history::HistoryList),
    /// Commands, labels, readings, notes and saved queries by name.
    Palette(palette::CommandPalette),
    /// What could not be read.
    Problems,
    /// All keys.
    Shortcuts,
    /// A label's fields.
    Label(Box<forms::LabelForm>),
    /// A reading's details.
    Reading(Box<reading_form::ReadingForm>),
    /// Which page or paragraph to show.
    GoTo(go_to::GoTo),
    /// What to do with a file that was dropped on a reading.
    Dropped(dropped::Dropped),
    /// Who edits.
    Coder(String),
    /// What an import brought.
    Report(Box<Report>),
    /// Into which section of a packet excerpts are put.
    Where(Box<super::packet::Where>),
    /// That the project can't be saved, and what was to follow.
    Unsaved(String, Next),
}

impl Dialog {
    /// Asks for a new project.
    pub fn new_project() -> Self {
        Self::Paths(paths::PathDialog::new(paths::Purpose::New))
    }

    /// Asks which project to open.
    pub fn open_project() -> Self {
        Self::Paths(paths::PathDialog::new(paths::Purpose::Open))
    }

    /// Asks what to import.
    pub fn import() -> Self {
        Self::Paths(paths::PathDialog::new(paths::Purpose::Import))
    }

    /// Asks for a bibliography.
    pub fn bibliography() -> Self {
        Self::Paths(paths::PathDialog::new(paths::Purpose::Bibliography))
    }

    /// Asks for a table of attributes.
    pub fn attributes() -> Self {
        Self::Paths(paths::PathDialog::new(paths::Purpose::Attributes))
    }

    /// Asks where the table of attributes is to be written.
    pub fn save_attributes() -> Self {
        Self::Paths(paths::PathDialog::new(paths::Purpose::SaveAttributes))
    }

    /// Asks for a revised version of a reading.
    pub fn replace(reading: &Reading) -> Self {
        Self::Paths(paths::PathDialog::replacing(reading))
    }

    /// Asks for the password of that file.
    pub fn replace_locked(reading: &Reading, path: &Path) -> Self {
        Self::Paths(paths::PathDialog::replacing(reading).locked(path))
    }

    /// Asks what to do with a file that was dropped on a reading.
    pub fn dropped(session: &Session, id: ReadingId, path: PathBuf) -> Option<Self> {
        let reading = session.project().reading(&id)?;
        Some(Self::Dropped(dropped::Dropped::new(reading, path)))
    }

    /// Asks what to export.
    pub fn export(session: &Session, settings: &Settings) -> Self {
        Self::Export(Box::new(export::ExportDialog::new(session, settings)))
    }

    /// Asks how to export that.
    pub fn export_what(session: &Session, settings: &Settings, what: order::What) -> Self {
        let dialog = export::ExportDialog::new(session, settings).of(what);
        Self::Export(Box::new(dialog))
    }

    /// Asks how a picture of what was found is to be saved. The same choices as the last time are offered.
    pub fn picture(finding: Finding, settings: &Settings) -> Self {
        Self::Picture(Box::new(picture::PictureDialog::new(finding, settings)))
    }

    /// Asks how a table of what was found is to be saved.
    pub fn table(finding: Finding, settings: &Settings) -> Self {
        Self::Table(Box::new(table::TableDialog::new(finding, settings)))
    }

    /// Asks how to export these highlights.
    pub fn export_only(session: &Session, settings: &Settings, chosen: Chosen) -> Self {
        let dialog = export::ExportDialog::new(session, settings).only(chosen);
        Self::Export(Box::new(dialog))
    }

    /// The list of edits.
    pub fn history() -> Self {
        Self::History(history::HistoryList::default())
    }

    /// Finds anything by name.
    pub fn palette() -> Self {
        Self::Palette(palette::CommandPalette::default())
    }

    /// A label to edit.
    pub fn label(label: Label) -> Self {
        Self::Label(Box::new(forms::LabelForm::new(label)))
    }

    /// A reading's details.
    pub fn reading(reading: &Reading) -> Self {
        Self::Reading(Box::new(reading_form::ReadingForm::new(reading)))
    }

    /// Asks which page or paragraph to show.
    pub fn go_to(reading: &Reading) -> Self {
        Self::GoTo(go_to::GoTo::new(reading))
    }

    /// Who edits.
    pub fn coder(now: String) -> Self {
        Self::Coder(now)
    }

    /// A path came from the system's dialog.
    pub fn picked(&mut self, paths: Vec<PathBuf>) {
        match self {
            Self::Paths(dialog) => dialog.picked(paths),
            Self::Export(dialog) => dialog.picked(paths),
            Self::Picture(dialog) => dialog.picked(paths),
            Self::Table(dialog) => dialog.picked(paths),
            _ => {}
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Paths(dialog) => dialog.title().to_owned(),
            Self::Export(_) => "Export".to_owned(),
            Self::Picture(_) => "Save picture".to_owned(),
            Self::Table(_) => "Save table".to_owned(),
            Self::History(_) => "History".to_owned(),
            Self::Palette(_) => "Find anything".to_owned(),
            Self::Problems => "Problems".to_owned(),
            Self::Shortcuts => "Keyboard shortcuts".to_owned(),
            Self::Label(form) => form.title().to_owned(),
            Self::Reading(_) => "Details of the reading".to_owned(),
            Self::GoTo(_) => "Go to page or paragraph".to_owned(),
            Self::Dropped(_) => "A new version, or another reading?".to_owned(),
            Self::Coder(_) => "Coder".to_owned(),
            Self::Report(_) => "Import".to_owned(),
            Self::Where(_) => "Add to a packet".to_owned(),
            Self::Unsaved(..) => "Not everything is saved".to_owned(),
        }
    }

    fn width(&self) -> f32 {
        match self {
            Self::Export(_) => 1120.0,
            Self::Picture(_) => 940.0,
            Self::Table(_) => 760.0,
            Self::History(_) | Self::Problems | Self::Report(_) => 660.0,
            Self::Label(_) | Self::Shortcuts => 560.0,
            Self::Reading(_) => 600.0,
            Self::Palette(_) => 640.0,
            Self::Paths(_) | Self::Where(_) => 520.0,
            Self::Coder(_) | Self::GoTo(_) | Self::Dropped(_) | Self::Unsaved(..) => 420.0,
        }
    }
}

/// Shows the dialog that is open, if one is.
pub fn show(app: &mut App, ctx: &Context) {
    let Some(mut dialog) = app.dialog.take() else {
        return;
    };
    let palette = theme::palette(ctx);
    let screen = ctx.content_rect();
    let frame = egui::Frame::new()
        .fill(palette.panel)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(12)
        .inner_margin(20)
        .shadow(ctx.global_style().visuals.window_shadow);
    let modal = Modal::new(Id::unique("dialog"))
        .frame(frame)
        .backdrop_color(egui::Color32::from_black_alpha(if palette.dark {
            120
        } else {
            70
        }))
        .show(ctx, |ui| {
            ui.set_width(dialog.width().min(screen.width() - 60.0));
            ui.set_max_height(screen.height() - 90.0);
            ui.label(RichText::new(dialog.title()).font(theme::sans_bold(17.0)));
            ui.add_space(6.0);
            contents(app, ui, &mut dialog)
        });
    // A click beside a form is no reason to lose what was typed into it.
    let form = matches!(
        dialog,
        Dialog::Label(_) | Dialog::Reading(_) | Dialog::Paths(_) | Dialog::Report(_)
    );
    let escape = ctx.input(|i| i.key_pressed(egui::Key::Escape));
    let leaves = if form {
        escape && modal.should_close()
    } else {
        modal.should_close()
    };
    if !modal.inner && !leaves && app.dialog.is_none() {
        app.dialog = Some(dialog);
    } else {
        // Whoever wants the keyboard next gets it; else the reader does.
        ctx.memory_mut(|m| m.focused().map(|id| m.surrender_focus(id)));
    }
}

/// Draws a dialog; true when it is done.
fn contents(app: &mut App, ui: &mut Ui, dialog: &mut Dialog) -> bool {
    match dialog {
        Dialog::Paths(dialog) => dialog.show(app, ui),
        Dialog::Export(dialog) => dialog.show(app, ui),
        Dialog::Picture(dialog) => dialog.show(app, ui),
        Dialog::Table(dialog) => dialog.show(app, ui),
        Dialog::History(list) => history::show(list, app, ui),
        Dialog::Palette(palette) => palette.show(app, ui),
        Dialog::Problems => lists::problems(app, ui),
        Dialog::Shortcuts => lists::shortcuts(ui),
        Dialog::Label(form) => form.show(app, ui),
        Dialog::Reading(form) => form.show(app, ui),
        Dialog::GoTo(dialog) => dialog.show(app, ui),
        Dialog::Dropped(dialog) => dialog.show(app, ui),
        Dialog::Coder(name) => forms::coder(app, ui, name),
        Dialog::Report(report) => report.show(app, ui),
        Dialog::Where(dialog) => dialog.show(app, ui),
        Dialog::Unsaved(error, next) => unsaved(app, ui, error, next),
    }
}

/// Asks what to do when the project can't be saved; true when it is done.
fn unsaved(app: &mut App, ui: &mut Ui, error: &str, next: &Next) -> bool {
    ui.label(error);
    dim(
        ui,
        "Your last edits are only in this window. Make room or reconnect the disk, and they will be saved.",
    );
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let stay = ui.button("Stay").clicked();
        let leave = ui.button("Close without saving").clicked();
        if leave {
            app.commands.push(Command::Abandon(next.clone()));
            if matches!(next, Next::Quit) {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
        stay || leave
    })
    .inner
}

/// A row of buttons at the right: Cancel, and the one that does it. Returns (cancelled, done).
fn buttons(ui: &mut Ui, done: &str, enabled: bool) -> (bool, bool) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(8.0);
    let row = egui::vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(
        row,
        egui::Layout::right_to_left(egui::Align::Center),
        |ui| {
            let text = RichText::new(done)
                .font(theme::sans_bold(13.5))
                .color(palette.on_accent);
            let button = egui::Button::new(text)
                .fill(palette.accent)
                .stroke(egui::Stroke::NONE);
            let done = ui.add_enabled(enabled, button).clicked();
            let cancelled = ui.button("Cancel").clicked();
            (cancelled, done)
        },
    )
    .inner
}

/// A line of small text.
fn dim(ui: &mut Ui, text: impl Into<String>) {
    let palette = theme::palette(ui.ctx());
    ui.label(RichText::new(text).size(12.5).color(palette.dim));
}

/// A labelled single-line field.
fn field(ui: &mut Ui, name: &str, hint: &str, value: &mut String) -> egui::Response {
    let label = ui.label(RichText::new(name).size(12.5));
    ui.add(
        egui::TextEdit::singleline(value)
            .hint_text(hint)
            .desired_width(f32::INFINITY),
    )
    .labelled_by(label.id)
}
