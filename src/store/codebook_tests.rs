use std::fs;

use super::*;
use crate::store::{ron_text::pretty, saved::SavedLabel};

fn id(name: &str) -> LabelId {
    LabelId::new(name).unwrap()
}

fn label(name: &str) -> Label {
    let mut label = Label::new(id(name), format!("The {name}"), Color([1, 2, 3]));
    label.definition = "It's\ntwo lines".to_owned();
    label.cues = vec!["entrap*".to_owned()];
    label.contrast = Some(id("b"));
    label.digit = Some(3);
    label.position = 0.5;
    label
}

fn ron(label: &Label) -> String {
    pretty(&SavedLabel::from(label)).unwrap()
}

fn read_one(content: &str) -> Codebook {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("codebook")).unwrap();
    fs::write(folder.path().join("codebook/a.ron"), content).unwrap();
    read_codebook(&Paths::new(folder.path())).unwrap()
}

fn kinds(book: &Codebook) -> Vec<ProblemKind> {
    book.problems.iter().map(|p| p.kind.clone()).collect()
}

#[test]
fn a_label_reads_back_and_is_plain_to_read() {
    let written = ron(&label("a"));
    assert!(
        written.contains("    definition: \"It's\\ntwo lines\",\n"),
        "{written}"
    );
    assert!(!written.contains("id:"));
    let book = read_one(&written);
    assert_eq!(book.labels[&id("a")], label("a"));
    assert!(book.problems.is_empty());
}

#[test]
fn a_file_edited_by_hand_is_read() {
    let book = read_one(
        "\u{feff}(\r\n  version: 1, name: \"A\", color: \"#010203\",\r\n  contrast: \"b\", // why\r\n)",
    );
    assert_eq!(kinds(&book), []);
    assert_eq!(book.labels[&id("a")].contrast, Some(id("b")));
}

#[test]
fn a_damaged_label_is_there_in_grey() {
    for content in [
        "",
        "garbage",
        "(version: 1, name: \"A\"",
        "(version: 1, name: \"A\", color: \"red\")",
    ] {
        let book = read_one(content);
        assert_eq!(book.labels[&id("a")], placeholder(&id("a")), "{content:?}");
        assert_eq!(kinds(&book), [ProblemKind::Damaged]);
        assert_eq!(book.blocked.len(), 1);
    }
    let book = read_one("(version: 2, nom: \"A\")");
    assert_eq!(kinds(&book), [ProblemKind::Newer]);
}

#[test]
fn a_conflict_carries_both_versions() {
    let mut other = label("a");
    other.definition = "Theirs".to_owned();
    let (ours, theirs) = (ron(&label("a")), ron(&other));
    let whole = format!("<<<<<<< HEAD\n{ours}||||||| base\n()\n=======\n{theirs}>>>>>>> other\n");
    let by_line = ours.replacen(
        "    definition: \"It's\\ntwo lines\",\n",
        "<<<<<<< HEAD\n    definition: \"It's\\ntwo lines\",\n=======\n    definition: \"Theirs\",\n>>>>>>> x\n",
        1,
    );
    for content in [whole, by_line] {
        let book = read_one(&content);
        assert_eq!(book.labels[&id("a")], label("a"));
        let expected = ProblemKind::Conflict {
            ours: label("a"),
            theirs: other.clone(),
        };
        assert_eq!(kinds(&book), [expected]);
        assert_eq!(book.blocked.len(), 1);
    }
}

fn healed(labels: Vec<Label>) -> (Project, Vec<Problem>) {
    let mut project = Project::new("P");
    project.labels = labels.into_iter().map(|l| (l.id.clone(), l)).collect();
    let problems = heal(&mut project, &Paths::new(Path::new("p")));
    (project, problems)
}

fn plain(name: &str, parent: Option<&str>) -> Label {
    let mut label = Label::new(id(name), name, Color([1, 2, 3]));
    label.parent = parent.map(id);
    label
}

#[test]
fn circles_are_cut_and_loose_ends_tied() {
    let (project, problems) = healed(vec![
        plain("a", Some("b")),
        plain("b", Some("c")),
        plain("c", Some("a")),
        plain("d", Some("d")),
        plain("e", Some("gone")),
        plain("f", Some("a")),
    ]);
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert_eq!(project.codebook().len(), 6);
    assert_eq!(project.label(&id("f")).unwrap().parent, Some(id("a")));
}

#[test]
fn no_two_labels_have_one_name() {
    let mut labels = vec![
        plain("a", None),
        plain("b", None),
        plain("c", None),
        plain("d", None),
    ];
    labels[0].name = "Pole".to_owned();
    labels[1].name = "pole".to_owned();
    labels[2].name = " ".to_owned();
    labels[3].name = "Pole".to_owned();
    let (project, problems) = healed(labels);
    let names: Vec<&str> = project.labels().map(|l| &*l.name).collect();
    assert_eq!(names, ["Pole", "pole (2)", "c", "Pole (3)"]);
    assert_eq!(problems.len(), 3);
}
