//! A small project in a folder of its own, and what tests do to it.
#![allow(dead_code, reason = "not every test uses all of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use glossator::{
    edit::Edit,
    import::Imported,
    model::{
        CoderId, Color, Highlight, HighlightId, Label, LabelId, ReadingId, ReadingMeta, Structure,
    },
    store::{Opened, Problem, ReadingWriter, Workspace},
    text::Span,
};
use jiff::Timestamp;

pub const TEXT: &str = "An ally can be dragged in. Or left alone.\n弃 says \"no\". The end.";

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

pub fn coder(name: &str) -> CoderId {
    CoderId::new(name).unwrap()
}

pub fn reading_id(name: &str) -> ReadingId {
    ReadingId::new(name).unwrap()
}

pub fn label(id: &str) -> Label {
    let name = format!("The {id}");
    Label::new(LabelId::new(id).unwrap(), name, Color([1, 2, 3]))
}

pub fn imported(title: &str) -> Imported {
    Imported {
        meta: ReadingMeta {
            title: title.to_owned(),
            ..ReadingMeta::default()
        },
        text: TEXT.to_owned(),
        structure: Structure::default(),
        source_name: "a.txt".to_owned(),
        source_sha256: String::new(),
        encoding: "UTF-8".to_owned(),
        remarks: Vec::new(),
    }
}

pub fn import(workspace: &mut Workspace, title: &str) {
    let reading = ReadingWriter::new(workspace.folder())
        .write(&imported(title), b"raw", at(1))
        .unwrap();
    workspace
        .perform(Edit::AddReading(Arc::new(reading)), at(1))
        .unwrap();
}

pub fn highlight(id: u64, who: &str, start: u32, end: u32) -> Highlight {
    Highlight {
        id: HighlightId(id),
        reading: reading_id("poles"),
        span: Span::new(start, end),
        labels: vec![LabelId::new("entrapment").unwrap()],
        stance: None,
        note: format!("note {id}"),
        coder: coder(who),
        created: at(2),
        changed: at(2),
    }
}

pub fn tag(workspace: &mut Workspace, id: u64, start: u32, end: u32) {
    let who = workspace.coder().to_string();
    let new = highlight(id, &who, start, end);
    workspace
        .perform(Edit::AddHighlight(Arc::new(new)), at(3))
        .unwrap();
}

/// A project with two labels, a reading, and three highlights of MK's, flushed.
pub fn project(folder: &Path) -> Workspace {
    let labels = vec![label("entrapment"), label("caution")];
    let mut workspace = Workspace::create(folder, "Seminar", labels, coder("MK"), at(0)).unwrap();
    import(&mut workspace, "Poles");
    for (id, start, end) in [(1, 3, 7), (2, 3, 26), (3, 27, 41)] {
        tag(&mut workspace, id, start, end);
    }
    workspace.flush().unwrap();
    workspace
}

pub fn open(folder: &Path) -> Opened {
    Workspace::open(folder, coder("MK")).unwrap()
}

/// Opens a project that must be in order.
pub fn whole(folder: &Path, who: &str) -> Workspace {
    let opened = Workspace::open(folder, coder(who)).unwrap();
    assert_eq!(opened.problems, [] as [Problem; 0]);
    opened.workspace
}

/// All files under `folder` but those of this machine, with their bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".glossator") || path.ends_with(".git") {
            } else if path.is_dir() {
                todo.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                all.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

/// A copy of the folder as a crash at this moment would leave it.
pub fn image(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for (name, bytes) in files(folder) {
        let path = copy.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    copy
}
