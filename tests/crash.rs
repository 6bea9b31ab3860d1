//! Kills the program at random moments in a stream of edits, and holds that nothing it said was saved is lost.
//!
//! The test runs its own binary as a child, which opens a project and edits it at random, saying “try” with a digest of the
//! project before it waits for an edit to be durable and “ack” afterwards. The parent kills it, opens the project, and
//! compares. Five rounds, or as many as `GLOSSATOR_CRASH_ROUNDS` says.
#![allow(clippy::unwrap_used)]

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use glossator::{
    edit::Edit,
    import::Imported,
    model::{CoderId, Project},
    store::{ReadingWriter, Workspace, check},
};

#[path = "common/random.rs"]
mod random;

use random::{Random, TEXT, edit, meta, time};

const FOLDER: &str = "GLOSSATOR_CRASH_FOLDER";
const SEED: &str = "GLOSSATOR_CRASH_SEED";

fn digest(project: &Project) -> String {
    let mut text = format!("{:?}\n", project.name());
    for label in project.labels() {
        writeln!(text, "{label:?}").unwrap();
    }
    let removed = project.removed().map(|s| ("removed", s));
    let shelves = project.shelves().into_iter().map(|s| ("here", s));
    let mut all: Vec<_> = removed.chain(shelves).collect();
    all.sort_by_key(|(_, s)| s.reading.id.clone());
    for (place, shelf) in all {
        writeln!(
            text,
            "{place} {} {:?}",
            shelf.reading.id, shelf.reading.meta
        )
        .unwrap();
        for highlight in shelf.highlights.iter() {
            writeln!(text, "{highlight:?}").unwrap();
        }
    }
    writeln!(text, "{:?}", project.notebooks()).unwrap();
    writeln!(text, "{:?}", project.packets()).unwrap();
    glossator::text::sha256(&text)
}

fn coder(n: usize) -> CoderId {
    CoderId::new(["MK", "JL"][n % 2]).unwrap()
}

fn entries(workspace: &Workspace) -> usize {
    workspace.all_heads().len()
}

fn import(workspace: &Workspace, random: &mut Random, n: usize) -> Edit {
    let mut meta = meta(random);
    if meta.title.trim().is_empty() {
        meta.title = "Untitled".to_owned();
    }
    let imported = Imported {
        meta,
        text: TEXT.to_owned(),
        structure: Default::default(),
        source_name: "a.txt".to_owned(),
        source_sha256: String::new(),
        encoding: "UTF-8".to_owned(),
        remarks: Vec::new(),
    };
    let writer = ReadingWriter::new(workspace.folder());
    let reading = writer.write(&imported, b"source", time(n)).unwrap();
    Edit::AddReading(Arc::new(reading))
}

/// One random thing that a person or the app may do.
fn step(workspace: &mut Workspace, random: &mut Random, n: usize) {
    let at = time(n);
    // What is refused changes nothing, and is then no edit.
    match random.below(40) {
        0..=3 => drop(workspace.undo(at)),
        4..=6 => drop(workspace.redo(at)),
        7 => {
            let to = random.below(workspace.history().heads().len() + 1) as u64;
            drop(workspace.go_back_to(to, at));
        }
        8 | 9 => workspace.flush().unwrap(),
        // Edits rested: files are written on the other thread meanwhile.
        10..=12 => workspace.on_idle(time(n + 1000)),
        13 => workspace.set_coder(coder(random.below(2))).unwrap(),
        14 if workspace.project().shelves().len() < 6 => {
            println!("import {}", entries(workspace));
            let edit = import(workspace, random, n);
            workspace.perform(edit, at).unwrap();
        }
        _ => drop(workspace.perform(edit(random, workspace.project(), at), at)),
    }
}

/// The child's side: edits until it is killed.
#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let seed: u64 = std::env::var(SEED).unwrap().parse().unwrap();
    let mut random = Random::new(seed);
    let opened = Workspace::open(Path::new(&folder), coder(random.below(2))).unwrap();
    let mut workspace = opened.workspace;
    println!("\nopen");
    let mut last = entries(&workspace);
    for n in 0..100_000 {
        step(&mut workspace, &mut random, n);
        let now = entries(&workspace);
        if now == last && !random.one_in(4) {
            continue;
        }
        last = now;
        println!("try {now} {}", digest(workspace.project()));
        // Sometimes several edits go out with one fsync.
        if !random.one_in(3) {
            workspace.sync().unwrap();
            println!("ack {now}");
        }
    }
}

/// What the child said.
#[derive(Default)]
struct Said {
    tries: Vec<(usize, String)>,
    acknowledged: usize,
    /// After which entries readings were imported: their folders are there before the edits that add them.
    imports: Vec<usize>,
    error: String,
}

fn run_and_kill(folder: &Path, seed: u64, after: Duration) -> Said {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let mut errors = child.stderr.take().unwrap();
    let (opened, is_open) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut said = Said::default();
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["open"] => drop(opened.send(())),
                ["import", n] => said.imports.extend(n.parse::<usize>()),
                ["try", n, digest] => {
                    if let Ok(n) = n.parse() {
                        said.tries.push((n, (*digest).to_owned()));
                    }
                }
                ["ack", n] => said.acknowledged = n.parse().unwrap_or(said.acknowledged),
                _ => {}
            }
        }
        said
    });
    // Some are killed while they open.
    if !after.subsec_millis().is_multiple_of(5) {
        let _ = is_open.recv_timeout(Duration::from_secs(30));
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut said = reader.join().unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut errors, &mut text).unwrap();
    said.error = text;
    said
}

#[test]
fn nothing_that_was_said_to_be_saved_is_lost() {
    let rounds = std::env::var("GLOSSATOR_CRASH_ROUNDS");
    let rounds: u64 = rounds.map_or(5, |n| n.parse().unwrap());
    let start = std::env::var(SEED).map_or(1, |n| n.parse().unwrap());
    let begun = Instant::now();
    let (mut kept, mut acknowledged, mut compared) = (0, 0, 0);
    let mut folder = tempfile::tempdir().unwrap();
    for round in start..start + rounds {
        // Several rounds in one project, so that what a crash leaves is crashed upon again.
        if round % 8 == 0 || round == start {
            folder = tempfile::tempdir().unwrap();
            Workspace::create(folder.path(), "P", vec![], coder(0), time(0)).unwrap();
        }
        let before = {
            let opened = Workspace::open(folder.path(), coder(0)).unwrap();
            entries(&opened.workspace)
        };
        let mut random = Random::new(round ^ 0xABCD);
        let after = Duration::from_millis(random.below(250) as u64);
        let said = run_and_kill(folder.path(), round, after);
        assert!(
            !said.error.contains("panicked"),
            "round {round}: {}",
            said.error
        );
        acknowledged += said.acknowledged.saturating_sub(before);
        let (new, was_compared) = look(folder.path(), round, &said, before);
        kept += new;
        compared += u32::from(was_compared);
    }
    let mut out = std::io::stderr();
    writeln!(
        out,
        "{rounds} rounds: {acknowledged} edits acknowledged, {kept} kept, {compared} projects compared, {:?}",
        begun.elapsed()
    )
    .unwrap();
}

/// Opens what the killed child left and holds it against what it said. Returns how many new edits there are, and whether
/// the child had said what the project is after the last of them.
fn look(folder: &Path, round: u64, said: &Said, before: usize) -> (usize, bool) {
    let opened = Workspace::open(folder, coder(0)).unwrap();
    for problem in &opened.problems {
        // A torn line was never acknowledged; anything else would be damage.
        let torn = problem.kind == glossator::store::ProblemKind::Torn;
        assert!(torn, "round {round}: {problem}");
    }
    let workspace = opened.workspace;
    let found = entries(&workspace);
    assert!(
        found >= said.acknowledged,
        "round {round}: {found} entries, but {} were acknowledged",
        said.acknowledged
    );
    let tried = said.tries.iter().rev().find(|(n, _)| *n == found);
    let expected = tried.filter(|_| !said.imports.iter().any(|n| *n >= found));
    if let Some((_, expected)) = expected {
        let is = digest(workspace.project());
        assert_eq!(is, *expected, "round {round}: the project differs");
    }
    let project = workspace.project().clone();
    workspace.close().unwrap();
    assert_eq!(check(folder), [], "round {round}");
    let again = Workspace::open(folder, coder(1)).unwrap();
    assert_eq!(again.problems, [], "round {round}");
    assert_eq!(again.workspace.project(), &project, "round {round}");
    (found - before, expected.is_some())
}
