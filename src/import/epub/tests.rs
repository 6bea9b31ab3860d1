use std::io::{Cursor, Write};

use super::{Book, Refusal};
use crate::import::{Imported, import_file};

/// A book of these parts, besides its container.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let container =
        "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
    let first = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
    ];
    for (name, text) in first.iter().chain(parts) {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const OPF: &str = "<package><metadata><dc:title>Walls</dc:title></metadata><manifest>\
    <item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
    <item id='a' href='text/Chapter%201.xhtml' media-type='application/xhtml+xml'/>\
    <item id='b' href='text/b.xhtml' media-type='application/xhtml+xml'/>\
    <item id='n' href='Notes.xhtml' media-type='application/xhtml+xml'/>\
    <item id='img' href='cover.svg' media-type='image/svg+xml'/></manifest>\
    <spine><itemref idref='img'/><itemref idref='nav'/><itemref idref='n' linear='no'/><itemref idref='a'/><itemref idref='b'/></spine></package>";
const NAV: &str = "<html><body><nav epub:type='toc'><ol><li><a href='text/Chapter%201.xhtml'>One</a><ol>\
    <li><a href='text/Chapter%201.xhtml#s'>A section</a></li></ol></li><li><a href='text/b.xhtml'>Two</a></li></ol></nav>\
    <nav epub:type='page-list'><ol><li><a href='text/b.xhtml#p22'>22</a></li></ol></nav></body></html>";
const A: &str = "<?xml version='1.0'?><html><head><title/></head><body><p class='t'>One</p><span epub:type='pagebreak' id='p21' title='21'/>\
    <p>The wall<a epub:type='noteref' href='../NOTES.xhtml#n1'>1</a> stands.</p><div id='s'><p>A section</p><p>Of it.</p></div></body></html>";
const B: &str = "<html><body><p>It is <span id='p22'/>high.</p></body></html>";
const N: &str = "<html><body><h2>Notes</h2><aside epub:type='footnote' id='n1'><p>1. See Lee.</p></aside></body></html>";

fn parts() -> Vec<(&'static str, &'static str)> {
    vec![
        ("OEBPS/book.opf", OPF),
        ("OEBPS/nav.xhtml", NAV),
        ("OEBPS/text/Chapter 1.xhtml", A),
        ("OEBPS/text/b.xhtml", B),
        ("OEBPS/Notes.xhtml", N),
    ]
}

fn import(parts: &[(&str, &str)]) -> Imported {
    import_file("walls.epub", &zipped(parts)).unwrap()
}

fn refusal(parts: &[(&str, &str)]) -> Refusal {
    import_file("walls.epub", &zipped(parts)).unwrap_err().why
}

#[test]
fn a_book_is_read_in_its_order() {
    let book = import(&parts());
    assert_eq!(book.meta.title, "Walls");
    assert_eq!(
        book.text,
        "One\n\nThe wall[1] stands.\n\nA section\n\nOf it.\n\nTwo\n\nIt is high.\n\n[1] See Lee.\n"
    );
    let structure = &book.structure;
    let headings: Vec<_> = structure
        .headings
        .iter()
        .map(|h| (h.level, h.span.of(&book.text)))
        .collect();
    assert_eq!(headings, [(1, "One"), (2, "A section"), (1, "Two")]);
    let pages: Vec<_> = structure
        .pages
        .iter()
        .map(|p| (p.label.as_str(), &book.text[p.start as usize..][..4]))
        .collect();
    assert_eq!(pages, [("21", "The "), ("22", "high")]);
    let notes: Vec<_> = structure
        .notes
        .iter()
        .map(|n| (n.mark.of(&book.text), n.body.of(&book.text)))
        .collect();
    assert_eq!(notes, [("[1]", "[1] See Lee.")]);
    assert!(book.remarks.is_empty(), "{:?}", book.remarks);
}

#[test]
fn books_of_the_second_edition_have_an_ncx() {
    let opf = OPF.replace("properties='nav'", "").replace(
        "<item id='img'",
        "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/><item id='img'",
    );
    let ncx = "<ncx><navMap><navPoint><navLabel><text>Part</text></navLabel><content src='text/b.xhtml'/>\
        <navPoint><navLabel><text>Two</text></navLabel><content src='text/b.xhtml#p22'/></navPoint></navPoint></navMap>\
        <pageList><pageTarget><navLabel><text>Page 22</text></navLabel><content src='text/b.xhtml#p22'/></pageTarget></pageList></ncx>";
    let mut parts = parts();
    parts[0].1 = &opf;
    parts[1].1 = "<html><body><p>No contents.</p></body></html>";
    parts.push(("OEBPS/toc.ncx", ncx));
    let book = import(&parts);
    assert!(book.text.contains("Part\n\nIt is high."), "{}", book.text);
    assert_eq!(book.structure.pages.len(), 2);
    assert_eq!(book.structure.headings.len(), 1);
}

#[test]
fn a_missing_part_costs_only_itself() {
    let mut parts = parts();
    parts.remove(3);
    let book = import(&parts);
    assert!(book.text.starts_with("One"));
    assert_eq!(
        book.remarks,
        ["A part of the book is missing: “OEBPS/text/b.xhtml”."]
    );
}

#[test]
fn locked_books_are_refused_and_locked_fonts_are_not() {
    let locked = |method: &str, part: &str| {
        format!(
            "<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm='{method}'/><enc:CipherData><enc:CipherReference URI='{part}'/></enc:CipherData></enc:EncryptedData></encryption>"
        )
    };
    let mut all = parts();
    let fonts = locked("http://www.idpf.org/2008/embedding", "OEBPS/font.otf");
    all.push(("META-INF/encryption.xml", &fonts));
    assert_eq!(import(&all).remarks, [""; 0]);
    all.pop();
    let text = locked(
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
        "OEBPS/text/Chapter%201.xhtml",
    );
    all.push(("META-INF/encryption.xml", &text));
    assert!(matches!(refusal(&all), Refusal::Kind(_)));
}

#[test]
fn books_made_to_do_harm_are_refused() {
    let nested = format!("<html><body>{}x", "<div>".repeat(5_000));
    let mut all = parts();
    all[3].1 = &nested;
    assert_eq!(refusal(&all), Refusal::Swollen);
    let whole = zipped(&parts());
    let sheets = |most| {
        super::sheets(&mut Book::open(&whole).unwrap(), most).map(|(sheets, _)| sheets.len())
    };
    assert_eq!(
        (sheets(10_000), sheets(300)),
        (Ok(3), Err(Refusal::Swollen))
    );
    assert!(matches!(refusal(&[]), Refusal::Missing(_)));
    assert!(matches!(
        refusal(&[("OEBPS/book.opf", "<package/>")]),
        Refusal::Missing(_)
    ));
    let out = OPF.replace("text/b.xhtml", "../../../../etc/passwd");
    all[0].1 = &out;
    assert_eq!(
        import(&all).remarks,
        ["A part of the book is missing: “etc/passwd”."]
    );
}
