//! Notebooks in their files: written, read, merged, damaged, and changed by others while the project is open.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use glossator::{
    edit::{Edit, compose},
    model::{About, ClaimPlace, LabelId, Notebook, Stance},
    store::{ProblemKind, Workspace, check, read},
};

#[path = "common/folder.rs"]
mod folder;

use folder::{at, coder, files, image, open, project, reading_id, whole};

fn claim(label: &str, stance: Option<Stance>) -> About {
    About::Claim(ClaimPlace {
        label: LabelId::new(label).unwrap(),
        reading: reading_id("poles"),
        stance,
    })
}

fn query(name: &str) -> About {
    About::Query(name.to_owned())
}

fn jot(workspace: &mut Workspace, about: About, text: Option<&str>) {
    let edit = Edit::Jot(
        workspace.coder().clone(),
        about,
        text.map(ToOwned::to_owned),
    );
    workspace.perform(edit, at(9)).unwrap();
}

fn notebook(workspace: &Workspace, who: &str) -> Notebook {
    let all = workspace.project().notebooks();
    all.get(&coder(who)).cloned().unwrap_or_default()
}

/// What git or a synced folder does: another file in the place of the old one.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

/// A project in which MK has a query and two claims, flushed.
fn jotted(folder: &Path) -> Workspace {
    let mut workspace = project(folder);
    jot(&mut workspace, query("Fears"), Some("label:Entrapment"));
    jot(&mut workspace, claim("entrapment", None), Some("A cost."));
    let defines = claim("entrapment", Some(Stance::Defines));
    jot(&mut workspace, defines, Some("Being\ndragged in."));
    workspace.flush().unwrap();
    workspace
}

#[test]
fn what_is_jotted_is_there_again_and_gone_when_it_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = jotted(folder.path());
    let path = folder.path().join("notebooks/MK.ron");
    let before = workspace.project().clone();
    drop(workspace);
    assert!(fs::read_to_string(&path).unwrap().contains("A cost."));
    assert_eq!(check(folder.path()), []);
    let mut workspace = whole(folder.path(), "MK");
    assert_eq!(workspace.project(), &before);
    for _ in 0..3 {
        workspace.undo(at(10)).unwrap();
    }
    workspace.flush().unwrap();
    assert!(!path.exists(), "an empty notebook has no file");
    workspace.redo(at(11)).unwrap();
    workspace.close().unwrap();
    let workspace = whole(folder.path(), "JL");
    assert_eq!(notebook(&workspace, "MK").queries().count(), 1);
    assert_eq!(notebook(&workspace, "MK").claims().count(), 0);
}

#[test]
fn what_a_crash_left_in_the_history_is_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = jotted(folder.path());
    jot(&mut workspace, query("Fears"), Some("label:Caution"));
    jot(&mut workspace, claim("entrapment", None), None);
    workspace.sync().unwrap();
    let image = image(folder.path());
    let seen = read(image.path()).unwrap();
    assert_eq!(&seen.project, workspace.project());
    assert_eq!(
        whole(image.path(), "MK").project().notebooks(),
        workspace.project().notebooks()
    );
}

#[test]
fn each_coder_has_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = jotted(folder.path());
    workspace.set_coder(coder("JL")).unwrap();
    jot(&mut workspace, query("Fears"), Some("coder:JL"));
    workspace.close().unwrap();
    let of = |who: &str| {
        let path = folder.path().join(format!("notebooks/{who}.ron"));
        fs::read_to_string(path).unwrap()
    };
    assert!(of("JL").contains("coder:JL") && !of("MK").contains("coder:JL"));
}

#[test]
fn a_damaged_notebook_is_left_as_it_is_and_edits_wait() {
    let folder = tempfile::tempdir().unwrap();
    drop(jotted(folder.path()));
    let path = folder.path().join("notebooks/MK.ron");
    let good = fs::read_to_string(&path).unwrap();
    let bad = good.replace("text: \"A cost.\"", "text: A cost.");
    fs::write(&path, &bad).unwrap();
    let told = check(folder.path());
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].kind, ProblemKind::Damaged);
    let line = bad.lines().position(|l| l.contains("A cost.")).unwrap() + 1;
    assert_eq!(told[0].line, Some(line));
    assert!(told[0].column.is_some());
    let opened = open(folder.path());
    assert_eq!(opened.problems, told);
    let mut workspace = opened.workspace;
    assert_eq!(
        notebook(&workspace, "MK").get(&query("Fears")),
        Some("label:Entrapment")
    );
    jot(&mut workspace, query("New"), Some("has:note"));
    workspace.flush().unwrap();
    drop(workspace);
    assert_eq!(fs::read_to_string(&path).unwrap(), bad);
    // Put right, it is read, and the edit that waited comes in.
    fs::write(&path, &good).unwrap();
    let mut workspace = whole(folder.path(), "MK");
    assert_eq!(notebook(&workspace, "MK").iter().count(), 4);
    workspace.flush().unwrap();
    drop(workspace);
    assert!(fs::read_to_string(&path).unwrap().contains("has:note"));
}

#[test]
fn a_newer_notebook_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(jotted(folder.path()));
    let path = folder.path().join("notebooks/MK.ron");
    let newer = fs::read_to_string(&path).unwrap();
    let newer = newer.replace("version: 1", "version: 7");
    fs::write(&path, &newer).unwrap();
    let opened = open(folder.path());
    assert_eq!(opened.problems[0].kind, ProblemKind::Newer);
    let mut workspace = opened.workspace;
    jot(&mut workspace, query("New"), Some("has:note"));
    workspace.close().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn a_file_with_conflict_marks_is_merged_and_written() {
    let folder = tempfile::tempdir().unwrap();
    drop(jotted(folder.path()));
    let path = folder.path().join("notebooks/MK.ron");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|l| l.contains("A cost.")).unwrap();
    let other = line.replace("A cost.", "A fear.");
    let marked = text.replace(
        line,
        &format!("<<<<<<< HEAD\n{line}\n=======\n{other}\n>>>>>>> theirs"),
    );
    fs::write(&path, marked).unwrap();
    let opened = open(folder.path());
    assert_eq!(opened.problems[0].kind, ProblemKind::Merged);
    opened.workspace.close().unwrap();
    let workspace = whole(folder.path(), "MK");
    let both = notebook(&workspace, "MK");
    assert_eq!(
        both.get(&claim("entrapment", None)),
        Some("A cost.\n\nA fear.")
    );
}

#[test]
fn a_file_that_changed_on_disk_is_brought_together_by_entry() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = jotted(folder.path());
    let path = folder.path().join("notebooks/MK.ron");
    let text = fs::read_to_string(&path).unwrap();
    // There: the query changed, a new one, the claim without a stance taken out, the other changed.
    let there = text
        .replace(
            "label:Entrapment\"),",
            "label:There\"),\n(name: \"New\", query: \"x\"),",
        )
        .replace("Being\\ndragged in.", "There.");
    let there: String = (there.lines().filter(|l| !l.contains("A cost.")))
        .map(|l| l.to_owned() + "\n")
        .collect();
    replace(&path, &there);
    // Here: the other claim changed too, and another query.
    let defines = claim("entrapment", Some(Stance::Defines));
    jot(&mut workspace, defines.clone(), Some("Here."));
    jot(&mut workspace, query("Mine"), Some("y"));
    workspace.flush().unwrap();
    let now = notebook(&workspace, "MK");
    let queries: Vec<_> = now.queries().collect();
    assert_eq!(
        queries,
        [("Fears", "label:There"), ("Mine", "y"), ("New", "x")]
    );
    assert_eq!(now.get(&claim("entrapment", None)), None);
    assert_eq!(now.get(&defines), Some("Here.\n\nThere."));
    let told = workspace.take_problems();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().all(|p| p.kind == ProblemKind::Merged));
    drop(workspace);
    assert_eq!(notebook(&whole(folder.path(), "MK"), "MK"), now);
}

#[test]
fn a_notebook_that_came_up_damaged_while_open_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = jotted(folder.path());
    let path = folder.path().join("notebooks/MK.ron");
    replace(&path, "(version: 1, queries: [");
    jot(&mut workspace, query("Mine"), Some("y"));
    workspace.flush().unwrap();
    assert_eq!(workspace.take_problems()[0].kind, ProblemKind::Damaged);
    assert_eq!(notebook(&workspace, "MK").iter().count(), 4);
    drop(workspace);
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "(version: 1, queries: ["
    );
}

#[test]
fn entries_about_what_is_not_there_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = jotted(folder.path());
    let label = LabelId::new("entrapment").unwrap();
    let edit = compose::delete_label(workspace.project(), &label, at(12));
    workspace.perform(edit, at(12)).unwrap();
    jot(&mut workspace, claim("never", None), Some("Of nothing."));
    workspace.close().unwrap();
    let before = files(folder.path());
    assert_eq!(check(folder.path()), []);
    let workspace = whole(folder.path(), "MK");
    assert_eq!(notebook(&workspace, "MK").claims().count(), 3);
    workspace.close().unwrap();
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_notebook_that_is_gone_is_told_of_and_can_be_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = jotted(folder.path());
    let before = notebook(&workspace, "MK");
    drop(workspace);
    fs::remove_file(folder.path().join("notebooks/MK.ron")).unwrap();
    let told = check(folder.path());
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].kind, ProblemKind::Missing);
    assert!(told[0].what.contains("3 entries"), "{}", told[0]);
    let mut workspace = whole(folder.path(), "MK");
    let lost = workspace.lost_jottings().unwrap();
    workspace.perform(Edit::Batch(lost), at(20)).unwrap();
    assert_eq!(notebook(&workspace, "MK"), before);
    workspace.close().unwrap();
    assert_eq!(check(folder.path()), []);
}
