//! The layers of the program: what may use what. Read from the sources, so that nothing has to be run to see a breach.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The layers from the ground up, each with the layers it uses. What is not listed here is not allowed.
///
/// `model` and `text` are one floor: a project is made of texts. `export` and `import` are two sides of one format: the
/// annotated project's types are `export`'s, reading them back is `import`'s.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("edit", &["model", "text"]),
    ("analysis", &["model", "text"]),
    ("gather", &["analysis", "model", "text"]),
    ("export", &["analysis", "model", "text"]),
    ("import", &["edit", "export", "model", "text"]),
    ("seeds", &["export", "import", "model"]),
    ("store", &["edit", "import", "model", "text"]),
    ("delivery", &["export", "model", "store"]),
    (
        "intake",
        &["edit", "export", "import", "model", "store", "text"],
    ),
    (
        "cli",
        &[
            "analysis", "app", "delivery", "edit", "export", "gather", "import", "intake", "model",
            "seeds", "store", "text",
        ],
    ),
    (
        "app",
        &[
            "analysis", "cli", "delivery", "edit", "export", "gather", "import", "intake", "model",
            "seeds", "store", "text",
        ],
    ),
];

/// Uses that are fine in a single file only: the command that opens the window, and who the window takes the coder to be.
const ONLY_HERE: &[(&str, &str, &str)] = &[
    ("cli", "app", "cli/open.rs"),
    ("app", "cli", "app/settings.rs"),
];

/// Layers that know nothing of the machine: no files, no clock, no threads, no environment.
const PURE: &[&str] = &["model", "text", "edit", "analysis", "export"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// A source file: where it is below `src/`, and its code without comments and tests.
struct Source {
    path: String,
    code: String,
}

impl Source {
    fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let read = |path: PathBuf| {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let is_test = name.ends_with("tests.rs");
            let code = code_of(&fs::read_to_string(&path).unwrap());
            (!is_test).then_some(Self { path: name, code })
        };
        sources(&root).into_iter().filter_map(read).collect()
    }

    /// The layer it belongs to; `lib.rs` and `main.rs` belong to none.
    fn layer(&self) -> Option<&str> {
        let name = self.path.split('/').next()?;
        let name = name.strip_suffix(".rs").unwrap_or(name);
        (!matches!(name, "lib" | "main")).then_some(name)
    }

    /// How many modules lie above the one of this file, the crate's root among them.
    fn depth(&self) -> usize {
        let folders = self.path.matches('/').count();
        if self.path.ends_with("/mod.rs") {
            folders
        } else {
            folders + 1
        }
    }

    /// The parts of the program that it names by `crate::…`.
    fn uses(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, _) in self.code.match_indices("crate::") {
            let before = self.code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            found.extend(heads(&self.code[at + "crate::".len()..]));
        }
        found
    }
}

/// The code without line comments and without what is compiled for tests only, which stands at the end of a file.
fn code_of(source: &str) -> String {
    let lines = source.lines().map(|l| l.split("//").next().unwrap_or(l));
    let code = lines.collect::<Vec<_>>().join("\n");
    let tests = code.find("#[cfg(test)]\nmod tests {");
    code[..tests.unwrap_or(code.len())].to_owned()
}

/// The first names of what follows `crate::`: one, or those of a list in braces.
fn heads(rest: &str) -> Vec<String> {
    let name = |s: &str| -> String {
        s.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(list) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                names.push(name(&list[start..i]));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|n| !n.is_empty());
    names
}

#[test]
fn names_are_read_from_lists_and_from_paths() {
    assert_eq!(heads("model::{A, B};"), ["model"]);
    assert_eq!(
        heads("{edit::{Edit, compose}, model::Label,\n    text::Span,\n};"),
        ["edit", "model", "text"]
    );
    let code =
        code_of("use crate::model; // crate::app\n#[cfg(test)]\nmod tests { use crate::cli; }");
    let source = Source {
        path: "text/x.rs".into(),
        code,
    };
    assert_eq!(source.uses().into_iter().collect::<Vec<_>>(), ["model"]);
}

#[test]
fn every_layer_uses_the_layers_below_it_only() {
    let allowed: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    let mut wrong = Vec::new();
    for source in Source::all() {
        let Some(layer) = source.layer() else {
            continue;
        };
        for other in source.uses() {
            if other == layer {
                continue;
            }
            let may = allowed
                .get(layer)
                .is_some_and(|below| below.contains(&other.as_str()));
            let elsewhere = ONLY_HERE
                .iter()
                .any(|(from, to, file)| *from == layer && *to == other && *file != source.path);
            if !may || elsewhere {
                wrong.push(format!("src/{} uses {other}", source.path));
            }
            used.insert((layer.to_owned(), other));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The list tells how it is: what is not there is not allowed in advance.
    let idle: Vec<_> = LAYERS
        .iter()
        .flat_map(|(layer, below)| {
            below
                .iter()
                .map(move |b| (layer.to_string(), b.to_string()))
        })
        .filter(|edge| !used.contains(edge))
        .collect();
    assert!(idle.is_empty(), "listed but not used: {idle:?}");
}

#[test]
fn no_path_goes_up_to_the_root_and_down_again() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        let way_up = "super::".repeat(source.depth());
        if source.layer().is_some() && source.code.contains(&way_up) {
            wrong.push(source.path);
        }
    }
    assert!(wrong.is_empty(), "write crate:: in {wrong:?}");
}

fn naming(words: &[&str], layers: impl Fn(&str) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in Source::all() {
        if source.layer().is_some_and(&layers) {
            let named = words.iter().filter(|w| source.code.contains(**w));
            wrong.extend(named.map(|w| format!("src/{}: {w}", source.path)));
        }
    }
    wrong
}

#[test]
fn the_window_s_library_is_named_in_the_app_only() {
    let words = ["egui::", "eframe", "rfd::"];
    assert_eq!(naming(&words, |layer| layer != "app"), Vec::<String>::new());
    assert!(naming(&words, |layer| layer == "app").len() > 20);
}

#[test]
fn pure_layers_know_neither_files_nor_clock() {
    let words = [
        "std::fs",
        "fs::",
        "File::",
        "std::env",
        "env::",
        "thread::",
        "Timestamp::now",
        "Instant::",
        "SystemTime",
        "Zoned::now",
        "println!",
        "getrandom",
    ];
    assert_eq!(
        naming(&words, |layer| PURE.contains(&layer)),
        Vec::<String>::new()
    );
    // In the import it is one file's business to look into folders.
    let import = naming(&words, |layer| layer == "import");
    let others: Vec<_> = import
        .iter()
        .filter(|w| !w.starts_with("src/import/files.rs"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(naming(&words, |layer| layer == "store").len() > 10);
}

#[test]
fn only_edits_change_a_project() {
    // The fields of a project are open within the crate; this is who may use that.
    let words = [
        ".labels.insert(",
        ".readings.insert(",
        ".highlights.insert(",
        ".removed.insert(",
    ];
    let all = naming(&words, |layer| !matches!(layer, "edit" | "model" | "store"));
    assert_eq!(all, Vec::<String>::new());
    assert!(!naming(&words, |layer| layer == "edit").is_empty());
}
