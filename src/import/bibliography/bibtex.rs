//! The syntax of BibTeX: entries, strings, fields. Values stay LaTeX.
//!
//! A brace that is not closed costs nothing but itself: the value is taken to end where a line ends with a brace, and the entry
//! where the next one begins. After any other mistake reading goes on at the next line that begins an entry.

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
        unclosed: 0,
        early_end: None,
    };
    let mut entries = Vec::new();
    while let Some(start) = reader.next_start() {
        reader.at = start;
        let line = reader.line_here();
        match reader.entry(line) {
            Ok(Some(entry)) => {
                if reader.unclosed > 0 {
                    let remark = format!(
                        "Line {line}: “{}”: a brace or quotation mark is not closed; the entry was read as far as could be.",
                        entry.key
                    );
                    reader.remarks.push(remark);
                }
                entries.push(entry);
            }
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
    /// How many braces and quotation marks of the entry at hand were found not to be closed.
    unclosed: u8,
    /// Where the last value starts and where it may end after all: with the first of its lines that ends like a value.
    early_end: Option<(usize, usize)>,
}

/// How many unclosed braces of an entry are mended; each costs a look to its end.
const MENDED: u8 = 8;

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
            let (before, after) = self.text.split_at(self.at + at);
            let line = before.rsplit('\n').next().unwrap_or_default();
            // People put entries aside as TeX has it, with a percent sign.
            begins_entry(&after[1..]) && !line.trim_start().starts_with('%')
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
        (self.unclosed, self.early_end) = (0, None);
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
                self.braced();
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
        let mut last = String::new();
        loop {
            self.skip_space();
            match self.peek() {
                // The last value may have swallowed the rest of the entry.
                None | Some(b'@') if self.may_mend() => {
                    if let Some((start, end)) = self.early_end.take() {
                        let value = self.text.get(start..end).unwrap_or_default();
                        fields.insert(std::mem::take(&mut last), value.to_owned());
                        self.at = end + 1;
                    }
                    continue;
                }
                None => {
                    self.unclosed = self.unclosed.saturating_add(1);
                    return Ok(fields);
                }
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
                    self.unclosed = self.unclosed.saturating_add(1);
                    return Ok(fields);
                }
                Some(_) => {}
            }
            let name = self.word().to_ascii_lowercase();
            self.skip_space();
            if name.is_empty() || self.peek() != Some(b'=') {
                return Err(bad("a field has no name or no equals sign"));
            }
            self.at += 1;
            self.early_end = None;
            let value = self.value();
            last.clone_from(&name);
            fields.entry(name).or_insert(value);
        }
    }

    /// A value: pieces in braces or quotes, numbers and names of strings, joined by `#`.
    fn value(&mut self) -> String {
        let mut value = String::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    value.push_str(self.braced());
                }
                Some(b'"') => {
                    self.at += 1;
                    value.push_str(self.in_quotes());
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
                return value;
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
    fn braced(&mut self) -> &'a str {
        self.until(b'}')
    }

    fn in_quotes(&mut self) -> &'a str {
        self.until(b'"')
    }

    /// Whether the last value may end earlier; says that a brace is missing then.
    fn may_mend(&mut self) -> bool {
        let may = self.early_end.is_some() && self.unclosed < MENDED;
        self.unclosed = self.unclosed.saturating_add(u8::from(may));
        may
    }

    /// Up to the mark that ends the value outside of braces within it. Where there is none before the next entry, up to the first
    /// such mark that ends a line.
    fn until(&mut self, mark: u8) -> &'a str {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let (mut depth, mut i, mut line_start) = (0usize, 0, 0);
        while let Some(&b) = bytes.get(i) {
            match b {
                _ if b == mark && depth == 0 => {
                    self.at += i + 1;
                    return &rest[..i];
                }
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b'\n' if line_begins_entry(&rest[i + 1..]) => break,
                b'\n' => {
                    let line = rest[line_start..i].trim_end().trim_end_matches(',');
                    if line.ends_with(char::from(mark)) && self.early_end.is_none() {
                        self.early_end = Some((self.at, self.at + line_start + line.len() - 1));
                    }
                    line_start = i + 1;
                }
                _ => {}
            }
            i += 1;
        }
        if self.may_mend()
            && let Some((start, end)) = self.early_end.take()
        {
            self.at = end + 1;
            return self.text.get(start..end).unwrap_or_default();
        }
        self.unclosed = self.unclosed.saturating_add(1);
        self.at += i;
        &rest[..i]
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
        assert_eq!(keys, ["a", "b", "c", "e", "f", "g"]);
        assert_eq!(entries[1].get(&["title"]), Some("never closed"));
        assert_eq!(
            remarks,
            [
                "Line 2: “b”: a brace or quotation mark is not closed; the entry was read as far as could be.",
                "Line 5: “d”: a field has no name or no equals sign; the entry was left out.",
                "Line 8: “g”: a brace or quotation mark is not closed; the entry was read as far as could be.",
                "The abbreviation “nowhere” is not defined; fields that use it stay empty.",
            ]
        );
    }

    #[test]
    fn a_brace_too_few_costs_a_brace() {
        let (entries, remarks) = entries(
            "@article{a,\n publisher = {Taylor {{\\&} Francis},\n year = 2009,\n title = {T}\n}\n\n@book{b,\n title={B}\n}\n             %@book{c,\n%  title={C}\n%}\n",
        );
        assert_eq!(entries.len(), 2);
        let a = &entries[0];
        assert_eq!(a.get(&["publisher"]), Some("Taylor {{\\&} Francis"));
        assert_eq!(
            (a.get(&["year"]), a.get(&["title"])),
            (Some("2009"), Some("T"))
        );
        assert_eq!(remarks.len(), 1);
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
        fn what_is_cut_off_costs_one_entry_at_most(n in 1usize..6, cut in 0usize..200) {
            let whole: String = (0..n).map(|i| format!("@book{{k{i},\n title = {{Title {{No}} {i}}},\n year = \"19{i}0\"\n}}\n")).collect();
            let cut = &whole[..whole.len() - cut.min(whole.len())];
            let (found, _) = entries(cut);
            let begun = cut.matches("@book{").count();
            prop_assert!(found.len() + 1 >= begun, "{} of {begun}: {cut}", found.len());
        }
    }
}
