#![no_main]

mod import;
mod packed;

const CONTAINER: &[u8] = br#"<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
const PACKAGE: &[u8] = br#"<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>T</dc:title><dc:language>en</dc:language></metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    import::check("a.epub", bytes);
    for (package, chapter) in [(PACKAGE, bytes), (bytes, b"<html/>".as_slice())] {
        import::check(
            "a.epub",
            &packed::archive(&[
                ("mimetype", b"application/epub+zip"),
                ("META-INF/container.xml", CONTAINER),
                ("b.opf", package),
                ("c.xhtml", chapter),
            ]),
        );
    }
});
