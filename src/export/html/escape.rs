//! Text and addresses that stay what they are within HTML.

use std::{borrow::Cow, fmt::Write as _};

/// Writes `text` so that it is read as exactly it, in an element or in an attribute in double quotation marks. U+0000 can't be in
/// HTML: it becomes U+FFFD, as a browser would have it.
pub(in crate::export) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let with = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            b'\r' => "&#13;",
            0 => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(with);
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// An address that a document may lead to: `http`, `https`, `mailto` and `doi` (as a web address). Anything else, `javascript:`
/// above all, is no link.
pub(in crate::export) fn address(url: &str) -> Option<Cow<'_, str>> {
    let url = url.trim();
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (scheme, rest) = url.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" if rest.starts_with("//") => Some(url.into()),
        "mailto" => Some(url.into()),
        "doi" if rest.starts_with("10.") => Some(format!("https://doi.org/{rest}").into()),
        _ => None,
    }
}

/// Writes ` name="value"`.
pub(super) fn attribute(name: &str, value: &str, out: &mut String) {
    let _ = write!(out, " {name}=\"");
    escape(value, out);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_to_the_web_or_to_mail_is_an_address() {
        for good in ["https://a.b/?c=d&e", "HTTP://a.b", "mailto:a@b.c"] {
            assert_eq!(address(good).as_deref(), Some(good));
        }
        assert_eq!(
            address("doi:10.1/x").as_deref(),
            Some("https://doi.org/10.1/x")
        );
        for bad in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//a.b",
            "a.b",
            "",
            "http:x",
            "https://a.b c",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn marks_of_html_are_escaped() {
        let mut out = String::new();
        escape("a<b>&\"'\r勢\0", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;&#39;&#13;勢\u{FFFD}");
    }
}
