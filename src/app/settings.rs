//! What the window remembers between starts: for this person (in the configuration folder) and for each project (in its
//! `.glossator/` folder). Losing either loses no work, so a file that can't be read is started afresh.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

pub use super::exporting::ExportSettings;
pub use super::saving::{LengthUnit, PictureFormat, PictureSettings, TableFormat, TableSettings};
use crate::{export::cite::Style, model::CoderId};

/// How many projects are remembered.
const RECENT: usize = 12;

/// Which theme to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// What the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How sources are cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CitationChoice {
    /// By author and year.
    #[default]
    AuthorYear,
    /// In footnotes.
    Note,
    /// By numbers.
    Numeric,
}

impl CitationChoice {
    /// All of them, in the order in which they are offered, with their names.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::AuthorYear, "Author and year"),
        (Self::Note, "Footnotes"),
        (Self::Numeric, "Numbers"),
    ];

    /// As exports know it.
    pub fn style(self) -> Style {
        match self {
            Self::AuthorYear => Style::AuthorYear,
            Self::Note => Style::Note,
            Self::Numeric => Style::Numeric,
        }
    }
}

/// A person's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// How copied passages and exports cite.
    pub citation: CitationChoice,
    /// How pictures are saved.
    pub picture: PictureSettings,
    /// How tables are saved.
    pub table: TableSettings,
    /// How things are exported.
    pub export: ExportSettings,
    /// The reading's font size in points.
    pub text_size: f32,
    /// The short name under which edits are made.
    pub coder: String,
    /// Projects opened lately, the last first.
    pub recent: Vec<PathBuf>,
    /// Whether a project was open when the app was closed.
    pub was_open: bool,
    /// The window's width and height in points.
    pub window: Option<(f32, f32)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            citation: CitationChoice::AuthorYear,
            picture: PictureSettings::default(),
            table: TableSettings::default(),
            export: ExportSettings::default(),
            text_size: 18.0,
            coder: crate::cli::usual_coder().to_string(),
            recent: Vec::new(),
            was_open: false,
            window: None,
        }
    }
}

impl Settings {
    /// Where a person's settings, sample and recent projects are kept. `None` where the system has no such place.
    pub fn folders() -> Option<directories::ProjectDirs> {
        directories::ProjectDirs::from("", "", "glossator")
    }

    /// Reads them from `file`; defaults where there is none or it can't be read.
    pub fn load(file: &Path) -> Self {
        fs::read_to_string(file)
            .ok()
            .and_then(|text| ron::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Writes them to `file`.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        write_ron(file, self)
    }

    /// Puts a project at the head of the recent ones.
    pub fn opened(&mut self, project: &Path) {
        self.recent.retain(|p| p != project);
        self.recent.insert(0, project.to_owned());
        self.recent.truncate(RECENT);
    }

    /// The coder, valid whatever the file said.
    pub fn coder_id(&self) -> CoderId {
        coder_from(&self.coder)
    }
}

/// A coder's short name from what someone typed: letters and digits of any script, hyphens for the rest.
pub fn coder_from(typed: &str) -> CoderId {
    let clean: String = typed
        .trim()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .take(40)
        .collect();
    CoderId::new(clean.trim_matches('-'))
        .or_else(|_| CoderId::new("me"))
        .unwrap_or_else(|_| unreachable!("“me” is a valid name"))
}

/// What the window remembers of one project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectView {
    /// The reading that was open, by folder name.
    pub reading: Option<String>,
    /// For each reading, the byte that was at the top of the view.
    pub positions: BTreeMap<String, u32>,
    /// Labels whose highlights were hidden.
    pub hidden: BTreeSet<String>,
    /// How the comparison was arranged.
    pub compare: super::compare::Kept,
    /// What the list of excerpts was asked for.
    pub excerpts: super::excerpts::Kept,
    /// Which packet showed.
    pub packet: super::packet::Kept,
}

impl ProjectView {
    fn file(project: &Path) -> PathBuf {
        project.join(".glossator").join("window.ron")
    }

    /// Reads it from a project folder; empty where there is none.
    pub fn load(project: &Path) -> Self {
        fs::read_to_string(Self::file(project))
            .ok()
            .and_then(|text| ron::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Writes it into a project folder.
    pub fn save(&self, project: &Path) -> io::Result<()> {
        write_ron(&Self::file(project), self)
    }
}

fn write_ron(file: &Path, value: &impl Serialize) -> io::Result<()> {
    let text = ron::ser::to_string_pretty(value, ron::ser::PrettyConfig::default())
        .map_err(io::Error::other)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let temporary = file.with_extension("tmp");
    fs::write(&temporary, text)?;
    fs::rename(temporary, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_back_and_defaults_fill_gaps() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/settings.ron");
        assert_eq!(Settings::load(&file), Settings::default());
        let mut settings = Settings {
            text_size: 21.0,
            ..Settings::default()
        };
        settings.opened(Path::new("/x"));
        settings.opened(Path::new("/y"));
        settings.opened(Path::new("/x"));
        settings.save(&file).unwrap();
        assert_eq!(Settings::load(&file), settings);
        assert_eq!(settings.recent, [Path::new("/x"), Path::new("/y")]);
        fs::write(&file, "(text_size: 14.0)").unwrap();
        assert_eq!(Settings::load(&file).text_size, 14.0);
        fs::write(&file, "garbage").unwrap();
        assert_eq!(Settings::load(&file), Settings::default());
    }

    #[test]
    fn any_typed_name_becomes_a_coder() {
        assert_eq!(coder_from(" M. K. ").as_str(), "M--K");
        assert_eq!(coder_from("../..").as_str(), "me");
        assert_eq!(coder_from("").as_str(), "me");
        assert_eq!(coder_from("李").as_str(), "李");
    }
}
