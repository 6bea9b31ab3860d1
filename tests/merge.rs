//! What becomes of a project when coders who worked apart merge their folders.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use glossator::{
    edit::Edit,
    model::LabelId,
    store::{ProblemKind, check},
};

#[path = "common/folder.rs"]
mod folder;

use folder::{at, label, open, project, tag, whole};

fn kinds(problems: &[glossator::store::Problem]) -> Vec<&ProblemKind> {
    problems.iter().map(|p| &p.kind).collect()
}

#[test]
fn a_label_in_conflict_is_settled_by_changing_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let path = folder.path().join("codebook/caution.ron");
    let ours = fs::read_to_string(&path).unwrap();
    let theirs = ours.replace("The caution", "Their caution");
    let marked = format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n");
    fs::write(&path, &marked).unwrap();
    let opened = open(folder.path());
    let [problem] = opened.problems.as_slice() else {
        panic!("{:?}", opened.problems);
    };
    let ProblemKind::Conflict { ours, theirs } = &problem.kind else {
        panic!("{problem}");
    };
    assert_eq!(
        (&*ours.name, &*theirs.name),
        ("The caution", "Their caution")
    );
    let mut workspace = opened.workspace;
    workspace
        .perform(Edit::RenameProject("Other".to_owned()), at(5))
        .unwrap();
    workspace.flush().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), marked);
    workspace
        .perform(Edit::ChangeLabel(theirs.clone()), at(5))
        .unwrap();
    drop(workspace);
    let id = LabelId::new("caution").unwrap();
    let workspace = whole(folder.path(), "MK");
    assert_eq!(
        workspace.project().label(&id).unwrap().name,
        "Their caution"
    );
}

#[test]
fn highlights_in_conflict_are_taken_from_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let path = folder.path().join("highlights/MK/poles.ron");
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let marked = format!(
        "{}\n<<<<<<< HEAD\n{}\n{}\n=======\n{}\n>>>>>>> x\n{}\n",
        lines[0], lines[1], lines[2], lines[3], lines[4]
    );
    fs::write(&path, marked).unwrap();
    let opened = open(folder.path());
    assert_eq!(kinds(&opened.problems), [&ProblemKind::Merged]);
    assert_eq!(opened.workspace.project().highlight_count(), 3);
    drop(opened);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    whole(folder.path(), "MK");
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    Command::new("git")
        .args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[test]
fn two_coders_who_worked_apart_merge_with_git() {
    let (mine, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    if !git(mine.path(), &["--version"]) {
        eprintln!("skipped: there is no git");
        return;
    }
    drop(project(mine.path()));
    assert!(git(mine.path(), &["init"]) && git(mine.path(), &["add", "."]));
    assert!(git(mine.path(), &["commit", "-m", "start"]));
    assert!(
        !Command::new("git")
            .args(["ls-files", ".glossator"])
            .current_dir(mine.path())
            .output()
            .unwrap()
            .stdout
            .starts_with(b".")
    );
    let there = theirs.path().join("clone");
    let url = mine.path().to_str().unwrap();
    assert!(git(theirs.path(), &["clone", url, there.to_str().unwrap()]));

    let mut jl = whole(&there, "JL");
    tag(&mut jl, 100, 0, 2);
    jl.perform(Edit::AddLabel(label("wedge")), at(5)).unwrap();
    drop(jl);
    assert!(git(&there, &["add", "."]) && git(&there, &["commit", "-m", "theirs"]));

    let mut mk = whole(mine.path(), "MK");
    tag(&mut mk, 101, 0, 2);
    mk.perform(Edit::AddLabel(label("pole")), at(5)).unwrap();
    drop(mk);
    assert!(git(mine.path(), &["add", "."]) && git(mine.path(), &["commit", "-m", "mine"]));

    let from = there.to_str().unwrap();
    assert!(git(
        mine.path(),
        &["pull", "--no-rebase", "--no-edit", from, "main"]
    ));
    let merged = whole(mine.path(), "MK");
    assert_eq!(merged.project().highlight_count(), 5);
    assert_eq!(merged.project().labels().count(), 4);
    assert_eq!(merged.all_heads().len(), 4 + 2 + 2);
    assert_eq!(check(mine.path()), []);
}

#[test]
fn one_coder_on_two_machines_merges_histories_by_union() {
    let (mine, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    if !git(mine.path(), &["--version"]) {
        eprintln!("skipped: there is no git");
        return;
    }
    drop(project(mine.path()));
    assert!(git(mine.path(), &["init"]) && git(mine.path(), &["add", "."]));
    assert!(git(mine.path(), &["commit", "-m", "start"]));
    let there = theirs.path().join("clone");
    assert!(git(
        theirs.path(),
        &[
            "clone",
            mine.path().to_str().unwrap(),
            there.to_str().unwrap()
        ]
    ));
    for (folder, id) in [(there.as_path(), 100), (mine.path(), 101)] {
        let mut workspace = whole(folder, "MK");
        tag(&mut workspace, id, id as u32 % 7, 12);
        drop(workspace);
        assert!(git(folder, &["add", "."]) && git(folder, &["commit", "-m", "x"]));
    }
    // The highlights' file may conflict; both sides are taken all the same.
    git(
        mine.path(),
        &[
            "pull",
            "--no-rebase",
            "--no-edit",
            there.to_str().unwrap(),
            "main",
        ],
    );
    let opened = open(mine.path());
    assert!(
        opened
            .problems
            .iter()
            .all(|p| p.kind == ProblemKind::Merged),
        "{:?}",
        opened.problems
    );
    assert_eq!(opened.workspace.project().highlight_count(), 5);
}

#[test]
fn a_history_that_git_replaced_while_open_is_added_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("history/MK.ron");
    let other = folder.path().join("other");
    fs::copy(&path, &other).unwrap();
    fs::rename(&other, &path).unwrap();
    tag(&mut workspace, 9, 0, 2);
    workspace.sync().unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("(n:5,"));
    drop(workspace);
    assert_eq!(whole(folder.path(), "MK").project().highlight_count(), 4);
}
