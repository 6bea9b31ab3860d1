use proptest::prelude::*;

use super::*;
use crate::edit::apply;
use crate::model::Project;

use crate::edit::tests::random;

fn path() -> &'static Path {
    Path::new("notebooks/MK.ron")
}

fn claim(label: &str, stance: Option<Stance>) -> About {
    About::Claim(ClaimPlace {
        label: LabelId::new(label).unwrap(),
        reading: ReadingId::new("poles").unwrap(),
        stance,
    })
}

fn query(name: &str) -> About {
    About::Query(name.to_owned())
}

fn rejected(label: &str) -> About {
    About::Rejected(Suggested {
        label: LabelId::new(label).unwrap(),
        reading: ReadingId::new("poles").unwrap(),
        sentence: Span::new(3, 9),
    })
}

fn notebook(entries: &[(About, &str)]) -> Notebook {
    let mut notebook = Notebook::default();
    for (about, text) in entries {
        notebook.set(about.clone(), Some((*text).to_owned()));
    }
    notebook
}

fn full() -> Notebook {
    notebook(&[
        (query("Fears"), "label:Entrapment not coder:AL"),
        (
            claim("entrapment", Some(Stance::Defines)),
            "A cost.\nOf \"ties\".",
        ),
        (claim("entrapment", None), "All of it."),
        (rejected("entrapment"), ""),
    ])
}

const FULL: &str = r#"(
    version: 1,
    coder: "MK",
    queries: [
        (name: "Fears", query: "label:Entrapment not coder:AL"),
    ],
    claims: [
        (label: "entrapment", reading: "poles", text: "All of it."),
        (label: "entrapment", reading: "poles", stance: "defines", text: "A cost.\nOf \"ties\"."),
    ],
    rejected: [
        (label: "entrapment", reading: "poles", sentence: (3, 9)),
    ],
)
"#;

#[test]
fn a_notebook_is_written_an_entry_a_line() {
    let coder = CoderId::new("MK").unwrap();
    assert_eq!(write(&coder, &full()).unwrap(), FULL);
    let read = parse(path(), FULL);
    assert_eq!(read.notebook, full());
    assert!(read.problems.is_empty() && !read.keep && !read.merged);
}

#[test]
fn what_people_write_by_hand_is_read() {
    let by_hand = "(version: 1,\n  claims: [(\n    reading: \"poles\",\n    label: \"entrapment\", // mine\n    \
        stance: \"Defines\",\n    text: r#\"A \"cost\"\"#,\n  )])";
    let read = parse(path(), by_hand);
    let defines = claim("entrapment", Some(Stance::Defines));
    assert_eq!(read.problems, []);
    assert_eq!(read.notebook, notebook(&[(defines, "A \"cost\"")]));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_rest_is_read() {
    let damaged = FULL.replace("stance: \"defines\"", "stance: \"hates\"");
    let read = parse(path(), &damaged);
    assert!(read.keep);
    let [problem] = read.problems.as_slice() else {
        panic!("{:?}", read.problems);
    };
    assert_eq!(problem.line, Some(9));
    assert!(problem.column.is_some_and(|c| c > 8), "{problem}");
    assert!(problem.what.contains("“hates” is no stance"), "{problem}");
    let mut rest = full();
    rest.set(claim("entrapment", Some(Stance::Defines)), None);
    assert_eq!(read.notebook, rest);
}

#[test]
fn a_file_that_breaks_off_is_kept() {
    let cut = &FULL[..FULL.find("rejected").unwrap() + 4];
    let read = parse(path(), cut);
    assert!(read.keep);
    assert_eq!(read.problems.len(), 1, "{:?}", read.problems);
    assert!(read.problems[0].line.is_some());
    assert_eq!(read.notebook.claims().count(), 2);
    assert_eq!(read.notebook.queries().count(), 1);
}

#[test]
fn empty_and_newer_files_are_kept() {
    let read = parse(path(), " \n");
    assert!(read.keep && read.problems[0].what == "is empty");
    let read = parse(path(), &FULL.replace("version: 1", "version: 2"));
    assert!(read.keep && read.problems[0].kind == ProblemKind::Newer);
    assert!(read.notebook.is_empty());
}

#[test]
fn of_a_conflict_both_sides_are_kept() {
    let merged = r#"(
    version: 1,
    coder: "MK",
    queries: [
<<<<<<< HEAD
        (name: "Fears", query: "label:A"),
        (name: "Here", query: "label:B"),
||||||| base
        (name: "Fears", query: "label:0"),
=======
        (name: "Fears", query: "label:C"),
>>>>>>> other
    ],
    claims: [
<<<<<<< HEAD
        (label: "a", reading: "poles", text: "One."),
        (label: "b", reading: "poles", text: "Same."),
=======
        (label: "a", reading: "poles", text: "Two."),
        (label: "b", reading: "poles", text: "Same."),
        (label: "c", reading: "poles", text: "New."),
>>>>>>> other
    ],
)
"#;
    let read = parse(path(), merged);
    assert!(read.merged && !read.keep);
    assert_eq!(read.problems.len(), 1);
    assert_eq!(read.problems[0].kind, ProblemKind::Merged);
    let expected = notebook(&[
        (query("Fears"), "label:A"),
        (query("Fears (2)"), "label:C"),
        (query("Here"), "label:B"),
        (claim("a", None), "One.\n\nTwo."),
        (claim("b", None), "Same."),
        (claim("c", None), "New."),
    ]);
    assert_eq!(read.notebook, expected);
}

#[test]
fn a_conflict_with_a_damaged_side_is_left_to_people() {
    let merged = FULL.replace(
        "        (name: \"Fears\"",
        "<<<<<<< HEAD\n        (name \"Fears\", query: \"x\"),\n=======\n        (name: \"Fears\"",
    );
    let merged = merged.replace("coder:AL\"),\n", "coder:AL\"),\n>>>>>>> other\n");
    let read = parse(path(), &merged);
    assert!(read.keep, "{:?}", read.problems);
    assert!(!read.problems.is_empty());
    assert_eq!(read.notebook, full());
}

#[test]
fn the_same_thing_twice_is_kept_twice() {
    let double = FULL.replace(
        "    queries: [\n",
        "    queries: [\n        (name: \"Fears\", query: \"other\"),\n",
    );
    let read = parse(path(), &double);
    assert!(read.merged && !read.keep);
    assert_eq!(read.notebook.queries().count(), 2);
}

proptest! {
    #[test]
    fn every_notebook_reads_back(seed in any::<u64>()) {
        let mut random = random::Random::new(seed);
        let mut project = Project::new("P");
        for _ in 0..40 {
            let edit = random::jotting(&mut random, &project);
            apply(&mut project, edit).unwrap();
        }
        for (coder, notebook) in project.notebooks() {
            let written = write(coder, notebook).unwrap();
            let read = parse(path(), &written);
            prop_assert_eq!(&read.notebook, notebook, "{}", written);
            prop_assert!(read.problems.is_empty() && !read.merged);
            prop_assert_eq!(written.lines().count(), lines_of(notebook));
        }
    }

    #[test]
    fn no_damage_makes_it_panic_or_silent(at in 0_usize..600, cut in 1_usize..40) {
        let mut text = FULL.to_owned();
        let from = text.floor_char_boundary(at.min(text.len()));
        let to = text.floor_char_boundary((from + cut).min(text.len()));
        text.replace_range(from..to, "");
        let read = parse(path(), &text);
        prop_assert!(!read.keep || !read.problems.is_empty());
    }
}

/// Two lines for the brackets, two for version and coder, two for each list, one for each entry.
fn lines_of(notebook: &Notebook) -> usize {
    let kinds = [
        notebook.queries().count(),
        notebook.claims().count(),
        notebook.iter().count() - notebook.queries().count() - notebook.claims().count(),
    ];
    4 + kinds
        .iter()
        .filter(|n| **n > 0)
        .map(|n| n + 2)
        .sum::<usize>()
}
