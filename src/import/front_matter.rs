//! The block of `key: value` lines between `---` lines at the head of many Markdown files (YAML front matter).
//!
//! Only the part of YAML that such blocks use in practice is read: plain and quoted values, `[a, b]`, and lists of `- item`
//! lines. Keys that say nothing of a reading are left out.

use super::guess;
use crate::model::ReadingMeta;

/// How many lines a block may have: beyond, the `---` was a rule.
const MAX_LINES: usize = 200;

/// Splits a cleaned text into its front matter, if it has any, and the rest.
pub fn split(text: &str) -> (Option<ReadingMeta>, &str) {
    let none = (None, text);
    let Some(rest) = text.strip_prefix("---\n") else {
        return none;
    };
    let mut at = 0;
    let mut lines = Vec::new();
    for line in rest.split_inclusive('\n').take(MAX_LINES) {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            let body = rest.get(at..).unwrap_or_default();
            return (Some(meta(&lines)), body.trim_start_matches('\n'));
        }
        if !is_yaml(line) {
            return none;
        }
        lines.push(line);
    }
    none
}

/// Whether a line can stand in front matter: a key, an item, something indented, a comment, nothing.
fn is_yaml(line: &str) -> bool {
    let key = line.split_once(':').map(|(key, _)| key);
    line.is_empty()
        || line.starts_with([' ', '\t', '#', ']'])
        || line.starts_with("- ")
        || key.is_some_and(|k| {
            !k.is_empty()
                && k.chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\''))
        })
}

fn meta(lines: &[&str]) -> ReadingMeta {
    let mut meta = ReadingMeta::default();
    for (key, values) in fields(lines) {
        let Some(first) = values.first() else {
            continue;
        };
        match key.as_str() {
            "title" => meta.title = first.clone(),
            "author" | "authors" | "creator" | "by" => {
                meta.authors = values.iter().flat_map(|v| guess::authors(v)).collect();
            }
            "year" | "date" | "published" | "issued" if meta.year.is_none() => {
                meta.year = guess::year_in(first);
            }
            "url" | "link" | "source" if first.contains("://") => meta.url = first.clone(),
            "publisher" | "journal" | "publication" | "container-title" => {
                meta.publisher = first.clone();
            }
            "type" | "kind" => meta.kind = first.clone(),
            _ => {}
        }
    }
    meta
}

/// Keys in lower case with their values; a list has several, of items with keys of their own (`- name: A`) the first.
fn fields(lines: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines {
        let inner = line.trim_start();
        if let Some(item) = inner.strip_prefix("- ") {
            let item = item.strip_prefix("name:").unwrap_or(item);
            if let Some((_, values)) = fields.last_mut() {
                values.extend(value(item));
            }
        } else if inner.len() == line.len()
            && let Some((key, rest)) = line.split_once(':')
        {
            let key = key.trim_matches(['"', '\'']).to_lowercase();
            fields.push((key, list(rest.trim())));
        }
    }
    fields
}

fn list(text: &str) -> Vec<String> {
    match text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        Some(inner) => quoted_parts(inner).filter_map(value).collect(),
        None => value(text).into_iter().collect(),
    }
}

/// The parts between commas that stand in no quotes.
fn quoted_parts(text: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    text.split(move |c: char| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
        c == ',' && quote.is_none()
    })
}

/// A scalar without its quotes; `None` when it is empty or a block mark.
fn value(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = match text.chars().next() {
        Some(q @ ('"' | '\'')) => text.trim_matches(q).to_owned(),
        _ => text
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
    };
    let bare = bare.replace("\\\"", "\"").replace("''", "'");
    let empty = matches!(bare.as_str(), "" | "|" | ">" | "null" | "~" | "|-" | ">-");
    (!empty).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_of_the_reading_is_taken() {
        let text = "---\ntitle: \"Doors: a study\"\nauthors:\n  - Ann Lee\n  - \"Wu, Bo\"\ndate: 2014-05-01\n\
                    url: https://example.org/a # here\ntags: [a, b]\n---\n\nText.\n";
        let (meta, rest) = split(text);
        let meta = meta.unwrap();
        assert_eq!(meta.title, "Doors: a study");
        assert_eq!(meta.authors, ["Lee, Ann", "Wu, Bo"]);
        assert_eq!(meta.year, Some(2014));
        assert_eq!(meta.url, "https://example.org/a");
        assert_eq!(rest, "Text.\n");
    }

    #[test]
    fn authors_in_one_line() {
        let author = |line: &str| split(&format!("---\n{line}\n---\n")).0.unwrap().authors;
        assert_eq!(author("author: Ann Lee and Bo Wu"), ["Lee, Ann", "Wu, Bo"]);
        assert_eq!(
            author("author: [Ann Lee, 'Wu, Bo']"),
            ["Lee, Ann", "Wu, Bo"]
        );
        assert!(author("author:").is_empty());
    }

    #[test]
    fn a_rule_at_the_head_is_no_front_matter() {
        for text in [
            "---\nA line of text.\n---\n",
            "---\nkey: value\n",
            "Text.\n",
            "--- \n",
        ] {
            assert_eq!(split(text), (None, text));
        }
    }
}
