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
/// out, and so are projects: their texts were imported once already; so are the pieces of saved web pages, which lie in a folder
/// beside each. Links to folders are not followed: they may lead round in a circle.
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
                true if is_of_page(&path) => {}
                true if !path.join("project.ron").exists() => folders.push(path),
                false if wanted(&name) && path.is_file() => found.files.push(path),
                _ => {}
            }
        }
    }
    found.files.sort();
    found
}

/// Whether a folder holds the pieces of a web page that a browser saved beside it: `Walls_files` with `Walls.html`. Each language
/// has its word; what they share is a name that is the page's, a sign, and one word.
fn is_of_page(folder: &Path) -> bool {
    const WORDS: &[&str] = &[
        "files",
        "dateien",
        "fichiers",
        "archivos",
        "arquivos",
        "ficheiros",
        "bestanden",
        "filer",
        "file",
        "tiedostot",
        "pliki",
        "soubory",
        "fajlovi",
        "elemei",
        "dosyalar",
        "файлы",
        "файли",
        "data",
        "сачувано",
        "fitxers",
        "failid",
        "failai",
        "fails",
        "datoteke",
        "odrednice",
    ];
    let Some(name) = folder.file_name().and_then(|n| n.to_str()) else {
        return false;
    };
    let Some((page, word)) = name.rsplit_once(['_', '-', '.', ' ']) else {
        return false;
    };
    WORDS.contains(&word.to_lowercase().as_str())
        && ["html", "htm", "xhtml", "xht", "HTML", "HTM"]
            .iter()
            .any(|ending| folder.with_file_name(format!("{page}.{ending}")).is_file())
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
            "Walls.html",
            "Walls_files/menu.html",
            "Tür.htm",
            "Tür-Dateien/anzeige.htm",
            "my_files/page.html",
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
        assert_eq!(
            names,
            [
                "Tür.htm",
                "Walls.html",
                "a.md",
                "b.txt",
                "c.pdf",
                "my_files/page.html",
                "sub/e.TXT"
            ]
        );
        assert!(found.unreadable.is_empty());
        let sheet = root.path().join("c.xlsx");
        assert_eq!(files_in(&sheet, is_text_name).files, [sheet]);
    }
}
