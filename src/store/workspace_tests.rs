use super::*;
use crate::{
    import::Imported,
    model::{Color, Highlight, HighlightId, ReadingId, ReadingMeta, Structure},
    store::{Fault, ReadingWriter, UndoError},
    text::Span,
};

fn coder(name: &str) -> CoderId {
    CoderId::new(name).unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn label(id: &str) -> Label {
    Label::new(
        LabelId::new(id).unwrap(),
        id.to_uppercase(),
        Color([1, 2, 3]),
    )
}

fn fresh(folder: &Path) -> Workspace {
    let mut workspace =
        Workspace::create(folder, "Seminar", vec![label("a")], coder("MK"), at(0)).unwrap();
    let imported = Imported {
        meta: ReadingMeta {
            title: "Poles".to_owned(),
            ..ReadingMeta::default()
        },
        text: "One two three.\nFour five.".to_owned(),
        structure: Structure::default(),
        source_name: "poles.txt".to_owned(),
        source_sha256: String::new(),
        encoding: "UTF-8".to_owned(),
        remarks: Vec::new(),
    };
    let reading = ReadingWriter::new(folder)
        .write(&imported, b"x", at(1))
        .unwrap();
    workspace
        .perform(Edit::AddReading(Arc::new(reading)), at(1))
        .unwrap();
    workspace
}

fn poles() -> ReadingId {
    ReadingId::new("poles").unwrap()
}

fn highlight(id: u64, who: &str, start: u32, end: u32) -> Edit {
    Edit::AddHighlight(Arc::new(Highlight {
        id: HighlightId(id),
        reading: poles(),
        span: Span::new(start, end),
        labels: vec![LabelId::new("a").unwrap()],
        stance: None,
        note: String::new(),
        coder: coder(who),
        created: at(2),
        changed: at(2),
    }))
}

fn reopened(workspace: Workspace) -> Workspace {
    let folder = workspace.folder().to_owned();
    let project = workspace.project().clone();
    let who = workspace.coder().clone();
    drop(workspace);
    let opened = Workspace::open(&folder, who).unwrap();
    assert_eq!(opened.problems, []);
    assert_eq!(opened.workspace.project(), &project);
    opened.workspace
}

#[test]
fn what_was_done_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    workspace.perform(highlight(1, "MK", 4, 7), at(2)).unwrap();
    workspace
        .perform(Edit::RenameProject("Other".into()), at(3))
        .unwrap();
    let workspace = reopened(workspace);
    assert_eq!(workspace.history().heads().len(), 3);
    assert_eq!(workspace.project().highlight_count(), 1);
}

#[test]
fn a_new_project_needs_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x"), "").unwrap();
    let made = Workspace::create(folder.path(), "P", vec![], coder("MK"), at(0));
    assert!(matches!(made, Err(StoreError::NotEmpty(_))));
    let opened = Workspace::open(folder.path(), coder("MK"));
    assert!(matches!(opened, Err(StoreError::NotAProject(_))));
}

#[test]
fn all_is_undone_and_redone_across_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    let start = Project {
        name: "Seminar".into(),
        labels: workspace.project.labels.clone(),
        ..Project::default()
    };
    for i in 0..50 {
        workspace.perform(highlight(i, "MK", 4, 7), at(2)).unwrap();
    }
    let end = workspace.project().clone();
    let mut workspace = reopened(workspace);
    while workspace.undo(at(3)).unwrap().is_some() {}
    assert_eq!(workspace.project().readings, start.readings);
    assert_eq!(workspace.project().removed().count(), 1);
    let mut workspace = reopened(workspace);
    while workspace.redo(at(4)).unwrap().is_some() {}
    assert_eq!(workspace.project(), &end);
    let mut workspace = reopened(workspace);
    workspace.go_back_to(11, at(5)).unwrap();
    assert_eq!(workspace.project().highlight_count(), 10);
    let mut workspace = reopened(workspace);
    workspace.undo(at(6)).unwrap();
    assert_eq!(workspace.project(), &end);
    assert!(matches!(
        workspace.go_back_to(999, at(7)),
        Err(UndoError::NoSuchEntry(999))
    ));
}

#[test]
fn a_removed_reading_moves_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    workspace.perform(highlight(1, "MK", 4, 7), at(2)).unwrap();
    workspace
        .perform(Edit::RemoveReading(poles()), at(3))
        .unwrap();
    workspace.flush().unwrap();
    assert!(folder.path().join("removed/poles/text.txt").exists());
    assert!(!folder.path().join("readings/poles").exists());
    let mut workspace = reopened(workspace);
    workspace.undo(at(4)).unwrap();
    workspace.flush().unwrap();
    assert!(folder.path().join("readings/poles/text.txt").exists());
    assert_eq!(reopened(workspace).project().highlight_count(), 1);
}

#[test]
fn idle_writes_after_a_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    workspace.perform(highlight(1, "MK", 4, 7), at(2)).unwrap();
    let file = folder.path().join("highlights/MK/poles.ron");
    workspace.on_idle(at(3));
    assert!(workspace.flushing.is_none());
    workspace.on_idle(at(6));
    workspace.absorb().unwrap();
    assert!(file.exists());
    workspace.on_idle(at(99));
    assert!(
        workspace.flushing.is_none(),
        "there is nothing left to write"
    );
}

#[test]
fn what_is_held_back_is_not_tried_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    drop(fresh(folder.path()));
    std::fs::write(folder.path().join("codebook/a.ron"), "garbage").unwrap();
    let mut workspace = Workspace::open(folder.path(), coder("MK"))
        .unwrap()
        .workspace;
    workspace
        .perform(Edit::ChangeLabel(label("a")), at(3))
        .unwrap();
    assert!(workspace.is_stale());
    workspace.on_idle(at(9));
    workspace.absorb().unwrap();
    assert!(!workspace.is_stale());
    workspace.on_idle(at(99));
    assert!(workspace.flushing.is_none());
    // No mark is set, so that the edit is replayed when the file is whole again.
    drop(workspace);
    let history = std::fs::read_to_string(folder.path().join("history/MK.ron")).unwrap();
    assert!(!history.lines().last().unwrap().starts_with("Saved"));
}

#[test]
fn opening_can_be_given_up() {
    use std::sync::atomic::Ordering;
    let folder = tempfile::tempdir().unwrap();
    drop(fresh(folder.path()));
    let open = |cancel: &AtomicBool, at_texts: bool| {
        open_unless(cancel, folder.path(), coder("MK"), |_| {
            cancel.store(at_texts, Ordering::Relaxed);
        })
    };
    let lock = folder.path().join(".glossator/lock");
    std::fs::remove_file(&lock).unwrap();
    let given_up = open(&AtomicBool::new(true), false);
    assert!(matches!(given_up, Err(StoreError::Cancelled)));
    assert!(!lock.exists());
    // An edit that was torn stays as it is, for whoever opens the project next.
    let history = folder.path().join("history/MK.ron");
    let torn = std::fs::read_to_string(&history).unwrap() + "(n:2,at:";
    std::fs::write(&history, &torn).unwrap();
    let given_up = open(&AtomicBool::new(false), true);
    assert!(matches!(given_up, Err(StoreError::Cancelled)));
    assert_eq!(std::fs::read_to_string(&history).unwrap(), torn);
    // The lock is free again.
    assert!(open(&AtomicBool::new(false), false).is_ok());
}

#[test]
fn coders_have_histories_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    workspace.perform(highlight(1, "MK", 4, 7), at(2)).unwrap();
    workspace.set_coder(coder("JL")).unwrap();
    assert!(workspace.undo(at(3)).unwrap().is_none());
    workspace.perform(highlight(2, "JL", 4, 7), at(3)).unwrap();
    assert_eq!(workspace.all_heads().len(), 3);
    let mut workspace = reopened(workspace);
    workspace.undo(at(4)).unwrap();
    assert_eq!(workspace.project().highlight_count(), 1);
    assert!(folder.path().join("history/JL.ron").exists());
}

#[test]
fn a_failing_disk_costs_no_edit() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    workspace.sync().unwrap();
    for fault in [Fault::Full, Fault::FullHalfway, Fault::NoSync] {
        workspace.faults().set(fault);
        let id = fault as u64;
        workspace.perform(highlight(id, "MK", 4, 7), at(2)).unwrap();
        assert!(workspace.sync().is_err());
        let status = workspace.status();
        assert!(status.unsaved > 0 && status.error.is_some(), "{status:?}");
        assert!(workspace.flush().is_err());
    }
    workspace.undo(at(3)).unwrap();
    workspace.faults().set(Fault::None);
    workspace.sync().unwrap();
    let status = workspace.status();
    assert_eq!((status.unsaved, status.error), (0, None));
    reopened(workspace);
}

#[test]
fn the_waker_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = fresh(folder.path());
    let (send, receive) = std::sync::mpsc::channel();
    workspace.set_waker(move || {
        let _ = send.send(());
    });
    workspace.perform(highlight(1, "MK", 4, 7), at(2)).unwrap();
    receive
        .recv_timeout(std::time::Duration::from_secs(20))
        .unwrap();
}

#[test]
fn nested_batches_are_laid_flat() {
    let name = |s: &str| Edit::RenameProject(s.to_owned());
    let nested = Edit::Batch(vec![
        Edit::Batch(vec![name("a"), Edit::Batch(vec![name("b")])]),
        name("c"),
    ]);
    assert_eq!(
        flat(nested),
        Edit::Batch(vec![name("a"), name("b"), name("c")])
    );
}
