//! How fast a large project opens and is edited. Measured when `GLOSSATOR_SPEED` is set, in a release build:
//! `GLOSSATOR_SPEED=1 cargo test --release --test speed -- --nocapture`. GLOSSATOR_SPEED_LIMIT=1 holds the limits too.
#![allow(clippy::unwrap_used)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use glossator::{
    edit::Edit,
    import::Imported,
    model::{CoderId, Color, Highlight, HighlightId, Label, LabelId, ReadingMeta},
    store::{ReadingWriter, Workspace, open_in_stages},
    text::Span,
};
use jiff::Timestamp;

const HIGHLIGHTS: u32 = 100_000;
const BYTES: usize = 10_000_000;

fn text() -> String {
    let sentence = "An ally can be dragged into a war that is not its own, and 弃 says why it fears to be left alone. ";
    let mut text = String::with_capacity(BYTES);
    while text.len() < BYTES {
        for _ in 0..6 {
            text.push_str(sentence);
        }
        text.push('\n');
    }
    text
}

fn highlight(id: u32, reading: &glossator::model::Reading) -> Highlight {
    let start = reading.text.floor((id * 99) % (BYTES as u32 - 200));
    let end = reading.text.floor(start + 80 + id % 80);
    Highlight {
        id: HighlightId(u64::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        reading: reading.id.clone(),
        span: Span::new(start, end),
        labels: vec![LabelId::new(&format!("l{}", id % 40)).unwrap()],
        stance: None,
        note: if id.is_multiple_of(5) {
            "A note of some words.".to_owned()
        } else {
            String::new()
        },
        coder: CoderId::new("MK").unwrap(),
        created: Timestamp::now(),
        changed: Timestamp::now(),
    }
}

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|l| l.starts_with("VmRSS"))
        .unwrap_or("0 0");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1000.0
}

fn say(what: &str, time: Duration) {
    eprintln!("{what}: {:.3} ms", time.as_secs_f64() * 1000.0);
}

#[test]
fn a_large_project() {
    if std::env::var_os("GLOSSATOR_SPEED").is_none() {
        return;
    }
    let at = Timestamp::now();
    let folder = tempfile::tempdir_in(".").unwrap();
    let labels = (0..40)
        .map(|i| {
            Label::new(
                LabelId::new(&format!("l{i}")).unwrap(),
                format!("L {i}"),
                Color([1, 2, 3]),
            )
        })
        .collect();
    let coder = CoderId::new("MK").unwrap();
    let mut workspace = Workspace::create(folder.path(), "P", labels, coder.clone(), at).unwrap();
    let imported = Imported {
        meta: ReadingMeta {
            title: "Long".into(),
            ..ReadingMeta::default()
        },
        text: text(),
        headings: Vec::new(),
        source_name: "a.txt".into(),
        encoding: "UTF-8".into(),
        remarks: Vec::new(),
    };
    let reading = ReadingWriter::new(folder.path())
        .write(&imported, b"", at)
        .unwrap();
    let reading = Arc::new(reading);
    workspace
        .perform(Edit::AddReading(Arc::clone(&reading)), at)
        .unwrap();
    let many = (0..HIGHLIGHTS).map(|id| Edit::AddHighlight(Arc::new(highlight(id, &reading))));
    let edit = Edit::Batch(many.collect());
    let begun = Instant::now();
    workspace.perform(edit, at).unwrap();
    say("perform a batch of 100,000", begun.elapsed());
    let begun = Instant::now();
    workspace.sync().unwrap();
    say("sync it", begun.elapsed());
    let begun = Instant::now();
    workspace.flush().unwrap();
    say("flush it", begun.elapsed());
    drop(workspace);
    drop((reading, imported));
    for n in 0..3 {
        let begun = Instant::now();
        let mut first = Duration::ZERO;
        let opened =
            open_in_stages(folder.path(), coder.clone(), |_| first = begun.elapsed()).unwrap();
        say(&format!("open {n}: text"), first);
        say(&format!("open {n}: all"), begun.elapsed());
        assert_eq!(opened.problems, []);
        assert_eq!(
            opened.workspace.project().highlight_count(),
            HIGHLIGHTS as usize
        );
        eprintln!("resident: {:.0} MB", resident());
    }
    let mut workspace = Workspace::open(folder.path(), coder.clone())
        .unwrap()
        .workspace;
    let reading = Arc::clone(
        workspace
            .project()
            .reading(&glossator::model::ReadingId::new("long").unwrap())
            .unwrap(),
    );
    let (mut most, mut sum) = (Duration::ZERO, Duration::ZERO);
    for id in 0..1000 {
        let edit = Edit::AddHighlight(Arc::new(highlight(HIGHLIGHTS + id * 7, &reading)));
        let begun = Instant::now();
        workspace.perform(edit, at).unwrap();
        sum += begun.elapsed();
        most = most.max(begun.elapsed());
    }
    say("perform one: mean", sum / 1000);
    say("perform one: most", most);
    let begun = Instant::now();
    workspace.sync().unwrap();
    say("sync 1000", begun.elapsed());
    let mut sum = Duration::ZERO;
    for id in 0..100 {
        let edit = Edit::AddHighlight(Arc::new(highlight(HIGHLIGHTS + 10_000 + id * 7, &reading)));
        workspace.perform(edit, at).unwrap();
        let begun = Instant::now();
        workspace.sync().unwrap();
        sum += begun.elapsed();
    }
    say("sync one: mean", sum / 100);
    let begun = Instant::now();
    for _ in 0..100 {
        workspace.undo(at).unwrap();
    }
    say("undo one: mean", begun.elapsed() / 100);
    let begun = Instant::now();
    workspace.on_idle(at);
    workspace.on_idle(at + jiff::SignedDuration::from_secs(100));
    say("start a flush", begun.elapsed());
    drop(workspace);
    long_history(folder.path(), coder);
}

/// 100,000 entries in a history.
fn long_history(folder: &std::path::Path, coder: CoderId) {
    let path = folder.join("history/MK.ron");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().rfind(|l| l.starts_with("(n:")).unwrap();
    let last: u64 = text.lines().filter(|l| l.starts_with("(n:")).count() as u64;
    let rest = line.split_once(",at:").unwrap().1;
    let mut text = text.clone();
    for n in last + 1..last + 100_001 {
        text.push_str(&format!(
            "(n:{n},at:{}\n",
            rest.replace("kind:Undo(", "kind:Redo(")
        ));
    }
    text.push_str(&format!(
        "Saved(n:{},at:\"2027-01-01T00:00:00Z\")\n",
        last + 100_000
    ));
    eprintln!("history of {} MB", text.len() / 1_000_000);
    std::fs::write(&path, text).unwrap();
    let begun = Instant::now();
    let opened = Workspace::open(folder, coder).unwrap();
    say("open with 100,000 more entries", begun.elapsed());
    eprintln!(
        "resident: {:.0} MB, {} entries",
        resident(),
        opened.workspace.all_heads().len()
    );
}
