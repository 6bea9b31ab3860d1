//! RON as the project's files use it: kind when reading, plain when writing.

use std::fmt::Write;

use ron::{Options, error::SpannedError, extensions::Extensions, ser::PrettyConfig};
use serde::{Deserialize, Serialize};

/// The format version that this program writes, in every file.
pub(super) const VERSION: u32 = 1;

/// How files are read: `stance: Supports` is as good as `stance: Some(Supports)`.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A value over several lines, for people. Ends with a line feed.
pub(super) fn pretty(value: &impl Serialize) -> Result<String, ron::Error> {
    pretty_down_to(2, value)
}

/// The same; what lies deeper than `depth` records and lists stands on one line.
pub(super) fn pretty_down_to(depth: usize, value: &impl Serialize) -> Result<String, ron::Error> {
    let config = PrettyConfig::new()
        .depth_limit(depth)
        .new_line("\n")
        .indentor("    ")
        .struct_names(false);
    let text = ron::Options::default().to_string_pretty(value, config)?;
    Ok(plain(&text) + "\n")
}

/// A value on one line.
pub(super) fn line(value: &impl Serialize) -> Result<String, ron::Error> {
    Ok(plain(&ron::to_string(value)?))
}

/// Takes back the escapes that only get in people's way: ron escapes apostrophes and combining marks.
fn plain(ron: &str) -> String {
    let mut out = String::with_capacity(ron.len());
    let mut rest = ron;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('\'') => out.push('\''),
            Some('u') => match unicode(chars.as_str()) {
                Some((c, tail)) => {
                    out.push(c);
                    rest = tail;
                    continue;
                }
                None => out.push_str("\\u"),
            },
            Some(c) => out.extend(['\\', c]),
            None => out.push('\\'),
        }
        rest = chars.as_str();
    }
    out + rest
}

/// The character of `{301}…` when it can stand as it is, and what follows.
fn unicode(escaped: &str) -> Option<(char, &str)> {
    let (hex, tail) = escaped.strip_prefix('{')?.split_once('}')?;
    let c = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
    stands(c).then_some((c, tail))
}

/// Whether a character may stand in a string as it is: not what ends a line or can't be seen at all.
fn stands(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes `text` as a RON string on one line.
pub(super) fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if stands(c) => out.push(c),
            // Writing to a string can't fail.
            c => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
        }
    }
    out.push('"');
}

/// Why a text can't be read: what is wrong and where (line, column).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unread {
    /// It was written by a newer version.
    Newer(u32),
    /// It is not what it should be.
    Bad {
        what: String,
        at: Option<(usize, usize)>,
    },
}

impl From<SpannedError> for Unread {
    fn from(error: SpannedError) -> Self {
        Self::Bad {
            what: sentence(&error),
            at: Some((error.span.start.line, error.span.start.col)),
        }
    }
}

/// ron's message as part of a sentence.
fn sentence(error: &SpannedError) -> String {
    format!("can't be read: {}", error.code)
}

/// Reads a value whose `version` is one that this program knows.
pub(super) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unread> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    match options().from_str::<Versioned>(text) {
        Ok(Versioned { version }) if version > VERSION => Err(Unread::Newer(version)),
        Ok(_) => Ok(options().from_str(text)?),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strings_stay_readable_and_on_one_line() {
        let line = line(&"don't\n“e\u{301}” \\u{301} \u{7}\\'").unwrap();
        assert_eq!(
            line,
            r#""don't\n“e"#.to_owned() + "\u{301}" + r#"” \\u{301} \u{7}\\'""#
        );
    }

    #[test]
    fn the_version_is_looked_at_first() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Named {
            name: String,
        }
        assert_eq!(
            read::<Named>(r#"(version: 2, nom: "x")"#),
            Err(Unread::Newer(2))
        );
        assert_eq!(
            read::<Named>(r#"(version: 1, name: "x", more: 3)"#)
                .map(|n| n.name)
                .as_deref(),
            Ok("x")
        );
        let Err(Unread::Bad { at, .. }) = read::<Named>("(version: 1,\n name: 3)") else {
            panic!("it was read");
        };
        assert_eq!(at.map(|p| p.0), Some(2));
    }

    proptest! {
        #[test]
        fn every_string_reads_back(text in any::<String>()) {
            let mut by_hand = String::new();
            quoted(&mut by_hand, &text);
            for written in [by_hand, line(&text).unwrap(), pretty(&text).unwrap()] {
                prop_assert_eq!(written.trim_end_matches('\n').lines().count(), 1);
                let back = options().from_str::<String>(&written);
                prop_assert_eq!(back.as_ref().ok(), Some(&text));
            }
        }
    }
}
