//! How words are set off: by elements and by inline styles.

use dom_query::Element;

use super::{dom, hidden};
use crate::model::{Script, Style};

/// The style inside an element, given that around it.
pub fn inside(element: &Element, around: Style) -> Style {
    let mut style = around;
    match dom::name(element) {
        "b" | "strong" => style.bold = true,
        "i" | "em" | "cite" | "dfn" | "var" => style.italic = true,
        "sup" => style.script = Script::Raised,
        "sub" => style.script = Script::Lowered,
        _ => {}
    }
    let Some(inline) = dom::attr(element, "style") else {
        return style;
    };
    for (name, value) in hidden::declarations(inline) {
        match (
            name.to_ascii_lowercase().as_str(),
            value.to_ascii_lowercase().as_str(),
        ) {
            ("font-style", "italic" | "oblique") => style.italic = true,
            ("font-style", "normal") => style.italic = false,
            ("font-weight", "bold" | "bolder") => style.bold = true,
            ("font-weight", "normal" | "lighter") => style.bold = false,
            ("font-weight", weight) => {
                if let Ok(weight) = weight.parse::<u32>() {
                    style.bold = weight >= 600;
                }
            }
            ("vertical-align", "super") => style.script = Script::Raised,
            ("vertical-align", "sub") => style.script = Script::Lowered,
            _ => {}
        }
    }
    style
}
