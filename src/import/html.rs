//! The HTML that stands in Markdown: known elements are markup and go, everything else between `<` and `>` is text.

/// The elements whose tags are taken out.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that start a new line.
const BREAKING: &[&str] = &[
    "blockquote",
    "br",
    "dd",
    "div",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "p",
    "section",
    "tr",
];

/// The text of a piece of HTML.
pub fn text_of(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        push_text(before, &mut out);
        rest = match element(tag) {
            Some((name, end)) => {
                if BREAKING.contains(&name.as_str()) && !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                } else if matches!(name.as_str(), "td" | "th")
                    && !tag.starts_with('/')
                    && !out.is_empty()
                    && !out.ends_with(['\n', '\t'])
                {
                    out.push('\t');
                }
                let after = tag.get(end..).unwrap_or_default();
                let hides = matches!(name.as_str(), "script" | "style") && !tag.starts_with('/');
                let close = hides.then(|| after.find("</")).flatten();
                close.and_then(|at| after.get(at..)).unwrap_or(after)
            }
            None => {
                out.push('<');
                tag
            }
        };
    }
    push_text(rest, &mut out);
    out
}

/// The name of the element or `!` of the comment that `tag` (after its `<`) is, and where it ends.
fn element(tag: &str) -> Option<(String, usize)> {
    if tag.starts_with("!--") {
        return Some((
            "!".to_owned(),
            tag.find("-->").map_or(tag.len(), |at| at + 3),
        ));
    }
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let name = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()?
        .to_ascii_lowercase();
    let end = tag.find('>')? + 1;
    ELEMENTS.contains(&name.as_str()).then_some((name, end))
}

/// Text with the character references that HTML can't do without; Markdown has done the others.
fn push_text(text: &str, out: &mut String) {
    const REFERENCES: &[(&str, char)] = &[
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&nbsp;", ' '),
    ];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let whole = rest.get(before.len()..).unwrap_or_default();
        match REFERENCES.iter().find(|(name, _)| whole.starts_with(name)) {
            Some((name, c)) => {
                out.push(*c);
                rest = whole.get(name.len()..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_elements_go_and_other_brackets_stay() {
        assert_eq!(
            text_of("a <b>bold</b> <i class=\"x\">word</i>"),
            "a bold word"
        );
        assert_eq!(
            text_of("1 < 2 and <name> stays <"),
            "1 < 2 and <name> stays <"
        );
        assert_eq!(
            text_of("<p>One</p>\n<p>Two &amp; three</p>"),
            "One\n\nTwo & three\n"
        );
        assert_eq!(text_of("<!-- gone -->a<br/>b"), "a\nb");
        assert_eq!(text_of("<tr><td>a</td><td>b</td></tr>"), "a\tb\n");
        assert_eq!(text_of("<style>p { }</style>x"), "x");
        assert_eq!(text_of("AT&T &lt; R&D"), "AT&T < R&D");
    }
}
