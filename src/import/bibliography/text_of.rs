//! What bibliographies of all formats write in their own ways, evened out.

use std::sync::OnceLock;

use crate::text::fold_space;

/// A name that is no person's: without commas, which would part surname and given name.
pub(super) fn literal(name: &str) -> String {
    fold_space(&name.replace(',', " "))
}

/// Pages with a dash between them: `3--43`, `3-43` and `3 – 43` become `3–43`.
pub(super) fn pages(value: &str) -> String {
    let mut out = String::new();
    let mut dash = false;
    for c in fold_space(value).chars() {
        match c {
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' => dash = true,
            ' ' if dash => {}
            c => {
                if std::mem::take(&mut dash) {
                    out.truncate(out.trim_end().len());
                    if !out.is_empty() {
                        out.push('–');
                    }
                }
                out.push(c);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The first year in a date: `1985-04/1985-06`, `c. 1985`, `April 1985`. Years have four digits.
pub(super) fn year(value: &str) -> Option<i32> {
    let digits = value.split(|c: char| !c.is_ascii_digit());
    let mut four = digits.filter(|run| run.len() == 4);
    four.next().and_then(|run| run.parse().ok())
}

/// A day as `2026-11-22`, where year, month and day are told by numbers in this order; else as it stands.
pub(super) fn day(value: &str) -> String {
    let value = fold_space(value);
    let mut parts = value.split(['-', '/', 'T', ' ']).filter(|p| !p.is_empty());
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let is_number = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(part)
    };
    match (number(4..=4), number(1..=2), number(1..=2)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month:0>2}-{day:0>2}"),
        (Some(year), Some(month), None) if value.len() <= 7 => format!("{year}-{month:0>2}"),
        _ => value,
    }
}

/// A DOI without `https://doi.org/` and what else people put before it; empty when there is none.
pub(super) fn doi(value: &str) -> String {
    let value = value.trim();
    match value.find("10.") {
        Some(at) => value[at..].trim_end_matches(['.', ',', ';']).to_owned(),
        None => String::new(),
    }
}

/// The DOIs that stand in a text, in small letters, in order.
pub(super) fn dois_in(text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || "\"<>{}|^`“”".contains(c);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("10.") {
        let run = &text[at..];
        let run = &run[..run.find(ends).unwrap_or(run.len())];
        let run = run.trim_end_matches(['.', ',', ';', ':', ')', ']', '’', '\'']);
        let is_doi = run.split_once('/').is_some_and(|(prefix, rest)| {
            let registrant =
                prefix.len() >= 7 && prefix[3..].bytes().all(|b| b.is_ascii_digit() || b == b'.');
            registrant && !rest.is_empty()
        });
        if is_doi {
            found.push(run.to_lowercase());
        }
    }
    found
}

/// Text without the few tags that CSL-JSON and Crossref put into titles.
pub(super) fn without_tags(value: &str) -> String {
    static TAGS: OnceLock<Vec<String>> = OnceLock::new();
    let tags = TAGS.get_or_init(|| {
        let names = [
            "i",
            "b",
            "em",
            "strong",
            "sub",
            "sup",
            "sc",
            "span",
            "jats:italic",
            "jats:p",
        ];
        names
            .iter()
            .flat_map(|n| [format!("<{n}>"), format!("</{n}>")])
            .collect()
    });
    let mut out = value.to_owned();
    if value.contains('<') {
        for tag in tags {
            out = out.replace(tag.as_str(), "");
        }
        while let Some(at) = out.find("<span ") {
            let Some(end) = out[at..].find('>') else {
                break;
            };
            out.replace_range(at..=at + end, "");
        }
    }
    let plain = out
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    fold_space(&plain.replace("&quot;", "\"").replace("&#39;", "’"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_get_their_dash() {
        assert_eq!(pages("3--43"), "3–43");
        assert_eq!(pages("3 - 43"), "3–43");
        assert_eq!(pages("3–10, 12-14"), "3–10, 12–14");
        assert_eq!(pages("e12"), "e12");
        assert_eq!(pages("12-"), "12");
        assert_eq!(pages("--"), "");
    }

    #[test]
    fn dates_are_read() {
        assert_eq!(year("1985-04/1985-06"), Some(1985));
        assert_eq!(year("April 1985"), Some(1985));
        assert_eq!(year("[c.1985]"), Some(1985));
        assert_eq!(year("forthcoming"), None);
        assert_eq!(year("19850401"), None);
        assert_eq!(day("2026-11-2"), "2026-11-02");
        assert_eq!(day("2026/11/22/"), "2026-11-22");
        assert_eq!(day("2026-11-22T10:00:00Z"), "2026-11-22");
        assert_eq!(day("2026-11-22 10:00:00"), "2026-11-22");
        assert_eq!(day("2026/11/22/10:00:00"), "2026-11-22");
        assert_eq!(day("2026/5"), "2026-05");
        assert_eq!(day("22 May 2026"), "22 May 2026");
        assert_eq!(day("2026 May"), "2026 May");
        assert_eq!(day("2026"), "2026");
    }

    #[test]
    fn dois_are_found() {
        assert_eq!(doi("https://doi.org/10.2307/2538540"), "10.2307/2538540");
        assert_eq!(doi("none"), "");
        assert_eq!(
            dois_in(
                "doi:10.2307/2538540. Also (https://doi.org/10.1000/ABC.d), 10.5 and 10.1000/."
            ),
            ["10.2307/2538540", "10.1000/abc.d"]
        );
    }

    #[test]
    fn tags_are_left_out() {
        assert_eq!(
            without_tags("A <i>b</i> &amp; <span class=\"nocase\">C</span>"),
            "A b & C"
        );
        assert_eq!(without_tags("1 < 2"), "1 < 2");
    }

    proptest! {
        #[test]
        fn any_value_is_taken(value in "[0-9 ./10–勢<>a-]{0,24}") {
            let _ = (pages(&value), year(&value), day(&value), doi(&value), dois_in(&value), without_tags(&value));
        }
    }
}
