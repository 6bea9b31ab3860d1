//! Writing RON records by hand: the ron crate's writer escapes character by character (apostrophes too) and would need every
//! highlight as a struct of strings first. That the crate reads what is written here is tested.

use std::{
    collections::BTreeMap,
    fmt::{Display, Write as _},
};

use crate::{model::Value, text::Span};

/// One record on one line: `(name:value,…)`. Fields that say nothing are left out.
pub(super) struct Record<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Record<'a> {
    /// Opens a record at the end of `out`.
    pub fn open(out: &'a mut String) -> Self {
        out.push('(');
        Self { out, empty: true }
    }

    /// Closes it.
    pub fn close(self) {
        self.out.push(')');
    }

    fn name(&mut self, name: &str) -> &mut String {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        self.out.push_str(name);
        self.out.push(':');
        self.out
    }

    /// A string, even when it is empty.
    pub fn string(&mut self, name: &str, value: &str) {
        string(self.name(name), value);
    }

    /// A string, unless it is empty.
    pub fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.string(name, value);
        }
    }

    /// Something that needs no quotes: a number, the name of a variant.
    pub fn plain(&mut self, name: &str, value: impl Display) {
        // Writing to a string does not fail.
        let _ = write!(self.name(name), "{value}");
    }

    /// Something that needs quotes but nothing escaped: a time, an id, a colour.
    pub fn quoted(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.name(name), "\"{value}\"");
    }

    /// A list of strings, unless it is empty.
    pub fn strings<'s>(&mut self, name: &str, values: impl IntoIterator<Item = &'s str>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return;
        }
        let out = self.name(name);
        out.push('[');
        for (i, value) in values.enumerate() {
            if i > 0 {
                out.push(',');
            }
            string(out, value);
        }
        out.push(']');
    }

    /// Attributes under their names, unless there are none.
    pub fn map(&mut self, name: &str, entries: &BTreeMap<String, Value>) {
        if entries.is_empty() {
            return;
        }
        let out = self.name(name);
        out.push('{');
        for (i, (name, value)) in entries.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            string(out, name);
            out.push(':');
            string(out, &value.typed());
        }
        out.push('}');
    }

    /// A list of records, unless it is empty.
    pub fn list<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Record<'_>, &T)) {
        if items.is_empty() {
            return;
        }
        let out = self.name(name);
        out.push('[');
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            let mut record = Record::open(out);
            write(&mut record, item);
            record.close();
        }
        out.push(']');
    }

    /// Start and end, in bytes.
    pub fn span(&mut self, span: Span) {
        self.plain("start", span.start);
        self.plain("end", span.end);
    }

    /// A long text as it stands, in a raw string, so that people can read it.
    pub fn raw(&mut self, name: &str, value: &str) {
        raw(self.name(name), value);
    }
}

/// A string in quotes on one line. Escaped is what would end it, and what can't be seen.
pub(super) fn string(out: &mut String, value: &str) {
    out.push('"');
    let mut rest = value;
    while let Some(at) = rest.find(must_escape) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = from.chars();
        if let Some(c) = chars.next() {
            escape(out, c);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn must_escape(c: char) -> bool {
    matches!(c, '"' | '\\' | '\u{FEFF}') || c.is_control()
}

fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// `r#"…"#` with as many `#` as it takes; escaped when there is a carriage return, which would not survive an editor, or when it
/// would take absurdly many.
fn raw(out: &mut String, value: &str) {
    let hashes = 1 + longest_run_after_quote(value);
    if hashes > 16 || value.contains('\r') {
        return string(out, value);
    }
    let fence = "#".repeat(hashes);
    let _ = write!(out, "r{fence}\"{value}\"{fence}");
}

fn longest_run_after_quote(value: &str) -> usize {
    let run = |tail: &str| tail.bytes().take_while(|&b| b == b'#').count();
    value.split('"').skip(1).map(run).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_crate_reads_what_is_written(value in any::<String>(), text in "[\"#\\\\a\n\r\t\u{0}勢]{0,20}") {
            for value in [&value, &text] {
                let mut out = String::new();
                string(&mut out, value);
                prop_assert!(!out.contains('\n'));
                prop_assert_eq!(&ron::from_str::<String>(&out).unwrap(), value);
                let mut out = String::new();
                raw(&mut out, value);
                prop_assert_eq!(&ron::from_str::<String>(&out).unwrap(), value);
            }
        }
    }

    #[test]
    fn apostrophes_and_other_scripts_stay_readable() {
        let mut out = String::new();
        string(&mut out, "don't say “勢” \"so\"\n");
        assert_eq!(out, r#""don't say “勢” \"so\"\n""#);
    }
}
