//! What becomes of a project when its files, its disk or its neighbours misbehave.
#![allow(clippy::unwrap_used)]

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use glossator::{
    edit::Edit,
    model::{LabelId, Project},
    store::{ProblemKind, ReadingWriter, StoreError, Workspace, check, open_in_stages},
};
use proptest::prelude::*;

mod disk;
#[path = "../common/folder.rs"]
mod folder;
#[path = "../common/random.rs"]
mod random;

use folder::{at, coder, files, highlight, image, import, label, open, project, tag, whole};

fn kinds(problems: &[glossator::store::Problem]) -> Vec<&ProblemKind> {
    problems.iter().map(|p| &p.kind).collect()
}

// --- torn and damaged files -----------------------------------------------------------------------------------------

#[test]
fn a_torn_last_line_is_cut_reported_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let before = project(folder.path()).project().clone();
    let path = folder.path().join("history/MK.ron");
    let good = fs::read(&path).unwrap();
    let torn = b"(n:5,at:\"2027-01-15T08:00:00Z\",by:\"MK\",kind:Do,what:\"Tag";
    let mut file = OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(torn).unwrap();
    assert_eq!(kinds(&check(folder.path())), [&ProblemKind::Torn]);
    let opened = open(folder.path());
    assert_eq!(kinds(&opened.problems), [&ProblemKind::Torn]);
    assert_eq!(opened.problems[0].line, Some(8));
    assert_eq!(opened.workspace.project(), &before);
    assert_eq!(fs::read(&path).unwrap(), good);
    let kept: Vec<PathBuf> = (fs::read_dir(folder.path().join(".glossator")).unwrap())
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "torn"))
        .collect();
    assert_eq!(fs::read(&kept[0]).unwrap(), torn);
    let mut workspace = opened.workspace;
    tag(&mut workspace, 9, 0, 2);
    drop(workspace);
    assert_eq!(whole(folder.path(), "MK").history().heads().len(), 5);
}

#[test]
fn a_garbled_end_of_a_history_is_not_said_to_be_of_no_worth() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let path = folder.path().join("history/MK.ron");
    let mut bytes = fs::read(&path).unwrap();
    let from = bytes.len() - 200;
    bytes[from..]
        .iter_mut()
        .filter(|b| **b != b'\n')
        .for_each(|b| *b = 0);
    fs::write(&path, bytes).unwrap();
    let problems = check(folder.path());
    let torn = problems
        .iter()
        .find(|p| p.kind == ProblemKind::Torn)
        .unwrap();
    assert!(torn.what.contains("that can't be read"), "{torn}");
    assert!(
        torn.hint.starts_with("what they held may be lost"),
        "{torn}"
    );
}

/// The files of the small project that can be spoiled without its being no project any more.
const FILES: [&str; 5] = [
    "project.ron",
    "codebook/entrapment.ron",
    "readings/poles/reading.ron",
    "readings/poles/text.txt",
    "highlights/MK/poles.ron",
];

/// Spoils a file, opens the project, edits it, closes it; then puts the file right and opens again: nothing may be lost.
fn spoil(name: &str, how: &str, spoiled: Option<Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let path = folder.path().join(name);
    let good = fs::read(&path).unwrap();
    match &spoiled {
        Some(bytes) => fs::write(&path, bytes).unwrap(),
        None => fs::remove_file(&path).unwrap(),
    }
    assert!(!check(folder.path()).is_empty(), "{name} {how}");
    let opened = open(folder.path());
    let found = opened.problems.iter().find(|p| p.path == path);
    assert!(found.is_some(), "{name} {how}: {:?}", opened.problems);
    let mut workspace = opened.workspace;
    let edits = [
        Edit::RenameProject("New name".to_owned()),
        Edit::AddHighlight(Arc::new(highlight(50, "MK", 8, 11))),
        Edit::ChangeLabel(label("caution")),
    ];
    let done: Vec<bool> = edits
        .into_iter()
        .map(|edit| workspace.perform(edit, at(9)).is_ok())
        .collect();
    workspace.flush().unwrap();
    drop(workspace);
    assert_eq!(
        fs::read(&path).ok(),
        spoiled,
        "{name} {how}: it was overwritten"
    );
    // As after a crash, open again before it is put right.
    drop(open(folder.path()));
    fs::write(&path, good).unwrap();
    let workspace = whole(folder.path(), "MK");
    assert_eq!(workspace.project().name(), "New name", "{name} {how}");
    let expected = if done[1] { 4 } else { 3 };
    assert_eq!(
        workspace.project().highlight_count(),
        expected,
        "{name} {how}"
    );
    assert_eq!(workspace.project().labels().count(), 2);
}

fn content(name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    fs::read(folder.path().join(name)).unwrap()
}

#[test]
fn truncated_files_are_left_alone_and_cost_nothing() {
    for name in FILES {
        let bytes = content(name);
        for len in [0, bytes.len() / 2, bytes.len() - 3] {
            spoil(name, &format!("cut to {len}"), Some(bytes[..len].to_vec()));
        }
    }
}

#[test]
fn garbage_is_left_alone_and_costs_nothing() {
    for name in FILES {
        for garbage in [
            &b"garbage\n"[..],
            b"\xff\xfe\x00\x00",
            b"(((((((((",
            b"\0\0\0\0\0",
        ] {
            spoil(name, "garbage", Some(garbage.to_vec()));
        }
    }
}

#[test]
fn a_newer_format_is_left_alone() {
    for name in FILES {
        let text = String::from_utf8(content(name)).unwrap();
        let newer = text
            .replace("version: 1", "version: 99")
            .replace("version:1", "version:99");
        if newer != text && name != "project.ron" {
            spoil(name, "newer", Some(newer.into_bytes()));
        }
    }
}

#[test]
fn missing_files_are_named_and_cost_nothing() {
    for name in ["readings/poles/reading.ron", "readings/poles/text.txt"] {
        spoil(name, "missing", None);
    }
}

#[test]
fn a_newer_project_is_not_opened() {
    for name in ["project.ron", "history/MK.ron"] {
        let folder = tempfile::tempdir().unwrap();
        drop(project(folder.path()));
        let path = folder.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let newer = text.replace("version: 1", "version: 2");
        fs::write(&path, newer.replace("version:1", "version:2")).unwrap();
        let refused = Workspace::open(folder.path(), coder("MK"));
        assert!(
            matches!(refused, Err(StoreError::Newer { version: 2, .. })),
            "{name}"
        );
    }
}

#[test]
fn a_missing_label_is_shown_in_grey() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    fs::remove_file(folder.path().join("codebook/entrapment.ron")).unwrap();
    let opened = open(folder.path());
    assert_eq!(kinds(&opened.problems), [&ProblemKind::Missing]);
    let id = LabelId::new("entrapment").unwrap();
    let project = opened.workspace.project();
    assert_eq!(project.label(&id).unwrap().name, "entrapment");
    assert_eq!(project.label_count(&id), 3);
    drop(opened);
    assert!(!folder.path().join("codebook/entrapment.ron").exists());
}

#[test]
fn edits_to_a_reading_that_is_away_wait_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    tag(&mut workspace, 9, 0, 2);
    workspace.sync().unwrap();
    let crashed = image(folder.path());
    let (here, away) = (
        crashed.path().join("readings/poles"),
        crashed.path().join("away"),
    );
    fs::rename(&here, &away).unwrap();
    let opened = open(crashed.path());
    assert!(kinds(&opened.problems).contains(&&ProblemKind::Replay));
    drop(opened);
    fs::rename(&away, &here).unwrap();
    assert_eq!(whole(crashed.path(), "MK").project(), workspace.project());
}

#[test]
fn a_bad_line_of_a_history_is_named_and_the_rest_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    for id in 10..13 {
        tag(&mut workspace, id, 0, 2);
    }
    workspace.sync().unwrap();
    let crashed = image(folder.path());
    let path = crashed.path().join("history/MK.ron");
    let text = fs::read_to_string(&path).unwrap();
    let bad = text.replacen("(n:6,", "(n:six,", 1);
    fs::write(&path, &bad).unwrap();
    for _ in 0..2 {
        let opened = open(crashed.path());
        assert_eq!(kinds(&opened.problems), [&ProblemKind::Damaged]);
        assert_eq!(opened.workspace.project().highlight_count(), 5);
    }
    let now = fs::read_to_string(&path).unwrap();
    assert_eq!(now, bad, "no mark was set");
    fs::write(&path, text).unwrap();
    assert_eq!(whole(crashed.path(), "MK").project(), workspace.project());
}

#[test]
fn a_text_that_was_changed_is_noticed_and_its_highlights_found() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let path = folder.path().join("readings/poles/text.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("Indeed: {text}")).unwrap();
    let opened = open(folder.path());
    let expected = [
        &ProblemKind::Changed,
        &ProblemKind::Quote,
        &ProblemKind::Quote,
        &ProblemKind::Quote,
    ];
    assert_eq!(kinds(&opened.problems), expected);
    let project = opened.workspace.project();
    let first = project.highlights().next().unwrap();
    let reading = project.reading(&first.reading).unwrap();
    assert_eq!(
        reading.text.slice(first.span),
        "ally can be dragged in."
            .get(..first.span.len() as usize)
            .unwrap()
    );
    assert!(!check(folder.path()).is_empty());
}

#[test]
fn highlights_of_a_damaged_reading_wait_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let highlights = fs::read(folder.path().join("highlights/MK/poles.ron")).unwrap();
    fs::remove_file(folder.path().join("readings/poles/text.txt")).unwrap();
    assert_eq!(kinds(&check(folder.path())), [&ProblemKind::Damaged]);
    fs::remove_dir_all(folder.path().join("readings/poles")).unwrap();
    let problems = check(folder.path());
    let expected = [&ProblemKind::Reference, &ProblemKind::Missing];
    assert_eq!(kinds(&problems), expected);
    assert!(
        problems.iter().all(|p| !p.hint.contains("delete")),
        "{problems:?}"
    );
    drop(open(folder.path()));
    let now = fs::read(folder.path().join("highlights/MK/poles.ron")).unwrap();
    assert_eq!(now, highlights);
}

#[test]
fn a_reading_that_two_imported_apart_is_merged() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let path = folder.path().join("readings/poles/reading.ron");
    let good = fs::read_to_string(&path).unwrap();
    let line = good.lines().find(|l| l.contains("imported:")).unwrap();
    let later = "    imported: \"2030-01-01T00:00:00Z\",";
    let marks = format!("<<<<<<< HEAD\n{later}\n=======\n{line}\n>>>>>>> theirs");
    fs::write(&path, good.replace(line, &marks)).unwrap();
    assert_eq!(kinds(&check(folder.path())), [&ProblemKind::Merged]);
    let opened = open(folder.path());
    assert_eq!(kinds(&opened.problems), [&ProblemKind::Merged]);
    drop(opened);
    assert_eq!(fs::read_to_string(&path).unwrap(), good);
    drop(whole(folder.path(), "MK"));
}

// --- disks ----------------------------------------------------------------------------------------------------------

#[test]
fn text_comes_before_highlights() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let mut early = None;
    let opened =
        open_in_stages(folder.path(), coder("MK"), |project| early = Some(project)).unwrap();
    let early = early.unwrap();
    assert_eq!(early.shelves().len(), 1);
    assert_eq!(early.labels().count(), 2);
    assert_eq!(early.highlight_count(), 0);
    assert_eq!(opened.workspace.project().highlight_count(), 3);
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ids = [1, 2, 3, 4, 5, 6, 7];
    for (folder, backwards) in [(one.path(), false), (two.path(), true)] {
        let mut workspace =
            Workspace::create(folder, "P", vec![label("entrapment")], coder("MK"), at(0)).unwrap();
        import(&mut workspace, "Poles");
        let mut ids = ids;
        if backwards {
            ids.reverse();
        }
        for id in ids {
            tag(&mut workspace, id, 3, 7 + id as u32 % 3);
            workspace.flush().unwrap();
        }
    }
    let files = |folder: &Path| -> Vec<_> {
        let all = files(folder).into_iter();
        all.filter(|(name, _)| !name.starts_with("history"))
            .collect()
    };
    assert_eq!(files(one.path()), files(two.path()));
}

#[test]
fn highlights_that_were_copied_to_another_coder_get_their_own_numbers() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    fs::create_dir_all(folder.path().join("highlights/JL")).unwrap();
    let from = folder.path().join("highlights/MK/poles.ron");
    fs::copy(from, folder.path().join("highlights/JL/poles.ron")).unwrap();
    let opened = open(folder.path());
    assert_eq!(kinds(&opened.problems), [&ProblemKind::Merged]);
    assert_eq!(opened.workspace.project().highlight_count(), 6);
    drop(opened);
    assert_eq!(whole(folder.path(), "MK").project().highlight_count(), 6);
}

#[test]
fn a_highlight_caught_between_two_coders_files_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = project(folder.path());
    let mut given = highlight(1, "JL", 3, 7);
    given.note = "given".to_owned();
    workspace
        .perform(Edit::ChangeHighlight(Arc::new(given)), at(9))
        .unwrap();
    workspace.sync().unwrap();
    let old = fs::read(folder.path().join("highlights/MK/poles.ron")).unwrap();
    let tail = image(folder.path());
    workspace.flush().unwrap();
    let new = fs::read(folder.path().join("highlights/JL/poles.ron")).unwrap();
    // JL's file is written, MK's is not yet, and the history is not marked.
    fs::create_dir_all(tail.path().join("highlights/JL")).unwrap();
    fs::write(tail.path().join("highlights/JL/poles.ron"), new).unwrap();
    fs::write(tail.path().join("highlights/MK/poles.ron"), old).unwrap();
    assert_eq!(whole(tail.path(), "MK").project(), workspace.project());
    assert_eq!(whole(tail.path(), "MK").project(), workspace.project());
}

#[test]
fn a_reading_written_but_not_added_before_a_crash_is_there() {
    let folder = tempfile::tempdir().unwrap();
    drop(project(folder.path()));
    let writer = ReadingWriter::new(folder.path());
    writer
        .write(&folder::imported("Other"), b"x", at(8))
        .unwrap();
    assert_eq!(whole(folder.path(), "MK").project().shelves().len(), 2);
}

/// Random edits with saves in between, and what the project then is.
fn scribble(folder: &Path, seed: u64) -> (Project, usize) {
    let mut random = random::Random::new(seed);
    let mut workspace = Workspace::create(folder, "P", vec![], coder("MK"), at(0)).unwrap();
    for title in ["Poles", "Who gains"] {
        import(&mut workspace, title);
    }
    for n in 0..60 {
        let edit = random::edit(&mut random, workspace.project(), random::time(n));
        let _ = workspace.perform(edit, random::time(n));
        match random.below(12) {
            0 => drop(workspace.undo(at(1))),
            1 => drop(workspace.redo(at(1))),
            2 => workspace.flush().unwrap(),
            3 => workspace
                .set_coder(coder(["MK", "JL"][random.below(2)]))
                .unwrap(),
            _ => {}
        }
    }
    workspace.sync().unwrap();
    let crashed = image(folder);
    let replayed = whole(crashed.path(), "MK");
    assert_eq!(replayed.project(), workspace.project(), "after a crash");
    (workspace.project().clone(), workspace.all_heads().len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn saving_and_loading_give_the_same_project(seed in any::<u64>()) {
        let folder = tempfile::tempdir().unwrap();
        let (project, edits) = scribble(folder.path(), seed);
        let workspace = whole(folder.path(), "JL");
        prop_assert_eq!(workspace.project(), &project);
        prop_assert_eq!(workspace.all_heads().len(), edits);
        // Packets name readings at random, also some that never were.
        let is_name = |p: &glossator::store::Problem| p.kind == ProblemKind::Reference;
        let others = check(folder.path()).into_iter().filter(|p| !is_name(p));
        prop_assert_eq!(others.collect::<Vec<_>>(), vec![]);
    }
}
