use std::{fs, path::PathBuf};

use super::*;
use crate::{
    edit::{Edit, Kind},
    model::Project,
    store::saved_edit::SavedEdit,
};

fn entry(n: u64, what: &str) -> Entry {
    Entry {
        head: Head {
            n,
            at: Timestamp::UNIX_EPOCH,
            by: CoderId::new("MK").unwrap(),
            kind: Kind::Do,
            what: what.to_owned(),
        },
        edit: Edit::RenameProject("new".to_owned()),
        inverse: Edit::RenameProject("old".to_owned()),
    }
}

fn start() -> String {
    header_line(&CoderId::new("MK").unwrap())
}

fn lines(from: u64, to: u64) -> String {
    (from..=to)
        .map(|n| entry_line(&entry(n, "x")).unwrap())
        .collect()
}

fn scanned(content: impl AsRef<[u8]>) -> Scan {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("MK.ron");
    fs::write(&path, content).unwrap();
    scan(&path).unwrap()
}

fn numbers(scan: &Scan) -> Vec<u64> {
    scan.history.heads().iter().map(|h| h.n).collect()
}

fn kinds(scan: &Scan) -> Vec<ProblemKind> {
    scan.problems.iter().map(|p| p.kind.clone()).collect()
}

#[test]
fn an_entry_is_one_line_and_reads_back() {
    for what in [
        "plain",
        "a \"quote\", edit:( \\\" ",
        "two\nlines",
        "edit",
        "don't 勢",
    ] {
        let entry = entry(7, what);
        let line = entry_line(&entry).unwrap();
        assert_eq!(line.matches('\n').count(), 1);
        assert!(line.starts_with("(n:7,at:\"1970"), "{line}");
        let read = parse_entry(&line)
            .unwrap()
            .entry(&Project::new("P"))
            .unwrap();
        assert_eq!(read, entry);
        assert_eq!(head(line.trim(), &mut String::new()), Ok(entry.head));
    }
}

#[test]
fn the_tail_is_what_follows_the_last_mark() {
    let mark = saved_line(2, Timestamp::UNIX_EPOCH);
    let content = start() + &lines(1, 2) + &mark + &lines(3, 4);
    let scan = scanned(&content);
    assert_eq!(numbers(&scan), [1, 2, 3, 4]);
    assert_eq!((scan.saved, scan.tail.len()), (2, 2));
    assert!(
        content
            .split_at(scan.tail[0] as usize)
            .1
            .starts_with("(n:3,")
    );
    assert_eq!(scan.places.len(), 4);
    assert!(scan.problems.is_empty() && scan.torn.is_none() && !scan.hold);
}

#[test]
fn marks_may_stand_in_any_order_after_a_merge() {
    let mark = |n| saved_line(n, Timestamp::UNIX_EPOCH);
    let scan = scanned(start() + &lines(1, 2) + &mark(2) + &lines(3, 4) + &mark(4) + &mark(2));
    assert_eq!((scan.saved, scan.tail.len()), (4, 0));
    assert_eq!(kinds(&scan), []);
}

#[test]
fn a_torn_last_line_is_told_wherever_it_tears() {
    let whole = start() + &lines(1, 2);
    let last = lines(3, 3);
    let ends = last.char_indices().map(|(i, _)| i).skip(1);
    for end in ends.take_while(|end| end + 2 < last.len()) {
        let scan = scanned(whole.clone() + last.get(..end).unwrap());
        assert_eq!(numbers(&scan), [1, 2], "{end}");
        assert_eq!(scan.torn, Some(whole.len() as u64));
        assert_eq!(kinds(&scan), [ProblemKind::Torn]);
        assert!(!scan.hold);
    }
}

#[test]
fn a_last_line_without_its_end_is_kept_when_whole() {
    let content = start() + &lines(1, 3);
    let scan = scanned(content.trim_end());
    assert_eq!(numbers(&scan), [1, 2, 3]);
    assert_eq!(scan.torn, None);
}

#[test]
fn zeros_at_the_end_are_torn() {
    let content = [start().as_bytes(), lines(1, 1).as_bytes(), &[0; 50]].concat();
    let scan = scanned(content);
    assert_eq!(numbers(&scan), [1]);
    assert_eq!(kinds(&scan), [ProblemKind::Torn]);
}

#[test]
fn a_bad_line_in_between_is_named_and_holds_the_mark() {
    let mark = saved_line(1, Timestamp::UNIX_EPOCH);
    let scan = scanned(start() + &lines(1, 1) + "garbage\n" + &mark + &lines(2, 2));
    assert_eq!(numbers(&scan), [1, 2]);
    assert_eq!(scan.problems[0].line, Some(3));
    assert!(!scan.hold, "it lies before the mark");
    let scan = scanned(start() + &lines(1, 1) + &mark + "(n:2,garbage\n" + &lines(3, 3));
    assert!(scan.hold);
    assert_eq!(kinds(&scan), [ProblemKind::Damaged]);
}

#[test]
fn conflict_marks_are_left_out() {
    let text = format!(
        "{}{}<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n",
        start(),
        lines(1, 1),
        saved_line(1, Timestamp::UNIX_EPOCH),
        lines(2, 3)
    );
    let scan = scanned(text);
    assert_eq!(numbers(&scan), [1, 2, 3]);
    assert_eq!(kinds(&scan), [ProblemKind::Merged]);
}

#[test]
fn a_line_that_a_merge_doubled_counts_once() {
    let scan = scanned(start() + &lines(1, 2) + &lines(2, 2));
    assert_eq!(numbers(&scan), [1, 2]);
    assert_eq!(kinds(&scan), []);
    let other = entry_line(&entry(2, "another")).unwrap();
    let scan = scanned(start() + &lines(1, 2) + &other);
    assert_eq!(numbers(&scan), [1, 2]);
    assert_eq!(scan.tail.len(), 3, "its effect is kept");
    assert_eq!(kinds(&scan), [ProblemKind::Merged]);
}

#[test]
fn a_newer_history_is_left_alone() {
    let scan = scanned(start().replace("version:1", "version:9") + "who knows\n");
    assert_eq!(scan.newer, Some(9));
    assert_eq!(scan.torn, None);
}

#[test]
fn an_empty_file_is_an_empty_history() {
    let scan = scanned("");
    assert_eq!(numbers(&scan), [0; 0]);
    assert!(scan.problems.is_empty() && scan.torn.is_none());
}

#[test]
fn texts_are_never_in_it() {
    let edit = SavedEdit::AddReading {
        id: "poles".to_owned(),
        sha256: "00".to_owned(),
    };
    assert_eq!(
        line(&edit).unwrap(),
        r#"AddReading(id:"poles",sha256:"00")"#
    );
    assert!(
        edit.edit(&Project::new("P"))
            .unwrap_err()
            .contains("missing")
    );
}

#[test]
fn last_lines_that_people_spoiled_are_not_cut() {
    let spoiled = lines(1, 3).replace("kind:Do", "kind:Done");
    let scan = scanned(start() + &spoiled);
    assert_eq!(scan.torn, None);
    assert!(scan.hold);
    assert_eq!(kinds(&scan), vec![ProblemKind::Damaged; 3]);
}
