//! Asking for folders and files: a field to type in, and the system's dialog where it has one.

use std::path::{Path, PathBuf};

use egui::{Key, RichText, Ui};

use super::{buttons, dim, field};
use crate::{
    app::{
        App, Command,
        compare::{self, attributes},
        jobs::Ask,
        theme,
    },
    model::{Reading, ReadingId},
};

/// What the path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A folder for a new project.
    New,
    /// A project folder.
    Open,
    /// Files and folders to import.
    Import,
    /// Files that say of readings who wrote them and where they came out.
    Bibliography,
    /// The revised version of a reading.
    Replace,
    /// A table of the readings' attributes.
    Attributes,
    /// Where that table is to be written.
    SaveAttributes,
}

/// The dialog.
pub struct PathDialog {
    purpose: Purpose,
    /// The reading that is to be replaced.
    old: Option<ReadingId>,
    /// The password of the file, when it asks for one.
    password: Option<String>,
    name: String,
    path: String,
    starter: bool,
    fresh: bool,
    /// Whether Enter was pressed in the path's field.
    entered: bool,
}

impl PathDialog {
    /// Nothing typed yet.
    pub fn new(purpose: Purpose) -> Self {
        let home = directories::UserDirs::new();
        let documents = home.map(|d| d.document_dir().unwrap_or(d.home_dir()).to_owned());
        let path = match (purpose, documents) {
            (Purpose::New, Some(folder)) => folder.display().to_string(),
            (Purpose::SaveAttributes, Some(folder)) => {
                folder.join("attributes.csv").display().to_string()
            }
            _ => String::new(),
        };
        Self {
            purpose,
            old: None,
            password: None,
            name: String::new(),
            path,
            starter: true,
            fresh: true,
            entered: false,
        }
    }

    /// Asks for the revised version of a reading.
    pub fn replacing(reading: &Reading) -> Self {
        Self {
            old: Some(reading.id.clone()),
            name: reading.meta.title.clone(),
            ..Self::new(Purpose::Replace)
        }
    }

    /// With a file that asks for a password.
    pub fn locked(self, path: &Path) -> Self {
        Self {
            path: path.display().to_string(),
            password: Some(String::new()),
            ..self
        }
    }

    pub(super) fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::New => "New project",
            Purpose::Open => "Open project",
            Purpose::Import => "Import readings",
            Purpose::Bibliography => "Attach a bibliography",
            Purpose::Replace => "Replace by a new version",
            Purpose::Attributes => "Load attributes",
            Purpose::SaveAttributes => "Save attributes",
        }
    }

    pub(super) fn picked(&mut self, paths: Vec<PathBuf>) {
        let all: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
        self.path = all.join("; ");
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let first = match self.purpose {
            Purpose::New => {
                let name = field(ui, "Name", "Alliance seminar, week 6", &mut self.name);
                self.path_field(app, ui, "Folder to put it in", Ask::Folder);
                ui.checkbox(
                    &mut self.starter,
                    "Start with the codebook of alliance theory (53 labels)",
                );
                dim(
                    ui,
                    "A project is a folder of plain text files; it can lie in a synced folder or in git.",
                );
                name
            }
            Purpose::Open => {
                let path = self.path_field(app, ui, "Project folder", Ask::Folder);
                dim(
                    ui,
                    "The folder that holds project.ron. It can also be dropped on the window.",
                );
                path
            }
            Purpose::Import => {
                let path = self.path_field(app, ui, "Files or folders", Ask::Files);
                dim(
                    ui,
                    "PDF, Word (.docx), OpenDocument (.odt), e-books (.epub), web pages (.html), Rich Text (.rtf), text (.txt), Markdown (.md), bibliographies (.bib, .json, .ris) and annotated projects (.ron); several with ; between them. They can also be dropped on the window.",
                );
                path
            }
            Purpose::Bibliography => {
                let path = self.path_field(app, ui, "Bibliography", Ask::Files);
                dim(
                    ui,
                    "BibTeX (.bib), CSL JSON (.json) or RIS (.ris), as Zotero and others write them. Each reading of the project takes the details of its entry.",
                );
                path
            }
            Purpose::Attributes => {
                let path = self.path_field(app, ui, "Table", Ask::Files);
                dim(
                    ui,
                    "CSV as spreadsheets save it, with a row a reading. The first row names the columns: id, key or title says which reading a row is about; title, authors, year and kind are its details; all others are attributes. Empty cells change nothing, - takes a value away.",
                );
                path
            }
            Purpose::SaveAttributes => {
                let ask = Ask::Save("attributes.csv".to_owned());
                let path = self.path_field(app, ui, "Save table to", ask);
                dim(
                    ui,
                    "CSV for spreadsheets, with a row a reading. It can be filled in there and loaded again.",
                );
                path
            }
            Purpose::Replace => {
                dim(
                    ui,
                    format!("A revised version takes the place of “{}”.", self.name),
                );
                let mut first = self.path_field(app, ui, "File of the new version", Ask::Files);
                if let Some(password) = &mut self.password {
                    let label = ui.label(RichText::new("Its password").size(12.5));
                    let edit = egui::TextEdit::singleline(password)
                        .password(true)
                        .desired_width(f32::INFINITY);
                    first = ui.add(edit).labelled_by(label.id);
                }
                dim(
                    ui,
                    "Its highlights go along to where their words stand now. What has no place any more is kept and listed. The file can also be dropped on the reading in the list.",
                );
                first
            }
        };
        if std::mem::take(&mut self.fresh) {
            first.request_focus();
        }
        let problem = self.problem();
        if let Some(problem) = &problem
            && !self.path.trim().is_empty()
        {
            let palette = theme::palette(ui.ctx());
            ui.label(RichText::new(problem).size(12.5).color(palette.error));
        }
        let verb = match self.purpose {
            Purpose::New => "Create",
            Purpose::Open => "Open",
            Purpose::Import => "Import",
            Purpose::Bibliography => "Attach",
            Purpose::Replace => "Replace",
            Purpose::Attributes => "Load",
            Purpose::SaveAttributes if self.paths().iter().any(|p| p.is_file()) => "Replace",
            Purpose::SaveAttributes => "Save",
        };
        let typed = self.entered || (first.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)));
        let enter = typed && problem.is_none();
        self.entered = false;
        let (cancelled, done) = buttons(ui, verb, problem.is_none());
        if done || enter {
            app.commands.push(self.command());
            return true;
        }
        cancelled
    }

    fn path_field(&mut self, app: &mut App, ui: &mut Ui, name: &str, ask: Ask) -> egui::Response {
        let label = ui.label(RichText::new(name).size(12.5));
        ui.horizontal(|ui| {
            let both = ask == Ask::Files;
            let width = ui.available_width() - if both { 186.0 } else { 96.0 };
            let edit = egui::TextEdit::singleline(&mut self.path).desired_width(width);
            let response = ui.add(edit).labelled_by(label.id);
            self.entered |= response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if ui.button("Browse…").clicked() {
                let title = self.title();
                app.paths.ask(ask, title);
            }
            if both && ui.button("Folder…").clicked() {
                let title = self.title();
                app.paths.ask(Ask::Folders, title);
            }
            response
        })
        .inner
    }

    /// The paths typed, `~` standing for the home folder.
    fn paths(&self) -> Vec<PathBuf> {
        self.path
            .split(';')
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .map(expand)
            .collect()
    }

    fn new_folder(&self) -> Option<PathBuf> {
        let name: String = self
            .name
            .trim()
            .chars()
            .map(|c| {
                if "/\\:*?\"<>|".contains(c) || c.is_control() {
                    '-'
                } else {
                    c
                }
            })
            .collect();
        let parent = self.paths().into_iter().next()?;
        (!name.trim_matches('.').is_empty()).then(|| parent.join(name))
    }

    fn problem(&self) -> Option<String> {
        match self.purpose {
            Purpose::New => match self.new_folder() {
                None => Some("Give it a name and a folder.".to_owned()),
                Some(folder) if folder.exists() => Some(format!(
                    "{} is there already; choose another name.",
                    folder.display()
                )),
                Some(_) => None,
            },
            Purpose::Open => match self.paths().first() {
                Some(folder) if folder.join("project.ron").is_file() => None,
                Some(folder) => Some(format!(
                    "{} is not a project: it holds no project.ron.",
                    folder.display()
                )),
                None => Some(String::new()),
            },
            Purpose::Replace => self.one_file("Only one file can take the reading's place."),
            Purpose::Attributes => self.one_file("One table at a time can be loaded."),
            Purpose::SaveAttributes => match self.paths().as_slice() {
                [path] if path.is_dir() => Some(format!("{} is a folder.", path.display())),
                [path] if path.parent().is_some_and(Path::is_dir) => None,
                [path] => Some(format!("There is no folder for {}.", path.display())),
                _ => Some(String::new()),
            },
            Purpose::Import | Purpose::Bibliography => {
                let paths = self.paths();
                match paths.iter().find(|p| !p.exists()) {
                    Some(missing) => Some(format!("{} is not there.", missing.display())),
                    None => paths.is_empty().then(String::new),
                }
            }
        }
    }

    /// What is wrong with the path of what has to be one file.
    fn one_file(&self, several: &str) -> Option<String> {
        match self.paths().as_slice() {
            [] => Some(String::new()),
            [one] if one.is_file() => None,
            [one] => Some(format!("{} is no file.", one.display())),
            _ => Some(several.to_owned()),
        }
    }

    fn command(&self) -> Command {
        match self.purpose {
            Purpose::New => {
                let folder = self.new_folder().unwrap_or_default();
                Command::Create(folder, self.name.trim().to_owned(), self.starter)
            }
            Purpose::Open => Command::Open(self.paths().into_iter().next().unwrap_or_default()),
            Purpose::Import | Purpose::Bibliography => Command::Import(self.paths()),
            Purpose::Attributes | Purpose::SaveAttributes => {
                let path = self.paths().into_iter().next().unwrap_or_default();
                let request = match self.purpose {
                    Purpose::SaveAttributes => attributes::Request::Save(path),
                    _ => attributes::Request::Load(path),
                };
                Command::Compare(compare::Request::Attributes(request))
            }
            Purpose::Replace => {
                let path = self.paths().into_iter().next().unwrap_or_default();
                match self.old.clone() {
                    Some(old) => Command::Replace(old, path, self.password.clone()),
                    None => Command::Import(vec![path]),
                }
            }
        }
    }
}

/// A typed path with `~` expanded.
pub fn expand(typed: &str) -> PathBuf {
    let home = directories::UserDirs::new().map(|d| d.home_dir().to_owned());
    match (typed.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
            home.join(rest.trim_start_matches(['/', '\\']))
        }
        _ => Path::new(typed).to_owned(),
    }
}
