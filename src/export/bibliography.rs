//! What is known of readings as BibTeX and as CSL-JSON, for reference managers and word processors: the data outlive the program.
//! What is written here, [`crate::import::bibliography`] reads back.

use std::{collections::HashSet, fmt::Write as _};

use serde_json::{Map, Value, json};

use super::cite::{
    Names,
    work::{Work, tidy},
};
use crate::{
    model::{Name, Reading, ReadingMeta},
    text::fold,
};

/// The readings as BibTeX, in UTF-8, an entry each. A key that is not set is made of surname and year.
pub fn bibtex<'a>(names: &Names, readings: impl IntoIterator<Item = &'a Reading>) -> String {
    let mut keys = Keys::default();
    let mut out = String::new();
    for reading in readings {
        let meta = &tidy(&reading.meta);
        let (kind, fields) = entry(meta);
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "@{kind}{{{},", keys.of(names, reading));
        for (name, value) in fields {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
        out.push_str("}\n");
    }
    out
}

/// The readings as CSL-JSON, a list of items.
pub fn csl_json<'a>(names: &Names, readings: impl IntoIterator<Item = &'a Reading>) -> String {
    let mut keys = Keys::default();
    let items = readings.into_iter().map(|reading| {
        let key = keys.of(names, reading);
        item(&tidy(&reading.meta), &key)
    });
    let items = Value::Array(items.collect());
    // Maps with text as keys can always be written.
    serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
}

/// The keys given so far.
#[derive(Default)]
struct Keys(HashSet<String>);

impl Keys {
    fn of(&mut self, names: &Names, reading: &Reading) -> String {
        let is_good =
            |c: &char| !c.is_whitespace() && !c.is_control() && !"{}(),=#\"%~\\'@".contains(*c);
        let mut key: String = reading.meta.imprint.key.chars().filter(is_good).collect();
        if key.is_empty() {
            key = fold(&names.short(reading)).replace(' ', "");
        }
        if key.is_empty() {
            key = reading.id.to_string();
        }
        let mut unique = key.clone();
        let mut n = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{key}-{n}");
            n += 1;
        }
        unique
    }
}

fn entry(meta: &ReadingMeta) -> (&'static str, Vec<(&'static str, String)>) {
    let imprint = &meta.imprint;
    let kind = meta.kind.to_lowercase();
    let work = Work::of(meta);
    let (kind, container, publisher) = match work {
        Work::Article => ("article", "journal", "publisher"),
        Work::Chapter if kind.contains("conference") => ("inproceedings", "booktitle", "publisher"),
        Work::Chapter => ("incollection", "booktitle", "publisher"),
        Work::Book if kind.contains("report") => ("techreport", "booktitle", "institution"),
        Work::Book => ("book", "booktitle", "publisher"),
        Work::Thesis if kind.contains("phd") || kind.contains("doctoral") => {
            ("phdthesis", "booktitle", "school")
        }
        Work::Thesis if kind.contains("master") => ("mastersthesis", "booktitle", "school"),
        Work::Thesis => ("thesis", "booktitle", "school"),
        Work::Page if meta.url.is_empty() => ("misc", "booktitle", "publisher"),
        Work::Page => ("online", "organization", "publisher"),
    };
    let mut fields = Vec::new();
    let mut put = |name, value: String| {
        if !value.is_empty() {
            fields.push((name, value));
        }
    };
    let (editors, authors): (Vec<Name>, Vec<Name>) = meta
        .authors
        .iter()
        .map(|a| Name::parse(a))
        .partition(|n| n.editor);
    put("author", people(&authors));
    put("editor", people(&editors));
    put("title", latex(&meta.title));
    put(container, latex(&imprint.container));
    put("year", meta.year.map(|y| y.to_string()).unwrap_or_default());
    put("volume", latex(&imprint.volume));
    put("number", latex(&imprint.issue));
    put("pages", latex(&imprint.pages).replace('–', "--"));
    put(publisher, latex(&meta.publisher));
    put("address", latex(&imprint.place));
    put("doi", plain(&imprint.doi));
    put("url", plain(&meta.url));
    put("urldate", plain(&imprint.accessed));
    let subtype = meta
        .kind
        .strip_suffix(" article")
        .filter(|_| work == Work::Article);
    put("entrysubtype", subtype.map(latex).unwrap_or_default());
    if work == Work::Thesis || matches!(kind, "techreport" | "misc") {
        put("type", latex(&meta.kind));
    }
    (kind, fields)
}

fn people(names: &[Name]) -> String {
    let written = |name: &Name| {
        let parts = [&name.family, &name.suffix, &name.given].map(|part| latex(part));
        match &parts {
            [family, suffix, given] if suffix.is_empty() && given.is_empty() => {
                match family.as_str() {
                    "others" => "others".to_owned(),
                    family => format!("{{{family}}}"),
                }
            }
            [family, suffix, given] if suffix.is_empty() => format!("{family}, {given}"),
            [family, suffix, given] => format!("{family}, {suffix}, {given}"),
        }
    };
    names.iter().map(written).collect::<Vec<_>>().join(" and ")
}

/// Text with the marks that mean something to LaTeX made to stand for themselves.
fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push('('),
            '}' => out.push(')'),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '\\' => out.push_str("{\\textbackslash}"),
            c => out.push(c),
        }
    }
    out
}

/// An address or number: as it is, but for braces, which would end the field.
fn plain(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D")
}

fn item(meta: &ReadingMeta, key: &str) -> Value {
    let imprint = &meta.imprint;
    let mut item = Map::new();
    item.insert("id".to_owned(), json!(key));
    item.insert("type".to_owned(), json!(csl_type(meta)));
    let (editors, authors): (Vec<Name>, Vec<Name>) = meta
        .authors
        .iter()
        .map(|a| Name::parse(a))
        .partition(|n| n.editor);
    for (role, names) in [("author", authors), ("editor", editors)] {
        if !names.is_empty() {
            item.insert(role.to_owned(), names.iter().map(person).collect());
        }
    }
    if let Some(year) = meta.year {
        item.insert("issued".to_owned(), json!({ "date-parts": [[year]] }));
    }
    if let Some(parts) = date_parts(&imprint.accessed) {
        item.insert("accessed".to_owned(), json!({ "date-parts": [parts] }));
    } else if !imprint.accessed.is_empty() {
        item.insert("accessed".to_owned(), json!({ "raw": imprint.accessed }));
    }
    let genre = if csl_type(meta) == "thesis" {
        meta.kind.as_str()
    } else {
        ""
    };
    for (name, value) in [
        ("title", meta.title.as_str()),
        ("container-title", &imprint.container),
        ("volume", &imprint.volume),
        ("issue", &imprint.issue),
        ("page", &imprint.pages),
        ("publisher", &meta.publisher),
        ("publisher-place", &imprint.place),
        ("genre", genre),
        ("DOI", &imprint.doi),
        ("URL", &meta.url),
    ] {
        if !value.is_empty() {
            item.insert(name.to_owned(), json!(value));
        }
    }
    Value::Object(item)
}

fn person(name: &Name) -> Value {
    if name.given.is_empty() && name.suffix.is_empty() {
        return json!({ "literal": name.family });
    }
    let mut person = json!({ "family": name.family });
    for (part, value) in [("given", &name.given), ("suffix", &name.suffix)] {
        if !value.is_empty() {
            person[part] = json!(value);
        }
    }
    person
}

fn date_parts(date: &str) -> Option<Vec<i32>> {
    let parts: Vec<&str> = date.split('-').collect();
    let fits = parts.len() <= 3 && parts[0].len() == 4;
    fits.then(|| parts.iter().map(|p| p.parse().ok()).collect::<Option<_>>())
        .flatten()
}

fn csl_type(meta: &ReadingMeta) -> &'static str {
    let kind = meta.kind.to_lowercase();
    let says = |word: &str| kind.contains(word);
    match Work::of(meta) {
        Work::Article if says("news") || says("op-ed") => "article-newspaper",
        Work::Article if says("magazine") => "article-magazine",
        Work::Article => "article-journal",
        Work::Chapter if says("conference") => "paper-conference",
        Work::Chapter if says("entry") => "entry-encyclopedia",
        Work::Chapter => "chapter",
        Work::Book if says("report") => "report",
        Work::Book => "book",
        Work::Thesis => "thesis",
        Work::Page if says("blog") => "post-weblog",
        Work::Page if meta.url.is_empty() => "document",
        Work::Page => "webpage",
    }
}
