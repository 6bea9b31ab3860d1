//! What the commands find and tell, and what they refuse.

use super::*;

#[test]
fn a_reading_is_found_by_what_fits_it_alone() {
    let place = Place::with_project();
    place.write(
        "a.md",
        "---\ntitle: The long wall\nauthor: Yuan, Lin\n---\n\nA wall is long.\n",
    );
    place.done("import p a.md");
    let tag = |name: &str| {
        place.run(&[
            "tag",
            "p",
            "--reading",
            name,
            "--quote",
            "wall is",
            "--label",
            "Trust",
        ])
    };
    for name in ["yuan", "long wall", "the-long"] {
        let said = tag(name);
        assert_eq!(said.code, 0, "{name}: {}", said.err);
        assert!(
            said.out.contains("(the-long-wall, "),
            "{name}: {}",
            said.out
        );
    }
    assert_eq!(
        tag("wall").err,
        "\
error: “wall” may be 2 readings:
  of-doors-and-walls  “Of doors and walls”
  the-long-wall  “The long wall” (Yuan n.d.)
hint: name one by its slug, which stands first
"
    );
}

#[test]
fn a_history_says_whose_each_number_is_and_what_was_undone_once() {
    let place = Place::with_project();
    place.tag("A door", &["--label", "Trust"]);
    place.done("undo p");
    place.done("redo p");
    let out = place.done("undo p").out;
    assert_eq!(out, "Undid: Tag “A door” with Trust\n");
    let history = place.done("history p").out;
    assert!(history.starts_with("who  n  when "), "{history}");
    assert!(
        history.ends_with("  undo 2  Tag “A door” with Trust\n"),
        "{history}"
    );
    assert!(
        !history.contains("Undo:") && !history.contains("Redo:"),
        "{history}"
    );
}

#[test]
fn a_coder_s_name_is_spelled_one_way() {
    let place = Place::with_project();
    let said = place.tag("A door", &["--label", "Trust", "--coder", "mk"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (0, "note: “mk” is taken to be MK, who codes here already\n")
    );
    assert!(said.out.ends_with("by MK.\n"), "{}", said.out);
    let said = place.run(&["history", "p", "--coder", "mk", "--format", "json"]);
    assert_eq!(said.json().as_array().unwrap().len(), 2);
    assert!(!place.path("p/history/mk.ron").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_project_that_could_not_be_made_leaves_nothing() {
    let place = Place::new();
    fs::create_dir_all(place.path("there/.git")).unwrap();
    for folder in ["a/b/p", "there"] {
        let said = files::with_short_files(&place, 0, &format!("new {folder} --codebook alliance"));
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(
            said.err.contains("could not make a project in"),
            "{}",
            said.err
        );
    }
    assert!(!place.path("a").exists());
    let left: Vec<_> = fs::read_dir(place.path("there")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    place.done("new there");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_imported() {
    let place = Place::with_project();
    let made = Command::new("mkfifo").arg(place.path("pipe.txt")).status();
    assert!(made.unwrap().success());
    place.fails(
        "import p pipe.txt",
        1,
        &["“pipe.txt” is no ordinary file", "hint: "],
    );
    place.write("one.txt", "Word\n");
    assert!(
        place
            .done("import p one.txt")
            .out
            .contains("\n  1 word, 1 paragraph, ")
    );
}

#[test]
fn a_newer_project_is_checked_with_the_right_advice() {
    let place = Place::with_project();
    place.write("p/project.ron", "(version: 7, name: \"x\")");
    let said = place.run(&["check", "p"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out
            .contains("newer Glossator (format 7) (update Glossator"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("who may read"), "{}", said.out);
}

#[test]
fn many_places_of_a_quote_in_a_long_line_are_listed_at_once() {
    let place = Place::with_project();
    place.write("line.txt", "An ally. ".repeat(300_000));
    place.done("import p line.txt");
    let args = [
        "tag",
        "p",
        "--reading",
        "line",
        "--quote",
        "An ally.",
        "--label",
        "Trust",
    ];
    let said = place.run(&args);
    assert!(said.err.contains("300000 times:"), "{}", said.err);
    assert!(said.err.contains("… and 299990 more"), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::with_project();
    let long = "Words that make a long text indeed. ".repeat(20_000);
    place.write("long.txt", long);
    place.done("import p long.txt");
    let mut child = place
        .command(&["export", "p", "--format", "ron"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn without_a_display_the_window_says_so() {
    let place = Place::with_project();
    for args in ["", "open", "p", "open p"] {
        let said = place.run(
            &args
                .split(' ')
                .filter(|a| !a.is_empty())
                .collect::<Vec<_>>(),
        );
        assert_eq!(said.code, 1, "{args}: {}", said.err);
        let sentence = "hint: without a window, use a command: new, import, lost, tag, export, stats, check, history";
        assert!(said.err.contains(sentence), "{args}: {}", said.err);
        assert_eq!(said.err.lines().count(), 2, "{args}: {}", said.err);
    }
    place.fails("open nowhere", 3, &["there is no folder nowhere"]);
}

#[test]
fn a_project_that_is_open_can_be_read_but_not_changed() {
    let place = Place::with_project();
    let lock = fs::File::options()
        .write(true)
        .open(place.path("p/.glossator/lock"))
        .unwrap();
    lock.lock().unwrap();
    place.fails(
        "undo p",
        3,
        &["is open already", "hint: close it there first"],
    );
    assert_eq!(place.stats()["readings"].as_array().unwrap().len(), 1);
    place.done("history p");
    place.done("export p --format markdown");
    place.done("check p");
}

#[test]
fn results_can_be_read_by_programs() {
    let place = Place::with_project();
    for command in ["stats p", "history p", "check p"] {
        place.done(&format!("{command} --format json")).json();
        let ron = place.done(&format!("{command} --format ron")).out;
        assert!(ron::from_str::<ron::Value>(&ron).is_ok(), "{ron}");
    }
}

#[test]
fn what_is_said_about_a_reading_can_be_set_and_taken_back() {
    let place = Place::with_project();
    let said = place.run(&[
        "set",
        "p",
        "doors",
        "--author",
        "Mason, Ida B.",
        "--author",
        "World Bank",
        "--year",
        "1987",
        "--publisher",
        "Wall Press",
        "--place",
        "Oslo",
        "--doi",
        "https://doi.org/10.1000/x_1",
        "--format",
        "json",
    ]);
    let report = said.json();
    assert_eq!(
        report["changed"],
        serde_json::json!(["authors", "year", "publisher", "place", "DOI"])
    );
    assert_eq!(report["citation"], "Mason and World Bank 1987");
    let reference = "Mason, Ida B., and World Bank. 1987. Of doors and walls. Oslo: Wall Press. https://doi.org/10.1000/x_1.";
    assert_eq!(report["reference"], reference);
    assert_eq!(
        place.done("cite p --format text").out,
        format!("{reference}\n")
    );
    let tagged = place.tag("Threat, not power", &["--label", "Trust"]);
    assert!(
        tagged.out.contains("(of-doors-and-walls, ¶3)"),
        "{}",
        tagged.out
    );
    let export = place.done("export p --format markdown --cite numeric").out;
    assert!(export.contains("> \\[1, ¶3\\]"), "{export}");
    assert!(
        export.contains(
            "\n## References\n\n\\[1\\] Ida B. Mason and World Bank, *Of doors and walls* (Oslo"
        ),
        "{export}"
    );
    assert!(
        place
            .done("set p doors --year 1987")
            .out
            .contains("nothing to change")
    );
    assert!(
        place
            .done("set p doors --year none --place= --author=")
            .out
            .contains("changed authors, year, place")
    );
    place.done("undo p --times 1");
    assert_eq!(
        place.done("cite p --format text").out,
        format!("{reference}\n")
    );
}

#[test]
fn what_can_not_be_said_of_a_reading_is_refused() {
    let place = Place::with_project();
    place.fails(
        "set p doors --year soon",
        2,
        &["“soon” is no year", "--year 1987"],
    );
    place.fails(
        "set p doors --page 3=117",
        1,
        &["has no pages", "by paragraph"],
    );
    place.fails(
        "set p doors --page three",
        2,
        &["which page is which", "--page 3=117"],
    );
    place.fails("set p nowhere --year 1987", 1, &["there is no reading"]);
    place.fails("set p doors --title=", 2, &["without a title"]);
    place.fails(
        "cite p -o p/project.ron",
        1,
        &["part of the project itself"],
    );
}

#[test]
fn readings_go_to_reference_managers() {
    let place = Place::with_project();
    place.done("set p doors --year 1987 --kind book --author=Mason,Ida");
    let bibtex = place.done("cite p --format bibtex").out;
    assert!(
        bibtex.starts_with(
            "@book{mason1987,\n  author = {Mason, Ida},\n  title = {Of doors and walls},\n"
        ),
        "{bibtex}"
    );
    let items = place.done("cite p --format csl-json").json();
    assert_eq!(items[0]["type"], "book");
    assert_eq!(items[0]["author"][0]["family"], "Mason");
    place.done("cite p --style note -o list.md");
    let list = fs::read_to_string(place.0.path().join("list.md")).unwrap();
    assert_eq!(list, "Mason, Ida. *Of doors and walls*. 1987.\n");
}

/// The help is part of what people rely on: read a change of it before writing it down with UPDATE_HELP=1.
#[test]
fn the_help_is_as_written_down() {
    let place = Place::new();
    let commands = [
        "", "open", "new", "import", "lost", "set", "tag", "export", "cite", "stats", "check",
        "history", "undo", "redo",
    ];
    let mut help = String::new();
    for command in commands {
        let args = [command, "--help"];
        let said = place.run(args.strip_prefix(&[""]).unwrap_or(&args));
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        help.push_str(&format!(
            "$ glossator {}\n{}\n",
            args.join(" ").trim_start(),
            said.out
        ));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli-help.txt");
    if std::env::var_os("UPDATE_HELP").is_some() {
        fs::write(&path, &help).unwrap();
    }
    assert_eq!(
        help,
        fs::read_to_string(path).unwrap().replace("\r\n", "\n")
    );
}

#[test]
fn an_encrypted_file_comes_in_with_its_password() {
    let place = Place::with_project();
    place.write("exam.pdf", include_bytes!("../fixtures/pdf/password.pdf"));
    place.fails("import p exam.pdf", 1, &["asks for a password", "hint: "]);
    place.fails(
        "import p exam.pdf --password gat",
        1,
        &["does not open with that password"],
    );
    let report = place.done("import p exam.pdf --password wall --format json");
    let report = report.json();
    assert_eq!(report[0]["outcome"], "imported");
    assert_eq!(
        (&report[0]["read_as"], &report[0]["pages"]),
        (&"PDF".into(), &1.into())
    );
}
