//! Who wrote a page, when, and where it stands: from what it says for search engines and libraries.
//!
//! In order of trust: `citation_*` (Highwire, as journals give it to Google Scholar), JSON-LD (schema.org), Dublin Core, OpenGraph,
//! what dom_smoothie takes for the title and the byline, `<title>`.

use std::collections::HashMap;

use dom_query::Document;

use super::{
    article::Found,
    dom, json_ld,
    people::{people, turned},
    saved,
};
use crate::{
    import::guess,
    model::{Imprint, ReadingMeta},
};

/// The `content` of all `<meta>`, by name in lower case.
#[derive(Default)]
struct Said(HashMap<String, Vec<String>>);

impl Said {
    fn first(&self, names: &[&str]) -> String {
        let found = names.iter().find_map(|n| self.0.get(*n)?.first());
        found.cloned().unwrap_or_default()
    }

    fn all(&self, names: &[&str]) -> Vec<String> {
        let found = names.iter().find_map(|n| self.0.get(*n));
        found.cloned().unwrap_or_default()
    }
}

/// Reads what a page says of itself.
pub fn read(document: &Document, html: &str, found: &Found) -> ReadingMeta {
    let mut said = Said::default();
    let (mut canonical, mut title) = (String::new(), String::new());
    let mut linked = json_ld::Item::default();
    for node in dom::walk(document.root(), |_| false) {
        let Some(element) = dom::element(&node) else {
            continue;
        };
        let value = |name| dom::attr(&element, name).unwrap_or_default().trim();
        match dom::name(&element) {
            "meta" => {
                let names = ["name", "property", "itemprop"].map(value);
                let content = value("content");
                for name in names
                    .iter()
                    .filter(|n| !n.is_empty() && !content.is_empty())
                {
                    let name = name
                        .to_lowercase()
                        .replace("dcterms.", "dc.")
                        .replace("dc:", "dc.");
                    said.0.entry(name).or_default().push(folded(content));
                }
            }
            "link" if dom::has_word(&element, "rel", &["canonical"]) && canonical.is_empty() => {
                canonical = value("href").to_owned();
            }
            "title" if title.is_empty() => title = dom::text(node, 1_000),
            "script" if value("type").starts_with("application/ld+json") => {
                linked.or(json_ld::read(&node.text()));
            }
            _ => {}
        }
    }
    let saved = saved::read(html);
    let journal = said.first(&[
        "citation_journal_title",
        "citation_conference_title",
        "citation_inbook_title",
        "prism.publicationname",
    ]);
    let site = first([
        said.first(&["og:site_name"]),
        linked.site.clone(),
        found.site.clone(),
    ]);
    let publisher = first([
        said.first(&[
            "citation_publisher",
            "dc.publisher",
            "citation_dissertation_institution",
        ]),
        linked.publisher.clone(),
    ]);
    let container = first([journal.clone(), linked.journal.clone(), site.clone()]);
    let best = first([
        said.first(&["citation_title"]),
        found.title.clone(),
        linked.title.clone(),
        said.first(&["dc.title", "og:title"]),
        title,
    ]);
    let date = first([
        said.first(&[
            "citation_publication_date",
            "citation_date",
            "citation_cover_date",
            "citation_online_date",
            "citation_year",
        ]),
        linked.date.clone(),
        said.first(&[
            "article:published_time",
            "dc.date",
            "dc.issued",
            "dc.date.issued",
            "datepublished",
            "date",
            "prism.publicationdate",
        ]),
        found.published.clone(),
    ]);
    let url = [
        canonical,
        said.first(&[
            "og:url",
            "citation_public_url",
            "citation_abstract_html_url",
        ]),
        saved.url,
        linked.url.clone(),
    ];
    let authors = authors(&said, &linked, found);
    ReadingMeta {
        title: without_names(&best, &site, &authors),
        authors,
        year: guess::year_in(&date),
        kind: kind(&said, &linked, !journal.is_empty()),
        publisher: if publisher == container {
            String::new()
        } else {
            publisher
        },
        url: url
            .into_iter()
            .find(|u| u.starts_with("http"))
            .unwrap_or_default(),
        imprint: Imprint {
            container,
            volume: first([
                said.first(&["citation_volume", "prism.volume"]),
                linked.volume.clone(),
            ]),
            issue: first([
                said.first(&["citation_issue", "prism.number"]),
                linked.issue.clone(),
            ]),
            pages: pages(&said),
            doi: doi(&first([
                said.first(&[
                    "citation_doi",
                    "prism.doi",
                    "dc.identifier",
                    "doi",
                    "bepress_citation_doi",
                ]),
                linked.doi.clone(),
            ])),
            accessed: saved.date,
            ..Imprint::default()
        },
        page_shift: None,
        attributes: Default::default(),
    }
}

fn first<const N: usize>(values: [String; N]) -> String {
    values
        .into_iter()
        .find(|v| !v.is_empty())
        .unwrap_or_default()
}

/// Text with its white space folded.
pub fn folded(text: &str) -> String {
    // Some pages escape twice.
    let text = text
        .replace("&amp;", "&")
        .replace("&#39;", "’")
        .replace("&quot;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the site's name at its end (`Walls | The Wall Review`), nor the author's (`Walls | Ann Lee`).
fn without_names(title: &str, site: &str, authors: &[String]) -> String {
    const SIGNS: &[char] = &['|', '-', '–', '—', '·', '»', ':', '/'];
    let title = folded(title);
    let without = |title: &str, name: &str, signs: &[char]| {
        let rest = title
            .strip_suffix(name)
            .filter(|_| !name.is_empty())?
            .trim_end();
        let bare = rest.trim_end_matches(signs);
        (bare.len() < rest.len() && !bare.trim().is_empty()).then(|| bare.trim_end().to_owned())
    };
    let title = without(&title, site, SIGNS).unwrap_or(title);
    // After another sign a name may be what the text is about.
    let bare = authors
        .iter()
        .find_map(|a| without(&title, &turned(a), &['|']));
    bare.unwrap_or(title)
}

fn authors(said: &Said, linked: &json_ld::Item, found: &Found) -> Vec<String> {
    let cited = said.all(&[
        "citation_author",
        "citation_authors",
        "bepress_citation_author",
    ]);
    if !cited.is_empty() {
        return people(cited.iter().map(String::as_str));
    }
    if !linked.authors.is_empty() {
        let mut authors = Vec::new();
        for author in &linked.authors {
            match author.is_person {
                true => authors.extend(people([author.name.as_str()])),
                false => authors.push(author.name.clone()),
            }
        }
        return authors;
    }
    let named = said.all(&[
        "dc.creator",
        "dc.contributor.author",
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
    ]);
    let named = people(named.iter().map(String::as_str));
    if !named.is_empty() {
        return named;
    }
    people([found.byline.as_str()])
}

/// The kind of text, when the page says it.
fn kind(said: &Said, linked: &json_ld::Item, has_journal: bool) -> String {
    let said_kind = said.first(&["og:type"]);
    let kind = match linked.kind.as_str() {
        _ if !said
            .first(&["citation_dissertation_institution"])
            .is_empty() =>
        {
            "thesis"
        }
        _ if !said.first(&["citation_inbook_title"]).is_empty() => "chapter",
        _ if has_journal => "article",
        "ScholarlyArticle" | "MedicalScholarlyArticle" => "article",
        "NewsArticle" | "ReportageNewsArticle" | "AnalysisNewsArticle" => "news article",
        "OpinionNewsArticle" => "op-ed",
        "BlogPosting" | "LiveBlogPosting" => "blog post",
        "Report" => "report",
        "Thesis" => "thesis",
        "Book" | "Chapter" => "book",
        "Article" => "article",
        _ if said_kind == "article" => "article",
        _ => "",
    };
    kind.to_owned()
}

fn pages(said: &Said) -> String {
    let first = said.first(&[
        "citation_firstpage",
        "prism.startingpage",
        "bepress_citation_firstpage",
    ]);
    let last = said.first(&[
        "citation_lastpage",
        "prism.endingpage",
        "bepress_citation_lastpage",
    ]);
    match last.as_str() {
        "" => first,
        last if last == first || first.is_empty() => last.to_owned(),
        last => format!("{first}–{last}"),
    }
}

/// A DOI without what often stands before it; empty for what is none.
pub fn doi(text: &str) -> String {
    let lower = text.to_lowercase();
    let at = lower.find("10.").filter(|&at| {
        let before = lower.get(..at).unwrap_or_default();
        before.is_empty() || before.ends_with("doi.org/") || before.trim_end().ends_with("doi:")
    });
    let doi = at.and_then(|at| text.get(at..)).unwrap_or_default().trim();
    if doi.contains('/') {
        doi.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(head: &str) -> ReadingMeta {
        let html = format!("<html><head>{head}</head><body><p>Text.</p></body></html>");
        read(&Document::from(html.as_str()), &html, &Found::default())
    }

    #[test]
    fn journals_say_all_of_an_article() {
        let meta = meta(
            "<title>Walls | Journal of Walls</title><meta name=citation_title content='Walls'>\
             <meta name=citation_author content='Lee, Ann'><meta name=citation_author content='Bo Wu'>\
             <meta name=citation_publication_date content='2014/05/01'><meta name=citation_journal_title content='Journal of Walls'>\
             <meta name=citation_volume content=7><meta name=citation_issue content=2><meta name=citation_firstpage content=3>\
             <meta name=citation_lastpage content=43><meta name=citation_doi content='doi:10.1000/182'>\
             <link rel=canonical href='https://example.org/walls'>",
        );
        assert_eq!(meta.title, "Walls");
        assert_eq!(meta.authors, ["Lee, Ann", "Wu, Bo"]);
        assert_eq!((meta.year, meta.kind.as_str()), (Some(2014), "article"));
        assert_eq!(meta.url, "https://example.org/walls");
        let imprint = meta.imprint;
        assert_eq!(
            (imprint.container.as_str(), imprint.volume.as_str()),
            ("Journal of Walls", "7")
        );
        assert_eq!(
            (
                imprint.issue.as_str(),
                imprint.pages.as_str(),
                imprint.doi.as_str()
            ),
            ("2", "3–43", "10.1000/182")
        );
    }

    #[test]
    fn news_say_it_in_json() {
        let meta = meta(
            "<meta property=og:site_name content='The Wall'><meta property=og:title content='Who holds the door? | Ann Lee | The Wall'>\
             <script type=application/ld+json>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebPage\"},\
             {\"@type\":[\"NewsArticle\"],\"headline\":\"Who holds the door? | Ann Lee\",\"datePublished\":\"2021-03-04T05:06:07Z\",\
             \"author\":[{\"@type\":\"Person\",\"name\":\"Ann Lee\"},{\"@type\":\"Organization\",\"name\":\"Wall Desk\"}],\
             \"publisher\":{\"name\":\"Wall Media\"}}]}</script>",
        );
        assert_eq!(meta.title, "Who holds the door?");
        assert_eq!(meta.authors, ["Lee, Ann", "Wall Desk"]);
        assert_eq!(
            (meta.year, meta.kind.as_str()),
            (Some(2021), "news article")
        );
        assert_eq!(
            (meta.imprint.container.as_str(), meta.publisher.as_str()),
            ("The Wall", "Wall Media")
        );
    }

    #[test]
    fn dois_are_told_from_other_numbers() {
        assert_eq!(doi("https://doi.org/10.1000/182"), "10.1000/182");
        assert_eq!(doi("ISBN 10.5"), "");
    }
}
