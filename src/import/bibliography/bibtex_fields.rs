//! What entries of BibTeX and BibLaTeX say of a work.

use std::collections::HashMap;

use super::{
    Bibliography, Entry,
    bibtex::{self, Raw},
    bibtex_names::names,
    file_names,
    latex::{decode, verbatim},
    text_of::{day, doi, pages, year},
};
use crate::model::{Imprint, ReadingMeta};

/// How many parents of parents are looked at: a chapter in a volume of a work in several has two.
const GENERATIONS: usize = 4;

/// Reads a file.
pub(super) fn read(text: &str) -> Bibliography {
    let (mut raw, mut remarks) = bibtex::entries(text);
    inherit(&mut raw);
    let mut entries = Vec::with_capacity(raw.len());
    for raw in &raw {
        let entry = entry(raw);
        if entry.meta.title.is_empty()
            && entry.files.is_empty()
            && entry.meta.imprint.doi.is_empty()
        {
            if !matches!(raw.kind.as_str(), "xdata" | "set") {
                let remark = format!(
                    "Line {}: “{}” has no title; the entry was left out.",
                    raw.line, raw.key
                );
                remarks.push(remark);
            }
            continue;
        }
        if entry.meta.year.is_none()
            && let Some(said) = raw.get(&["date", "year"])
        {
            remarks.push(format!(
                "Line {}: the year of “{}”, “{}”, is no number and was left out.",
                raw.line,
                raw.key,
                decode(said)
            ));
        }
        entries.push(entry);
    }
    Bibliography { entries, remarks }
}

/// Fills in what entries take from others: `crossref` gives the fields of the whole to its parts, `xdata` its own.
fn inherit(entries: &mut [Raw]) {
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        by_key.entry(entry.key.to_lowercase()).or_insert(i);
    }
    for _ in 0..GENERATIONS {
        let mut changed = false;
        for i in 0..entries.len() {
            let parents: Vec<(usize, bool)> = ["crossref", "xref", "xdata"]
                .iter()
                .filter_map(|&name| Some((name, entries[i].fields.get(name)?)))
                .flat_map(|(name, keys)| keys.split(',').map(move |key| (name, key)))
                .filter_map(|(name, key)| {
                    Some((*by_key.get(&key.trim().to_lowercase())?, name == "xdata"))
                })
                .filter(|(parent, _)| *parent != i)
                .collect();
            for (parent, same) in parents {
                for (name, value) in inherited(&entries[parent], same) {
                    if let std::collections::hash_map::Entry::Vacant(place) =
                        entries[i].fields.entry(name)
                    {
                        place.insert(value);
                        changed = true;
                    }
                }
            }
        }
        if !changed {
            break;
        }
    }
}

/// What a part takes from its whole; of `same` kind, everything.
fn inherited(parent: &Raw, same: bool) -> Vec<(String, String)> {
    const OWN: [&str; 14] = [
        "crossref",
        "xref",
        "xdata",
        "file",
        "doi",
        "url",
        "urldate",
        "pages",
        "author",
        "key",
        "keywords",
        "abstract",
        "subtitle",
        "shorttitle",
    ];
    let part = |(name, value): (&String, &String)| {
        let name = match name.as_str() {
            name if same => name,
            "title" if parent.kind == "periodical" => "journaltitle",
            "title" => "booktitle",
            name if OWN.contains(&name) => return None,
            name => name,
        };
        Some((name.to_owned(), value.clone()))
    };
    parent.fields.iter().filter_map(part).collect()
}

fn entry(raw: &Raw) -> Entry {
    let text = |names: &[&str]| raw.get(names).map(decode).unwrap_or_default();
    let bare = |names: &[&str]| raw.get(names).map(verbatim).unwrap_or_default();
    let is_page = matches!(
        raw.kind.as_str(),
        "online" | "electronic" | "www" | "webpage"
    );
    let how = raw.get(&["howpublished"]).unwrap_or_default();
    let how_is_address = how.contains("://") || how.contains("\\url");
    let mut publisher = vec!["publisher", "institution", "school"];
    if !is_page {
        publisher.push("organization");
    }
    if !how_is_address {
        publisher.push("howpublished");
    }
    let mut container = match raw.kind.as_str() {
        "article" | "periodical" | "suppperiodical" => {
            text(&["journaltitle", "journal", "booktitle"])
        }
        _ if is_page => text(&["organization", "titleaddon", "journaltitle", "booktitle"]),
        _ => joined(text(&["booktitle"]), text(&["booksubtitle"])),
    };
    if container.is_empty() {
        container = text(&["journaltitle", "journal"]);
    }
    let issue = match raw.kind.as_str() {
        "techreport" | "report" | "book" => String::new(),
        _ => text(&["number", "issue"]),
    };
    let said = raw.get(&["date", "year"]).map(decode).unwrap_or_default();
    let meta = ReadingMeta {
        title: joined(text(&["title"]), text(&["subtitle"])),
        authors: people(raw),
        year: year(&said),
        kind: kind(raw),
        publisher: text(&publisher),
        url: address(raw, how.trim(), how_is_address),
        imprint: Imprint {
            container,
            volume: text(&["volume"]),
            issue,
            pages: pages(&text(&["pages"])),
            place: text(&["location", "address"]),
            doi: doi(&bare(&["doi"])),
            accessed: day(&bare(&["urldate"])),
            key: raw.key.clone(),
        },
        page_shift: None,
        attributes: Default::default(),
    };
    let files = raw.get(&["file", "localfile", "local-url"]);
    Entry {
        meta,
        files: files.map(file_names::in_field).unwrap_or_default(),
        line: raw.line,
    }
}

/// The authors; of a work without any the editors, marked as such.
fn people(raw: &Raw) -> Vec<String> {
    let authors = raw.get(&["author"]).map(names).unwrap_or_default();
    if !authors.is_empty() {
        return authors;
    }
    let editors = raw.get(&["editor"]).map(names).unwrap_or_default();
    editors
        .into_iter()
        .map(|name| format!("{name} (ed.)"))
        .collect()
}

fn address(raw: &Raw, how: &str, how_is_address: bool) -> String {
    if let Some(url) = raw.get(&["url"]) {
        return verbatim(url);
    }
    if how_is_address {
        return verbatim(how);
    }
    let archive = raw
        .get(&["eprinttype", "archiveprefix"])
        .unwrap_or_default();
    match raw.get(&["eprint"]) {
        Some(number) if archive.eq_ignore_ascii_case("arxiv") => {
            format!("https://arxiv.org/abs/{}", verbatim(number))
        }
        _ => String::new(),
    }
}

fn kind(raw: &Raw) -> String {
    let said = raw.get(&["type"]).map(decode).unwrap_or_default();
    let of_type = |usual: &str| match said.as_str() {
        "" => usual.to_owned(),
        "phdthesis" => "PhD thesis".to_owned(),
        "mathesis" => "master’s thesis".to_owned(),
        "candthesis" => "candidate thesis".to_owned(),
        "techreport" => "technical report".to_owned(),
        "resreport" => "research report".to_owned(),
        said => said.to_owned(),
    };
    // A thesis is told by its kind.
    let thesis = |usual: &str| {
        let kind = of_type(usual);
        let lower = kind.to_lowercase();
        let told = lower.contains("thesis") || lower.contains("dissertation");
        if told {
            kind
        } else {
            format!("{kind} (thesis)")
        }
    };
    match raw.kind.as_str() {
        "article" | "periodical" | "suppperiodical" => match raw.get(&["entrysubtype"]) {
            Some(subtype) => format!("{} article", decode(subtype)),
            None => "article".to_owned(),
        },
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings"
        | "reference" => "book".to_owned(),
        "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" => {
            "chapter".to_owned()
        }
        "inreference" => "encyclopedia entry".to_owned(),
        "inproceedings" | "conference" => "conference paper".to_owned(),
        "phdthesis" => thesis("PhD thesis"),
        "mastersthesis" => thesis("master’s thesis"),
        "thesis" => thesis("thesis"),
        "techreport" | "report" => of_type("report"),
        "online" | "electronic" | "www" | "webpage" => "web page".to_owned(),
        "misc" => of_type(""),
        other => other.to_owned(),
    }
}

/// A title with its subtitle.
fn joined(title: String, subtitle: String) -> String {
    match (title.is_empty(), subtitle.is_empty()) {
        (_, true) => title,
        (true, _) => subtitle,
        _ if title.ends_with([':', '?', '!', '.']) => format!("{title} {subtitle}"),
        _ => format!("{title}: {subtitle}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Entry {
        let mut read = read(text);
        assert_eq!(read.remarks, Vec::<String>::new());
        read.entries.remove(0)
    }

    #[test]
    fn an_article_as_zotero_exports_it() {
        let entry = one(
            "@article{waltAlliance1985,\n title = {Alliance Formation and the Balance of World Power},\n author = {Walt, Stephen M.},\n \
             date = {1985-04/1985-06},\n journaltitle = {International Security},\n volume = {9},\n number = {4},\n pages = {3--43},\n \
             doi = {https://doi.org/10.2307/2538540},\n urldate = {2026-11-22},\n \
             file = {Full Text:files/123/Walt - 1985.pdf:application/pdf}\n}",
        );
        let meta = &entry.meta;
        assert_eq!(
            meta.title,
            "Alliance Formation and the Balance of World Power"
        );
        assert_eq!(meta.authors, ["Walt, Stephen M."]);
        assert_eq!((meta.year, meta.kind.as_str()), (Some(1985), "article"));
        let imprint = &meta.imprint;
        let said = [
            &imprint.container,
            &imprint.volume,
            &imprint.issue,
            &imprint.pages,
            &imprint.doi,
            &imprint.accessed,
            &imprint.key,
        ];
        assert_eq!(
            said,
            [
                "International Security",
                "9",
                "4",
                "3–43",
                "10.2307/2538540",
                "2026-11-22",
                "waltAlliance1985"
            ]
        );
        assert_eq!(entry.files, ["files/123/Walt - 1985.pdf"]);
    }

    #[test]
    fn kinds_of_works() {
        let kind = |text: &str| one(text).meta.kind;
        assert_eq!(kind("@phdthesis{a, title={T}}"), "PhD thesis");
        assert_eq!(
            kind("@thesis{a, title={T}, type={phdthesis}}"),
            "PhD thesis"
        );
        assert_eq!(
            kind("@thesis{a, title={T}, type={Habilitation}}"),
            "Habilitation (thesis)"
        );
        assert_eq!(kind("@misc{a, title={T}, type={Op-ed}}"), "Op-ed");
        assert_eq!(
            kind("@article{a, title={T}, entrysubtype={newspaper}}"),
            "newspaper article"
        );
        assert_eq!(kind("@inproceedings{a, title={T}}"), "conference paper");
    }

    #[test]
    fn a_thesis_keeps_its_school_and_a_book_its_editors() {
        let thesis =
            one("@phdthesis{a, title={T}, school={University of Oslo}, address={Oslo}}").meta;
        assert_eq!(
            (thesis.publisher.as_str(), thesis.imprint.place.as_str()),
            ("University of Oslo", "Oslo")
        );
        let book = one("@book{a, title={T}, editor={Kaplan, Morton A. and {A, B Group}}}").meta;
        assert_eq!(book.authors, ["Kaplan, Morton A. (ed.)", "A B Group (ed.)"]);
    }

    #[test]
    fn a_chapter_takes_what_its_book_says() {
        let read = read(
            "@incollection{c, title={Chapter}, author={A, B}, pages={1--2}, crossref={Book}}\n\
             @book{book, title={The Whole}, subtitle={Sub}, editor={E, F}, publisher={P}, year=1990, doi={10.1000/x}}",
        );
        let meta = &read.entries[0].meta;
        assert_eq!(meta.imprint.container, "The Whole");
        assert_eq!((meta.publisher.as_str(), meta.year), ("P", Some(1990)));
        assert_eq!(meta.imprint.doi, "");
        assert_eq!(read.entries[1].meta.title, "The Whole: Sub");
    }

    #[test]
    fn entries_that_refer_to_each_other_end() {
        let read = read(
            "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}\n@book{c, title={C}, crossref={c}}",
        );
        assert_eq!(read.entries.len(), 3);
    }

    #[test]
    fn addresses_stand_in_several_places() {
        let url = |text: &str| one(text).meta.url;
        assert_eq!(
            url("@misc{a, title={T}, howpublished={\\url{https://a.b/c_d}}}"),
            "https://a.b/c_d"
        );
        assert_eq!(
            url("@misc{a, title={T}, eprint={2001.1}, archivePrefix={arXiv}}"),
            "https://arxiv.org/abs/2001.1"
        );
        let meta = one("@online{a, title={T}, organization={The Site}, url={http://a.b}, howpublished={Press}}").meta;
        assert_eq!(
            (meta.imprint.container.as_str(), meta.publisher.as_str()),
            ("The Site", "Press")
        );
    }

    #[test]
    fn what_has_no_title_or_year_is_said() {
        let read = read("@book{a, author={A}}\n@book{b, title={B}, year={forthcoming}}");
        assert_eq!(read.entries.len(), 1);
        assert_eq!(
            read.remarks,
            [
                "Line 1: “a” has no title; the entry was left out.",
                "Line 2: the year of “b”, “forthcoming”, is no number and was left out.",
            ]
        );
    }
}
