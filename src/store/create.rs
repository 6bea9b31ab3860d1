//! New projects.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    StoreError, Workspace,
    disk::{Changes, Faults, names},
    history_file::{header_line, saved_line},
    paths::Paths,
    ron_text::{VERSION, pretty},
    saved::{SavedLabel, SavedProject},
};
use crate::model::{CoderId, Label};

/// What git should know about a project folder.
const GITIGNORE: &str = ".glossator/\n.*.tmp\n";
const GITATTRIBUTES: &str = "*.ron text eol=lf\n*.md text eol=lf\n*.txt text eol=lf\n\
    readings/*/source.* -text\nremoved/*/source.* -text\nhistory/*.ron merge=union\n";

impl Workspace {
    /// Makes a new project in `folder`, which may exist when it is empty (dotfiles aside), with these labels, and opens it.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] when something is there already; otherwise whatever the disk says.
    pub fn create(
        folder: &Path,
        name: &str,
        labels: Vec<Label>,
        coder: CoderId,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let paths = Paths::new(folder);
        let there = names(folder).map_err(StoreError::io("make a project in", folder))?;
        if !there.is_empty() {
            return Err(StoreError::NotEmpty(paths.0));
        }
        let io = |error| StoreError::io("make a project in", folder)(error);
        let before = Before::of(folder).map_err(io)?;
        let made = write_new(&paths, name, &labels, &coder, now)
            .map_err(io)
            .and_then(|()| Self::open(folder, coder));
        match made {
            Ok(opened) => Ok(opened.workspace),
            Err(error) => {
                before.bring_back(folder);
                Err(error)
            }
        }
    }
}

/// What was there before a project was made.
struct Before {
    /// The uppermost folder that was not there.
    missing: Option<PathBuf>,
    /// The names in the project's folder.
    names: Vec<OsString>,
}

impl Before {
    fn of(folder: &Path) -> io::Result<Self> {
        let missing = folder
            .ancestors()
            .take_while(|f| !f.as_os_str().is_empty() && !f.exists());
        let missing = missing.last().map(Path::to_owned);
        let names = match missing {
            Some(_) => Vec::new(),
            None => all_names(folder)?,
        };
        Ok(Self { missing, names })
    }

    /// Removes what came since.
    fn bring_back(&self, folder: &Path) {
        // What can't be removed is in the way of another try, which says so; the error that matters is the first.
        if let Some(missing) = &self.missing {
            let _ = fs::remove_dir_all(missing);
            return;
        }
        let now = all_names(folder).unwrap_or_default();
        for name in now.iter().filter(|name| !self.names.contains(name)) {
            let path = folder.join(name);
            let _ = match path.is_dir() {
                true => fs::remove_dir_all(path),
                false => fs::remove_file(path),
            };
        }
    }
}

fn all_names(folder: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.file_name()))
        .collect()
}

fn write_new(
    paths: &Paths,
    name: &str,
    labels: &[Label],
    coder: &CoderId,
    now: Timestamp,
) -> io::Result<()> {
    let mut changes = Changes::new(Faults::default());
    let mut write =
        |path: &Path, text: &str| changes.write(path, |out| out.write_all(text.as_bytes()));
    for label in labels {
        let ron = pretty(&SavedLabel::from(label)).map_err(io::Error::other)?;
        write(&paths.label(&label.id), &ron)?;
    }
    write(&paths.0.join(".gitignore"), GITIGNORE)?;
    write(&paths.0.join(".gitattributes"), GITATTRIBUTES)?;
    let history = header_line(coder) + &saved_line(0, now);
    write(&paths.history(coder), &history)?;
    let project = SavedProject {
        version: VERSION,
        name: name.to_owned(),
    };
    // Last, since it is what makes the folder a project.
    let ron = pretty(&project).map_err(io::Error::other)?;
    write(&paths.project(), &ron)?;
    for folder in [paths.codebook(), paths.readings()] {
        changes.make_folder(&folder)?;
    }
    changes.finish()
}
