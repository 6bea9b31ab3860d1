#![no_main]

mod import;
mod packed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    import::check("a.docx", bytes);
    let rels: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    // The first half as the text, the second as footnotes.
    let (text, notes) = bytes.split_at(bytes.len() / 2);
    import::check(
        "a.docx",
        &packed::archive(&[
            ("_rels/.rels", rels),
            ("word/document.xml", text),
            ("word/footnotes.xml", notes),
        ]),
    );
});
