//! CSL-JSON, as Zotero and others export it: a list of items, or an object with one.

use serde_json::Value;

use super::{
    Bibliography, Entry, encoding,
    text_of::{day, doi, literal, pages, without_tags, year},
};
use crate::{
    model::{Imprint, ReadingMeta},
    text::fold_space,
};

/// Whether a JSON file holds items of CSL: the first one has a type and a title or key, and nothing that says otherwise.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let text = encoding::decode(bytes).map(|d| d.text).unwrap_or_default();
    let parsed = serde_json::from_str::<Value>(&text);
    parsed.is_ok_and(|value| {
        let first = items(&value).and_then(|items| items.first());
        first.is_some_and(|item| {
            let has = |name: &str| item.get(name).is_some();
            has("type") && (has("title") || has("id") || has("citation-key"))
        })
    })
}

/// Reads a file; `None` when it is no JSON of this kind.
pub(super) fn read(text: &str) -> Option<Bibliography> {
    let parsed: Value = serde_json::from_str(text).ok()?;
    let mut read = Bibliography::default();
    for (i, item) in items(&parsed)?.iter().enumerate() {
        match entry(item) {
            Some(entry) => read.entries.push(entry),
            None => {
                let id = said(item, "id");
                let name = if id.is_empty() {
                    String::new()
                } else {
                    format!(", “{id}”,")
                };
                let remark = format!("Item {}{name} has no title; it was left out.", i + 1);
                read.remarks.push(remark);
            }
        }
    }
    Some(read)
}

fn items(value: &Value) -> Option<&Vec<Value>> {
    let listed = value.as_array();
    listed.or_else(|| value.get("items").and_then(Value::as_array))
}

/// What a field says: text, or a number as text.
fn said(item: &Value, name: &str) -> String {
    match item.get(name) {
        Some(Value::String(text)) => fold_space(text),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn entry(item: &Value) -> Option<Entry> {
    let first = |names: &[&str]| {
        let values = names.iter().map(|name| without_tags(&said(item, name)));
        values
            .into_iter()
            .find(|v| !v.is_empty())
            .unwrap_or_default()
    };
    let title = first(&["title", "title-short", "shortTitle"]);
    let number = doi(&first(&["DOI"]));
    let files = files(item);
    if title.is_empty() && number.is_empty() && files.is_empty() {
        return None;
    }
    let meta = ReadingMeta {
        title,
        authors: people(item),
        year: year_of(item),
        kind: kind(item),
        publisher: first(&["publisher"]),
        url: said(item, "URL"),
        imprint: Imprint {
            container: first(&["container-title"]),
            volume: first(&["volume"]),
            issue: first(&["issue"]),
            pages: pages(&first(&["page"])),
            place: first(&["publisher-place", "event-place"]),
            doi: number,
            accessed: accessed(item),
            key: key(item),
        },
        page_shift: None,
        attributes: Default::default(),
    };
    Some(Entry {
        meta,
        files,
        line: 0,
    })
}

/// What the bibliography calls it; the address by which Zotero calls an item of its own is no name.
fn key(item: &Value) -> String {
    let keys = ["citation-key", "citationKey", "id"].map(|name| said(item, name));
    let good = |key: &String| !key.is_empty() && !key.contains("://");
    keys.into_iter().find(good).unwrap_or_default()
}

/// CSL-JSON names no files itself; Zotero's plugins do, each in its way.
fn files(item: &Value) -> Vec<String> {
    let mut files = Vec::new();
    for name in ["file", "files", "attachments"] {
        match item.get(name) {
            Some(Value::String(path)) => files.push(path.clone()),
            Some(Value::Array(list)) => {
                let path = |file: &Value| match file {
                    Value::String(path) => path.clone(),
                    file => said(file, "path"),
                };
                files.extend(list.iter().map(path));
            }
            _ => {}
        }
    }
    files.retain(|f| !f.is_empty());
    files
}

fn people(item: &Value) -> Vec<String> {
    let named = |role: &str| {
        let people = item.get(role).and_then(Value::as_array);
        let names = people.into_iter().flatten().map(name);
        names.filter(|n| !n.is_empty()).collect::<Vec<_>>()
    };
    let authors = named("author");
    if !authors.is_empty() {
        return authors;
    }
    let editors = named("editor");
    if !editors.is_empty() {
        return editors
            .into_iter()
            .map(|name| format!("{name} (ed.)"))
            .collect();
    }
    let others = ["director", "interviewer", "host", "composer"];
    others
        .into_iter()
        .map(named)
        .find(|n| !n.is_empty())
        .unwrap_or_default()
}

/// A particle that can't be dropped belongs to the surname (`van Gogh`); one that can goes after the given names.
fn name(person: &Value) -> String {
    if let Value::String(whole) = person {
        return literal(whole);
    }
    let part = |name: &str| said(person, name);
    let whole = part("literal");
    if !whole.is_empty() {
        return literal(&whole);
    }
    let joined = |a: &str, b: &str, between: &str| match (a.is_empty(), b.is_empty()) {
        (false, false) => format!("{a}{between}{b}"),
        _ => format!("{a}{b}"),
    };
    let family = joined(&part("non-dropping-particle"), &part("family"), " ");
    let given = joined(&part("given"), &part("dropping-particle"), " ");
    if family.is_empty() || given.is_empty() {
        return literal(&joined(&family, &given, ""));
    }
    joined(
        &joined(&literal(&family), &given, ", "),
        &part("suffix"),
        ", ",
    )
}

fn year_of(item: &Value) -> Option<i32> {
    let dates = ["issued", "original-date", "submitted"];
    dates.iter().find_map(|name| {
        let date = item.get(name)?;
        let first = date.pointer("/date-parts/0/0");
        let number = first.and_then(|y| y.as_i64().or_else(|| y.as_str()?.trim().parse().ok()));
        let number = number
            .and_then(|y| i32::try_from(y).ok())
            .filter(|y| *y != 0);
        let said = |name: &str| year(&said(date, name));
        number
            .or_else(|| said("raw"))
            .or_else(|| said("literal"))
            .or_else(|| year(date.as_str()?))
    })
}

fn accessed(item: &Value) -> String {
    let Some(date) = item.get("accessed") else {
        return String::new();
    };
    let parts = date.pointer("/date-parts/0").and_then(Value::as_array);
    let number = |part: &Value| match part {
        Value::String(text) => text.clone(),
        part => part.to_string(),
    };
    match parts {
        Some(parts) if !parts.is_empty() => {
            day(&parts.iter().map(number).collect::<Vec<_>>().join("-"))
        }
        _ => {
            let raw = said(date, "raw");
            day(&if raw.is_empty() {
                said(date, "literal")
            } else {
                raw
            })
        }
    }
}

fn kind(item: &Value) -> String {
    let (kind, genre) = (said(item, "type"), said(item, "genre"));
    match kind.as_str() {
        "article-journal" => "article".to_owned(),
        "article-newspaper" => "newspaper article".to_owned(),
        "article-magazine" => "magazine article".to_owned(),
        "paper-conference" => "conference paper".to_owned(),
        "webpage" => "web page".to_owned(),
        "post-weblog" | "post" => "blog post".to_owned(),
        "entry-encyclopedia" | "entry-dictionary" | "entry" => "encyclopedia entry".to_owned(),
        "thesis" => match genre.to_lowercase() {
            lower if lower.is_empty() => "thesis".to_owned(),
            lower if lower.contains("thesis") || lower.contains("dissertation") => genre,
            _ => format!("{genre} (thesis)"),
        },
        "report" if !genre.is_empty() => genre,
        other => other.replace(['-', '_'], " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: &str = r#"[
      {"id": "http://zotero.org/users/1/items/X", "citation-key": "gogh1880", "type": "article-journal", "title": "On <i>Threat</i> &amp; Power",
       "author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van", "suffix": "Jr."},
                  {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, {"literal": "RAND, Inc."}, {"family": "Plato"}],
       "issued": {"date-parts": [["1985", 4], ["1985", 6]]}, "accessed": {"date-parts": [[2026, 11, 2]]},
       "container-title": "Journal", "volume": 9, "issue": "4", "page": "3-43", "DOI": "10.1000/X",
       "attachments": [{"path": "/a/b.pdf"}]},
      {"id": 7, "type": "thesis", "genre": "Doctoral", "title": "T", "publisher": "School", "issued": {"raw": "May 2001"}},
      {"id": "b", "type": "book", "title": "B", "editor": [{"family": "Kaplan", "given": "M."}], "issued": {"literal": "n.d."}},
      {"id": "c", "type": "book"}
    ]"#;

    #[test]
    fn items_are_read() {
        let read = read(ITEMS).unwrap();
        let meta = &read.entries[0].meta;
        assert_eq!(meta.title, "On Threat & Power");
        assert_eq!(
            meta.authors,
            [
                "van Gogh, Vincent, Jr.",
                "Humboldt, Alexander von",
                "RAND Inc.",
                "Plato"
            ]
        );
        assert_eq!((meta.year, meta.kind.as_str()), (Some(1985), "article"));
        let imprint = &meta.imprint;
        let said = [
            &imprint.volume,
            &imprint.pages,
            &imprint.accessed,
            &imprint.key,
        ];
        assert_eq!(said, ["9", "3–43", "2026-11-02", "gogh1880"]);
        assert_eq!(read.entries[0].files, ["/a/b.pdf"]);
        let thesis = &read.entries[1].meta;
        assert_eq!(
            (thesis.kind.as_str(), thesis.year),
            ("Doctoral (thesis)", Some(2001))
        );
        assert_eq!(thesis.imprint.key, "7");
        assert_eq!(read.entries[2].meta.authors, ["Kaplan, M. (ed.)"]);
        assert_eq!(
            read.remarks,
            ["Item 4, “c”, has no title; it was left out."]
        );
    }

    #[test]
    fn other_json_is_not_taken() {
        assert!(looks_like(ITEMS.as_bytes()));
        assert!(looks_like(format!("{{\"items\": {ITEMS}}}").as_bytes()));
        assert!(!looks_like(b"{\"type\": \"x\"}"));
        assert!(!looks_like(b"[1, 2]"));
        assert!(!looks_like(b"[{\"type\": \"x\"}]"));
        assert!(!looks_like(b"[{\"type\": \"x\", \"id\""));
    }
}
