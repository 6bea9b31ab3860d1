//! Word processors' files, from a hundred kilobytes to several megabytes: what reading them costs, and how it grows.

use std::{
    fmt::Write as _,
    hint::black_box,
    io::{Cursor, Write as _},
};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use glossator::import::import_file;
use zip::{ZipWriter, write::SimpleFileOptions};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const ODF: &str = "urn:oasis:names:tc:opendocument:xmlns";

/// Words that don't pack too well, the same every time.
fn sentence(n: usize) -> String {
    let mut seed = n as u64 + 1;
    let word = |seed: &mut u64| {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut bits = *seed >> 20;
        let length = 2 + bits % 9;
        (0..length)
            .map(|_| {
                bits = bits.wrapping_mul(31).wrapping_add(7) ^ (bits >> 3);
                char::from(b'a' + (bits % 26) as u8)
            })
            .collect::<String>()
    };
    let words: Vec<String> = (0..14).map(|_| word(&mut seed)).collect();
    words.join(" ") + ". "
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("memory");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn docx(paragraphs: usize) -> Vec<u8> {
    let (mut body, mut notes) = (String::new(), String::new());
    for n in 0..paragraphs {
        body += "<w:p w:rsidR=\"00A77B3E\"><w:pPr><w:spacing w:after=\"120\"/><w:jc w:val=\"both\"/></w:pPr>";
        for run in 0..8 {
            let look = if run % 3 == 1 {
                "<w:rPr><w:i/><w:lang w:val=\"en-GB\"/></w:rPr>"
            } else {
                ""
            };
            let text = sentence(n * 8 + run);
            let _ = write!(
                body,
                "<w:r w:rsidRPr=\"00A77B3E\">{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>"
            );
        }
        if n % 4 == 0 {
            let _ = write!(body, "<w:r><w:footnoteReference w:id=\"{n}\"/></w:r>");
            let text = sentence(n);
            let _ = write!(
                notes,
                "<w:footnote w:id=\"{n}\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
            );
        }
        body += "</w:p>";
    }
    let document = format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
    let notes = format!("<w:footnotes xmlns:w=\"{W}\">{notes}</w:footnotes>");
    archive(&[
        ("word/document.xml", &document),
        ("word/footnotes.xml", &notes),
    ])
}

fn odt(paragraphs: usize) -> Vec<u8> {
    let mut body = String::new();
    for n in 0..paragraphs {
        body += "<text:p text:style-name=\"P1\">";
        for run in 0..8 {
            let _ = write!(
                body,
                "<text:span text:style-name=\"T{}\">{}</text:span>",
                run % 3,
                sentence(n * 8 + run)
            );
        }
        body += "</text:p>";
    }
    let content = format!(
        "<office:document-content xmlns:office=\"{ODF}:office:1.0\" xmlns:text=\"{ODF}:text:1.0\">\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
    ])
}

fn rtf(paragraphs: usize) -> Vec<u8> {
    let mut body = String::from("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}");
    for n in 0..paragraphs {
        body += "\\pard\\plain\\qj\\f0\\fs24 ";
        for run in 0..8 {
            let _ = write!(
                body,
                "{{\\i\\insrsid123 {}\\'e9\\u8217 ?}}",
                sentence(n * 8 + run)
            );
        }
        body += "\\par\n";
    }
    (body + "}").into_bytes()
}

/// A name and what makes a file of so many paragraphs.
type Format = (&'static str, fn(usize) -> Vec<u8>);

fn office(c: &mut Criterion) {
    let mut group = c.benchmark_group("office");
    group.sample_size(10);
    let formats: [Format; 3] = [("docx", docx), ("odt", odt), ("rtf", rtf)];
    for (name, make) in formats {
        for paragraphs in [300, 3_000, 12_000] {
            let bytes = make(paragraphs);
            let file = format!("x.{name}");
            group.throughput(Throughput::Bytes(bytes.len() as u64));
            group.bench_function(
                BenchmarkId::new(name, format!("{} KB", bytes.len() / 1024)),
                |b| {
                    b.iter(|| import_file(black_box(&file), black_box(&bytes)));
                },
            );
        }
    }
    group.finish();
}

criterion_group!(benches, office);
criterion_main!(benches);
