//! Files into a project by the real program's children: what they bring, and what they can't do to their parent.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use glossator::{
    edit::{Edit, apply},
    import::{Options, Refusal},
    intake::{
        Limits, Line, NotRead, Order, Outcome, Progress, Reader, Taken, Trouble, TroubleKind,
        take_in,
    },
    model::{Project, ReadingId},
};
use tempfile::TempDir;

fn real() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_glossator"))
}

fn go_on() -> bool {
    false
}

/// A folder with a project folder `p` in it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn order<'a>(
        &'a self,
        project: &Project,
        paths: &'a [PathBuf],
        reader: &'a Reader,
    ) -> Take<'a> {
        Take {
            folder: self.path("p"),
            project: project.clone(),
            paths,
            reader,
        }
    }

    fn take(&self, project: &Project, paths: &[PathBuf]) -> Taken {
        self.order(project, paths, &real())
            .with(&Progress::default())
    }

    /// The names in a folder of the project.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path("p").join(folder))
            .into_iter()
            .flatten();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

struct Take<'a> {
    folder: PathBuf,
    project: Project,
    paths: &'a [PathBuf],
    reader: &'a Reader,
}

impl Take<'_> {
    fn with(self, progress: &Progress) -> Taken {
        let order = Order {
            folder: &self.folder,
            project: self.project,
            paths: self.paths,
            options: Options::default(),
            reader: self.reader,
        };
        take_in(order, progress)
    }
}

fn told(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let name = line.path.file_name().unwrap().to_string_lossy();
            let what = match &line.outcome {
                Outcome::Imported { reading, read_as } => format!("{} {read_as}", reading.id),
                Outcome::Known(reading) => format!("known {}", reading.id),
                Outcome::Annotated { .. } => "annotated".to_owned(),
                Outcome::Bibliography {
                    entries,
                    found,
                    changed,
                } => format!("{entries} works, {found} here, {changed} new"),
                Outcome::Failed(trouble) => format!("{trouble}"),
            };
            format!("{name}: {what}")
        })
        .collect()
}

fn perform(project: &mut Project, mut taken: Taken) {
    if let Some(edit) = taken.take_edit() {
        apply(project, edit).unwrap();
    }
}

fn refusal(result: Result<glossator::intake::ReadApart, NotRead>) -> Refusal {
    match result {
        Err(NotRead::Refused(error)) => error.why,
        other => panic!("{other:?}"),
    }
}

// --- children -------------------------------------------------------------------------------------------------------

#[test]
fn a_child_says_what_the_import_says() {
    let place = Place::new();
    for (name, bytes) in [
        ("a.txt", b"One two.\n\nThree [1].\n".as_slice()),
        ("b.md", b"# Title\n\n*Words* here.\n"),
        ("c.pdf", b"nothing of the kind"),
        ("d.doc", b"\xD0\xCF\x11\xE0"),
        ("e.txt", b""),
    ] {
        let path = place.write(name, bytes);
        let here = glossator::import::import_file(name, bytes);
        let there = real().read(&path, bytes.len() as u64, &Options::default(), &go_on);
        match (here, there) {
            (Ok(here), Ok(there)) => assert_eq!(here, there.imported),
            (Err(here), Err(NotRead::Refused(there))) => assert_eq!(here, there),
            other => panic!("{other:?}"),
        }
    }
    let gone = real().read(&place.path("gone.pdf"), 0, &Options::default(), &go_on);
    assert!(matches!(gone, Err(NotRead::Unread(_))), "{gone:?}");
}

#[test]
fn a_child_that_wants_too_much_memory_ends_alone() {
    let place = Place::new();
    let path = place.write("a.txt", "word ".repeat(200_000));
    for memory in [0, 1024 * 1024] {
        let limits = Limits {
            memory,
            ..Limits::default()
        };
        let read = real()
            .limited(limits)
            .read(&path, 0, &Options::default(), &go_on);
        assert_eq!(refusal(read), Refusal::Hungry, "{memory}");
    }
    assert!(real().read(&path, 0, &Options::default(), &go_on).is_ok());
}

#[test]
fn a_program_that_is_not_there_is_said() {
    let place = Place::new();
    let path = place.write("a.pdf", "%PDF-1.7");
    let read = Reader::new("/nowhere/glossator").read(&path, 8, &Options::default(), &go_on);
    assert!(matches!(read, Err(NotRead::NoChild(_))), "{read:?}");
    let reader = Reader::new("/nowhere/glossator");
    let taken = place
        .order(&Project::new("P"), &[path], &reader)
        .with(&Progress::default());
    let told = told(&taken.lines);
    assert!(
        told[0].contains("“a.pdf” was not read: the part of Glossator"),
        "{told:?}"
    );
}

#[cfg(unix)]
#[path = "common/program.rs"]
mod program;

#[cfg(unix)]
mod scripts {
    use std::{io::Write, process::Stdio};

    use super::*;

    /// A program that does something else than it should.
    fn script(place: &Place, what: &str) -> Reader {
        let path = place.path("script");
        let pid = place.path("pid");
        program::script(&path, &format!("echo $$ > {}\n{what}", pid.display()));
        Reader::new(path).limited(Limits {
            seconds: 1,
            ..Limits::default()
        })
    }

    fn read(place: &Place, what: &str) -> NotRead {
        let path = place.write("a.pdf", "%PDF-1.7");
        let cancelled = || false;
        let reader = script(place, what);
        let read = reader.read(&path, 8, &Options::default(), &cancelled);
        // Nothing of it is left, not even a zombie.
        let pid = fs::read_to_string(place.path("pid")).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists(), "{what}");
        read.unwrap_err()
    }

    fn refused(what: &str) -> Refusal {
        match read(&Place::new(), what) {
            NotRead::Refused(error) => {
                assert_eq!(error.name, "a.pdf");
                error.why
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_goes_wrong_in_a_child_is_told_by_its_kind() {
        assert_eq!(refused("exec sleep 100"), Refusal::Slow(1));
        assert_eq!(refused("exec >&-; sleep 100"), Refusal::Slow(1));
        assert_eq!(refused("kill -KILL $$"), Refusal::Hungry);
        assert_eq!(refused("kill -SEGV $$"), Refusal::Failed);
        let says = |words: &str| refused(&format!("echo '{words}' >&2; kill -ABRT $$"));
        assert_eq!(says("memory allocation of 9 bytes failed"), Refusal::Hungry);
        assert_eq!(
            says("thread main has overflowed its stack"),
            Refusal::Swollen
        );
        assert_eq!(says("something else"), Refusal::Failed);
        let chatty = "i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; \
                      echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$";
        assert_eq!(refused(chatty), Refusal::Hungry);
    }

    #[test]
    fn a_child_of_another_kind_or_version_is_not_believed() {
        for what in [
            "exit 2",
            "echo hello",
            r#"echo '{"version":"0","answer":{"Refused":"Empty"}}'"#,
        ] {
            let error = read(&Place::new(), what);
            assert!(matches!(error, NotRead::NoChild(_)), "{what}: {error:?}");
        }
    }

    #[test]
    fn a_child_that_says_too_much_is_given_up() {
        assert_eq!(refused("exec yes"), Refusal::Swollen);
    }

    #[test]
    fn cancelling_ends_a_child_at_once() {
        let place = Place::new();
        let path = place.write("a.pdf", "%PDF-1.7");
        let reader = script(&place, "exec sleep 100").limited(Limits::default());
        let begun = Instant::now();
        let cancelled = || begun.elapsed() > Duration::from_millis(200);
        let read = reader.read(&path, 8, &Options::default(), &cancelled);
        assert!(matches!(read, Err(NotRead::Cancelled)));
        assert!(begun.elapsed() < Duration::from_secs(10));
        let pid = fs::read_to_string(place.path("pid")).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists());
    }

    #[test]
    fn a_batch_is_cancelled_in_the_middle_and_keeps_what_came_in() {
        let place = Place::new();
        let mut paths = vec![
            place.write("a.txt", "First words."),
            place.write("b.pdf", "%PDF-1.7"),
        ];
        paths.extend((0..20).map(|n| place.write(&format!("c{n}.pdf"), "%PDF-1.7")));
        let reader = script(&place, "exec sleep 100").limited(Limits::default());
        let progress = Progress::default();
        let begun = Instant::now();
        let taken = std::thread::scope(|scope| {
            let order = place.order(&Project::new("P"), &paths, &reader);
            let taking = scope.spawn(|| order.with(&progress));
            while progress.done() == 0 || !progress.reading().contains(&"b.pdf".to_owned()) {
                std::thread::sleep(Duration::from_millis(5));
            }
            progress.cancel();
            taking.join().unwrap()
        });
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!(told(&taken.lines)[0], "a.txt: a UTF-8");
        let cancelled = |line: &&Line| {
            matches!(
                &line.outcome,
                Outcome::Failed(Trouble {
                    kind: TroubleKind::Cancelled,
                    ..
                })
            )
        };
        assert_eq!(taken.lines.iter().filter(cancelled).count(), 21);
        assert_eq!(place.names("readings"), ["a"]);
        assert_eq!(place.names(".glossator"), Vec::<String>::new());
        taken.discard();
        assert_eq!(place.names("readings"), Vec::<String>::new());
    }

    #[test]
    fn a_child_goes_when_its_parent_is_gone() {
        let place = Place::new();
        let pipe = place.path("pipe");
        let made = std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap();
        assert!(made.success());
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_glossator"))
            .arg("read-file")
            .arg(&pipe)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, r#"{{"password":null,"memory":1000000000}}"#).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        // It waits for the pipe.
        assert!(child.try_wait().unwrap().is_none());
        drop(input);
        let end = Instant::now() + Duration::from_secs(20);
        while child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "the child is still there");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

// --- batches --------------------------------------------------------------------------------------------------------

#[test]
fn a_batch_keeps_the_order_of_its_files() {
    let place = Place::new();
    // The first take longest.
    let text = |n: usize| format!("Same title\n\nText {n}. {}", "word ".repeat(40_000 / n));
    let paths: Vec<PathBuf> = (1..30)
        .map(|n| place.write(&format!("f/{:02}.txt", n), text(n)))
        .collect();
    let progress = Progress::default();
    let mut project = Project::new("P");
    let folder = [place.path("f")];
    let reader = real();
    let taken = place.order(&project, &folder, &reader).with(&progress);
    assert_eq!((progress.done(), progress.total()), (29, 29));
    assert!(progress.reading().is_empty());
    assert_eq!(taken.what(), "Import 29 readings");
    let ids: Vec<String> = taken.readings().iter().map(ReadingId::to_string).collect();
    assert_eq!(ids[..3], ["same-title", "same-title-2", "same-title-3"]);
    let in_order: Vec<&PathBuf> = taken.lines.iter().map(|l| &l.path).collect();
    assert_eq!(in_order, paths.iter().collect::<Vec<_>>());
    perform(&mut project, taken);
    let shelves = project.shelves();
    let names: Vec<&str> = shelves
        .iter()
        .map(|s| s.reading.source_name.as_str())
        .collect();
    let wanted: Vec<String> = (1..30).map(|n| format!("{n:02}.txt")).collect();
    assert_eq!(names, wanted);
    assert!(
        shelves
            .windows(2)
            .all(|w| w[0].reading.imported < w[1].reading.imported)
    );
    assert_eq!(place.names(".glossator"), Vec::<String>::new());
}

#[test]
fn what_a_project_has_or_had_is_noticed() {
    let place = Place::new();
    let a = place.write("a.txt", "The first text.");
    let again = place.write("again.txt", "\u{FEFF}The first text.\r\n");
    let b = place.write("b.txt", "The second text.");
    let mut project = Project::new("P");
    let taken = place.take(&project, &[a.clone(), again.clone(), b.clone()]);
    assert_eq!(
        told(&taken.lines),
        ["a.txt: a UTF-8", "again.txt: known a", "b.txt: b UTF-8"]
    );
    assert_eq!(
        taken.lines[1].remarks,
        ["It has the same text as “a.txt”, which came in just now."]
    );
    assert_eq!(taken.what(), "Import 2 readings");
    perform(&mut project, taken);
    apply(
        &mut project,
        Edit::RemoveReading(ReadingId::new("b").unwrap()),
    )
    .unwrap();
    let mut taken = place.take(&project, &[again, b]);
    assert_eq!(told(&taken.lines), ["again.txt: known a", "b.txt: known b"]);
    assert_eq!(
        taken.lines[0].remarks,
        ["The project has this text already, as “A”."]
    );
    assert!(taken.lines[1].remarks[0].contains("Restore removed readings"));
    assert_eq!(taken.take_edit(), None);
    assert_eq!(place.names("readings"), ["a", "b"]);
}

#[test]
fn a_bibliography_is_attached_to_what_came_with_it() {
    let place = Place::new();
    let entry = "@book{lee2012, title = {Of doors}, author = {Lee, Ann}, year = 2012, file = {:b.txt:}}\n@book{no, title = {Other}}";
    place.write("f/a.bib", entry);
    place.write("f/b.txt", "Of doors\n\nA door is a promise.");
    place.write("f/package.json", "{\"name\": \"x\"}");
    let mut project = Project::new("P");
    let taken = place.take(&project, &[place.path("f")]);
    assert_eq!(
        told(&taken.lines),
        ["a.bib: 2 works, 1 here, 1 new", "b.txt: of-doors UTF-8"]
    );
    assert_eq!(taken.what(), "Import 1 reading and 1 other file");
    perform(&mut project, taken);
    let meta = &project.shelves()[0].reading.meta;
    assert_eq!(
        (meta.citation(), meta.imprint.key.as_str()),
        ("Lee 2012".to_owned(), "lee2012")
    );
    let again = place.take(&project, &[place.path("f/a.bib")]);
    assert_eq!(told(&again.lines), ["a.bib: 2 works, 1 here, 0 new"]);
}

#[test]
fn an_abandoned_batch_leaves_nothing() {
    let place = Place::new();
    let paths = [place.write("a.txt", "Words.")];
    let progress = Progress::default();
    progress.abandon();
    let reader = real();
    let mut taken = place
        .order(&Project::new("P"), &paths, &reader)
        .with(&progress);
    assert_eq!(taken.take_edit(), None);
    assert_eq!(place.names("readings"), Vec::<String>::new());
}
