use std::{fs, path::Path};

use super::*;
use crate::store::Problem;

use crate::store::folder::{at, highlight, label, project, reading_id, tag, whole};

/// What git or a synced folder does: another file in the place of the old one.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

fn label_id(id: &str) -> LabelId {
    LabelId::new(id).unwrap()
}

fn kinds(problems: &[Problem]) -> Vec<&ProblemKind> {
    problems.iter().map(|p| &p.kind).collect()
}

fn change(workspace: &mut Workspace, id: u64, second: i64, note: &str) {
    let old = workspace
        .project()
        .highlight(&reading_id("poles"), HighlightId(id));
    let edit =
        crate::edit::compose::change(old.unwrap(), at(second), |h| note.clone_into(&mut h.note));
    workspace.perform(edit, at(second)).unwrap();
}

fn note(workspace: &Workspace, id: u64) -> &str {
    let found = workspace
        .project()
        .highlight(&reading_id("poles"), HighlightId(id));
    &found.unwrap().note
}

/// The lines of the highlights' file.
fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(ToOwned::to_owned).collect()
}

/// Where highlight `id` stands.
fn place(lines: &[String], id: u64) -> usize {
    let start = format!("(id:\"{id:016x}\"");
    lines.iter().position(|l| l.starts_with(&start)).unwrap()
}

/// A line for a ninth highlight.
fn ninth(lines: &[String]) -> String {
    lines[place(lines, 1)].replace("000001\"", "000009\"")
}

#[test]
fn highlights_that_came_up_on_disk_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("highlights/MK/poles.ron");
    // Elsewhere MK added 9, noted something on 2, and has an older version of 3.
    let mut there = lines(&path);
    let second = place(&there, 2);
    there[second] = (there[second].replace("note 2", "from there")).replace(
        "changed:\"2027-01-15T08:00:02Z\"",
        "changed:\"2027-01-15T08:00:30Z\"",
    );
    assert!(there[second].contains("from there"));
    let ninth = ninth(&there);
    there.insert(2, ninth);
    replace(&path, &(there.join("\n") + "\n"));
    // Here 1 was removed and 3 changed.
    let gone = Edit::RemoveHighlight(reading_id("poles"), HighlightId(1));
    workspace.perform(gone, at(20)).unwrap();
    change(&mut workspace, 3, 21, "from here");
    tag(&mut workspace, 10, 0, 2);
    workspace.flush().unwrap();
    let project = workspace.project().clone();
    let ids: Vec<u64> = project.highlights().map(|h| h.id.0).collect();
    assert_eq!(ids.len(), 4, "{ids:?}");
    for id in [2, 3, 9, 10] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    assert_eq!(note(&workspace, 3), "from here");
    assert_eq!(kinds(&workspace.take_problems()), [&ProblemKind::Merged]);
    assert_eq!(workspace.take_problems(), []);
    drop(workspace);
    assert_eq!(whole(folder.path(), "MK").project(), &project);
}

#[test]
fn of_highlights_changed_on_both_sides_the_newest_is_taken() {
    for (here, expected) in [(40, "from here"), (20, "from there")] {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = project(folder.path());
        let path = folder.path().join("highlights/MK/poles.ron");
        let text = fs::read_to_string(&path).unwrap();
        let theirs: String = (text.lines())
            .map(|line| match line.contains("note 2") {
                true => {
                    let (front, _) = line.split_once(",changed:").unwrap();
                    let front = front.replace("note 2", "from there");
                    format!("{front},changed:\"{}\"),\n", at(30))
                }
                false => format!("{line}\n"),
            })
            .collect();
        replace(&path, &theirs);
        change(&mut workspace, 2, here, "from here");
        workspace.flush().unwrap();
        assert_eq!(note(&workspace, 2), expected);
        drop(workspace);
        assert_eq!(note(&whole(folder.path(), "MK"), 2), expected);
    }
}

#[test]
fn what_was_undone_here_stays_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("highlights/MK/poles.ron");
    change(&mut workspace, 2, 20, "too much");
    workspace.flush().unwrap();
    let mut there = lines(&path);
    let ninth = ninth(&there);
    there.insert(2, ninth);
    replace(&path, &(there.join("\n") + "\n"));
    // The date goes back with it, and the file's version is the newer one by date.
    workspace.undo(at(21)).unwrap();
    workspace.flush().unwrap();
    assert_eq!(note(&workspace, 2), "note 2");
    assert_eq!(workspace.project().highlight_count(), 4);
}

#[test]
fn a_flush_on_the_other_thread_takes_them_in_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("highlights/MK/poles.ron");
    let mut there = lines(&path);
    let ninth = ninth(&there);
    there.insert(2, ninth);
    replace(&path, &(there.join("\n") + "\n"));
    tag(&mut workspace, 10, 0, 2);
    let mut now = 100;
    while workspace.is_stale() || workspace.flushing.is_some() {
        now += 100;
        assert!(now < 100_000, "it never rests");
        workspace.on_idle(at(now));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(workspace.project().highlight_count(), 5);
    assert_eq!(lines(&path).len(), 5 + 2);
    assert_eq!(kinds(&workspace.take_problems()), [&ProblemKind::Merged]);
}

#[test]
fn new_labels_come_with_the_highlights_that_carry_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let book = folder.path().join("codebook");
    let text = fs::read_to_string(book.join("caution.ron")).unwrap();
    fs::write(
        book.join("wedge.ron"),
        text.replace("The caution", "The wedge"),
    )
    .unwrap();
    let path = folder.path().join("highlights/MK/poles.ron");
    let mut there = lines(&path);
    let ninth = ninth(&there).replace("entrapment", "wedge");
    there.insert(2, ninth);
    replace(&path, &(there.join("\n") + "\n"));
    tag(&mut workspace, 10, 0, 2);
    workspace.flush().unwrap();
    assert_eq!(
        workspace.project().label_name(&label_id("wedge")),
        "The wedge"
    );
    assert_eq!(workspace.project().label_count(&label_id("wedge")), 1);
}

#[test]
fn a_label_changed_on_both_sides_stands_in_conflict_with_both_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("codebook/caution.ron");
    let text = fs::read_to_string(&path).unwrap();
    replace(&path, &text.replace("The caution", "Their caution"));
    let mut ours = label("caution");
    ours.definition = "Ours".to_owned();
    workspace
        .perform(Edit::ChangeLabel(ours.clone()), at(20))
        .unwrap();
    workspace.flush().unwrap();
    let problems = workspace.take_problems();
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    let ProblemKind::Conflict { theirs, .. } = &problem.kind else {
        panic!("{problem}");
    };
    assert_eq!(theirs.name, "Their caution");
    assert!(!workspace.is_stale());
    // Both are in the file, whatever happens to this program.
    let kept = fs::read_to_string(&path).unwrap();
    assert!(
        kept.contains("Their caution") && kept.contains("Ours"),
        "{kept}"
    );
    drop(workspace);
    let opened = crate::store::folder::open(folder.path());
    assert!(matches!(
        opened.problems.as_slice(),
        [Problem {
            kind: ProblemKind::Conflict { .. },
            ..
        }]
    ));
    let mut workspace = opened.workspace;
    workspace
        .perform(Edit::ChangeLabel(theirs.clone()), at(21))
        .unwrap();
    workspace.flush().unwrap();
    drop(workspace);
    let workspace = whole(folder.path(), "MK");
    assert_eq!(
        workspace.project().label(&label_id("caution")),
        Some(theirs)
    );
}

#[test]
fn a_conflict_is_settled_in_the_same_session() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("codebook/caution.ron");
    let text = fs::read_to_string(&path).unwrap();
    replace(&path, &text.replace("The caution", "Their caution"));
    let mut ours = label("caution");
    ours.definition = "Ours".to_owned();
    workspace
        .perform(Edit::ChangeLabel(ours.clone()), at(20))
        .unwrap();
    workspace.flush().unwrap();
    ours.name = "Their caution".to_owned();
    workspace
        .perform(Edit::ChangeLabel(ours.clone()), at(21))
        .unwrap();
    workspace.flush().unwrap();
    drop(workspace);
    let workspace = whole(folder.path(), "MK");
    assert_eq!(workspace.project().label(&label_id("caution")), Some(&ours));
}

#[test]
fn a_label_that_changed_on_disk_is_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("codebook/caution.ron");
    let text = fs::read_to_string(&path).unwrap();
    replace(&path, &text.replace("The caution", "Their caution"));
    workspace
        .perform(Edit::RemoveLabel(label_id("caution")), at(20))
        .unwrap();
    workspace.flush().unwrap();
    assert_eq!(
        workspace.project().label_name(&label_id("caution")),
        "Their caution"
    );
    assert_eq!(kinds(&workspace.take_problems()), [&ProblemKind::Merged]);
    assert!(fs::read_to_string(&path).unwrap().contains("Their caution"));
}

#[test]
fn a_file_that_was_only_touched_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    for name in [
        "codebook/caution.ron",
        "highlights/MK/poles.ron",
        "readings/poles/reading.ron",
    ] {
        let path = folder.path().join(name);
        replace(&path, &fs::read_to_string(&path).unwrap());
    }
    let mut ours = label("caution");
    ours.definition = "Ours".to_owned();
    workspace.perform(Edit::ChangeLabel(ours), at(20)).unwrap();
    tag(&mut workspace, 10, 0, 2);
    let mut meta = workspace
        .project()
        .reading(&reading_id("poles"))
        .unwrap()
        .meta
        .clone();
    meta.year = Some(1987);
    let edit = Edit::ChangeReading(reading_id("poles"), meta);
    workspace.perform(edit, at(20)).unwrap();
    workspace.flush().unwrap();
    assert_eq!(workspace.take_problems(), []);
    let project = workspace.project().clone();
    drop(workspace);
    assert_eq!(whole(folder.path(), "MK").project(), &project);
}

#[test]
fn what_a_reading_was_called_elsewhere_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("readings/poles/reading.ron");
    let theirs = fs::read_to_string(&path)
        .unwrap()
        .replace("\"Poles\"", "\"Theirs\"");
    replace(&path, &theirs);
    let mut meta = workspace
        .project()
        .reading(&reading_id("poles"))
        .unwrap()
        .meta
        .clone();
    meta.title = "Ours".to_owned();
    let edit = Edit::ChangeReading(reading_id("poles"), meta);
    workspace.perform(edit, at(20)).unwrap();
    workspace.flush().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    assert_eq!(kinds(&workspace.take_problems()), [&ProblemKind::Merged]);
    assert!(!workspace.is_stale());
    drop(workspace);
    let kept = fs::read_dir(folder.path().join(".glossator")).unwrap();
    let kept: Vec<_> = kept
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some())
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), theirs);
    let workspace = whole(folder.path(), "MK");
    assert_eq!(
        workspace
            .project()
            .reading(&reading_id("poles"))
            .unwrap()
            .meta
            .title,
        "Ours"
    );
}

#[test]
fn a_file_that_was_spoiled_on_disk_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let path = folder.path().join("codebook/caution.ron");
    replace(&path, "garbage");
    let mut ours = label("caution");
    ours.definition = "Ours".to_owned();
    workspace
        .perform(Edit::ChangeLabel(ours.clone()), at(20))
        .unwrap();
    workspace.flush().unwrap();
    assert_eq!(kinds(&workspace.take_problems()), [&ProblemKind::Damaged]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "garbage");
    assert_eq!(workspace.project().label(&label_id("caution")), Some(&ours));
}

#[test]
fn highlights_in_a_file_that_was_never_there_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let own = fs::read_to_string(folder.path().join("highlights/MK/poles.ron")).unwrap();
    let path = folder.path().join("highlights/JL/poles.ron");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let theirs = own
        .replace("\"MK\"", "\"JL\"")
        .replace("(id:\"00", "(id:\"77");
    fs::write(&path, theirs).unwrap();
    workspace.set_coder(CoderId::new("JL").unwrap()).unwrap();
    let new = highlight(50, "JL", 0, 2);
    workspace
        .perform(Edit::AddHighlight(Arc::new(new)), at(20))
        .unwrap();
    workspace.flush().unwrap();
    assert_eq!(workspace.project().highlight_count(), 3 + 3 + 1);
    assert_eq!(lines(&path).len(), 4 + 2);
}

#[test]
fn a_copy_of_another_coders_file_takes_nothing_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let own = fs::read_to_string(folder.path().join("highlights/MK/poles.ron")).unwrap();
    let path = folder.path().join("highlights/JL/poles.ron");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let theirs = own
        .replace("\"MK\"", "\"JL\"")
        .replace("changed:\"2027", "changed:\"2028");
    fs::write(&path, theirs).unwrap();
    let new = highlight(50, "JL", 0, 2);
    workspace
        .perform(Edit::AddHighlight(Arc::new(new)), at(20))
        .unwrap();
    workspace.flush().unwrap();
    let of = |who: &str| {
        let all = workspace.project().highlights();
        all.filter(|h| h.coder.as_str() == who).count()
    };
    assert_eq!((of("MK"), of("JL")), (3, 4));
}
