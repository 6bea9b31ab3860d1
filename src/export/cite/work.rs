//! What kind of work a reading is, judged by what is known of it, and the parts that all styles put together.

use super::rich::{Rich, quoted};
use crate::{
    model::{Imprint, Name, ReadingMeta},
    text::fold_space,
};

/// The kinds of works that are cited differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Work {
    /// In a journal, a magazine or a newspaper.
    Article,
    /// A part of a book or of proceedings.
    Chapter,
    /// Published on its own.
    Book,
    /// Written for a degree.
    Thesis,
    /// On a site, or of nobody knows what kind.
    Page,
}

/// What is known of a reading, each part on one line without white space at its ends.
pub(in crate::export) fn tidy(meta: &ReadingMeta) -> ReadingMeta {
    let imprint = &meta.imprint;
    ReadingMeta {
        title: fold_space(&meta.title),
        authors: meta.authors.iter().map(|a| fold_space(a)).collect(),
        year: meta.year,
        kind: fold_space(&meta.kind),
        publisher: fold_space(&meta.publisher),
        url: fold_space(&meta.url),
        imprint: Imprint {
            container: fold_space(&imprint.container),
            volume: fold_space(&imprint.volume),
            issue: fold_space(&imprint.issue),
            pages: fold_space(&imprint.pages),
            place: fold_space(&imprint.place),
            doi: fold_space(&imprint.doi),
            accessed: fold_space(&imprint.accessed),
            key: imprint.key.clone(),
        },
        page_shift: meta.page_shift,
        attributes: meta.attributes.clone(),
    }
}

impl Work {
    /// Says the kind by its name where that tells, else by what is known: a container with volume or issue is a journal, one
    /// without a book, an address without either a web page, a publisher or a place alone a book.
    pub(in crate::export) fn of(meta: &ReadingMeta) -> Self {
        let kind = meta.kind.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        let imprint = &meta.imprint;
        let has_container = !imprint.container.is_empty();
        if says(&["thesis", "dissertation"]) {
            return Self::Thesis;
        }
        if says(&["web", "blog", "post", "online"]) {
            return Self::Page;
        }
        if !has_container {
            let published = !meta.publisher.is_empty() || !imprint.place.is_empty();
            return match says(&["book", "report", "monograph"]) || published {
                true => Self::Book,
                false => Self::Page,
            };
        }
        if says(&[
            "chapter",
            "conference",
            "proceedings",
            "collection",
            "entry",
        ]) {
            return Self::Chapter;
        }
        let periodical = ["article", "journal", "review", "news", "magazine", "op-ed"];
        if says(&periodical) || !imprint.volume.is_empty() || !imprint.issue.is_empty() {
            return Self::Article;
        }
        match !meta.url.is_empty() && meta.publisher.is_empty() && imprint.place.is_empty() {
            true => Self::Page,
            false => Self::Chapter,
        }
    }

    /// Its title as references have it: of what stands alone in italics, else in quotation marks.
    pub fn title(self, meta: &ReadingMeta) -> Rich {
        match self {
            Self::Book => Rich::italic(&meta.title),
            _ => quoted(&meta.title),
        }
    }
}

/// Place and publisher: `Ithaca: Cornell University Press`.
pub(super) fn publisher(meta: &ReadingMeta) -> Rich {
    let place = Rich::plain(&meta.imprint.place);
    place.then(": ", Rich::plain(&meta.publisher))
}

/// Who awarded a thesis, and what it is called: `PhD thesis, University of Chicago`.
pub(super) fn school(meta: &ReadingMeta) -> Rich {
    Rich::plain(capital(&meta.kind)).then(", ", Rich::plain(&meta.publisher))
}

/// The journal, book or site.
pub(super) fn container(work: Work, meta: &ReadingMeta) -> Rich {
    let name = &meta.imprint.container;
    match work {
        Work::Page => Rich::plain(name),
        _ => Rich::italic(name),
    }
}

/// The pages of a work in the whole; a hyphen between numbers becomes a dash.
pub(super) fn pages(meta: &ReadingMeta) -> Rich {
    Rich::plain(meta.imprint.pages.replace("--", "–").replace('-', "–"))
}

/// Where it can be found: by its DOI, which lasts, else by its address.
pub(super) fn address(meta: &ReadingMeta) -> Rich {
    match meta.imprint.doi.as_str() {
        "" => Rich::link(&meta.url),
        doi => Rich::link(doi_address(doi)),
    }
}

/// When its address was looked at; nothing when a DOI stands in its place.
pub(super) fn accessed(meta: &ReadingMeta) -> Option<String> {
    let said = meta.imprint.doi.is_empty() && !meta.url.is_empty();
    (said && !meta.imprint.accessed.is_empty()).then(|| day(&meta.imprint.accessed))
}

/// The address that resolves a DOI; what would end a link in plain text is written in percent.
fn doi_address(doi: &str) -> String {
    let bare = match doi.find("10.") {
        Some(at) => doi.get(at..).unwrap_or(doi),
        None => doi,
    };
    let mut out = String::from("https://doi.org/");
    for c in bare.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// `2026-11-22` as `22 November 2026`; anything else as it is.
pub(super) fn day(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = date.split('-');
    let mut number = || parts.next().and_then(|p| p.trim().parse::<usize>().ok());
    let (year, month, day) = (number(), number(), number());
    let month = month
        .and_then(|m| m.checked_sub(1))
        .and_then(|m| MONTHS.get(m));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) if date.matches('-').count() == 1 => {
            format!("{month} {year}")
        }
        _ => date.to_owned(),
    }
}

/// How many authors a list names; of more, the first seven (Chicago Manual of Style, 17th edition, 14.76).
const LISTED: usize = 10;
const LISTED_OF_MORE: usize = 7;

/// How many a note names; of more, the first.
const NOTED: usize = 3;

/// The authors as an alphabetical list has them: `Lo, Bobo, and Fiona Hill`.
pub(super) fn authors_inverted(meta: &ReadingMeta) -> Rich {
    authors(meta, LISTED, LISTED_OF_MORE, true)
}

/// The authors as a note has them: `Bobo Lo and Fiona Hill`.
pub(super) fn authors_natural(meta: &ReadingMeta) -> Rich {
    authors(meta, NOTED, 1, false)
}

fn authors(meta: &ReadingMeta, most: usize, of_more: usize, invert: bool) -> Rich {
    let names: Vec<Name> = meta
        .authors
        .iter()
        .map(|a| Name::parse(a))
        .filter(|n| !n.family.is_empty() || !n.given.is_empty())
        .collect();
    let shown = if names.len() > most {
        of_more
    } else {
        names.len()
    };
    let mut out = String::new();
    for (i, name) in names.iter().take(shown).enumerate() {
        let last = i + 1 == names.len();
        out.push_str(match (i, last) {
            (0, _) => "",
            (1, true) if !invert => " and ",
            (_, true) => ", and ",
            (_, false) => ", ",
        });
        match i == 0 && invert {
            true => out.push_str(&name.inverted()),
            false => out.push_str(&name.natural()),
        }
    }
    if shown < names.len() {
        out.push_str(if invert { ", et al." } else { " et al." });
    }
    if !names.is_empty() && names.iter().all(|n| n.editor) {
        out.push_str(if names.len() == 1 { ", ed." } else { ", eds." });
    }
    Rich::plain(out)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
