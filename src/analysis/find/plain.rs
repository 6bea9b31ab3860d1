//! Patterns of letters, words and stems.

use std::ops::Range;

use memchr::memmem;

use super::{
    PatternError,
    fold::{Folded, Folding, is_accent},
    words,
};
use crate::text::Span;

/// A pattern of letters, ready to be looked for in folded texts.
#[derive(Debug)]
pub struct Plain {
    pub folding: Folding,
    first: memmem::Finder<'static>,
    parts: Vec<Part>,
    words: bool,
}

/// Folded letters, and whether the word that they end in goes on with any ending.
#[derive(Debug, PartialEq)]
struct Part {
    text: String,
    any: bool,
}

impl Plain {
    pub fn new(
        pattern: &str,
        case: bool,
        accents: bool,
        words: bool,
    ) -> Result<Self, PatternError> {
        let mut folding = Folding {
            case,
            accents,
            signs: false,
            space: true,
        };
        let parts = parts(pattern, folding)?;
        folding.space = parts.iter().any(|p| p.text.contains(' '));
        let first = parts.first().map(|p| p.text.as_bytes()).unwrap_or_default();
        Ok(Self {
            folding,
            first: memmem::Finder::new(first).into_owned(),
            parts,
            words,
        })
    }

    /// The folded letters with which every hit begins.
    pub fn beginning(&self) -> &str {
        self.parts.first().map_or("", |part| &part.text)
    }

    /// Hands over the hits in a stretch of a text that no hit leaves, in order.
    pub fn find_in(
        &self,
        text: &str,
        chunk: Range<usize>,
        folded: &mut Folded,
        add: &mut impl FnMut(Span),
    ) {
        self.folding.fold(text, chunk.start, chunk.end, folded);
        let mut places = folded.places(text);
        self.find(folded, |start, end| add(places.span(start, end)));
    }

    /// The hits in a folded text as ranges of its bytes, in order.
    fn find(&self, folded: &Folded, mut hit: impl FnMut(usize, usize)) {
        let text = folded.text();
        let mut from = 0;
        while let Some(at) = self.first.find(&text.as_bytes()[from..]) {
            let start = from + at;
            match self.at(text, start) {
                Some(end) => {
                    hit(start, end);
                    from = end;
                }
                None => from = start + text[start..].chars().next().map_or(1, char::len_utf8),
            }
        }
    }

    /// The end of the hit that starts at `start`, where the first part stands.
    pub fn at(&self, text: &str, start: usize) -> Option<usize> {
        let first = self.parts.first()?;
        let stem = first.any && !first.text.contains(' ');
        if (self.words || stem) && !words::is_start(text, start) {
            return None;
        }
        let mut at = start;
        for part in &self.parts {
            if !text.as_bytes()[at..].starts_with(part.text.as_bytes()) {
                return None;
            }
            at += part.text.len();
            if part.any {
                at = words::end(text, at);
            }
        }
        let cut = self.folding.accents && text[at..].starts_with(is_accent);
        (!cut && (!self.words || words::is_end(text, at))).then_some(at)
    }
}

fn parts(pattern: &str, folding: Folding) -> Result<Vec<Part>, PatternError> {
    let mut parts = Vec::new();
    let mut text = String::new();
    for (at, word) in words_of(pattern) {
        let (letters, any) = unescape(word);
        let letters = folded(&letters, folding);
        if letters.is_empty() && any {
            return Err(PatternError {
                at: (at, at + word.len()),
                message:
                    "Put letters before the *, which stands for any ending; \\* is the sign itself."
                        .into(),
            });
        }
        if !(text.is_empty() && parts.is_empty() || letters.is_empty()) {
            text.push(' ');
        }
        text.push_str(&letters);
        if any {
            let text = std::mem::take(&mut text);
            parts.push(Part { text, any });
        }
    }
    if !text.is_empty() {
        parts.push(Part { text, any: false });
    }
    match parts.is_empty() {
        true => Err(PatternError {
            at: (0, pattern.len()),
            message: "Type what to look for.".into(),
        }),
        false => Ok(parts),
    }
}

/// The words of a pattern, parted by white space, and the bytes at which they start.
fn words_of(pattern: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = pattern.as_ptr() as usize;
    pattern
        .split_whitespace()
        .map(move |word| (word.as_ptr() as usize - start, word))
}

/// A word without its escapes, and whether a `*` at its end stands for any ending.
fn unescape(word: &str) -> (String, bool) {
    let mut out = String::new();
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.peek(), Some('*' | '\\')) => out.extend(chars.next()),
            '*' if chars.peek().is_none() => return (out, true),
            _ => out.push(c),
        }
    }
    (out, false)
}

fn folded(text: &str, folding: Folding) -> String {
    let mut out = Folded::default();
    folding.fold(text, 0, text.len(), &mut out);
    out.text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read() {
        let folding = Folding {
            case: false,
            accents: false,
            signs: false,
            space: true,
        };
        let read = |pattern: &str| {
            let parts = parts(pattern, folding).unwrap();
            let parts = parts.into_iter().map(|p| (p.text, p.any));
            parts.collect::<Vec<_>>()
        };
        let part = |text: &str, any| (text.to_owned(), any);
        assert_eq!(read(" Été  of “X” "), [part("ete of \"x\"", false)]);
        assert_eq!(
            read("balanc* of pow* here"),
            [
                part("balanc", true),
                part(" of pow", true),
                part(" here", false)
            ]
        );
        assert_eq!(read(r"a\* b*c \\"), [part(r"a* b*c \", false)]);
        assert!(parts("  ", folding).is_err() && parts("a *", folding).is_err());
        assert!(parts("\u{301}", folding).is_err());
    }
}
