//! Text that stays what it is within HTML.

use std::fmt::Write as _;

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
    fn marks_of_html_are_escaped() {
        let mut out = String::new();
        escape("a<b>&\"'\r勢\0", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;&#39;&#13;勢\u{FFFD}");
    }
}
