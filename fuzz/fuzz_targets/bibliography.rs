#![no_main]

use glossator::import::{Refusal, bibliography};

// The first byte says which format.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else {
        return;
    };
    let name = ["a.bib", "a.json", "a.ris"][usize::from(*which) % 3];
    if let Err(error) = bibliography::parse(name, bytes) {
        assert_ne!(error.why, Refusal::Failed);
    }
});
