//! Importing many files: what came in and why not, passwords, progress, and stopping it.

use std::fs;

use crate::desk::{Home, USUAL};

#[test]
fn a_dropped_folder_is_reported_file_by_file() {
    let home = Home::new();
    let folder = home.project("New");
    let mut desk = home.start(Some(&folder), USUAL);
    fs::create_dir_all(home.path("papers/deep")).unwrap();
    home.file("papers/broken.pdf", "%PDF-1.7\nnothing follows");
    home.file("papers/renamed.docx", b"\x89PNG\r\n");
    home.file("papers/good.txt", "The first text.");
    home.file("papers/deep/again.txt", "The first text.");
    home.file(
        "papers/deep/page.html",
        "<html><body><p>Words of a page, saved.</p></body></html>",
    );
    home.file("papers/sheet.csv", "a,b");
    desk.drop_files(&[home.path("papers")]);
    desk.must_say("3 of 5 files came in.");
    desk.must_say("“broken.pdf” is damaged: it breaks off or is garbled");
    desk.must_say("“renamed.docx” is a picture, which can't be read here");
    desk.must_say("3 words, 1 paragraph, 0 headings, read as UTF-8");
    desk.must_say("page.html");
    // In the order of their names the one in the deeper folder comes first.
    desk.must_say("Not new: “Again”.");
    desk.must_say("It has the same text as “again.txt”, which came in just now.");
    assert!(!desk.says("sheet.csv"));
    assert!(!desk.says("Try again"));
    desk.press("Close");
    assert_eq!(desk.project().shelves().len(), 2);
    desk.drop_files(&[home.path("papers/good.txt")]);
    desk.must_say("The project has this text already, as “Again”.");
    desk.press("Close");
    desk.key_with(crate::desk::CTRL, egui::Key::Z);
    assert_eq!(desk.project().shelves().len(), 0, "one undo takes all back");
}

#[cfg(unix)]
mod scripts {
    use egui::Key;

    use super::*;
    use crate::program;

    /// Has files read by a script; `$line` is what it is asked, `$2` the file.
    fn reader(home: &Home, script: &str) {
        program::script(&home.path("reader.sh"), &format!("read -r line\n{script}"));
    }

    fn answer(answer: &str) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!(r#"echo '{{"version":"{version}","answer":{answer}}}'"#)
    }

    #[test]
    fn an_encrypted_file_asks_for_its_password() {
        let home = Home::new();
        let folder = home.project("New");
        let text = "Secret words.\n";
        let pdf = home.file("exam.pdf", "%PDF-1.7");
        let sha = glossator::text::sha256("%PDF-1.7");
        let read = answer(&format!(
            r#"{{"Read":[{{"title":"Exam","text":"Secret words.\n","source_name":"exam.pdf","source_sha256":"{sha}"}},"Pdf"]}}"#
        ));
        let missing = answer(r#"{"Refused":{"Password":{"wrong":false}}}"#);
        let wrong = answer(r#"{"Refused":{"Password":{"wrong":true}}}"#);
        let script = format!(
            "case \"$line\" in *sesame*) {} ;; *null*) {missing} ;; *) {wrong} ;; esac",
            read.replace("\\n", "\\\\n")
        );
        reader(&home, &script);
        let mut desk = home.start(Some(&folder), USUAL);
        let plain = home.file("plain.txt", "Plain words.");
        desk.drop_files(&[pdf, plain]);
        desk.must_say("1 of 2 files came in.");
        desk.must_say("“exam.pdf” asks for a password");
        assert!(!desk.things(|t| t.name == "Try again")[0].enabled);
        desk.fill("Password of the encrypted file", "open");
        desk.press("Try again");
        desk.settle();
        desk.must_say("“exam.pdf” does not open with that password");
        desk.must_say("1 of 2 files came in.");
        desk.fill("Password of the encrypted file", "open sesame");
        desk.key(Key::Enter);
        desk.settle();
        desk.must_say("2 of 2 files came in.");
        desk.must_say("2 words, 1 paragraph, 0 headings, read as PDF");
        assert!(!desk.says("Try again"));
        desk.press("Close");
        let shelves = desk.project().shelves();
        let exam = shelves.iter().find(|s| s.reading.meta.title == "Exam");
        assert_eq!(exam.unwrap().reading.text.as_str(), text);
    }

    #[test]
    fn an_import_shows_how_far_it_is_and_is_cancelled() {
        let home = Home::new();
        let folder = home.project("New");
        reader(&home, "exec sleep 100");
        let mut desk = home.start(Some(&folder), USUAL);
        fs::create_dir(home.path("papers")).unwrap();
        home.file("papers/a.txt", "Words.");
        for n in 0..30 {
            home.file(&format!("papers/b{n:02}.pdf"), "%PDF-1.7");
        }
        desk.let_go(&[home.path("papers")]);
        desk.wait_for("the first file", |desk| desk.says("Importing 1 of 31"));
        desk.press_meanwhile("Cancel");
        desk.wait_for("the click", |desk| {
            desk.says("Stopping the import…") || !desk.app().busy()
        });
        desk.settle();
        desk.must_say("1 of 31 files came in.");
        desk.must_say("“b00.pdf” was not imported: the import was cancelled");
        desk.press("Close");
        assert_eq!(desk.project().shelves().len(), 1);
    }

    #[test]
    fn closing_the_project_stops_its_import() {
        let home = Home::new();
        let folder = home.project("New");
        reader(&home, "exec sleep 100");
        let mut desk = home.start(Some(&folder), USUAL);
        fs::create_dir(home.path("papers")).unwrap();
        home.file("papers/a.txt", "Words.");
        home.file("papers/b.pdf", "%PDF-1.7");
        desk.let_go(&[home.path("papers")]);
        desk.wait_for("the first file", |desk| desk.says("Importing 1 of 2"));
        desk.key_with(crate::desk::CTRL, Key::W);
        desk.settle();
        assert!(desk.app().session().is_none());
        let is_empty = |name: &str| match fs::read_dir(folder.join(name)) {
            Ok(entries) => entries
                .map(|e| e.unwrap().file_name().into_string().unwrap())
                .all(|name| !name.starts_with("incoming") && name != "a"),
            Err(_) => true,
        };
        desk.wait_for("the import to end", |_| is_empty(".glossator"));
        assert!(is_empty("readings"));
    }
}
