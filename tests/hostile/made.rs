//! Files made to be read, and files made to do harm. All are made here; none is kept.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// How deep nested things are nested.
pub const DEEP: usize = 10_000;

/// An archive of these parts.
pub fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A Word file with this main part, and other parts.
pub fn docx_of(document: Vec<u8>, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut parts = vec![
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", rels.into()),
        ("word/document.xml", document),
    ];
    parts.extend_from_slice(more);
    archive(&parts)
}

pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>"#
    );
    docx_of(document.into(), &[])
}

pub fn docx_paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// An OpenDocument text with this main part.
pub fn odt_of(content: Vec<u8>) -> Vec<u8> {
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text".into()),
        ("META-INF/manifest.xml", manifest.into()),
        ("content.xml", content),
    ])
}

pub fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    odt_of(content.into())
}

/// An e-book with this one chapter.
pub fn epub_of(chapter: Vec<u8>) -> Vec<u8> {
    let container = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    let package = r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>A book</dc:title><dc:language>en</dc:language></metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>"#;
    archive(&[
        ("mimetype", "application/epub+zip".into()),
        ("META-INF/container.xml", container.into()),
        ("OEBPS/book.opf", package.into()),
        ("OEBPS/c.xhtml", chapter),
    ])
}

pub fn epub(body: &str) -> Vec<u8> {
    let chapter = format!(
        r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{body}</body></html>"#
    );
    epub_of(chapter.into())
}

pub fn html(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>").into()
}

pub fn rtf(body: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\deff0 {{\\fonttbl{{\\f0 Times;}}}}{body}\\par}}").into()
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
pub fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let table = out.len();
    let n = objects.len() + 1;
    out.extend(format!("xref\n0 {n}\n0000000000 65535 f \n").bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end = format!("trailer\n<</Size {n}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    out.extend(end.bytes());
    out
}

/// The objects of a PDF of one page with this content.
pub fn page(content: &str) -> Vec<String> {
    vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ]
}

pub fn pdf(text: &str) -> Vec<u8> {
    pdf_of(&page(&format!("BT /F 12 Tf 72 700 Td ({text}) Tj ET")))
}

/// An archive whose part `name` unpacks to `size` bytes of spaces, and weighs a thousandth of that.
pub fn bomb(name: &str, size: usize) -> Vec<u8> {
    docx_of(vec![b' '; size], &[(name, vec![b' '; size])])
}

/// XML whose entities grow ten times with each of nine levels: 10⁹ in all.
pub fn laughs(root: &str, inside: &str) -> Vec<u8> {
    let mut out = format!("<?xml version=\"1.0\"?>\n<!DOCTYPE {root} [\n<!ENTITY l0 \"lol \">\n");
    for n in 1..10 {
        let ten = format!("&l{};", n - 1).repeat(10);
        out.push_str(&format!("<!ENTITY l{n} \"{ten}\">\n"));
    }
    out.push_str("]>\n");
    out.push_str(&inside.replace("HERE", "&l9;"));
    out.into()
}

/// `open` many times, then words, then `close` as often.
pub fn nested(open: &str, words: &str, close: &str) -> String {
    open.repeat(DEEP) + words + &close.repeat(DEEP)
}
