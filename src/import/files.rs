//! Finding files in folders.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What was found at a path.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, by name.
    pub files: Vec<PathBuf>,
    /// Folders that could not be looked into, and why.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

/// The file itself, whatever it is; or the files with a `wanted` name in a folder and the folders in it. Hidden names are left
/// out, and so are projects: their texts were imported once already. Links to folders are not followed: they may lead round in a
/// circle.
pub fn files_in(path: &Path, wanted: impl Fn(&str) -> bool) -> Found {
    let mut found = Found::default();
    if !path.is_dir() {
        found.files.push(path.to_owned());
        return found;
    }
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                found.unreadable.push((folder, error));
                continue;
            }
        };
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            match entry.file_type().is_ok_and(|t| t.is_dir()) {
                _ if name.starts_with('.') => {}
                true if !path.join("project.ron").exists() => folders.push(path),
                false if wanted(&name) && path.is_file() => found.files.push(path),
                _ => {}
            }
        }
    }
    found.files.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::is_text_name;

    #[test]
    fn texts_are_found_in_folders_but_not_in_projects_or_hidden_places() {
        let root = tempfile::tempdir().unwrap();
        for file in [
            "b.txt",
            "a.md",
            "c.pdf",
            "c.xlsx",
            ".d.txt",
            "sub/e.TXT",
            "p/project.ron",
            "p/f.txt",
            ".g/h.txt",
        ] {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found = files_in(root.path(), is_text_name);
        let names: Vec<_> = found
            .files
            .iter()
            .map(|p| {
                p.strip_prefix(root.path())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect();
        assert_eq!(names, ["a.md", "b.txt", "c.pdf", "sub/e.TXT"]);
        assert!(found.unreadable.is_empty());
        let sheet = root.path().join("c.xlsx");
        assert_eq!(files_in(&sheet, is_text_name).files, [sheet]);
    }
}
