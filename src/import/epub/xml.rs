//! The XML files of a book: its package, its contents, what is encrypted. All are short lists of elements.

use quick_xml::{Reader, events::Event};

use super::super::web::decode;

/// The most elements of a file that are read.
const ELEMENTS: usize = 200_000;
/// The deepest they may nest.
const DEPTH: usize = 256;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name without prefix: `creator`.
    pub name: String,
    /// The place of the element it is in.
    pub parent: Option<usize>,
    attributes: Vec<(String, String)>,
    /// The text in it, that of elements in it too, with white space folded.
    pub text: String,
}

impl Element {
    /// The value of an attribute by its name without prefix; empty for none.
    pub fn attr(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether a list of words in an attribute holds this one.
    pub fn has_word(&self, attribute: &str, word: &str) -> bool {
        self.attr(attribute).split_whitespace().any(|w| w == word)
    }
}

/// The elements of a file in document order, as far as it can be read. Entities that a file defines are left out.
pub fn elements(bytes: &[u8]) -> Vec<Element> {
    let Some(decoded) = decode::decode(bytes) else {
        return Vec::new();
    };
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let text = match reader.read_event() {
            Ok(Event::Start(start)) => {
                if all.len() == ELEMENTS || open.len() == DEPTH {
                    break;
                }
                let mut attributes = Vec::new();
                for a in start.attributes().with_checks(false).flatten().take(64) {
                    let name = a.key.local_name().as_ref().to_owned();
                    attributes.push((name, unescaped(&a.value)));
                }
                all.push(Element {
                    name: start.local_name().as_ref().to_owned(),
                    parent: open.last().copied(),
                    attributes,
                    text: String::new(),
                });
                open.push(all.len() - 1);
                continue;
            }
            Ok(Event::End(_)) => {
                let Some(text) = open.pop().and_then(|i| all.get_mut(i)).map(|e| &mut e.text)
                else {
                    continue;
                };
                *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let text = text.clone();
                // What stands in it is its parent's too; only short things are asked for.
                if text.len() < 4_000
                    && let Some(parent) = open.last().and_then(|&i| all.get_mut(i))
                    && parent.text.len() < 4_000
                {
                    parent.text.push_str(&text);
                    parent.text.push(' ');
                }
                continue;
            }
            Ok(Event::Text(text)) => text.to_string(),
            Ok(Event::CData(text)) => text.to_string(),
            Ok(Event::GeneralRef(name)) => unescaped(&format!("&{};", &*name)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        if let Some(element) = open.last().and_then(|&i| all.get_mut(i)) {
            element.text.push_str(&text);
        }
    }
    all
}

/// Text with its character references; those that are not XML's own are left out.
fn unescaped(text: &str) -> String {
    let Some((before, rest)) = text.split_once('&') else {
        return text.to_owned();
    };
    let mut out = before.to_owned();
    for part in rest.split('&') {
        let Some((name, after)) = part.split_once(';') else {
            out.push('&');
            out.push_str(part);
            continue;
        };
        let number = name.strip_prefix("#x").map(|n| u32::from_str_radix(n, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
        out.extend(match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(Result::ok).and_then(char::from_u32),
        });
        out.push_str(after);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_listed() {
        let all = elements(
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bomb'>]><a x:y='1 &amp; 2'><c:d>e &#x41;&b;<f/> g<i>h</i></c:d></a>",
        );
        let names: Vec<_> = all.iter().map(|e| (e.name.as_str(), e.parent)).collect();
        assert_eq!(
            names,
            [("a", None), ("d", Some(0)), ("f", Some(1)), ("i", Some(1))]
        );
        assert_eq!(all[0].attr("y"), "1 & 2");
        assert_eq!(all[1].text, "e A gh");
        assert!(elements(&b"<a>".repeat(1_000)).len() <= DEPTH);
        assert_eq!(elements(b"<a b='1").len(), 0);
    }
}
