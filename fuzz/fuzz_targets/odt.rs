#![no_main]

mod import;
mod packed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    import::check("a.odt", bytes);
    import::check(
        "a.odt",
        &packed::archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", bytes),
        ]),
    );
});
