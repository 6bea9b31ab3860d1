//! Addresses that documents may lead to.

use std::borrow::Cow;

/// An address that a document may lead to: `http`, `https`, `mailto` and `doi` (as a web address). Anything else, `javascript:`
/// above all, is no link.
pub fn address(url: &str) -> Option<Cow<'_, str>> {
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
}
