//! How long files take to be read in.
//!
//! Wanted (issue 3, release): a text PDF of 300 pages under 3 s.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{fmt::Write as _, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use glossator::import::import_file;

const WORDS: [&str; 12] = [
    "ally", "promise", "the", "of", "price", "alliance", "pays", "border", "never", "when", "and",
    "trend",
];

/// A PDF of pages in two columns, with running heads, page numbers and footnotes: some 750 words a page.
fn pdf(pages: usize) -> Vec<u8> {
    let mut objects = vec![
        String::from("<< /Type /Catalog /Pages 2 0 R >>"),
        String::new(),
        String::from(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        ),
    ];
    let mut kids = String::new();
    for page in 0..pages {
        let mut content = format!(
            "BT /F 9 Tf 60 800 Td (Of walls and doors) Tj 460 0 Td ({}) Tj ET\n",
            page + 1
        );
        for column in 0..2 {
            let x = 60 + column * 250;
            let _ = writeln!(content, "BT /F 10 Tf 12 TL {x} 770 Td");
            for line in 0..54 {
                let words: Vec<&str> = (0..7)
                    .map(|w| WORDS[(page * 31 + column * 17 + line * 7 + w * 5) % 12])
                    .collect();
                let indent = if line % 9 == 0 { 12 } else { 0 };
                let _ = writeln!(
                    content,
                    "{indent} 0 Td ({}) Tj -{indent} -12 Td",
                    words.join(" ")
                );
            }
            let _ = write!(
                content,
                "ET\nBT /F 5 Tf {x} 93 Td (1) Tj /F 8 Tf 3 -3 Td (See the account of walls.) Tj ET\n"
            );
        }
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>");
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(
        out,
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.into_bytes()
}

fn pdfs(c: &mut Criterion) {
    let mut group = c.benchmark_group("pdf");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(5));
    for pages in [30, 300, 1200] {
        let file = pdf(pages);
        group.throughput(Throughput::Elements(pages as u64));
        group.bench_function(BenchmarkId::new("pages", pages), |b| {
            b.iter(|| import_file("x.pdf", &file).unwrap());
        });
    }
    group.finish();
}

criterion_group!(all, pdfs);
criterion_main!(all);
