//! Passages that people name by their words.

use super::failure::Failure;
use crate::{
    export::cite::locator,
    model::Reading,
    text::{Span, context, find_quote, fold_space},
};

/// How many characters of context an ambiguous place is shown with.
const CONTEXT: usize = 30;

/// How many places of an ambiguous quote are listed.
const PLACES: usize = 10;

/// The one place of a quote that is meant, the `nth` from 1 where it stands more than once.
pub fn find(reading: &Reading, quote: &str, nth: Option<u32>) -> Result<Span, Failure> {
    let places = find_quote(reading.text.as_str(), quote);
    match (nth, places.as_slice()) {
        (None, [one]) => Ok(*one),
        (_, []) => Err(not_found(reading, quote)),
        (None, several) => Err(ambiguous(reading, several)),
        (Some(n), all) => all.get(n as usize - 1).copied().ok_or_else(|| {
            Failure::new(format!(
                "the quote stands in “{}” {} only",
                reading.id,
                crate::text::counted(all.len(), "time")
            ))
            .hint(format!("say --nth 1 to --nth {}", all.len()))
        }),
    }
}

/// Says where the quote would stand if letter case, quotation marks and dashes did not matter.
fn not_found(reading: &Reading, quote: &str) -> Failure {
    let failure = Failure::new(format!("the quote does not stand in “{}”", reading.id));
    if quote.trim().is_empty() {
        return Failure::usage("the quote is empty");
    }
    let wanted = plain(quote);
    let paragraphs = reading.text.paragraphs();
    let near = paragraphs
        .iter()
        .position(|&p| plain(reading.text.slice(p)).contains(&wanted));
    match near {
        Some(index) => failure.hint(format!(
            "¶{} has it with other letter case, quotation marks or dashes: copy it from the text",
            index + 1
        )),
        None => {
            failure.hint("copy it from the text: every letter counts, only white space may differ")
        }
    }
}

/// A text without what is often typed otherwise.
fn plain(text: &str) -> String {
    let folded = fold_space(text).to_lowercase();
    folded
        .chars()
        .filter(|c| *c != '\u{AD}')
        .map(|c| match c {
            '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '"' => '\'',
            '–' | '—' | '‐' | '‑' => '-',
            c => c,
        })
        .collect()
}

fn ambiguous(reading: &Reading, places: &[Span]) -> Failure {
    let mut what = format!(
        "the quote stands in “{}” {} times:",
        reading.id,
        places.len()
    );
    for (i, &place) in places.iter().enumerate().take(PLACES) {
        let (number, locator) = (i + 1, locator(reading, place));
        let line = in_context(reading.text.as_str(), place);
        what.push_str(&format!("\n  {number}. {locator}  {line}"));
    }
    if places.len() > PLACES {
        what.push_str(&format!("\n  … and {} more", places.len() - PLACES));
    }
    let count = places.len();
    Failure::new(what).hint(format!("say which one is meant: --nth 1 to --nth {count}"))
}

/// A place in brackets between the words around it, on one line.
fn in_context(text: &str, place: Span) -> String {
    let (mut before, mut after) = context(text, place, CONTEXT);
    let (mut first, mut last) = ("", "");
    // Half a word at the far ends would only be misread.
    if before.len() < place.start as usize {
        first = "…";
        before = before
            .split_once(char::is_whitespace)
            .map_or(before, |(_, words)| words);
    }
    if place.end as usize + after.len() < text.trim_end().len() {
        last = "…";
        after = after
            .rsplit_once(char::is_whitespace)
            .map_or(after, |(words, _)| words);
    }
    let quote = shortened(place.of(text));
    fold_space(&format!("{first}{before}[{quote}]{after}{last}"))
}

/// The first 60 characters of a passage on one line.
pub fn shortened(quote: &str) -> String {
    let quote = fold_space(quote);
    match quote.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", quote.get(..end).unwrap_or_default()),
        None => quote,
    }
}
