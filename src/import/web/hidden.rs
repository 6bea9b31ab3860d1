//! What of a page is not shown, or is not its text.

use dom_query::{Element, NodeRef};

use super::dom;

/// Elements that hold no words for readers.
const SILENT: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg",
    "canvas", "video", "audio", "map", "select", "button", "input", "textarea", "progress",
    "meter", "dialog", "datalist", "head", "title", "meta", "link", "base", "rp", "rt", "rtc",
    "frameset", "noframes", "img", "picture", "area", "track", "source",
];

/// Classes by which pages hide words from those who see, and classes of buttons among the text.
const UNSEEN: &[&str] = &[
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screen-reader-only",
    "a11y-hidden",
    "mw-editsection",
    "mw-cite-backlink",
    "mw-jump-link",
    "noprint",
    "navbox",
    "MathJax",
    "MathJax_Display",
    "MathJax_Preview",
    "MathJax_SVG",
    "MJX_Assistive_MathML",
    "katex-html",
    "headerlink",
    "anchorjs-link",
    "sharedaddy",
    "addtoany_share_save_container",
    "jp-relatedposts",
    "cookie-banner",
    "cookie-notice",
    "cookie-consent",
    "linenos",
    "lineno",
];

/// Roles of what stands round a page's text.
const ROUND: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "doc-toc",
    "tablist",
];

/// Whether an element is not shown, or has no words for readers.
pub fn is_hidden(element: &Element) -> bool {
    let name = dom::name(element);
    if name == "script" {
        return !dom::attr(element, "type").is_some_and(|t| t.starts_with("math/tex"));
    }
    if SILENT.contains(&name) || dom::has_word(element, "class", UNSEEN) {
        return true;
    }
    // Formulas are hidden for those who see, and their pictures shown.
    if name == "math" || dom::attr(element, "class").is_some_and(|c| c.contains("math")) {
        return false;
    }
    let hidden = dom::attr(element, "hidden").is_some_and(|h| h != "until-found");
    let is_true = |a: &str| dom::attr(element, a).is_some_and(|v| v.eq_ignore_ascii_case("true"));
    hidden || is_true("aria-hidden") || dom::attr(element, "style").is_some_and(hides)
}

fn hides(style: &str) -> bool {
    declarations(style).any(|(name, value)| {
        name.eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none")
            || name.eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden")
    })
}

/// The names and values of an inline style.
pub fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|d| {
        let (name, value) = d.split_once(':')?;
        let value = value.split('!').next().unwrap_or_default();
        Some((name.trim(), value.trim()))
    })
}

/// Whether an element is a menu or the like, wherever it stands.
pub fn is_menu(element: &Element) -> bool {
    dom::name(element) == "nav" || dom::has_word(element, "role", ROUND)
}

/// Whether an element is what stands round the text of a page that is taken whole: menus, foot lines, forms.
pub fn is_furniture(node: &NodeRef, element: &Element) -> bool {
    if is_menu(element) {
        return true;
    }
    match dom::name(element) {
        "aside" | "footer" => true,
        // A document's own head has its title.
        "header" => !dom::walk(*node, |_| false)
            .iter()
            .any(|n| dom::element(n).is_some_and(|e| matches!(dom::name(&e), "h1" | "h2"))),
        // Some pages are one form.
        "form" => dom::text(*node, 2_000).len() < 2_000,
        _ => false,
    }
}
