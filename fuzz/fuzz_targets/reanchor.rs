#![no_main]

use glossator::text::{Anchored, Span, Text, reanchor};

// The bytes are both versions, parted by a NUL, after four that say where the passage is.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((place, texts)) = bytes.split_at_checked(4) else {
        return;
    };
    let texts = String::from_utf8_lossy(texts);
    let (old, new) = texts.split_once('\0').unwrap_or((&texts, ""));
    let (old, new) = (Text::new(old), Text::new(new));
    let start = u32::from(u16::from_le_bytes([place[0], place[1]]));
    let length = u32::from(u16::from_le_bytes([place[2], place[3]]));
    // Also spans that don't fit: they are to be lost.
    let span = Span::new(start, start + length);
    let found = reanchor(&old, &new, &[span]);
    assert_eq!(found.len(), 1);
    let places = match &found[0] {
        Anchored::Kept(span) | Anchored::Moved(span) => vec![*span],
        Anchored::Changed { span, .. } => vec![*span],
        Anchored::Lost(candidates) => candidates.iter().map(|c| c.span).collect(),
    };
    assert!(places.iter().all(|span| span.fits(new.as_str())));
});
