use std::fs;

use super::*;
use crate::model::{CoderId, Color, HighlightId, Label, LabelId};

use crate::store::folder::{at, coder, highlight, import, label, project, reading_id, tag, whole};

fn id(label: &str) -> LabelId {
    LabelId::new(label).unwrap()
}

fn change(workspace: &mut Workspace, label: &str, second: i64, f: impl FnOnce(&mut Label)) {
    let mut new = workspace.project().label(&id(label)).unwrap().clone();
    f(&mut new);
    workspace
        .perform(Edit::ChangeLabel(new), at(second))
        .unwrap();
}

fn is(workspace: &mut Workspace, who: &str) {
    workspace.set_coder(CoderId::new(who).unwrap()).unwrap();
}

#[test]
fn what_a_colleague_builds_on_is_stepped_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    workspace
        .perform(Edit::RenameProject("Mine".into()), at(5))
        .unwrap();
    workspace
        .perform(Edit::AddLabel(label("wedge")), at(6))
        .unwrap();
    is(&mut workspace, "JL");
    let mut theirs = highlight(9, "JL", 0, 2);
    theirs.labels = vec![id("wedge")];
    workspace
        .perform(Edit::AddHighlight(Arc::new(theirs)), at(7))
        .unwrap();
    is(&mut workspace, "MK");
    let before = workspace.project().clone();
    let error = workspace.undo(at(8)).unwrap_err().to_string();
    assert!(
        error.contains("still used") && error.contains("passed over"),
        "{error}"
    );
    assert_eq!(workspace.project(), &before);
    assert_eq!(
        workspace.undo(at(9)).unwrap().unwrap(),
        "Rename the project to “Mine”"
    );
    assert_eq!(workspace.project().name(), "Seminar");
    drop(workspace);
    // The stacks are the same after a restart; redone and no longer in the way, it can be undone.
    let mut workspace = whole(folder.path(), "MK");
    workspace.redo(at(10)).unwrap();
    workspace.redo(at(11)).unwrap();
    is(&mut workspace, "JL");
    workspace.undo(at(12)).unwrap();
    is(&mut workspace, "MK");
    workspace.undo(at(13)).unwrap();
    assert_eq!(workspace.project().label(&id("wedge")), None);
}

#[test]
fn what_fits_of_several_edits_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let both = Edit::Batch(vec![
        Edit::AddLabel(label("wedge")),
        Edit::AddLabel(label("pole")),
    ]);
    workspace.perform(both, at(6)).unwrap();
    is(&mut workspace, "JL");
    let mut theirs = highlight(9, "JL", 0, 2);
    theirs.labels = vec![id("wedge")];
    workspace
        .perform(Edit::AddHighlight(Arc::new(theirs)), at(7))
        .unwrap();
    is(&mut workspace, "MK");
    let said = workspace.undo(at(8)).unwrap().unwrap();
    assert!(said.contains("not all of it"), "{said}");
    assert!(workspace.project().label(&id("wedge")).is_some());
    assert!(workspace.project().label(&id("pole")).is_none());
    workspace.redo(at(9)).unwrap();
    assert!(workspace.project().label(&id("pole")).is_some());
    is(&mut workspace, "JL");
    workspace.undo(at(10)).unwrap();
    is(&mut workspace, "MK");
    assert_eq!(
        workspace.undo(at(11)).unwrap().unwrap(),
        "New label “The wedge” and 1 more"
    );
    assert!(workspace.project().label(&id("wedge")).is_none());
}

#[test]
fn a_reading_whose_folder_was_emptied_is_stepped_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    import(&mut workspace, "Gone");
    workspace
        .perform(Edit::RemoveReading(reading_id("gone")), at(6))
        .unwrap();
    drop(workspace);
    fs::remove_dir_all(folder.path().join("removed/gone")).unwrap();
    let mut workspace = whole(folder.path(), "MK");
    assert!(workspace.undo(at(7)).is_err());
    // The import is undone already, as it were.
    workspace.undo(at(8)).unwrap();
    workspace.undo(at(9)).unwrap();
    assert_eq!(workspace.project().highlight_count(), 2);
}

#[test]
fn what_others_changed_since_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    change(&mut workspace, "caution", 5, |l| l.color = Color([9, 9, 9]));
    is(&mut workspace, "JL");
    change(&mut workspace, "caution", 6, |l| {
        l.definition = "JL's".into()
    });
    is(&mut workspace, "MK");
    workspace.undo(at(7)).unwrap();
    let now = workspace.project().label(&id("caution")).unwrap();
    assert_eq!(
        (now.color, now.definition.as_str()),
        (Color([1, 2, 3]), "JL's")
    );
    workspace.redo(at(8)).unwrap();
    let now = workspace.project().label(&id("caution")).unwrap();
    assert_eq!(
        (now.color, now.definition.as_str()),
        (Color([9, 9, 9]), "JL's")
    );
    workspace.go_back_to(4, at(9)).unwrap();
    let now = workspace.project().label(&id("caution")).unwrap();
    assert_eq!(
        (now.color, now.definition.as_str()),
        (Color([1, 2, 3]), "JL's")
    );
}

#[test]
fn what_others_changed_over_is_not_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    change(&mut workspace, "caution", 5, |l| {
        l.definition = "MK's".into()
    });
    is(&mut workspace, "JL");
    change(&mut workspace, "caution", 6, |l| {
        l.definition = "JL's".into()
    });
    is(&mut workspace, "MK");
    let error = workspace.undo(at(7)).unwrap_err().to_string();
    assert!(error.contains("was changed since"), "{error}");
    assert_eq!(
        workspace
            .project()
            .label(&id("caution"))
            .unwrap()
            .definition,
        "JL's"
    );
}

#[test]
fn a_label_is_taken_off_a_highlight_that_got_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    workspace
        .perform(Edit::AddLabel(label("wedge")), at(4))
        .unwrap();
    let tagged = |workspace: &mut Workspace, label: &str, second| {
        let old = workspace
            .project()
            .highlight(&reading_id("poles"), HighlightId(1));
        let edit =
            crate::edit::compose::change(old.unwrap(), at(second), |h| h.labels.push(id(label)));
        workspace.perform(edit, at(second)).unwrap();
    };
    tagged(&mut workspace, "caution", 5);
    is(&mut workspace, "JL");
    tagged(&mut workspace, "wedge", 6);
    is(&mut workspace, "MK");
    workspace.undo(at(7)).unwrap();
    let now = workspace
        .project()
        .highlight(&reading_id("poles"), HighlightId(1))
        .unwrap();
    assert_eq!(now.labels, [id("entrapment"), id("wedge")]);
    assert_eq!(now.changed, at(6));
}

#[test]
fn going_back_writes_what_differs_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let start = workspace.history().heads().len() as u64;
    for n in 0..200 {
        change(&mut workspace, "caution", 5, |l| {
            l.definition = format!("Draft {n}")
        });
    }
    tag(&mut workspace, 10, 0, 2);
    let end = workspace.history().heads().len() as u64;
    let states = [workspace.project().clone(), {
        workspace.go_back_to(start, at(6)).unwrap();
        workspace.project().clone()
    }];
    for n in 0..20 {
        let (to, state) = if n % 2 == 0 {
            (end, &states[0])
        } else {
            (start, &states[1])
        };
        workspace.go_back_to(to, at(7)).unwrap();
        assert_eq!(workspace.project(), state);
    }
    workspace.sync().unwrap();
    let history = fs::read_to_string(folder.path().join("history/MK.ron")).unwrap();
    let long = history
        .lines()
        .filter(|l| l.contains("GoBack"))
        .map(str::len)
        .max();
    assert!(long.unwrap() < 2500, "{long:?}");
    // Where it is already, nothing is written.
    let n = workspace.history().heads().len();
    workspace.go_back_to(start, at(8)).unwrap();
    assert_eq!(workspace.history().heads().len(), n);
    drop(workspace);
    assert_eq!(whole(folder.path(), "MK").project(), &states[1]);
    assert_eq!(coder("MK"), CoderId::new("MK").unwrap());
}
