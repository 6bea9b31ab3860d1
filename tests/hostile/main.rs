//! Broken and hostile files in one batch with good ones: each bad one is named with what is wrong, the good ones come in, and nothing
//! hangs, crashes, or takes more memory than it should.
#![allow(clippy::unwrap_used, missing_docs)]

mod made;
mod mutated;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use glossator::{
    import::Options,
    intake::{Line, Order, Outcome, Progress, Reader, take_in},
    model::Project,
};
use made::*;

/// What is to become of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// It comes in.
    In,
    /// It is refused, and the message says this.
    Out(&'static str),
    /// Either, but by a decision: no crash, no hang, no fault.
    Either,
}
use Fate::{Either, In, Out};

const DAMAGED: Fate = Out("is damaged");
const SWOLLEN: Fate = Out("unpacks to more than any text would");

fn half(bytes: Vec<u8>) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

/// Bytes without sense, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// What a good file of each format says.
fn good() -> Vec<(&'static str, Vec<u8>, Fate)> {
    vec![
        ("good.txt", "Good words of a text.\n".into(), In),
        ("good.md", "# Good\n\nWords of *Markdown*.\n".into(), In),
        ("good.html", html("<p>Good words of a page.</p>"), In),
        ("good.pdf", pdf("Good words of a PDF."), In),
        (
            "good.docx",
            docx(&docx_paragraph("Good words of Word.")),
            In,
        ),
        (
            "good.odt",
            odt("<text:p>Good words of an ODT.</text:p>"),
            In,
        ),
        ("good.epub", epub("<p>Good words of a book.</p>"), In),
        ("good.rtf", rtf("Good words of an RTF."), In),
    ]
}

fn broken() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let mut all: Vec<(&str, Vec<u8>, Fate)> = Vec::new();
    for name in [
        "empty.txt",
        "empty.md",
        "empty.html",
        "empty.pdf",
        "empty.docx",
        "empty.odt",
        "empty.epub",
        "empty.rtf",
    ] {
        all.push((name, Vec::new(), Out("holds no text")));
    }
    for name in [
        "noise.pdf",
        "noise.docx",
        "noise.odt",
        "noise.epub",
        "noise.rtf",
    ] {
        all.push((name, noise(20_000), Out("but is none")));
    }
    all.push(("noise.txt", noise(20_000), Out("is not a text file")));
    all.push(("noise.html", noise(20_000), Out("is not a text file")));
    for (name, head) in [
        ("headed.pdf", "%PDF-1.7\n"),
        ("headed.docx", "PK\u{3}\u{4}"),
        ("headed.epub", "PK\u{3}\u{4}"),
        ("headed.rtf", "{\\rtf1 "),
    ] {
        let bytes = [head.as_bytes(), &noise(20_000)].concat();
        let fate = if name == "headed.rtf" {
            Either
        } else {
            DAMAGED
        };
        all.push((name, bytes, fate));
    }
    all.push(("half.pdf", half(pdf("Words that are cut off.")), Either));
    all.push(("half.docx", half(docx(&docx_paragraph("Words"))), DAMAGED));
    all.push(("half.odt", half(odt("<text:p>Words</text:p>")), DAMAGED));
    all.push(("half.epub", half(epub("<p>Words</p>")), DAMAGED));
    all.push((
        "half.rtf",
        half(rtf("Words that are cut off in the middle")),
        Either,
    ));
    all.push((
        "half.html",
        half(html("<p>Words of a page that was not loaded whole.</p>")),
        Either,
    ));
    // A name that lies.
    all.push(("really-pdf.docx", pdf("A PDF under another name."), In));
    all.push((
        "really-html.pdf",
        html("<p>A page under another name.</p>"),
        In,
    ));
    all.push((
        "picture.docx",
        b"\x89PNG\r\n\x1A\n".to_vec(),
        Out("is a picture"),
    ));
    all.push((
        "old.docx",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
        Out(""),
    ));
    all.push((
        "sheet.docx",
        archive(&[("xl/workbook.xml", b"<x/>".to_vec())]),
        Out("Excel"),
    ));
    all.push((
        "archive.epub",
        archive(&[("a.txt", b"a".to_vec())]),
        Out("ZIP archive"),
    ));
    all
}

fn hostile() -> Vec<(&'static str, Vec<u8>, Fate)> {
    const BOMB: usize = 300 * 1024 * 1024;
    let laugh = |root: &str, inside: &str| laughs(root, inside);
    let word = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
                <w:p><w:r><w:t>HERE</w:t></w:r></w:p></w:body></w:document>";
    let office = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                  xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>\
                  <text:p>HERE</text:p></office:text></office:body></office:document-content>";
    let page_html = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>HERE</p></body></html>";
    let mut circle = page("BT /F 12 Tf (x) Tj ET");
    circle[1] = "<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 99999999>>".to_owned();
    let mut deep = page("BT /F 12 Tf (x) Tj ET");
    deep[2] = nested("[", "", "]");
    let forms = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream";
    let mut looped = page("/X Do");
    looped[3] = forms.to_owned();
    let escape = docx_of(
        docx_paragraph("Words").into(),
        &[
            ("../../../escaped.txt", b"out".to_vec()),
            ("/escaped.txt", b"out".to_vec()),
            ("word/../../../escaped.txt", b"out".to_vec()),
        ],
    );
    vec![
        ("bomb.docx", bomb("word/footnotes.xml", BOMB), SWOLLEN),
        ("bomb.odt", odt_of(vec![b' '; BOMB]), SWOLLEN),
        ("bomb.epub", epub_of(vec![b' '; BOMB]), SWOLLEN),
        (
            "laughs.docx",
            docx_of(laugh("w:document", word), &[]),
            Either,
        ),
        (
            "laughs.odt",
            odt_of(laugh("office:document-content", office)),
            Either,
        ),
        ("laughs.epub", epub_of(laugh("html", page_html)), Either),
        ("laughs.xhtml", laugh("html", page_html), Either),
        ("escape.docx", escape, Either),
        (
            "deep.html",
            html(&nested("<div>", "<p>Words</p>", "</div>")),
            SWOLLEN,
        ),
        (
            "deep-table.html",
            html(&nested("<table><tr><td>", "Words", "")),
            SWOLLEN,
        ),
        (
            "deep-quotes.html",
            html(&nested("<blockquote>", "Words", "</blockquote>")),
            SWOLLEN,
        ),
        (
            "deep.docx",
            docx(&nested(
                "<w:tbl><w:tr><w:tc>",
                &docx_paragraph("Words"),
                "</w:tc></w:tr></w:tbl>",
            )),
            Either,
        ),
        (
            "deep.odt",
            odt(&nested(
                "<text:list><text:list-item>",
                "<text:p>Words</text:p>",
                "</text:list-item></text:list>",
            )),
            Either,
        ),
        (
            "deep.epub",
            epub(&nested("<div>", "<p>Words</p>", "</div>")),
            SWOLLEN,
        ),
        ("deep.rtf", rtf(&nested("{", "Words", "}")), Either),
        ("deep.md", nested("> ", "Words", "").into(), Either),
        ("brackets.md", nested("[", "Words", "](x)").into(), Either),
        ("deep.pdf", pdf_of(&deep), Either),
        ("circle.pdf", pdf_of(&circle), Either),
        ("looped.pdf", pdf_of(&looped), Either),
        ("line.txt", "x".repeat(3_000_000).into(), Either),
    ]
}

fn sparse(folder: &Path) -> Vec<(&'static str, Fate)> {
    let all = [
        ("huge.txt", Out("is not a text file")),
        ("huge.pdf", Out("but is none")),
        ("huge.docx", Out("but is none")),
    ];
    for (name, _) in all {
        let file = File::create(folder.join(name)).unwrap();
        file.set_len(300 * 1024 * 1024).unwrap();
    }
    all.to_vec()
}

/// The most memory this process had, in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn check(line: &Line, fate: Fate) -> Result<(), String> {
    let name = line.path.file_name().unwrap().to_string_lossy();
    let said = match &line.outcome {
        Outcome::Failed(trouble) => {
            // A message has to say which file it is about, and be about the file, not about us.
            let what = &trouble.what;
            if !what.contains(&*name)
                || what.contains("fault in Glossator")
                || trouble.hint.is_empty()
            {
                return Err(format!("{name}: {trouble}"));
            }
            what.clone()
        }
        _ => String::new(),
    };
    let failed = line.failed();
    let right = match fate {
        In => !failed,
        Out(part) => failed && said.contains(part),
        Either => !said.contains("was given up after"),
    };
    match right {
        true => Ok(()),
        false => Err(format!("{name}: {fate:?}, but {:?}", line.outcome)),
    }
}

#[test]
fn bad_files_cost_themselves_only() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("files/deep/down");
    fs::create_dir_all(&folder).unwrap();
    let mut fates: Vec<(String, Fate)> = Vec::new();
    for (name, bytes, fate) in good().into_iter().chain(broken()).chain(hostile()) {
        fs::write(folder.join(name), bytes).unwrap();
        fates.push((name.to_owned(), fate));
    }
    for (name, fate) in sparse(&folder) {
        fates.push((name.to_owned(), fate));
    }
    fates.push(("gone.pdf".to_owned(), Out("can't be read")));
    let paths: Vec<PathBuf> = fates.iter().map(|(name, _)| folder.join(name)).collect();
    let before = everything(place.path());
    let reader = Reader::new(env!("CARGO_BIN_EXE_glossator"));
    let project = place.path().join("p");
    let order = Order {
        folder: &project,
        project: Project::new("P"),
        paths: &paths,
        options: Options::default(),
        reader: &reader,
    };
    let begun = Instant::now();
    let taken = take_in(order, &Progress::default());
    // No measure of speed, but of not hanging: each file alone may take 30 seconds before it is given up.
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(300), "{took:?}");
    assert_eq!(taken.lines.len(), fates.len());
    let wrong: Vec<String> = (taken.lines.iter().zip(&fates))
        .filter_map(|(line, (_, fate))| check(line, *fate).err())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Nothing was written outside of the project.
    let after = everything(place.path());
    let outside: Vec<&PathBuf> = (after.iter())
        .filter(|path| !before.contains(path) && !path.starts_with(&project))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
    if let Some(peak) = peak() {
        let mb = peak / (1024 * 1024);
        assert!(mb < 1500, "{mb} MB");
    }
}

fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(everything(&path));
        }
        all.push(path);
    }
    all
}
