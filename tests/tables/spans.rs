//! Offsets in what other programs read, held against the texts by code points.

use std::collections::BTreeMap;

use glossator::export::order::{Format, What};
use proptest::prelude::*;
use serde_json::Value;

use crate::{made, order, text, workbook::parts, written};

/// The text between two code points.
fn between(text: &str, start: u64, end: u64) -> String {
    let chars = text.chars().skip(start as usize);
    chars.take((end - start) as usize).collect()
}

/// A span of brat: its type, its fragments, its text.
type Span = (String, Vec<(u64, u64)>, String);

/// What is said of a span: its kind, its span, its words.
type Said = (String, String, String);

/// What a reader of brat's makes of an `.ann` file (annotation.py): spans by their ids, and what is said of them.
fn standoff(ann: &str) -> (BTreeMap<String, Span>, Vec<Said>) {
    let (mut spans, mut said) = (BTreeMap::new(), Vec::new());
    for line in ann.lines() {
        let (id, rest) = line.split_once('\t').unwrap();
        let (data, tail) = rest.split_once('\t').unwrap_or((rest, ""));
        if id.starts_with('T') {
            let (kind, fragments) = data.split_once(' ').unwrap();
            let fragments = fragments.split(';').map(|fragment| {
                let (start, end) = fragment.split_once(' ').unwrap();
                (start.parse().unwrap(), end.parse().unwrap())
            });
            let span = (kind.to_owned(), fragments.collect(), tail.to_owned());
            assert!(spans.insert(id.to_owned(), span).is_none());
        } else {
            let mut words = data.split(' ');
            let (kind, of) = (words.next().unwrap(), words.next().unwrap());
            assert!(spans.contains_key(of), "{line}");
            let value = if id.starts_with('#') {
                tail
            } else {
                words.next().unwrap()
            };
            said.push((kind.to_owned(), of.to_owned(), value.to_owned()));
        }
    }
    (spans, said)
}

proptest! {
    #[test]
    fn spans_lead_to_quotes(
        text_of in "[a😀e\u{301}勢 \u{85}\u{2028}\t\n]{1,40}",
        note in "[a😀\n\t ]{0,9}",
        spans in prop::collection::vec((0usize..60, 1usize..60), 1..6),
    ) {
        let spans: Vec<(usize, usize)> = spans.into_iter().map(|(a, n)| (a, a + n)).collect();
        let project = made::project(&text_of, &spans, &note);
        let quotes: Vec<String> = project.shelves()[0]
            .highlights
            .iter()
            .map(|h| project.passage(h).unwrap().to_owned())
            .collect();

        let all = text(&project, &order(What::Excerpts, Format::JsonLd));
        let all: Value = serde_json::from_str(&all).unwrap();
        let items = all["first"]["items"].as_array().unwrap();
        prop_assert_eq!(items.len(), quotes.len());
        for (item, quote) in items.iter().zip(&quotes) {
            let selector = &item["target"]["selector"];
            let (start, end) = (selector[1]["start"].as_u64(), selector[1]["end"].as_u64());
            let (start, end) = (start.unwrap(), end.unwrap());
            prop_assert_eq!(&between(&text_of, start, end), quote);
            prop_assert_eq!(selector[0]["exact"].as_str(), Some(quote.as_str()));
            let around: Vec<&str> = ["prefix", "exact", "suffix"]
                .iter()
                .map(|part| selector[0][part].as_str().unwrap())
                .collect();
            prop_assert!(text_of.contains(&around.concat()));
        }

        let line = text(&project, &order(What::Excerpts, Format::Jsonl));
        prop_assert_eq!(line.lines().count(), usize::from(!quotes.is_empty()));
        if quotes.is_empty() {
            return Ok(());
        }
        let line: Value = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(line["text"].as_str(), Some(text_of.as_str()));
        let labels = line["label"].as_array().unwrap();
        let codings: usize = project.highlights().map(|h| h.labels.len()).sum();
        prop_assert_eq!(labels.len(), codings);
        for span in labels {
            let quote = between(&text_of, span[0].as_u64().unwrap(), span[1].as_u64().unwrap());
            prop_assert!(quotes.contains(&quote));
        }

        let files = parts(written(&project, &order(What::Excerpts, Format::Brat)));
        prop_assert_eq!(&files["made.txt"], &text_of);
        // Python, and so brat, ends lines at these too.
        let ends = ['\u{85}', '\u{2028}', '\r'];
        prop_assert!(!files["made.ann"].contains(ends));
        let (spans, said) = standoff(&files["made.ann"]);
        let words = |quote: &String| !quote.trim().is_empty();
        let with_words = project.highlights().filter(|h| words(&project.passage(h).unwrap().to_owned()));
        prop_assert_eq!(spans.len(), with_words.map(|h| h.labels.len()).sum::<usize>());
        for (kind, fragments, shown) in spans.values() {
            prop_assert!(["A", "B_b"].contains(&kind.as_str()));
            let parts = fragments.iter().map(|(start, end)| between(&text_of, *start, *end));
            let parts: Vec<String> = parts.collect();
            prop_assert!(!shown.contains('\n') && !shown.contains(ends));
            prop_assert_eq!(&parts.join(" "), shown);
            prop_assert!(fragments.is_sorted());
            prop_assert!(fragments.iter().all(|(start, end)| start < end));
        }
        let coders = said.iter().filter(|(kind, _, value)| kind == "Coder" && value == "MK");
        prop_assert_eq!(coders.count(), spans.len());
    }
}
