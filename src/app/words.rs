//! Numbers and times as the window shows them.

use std::path::Path;

use jiff::{Timestamp, tz::TimeZone};

pub use crate::text::{counted, grouped};
use crate::{
    model::Reading,
    text::{Span, Text, fold_space, word_count},
};

pub use crate::export::cite::locator;

/// Passages longer than this many bytes are not counted but estimated, since this is done each frame.
const COUNTED: u32 = 50_000;

/// The address of a file, for the system to open: what an address can't hold is written as `%20`.
pub fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from(match path.starts_with('/') {
        true => "file://",
        false => "file:///",
    });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'_' | b'.' | b'~' => {
                address.push(char::from(byte));
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

/// How long a passage is: `12 words`; for one of many pages, by its share of the reading, `about 12,300 words`.
pub fn length(reading: &Reading, span: Span) -> String {
    if span.len() <= COUNTED {
        return counted(word_count(reading.text.slice(span)), "word");
    }
    let share = f64::from(span.len()) / f64::from(reading.text.len().max(1));
    let hundreds = (f64::from(reading.words) * share / 100.0).round() as usize;
    format!("about {}", counted(hundreds * 100, "word"))
}

/// The first `chars` characters of a passage in one line, with an ellipsis when there are more. Costs no more for a long
/// passage than for a short one.
pub fn beginning(text: &Text, span: Span, chars: usize) -> String {
    let reach = span.start.saturating_add(8 * chars as u32);
    let near = Span::new(span.start, text.floor(reach).min(span.end));
    let folded = fold_space(text.slice(near));
    let mut out: String = folded.chars().take(chars).collect();
    if near.end < span.end || out.len() < folded.len() {
        out.push('…');
    }
    out
}

/// The time of day here: `14:02:11`.
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%H:%M:%S")
        .to_string()
}

/// The day here: `21 Nov 2026`.
pub fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%-d %b %Y")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_begins_in_one_line() {
        let text = Text::new("One  two\nthree 国 four.".repeat(9));
        let of = |end, chars| beginning(&text, Span::new(0, end), chars);
        assert_eq!(of(14, 60), "One two three");
        assert_eq!(of(14, 7), "One two…");
        assert_eq!(of(text.len(), 1), "O…");
        assert_eq!(of(text.len(), 15), "One two three 国…");
    }
}
