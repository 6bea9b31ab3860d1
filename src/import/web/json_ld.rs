//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

/// The most items of a page that are looked at.
const ITEMS: usize = 500;

/// What is said of an article.
#[derive(Debug, Default)]
pub struct Item {
    /// Its type: `NewsArticle`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// When it was published.
    pub date: String,
    /// Who published it.
    pub publisher: String,
    /// The site it is part of.
    pub site: String,
    /// The journal it is part of.
    pub journal: String,
    /// The journal's volume.
    pub volume: String,
    /// The journal's issue.
    pub issue: String,
    /// Its address.
    pub url: String,
    /// Its DOI, as it is written there.
    pub doi: String,
}

/// A writer, or an office that writes.
#[derive(Debug, Default)]
pub struct Author {
    /// The name as it is written there.
    pub name: String,
    /// Whether it is a person's.
    pub is_person: bool,
}

impl Item {
    /// Takes another's word where nothing is known yet.
    pub fn or(&mut self, other: Self) {
        if self.kind.is_empty() {
            *self = other;
        }
    }
}

/// Reads a script of JSON-LD; nothing when it holds no article.
pub fn read(json: &str) -> Item {
    let json = json
        .trim()
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>");
    let Ok(value) = serde_json::from_str::<Value>(json) else {
        return Item::default();
    };
    let mut waiting = vec![&value];
    let mut seen = 0;
    while let Some(value) = waiting.pop() {
        seen += 1;
        if seen > ITEMS {
            break;
        }
        match value {
            Value::Array(all) => waiting.extend(all.iter().rev().take(ITEMS)),
            Value::Object(object) => {
                if let Some(kind) = kind(value) {
                    return item(value, kind);
                }
                waiting.extend(object.get("mainEntity"));
                waiting.extend(object.get("@graph"));
            }
            _ => {}
        }
    }
    Item::default()
}

fn kind(value: &Value) -> Option<&str> {
    let is_text = |kind: &&str| {
        let kind = kind.rsplit('/').next().unwrap_or_default();
        kind.ends_with("Article")
            || matches!(
                kind,
                "BlogPosting" | "LiveBlogPosting" | "Report" | "Thesis" | "Book" | "Chapter"
            )
    };
    let kind = match value.get("@type")? {
        Value::Array(all) => all.iter().filter_map(Value::as_str).find(is_text)?,
        kind => kind.as_str().filter(is_text)?,
    };
    kind.rsplit('/').next()
}

fn item(value: &Value, kind: &str) -> Item {
    let part = value.get("isPartOf").unwrap_or(&Value::Null);
    let parts: Vec<&Value> = std::iter::successors(Some(part), |p| p.get("isPartOf"))
        .take(4)
        .collect();
    let of_part = |key: &str| {
        parts
            .iter()
            .map(|p| text(p.get(key)))
            .find(|t| !t.is_empty())
            .unwrap_or_default()
    };
    let journal = parts
        .iter()
        .find(|p| p.get("@type").is_some_and(|t| t == "Periodical"));
    let site = parts
        .iter()
        .find(|p| p.get("@type").is_some_and(|t| t == "WebSite"));
    let ids = ["sameAs", "identifier", "@id"].map(|key| text(value.get(key)));
    Item {
        kind: kind.to_owned(),
        title: first([text(value.get("headline")), text(value.get("name"))]),
        authors: authors(value.get("author").or(value.get("creator"))),
        date: first([
            text(value.get("datePublished")),
            text(value.get("dateCreated")),
        ]),
        publisher: name(value.get("publisher")),
        site: site.map(|s| text(s.get("name"))).unwrap_or_default(),
        journal: journal.map(|j| text(j.get("name"))).unwrap_or_default(),
        volume: of_part("volumeNumber"),
        issue: of_part("issueNumber"),
        url: text(value.get("url")),
        doi: ids
            .into_iter()
            .find(|i| i.contains("10."))
            .unwrap_or_default(),
    }
}

fn first<const N: usize>(values: [String; N]) -> String {
    values
        .into_iter()
        .find(|v| !v.is_empty())
        .unwrap_or_default()
}

fn text(value: Option<&Value>) -> String {
    let text = match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(all)) => return text(all.first()),
        Some(Value::Object(object)) => {
            return object
                .get("@value")
                .or(object.get("value"))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
        }
        _ => String::new(),
    };
    text.replace("&amp;", "&")
        .replace("&#039;", "’")
        .replace("&quot;", "\"")
}

fn name(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(all)) => text(all.first().and_then(|v| v.get("name"))),
        Some(object @ Value::Object(_)) => text(object.get("name")),
        other => text(other),
    }
}

fn authors(value: Option<&Value>) -> Vec<Author> {
    let all = match value {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let authors = all.into_iter().take(100).map(|author| Author {
        name: name(Some(author)),
        is_person: author.get("@type").is_none_or(|t| t == "Person"),
    });
    authors
        .filter(|a| !a.name.is_empty() && !a.name.contains("://"))
        .collect()
}
