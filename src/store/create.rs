//! New projects.

use std::path::Path;

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
        write_new(&paths, name, &labels, &coder, now).map_err(io)?;
        Ok(Self::open(folder, coder)?.workspace)
    }
}

fn write_new(
    paths: &Paths,
    name: &str,
    labels: &[Label],
    coder: &CoderId,
    now: Timestamp,
) -> std::io::Result<()> {
    let mut changes = Changes::new(Faults::default());
    let mut write =
        |path: &Path, text: &str| changes.write(path, |out| out.write_all(text.as_bytes()));
    for label in labels {
        let ron = pretty(&SavedLabel::from(label)).map_err(std::io::Error::other)?;
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
    let ron = pretty(&project).map_err(std::io::Error::other)?;
    write(&paths.project(), &ron)?;
    for folder in [paths.codebook(), paths.readings()] {
        changes.make_folder(&folder)?;
    }
    changes.finish()
}
