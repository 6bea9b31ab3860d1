//! Finding a quote in a text, and the context around one.

use super::Span;

/// `text` with every run of white space as one space, and none at the ends.
pub fn fold_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every place where `quote` stands in `text`, in order, comparing exactly but for white space, of which any run equals any
/// other. Overlapping finds count. An empty quote stands nowhere. O(text) for ordinary quotes.
pub fn find_quote(text: &str, quote: &str) -> Vec<Span> {
    let parts: Vec<&str> = quote.split_whitespace().collect();
    let Some(first) = parts.first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(first)) {
        let start = from + at;
        if let Some(end) = match_here(text, start, &parts) {
            found.push(Span::new(start as u32, end as u32));
        }
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// The end of the parts when they stand at `start` with white space between them.
fn match_here(text: &str, start: usize, parts: &[&str]) -> Option<usize> {
    let mut at = start;
    for (i, part) in parts.iter().enumerate() {
        let rest = text.get(at..)?;
        let skipped = rest.len() - rest.trim_start().len();
        if (i > 0) != (skipped > 0) {
            return None;
        }
        at += skipped;
        if !text[at..].starts_with(part) {
            return None;
        }
        at += part.len();
    }
    Some(at)
}

/// The text just before and after `span`, at most `chars` characters each, as it stands.
pub fn context(text: &str, span: Span, chars: usize) -> (&str, &str) {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return ("", "");
    };
    let from = before
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(start, |(i, _)| i);
    let to = after
        .char_indices()
        .nth(chars)
        .map_or(after.len(), |(i, _)| i);
    (&before[from..], &after[..to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_whatever_its_white_space() {
        let text = "An ally can\n\nbe dragged in. An  ally can be dragged in.";
        let found = find_quote(text, " An ally can be\tdragged ");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].of(text), "An ally can\n\nbe dragged");
        assert!(find_quote(text, "").is_empty());
        assert!(find_quote(text, "Anally").is_empty());
    }

    #[test]
    fn overlapping_finds_count() {
        assert_eq!(find_quote("aaa", "aa").len(), 2);
        assert_eq!(find_quote("勢勢", "勢").len(), 2);
    }

    #[test]
    fn context_stops_at_the_ends_and_counts_characters() {
        let text = "勢 is a word.";
        assert_eq!(context(text, Span::new(4, 6), 2), ("勢 ", " a"));
        assert_eq!(context(text, Span::new(0, 3), 50), ("", " is a word."));
    }
}
