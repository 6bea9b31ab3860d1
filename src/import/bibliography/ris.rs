//! RIS, as EndNote, Zotero and the sites of publishers export it: a line a field, `TY  - JOUR` to `ER  - `.

use super::{
    Bibliography, Entry,
    text_of::{day, doi, literal, pages, without_tags, year},
};
use crate::{
    model::{Imprint, ReadingMeta},
    text::fold_space,
};

/// Whether a text begins with a reference of this format.
pub(super) fn looks_like(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.and_then(field).is_some_and(|(tag, _)| tag == "TY")
        || text.lines().filter_map(field).any(|(tag, _)| tag == "TY")
}

/// A tag of two characters and what it is given.
fn field(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let value = rest.trim_start().strip_prefix('-')?;
    let is_tag = tag
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && rest.starts_with("  ");
    is_tag.then(|| (tag, value.trim()))
}

/// Reads a file.
pub(super) fn read(text: &str) -> Bibliography {
    let mut read = Bibliography::default();
    let mut open: Option<Reference> = None;
    for (i, line) in text.lines().enumerate() {
        match field(line) {
            Some(("TY", kind)) => {
                if let Some(broken) = open.take() {
                    read.remarks.push(format!(
                        "Line {}: a reference has no end; it was taken up to the next.",
                        broken.line
                    ));
                    broken.add_to(&mut read);
                }
                open = Some(Reference {
                    line: i as u32 + 1,
                    kind: kind.to_owned(),
                    fields: Vec::new(),
                });
            }
            Some(("ER", _)) => {
                if let Some(whole) = open.take() {
                    whole.add_to(&mut read);
                }
            }
            Some((tag, value)) => {
                if let Some(open) = &mut open {
                    open.fields.push((tag.to_owned(), value.to_owned()));
                }
            }
            // A long value goes on.
            None => {
                if let Some((_, value)) = open.as_mut().and_then(|o| o.fields.last_mut()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    if let Some(last) = open {
        last.add_to(&mut read);
    }
    read
}

struct Reference {
    line: u32,
    kind: String,
    fields: Vec<(String, String)>,
}

impl Reference {
    fn all<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let fits =
            |(tag, value): &&(String, String)| tags.contains(&tag.as_str()) && !value.is_empty();
        self.fields
            .iter()
            .filter(fits)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of the first of these tags that has one.
    fn get(&self, tags: &[&str]) -> String {
        let first = tags
            .iter()
            .find_map(|tag| self.all(&[*tag]).next().map(fold_space));
        first.unwrap_or_default()
    }

    fn add_to(self, read: &mut Bibliography) {
        let title = without_tags(&self.get(&["TI", "T1", "CT", "BT"]));
        let number = doi(&self.get(&["DO", "M3"]));
        let files: Vec<String> = self.all(&["L1"]).map(str::to_owned).collect();
        if title.is_empty() && number.is_empty() && files.is_empty() {
            let remark = format!(
                "Line {}: a reference has no title; it was left out.",
                self.line
            );
            read.remarks.push(remark);
            return;
        }
        let (first, last) = (self.get(&["SP"]), self.get(&["EP"]));
        let whole = match last.is_empty() || first.contains(['-', '–']) {
            true => first,
            false => format!("{first}-{last}"),
        };
        let container = match self.kind.as_str() {
            "BOOK" | "THES" | "RPRT" | "EDBOOK" => String::new(),
            _ => self.get(&["T2", "JO", "JF", "JA", "BT", "J2"]),
        };
        let meta = ReadingMeta {
            title,
            authors: self.people(),
            year: year(&self.get(&["PY", "Y1", "DA"])),
            kind: self.kind(),
            publisher: self.get(&["PB"]),
            url: self.get(&["UR", "L2"]),
            imprint: Imprint {
                container: without_tags(&container),
                volume: self.get(&["VL"]),
                issue: self.get(&["IS"]),
                pages: pages(&whole),
                place: self.get(&["CY", "PP"]),
                doi: number,
                accessed: day(&self.get(&["Y2"])),
                key: self.get(&["ID", "LB"]),
            },
            page_shift: None,
            attributes: Default::default(),
        };
        read.entries.push(Entry {
            meta,
            files,
            line: self.line,
        });
    }

    fn people(&self) -> Vec<String> {
        let authors: Vec<String> = self.all(&["AU", "A1"]).map(person).collect();
        if !authors.is_empty() {
            return authors;
        }
        let editors = self.all(&["ED", "A2"]);
        editors
            .map(|name| format!("{} (ed.)", person(name)))
            .collect()
    }

    fn kind(&self) -> String {
        let said = self.get(&["M3"]);
        let said = if doi(&said).is_empty() {
            said
        } else {
            String::new()
        };
        match self.kind.as_str() {
            "JOUR" | "EJOUR" => "article",
            "MGZN" => "magazine article",
            "NEWS" => "newspaper article",
            "BOOK" | "EDBOOK" | "EBOOK" => "book",
            "CHAP" | "ECHAP" => "chapter",
            "CONF" | "CPAPER" => "conference paper",
            "THES" if said.to_lowercase().contains("thesis") => &said,
            "THES" => "thesis",
            "RPRT" => "report",
            "ELEC" | "WEB" => "web page",
            "BLOG" => "blog post",
            _ => &said,
        }
        .to_owned()
    }
}

/// `Surname, Given, Jr.` is ours, too; a name without a comma is an organisation's.
fn person(name: &str) -> String {
    let parts: Vec<&str> = name
        .split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    match parts.as_slice() {
        [_] => literal(name),
        parts => fold_space(&parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn references_are_read() {
        let text = "\u{feff}TY  - JOUR\r\nAU  - Walt, Stephen M.\r\nAU  - RAND Corporation\r\nTI  - Alliance Formation\r\nand Power\r\n\
                    PY  - 1985/04/01/\r\nJO  - Int. Sec.\r\nT2  - International Security\r\nVL  - 9\r\nIS  - 4\r\nSP  - 3\r\nEP  - 43\r\n\
                    DO  - 10.2307/2538540\r\nL1  - internal-pdf://1/Walt.pdf\r\nY2  - 2026/11/22/10:00:00\r\nID  - walt\r\nER  - \r\n\r\n\
                    TY  - BOOK\nED  - Kaplan, M.\nT1  - B\nPB  - P\nCY  - C\nER  -\nTY  - BOOK\nAU  - X\nER  - \n";
        assert!(looks_like(text));
        let read = read(text);
        let meta = &read.entries[0].meta;
        assert_eq!(meta.title, "Alliance Formation and Power");
        assert_eq!(meta.authors, ["Walt, Stephen M.", "RAND Corporation"]);
        let imprint = &meta.imprint;
        assert_eq!(
            (imprint.container.as_str(), imprint.pages.as_str()),
            ("International Security", "3–43")
        );
        assert_eq!(
            (meta.year, imprint.doi.as_str()),
            (Some(1985), "10.2307/2538540")
        );
        assert_eq!(read.entries[1].meta.authors, ["Kaplan, M. (ed.)"]);
        assert_eq!(read.entries.len(), 2);
        assert_eq!(
            read.remarks,
            ["Line 25: a reference has no title; it was left out."]
        );
    }

    #[test]
    fn other_texts_are_not_taken() {
        assert!(!looks_like("TY is what I say - or not.\n"));
        assert!(!looks_like(""));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "((TY|ER|TI|AU|SP)  - [a,勢-]{0,5}\n|[a \n-]{0,5}){0,9}") {
            read(&text);
        }
    }
}
