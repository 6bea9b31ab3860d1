//! How long saved pages and e-books take to be read in.
//!
//! Wanted (issue 3, release): a page of 1 MB under 0.3 s. The cost grows with the page; that of finding the article also with how
//! deep its elements nest.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
    time::Duration,
};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use glossator::import::import_file;

/// Paragraphs as an article has them: links, emphasis, a note now and then; so many bytes in all.
fn paragraphs(bytes: usize) -> String {
    let mut out = String::new();
    let mut n = 0;
    while out.len() < bytes {
        n += 1;
        let _ = writeln!(
            out,
            "<p class=\"text t{n}\">The wall was built in a night, and <em>nobody</em> had been told, or so they said; \
             <a href=\"https://example.org/{n}\" title=\"a wall\">the papers</a> of the year, which few have read, say \
             <b>otherwise</b>.<sup><a id=\"r{n}\" href=\"#fn{n}\">{n}</a></sup> A door is kept, a wall is &ldquo;held&rdquo;.</p>"
        );
        if n % 10 == 0 {
            let _ = write!(
                out,
                "<h2>Part {n}</h2><blockquote><p>Who holds the door, holds the house.</p></blockquote>"
            );
        }
    }
    out.push_str("<ol class=\"footnotes\">");
    for i in 1..=n {
        let _ = write!(
            out,
            "<li id=\"fn{i}\">See Lee, 1987, {i}. <a href=\"#r{i}\">↩</a></li>"
        );
    }
    out.push_str("</ol>");
    out
}

/// An article of so many bytes with menus round it.
fn page(bytes: usize) -> String {
    let menu = "<li><a href=\"/x\">Politics</a></li>".repeat(200);
    let body = paragraphs(bytes * 3 / 4);
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Walls | The Wall</title></head><body><nav><ul>{menu}</ul></nav>\
         <main><div><div><article><h1>Walls</h1>{body}</article></div></div></main><aside class=sidebar>{menu}</aside></body></html>"
    )
}

fn book(chapters: usize, bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("mimetype", "application/epub+zip");
    put(
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
    );
    let mut items = String::new();
    let mut spine = String::new();
    for i in 0..chapters {
        let _ = write!(
            items,
            "<item id='c{i}' href='c{i}.xhtml' media-type='application/xhtml+xml'/>"
        );
        let _ = write!(spine, "<itemref idref='c{i}'/>");
        put(
            &format!("c{i}.xhtml"),
            &format!(
                "<html><body><h1>{i}</h1>{}</body></html>",
                paragraphs(bytes / chapters * 3 / 4)
            ),
        );
    }
    put(
        "b.opf",
        &format!(
            "<package><metadata/><manifest>{items}</manifest><spine>{spine}</spine></package>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

fn web(c: &mut Criterion) {
    let mut group = c.benchmark_group("web");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(4));
    for kilobytes in [100, 1_000, 4_000] {
        let page = page(kilobytes * 1_000);
        group.throughput(Throughput::Bytes(page.len() as u64));
        group.bench_with_input(BenchmarkId::new("page", page.len()), &page, |b, page| {
            b.iter(|| import_file("page.html", page.as_bytes()).unwrap());
        });
    }
    let bytes = 1_000_000;
    let book = book(20, bytes);
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("book", |b| {
        b.iter(|| import_file("book.epub", &book).unwrap())
    });
    group.finish();
}

criterion_group!(benches, web);
criterion_main!(benches);
