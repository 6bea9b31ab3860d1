//! Where a highlight of a file stands in a text: at its range when the quote stands there, else where the quote does.

use std::cell::OnceCell;

use crate::{
    export::ron::HighlightRecord,
    text::{Span, Text, context, find_quote, fold_space},
};

/// How far around its range a quote is looked for before the whole text is searched, in bytes. Most texts that were changed
/// by hand were changed by little, and a whole file of ranges that are off must not cost a search of the whole text for each.
const NEAR: u32 = 2048;

/// A text to anchor highlights in.
pub(super) struct Anchors<'a> {
    text: &'a Text,
    /// The byte at which each character begins, and the end; made when a highlight gives characters only.
    chars: OnceCell<Vec<u32>>,
}

/// Where a highlight was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub span: Span,
    /// What people should know about how it was found.
    pub remark: Option<String>,
}

impl<'a> Anchors<'a> {
    pub fn new(text: &'a Text) -> Self {
        Self {
            text,
            chars: OnceCell::new(),
        }
    }

    /// Finds the highlight; the error says in words why it can't be found.
    pub fn find(&self, record: &HighlightRecord) -> Result<Anchor, String> {
        let given = [self.byte_range(record), self.char_range(record)];
        let given = given.iter().flatten().copied();
        let quote = record.quote.as_str();
        if quote.trim().is_empty() {
            return match given.clone().next() {
                Some(span) => Ok(at(span)),
                None => Err("it has neither a quote nor a range that fits the text".to_owned()),
            };
        }
        let folded = fold_space(quote);
        let holds = |span: &Span| {
            let there = self.text.slice(*span);
            there == quote || fold_space(there) == folded
        };
        if let Some(span) = given.clone().find(holds) {
            return Ok(at(span));
        }
        self.search(record, given.clone().next())
    }

    fn search(&self, record: &HighlightRecord, given: Option<Span>) -> Result<Anchor, String> {
        let start = record.start.or(given.map(|g| g.start));
        if let Some(start) = start {
            if let Some(span) = self.nearest(record, start) {
                return self.found(
                    span,
                    "its quote did not stand at its range; it was moved to",
                );
            }
        } else {
            let found = find_quote(self.text.as_str(), &record.quote);
            match self.by_context(record, &found).as_slice() {
                [] => {}
                [one] => return Ok(at(*one)),
                [first, ..] => {
                    let n = found.len();
                    let why = format!("its quote stands in {n} places; it was put at the first,");
                    return self.found(*first, &why);
                }
            }
        }
        match given {
            Some(span) => self.found(
                span,
                "its quote is not in the text; it was left at its range,",
            ),
            None => Err("its quote is not in the text".to_owned()),
        }
    }

    /// The place of the quote nearest to the byte `start`.
    fn nearest(&self, record: &HighlightRecord, start: u32) -> Option<Span> {
        let text = self.text;
        let from = text.floor(start.saturating_sub(NEAR));
        let reach = start
            .saturating_add(NEAR)
            .saturating_add(2 * record.quote.len() as u32);
        let window = Span::new(from, text.floor(reach));
        let distance = |s: &Span| s.start.abs_diff(start);
        let near = find_quote(text.slice(window), &record.quote)
            .into_iter()
            .map(|s| Span::new(s.start + from, s.end + from))
            .min_by_key(distance);
        near.or_else(|| {
            let all = find_quote(text.as_str(), &record.quote);
            all.into_iter().min_by_key(distance)
        })
    }

    /// Of several places, those with the highlight's context around them; all when none has or none is given.
    fn by_context(&self, record: &HighlightRecord, found: &[Span]) -> Vec<Span> {
        let (before, after) = (fold_space(&record.before), fold_space(&record.after));
        let fits = |span: &&Span| {
            let chars = record
                .before
                .chars()
                .count()
                .max(record.after.chars().count())
                + 8;
            let (b, a) = context(self.text.as_str(), **span, chars);
            fold_space(b).ends_with(&before) && fold_space(a).starts_with(&after)
        };
        let fitting: Vec<Span> = found.iter().filter(fits).copied().collect();
        if fitting.is_empty() {
            found.to_vec()
        } else {
            fitting
        }
    }

    fn found(&self, span: Span, how: &str) -> Result<Anchor, String> {
        // Not `locate`: to find the sentence, too, would cost the paragraph each time.
        let paragraph = self.text.paragraph_at(span.start).unwrap_or_default() + 1;
        Ok(Anchor {
            span,
            remark: Some(format!("{how} ¶{paragraph}")),
        })
    }

    fn byte_range(&self, record: &HighlightRecord) -> Option<Span> {
        let span = Span::new(record.start?, record.end?);
        span.fits(self.text.as_str()).then_some(span)
    }

    fn char_range(&self, record: &HighlightRecord) -> Option<Span> {
        let (start, end) = (record.start_char? as usize, record.end_char? as usize);
        // Only for highlights whose bytes are missing or wrong is the table worth making.
        if let Some(span) = self.byte_range(record)
            && (record.quote.is_empty() || self.text.slice(span) == record.quote)
        {
            return None;
        }
        let chars = self.chars.get_or_init(|| {
            let text = self.text.as_str();
            let starts = text.char_indices().map(|(at, _)| at as u32);
            starts.chain([text.len() as u32]).collect()
        });
        let span = Span::new(*chars.get(start)?, *chars.get(end)?);
        (!span.is_empty()).then_some(span)
    }
}

fn at(span: Span) -> Anchor {
    Anchor { span, remark: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(f: impl FnOnce(&mut HighlightRecord)) -> HighlightRecord {
        let mut record = HighlightRecord::default();
        f(&mut record);
        record
    }

    /// The passage found, and whether there was something to say about it; the error when there was none.
    fn check(
        text: &str,
        f: impl FnOnce(&mut HighlightRecord),
        expected: Result<(u32, &str, bool), &str>,
    ) {
        let text = Text::new(text);
        let found = Anchors::new(&text).find(&record(f));
        let found = found
            .as_ref()
            .map(|a| (a.span.start, text.slice(a.span), a.remark.is_some()));
        assert_eq!(found.map_err(String::as_str), expected);
    }

    fn bytes(r: &mut HighlightRecord, start: u32, end: u32, quote: &str) {
        (r.start, r.end) = (Some(start), Some(end));
        quote.clone_into(&mut r.quote);
    }

    #[test]
    fn a_range_that_holds_its_quote_is_taken() {
        check("勢 or 格局", |r| bytes(r, 4, 6, "or"), Ok((4, "or", false)));
        check(
            "a\n\nb",
            |r| bytes(r, 0, 4, "a b"),
            Ok((0, "a\n\nb", false)),
        );
        check("an ally", |r| bytes(r, 3, 7, ""), Ok((3, "ally", false)));
    }

    #[test]
    fn characters_will_do_when_bytes_are_missing_or_wrong() {
        let chars = |r: &mut HighlightRecord| (r.start_char, r.end_char) = (Some(2), Some(4));
        check("勢 or 格局", chars, Ok((4, "or", false)));
        check(
            "勢 or 格局",
            |r| {
                bytes(r, 2, 4, "or");
                chars(r);
            },
            Ok((4, "or", false)),
        );
    }

    #[test]
    fn a_wrong_range_is_moved_to_the_nearest_place_of_the_quote() {
        check(
            "ally, ally, ally",
            |r| bytes(r, 5, 9, "ally"),
            Ok((6, "ally", true)),
        );
        check(
            "an ally",
            |r| bytes(r, 900, 904, "ally"),
            Ok((3, "ally", true)),
        );
        let long = format!("ally {}", "x ".repeat(5000));
        check(
            &long,
            |r| bytes(r, 9000, 9004, "ally"),
            Ok((0, "ally", true)),
        );
    }

    #[test]
    fn a_quote_alone_is_found_by_its_context_or_first() {
        let quote = |r: &mut HighlightRecord| r.quote = "ally".into();
        check("an ally", quote, Ok((3, "ally", false)));
        check("ally, ally", quote, Ok((0, "ally", true)));
        check(
            "one ally, two ally",
            |r| {
                quote(r);
                r.before = "two ".into();
            },
            Ok((14, "ally", false)),
        );
    }

    #[test]
    fn what_cannot_be_found_is_said() {
        check("text", |r| bytes(r, 0, 2, "ally"), Ok((0, "te", true)));
        check(
            "text",
            |r| r.quote = "ally".into(),
            Err("its quote is not in the text"),
        );
        check(
            "text",
            |r| bytes(r, 90, 95, "ally"),
            Err("its quote is not in the text"),
        );
        let nothing = "it has neither a quote nor a range that fits the text";
        check("text", |_| {}, Err(nothing));
        check("勢", |r| bytes(r, 1, 2, ""), Err(nothing));
    }
}
