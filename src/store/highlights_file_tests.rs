use super::*;
use crate::model::{HighlightSet, ReadingMeta, Stance};

const TEXT: &str = "An ally can be dragged in.\nAnd 勢 says \"no\".";

fn reading() -> Reading {
    Reading {
        id: ReadingId::new("r").unwrap(),
        meta: ReadingMeta::default(),
        text: Text::new(TEXT),
        sha256: String::new(),
        words: 0,
        structure: Default::default(),
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    }
}

fn highlight(id: u64, start: u32, end: u32) -> Highlight {
    Highlight {
        id: HighlightId(id),
        reading: ReadingId::new("r").unwrap(),
        span: Span::new(start, end),
        labels: vec![LabelId::new("entrapment").unwrap()],
        stance: None,
        note: String::new(),
        coder: CoderId::new("MK").unwrap(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
    }
}

fn written(highlights: Vec<Highlight>) -> String {
    let set = HighlightSet::from_vec(highlights.into_iter().map(Arc::new).collect());
    let mut out = Vec::new();
    let coder = CoderId::new("MK").unwrap();
    write(&mut out, &coder, &reading(), &set.snapshot()).unwrap();
    String::from_utf8(out).unwrap()
}

fn parsed(content: &str) -> Read {
    let reading = reading();
    Reader {
        path: Path::new("h.ron"),
        coder: &CoderId::new("MK").unwrap(),
        text: &reading.text,
        reading: &reading.id,
        labels: &HashMap::new(),
        threads: 2,
    }
    .read(content)
}

fn ids(read: &Read) -> Vec<u64> {
    read.highlights.iter().map(|h| h.id.0).collect()
}

fn two() -> String {
    written(vec![highlight(1, 0, 7), highlight(2, 3, 7)])
}

#[test]
fn one_line_each_and_all_read_back() {
    let mut second = highlight(2, 27, 43);
    second.stance = Some(Stance::Contests);
    second.note = "two\nlines, “and” \"quotes\" \\".to_owned();
    second.labels.push(LabelId::new("勢").unwrap());
    let all = vec![highlight(1, 0, 7), second];
    let content = written(all.clone());
    assert_eq!(content.lines().count(), 4);
    let read = parsed(&content);
    assert_eq!(read.problems, []);
    assert!(!read.keep);
    let found: Vec<Highlight> = read.highlights.iter().map(|h| (**h).clone()).collect();
    assert_eq!(found, all);
    assert!(
        options().from_str::<File<'_>>(&content).is_ok(),
        "the whole is RON"
    );
}

#[test]
fn a_file_laid_out_by_hand_is_read() {
    let content = "(\n  version: 1,\n  coder: \"MK\",\n  highlights: [\n    (id: \"1\", start: 0, end: 7,\n     \
                   quote: \"An ally\", labels: [\"a\"], stance: Supports,\n created: \"2026-11-21T14:02:11Z\", \
                   changed: \"2026-11-21T14:02:11Z\"),\n  ],\n)\n";
    let read = parsed(content);
    assert_eq!(read.problems, []);
    assert_eq!(ids(&read), [1]);
    assert_eq!(read.highlights[0].stance, Some(Stance::Supports));
}

#[test]
fn a_bad_line_is_named_and_the_rest_read() {
    let content = two().replacen("start:0", "start:x", 1);
    let read = parsed(&content);
    assert_eq!(ids(&read), [2]);
    assert!(read.keep);
    assert_eq!(read.problems.len(), 1);
    assert_eq!(read.problems[0].line, Some(2));
    assert!(read.problems[0].column.is_some_and(|c| c > 20));
}

#[test]
fn a_truncated_file_is_read_as_far_as_it_goes() {
    let content = two();
    let cut = content.split_at(content.len() - 30).0;
    let read = parsed(cut);
    assert_eq!(ids(&read), [1]);
    assert!(read.keep);
    assert_eq!(read.problems.len(), 2, "{:?}", read.problems);
}

#[test]
fn garbage_is_kept() {
    for garbage in ["", "garbage", "\0\0\0", "(", "[]", "(version:1", "()"] {
        let read = parsed(garbage);
        assert!(read.keep, "{garbage:?}");
        assert!(ids(&read).is_empty());
        assert!(!read.problems.is_empty());
    }
}

#[test]
fn a_newer_file_is_kept() {
    let read = parsed(&two().replacen("version:1", "version:7", 1));
    assert!(read.keep);
    assert!(ids(&read).is_empty());
    assert_eq!(read.problems[0].kind, ProblemKind::Newer);
}

#[test]
fn both_sides_of_a_conflict_are_taken() {
    let content = two();
    let lines: Vec<&str> = content.lines().collect();
    let changed = lines[1].replace("entrapment", "caution").replace(
        "changed:\"1970-01-01T00:00:00Z\"",
        "changed:\"1971-01-01T00:00:00Z\"",
    );
    let base = lines[1].replace("entrapment", "base");
    let mixed = format!(
        "{}\n<<<<<<< HEAD\n{}\n||||||| base\n{base}\n=======\n{changed}\n{}\n>>>>>>> other\n])\n",
        lines[0], lines[1], lines[2]
    );
    let read = parsed(&mixed);
    assert_eq!(ids(&read), [1, 2]);
    assert_eq!(read.highlights[0].labels[0].as_str(), "caution");
    assert!(read.merged && !read.keep);
    assert_eq!(read.problems[0].kind, ProblemKind::Merged);
}

#[test]
fn a_quote_elsewhere_is_reported_with_its_line() {
    let content = two().replacen("start:0,end:7", "start:1,end:8", 1);
    let read = parsed(&content);
    assert_eq!(ids(&read), [1, 2]);
    assert_eq!(read.highlights[0].span, Span::new(0, 7));
    assert_eq!(read.problems[0].kind, ProblemKind::Quote);
    assert_eq!(read.problems[0].line, Some(2));
    assert!(!read.keep);
}

#[test]
fn many_lines_are_read_by_several_threads_in_order() {
    let all: Vec<Highlight> = (0..3000).map(|i| highlight(i, 0, 7)).collect();
    let content = written(all);
    assert!(content.len() > WORTH_SHARING);
    let read = parsed(&content);
    assert_eq!(ids(&read), (0..3000).collect::<Vec<_>>());
}
