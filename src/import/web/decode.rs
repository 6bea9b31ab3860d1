//! The characters of a page: by its byte order mark, by what it says of itself, else as any text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::encoding::{self, Decoded};

/// How far a page is searched for what it says of its encoding, in bytes (WHATWG, “prescan a byte stream”), and more: tools that
/// save pages put comments first.
const HEAD: usize = 8 * 1024;

/// Makes characters of a page's bytes; `None` when they are no text.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if Encoding::for_bom(bytes).is_some() {
        return encoding::decode(bytes);
    }
    let Some(said) = declared(bytes) else {
        return encoding::decode(bytes);
    };
    let is_utf_8 = str::from_utf8(bytes).is_ok();
    // Browsers save in UTF-8 and may leave the old declaration in. No text of another encoding happens to be valid UTF-8, but for
    // those that are ASCII throughout.
    if said == UTF_8 || is_utf_8 && !(bytes.is_ascii() && bytes.contains(&0x1B)) {
        // What could be read so far is no UTF-16, though NULs may have strayed in.
        let mut decoded = match bytes.contains(&0) {
            true => encoding::decode_in(UTF_8, bytes)?,
            false => encoding::decode(bytes)?,
        };
        if said != UTF_8 && !bytes.is_ascii() {
            decoded.remarks.push(format!(
                "The page says that it is in {}, but it is in UTF-8.",
                said.name()
            ));
        }
        return Some(decoded);
    }
    encoding::decode_in(said, bytes)
}

/// As [`decode`], for a page whose encoding is said beside it; an unknown name counts as none.
pub fn decode_as(bytes: &[u8], label: &str) -> Option<Decoded> {
    match Encoding::for_label(label.as_bytes()) {
        Some(said) if said != UTF_8 && str::from_utf8(bytes).is_err() => {
            encoding::decode_in(said, bytes)
        }
        _ => decode(bytes),
    }
}

/// The encoding that a page declares: in its XML declaration, in `<meta charset>` or `<meta http-equiv>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|rest| {
        let declaration = rest.split_once("?>")?.0;
        label(declaration.split_once("encoding")?.1)
    });
    let encoding = xml.or_else(|| {
        let mut rest = head.as_str();
        while let Some(at) = rest.find('<') {
            rest = rest.get(at..).unwrap_or_default();
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->")?.1;
            } else if let Some(tag) = rest.strip_prefix("<meta") {
                let tag = tag.split('>').next().unwrap_or_default();
                if let Some(found) = tag
                    .split_once("charset")
                    .and_then(|(_, after)| label(after))
                {
                    return Some(found);
                }
                rest = rest.get(5..).unwrap_or_default();
            } else {
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        None
    })?;
    // What can be read so far is no UTF-16, whatever it says; the other is a name no page means (WHATWG, 13.2.3.3).
    Some(match encoding {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e == encoding_rs::X_USER_DEFINED => WINDOWS_1252,
        e => e,
    })
}

/// The encoding named after `=`, in quotes or not.
fn label(after: &str) -> Option<&'static Encoding> {
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '?'));
    Encoding::for_label(value.get(..end.unwrap_or(value.len()))?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_of_itself_counts() {
        let page = |head: &str, text: &[u8]| [head.as_bytes(), text].concat();
        for head in [
            "<?xml version='1.0' encoding='windows-1251'?>",
            "<!-- <meta charset=koi8-r> --><META CHARSET=windows-1251>",
            "<meta http-equiv=Content-Type content=\"text/html; charset=cp1251\">",
        ] {
            let decoded = decode(&page(head, b"\xCC\xE8\xF0")).unwrap();
            assert_eq!(decoded.encoding, "windows-1251", "{head}");
            assert!(decoded.text.ends_with("Мир"), "{decoded:?}");
            assert!(decoded.remarks.is_empty(), "{decoded:?}");
        }
        let decoded = decode(&page("<meta charset=iso-8859-1>", "Мир".as_bytes())).unwrap();
        assert!(
            decoded.text.ends_with("Мир") && decoded.remarks.len() == 1,
            "{decoded:?}"
        );
        let decoded = decode(&page("<meta charset=utf-8>", b"a\0b\xFFc")).unwrap();
        assert!(decoded.text.ends_with("a\0b\u{FFFD}c"), "{decoded:?}");
        let decoded = decode(&page("<meta charset=utf-16>", b"a")).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        let decoded = decode(&page("<meta charset=gb2312>", b"\xB9\xFA\xFFx")).unwrap();
        assert!(decoded.text.contains('国') && decoded.remarks[0].contains("could not be read"));
    }
}
