//! The files of an import, and what each of them is for.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use super::{
    Line, Outcome, Trouble,
    read::{file_name, read_file},
};
use crate::import::{bibliography, files, is_text_name};

/// The largest file that is looked into to see whether it is a bibliography, in bytes: a library of 20,000 works.
const LIBRARY: u64 = 64 * 1024 * 1024;

/// How an exported project begins, somewhere in its first bytes.
const ANNOTATED: &str = "annotated project of Glossator";

/// Something to do, in the order of the report.
pub(super) enum Item {
    /// A file that becomes a reading.
    Reading(PathBuf),
    /// An annotated project.
    Annotated(PathBuf),
    /// A bibliography.
    Bibliography(PathBuf),
    /// Nothing, and why.
    Said(Line),
}

/// What is at the paths. In folders only what can be read is looked for; a path that is a file is taken for what it says.
pub(super) fn find(paths: &[PathBuf]) -> Vec<Item> {
    paths.iter().flat_map(|path| find_one(path)).collect()
}

fn find_one(path: &Path) -> Vec<Item> {
    if !path.is_dir() {
        return vec![item(path.to_owned())];
    }
    let is_wanted =
        |name: &str| is_text_name(name) || is_ron(name) || bibliography::is_bibliography_name(name);
    let found = files::files_in(path, is_wanted);
    let files = found.files.into_iter();
    // Other programs write RON and JSON, too.
    let wanted = |file: &PathBuf| match file_name(file) {
        name if is_ron(&name) => is_exported(file),
        name if bibliography::is_bibliography_name(&name) => is_bibliography(file, &name),
        _ => true,
    };
    let mut items: Vec<Item> = found
        .unreadable
        .into_iter()
        .map(|(folder, error)| {
            let trouble = Trouble::unread(&file_name(&folder), &error);
            said(folder, trouble)
        })
        .collect();
    items.extend(files.filter(wanted).map(item));
    if items.is_empty() {
        let what = format!("“{}” holds no files that can be read", file_name(path));
        let hint = "name files of other kinds one by one, and import projects by opening them";
        items.push(said(path.to_owned(), Trouble::new(what, hint)));
    }
    items
}

fn said(path: PathBuf, trouble: Trouble) -> Item {
    Item::Said(Line {
        path,
        outcome: Outcome::Failed(trouble),
        remarks: Vec::new(),
    })
}

fn item(path: PathBuf) -> Item {
    match file_name(&path) {
        name if is_ron(&name) => Item::Annotated(path),
        name if bibliography::is_bibliography_name(&name) => Item::Bibliography(path),
        _ => Item::Reading(path),
    }
}

fn is_bibliography(path: &Path, name: &str) -> bool {
    let small = path.metadata().is_ok_and(|m| m.len() <= LIBRARY);
    let bytes = || read_file(path).unwrap_or_default();
    small && bibliography::is_bibliography(name, &bytes())
}

fn is_ron(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("ron"))
}

/// Whether an export wrote the file.
fn is_exported(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(ANNOTATED)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn told(items: &[Item]) -> Vec<String> {
        let name = |path: &PathBuf| file_name(path);
        let told = |item: &Item| match item {
            Item::Reading(path) => name(path),
            Item::Annotated(path) => format!("annotated {}", name(path)),
            Item::Bibliography(path) => format!("bibliography {}", name(path)),
            Item::Said(line) => match &line.outcome {
                Outcome::Failed(trouble) => trouble.what.clone(),
                other => format!("{other:?}"),
            },
        };
        items.iter().map(told).collect()
    }

    #[test]
    fn folders_give_what_can_be_read_and_files_what_they_are() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        };
        write("f/b.pdf", "");
        write("f/a.txt", "");
        write("f/theirs.ron", "// An annotated project of Glossator.\n()");
        write("f/other.ron", "()");
        write("f/x.csv", "");
        write("f/package.json", "{}");
        write("f/zotero.bib", "@book{a, title = {A}}");
        let given = [
            root.path().join("f"),
            write("own.RON", "()"),
            write("sheet.csv", ""),
            root.path().join("none.txt"),
        ];
        fs::create_dir(root.path().join("empty")).unwrap();
        let mut given = given.to_vec();
        given.push(root.path().join("empty"));
        assert_eq!(
            told(&find(&given)),
            [
                "a.txt",
                "b.pdf",
                "annotated theirs.ron",
                "bibliography zotero.bib",
                "annotated own.RON",
                "sheet.csv",
                "none.txt",
                "“empty” holds no files that can be read"
            ]
        );
    }
}
