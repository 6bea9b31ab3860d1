//! Exports in every format, to files, folders and pipes; and files that are written whole or not at all.

use std::{fs, io::Read};

use glossator::export::order::{Format, Kind};

use crate::Place;

/// A packet as someone would write it by hand.
const PACKET: &str = r#"(
    version: 1,
    title: "Thursday",
    sections: [
        (id: "doors", title: "Doors and walls", introduction: ["What is a door?"], excerpts: (query: "label:Trust"), lines: 2),
    ],
)
"#;

/// A project with two highlights and a packet.
fn coded() -> Place {
    let place = Place::with_project();
    let said = place.tag(
        "A wall is a promise",
        &["--label", "Trust", "--note", "Frost"],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    let said = place.tag("Threat, not power", &["--label", "Balance of threat"]);
    assert_eq!(said.code, 0, "{}", said.err);
    place.write("p/packets/thursday.ron", PACKET);
    place
}

/// How a file of a format begins.
fn start(format: Format, kind: Kind) -> &'static [u8] {
    match (format, kind) {
        (Format::Markdown, _) => b"# ",
        (Format::Html, _) => b"<!DOCTYPE html>",
        (Format::Docx | Format::Xlsx | Format::Brat, _) => b"PK\x03\x04",
        (Format::Pdf, _) => b"%PDF-",
        (Format::Csv, Kind::Excerpts) => b"quote,label,",
        (Format::Tsv, Kind::Excerpts) => b"quote\tlabel\t",
        (Format::Csv, _) => b"",
        (Format::Tsv, _) => b"",
        (Format::Ron, _) => b"#![enable(implicit_some)]",
        (Format::JsonLd | Format::Jsonl, _) => b"{",
        (Format::Qdc, _) => b"<?xml",
    }
}

/// The files in a folder that one does not see usually.
fn strays(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path(".")).unwrap();
    let names = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn each_format_holds_what_it_says() {
    let place = coded();
    for kind in Kind::ALL {
        for &format in kind.formats() {
            let name = format!("{}.{}", kind.word(), format.ending());
            let what = kind.word();
            place.done(&format!(
                "export p --what {what} --format {} -o {name}",
                format.word()
            ));
            let bytes = fs::read(place.path(&name)).unwrap();
            assert!(
                bytes.starts_with(start(format, kind)),
                "{name}: {:?}",
                String::from_utf8_lossy(&bytes[..bytes.len().min(60)])
            );
            assert!(bytes.len() > 60, "{name}: {} bytes", bytes.len());
        }
    }
    assert_eq!(strays(&place), Vec::<String>::new());
}

#[test]
fn what_does_not_fit_is_refused_with_what_does() {
    let place = coded();
    for kind in Kind::ALL {
        for format in Format::ALL.into_iter().filter(|f| !f.fits(kind)) {
            let command = format!("export p --what {} --format {}", kind.word(), format.word());
            let last = kind.formats().last().unwrap().name();
            let only = format!("or {last}");
            place.fails(&command, 2, &["can’t be written as", &only]);
        }
    }
}

#[test]
fn the_ending_says_the_format() {
    let place = coded();
    for format in Format::ALL {
        let name = format!("x.{}", format.ending());
        place.done(&format!("export p -o {name}"));
        let kind = if format == Format::Qdc {
            Kind::Codebook
        } else {
            Kind::Excerpts
        };
        let bytes = fs::read(place.path(&name)).unwrap();
        assert!(bytes.starts_with(start(format, kind)), "{name}");
    }
    place.fails("export p -o x.odt", 2, &["no format ends in .odt", "docx"]);
    place.fails("export p", 2, &["it is not said in which format"]);
    // A format that is given wins.
    place.done("export p --format ron -o x.md");
    assert!(fs::read(place.path("x.md")).unwrap().starts_with(b"#!["));
}

#[test]
fn a_packet_is_named_by_its_title_or_a_part_of_it() {
    let place = coded();
    for name in ["thursday", "Thurs", "THURSDAY"] {
        let said = place.done(&format!("export p --packet {name} --format markdown"));
        assert!(said.out.contains("Doors and walls"), "{}", said.out);
        assert!(said.out.contains("A wall is a promise"), "{}", said.out);
        assert!(!said.out.contains("Threat, not power"), "{}", said.out);
    }
    place.fails(
        "export p --packet friday -o x.pdf",
        1,
        &["no packet “friday”", "thursday"],
    );
    assert!(!place.path("x.pdf").exists());
}

#[test]
fn columns_are_chosen_and_stand_in_their_order() {
    let place = coded();
    let said = place.done("export p --format csv --fields note,quote,label-path");
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines[0], "note,quote,label path");
    assert!(
        lines[1].starts_with("Frost,A wall is a promise,"),
        "{}",
        lines[1]
    );
    let said = place.done("export p --format csv --bom --fields quote");
    assert!(said.out.starts_with("\u{feff}quote"), "{}", said.out);
    place.fails(
        "export p --format csv --fields colour-of-eyes",
        2,
        &["the columns are quote"],
    );
}

#[test]
fn a_pipe_gets_binary_formats_too() {
    let place = coded();
    for format in ["docx", "pdf", "xlsx", "brat"] {
        let output = place
            .command(&["export", "p", "--format", format])
            .output()
            .unwrap();
        assert!(output.status.success());
        let file = format!("x.{format}");
        place.done(&format!("export p --format {format} -o {file}"));
        let whole = fs::read(place.path(&file)).unwrap();
        // The time of the export stands in some, packed.
        let difference = output.stdout.len().abs_diff(whole.len());
        assert!(difference < 64, "{format}: {difference} bytes");
        assert_eq!(output.stdout[..4], whole[..4], "{format}");
    }
}

#[test]
fn several_readings_make_several_files_or_none() {
    let place = coded();
    place.write("two.txt", "Another text.");
    place.done("import p two.txt");
    place.done("export p --what annotated --format html -o pages/");
    let names = |folder: &str| {
        let entries = fs::read_dir(place.path(folder)).unwrap();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("pages"), ["of-doors-and-walls.html", "two.html"]);
    // One of them can't be written: none is.
    fs::create_dir_all(place.path("mixed/two.html")).unwrap();
    place.fails(
        "export p --what annotated --format html -o mixed/",
        1,
        &["two.html", "it is a folder"],
    );
    assert_eq!(names("mixed"), ["two.html"]);
}

#[cfg(unix)]
mod trouble {
    use std::{os::unix::fs::PermissionsExt, process::Command};

    use super::*;

    /// Runs a shell script beside the project, in which `$G` is the program.
    fn shell(place: &Place, script: &str) -> (Option<i32>, String) {
        let output = Command::new("sh")
            .args(["-c", script])
            .current_dir(place.path("."))
            .env("G", env!("CARGO_BIN_EXE_glossator"))
            .env("GLOSSATOR_CODER", "MK")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), told)
    }

    #[test]
    fn a_disk_that_takes_no_more_leaves_the_old_file() {
        let place = coded();
        place.write("out.ron", "old");
        // The limit stands in for a full disk: the system refuses to write on.
        let script = "trap '' XFSZ; ulimit -f 1; exec $G export p --format ron -o out.ron";
        let (code, told) = shell(&place, script);
        assert_eq!(code, Some(1), "{told}");
        assert!(
            told.starts_with("error: could not write out.ron: "),
            "{told}"
        );
        assert!(told.contains("hint: choose another disk"), "{told}");
        assert_eq!(fs::read_to_string(place.path("out.ron")).unwrap(), "old");
        assert_eq!(strays(&place), Vec::<String>::new());
    }

    #[test]
    fn what_a_killed_program_leaves_is_cleared_by_the_next_export() {
        let place = coded();
        place.write("out.ron", "old");
        let script = "ulimit -c 0; ulimit -f 1; exec $G export p --format ron -o out.ron";
        let (code, _) = shell(&place, script);
        assert_eq!(code, None, "the system kills it");
        assert_eq!(fs::read_to_string(place.path("out.ron")).unwrap(), "old");
        assert_eq!(strays(&place).len(), 1, "{:?}", strays(&place));
        place.done("export p --format markdown -o other.md");
        assert_eq!(strays(&place), Vec::<String>::new());
    }

    #[test]
    fn a_full_device_is_told() {
        if !place_has_full_device() {
            return;
        }
        let place = coded();
        for format in ["csv", "pdf"] {
            let command = format!("export p --format {format} -o /dev/full");
            place.fails(
                &command,
                1,
                &["could not write /dev/full", "the disk is full", "make room"],
            );
        }
    }

    fn place_has_full_device() -> bool {
        std::path::Path::new("/dev/full").exists()
    }

    #[test]
    fn a_file_that_is_write_protected_and_a_link_are_respected() {
        let place = coded();
        place.write("mine.md", "mine");
        let read_only = fs::Permissions::from_mode(0o444);
        fs::set_permissions(place.path("mine.md"), read_only).unwrap();
        place.fails("export p -o mine.md", 1, &["mine.md", "write-protected"]);
        assert_eq!(fs::read_to_string(place.path("mine.md")).unwrap(), "mine");
        place.write("real.md", "old");
        std::os::unix::fs::symlink(place.path("real.md"), place.path("link.md")).unwrap();
        place.done("export p -o link.md");
        assert!(fs::read(place.path("real.md")).unwrap().starts_with(b"# "));
        let link = fs::symlink_metadata(place.path("link.md")).unwrap();
        assert!(link.is_symlink());
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_error() {
        let place = coded();
        for format in ["ron", "docx"] {
            let script = format!("$G export p --format {format} | true");
            let (_, told) = shell(&place, &script);
            assert_eq!(told, "", "{format}");
        }
    }

    #[test]
    fn a_terminal_gets_no_binary_file() {
        // `script` gives the program a terminal of its own.
        let has_script = Command::new("script").arg("--version").output().is_ok();
        if !has_script {
            return;
        }
        let place = coded();
        let mut child = Command::new("script")
            .args(["-qec", "$G export p --format pdf", "/dev/null"])
            .current_dir(place.path("."))
            .env("G", env!("CARGO_BIN_EXE_glossator"))
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        child.wait().unwrap();
        assert!(said.contains("PDF is not for a terminal"), "{said}");
        assert!(said.contains("-o excerpts.pdf"), "{said}");
    }
}
