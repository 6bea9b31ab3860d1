//! The syntax of BibTeX: entries, strings, fields. Values stay LaTeX.
//!
//! After a mistake reading goes on at the next line that begins an entry, so that a brace that is not closed costs its own entry
//! only.

use std::collections::HashMap;

/// An entry with its fields as they stand, strings filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Raw {
    /// `article`, `book`, in small letters.
    pub kind: String,
    /// What it is called.
    pub key: String,
    /// Names in small letters, with values; of a name given twice the first counts.
    pub fields: HashMap<String, String>,
    /// Its line, from 1.
    pub line: u32,
}

impl Raw {
    /// The value of the first of these fields that has one.
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        let values = names.iter().filter_map(|&name| self.fields.get(name));
        values.map(|v| v.trim()).find(|v| !v.is_empty())
    }
}

/// All entries of a file, and what could not be read.
pub(super) fn entries(text: &str) -> (Vec<Raw>, Vec<String>) {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        counted: 0,
        strings: HashMap::new(),
        unknown: Vec::new(),
        remarks: Vec::new(),
    };
    let mut entries = Vec::new();
    while let Some(start) = reader.next_start() {
        reader.at = start;
        let line = reader.line_here();
        match reader.entry(line) {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => {}
            Err(Bad { key, what }) => {
                let name = if key.is_empty() {
                    String::new()
                } else {
                    format!("“{key}”: ")
                };
                let remark = format!("Line {line}: {name}{what}; the entry was left out.");
                reader.remarks.push(remark);
                // What follows the mistake may hold an `@`; an entry begins a line.
                reader.at = reader.at.max(start + 1);
                reader.at = reader.line_that_begins_an_entry().unwrap_or(text.len());
            }
        }
    }
    reader.unknown.sort();
    reader.unknown.dedup();
    for name in std::mem::take(&mut reader.unknown) {
        let remark =
            format!("The abbreviation “{name}” is not defined; fields that use it stay empty.");
        reader.remarks.push(remark);
    }
    (entries, reader.remarks)
}

/// A mistake in an entry.
struct Bad {
    key: String,
    what: &'static str,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The line of the byte up to which lines have been counted.
    line: u32,
    counted: usize,
    strings: HashMap<String, String>,
    unknown: Vec<String>,
    remarks: Vec<String>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn line_here(&mut self) -> u32 {
        let between = self.text.as_bytes().get(self.counted..self.at);
        let ends = between.unwrap_or_default().iter().filter(|&&b| b == b'\n');
        self.line += ends.count() as u32;
        self.counted = self.counted.max(self.at);
        self.line
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The next `@` that a word and a bracket follow.
    fn next_start(&self) -> Option<usize> {
        let found = self.rest().match_indices('@').find(|(at, _)| {
            let after = self.text.get(self.at + at + 1..).unwrap_or_default();
            begins_entry(after)
        });
        found.map(|(at, _)| self.at + at)
    }

    fn line_that_begins_an_entry(&self) -> Option<usize> {
        let at = |(i, _): (usize, &str)| self.at + i + 1;
        self.rest()
            .match_indices('\n')
            .map(at)
            .find(|&at| line_begins_entry(self.text.get(at..).unwrap_or_default()))
    }

    /// What stands at an `@`: an entry, or something that is none.
    fn entry(&mut self, line: u32) -> Result<Option<Raw>, Bad> {
        self.at += 1;
        self.skip_space();
        let kind = self.word().to_ascii_lowercase();
        self.skip_space();
        let close = if self.peek() == Some(b'(') {
            b')'
        } else {
            b'}'
        };
        self.at += 1;
        match kind.as_str() {
            "comment" | "preamble" => {
                // JabRef keeps its settings in comments, braces and all.
                let start = self.at;
                if self.braced().is_err() {
                    self.at = start;
                }
                return Ok(None);
            }
            "string" => {
                let fields = self.fields(close, "")?;
                self.strings.extend(fields);
                return Ok(None);
            }
            _ => {}
        }
        self.skip_space();
        let rest = self.rest();
        let end = rest.find([',', '}', '\n', '=']).unwrap_or(rest.len());
        let key = rest[..end].trim().to_owned();
        let is_field = rest[end..].starts_with('=');
        let key = if is_field {
            String::new()
        } else {
            self.at += end;
            key
        };
        let fields = self.fields(close, &key)?;
        Ok(Some(Raw {
            kind,
            key,
            fields,
            line,
        }))
    }

    /// Fields up to the bracket that closes the entry.
    fn fields(&mut self, close: u8, key: &str) -> Result<HashMap<String, String>, Bad> {
        let bad = |what| Bad {
            key: key.to_owned(),
            what,
        };
        let mut fields = HashMap::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => return Err(bad("it is not closed")),
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                // A brace closes what a bracket opened, too.
                Some(b) if b == close || b == b'}' => {
                    self.at += 1;
                    return Ok(fields);
                }
                // A comment as TeX has them.
                Some(b'%') => {
                    let rest = self.rest();
                    self.at += rest.find('\n').unwrap_or(rest.len());
                    continue;
                }
                Some(b'@') => {
                    // It may begin the next entry: back to the end of the line before.
                    let before = self.text.get(..self.at).unwrap_or_default();
                    self.at = before.trim_end_matches([' ', '\t', '\n', '\r']).len();
                    return Err(bad("it is not closed"));
                }
                Some(_) => {}
            }
            let name = self.word().to_ascii_lowercase();
            self.skip_space();
            if name.is_empty() || self.peek() != Some(b'=') {
                return Err(bad("a field has no name or no equals sign"));
            }
            self.at += 1;
            let value = self.value().map_err(bad)?;
            fields.entry(name).or_insert(value);
        }
    }

    /// A value: pieces in braces or quotes, numbers and names of strings, joined by `#`.
    fn value(&mut self) -> Result<String, &'static str> {
        let mut value = String::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    value.push_str(self.braced()?);
                }
                Some(b'"') => {
                    self.at += 1;
                    value.push_str(self.in_quotes()?);
                }
                _ => {
                    let word = self.word();
                    if word.bytes().all(|b| b.is_ascii_digit()) {
                        value.push_str(word);
                    } else if let Some(known) = self.strings.get(&word.to_ascii_lowercase()) {
                        value.push_str(known);
                    } else if MONTHS.contains(&word.to_ascii_lowercase().as_str()) {
                        value.push_str(word);
                    } else {
                        self.unknown.push(word.to_owned());
                    }
                }
            }
            self.skip_space();
            if self.peek() != Some(b'#') {
                return Ok(value);
            }
            self.at += 1;
        }
    }

    /// A name: of a field, a string, a kind of entry.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || "{}(),=#\"%@'\\".contains(c))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What stands in braces, of which the first has been read.
    fn braced(&mut self) -> Result<&'a str, &'static str> {
        self.until(|b, depth| b == b'}' && depth == 0)
    }

    fn in_quotes(&mut self) -> Result<&'a str, &'static str> {
        self.until(|b, depth| b == b'"' && depth == 0)
    }

    /// Up to the byte that `ends` the value at a depth of braces within it. An entry that begins on a line of its own says that the
    /// end is missing.
    fn until(&mut self, ends: impl Fn(u8, usize) -> bool) -> Result<&'a str, &'static str> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let (mut depth, mut i) = (0usize, 0);
        while let Some(&b) = bytes.get(i) {
            if ends(b, depth) {
                self.at += i + 1;
                return Ok(&rest[..i]);
            }
            match b {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b'\n' if line_begins_entry(&rest[i + 1..]) => {
                    self.at += i;
                    return Err("a brace or quotation mark is not closed");
                }
                _ => {}
            }
            i += 1;
        }
        self.at = self.text.len();
        Err("a brace or quotation mark is not closed")
    }
}

/// What months are called without being defined.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Whether an entry begins at the beginning of this line.
fn line_begins_entry(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    line.strip_prefix('@').is_some_and(begins_entry)
}

/// Whether a word and an opening bracket stand here, as after the `@` of an entry.
fn begins_entry(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '\t']);
    let end = after.find(|c: char| !c.is_ascii_alphabetic());
    let Some(end) = end.filter(|&end| end > 0) else {
        return false;
    };
    after[end..].trim_start().starts_with(['{', '('])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn entries_with_strings_and_pieces() {
        let text = "Words, me@example.org\n@string{IS = \"International\" # { Security}}\n@Comment{ @article{no, title={x}} }\n\
                    @ARTICLE{walt1985,\n  Title = {Alliance {Formation}},\n  journal = is # { (USA)},\n year = 1985, month = mar\n}\n\
                    @book(b, title = \"A {\"}quoted{\"} title\", year=\"1987\")\n";
        let (entries, remarks) = entries(text);
        assert_eq!(remarks, Vec::<String>::new());
        assert_eq!(entries.len(), 2);
        let walt = &entries[0];
        assert_eq!(
            (walt.kind.as_str(), walt.key.as_str(), walt.line),
            ("article", "walt1985", 4)
        );
        assert_eq!(walt.get(&["title"]), Some("Alliance {Formation}"));
        assert_eq!(walt.get(&["journal"]), Some("International Security (USA)"));
        assert_eq!(walt.get(&["year"]), Some("1985"));
        assert_eq!(entries[1].get(&["title"]), Some("A {\"}quoted{\"} title"));
    }

    #[test]
    fn a_bad_entry_costs_no_other() {
        let text = "@book{a, title={A}}\n@book{b, title={never closed\n}\n@book{c, title={C}}\n@book{d, nonsense}\n@book{e, title={E}}\n\
                    @book{f, title={F}, journal=nowhere}\n@book{g, title={G";
        let (entries, remarks) = entries(text);
        let keys: Vec<&str> = entries.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["a", "c", "e", "f"]);
        assert_eq!(
            remarks,
            [
                "Line 2: “b”: it is not closed; the entry was left out.",
                "Line 5: “d”: a field has no name or no equals sign; the entry was left out.",
                "Line 8: “g”: a brace or quotation mark is not closed; the entry was left out.",
                "The abbreviation “nowhere” is not defined; fields that use it stay empty.",
            ]
        );
    }

    #[test]
    fn kinds_of_carelessness_are_forgiven() {
        let (entries, remarks) = entries(
            "@misc{k\n, title={T} year=2001,,\n % a comment, {\n note={x},\n}\n@misc{, title={No key}}\n@misc{title={Neither}}\n@misc{only}",
        );
        assert_eq!(remarks, Vec::<String>::new());
        assert_eq!(entries.len(), 4);
        assert_eq!(entries[0].get(&["year"]), Some("2001"));
        assert_eq!(entries[1].get(&["title"]), Some("No key"));
        assert_eq!(entries[2].get(&["title"]), Some("Neither"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(@[a-z]{0,3}\\{?|[\\{\\}\\(\\),=#\"%\\\\\n a勢1]){0,40}") {
            entries(&text);
        }

        #[test]
        fn what_is_cut_off_costs_one_entry(n in 1usize..6, cut in 0usize..200) {
            let whole: String = (0..n).map(|i| format!("@book{{k{i},\n title = {{Title {{No}} {i}}},\n year = \"19{i}0\"\n}}\n")).collect();
            let cut = &whole[..whole.len() - cut.min(whole.len())];
            let (found, _) = entries(cut);
            let whole_ones = cut.matches("\n}").count();
            prop_assert!(found.len() == whole_ones, "{} of {whole_ones}: {cut}", found.len());
        }
    }
}
