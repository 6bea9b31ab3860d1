//! A look over a page's bytes before it is parsed: whether parsing it would take longer than any text is worth.
//!
//! html5ever looks through the open elements at nearly every tag, so its cost grows with their number times that of the tags;
//! and attributes of one tag are compared with each other. Both are counted here, in one pass.

use std::borrow::Cow;

use super::super::Refusal;

/// The most a page may hold, in bytes.
const BYTES: usize = 64 * 1024 * 1024;
/// The most elements that may be open at once. Browsers stop at 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`).
const DEPTH: usize = 512;
/// The most attributes of one tag.
const ATTRIBUTES: usize = 2_000;
/// The most open elements summed over all tags: some seconds of parsing.
const WORK: usize = 400_000_000;

/// After how many character references a text is parted.
const REFERENCES: usize = 1_000;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements that a following one of their kind ends, so that leaving them open does not nest them.
const ENDED: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot",
    "colgroup", "caption", "a", "nobr", "button", "html", "head", "body", "rt", "rp", "h1", "h2",
    "h3", "h4", "h5", "h6",
];
/// Elements whose content is no markup.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// A tag as it stands in the page.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Whether it ends in `/>`.
    alone: bool,
    attributes: usize,
    /// The byte of its `<`.
    start: usize,
    /// The byte after its `>`.
    end: usize,
}

/// Refuses a page that would take too long.
///
/// # Errors
/// [`Refusal::Swollen`].
pub fn check(html: &str) -> Result<(), Refusal> {
    if html.len() > BYTES {
        return Err(Refusal::Swollen);
    }
    let mut open: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut work) = (0usize, 0usize);
    let mut swollen = false;
    tags(html, |tag| {
        let name = tag.name.to_ascii_lowercase();
        swollen |= tag.attributes > ATTRIBUTES;
        if !VOID.contains(&name.as_str()) && !ENDED.contains(&name.as_str()) {
            let known = open.iter().position(|(n, _)| *n == name);
            match known {
                Some(at) if tag.closes => {
                    let less = usize::from(open[at].1 > 0);
                    open[at].1 -= less;
                    depth -= less;
                }
                Some(at) => {
                    open[at].1 += 1;
                    depth += 1;
                }
                None if tag.closes => {}
                // No page has a thousand kinds of elements.
                None if open.len() >= 1_000 => swollen = true,
                None => {
                    open.push((name, 1));
                    depth += 1;
                }
            }
        }
        work += depth + 8;
        swollen |= depth > DEPTH || work > WORK;
        !swollen
    });
    if swollen {
        return Err(Refusal::Swollen);
    }
    Ok(())
}

/// XHTML as HTML: `<a/>` becomes `<a></a>`, which an HTML parser would otherwise leave open, and `CDATA` becomes text.
pub fn xhtml_as_html(xhtml: &str) -> String {
    let mut out = String::with_capacity(xhtml.len() + xhtml.len() / 16);
    let mut copied = 0;
    tags(xhtml, |tag| {
        let lower = tag.name.to_ascii_lowercase();
        if tag.alone && !tag.closes && !VOID.contains(&lower.as_str()) {
            let upto = tag.end.saturating_sub(2).max(copied);
            out.push_str(xhtml.get(copied..upto).unwrap_or_default());
            out.push_str("></");
            out.push_str(tag.name);
            out.push('>');
            copied = tag.end;
        }
        true
    });
    out.push_str(xhtml.get(copied..).unwrap_or_default());
    out
}

/// The page with text parted where it has very many character references: html5ever appends each to the text before it, which
/// costs what that text is long.
pub fn parted(html: &str) -> Cow<'_, str> {
    let mut places = Vec::new();
    let mut from = 0;
    let mut part = |until: usize, from: usize| {
        let run = html.get(from..until).unwrap_or_default();
        let references = run.match_indices('&').map(|(at, _)| from + at);
        places.extend(references.skip(REFERENCES).step_by(REFERENCES));
    };
    tags(html, |tag| {
        part(tag.start, from);
        from = if RAW.iter().any(|r| r.eq_ignore_ascii_case(tag.name)) {
            html.len()
        } else {
            tag.end
        };
        if tag.closes {
            from = tag.end;
        }
        true
    });
    part(html.len(), from);
    if places.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len() + places.len() * 7);
    let mut copied = 0;
    for at in places {
        out.push_str(html.get(copied..at).unwrap_or_default());
        out.push_str("<!---->");
        copied = at;
    }
    out.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// Calls `each` for every tag until it says no. Comments and what stands in scripts and styles are passed over.
fn tags<'a>(html: &'a str, mut each: impl FnMut(&Tag<'a>) -> bool) {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = find(bytes, at, b'<') {
        at = found + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            at = end_of_comment(html, at + 3);
            continue;
        }
        let closes = rest.first() == Some(&b'/');
        let start = at + usize::from(closes);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let Some(tag) = read(html, found, start, closes) else {
            return;
        };
        at = tag.end;
        if !each(&tag) {
            return;
        }
        let raw = RAW.iter().find(|r| r.eq_ignore_ascii_case(tag.name));
        if let Some(raw) = raw.filter(|_| !closes && !tag.alone) {
            at = end_of_raw(bytes, at, raw.as_bytes());
        }
    }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.iter().position(|&b| b == byte)?)
}

fn end_of_comment(html: &str, at: usize) -> usize {
    // `<!-->` is whole.
    let from = at.saturating_sub(2);
    html.get(from..)
        .and_then(|rest| rest.find("-->"))
        .map_or(html.len(), |end| from + end + 3)
}

fn end_of_raw(bytes: &[u8], mut at: usize, name: &[u8]) -> usize {
    while let Some(found) = find(bytes, at, b'<') {
        let after = bytes.get(found + 1..).unwrap_or_default();
        let close = after.strip_prefix(b"/").and_then(|r| r.get(..name.len()));
        if close.is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return found;
        }
        at = found + 1;
    }
    bytes.len()
}

/// The tag whose name starts at byte `start`; `None` when the page ends in it.
fn read(html: &str, first: usize, start: usize, closes: bool) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let named = start + bytes.get(start..)?.iter().position(ends)?;
    let mut at = named;
    let (mut attributes, mut in_name) = (0, false);
    loop {
        match bytes.get(at)? {
            b'>' => break,
            b'=' if in_name => {
                in_name = false;
                at += 1;
                while bytes.get(at)?.is_ascii_whitespace() {
                    at += 1;
                }
                match bytes.get(at)? {
                    quote @ (b'"' | b'\'') => at = find(bytes, at + 1, *quote)? + 1,
                    b'>' => {}
                    _ => {
                        while !matches!(bytes.get(at)?, b'>')
                            && !bytes.get(at)?.is_ascii_whitespace()
                        {
                            at += 1;
                        }
                    }
                }
                continue;
            }
            b if b.is_ascii_whitespace() => {
                // `name = value` has spaces round its sign.
                let next = bytes.get(at..)?.iter().find(|b| !b.is_ascii_whitespace());
                in_name &= next == Some(&b'=');
            }
            b'/' => in_name = false,
            _ if !in_name => {
                in_name = true;
                attributes += 1;
            }
            _ => {}
        }
        at += 1;
    }
    Some(Tag {
        name: html.get(start..named)?,
        closes,
        alone: bytes.get(at.checked_sub(1)?) == Some(&b'/'),
        attributes,
        start: first,
        end: at + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_nest_without_end_are_refused() {
        let nested = |n: usize| format!("{}x{}", "<div>".repeat(n), "</div>".repeat(n));
        assert!(check(&nested(400)).is_ok());
        assert_eq!(check(&nested(600)), Err(Refusal::Swollen));
        assert_eq!(check(&"<b><i x=1>".repeat(600)), Err(Refusal::Swollen));
        assert!(check(&"<p>one<br><li>two<td>".repeat(10_000)).is_ok());
        let wide = format!(
            "<p {}>",
            (0..5_000).map(|i| format!("a{i}=1 ")).collect::<String>()
        );
        assert_eq!(check(&wide), Err(Refusal::Swollen));
        assert!(check(&format!("<script>{}</script>", "<div>".repeat(900))).is_ok());
        assert!(check(&format!("<!--{}-->", "<div>".repeat(900))).is_ok());
    }

    #[test]
    fn quotes_hide_the_ends_of_tags() {
        let mut names = Vec::new();
        tags("<a title='x > y' b=\">\" c = d e>t<i/></A><p", |tag| {
            names.push((tag.name.to_owned(), tag.closes, tag.attributes));
            true
        });
        let expected = [("a", false, 4), ("i", false, 0), ("A", true, 0)];
        assert_eq!(names, expected.map(|(n, c, a)| (n.to_owned(), c, a)));
    }

    #[test]
    fn texts_of_many_references_are_parted() {
        assert!(matches!(
            parted("<p>a &amp; b<title>&amp;</title>"),
            Cow::Borrowed(_)
        ));
        let many = format!("<p>{}</p>", "&lt;".repeat(2_500));
        assert_eq!(parted(&many).matches("<!---->").count(), 2);
        assert_eq!(parted(&many).replace("<!---->", ""), many);
        let raw = format!("<title>{}</title>", "&lt;".repeat(2_500));
        assert!(matches!(parted(&raw), Cow::Borrowed(_)));
    }

    #[test]
    fn empty_elements_of_xhtml_are_closed() {
        assert_eq!(
            xhtml_as_html("<title/><p>a<br/><a id=\"p1\"/>b <span id='x' />c</p>"),
            "<title></title><p>a<br/><a id=\"p1\"></a>b <span id='x' ></span>c</p>"
        );
    }
}
