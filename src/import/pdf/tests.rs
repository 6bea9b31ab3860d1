//! What the importer promises of PDFs, on files made here.

use super::{
    sample::{Sample, paragraph, stream, words},
    *,
};
use crate::{
    import::{Imported, import_file, import_with},
    model::{BlockKind, Style},
    text::Span,
};

/// A paragraph whose last line is short.
const WALLS: &str = "The wall that ran along the river was older than the town, and nobody could say whose promise it had been to keep it standing through so many floods and so many quarrels about its cost.";
const DOORS: &str = "Every door in it had been cut later by people who needed to pass, and each of them was argued over for years before the masons came with their tools and their bills to make it.";
const GATES: &str = "A gate is what remains when an argument about a door is won by neither side; it can be opened, it can be closed, and those who keep its key are seldom those who built it.";

fn read(sample: &Sample) -> Imported {
    import_file("x.pdf", &sample.bytes()).unwrap()
}

fn page(content: impl Into<String>) -> Imported {
    read(Sample::default().page(content))
}

fn refusal(sample: &Sample) -> Refusal {
    import_file("x.pdf", &sample.bytes()).unwrap_err().why
}

fn paragraphs(imported: &Imported) -> Vec<&str> {
    imported.text.trim().split("\n\n").collect()
}

fn labels(imported: &Imported) -> Vec<&str> {
    imported
        .structure
        .pages
        .iter()
        .map(|p| p.label.as_str())
        .collect()
}

fn of(imported: &Imported, span: Span) -> &str {
    span.of(&imported.text)
}

/// Three paragraphs beneath each other.
fn body(x: f64, y: f64, width: f64) -> String {
    let (first, y) = paragraph(WALLS, 10.0, x, y, width, 12.0);
    let (second, y) = paragraph(DOORS, 10.0, x, y, width, 12.0);
    let (third, _) = paragraph(GATES, 10.0, x, y, width, 12.0);
    first + &second + &third
}

#[test]
fn paragraphs_are_told_by_their_indents() {
    let imported = page(body(50.0, 80.0, 300.0));
    assert_eq!(paragraphs(&imported), [WALLS, DOORS, GATES]);
}

#[test]
fn paragraphs_are_told_by_the_space_between_them() {
    let (first, y) = paragraph(WALLS, 10.0, 50.0, 80.0, 300.0, 0.0);
    let (second, _) = paragraph(DOORS, 10.0, 50.0, y + 7.0, 300.0, 0.0);
    assert_eq!(paragraphs(&page(first + &second)), [WALLS, DOORS]);
}

#[test]
fn two_columns_under_one_title_are_read_one_after_the_other() {
    // Drawn row by row, as some programs do.
    let (left, right) = (body(40.0, 120.0, 150.0), body(210.0, 120.0, 150.0));
    let rows: String = left
        .lines()
        .zip(right.lines())
        .map(|(l, r)| format!("{l}\n{r}\n"))
        .collect();
    let title = words("B", 18.0, 60.0, 60.0, "Of walls, doors and gates");
    let imported = page(title + &rows);
    let title = "Of walls, doors and gates";
    assert_eq!(
        paragraphs(&imported),
        [title, WALLS, DOORS, GATES, WALLS, DOORS, GATES]
    );
    assert_eq!(imported.structure.headings.len(), 1);
    assert_eq!(imported.meta.title, title);
}

#[test]
fn hyphens_at_line_ends_are_undone_unless_the_word_has_one() {
    let lines = [
        "A well-known wall needs the cooperation of those who",
        "live on both sides of it, and without such co-",
        "operation, that is cooperation of masons, a well-",
        "known wall falls down before it is fin\u{AD}",
        "ished and paid for by the town that wanted it built.",
    ];
    let content: String = lines
        .iter()
        .zip(0..)
        .map(|(l, i)| words("F", 10.0, 50.0, 80.0 + 12.0 * f64::from(i), l))
        .collect();
    let imported = page(content);
    let text = imported.text.replace('\n', " ");
    assert!(text.contains("without such cooperation, that is"), "{text}");
    assert!(text.contains("a well-known wall falls"), "{text}");
    assert!(text.contains("it is finished and paid"), "{text}");
}

#[test]
fn running_heads_and_page_numbers_are_kept_as_pages_only() {
    const STARTS: [&str; 5] = ["Stone", "Brick", "Straw", "Loam", "Timber"];
    let mut sample = Sample::default();
    for (i, start) in STARTS.iter().enumerate() {
        let head = words("I", 8.0, 50.0, 30.0, "Journal of Walls")
            + &words("F", 8.0, 330.0, 30.0, &format!("{}", 117 + i));
        sample.page(head + &words("F", 10.0, 50.0, 60.0, start) + &body(50.0, 90.0, 300.0));
    }
    let imported = read(&sample);
    assert_eq!(labels(&imported), ["117", "118", "119", "120", "121"]);
    assert!(
        !imported.text.contains("Journal") && !imported.text.contains("11"),
        "{}",
        imported.text
    );
    let starts: Vec<_> = imported
        .structure
        .pages
        .iter()
        .map(|p| &imported.text[p.start as usize..][..4])
        .collect();
    assert_eq!(starts, ["Ston", "Bric", "Stra", "Loam", "Timb"]);
}

#[test]
fn the_files_own_page_labels_come_first() {
    let mut sample = Sample::default();
    for _ in 0..3 {
        sample.page(body(50.0, 80.0, 300.0));
    }
    assert_eq!(labels(&read(&sample)), ["1", "2", "3"]);
    sample.catalog = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 117 >>] >>".into();
    assert_eq!(labels(&read(&sample)), ["i", "117", "118"]);
}

#[test]
fn a_paragraph_runs_on_over_a_page() {
    let text = format!("{WALLS} {DOORS} {GATES}");
    let (set, _) = paragraph(&text, 10.0, 50.0, 80.0, 300.0, 12.0);
    let lines: Vec<&str> = set.lines().collect();
    let (above, below) = lines.split_at(4);
    let mut sample = Sample::default();
    sample.page(above.join("\n")).page(below.join("\n"));
    let imported = read(&sample);
    assert_eq!(paragraphs(&imported), [text.as_str()]);
    assert_eq!(imported.structure.pages.len(), 2);
    let second = imported.structure.pages[1].start as usize;
    assert!(second > 100 && imported.text.is_char_boundary(second));
    assert!(imported.text[..second].ends_with(' '));
}

#[test]
fn footnotes_are_linked_with_their_marks() {
    let text = body(50.0, 80.0, 300.0)
        + &words("F", 10.0, 50.0, 400.0, "A last word on stone")
        + &words("F", 6.0, 150.0, 396.0, "1")
        + &words("F", 10.0, 153.0, 400.0, ", and no more.");
    let note = words("F", 5.0, 50.0, 540.0, "1")
        + &words("F", 8.0, 54.0, 543.0, "See Lee on stone, at length.");
    let imported = page(text + &note);
    let notes = &imported.structure.notes;
    assert_eq!(notes.len(), 1, "{}", imported.text);
    assert_eq!(of(&imported, notes[0].mark), "[1]");
    assert_eq!(
        of(&imported, notes[0].body),
        "[1] See Lee on stone, at length."
    );
    assert!(imported.text.contains("on stone[1], and no more."));
}

#[test]
fn ligatures_and_accents_are_letters() {
    let content = words("U", 10.0, 50.0, 80.0, "a")
        + &words("F", 10.0, 55.0, 80.0, "rst caf")
        // An accent drawn over its letter.
        + &words("F", 10.0, 90.0, 80.0, "\u{B4}")
        + &words("F", 10.0, 90.0, 80.0, "e is")
        + &words("U", 10.0, 113.0, 80.0, "b")
        + &words("U", 10.0, 50.0, 120.0, "cc");
    let imported = page(content);
    assert_eq!(imported.text, "first café is ж\n\n勢勢\n");
}

#[test]
fn raised_figures_stand_at_their_word() {
    let content = words("F", 10.0, 50.0, 80.0, "E = mc")
        + &words("F", 6.0, 80.0, 76.0, "2")
        + &words("F", 10.0, 83.0, 80.0, ", H")
        + &words("F", 6.0, 98.0, 82.0, "2")
        + &words("F", 10.0, 101.0, 80.0, "O and so on");
    let imported = page(content);
    assert_eq!(imported.text, "E = mc2, H2O and so on\n");
    let styles: Vec<String> = imported
        .structure
        .emphasis
        .iter()
        .map(|e| e.style.to_string())
        .collect();
    assert_eq!(styles, ["^", "_"]);
}

#[test]
fn bold_and_italics_are_emphasis() {
    let content = body(50.0, 80.0, 300.0)
        + &words("F", 10.0, 50.0, 400.0, "A ")
        + &words("I", 10.0, 60.0, 400.0, "stone")
        + &words("F", 10.0, 85.0, 400.0, " and a ")
        + &words("B", 10.0, 120.0, 400.0, "wall")
        + &words("F", 10.0, 140.0, 400.0, " stand here.");
    let imported = page(content);
    let found: Vec<_> = imported
        .structure
        .emphasis
        .iter()
        .map(|e| (of(&imported, e.span), e.style))
        .collect();
    assert_eq!(found, [("stone", Style::ITALIC), ("wall", Style::BOLD)]);
}

#[test]
fn headings_have_levels_and_items_their_marks() {
    let content = words("B", 16.0, 50.0, 60.0, "On walls and their keepers")
        + &words("B", 12.0, 50.0, 100.0, "1 Doors")
        + &body(50.0, 130.0, 300.0)
        + &words("B", 11.0, 50.0, 400.0, "1.1 Hinges")
        + &words("F", 10.0, 50.0, 425.0, "They are of three kinds:")
        + &words("F", 10.0, 60.0, 440.0, "\u{B7} of iron, forged")
        + &words("F", 10.0, 60.0, 452.0, "\u{B7} of brass, cast");
    let imported = page(content);
    let headings: Vec<_> = imported
        .structure
        .headings
        .iter()
        .map(|h| (of(&imported, h.span), h.level))
        .collect();
    assert_eq!(
        headings,
        [
            ("On walls and their keepers", 1),
            ("1 Doors", 2),
            ("1.1 Hinges", 3)
        ]
    );
    let items = imported
        .structure
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Item(_)));
    assert_eq!(
        items.map(|b| of(&imported, b.span)).collect::<Vec<_>>(),
        ["· of iron, forged", "· of brass, cast"]
    );
}

#[test]
fn rows_of_a_table_have_tabs() {
    let mut content = body(50.0, 80.0, 300.0);
    for (i, (name, year, price)) in [
        ("Wall", "1904", "12"),
        ("Door", "1911", "7"),
        ("Gate", "1923", "31"),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 420.0 + 12.0 * i as f64;
        content += &words("F", 10.0, 50.0, y, name);
        content += &words("F", 10.0, 150.0, y, year);
        content += &words("F", 10.0, 250.0, y, price);
    }
    let imported = page(content);
    assert!(
        imported
            .text
            .ends_with("Wall\t1904\t12\nDoor\t1911\t7\nGate\t1923\t31\n"),
        "{}",
        imported.text
    );
}

#[test]
fn words_printed_twice_are_read_once_and_turned_ones_left_out() {
    let stamp = "BT /F 30 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET\n".to_owned();
    let content = body(50.0, 80.0, 300.0)
        + &words("F", 10.0, 50.0, 400.0, "Twice printed here")
        + &words("F", 10.0, 50.3, 400.0, "Twice printed here")
        + &stamp;
    let imported = page(content);
    assert_eq!(imported.text.matches("Twice").count(), 1);
    assert!(!imported.text.contains('D') || !imported.text.contains("DRAFT"));
    assert!(
        imported
            .remarks
            .iter()
            .any(|r| r.starts_with("5 letters of turned text")),
        "{:?}",
        imported.remarks
    );
    // It is bold now: a line of its own that is bold is a heading.
    assert_eq!(imported.structure.headings.len(), 1);
}

#[test]
fn hidden_layers_are_left_out_and_invisible_text_is_read() {
    let mut sample = Sample::default();
    sample.catalog = "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>".into();
    sample.object("<< /Type /OCG /Name (old) >>");
    let form = "/OC 10 0 R /Type /XObject /Subtype /Form /BBox [0 0 400 600]";
    sample.object(stream(form, &words("F", 10.0, 50.0, 300.0, "Hidden words")));
    let scan = format!(
        "3 Tr {}",
        words("F", 10.0, 50.0, 100.0, "What the scanner read")
    );
    sample.page(format!("{scan} /X11 Do"));
    assert_eq!(read(&sample).text, "What the scanner read\n");
}

fn with_picture(sample: &mut Sample) -> String {
    let picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    let number = sample.object(stream(picture, "x"));
    format!("q 400 0 0 600 0 0 cm /X{number} Do Q\n")
}

#[test]
fn scans_are_told() {
    let mut sample = Sample::default();
    let picture = with_picture(&mut sample);
    sample.page(picture.clone()).page(picture.clone());
    assert_eq!(refusal(&sample), Refusal::Scanned(2));
    sample.page(body(50.0, 80.0, 300.0)).page(picture);
    let imported = read(&sample);
    assert_eq!(
        imported.remarks,
        ["Pages 1, 2, 4 of the file are pictures without text."]
    );
    assert_eq!(labels(&imported), ["1", "2", "3", "4"]);
    assert_eq!(refusal(Sample::default().page("")), Refusal::Empty);
}

#[test]
fn passwords_are_asked_for() {
    let bytes = include_bytes!("../../../tests/fixtures/pdf/password.pdf");
    let with = |password: Option<&str>| {
        let options = Options {
            password: password.map(str::to_owned),
        };
        import_with("x.pdf", bytes, &options).map_err(|e| e.why)
    };
    assert_eq!(with(None), Err(Refusal::Password { wrong: false }));
    assert_eq!(with(Some("gat")), Err(Refusal::Password { wrong: true }));
    for password in ["wall", "gate"] {
        let text = with(Some(password)).unwrap().text;
        assert!(
            text.starts_with("A wall is a promise kept by stone."),
            "{text}"
        );
    }
    let open = include_bytes!("../../../tests/fixtures/pdf/owner-only.pdf");
    assert!(
        import_file("x.pdf", open)
            .unwrap()
            .text
            .starts_with("A wall is a promise")
    );
}

#[test]
fn what_the_file_says_of_itself_is_used_unless_it_is_junk() {
    let mut sample = Sample::default();
    sample.page(
        words("B", 18.0, 60.0, 60.0, "Of walls and doors")
            + &body(50.0, 100.0, 300.0)
            + &words("F", 8.0, 50.0, 560.0, "https://doi.org/10.1234/walls.5."),
    );
    sample.info = "/Title (Microsoft Word - draft.doc) /Author (user)".into();
    let meta = read(&sample).meta;
    assert_eq!(meta.title, "Of walls and doors");
    assert!(meta.authors.is_empty());
    assert_eq!(meta.imprint.doi, "10.1234/walls.5");
    sample.info = "/Title (Doors and their keepers) /Author (Ann Lee and Bo Wu)".into();
    let meta = read(&sample).meta;
    assert_eq!(meta.title, "Doors and their keepers");
    assert_eq!(meta.authors, ["Lee, Ann", "Wu, Bo"]);
}

/// A file with most of what the importer reads.
fn rich() -> Vec<u8> {
    let mut sample = Sample::default();
    sample.catalog = "/PageLabels << /Nums [0 << /S /r >>] >>".into();
    let picture = with_picture(&mut sample);
    for _ in 0..2 {
        let columns = body(40.0, 120.0, 150.0) + &body(210.0, 120.0, 150.0);
        sample.page(picture.clone() + &columns + &words("U", 10.0, 50.0, 580.0, "abc"));
    }
    sample.bytes()
}

#[test]
fn broken_files_are_read_or_refused() {
    let bytes = rich();
    let check = |bytes: &[u8], how: String| {
        if let Err(error) = import_file("x.pdf", bytes) {
            assert_ne!(error.why, Refusal::Failed, "{how}");
        }
    };
    for end in (0..bytes.len()).step_by(50) {
        check(&bytes[..end], format!("cut at {end}"));
    }
    let mut seed = 7u64;
    for _ in 0..150 {
        let mut broken = bytes.clone();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = (seed >> 33) as usize % broken.len();
            broken[at] = (seed >> 20) as u8;
        }
        check(&broken, format!("seed {seed}"));
    }
}

#[test]
fn depth_does_no_harm() {
    // A form that shows itself, states saved without end, lists in lists.
    let mut sample = Sample::default();
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 400 600]";
    sample.object(stream(form, "/X10 Do /X10 Do"));
    let deep = "[".repeat(20_000);
    sample.page(format!(
        "/X10 Do {} {}",
        "q ".repeat(50_000),
        words("F", 10.0, 50.0, 100.0, "Still here")
    ));
    sample.page(format!(
        "{} {deep}",
        words("F", 10.0, 50.0, 100.0, "And here")
    ));
    sample.page("/Span << /ActualText (x) >> BDC ".repeat(20_000));
    let text = read(&sample).text;
    assert!(
        text.contains("Still here") && text.contains("And here"),
        "{text}"
    );
    let mut tree = Sample::default();
    tree.page(body(50.0, 80.0, 300.0));
    tree.catalog = "/PageLabels << /Kids [10 0 R] >>".into();
    tree.object("<< /Kids [10 0 R 10 0 R] >>");
    assert_eq!(labels(&read(&tree)), ["1"]);
}

#[test]
fn numbers_in_a_row_are_said_as_ranges() {
    assert_eq!(ranges(&[2, 4, 5, 6, 9, 10]), "2, 4–6, 9, 10");
}
